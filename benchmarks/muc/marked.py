"""A message with what the span model says of its spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.muc import known, neighbours
from benchmarks.muc.classes import ROLES, WIDTHS
from benchmarks.muc.deeds import spoken_of
from benchmarks.muc.messages import Message
from benchmarks.muc.reading import Reading, Said
from benchmarks.muc.sentences import starts_of
from benchmarks.muc.spans import key_of, spans_of, words_of
from dateline.model import Place, Timex
from dateline.reading.encoder import Tokens

Floats = npt.NDArray[np.floating[Any]]
NOTHING_SAID = Said()
FILLED = 6  # roles that fill slots; place and date come after them


class Span(NamedTuple):
    """Words ``first`` to ``end`` of a message; spans of one ``key`` say the same thing."""

    row: int
    first: int
    end: int
    key: tuple[str, ...]


class Group(NamedTuple):
    """Spans of the same words, with their greatest role scores and their mean others."""

    number: int
    spans: tuple[Span, ...]
    top: Floats
    best: tuple[int, ...]


def dated(times: Sequence[Timex]) -> list[Timex]:
    """The times that name days."""
    return [one for one in times if one.start is not None and one.end is not None]


def rows_of(message: Message, tokens: Tokens, times: Sequence[Timex]) -> npt.NDArray[np.int32]:
    """The words of every span of a message, then those of its dates."""
    spans = spans_of(words_of(message.text, tokens)).tolist()
    for timex in dated(times):
        low, high = np.searchsorted(tokens.starts, (timex.span.start, timex.span.end))
        spans.append([int(low), max(int(high), int(low) + 1)])
    return np.array(spans, dtype=np.int32).reshape(-1, 2)


class Marked:
    """The spans of a message, their scores, and where its sentences are."""

    def __init__(
        self,
        message: Message,
        tokens: Tokens,
        times: Sequence[Timex],
        places: Sequence[Place],
        outputs: Mapping[str, Floats],
        said: Said = NOTHING_SAID,
    ) -> None:
        self.message = message
        self.tokens = tokens
        self.times = dated(times)
        self.places = places
        self._said = said
        self.words = words_of(message.text, tokens)
        self.starts = starts_of(message.text)
        self.sentence = np.maximum(np.searchsorted(self.starts, tokens.starts, "right") - 1, 0)
        rows = rows_of(message, tokens, times)
        table = outputs["spans"].astype(np.float64)
        self.about = outputs["about"].astype(np.float64)
        plain = len(rows) - len(self.times)
        self.dates = table[plain:, ROLES.index("date")]
        self.date_pairs = table[plain:, sum(WIDTHS.values()) :]
        self.date_words = rows[plain:, 0]
        self.roles = table[:plain, : len(ROLES)]
        borders = np.cumsum([*WIDTHS.values()])
        parts = np.split(table[:plain], borders, axis=1)
        self.outputs = dict(zip([*WIDTHS, "pair"], parts, strict=True))
        self.spans = [
            Span(n, int(a), int(b), key_of(self.words[a:b]))
            for n, (a, b) in enumerate(rows[:plain])
        ]

    @cached_property
    def reading(self) -> Reading:
        """What Dateline's reader says of it."""
        return Reading(self._said, self.tokens, self.sentence, len(self.words))

    def text(self, first: int, end: int) -> str:
        """Words as the message writes them."""
        begin, stop = self.tokens.starts[first], self.tokens.ends[end - 1]
        return " ".join(self.message.text[begin:stop].split())

    def sentence_of(self, span: Span) -> int:
        """The sentence a span is in."""
        return int(self.sentence[span.first])

    @cached_property
    def groups(self) -> list[Group]:
        """Spans of the same words together, in the order of their first mention."""
        found: dict[tuple[str, ...], list[Span]] = {}
        for span in self.spans:
            found.setdefault(span.key, []).append(span)
        made = []
        for n, spans in enumerate(found.values()):
            scores = self.roles[[span.row for span in spans]]
            best = scores.argmax(axis=0)
            made.append(Group(n, tuple(spans), scores.max(axis=0), tuple(best.tolist())))
        return made

    @cached_property
    def deeds(self) -> Floats:
        """How often each sentence speaks of each kind of deed."""
        return spoken_of(self.words, self.sentence, len(self.starts))

    def deeds_in(self, sentences: Sequence[int]) -> list[float]:
        """How often some sentences do, and the ones before them."""
        own = sorted(set(sentences))
        before = sorted({one - 1 for one in own if one > 0} - set(own))
        return [*self.deeds[own].sum(axis=0).tolist(), *self.deeds[before].sum(axis=0).tolist()]

    @cached_property
    def alike(self) -> list[float]:
        """What messages like this one tell of."""
        return neighbours.load().numbers(self.words, self._learnt)

    @property
    def _learnt(self) -> int:
        """The number of a message of the development set."""
        return int(self.message.id[-4:]) if self.message.id.startswith("DEV-") else 0

    def known(self, group: Group, role: int) -> list[float]:
        """How often the words of a group have filled a slot."""
        return known.load().numbers(group.spans[0].key, role, self._learnt)

    @cached_property
    def loudest(self) -> Floats:
        """Of each span the greatest score for a slot."""
        return self.roles[:, :FILLED].max(axis=1) if len(self.roles) else np.zeros(0)

    def mean(self, group: Group, name: str) -> Floats:
        """An output of a group: of its spans those count that look most like fills."""
        rows = [span.row for span in group.spans]
        loud = self.loudest[rows]
        share = np.exp(loud - loud.max())
        return np.asarray((share / share.sum()) @ self.outputs[name][rows])

    def class_of(self, group: Group, name: str) -> Floats:
        """The chances of a group's classes."""
        scores = self.mean(group, name)
        chances = np.exp(scores - scores.max())
        return np.asarray(chances / chances.sum())
