"""Which targets are of one incident: how likely two of them are, and the targets parted by it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from benchmarks.muc.chosen import Chosen
from benchmarks.muc.classes import ROLES, TYPES
from benchmarks.muc.fills import head_of
from benchmarks.muc.lists import lists
from benchmarks.muc.marked import Group, Marked, Span
from benchmarks.muc.settings import CHANCE, SPLIT, TOGETHER, TOWN
from benchmarks.muc.when_where import Whereabouts

SLOTS = ("name", "desc", "phys")
FAR_APART = 400  # words
LIST = 4  # words between the parts of a list
LINKS = frozenset(", AND ; OR HIS HER THEIR THE A AN TWO THREE FOUR FIVE OTHER".split())
AGAIN = frozenset("ANOTHER OTHER OTHERS SECOND THIRD".split())
_ROLES = tuple(ROLES.index(slot) for slot in SLOTS)
Chances = Callable[[list[list[float]]], Sequence[float]]
"""Rows of a pair of targets -> how likely each is of one incident."""


class Target(NamedTuple):
    """Whom or what an incident struck: ``slot`` is 0 for a name, 1 a description, 2 a thing."""

    slot: int
    group: Group
    span: Span


class Pairs:
    """What is seen of pairs of targets in one message."""

    def __init__(self, marked: Marked, where: Whereabouts) -> None:
        self._marked = marked
        self._where = where
        self._apart = self._told("apart")
        self._deeds = self._told("deeds")
        towns = {one.name for one in where.named if where.kind(one, "town") and one.score > TOWN}
        self._message = [float(len(marked.starts)), float(len(towns))]
        self._message += marked.about.tolist()

    def _told(self, name: str) -> list[int]:
        """Of each sentence how many words of a list stand before it."""
        words = frozenset(lists()[name]["words"])
        counts = [0] * (len(self._marked.starts) + 1)
        for word, sentence in zip(self._marked.words, self._marked.sentence, strict=True):
            counts[int(sentence) + 1] += word in words
        return list(itertools.accumulate(counts))

    @cached_property
    def _days(self) -> list[tuple[int, float, object]]:
        """Sentence, score and days of the times that may date an incident."""
        marked = self._marked
        return [
            (int(marked.sentence[word]), float(score), (timex.start, timex.end))
            for timex, score, word in zip(
                marked.times, marked.dates, marked.date_words, strict=True
            )
        ]

    def _day_of(self, sentence: int) -> object:
        """The days told in a sentence or the one before."""
        near = [
            (score - (sentence - at), days)
            for at, score, days in self._days
            if sentence - 1 <= at <= sentence and score - (sentence - at) > TOWN
        ]
        return max(near, key=lambda one: one[0])[1] if near else None

    def numbers(self, one: Target, other: Target, kind: str) -> list[float]:
        """What is seen of two targets of incidents of a type."""
        marked = self._marked
        apart = marked.mean(one.group, "pair") - marked.mean(other.group, "pair")
        at, to = sorted((marked.sentence_of(one.span), marked.sentence_of(other.span)))
        mine, theirs = (
            {marked.sentence_of(span) for span in target.group.spans} for target in (one, other)
        )
        gap = min(abs(a - b) for a in mine for b in theirs)
        towns = self._where.town_of(at), self._where.town_of(to)
        days = self._day_of(at), self._day_of(to)
        tops = sorted(float(t.group.top[_ROLES[t.slot]]) for t in (one, other))
        effects = [marked.class_of(t.group, "hum_effect") for t in (one, other)]
        types = np.abs(marked.mean(one.group, "types") - marked.mean(other.group, "types"))
        told = self._marked.reading.mention([at]), self._marked.reading.mention([to])
        return [
            float(told[0] >= 0 and told[1] >= 0), float(told[0] == told[1]),
            float(np.square(apart).sum()), float(to - at), float(gap),
            float(abs(one.span.first - other.span.first)), float(at),
            float(bool(towns[0] and towns[1])), float(towns[0] == towns[1]),
            float(bool(days[0] and days[1])), float(days[0] == days[1]),
            *map(float, sorted((one.slot, other.slot))), *tops,
            float(effects[0] @ effects[1]), float(types[:4].sum()), float(TYPES.index(kind)),
            float(self._apart[to + 1] - self._apart[at]),
            float(self._apart[to + 1] - self._apart[to]),
            float(self._deeds[to + 1] - self._deeds[at]),
            *map(float, sorted((len(mine), len(theirs)))), *self._message,
            *self._joined(one, other),
        ]  # fmt: skip

    def _joined(self, one: Target, other: Target) -> list[float]:
        """How near two targets stand at their nearest, and whether they are words for one thing."""
        words = self._marked.words
        gap, joined = FAR_APART, False
        for a in one.group.spans:
            for b in other.group.spans:
                low, high = (a, b) if a.first <= b.first else (b, a)
                between = words[low.end : high.first]
                gap = min(gap, max(0, high.first - low.end))
                joined |= len(between) <= LIST and all(word in LINKS for word in between)
        mine, theirs = one.span.key, other.span.key
        heads = [head_of(key).rstrip("S") for key in (mine, theirs)]
        return [
            float(gap), float(joined), float(heads[0] == heads[1]),
            float(len(set(mine) & set(theirs))),
            float(any(word in AGAIN for key in (mine, theirs) for word in key)),
        ]  # fmt: skip


def shares(pairs: Pairs, told: Chosen, kind: str, chances: Chances) -> list[Chosen]:
    """The targets by incident; who did it and with what go to all incidents of a type."""
    fills = told.targets
    slots = [0] * len(told.named) + [1] * len(told.plain) + [2] * len(told.things)
    strong = [n for n, one in enumerate(fills) if one.chance >= CHANCE[SLOTS[slots[n]]]]
    if len(strong) < 2:
        return [told]
    targets = [Target(n, one.group, one.span) for n, one in zip(slots, fills, strict=True)]
    both = [(a, b) for a in range(len(fills)) for b in range(a)]
    rows = [pairs.numbers(targets[a], targets[b], kind) for a, b in both]
    table = np.ones((len(fills), len(fills)))
    for (a, b), chance in zip(both, chances(rows), strict=True):
        table[a, b] = table[b, a] = chance
    clusters = [[n] for n in strong]
    while len(clusters) > 1:
        best, x, y = max(
            (float(table[np.ix_(clusters[x], clusters[y])].mean()), -x, -y)
            for x in range(len(clusters))
            for y in range(x)
        )
        if best < TOGETHER and len(clusters) <= SPLIT:
            break
        clusters[-x] += clusters[-y]
        del clusters[-y]
    if len(clusters) < 2:
        return [told]
    for n in sorted(set(range(len(fills))) - set(strong)):
        near = [float(table[n, cluster].mean()) for cluster in clusters]
        clusters[int(np.argmax(near))].append(n)
    clusters.sort(key=lambda c: min(fills[n].span.first for n in c))
    found = []
    for cluster in clusters:
        own = {id(fills[n]) for n in cluster}
        found.append(
            told._replace(
                named=[one for one in told.named if id(one) in own],
                plain=[one for one in told.plain if id(one) in own],
                things=[one for one in told.things if id(one) in own],
            )
        )
    return found
