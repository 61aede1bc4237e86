"""Whether a vehicle that hit people on foot was driven at them, or ran off the road.

The first report of a ramming says "mounted the sidewalk" and "struck pedestrians", as that of
an accident does. What tells them apart stands elsewhere in it: "deliberate", a charge of
murder, a headline that says "attack"; against it drink, a seizure, the brakes.
"""

from __future__ import annotations

import re

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
