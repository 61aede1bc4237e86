"""From the casualty claims of one incident to one standing figure a root.

A figure is a total unless it is marked as a part (``subset``) or an addition
(``additional``). Within one report a source's largest total stands, since the smaller
ones are parts or earlier counts told in passing; a figure marked ``cumulative`` ("the
toll rose to 38") stands before all others of that report. Across reports the latest
report of a root supersedes its earlier ones, because tolls rise and are corrected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from dateline.model import CasualtyValue, Effect, SourceKind, Who
from dateline.tally.evidence import Testimony


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """What one root says about one effect, with the testimonies it was made from."""

    root: str
    min: int | None
    max: int | None
    testimonies: tuple[Testimony, ...]

    @property
    def kind(self) -> SourceKind | None:
        """What kind of source the root is, as far as it is known."""
        return self.testimonies[-1].root_kind

    @property
    def point(self) -> int | None:
        """The single number that stands for the figure; None where it has none."""
        return self.min if self.min is not None else self.max

    @property
    def said(self) -> str:
        """The figure in words: "12", "at least 9", "at most 30", "5 to 7"."""
        if self.min is None:
            return f"at most {self.max}"
        if self.max is None:
            return f"at least {self.min}"
        return str(self.min) if self.min == self.max else f"{self.min} to {self.max}"

    @property
    def group(self) -> str | None:
        """Who they were, where every claim of the figure says the same."""
        told = {_value(t).group for t in self.testimonies}
        return told.pop() if len(told) == 1 else None

    @property
    def latest(self) -> Testimony:
        """The testimony that stands, as opposed to those it was added to."""
        return self.testimonies[-1]

    @property
    def partial(self) -> bool:
        """Whether it only bounds the total from below, made of parts or of additions alone."""
        told = [_value(t) for t in self.testimonies]
        return self.max is None and all(v.subset or v.additional for v in told)

    def allows(self, number: int) -> bool:
        """Whether the number lies within what the root said."""
        return (self.min is None or number >= self.min) and (self.max is None or number <= self.max)


def figures(
    testimonies: Iterable[Testimony], effect: Effect, who: Who = "victims"
) -> tuple[Figure, ...]:
    """The standing figure of every root on one effect, sorted by root.

    Denied claims and claims without a number set no figure. A publisher's own voice is
    left out of a document in which somebody is credited with a figure for this effect.
    """
    standing = {figure.root: figure for figure in told_figures(testimonies, effect, who)}
    return tuple(standing[root] for root in sorted(standing))


def told_figures(
    testimonies: Iterable[Testimony], effect: Effect, who: Who = "victims"
) -> tuple[Figure, ...]:
    """The figure of every root in every report, in the order of the reports, then by root.

    Of each root the last one stands.
    """
    usable = [t for t in testimonies if _counts(t, effect, who)]
    credited = {t.document_id for t in usable if not t.own_voice and not _value(t).subset}
    reports: dict[tuple[str, str], list[Testimony]] = defaultdict(list)
    for t in usable:
        if not (t.own_voice and t.document_id in credited):
            reports[t.document_id, t.root].append(t)
    found = []
    for (_, root), report in reports.items():
        figure = _in_one_report(root, report)
        if figure:
            found.append((report[0].order[:2], root, figure))
    return tuple(figure for _, _, figure in sorted(found, key=lambda item: item[:2]))


def _value(testimony: Testimony) -> CasualtyValue:
    value = testimony.claim.value
    assert isinstance(value, CasualtyValue)
    return value


def _counts(testimony: Testimony, effect: Effect, who: Who) -> bool:
    value = testimony.claim.value
    return (
        isinstance(value, CasualtyValue)
        and value.effect == effect
        and value.who == who
        and testimony.claim.modality != "denied"
        and (value.min is not None or value.max is not None)
    )


def _in_one_report(root: str, told: Sequence[Testimony]) -> Figure | None:
    told = sorted(told, key=lambda t: t.order)
    totals = [t for t in told if not _value(t).subset and not _value(t).additional]
    additions = [t for t in told if _value(t).additional]
    parts = [t for t in told if _value(t).subset]
    cumulative = [t for t in totals if _value(t).cumulative]
    if cumulative:
        return _figure(root, [cumulative[-1]])
    if totals:
        largest = max(totals, key=lambda t: (_point(t), _value(t).exact, t.order))
        # "killed five … another three died in hospital": the second adds to the first,
        # but not to a total that already holds it.
        later = [t for t in additions if t.order > largest.order]
        return _figure(root, [*later, largest] if not later else [largest, *later], add=bool(later))
    if additions:
        # "One of the wounded has died" alone: what it adds to was told by somebody else.
        added = _figure(root, additions, add=True)
        return Figure(root=root, min=added.min, max=None, testimonies=added.testimonies)
    if parts:
        # Only a part is known: it bounds the total from below and sets no upper bound.
        largest = max(parts, key=lambda t: (_point(t), t.order))
        return Figure(root=root, min=_point(largest), max=None, testimonies=(largest,))
    return None


def _point(testimony: Testimony) -> int:
    value = _value(testimony)
    point = value.min if value.min is not None else value.max
    return point if point is not None else 0


def _figure(root: str, told: Sequence[Testimony], *, add: bool = False) -> Figure:
    if not add:
        value = _value(told[0])
        return Figure(root=root, min=value.min, max=value.max, testimonies=tuple(told))
    lows = [_value(t).min for t in told]
    highs = [_value(t).max for t in told]
    return Figure(
        root=root,
        min=sum(low or 0 for low in lows),
        max=None if None in highs else sum(high or 0 for high in highs),
        testimonies=tuple(told),
    )
