// A report: words and claims find each other.
import { make, onKey } from "./desk.js";

const text = document.getElementById("text");
const cards = new Map([...document.querySelectorAll(".claim-card[data-claim]")].map((card) => [card.dataset.claim, card]));
const words = [...(text?.querySelectorAll("a.words") ?? [])];
const card = make("div", { class: "hover-card", id: "hover-card", role: "tooltip", hidden: "" });
document.body.append(card);

const claimsOf = (link) => link.dataset.claims.split(" ");

// Cards of all these claims light up, in the text the words of the innermost, which is last.
function light(ids) {
  for (const link of words) link.classList.toggle("lit", claimsOf(link).includes(ids.at(-1)));
  for (const [id, element] of cards) element.classList.toggle("lit", ids.includes(id));
}

function show(link) {
  const ids = claimsOf(link);
  card.replaceChildren(...ids.filter((id) => cards.has(id)).reverse().map((id) => {
    const source = cards.get(id);
    const one = make("div", { class: "one" }, make("div", { class: "value", dir: "auto" }, source.querySelector(".value").textContent));
    for (const chain of source.querySelectorAll(".chain")) {
      one.append(make("div", { class: "muted small", dir: "auto" }, [...chain.querySelectorAll("a")].map((a) => a.textContent).join(" ← ")));
    }
    const modality = source.querySelector(".modality");
    if (modality) one.append(make("div", { class: "small" }, modality.textContent));
    return one;
  }));
  if (!card.children.length) return;
  card.hidden = false;
  link.setAttribute("aria-describedby", "hover-card");
  const place = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const wide = card.offsetWidth;
  const left = Math.min(place.left, document.documentElement.clientWidth - wide - 8);
  const below = place.bottom + 8 + card.offsetHeight < innerHeight;
  card.style.left = `${Math.max(8, left) + scrollX}px`;
  card.style.top = `${(below ? place.bottom + 8 : place.top - card.offsetHeight - 8) + scrollY}px`;
  light(ids);
}

function hide(link) {
  card.hidden = true;
  link?.removeAttribute("aria-describedby");
  light([]);
}

function toWords(id, focus = true) {
  const link = words.find((one) => claimsOf(one).includes(id) && one.tabIndex === 0) ?? words.find((one) => claimsOf(one).includes(id));
  if (!link) return false;
  link.scrollIntoView({ block: "center" });
  if (focus) link.focus({ preventScroll: true });
  light([id]);
  return true;
}

for (const link of words) {
  link.addEventListener("mouseenter", () => show(link));
  link.addEventListener("mouseleave", () => hide(link));
  link.addEventListener("focus", () => show(link));
  link.addEventListener("blur", () => hide(link));
  link.addEventListener("click", (event) => {
    const target = cards.get(claimsOf(link).at(-1));
    if (!target) return;
    event.preventDefault();
    target.scrollIntoView({ block: "center" });
    light(claimsOf(link));
    (target.querySelector("a.to-words") ?? target.querySelector("a"))?.focus({ preventScroll: true });
    history.replaceState(null, "", `#${target.id}`);
    light(claimsOf(link));
  });
}
for (const [id, element] of cards) {
  element.addEventListener("mouseenter", () => light([id]));
  element.addEventListener("mouseleave", () => light([]));
  element.querySelector("a.to-words")?.addEventListener("click", (event) => {
    if (toWords(id)) { event.preventDefault(); history.replaceState(null, "", `#claim-${id}`); }
  });
}
document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(document.activeElement); });

function move(step) {
  const stops = words.filter((link) => link.tabIndex === 0);
  if (!stops.length) return;
  const at = stops.indexOf(document.activeElement);
  const next = stops[Math.min(stops.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}
onKey("j", () => move(1));
onKey("k", () => move(-1));

const focus = document.querySelector(".report[data-focus]")?.dataset.focus ?? location.hash.match(/^#claim-(.+)$/)?.[1];
// The browser goes to the fragment once the page is there, and takes the focus from all else.
const settle = () => requestAnimationFrame(() => requestAnimationFrame(() => toWords(decodeURIComponent(focus))));
if (focus && document.readyState === "complete") settle();
else if (focus) addEventListener("load", settle, { once: true });
