"""What the drafts of a sentence come to: what "shot" means, what "the total" counts.

Drafts that are surely no figure are dropped here: shares ("nine in ten"), patients sent
home, the hospital where somebody died.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from msgspec import structs

from dateline.model import CasualtyValue
from dateline.reading.finding import Finding
from dateline.reading.harm.clauses import LONGEST
from dateline.reading.harm.sentence import GOVERNING, Clauses, Draft
from dateline.reading.harm.verbs import lexicon
from dateline.reading.prepared import Prepared

_WOUND_WORDS = frozenset(
    "wounded injured hospital hospitals leg legs arm arms shoulder foot hand hands survived"
    " condition wounds injuries treated recovering stable surgery abdomen thigh back stomach"
    " hospitalized hospitalised non-life-threatening knee buttocks ankle".split()
)
_RATES = frozenset({("of", "every"), ("in", "every"), ("in", "each")})
_TOLLS = frozenset({"killed", "injured", "missing", "casualties"})
_STILL = frozenset("still remain remains remained".split())
_WARDS = frozenset("hospital hospitals treated clinic medical doctors care".split())
_BY_POLICE = frozenset("questioned questioning bail bailed arrested arrest caution".split())
_WHOLES = {
    "injured": "injured",
    "wounded": "injured",
    "dead": "killed",
    "killed": "killed",
    "deceased": "killed",
    "missing": "missing",
}
_PRISONS = frozenset("prison prisons jail jails custody cells cell detention police".split())
_TREATED_FOR = frozenset(
    "scene released shock inhalation burns minor discharged chlorine gas sarin chemical poisoning"
    " smoke exposure bruises cuts fractures breathing".split()
)
_DIED_REACH = 14  # words from "wounded" to "later died"
_DEAD = frozenset("died pronounced declared succumbed".split())
_DEATH_WORDS = frozenset("died dead dies killed fatally killing death fatal".split())
_SPOT = frozenset("scene spot instantly outright immediately site".split())

_NEXT_CLAUSE = frozenset(
    ", ; : and but while when as after who whom whose that which said before where".split()
)


def settled(
    c: Clauses, prepared: Prepared, last_effect: str, told: Mapping[str, set[int]]
) -> list[Draft]:
    """Settle what "shot" and "the total" mean, and drop what is surely no figure."""
    done: list[Draft] = []
    for draft in c.drafts:
        if draft.effect == "again":
            before = [d for d in done if d.last < draft.first and d.effect in _TOLLS]
            if last_effect not in told and not before:
                continue
            draft = replace(draft, effect=before[0].effect if before else last_effect)
        if draft.effect == "killed" and _is_gunned_down(c, draft):
            draft = replace(draft, effect="casualties")
        if draft.effect == "hit" and any(
            d.effect == "killed" and d.party.quantity.core == draft.party.quantity.core
            for d in c.drafts
        ):
            continue  # "a woman stabbed in the attack died"
        if draft.effect == "hit":
            if _is_open(c, draft):
                continue
            draft = replace(draft, effect=_outcome(c, draft, prepared))
        elif draft.effect == "total":
            draft = replace(draft, effect=last_effect)
        if (
            draft.rule == "passive"
            and c.word(draft.last) == "treated"
            and not (_WOUND_WORDS - {"treated"}) & set(c.lowers) - set()
            and not _TREATED_FOR & set(c.lowers)
        ):
            continue
        if c.word(draft.last) in lexicon().transport and {"died", "dead", "dies"} & set(
            c.lowers[draft.last : draft.last + 14]
        ):
            continue  # the hospital is where they died
        if draft.effect == "abducted" and _in_prison(c, draft):
            continue
        between = set(c.lowers[draft.party.end : draft.last])
        if draft.effect == "missing" and "found" in between and "not" not in between:
            continue  # "bodies were found under the rubble"
        if _is_rate(c, draft) or _is_not_so(c, draft) or _is_discharged(c, draft):
            continue
        if draft.effect == "injured" and _died_later(c, draft):
            if not draft.party.numbered:
                continue  # the clause of the death counts the one
            draft = replace(draft, effect="killed")
        if _all_but(c, draft):
            continue
        if draft.effect == "injured" and _died_there(c, draft, done):
            draft = replace(draft, effect="killed")
        if draft.effect == "killed" and _of_the_wounded(c, draft):
            draft = replace(draft, subset=True)
        if draft.effect == "injured" and _still_so(c, draft):
            draft = replace(draft, subset=True)
        if _WHOLES.get(draft.party.part_of or "") == draft.effect:
            draft = replace(draft, subset=True)  # "22 of the injured were fighting for their lives"
        if draft.party.part_of == "victims" and draft.effect == "killed":
            # "39 of the victims died inside the club", of 49 dead told before
            more = (draft.party.quantity.max or 0) < max(told.get("killed", ()), default=0)
            draft = replace(draft, subset=draft.subset or more)
        if _and_the_other_victims(c, draft, done):
            draft = replace(draft, subset=True, more=False)
        if draft.effect == "casualties" and _in_wards(c, draft):
            draft = replace(draft, effect="injured")  # "33 casualties were taken to hospital"
        done.append(draft)
    return done


def _and_the_other_victims(c: Clauses, draft: Draft, done: list[Draft]) -> bool:
    """ "Sixty of the victims died at the scene and 24 others died in hospital": of them all"""
    if not draft.party.more or not done or c.word(draft.party.start - 1) not in ("and", ","):
        return False
    host = done[-1]
    return host.subset and host.effect == draft.effect and host.party.part_of in ("victims", "dead")


_WARD_REACH = 8  # words from "casualties" to the hospital they are brought to


def _in_wards(c: Clauses, draft: Draft) -> bool:
    hospitals = lexicon().hospitals
    near = c.lowers[draft.last + 1 : draft.last + 1 + _WARD_REACH]
    told = draft.rule == "counted noun" and draft.party.numbered and draft.party.quantity.max != 0
    moved = next((k for k, w in enumerate(near) if w in lexicon().transport), None)
    return told and moved is not None and not hospitals.isdisjoint(near[moved:])


_GUNNED = frozenset("gunned gunning guns gun mowed mowing mown".split())


def _is_gunned_down(c: Clauses, draft: Draft) -> bool:
    """ "Gunning down hundreds of fans": shot, with no count of who died"""
    many = draft.party.quantity.group and draft.party.quantity.max is None
    words = c.lowers[draft.first : draft.last + 1]
    return many and "down" in words and not _GUNNED.isdisjoint(words)


def _died_there(c: Clauses, draft: Draft, before: list[Draft]) -> bool:
    """ "Twelve people died at the scene and another in hospital" """
    if draft.rule != "state" or draft.party.end + 1 != draft.last or not before:
        return False
    host, link = before[-1], c.word(draft.party.start - 1)
    near = c.lowers[host.last : draft.party.start]
    spoken = host.effect == "killed" and not _SPOT.isdisjoint(near)
    return spoken and link in ("and", ",", "while") and c.word(draft.last) in _WARDS


def _all_but(c: Clauses, draft: Draft) -> bool:
    """ "All but three of the 15 were killed": the three were not"""
    at = draft.party.start
    return c.lowers[max(0, at - 2) : at] in (
        ["all", "but"],
        ["everyone", "but"],
        ["everybody", "but"],
    )


def _in_prison(c: Clauses, draft: Draft) -> bool:
    """ "Five commanders held in government prisons" are in the hands of the state"""
    near = c.lowers[draft.last : draft.last + 8]
    return "held" in near[:1] and not _PRISONS.isdisjoint(near)


def _of_the_wounded(c: Clauses, draft: Draft) -> bool:
    """ "One of the wounded has died": a part of the dead; a total beside it may count it"""
    after = c.lowers[draft.party.quantity.end : draft.party.quantity.end + 3]
    return after[:1] == ["of"] and not {"wounded", "injured"}.isdisjoint(after[1:])


def _still_so(c: Clauses, draft: Draft) -> bool:
    """ "Two are still in hospital": how many of the wounded are, not how many were hurt"""
    end = min(max(draft.last + 1, draft.party.end + 3), len(c.lowers))
    at = next((k for k in range(draft.party.end, end) if c.lowers[k] in _STILL), 0)
    return at > 0 and not (_WOUND_WORDS | _WARDS).isdisjoint(c.lowers[at + 1 : at + 6])


def _is_rate(c: Clauses, draft: Draft) -> bool:
    """ "58 of every 100,000", "nine in ten": a share, not a count"""
    after = tuple(c.lowers[draft.party.quantity.end : draft.party.quantity.end + 2])
    return after in _RATES or (after[:1] == ("in",) and after[1:] in (("ten",), ("10",)))


def _is_not_so(c: Clauses, draft: Draft) -> bool:
    """ "She was not released": nobody was, and a release of nobody is no figure"""
    freed = draft.effect in ("released", "captured", "abducted")
    return freed and "not" in c.lowers[max(0, draft.last - 2) : draft.last + 1]


def _is_discharged(c: Clauses, draft: Draft) -> bool:
    """ "Treated and released", "released from hospital": no captives"""
    if draft.effect != "released" or draft.party.group in ("hostages", "prisoners"):
        return False
    near = c.lowers[max(0, draft.first - 3) : draft.last + 7]
    return any(w in _WARDS or w in _BY_POLICE for w in near)


def _died_later(c: Clauses, draft: Draft) -> bool:
    """ "Three of those wounded in the attack died in hospital" """
    after = c.lowers[draft.last + 1 : draft.last + 1 + _DIED_REACH]
    told = c.lowers[draft.party.end : draft.party.end + 2] == [",", "who"]
    if told and not draft.party.numbered and "and" not in after:
        # "The man, who was taken to hospital in pain, was pronounced dead"
        return not _DEAD.isdisjoint(after)
    for word in after:
        if word in _NEXT_CLAUSE:
            return False
        if word in ("died", "succumbed"):
            return True
    return False


def _is_open(c: Clauses, draft: Draft) -> bool:
    """Of one who "was struck", what came of it is told elsewhere."""
    one = not draft.party.numbered and c.word(draft.last) in ("hit", "struck")
    return one and not _in_a_limb(c, draft) and not _lives_on(c, draft)


_RECOVERY = frozenset("survive survived survives recover recovered recovering stable".split())


def _lives_on(c: Clauses, draft: Draft) -> bool:
    """ "Was hit in the head by a stray bullet but is expected to survive" """
    return not draft.party.definite and not _RECOVERY.isdisjoint(c.lowers[draft.last :])


def _in_a_limb(c: Clauses, draft: Draft) -> bool:
    """ "was shot in the leg" """
    at = draft.last + 1
    limbs = lexicon().limbs
    return c.word(at) in ("in", "on") and not limbs.isdisjoint(c.lowers[at + 1 : at + 5])


def _outcome(c: Clauses, draft: Draft, prepared: Prepared) -> str:
    if draft.own_hand:
        return "killed"
    here = c.sentence.index
    near = set(c.lowers)
    if _in_a_limb(c, draft) or _lives_on(c, draft):
        return "injured"
    for beside in prepared.sentences[max(0, here - 1) : here + 2]:
        near.update(t.lower for t in beside.tokens[:LONGEST])
    return "injured" if near & _WOUND_WORDS and not near & _DEATH_WORDS else "casualties"


def patients_unnamed(c: Clauses, draft: Draft, violent: bool) -> bool:
    """ "The clinic treated 2,000 people": hurt only where a text tells of harm, not of heat."""
    if draft.rule not in ("frame", "patients of a name") or draft.effect != "injured":
        return False
    words = set(c.lowers)
    if (draft.party.quantity.min or 0) >= _CROWD:
        return True  # "medical tents treated 2,000", of a race
    if not lexicon().illness.isdisjoint(words) or not _WEATHER.isdisjoint(words):
        return True
    return not violent and lexicon().violence.isdisjoint(words - _WARDS - {"emergency", "fire"})


_CROWD = 1000
_WEATHER = frozenset("heat heatwave heatstroke dehydration malnutrition hunger sunstroke".split())


def none_was(c: Clauses, draft: Draft) -> bool:
    """ "None of the dead was a civilian", "not one of the victims": says who, counts nobody"""
    party = draft.party
    if draft.rule == "state" and draft.effect == "injured" and party.quantity.max == 0:
        return True  # "none of them in a critical condition" says how they are
    none_of = party.quantity.max == 0 and c.word(party.quantity.end) == "of"
    if none_of and draft.rule != "passive" and "those" in c.lowers[party.start : draft.last]:
        return True  # "none of those injured was in danger"
    if not draft.subset or party.quantity.max != 1:
        return False
    if c.word(party.start - 1) == "not":
        return True
    k = party.start - 1
    while not party.numbered and k >= 0 and c.lowers[k] not in _NEXT_CLAUSE:
        if c.lowers[k] in ("none", "neither"):
            return c.word(k + 1) == "of"
        k -= 1
    return False


_GENERIC = frozenset("nobody none one people person".split())


def is_none_of_a_few(c: Clauses, draft: Draft) -> bool:
    """ "Nobody on the ground was hurt", "none of the pupils", "no officers": of some, not of all"""
    party = draft.party
    if party.quantity.max != 0 or draft.effect not in ("killed", "injured"):
        return False
    if draft.rule not in ("passive", "intransitive", "state"):
        return False
    generic = c.word(party.end - 1) in _GENERIC and c.word(party.quantity.end) != "of"
    return not generic or c.word(party.end) in GOVERNING


def none_of_a_few(found: list[Finding], few: Sequence[int]) -> list[Finding]:
    """The findings, those at ``few`` marked as parts where a text tells that others were hurt.

    See :func:`is_none_of_a_few`: how many were hurt in all, they do not say.
    """
    hurt = any(
        isinstance(f.value, CasualtyValue)
        and f.value.who == "victims"
        and f.value.effect in ("killed", "injured")
        and (f.value.min or f.value.max or 0) > 0
        and not f.hypothetical
        and not f.denied
        for f in found
    )
    if not hurt:
        return found
    changed = list(found)
    for at in few:
        value = changed[at].value
        assert isinstance(value, CasualtyValue)
        changed[at] = structs.replace(changed[at], value=structs.replace(value, subset=True))
    return changed
