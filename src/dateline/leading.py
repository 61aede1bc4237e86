"""The total that a report leads with, which is the toll as its writer knows it.

So the inverted pyramid of news writing has it: parts, earlier counts and other events are
told further down. Linking compares it, and the tally lets it stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

OPENING = 1000
"""Characters in which a report says what its toll is."""

FEW = 2
"""So many may be people named one by one, and are no lead."""


class Total(NamedTuple):
    """A number of people told by a report, at a character of its text.

    ``risen`` marks one told as the new total ("officials later put it at 16").
    """

    start: int
    number: int
    risen: bool


class Lead(NamedTuple):
    """The first total of the opening, and what a report says that it has risen to."""

    number: int
    risen_to: int


def lead_of(totals: Iterable[Total]) -> Lead | None:
    """What a report leads with, of all its totals in any order; None where the opening has none."""
    told = sorted(totals)
    number = next((t.number for t in told if t.start < OPENING and t.number > FEW), None)
    if number is None:
        return None
    return Lead(number, max([number, *(t.number for t in told if t.risen)]))
