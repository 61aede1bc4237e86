"""The date and location slots: which of the times and places of a message are the incident's.

The names and types of places are those of the task's own list
(containing-areas-part1.v5); a town the list lacks but the reader resolves is a CITY. What
chooses among them is the span model's score of the place or date.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from benchmarks.muc.classes import ROLES
from benchmarks.muc.lists import lists
from benchmarks.muc.marked import Marked
from benchmarks.muc.messages import written
from benchmarks.muc.settings import DAY, FAR, PART, TOWN, WIDE
from benchmarks.muc.spans import DATA, words_of
from dateline.reading.encoder import tokenize

_COUNTRIES = {
    "SV": "EL SALVADOR", "CO": "COLOMBIA", "PE": "PERU", "GT": "GUATEMALA", "HN": "HONDURAS",
    "CL": "CHILE", "BO": "BOLIVIA", "EC": "ECUADOR", "AR": "ARGENTINA", "PA": "PANAMA",
    "NI": "NICARAGUA", "MX": "MEXICO", "BR": "BRAZIL", "VE": "VENEZUELA", "CR": "COSTA RICA",
    "US": "UNITED STATES", "ES": "SPAIN", "PY": "PARAGUAY", "UY": "URUGUAY", "CU": "CUBA",
}  # fmt: skip
_OF_INTEREST = tuple(_COUNTRIES.values())[:9]
_WIDE = ("DEPARTMENT", "PROVINCE", "REGION", "OFFICIAL REGION", "INTENDANCY", "STATE")
_TOWN = ("CITY", "TOWN", "MUNICIPALITY", "VILLAGE", "PORT")
_LEVELS = {"wide": (_WIDE, WIDE), "town": (_TOWN, TOWN), "part": ((), PART)}
_UNSEEN = -9.0


class Named(NamedTuple):
    """A place told in a message: its words, what it may be, and its score."""

    name: str
    kinds: tuple[tuple[str, str], ...]
    first: int
    end: int
    score: float


@cache
def place_names() -> dict[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The words of a place's name -> (country, type) pairs."""
    table = json.loads((DATA / "places.json").read_text(encoding="utf-8"))
    return {
        tuple(words_of(name, tokenize(name))): tuple((c, k) for c, k in kinds)
        for name, kinds in table.items()
    }


@cache
def _openers() -> frozenset[str]:
    return frozenset(name[0] for name in place_names())


class Whereabouts:
    """The places and the country of one message."""

    def __init__(self, marked: Marked) -> None:
        self._marked = marked
        self._scores = {(s.first, s.end): float(marked.roles[s.row, ROLES.index("place")])
                        for s in marked.spans}  # fmt: skip
        self.named = sorted([*self._listed(), *self._resolved()], key=lambda one: one.first)
        self.country = self._country()

    def _listed(self) -> list[Named]:
        words, known = self._marked.words, place_names()
        found = []
        i = 0
        while i < len(words):
            end = 0
            if words[i] in _openers():
                options = range(min(len(words), i + 7), i, -1)
                end = next((j for j in options if tuple(words[i:j]) in known), 0)
            if end:
                score = self._scores.get((i, end), _UNSEEN)
                name = self._marked.text(i, end)
                found.append(Named(name, known[tuple(words[i:end])], i, end, score))
            i = max(end, i + 1)
        return found

    def _resolved(self) -> list[Named]:
        """The cities that the reader knows and the list lacks."""
        starts, found = self._marked.tokens.starts, []
        for place in self._marked.places:
            if place.span is None or place.kind != "city" or place.country not in _COUNTRIES:
                continue
            first = int(starts.searchsorted(place.span.start))
            end = int(starts.searchsorted(place.span.end))
            words = tuple(self._marked.words[first:end])
            if words and words not in place_names():
                score = self._scores.get((first, end), _UNSEEN)
                kinds = ((_COUNTRIES[place.country], "CITY"),)
                found.append(Named(self._marked.text(first, end), kinds, first, end, score))
        return found

    def _country(self) -> str:
        """The country most named, by itself, by its people or by its towns."""
        votes: Counter[str] = Counter()
        nations = lists()["nations"]
        text = " ".join(self._marked.words)
        for country in _COUNTRIES.values():
            votes[country] += len(re.findall(rf"\b{country}\b", text))
        for word in self._marked.words:
            if word in nations:
                votes[nations[word]] += 1
        for one in self.named:
            countries = {country for country, _ in one.kinds}
            if len(countries) == 1:
                votes[countries.pop()] += 2 if one.score < -2 else 4
        message = self._marked.message
        told = place_names().get(tuple(words_of(message.place, tokenize(message.place))), ())
        home = message.country or next((c for c, _ in told), "")
        if message.place in _COUNTRIES.values():
            home = message.place
        if home in _OF_INTEREST:
            votes[home] += 4
        return max(_OF_INTEREST, key=lambda country: (votes[country], country))

    def _kind(self, place: Named, level: str) -> str | None:
        """What a place is on a level, in the country."""
        kinds = [kind for home, kind in place.kinds if home == self.country]
        families = _LEVELS[level][0]
        if level == "part":
            return next((k for k in kinds if k not in _WIDE and k not in _TOWN), None)
        kind = next((k for k in kinds if k in families), None)
        if kind is None:
            return None
        after = self._marked.words[place.end : place.end + 1]
        wide = bool(after) and after[0] in _WIDE
        if level == "town":
            return None if wide else kind
        return kind if wide or not any(k in _TOWN for k in kinds) else None

    def location(self, near: Sequence[int]) -> str:
        """The location slot of an incident told in some sentences."""
        chosen: dict[str, str] = {}
        for level, (_, least) in _LEVELS.items():
            best, name = least, ""
            for place in self.named:
                kind = self._kind(place, level)
                if kind is None or place.name == self.country:
                    continue
                score = place.score - FAR * self._away(place.first, near)
                if score > best:
                    best, name = score, f"{place.name} ({kind})"
            if name:
                chosen[level] = name
        parts = [chosen[level] for level in ("wide", "town", "part") if level in chosen]
        return ": ".join([self.country, *parts])

    def _away(self, word: int, near: Sequence[int]) -> int:
        at = int(self._marked.sentence[word])
        return min((abs(at - one) for one in near), default=0)

    def town_of(self, sentence: int, back: int = 1) -> str:
        """The town told in a sentence or a little before."""
        best, name = TOWN, ""
        for place in self.named:
            at = int(self._marked.sentence[place.first])
            if sentence - back <= at <= sentence and self._kind(place, "town"):
                score = place.score - (sentence - at)
                if score > best:
                    best, name = score, place.name
        return name


def incident_date(marked: Marked, near: Sequence[int]) -> str:
    """The date slot: what the text tells of an incident, else "- " and the dateline's day."""
    message = marked.message
    best, chosen = DAY, None
    for timex, score, word in zip(marked.times, marked.dates, marked.date_words, strict=True):
        at = int(marked.sentence[word])
        own = float(score) - FAR * min((abs(at - one) for one in near), default=0)
        if message.date is not None and timex.start is not None and timex.start > message.date:
            continue
        if own > best:
            best, chosen = own, timex
    if chosen is not None and chosen.start is not None and chosen.end is not None:
        if chosen.start == chosen.end:
            return written(chosen.start)
        if (chosen.end - chosen.start).days < 40:
            return f"{written(chosen.start)} - {written(chosen.end)}"
    return f"- {written(message.date)}" if message.date is not None else "-"
