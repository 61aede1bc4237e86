"""Attribution by plain rules: cue words, and what stands around them.

It works where a learned reader is weak: headlines ("…: ISW"), telegraphic and
upper-case wire text, a name in brackets. :func:`complement` joins both readers.
The verbs and word lists are in data/cues.toml; roles are those of PolNeAR, where
the content keeps its "that" and its quotation marks but not the final stop.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterator, Sequence

import msgspec

from dateline.model import Attribution, Span
from dateline.reading.clauses import CLOSING, QUOTES, STOPS, Clause, Words
from dateline.reading.cue_extents import behind_adjuncts, content_end
from dateline.reading.cue_words import CueWords, Verb, cue_words
from dateline.reading.prepared import Prepared
from dateline.reading.quotations import quotations
from dateline.reading.registry import Registry, load_registry, words_of

_BE = frozenset("is was are were be been being".split())
_HEADLINE_WORDS = 25
_FAR_APART = 150  # characters between the pieces of one attribution
_MEDIA = ("outlet", "agency", "channel", "monitor")


def find_cued(prepared: Prepared, registry: Registry | None = None) -> tuple[Attribution, ...]:
    """Who says what, by rules; contents may lie inside one another.

    Spans are character offsets into the document text, ``chains`` are empty. Sorted by
    content, then source, then cue.
    """
    reader = _Reader(prepared, registry or load_registry())
    return tuple(sorted(reader.read(), key=lambda one: (one.content, one.source, one.cue)))


def complement(
    learned: Sequence[Attribution], cued: Sequence[Attribution]
) -> tuple[Attribution, ...]:
    """Both readers as one: the learned attributions, with what the rules know better.

    Where both found the same cue, the source of the rules is taken if it holds the
    learned one or if that is missing or torn apart, and their content if the learned one
    agrees with it by less than half. An attribution of the rules whose cue the learned
    reader does not know is added, unless a learned one has nearly the same content.
    """
    by_cue = sorted((piece, number) for number, one in enumerate(cued) for piece in one.cue)
    starts = [piece.start for piece, _ in by_cue]
    used: set[int] = set()
    kept: list[Attribution] = []
    for one in map(_together, learned):
        number = _same_cue(one, by_cue, starts)
        if number is None or number in used:
            kept.append(one)
        else:
            used.add(number)
            kept.append(_reconciled(one, cued[number]))
    cues = sorted(piece for one in learned for piece in one.cue)
    cue_starts = [start for start, _ in cues]
    contents = sorted((_hull(one.content), bool(one.source)) for one in kept)
    for number, one in enumerate(cued):
        if number in used or any(_overlaps(cues, cue_starts, piece) for piece in one.cue):
            continue
        if not _has_content(contents, one):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: (one.content, one.source, one.cue)))


def _together(one: Attribution) -> Attribution:
    """A learned attribution without pieces of content far from all the rest of it."""
    if len(one.content) < 2 or not one.cue:
        return one
    low = min(piece.start for piece in (*one.cue, *one.source[:1]))
    high = max(piece.end for piece in (*one.cue, *one.source[-1:]))
    if high - low > _FAR_APART:
        low, high = one.cue[0].start, one.cue[-1].end
    kept: list[Span] = []
    for piece in reversed([piece for piece in one.content if piece.start < low]):
        if low - piece.end > _FAR_APART:
            break
        kept.insert(0, piece)
        low = piece.start
    for piece in (piece for piece in one.content if piece.start >= low and piece not in kept):
        if piece.start - high > _FAR_APART:
            break
        kept.append(piece)
        high = max(high, piece.end)
    return msgspec.structs.replace(one, content=tuple(sorted(kept)) or one.content)


def _same_cue(
    one: Attribution, by_cue: Sequence[tuple[Span, int]], starts: Sequence[int]
) -> int | None:
    """The cued attribution at the cue of a learned one."""
    for start, end in one.cue:
        at = bisect.bisect_left(starts, end)
        for piece, number in by_cue[max(0, at - 3) : at]:
            if piece.end > start:
                return number
    return None


def _reconciled(one: Attribution, rule: Attribution) -> Attribution:
    source, content = one.source, one.content
    if rule.source:
        own = rule.source[0].start, rule.source[-1].end
        torn = len(source) > 1 and any(start < own[1] and own[0] < end for start, end in source)
        if not source or torn or (own[0] <= source[0].start and source[-1].end <= own[1]):
            source = rule.source
    shared = sum(
        max(0, min(end, e) - max(start, s)) for start, end in content for s, e in rule.content
    )
    mine = sum(end - start for start, end in content)
    total = mine + sum(end - start for start, end in rule.content) - shared
    if shared * 2 < total or (len(content) > len(rule.content) and shared * 10 >= mine * 9):
        content = rule.content
    content = _without(content, source)
    return msgspec.structs.replace(one, source=source, content=content or rule.content)


def _without(pieces: Sequence[Span], taken: Sequence[Span]) -> tuple[Span, ...]:
    """Pieces of content less the words of the source."""
    kept = list(pieces)
    for start, end in taken:
        cut: list[Span] = []
        for piece in kept:
            if piece.end <= start or end <= piece.start:
                cut.append(piece)
                continue
            cut += [Span(piece.start, start)] if piece.start < start else []
            cut += [Span(end, piece.end)] if end < piece.end else []
        kept = cut
    return tuple(kept)


def _has_content(contents: Sequence[tuple[Span, bool]], one: Attribution) -> bool:
    """Whether a learned attribution has nearly the same content as a cued one."""
    hull = _hull(one.content)
    low = bisect.bisect_left(contents, (Span(hull.start - 40, 0), False))
    for (start, end), sourced in contents[low:]:
        if start > hull.start + 40:
            break
        nested = one.source and start <= one.source[0].start and one.source[-1].end <= end
        if abs(end - hull.end) <= 40 and not nested and (not one.source or sourced):
            return True
    return False


def _overlaps(cues: Sequence[Span], starts: Sequence[int], piece: Span) -> bool:
    at = bisect.bisect_left(starts, piece.end)
    return any(cues[k].end > piece.start for k in range(max(0, at - 3), at))


def _hull(pieces: Sequence[Span]) -> Span:
    return Span(pieces[0].start, max(piece.end for piece in pieces))


class _Reader:
    """Goes through the sentences; keeps the quotations and the source spoken of last."""

    def __init__(self, prepared: Prepared, registry: Registry) -> None:
        self.prepared = prepared
        self.registry = registry
        self.quotes = quotations(prepared)
        self.quote_starts = [quote.start for quote in self.quotes]
        self.words: CueWords = cue_words()
        self.said: Words | None = None  # the source of the last cue of this sentence

    def read(self) -> Iterator[Attribution]:
        verbs = self.words.verbs
        for number, sentence in enumerate(self.prepared.sentences):
            lowered = sentence.text.casefold()
            headline = sentence.title or (number == 0 and not lowered.endswith((".", '"', "”")))
            clause = Clause(sentence, caps=self.prepared.all_caps)
            self.said = None
            found = 0
            for at, word in enumerate(clause.low):
                verb = verbs.get(word)
                one = None
                if verb is not None and (clause.is_plain(at) or (headline and at)):
                    one = self._verb(clause, at, verb, headline)
                elif word == "according" and clause.low[at + 1 : at + 2] == ["to"]:
                    one = self._according(clause, at)
                if one is None and word in self.words.lists["document_nouns"]:
                    one = self._document_noun(clause, at)
                if one is not None:
                    found += 1
                    yield one
            others: list[Attribution | None] = []
            if headline and not found:
                others.extend(self._headline(clause))
            if sentence.text.endswith((").", ")")):
                others.extend(self._bracket(clause))
            if self.prepared.all_caps and "[" in sentence.text:
                others.extend(self._speakers(clause))
            yield from (one for one in others if one is not None)

    # -- verbs

    def _verb(self, clause: Clause, at: int, verb: Verb, headline: bool) -> Attribution | None:
        lists = self.words.lists
        low = clause.low
        start = at
        while start and (
            low[start - 1] in lists["auxiliaries"]
            or low[start - 1] in lists["adverbs"]
            or low[start - 1] in lists["negations"]
            or low[start - 1] in lists["modals"]
        ):
            if low[start - 1] in lists["times"] and start >= 2 and low[start - 2] == ",":
                break
            start -= 1
        group = low[start:at]
        if any(word in lists["negations"] for word in group) and verb.strength != "denied":
            return None
        if any(word in lists["modals"] or word == "would" for word in group):
            return None
        if verb.form == "ing":
            return self._participle(clause, at, verb)
        if _BE.intersection(group) and verb.form in ("past", "participle"):
            return self._passive(clause, start, at, verb)
        if low[at + 1 : at + 2] == ["by"]:
            return (
                self._passive(clause, start, at, verb)
                if verb.form in ("past", "participle")
                else None
            )
        if (
            verb.form == "base"
            and not group
            and start
            and low[start - 1] in ("to", "a", "an", "the")
        ):
            return None
        if start and low[start - 1] in _NOT_SUBJECTS:
            return None
        if verb.lemma == "allege" and low[at + 1 : at + 2] != ["that"]:
            return None  # "the alleged attacker"
        if low[at] in lists["document_nouns"] or verb.form == "base":
            # "The report states": a noun, where its form does not agree with a subject.
            if clause.caps and low[at + 1 : at + 2] != ["that"]:
                return None
            if verb.form == "base" and not group and not _plural_subject(low[:start]):
                return None
        if low[at + 1 : at + 3] in (["to", "be"], ["to", "have"]):
            return None
        return self._active(clause, start, at, verb, headline)

    def _active(
        self, clause: Clause, start: int, at: int, verb: Verb, headline: bool
    ) -> Attribution | None:
        low = clause.low
        if low[at + 1 : at + 2] == ["to"] and not self._told_to(clause, at + 2):
            return None
        before = low[start - 1] if start else ""
        after = behind_adjuncts(clause, at, verb)
        following = low[after] if after < clause.stop else ""
        opens = following == "that" or following in QUOTES or following == ":"
        # "…," said X and "…, said X.": what is said stands before.
        if (before in QUOTES or before == ",") and not opens and start == at:
            inverted = self._inverted(clause, at, before)
            if inverted is not None:
                return inverted
        if low[at + 1 : at + 2] == ["that"] and verb.takes_addressee and verb.form != "past":
            return None
        subject = self._subject(clause, start)
        if subject is None:
            return None
        cue = Words(start, at + 1)
        left = low[subject.first - 1] if subject.first else ""
        left_ends = left in QUOTES or (
            left == "," and subject.first > 1 and low[subject.first - 2] in QUOTES
        )
        if verb.takes_addressee and (left_ends or left == ",") and not opens:
            # "…," X told the crowd: nothing but who was told stands behind.
            tail = Words(min(at + 1, clause.stop), clause.stop)
            if left_ends or not clause.is_clause(tail):
                return self._content_left(clause, subject, cue, clause.stop)
        own = subject.end - subject.first == 1 and low[subject.first] in _FIRST_PERSON
        if own and self._quote_at(clause.tokens[at].start) is not None:
            return None  # "I think": inside somebody's speech, no source of its own
        if (following in ("", ",") and not opens) or (left_ends and following in STOPS):
            return self._content_left(clause, subject, cue, after)
        if (left_ends and following == ",") or (left == "," and following == ","):
            return self._content_left(clause, subject, cue, after)
        first = after + 1 if following == ":" else after
        if following == "to" or (
            verb.form in ("third", "base") and low[at + 1] in self.words.lists["finite"]
        ):
            return None
        if not opens:
            if verb.needs_that and not headline:
                if not left_ends or verb.form == "third":
                    return None
                return self._content_left(clause, subject, cue, after)
            if low[first] in self.words.lists["prepositions"] and low[first] not in ("at", "in"):
                return None
            if low[first] in ("the", "his", "their") and low[first + 1 : first + 3] in (
                ["lives", "of"],
                ["life", "of"],
            ):
                return None
        end = content_end(clause, first, self._quote_at)
        if end <= first:
            return None
        if low[subject.first] in ("who", "which"):
            # The clause of "which" ends before the verb of the sentence.
            comma = next((k for k in range(first + 1, end) if low[k] == ","), end)
            return self._made(clause, subject, cue, (clause.span(Words(first, comma)),))
        content = self._with_quote(clause, Words(first, end))
        self.said = subject
        return self._made(clause, subject, cue, (content,))

    def _told_to(self, clause: Clause, at: int) -> bool:
        """Whether "to" leads to a listener ("said to reporters") and not to a verb."""
        if at >= clause.stop:
            return False
        word = clause.low[at]
        known = word in self.words.lists["venues"] or word in ("the", "a", "an", "state", "local")
        return known or clause.tokens[at].text[:1].isupper()

    def _subject(self, clause: Clause, start: int) -> Words | None:
        """The subject of a verb, over an insertion between commas if there is one."""
        low = clause.low
        if start == 0:
            return None
        if low[start - 1] != ",":
            subject = clause.name_left(start)
            if subject is None and low[start - 1] == "and" and self.said is not None:
                return self.said
            if subject is not None and low[start - 1] in ("and", "but"):
                return self.said
            return subject
        commas = [k for k in range(start - 2, max(-1, start - 50), -1) if low[k] == ","]
        for comma in reversed(commas):
            subject = clause.name_left(comma)
            if subject and subject.end == comma and not clause.is_clause(subject):
                if any(low[k] in QUOTES for k in range(subject.first, start)):
                    continue
                return subject
        return None

    def _inverted(self, clause: Clause, at: int, before: str) -> Attribution | None:
        low = clause.low
        name = clause.name_right(at + 1)
        if name is None or name.end - name.first > 14 or clause.is_clause(name):
            return None
        if low[name.first] in self.words.lists["prepositions"] or low[name.first] in _NO_NAME:
            return None
        if before == "," and at > 1 and low[at - 2] not in QUOTES:
            # "…, said X." but not "X, who fled, said men came": the name ends the clause.
            rest = low[name.end] if name.end < clause.size else "."
            if rest not in STOPS and rest not in (",", ";") and rest not in _ADJUNCT_STARTS:
                return None
            if not clause.is_clause(Words(self._clause_start(clause, at - 1), at - 1)):
                return None
        return self._content_left(clause, name, Words(at, at + 1), name.end, edge=at)

    def _content_left(
        self, clause: Clause, source: Words, cue: Words, after: int, edge: int | None = None
    ) -> Attribution | None:
        """What is said stands before the source or the inverted verb (at ``edge``)."""
        low = clause.low
        end = min(source.first, cue.first) if edge is None else edge
        while end and (low[end - 1] == "," or low[end - 1] in "—–-"):
            end -= 1
        first = self._clause_start(clause, end)
        pieces: list[Span] = []
        if end > first:
            content = clause.span(Words(first, end))
            quote = self._quote_at(content.end - 1)
            if quote is not None and quote.start < clause.sentence.start:
                content = Span(quote.start, content.end)
            if (
                quote is None
                and end - first <= 5
                and not clause.is_clause(Words(first, end))
                and low[first] in self.words.lists["prepositions"] | self.words.lists["adverbs"]
            ):
                end = first  # "On Friday, police said"
            elif low[first] == "as" and end - first == 1:
                end = first
            else:
                pieces.append(content)
        pieces += self._split_content(clause, after, bool(pieces))
        if not pieces:
            return None
        self.said = source
        return self._made(clause, source, cue, tuple(pieces))

    def _split_content(self, clause: Clause, after: int, begun: bool) -> list[Span]:
        """The content that goes on behind the cue, in this sentence or the next."""
        low = clause.low
        at = after
        if at < clause.stop and low[at] == ",":
            at += 1
            if at < clause.stop and low[at] not in self.words.lists["participles"]:
                if low[at] in ("who", "which", "a", "an", "citing", "referring") and begun:
                    return []
                end = content_end(clause, at, self._quote_at)
                return [self._with_quote(clause, Words(at, end))] if end > at else []
            return []
        if begun and at >= clause.stop:
            quote = self._next_quote(clause)
            if quote is not None:
                return [quote]
        return []

    def _next_quote(self, clause: Clause) -> Span | None:
        """A quotation that opens the next sentence of the paragraph: the speech goes on."""
        before = self._quote_at(clause.sentence.start) or self._quote_at(clause.sentence.start + 1)
        if before is None or before.start > clause.sentence.start:
            return None
        number = clause.sentence.index + 1
        if number >= len(self.prepared.sentences):
            return None
        following = self.prepared.sentences[number]
        if following.paragraph != clause.sentence.paragraph:
            return None
        quote = self._quote_at(following.start)
        if quote is None or quote.start != following.start:
            return None
        # A quotation with a speaker of its own is not the last speaker's.
        tail = self.prepared.text[quote.end : quote.end + 3].lstrip()
        closed = self.prepared.text[quote.start : quote.end].rstrip("”\"»'")
        return quote if not tail[:1].islower() and not closed.endswith(",") else None

    def _participle(self, clause: Clause, at: int, verb: Verb) -> Attribution | None:
        """ ", adding that …" says what the source of the sentence goes on to say."""
        low = clause.low
        first = at
        while first and low[first - 1] in self.words.lists["adverbs"]:
            first -= 1
        if low[at] not in self.words.lists["participles"] or first == 0:
            return None
        if low[first - 1] not in (",", "and") and low[first - 1] not in QUOTES:
            return None
        after = behind_adjuncts(clause, at, verb)
        if self.said is None or after >= clause.stop:
            return None
        if verb.needs_that and low[after] != "that" and low[after] not in QUOTES:
            return None
        end = content_end(clause, after, self._quote_at)
        if end <= after:
            return None
        return self._made(
            clause, self.said, Words(first, at + 1), (self._with_quote(clause, Words(after, end)),)
        )

    def _passive(self, clause: Clause, start: int, at: int, verb: Verb) -> Attribution | None:
        """ "It was reported by X that …", "the attack was claimed by X", "quoted as saying"."""
        low = clause.low
        lists = self.words.lists
        by = next((k for k in range(at + 1, min(at + 4, clause.stop)) if low[k] == "by"), None)
        cue = Words(start, at + 1)
        if low[at] in ("quoted", "cited") and "saying" in low[at : at + 14]:
            saying = low.index("saying", at)
            subject = self._subject(clause, start)
            first = saying + 1
            end = content_end(clause, first, self._quote_at)
            if subject is None:
                return None
            cue = Words(start, saying + 1)
            if end > first and low[first] not in (",",):
                return self._made(
                    clause, subject, cue, (self._with_quote(clause, Words(first, end)),)
                )
            return self._content_left(clause, subject, cue, saying + 1)
        impersonal = (start and low[start - 1] == "it") or low[start : start + 1] == ["it"]
        if by is None or verb.lemma not in lists["passives"]:
            if impersonal and low[at + 1 : at + 2] == ["that"]:
                end = content_end(clause, at + 1, self._quote_at)
                return self._made(clause, None, cue, (clause.span(Words(at + 1, end)),))
            return None
        name = clause.name_right(by + 1)
        if name is None:
            return None
        if impersonal:
            if name.end >= clause.stop or low[name.end] != "that":
                return None
            content = Words(name.end, content_end(clause, name.end, self._quote_at))
        else:
            first = self._clause_start(clause, start)
            if start <= first:
                return None
            content = Words(first, start)
        return self._made(clause, name, Words(start, by + 1), (clause.span(content),))

    # -- other cues

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
            first = self._clause_start(clause, end)
            if end > first:
                content = clause.span(Words(first, end))
                quote = self._quote_at(content.end - 1)
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
                end = clause.stop if lead else content_end(clause, first, self._quote_at)
                quote = self._quote_at(clause.tokens[at].start)
                while quote and end > first + 1 and clause.tokens[end - 1].end > quote.end:
                    end -= 1
                if end > first:
                    pieces.append(self._with_quote(clause, Words(first, end)))
        if not pieces:
            return None
        self.said = name
        return self._made(clause, name, cue, tuple(pieces))

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
            end = content_end(clause, first, self._quote_at)
            return self._made(clause, None, cue, (clause.span(Words(first, end)),))
        else:
            return None
        source = clause.name_left(at + 1) or Words(at, at + 1)
        first += low[first] == "of"
        end = content_end(clause, first, self._quote_at)
        if end <= first:
            return None
        return self._made(clause, source, cue, (clause.span(Words(first, end)),))

    def _headline(self, clause: Clause) -> Iterator[Attribution | None]:
        """ "Eleven dead on range: ISW" and "ISW: eleven dead on range"."""
        low = clause.low
        if clause.size > _HEADLINE_WORDS or low.count(":") != 1 or low[-1] == ":":
            return
        colon = low.index(":")
        sides = Words(0, colon), Words(colon + 1, clause.stop)
        for source, content in (sides[::-1], sides):
            if source.end <= source.first or content.end - content.first < 2:
                continue
            if source.end - source.first <= 6 and self._is_source(clause, source):
                yield self._made(clause, source, Words(colon, colon + 1), (clause.span(content),))
                return

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
        words = words_of(self._text(clause, inside), clause.tokens[first + 1].start)
        hits = self.registry.find(words, caps=self.prepared.all_caps)
        if hits and hits[0].first == 0 and hits[0].source.kind in _MEDIA[:3]:
            # An abbreviation behind its long form names no source of the sentence.
            if not clause.is_clause(Words(0, first)):
                return
            yield self._made(clause, inside, Words(first, first + 1),
                             (clause.span(Words(0, first)),))  # fmt: skip

    def _speakers(self, clause: Clause) -> Iterator[Attribution | None]:
        """Transcripts of monitored broadcasts: [RODRIGUEZ] "WE KNOW …"."""
        low = clause.low
        for at, word in enumerate(low):
            if word != "[" or "]" not in low[at : at + 6]:
                continue
            close = low.index("]", at)
            if close + 1 >= clause.stop or low[close + 1] not in QUOTES:
                continue
            quote = self._quote_at(clause.tokens[close + 1].start)
            if quote is not None and close > at + 1:
                yield self._made(clause, Words(at + 1, close), Words(close, close + 1), (quote,))

    def _is_source(self, clause: Clause, words: Words) -> bool:
        """Whether a side of a headline's colon names somebody who may say things."""
        text = self._text(clause, words)
        found = words_of(text)
        if not found:
            return False
        hits = self.registry.find(found, caps=True)
        if hits and hits[0].end - hits[0].first >= len(found) - 1:
            return True
        if self.registry.nation_in(found) and len(found) == 1:
            return found[0].key not in _adjectives(self.registry)
        return found[-1].key in _SPEAKERS or self.registry.body_in(found) is not None

    # -- extents

    def _with_quote(self, clause: Clause, content: Words) -> Span:
        """A content that ends inside a quotation goes on to the quotation's end."""
        span = clause.span(content)
        quote = self._quote_at(span.end - 1)
        if quote is None:
            return span
        if quote.end > span.end and content.end >= clause.stop:
            return Span(span.start, quote.end)
        return span

    def _clause_start(self, clause: Clause, end: int) -> int:
        """Where the clause that ends at ``end`` begins."""
        low = clause.low
        for k in range(end - 1, 0, -1):
            if low[k] in (";", "]"):
                return k + 1
            if low[k] == "-" and low[k - 1] == "-":
                return k + 1
        return 0

    def _quote_at(self, offset: int) -> Span | None:
        at = bisect.bisect_right(self.quote_starts, offset) - 1
        return self.quotes[at] if at >= 0 and offset < self.quotes[at].end else None

    def _text(self, clause: Clause, words: Words) -> str:
        start, end = clause.span(words)
        return self.prepared.text[start:end]

    def _made(
        self, clause: Clause, source: Words | None, cue: Words, content: tuple[Span, ...]
    ) -> Attribution | None:
        text = self.prepared.text
        content = tuple(p for p in content if any(map(str.isalnum, text[p.start : p.end])))
        if not content:
            return None
        return Attribution(
            source=(clause.span(source),) if source else (),
            cue=(clause.span(cue),),
            content=tuple(sorted(content)),
        )


_FIRST_PERSON = frozenset("i we you".split())
_PLURAL = frozenset("they we i you who which police people some many others and both".split())
_LEADS = frozenset("and but meanwhile also , [ ] report text however still".split())
_NOT_SUBJECTS = frozenset("to of a an any no all other newly more such for".split())
_NO_NAME = frozenset("that it's there not so how what".split()) | CLOSING
_ADJUNCT_STARTS = frozenset("on in at during after as who to by from".split())
_REPORTS_OF = frozenset("amid despite after following were are was received with by of and".split())
_SPEAKERS = frozenset(
    """police official officials minister ministry army military president government mayor
    governor witness witnesses report reports source sources media authorities rebels hospital
    un monitor monitors agency spokesman spokeswoman prosecutor prosecutors sheriff fbi medics
    residents survivors survivor activists doctors coroner court study survey""".split()
)


@functools.cache
def _adjectives(registry: Registry) -> frozenset[str]:
    return frozenset(adjective.casefold() for adjective in registry.adjectives.values())


def _plural_subject(before: Sequence[str]) -> bool:
    """Whether the word before a base form ("say", "report") can be its subject."""
    return bool(before) and (before[-1] in _PLURAL or before[-1].endswith(("s", "men", ",")))
