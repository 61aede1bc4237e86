"""Policies: from the standing figures of one effect to low, best and high.

A policy is an object with a ``name`` and an ``estimate`` method; ``POLICIES`` holds
those that come with Dateline, and an installed package adds its own under the entry
point group ``dateline.policies`` (docs/tally.md shows how). All of those here give the
extremes of what the roots say as low and high; they differ in what they call best.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache
from importlib import metadata
from typing import Any, Protocol

from msgspec.structs import replace

from dateline.errors import SettingsError
from dateline.model import Toll
from dateline.tally.figure import Figure
from dateline.tally.support import Support, counted_on, is_superseded, may_grow, may_outgrow

GROUP = "dateline.policies"
"""The entry point group under which packages offer policies of their own."""

_OFFICIAL = frozenset({"official", "military"})


class Policy(Protocol):
    """How a toll is estimated from one figure a root."""

    name: str

    def estimate(self, figures: Sequence[Figure]) -> Toll:
        """Low, best and high; ``figures`` has one entry a root and is never empty."""
        ...


class DefaultPolicy:
    """Best is what most independent roots support; low and high are the extremes.

    Ties go to the latest report, then to what a report leads with, then to the lower number,
    as conservative coders do (UCDP GED codebook 23.1, on ``best``, ``low`` and ``high``).
    A statement that nobody was harmed is best only where more roots make it than give any
    other figure. Tolls rise: smaller counts of earlier days do not speak against one that
    outgrew them (:func:`outgrown`).
    """

    name = "default"

    def support(self) -> Support:
        """What keeps up with figures that come one by one; for tolls over time."""
        return Support()

    def estimate(self, figures: Sequence[Figure]) -> Toll:
        """See the class."""
        points = sorted(_candidates(figures))
        support = {p: [f for f in figures if f.allows(p)] for p in points}
        newest = {p: _newest(p, support[p]) for p in points if support[p]}
        before = {p: outgrown(figures, p) for p in newest}

        def weight(point: int) -> int:
            return len(support[point]) + len(before[point])

        leads = {f.point for f in figures if f.leads}

        def rank(point: int) -> tuple[int, bool, object, bool, int]:
            # Of as many, those who count somebody stand before those who say nobody was harmed.
            return (weight(point), point > 0, newest[point], point in leads, -point)

        best = max(newest, key=rank)
        backers = support[best]
        whole = totals(figures)
        if len(whole) == 1:
            only = names(whole) if _says(whole[0], best) else _backing(whole, best)
            rule = f"the only source with a {'figure' if len(figures) == 1 else 'total'}: {only}"
        else:
            speak = [f for f in whole if f in backers]
            rule = (
                f"supported by {len(speak)} of {len(whole)} independent sources "
                f"({_backing(speak, best)})"
            )
        if len(whole) < len(figures):
            parts = [f for f in figures if f not in whole]
            rule += f"; a part is counted by {_told(parts)}"
        if len(figures) == 1:
            return toll(figures, best, backers, rule)
        if before[best]:
            rule += f"; fewer were counted on earlier days ({_told(before[best])})"
        tied = [p for p in newest if p != best and weight(p) == weight(best)]
        if tied:
            others = ", ".join(map(str, tied))
            if best > 0 and not any(tied):
                why = "the only one that counts somebody"
            elif all(newest[p] < newest[best] for p in tied if p > 0 or best == 0):
                why = "the latest"
            elif best in leads and not leads.issuperset(tied):
                why = "what its report leads with"
            elif all(newest[p] == newest[best] for p in tied if p > 0 or best == 0):
                why = "the lowest of the same day"
            else:
                why = "the lowest of the latest day"
            rule += f"; as many support {others}, and {best} is {why}"
        return toll(figures, best, backers, rule)


def _candidates(figures: Sequence[Figure]) -> set[int]:
    """The numbers that may be best: those of totals, and of parts larger than all of them."""
    whole = {f.point for f in totals(figures) if f.point is not None}
    most = max(whole, default=-1)
    return whole | {f.point for f in figures if f.point is not None and f.point > most}


def _newest(point: int, backers: Sequence[Figure]) -> dt.date:
    """The day of the latest report that says a number, or else allows it."""
    days = [f.latest.order[0] for f in backers if f.point == point]
    return max(days or [f.latest.order[0] for f in backers])


def outgrown(figures: Sequence[Figure], number: int) -> list[Figure]:
    """Counts of earlier days that are smaller than a number, and so do not speak against it.

    A number outgrows others where it is told as the new total ("the toll rose to 38"), or
    where two roots give it; a single larger figure may be a mistake. An armed group's makes
    nobody's count outgrown, since it may boast, and "nobody was harmed" is no count that grew.
    """
    newest = outgrown_by(figures, number)
    if newest is None:
        return []
    return [f for f in figures if (may_grow(f) or number) < number and f.latest.order[0] < newest]


def outgrown_by(figures: Sequence[Figure], number: int) -> dt.date | None:
    """The last day on which a number was given by whom earlier counts are outgrown."""
    given = [f for f in figures if f.point == number and may_outgrow(f)]
    if len(given) < 2 and not any(f.cumulative for f in given):
        return None
    return max(f.latest.order[0] for f in given)


def superseded(figures: Sequence[Figure], number: int) -> list[Figure]:
    """The counts that a number has outgrown, with those told as "at least" so many.

    They say nothing of how few there may have been: nobody would count so few today. Those
    that may differ by who did it alone are left (:func:`is_superseded`).
    """
    newest = outgrown_by(figures, number)
    if newest is None:
        return []
    return [f for f in figures if is_superseded(f.min, f.max, counted_on(f), number, newest)]


class ConservativePolicy:
    """Best is the lowest figure that any root gives.

    ACLED codes the most conservative figure where reports differ (ACLED Codebook, on
    fatalities); for a count that nobody can call too high.
    """

    name = "conservative"

    def estimate(self, figures: Sequence[Figure]) -> Toll:
        """See the class."""
        best = min(f.point for f in totals(figures) if f.point is not None)
        backers = [f for f in figures if f.point == best]
        return toll(figures, best, backers, f"the lowest figure given, by {names(backers)}")


class LatestPolicy:
    """Best is what the latest report says; of one day, what most roots support.

    Tolls are corrected as bodies are found and people identified, and later reports
    know more (Every Casualty Worldwide, *Standards for Casualty Recording*, 2016, on
    keeping records open to new information).
    """

    name = "latest"

    def estimate(self, figures: Sequence[Figure]) -> Toll:
        """See the class."""
        whole = totals(figures)
        newest = max(f.latest.order[0] for f in whole)
        recent = [f for f in whole if f.latest.order[0] == newest]
        best = DefaultPolicy().estimate(recent).best
        backers = [f for f in recent if best is not None and f.allows(best)]
        day = recent[0].latest.published_at
        when = f"of {day.isoformat()}" if day else "without a date"
        return toll(figures, best, backers, f"the latest report, {when}, by {names(backers)}")


class OfficialPolicy:
    """Best is the latest figure of an official or military body, where any gives one.

    For comparison with what authorities publish. They may be party to the conflict, so
    casualty recorders state them beside other figures rather than in their place
    (Every Casualty Worldwide, *Standards for Casualty Recording*, 2016, on sources).
    Without one the default policy decides, and the rule says so.
    """

    name = "official"

    def estimate(self, figures: Sequence[Figure]) -> Toll:
        """See the class."""
        official = [f for f in totals(figures) if f.kind in _OFFICIAL]
        if not official:
            found = DefaultPolicy().estimate(figures)
            return replace(found, rule=f"no official figure; {found.rule}")
        newest = max(f.latest.order[0] for f in official)
        recent = [f for f in official if f.latest.order[0] == newest]
        best = DefaultPolicy().estimate(recent).best
        backers = [f for f in recent if best is not None and f.allows(best)]
        return toll(figures, best, backers, f"the latest official figure, by {names(backers)}")


class MaximumPolicy:
    """Best is the highest figure that any root gives.

    The upper end of the range, as Airwars publishes it beside the lower one (Airwars,
    *Methodology Note: Civilian Harm*); for planning help rather than for a count.
    """

    name = "maximum"

    def estimate(self, figures: Sequence[Figure]) -> Toll:
        """See the class."""
        tops = [(f.max if f.max is not None else f.point, f) for f in figures]
        best = max(top for top, _ in tops if top is not None)
        backers = [f for top, f in tops if top == best]
        return toll(figures, best, backers, f"the highest figure given, by {names(backers)}")


def toll(figures: Sequence[Figure], best: int | None, backers: Sequence[Figure], rule: str) -> Toll:
    """A toll with its extremes, its rule in words and the claims behind each bound.

    ``best`` is what ``backers`` stand for. For policies of your own, too.
    """
    points = [f.point for f in figures if f.point is not None]
    if best is None:
        return Toll(low=None, best=None, high=None, rule=rule, claims=claims_of(figures))
    past = superseded(figures, best)
    whole = [f for f in totals(figures) if f not in past]
    low = min([*(f.min for f in whole if f.min is not None), best])
    high = max([*(f.max for f in figures if f.max is not None), *points, best])
    lowest = [f for f in whole if f.min == low] or [f for f in figures if f.point == low]
    highest = [f for f in figures if f.max == high] or [f for f in figures if f.point == high]
    for word, bound, those in (("low", low, lowest), ("high", high, highest)):
        if bound != best and those:
            rule += f"; {word} by {names(those)}"
    return Toll(
        low=low,
        best=best,
        high=high,
        rule=rule,
        claims=claims_of(figures),
        low_claims=claims_of(lowest or backers),
        best_claims=claims_of(backers),
        high_claims=claims_of(highest or backers),
    )


def totals(figures: Sequence[Figure]) -> Sequence[Figure]:
    """The figures that count everybody, where there are any; else all, made of parts as they are.

    A part says nothing of how few there may have been, where somebody gives a total.
    """
    return [f for f in figures if not f.partial] or figures


def claims_of(figures: Sequence[Figure]) -> tuple[str, ...]:
    """The ids of the claims that figures were made from, sorted."""
    return tuple(sorted({t.claim.id for f in figures for t in f.testimonies}))


def _backing(figures: Sequence[Figure], best: int) -> str:
    """Who gives the figures; of those that allow the best without saying it, what they say."""
    return ", ".join(f.root if _says(f, best) else f"{f.root}: {f.told}" for f in figures)


def _told(figures: Sequence[Figure]) -> str:
    """Who gave the figures, and what."""
    return ", ".join(f"{f.root}: {f.told}" for f in figures)


def _says(figure: Figure, number: int) -> bool:
    """Whether the root gave this very number, without more words."""
    return figure.min == figure.max == number and not figure.perpetrators


def names(figures: Sequence[Figure]) -> str:
    """Who gives the figures."""
    return ", ".join(f.root for f in figures)


POLICIES: dict[str, Policy] = {
    policy.name: policy
    for policy in (
        DefaultPolicy(),
        ConservativePolicy(),
        LatestPolicy(),
        OfficialPolicy(),
        MaximumPolicy(),
    )
}


def policy(name: str, where: str = "DATELINE_POLICY") -> Policy:
    """The policy of that name, of Dateline or of an installed package.

    Raises SettingsError for a name nobody has, and for one that cannot be loaded;
    ``where`` is what the user gave the name in.
    """
    if name in POLICIES:
        return POLICIES[name]
    offered = _offered()
    if name not in offered:
        raise SettingsError(
            f"{name!r} is no policy", where=where, hint=f"one of {', '.join(known())}"
        )
    return _loaded(name, offered[name], where)


def known() -> tuple[str, ...]:
    """The names of all policies there are, those of Dateline first."""
    return (*POLICIES, *(name for name in sorted(_offered()) if name not in POLICIES))


@cache
def _offered() -> dict[str, metadata.EntryPoint]:
    """The entry points of installed packages, by name; the first where two have one name."""
    found: dict[str, metadata.EntryPoint] = {}
    for point in sorted(metadata.entry_points(group=GROUP), key=lambda p: (p.name, p.value)):
        found.setdefault(point.name, point)
    return found


def _loaded(name: str, point: metadata.EntryPoint, where: str) -> Policy:
    try:
        made: Any = point.load()
        made = made() if isinstance(made, type) else made
        estimate: Callable[[Sequence[Figure]], Toll] = made.estimate
    except Exception as error:
        raise SettingsError(
            f"policy {name!r} cannot be loaded from {point.value}: {type(error).__name__}: {error}",
            where=where,
            hint="mend or remove the package that offers it",
        ) from error
    return _Offered(name, estimate)


class _Offered:
    """A policy of another package, its answers checked."""

    def __init__(self, name: str, estimate: Callable[[Sequence[Figure]], Toll]) -> None:
        self.name = name
        self._estimate = estimate

    def estimate(self, figures: Sequence[Figure]) -> Toll:
        """What the package says; raises SettingsError where that cannot be."""
        try:
            made = self._estimate(figures)
            bounds = [made.low, made.best, made.high]
            rule = made.rule
        except Exception as error:
            raise SettingsError(
                f"policy {self.name!r} failed: {type(error).__name__}: {error}",
                hint="tell its makers, or use another policy",
            ) from error
        known = [bound for bound in bounds if bound is not None]
        if known != sorted(known) or any(bound < 0 for bound in known):
            raise SettingsError(
                f"policy {self.name!r} gave {bounds} as low, best and high",
                hint="tell its makers, or use another policy",
            )
        # The claims are ours to name, whatever the package names.
        return replace(made, rule=rule, claims=made.claims or claims_of(figures))
