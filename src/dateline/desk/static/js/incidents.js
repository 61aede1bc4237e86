// The list: table, map and timeline move together; without this file the list still works.
import { onKey, say } from "./desk.js";
import { drawTimeline } from "./timeline.js";

const form = document.getElementById("filters");
const results = () => document.getElementById("results");
const rows = () => [...document.querySelectorAll(".incident-table tbody tr")];
let map = null;
let current = null;

function choose(row, { scroll = true, focus = false } = {}) {
  current?.classList.remove("chosen");
  current = row;
  if (!row) return;
  row.classList.add("chosen");
  if (scroll) row.scrollIntoView({ block: "nearest" });
  if (focus) row.querySelector("a.where").focus({ preventScroll: true });
  map?.choose(row.dataset.id);
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current);
  choose(all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))], { focus: true });
}

function locate(row) {
  if (!row?.dataset.lat) { say("This incident has no place on the map."); return; }
  choose(row, { scroll: false });
  map?.go(row.dataset.id, Number(row.dataset.lat), Number(row.dataset.lon));
}

function bringBack(page) {
  document.querySelector(`.pager a[rel="${page}"]`)?.click();
}

document.addEventListener("click", (event) => {
  const row = event.target.closest(".incident-table tbody tr");
  if (!row) return;
  if (event.target.closest(".locate")) { locate(row); return; }
  if (event.target.closest("a, button") || getSelection().toString()) return;
  choose(row, { scroll: false });
  if (row.dataset.lat) locate(row);
});
document.addEventListener("focusin", (event) => {
  const row = event.target.closest(".incident-table tbody tr");
  if (row && row !== current) choose(row, { scroll: false });
});
onKey("j", () => move(1));
onKey("k", () => move(-1));
onKey("m", () => locate(current));
onKey("n", () => bringBack("next"));
onKey("p", () => bringBack("prev"));

// Empty fields stay out of the address, so that a link says only what was chosen.
form.addEventListener("htmx:configRequest", (event) => {
  const given = event.detail.formData ?? event.detail.parameters;
  for (const [name, value] of [...Object.entries(event.detail.parameters)]) {
    if (value === "") { delete event.detail.parameters[name]; given.delete?.(name); }
  }
});
form.addEventListener("submit", () => {
  for (const field of form.elements) if (field.value === "") field.disabled = true;
  setTimeout(() => { for (const field of form.elements) field.disabled = false; });
});

function between(since, until) {
  form.elements.since.value = since;
  form.elements.until.value = until;
  form.requestSubmit();
}

function showResults() {
  current = null;
  drawTimeline(between);
  if (map) map.show(results().dataset.mapUrl);
}

document.body.addEventListener("htmx:afterSettle", showResults);
document.body.addEventListener("htmx:responseError", () => say("The list could not be fetched; try again."));
document.body.addEventListener("htmx:sendError", () => say("The desk does not answer."));
drawTimeline(between);

// The map comes last: it is the heaviest part, and the table is there already.
const holder = document.getElementById("map");
try {
  const { IncidentMap } = await import("./map.js");
  map = new IncidentMap(holder, (id) => {
    const row = rows().find((one) => one.dataset.id === id);
    if (row) choose(row);
  });
  map.show(results().dataset.mapUrl);
} catch (error) {
  // No WebGL, for instance. The table has the same.
  holder.textContent = "The map cannot be drawn in this browser; the table has the same.";
  holder.classList.add("empty");
}
