// The queue by keys: j and k move, the letter on a button of the current question decides.
import { onKey } from "./desk.js";

const items = [...document.querySelectorAll("#queue > .item")];
let current = null;

function choose(item, focus = true) {
  current?.classList.remove("current");
  current = item;
  if (!item) return;
  item.classList.add("current");
  if (focus) { item.focus({ preventScroll: true }); item.scrollIntoView({ block: "nearest" }); }
}

function move(step) {
  const at = items.indexOf(current);
  choose(items[Math.min(items.length - 1, Math.max(0, at + step))]);
}

onKey("j", () => move(1));
onKey("k", () => move(-1));
onKey("i", () => current?.querySelector('input[name="note"]')?.focus());
onKey("u", () => {
  const button = document.querySelector('#done button[data-key="u"]');
  if (!button) return false;
  button.click();
  return true;
});
for (const key of new Set([...document.querySelectorAll("#queue button[data-key]")].map((button) => button.dataset.key))) {
  onKey(key, () => {
    const button = current?.querySelector(`button[data-key="${CSS.escape(key)}"]`);
    if (!button) return false;
    button.click();
    return true;
  });
}
document.getElementById("queue")?.addEventListener("focusin", (event) => {
  const item = event.target.closest(".item");
  if (item && item !== current) choose(item, false);
});
// Twice pressed is decided twice: the second would be refused, so it is not sent.
for (const form of document.querySelectorAll("#queue form")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
}
const asked = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
choose(items.includes(asked) ? asked : items[0] ?? null, items.includes(asked));
