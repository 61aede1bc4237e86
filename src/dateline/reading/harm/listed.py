"""People counted by lists: as missing or dead, as victims, as somebody's body that was found."""

from __future__ import annotations

from dateline.reading.harm.sentence import Clauses, Draft
from dateline.reading.harm.tolls import modal_before
from dateline.reading.numbers import Quantity
from dateline.reading.people import BE, HAVE, Party, nouns

_LISTED = {
    "missing": "missing",
    "unaccounted": "missing",
    "dead": "killed",
    "killed": "killed",
    "wounded": "injured",
    "injured": "injured",
    "critical": "injured",
    "serious": "injured",
    "stable": "injured",
}
_LISTING = frozenset("listed described reported counted".split())
_TOLD_OF = frozenset("reported reports reporting confirmed had has".split())
_DEADLY_EVENTS = frozenset(
    "crash attack attacks shooting massacre bombing bombings disaster explosion blast fire collapse"
    " rampage stabbing tragedy".split()
)
_NAMED = frozenset(
    "identified named buried remembered mourned honoured honored recovered laid".split()
)
_FOUND = frozenset("found recovered discovered pulled retrieved dumped".split())


def read_listed(c: Clauses, taken: set[int]) -> None:
    """Add those listed to the drafts of a sentence."""
    _listed_as(c, taken)
    _tabled(c, taken)
    _bodies(c, taken)
    if "victims" in c.lowers:
        _victims(c, taken)


_MARKS = frozenset({":", "-", "–", "—", "="})
_ENDS = frozenset(". , ; and ) |".split()) | {""}


def _tabled(c: Clauses, taken: set[int]) -> None:
    """ "Killed: 12. Wounded: 40", "dead - 12, wounded - 40" """
    for party in c.parties:
        effect = _LISTED.get(c.word(party.start - 2))
        bare = party.human is None and party.end == party.quantity.end
        if effect is None or not bare or party.quantity.core in taken or not party.numbered:
            continue
        opens = party.start < 3 or c.word(party.start - 3) in _ENDS
        if opens and c.word(party.start - 1) in _MARKS and c.word(party.end) in _ENDS:
            taken.add(party.quantity.core)
            c.drafts.append(Draft(effect, party, party.start - 2, party.end - 1, "listed", 0.8))


def _listed_as(c: Clauses, taken: set[int]) -> None:
    """ "Officials list two persons as missing" """
    for party in c.parties:
        bare = party.human is None and party.end == party.quantity.end
        if not (party.human or bare) or party.quantity.core in taken or not party.numbered:
            continue
        k = party.end
        if c.word(k) in BE and c.word(k + 1) in _LISTING:
            k += 2  # "two were listed as critical"
        elif bare:
            continue
        if c.word(k) == "as" and (effect := _LISTED.get(c.word(k + 1))):
            taken.add(party.quantity.core)
            c.drafts.append(
                Draft(
                    effect,
                    party,
                    party.start,
                    k + 1,
                    "listed",
                    0.8,
                    unreal=modal_before(c, party.start),
                )
            )


def _bodies(c: Clauses, taken: set[int]) -> None:
    """ "A man's body was found" """
    for i, word in enumerate(c.lowers):
        if word not in ("body", "corpse", "remains") or _FOUND.isdisjoint(c.lowers[i + 1 : i + 5]):
            continue
        k = i - 1 if c.word(i - 1) != "lifeless" else i - 2
        noun = nouns().get(c.word(k - 1))
        if c.word(k) != "'s" or noun is None or noun.plural or k < 2:
            continue
        quantity = Quantity(k - 1, k - 1, k, 1, 1, True, None)
        if c.word(k - 2) in BE or k - 1 in taken:
            continue
        taken.add(k - 1)
        one = Party(
            k - 1,
            i + 1,
            quantity,
            True,
            noun.group,
            noun.perpetrator,
            numbered=False,
            plural=False,
        )
        c.drafts.append(Draft("killed", one, k - 1, i, "body", 0.6))


def _victims(c: Clauses, taken: set[int]) -> None:
    """ "There were no victims", "at least 20 victims", "the 17 victims of the crash" """
    for party in c.parties:
        if c.word(party.end - 1) != "victims" or not party.numbered or party.part_of:
            continue
        if party.quantity.core in taken or party.quantity.vague:
            continue
        none = party.quantity.max == 0
        before, after = c.word(party.start - 1), c.lowers[party.end : party.end + 8]
        told = before in _TOLD_OF or (before in ("were", "are") and "there" in c.lowers)
        effect = None
        if told or (none and after[:1] and after[0] in BE):
            effect = "casualties"
        elif c.word(party.start) in ("the", "all") and (
            (after[:1] == ["of"] and not _DEADLY_EVENTS.isdisjoint(after))
            or (after[:1] and after[0] in BE | HAVE and _NAMED & set(after[:4]))
        ):
            effect = "killed"
        if effect is None:
            continue
        taken.add(party.quantity.core)
        unreal = modal_before(c, party.start)
        c.drafts.append(
            Draft(effect, party, party.start, party.end - 1, "victims", 0.7, unreal=unreal)
        )
