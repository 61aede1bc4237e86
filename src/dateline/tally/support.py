"""What standing figures come to by the default policy, kept as figures come and go.

A toll over time asks for it at every report. Estimating anew each time would cost an
incident of a thousand reports a million comparisons; here a figure costs as much as there
are different numbers. That both are the same is tested for any reports in any order.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from typing import NamedTuple, TypeVar

from dateline.tally.figure import Figure

T = TypeVar("T")


_DID_IT = 2  # those who did it, of whom one total holds more than another


class Bounds(NamedTuple):
    """Low, best and high of a toll, without the words and the claims."""

    low: int | None
    best: int | None
    high: int | None


def may_grow(figure: Figure) -> int | None:
    """The most that a count of a known day says; None where a later one cannot outgrow it."""
    return figure.max if figure.max and figure.latest.published_at else None


def may_outgrow(figure: Figure) -> bool:
    """Whether smaller counts of earlier days may not speak against this one."""
    return figure.latest.published_at is not None and figure.kind != "armed_group"


def counted_on(figure: Figure) -> dt.date | None:
    """The day of a count that a later one may supersede; None for that of a party to the fight.

    What an army or an armed group says stays a side, however the toll of others rose.
    """
    return None if figure.of_party else figure.latest.published_at


def is_superseded(
    low: int | None, high: int | None, day: dt.date | None, number: int, newest: dt.date
) -> bool:
    """Whether a count of that day, from low to high, is outgrown by a number of a later one.

    "Nobody was harmed" is no count that grew, and one or two fewer may be the toll without
    those who did it.
    """
    most = low if high is None else high
    if day is None or most is None or day >= newest:
        return False
    return 0 < most < number - _DID_IT


class Support:
    """How many figures allow each number that any of them gives."""

    def __init__(self) -> None:
        # Figures that differ in nothing but who gives them are counted, not kept.
        self._ranges: Counter[tuple[int | None, int | None, dt.date]] = Counter()
        self._points: Counter[int] = Counter()
        self._wholes: Counter[int] = Counter()  # those that are totals
        self._days: defaultdict[int, Counter[dt.date]] = defaultdict(Counter)
        self._backers: dict[int, int] = {}
        # The days on which a number makes earlier counts outgrown, and the counts it may do so to.
        self._outgrowing: defaultdict[int, Counter[tuple[dt.date, bool]]] = defaultdict(Counter)
        self._growing: Counter[tuple[int, dt.date]] = Counter()
        # All that set a low: the range, the day it was published, and whether it is a part.
        self._lows: Counter[tuple[int, int | None, dt.date | None, bool]] = Counter()
        self._highs: Counter[int] = Counter()
        self._leading: Counter[int] = Counter()  # the numbers that reports lead with
        self._totals = 0

    def put(self, figure: Figure) -> None:
        """A figure stands from now on."""
        self._change(figure, 1)

    def take(self, figure: Figure) -> None:
        """A figure that was put stands no longer."""
        self._change(figure, -1)

    def bounds(self) -> Bounds:
        """As :meth:`dateline.tally.policy.DefaultPolicy.estimate` gives them."""
        before = self._outgrown()
        largest = max(self._wholes, default=-1)
        weights = {
            n: backers + before.get(n, 0)
            for n, backers in self._backers.items()
            if backers and (n in self._wholes or n > largest)
        }
        most = max(weights.values())
        tied = [number for number, weight in weights.items() if weight == most]
        if any(tied):
            tied = [number for number in tied if number > 0]
        best = tied[0]
        if len(tied) > 1:
            best = max(
                tied, key=lambda number: (self._newest(number), number in self._leading, -number)
            )
        newest = self._newest_outgrowing(best)
        lows = [
            low
            for low, high, day, partial in self._lows
            if not (partial and self._totals)
            and not (newest and is_superseded(low, high, day, best, newest))
        ]
        return Bounds(min([*lows, best]), best, max([*self._highs, *self._points, best]))

    def _newest_outgrowing(self, number: int) -> dt.date | None:
        """The last day on which a number was given by whom earlier counts are outgrown."""
        given = self._outgrowing.get(number)
        if given and (given.total() > 1 or any(cumulative for _, cumulative in given)):
            return max(day for day, _ in given)
        return None

    def _outgrown(self) -> dict[int, int]:
        """How many smaller counts of earlier days each number has outgrown."""
        smaller: list[dt.date] = []  # the days of all counts below the number, sorted
        waiting = deque(sorted(self._growing.items()))
        found: dict[int, int] = {}
        for number in sorted(self._backers):
            while waiting and waiting[0][0][0] < number:
                (_, day), count = waiting.popleft()
                at = bisect_left(smaller, day)
                smaller[at:at] = [day] * count
            newest = self._newest_outgrowing(number)
            if newest is not None:
                found[number] = bisect_left(smaller, newest)
        return found

    def _newest(self, number: int) -> dt.date:
        told = self._days[number]
        return max(told or [day for low, high, day in self._ranges if _allows(low, high, number)])

    def _change(self, figure: Figure, by: int) -> None:
        low, high, day = figure.min, figure.top, figure.latest.order[0]
        _count(self._ranges, (low, high, day), by)
        self._totals += 0 if figure.partial else by
        if low is not None:
            told = (low, figure.max, counted_on(figure), figure.partial)
            _count(self._lows, told, by)
        if figure.max is not None:
            _count(self._highs, figure.max, by)
        if figure.leads and figure.point is not None:
            _count(self._leading, figure.point, by)
        for known in self._backers:
            if _allows(low, high, known):
                self._backers[known] += by
        top, number = may_grow(figure), figure.point
        if top:
            _count(self._growing, (top, day), by)
        if number is None:
            return
        if may_outgrow(figure):
            _count(self._outgrowing[number], (day, figure.cumulative), by)
        _count(self._points, number, by)
        if not figure.partial:
            _count(self._wholes, number, by)
        if number not in self._points:
            del self._backers[number]
        elif number not in self._backers:
            self._backers[number] = sum(
                count for (a, b, _), count in self._ranges.items() if _allows(a, b, number)
            )
        if _allows(low, high, number):
            _count(self._days[number], day, by)


def _count(counter: Counter[T], key: T, by: int) -> None:
    counter[key] += by
    if not counter[key]:
        del counter[key]


def _allows(low: int | None, high: int | None, number: int) -> bool:
    return (low is None or number >= low) and (high is None or number <= high)
