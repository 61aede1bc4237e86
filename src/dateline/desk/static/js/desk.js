// What every page has: the theme's toggle, the list of keys, the keys to go elsewhere.

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

export const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";

/** Calls back whenever the colours change; charts and the map draw with them. */
export function onTheme(callback) {
  system.addEventListener("change", callback);
  document.addEventListener("dateline:theme", callback);
}

/** A colour token of desk.css as the browser computes it now, for canvas and WebGL. */
export function token(name) {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  probe.style.color = `var(${name})`;
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

export function say(words) {
  const toast = document.getElementById("toast");
  toast.textContent = words;
  setTimeout(() => { if (toast.textContent === words) toast.textContent = ""; }, 4000);
}

/** An element with attributes and children; text is text, never markup. */
export function make(name, attributes = {}, ...children) {
  const space = ["svg", "g", "path", "rect", "text", "title", "circle"].includes(name) || attributes.svg
    ? "http://www.w3.org/2000/svg" : "http://www.w3.org/1999/xhtml";
  const element = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key !== "svg" && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

const keys = new Map();
/** Lets a key of this page do something; it does nothing while somebody types. */
export function onKey(key, action) { keys.set(key, action); }

const PLACES = { i: "/incidents", r: "/review", d: "/reports", s: "/sources", t: "/statistics", p: "/paste" };
let going = 0;

function typing(target) {
  return target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.key === "Escape" && typing(target) && !target.closest("dialog")) { target.blur(); return; }
  if (typing(target)) return;
  if (performance.now() - going < 1500 && going) {
    going = 0;
    const link = document.querySelector(`.top nav a[href="${PLACES[event.key]}"]`);
    if (link) { event.preventDefault(); link.click(); }
    return;
  }
  if (event.key === "g") { going = performance.now(); return; }
  if (event.key === "?") { event.preventDefault(); document.getElementById("keys").showModal(); return; }
  if (event.key === "/") {
    const field = document.querySelector("[data-search]");
    if (field) { event.preventDefault(); field.focus(); field.select?.(); }
    return;
  }
  // Inside the map the keys are the map's.
  if (target.closest(".map") && event.key.length > 1) return;
  const action = keys.get(event.key);
  if (action && action(event) !== false) event.preventDefault();
});

document.getElementById("show-keys").addEventListener("click", () => {
  document.getElementById("keys").showModal();
});

const toggle = document.getElementById("toggle-theme");
const showTheme = () => {
  toggle.textContent = isDark() ? "Light" : "Dark";
  toggle.setAttribute("aria-pressed", String(isDark()));
  toggle.setAttribute("aria-label", isDark() ? "Light colours" : "Dark colours");
};
toggle.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* no storage */ }
  document.dispatchEvent(new Event("dateline:theme"));
});
onTheme(showTheme);
showTheme();
