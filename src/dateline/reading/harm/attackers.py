"""Which of those harmed are the ones who did it.

Nouns tell most of them ("the gunman", see groups.toml). This finds those told by other
words: "the driver was shot dead by police after killing 84", "one blew himself up, the
other two were shot", "killed six of the attackers and captured one".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from msgspec import structs

from dateline.model import CasualtyValue
from dateline.reading.finding import Finding
from dateline.reading.harm.sentence import Clauses, Draft
from dateline.reading.people import Party, nouns

_POLICE = frozenset(
    "police officers officer deputies swat gendarmes marksmen policemen policeman constables"
    " sheriff commandos troopers agents".split()
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
_OFFICERS_REACH = 9  # words from "officers" to "fatally shot them"


def read_stopped(c: Clauses) -> None:
    """Add those of "before police shot them dead": the attackers, as many as the text tells."""
    _stopped_himself(c)
    for i, word in enumerate(c.lowers):
        if word not in ("them", "him") or c.word(i - 1) not in _STOP_VERBS:
            continue
        killed = (
            c.word(i + 1) in _DEAD_OR_DOWN or "kill" in c.word(i - 1) or c.word(i - 2) == "fatally"
        )
        near = c.lowers[max(0, i - _OFFICERS_REACH) : i - 1]
        if killed and not _STOPPERS.isdisjoint(near):
            party = Party.by_pronoun(i, 1 if word == "him" else None)
            if word == "him":  # he is one of the attackers only where others were killed
                party = party._replace(perpetrator=False)
            last = i + (c.word(i + 1) in _DEAD_OR_DOWN)
            rule = "stopped" if word == "him" else "active"
            c.drafts.append(Draft("killed", party, i - 1, last, rule, 0.7, by_force=True))


_SHOT_DEAD = (["shot", "dead"], ["killed"], ["shot", "and", "killed"], ["gunned", "down"])


def _stopped_himself(c: Clauses) -> None:
    """ "He ran at the gates and stabbed a guard before he was shot dead" """
    for i, word in enumerate(c.lowers):
        if word not in ("he", "she") or c.word(i - 1) != "before" or c.word(i + 1) != "was":
            continue
        length = next((len(w) for w in _SHOT_DEAD if c.lowers[i + 2 : i + 2 + len(w)] == w), 0)
        if not length or _DID.isdisjoint(c.lowers[:i]):
            continue
        party = Party.by_pronoun(i, 1)._replace(perpetrator=False)
        c.drafts.append(Draft("killed", party, i, i + 1 + length, "stopped", 0.6, by_force=True))


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


def doers(read: Sequence[Clauses]) -> frozenset[int]:
    """The numbers of those whom a text tells to have attacked: "five men who drove at walkers" """
    return frozenset(
        p.quantity.min
        for c in read
        for p in c.parties
        if p.quantity.min
        and p.quantity.min > 1
        and p.quantity.exact
        and p.human
        and p.group not in _NEVER
        and (p.perpetrator or (c.word(p.end) == "who" and c.word(p.end + 1) in _DID))
    )


def told_attackers(
    c: Clauses, drafts: list[Draft], before: Clauses | None, attacked: frozenset[int]
) -> list[Draft]:
    """The drafts of a sentence with those on the attackers' side whom it tells to be so.

    ``before`` is the sentence before it, ``attacked`` the numbers of :func:`doers`.
    """
    told: list[Draft] = []
    for draft in drafts:
        if not draft.party.perpetrator and (
            _goes_on(c, draft, drafts)
            or (_by_police(c, draft) and (_after_deed(c, draft) or _are_doers(draft, attacked)))
            or _of_the_band(c, draft, before)
            or _is_suspected(c, draft)
            or _is_only_one(c, draft)
            or _was_caught(c, draft)
        ):
            draft = replace(draft, party=draft.party._replace(perpetrator=True, group=None))
            if draft.rule == "active":  # "killed 13 of them": all who fell, no part of a total
                draft = replace(draft, subset=False)
        told.append(draft)
    return [d for d in told if not _is_named_after(c, d, told)]


def _is_named_after(c: Clauses, draft: Draft, told: Sequence[Draft]) -> bool:
    """The names of "the three bombers, NAME, NAME and NAME, also died": counted already"""
    return not draft.party.numbered and any(
        d.party.perpetrator
        and d.party.numbered
        and d.party.plural
        and d.effect == draft.effect
        and d.last == draft.last
        and d.party.end <= draft.party.start
        and c.word(d.party.end) == ","
        for d in told
    )


_SUSPECTED = frozenset("suspected accused believed thought wanted alleged".split())


def _is_suspected(c: Clauses, draft: Draft) -> bool:
    """ "The 24-year-old suspected of driving at walkers was shot", "believed to be the shooter" """
    party = draft.party
    if party.numbered or party.plural or c.word(party.end) not in _SUSPECTED:
        return False
    after = c.lowers[party.end + 1 : party.end + 6]
    if after[:1] == ["of"]:
        return True
    return after[:2] == ["to", "be"] and any(w in nouns() and nouns()[w].perpetrator for w in after)


def _was_caught(c: Clauses, draft: Draft) -> bool:
    """ "Six attackers were killed and one was caught alive" """
    party = draft.party
    bare = party.human is None and party.end == party.quantity.end and party.part_of is None
    if draft.effect != "captured" or not bare or not party.numbered:
        return False
    before = [p for p in c.parties if p.end <= party.start and p.plural and p.human]
    return bool(before) and before[-1].perpetrator


def _is_only_one(c: Clauses, draft: Draft) -> bool:
    """ "The bomber was the only one who died" """
    party = draft.party
    if party.quantity.max != 1 or "only" not in c.lowers[party.start : party.end]:
        return False
    subject = c.ends.get(party.start - 1)
    return c.word(party.start - 1) in ("was", "is") and subject is not None and subject.perpetrator


def may_be_attacker(c: Clauses, draft: Draft) -> bool:
    """Whether the police killed the one whom a text goes on to call "the driver", "the man"."""
    party = draft.party
    return (
        draft.effect == "killed"
        and not party.perpetrator
        and not party.numbered
        and not party.plural
        and (party.definite or _is_of_name(c, party))
        and party.group not in _NEVER
        and not draft.subset
        and _by_police(c, draft)
    )


def _is_of_name(c: Clauses, party: Party) -> bool:
    """ "Karim, a 29-year-old guard, died in a gun battle with police" """
    k = party.start - 2
    return k >= 0 and c.word(k + 1) == "," and c.tokens[k].text[:1].isupper()


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
        unknown = {at for at in stopped if found[at].rule.endswith(":stopped")}
        return [finding for at, finding in enumerate(found) if at not in unknown]
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
    joined = not {"after", "before", "while"} & set(c.lowers[near.last : draft.first])
    beside = joined and draft.first - near.last <= 2  # not "kills himself after wounding five"
    return bare and near.rule == draft.rule == "active" and beside


def _are_doers(draft: Draft, attacked: frozenset[int]) -> bool:
    """ "Police killed five" of a text with "five men who drove a car at walkers" """
    quantity = draft.party.quantity
    if not draft.party.numbered or not quantity.exact or draft.party.group in _NEVER:
        return False
    if draft.party.part_of == "them":
        return (quantity.min or 0) < max(attacked, default=0)
    return draft.party.part_of is None and quantity.min in attacked


_BANDS = frozenset({"cell", "gang"})
_HELD = (["in", "custody"], ["under", "arrest"], ["on", "the", "run"], ["at", "large"])
_HELD_REACH = 6  # words from "eight are dead" to "and four in custody"
_OWN_BOMBS = frozenset("bomb bombs own explosives device devices vest vests grenade".split())


def _of_the_band(c: Clauses, draft: Draft, before: Clauses | None) -> bool:
    """ "Twelve men made up the cell. Five of them were shot dead by police, four are held." """
    party = draft.party
    bare = party.human is None and party.end == party.quantity.end and party.part_of is None
    if not party.numbered or not (party.part_of == "them" or bare):
        return False
    after = c.lowers[draft.last + 1 : draft.last + 1 + _HELD_REACH]
    if bare:
        own = any(w == "their" and v in _OWN_BOMBS for w, v in pairwise(after))
        held = any(after[k : k + len(h)] == h for h in _HELD for k in range(len(after)))
        return own or (held and _is_band(c.lowers[: party.start], before))
    return _by_police(c, draft) and _is_band(c.lowers[: party.start], before)


def _is_band(lowers: Sequence[str], before: Clauses | None) -> bool:
    """Whether the people told last, before the words given, are those who attacked."""
    words = [*(before.lowers if before is not None else ()), *lowers]
    for word in reversed(words):
        noun = nouns().get(word)
        if word in _BANDS or (noun is not None and noun.perpetrator):
            return True
        if noun is not None and noun.plural and noun.group is not None and noun.group != "police":
            return False
    return False


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
    if draft.rule == "stopped":
        return True
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
