"""What kind of incident: the type that the words of its scenes speak for most."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.model import CasualtyValue, Scope, Span
from dateline.reading.incidents.events import (
    SURE,
    WEAK,
    Trigger,
    generalisations,
    incident_types,
)
from dateline.reading.incidents.scenes import Scene

TAKING = ("kidnapping", "hostage_taking")
"""The types that tell how captives were taken, in a report of their release."""

CAPTIVITY = (*TAKING, "hostage_release")
"""The types that tell of captives."""

BY_ANYTHING = ("attack", "killing", "massacre")
"""The types that say nothing of the weapon, which a vehicle may have been."""

MEANT = {
    "explosion": "bombing",
    "road_crash": "vehicle_attack",
    **dict.fromkeys(BY_ANYTHING, "vehicle_attack"),
}
"""What an accident is where the report says that it was meant, and an attack by a vehicle."""

_VAGUE = frozenset({"attack", "killing"})
_BY_NO_MEANS = _VAGUE | {"massacre"}  # the types that do not say by what
_RAIDS = frozenset({"attack", "shooting", "massacre", "clash", "killing", "stabbing"})
_BURNED = re.compile(
    r"\b(?:houses|homes|huts|shops|villages|vehicles|cars|buildings|farms|barns|granaries|churches|"
    r"stalls|trucks|tents|property|properties|schools|motorcycles)\b",
    re.IGNORECASE,
)
_MEANS = frozenset(
    "shooting stabbing bombing suicide_bombing vehicle_attack grenade_attack beating".split()
)
_TOLD_MEANS = 2.0  # votes of one plain word below the lead
_BODY_VOTES = 6.0  # most that the words below the lead count for one type


def incident_type(scenes: Sequence[Scene], titled: Sequence[str]) -> str | None:
    """The type most words speak for; a special one takes the votes of its general ones."""
    votes: dict[str, float] = {}
    body: dict[str, float] = {}
    for number, scene in enumerate(scenes):
        lead = scene.lead or scene.sentence.title
        factor = 3.0 if number == 0 and lead else 2.0 if lead else 1.0
        for trigger in scene.triggers:
            weight = factor * trigger.level * (0.3 if trigger.general else 1.0)
            code = trigger.type
            if code in ("shooting", "clash") and _is_by_police(scene, trigger):
                code = _STOPPED
            if code == "killing" and trigger.level == WEAK:
                weight *= 0.2  # "killed" says nothing of how: a falling tree kills too
                code = code if trigger.armed else "accident"
            counted = votes if lead else body
            counted[code] = counted.get(code, 0.0) + weight
    _count_stopped(votes, body)
    led = {trigger.type for scene in scenes[:2] for trigger in scene.triggers}
    for code, weight in body.items():
        votes[code] = votes.get(code, 0.0) + min(weight, _BODY_VOTES)
    first = next((t for scene in scenes for t in scene.triggers if t.level > WEAK), None)
    if titled and first is not None and not scenes[0].lead and not is_kin(first.type, titled):
        first = None  # the headline has said it before
    if scenes[0].lead and scenes[0].counted:
        # A lead that counts the harmed says how, be its word a doubtful one: what burned or
        # fell down afterwards is told after it.
        telling = [t for t in scenes[0].triggers if t.type not in _VAGUE]
        first = next(iter(telling), first)
        if first is not None and first.level == WEAK:
            # "A gunman at the wheel of a truck ploughed into": the deed, not who did it.
            first = next((t for t in telling if _is_sure_deed(t)), first)
    if first is not None and first.type == "grenade_attack":
        # "Threw a grenade which did not go off, and then blew himself up."
        mates = next((s.triggers for s in scenes if first in s.triggers), ())
        first = next((t for t in mates if t.type == "suicide_bombing"), first)
    if first is not None and first.type in votes:
        votes[first.type] += 4.0  # a report opens with what happened
    violent = sum(weight for code, weight in votes.items() if scope_of(code) == "violence")
    if "explosion" in votes and violent > 0.5 * votes["explosion"]:
        votes["bombing"] = votes.get("bombing", 0.0) + votes.pop("explosion")
        led = {"bombing" if code == "explosion" else code for code in led}
    if any(scope_of(code) == "violence" and code not in _BY_NO_MEANS for code in {*led, *titled}):
        # "The attack", told over and over, says less than "a bomb" said once at the top; so
        # does a witness's "massacre".
        for code in _BY_NO_MEANS & set(votes):
            votes[code] *= 0.4
    freed = any(
        t.type == "hostage_release" and t.level == SURE
        for scene in scenes
        if scene is scenes[0] or (scene.lead and not _kills(scenes))
        for t in scene.triggers
    )
    if freed or ("hostage_release" in titled and "hostage_release" in votes):
        # What was taken before is how it began; the news is that they are free.
        votes = {code: weight for code, weight in votes.items() if code not in TAKING}
    for code in titled:
        votes[code] = votes.get(code, 0.0) + 4.0
    if "hostage_taking" in votes and "kidnapping" in votes and not _is_kidnap(scenes):
        votes["hostage_taking"] += votes.pop("kidnapping")  # "held captive" in a siege
    if not votes:
        return None
    if "arson" in votes and _is_raid(scenes):
        del votes["arson"]
    violent = sum(weight for code, weight in votes.items() if scope_of(code) == "violence")
    harmful = sum(weight for code, weight in votes.items() if scope_of(code) == "harm")
    scope: Scope = "violence" if violent >= harmful else "harm"
    votes = {code: weight for code, weight in votes.items() if scope_of(code) == scope}
    order = list(incident_types())
    totals = {
        # Homes burned in passing do not make the attack of the lead an arson.
        code: weight
        + (0.6 if code in led else 0.2)
        * sum(votes.get(above, 0.0) for above in generalisations(code))
        for code, weight in votes.items()
    }
    if "shooting" in totals and "clash" in totals and _lies_in_wait(scenes):
        totals["shooting"] += totals.pop("clash")
    best = max(totals, key=lambda code: (totals[code], -order.index(code)))
    if best in _BY_NO_MEANS:
        # The headline's "bombing" says by what.
        best = next((code for code in titled if code in totals and code not in _BY_NO_MEANS), best)
    if best == "killing":
        # "Six counts of murder" say nothing of the means that another sentence tells.
        means = [code for code in totals if code in _MEANS and totals[code] >= _TOLD_MEANS]
        best = max(means, key=lambda code: (totals[code], -order.index(code)), default=best)
    return best


def _lies_in_wait(scenes: Sequence[Scene]) -> bool:
    """Whether what would be a clash is one gunman's ambush: no two sides that fight."""
    clashes = [
        scene.sentence.text[anchor.start - scene.sentence.start : anchor.end - scene.sentence.start]
        for scene in scenes
        for t in scene.triggers
        if t.type == "clash"
        for anchor in [t.finding.anchor]
    ]
    return all(word.lower().startswith("ambush") for word in clashes) and any(
        _LONE.search(scene.sentence.text) for scene in scenes
    )


