"""What all cue rules share: the text, its quotations, and how an attribution is made."""

from __future__ import annotations

import bisect

from dateline.model import Attribution, Span
from dateline.reading.attribution.clauses import Clause, Words
from dateline.reading.attribution.cue_words import CueWords, cue_words
from dateline.reading.attribution.quotations import quotations
from dateline.reading.attribution.registry import Registry
from dateline.reading.prepared import Prepared

_DATELINE = 14  # words: "NEAR FALLUJAH, Iraq, May 3 (AP) —"


class CueTools:
    """The document, its quotations, and the source spoken of last in a sentence."""

    def __init__(self, prepared: Prepared, registry: Registry) -> None:
        self.prepared = prepared
        self.registry = registry
        self.quotes = quotations(prepared)
        self.quote_starts = [quote.start for quote in self.quotes]
        self.words: CueWords = cue_words()
        self.said: Words | None = None  # the source of the last cue of this sentence

    def with_quote(self, clause: Clause, content: Words) -> Span:
        """A content that ends inside a quotation goes on to the quotation's end."""
        span = clause.span(content)
        quote = self.quote_at(span.end - 1)
        if quote is None:
            return span
        if quote.end > span.end and content.end >= clause.stop:
            return Span(span.start, quote.end)
        return span

    def clause_start(self, clause: Clause, end: int) -> int:
        """Where the clause that ends at ``end`` begins; a dateline is no part of it."""
        low = clause.low
        for k in range(end - 1, 0, -1):
            if low[k] in (";", "]") or (low[k] == "-" and low[k - 1] == "-"):
                return k + 1
            if k < _DATELINE and low[k] in ("—", "–", "-") and low[k - 1] == ")":
                return k + 1
        return 0

    def quote_at(self, offset: int) -> Span | None:
        """The quotation that holds a character."""
        at = bisect.bisect_right(self.quote_starts, offset) - 1
        return self.quotes[at] if at >= 0 and offset < self.quotes[at].end else None

    def text(self, clause: Clause, words: Words) -> str:
        """The characters of some tokens."""
        start, end = clause.span(words)
        return self.prepared.text[start:end]

    def made(
        self, clause: Clause, source: Words | None, cue: Words, content: tuple[Span, ...]
    ) -> Attribution | None:
        """An attribution of these tokens; None where the content holds no word."""
        text = self.prepared.text
        content = tuple(p for p in content if any(map(str.isalnum, text[p.start : p.end])))
        if not content:
            return None
        return Attribution(
            source=(clause.span(source),) if source else (),
            cue=(clause.span(cue),),
            content=tuple(sorted(content)),
        )
