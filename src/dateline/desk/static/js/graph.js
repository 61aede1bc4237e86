// Who took from whom, drawn: reports to the left, the sources they name to the right, and
// arrows to what each took from. The list beside it says the same in words.
import { make } from "./desk.js";

const WIDE = 340;
const BOX = 148;
const HIGH = 30;
const GAP = 12;

const short = (label, most = 21) => label.length > most ? `${label.slice(0, most - 1)}…` : label;

export function drawGraph() {
  const holder = document.getElementById("graph");
  const nodes = [...document.querySelectorAll("#graph-nodes > li")].map((item) => ({ ...item.dataset }));
  const edges = [...document.querySelectorAll("#graph-edges > li")].map((item) => ({ ...item.dataset }));
  if (!holder || !nodes.length) return;
  const at = new Map();
  const columns = { report: nodes.filter((node) => node.kind === "report"), source: nodes.filter((node) => node.kind !== "report") };
  // A source stands at the height of the reports that name it, so that arrows cross less.
  const order = new Map(columns.report.map((node, i) => [node.id, i]));
  const height = (node) => {
    const near = edges.filter((edge) => edge.target === node.id && order.has(edge.source)).map((edge) => order.get(edge.source));
    return near.length ? near.reduce((a, b) => a + b) / near.length : 1e6;
  };
  columns.source.sort((a, b) => height(a) - height(b));
  const rows = Math.max(columns.report.length, columns.source.length);
  for (const [name, x] of [["report", 1], ["source", WIDE - BOX - 1]]) {
    const slack = (rows - columns[name].length) * (HIGH + GAP) / 2;
    columns[name].forEach((node, i) => at.set(node.id, { x, y: 1 + slack + i * (HIGH + GAP) }));
  }
  const tall = rows * (HIGH + GAP) - GAP + 2;
  const svg = make("svg", { svg: true, viewBox: `0 0 ${WIDE} ${tall}`, width: WIDE, height: tall, "aria-hidden": "false", role: "group" });
  const copied = new Set(edges.filter((edge) => edge.kind === "copy").map((edge) => edge.source));
  for (const edge of edges) {
    const from = at.get(edge.source);
    const to = at.get(edge.target);
    if (!from || !to) continue;
    const [y1, y2] = [from.y + HIGH / 2, to.y + HIGH / 2];
    let d;
    if (from.x === to.x) {
      const out = from.x + BOX + 8 + Math.min(26, Math.abs(y2 - y1) / 5);
      d = `M${from.x + BOX},${y1} C${out},${y1} ${out},${y2} ${to.x + BOX + 5},${y2}`;
    } else {
      const mid = (from.x + BOX + to.x) / 2;
      d = `M${from.x + BOX},${y1} C${mid},${y1} ${mid},${y2} ${to.x - 5},${y2}`;
    }
    const line = make("path", { d, class: edge.kind === "copy" ? "copy" : "cites" });
    line.append(make("title", {}, edge.words));
    const tip = from.x === to.x ? `M${to.x + BOX + 6},${y2 - 4} L${to.x + BOX},${y2} L${to.x + BOX + 6},${y2 + 4}` : `M${to.x - 6},${y2 - 4} L${to.x},${y2} L${to.x - 6},${y2 + 4}`;
    svg.append(line, make("path", { d: tip, class: edge.kind === "copy" ? "copy" : "cites" }));
  }
  for (const node of nodes) {
    const place = at.get(node.id);
    const link = make("a", { svg: true, href: node.url, class: [node.kind === "report" ? "report" : "source", node.independent ? "independent" : "", copied.has(node.id) ? "copied" : ""].join(" ").trim(), "aria-label": node.label });
    link.append(make("title", {}, node.label), make("rect", { x: place.x, y: place.y, width: BOX, height: HIGH, rx: 4 }),
      make("text", { x: place.x + 8, y: place.y + HIGH / 2 + 4.5 }, short(node.label)));
    svg.append(link);
  }
  holder.append(svg);
}
