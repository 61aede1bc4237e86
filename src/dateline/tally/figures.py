"""From the casualty claims of one incident to one standing figure a root.

A figure is a total unless it is marked as a part (``subset``) or an addition
(``additional``). A report leads with the toll as its writer knows it (the inverted pyramid
of news writing), and tells parts, earlier counts and other attacks further down: of a
source's totals within one report the one that the report leads with stands, and where it
leads with none, the largest. A figure marked ``cumulative`` ("the toll rose to 38")
stands before all others of that report. Perpetrators told to be among a total ("ten
dead, the gunman among them") are taken out of it. Across reports the latest report of a
root supersedes its earlier ones, because tolls rise and are corrected; of one day, the
larger.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files as resources

import msgspec
from msgspec.structs import replace

from dateline.model import CasualtyValue, Effect, SourceKind, Who
from dateline.tally.evidence import Testimony


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """What one root says about one effect, with the testimonies it was made from.

    ``perpetrators`` is how many of their own were among the total as told; ``min`` and
    ``max`` are without them. ``part`` is set where the figure counts one group of a
    larger total that another root gives, ``leads`` where its report leads with it, and
    ``below`` is a larger number that the same report credits to somebody else.
    """

    root: str
    min: int | None
    max: int | None
    testimonies: tuple[Testimony, ...]
    perpetrators: int = 0
    part: bool = False
    leads: bool = False
    below: int | None = None

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
        """The figure in words: "12", "at least 9", "at most 30", "5 to 7", "40 (children)"."""
        if self.part and self.group:
            return f"{self.min} ({self.group})"
        if self.min is None:
            return f"at most {self.max}"
        if self.max is None:
            return f"at least {self.min}"
        return str(self.min) if self.min == self.max else f"{self.min} to {self.max}"

    @property
    def told(self) -> str:
        """What the root said, with what was taken out of it: "10 less 1 who did it"."""
        if not self.perpetrators:
            return self.said
        low, high = (n if n is None else n + self.perpetrators for n in (self.min, self.max))
        whole = replace(self, min=low, max=high, perpetrators=0)
        return f"{whole.said} less {self.perpetrators} who did it"

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
    def cumulative(self) -> bool:
        """Whether it was told as the new total, as in "the toll rose to 38"."""
        return any(_value(t).cumulative for t in self.testimonies)

    @property
    def partial(self) -> bool:
        """Whether it only bounds the total from below, made of parts or of additions alone."""
        if self.part:
            return True
        told = [_value(t) for t in self.testimonies]
        return self.max is None and all(v.subset or v.additional for v in told)

    def as_part(self) -> Figure:
        """The figure as one group of a larger total: it bounds that from below alone."""
        return replace(self, part=True, min=self.min or 0, max=None)

    @property
    def top(self) -> int | None:
        """The largest number that the figure speaks for; None where it sets no bound.

        "At least 20" speaks for the 58 of a later report, since tolls rise, but not for the
        90 that its own report credits to somebody else; a part bounds nothing.
        """
        if self.below is None or self.max is not None or self.partial:
            return self.max
        return self.below - 1

    def allows(self, number: int) -> bool:
        """Whether the root speaks for the number, between what it said and :attr:`top`."""
        top = self.top
        return (self.min is None or number >= self.min) and (top is None or number <= top)


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
        if all(_value(t).additional for t in figure.testimonies):
            # What is added may be told again in the next report; the most added stands.
            most = [total.max, *(_value(t).max for t in figure.testimonies)]
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


_NEAR = 1.5  # how many times as large a number may be that "at least N" is said to hold


def _holds(figure: Figure, before: Figure) -> bool:
    """Whether "at least so many" tells no other number than the root gave before.

    "At least 11", where it had counted 12.
    """
    if figure.max is not None or figure.partial or before.partial or before.max is None:
        return False
    low, told = figure.min or 0, before.min or 0
    return not figure.cumulative and low <= told <= _NEAR * low


def told_figures(
    testimonies: Iterable[Testimony], effect: Effect, who: Who = "victims"
) -> tuple[Figure, ...]:
    """The figure of every root in every report, in the order of the reports, then by root.

    Of one day the smaller figure comes first, since tolls rise. Of each root the last one
    stands.
    """
    testimonies = list(testimonies)
    usable = [t for t in testimonies if _counts(t, effect, who)]
    if usable and who == "victims":
        usable += [t for t in testimonies if nobody(t, effect)]
    leads = _leads(usable)
    credited = _credited(usable, leads)
    reports: dict[tuple[str, str], list[Testimony]] = defaultdict(list)
    for t in usable:
        if not (t.own_voice and t.document_id in credited):
            reports[t.document_id, t.root].append(t)
    among: dict[tuple[str, str], list[Testimony]] = defaultdict(list)
    if who == "victims":
        for t in testimonies:
            if _counts(t, effect, "perpetrators") and _value(t).subset:
                among[t.document_id, t.root].append(t)
    made: dict[tuple[str, str], Figure] = {}
    wholes: dict[str, int] = {}  # the largest total of people a report gives
    for (document, root), report in reports.items():
        figure = _in_one_report(root, report, among[document, root], leads.get(document))
        if figure:
            made[document, root] = figure
            if figure.group is None and not figure.partial and document not in leads:
                wholes[document] = max(wholes.get(document, 0), figure.point or 0)
    larger: dict[str, int] = {}  # the smallest number that a report gives beyond its lead
    for (document, _), figure in made.items():
        point = figure.point or 0
        if document in leads and point > leads[document] and not figure.partial:
            larger[document] = min(point, larger.get(document, point))
    found: list[tuple[tuple[dt.date, int, str, str], Figure]] = []
    for (document, root), figure in made.items():
        lead = leads.get(document, wholes.get(document, 0))
        if _is_part_of(lead, figure, effect):
            figure = figure.as_part()
        elif figure.point == leads.get(document):
            figure = replace(figure, leads=True, below=larger.get(document))
        day = reports[document, root][0].order[0]
        found.append(((day, figure.point or 0, document, root), figure))
    return tuple(figure for _, figure in sorted(found, key=lambda item: item[0]))


_OPENING = 1000  # characters in which a report says what its toll is


def _leads(usable: Iterable[Testimony]) -> dict[str, int]:
    """The number that each report leads with: its first total of people of no one group.

    None where that is a handful, who may be people named one by one, or where the opening
    has no total. A new total told below it ("officials later put it at 16") is the lead's.
    """
    found: dict[str, tuple[int, int]] = {}
    risen: dict[str, int] = {}
    for t in usable:
        value, start = _value(t), t.claim.span.start
        if value.subset or value.additional or value.group or not value.min or _is_vague(value):
            continue
        if start < found.get(t.document_id, (_OPENING, 0))[0]:
            found[t.document_id] = (start, _point(t))
        if value.cumulative:
            risen[t.document_id] = max(_point(t), risen.get(t.document_id, 0))
    return {
        document: max(number, risen.get(document, 0))
        for document, (_, number) in found.items()
        if number > _FEW
    }


def _is_vague(value: CasualtyValue) -> bool:
    """Whether a figure is only a word: "dozens" say nothing against the 45 told below them."""
    return not groups("vague_numbers").isdisjoint((value.qualifier or "").casefold().split())


def _credited(usable: Iterable[Testimony], leads: Mapping[str, int]) -> set[str]:
    """The reports whose own figure is left out, as somebody is credited with one like it.

    Who is credited with less than half of what the report says itself counts a part of it, or
    contradicts it; and so does who is credited with more than it leads with.
    """
    own: dict[str, int] = {}
    others: dict[str, int] = {}
    leading: set[tuple[str, bool]] = set()  # reports whose lead is their own, or credited
    for t in usable:
        if not _value(t).subset:
            if _point(t) == leads.get(t.document_id):
                leading.add((t.document_id, t.own_voice))
            if not t.own_voice and counts_its_own(t.root):
                continue
            most = own if t.own_voice else others
            most[t.document_id] = max(most.get(t.document_id, 0), _point(t))
    return {
        report
        for report, most in others.items()
        if (report, False) in leading
        or (
            2 * most >= own.get(report, 0)
            and not ((report, True) in leading and most > leads[report])
        )
    }


_FEW, _MANY = 2, 5  # people named one by one, and a total that holds them
_TWICE = 2  # how many times the injured of one source a total is that holds them


def _is_part_of(whole: int, figure: Figure, effect: Effect) -> bool:
    """Whether a figure counts a few of the people whom its report counts in all.

    "At least 500 were hurt, officials said. Two officers were wounded, police said": a report
    that tells both sees no contradiction. Civilians and fighters are told against each other,
    so they stay. The dead are counted by sides that contradict each other, the injured by
    those who treat some of them.
    """
    if figure.partial or (figure.point or 0) >= whole:
        return False
    if counts_its_own(figure.root):
        return True
    group = figure.group
    if group is None:  # "killing 12 … A driver found dead had been shot": one of them
        few = figure.max is not None and figure.max <= _FEW and whole >= _MANY
        return few or (effect == "injured" and _TWICE * (figure.point or 0) <= whole)
    return group != "civilians" and group not in groups("victims_fighters")


def nobody(testimony: Testimony, effect: Effect) -> bool:
    """Whether it says that there were no casualties, dead or injured, at all."""
    value = testimony.claim.value
    return (
        isinstance(value, CasualtyValue)
        and value.effect == "casualties"
        and effect in {"killed", "injured"}
        and value.who == "victims"
        and value.max == 0
        and testimony.claim.modality != "denied"
    )


def counts_its_own(root: str) -> bool:
    """Whether a root counts only those who were brought to it: a hospital, a morgue."""
    words = f" {' '.join(root.casefold().split())} "
    return any(f" {name} " in words for name in groups("counts_its_own"))


@cache
def groups(name: str) -> frozenset[str]:
    """A list of groups of people, of data/disputes.toml."""
    text = resources("dateline.tally").joinpath("data/disputes.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[name])


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


def _in_one_report(
    root: str, told: Sequence[Testimony], among: Sequence[Testimony], lead: int | None
) -> Figure | None:
    told = sorted(told, key=lambda t: t.order)
    totals = [t for t in told if not _value(t).subset and not _value(t).additional]
    additions = [t for t in told if _value(t).additional]
    parts = [t for t in told if _value(t).subset]
    out = _perpetrators_among(totals, among)
    cumulative = [t for t in totals if _value(t).cumulative]
    if cumulative:
        return _figure(root, [cumulative[-1]], out)
    sides = _both_sides(totals, out)
    if sides:
        later = [t for t in additions if not _before(t, sides[-1])]
        return _figure(root, [*sides, *later], out)
    if totals:
        largest = _largest(_leading(totals, lead, out) or totals, out)
        return _figure(root, [largest, *_added(largest, totals, additions, lead)], out)
    if additions:
        # "One of the wounded has died" alone: what it adds to was told by somebody else.
        added = _figure(root, additions, out)
        if added.min is not None:
            return Figure(root=root, min=added.min, max=None, testimonies=added.testimonies)
    # Only a part is known: it bounds the total from below and sets no upper bound. "At most
    # five of them children" bounds nothing.
    parts = [t for t in parts if _value(t).min is not None]
    if parts:
        largest = max(parts, key=lambda t: (_point(t), t.order))
        return Figure(root=root, min=_point(largest), max=None, testimonies=(largest,))
    return None


def _added(
    total: Testimony, totals: Sequence[Testimony], additions: Sequence[Testimony], lead: int | None
) -> list[Testimony]:
    """What adds to a total: "killed five … another three died in hospital".

    An addition adds to what was told last before it, not to a total that already holds both
    ("killed 39 … shot dead an officer and a guard"). As many "others" as the report leads with
    are the lead's, told again.
    """
    later = []
    for added in additions:
        before = [t for t in totals if not _before(added, t)]
        again = lead is not None and _point(added) == lead == _point(total)
        if before and before[-1] is total and not again:
            later.append(added)
    return later


def _before(one: Testimony, other: Testimony) -> bool:
    """Whether one is told before the other; "two guests and four guards" are told at once."""
    return one.order[:3] < other.order[:3]


def _leading(
    totals: Sequence[Testimony], lead: int | None, out: Mapping[str, int]
) -> list[Testimony]:
    """The totals that are the lead's, with or without the perpetrators it may hold."""
    if lead is None:
        return []
    less = max((out.get(t.claim.id, 0) for t in totals if _point(t) == lead), default=None)
    return [] if less is None else [t for t in totals if lead - less <= _point(t) <= lead]


