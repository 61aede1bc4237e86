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
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.muc.classes import ROLES
from benchmarks.muc.lists import lists
from benchmarks.muc.marked import Marked
from benchmarks.muc.messages import written
from benchmarks.muc.settings import FAR, PLACE, TOWN
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
LEVELS = ("wide", "town", "part")
_UNSEEN = -9.0
_FAR_OFF = 99.0
_ALONE = 20.0
_NO_TYPES = (0.0,) * 4
LONG = 40  # days: a longer time dates no incident
Floats = npt.NDArray[np.floating[Any]]


class Named(NamedTuple):
    """A place told in a message: its words, what it may be, and its score."""

    name: str
    kinds: tuple[tuple[str, str], ...]
    first: int
    end: int
    score: float


class Candidate(NamedTuple):
    """A fill of the date or location slot, and what is seen of it."""

    level: str
    text: str
    numbers: list[float]


class Scene(NamedTuple):
    """Where in a message an incident is told: sentences, and the mean of its targets' "pair"."""

    kind: int
    near: tuple[int, ...]
    centre: Floats

    def from_it(self, sentence: int, pair: Floats | None) -> list[float]:
        """How far a mention is from it: sentences, signed too, and by the span model."""
        gaps = [sentence - one for one in self.near]
        gap = min(gaps, key=abs, default=0)
        apart = _FAR_OFF if pair is None else float(np.square(pair - self.centre).sum())
        return [float(abs(gap)), float(gap), apart, float(self.kind)]

    def rather(self, others: Sequence[Scene], sentence: int, pair: Floats | None) -> list[float]:
        """How much farther a mention is from it than from the nearest of other incidents."""
        own = self.from_it(sentence, pair)
        theirs = [one.from_it(sentence, pair) for one in others]
        if not theirs:
            return [-_ALONE, -_ALONE]
        return [own[n] - min(one[n] for one in theirs) for n in (0, 2)]


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
        table, types = marked.outputs["pair"], marked.outputs["types"]
        self._pairs = {(s.first, s.end): table[s.row] for s in marked.spans}
        self._types = {(s.first, s.end): types[s.row].tolist() for s in marked.spans}
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

    def kind(self, place: Named, level: str) -> str | None:
        """What a place is on a level, in the country."""
        kinds = [kind for home, kind in place.kinds if home == self.country]
        families = _WIDE if level == "wide" else _TOWN
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

    def town_of(self, sentence: int, back: int = 1) -> str:
        """The town told in a sentence or a little before."""
        best, name = TOWN, ""
        for place in self.named:
            at = int(self._marked.sentence[place.first])
            if sentence - back <= at <= sentence and self.kind(place, "town"):
                score = place.score - (sentence - at)
                if score > best:
                    best, name = score, place.name
        return name

    def candidates(self, scene: Scene, others: Sequence[Scene] = ()) -> list[Candidate]:
        """The places that may be an incident's, one for each name and level, the best mention."""
        marked = self._marked
        found: dict[tuple[str, str], Candidate] = {}
        fits: dict[tuple[str, str], float] = {}
        told = Counter(place.name for place in self.named)
        best = max((place.score for place in self.named), default=_UNSEEN)
        for place in self.named:
            if place.name == self.country:
                continue
            kinds = {level: self.kind(place, level) for level in LEVELS}
            at = int(marked.sentence[place.first])
            before = marked.words[place.first - 1] if place.first else ""
            after = marked.words[place.end] if place.end < len(marked.words) else ""
            seen = [
                place.score, best - place.score, float(place.score == _UNSEEN),
                *scene.from_it(at, self._pairs.get((place.first, place.end))),
                float(at), float(told[place.name]), float(len(told)),
                float(place.name == marked.message.place), *map(float, map(bool, kinds.values())),
                float(before == "IN"), float(before == "OF"),
                float(before in ("AT", "FROM", "NEAR")), float(after == ","),
                float(after in _WIDE), float(after in _TOWN),
                *self._types.get((place.first, place.end), _NO_TYPES)[: len(_NO_TYPES)],
                *marked.reading.place(place.name, scene.near),
                *scene.rather(others, at, self._pairs.get((place.first, place.end))),
            ]  # fmt: skip
            fit = place.score - FAR * seen[3]
            for number, (level, kind) in enumerate(kinds.items()):
                key = level, place.name
                if kind is not None and (key not in found or fit > fits[key]):
                    text = f"{place.name} ({kind})"
                    found[key] = Candidate(level, text, [float(number), *seen])
                    fits[key] = fit
        return list(found.values())

    def location(self, weighed: Sequence[tuple[float, Candidate]]) -> str:
        """The location slot: of each level the likeliest place that is likely enough."""
        chosen: dict[str, str] = {}
        for chance, one in sorted(weighed, key=lambda pair: (-pair[0], pair[1].text)):
            name = one.text.split(" (")[0]
            if chance < PLACE or one.level in chosen:
                continue
            if any(name == other.split(" (")[0] for other in chosen.values()):
                continue
            chosen[one.level] = one.text
        return ": ".join([self.country, *(chosen[level] for level in LEVELS if level in chosen)])


_OF_DAY = ("TODAY", "YESTERDAY", "NIGHT", "MORNING", "LAST", "AGO", "WEEK", "MONTH", "YEAR")


def date_candidates(marked: Marked, scene: Scene, others: Sequence[Scene] = ()) -> list[Candidate]:
    """The days that may be an incident's, and "- " and the dateline's, which says any before it."""
    message = marked.message
    found: dict[str, Candidate] = {}
    fits: dict[str, float] = {}
    gaps: dict[str, float] = {}
    home = f"- {written(message.date)}" if message.date is not None else "-"
    rows = []
    for timex, score, word, pair in zip(
        marked.times, marked.dates, marked.date_words, marked.date_pairs, strict=True
    ):
        if timex.start is None or timex.end is None or (timex.end - timex.start).days >= LONG:
            continue
        if message.date is not None and timex.start > message.date:
            continue
        rows.append((timex.start, timex.end, float(score), int(word), pair))
    best = max((score for _, _, score, _, _ in rows), default=_UNSEEN)
    counts = Counter((start, end) for start, end, *_ in rows)
    shared = [best, float(len(counts)), float(len(marked.starts))]
    for start, end, score, word, pair in rows:
        text = written(start) if start == end else f"{written(start)} - {written(end)}"
        at = int(marked.sentence[word])
        ago = (message.date - end).days if message.date is not None else -1
        span = marked.words[word : word + 4]
        seen = [
            *scene.from_it(at, pair), score, best - score, float(at), float(min(ago, 400)),
            float((end - start).days), float(counts[start, end]),
            *(float(one in span) for one in _OF_DAY), float(any(w[0].isdigit() for w in span[:2])),
            *marked.reading.day(start, end, scene.near), *scene.rather(others, at, pair),
        ]  # fmt: skip
        fit = score - FAR * seen[0]
        if text not in found or fit > fits[text]:
            found[text] = Candidate("date", text, [0.0, *shared, *seen])
            fits[text], gaps[text] = fit, seen[0]
    default = [min(gaps.values(), default=_FAR_OFF), *[0.0] * (9 + len(_OF_DAY) + 1)]
    default += [*marked.reading.day(None, None, scene.near), 0.0, 0.0]
    return [Candidate("date", home, [1.0, *shared, *default]), *found.values()]
