"""From the accounts of one incident to the incident: a pure function of claims."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import TypeVar

from dateline.geodesy import distance_km
from dateline.model import (
    EFFECTS,
    CasualtyValue,
    Copy,
    Effect,
    Incident,
    IncidentDate,
    Mention,
    PerpetratorValue,
    Place,
    Toll,
    TollStep,
    WeaponValue,
    Who,
)
from dateline.settings import current
from dateline.tally.disputes import disputes
from dateline.tally.earlier_counts import without_earlier_counts
from dateline.tally.evidence import Account, SourceTable, Testimony, all_chains, testimonies
from dateline.tally.figures import figures
from dateline.tally.grade import grade
from dateline.tally.in_report import nobody
from dateline.tally.independence import fold_roots, independent_roots
from dateline.tally.perpetrators import perpetrators
from dateline.tally.policy import POLICIES, Policy
from dateline.tally.review import admitted
from dateline.tally.rise import rise
from dateline.tally.verdicts import IncidentVerdict

_T = TypeVar("_T")

_VAGUE = frozenset({"attack", "killing", "accident"})
_LOOSE = frozenset({"clash", "riot"})
_FIREARMS = frozenset({"handgun", "rifle", "machine_gun", "shotgun"})
_PRECISION = {"day": 0, "week": 1, "month": 2, "year": 3}
_PLACE = {"site": 0, "city": 1, "admin2": 2, "admin1": 3, "country": 4}
_SAME_PLACE_KM = 40.0


def incident_id(mention_ids: Sequence[str]) -> str:
    """The id of an incident: a hash of the smallest id among its mentions.

    It depends on the mentions alone, so a ledger computed anew, or filled in another
    order, has the same ids.
    """
    return "i" + hashlib.blake2b(min(mention_ids).encode(), digest_size=8).hexdigest()


def assemble(
    accounts: Sequence[Account],
    sources: SourceTable,
    policy: Policy | None = None,
    copies: Sequence[Copy] = (),
    verdict: IncidentVerdict | None = None,
    review_below: float | None = None,
) -> Incident:
    """Add the accounts of one incident up.

    ``accounts`` has one entry a mention, in any order; the result is the same for all.
    ``copies`` tells which of their documents took their text from which; it is kept
    with the incident (what follows for the roots is in :attr:`Account.voice`).
    ``verdict`` is the grade a person gave it. Figures that score less than
    ``review_below`` (the setting of that name if None) wait for review in
    ``Incident.review``: they count for no toll, source or dispute.
    Raises ValueError for no accounts.
    """
    if not accounts:
        raise ValueError("an incident needs at least one account")
    policy = policy or POLICIES["default"]
    accounts = sorted(accounts, key=lambda account: account.mention.id)
    everything = testimonies(accounts, fold_roots(all_chains(accounts), sources), sources)
    below = current().review_below if review_below is None else review_below
    counted, review = admitted(everything, below, copies)
    told = without_earlier_counts(counted)
    roots = independent_roots(told)
    found = disputes(told, sources)
    graded, reason = grade(told, roots, found, sources, verdict)
    mentions = [account.mention for account in accounts]
    tolls = _tolls(told, "victims", policy)
    return Incident(
        id=incident_id([mention.id for mention in mentions]),
        type=_common(mention.type for mention in mentions),
        date=_date(mentions),
        place=_place(mentions),
        tolls=tolls,
        perpetrator_tolls=_tolls(told, "perpetrators", policy),
        perpetrators=perpetrators(_distinct(told, PerpetratorValue)),
        weapons=_weapons(told),
        rise=_rises(told, policy, tolls),
        disputes=found,
        independent_sources=roots,
        grade=graded,
        grade_reason=reason,
        background=all(mention.background for mention in mentions),
        mentions=tuple(mention.id for mention in mentions),
        documents=tuple(sorted({mention.document_id for mention in mentions})),
        copies=tuple(sorted(copies, key=lambda copy: copy.document_id)),
        review=review,
    )


def _tolls(told: Sequence[Testimony], who: Who, policy: Policy) -> dict[Effect, Toll]:
    tolls: dict[Effect, Toll] = {}
    for effect in EFFECTS:
        standing = figures(told, effect, who)
        if standing:
            tolls[effect] = policy.estimate(standing)
            continue
        unnumbered = sorted(
            {
                t.claim.id
                for t in told
                if isinstance(t.claim.value, CasualtyValue)
                and t.claim.value.effect == effect
                and t.claim.value.who == who
                and t.claim.modality != "denied"
            }
        )
        if unnumbered:
            tolls[effect] = Toll(
                low=None,
                best=None,
                high=None,
                rule="harm is reported without a number",
                claims=tuple(unnumbered),
            )
    counted = [tolls[effect] for effect in ("killed", "injured") if effect in tolls]
    if who == "victims" and any(toll.best is not None for toll in counted):
        # "No casualties" stands as a figure of none beside those who count dead or injured.
        others = [
            t
            for t in told
            if isinstance(t.claim.value, CasualtyValue) and t.claim.value.effect == "casualties"
        ]
        if others and all(nobody(t, "killed") for t in others):
            tolls.pop("casualties", None)
    return tolls


def _rises(
    told: Sequence[Testimony], policy: Policy, tolls: Container[Effect]
) -> dict[Effect, tuple[TollStep, ...]]:
    rises = {effect: rise(told, effect, policy) for effect in EFFECTS if effect in tolls}
    return {effect: steps for effect, steps in rises.items() if steps}


def _common(types: Iterable[str]) -> str:
    """The commonest type that says what was done; ties to the first in the alphabet.

    "Attack", "killing" and "accident" say it only where no report says it better, and a
    "clash" gives way to what as many reports say was done in it.
    """
    counts = Counter(types)
    telling = {kind: count for kind, count in counts.items() if kind not in _VAGUE} or counts
    return min(telling, key=lambda kind: (-telling[kind], kind in _LOOSE, kind))


def _date(mentions: Sequence[Mention]) -> IncidentDate | None:
    """The commonest among the most precise dates; ties to main accounts, then to the earliest."""
    dates = [mention.date for mention in mentions if mention.date]
    if not dates:
        return None
    finest = min(_PRECISION[date.precision] for date in dates)
    counts = Counter(date for date in dates if _PRECISION[date.precision] == finest)
    main = {mention.date for mention in mentions if not mention.background}
    return min(counts, key=lambda date: (-counts[date], date not in main, date.start, date.end))


def _place(mentions: Sequence[Mention]) -> Place | None:
    """The commonest among the most precise places that most reports agree with.

    Ties go to the first in the alphabet. Reports agree whose places are within 40 km of each
    other: the hospital in another town that one report tells is more precise, and wrong.
    """
    firsts: dict[tuple[str | None, ...], Place] = {}
    counts: Counter[tuple[str | None, ...]] = Counter()
    for place in (mention.place for mention in mentions if mention.place):
        name = (place.kind, place.name, place.country, place.admin1)
        firsts.setdefault(name, place)
        counts[name] += 1
    if not firsts:
        return None
    exact = {name for name, place in firsts.items() if _PLACE[place.kind] < _PLACE["admin1"]}
    agree = {
        name: sum(counts[other] for other in exact if _close(firsts[name], firsts[other]))
        for name in exact
    }
    most = max(agree.values(), default=0)
    chosen = {name for name in exact if agree[name] == most} or set(firsts)

    def rank(name: tuple[str | None, ...]) -> tuple[object, ...]:
        return (_PLACE[firsts[name].kind], -counts[name], tuple(part or "" for part in name[1:]))

    return firsts[min(chosen, key=rank)]


def _close(a: Place, b: Place) -> bool:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return (a.name, a.country, a.admin1) == (b.name, b.country, b.admin1)
    return distance_km(a.lat, a.lon, b.lat, b.lon) <= _SAME_PLACE_KM


def _distinct(told: Sequence[Testimony], kind: type[_T]) -> tuple[_T, ...]:
    """The distinct values of one kind in order of telling, denied ones left out."""
    seen: dict[_T, None] = {}
    for testimony in told:
        if isinstance(testimony.claim.value, kind) and testimony.claim.modality != "denied":
            seen.setdefault(testimony.claim.value)
    return tuple(seen)


def _weapons(told: Sequence[Testimony]) -> tuple[WeaponValue, ...]:
    """One weapon a type, in its fullest description."""
    fullest: dict[str, WeaponValue] = {}
    for weapon in _distinct(told, WeaponValue):
        known = fullest.get(weapon.type)
        if known is None or len(weapon.description) > len(known.description):
            fullest[weapon.type] = weapon
    if not _FIREARMS.isdisjoint(fullest):
        # "Opened fire with a weapon" adds nothing to the rifle named elsewhere.
        fullest.pop("firearm", None)
    return tuple(fullest.values())
