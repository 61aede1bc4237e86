"""From the casualty claims of one incident to one standing figure a root.

What a root says in one report is worked out in :mod:`dateline.tally.in_report`. Across
reports its latest report supersedes its earlier ones, because tolls rise and are corrected;
of one day, the larger.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from dateline.model import Effect, Who
from dateline.tally.evidence import Testimony
from dateline.tally.figure import Figure, value_of
from dateline.tally.in_report import told_figures
from dateline.tally.word_lists import groups


def figures(
    testimonies: Iterable[Testimony], effect: Effect, who: Who = "victims"
) -> tuple[Figure, ...]:
    """The standing figure of every root on one effect, sorted by root.

    Denied claims and claims without a number set no figure. A publisher's own voice is
    left out of a document in which somebody is credited with a figure for this effect.
    "No casualties" is a figure of none where somebody else gives one.
    """
    standing = Standing()
    for figure in told_figures(testimonies, effect, who):
        standing.take(figure)
    return standing.figures


class Standing:
    """The figure that stands for each root, as report after report is taken in."""

    def __init__(self) -> None:
        self._totals: dict[str, Figure] = {}
        self._told: dict[str, Figure] = {}  # as the root told it
        self._shown: dict[str, Figure] = {}  # as it stands beside the others
        self._parts: set[str] = set()  # roots that count one group of people only
        self._wholes: dict[str, int] = {}  # what roots that count everybody say
        self._most = -1  # the largest of these

    def take(self, figure: Figure) -> list[tuple[Figure | None, Figure]]:
        """Let the figure of a later report stand for its root.

        A part is no smaller toll, so a root's total stands beside it; a death that the
        root adds later counts with the total it gave before. Given back is what stood and
        what stands in its place, for each root of which that is another.
        """
        if self._is_of_those_still_treated(figure):
            figure = figure.as_part()
        told = self._after(figure)
        if told is None:
            return []
        root = figure.root
        self._told[root] = told
        group, before = told.group, self._most
        self._parts.discard(root)
        self._wholes.pop(root, None)
        if group in groups("victims_parts"):
            self._parts.add(root)
        elif (group is None or group in groups("victims_civilians")) and not told.partial:
            self._wholes[root] = told.point or 0
        self._most = max(self._wholes.values(), default=-1)
        changed = []
        for name in {root, *self._parts} if self._most != before else {root}:
            was, now = self._shown.get(name), self._told[name]
            if name in self._parts and (now.point or 0) < self._most:
                # Only the children, say, of what another root counts in all.
                now = now.as_part()
            if name == root or was is None or was.part != now.part:
                self._shown[name] = now
                changed.append((was, now))
        return changed

    def _is_of_those_still_treated(self, figure: Figure) -> bool:
        """Whether it counts some of the wounded that others counted on earlier days.

        The wounded leave hospital, and those of one nation or one place are told of later: half
        of them or less contradict nobody. What a party to the fight counts stays a side.
        """
        if value_of(figure.latest).effect != "injured" or figure.of_party or figure.cumulative:
            return False
        counted = (most for root, most in self._wholes.items() if not self._told[root].of_party)
        return 0 < _TWICE * (figure.point or 0) <= max(counted, default=0)

    def _after(self, figure: Figure) -> Figure | None:
        """What the root tells with this figure; None where it is what it told before."""
        total = self._totals.get(figure.root)
        if not figure.partial:
            self._totals[figure.root] = figure
        now = self._told.get(figure.root)
        if now is not None and _holds(figure, now):
            self._totals[figure.root] = total or now
            return None
        if total is None or now is None or not figure.partial:
            return figure
        if all(value_of(t).additional for t in figure.testimonies):
            # What is added may be told again in the next report; the most added stands.
            most = [total.max, *(value_of(t).max for t in figure.testimonies)]
            figure = replace(
                figure,
                min=(total.min or 0) + (figure.min or 0),
                max=None if None in most else sum(n or 0 for n in most),
                testimonies=(*total.testimonies, *figure.testimonies),
                perpetrators=total.perpetrators,
            )
        return figure if (figure.point or 0) > (now.point or 0) else None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """One a root, sorted by root."""
        return tuple(self._shown[root] for root in sorted(self._shown))


_TWICE = 2  # how many times the injured told of later the earlier ones must be
_NEAR = 1.5  # how many times as large a number may be that "at least N" is said to hold


def _holds(figure: Figure, before: Figure) -> bool:
    """Whether "at least so many" tells no other number than the root gave before.

    "At least 11", where it had counted 12.
    """
    if figure.max is not None or figure.partial or before.partial or before.max is None:
        return False
    low, told = figure.min or 0, before.min or 0
    return not figure.cumulative and low <= told <= _NEAR * low
