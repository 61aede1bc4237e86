// One incident: how the figures came in, who took from whom, keys, print.
import { drawGraph } from "./graph.js";
import { drawTolls } from "./tolls.js";
import { onKey } from "./desk.js";

drawTolls();
drawGraph();

const cards = [...document.querySelectorAll(".claim-card")];
function move(step) {
  const at = cards.indexOf(document.activeElement?.closest(".claim-card"));
  const next = cards[Math.min(cards.length - 1, Math.max(0, at + step))];
  if (!next) return;
  next.closest("details").open = true;
  next.querySelector(".from a")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}
onKey("j", () => move(1));
onKey("k", () => move(-1));

document.getElementById("print")?.addEventListener("click", () => print());
// A claim behind a figure may lie in a group that was closed.
addEventListener("hashchange", open);
function open() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const group = target?.closest?.("details");
  if (group && !group.open) { group.open = true; target.scrollIntoView({ block: "center" }); }
}
open();
