"""What is seen of a group of spans for a slot and an incident type: one row of numbers.

The rows are for the boosted trees of ``judged``, which give a candidate's chance to be
credited and a message's chance to tell of a type.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.muc.classes import PAIR, ROLES, TYPES
from benchmarks.muc.fills import head_of
from benchmarks.muc.linear import Linear
from benchmarks.muc.lists import organisation
from benchmarks.muc.marked import FILLED, Group, Marked

Floats = npt.NDArray[np.floating[Any]]
SLOTS = ROLES[:FILLED]
KINDS = TYPES[:5]  # stoppages are too few to learn
MENTIONS = 5  # of a group, that the linear models look at
TARGETS = [ROLES.index(slot) for slot in ("name", "desc", "phys")]
OWN = {
    "perp": ("stage",), "org": ("stage", "confidence"), "phys": ("stage", "phys_effect"),
    "name": ("stage", "hum_effect", "hum_type"), "desc": ("stage", "hum_effect", "hum_type"),
    "inst": (),
}  # fmt: skip
"""What the span model tells of a fill of each slot."""
MOST = 6  # classes looked at
FAINT = -5.0  # a group whose score is lower is no candidate


class Candidate(NamedTuple):
    """A group that may fill a slot of an incident, its numbers, and the span that says it best."""

    slot: str
    group: Group
    numbers: list[float]


def sigmoid(scores: Any) -> Any:  # noqa: ANN401 - a number for a number, an array for an array
    """Log odds as chances."""
    return 1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30)))


class Seen:
    """What all candidates of one message share, worked out once."""

    def __init__(self, marked: Marked, linear: Linear) -> None:
        self.marked = marked
        self.linear = linear
        self.groups = marked.groups
        size = len(self.groups)
        self.top = np.array([g.top[:FILLED] for g in self.groups]).reshape(size, FILLED)
        self.types = np.array([marked.mean(g, "types") for g in self.groups]).reshape(
            size, len(TYPES)
        )
        order = np.argsort(-self.top, axis=0, kind="stable")
        self.rank = np.argsort(order, axis=0, kind="stable")
        self.best = self.top.max(axis=0) if size else np.zeros(FILLED)
        self.expected = sigmoid(self.top).sum(axis=0)
        loud = [n for n in range(len(marked.spans)) if marked.loudest[n] > FAINT - 1]
        self.loud = [marked.spans[n] for n in loud]
        self.scores = marked.roles[loud][:, :FILLED]
        self.low = np.array([s.first for s in self.loud])
        self.high = np.array([s.end for s in self.loud])
        of = {span.row: g.number for g in self.groups for span in g.spans}
        self.owner = np.array([of[s.row] for s in self.loud])
        self.heads = [head_of(g.spans[0].key) for g in self.groups]
        self.pair = np.array([marked.mean(g, "pair") for g in self.groups]).reshape(size, PAIR)
        self._sharing: dict[str, list[int]] = {}
        for n, group in enumerate(self.groups):
            if self.top[n].max() >= FAINT:
                for word in set(group.spans[0].key):
                    self._sharing.setdefault(word, []).append(n)

    def rival(self, group: Group, r: int) -> tuple[float, float]:
        """The best score of the spans across a group's best one: in the same role, in others."""
        span = group.spans[group.best[r]]
        across = (self.low < span.end) & (span.first < self.high)
        across &= self.owner != group.number
        if not across.any():
            return -9.0, -9.0
        scores = self.scores[across]
        others = np.delete(scores, r, axis=1)
        return max(float(scores[:, r].max()), -9.0), max(float(others.max()), -9.0)

    @cached_property
    def _said(self) -> list[list[float]]:
        """What the reader says of each group that may be a candidate."""
        found: list[list[float]] = []
        for n, group in enumerate(self.groups):
            if self.top[n].max() < FAINT:
                found.append([])
                continue
            span = group.spans[int(np.argmax([self.marked.loudest[s.row] for s in group.spans]))]
            found.append(
                self.marked.reading.of_group(
                    span.key,
                    [(one.first, one.end) for one in group.spans],
                    self.marked.sentence_of(span),
                )
            )
        return found

    def kin(self, n: int, r: int) -> list[float]:
        """Of other groups that stand elsewhere and share a word, or the head: best and how many."""
        own = self.groups[n]
        others = {m for word in own.spans[0].key for m in self._sharing.get(word, ()) if m != n}
        best = [-9.0, -9.0]
        likely = 0.0
        longer = -9.0
        for m in sorted(others):
            group = self.groups[m]
            span = group.spans[group.best[r]]
            if any(one.first < span.end and span.first < one.end for one in own.spans):
                continue
            score = float(self.top[m, r])
            best[0] = max(best[0], score)
            likely += float(sigmoid(score))
            if self.heads[m] == self.heads[n]:
                best[1] = max(best[1], score)
            if len(group.spans[0].key) > len(own.spans[0].key):
                longer = max(longer, score)
        return [*best, longer, likely]

    def anchors(self, k: int) -> list[int]:
        """The two groups that look most like targets of an incident of a type."""
        if not len(self.groups):
            return []
        worth = np.minimum(self.top[:, TARGETS].max(axis=1), 3) + np.minimum(self.types[:, k], 3)
        return [int(n) for n in np.argsort(-worth, kind="stable")[:2]]

    def candidates(self, kind: str) -> list[Candidate]:
        """The candidates of every slot for an incident of a type."""
        k = TYPES.index(kind)
        others = [n for n in range(len(TYPES)) if n != k]
        about = self.marked.about
        context = [
            float(about[k]), float(about[len(TYPES)]), float(about[others].max()),
            *(float(k == n) for n in range(4)), *self.linear.about.values(),
            self.linear.about.get(kind, 0.0),
        ]  # fmt: skip
        found = []
        anchors = self.anchors(k)
        said = self._said
        sentences = max(1, len(self.marked.starts))
        for r, slot in enumerate(SLOTS):
            for n, group in enumerate(self.groups):
                if self.top[n, r] < FAINT:
                    continue
                scores = np.sort(self.marked.roles[[s.row for s in group.spans], r])[::-1]
                span = group.spans[group.best[r]]
                first = self.marked.sentence_of(group.spans[0])
                side = organisation(group.spans[0].key)
                loud = np.argsort(
                    -self.marked.roles[[s.row for s in group.spans], r], kind="stable"
                )
                order = [group.spans[int(i)] for i in loud]
                numbers = [
                    *self.linear.numbers(order[:MENTIONS], slot, kind),
                    float(self.top[n, r]), float(np.log(sigmoid(scores).sum())),
                    float(scores[1]) if len(scores) > 1 else -9.0, float(len(scores)),
                    float((scores > -2).sum()), float(self.rank[n, r]),
                    float(self.best[r] - self.top[n, r]), *self.rival(group, r),
                    *self.top[n].tolist(), float(self.types[n, k]),
                    float(self.types[n, others].max()), float(span.end - span.first),
                    float(first), first / sentences, float(self.marked.sentence_of(span)),
                    float(side == "armed"), float(side == "state"), float(self.expected[r]),
                    *self.kin(n, r), *self.told_of(slot, group), *self.from_anchors(n, anchors),
                    *said[n],
                    *context, *self.marked.known(group, r),
                    *self.marked.deeds_in([self.marked.sentence_of(span)]),
                ]  # fmt: skip
                found.append(Candidate(slot, group, numbers))
        return found

    def told_of(self, slot: str, group: Group) -> list[float]:
        """The chances of a group's classes."""
        return [
            float(one) for name in OWN[slot] for one in self.marked.class_of(group, name)[:MOST]
        ]

    def from_anchors(self, n: int, anchors: Sequence[int]) -> list[float]:
        """How far a group is from the likeliest targets, by the span model and in sentences."""
        own = self.groups[n]
        at = {self.marked.sentence_of(span) for span in own.spans}
        found = []
        for other in [*anchors, -1, -1][:2]:
            if other < 0 or other == n:
                found += [-1.0, -1.0]
                continue
            theirs = {self.marked.sentence_of(span) for span in self.groups[other].spans}
            found.append(float(np.square(self.pair[n] - self.pair[other]).sum()))
            found.append(float(min(abs(a - b) for a in at for b in theirs)))
        return found

    def message(self) -> list[float]:
        """What the message is about, in numbers."""
        chances = sigmoid(self.top)
        kinds = sigmoid(self.types[:, :4])
        told = [*self.marked.about.tolist(), *np.maximum(self.best, -9.0).tolist()]
        told += [*np.log1p(self.expected).tolist(), *self.linear.about.values()]
        best = chances.max(axis=1) if len(chances) else np.zeros(0)
        told += [float((best * kinds[:, n]).max()) if len(best) else 0.0 for n in range(4)]
        told += [float(np.log1p((best * kinds[:, n]).sum())) for n in range(4)]
        told += [float(len(self.marked.starts)), float(len(self.marked.words))]
        told += self.marked.reading.message() + self.marked.alike
        deeds = self.marked.deeds
        told += [*np.log1p(deeds.sum(axis=0)).tolist(), *(deeds > 0).sum(axis=0).tolist()]
        told += deeds[:2].sum(axis=0).tolist()
        return told
