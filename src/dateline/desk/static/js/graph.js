// Who took from whom, drawn: reports at the left, then those they name, in to the roots, and
// arrows to what each took from. The list beside it says the same in words.
import { make } from "./desk.js";

const BOX = 196;
const BETWEEN = 84;
const HIGH = 28;
const GAP = 12;

const short = (label) => label.length > 27 ? `${label.slice(0, 26)}…` : label;

/** How far in each node stands: reports 0, and every other beyond all that cite it. */
function levels(nodes, edges) {
  const level = new Map(nodes.map((node) => [node.id, node.kind === "report" ? 0 : 1]));
  const cited = edges.filter((edge) => edge.kind !== "copy");
  // A few rounds suffice; where two name each other, the bound ends it.
  for (let round = 0; round < 4; round += 1) {
    for (const { source, target } of cited) {
      const to = nodes.find((node) => node.id === target);
      if (to && to.kind !== "report" && source !== target) {
        level.set(target, Math.min(4, Math.max(level.get(target), (level.get(source) ?? 0) + 1)));
      }
    }
  }
  return level;
}

export function drawGraph() {
  const holder = document.getElementById("graph");
  const nodes = [...document.querySelectorAll("#graph-nodes > li")].map((item) => ({ ...item.dataset }));
  const edges = [...document.querySelectorAll("#graph-edges > li")].map((item) => ({ ...item.dataset }));
  if (!holder || !nodes.length) return;
  const level = levels(nodes, edges);
  const columns = [];
  for (const node of nodes) (columns[level.get(node.id)] ??= []).push(node);
  const used = columns.filter((column) => column?.length);
  const most = Math.max(...used.map((column) => column.length));
  const at = new Map();
  used.forEach((column, i) => {
    // Each stands at the height of those that name it, so that arrows cross less.
    const height = (node) => {
      const near = edges.filter((edge) => edge.target === node.id && at.has(edge.source)).map((edge) => at.get(edge.source).y);
      return near.length ? near.reduce((a, b) => a + b) / near.length : 1e6;
    };
    if (i) column.sort((a, b) => height(a) - height(b));
    const slack = (most - column.length) * (HIGH + GAP) / 2;
    column.forEach((node, j) => at.set(node.id, { x: 1 + i * (BOX + BETWEEN), y: 1 + slack + j * (HIGH + GAP), column: i }));
  });
  const wide = used.length * (BOX + BETWEEN) - BETWEEN + 2 + (used.length === 1 ? 40 : 0);
  const tall = most * (HIGH + GAP) - GAP + 2;
  const svg = make("svg", { svg: true, viewBox: `0 0 ${wide} ${tall}`, width: wide, height: tall, role: "group", "aria-label": "Who took from whom" });
  const copied = new Set(edges.filter((edge) => edge.kind === "copy").map((edge) => edge.source));
  for (const edge of edges) {
    const from = at.get(edge.source);
    const to = at.get(edge.target);
    if (!from || !to) continue;
    const kind = edge.kind === "copy" ? "copy" : "cites";
    const [x1, y1, y2] = [from.x + BOX, from.y + HIGH / 2, to.y + HIGH / 2];
    const across = from.column < to.column;
    const x2 = across ? to.x : to.x + BOX;
    const bend = across ? (x1 + x2) / 2 : Math.max(x1, x2) + 18 + Math.min(40, Math.abs(y2 - y1) / 6);
    const line = make("path", { d: `M${x1},${y1} C${bend},${y1} ${bend},${y2} ${x2 + (across ? -5 : 5)},${y2}`, class: kind });
    line.append(make("title", {}, edge.words));
    const back = across ? -7 : 7;
    svg.append(line, make("path", { d: `M${x2 + back},${y2 - 4} L${x2},${y2} L${x2 + back},${y2 + 4}`, class: `tip ${kind}` }));
  }
  for (const node of nodes) {
    const place = at.get(node.id);
    const kinds = [node.kind === "report" ? "report" : "source", node.independent ? "independent" : "", copied.has(node.id) ? "copied" : ""];
    const link = make("a", { svg: true, href: node.url, class: kinds.join(" ").trim(), "aria-label": node.label });
    link.append(make("title", {}, node.label), make("rect", { x: place.x, y: place.y, width: BOX, height: HIGH, rx: 4 }),
      make("text", { x: place.x + 8, y: place.y + HIGH / 2 + 4.5 }, short(node.label)));
    svg.append(link);
  }
  holder.append(svg);
}
