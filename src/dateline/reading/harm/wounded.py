"""The wounded told by their wounds or their hospital, with whatever verb.

"Two firefighters suffered minor injuries", "the hospital received six patients", "we have
27 in three hospitals".
"""

from __future__ import annotations

from dateline.reading.harm.sentence import ADVERBS, Clauses, Draft
from dateline.reading.harm.tolls import modal_before
from dateline.reading.harm.verbs import lexicon
from dateline.reading.people import BE, HAVE, Party

_WARDS = frozenset("hospital hospitals clinic clinics infirmary medical".split())
_TAKES_IN = frozenset(
    "received receives receiving admitted admitting treated treating treats took taken".split()
)
_HAS = frozenset("had has have".split())
_PATIENTS = frozenset("patients patient victims wounded injured casualties".split())
_SUFFER = frozenset(
    "suffered suffers suffering sustained sustains sustaining received receiving reported had"
    " escaped".split()
)
_WOUNDS = frozenset(
    "injuries injury wounds wound burns burn fractures fracture concussion concussions bruises"
    " cuts lacerations".split()
)
_REMAIN = frozenset("remain remained remaining".split())
_NONE = frozenset("no not any without never n't".split())
CONDITIONS = frozenset({"critical", "stable"})
"""Words for how a patient is, which need a verb or a list to say it."""
_WHOSE = frozenset(". , ; and but or at in on while with after as : )".split()) | {
    "",
    *"monday tuesday wednesday thursday friday saturday sunday".split(),
}
_REACH = 6  # words from the verb to the wounds it tells of


def read_wounded(c: Clauses) -> None:
    """Add the wounded that no harm word stands beside to the drafts of a sentence."""
    words = set(c.lowers)
    if not _WOUNDS.isdisjoint(words):
        _suffered(c)
    if not _WARDS.isdisjoint(words):
        _patients(c)
    elif not _PATIENTS.isdisjoint(words) and not _TAKES_IN.isdisjoint(words):
        _patients_of_a_name(c)
    if not CONDITIONS.isdisjoint(words):
        _in_a_condition(c)
    if "patients" in words and not _REMAIN.isdisjoint(words):
        _remaining(c)


def _suffered(c: Clauses) -> None:
    taken = {d.party.quantity.core for d in c.drafts}
    for party in c.parties:
        if party.quantity.core in taken or party.human is False or party.part_of is not None:
            continue
        if not (party.human or party.end == party.quantity.end) or party.effect:
            continue
        k = party.end
        while c.word(k) in ADVERBS or c.word(k) in HAVE or c.word(k) == "who":
            if c.word(k) in HAVE and not _SUFFER & {c.word(k + 1), c.word(k + 2)}:
                break  # "eight have serious injuries"
            k += 1
        if c.word(k) not in _SUFFER and not (c.word(k) in HAVE and party.numbered):
            continue
        after = c.lowers[k + 1 : k + 1 + _REACH]
        at = next((i for i, w in enumerate(after) if w in _WOUNDS), None)
        if at is None or not _NONE.isdisjoint(after[:at]) or {",", "."} & set(after[:at]):
            continue
        effect = "killed" if {"fatal", "mortal"} & set(after[:at]) else "injured"
        _add(c, party, effect, k + 1 + at, "wounds")


def _in_a_condition(c: Clauses) -> None:
    """ "Three were critical and three stable", but not "two senators were critical of it" """
    taken = {d.party.quantity.core for d in c.drafts}
    for party in c.parties:
        if party.quantity.core in taken or not party.numbered or party.quantity.vague:
            continue
        bare = party.human is None and (
            party.end == party.quantity.end or c.word(party.quantity.end) in CONDITIONS
        )
        if not (bare or party.human) or party.effect or not party.quantity.min:
            continue
        k = begin = party.quantity.end if bare else party.end
        while c.word(k) in BE or c.word(k) in ADVERBS or c.word(k) in _REMAIN:
            k += 1
        if c.word(k) not in CONDITIONS or c.word(k + 1) not in _WHOSE:
            continue
        listed = any(d.effect == "injured" and d.last < party.start for d in c.drafts)
        if k == begin and not listed:
            continue
        taken.add(party.quantity.core)
        _add(c, party, "injured", k, "state")


