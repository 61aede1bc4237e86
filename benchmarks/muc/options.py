"""What may be told of a fill (its type, the effect on it, its number, its nation, how sure it is).

Each thing that may be told is one option with its own numbers; trees say what the scorer would
credit each with, and the likeliest is told where that is enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.muc.classes import CLASSES
from benchmarks.muc.fills import Fill, Option, Sure, number_of, text_features
from benchmarks.muc.judged import Judge
from benchmarks.muc.linear import Linear
from benchmarks.muc.lists import lists
from benchmarks.muc.marked import Marked
from benchmarks.muc.settings import NATION_WORDS, SHARE

TOLD_OF = {
    "name": ("hum_type", "hum_effect", "number", "nation"),
    "desc": ("hum_type", "hum_effect", "number", "nation"),
    "phys": ("phys_type", "phys_effect", "number", "nation"),
    "org": ("confidence",),
}
"""Slot of a fill -> what may be told of it; each has trees of its own."""
TABLES = {
    "hum_type": "type", "phys_type": "type", "hum_effect": "effect", "phys_effect": "effect",
    "confidence": "confidence", "number": "number", "nation": "nation",
}  # fmt: skip
"""Table of options, which is the name of its trees too -> name in ``Fill.told``."""
LABELS = 4  # of a table that are looked at, the likeliest


class Options:
    """The options of the fills of one message."""

    def __init__(self, marked: Marked, linear: Linear, judge: Judge, country: str) -> None:
        self._marked = marked
        self._linear = linear
        self._judge = judge
        self._country = country

    def of(self, slot: str, fill: Fill, kind: str) -> dict[str, list[Option]]:
        """Table -> options of a fill of an incident of a type, the first the likeliest."""
        found = {}
        for table in TOLD_OF.get(slot, ()):
            if table == "number":
                told = self._numbers(slot, fill)
            elif table == "nation":
                told = self._nations(fill)
            else:
                told = self._classes(table, slot, fill, kind)
            found[table] = [Option(label, numbers) for label, numbers in told]
        return found

    def _classes(
        self, table: str, slot: str, fill: Fill, kind: str
    ) -> list[tuple[str, list[float]]]:
        labels = CLASSES[table]
        spans = self._marked.class_of(fill.group, table)
        words = text_features(fill.extra if slot == "name" else fill.text)
        if table.endswith("_type"):
            others = self._judge.classes(table, words)
        else:
            seen = self._linear.seen(fill.span, slot, kind)
            told = self._linear.classes(table, seen)
            others = np.array([max(told.get(label, 0.0), 1e-3) for label in labels])
        both = spans ** SHARE[table] * others
        both /= both.sum()
        order = [int(n) for n in np.argsort(-both, kind="stable")][: LABELS + 1]
        best = float(both[order[0]])
        nothing = float(both[0]) if labels[0] == "-" else 0.0
        return [
            (
                labels[n],
                [
                    float(n), float(both[n]), best - float(both[n]), float(rank),
                    float(spans[n]), float(others[n]), nothing,
                ],
            )
            for rank, n in enumerate(order)
            if labels[n] != "-"
        ]  # fmt: skip

    def _numbers(self, slot: str, fill: Fill) -> list[tuple[str, list[float]]]:
        if slot == "name":
            told = {"1": 1}
        else:
            told = {}
            for span in fill.group.spans:
                number = number_of(self._marked, span)
                told[number] = told.get(number, 0) + 1
        own = fill.number
        many = sum(told.values())
        return [
            (
                label,
                [
                    float(label == own), float(label == "1"), float(label == "PLURAL"),
                    float(label.strip("~-") if label != "PLURAL" else -1),
                    float(count), count / many, float(len(told)), float(not label.isalnum()),
                ],
            )
            for label, count in sorted(told.items(), key=lambda one: (one[0] != own, one[0]))
        ]  # fmt: skip

    def _nations(self, fill: Fill) -> list[tuple[str, list[float]]]:
        table = lists()["nations"]
        told: dict[str, list[float]] = {}
        for word in (*fill.text.split(), *fill.extra.split()):
            if word in table:
                told.setdefault(str(table[word]), [0.0] * 4)[0] = 1.0
        for span in fill.group.spans:
            low, high = span.first - NATION_WORDS, span.end + NATION_WORDS
            for n in range(max(0, low), min(len(self._marked.words), high)):
                nation = table.get(self._marked.words[n])
                if nation is not None:
                    seen = told.setdefault(str(nation), [0.0] * 4)
                    seen[1] += 1.0
                    seen[2] = max(seen[2], float(n == span.first - 1))
                    seen[3] = max(seen[3], float(span is fill.span))
        return [one for one in sorted(told.items()) if one[0] != self._country]


SHARED = ("hum_type", "hum_effect", "phys_type", "phys_effect", "confidence")


def with_others(marked: Marked, fills: Sequence[Fill]) -> list[Fill]:
    """The fills of one incident, each option seen beside the same one of the other fills.

    What befell one of several victims mostly befell the others, above all in one sentence.
    """
    at = [marked.sentence_of(one.span) for one in fills]
    tables = [
        {name: {o.label: o.numbers[1] for o in one.options.get(name, ())} for name in SHARED}
        for one in fills
    ]
    found = []
    for n, fill in enumerate(fills):
        options = dict(fill.options)
        for name in SHARED:
            if name not in options:
                continue
            others = [k for k in range(len(fills)) if k != n and tables[k][name]]
            near = [k for k in others if at[k] == at[n]]
            options[name] = [
                one._replace(
                    numbers=[
                        *one.numbers,
                        _mean([tables[k][name].get(one.label, 0.0) for k in others]),
                        _mean([tables[k][name].get(one.label, 0.0) for k in near]),
                    ]
                )
                for one in options[name]
            ]
        found.append(fill._replace(options=options))
    return found


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else -1.0


def guessed(options: Mapping[str, Sequence[Option]]) -> dict[str, Sure]:
    """What is told of a fill before trees have weighed its options."""
    return {
        TABLES[table]: Sure(found[0].label, 1.0)
        for table, found in options.items()
        if found and table != "nation"
    }


def rows_of(fill: Fill, table: str, row: Sequence[float]) -> list[list[float]]:
    """The numbers of each option of a table; ``row`` is what is seen of the fill itself."""
    return [[*one.numbers, *row] for one in fill.options.get(table, ())]


def settled(judge: Judge, fills: Sequence[Fill], rows: Sequence[Sequence[float]]) -> list[Fill]:
    """Fills with the credit they are worth and the options that are worth most.

    ``rows`` are what is seen of the fills in their draft.
    """
    told: list[dict[str, Sure]] = [{} for _ in fills]
    for table, name in TABLES.items():
        found = [rows_of(fill, table, row) for fill, row in zip(fills, rows, strict=True)]
        chances = iter(judge.chances(table, [one for own in found for one in own]))
        for fill, own in zip(fills, told, strict=True):
            every = [Sure(one.label, next(chances)) for one in fill.options.get(table, ())]
            if every:
                own[name] = max(every, key=lambda one: one.chance)
    worth = judge.chances("told", rows)
    return [
        fill._replace(chance=chance, told=own)
        for fill, chance, own in zip(fills, worth, told, strict=True)
    ]
