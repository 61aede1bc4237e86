"""What each source says in each report: one figure of many told.

A figure is a total unless it is marked as a part (``subset``) or an addition
(``additional``). A report leads with the toll as its writer knows it (the inverted pyramid
of news writing), and tells parts, earlier counts and other attacks further down: of a
source's totals within one report the one that the report leads with stands, and where it
leads with none, the largest. A figure marked ``cumulative`` ("the toll rose to 38")
stands before all others of that report. Perpetrators told to be among a total ("ten
dead, the gunman among them") are taken out of it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from dateline.leading import FEW, Total, lead_of
from dateline.model import CasualtyValue, Effect, Who
from dateline.tally.evidence import Testimony
from dateline.tally.figure import Figure, point_of, value_of
from dateline.tally.word_lists import groups


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
            if _counts(t, effect, "perpetrators") and value_of(t).subset:
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
        elif (figure.point or 0) + figure.perpetrators == leads.get(document):
            figure = replace(figure, leads=True, below=larger.get(document))
        day = reports[document, root][0].order[0]
        found.append(((day, figure.point or 0, document, root), figure))
    return tuple(figure for _, figure in sorted(found, key=lambda item: item[0]))


def _leads(usable: Iterable[Testimony]) -> dict[str, int]:
    """The number that each report leads with, of its totals of people of no one group.

    A new total told below it ("officials later put it at 16") is the lead's.
    """
    totals: dict[str, list[Total]] = defaultdict(list)
    for t in usable:
        value = value_of(t)
        if value.subset or value.additional or value.group or not value.min or _is_vague(value):
            continue
        total = Total(t.claim.span.start, point_of(t), value.cumulative)
        totals[t.document_id].append(total)
    leads = {document: lead_of(told) for document, told in totals.items()}
    return {document: lead.risen_to for document, lead in leads.items() if lead}


def _is_vague(value: CasualtyValue) -> bool:
    """Whether a figure is only a word: "dozens" say nothing against the 45 told below them."""
    return not groups("vague_numbers").isdisjoint((value.qualifier or "").casefold().split())


def _credited(usable: Iterable[Testimony], leads: Mapping[str, int]) -> set[str]:
    """The reports whose own figure is left out, as somebody is credited with one like it.

    Who is credited with less than half of what the report says itself counts a part of it, or
    contradicts it; and so does who is credited with more than it leads with, or with less by
    more than a tenth: "At least 50 were killed … A guard said he had counted 40 bodies".
    """
    own: dict[str, int] = {}
    others: dict[str, int] = {}
    leading: set[tuple[str, bool]] = set()  # reports whose lead is their own, or credited
    for t in usable:
        if not value_of(t).subset:
            if point_of(t) == leads.get(t.document_id):
                leading.add((t.document_id, t.own_voice))
            if not t.own_voice and counts_its_own(t.root):
                continue
            most = own if t.own_voice else others
            most[t.document_id] = max(most.get(t.document_id, 0), point_of(t))
    return {
        report
        for report, most in others.items()
        if (report, False) in leading
        or (
            2 * most >= own.get(report, 0)
            and not ((report, True) in leading and not _is_near(most, leads[report]))
        )
    }


def _is_near(credited: int, lead: int) -> bool:
    return lead * (1 - _TENTH) <= credited <= lead


_TENTH = 0.1
_MANY = 5  # a total that holds people named one by one
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
        few = figure.max is not None and figure.max <= FEW and whole >= _MANY
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
    totals = [t for t in told if not value_of(t).subset and not value_of(t).additional]
    additions = [t for t in told if value_of(t).additional]
    parts = [t for t in told if value_of(t).subset]
    out = _perpetrators_among(totals, among)
    cumulative = [t for t in totals if value_of(t).cumulative]
    if cumulative:
        return _figure(root, [cumulative[-1]], out)
    if lead is not None and len(told_one_by_one := _adding_up(totals, additions, lead)) > 1:
        return _figure(root, told_one_by_one, out)
    sides = _both_sides(totals, out)
    if sides:
        later = [t for t in additions if not _before(t, sides[-1])]
        return _figure(root, [*sides, *later], out)
    if totals:
        largest = _largest(_leading(totals, lead, out) or totals, out)
        added = [t for t in additions if not _completes(t, parts, largest)]
        return _figure(root, [largest, *_added(largest, totals, added, lead)], out)
    if additions:
        # "One of the wounded has died" alone: what it adds to was told by somebody else.
        more = _figure(root, additions, out)
        if more.min is not None:
            return Figure(root=root, min=more.min, max=None, testimonies=more.testimonies)
    # Only a part is known: it bounds the total from below and sets no upper bound. "At most
    # five of them children" bounds nothing.
    parts = [t for t in parts if value_of(t).min is not None]
    if parts:
        largest = max(parts, key=lambda t: (point_of(t), t.order))
        return Figure(root=root, min=point_of(largest), max=None, testimonies=(largest,))
    return None


def _adding_up(
    totals: Sequence[Testimony], additions: Sequence[Testimony], lead: int
) -> list[Testimony]:
    """All that a source tells, in order, where it comes to what the report leads with.

    "Three were killed outside and 12 inside, and two died in hospital", of 17.
    """
    told = sorted([*totals, *additions], key=lambda t: t.order)
    return told if sum(point_of(t) for t in told) == lead else []


_ONE_BREATH = 120  # characters from a part to what completes it


def _completes(added: Testimony, parts: Sequence[Testimony], total: Testimony) -> bool:
    """Whether an addition and the part told just before it are all of a total.

    "86 were killed: 62 of them at the scene, and 24 others died in hospital."
    """
    before = [t for t in parts if _before(t, added)]
    if not before or point_of(before[-1]) + point_of(added) != point_of(total):
        return False
    part = before[-1].claim.span
    return before[-1].document_id == added.document_id and (
        added.claim.span.start - part.end <= _ONE_BREATH
    )


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
        again = lead is not None and point_of(added) == lead == point_of(total)
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
    less = max((out.get(t.claim.id, 0) for t in totals if point_of(t) == lead), default=None)
    return [] if less is None else [t for t in totals if lead - less <= point_of(t) <= lead]


def _largest(totals: Sequence[Testimony], out: Mapping[str, int]) -> Testimony:
    def rank(t: Testimony) -> tuple[int, bool, tuple[object, ...]]:
        return (point_of(t) - out.get(t.claim.id, 0), value_of(t).exact, t.order)

    return max(totals, key=rank)


def _both_sides(totals: Sequence[Testimony], out: Mapping[str, int]) -> list[Testimony]:
    """The largest total of people under arms and that of civilians, as they were told.

    "Six soldiers were killed. … Four civilians died in the crossfire": nobody is both, so
    together they are the whole, unless the source gives one itself. Nothing where it does,
    or where it counts one side only.
    """
    sides: list[list[Testimony]] = []
    for name in ("victims_under_arms", "victims_civilians"):
        sides.append([t for t in totals if value_of(t).group in groups(name)])
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
        if total is not None and point_of(part) <= point_of(total):
            # Told twice ("including the gunman … the gunman among them"), they are one.
            out[total.claim.id] = max(point_of(part), out.get(total.claim.id, 0))
    return out


def _figure(root: str, told: Sequence[Testimony], out: Mapping[str, int]) -> Figure:
    """The sum of some testimonies, without the perpetrators among them."""
    lows = [value_of(t).min for t in told]
    highs = [value_of(t).max for t in told]
    less = sum(out.get(t.claim.id, 0) for t in told)
    low = None if lows == [None] else max(0, sum(low or 0 for low in lows) - less)
    high = None if None in highs else max(0, sum(high or 0 for high in highs) - less)
    return Figure(root=root, min=low, max=high, testimonies=tuple(told), perpetrators=less)
