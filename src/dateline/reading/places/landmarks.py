"""Sites that news names without their town: "the Bataclan", "Ataturk airport".

They place an event. The list with their towns, data/landmarks.toml, is written by hand;
no site is looked for beyond it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from dateline.model import Place, Span
from dateline.reading.lexicon import load
from dateline.reading.places.gazetteer import ADMIN1, CITY, gazetteer
from dateline.reading.places.resolving import place_of
from dateline.reading.prepared import Prepared

_LONGEST = 40_000  # characters of a text that are looked at
_MOST = 30


def find_landmarks(prepared: Prepared) -> tuple[Place, ...]:
    """The towns of the landmarks a text names, in text order; ``site`` is as it is written.

    The span is that of the landmark's name. Upper-case text is searched too.
    """
    text = prepared.text[:_LONGEST]
    found: list[Place] = []
    pattern = _loud() if prepared.all_caps else _plain()
    for match in pattern.finditer(text):
        if len(found) == _MOST:
            break
        place = _town(_homes()[_key(match[0])])
        if place is not None:
            span = Span(match.start(), match.end())
            site = " ".join(match[0].split())
            found.append(msgspec.structs.replace(place, span=span, site=site))
    return tuple(found)


def with_landmarks(places: Sequence[Place], landmarks: Sequence[Place]) -> list[Place]:
    """Places and landmarks in text order, without the names inside those of landmarks.

    "Ataturk" in "Ataturk airport" is a village too.
    """
    spans = [place.span for place in landmarks if place.span is not None]
    kept = [
        place
        for place in places
        if place.span is None
        or not any(s.start < place.span.end and place.span.start < s.end for s in spans)
    ]
    return sorted((*kept, *landmarks), key=lambda place: place.span or Span(0, 0))


def _key(name: str) -> str:
    return re.sub(r"\s+", " ", name.replace("’", "'")).casefold()


@cache
def _homes() -> dict[str, str]:
    """The town of each landmark, as its key in the file."""
    return {
        _key(name.strip()): town
        for town, names in load("landmarks")["towns"].items()
        for name in names.split(";")
    }


@cache
def _town(home: str) -> Place | None:
    book = gazetteer()
    name, *region, country = home.split(", ")
    rows = [
        entry
        for entry in book.lookup(name)
        if entry.country == country
        and entry.level in (CITY, ADMIN1)
        and (not region or entry.admin1 == region[0])
    ]
    rows.sort(key=lambda entry: (entry.level != CITY, -entry.population, entry.row))
    return place_of(book, rows[0].row, Span(0, 0)) if rows else None


def _alternation() -> str:
    names = sorted(
        (
            name.strip()
            for names in load("landmarks")["towns"].values()
            for name in names.split(";")
        ),
        key=lambda name: (-len(name), name),
    )
    return "|".join(re.escape(name).replace(r"\ ", r"\s").replace("'", "['’]") for name in names)


@cache
def _plain() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_alternation()})(?![\w-])")


@cache
def _loud() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_alternation()})(?![\w-])", re.IGNORECASE)
