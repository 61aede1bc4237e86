"""One sentence as the cue rules see it: where a name or a clause begins and ends.

There is no parser here. A name ends at punctuation, at a word that opens a clause, or
at a finite verb; that is right for the short clauses in which news attributes.
"""

from __future__ import annotations

from typing import NamedTuple

from dateline.model import Span
from dateline.reading.attribution.cue_words import cue_words
from dateline.reading.prepared import Sentence, Token

QUOTES = frozenset('"“”„«»')
OPENING = frozenset("“„«")
CLOSING = frozenset("”»")
STOPS = frozenset(".!?…")
_HARD = frozenset(":;—–-[]/") | QUOTES | STOPS
LONGEST = 4_000  # characters; what is longer is no sentence (tables, lists, garbage)
_LONGEST_NAME = 30  # words


class Words(NamedTuple):
    """Tokens ``first`` to ``end`` of a sentence."""

    first: int
    end: int


class Clause:
    """The tokens of a sentence with what the rules ask of them."""

    def __init__(self, sentence: Sentence, *, caps: bool = False) -> None:
        self.sentence = sentence
        self.caps = caps
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.low = [token.lower for token in self.tokens]
        self.size = len(self.tokens)
        # The last token that is no final stop: contents end there.
        end = self.size
        while end and self.low[end - 1] in STOPS:
            end -= 1
        self.stop = end

    def span(self, words: Words) -> Span:
        """Character offsets of some tokens."""
        return Span(self.tokens[words.first].start, self.tokens[words.end - 1].end)

    def is_plain(self, at: int) -> bool:
        """Whether a word may be a verb: it is no name ("Shot", "the Washington Post")."""
        return self.caps or self.tokens[at].text[:1].islower()

    def is_clause(self, words: Words) -> bool:
        """Whether a finite verb stands among the tokens."""
        lists, verbs = cue_words().lists, cue_words().verbs
        for at in range(words.first, words.end):
            word = self.low[at]
            if not self.is_plain(at):
                continue
            if word in lists["finite"]:
                return True
            verb = verbs.get(word)
            if verb and verb.form == "past" and self.low[at - 1 if at else 0] not in _DETERMINERS:
                return True
        return False

    def name_left(self, end: int) -> Words | None:
        """The name that ends before token ``end``: the subject of a cue verb there."""
        lists = cue_words().lists
        first = end
        depth = 0
        while first > 0 and end - first < _LONGEST_NAME:
            word = self.low[first - 1]
            if word == ")":
                depth += 1
            elif word == "(" and depth:
                depth -= 1
            elif not depth:
                if word == "," or word == "(" or self._hard(first - 1):
                    break
                if word in lists["clause_starts"]:
                    if first == end:  # "who said": the relative pronoun is the source
                        return Words(first - 1, first) if word in _RELATIVE else None
                    relative = self._with_relative(first - 1, end)
                    if relative is None:
                        break
                    return relative
                if word in lists["finite"] and self.is_plain(first - 1):
                    break
                if word in ("and", "or") and first < end and self._new_clause(first - 1):
                    break
            first -= 1
        return self._trimmed(Words(first, end))

    def name_right(self, first: int) -> Words | None:
        """The name that starts at token ``first``, after "according to" or "said"."""
        lists, verbs = cue_words().lists, cue_words().verbs
        end = first
        depth = 0
        while end < self.stop and end - first < _LONGEST_NAME:
            word = self.low[end]
            if word == "(":
                depth += 1
            elif word == ")":
                if not depth:
                    break
                depth -= 1
            elif not depth and end > first:
                if word == "," or self._hard(end):
                    break
                if word in lists["finite"] and self.is_plain(end):
                    break
                if word == "to" and self.low[end + 1 : end + 2] in (["have"], ["be"]):
                    break
                if word in lists["clause_starts"] and word not in ("who", "which", "whose"):
                    break
                verb = verbs.get(word) if self.is_plain(end) else None
                if (
                    verb
                    and verb.form in ("past", "third", "ing")
                    and not verb.takes_addressee
                    and word not in lists["document_nouns"]
                ):
                    break
                if word in lists["times"] and self.low[end - 1] not in ("the", "of", "'s"):
                    break
                if word in _ADJUNCTS and self._is_adjunct(end):
                    break
            elif not depth and (word == "," or self._hard(end)):
                break
            end += 1
        return Words(first, end) if end > first else None

    def _hard(self, at: int) -> bool:
        """Whether a mark ends any name; hyphens and dots inside names do not."""
        word = self.low[at]
        if word not in _HARD:
            return False
        token = self.tokens[at]
        glued_left = at > 0 and self.tokens[at - 1].end == token.start
        glued_right = at + 1 < self.size and self.tokens[at + 1].start == token.end
        if word in "-–/":
            return not (glued_left and glued_right)
        if word == ".":
            # "Lt. Smith", "No.4": a dot between words of one sentence.
            return not (glued_left and at + 1 < self.stop)
        return True

    def _with_relative(self, at: int, end: int) -> Words | None:
        """A name with a restrictive clause ("residents who were nearby"), if it is one."""
        if self.low[at] not in ("who", "whose") or at == 0:
            return None
        head = self.name_left(at)
        return Words(head.first, end) if head and head.end == at else None

    def _new_clause(self, at: int) -> bool:
        """Whether "and" at ``at`` joins clauses and not names: a verb stands before it."""
        first = at
        while first > 0 and self.low[first - 1] not in (",", ";", ":") and at - first < 20:
            first -= 1
        return self.is_clause(Words(first, at)) or at == 0 or self.low[at - 1] == ","

    def _trimmed(self, words: Words) -> Words | None:
        """Without what comes before a subject: "On Friday", "But", "In a statement"."""
        lists = cue_words().lists
        first, end = words
        changed = True
        while changed and first < end:
            changed = False
            word = self.low[first]
            if (
                word in _OPENERS
                or (word in lists["adverbs"] and end - first > 1)
                or (word in lists["times"] and end - first > 1 and self.low[first + 1] != "'s")
            ):
                first += 1
                changed = True
            elif word in lists["prepositions"] and word != "of":
                after = self._past_time(first, end) or self._past_venue(first, end)
                if after is None:
                    break
                first = after
                changed = True
        if first >= end or not (self.low[end - 1][-1:].isalnum() or self.low[end - 1] in ").'s"):
            return None
        if all(w in lists["times"] or w.isdigit() or w == "the" for w in self.low[first:end]):
            return None
        if self.low[first] in lists["prepositions"] and self.low[first] != "of":
            return None
        return Words(first, end)

    def _past_time(self, first: int, end: int) -> int | None:
        """Behind the last word of time in "In late July 2020 police"; None without one."""
        times = cue_words().lists["times"]
        last = None
        for at in range(first + 1, min(end, first + 7)):
            if self.low[at] in times or self.low[at][:1].isdigit() or self.low[at] in _HOURS:
                last = at
        if last is None or last + 1 >= end or self.low[last + 1] == "'s":
            return None
        return last + 1

    def _past_venue(self, first: int, end: int) -> int | None:
        """Behind the venue in "In its first statement the ministry"; None without one."""
        venues = cue_words().lists["venues"]
        for at in range(first + 1, min(end - 1, first + 6)):
            if self.low[at] in venues and self.low[at + 1] in ("the", "a", "an", "its", "their"):
                return at + 1
        return None

    def _is_adjunct(self, at: int) -> bool:
        """Whether a preposition starts "in a statement", "on Telegram" and not a name part."""
        lists = cue_words().lists
        for word in self.low[at + 1 : at + 5]:
            if word in lists["venues"] or word in lists["times"] or word[:1].isdigit():
                return True
            if word in (
                ",",
                "the",
                "a",
                "an",
                "his",
                "her",
                "its",
                "their",
                "news",
                "late",
                "press",
            ):
                continue
            if word in ("condition", "behalf"):
                return True
        return False


_HOURS = frozenset("a.m a.m. p.m p.m. am pm gmt hrs hours".split())
_RELATIVE = frozenset({"who", "which", "that"})
_DETERMINERS = frozenset("the a an any no all its his her their some other of such".split())
_OPENERS = frozenset(
    """but and so yet or meanwhile however moreover nevertheless instead still indeed also while
    as then separately elsewhere though thus therefore similarly likewise when after because
    that if although""".split()
)
_BEFORE_VENUES = frozenset(", the a an his her its their news late press".split())
_ADJUNCTS = frozenset("on in at to during after before as via by through over".split())
