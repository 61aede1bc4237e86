"""Which of those harmed are the ones who did it.

Nouns tell most of them ("the gunman", see groups.toml). This finds those told by other
words: "the driver was shot dead by police after killing 84", "one blew himself up, the
other two were shot", "killed six of the attackers and captured one".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs

from dateline.model import CasualtyValue
from dateline.reading.finding import Finding
from dateline.reading.harm.sentence import Clauses, Draft
from dateline.reading.people import Party, nouns

_POLICE = frozenset(
    "police officers officer deputies swat gendarmes marksmen policemen policeman constables"
    " sheriff commandos".split()
)
_NEVER = frozenset(
    ("police", "children", "journalists", "medics", "hostages", "prisoners", "aid workers", "women")
)
_DEEDS = frozenset(
    "killing injuring wounding stabbing shooting attacking ramming ploughing plowing driving"
    " opening mowing running firing murdering".split()
)
_DID = frozenset(
    "killed opened attacked stabbed rammed drove ploughed plowed fired shot murdered zigzagged"
    " wounded injured stormed crashed lunged charged".split()
)
_AFTER = frozenset({"after", "when", "while", "as", "who"})
_REACH = 6  # words from "after" to the deed
_LEAST_DEAD = 2  # victims that make the one whom the police shot the attacker


_STOP_VERBS = frozenset("shot gunned killed cut mowed shooting gunning killing shoot".split())
_DEAD_OR_DOWN = frozenset({"dead", "down"})
_STOPPERS = _POLICE | frozenset("cops cop soldiers troops guards forces agents".split())
_OFFICERS_REACH = 5  # words from "officers" to "fatally shot them"


def read_stopped(c: Clauses) -> None:
    """Add those of "before police shot them dead": the attackers, as many as the text tells."""
    for i, word in enumerate(c.lowers):
        if word != "them" or c.word(i - 1) not in _STOP_VERBS:
            continue
        killed = (
            c.word(i + 1) in _DEAD_OR_DOWN or "kill" in c.word(i - 1) or c.word(i - 2) == "fatally"
        )
        near = c.lowers[max(0, i - _OFFICERS_REACH) : i - 1]
        if killed and not _STOPPERS.isdisjoint(near):
            party = Party.by_pronoun(i, None)
            last = i + (c.word(i + 1) in _DEAD_OR_DOWN)
            c.drafts.append(Draft("killed", party, i - 1, last, "active", 0.7, by_force=True))


def attackers_number(read: Sequence[Clauses]) -> int | None:
    """The number of attackers, if all numbers given for them in the text are one."""
    numbers = {
        p.quantity.min
        for c in read
        for p in c.parties
        if p.perpetrator
        and p.plural
        and p.numbered
        and p.quantity.exact
        and p.part_of is None
        and not p.quantity.vague
        and p.quantity.min
        and p.quantity.min > 1
    }
    return numbers.pop() if len(numbers) == 1 else None


def told_attackers(c: Clauses, drafts: list[Draft]) -> list[Draft]:
    """The drafts of a sentence with those on the attackers' side whom it tells to be so."""
    told: list[Draft] = []
    for draft in drafts:
        if not draft.party.perpetrator and (
            _goes_on(c, draft, drafts) or (_by_police(c, draft) and _after_deed(c, draft))
        ):
            draft = replace(draft, party=draft.party._replace(perpetrator=True, group=None))
            if draft.rule == "active":  # "killed 13 of them": all who fell, no part of a total
                draft = replace(draft, subset=False)
        told.append(draft)
    return told


def may_be_attacker(c: Clauses, draft: Draft) -> bool:
    """Whether the police killed the one whom a text goes on to call "the driver", "the man"."""
    party = draft.party
    return (
        draft.effect == "killed"
        and not party.perpetrator
        and not party.numbered
        and not party.plural
        and party.definite
        and party.group not in _NEVER
        and not draft.subset
        and _by_police(c, draft)
    )


def stopped_attackers(found: list[Finding], stopped: Sequence[int]) -> list[Finding]:
    """The findings, those at ``stopped`` on the attackers' side where others were killed."""
    others = max(
        (
            value.min or 0
            for at, finding in enumerate(found)
            if at not in stopped
            and isinstance(value := finding.value, CasualtyValue)
            and value.effect == "killed"
            and value.who == "victims"
            and not finding.hypothetical
            and not finding.denied
        ),
        default=0,
    )
    if others < _LEAST_DEAD:
        return found
    changed = list(found)
    for at in stopped:
        value = changed[at].value
        assert isinstance(value, CasualtyValue)
        own = structs.replace(value, who="perpetrators", group=None)
        changed[at] = structs.replace(changed[at], value=own)
    return changed


def _goes_on(c: Clauses, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """ "One blew himself up; the other two were shot", "killed six attackers and captured one" """
    party = draft.party
    if _meant(c, draft):
        return True
    before = [d for d in drafts if d.last < party.start and (d.own_hand or d.party.perpetrator)]
    if not before or (party.human is True and party.group is not None):
        return False
    words = c.lowers[max(0, party.start - 2) : party.end]
    if "the" in words and not {"other", "others", "remaining", "rest"}.isdisjoint(words):
        return True
    near = max(before, key=lambda d: d.last)
    if party.part_of in ("whom", "them") and near.party.numbered and near.party.plural:
        return draft.subset  # "three attackers, one of whom detonated his vest"
    bare = party.human is None and party.end == party.quantity.end and party.part_of is None
    return bare and near.rule == draft.rule == "active" and draft.first - near.last <= 2


def _meant(c: Clauses, draft: Draft) -> bool:
    """ "hunted the attackers and killed 13 of them", "the attackers fired; one was killed" """
    party = draft.party
    bare = party.human is None and party.end == party.quantity.end and party.part_of is None
    alone = (bare and party.numbered) or c.word(party.start) == "another"
    of_them = party.part_of == "them" and draft.rule == "active"
    if not (of_them or (alone and c.word(party.start - 1) in (";", "and"))):
        return False
    words = (c.lowers[k] for k in range(party.start - 1, -1, -1))
    nearest = next((noun for w in words if (noun := nouns().get(w)) and noun.plural), None)
    return nearest is not None and nearest.perpetrator and (of_them or ";" in c.lowers)


def _by_police(c: Clauses, draft: Draft) -> bool:
    """Whether police are told to be the ones who shot."""
    if draft.rule == "active":
        before = c.lowers[max(0, draft.first - 4) : draft.first]
        return not _POLICE.isdisjoint(before) and not {",", "and", "who"} & set(before[-2:])
    after = c.lowers[draft.last + 1 : draft.last + 9]
    for at, word in enumerate(after):
        if word in (".", ";", ","):
            return False
        if word in ("by", "with"):
            return not _POLICE.isdisjoint(after[at + 1 : at + 6])
    return False


def _after_deed(c: Clauses, draft: Draft) -> bool:
    """ "... was shot dead by police after killing 84", "shot the driver, who had killed 84" """
    if draft.party.numbered or draft.party.plural or draft.effect not in ("killed", "hit"):
        return False
    for k in range(draft.last + 1, min(len(c.lowers), draft.last + 12)):
        if c.lowers[k] not in _AFTER:
            continue
        following = c.lowers[k + 1 : k + 1 + _REACH]
        if not following:
            continue
        if following[0] in _DEEDS:
            return True
        if c.lowers[k] != "who" and following[0] != "he" and following[0] != "she":
            continue
        own = following if c.lowers[k] == "who" else following[1:]
        if own[:1] and (own[0] in _DID or (own[0] == "had" and own[1:2] and own[1] in _DID)):
            return True
    return False
