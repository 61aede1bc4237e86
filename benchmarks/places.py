"""Place names: recognition, and distance of the resolved point from the annotated one.

    python -m benchmarks.places --corpora ../shared/corpora/geo
    python -m benchmarks.places --corpora ../shared/corpora/geo --cross-validate

Without --cross-validate the weights of the package are used, which were trained on these
very articles: such figures guard against breakage and are no measure of accuracy. With
it the weights are trained anew in five folds that split no publisher (training/places.py;
needs lightgbm and scikit-learn). The measures are those of Gritta et al. 2018: a place is
recognised where its span overlaps the annotated one, and right within 161 km (100 miles).
Annotated names without a point count neither way, but a place read there counts as wrong.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from xml.etree import ElementTree

from dateline.geodesy import distance_km
from dateline.model import Document, Span
from dateline.reading.places.gazetteer import gazetteer
from dateline.reading.places.resolving import find_places, resolve
from dateline.reading.prepared import prepare

FILES = ("lgl.xml", "TR-News.xml")
NEAR_KM = 161.0
FLOORS = {"lgl.xml": 0.78, "TR-News.xml": 0.84}
"""End to end F1 of the package's weights on the articles they were trained on."""


def articles(path: Path) -> list[tuple[Document, list[tuple[Span, float, float]]]]:
    """The documents of a corpus with their annotated points."""
    found = []
    for element in ElementTree.parse(path).iter("article"):
        gold = []
        for toponym in element.iter("toponym"):
            home = toponym if toponym.find("gaztag") is None else toponym.find("gaztag")
            lat, lon = home.findtext("lat"), home.findtext("lon")
            if lat and lon:
                span = Span(int(toponym.findtext("start")), int(toponym.findtext("end")))
                gold.append((span, float(lat), float(lon)))
        document = Document(
            id=element.get("docid") or "", text=element.findtext("text") or "",
            publisher=element.findtext("domain"),
        )  # fmt: skip
        found.append((document, gold))
    return found


def measure(path: Path, given: bool, every: int = 1) -> float:
    """Print the figures of one corpus, one article in ``every``; give the end-to-end F1."""
    read = annotated = hit = near = words = asked = right = 0
    seconds = 0.0
    for document, gold in articles(path)[::every]:
        prepared = prepare(document)
        words += len(document.text.split())
        begin = time.process_time()
        places = find_places(prepared)
        seconds += time.process_time() - begin
        read += len(places)
        annotated += len(gold)
        used: set[int] = set()
        for span, lat, lon in gold:
            if given:
                place = resolve(document.text[span.start : span.end], prepared, span)
                asked += 1
                right += (
                    place is not None and distance_km(place.lat, place.lon, lat, lon) <= NEAR_KM
                )
            overlaps = [
                (distance_km(p.lat, p.lon, lat, lon), n)
                for n, p in enumerate(places)
                if n not in used and p.span.start < span.end and span.start < p.span.end
            ]
            if overlaps:
                km, n = min(overlaps)
                used.add(n)
                hit += 1
                near += km <= NEAR_KM
    f1, end_to_end = 2 * hit / (read + annotated), 2 * near / (read + annotated)
    print(f"{path.name}: recognition P {hit / read:.3f} R {hit / annotated:.3f} F1 {f1:.3f}; "
          f"of these within {NEAR_KM:.0f} km {near / hit:.3f}; end to end F1 {end_to_end:.3f}; "
          f"{words / seconds:,.0f} words a second")  # fmt: skip
    if given:
        print(f"  on given names: within {NEAR_KM:.0f} km {right / asked:.3f} of {asked}")
    return end_to_end


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--given", action="store_true", help="also resolve given names (slow)")
    parser.add_argument("--cross-validate", action="store_true")
    options = parser.parse_args()
    if options.cross_validate:
        from training.places import check

        check(options.corpora)
        return 0
    begin = time.perf_counter()
    gazetteer()
    print(f"gazetteer: {len(gazetteer())} places, loaded in {time.perf_counter() - begin:.2f} s")
    low = [f for f in FILES if measure(options.corpora / f, options.given) < FLOORS[f]]
    if low:
        print(f"below the floor: {', '.join(low)}")
    return 1 if low else 0


if __name__ == "__main__":
    raise SystemExit(main())
