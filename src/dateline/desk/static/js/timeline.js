// The timeline: a bar a period. Drag over some to filter by them, click one to open it.
import uPlot from "/static/vendor/uPlot.esm.js";
import { onTheme, token } from "./desk.js";

const seconds = (day) => Date.parse(`${day}T00:00:00Z`) / 1000;
const day = (stamp) => new Date(stamp * 1000).toISOString().slice(0, 10);
let plot = null;
let watched = null;

/** Draws the bars from the table beside it; `choose(since, until)` gets two days. */
export function drawTimeline(choose) {
  const holder = document.getElementById("timeline");
  const table = document.getElementById("timeline-data");
  plot?.destroy();
  watched?.disconnect();
  plot = null;
  if (!holder || !table) return;
  const bins = [...table.tBodies[0].rows].map((row) => row.dataset);
  const starts = bins.map((bin) => seconds(bin.start));
  const ends = bins.map((bin) => seconds(bin.end) + 86400);
  const counts = bins.map((bin) => Number(bin.count));
  const middle = starts.map((start, i) => (start + ends[i]) / 2);
  const bars = (u) => {
    const context = u.ctx;
    context.save();
    context.fillStyle = token("--fair");
    const floor = u.valToPos(0, "y", true);
    starts.forEach((start, i) => {
      if (!counts[i]) return;
      const left = u.valToPos(start, "x", true);
      const width = Math.max(1.5, u.valToPos(ends[i], "x", true) - left - devicePixelRatio);
      const top = u.valToPos(counts[i], "y", true);
      context.fillRect(left, top, width, floor - top);
    });
    context.restore();
  };
  const axis = () => ({ stroke: token("--muted"), grid: { stroke: token("--line"), width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" });
  const make = () => {
    plot?.destroy();
    plot = new uPlot({
      width: holder.clientWidth, height: holder.clientHeight, padding: [8, 8, 0, 0],
      legend: { show: false }, cursor: { y: false, drag: { setScale: false, x: true, y: false }, points: { show: false } },
      tzDate: (stamp) => uPlot.tzDate(new Date(stamp * 1000), "Etc/UTC"),
      scales: { x: { range: () => [starts[0], ends.at(-1)] }, y: { range: (u, low, high) => [0, Math.max(1, high) * 1.08] } },
      axes: [{ ...axis(), grid: { show: false }, size: 40, space: 60 }, { ...axis(), size: 38, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000] }],
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: {
        draw: [bars],
        setSelect: [(u) => {
          if (u.select.width < 4) return;
          choose(day(u.posToVal(u.select.left, "x")), day(u.posToVal(u.select.left + u.select.width, "x")));
        }],
        ready: [(u) => {
          let down = 0;
          u.over.addEventListener("mousedown", (event) => { down = event.clientX; });
          u.over.addEventListener("click", (event) => {
            if (Math.abs(event.clientX - down) > 3) return;
            const at = u.posToVal(event.offsetX, "x");
            const found = bins.findIndex((bin, i) => starts[i] <= at && at < ends[i] && counts[i]);
            if (found >= 0) location.assign(bins[found].url);
          });
          u.over.addEventListener("mousemove", (event) => {
            const at = u.posToVal(event.offsetX, "x");
            const found = bins.findIndex((bin, i) => starts[i] <= at && at < ends[i]);
            u.over.title = found < 0 ? "" : `${table.tBodies[0].rows[found].cells[0].textContent}: ${counts[found]}`;
          });
        }],
      },
    }, [middle, counts], holder);
  };
  make();
  let width = holder.clientWidth;
  watched = new ResizeObserver(() => {
    if (plot && holder.clientWidth !== width) { width = holder.clientWidth; plot.setSize({ width, height: holder.clientHeight }); }
  });
  watched.observe(holder);
  redraw = make;
}

let redraw = null;
onTheme(() => redraw?.());
