"""What Dateline's own reading of a message says of a span, of an incident and of the whole.

The trees see it beside the span model: whom a claim counts, names as perpetrator or as target,
and which of the reader's incidents a sentence tells of, with its type, day and place.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.muc.lists import lists
from benchmarks.muc.spans import key_of, words_of
from dateline.model import (
    Attribution,
    CasualtyValue,
    Claim,
    Mention,
    PerpetratorValue,
    ResponsibilityValue,
    Span,
    TargetValue,
    WeaponValue,
)
from dateline.reading.encoder import Tokens, tokenize

FAMILIES = ("bombing", "kidnapping", "arson", "clash", "killing", "attack", "other")
NAMES = ("perpetrator", "claimed", "denied", "people", "thing", "weapon")
EFFECTS = ("killed", "injured", "abducted", "perpetrators")
SURE = ("fact", "claimed", "suspected", "accused", "possible")
Bits = npt.NDArray[np.bool_]


class Said(NamedTuple):
    """The claims, incidents and attributions of a reading."""

    claims: Sequence[Claim] = ()
    mentions: Sequence[Mention] = ()
    attributions: Sequence[Attribution] = ()


@cache
def families() -> dict[str, int]:
    """Type of the reader's incidents -> place in FAMILIES."""
    table = lists()["families"]
    return {kind: FAMILIES.index(family) for family, kinds in table.items() for kind in kinds}


@cache
def key_of_text(text: str) -> frozenset[str]:
    """The words of a claim's text, as spans have them."""
    plain = unicodedata.normalize("NFKD", text.upper())
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    words = words_of(plain, tokenize(plain))
    return frozenset(key_of(words)) if words else frozenset()


def _like(key: frozenset[str], texts: Sequence[frozenset[str]]) -> float:
    """How many of the words of two texts are in both (Jaccard), for the text most like."""
    return max((len(key & one) / len(key | one) for one in texts if key | one), default=0.0)


class Reading:
    """A reading over the words and sentences of one message."""

    def __init__(
        self, said: Said, tokens: Tokens, sentence: npt.NDArray[np.intp], key_size: int
    ) -> None:
        self._tokens = tokens
        self.mentions = list(said.mentions)
        self._days = [(m.date.start, m.date.end) if m.date else None for m in self.mentions]
        places = [(m.place.name, m.place.admin1) if m.place else () for m in self.mentions]
        self._places = [[key_of_text(text) for text in texts if text] for texts in places]
        self._named: dict[str, list[frozenset[str]]] = defaultdict(list)
        self._sure: list[tuple[frozenset[str], str]] = []
        self._harmed = {name: np.zeros(key_size + 1, dtype=bool) for name in EFFECTS}
        self._events: Counter[int] = Counter()
        self._of: dict[int, Counter[int]] = defaultdict(Counter)
        for claim in said.claims:
            first, end = self._range(claim.span)
            if first >= key_size:
                continue
            at = int(sentence[first])
            if claim.incident is not None:
                self._of[at][claim.incident] += 1
            self._events[at] += claim.kind == "event"
            self._note(claim, first, end)
        self._source = np.zeros(key_size + 1, dtype=bool)
        self._content = np.zeros(key_size + 1, dtype=bool)
        for one in said.attributions:
            for spans, bits in ((one.source, self._source), (one.content, self._content)):
                for span in spans:
                    first, end = self._range(span)
                    bits[first:end] = True

    def _range(self, span: Span) -> tuple[int, int]:
        first = int(self._tokens.starts.searchsorted(span.start))
        return first, max(int(self._tokens.starts.searchsorted(span.end)), first + 1)

    def _note(self, claim: Claim, first: int, end: int) -> None:
        value = claim.value
        if isinstance(value, PerpetratorValue):
            texts = [value.description, value.organisation, value.name]
            keys = [key_of_text(text) for text in texts if text]
            self._named["perpetrator"] += keys
            self._sure += [(key, value.confidence) for key in keys]
        elif isinstance(value, ResponsibilityValue):
            self._named[value.stance].append(key_of_text(value.actor))
        elif isinstance(value, TargetValue):
            self._named[value.kind].append(key_of_text(value.description))
        elif isinstance(value, WeaponValue):
            self._named["weapon"].append(key_of_text(value.description))
        elif isinstance(value, CasualtyValue):
            name = "perpetrators" if value.who == "perpetrators" else value.effect
            self._harmed[name if name in EFFECTS else "abducted"][first:end] = True

    def of_group(
        self, key: Sequence[str], spans: Sequence[tuple[int, int]], sentence: int
    ) -> list[float]:
        """What is said of a group of spans (words), the best of which is in ``sentence``."""
        words = frozenset(key)
        found = [_like(words, self._named[name]) for name in NAMES]
        sure = max(
            ((_like(words, [one]), SURE.index(told)) for one, told in self._sure), default=(0.0, -1)
        )
        found.append(float(sure[1]) if sure[0] > 0 else -1.0)
        for name in EFFECTS:
            found.append(float(any(self._harmed[name][a:b].any() for a, b in spans)))
        for bits in (self._source, self._content):
            found.append(float(np.mean([bits[a:b].any() for a, b in spans])))
        return [*found, float(self._events[sentence]), *self.of_mention(self.mention([sentence]))]

    def mention(self, sentences: Sequence[int]) -> int:
        """The number of the incident that most claims of some sentences are of; -1 for none."""
        counts: Counter[int] = Counter()
        for one in sentences:
            counts.update(self._of.get(one, ()))
        if not counts:
            return -1
        return min(counts, key=lambda number: (-counts[number], number))

    def of_mention(self, number: int) -> list[float]:
        """The type of one of the reader's incidents, and whether it is background."""
        kinds = [0.0] * len(FAMILIES)
        if not 0 <= number < len(self.mentions):
            return [*kinds, -1.0, -1.0]
        mention = self.mentions[number]
        kinds[families().get(mention.type, len(FAMILIES) - 1)] = 1.0
        return [*kinds, float(mention.background), float(number)]

    def message(self) -> list[float]:
        """Counts of what a message tells of."""
        kinds = [0.0] * len(FAMILIES)
        for mention in self.mentions:
            kinds[families().get(mention.type, len(FAMILIES) - 1)] += 1
        background = sum(mention.background for mention in self.mentions)
        named = [float(len(self._named[name])) for name in NAMES]
        harmed = [float(bits.sum()) for bits in self._harmed.values()]
        return [*kinds, float(background), *named, *harmed, float(sum(self._events.values()))]

    def day(self, start: object, end: object, near: Sequence[int]) -> list[float]:
        """Whether days are those of an incident, and of the one of these sentences."""
        own = self.mention(near)
        mine = self._days[own] if 0 <= own < len(self._days) else None
        return [
            float((start, end) in self._days), float(mine == (start, end)), float(mine is not None)
        ]  # fmt: skip

    def place(self, name: str, near: Sequence[int]) -> list[float]:
        """Whether a place is that of an incident, and of the one of these sentences."""
        key = key_of_text(name)
        own = self.mention(near)
        mine = self._places[own] if 0 <= own < len(self._places) else []
        return [
            float(any(key in one[:1] for one in self._places)),
            float(any(key in one for one in self._places)),
            float(key in mine[:1]), float(key in mine), float(bool(mine)),
        ]  # fmt: skip
