"""Claims of one incident that cannot both be true, side by side; none is dropped."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from dateline.model import (
    CasualtyValue,
    Dispute,
    DisputeSide,
    Effect,
    MotiveValue,
    PerpetratorValue,
)
from dateline.tally.evidence import SourceTable, Testimony
from dateline.tally.figure import Figure
from dateline.tally.figures import figures
from dateline.tally.policy import DefaultPolicy, superseded
from dateline.tally.responsibility import by_actor
from dateline.tally.word_lists import content_words, groups, word_lists

_WORD = re.compile(r"[^\W\d_]+")
_SAME_MOTIVE = 0.5  # share of the shorter motive's content words that two accounts have in common


def disputes(testimonies: Sequence[Testimony], sources: SourceTable) -> tuple[Dispute, ...]:
    """All disputes of an incident: tolls, motives, perpetrators, responsibility."""
    found = [
        _toll(testimonies, "killed"),
        _toll(testimonies, "injured"),
        _motives(testimonies),
        _perpetrators(testimonies),
        _responsibility(testimonies, sources),
    ]
    return tuple(dispute for dispute in found if dispute)


def _side(says: str, told: Iterable[Testimony]) -> DisputeSide:
    told = list(told)
    return DisputeSide(
        says=says,
        chains=tuple(sorted({t.chain for t in told})),
        claims=tuple(sorted({t.claim.id for t in told})),
    )


def _toll(testimonies: Sequence[Testimony], effect: Effect) -> Dispute | None:
    """Figures of different roots whose ranges exclude each other, or who the victims were.

    "Twelve civilians" and "five fighters" cannot both be the whole truth, so the larger
    is no toll that rose, and all figures that exclude each other are sides then. Early counts
    that the best has outgrown are settled. A later figure that agrees with a side is a side,
    too. Whoever denies the harm, and counts nobody, is a side against those who count it.
    """
    standing = [f for f in figures(testimonies, effect) if f.point is not None]
    rivals = _rival_roots(standing)
    settled = set() if rivals else _settled(standing)
    standing = [f for f in standing if f.root not in settled]
    more = _those_who_did_it(testimonies) if effect == "killed" else None
    # Figures are compared once for all roots that give the same, of the same day.
    kinds: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for f in standing:
        kinds[f.min, f.max, _exact(f), f.latest.published_at, f.of_party].append(f)
    some_of = list(kinds.values())
    apart = [
        some
        for some in some_of
        if any(
            not _overlap(some[0], others[0], more) and (rivals or not _risen(some, others))
            for others in some_of
        )
    ]
    sides_told = [some[0] for some in apart]
    agreed = {
        f.root
        for some in some_of
        if any(_overlap(some[0], side, more) for side in sides_told)
        and any(not _overlap(some[0], side, more) for side in sides_told)
        for f in some
    }
    denials = _denials(testimonies, effect, standing)
    denied = {f.root for _, against in denials for f in against}
    counted = rivals | {f.root for some in apart for f in some} | agreed | denied
    if not counted:
        return None
    sides: dict[tuple[int, int, str], list[Testimony]] = defaultdict(list)
    for denial, _ in denials:
        number = _denied_number(denial)
        sides[-1, number or 0, "denied" if number is None else f"denied: {number}"].append(denial)
    for figure in (f for f in standing if f.root in counted):
        says = figure.said
        if figure.root in rivals and not figure.part:
            says = f"{says}, {figure.group}"
        sides[figure.min or 0, figure.max or 0, says].extend(figure.testimonies)
    return Dispute(
        about="killed" if effect == "killed" else "injured",
        sides=tuple(_side(says, told) for (_, _, says), told in sorted(sides.items())),
    )


def _settled(standing: Sequence[Figure]) -> set[str]:
    """Whose count of an earlier day the best figure has outgrown; none where a party counts."""
    best = DefaultPolicy().estimate(standing).best if standing else None
    if best is None or any(f.of_party for f in standing):
        return set()
    return {f.root for f in superseded(standing, best)}


def _denials(
    testimonies: Sequence[Testimony], effect: Effect, standing: Sequence[Figure]
) -> list[tuple[Testimony, list[Figure]]]:
    """Who denies the harm, each with the figures of others that this excludes."""
    counting = {f.root for f in standing if f.point}
    found = []
    for t in testimonies:
        value = t.claim.value
        if (
            isinstance(value, CasualtyValue)
            and t.claim.modality == "denied"
            and value.effect in {effect, "casualties"}
            and value.who == "victims"
            and t.root not in counting
        ):
            number = _denied_number(t)
            against = [f for f in standing if f.point and (number is None or f.allows(number))]
            if against:
                found.append((t, against))
    return found


def _denied_number(testimony: Testimony) -> int | None:
    """The number that is denied; None where any harm is."""
    value = testimony.claim.value
    assert isinstance(value, CasualtyValue)
    return value.min if value.min is not None else value.max


def _rival_roots(standing: Sequence[Figure]) -> set[str]:
    """Those who count people under arms where others count civilians, and these others."""
    fighters, civilians = groups("victims_fighters"), groups("victims_civilians")
    under_arms = {f.root for f in standing if f.group in fighters}
    others = {f.root for f in standing if f.group in civilians}
    return under_arms | others if under_arms and others else set()


def _overlap(a: Figure, b: Figure, more: int | None) -> bool:
    """Whether two figures may both be true, or differ by no more than what is counted as one.

    A figure told as approximate ("around 80") excludes nothing within a tenth of it. Of the
    dead, ``more`` is how many of those who did it died: a toll with them and one without are
    no dispute. Of the injured (None), counts a fifth apart are none: some sources count those
    in shock and some only those in hospital.
    """
    larger = max(a.point or 0, b.point or 0)
    slack = 0 if _exact(a) and _exact(b) else larger // 10
    slack = max(slack, larger // 5 if more is None else more)
    low = max(a.min or 0, b.min or 0)
    high = min(_ceiling(a), _ceiling(b))
    return low <= high + slack


def _risen(some: Sequence[Figure], others: Sequence[Figure]) -> bool:
    """Whether the larger figure may be the smaller one's toll that rose since.

    So where it was published on a later day. Of one day nobody can tell which came first, so
    different reports say nothing against each other, unless a party to the fighting counts;
    two sources that one report sets beside each other do. ``some`` are figures of one number
    and day, and so are ``others``.
    """
    smaller, larger = sorted((some, others), key=lambda figures: figures[0].point or 0)
    before, after = (figures[0].latest.published_at for figures in (smaller, larger))
    if before is None or after is None:
        return False
    if before != after:
        return before < after
    if some[0].of_party or others[0].of_party or not smaller[0].point:
        return False
    reports = {f.latest.document_id for f in some}
    return reports.isdisjoint(f.latest.document_id for f in others)


def _those_who_did_it(testimonies: Sequence[Testimony]) -> int:
    """The most of those who did it that anybody counts among the dead."""
    return max((f.point or 0 for f in figures(testimonies, "killed", "perpetrators")), default=0)


def _exact(figure: Figure) -> bool:
    return all(getattr(t.claim.value, "exact", True) for t in figure.testimonies)


def _ceiling(figure: Figure) -> float:
    return figure.max if figure.max is not None else float("inf")


def _motives(testimonies: Sequence[Testimony]) -> Dispute | None:
    alike: list[tuple[frozenset[str], list[Testimony]]] = []
    for t in testimonies:
        if not isinstance(t.claim.value, MotiveValue) or t.claim.modality == "denied":
            continue
        words = content_words(t.claim.value.description)
        for known, told in alike:
            if len(words & known) >= _SAME_MOTIVE * max(1, min(len(words), len(known))):
                told.append(t)
                break
        else:
            alike.append((words, [t]))
    if len(alike) < 2 or len({t.root for _, told in alike for t in told}) < 2:
        return None
    return Dispute(
        about="motive",
        sides=tuple(_side(_motive(told[0]), told) for _, told in alike),
    )


def _motive(testimony: Testimony) -> str:
    value = testimony.claim.value
    assert isinstance(value, MotiveValue)
    return value.description


def _roles(description: str) -> frozenset[str]:
    """The kinds of actor a description names ("soldier" is military, "militant" is not)."""
    words = {m.group().casefold() for m in _WORD.finditer(description)}
    words |= {word.rstrip("s") for word in words}
    vocabulary = word_lists("disputes")
    kinds = (key for key in vocabulary if key.startswith("role_"))
    return frozenset(key for key in kinds if words & vocabulary[key])


def _perpetrators(testimonies: Sequence[Testimony]) -> Dispute | None:
    """Accounts of different roots that name kinds of actor, or groups, with nothing in common."""
    sides: dict[str, tuple[frozenset[str], list[Testimony]]] = {}
    for t in testimonies:
        value = t.claim.value
        if not isinstance(value, PerpetratorValue) or t.claim.modality == "denied":
            continue
        told = " ".join(filter(None, (value.organisation, value.description)))
        roles = _roles(told)
        if not roles:
            continue
        key = " / ".join(sorted(roles))
        sides.setdefault(key, (roles, []))[1].append(t)
    keys = sorted(sides, key=lambda key: (sides[key][1][0].order, key))
    apart = [key for key in keys if any(_rivals(sides[key], sides[other]) for other in keys)]
    if not apart:
        return None
    return Dispute(
        about="perpetrator",
        sides=tuple(_side(_who(told), told) for _, told in (sides[key] for key in apart)),
    )


def _rivals(
    a: tuple[frozenset[str], list[Testimony]], b: tuple[frozenset[str], list[Testimony]]
) -> bool:
    """Whether two accounts have no kind of actor in common and other roots."""
    return not a[0] & b[0] and {t.root for t in a[1]} != {t.root for t in b[1]}


def _who(told: Sequence[Testimony]) -> str:
    value = told[0].claim.value
    assert isinstance(value, PerpetratorValue)
    return value.description


def _responsibility(testimonies: Sequence[Testimony], sources: SourceTable) -> Dispute | None:
    """Responsibility claimed by one actor and denied by the same, or claimed by two."""
    accused = any(isinstance(t.claim.value, PerpetratorValue) for t in testimonies)
    spoken = by_actor(testimonies, sources)
    claimed = sorted(key for key in spoken if key[0] == "claimed")
    denied = sorted(key for key in spoken if key[0] == "denied")
    if len(claimed) > 1 or (claimed and denied) or (denied and accused):
        keys = [*claimed, *denied]
        return Dispute(
            about="responsibility",
            sides=tuple(
                _side(f"{stance} by {actor}", spoken[stance, actor]) for stance, actor in keys
            ),
        )
    return None
