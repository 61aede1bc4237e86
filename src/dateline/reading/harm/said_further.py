"""What a clause says further of people told already: "40 of the 368 who were wounded".

A relative clause that tells of a whole and its part, and a second verb of one subject
("was stabbed and died").
"""

from __future__ import annotations

from dataclasses import replace

from dateline.reading.harm.sentence import BOUNDARY, GOVERNING, Clauses, Draft, VerbGroup, wholes
from dateline.reading.harm.verbs import HarmWord, Predicate
from dateline.reading.people import Party


def part_of_whole(
    c: Clauses, predicate: Predicate, word: HarmWord, part: Party, total: Party
) -> None:
    """Add both of "18 of the 26 people killed were women", one of "82 of the 200 abducted" """
    last = predicate.end - 1
    c.drafts.append(Draft(word.effect, total, total.start, last, "whole", 0.75))
    if word.effect in ("killed", "injured"):
        c.drafts.append(Draft(word.effect, part, part.start, last, "share", 0.75, subset=True))


def share_who(
    c: Clauses, predicate: Predicate, group: VerbGroup, word: HarmWord, found: list[Party]
) -> bool:
    """ "Forty of the 368 people who were wounded": 368 were, and 40 of them"""
    if c.word(group.start - 1) not in ("who", "that") or len(found) != 1:
        return False
    total = next(wholes(c, found[0]), None) if found[0].numbered else None
    if total is None or not total.quantity.min or total.quantity.vague:
        return False
    part_of_whole(c, predicate, word, found[0], total)
    return True


_WAS_HIT = frozenset({"passive", "passive, one", "intransitive"})
_ALSO_REACH = 12  # words from "was stabbed" to "and died"


def died_also(c: Clauses, predicate: Predicate, group: VerbGroup, word: HarmWord) -> bool:
    """ "A man was stabbed eight times and died on the way to hospital": he did"""
    if c.word(group.start - 1) != "and" or word.effect != "killed" or group.to or group.modal:
        return False
    before = [d for d in c.drafts if d.last < group.start and d.rule in _WAS_HIT]
    host = max(before, key=lambda d: d.last, default=None)
    if host is None or host.effect not in ("hit", "injured") or host.unreal or host.party.numbered:
        return False
    between = c.lowers[host.last + 1 : group.start]
    for party in c.parties:
        governed = c.word(party.start - 1) in GOVERNING  # "was shot by a deputy and died"
        if host.last < party.start < group.start and party.human and not governed:
            return False
    if not BOUNDARY.isdisjoint(between) or len(between) > _ALSO_REACH:
        return False
    c.drafts.append(replace(host, effect="killed", last=predicate.end - 1))
    return True