_LONE = re.compile(r"\b(?:gunman|shooter|sniper|man (?:who|that)|assailant|attacker)\b", re.I)


def _is_by_police(scene: Scene, trigger: Trigger) -> bool:
    """Whether it is told of what the police did: "the attackers were shot dead by police",
    "stabbed an officer before being shot dead".
    """
    anchor, start = trigger.finding.anchor, scene.sentence.start
    text = scene.sentence.text
    if _is_of_attacker(scene, anchor):
        return True
    if _BEFORE_BEING.search(text, max(0, anchor.start - start - 30), anchor.start - start):
        return True
    if _BY_POLICE.match(text, anchor.end - start):
        return True
    # "stabbed passers-by before police shot them dead"
    told = text[anchor.start - start : anchor.end - start + _OBJECT_REACH]
    before = text[max(0, anchor.start - start - _POLICE_REACH) : anchor.start - start]
    return bool(_POLICE.search(before) and _STOPPED_WHOM.search(told))


def _is_of_attacker(scene: Scene, anchor: Span) -> bool:
    """Whether who is shot is the perpetrator: "the suspect was shot dead near Milan"."""
    beside = [
        harm.value.who
        for harm in scene.harms
        if isinstance(harm.value, CasualtyValue)
        and harm.anchor.start - _AT_HARM <= anchor.start < harm.anchor.end + _AT_HARM
    ]
    return bool(beside) and all(who == "perpetrators" for who in beside)


