"""Captives told by plain words of taking: "took 280 pupils from a school".

Only in texts that speak of abduction; elsewhere people are taken to hospital or court.
"""

from __future__ import annotations

from dateline.reading.harm.sentence import ADVERBS, Clauses, Draft
from dateline.reading.harm.tolls import modal_before
from dateline.reading.harm.verbs import Predicate
from dateline.reading.people import BE, PREPOSITIONS, Party, nouns

_TAKE = frozenset(
    "took taking taken seized seizing seizes snatched snatching herded herding whisked grabbed"
    " grabbing dragged marched".split()
)
_FROM = frozenset({"from", "away", "into", "off", "captive"})
_AWAY = frozenset({"from", "away", "by", "into", "while", "off", "at", "in", "along"})
_ELSEWHERE = frozenset(
    "hospital hospitals clinic custody court prison jail police morgue mortuary scene airport"
    " safety ambulance ambulances shelter station rubble school-bus helicopter".split()
)
_TAKEN = frozenset("kidnapped abducted seized snatched held taken captured".split())
_GROUPS = frozenset("boko haram al shabab shabaab abu sayyaf islamic state qaeda".split())
_TAKEN_REACH = 9  # words from the number to the verb of its relative clause


def read_seized(c: Clauses) -> None:
    """Add those taken away to the drafts of a sentence."""
    _of_the_taken(c)
    if _TAKE.isdisjoint(c.lowers):
        return
    taken = {d.party.quantity.core for d in c.drafts}
    for party in c.parties:
        if party.quantity.core in taken or not party.human or party.perpetrator:
            continue
        if party.quantity.vague or party.part_of is not None or party.group == "police":
            continue
        first = last = 0
        before = party.start - 1
        if c.word(before) == "away":
            before -= 1
        k = party.end
        if c.word(before) in _TAKE and c.word(before - 1) not in BE:
            if (
                c.word(k) in _FROM
                or c.word(party.start - 1) == "away"
                or (c.word(before) == "took" and _is_taker(c, before - 1))
            ):
                first, last = before, k
        elif c.word(k) in ("taken", "seized", "snatched") and c.word(k + 1) == "from":
            first, last = party.start, k  # "they were among 41 pupils taken from the town"
        else:
            while c.word(k) in BE or c.word(k) in ADVERBS or c.word(k) in ("has", "have", "had"):
                k += 1
            held = party.group in ("hostages", "prisoners") and c.word(k) == "taken"
            if c.word(k) in _TAKE and c.word(k - 1) in BE and (held or c.word(k + 1) in _AWAY):
                first, last = party.start, k
        if not last or not _ELSEWHERE.isdisjoint(c.lowers[last : last + 8]):
            continue
        taken.add(party.quantity.core)
        c.drafts.append(
            Draft(
                "abducted",
                party,
                first,
                max(last, party.end - 1),
                "seized",
                0.75 if party.numbered else 0.6,
                unreal=modal_before(c, first),
            )
        )


def _is_taker(c: Clauses, k: int) -> bool:
    """ "The militants took 83 pupils on 21 February" """
    noun = nouns().get(c.word(k))
    if c.word(k) in _GROUPS and c.word(k - 1) in _GROUPS:
        return True
    return noun is not None and (noun.perpetrator or noun.group == "militants")


def _of_the_taken(c: Clauses) -> None:
    """ "23 of the 219 girls whom they had held": how many were taken in all"""
    taken = {d.party.quantity.core for d in c.drafts}
    for quantity in c.quantities:
        i = quantity.start
        out_of = c.lowers[max(0, i - 2) : i] == ["out", "of"]  # "82 girls out of 270 they took"
        if quantity.core in taken or not (out_of or c.lowers[max(0, i - 2) : i] == ["of", "the"]):
            continue
        if quantity.vague or not quantity.min:
            continue
        if not out_of and not any(q.end == i - 2 for q in c.quantities):
            continue
        after = c.lowers[quantity.end : quantity.end + _TAKEN_REACH]
        at = next((j for j, w in enumerate(after) if w in _TAKEN), None)
        if at is None or {",", ".", ";", "and"} & set(after[:at]):
            continue
        last = quantity.end + at
        party = Party(i, min(quantity.end + 1, last), quantity, True, None, False)
        c.drafts.append(Draft("abducted", party, i, last, "of the taken", 0.75))


_BUILDINGS = frozenset(
    "compound prison jail centre center camp facility building hall stadium venue theatre theater"
    " club plane bus boat ship train hospital ward museum collection meeting".split()
)


def holds(c: Clauses, k: int) -> bool:
    """Whether what "held" people is a place for them"""
    return c.word(k - 1) in _BUILDINGS


_HELD_SO = PREPOSITIONS | frozenset(
    "hostage captive prisoner there here alone together since until by as who whom when while and"
    " but or for at the a all its his her their were was are is had have has remain remained , . ;"
    ' : ) " ” since without against up more yesterday today'.split()
)


def takes_a_thing(c: Clauses, predicate: Predicate) -> bool:
    """Whether "held" takes a thing without an article ("held candles", "held hands")"""
    after = c.word(predicate.end)
    plain = bool(after) and after not in _HELD_SO and not after[0].isdigit()
    return c.lowers[predicate.start] == "held" and plain and predicate.end not in c.starts
