"""Attribution by plain rules: cue words, and what stands around them.

It works where a learned reader is weak: headlines ("…: ISW"), telegraphic and
upper-case wire text, a name in brackets. cue_join.py joins both readers.
The verbs and word lists are in data/cues.toml; roles are those of PolNeAR, where
the content keeps its "that" and its quotation marks but not the final stop.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator

from dateline.model import Attribution, Span
from dateline.reading.attribution.clauses import LONGEST, QUOTES, Clause, Words
from dateline.reading.attribution.cue_extents import content_end
from dateline.reading.attribution.naming import head_of, nouns
from dateline.reading.attribution.registry import MEDIA, Registry, registry_in_use, words_of
from dateline.reading.attribution.verb_cues import SMALL, VerbCues
from dateline.reading.prepared import Prepared

_HEADLINE_WORDS = 25
_CREDIT = re.compile(
    r"^[ \t>*•–—-]{0,3}(?P<cue>Sources?\s?:)[ \t]{1,3}"
    r"(?P<name>[^\W\d_][^\n\r,;:(]{2,80}?)(?=$|\s+(?:on|via|in|through|as|citing)\b|[\n\r,;:.(])",
    re.IGNORECASE | re.MULTILINE,
)
_THAT_WAS = re.compile(
    r"(?:That|This|Those|These)\s+(?:was|is|were|are)\s+(?:the\s+)?"
    r"(?:account|version|words|testimony|figures?|count|story)\s+(?:\w+\s+)?(?:by|of|from)\s+"
)
_PUT = frozenset({"put", "puts", "gave", "gives", "given"})
_UNDER = re.compile(r"\W{0,3}(?:Details?|Quotes?|Background)\s?:\s", re.IGNORECASE)
_CREDITED = 3_000  # characters
_SPOKE = frozenset({"spoke", "speaks", "spoken"})
_HELPING = frozenset(
    "had has have first earlier initially at later also until now previously already then".split()
)
_TENS = frozenset("thirteen fifteen twenty thirty forty fifty sixty seventy eighty ninety".split())
_PASSIVE = frozenset("was were been is are being".split())
_BY_FAR = 16  # words
_CHANGED = frozenset("raised lowered revised updated increased".split())
_CLAIMED = frozenset(
    """claim claims report reports allegation allegations accusation accusations assertion
    assertions suggestion suggestions""".split()
)
_NO_CLAIMANT = frozenset(
    """the a an any all such these those this that as false baseless untrue unfounded recent earlier
    previous some certain repeated what it they he she calls called""".split()
)
_LEADS = frozenset("and but meanwhile also , [ ] report text however still".split())
_REPORTS_OF = frozenset("amid despite after following were are was received with by of and".split())
_SPEAKERS = frozenset(
    """police official officials minister ministry army military president government mayor
    governor witness witnesses report reports source sources media authorities rebels hospital
    un monitor monitors agency spokesman spokeswoman prosecutor prosecutors sheriff fbi medics
    residents survivors survivor activists doctors coroner court study survey""".split()
)


def find_cued(prepared: Prepared, registry: Registry | None = None) -> tuple[Attribution, ...]:
    """Who says what, by rules; contents may lie inside one another.

    Spans are character offsets into the document text, ``chains`` are empty. Sorted by
    content, then source, then cue.
    """
    reader = _Reader(prepared, registry or registry_in_use())
    return tuple(sorted(reader.read(), key=lambda one: (one.content, one.source, one.cue)))


class _Reader(VerbCues):
    """Goes through the sentences; the rules that are no verbs are here."""

    def read(self) -> Iterator[Attribution]:
        verbs, nouns = self.words.verbs, self.words.nouns
        for number, sentence in enumerate(self.prepared.sentences):
            if sentence.end - sentence.start > LONGEST:
                continue
            lowered = sentence.text.casefold()
            headline = sentence.title or (number == 0 and not lowered.endswith((".", '"', "”")))
            clause = Clause(sentence, caps=self.prepared.all_caps)
            self.said = None
            found = 0
            for at, word in enumerate(clause.low):
                verb = verbs.get(word)
                if verb is None and clause.low[at + 1 : at + 2] in (["how"], ["that"]):
                    verb = nouns.get(word)
                one = self._disputed(clause, at) if word in _CLAIMED else None
                if one is None and verb is not None and (clause.is_plain(at) or (headline and at)):
                    one = self.verb(clause, at, verb, headline)
                elif word == "according" and clause.low[at + 1 : at + 2] == ["to"]:
                    one = self._according(clause, at)
                elif word in _PUT or word in _CHANGED:
                    one = self._put(clause, at)
                elif word in _SPOKE and "of" in clause.low[at + 1 : at + 5]:
                    one = self._spoke_of(clause, at)
                if one is None and word in self.words.lists["document_nouns"]:
                    one = self._document_noun(clause, at)
                if one is not None:
                    found += 1
                    yield one
            others: list[Attribution | None] = []
            if headline and not found:
                others.extend(self._headline(clause))
            if number and (said := _THAT_WAS.match(sentence.text)):
                others.append(self._said_before(clause, said.end()))
            if sentence.text.endswith((").", ")")):
                others.extend(self._bracket(clause))
            if self.prepared.all_caps and "[" in sentence.text:
                others.extend(self._speakers(clause))
            yield from (one for one in others if one is not None)
        for line in _CREDIT.finditer(self.prepared.text):
            credited = self._credited(line)
            if credited is not None:
                yield credited

    def _put(self, clause: Clause, at: int) -> Attribution | None:
        """ "The ministry put the toll at 15", "it gave a provisional toll of 15"."""
        if clause.low[at] not in ("puts", "gave", "gives") and (by := self._put_by(clause, at)):
            return by
        near = clause.low[at + 1 : at + 8]
        link = "at" if clause.low[at] in ("put", "puts") else "of"
        if clause.low[at] in _CHANGED:  # "raised the death toll from the wreck to 22"
            near, link = clause.low[at + 1 : at + 4], "the"
        if link not in near or not self.words.lists["figures"].intersection(near):
            return None
        start = at
        while start and clause.low[start - 1] in _HELPING:
            start -= 1
        source = self._subject(clause, start) or self._subject_of_two(clause, start)
        if source is None:
            return None
        self.said = source
        end = content_end(clause, at + 1, self.quote_at)
        verbs = self.words.verbs
        for k in range(at + 3, end - 1):
            verb = verbs.get(clause.low[k + 1])
            if clause.low[k] == "and" and verb is not None and verb.form == "past":
                end = k  # "… at 37 and said"
                break
        content = clause.span(Words(at + 1, end))
        return self.made(clause, source, Words(at, at + 1), (content,))

    def _put_by(self, clause: Clause, at: int) -> Attribution | None:
        """ "The toll was raised to 132 by the ministry": the figure is the ministry's."""
        low = clause.low
        start = at
        while start and (low[start - 1] in _HELPING or low[start - 1].endswith("ly")):
            start -= 1
        if not start or low[start - 1] not in _PASSIVE:
            return None
        stop = next((k for k in range(at, clause.stop) if low[k] in (",", ";", ":")), clause.stop)
        by = next((k for k in range(at + 1, min(at + _BY_FAR, stop)) if low[k] == "by"), None)
        while start and low[start - 1] in _PASSIVE | _HELPING:
            start -= 1
        first = self.clause_start(clause, start)
        name = clause.name_right(by + 1) if by else None
        if by is None or name is None or start <= first or by <= at + 1:
            return None
        if not self.words.lists["figures"].intersection(low[first:start]):
            return None
        if not self._may_claim(clause, name):
            return None
        said = clause.span(Words(first, start)), clause.span(Words(at + 1, by))
        return self.made(clause, name, Words(start, at + 1), said)

    def _subject_of_two(self, clause: Clause, start: int) -> Words | None:
        """The subject of two verbs: "the station showed a wreck and put the toll at 40"."""
        if not start or clause.low[start - 1] != "and":
            return None
        finite = self.words.lists["finite"]
        first = next((k for k in range(1, start) if clause.is_plain(k) and (
            clause.low[k] in finite or clause.low[k] in self.words.verbs
            or clause.low[k].endswith("ed"))), None)  # fmt: skip
        return clause.name_left(first) if first else None

    def _spoke_of(self, clause: Clause, at: int) -> Attribution | None:
        """ "The mayor spoke of nine dead": a figure of people behind it."""
        of = clause.low.index("of", at)
        near = clause.low[of + 1 : of + 7]
        figure = any(word[:1].isdigit() or word in SMALL or word in _TENS for word in near[:4])
        if not figure or not self.words.lists["counted"].intersection(near):
            return None
        start = at
        while start and clause.low[start - 1] in _HELPING:
            start -= 1
        source = self._subject(clause, start)
        if source is None:
            return None
        self.said = source
        content = Words(of + 1, content_end(clause, of + 1, self.quote_at))
        return self.made(clause, source, Words(at, of + 1), (clause.span(content),))

    def _according(self, clause: Clause, at: int) -> Attribution | None:
        low = clause.low
        name = clause.name_right(at + 2)
        if name is None:
            return None
        cue = Words(at, at + 2)
        after = self._past_apposition(clause, name.end)
        lead = self._leads(clause, at)
        pieces: list[Span] = []
        if not lead:
            end = at
            while end and low[end - 1] in (",", "—", "–"):
                end -= 1
            first = self.clause_start(clause, end)
            if end > first:
                content = clause.span(Words(first, end))
                quote = self.quote_at(content.end - 1)
                if quote is not None and quote.start < content.start:
                    content = Span(quote.start, content.end)
                pieces.append(content)
        goes_on = (
            after < clause.stop and low[after] == "," and low[after + 1 : after + 2] != ["who"]
        )
        if goes_on and (lead or low[at - 1] == ","):
            first = after + 1
            if lead or clause.is_clause(Words(first, clause.stop)):
                # At the head of a sentence it covers what others say in it too: "According
                # to TASS, the ministry confirmed …, adding that …".
                end = clause.stop if lead else content_end(clause, first, self.quote_at)
                quote = self.quote_at(clause.tokens[at].start)
                while quote and end > first + 1 and clause.tokens[end - 1].end > quote.end:
                    end -= 1
                if end > first:
                    pieces.append(self.with_quote(clause, Words(first, end)))
        if not pieces:
            return None
        self.said = name
        return self.made(clause, name, cue, tuple(pieces))

    def _leads(self, clause: Clause, at: int) -> bool:
        """Whether "according to" stands at the head of what it attributes."""
        low = clause.low
        before = low[:at]
        if not any(word[:1].isalnum() for word in before) or before[-1] in (";", "]", "that"):
            return True
        if before[-2:] == ["-", "-"] or set(before) <= _LEADS:
            return True
        if at > 8 or before[-1] != "," or clause.is_clause(Words(0, at)):
            return False
        return before[0] in self.words.lists["prepositions"] | self.words.lists["adverbs"] | _LEADS

    def _past_apposition(self, clause: Clause, at: int) -> int:
        """Over ", a state-run agency," and ", who asked not to be named,"."""
        low = clause.low
        if low[at : at + 1] != [","] or at + 1 >= clause.stop:
            return at
        close = next((k for k in range(at + 1, min(at + 30, clause.stop)) if low[k] == ","), None)
        if close is None:
            return at
        inside = Words(at + 1, close)
        if low[at + 1] in ("who", "which", "citing") or (
            low[at + 1] in ("a", "an", "the") and not clause.is_clause(inside)
        ):
            return close
        return at

    def _disputed(self, clause: Clause, at: int) -> Attribution | None:
        """ "Rejected claims by the rebels that …", "denied opposition reports that …".

        What the rebels claim is theirs, and the one who rejects it denies it.
        """
        low = clause.low
        verbs = self.words.verbs
        back = next((k for k in range(at - 1, max(-1, at - 8), -1)
                     if low[k] in verbs and verbs[low[k]].strength == "denied"), None)  # fmt: skip
        if back is None:
            return None
        if low[at + 1 : at + 2] in (["by"], ["from"]):
            name = clause.name_right(at + 2)
            cue = Words(at, at + 2)
            that = name.end if name else clause.size
        else:
            first = back + 1
            while first < at and low[first] in _NO_CLAIMANT:
                first += 1
            name = Words(first, at) if first < at else None
            cue = Words(at, at + 1)
            that = at + 1
        if name is None or low[that : that + 1] != ["that"] or not self._may_claim(clause, name):
            return None
        end = content_end(clause, that, self.quote_at)
        return self.made(clause, name, cue, (clause.span(Words(that, end)),))

    def _may_claim(self, clause: Clause, name: Words) -> bool:
        """Whether some words name somebody: a known source, a state, a noun of people."""
        words = words_of(self.text(clause, name))
        if not words:
            return False
        if self.registry.find(words, caps=self.prepared.all_caps) or self.registry.nation_in(words):
            return True
        head = words[head_of(words)].key
        return head in nouns().kinds or head in ("opposition", "relatives", "families")

    def _document_noun(self, clause: Clause, at: int) -> Attribution | None:
        """ "Reports have emerged of …", "amid claims that …"."""
        low = clause.low
        lists = self.words.lists
        verb = at + 1
        while verb < clause.stop and (
            low[verb] in lists["auxiliaries"] or low[verb] in lists["adverbs"]
        ):
            verb += 1
        emerged = low[verb : verb + 1]
        if emerged and emerged[0] in ("emerged", "surfaced", "circulated"):
            first = next((k for k in range(verb + 1, min(verb + 6, clause.stop))
                          if low[k] in ("that", "of")), None)  # fmt: skip
            if first is None:
                return None
            cue = Words(at + 1, verb + 1)
        elif low[at + 1 : at + 2] == ["that"] and at and low[at - 1] in _REPORTS_OF:
            first = at + 1
            cue = Words(at, at + 1)
            end = content_end(clause, first, self.quote_at)
            return self.made(clause, None, cue, (clause.span(Words(first, end)),))
        else:
            return None
        source = clause.name_left(at + 1) or Words(at, at + 1)
        first += low[first] == "of"
        end = content_end(clause, first, self.quote_at)
        if end <= first:
            return None
        return self.made(clause, source, cue, (clause.span(Words(first, end)),))

    def _headline(self, clause: Clause) -> Iterator[Attribution | None]:
        """ "Eleven dead on range: ISW", "ISW: eleven dead on range", "Two die - mayor"."""
        low = clause.low
        if clause.size > _HEADLINE_WORDS:
            return
        colon = low.index(":") if low.count(":") == 1 and low[-1] != ":" else None
        dash = max((at for at in range(1, clause.stop) if self._is_dash(clause, at)), default=None)
        if colon is None and dash is None:
            return
        if colon is None:
            colon = dash or 0
            orders = [(Words(colon + 1, clause.stop), Words(0, colon))]
        else:
            sides = Words(0, colon), Words(colon + 1, clause.stop)
            orders = [sides[::-1], sides]
        for source, content in orders:
            if source.end <= source.first or content.end - content.first < 2:
                continue
            if source.end - source.first <= 6 and self._is_source(clause, source):
                yield self.made(clause, source, Words(colon, colon + 1), (clause.span(content),))
                return

    @staticmethod
    def _is_dash(clause: Clause, at: int) -> bool:
        """Whether a dash stands apart, and so sets off who says it."""
        if clause.low[at] not in ("—", "–", "-") or at + 1 >= clause.size:
            return False
        tokens = clause.tokens
        return tokens[at - 1].end < tokens[at].start and tokens[at].end < tokens[at + 1].start

    def _bracket(self, clause: Clause) -> Iterator[Attribution | None]:
        """A sentence that ends in a known source in brackets: "… (Radio Okapi)."."""
        low = clause.low
        if ")" not in low or "(" not in low:
            return
        close = clause.size - 1 - low[::-1].index(")")
        first = close - 1 - low[:close][::-1].index("(") if "(" in low[:close] else close
        inside = Words(first + 1, close)
        if close < clause.stop - 1 or first < 4 or inside.end - inside.first not in range(1, 7):
            return
        words = words_of(self.text(clause, inside), clause.tokens[first + 1].start)
        hits = self.registry.find(words, caps=self.prepared.all_caps)
        if hits and hits[0].first == 0 and hits[0].source.kind in MEDIA:
            # An abbreviation behind its long form names no source of the sentence.
            if not clause.is_clause(Words(0, first)):
                return
            yield self.made(clause, inside, Words(first, first + 1),
                             (clause.span(Words(0, first)),))  # fmt: skip

    def _said_before(self, clause: Clause, offset: int) -> Attribution | None:
        """ "That was the account given by X": the sentence before is what X says."""
        start = clause.sentence.start
        before = self.prepared.sentences[clause.sentence.index - 1]
        at = next((k for k, t in enumerate(clause.tokens) if t.start >= start + offset), None)
        name = clause.name_right(at) if at else None
        if name is None or at is None or before.title:
            return None
        return self.made(clause, name, Words(0, at), (before.span,))

    def _credited(self, line: re.Match[str]) -> Attribution | None:
        """A line "Source: …", in the manner of news digests: all above it is that source's.

        What follows under "Details:" or "Quote:" is as well. The line itself is furniture
        of the page. Under a long text it is a list of references and credits nothing.
        """
        sentences = self.prepared.sentences
        here = bisect.bisect_left(sentences, line.start("name"), key=lambda one: one.start)
        end = here
        while end and sentences[end - 1].end > line.start():
            end -= 1  # the line, where it was not taken for furniture
        first = end
        while first and not sentences[first - 1].title:
            if line.start() - sentences[first - 1].start > _CREDITED:
                return None
            if _CREDIT.search(self.prepared.text, sentences[first - 1].start, line.start()):
                break
            first -= 1
        pieces = [Span(sentences[first].start, sentences[end - 1].end)] if first < end else []
        while here < len(sentences) and sentences[here].start < line.end():
            here += 1
        if here < len(sentences) and _UNDER.match(sentences[here].text):
            last = here
            while last + 1 < len(sentences) and (
                sentences[last + 1].paragraph == sentences[here].paragraph
            ):
                last += 1
            pieces.append(Span(sentences[here].start, sentences[last].end))
        if not pieces:
            return None
        return Attribution(
            source=(Span(*line.span("name")),),
            cue=(Span(*line.span("cue")),),
            content=tuple(pieces),
        )

    def _speakers(self, clause: Clause) -> Iterator[Attribution | None]:
        """Transcripts of monitored broadcasts: [RODRIGUEZ] "WE KNOW …"."""
        low = clause.low
        for at, word in enumerate(low):
            if word != "[" or "]" not in low[at : at + 6]:
                continue
            close = low.index("]", at)
            if close + 1 >= clause.stop or low[close + 1] not in QUOTES:
                continue
            quote = self.quote_at(clause.tokens[close + 1].start)
            if quote is not None and close > at + 1:
                yield self.made(clause, Words(at + 1, close), Words(close, close + 1), (quote,))

    def _is_source(self, clause: Clause, words: Words) -> bool:
        """Whether a side of a headline's colon names somebody who may say things."""
        text = self.text(clause, words)
        found = words_of(text)
        if not found:
            return False
        hits = self.registry.find(found, caps=True)
        if hits and hits[0].end - hits[0].first >= len(found) - 1:
            return True
        if self.registry.nation_in(found) and len(found) == 1:
            return found[0].key not in _adjectives(self.registry)
        if found[0].key in _SPEAKERS and all(word.text[:1].isupper() for word in found[1:]):
            return True  # "governor Petrenko"
        return found[-1].key in _SPEAKERS or self.registry.body_in(found) is not None


@functools.cache
def _adjectives(registry: Registry) -> frozenset[str]:
    return frozenset(adjective.casefold() for adjective in registry.adjectives.values())