def _count_stopped(votes: dict[str, float], body: dict[str, float]) -> None:
    """Shots of the police make a shooting only where nothing else is told."""
    stopped = votes.pop(_STOPPED, 0.0), body.pop(_STOPPED, 0.0)
    told = {
        code
        for code in {*votes, *body}
        if code not in _VAGUE and code != "accident" and scope_of(code) == "violence"
    }
    if not told:
        votes["shooting"] = votes.get("shooting", 0.0) + stopped[0]
        body["shooting"] = body.get("shooting", 0.0) + stopped[1]
        for counted in (votes, body):
            if not counted["shooting"]:
                del counted["shooting"]


_STOPPED = "shot by police"
_POLICE_REACH = 30  # characters from "police" to "shot"
_OBJECT_REACH = 20  # characters from "shot" to "the attackers"
_POLICE = re.compile(
    r"\b(?:police(?:m[ae]n)?|officers?|troops|marksm[ae]n|commandos|deputies)\s+(?:\w+\s+)?$", re.I
)
_STOPPED_WHOM = re.compile(
    r"\b(?:him|them|the (?:attackers?|gunm[ae]n|suspects?|assailants?|drivers?|bombers?))\b", re.I
)
_AT_HARM = 30  # characters from the word for the shots to the one who is hit
_BY_POLICE = re.compile(
    r"\s+(?:\w+\s+){0,3}?by\s+(?:[\w-]+\s+){0,2}?(?:police\w*|officers?|troops|marksm[ae]n"
    r"|security|deputies|cops)\b",
    re.IGNORECASE,
)


_BEFORE_BEING = re.compile(r"\b(?:before|until)\s+(?:being|(?:he|she|they)\s+w\w+)\s+$", re.I)


def _is_sure_deed(trigger: Trigger) -> bool:
    """Whether a word tells a deed for certain; burning is what comes after most of them."""
    violent = scope_of(trigger.type) == "violence"
    return trigger.level == SURE and violent and trigger.type != "arson"


def _is_raid(scenes: Sequence[Scene]) -> bool:
    """Whether people were killed in an attack in which houses were burned too.

    An arson is that which kills by its fire: "a man set fire to a studio, killing 33".
    """
    lead = [s for s in scenes if s.lead or s.sentence.title] or scenes[:1]
    attack = any(t.type in _RAIDS and not t.general for s in lead for t in s.triggers)
    killed = any(
        isinstance(h.value, CasualtyValue)
        and h.value.effect == "killed"
        and h.value.who == "victims"
        and (h.value.min or 0) > 0
        for s in lead
        for h in s.harms
    )
    burned = [s.sentence.text for s in scenes if any(t.type == "arson" for t in s.triggers)]
    return attack and killed and all(_BURNED.search(text) for text in burned)


def _is_kidnap(scenes: Sequence[Scene]) -> bool:
    """Whether it is called a kidnapping or an abduction, not only a captivity."""
    return any(_KIDNAP.search(s.sentence.text) for s in scenes if s.triggers)


_KIDNAP = re.compile(r"\b(?:kidnap|abduct)", re.IGNORECASE)


def _kills(scenes: Sequence[Scene]) -> bool:
    """Whether headline or lead counts people killed."""
    return any(
        isinstance(h.value, CasualtyValue) and h.value.effect == "killed" and bool(h.value.min)
        for s in scenes
        if s.lead or s.sentence.title
        for h in s.harms
    )


def is_kin(code: str, others: Sequence[str]) -> bool:
    """Whether a type is one of others, or more or less special than one of them."""
    return any(
        code == other or code in generalisations(other) or other in generalisations(code)
        for other in others
    )


def scope_of(code: str) -> Scope:
    """Whether a type is one of violence or of harm without it."""
    return incident_types()[code].scope
