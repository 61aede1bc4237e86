"""Captives handed over, received and exchanged: "swapped 15 rebels for seven soldiers"."""

from __future__ import annotations

from dataclasses import replace

from dateline.reading.harm.sentence import Clauses, Draft
from dateline.reading.harm.tolls import modal_before
from dateline.reading.people import Party

_GIVE = frozenset(
    "swapped exchanged traded swapping exchanging trading swap exchange trade received receiving"
    " receive receives returned returning returns delivered surrendered repatriated freed released"
    " releasing freeing".split()
)
_GIVEN = frozenset("swapped exchanged traded repatriated returned delivered".split())
_RETURN = frozenset("exchange return".split())
_CAPTIVES = frozenset(
    "prisoners prisoner captives captive hostages hostage detainees detainee servicemen soldiers"
    " fighters rebels militants commanders sailors pilots inmates pows men women girls people"
    " citizens nationals insurgents separatists troops members".split()
)
_OWN = frozenset({"its", "their", "his", "our"})
SWAP_WORDS = frozenset(
    "swap swapped swapping exchange exchanged exchanging exchanges trade traded return received"
    " receiving returned repatriated".split()
)
"""Words without which a sentence tells of no exchange."""


def read_exchanges(c: Clauses) -> None:
    """Add the people who came free in an exchange to the drafts of a sentence."""
    taken = {d.party.quantity.core for d in c.drafts}
    freed = any(d.effect == "released" for d in c.drafts)
    words = set(c.lowers)
    if words.isdisjoint(SWAP_WORDS):
        return
    for i, word in enumerate(c.lowers):
        party: Party | None = None
        if word == "for" and (
            (c.word(i - 1) in _RETURN and c.word(i - 2) == "in")
            or _SWAPPED & set(c.lowers[max(0, i - 12) : i])
        ):
            party = c.starts.get(i + 1)
        elif word in _GIVE and c.word(i - 1) != "no":
            k = i + 2 if c.word(i + 1) in ("back", "only", "another") else i + 1
            party = c.starts.get(k)
            if (
                party is not None
                and word.startswith(("receiv", "return"))
                and not (freed or _captive(c, party))
            ):
                party = None
        if party is not None:
            _add(c, party, taken, i)
    for party in c.parties:  # "in all, 306 captives were exchanged"
        if c.word(party.end) in ("were", "was") and c.word(party.end + 1) in _GIVEN:
            _add(c, party, taken, party.start)


_SWAPPED = frozenset("swapped exchanged traded swap exchange swapping exchanging trade".split())


def _captive(c: Clauses, party: Party) -> bool:
    """Whether those counted are captives: by their noun, or "73 of its own"."""
    if c.word(party.end - 1) in _CAPTIVES:
        return True
    return c.word(party.quantity.end) == "of" and c.word(party.quantity.end + 1) in _OWN


def _add(c: Clauses, party: Party, taken: set[int], i: int) -> None:
    own = c.word(party.quantity.end) == "of" and c.word(party.quantity.end + 1) in _OWN
    if not party.numbered or party.quantity.vague or party.quantity.core in taken:
        return
    if not (party.human or own or party.end == party.quantity.end):
        return
    if modal_before(c, min(i, party.start)):
        return
    taken.add(party.quantity.core)
    end = party.end
    if own:  # "73 of its own", "five of its commanders"
        end = max(end, party.quantity.end + 3)
        party = replace_end(party, min(end, len(c.lowers)))
    c.drafts.append(Draft("released", party, min(i, party.start), party.end - 1, "exchange", 0.8))


def replace_end(party: Party, end: int) -> Party:
    """The party up to another token, taken for people."""
    return party._replace(end=end, human=True)


def without_capture(drafts: list[Draft]) -> list[Draft]:
    """Drop the capture of those who are freed in the same clause.

    "76 girls kidnapped in 2014 were released": the news is that they are free.
    """
    free = {d.party.quantity.core for d in drafts if d.effect == "released"}
    return [
        replace(d)
        for d in drafts
        if not (
            d.effect in ("abducted", "captured")
            and d.party.quantity.core in free
            and d.rule.startswith("reduced")
        )
    ]
