"""Who "the head of a local hospital" is, where a report gives a name elsewhere.

"The head of a hospital said ten had died. … Ann Bell, the hospital's director, said": one
source, not two. Only an office at a body counts, and only where one name alone has it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.reading.attribution.naming import Named, names_in
from dateline.reading.attribution.registry import Registry, Word, words_of
from dateline.reading.attribution.source_nouns import nouns
from dateline.reading.attribution.spokespeople import OFFICES, Holder, holder
from dateline.reading.prepared import Prepared

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


Office = tuple[str, str]
"""What somebody is, and the kind of body where: ("head", "hospital")."""


class Offices:
    """Who has which office in a report; each is looked up once."""

    def __init__(self, prepared: Prepared, registry: Registry) -> None:
        self._prepared = prepared
        self._registry = registry
        self._holders: dict[tuple[str, ...], Holder | None] = {}
        self._named: dict[Office, list[Named]] = {}

    def holder_of(self, words: Sequence[Word], at: int) -> list[Named] | None:
        """Whom "the president" or "the head of a hospital" at an offset means; None for nobody."""
        office = tuple(word.key for word in words[1:])
        if words[0].key == "the" and len(office) in (1, 2) and office[-1] in OFFICES:
            if office not in self._holders:
                self._holders[office] = holder(self._prepared, self._registry, office)
            found = self._holders[office]
            if found and found.start < at < found.end:
                return [found.named]
        body = office_at(words)
        if body is None:
            return None
        if body not in self._named:
            self._named[body] = named_elsewhere(body, self._prepared.text, self._registry)
        return self._named[body] or None


def office_at(words: Sequence[Word]) -> Office | None:
    """The office that some words name, where they give neither a name nor a body's name."""
    if len(words) > _LONGEST or any(word.text[:1].isupper() for word in words[1:]):
        return None
    return _office(words)


def named_elsewhere(wanted: Office, text: str, registry: Registry) -> list[Named]:
    """The one person to whom a report gives an office; else empty."""
    found: dict[str, Named] = {}
    for pattern in (_BEHIND, _BEFORE):
        for match in pattern.finditer(text, 0, _SEARCHED):
            if _office(words_of(match["office"])) != wanted:
                continue
            made = names_in(match["name"], registry)
            if len(made) == 1 and made[0].person and made[0].source.kind == "person":
                surname = words_of(made[0].source.name)[-1].key
                found.setdefault(surname, made[0])
    return list(found.values()) if len(found) == 1 else []


def _office(words: Sequence[Word]) -> Office | None:
    kinds, people = nouns().kinds, nouns().roles["people"]
    keys = [word.key for word in words]
    offices = [key for key in keys if key in _LEADS or (key in people and not key.endswith("s"))]
    bodies = [key for key in keys if kinds.get(key) == "organisation" and key not in offices]
    if len(bodies) != 1 or not offices:
        return None
    return ("head" if offices[0] in _LEADS else offices[0]), bodies[0]
