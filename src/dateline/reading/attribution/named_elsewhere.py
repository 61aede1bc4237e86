"""Who "the head of a local hospital" is, where a report gives a name elsewhere.

"The head of a hospital said ten had died. … Ann Bell, the hospital's director, said": one
source, not two. Only an office at a body counts, and only where one name alone has it.
"""

from __future__ import annotations

import re

from dateline.reading.attribution.naming import Named, names_in
from dateline.reading.attribution.registry import Registry, Word, words_of
from dateline.reading.attribution.source_nouns import nouns

_SEARCHED = 50_000  # characters of a report
_LONGEST = 9  # words of an office
_NAME = r"(?P<name>(?:[A-ZÀ-Þ][\w’'.-]{0,25}\s+){1,3}[A-ZÀ-Þ][\w’'-]{1,25})"
_BEHIND = re.compile(
    rf"\b{_NAME},\s+(?P<office>(?:the|a|an|its|their|his|her|who|[a-z])[^,.;:“”\"\n]{{2,80}})"
)
_BEFORE = re.compile(rf"\b(?P<office>(?:[\w’'-]{{1,25}}\s+){{0,4}}?[a-z]{{3,20}}),?\s+{_NAME}")
_LEADS = frozenset(
    """head heads headed director directs chief boss manager leader leads president chairman
    chairwoman chair principal runs""".split()
)


def named_elsewhere(words: list[Word], text: str, registry: Registry) -> list[Named]:
    """The one person to whom a report gives the office that some words name; else empty."""
    wanted = _office(words)
    if wanted is None or len(words) > _LONGEST:
        return []
    found: dict[str, Named] = {}
    for pattern in (_BEHIND, _BEFORE):
        for match in pattern.finditer(text, 0, _SEARCHED):
            if _office(words_of(match["office"]), leads=True) != wanted:
                continue
            made = names_in(match["name"], registry)
            if len(made) == 1 and made[0].person and made[0].source.kind == "person":
                surname = words_of(made[0].source.name)[-1].key
                found.setdefault(surname, made[0])
    return list(found.values()) if len(found) == 1 else []


def _office(words: list[Word], leads: bool = False) -> tuple[str, str] | None:
    """An office and the kind of body it is at: ("head", "hospital"); None for none."""
    kinds, people = nouns().kinds, nouns().roles["people"]
    keys = [word.key for word in words]
    offices = [key for key in keys if key in _LEADS or (key in people and not key.endswith("s"))]
    bodies = [
        word.key
        for word in words
        if kinds.get(word.key) == "organisation" and word.key not in offices
    ]
    if len(bodies) != 1 or not offices or (not leads and any(
        word.text[:1].isupper() for word in words[1:]
    )):  # fmt: skip
        return None
    return ("head" if offices[0] in _LEADS else offices[0]), bodies[0]
