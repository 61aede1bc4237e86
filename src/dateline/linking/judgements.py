"""What people decided: which mentions are one incident, and which are not.

A judgement binds two sides, each a mention or all mentions of an incident as it stood.
"Same" joins both sides whole; "different" keeps every mention of one side from every
mention of the other. Later judgements do not undo earlier ones: a judgement that cannot
stand beside them is refused, until the one in the way is retracted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from dateline.errors import JudgementConflictError

Verdict = Literal["same", "different"]

_HINT = "docs/judgements.md says what to do; dateline judgements --retract takes one back"


class Ruling(NamedTuple):
    """One judgement as linking needs it; ``number`` and ``author`` name it in messages."""

    number: int
    verdict: Verdict
    left: tuple[str, ...]
    right: tuple[str, ...]
    author: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """How messages call it."""
        said = f": {self.note}" if self.note else ""
        by = f" by {self.author}" if self.author else ""
        word = "the same" if self.verdict == "same" else "not the same"
        return f"judgement {self.number}{by} ({word}{said})"


class Rulings:
    """All judgements on sameness, ready to be asked."""

    def __init__(self, rulings: Iterable[Ruling] = ()) -> None:
        self.all = tuple(sorted(rulings, key=lambda ruling: ruling.number))
        self._group: dict[str, str] = {}
        self._apart: dict[str, dict[str, Ruling]] = defaultdict(dict)
        self._touching: dict[str, set[str]] = defaultdict(set)
        for ruling in self.all:
            if ruling.verdict == "different":
                for a in ruling.left:
                    for b in ruling.right:
                        self._apart[a].setdefault(b, ruling)
                        self._apart[b].setdefault(a, ruling)
            else:
                both = sorted({*ruling.left, *ruling.right})
                for mention in both:
                    self._touching[mention].update(both)
                    self._join(both[0], mention)

    def root(self, mention: str) -> str:
        """One mention that stands for all that judgements make one with this one."""
        while (parent := self._group.get(mention, mention)) != mention:
            mention = parent
        return mention

    def _join(self, a: str, b: str) -> None:
        one, other = sorted((self.root(a), self.root(b)))
        self._group[other] = one

    def joined(self, mention: str) -> frozenset[str]:
        """The mentions that judgements put together with this one directly."""
        return frozenset(self._touching.get(mention, ()))

    def bound(self, mentions: Iterable[str]) -> list[list[str]]:
        """The groups among some mentions that judgements make one; each sorted."""
        groups: dict[str, list[str]] = defaultdict(list)
        for mention in sorted(set(mentions)):
            if mention in self._touching:
                groups[self.root(mention)].append(mention)
        return [groups[root] for root in sorted(groups) if len(groups[root]) > 1]

    def apart(self, one: Iterable[str], other: Iterable[str]) -> Ruling | None:
        """The first judgement that keeps one side from the other."""
        others = set(other)
        found = [
            ruling
            for a in one
            if a in self._apart
            for b, ruling in self._apart[a].items()
            if b in others
        ]
        return min(found, key=lambda ruling: ruling.number, default=None)

    def check(self) -> None:
        """Raises JudgementConflictError where what is joined is also kept apart."""
        groups: Mapping[str, list[str]] = defaultdict(list)
        for mention in sorted(self._touching):
            groups[self.root(mention)].append(mention)
        for root in sorted(groups):
            _refuse(self.apart(groups[root], groups[root]), groups[root])


def _refuse(ruling: Ruling | None, mentions: Sequence[str]) -> None:
    if ruling is not None:
        raise JudgementConflictError(
            f"joining {mentions[0]} with {mentions[-1]} would cross {ruling.name}",
            hint=_HINT,
        )


def check_new(rulings: Iterable[Ruling], new: Ruling) -> None:
    """Whether a judgement can stand beside those there are.

    Raises JudgementConflictError, naming the judgement that is in the way: the "not the
    same" that would be crossed, or the last of those that made the two one.
    """
    rulings = list(rulings)
    if new.verdict == "same":
        Rulings([*rulings, new]).check()
        return
    known = Rulings(rulings)
    for a in new.left:
        for b in new.right:
            if known.root(a) == known.root(b):
                group = known.root(a)
                binding = max(
                    ruling.number
                    for ruling in known.all
                    if ruling.verdict == "same" and known.root(ruling.left[0]) == group
                )
                ruling = next(r for r in known.all if r.number == binding)
                raise JudgementConflictError(
                    f"parting {a} from {b} would cross {ruling.name}", hint=_HINT
                )
