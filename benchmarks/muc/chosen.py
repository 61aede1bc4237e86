"""From weighed candidates to the fills of one type of incident, nobody told twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from benchmarks.muc.candidates import Candidate
from benchmarks.muc.classes import ROLES
from benchmarks.muc.fills import (
    Fill,
    head_of,
    instrument_type,
    number_of,
    without_number,
)
from benchmarks.muc.lists import organisations
from benchmarks.muc.marked import Group, Marked, Span
from benchmarks.muc.options import Options, guessed
from benchmarks.muc.settings import CHANCE, MOST, NAME, TITLE, WEAK

Weighed = Mapping[str, Sequence[tuple[float, Candidate]]]


class Chosen(NamedTuple):
    """The fills of all slots for one type of incident in one message."""

    named: list[Fill]
    plain: list[Fill]
    things: list[Fill]
    people: list[Fill]
    bodies: list[Fill]
    tools: list[Fill]

    @property
    def targets(self) -> list[Fill]:
        """Whom and what it struck."""
        return [*self.named, *self.plain, *self.things]


class Chooser:
    """Chooses the fills of one message for one type of incident."""

    def __init__(self, marked: Marked, options: Options, kind: str, weighed: Weighed) -> None:
        self._marked = marked
        self._options = options
        self._kind = kind
        self._weighed = weighed

    def chosen(self) -> Chosen:
        """The fills, each slot the likeliest first."""
        named, told = self._named()
        return Chosen(
            named,
            self._plain(named, told),
            self._of("phys") if self._kind != "KIDNAPPING" else [],
            self._of("perp"),
            self._bodies(),
            self._of("inst") if self._kind not in ("ARSON", "KIDNAPPING") else [],
        )

    def _likely(self, slot: str) -> Iterator[tuple[float, Group, Span]]:
        for chance, candidate in self._weighed.get(slot, ()):
            if chance < WEAK:
                return
            group = candidate.group
            yield chance, group, group.spans[group.best[ROLES.index(slot)]]

    def _fill(self, slot: str, chance: float, group: Group, span: Span, role: str = "") -> Fill:
        text = without_number(self._marked.text(span.first, span.end))
        extra = role
        if slot == "inst":
            extra = instrument_type(text) or ""
        number = "1" if slot == "name" else number_of(self._marked, span)
        fill = Fill(text, span, group, chance, number, extra)
        options = self._options.of(slot, fill, self._kind)
        return fill._replace(options=options, told=guessed(options))

    def _of(self, slot: str) -> list[Fill]:
        found: list[Fill] = []
        for chance, group, span in self._likely(slot):
            if len(found) >= MOST[slot]:
                break
            if not self._twice(span, found):
                found.append(self._fill(slot, chance, group, span))
        return found

    def _bodies(self) -> list[Fill]:
        found: list[Fill] = []
        taken: set[str] = set()
        for chance, group, span in self._likely("org"):
            known = organisations().get(span.key)
            name = known[0] if known else " ".join(span.key)
            if len(found) >= MOST["org"]:
                break
            if name not in taken and not self._twice(span, found):
                taken.add(name)
                found.append(self._fill("org", chance, group, span))
        return found

    def _named(self) -> tuple[list[Fill], set[int]]:
        """Named people, and the groups of what is said of them."""
        found: list[Fill] = []
        told: set[int] = set()
        for chance, group, span in self._likely("name"):
            if len(found) >= MOST["name"]:
                break
            if self._twice(span, found):
                continue
            role = self._role(span)
            text = ""
            if role is not None:
                told.add(role[0].number)
                text = without_number(self._marked.text(role[1].first, role[1].end))
            found.append(self._fill("name", chance, group, span, text))
        return found, told

    def _role(self, name: Span) -> tuple[Group, Span] | None:
        """The likeliest description beside a name: "MAYOR X", "X, MAYOR OF Y"."""
        best: tuple[float, Group, Span] | None = None
        known = set(name.key)
        mentions = [s for s in self._marked.spans if known & set(s.key) and _within(s.key, known)]
        role = ROLES.index("desc")
        words = self._marked.words
        for chance, candidate in self._weighed.get("desc", ()):
            if chance < CHANCE["role"]:
                break
            for span in candidate.group.spans:
                own = chance + 0.05 * float(self._marked.roles[span.row, role])
                if best is not None and own + TITLE <= best[0]:
                    continue
                if any(one.first == span.end for one in mentions):
                    own += TITLE
                elif span.end in self._name_starts:
                    continue  # "X, MAYOR Y": the mayor is Y
                elif not any(beside(words, span, one) for one in mentions):
                    continue
                if best is None or own > best[0]:
                    best = own, candidate.group, span
        return best[1:] if best else None

    @cached_property
    def _name_starts(self) -> frozenset[int]:
        """The words at which spans begin that look like names of people."""
        scores = self._marked.roles[:, ROLES.index("name")]
        return frozenset(span.first for span in self._marked.spans if scores[span.row] > NAME)

    def _plain(self, named: Sequence[Fill], told: set[int]) -> list[Fill]:
        names = {word for fill in named for word in fill.span.key}
        titles = [set(fill.extra.split()) for fill in named if fill.extra]
        found: list[Fill] = []
        for chance, group, span in self._likely("desc"):
            if len(found) >= MOST["desc"]:
                break
            words = set(span.key)
            if words & names or group.number in told or any(words <= one for one in titles):
                continue
            if not self._twice(span, found):
                found.append(self._fill("desc", chance, group, span))
        return found

    def _twice(self, span: Span, found: Sequence[Fill]) -> bool:
        """Whether a fill of the same words, of more, or across this one is there already."""
        words, head = set(span.key), head_of(span.key)
        for fill in found:
            other = set(fill.span.key)
            if words <= other or other <= words:
                return True
            if head == head_of(fill.span.key):
                return True
            spans = (*fill.group.spans, fill.span)
            if any(s.first < span.end and span.first < s.end for s in spans):
                return True
        return False


def _within(key: Sequence[str], known: set[str]) -> bool:
    return set(key) <= known


_CUT = frozenset("BY AND TO WHO WAS WERE SAID THAT".split())


def beside(words: Sequence[str], role: Span, name: Span) -> bool:
    """Whether a description stands as a title or an apposition to a name."""
    if role.first < name.end and name.first < role.end:
        return False
    if role.end <= name.first:
        gap = words[role.end : name.first]
        signs = [word for word in gap if not word[0].isalnum() and word != "."]
        return len(gap) <= 7 and signs in ([], [","]) and not set(gap) & _CUT
    gap = words[name.end : role.first]
    if not 1 <= len(gap) <= 5 or gap[0] not in (",", "(", "["):
        return False
    small = ("THE", "A", "AN", "HIS", "HER", "FORMER", "THEIR", "AGE", "AGED", "YEARS", "OLD")
    return all(word in small or not word[0].isalpha() for word in gap)
