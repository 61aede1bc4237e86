// The map of incidents: vendored borders, bubbles from the desk's own API, no tiles, and no
// request to anywhere else. A bubble's area is the best estimate, its ring the range.
import * as maplibregl from "/static/vendor/maplibre-gl.mjs";
import { make, onTheme, token } from "./desk.js";

maplibregl.setWorkerUrl("/static/vendor/maplibre-gl-worker.mjs");

const SMALLEST = 3;
const LARGEST = 34;
/** Pixels of radius for the root of a number of people, so that the largest shown fits. */
const scaleOf = (points) => {
  const most = Math.max(1, ...points.map((point) => point.high ?? point.best ?? 0));
  return Math.min(2.6, LARGEST / Math.sqrt(most));
};
const GRADES = ["confirmed", "fair", "weak", "contested", "discounted"];
const DETAIL_FROM = 3.6;
const FONT = ["system-ui, Segoe UI, Noto Sans, DejaVu Sans, sans-serif"];

function style() {
  const text = (from, size, colour) => ({
    layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": size, "text-padding": 6, "text-max-width": 8 },
    paint: { "text-color": colour, "text-halo-color": token("--land"), "text-halo-width": 1.4 },
  });
  const kind = (name) => ["==", ["get", "kind"], name];
  const lines = (id, source, extra = {}) => [
    { id: `${id}-land`, source, type: "fill", filter: kind("land"), paint: { "fill-color": token("--land"), "fill-antialias": true }, ...extra },
    ...(source === "regions" ? [{ id: `${id}-region`, source, type: "line", filter: kind("region"), minzoom: 4.2, paint: { "line-color": token("--region"), "line-width": 0.8 }, ...extra }] : []),
    { id: `${id}-border`, source, type: "line", filter: kind("border"), paint: { "line-color": token("--border"), "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.5, 6, 1.4] }, ...extra },
    { id: `${id}-disputed`, source, type: "line", filter: kind("disputed"), paint: { "line-color": token("--border"), "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.5, 6, 1.4], "line-dasharray": [3, 2.5] }, ...extra },
  ];
  return {
    version: 8,
    sources: {
      world: { type: "geojson", data: "/static/vendor/world.json", attribution: "Natural Earth" },
      regions: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
      incidents: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": token("--sea") } },
      ...lines("world", "world"),
      ...lines("fine", "regions"),
      { id: "region-names", source: "regions", type: "symbol", minzoom: 5, filter: ["all", kind("region-name"), ["<=", ["get", "from"], ["zoom"]]], ...text(5, 11, token("--muted")) },
      { id: "country-names", source: "world", type: "symbol", filter: ["all", kind("country"), ["<=", ["get", "from"], ["+", ["zoom"], 1.2]]], ...text(1, ["interpolate", ["linear"], ["zoom"], 1, 10, 6, 14], token("--muted")) },
      { id: "ring", source: "incidents", type: "circle", filter: ["all", ["has", "best"], [">", ["get", "ring"], 0]],
        paint: { "circle-radius": ["get", "inner"], "circle-color": "transparent", "circle-stroke-width": ["get", "ring"], "circle-stroke-color": ["get", "colour"], "circle-stroke-opacity": 0.28 } },
      { id: "bubble", source: "incidents", type: "circle", filter: ["has", "best"],
        paint: { "circle-radius": ["get", "radius"], "circle-color": ["get", "colour"], "circle-opacity": 0.62, "circle-stroke-width": 1, "circle-stroke-color": ["get", "colour"] } },
      { id: "unknown", source: "incidents", type: "circle", filter: ["!", ["has", "best"]],
        paint: { "circle-radius": 7, "circle-color": token("--land"), "circle-opacity": 0.75, "circle-stroke-width": 1.2, "circle-stroke-color": ["get", "colour"], "circle-stroke-opacity": 0.8 } },
      { id: "unknown-mark", source: "incidents", type: "symbol", filter: ["!", ["has", "best"]],
        layout: { "text-field": "?", "text-font": FONT, "text-size": 11, "text-allow-overlap": true }, paint: { "text-color": token("--ink") } },
      { id: "many", source: "incidents", type: "symbol", filter: ["all", [">", ["get", "count"], 1], [">", ["get", "radius"], 9]],
        layout: { "text-field": ["to-string", ["get", "count"]], "text-font": FONT, "text-size": 11, "text-allow-overlap": true }, paint: { "text-color": token("--ink"), "text-halo-color": token("--land"), "text-halo-width": 1 } },
      { id: "chosen", source: "incidents", type: "circle", filter: ["==", ["get", "id"], "-"],
        paint: { "circle-radius": ["+", ["max", ["get", "radius"], 7], 4], "circle-color": "transparent", "circle-stroke-width": 2.5, "circle-stroke-color": token("--focus") } },
    ],
  };
}

function feature(point, colours, scale) {
  const radius = (n) => SMALLEST + Math.sqrt(n) * scale;
  const properties = {
    id: point.id ?? "", title: point.title ?? "", count: point.count, grade: point.grade ?? "",
    colour: point.count === 1 ? colours[point.grade] ?? colours.many : colours.many, radius: 7,
    words: figure(point),
  };
  if (point.best !== null) {
    const low = radius(point.low ?? point.best);
    const high = radius(point.high ?? point.best);
    Object.assign(properties, { best: point.best, radius: radius(point.best), inner: low, ring: Math.max(0, high - low) });
  }
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [point.lon, point.lat] } };
}

function figure(point) {
  if (point.best === null) return "no figure";
  const range = point.low === point.high ? "" : ` (${point.low ?? "?"}–${point.high ?? "?"})`;
  return `${point.best.toLocaleString("en")}${range}`;
}

export class IncidentMap {
  /** `onChoose(id)` is called when somebody clicks the bubble of one incident. */
  constructor(container, onChoose) {
    this.container = container;
    this.onChoose = onChoose;
    this.url = null;
    this.points = [];
    this.map = new maplibregl.Map({
      container, style: style(), center: [20, 20], zoom: 0.8, minZoom: 0.4, maxZoom: 11,
      attributionControl: { compact: true }, dragRotate: false, pitchWithRotate: false, renderWorldCopies: false,
      fadeDuration: 0, cooperativeGestures: matchMedia("(pointer: coarse)").matches,
    });
    this.loaded = new Promise((done) => { this.map.once("load", done); });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
    this.map.getCanvas().setAttribute("aria-label", "Map; arrows move it, plus and minus zoom");
    this.note = make("p", { class: "map-note", role: "status", hidden: "" });
    container.after(this.note);
    this.map.on("moveend", (event) => { this.detail(); if (!event.ours) this.load(); });
    this.map.on("idle", () => { container.dataset.idle = String(Number(container.dataset.idle ?? 0) + 1); });
    for (const layer of ["bubble", "unknown"]) {
      this.map.on("click", layer, (event) => this.clicked(event));
      this.map.on("mouseenter", layer, () => { this.map.getCanvas().style.cursor = "pointer"; });
      this.map.on("mouseleave", layer, () => { this.map.getCanvas().style.cursor = ""; });
    }
    onTheme(() => this.map.setStyle(style(), { diff: false }) && this.map.once("styledata", () => {
      this.fine = false;
      this.detail();
      this.draw();
      this.choose(this.chosen ?? "");
    }));
  }

  /** Shows the matches of another filter, all of them in view. */
  async show(url) {
    this.url = url;
    this.clustered = false;
    this.popup?.remove();
    const first = await this.fetch(false);
    if (!first) return;
    await this.loaded;
    if (url !== this.url) return;
    if (first.bounds) this.fit(first.bounds);
    this.take(first);
  }

  fit([west, south, east, north]) {
    const box = [[Math.max(-180, west), Math.max(-75, south)], [Math.min(180, east), Math.min(80, north)]];
    this.map.fitBounds(box, { padding: 36, maxZoom: 6, animate: false }, { ours: true });
  }

  async fetch(inView) {
    const url = new URL(this.url, location.href);
    url.searchParams.set("zoom", this.map.getZoom().toFixed(1));
    if (inView) {
      const box = this.map.getBounds();
      url.searchParams.set("bbox", [Math.max(-180, box.getWest()), Math.max(-90, box.getSouth()), Math.min(180, box.getEast()), Math.min(90, box.getNorth())].map((n) => n.toFixed(4)).join(","));
    }
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const answer = await fetch(url, { headers: { accept: "application/json" }, signal: this.asked.signal });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      return await answer.json();
    } catch (error) {
      if (error.name !== "AbortError") this.tell("The map could not be filled; the table has everything.");
      return null;
    }
  }

  async load() {
    if (!this.url || !this.clustered) return;
    const data = await this.fetch(true);
    if (data) this.take(data);
  }

  take(data) {
    this.clustered = this.clustered || data.clustered;
    this.points = data.points;
    this.draw();
    const parts = [];
    if (data.unplaced) parts.push(`${data.unplaced.toLocaleString("en")} without a place`);
    if (data.clustered) parts.push("numbers in bubbles: incidents together");
    this.tell(parts.join(" · "));
    this.container.dataset.points = String(data.points.length);
  }

  draw() {
    const colours = { many: token("--killed") };
    for (const grade of GRADES) colours[grade] = token(`--${grade}`);
    // Large ones first, so that small ones lie on top and can be clicked.
    const scale = scaleOf(this.points);
    const features = this.points.map((point) => feature(point, colours, scale)).sort((a, b) => b.properties.radius - a.properties.radius);
    this.map.getSource("incidents")?.setData({ type: "FeatureCollection", features });
  }

  tell(words) {
    this.note.textContent = words;
    this.note.hidden = !words;
  }

  detail() {
    if (!this.fine && this.map.getZoom() >= DETAIL_FROM) {
      this.fine = true;
      this.map.getSource("regions")?.setData("/static/vendor/regions.json");
    }
  }

  clicked(event) {
    // The smallest one under the pointer is meant: it lies on top.
    const [found] = [...event.features].sort((a, b) => a.properties.radius - b.properties.radius);
    const { id, title, count, words } = found.properties;
    const at = found.geometry.coordinates.slice();
    if (event.originalEvent.datelineSeen) return;
    event.originalEvent.datelineSeen = true;
    if (count > 1 && this.map.getZoom() < 9) {
      this.map.easeTo({ center: at, zoom: Math.min(this.map.getZoom() + 2.2, 10), duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 350 });
      return;
    }
    const body = make("div", {});
    if (count > 1) body.append(make("p", {}, `${count} incidents at this point; zoom in, or narrow the filter`));
    else body.append(make("p", {}, make("a", { href: `/incidents/${encodeURIComponent(id)}`, dir: "auto" }, title || "Incident")));
    body.append(make("p", {}, `killed: ${words}`));
    this.popup?.remove();
    this.popup = new maplibregl.Popup({ maxWidth: "18rem" }).setLngLat(at).setDOMContent(body).addTo(this.map);
    if (count === 1) { this.choose(id); this.onChoose(id); }
  }

  choose(id) {
    this.chosen = id;
    if (this.map.getLayer("chosen")) this.map.setFilter("chosen", ["==", ["get", "id"], id || "-"]);
  }

  /** Brings one incident into view. */
  go(id, lat, lon) {
    this.choose(id);
    const zoom = Math.max(this.map.getZoom(), 5);
    this.map.easeTo({ center: [lon, lat], zoom, duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 500 });
  }
}
