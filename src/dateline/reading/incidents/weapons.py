"""With what: weapons named in a report, with their type."""

from __future__ import annotations

import re
from functools import cache

from dateline.model import Span, WeaponValue
from dateline.reading.finding import Finding
from dateline.reading.lexicon import alternation, load, signs
from dateline.reading.prepared import Prepared, Sentence

# What makes a thing a weapon that is none by itself ("with a hammer", "drove a van into").
_USE = (
    r"(?:with|using|used|wielding|wielded|brandishing|armed\s+with|fired|firing|launched|launching|"
    r"threw|throwing|hurled|hurling|by|drove|driving|rammed|ramming|ploughed|plowed|ploughing|"
    r"plowing|doused\s+with|poured|hijacked|stole)"
)
_FILLER = r"(?:\s+(?:an?|the|his|her|their|some|several|two|three|\w+-\w+|\w+)){0,3}?"
_MOWED = re.compile(
    r"\b(?:drove|driv\w+|ramm\w+|plou?gh\w*|crash\w+|slamm\w+|mow\w+|barrel\w+|careen\w+|veer\w+|"
    r"r[au]n\s+(?:over|down)|hit|struck)\b[^.]{0,60}?"
    r"\b(?:into|through|over|down|at)\b[^.]{0,50}?"
    r"\b(?:crowd\w*|people|pedestrian\w*|cyclist\w*|shopper\w*|reveller\w*|reveler\w*|"
    r"protester\w*|tourist\w*|worshipper\w*|bystander\w*|stop|pavement|sidewalk|market|soldiers|police)\b",
    re.IGNORECASE,
)
# Words that turn a weapon into something else ("gun control", "drone footage").
_NO_WEAPON_AFTER = re.compile(
    r"\s*-?\s*(?:down\b|control|laws?|lobby|rights|owners?|ownership|shop|store|dealer|sales?|shows?|safety|"
    r"policy|debate|footage|video|disposal|squad|squads|threats?|scares?|hoax|shelter|program|programme|"
    r"tests?|testing|defen[cs]e|shield|owner|licen[cs]e|permit|reform|restrictions|legislation|"
    r"lobbyist|industry|makers?|manufacturers?|salute|violence|background|advocates?|actions|"
    r"regulations?|tragedies|dealers?|groups?|associations?|buyers?|purchases?|points?|trains?|"
    r"enthusiasts?|robots?|culture|ban|bans|crimes?|factory|range|ranges|battles?)\b",
    re.IGNORECASE,
)


# None was there ("no gun was found"), it was none ("fake explosive belts"), or it is in a name
# ("Alcohol, Tobacco, Firearms and Explosives", "the Royal Artillery").
_NO_WEAPON_BEFORE = re.compile(
    r"\b(?:no|neither|nor|without(?:\s+any)?|found\s+no)\s+(?:[a-z]+\s+){0,2}(?:\w+\s+(?:n?or)\s+)?\Z"
    r"|\b(?:fake|dummy|toy|imitation|replica|hoax|mock|pretend)\s+(?:[\w-]+\s+)?\Z"
    r"|\bTobacco,\s+(?:Firearms\s+and\s+)?\Z|\bRoyal\s+(?:Horse\s+)?\Z",
    re.IGNORECASE,
)


@cache
def _patterns() -> tuple[re.Pattern[str], frozenset[str], dict[str, str], frozenset[str]]:
    types: dict[str, str] = {}
    wielded: set[str] = set()
    for kind, lists in load("weapons").items():
        for entry in lists.get("always", ()):
            types[_key(entry)] = kind
        for entry in lists.get("wielded", ()):
            types.setdefault(_key(entry), kind)
            wielded.add(_key(entry))
    pattern = re.compile(rf"(?<![\w-])(?:{alternation(types)})(?![\w-])", re.IGNORECASE)
    return pattern, signs(types), types, frozenset(wielded)


def _key(words: str) -> str:
    return " ".join(words.casefold().split())


def find_weapons(prepared: Prepared) -> tuple[Finding, ...]:
    """Weapons in text order, each with the sentence it stands in as evidence."""
    pattern, signs_of, types, wielded = _patterns()
    found = []
    for sentence in prepared.sentences:
        if signs_of.isdisjoint(sentence.words):
            continue
        for m in pattern.finditer(sentence.text):
            key = _key(m.group())
            kind = types[key]
            if _NO_WEAPON_AFTER.match(sentence.text, m.end()):
                continue
            if _NO_WEAPON_BEFORE.search(sentence.text[: m.start()][-40:]):
                continue
            if key in wielded and not _is_wielded(sentence, m, kind):
                continue
            found.append(
                Finding(
                    kind="weapon",
                    value=WeaponValue(type=kind, description=" ".join(m.group().split())),
                    span=sentence.span,
                    anchor=Span(sentence.start + m.start(), sentence.start + m.end()),
                    rule=f"weapons:{'wielded' if key in wielded else 'always'}",
                )
            )
    return tuple(found)


def _is_wielded(sentence: Sentence, m: re.Match[str], kind: str) -> bool:
    if kind == "vehicle":
        # A vehicle is a weapon only where people are driven at; a crash is none.
        return _MOWED.search(sentence.text) is not None or (
            re.match(r"\s*-?\s*(?:ramming|attack)", sentence.text[m.end() :], re.IGNORECASE)
            is not None
        )
    before = sentence.text[max(0, m.start() - 60) : m.start()]
    return re.search(rf"\b{_USE}{_FILLER}\s+$", before, re.IGNORECASE) is not None
