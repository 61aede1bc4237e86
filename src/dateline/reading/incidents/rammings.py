"""Whether a vehicle that hit people on foot was driven at them, or ran off the road.

The first report of a ramming says "mounted the sidewalk" and "struck pedestrians", as that of
an accident does. What tells them apart stands elsewhere in it: "deliberate", a charge of
murder, a headline that says "attack"; against it drink, a seizure, the brakes.
"""

from __future__ import annotations

import re

from dateline.reading.opening import opening
from dateline.reading.prepared import Prepared, once

_LONGEST = 40_000  # characters searched
_ENOUGH = 2  # points
_ON_FOOT = re.compile(
    r"\b(?:pedestrians?|side-?walks?|pavements?|crowds?|bike path|cycle path|cyclists?|worshippers?"
    r"|worshipers?|protesters?|demonstrators?|shoppers?|revell?ers?|passers-by|promenade)\b",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"\b(?:deliberate(?:ly)?|intentional(?:ly)?|on purpose|terrorist attack|terror attack"
    r"|act of terror(?:ism)?|terrorist act|used as a weapon"
    r"|aimed (?:for|at) (?:people|pedestrians))\b",
    re.IGNORECASE,
)
_UNMEANT = re.compile(
    r"\b(?:not|n[’']t|no|nothing|without|unclear|whether|if|ruled out|rule out|unlikely|doubt\w*)\b"
    r"[^.;]{0,70}$",
    re.IGNORECASE,
)
_MURDER = re.compile(
    r"\b(?:charged|charges?|counts?|suspicion|accused)\b[^.;]{0,60}?"
    r"\b(?<!vehicular )(?:murder|attempted murder|homicide by intent|terroris[mt])\b",
    re.IGNORECASE,
)
_ALONG = re.compile(
    r"\b(?:sped|speeding|drove|driven|accelerated|careered|barrell?ed|raced|tore)\b[^.;,]{0,60}"
    r"\b(?:side-?walk|pavement|bike path|cycle path|promenade|pedestrians?|crowd)s?\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\bdriver\b[^.;]{0,60}\b(?:arrested|custody|fled|at large|shot)\b"
    r"|\b(?:arrested|detained|shot)\b[^.;]{0,30}\bdriver\b",
    re.IGNORECASE,
)
_UNLUCKY = re.compile(
    r"\b(?:drunk\w*|alcohol|intoxicated|under the influence|impaired|breathaly[sz]er?"
    r"|brakes? fail\w*"
    r"|brake failure|medical (?:episode|emergency|event)|seizure|heart attack|fell asleep"
    r"|street rac\w+|drag rac\w+|accidental(?:ly)?|tragic accident|negligent\w*|pedal)\b",
    re.IGNORECASE,
)
_ATTACK = re.compile(r"\b(?:attack|terror|ramm(?:ing|ed|s)|rampage|mows? down|mowed down)\b", re.I)
_VEHICLE = (
    r"(?:vans?|trucks?|lorr(?:y|ies)|cars?|vehicles?|minivans?|suvs?|pick-?ups?|4x4s?|juggernauts?)"
)
_HITS = (
    r"(?:driven (?:\w+ ){0,3}?(?:into|at|through|down|along|over)|plough\w*|plow\w*|ramm\w+|mow\w+"
    r"|career\w*|smash\w+|sped|speeding|zigzag\w*|killed|killing|ran (?:over|down|into)|hit|struck"
    r"|slammed)"
)
_STEERED = (
    r"(?:drove|driving|driven|steered|steering|plough(?:ed|ing)|plow(?:ed|ing)|ramm(?:ed|ing))"
)
_WHICH = r"(?:(?:a|the|his|her|their|an) (?:[\w-]+ ){0,3}?)"
_DRIVEN = re.compile(
    # "A lorry was driven through a crowd", "the van that killed 13", "killed 12 with a truck".
    rf"\b{_VEHICLE}\b(?! (?:bomb|packed|laden|loaded|filled|full|exploded|blew|crash|accident))"
    rf"[^.;]{{0,50}}?\b{_HITS}\b"
    rf"|\b{_STEERED} {_WHICH}{_VEHICLE} (?:\w+ ){{0,2}}?(?:into|at|through|down|along|over)\b"
    rf"|\b(?:killed|killing|injured|attack\w*|hit)\b[^.;]{{0,50}}\bwith {_WHICH}{_VEHICLE}\b"
    rf"|\buse of (?:a )?{_VEHICLE} as (?:a )?weapons?\b",
    re.IGNORECASE,
)
_BOMB = re.compile(r"\b(?:bomb\w*|explo\w+|deton\w+|grenades?)\b", re.IGNORECASE)
_SENTENCES = 12  # that say what the event of a report was
_DRIVEN_TWICE = 2


@once
def is_by_vehicle(prepared: Prepared) -> bool:
    """Whether headline and opening tell of a vehicle as what people were attacked with.

    "The lorry that was driven into a market", "killed 13 with a van": said twice, and beside no
    word of a bomb.
    """
    told = [prepared.document.title or "", *(s.text[:1000] for s in opening(prepared, _SENTENCES))]
    found = sum(bool(_DRIVEN.search(text)) and not _BOMB.search(text) for text in told)
    return found >= _DRIVEN_TWICE


@once
def is_ramming(prepared: Prepared) -> bool:
    """Whether a text that tells of people hit by a vehicle says or implies that it was meant."""
    title = prepared.document.title or ""
    text = f"{title}\n{prepared.text[:_LONGEST]}"
    if not _ON_FOOT.search(text):
        return False
    points = 0
    meant = [m for m in _MEANT.finditer(text) if not _UNMEANT.search(text[: m.start()][-90:])]
    points += 2 * bool(meant) + 2 * bool(_MURDER.search(text)) + 2 * bool(_ATTACK.search(title))
    points += bool(_ALONG.search(text)) + bool(_HELD.search(text))
    points -= 3 * bool(_UNLUCKY.search(text))
    return points >= _ENOUGH
