// How the figures came in: a line a root source, steps from one figure to its next.
import uPlot from "/static/vendor/uPlot.esm.js";
import { make, onTheme, token } from "./desk.js";

// Told apart by shape of the dash as well as by colour.
const LINES = [["--killed", []], ["--fair", [6, 3]], ["--confirmed", [2, 3]], ["--contested", [8, 3, 2, 3]], ["--injured", [4, 2]], ["--weak", [1, 2]], ["--link", [10, 4]], ["--discounted", [3, 6]]];

const stamp = (day) => Date.parse(`${day}T12:00:00Z`) / 1000;

export function drawTolls() {
  const holder = document.getElementById("toll-chart");
  const table = document.getElementById("toll-data");
  if (!holder || !table) return;
  const points = [...table.tBodies[0].rows].map((row) => row.dataset)
    .filter((point) => point.day && (point.min || point.max))
    .map((point) => ({ ...point, low: Number(point.min || point.max), high: Number(point.max || point.min) }));
  const effects = [...new Set(points.map((point) => point.effect))];
  if (!effects.length) { holder.remove(); return; }
  const switcher = make("div", { class: "chips", role: "group", "aria-label": "Harm shown" });
  const canvas = make("div", { class: "plot tall" });
  const series = make("ul", { class: "series", "aria-label": "Sources" });
  holder.removeAttribute("role");
  holder.removeAttribute("aria-label");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "Figures by day and source; the same as a table below");
  if (effects.length > 1) holder.append(switcher);
  holder.append(canvas, series);
  let chosen = effects.includes("killed") ? "killed" : effects[0];
  let plot = null;

  function draw() {
    plot?.destroy();
    const shown = points.filter((point) => point.effect === chosen);
    const roots = [...new Set(shown.map((point) => point.root))];
    const days = [...new Set(shown.map((point) => point.day))].sort();
    const x = days.map(stamp);
    const columns = roots.map((root) => days.map((day) => {
      const told = shown.filter((point) => point.root === root && point.day === day);
      return told.length ? told.at(-1) : null;
    }));
    const most = Math.max(...shown.map((point) => point.high));
    const pad = Math.max(43200, (x.at(-1) - x[0]) * 0.06);
    const look = roots.map((_, i) => LINES[i % LINES.length]);
    // The bar of each point goes from its least to its most: "at least 84" has none.
    const ranges = (u) => {
      columns.forEach((column, i) => column.forEach((point, j) => {
        if (!point || point.low === point.high) return;
        const at = u.valToPos(x[j], "x", true);
        u.ctx.save();
        u.ctx.strokeStyle = token(look[i][0]);
        u.ctx.globalAlpha = 0.45;
        u.ctx.lineWidth = 5 * devicePixelRatio;
        u.ctx.beginPath();
        u.ctx.moveTo(at, u.valToPos(point.low, "y", true));
        u.ctx.lineTo(at, u.valToPos(point.high, "y", true));
        u.ctx.stroke();
        u.ctx.restore();
      }));
    };
    const axis = { stroke: token("--muted"), grid: { stroke: token("--line"), width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
    const apart = (u, splits) => splits.map((value) => new Date(value * 1000).toISOString().slice(0, 10));
    plot = new uPlot({
      width: canvas.clientWidth, height: 240, padding: [10, 44, 0, 0], legend: { show: false },
      cursor: { drag: { x: false, y: false } },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      scales: { x: { range: () => [x[0] - pad, x.at(-1) + pad] }, y: { range: () => [0, Math.ceil(most * 1.1) + 1] } },
      axes: [{ ...axis, size: 30, values: apart, space: 90, incrs: [1, 2, 4, 7, 14, 30, 60, 120, 365].map((n) => n * 86400) }, { ...axis, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000] }],
      series: [{}, ...roots.map((root, i) => ({
        label: root, stroke: token(look[i][0]), dash: look[i][1], width: 2, spanGaps: true,
        paths: uPlot.paths.stepped({ align: 1 }), points: { show: true, size: 8, fill: token(look[i][0]) },
      }))],
      hooks: { draw: [ranges] },
    }, [x, ...columns.map((column) => column.map((point) => point?.high ?? null))], canvas);
    series.replaceChildren(...roots.map((root, i) => {
      const key = make("span", { class: "key", "aria-hidden": "true" });
      key.style.background = token(look[i][0]);
      const last = columns[i].filter(Boolean).at(-1);
      return make("li", {}, key, make("bdi", {}, root), ` ${last.low === last.high ? last.low.toLocaleString("en") : `${last.low.toLocaleString("en")}–${last.high.toLocaleString("en")}`}`);
    }));
    switcher.replaceChildren(...effects.map((effect) => {
      const button = make("button", { type: "button", class: `chip${effect === chosen ? " chosen" : ""}`, "aria-pressed": String(effect === chosen) }, effect);
      button.addEventListener("click", () => { chosen = effect; draw(); switcher.querySelector("[aria-pressed=true]").focus(); });
      return button;
    }));
  }
  draw();
  onTheme(draw);
  let width = canvas.clientWidth;
  new ResizeObserver(() => {
    if (canvas.clientWidth !== width) { width = canvas.clientWidth; plot.setSize({ width, height: 240 }); }
  }).observe(canvas);
}