def _largest(totals: Sequence[Testimony], out: Mapping[str, int]) -> Testimony:
    def rank(t: Testimony) -> tuple[int, bool, tuple[object, ...]]:
        return (_point(t) - out.get(t.claim.id, 0), _value(t).exact, t.order)

    return max(totals, key=rank)


def _both_sides(totals: Sequence[Testimony], out: Mapping[str, int]) -> list[Testimony]:
    """The largest total of people under arms and that of civilians, as they were told.

    "Six soldiers were killed. … Four civilians died in the crossfire": nobody is both, so
    together they are the whole, unless the source gives one itself. Nothing where it does,
    or where it counts one side only.
    """
    sides: list[list[Testimony]] = []
    for name in ("victims_under_arms", "victims_civilians"):
        sides.append([t for t in totals if _value(t).group in groups(name)])
    armed, civilians = sides
    if not armed or not civilians or len(armed) + len(civilians) < len(totals):
        return []
    return sorted((_largest(armed, out), _largest(civilians, out)), key=lambda t: t.order)


def _perpetrators_among(
    totals: Sequence[Testimony], among: Sequence[Testimony]
) -> Mapping[str, int]:
    """How many of those who did it are in each total, by the total's claim.

    They are in the total told last before them, else in the next one.
    """
    out: dict[str, int] = {}
    for part in among:
        before = [t for t in totals if t.claim.span.start <= part.claim.span.start]
        total = before[-1] if before else next(iter(totals), None)
        if total is not None and _point(part) <= _point(total):
            # Told twice ("including the gunman … the gunman among them"), they are one.
            out[total.claim.id] = max(_point(part), out.get(total.claim.id, 0))
    return out


def _point(testimony: Testimony) -> int:
    value = _value(testimony)
    point = value.min if value.min is not None else value.max
    return point if point is not None else 0


def _figure(root: str, told: Sequence[Testimony], out: Mapping[str, int]) -> Figure:
    """The sum of some testimonies, without the perpetrators among them."""
    lows = [_value(t).min for t in told]
    highs = [_value(t).max for t in told]
    less = sum(out.get(t.claim.id, 0) for t in told)
    low = None if lows == [None] else max(0, sum(low or 0 for low in lows) - less)
    high = None if None in highs else max(0, sum(high or 0 for high in highs) - less)
    return Figure(root=root, min=low, max=high, testimonies=tuple(told), perpetrators=less)
