"""Whose violence an incident is: what trees see of who did a drafted one, and of who is about."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.muc.chosen import Chosen
from benchmarks.muc.fills import Fill
from benchmarks.muc.lists import lists, organisation
from benchmarks.muc.marked import Marked

CATEGORIES = {"terror": "TERRORIST ACT", "state": "STATE-SPONSORED VIOLENCE"}
"""Tree -> set fill of PERP: INCIDENT CATEGORY."""


def _sides(marked: Marked) -> list[tuple[int, str]]:
    """Sentence and side of each span that names a known organisation."""
    found = []
    for group in marked.groups:
        side = organisation(group.spans[0].key)
        if side:
            found += [(marked.sentence_of(span), side) for span in group.spans]
    return found


class Acts:
    """What the drafts of one message share."""

    def __init__(self, marked: Marked) -> None:
        self._marked = marked
        self._sides = _sides(marked)
        self._state = frozenset(lists()["state"]["words"])

    def _is_state(self, fill: Fill) -> bool:
        return organisation(fill.span.key) == "state" or bool(set(fill.text.split()) & self._state)

    def numbers(self, told: Chosen, near: Sequence[int], draft: Sequence[float]) -> list[float]:
        """What is seen of the act of a draft: ``near`` are its sentences, ``draft`` its numbers."""
        doers = [*told.bodies, *told.people]
        state = [one.chance for one in doers if self._is_state(one)]
        armed = [one.chance for one in doers if organisation(one.span.key) == "armed"]
        first = doers[0] if doers else None
        close = set(near) | {one + 1 for one in near} | {one - 1 for one in near}
        found = [
            max(state, default=0.0), max(armed, default=0.0),
            max((one.chance for one in told.people), default=0.0),
            float(first is not None and self._is_state(first)), float(len(told.tools)),
            max((one.chance for one in told.tools), default=0.0),
            float(any(one.extra for one in told.tools)),
        ]  # fmt: skip
        for side in ("state", "armed"):
            at = [sentence for sentence, other in self._sides if other == side]
            found += [float(len(at)), float(sum(one in close for one in at))]
        return [*found, *draft]
