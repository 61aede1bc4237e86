"""From spans to chains: who says it, from the publisher in to the root.

A chain begins with the publisher, goes on with those who pass the words on (an outer
attribution, "told Reuters", "citing …"), and ends with the root. A claim that the report
makes in its own voice has the publisher alone. Names are those of the registry where it
knows the source, else the words of the text.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

import msgspec

from dateline.model import Attribution, Chain, Span
from dateline.reading.attribution.chain_index import ChainIndex
from dateline.reading.attribution.clauses import LONGEST, Clause, Words
from dateline.reading.attribution.conduits import REACH, Conduits
from dateline.reading.attribution.coreference import Memory
from dateline.reading.attribution.credited import source_named, sources_in, sources_of
from dateline.reading.attribution.cue_words import cue_words, strength_of
from dateline.reading.attribution.naming import (
    Named,
    cleaned,
    head_of,
    names_in,
    nouns,
)
from dateline.reading.attribution.publishing import UNKNOWN_PUBLISHER, base_chain, joined
from dateline.reading.attribution.registry import Registry, registry_in_use, words_of
from dateline.reading.prepared import Prepared, Sentence

__all__ = [
    "UNKNOWN_PUBLISHER",
    "ChainIndex",
    "base_chain",
    "chains_of",
    "resolve_chains",
    "source_named",
    "sources_in",
    "sources_of",
]

UNNAMED = "unnamed source"

_CITING = re.compile(r"\b(?:citing|quoting|cited|referring to)\s+", re.IGNORECASE)
_AS_SAYING = re.compile(r"\b(?:quoted|quotes|quoting|cited|cites)\s+", re.IGNORECASE)
_LEAD = re.compile(r"\W{0,3}(?:citing|quoting)\s+", re.IGNORECASE)
# The one before these words is no speaker, whoever speaks.
_SPOKEN_OF = re.compile(
    r"\b(?:said|believed|thought|understood|reported|known|feared|presumed|alleged)"
    r"\s+to\s+(?:be|have)\b"
    r"|\b(?:charged\s+with|accused\s+of|suspected\s+of|convicted\s+of|sentenced\s+(?:to|for)"
    r"|wanted\s+for|blamed\s+for|pleaded\s+(?:not\s+)?(?:guilty|no\s+contest))\b",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"\b(?:quote[sd]?|cite[sd]?)\b")
_QUOTED_BY = re.compile(r"\b(?:quoted|cited)\s+(?:\w+\s+)?by\b|\bas\s+saying\s+by\b", re.I)
_IMPERSONAL = re.compile(
    r"\b(?:reported|said|learned|learnt|announced|claimed|alleged|confirmed|reports?|claims?"
    r"|allegations?|rumou?rs)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r",\s+(?P<name>(?:[A-ZÀ-Þ][\w’'-]{1,30}\s){1,3}[A-ZÀ-Þ][\w’'-]{1,30}),\s+(?:as|who)\b"
)
_DEAD = re.compile(r"\s+(?:dead|deceased|killed)\b", re.IGNORECASE)
_ENDS = (".", '"', "”", "!", "?")
_LINES = re.compile(r"\n\s*\n|\r\s*\r")
_CARRIED = 3  # paragraphs
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_LISTED = re.compile(r"(?:,\s+)?\b((?:[\w’'.-]{1,30}\s){0,6}[\w’'.-]{1,30}),\s+\Z")
_DOING = re.compile(r"\w+ing\b", re.I)  # "killing all on board, rescue officials said"
_PASSIVE = re.compile(
    r"(?:was|is|has been|had been|were|been)\s+(?:\w+\s+)?\w+(?:ed|n|nt|ld|id)\b", re.I
)
_AND_CLAUSE = re.compile(r",\s+(?:and|but|while)\s+(?:the\s+|an?\s+)?\Z", re.IGNORECASE)
_OF_THEM = re.compile(r"(?:[\w’'-]+\s+){0,3}of\s+(?:them|whom|those|these|the)\b", re.I)
_THROUGH = frozenset("through via by from to with".split())
_COUNT = re.compile(
    r"(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|some|several)\b", re.I
)  # "three Americans, one Italian and …": the dead, not those who say so
_OPENING = 30  # characters of a sentence before its first source
_LISTED_MOST = 6  # sources before the last two of a list
_LISTED_FAR = 120  # characters


def resolve_chains(
    prepared: Prepared,
    attributions: Sequence[Attribution],
    registry: Registry | None = None,
) -> tuple[Attribution, ...]:
    """The attributions with their ``chains``, one for each source named.

    Each chain starts with the publisher ("unknown publisher" where none is known). An
    attribution without a source of its own has the chain of what it stands in, else the
    publisher's alone, or an unnamed root where the words say that somebody reported it.
    """
    return _Resolver(prepared, attributions, registry or registry_in_use()).resolved()


def chains_of(
    span: Span, prepared: Prepared, attributions: Sequence[Attribution]
) -> tuple[tuple[Chain, ...], Attribution | None]:
    """Who says what stands at ``span``: the chains, and the attribution they come from.

    The innermost attribution whose content holds most of the span; else, inside a
    quotation, the speaker of the quotation before it; else the report itself, and None.
    For many spans of one document build a :class:`ChainIndex` once.
    """
    return ChainIndex(prepared, attributions).of(span)


class _Resolver:
    """Roots in text order first, for what points back; then chains from the outside in."""

    def __init__(
        self, prepared: Prepared, attributions: Sequence[Attribution], registry: Registry
    ) -> None:
        self.prepared = prepared
        self.text = prepared.text
        self.registry = registry
        self.all = tuple(attributions)
        self.memory = Memory(prepared, registry)
        self.base = base_chain(prepared, registry)
        self.conduits = Conduits(
            prepared, registry, self.base[0], self._sentence, self.memory.medium
        )
        self.outer = self._outers()
        self.roots: list[list[tuple[str, ...]]] = [[] for _ in self.all]
        self.empty: set[int] = set()  # "according to preliminary information"
        self.carried: dict[str, tuple[int, tuple[str, ...]]] = {}
        self.made: dict[int, tuple[Chain, ...]] = {}
        self.sources = sorted(one.source[0].start for one in self.all if one.source)

    def resolved(self) -> tuple[Attribution, ...]:
        # The headline last: its "ministry" is the one that the report names.
        order = sorted(range(len(self.all)), key=lambda n: (self._of_headline(n), self._place(n)))
        for number in order:
            self.roots[number] = self._roots(number)
        for number in sorted(range(len(self.all)), key=self._place):
            self._carry(number)
        return tuple(
            msgspec.structs.replace(one, chains=self.made[number])
            for number, one in enumerate(self.all)
        )

    def _of_headline(self, number: int) -> bool:
        one = self.all[number]
        sentence = self.prepared.sentence_at(one.source[0].start) if one.source else None
        return sentence is not None and (
            sentence.title or (sentence.index == 0 and not sentence.text.endswith(_ENDS))
        )

    def _place(self, number: int) -> tuple[int, int]:
        one = self.all[number]
        first = one.source or one.cue or one.content
        return (first[0].start if first else 0), number

    def _outers(self) -> list[int | None]:
        """For each attribution the innermost other one whose content holds it."""
        pieces = sorted(
            (piece.start, piece.end, number)
            for number, one in enumerate(self.all)
            for piece in one.content
        )
        starts = [start for start, _, _ in pieces]
        reach: list[int] = []
        furthest = 0
        for _, end, _ in pieces:
            furthest = max(furthest, end)
            reach.append(furthest)
        outers: list[int | None] = []
        for number, one in enumerate(self.all):
            own = one.source or one.cue
            best: tuple[int, int] | None = None
            if own:
                start, end = own[0].start, max(piece.end for piece in (*own, *one.cue))
                at = bisect.bisect_right(starts, start) - 1
                while at >= 0 and reach[at] >= end:
                    first, last, other = pieces[at]
                    within = first <= start and last >= end and other != number
                    if within and not self._beside(other, first, start):
                        best = min(best or (last - first, other), (last - first, other))
                    at -= 1
            outers.append(best[1] if best else None)
        return outers

    def _beside(self, outer: int, piece: int, start: int) -> bool:
        """Whether a source opens a clause beside the one that its speaker closed.

        "Three died, he said early Friday, and the department later announced that …".
        """
        cue, content = self.all[outer].cue, self.all[outer].content
        if cue and self.all[outer].source and self._later(cue[-1].start, start):
            return True
        if not cue or content[0].start >= cue[0].start or piece < cue[-1].end:
            return False
        between = self.text[cue[-1].end : start]
        return len(between) < REACH and _AND_CLAUSE.search(between) is not None

    def _later(self, cue: int, start: int) -> bool:
        """Whether a source opens a later sentence that is no part of a quotation."""
        here, there = self.prepared.sentence_at(cue), self.prepared.sentence_at(start)
        return (
            here is not None
            and there is not None
            and there.index > here.index
            and start - there.start <= _OPENING
            and not self.memory.is_quoted(start)
        )

    def _words(self, pieces: Sequence[Span]) -> str:
        return " ".join(self.text[start:end] for start, end in pieces)

    def _sentence(self, offset: int) -> Sentence | None:
        """The sentence at an offset, None also where it is too long to be one."""
        found = self.prepared.sentence_at(offset)
        return found if found and found.end - found.start <= LONGEST else None

    def _phrase(self, one: Attribution) -> str:
        """The words of a source, without a caption or a heading that a reader ran into."""
        parts = [_LINES.split(self.text[start:end]) for start, end in one.source]
        anchor = one.cue[0].start if one.cue else one.source[-1].start
        after = one.source[0].start > anchor
        words = parts[0][:1] if after else parts[-1][-1:]
        whole = [lines for lines in parts if len(lines) == 1]
        return " ".join(part[0] for part in whole) if len(whole) == len(parts) else words[0]

    def _listed_before(self, one: Attribution) -> str:
        """The first of a list of sources that a reader took the end of.

        "…, the interior ministry, the civil defence and a hospital source said".
        """
        first = one.source[0].start
        if not one.cue or one.cue[0].start < first or not _AND.search(self._words(one.source)):
            return ""
        sentence = self._sentence(first)
        if sentence is None:
            return ""
        found = ""
        for _ in range(_LISTED_MOST):
            before = _LISTED.search(self.text, max(sentence.start, first - _LISTED_FAR), first)
            if (
                before is None
                or _COUNT.match(before[1])
                or _DOING.match(before[1])
                or _OF_THEM.match(before[1])
                or not self._may_say(before[1])
            ):
                break
            if before.start(1) > sentence.start and before.start() == before.start(1):
                break
            found = f"{before[1]} and {found}"
            first = before.start(1)
        return found

    def _may_say(self, words: str) -> bool:
        """Whether some words name somebody who may be a source."""
        split = words_of(words)
        if not split or any(word.key in cue_words().lists["finite"] for word in split):
            return False
        head = split[head_of(split)]
        return head.key in nouns().kinds or bool(self.registry.find(split, caps=False))

    # -- roots

    def _roots(self, number: int) -> list[tuple[str, ...]]:
        """Conduits and root of each source of one attribution, as names."""
        one = self.all[number]
        if not one.source:
            return self._nobody(number)
        if self._spoken_of(one):
            return []
        phrase = self._listed_before(one) + self._phrase(one)
        country = self._country(number)
        at = one.source[0].start
        named = self._who(number, phrase, country)
        if named is None:
            return []
        if not named and self._of_headline(number):
            named = self.memory.named_below(phrase)
        made = named or self.memory.resolve(phrase, country=country, at=at)
        if made and all(who.empty for who in made):
            self.empty.add(number)
            if self.outer[number] is not None:
                return []
        through = self.conduits.told(one)
        self.memory.heard(through)
        cited = self._cited(number, country)
        paths: list[tuple[str, ...]] = []
        for who in made:
            if self.registry.lookup(who.source.name) is None and _speaks_of_itself(who):
                continue
            names = (*(via.name for via in who.via), who.source.name)
            if cited:
                paths += [(*names, *(v.name for v in c.via), c.source.name) for c in cited]
            else:
                paths.append((*through, *names))
        return paths

    def _spoken_of(self, one: Attribution) -> bool:
        """Whether the source is whom others speak of: "eleven, said to be …", "charged with"."""
        if not one.cue or one.source[-1].end > one.cue[0].start or not one.content:
            return False
        start, end = one.cue[0].start, one.cue[-1].end
        behind = min((piece.start for piece in one.content if piece.start >= end), default=end)
        return _SPOKEN_OF.search(self.text, start, min(behind + 10, start + REACH)) is not None

    def _nobody(self, number: int) -> list[tuple[str, ...]]:
        """No source in the text: an unnamed one if the cue says that there was one."""
        one = self.all[number]
        cue = self._words(one.cue)
        dead = one.cue and _DEAD.match(self.text, one.cue[-1].end)  # "were confirmed dead"
        if self.outer[number] is None and _IMPERSONAL.search(cue) and not dead:
            return [(UNNAMED,)]
        return []

    def _who(self, number: int, phrase: str, country: str | None) -> list[Named] | None:
        """ "Who said", "we", "I": found by place. Empty to go on, None for no other source."""
        words = words_of(cleaned(phrase))
        if words and words[0].key in ("our", "my") and words[0].text.islower():
            return None  # "according to our archives"
        relative = words and words[0].key in ("who", "which", "whose")
        if len(words) == 1 and words[0].key == "it" and self._is_impersonal(number):
            return None
        if len(words) != 1 and not relative:
            return []
        which = nouns().pronouns.get(words[0].key)
        one = self.all[number]
        if which == "we" and not (words[0].key == "us" and words[0].text.isupper()):
            return None
        if which == "who":
            sentence = self._sentence(one.source[0].start)
            if sentence is None:
                return None
            clause = Clause(sentence, caps=self.prepared.all_caps)
            at = next((k for k, token in enumerate(clause.tokens)
                       if token.start >= one.source[0].start), 0)  # fmt: skip
            while at and clause.low[at - 1] == ",":
                at -= 1
            name = clause.name_left(at)
            if name is None:
                # "The first numbers came from the governor, who wrote …"
                near = range(at - 2, max(0, at - 9), -1)
                after = next((k + 1 for k in near if clause.low[k] in _THROUGH), None)
                name = Words(after, at) if after else None
            if name is None:
                return None
            first = name.first
            if words[0].key == "which":
                # "… through its Amaq agency, which said": the nearest thing.
                first = next((k + 1 for k in range(name.end - 2, first, -1)
                              if clause.low[k] in _THROUGH), first)  # fmt: skip
            start, end = clause.span(Words(first, name.end))
            return self.memory.resolve(self.text[start:end], country=country, at=start)
        return []

    def _is_impersonal(self, number: int) -> bool:
        """ "It was learnt that": nobody in particular."""
        one = self.all[number]
        return bool(one.cue) and _PASSIVE.match(self.text, one.cue[0].start) is not None

    def _country(self, number: int) -> str | None:
        """The state for which a conduit around this attribution speaks."""
        outer = self.outer[number]
        if outer is None or not self.all[outer].source:
            return None
        return self._speaks_for(self._words(self.all[outer].source))

    def _speaks_for(self, phrase: str) -> str | None:
        """The state whose word a source passes on, None where it has none."""
        for named in names_in(phrase, self.registry, caps=self.prepared.all_caps):
            source = named.source
            if source.affiliation in self.registry.adjectives and (
                source.conduit or source.kind in ("official", "military", "channel")
            ):
                return source.affiliation
        return None

    def _cited(self, number: int, country: str | None) -> list[Named]:
        """Whom the source itself cites: "TASS, citing the ministry, said"."""
        one = self.all[number]
        sentence = self._sentence(one.source[-1].end - 1)
        if sentence is None:
            return []
        cue = self._words(one.cue).casefold()
        pattern = _CITING
        if _QUOTED_BY.search(self.text, one.cue[0].start if one.cue else 0, sentence.end):
            return []
        if _QUOTES.search(cue):
            if "saying" not in cue and "saying" not in self.text[one.cue[0].start : sentence.end]:
                return []
            pattern = _AS_SAYING
        begin = one.source[-1].end
        match = pattern.search(self.text, min(begin, one.cue[0].start if one.cue else begin),
                               sentence.end)  # fmt: skip
        speaks = one.source[0].start
        if match is None and pattern is _CITING:
            # "Citing a police source, Interfax reported …"
            match = _LEAD.match(self.text, sentence.start, speaks)
        elif pattern is _CITING and match and self._other_since(begin, match.start()):
            return []
        if match is None or speaks <= match.start() < one.source[-1].end:
            return []
        clause = Clause(sentence, caps=self.prepared.all_caps)
        at = next((k for k, token in enumerate(clause.tokens) if token.start >= match.end()), 0)
        name = clause.name_right(at) if at else None
        if name is None:
            return []
        if match.end() < speaks and (
            clause.span(name).end > speaks or clause.low[name.end : name.end + 1] != [","]
        ):
            return []
        country = self._speaks_for(self._words(one.source)) or country
        start, end = clause.span(name)
        aside = _ASIDE.match(self.text, end, sentence.end)
        if aside and match.end() > speaks:
            end = aside.end("name")  # "quoted the prosecutor, Hamid Karimi, as saying"
        if start < one.source[-1].end and end > one.source[0].start:
            return []
        made = self.memory.resolve(self.text[start:end], country=country, at=start)
        own = {part.source.name for part in names_in(self._words(one.source), self.registry)}
        return [named for named in made if named.source.name not in own and not named.empty]

    def _other_since(self, end: int, offset: int) -> bool:
        """Whether another source stands between the end of one and an offset."""
        at = bisect.bisect_left(self.sources, offset)
        return at > 0 and self.sources[at - 1] >= end

    # -- chains

    def _carry(self, number: int) -> None:
        """A body brought in through a conduit speaks on through it for a few paragraphs.

        "According to TASS, the ministry confirmed …. The ministry further said …": wire
        copy is told on without naming the wire in each sentence.
        """
        one = self.all[number]
        chains = []
        for chain in self._chains(number):
            if one.source and (sentence := self.prepared.sentence_at(one.source[0].start)):
                inner = chain[len(self.base) :]
                if len(inner) == 1 and inner[0] in self.carried:
                    since, through = self.carried[inner[0]]
                    if sentence.paragraph - since <= _CARRIED:
                        chain = joined([*self.base, *through, inner[0]])
                        inner = chain[len(self.base) :]
                if len(inner) > 1 and self.registry.lookup(inner[-2]) is not None:
                    self.carried[inner[-1]] = (sentence.paragraph, inner[:-1])
            chains.append(chain)
        self.made[number] = tuple(dict.fromkeys(chains))

    def _chains(self, number: int) -> tuple[Chain, ...]:
        """The chains of one attribution, those around it first (a loop: they may be many)."""
        path: list[int] = []
        seen: set[int] = set()
        here: int | None = number
        while here is not None and here not in self.made and here not in seen:
            path.append(here)
            seen.add(here)
            here = self._around(here)
        for inner in reversed(path):
            outer = self._around(inner)
            around = self.made.get(outer, (self.base,)) if outer is not None else (self.base,)
            chains = [joined([*chain, *path]) for chain in around for path in self.roots[inner]]
            self.made[inner] = tuple(dict.fromkeys(chains or around))
        return self.made[number]

    def _around(self, number: int) -> int | None:
        """The next attribution outwards that credits somebody and passes on what is said."""
        outer = self.outer[number]
        seen = {number}
        while outer is not None and (outer in self.empty or self._stands_off(outer, number)):
            if outer in seen:
                return None
            seen.add(outer)
            outer = self.outer[outer]
        return outer

    def _stands_off(self, outer: int, number: int) -> bool:
        """Whether somebody does not pass on what is said in the words he speaks of.

        "Rejected claims by the rebels that …"; "the minister said that ten died in the
        attack, which residents blame on rebels".
        """
        one, inner = self.all[outer], self.all[number]
        strength = strength_of(self.prepared, one.cue)
        after = bool(one.cue and inner.cue) and one.cue[0].start > inner.cue[-1].end
        return strength == "denied" or (strength == "alleged" and after)


def _speaks_of_itself(named: Named) -> bool:
    """Whether the words left are a bare pronoun that nothing answers to."""
    words = words_of(named.source.name)
    return len(words) == 1 and words[0].key in nouns().pronouns
