"""Cues that are verbs: "X said that …", "…, said X", "was reported by X", ", adding that …"."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.model import Attribution, Span
from dateline.reading.attribution.clauses import CLOSING, QUOTES, STOPS, Clause, Words
from dateline.reading.attribution.cue_extents import behind_adjuncts, content_end
from dateline.reading.attribution.cue_tools import CueTools
from dateline.reading.attribution.cue_words import Verb

_APPOSITION = 12  # words
_WHOLE = 5  # words of a clause whose verb is not known
_BE = frozenset("is was are were be been being".split())
_FIRST_PERSON = frozenset("i we you".split())
_MEANS = frozenset("telephone phone email e-mail radio letter text fax satellite".split())
_PREDICATES = [[word] for word in ("is", "are", "was", "were", "has", "have", "had", "been")]
_PLURAL = frozenset("they we i you who which police people media some many others and both".split())
_OWNERS = frozenset("'s his her their its my our your such angry recent new".split())
_NOT_SUBJECTS = frozenset("to of a an any no all other newly more such for".split())
_NO_NAME = frozenset("that it's there not so how what".split()) | CLOSING
SMALL = frozenset(
    "no one two three four five six seven eight nine ten eleven twelve dozens scores".split()
)
_ADJUNCT_STARTS = frozenset("on in at during after as who to by from".split())


class VerbCues(CueTools):
    """The rules for verbs."""

    def verb(self, clause: Clause, at: int, verb: Verb, headline: bool) -> Attribution | None:
        """The attribution whose cue is the verb at token ``at``, if it is one."""
        lists = self.words.lists
        low = clause.low
        start = at
        while start and (
            low[start - 1] in lists["auxiliaries"]
            or low[start - 1] in lists["adverbs"]
            or low[start - 1] in lists["negations"]
            or low[start - 1] in lists["modals"]
            or low[start - 1 : start + 1] == ["at", "first"]
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
        if low[at + 1 : at + 2] == ["by"] and not _MEANS.intersection(low[at + 2 : at + 4]):
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
        if (
            verb.form in ("third", "base")
            and start
            and (low[start - 1] in _OWNERS or low[start - 1].endswith(("-morning", "-night")))
        ):
            return None  # "his tweets", "the editor's note", "early-morning tweets"
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
        if verb.lemma in ("quote", "cite") and "saying" in low[at + 2 : at + 26]:
            # "X quoted Y as saying that …"; whom X quotes is found with the chain.
            after = low.index("saying", at + 2) + 1
            verb = verb._replace(needs_that=False)
        following = low[after] if after < clause.stop else ""
        opens = following in ("that", "how", ":") or following in QUOTES
        # "…," said X and "…, said X.": what is said stands before.
        invertible = start == at and not opens and not verb.takes_addressee
        if invertible and (before in QUOTES or before == ","):
            inverted = self._inverted(clause, at, before, headline)
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
        if low[subject.first] in ("no", "nobody", "none", "neither"):
            return None
        own = low[subject.end - 1] in _FIRST_PERSON
        if own and self.quote_at(clause.tokens[at].start) is not None:
            return None  # "I think": inside somebody's speech, no source of its own
        if (following in ("", ",", ";") and not opens) or (left_ends and following in STOPS):
            return self._content_left(clause, subject, cue, after)
        if (left_ends and following == ",") or (left == "," and following == ","):
            return self._content_left(clause, subject, cue, after)
        first = after + 1 if following == ":" else after
        if following == "to" or (
            verb.form in ("third", "base") and low[at + 1] in self.words.lists["finite"]
        ):
            return None
        if not opens:
            if verb.needs_that and not headline and not self._counts(clause, verb, first):
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
        end = content_end(clause, first, self.quote_at)
        if end <= first:
            return None
        if low[subject.first] in ("who", "which"):
            # The clause of "which" ends before the verb of the sentence.
            comma = next((k for k in range(first + 1, end) if low[k] == ","), end)
            return self.made(clause, subject, cue, (clause.span(Words(first, comma)),))
        content = self.with_quote(clause, Words(first, end))
        self.said = subject
        return self.made(clause, subject, cue, (content,))

    def _counts(self, clause: Clause, verb: Verb, first: int) -> bool:
        """Whether a figure of people follows: "the hospital counted 17 bodies"."""
        lists = self.words.lists
        if verb.lemma not in lists["counting"] or verb.form in ("base", "ing"):
            return False
        near = clause.low[first : first + 6]
        figure = any(word[:1].isdigit() or word in SMALL for word in near[:4])
        return figure and bool(lists["counted"].intersection(near))

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
            behind_verb = subject and low[subject.first - 1 : subject.first] in _PREDICATES
            if behind_verb:
                continue  # "has risen to 19, …": what stands behind a verb is no subject
            if subject and low[subject.first - 1 : subject.first] in (["and"], ["but"]) and (
                low[subject.first].endswith("ed") and clause.is_plain(subject.first)
            ):  # fmt: skip
                continue  # "killed nine and taunted the police for hours, the chief, …"
            if subject and subject.end == comma and not clause.is_clause(subject):
                if any(low[k] in QUOTES or low[k] == "]" for k in range(subject.first, start)):
                    continue  # a quotation, or the end of a dateline
                inserted = Words(comma + 1, start - 1)
                head = low[inserted.first]
                finite = self.words.lists["auxiliaries"] | self.words.lists["finite"]
                if head in finite and clause.is_plain(inserted.first):
                    continue  # "…, has risen to 19, the agency, SEMA, said": has a verb itself
                if (
                    inserted.end - inserted.first <= _APPOSITION
                    and not head.endswith("ing")
                    and head not in self.words.lists["prepositions"]
                    and not clause.is_clause(inserted)
                ):
                    return Words(subject.first, inserted.end)
                return subject
        return None

    def _inverted(self, clause: Clause, at: int, before: str, headline: bool) -> Attribution | None:
        low = clause.low
        name = clause.name_right(at + 1)
        if name is None or name.end - name.first > 14 or clause.is_clause(name):
            return None
        if before == "," and self._ends_relative(clause, at - 1):
            return None
        if low[name.first] in self.words.lists["prepositions"] or low[name.first] in _NO_NAME:
            return None
        if before == "," and at > 1 and low[at - 2] not in QUOTES:
            # "…, said X." but not "X, who fled, said men came": the name ends the clause.
            rest = low[name.end] if name.end < clause.size else "."
            if rest not in STOPS and rest not in (",", ";") and rest not in _ADJUNCT_STARTS:
                return None
            said = Words(self.clause_start(clause, at - 1), at - 1)
            ends = rest in STOPS or low[name.end + 1 : name.end + 2] in (["who"], ["a"], ["the"])
            whole = (
                ends and said.end - said.first >= _WHOLE and clause.tokens[at + 1].text.istitle()
            )
            if not headline and not whole and not clause.is_clause(said):
                return None
        return self._content_left(clause, name, Words(at, at + 1), name.end, edge=at)

    def _ends_relative(self, clause: Clause, comma: int) -> bool:
        """Whether a comma ends a clause about the subject: "Bell, who fled, said …"."""
        low = clause.low
        opened = next((k for k in range(comma - 1, max(0, comma - 25), -1) if low[k] == ","), None)
        if opened is None or low[opened + 1] not in ("who", "which", "whose"):
            return False
        subject = clause.name_left(opened)
        if subject is not None and low[opened + 1] == "which":
            return True  # "photographs posted online, which nobody could verify, showed …"
        return subject is not None and not clause.is_clause(Words(0, opened))

    def _content_left(
        self, clause: Clause, source: Words, cue: Words, after: int, edge: int | None = None
    ) -> Attribution | None:
        """What is said stands before the source or the inverted verb (at ``edge``)."""
        low = clause.low
        end = min(source.first, cue.first) if edge is None else edge
        while end and (low[end - 1] == "," or low[end - 1] in "—–-"):
            end -= 1
        first = self.clause_start(clause, end)
        pieces: list[Span] = []
        if end > first:
            content = clause.span(Words(first, end))
            quote = self.quote_at(content.end - 1)
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
        return self.made(clause, source, cue, tuple(pieces))

    def _split_content(self, clause: Clause, after: int, begun: bool) -> list[Span]:
        """The content that goes on behind the cue, in this sentence or the next."""
        low = clause.low
        at = after
        if at < clause.stop and low[at] == ",":
            at += 1
            if at < clause.stop and low[at] not in self.words.lists["participles"]:
                if low[at] in ("who", "which", "a", "an", "citing", "referring") and begun:
                    return []
                end = content_end(clause, at, self.quote_at)
                return [self.with_quote(clause, Words(at, end))] if end > at else []
            return []
        if begun and at >= clause.stop:
            quote = self._next_quote(clause)
            if quote is not None:
                return [quote]
        return []

    def _next_quote(self, clause: Clause) -> Span | None:
        """A quotation that opens the next sentence of the paragraph: the speech goes on."""
        before = self.quote_at(clause.sentence.start) or self.quote_at(clause.sentence.start + 1)
        if before is None or before.start > clause.sentence.start:
            return None
        number = clause.sentence.index + 1
        if number >= len(self.prepared.sentences):
            return None
        following = self.prepared.sentences[number]
        if following.paragraph != clause.sentence.paragraph:
            return None
        quote = self.quote_at(following.start)
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
        end = content_end(clause, after, self.quote_at)
        if end <= after:
            return None
        return self.made(
            clause, self.said, Words(first, at + 1), (self.with_quote(clause, Words(after, end)),)
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
            end = content_end(clause, first, self.quote_at)
            if subject is None:
                return None
            cue = Words(start, saying + 1)
            left = low[subject.first - 1] if subject.first else ""
            behind = low[first] if first < clause.stop else ","
            if (
                end > first
                and behind not in (",", "by")  # "…, the doctor was quoted as saying by Dawn"
                and not (left in QUOTES and behind in lists["prepositions"])
            ):
                return self.made(
                    clause, subject, cue, (self.with_quote(clause, Words(first, end)),)
                )
            return self._content_left(clause, subject, cue, saying + 1)
        impersonal = (start and low[start - 1] == "it") or low[start : start + 1] == ["it"]
        if by is None or verb.lemma not in lists["passives"]:
            if impersonal and low[at + 1 : at + 2] == ["that"]:
                end = content_end(clause, at + 1, self.quote_at)
                return self.made(clause, None, cue, (clause.span(Words(at + 1, end)),))
            return None
        name = clause.name_right(by + 1)
        if name is None:
            return None
        if impersonal:
            if name.end >= clause.stop or low[name.end] != "that":
                return None
            content = Words(name.end, content_end(clause, name.end, self.quote_at))
        else:
            first = self.clause_start(clause, start)
            if start <= first:
                return None
            content = Words(first, start)
        pieces = [clause.span(content)]
        if not impersonal and low[name.end : name.end + 1] == ["to"]:
            # "Ten people were reported by local media to have been killed."
            goes_on = Words(name.end, content_end(clause, name.end, self.quote_at))
            pieces += [clause.span(goes_on)] if goes_on.end > goes_on.first + 1 else []
        return self.made(clause, name, Words(start, by + 1), tuple(pieces))


def _plural_subject(before: Sequence[str]) -> bool:
    """Whether the word before a base form ("say", "report") can be its subject."""
    single = bool(set(before[-3:]) & {"a", "an"})  # "a police report"
    return bool(before) and (
        (before[-1] in _PLURAL and not single) or before[-1].endswith(("s", "men", ","))
    )
