"""Where: the place names of a text, each resolved to the gazetteer.

Three steps, each in a file of its own: candidates (toponyms.py), whether each is a place
at all (toponym_evidence.py), which place of that name (toponym_senses.py). Demonyms
("Russian") tell of a country in the last step but are no places themselves.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dateline.model import Place, Span
from dateline.reading.boosted import BoostedTrees
from dateline.reading.places.datelines import dateline_place
from dateline.reading.places.gazetteer import AREA, Gazetteer, gazetteer, name_key
from dateline.reading.places.toponym_choice import Weighed, weigh
from dateline.reading.places.toponym_evidence import FEATURES
from dateline.reading.places.toponym_groups import Group, group
from dateline.reading.places.toponym_rules import certainties
from dateline.reading.places.toponym_senses import FIRST, SECOND
from dateline.reading.places.toponyms import Flat, Toponym, candidates, words
from dateline.reading.prepared import Prepared

__all__ = ["dateline_place", "find_places", "place_of", "resolve"]

_DATA = Path(__file__).parents[1] / "data"
_DOMAIN_COUNTRIES = {"UK": "GB", "EU": None, "TV": None, "ME": None, "CO": None, "IO": None}


class Models(NamedTuple):
    """What was trained: see training/places.py."""

    recognition: BoostedTrees
    before: dict[str, float]
    after: dict[str, float]
    threshold: float
    threshold_caps: float
    senses: tuple[BoostedTrees, BoostedTrees]


@cache
def models() -> Models:
    """The trained weights of the package."""
    given: dict[str, Any] = json.loads(
        (_DATA / "place_recognition.json").read_text(encoding="utf-8")
    )
    senses = json.loads((_DATA / "place_senses.json").read_text(encoding="utf-8"))
    return Models(
        recognition=BoostedTrees.of(given["model"], FEATURES),
        before=given["before"],
        after=given["after"],
        threshold=given["threshold"],
        threshold_caps=given["threshold_caps"],
        senses=(
            BoostedTrees.of(senses["first"], FIRST),
            BoostedTrees.of(senses["second"], SECOND),
        ),
    )


def find_places(prepared: Prepared) -> tuple[Place, ...]:
    """The place names of a document, in text order, resolved to the gazetteer.

    Every place has a span, the gazetteer's name, its kind, a point in degrees, the
    ISO country code, and the UCDP precision code an event known to be there would have.
    """
    flat = Flat(prepared)
    found = candidates(flat)
    if not found:
        return ()
    certainty = _certainties(flat, found)
    threshold = models().threshold_caps if flat.all_caps else models().threshold
    kept = [n for n in range(len(found)) if certainty[n] >= threshold]
    found = [found[n] for n in kept]
    groups, weighed = _resolved(prepared, flat, found, certainty[kept])
    book = gazetteer()
    places: list[tuple[Toponym, Place]] = []
    for given, senses in zip(groups, weighed, strict=True):
        if not len(senses.rows) or senses.stray:
            continue
        row = int(senses.rows[0])
        for mention in given.mentions:
            name = found[mention]
            places.append((name, place_of(book, row, Span(name.start, name.end))))
    places.sort(key=lambda pair: pair[0].start)
    return tuple(place for _, place in places)


def resolve(name: str, prepared: Prepared, span: Span) -> Place | None:
    """The place meant by words known to name one, None where the gazetteer has none.

    ``name`` is looked up and may differ from the words at ``span`` ("Kiev" for "the
    capital"); the rest of the document is read for context.
    """
    flat = Flat(prepared)
    found = candidates(flat)
    certainty = _certainties(flat, found)
    kept = [
        n
        for n in range(len(found))
        if certainty[n] >= models().threshold
        and not (found[n].start < span.end and span.start < found[n].end)
    ]
    asked = toponym_at(flat, name, span, found)
    if asked is None:
        return None
    names = sorted([*(found[n] for n in kept), asked], key=lambda t: t.start)
    sure = np.array([1.0 if n is asked else 0.9 for n in names])
    groups, weighed = _resolved(prepared, flat, names, sure)
    at = names.index(asked)
    for given, senses in zip(groups, weighed, strict=True):
        if at in given.mentions and len(senses.rows):
            return place_of(gazetteer(), int(senses.rows[0]), span)
    return None


def toponym_at(flat: Flat, name: str, span: Span, found: list[Toponym]) -> Toponym | None:
    """A toponym for a given span: the candidate there, or one made of the name."""
    inside = [t for t in found if t.start < span.end and span.start < t.end]
    for toponym in inside:
        if (toponym.start, toponym.end) == tuple(span):
            return toponym
    tokens = [n for n, t in enumerate(flat.tokens) if t.start < span.end and span.start < t.end]
    if not tokens:
        return None
    lists, book = words(), gazetteer()
    key = name_key(name)
    region = next(
        (
            book.region_row(number)
            for head in (name, name.split(".")[0])
            for surface, number in lists.abbreviations.get(head, ())
            if surface.rstrip(".") == name.rstrip(".")
        ),
        None,
    )
    known = key in book or key in lists.demonyms or key in lists.peoples
    if region is None and not known and inside:
        key, region = inside[0].key, inside[0].region
    return Toponym(span.start, span.end, tokens[0], tokens[-1] + 1, key, region)


def _certainties(flat: Flat, found: list[Toponym]) -> np.ndarray:
    given = models()
    return certainties(flat, found, given.recognition, (given.before, given.after))


def _resolved(
    prepared: Prepared, flat: Flat, found: list[Toponym], certainty: np.ndarray
) -> tuple[list[Group], list[Weighed]]:
    book = gazetteer()
    groups = group(flat, found, book)
    hint = publisher_country(prepared.document.url or prepared.document.publisher)
    weighed = weigh(flat, found, groups, book, models().senses, hint, certainty=certainty.tolist())
    return groups, weighed


def publisher_country(address: str | None) -> str | None:
    """The country a publisher's domain tells (".uk", ".ca"), None where it tells none."""
    match = re.search(r"(?:^|//|\b)[\w.-]+\.([a-z]{2})(?:[:/]|$)", (address or "").strip().lower())
    if match is None:
        return None
    code = match.group(1).upper()
    code = _DOMAIN_COUNTRIES.get(code, code) or ""
    return code if code in gazetteer().country_number else None


def place_of(book: Gazetteer, row: int, span: Span | None) -> Place:
    """A row of the gazetteer as a place of the model."""
    entry = book.entry(row)
    return Place(
        span=span,
        name=entry.name,
        kind=entry.kind,
        lat=round(entry.lat, 4),
        lon=round(entry.lon, 4),
        country=entry.country,
        admin1=entry.name if entry.kind == "admin1" else entry.admin1,
        geonames_id=entry.geonames_id,
        where_prec=entry.where_prec,
        site=entry.name if entry.level == AREA else None,
    )
