"""Who "the head of a local hospital" is, where a report gives a name elsewhere.

"The head of a hospital said ten had died. … Ann Bell, the hospital's director, said": one
source, not two. Only an office at a body counts, and only where one name alone has it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from dateline.reading.attribution.introductions import country_of
from dateline.reading.attribution.naming import Named, names_in
from dateline.reading.attribution.registry import Registry, Word, words_of
from dateline.reading.attribution.source_nouns import nouns
from dateline.reading.attribution.spokespeople import OFFICES, SOLE, Holder, holder
from dateline.reading.prepared import Prepared

_SEARCHED = 50_000  # characters of a report
_LONGEST = 9  # words of an office
# Of words on one line or the next; a stop stands only behind an initial or "Jr".
_NAME = (
    r"(?P<name>(?:[A-ZÀ-Þ](?:[\w’'-]{0,25}|\w{0,2}\.)(?:[^\S\n]+|\n(?!\n))){1,3}"
    r"[A-ZÀ-Þ][\w’'-]{1,25})"
)
_BEHIND = re.compile(
    rf"\b{_NAME},\s+(?P<office>(?:the|a|an|its|their|his|her|who|[a-z])[^,.;:“”\"\n]{{2,80}})"
)
_BEFORE = re.compile(rf"\b(?P<office>(?:[\w’'-]{{1,25}}\s+){{0,4}}?[a-z]{{3,20}}),?\s+{_NAME}")
_SPEAKS = re.compile(
    rf"(?!(?:The|A|An|In|But|And)\b){_NAME}\s+(?:said|says|told|added|announced|warned|used|called"
    r"|also)\b"
)
_TOP = 3  # sentences
_SOON, _FAR = 3, 8  # sentences from an office to the name
_OFFICE = 3  # words of one
_AREAS = frozenset(
    """city county town village state region regional province provincial district country nation
    island capital local""".split()
)
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
        self._holders: dict[tuple[tuple[str, ...], str | None], Holder | None] = {}
        self._named: dict[Office, list[Named]] = {}

    def holder_of(self, words: Sequence[Word], at: int) -> list[Named] | None:
        """Whom "the president" or "the head of a hospital" at an offset means; None for nobody.

        "Italy's interior minister" is whom the report calls so, also further down.
        """
        called = self._called(words)
        if called is not None:
            office, nation = called
            if called not in self._holders:
                self._holders[called] = holder(self._prepared, self._registry, office, nation)
            found = self._holders[called]
            if found is not None and self._is_meant(found, office, nation, at):
                return [found.named]
            if found is None and office[-1] in SOLE and (below := self._below(at)):
                return below
        body = office_at(words)
        if body is None:
            return None
        if body not in self._named:
            self._named[body] = named_elsewhere(body, self._prepared.text, self._registry)
        return self._named[body] or None

    def _is_meant(
        self, found: Holder, office: tuple[str, ...], nation: str | None, at: int
    ) -> bool:
        """Whether an office at an offset is that of the one who is called by it.

        Who is named below is meant above, if nobody else has the office. Whose state is not
        said may be anybody's: it is that of the report, or the name follows at once.
        """
        behind = found.start < at < found.end
        if behind and nation is None:
            return True
        here = self._prepared.sentence_at(at)
        there = self._prepared.sentence_at(found.start)
        alone = found.end == len(self._prepared.text) and office[-1] in SOLE
        if here is None or there is None or not (alone or (behind and found.nation)):
            return False
        ahead = there.index - here.index
        if nation is None:
            own = found.nation in (None, self._country)
            return ahead <= _FAR and (own or (self._country is None and ahead <= _SOON))
        if found.nation is not None:
            return found.nation == nation
        return 0 <= ahead <= _SOON or self._country == nation

    @functools.cached_property
    def _country(self) -> str | None:
        return country_of(self._prepared, self._registry)

    def _below(self, at: int) -> list[Named]:
        """Who speaks by full name right below an office that nobody is told to hold.

        "The Afghan president told delegates that …. Ashraf Ghani said …": met for the first
        time and told to be nothing else.
        """
        here = self._prepared.sentence_at(at)
        if here is None or here.index > _TOP:
            return []
        for after in self._prepared.sentences[here.index + 1 : here.index + 2]:
            match = _SPEAKS.match(after.text)
            if match is None:
                return []
            made = names_in(match["name"], self._registry)
            surname = match["name"].split()[-1]
            if len(made) != 1 or made[0].source.kind != "person" or not made[0].person:
                return []
            return made if surname not in self._prepared.text[: after.start] else []
        return []

    def _called(self, words: Sequence[Word]) -> tuple[tuple[str, ...], str | None] | None:
        """The office, and the state whose it is, of "the mayor", "Italy's interior minister"."""
        first = 1 if words[0].key == "the" else 0
        nation = self._registry.nation_at(words, first) if first < len(words) else None
        if nation is not None:
            first += 1
        elif not first:
            return None
        while first < len(words) and words[first].key in _AREAS:
            first += 1
        rest = words[first:]
        if not 1 <= len(rest) <= _OFFICE or rest[-1].key not in OFFICES:
            return None
        return tuple(word.key for word in rest), nation


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