def _patients(c: Clauses) -> None:
    taken = {d.party.quantity.core for d in c.drafts}
    ward = next(i for i, w in enumerate(c.lowers) if w in _WARDS)
    for party in c.parties:
        if party.quantity.core in taken or not party.numbered or party.human is False:
            continue
        if party.effect not in (None, "injured", "casualties"):
            continue  # "the hospital received 18 bodies"
        if (at := _in_wards(c, party)) and not party.quantity.vague:
            taken.add(party.quantity.core)
            _add(c, party, "injured", at, "patients")
            continue
        before, head = c.word(party.start - 1), c.word(party.end - 1)
        told = (before in _TAKES_IN and (head in _PATIENTS or party.human)) or (
            before in _HAS and head in _PATIENTS and party.end > party.quantity.end
        )
        if told and ward < party.start and c.word(party.start - 2) not in BE:
            _add(c, party, "injured", party.end - 1, "patients")
        elif (
            party.end == party.quantity.end
            and before in _HAS
            and c.word(party.end) in ("in", "at")
            and not _WARDS.isdisjoint(c.lowers[party.end + 1 : party.end + 5])
        ):
            _add(c, party, "injured", party.end + 1, "patients")


def _patients_of_a_name(c: Clauses) -> None:
    """ "St. Luke's treated nine patients": a name, and patients or wounded"""
    taken = {d.party.quantity.core for d in c.drafts}
    for party in c.parties:
        k = party.start - 1
        told = c.word(k) in _TAKES_IN and c.word(party.end - 1) in _PATIENTS
        if not told or party.quantity.core in taken or not party.numbered or k < 1:
            continue
        k -= 1 + (c.word(k - 1) in HAVE)
        k -= c.word(k) == "'s"
        if k >= 0 and c.tokens[k].text[:1].isupper() and party.effect in (None, "injured"):
            _add(c, party, "injured", party.end - 1, "patients of a name")


def _in_wards(c: Clauses, party: Party) -> int:
    """The hospitals of "fourteen survivors remain in three hospitals", else 0."""
    k = party.end
    if c.word(k) in ("from", "of"):  # "survivors of the shooting"
        k = next((j for j in range(k + 1, k + _REACH) if c.word(j) in _REMAIN), k)
    while c.word(k) in BE or c.word(k) in ADVERBS:
        k += 1
    if c.word(k) in _REMAIN:
        k += 1
    elif "still" not in c.lowers[party.end : k] or party.perpetrator:
        return 0  # "two doctors are at the hospital"
    if c.word(k) not in ("in", "at") or not (party.human or party.end == party.quantity.end):
        return 0
    at = next((j for j in range(k + 1, k + 5) if c.word(j) in ("hospital", "hospitals")), 0)
    return at if at and not {",", ".", ";"} & set(c.lowers[k:at]) else 0


def _remaining(c: Clauses) -> None:
    """ "Seven patients from Saturday's shooting remain at Mercy General" """
    taken = {d.party.quantity.core for d in c.drafts}
    for party in c.parties:
        if party.quantity.core in taken or not party.numbered or party.quantity.vague:
            continue
        after = c.lowers[party.end : party.end + _REACH + 2]
        at = next((j for j, w in enumerate(after) if w in _REMAIN), None)
        if c.word(party.end - 1) != "patients" or at is None or {",", ".", ";"} & set(after[:at]):
            continue
        following = c.word(party.end + at + 1)
        in_a_ward = following in ("at", "in", "hospitalized", "hospitalised")
        if in_a_ward and not lexicon().violence.isdisjoint(c.lowers):
            _add(c, party, "injured", party.end + at, "patients")


def _add(c: Clauses, party: Party, effect: str, last: int, rule: str) -> None:
    c.drafts.append(
        Draft(
            effect,
            party,
            party.start,
            last,
            rule,
            0.8 if party.numbered else 0.6,
            more=party.more,
            unreal=modal_before(c, party.start),
        )
    )
