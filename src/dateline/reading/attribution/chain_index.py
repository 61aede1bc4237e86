"""Which chain a span of the text has."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Sequence

from dateline.model import Attribution, Chain, Span, Value
from dateline.reading.attribution.credited import owned_up
from dateline.reading.attribution.cue_words import says, strength_of
from dateline.reading.attribution.publishing import base_chain
from dateline.reading.attribution.quotations import quotations
from dateline.reading.attribution.registry import Registry
from dateline.reading.lexicon import alternation, load
from dateline.reading.prepared import Prepared, Sentence

# What these say is a judgement or a wish; that people died is no news of theirs. "The
# group claimed responsibility for the attack that killed ten", "they condemned the …".
_JUDGES = re.compile(
    r"\b(?:condemn|denounc|deplor|mourn|lament|demand|urg|protest|criticiz|criticis|prais|hail"
    r"|vow|pledg|comment|apologi|regret|celebrat|honou?r|call(?:ed|s|ing)? (?:for|on))\w*\b",
    re.IGNORECASE,
)
_TAKES = re.compile(r"\b(?:responsibility|blame[ds]?|blaming)\b", re.IGNORECASE)
# What a noun takes with it as known: "the attack that killed ten", "in the death of Ann Bell".
_GIVEN = re.compile(
    r"\b(?:that|which|who)\s+(?:\w+\s+){0,2}(?:killed|left|claimed|wounded|injured|took|shot"
    r"|hurt)\b"
    r"|\b(?:deaths?|killings?|murders?|shootings?|slayings?|wounding)\s+of\b|\bresponsible\s+for\b",
    re.IGNORECASE,
)
# "The gunman who [killed nine …] had …": a subject with a clause of its own, and its verb.
_SUBJECT = re.compile(
    r"(?:[^\n.,;:“”\"]{0,60}(?:\([A-Z][A-Za-z ]{1,20}\)|[—–-])[\s—–-]{1,4})?"  # a dateline
    r"(?:that )?(?:the|an?|this|that) (?:[\w’'-]+ ){1,6}?(?:who|which"
    r"|(?:(?<=attack )|(?<=blast )|(?<=bombing )|(?<=bomb )|(?<=explosion )|(?<=crash )|(?<=fire )"
    r"|(?<=shooting )|(?<=strike )|(?<=raid )|(?<=assault )|(?<=massacre )|(?<=stabbing ))that)"
    r" (?:[^\s,.;:“”\"]+ ){0,16}",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"[^,.;:“”\"]{0,120}?(?<!who )(?<!which )(?<!that )(?<!and )(?<!he )(?<!she )(?<!they )"
    r"(?<!it )\b"
    r"(?:was|were|had|has|have|is|are|may|might|will|would|could|did|does)\b",
    re.IGNORECASE,
)
_SUBJECT_FAR = 160  # characters
# "The man who killed five officers taunted …": known without the verb that comes then.
_THE_ONE = re.compile(r"\bthe (?:[\w’'-]+ ){1,5}?who (?:[\w’'-]+ )?\Z", re.IGNORECASE)
# "A link to Joe Hill, who killed 77 people": known of the one who is named.
_NAMED_WHO = re.compile(r"[A-ZÀ-Þ][\w’'-]+\s+[A-ZÀ-Þ][\w’'-]+,\s+who\s+(?:\w+\s+){0,2}\Z")
_MORE = re.compile(r"(?:\s+[^\s,.;:“”\"]+){3}")
# "Pages on the shootings in Orlando, where 49 people were killed, were found on his disk."
_BY_THE_WAY = re.compile(r",\s+(?:where|in\s+which|when)\s+(?:[\w’'-]+\s+){0,3}\Z", re.IGNORECASE)
_AND_THEN = re.compile(
    r"[^,.;:“”\"]{0,100},\s+(?:and\s+(?:in|on|at)\b[^.;“”\"]{0,120},\s+)?"
    r"(?:was|were|had|has|have|is|are|may|might|will|would|could|did|does)\b",
    re.IGNORECASE,
)
# "The deadliest attack there since 191 people died in …" compares; that is no news either.
_COMPARED = re.compile(
    r"\b(?:dead|blood|great|bigg|bad|worst|(?:high|larg|grim|grav)(?=est))\w*\b[^.;“”\"]{0,90}?"
    r"\bsince\s+(?:[^.;“”\"]{0,80}\s)?\Z",
    re.IGNORECASE,
)
# So does who mourns the dead: "as the country began three days of mourning for the 84".
_MOURNED = re.compile(
    r"(?:\b(?:mourn\w*|grie(?:f|ve|ving)|tributes?|vigils?|services?|prayers?|prayed|flowers|candles)"
    r"\s+(?:for|to)|\bmemory\s+of|\bmourn(?:ed|s|ing)?)\s+"
    r"(?:(?:the|those|all|its|their|more|than|about|at|least|nearly|some)\s+){0,3}\Z",
    re.IGNORECASE,
)
_ONE_THAT = re.compile(r"\b(?:the\s+one|those|the\s+ones)\s+(?:[^\s,.;]+\s+){0,5}that\b", re.I)
_CLAIMED_BY = re.compile(r"\bclaimed by\b", re.IGNORECASE)
_IT_WAS = re.compile(r"\bit (?:was|is|has been) ", re.IGNORECASE)
_NEW_CLAUSE = re.compile(r",\s+(?:and|but|while|as|when)\s", re.IGNORECASE)
_BACK = 70  # characters before a figure in which that noun stands
_KNOWN = re.compile(r"\b(?:that|which|when|where|after)\b", re.IGNORECASE)
# A count that goes on with the one before: "Another 23 were hurt", "Two of them died".
_GOES_ON = re.compile(
    r"\W*(?:another|a further|(?:(?:at least|some|about|nearly|the) )?[\w-]+ (?:others?|more)\b"
    r"|(?:[\w-]+ ){0,2}of (?:them|those|the (?:dead|wounded|injured|victims|others))\b"
    r"|(?:(?:about|some|nearly|at least) )?"
    r"(?:\d+|[a-z]+(?:teen|ty)(?:-[a-z]+)?|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|several|most|many|some)"
    r" (?:were|are|was|is|remain(?:ed)?|had|have)\b(?! still)"
    r"|(?:[\w-]+ ){1,12}(?:was|were|are|is) (?:also )?among "
    r"(?:the (?:dead|wounded|injured|victims)|those)\b"
    r"|the (?:others?|rest|remaining)\b|among (?:them|those|the (?:dead|wounded|injured)))\b",
    re.IGNORECASE,
)
# Who denies, accuses or suspects takes for known what a relative clause tells of the deed:
# "denied shelling a market, in which nine were killed", "blamed the bomb, which killed two, on".
_RELATIVE = re.compile(
    r"(?:,\s+|\b)(?:(?:in|during|after|at)\s+)?which\b|(?:,\s+|\b)where\b|,\s+who(?:se)?\b"
    r"|\bas\s+(?:the\s+)?(?:death\s+)?toll\b",
    re.IGNORECASE,
)
# The same of a deed that somebody was behind, or may not have been, whoever says so.
_BEHIND = re.compile(
    r"\b(?:behind|responsible\s+for|to\s+blame\s+for|(?:had|has|have)\s+(?:not\s+)?carried\s+out"
    r"|confirm(?:ation|ed)?\s+(?:that|whether)|no\s+evidence)\b",
    re.IGNORECASE,
)
# What takes back what is said, between a verb of saying and a figure.
_NOT_SO = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)|not|no|nobody|none|never|reject\w*|dismiss\w*|refut\w*|fals\w*"
    r"|untrue)\b|n['’]t\b",
    re.IGNORECASE,
)
_LAYS_ON = re.compile(r"\b(?:blam(?:ed?|es|ing)|attribut(?:ed?|es|ing))\b", re.IGNORECASE)
_DISTANT = frozenset({"denied", "alleged", "believed"})
# "They had no idea why he had turned a rifle on the crowd, killing ten": he had.
_ASKED = re.compile(
    r"\b(?:no idea|(?:not|n['’]t|yet to) (?:\w+ )?(?:know|clear|say|explain|determine|establish)"
    r"|clues?|answers?"
    r"|(?:learn|find out|explain|understand|determine|establish|investigat\w+|looking into|asked"
    r"|wondered))"
    r"\s+(?:\w+\s+){0,3}?(?:why|what led|what made|how (?!many\b))",
    re.IGNORECASE,
)
_WHICH = re.compile(r",\s+(?:which|who)\s+(?:(?:has|have|had|later|also)\s+){0,2}\Z", re.IGNORECASE)
_CLAUSE_FAR = 40  # characters
_ON = 3  # sentences
_SPEECH = 12  # sentences of one speech in which its speaker is not named again
_FAR = 300  # characters
_COVERED = 0.5  # share of an evidence span that a content must hold


class ChainIndex:
    """Attributions with their chains, to be asked for many spans of one document."""

    def __init__(
        self,
        prepared: Prepared,
        attributions: Sequence[Attribution],
        registry: Registry | None = None,
    ) -> None:
        self._prepared = prepared
        self._base = base_chain(prepared, registry)
        pieces = sorted(
            (piece.start, piece.end, number)
            for number, one in enumerate(attributions)
            for piece in one.content
        )
        self._all = tuple(attributions)
        self._pieces = pieces
        self._starts = [start for start, _, _ in pieces]
        # The furthest end of any piece up to here: where a search to the left may stop.
        self._reach: list[int] = []
        furthest = 0
        for _, end, _ in pieces:
            furthest = max(furthest, end)
            self._reach.append(furthest)
        self._cues = sorted(piece.start for one in attributions for piece in one.cue)
        self._quotes = quotations(prepared)
        self._quote_starts = [quote.start for quote in self._quotes]

    def of(self, span: Span) -> tuple[tuple[Chain, ...], Attribution | None]:
        """The chains for a span and the attribution behind them, None if asserted."""
        found = self._covering(span) or self._continued(span) or self._counted_on(span)
        if found is None:
            return (self._base,), None
        return found.chains or (self._base,), found

    def owned_up(self, value: Value, anchor: Span, chains: tuple[Chain, ...]) -> tuple[Chain, ...]:
        """The chains of a claim or denial of responsibility: see :func:`owned_up`."""
        before = self._prepared.text[max(0, anchor.start - _CLAUSE_FAR) : anchor.start]
        by_the_way = _WHICH.search(before) is not None
        return owned_up(value, chains, self._base, by_the_way=by_the_way)

    def denials(self, span: Span) -> tuple[Attribution, ...]:
        """Who denies what somebody else says there: "rejected claims by rebels that ten died".

        Empty where nobody but its own source speaks of a span, or where that source denies.
        """
        own = self.of(span)[1]
        if own is None or strength_of(self._prepared, own.cue) == "denied":
            return ()
        at = bisect.bisect_left(self._starts, span.end) - 1
        found: dict[int, Attribution] = {}
        while at >= 0 and self._reach[at] > span.start:
            start, end, number = self._pieces[at]
            one = self._all[number]
            if (
                start <= span.start
                and span.end <= end
                and one is not own
                and one.chains != own.chains
                and any(start <= piece.start and piece.end <= end for piece in own.cue)
                and strength_of(self._prepared, one.cue) == "denied"
                and not self._presupposed(span, number)
            ):
                found[number] = one
            at -= 1
        return tuple(found[number] for number in sorted(found))

    def told_firmly(self, span: Span) -> bool:
        """Whether a verb of saying stands between a denial of something else and a span."""
        own = self.of(span)[1]
        if own is None or not own.cue or own.cue[-1].end > span.start:
            return False
        if strength_of(self._prepared, own.cue) == "denied":
            return False
        return _NOT_SO.search(self._prepared.text, own.cue[0].start, span.start) is None

    def _in_subject(self, span: Span, one: Attribution) -> bool:
        """Whether a figure stands in a clause about the subject of what is said.

        "Police said the man who killed nine had no links to any group": that nine were
        killed is the report's, what is said is something else.
        """
        text = self._prepared.text
        piece = next((p for p in one.content if p.start <= span.start < p.end), None)
        if piece is None or span.start - piece.start > _SUBJECT_FAR:
            return False
        lead = text[piece.start : span.start]
        if _NAMED_WHO.search(lead):
            return True
        if _THE_ONE.search(lead) and _MORE.match(text, span.end, piece.end):
            return True
        before = _SUBJECT.match(text, piece.start, span.end)
        if before is None or before.end() < span.start:
            return False  # a clause of its own stands between
        end = one.cue[-1].end if one.cue and piece.end < one.cue[0].start else piece.end
        return _PREDICATE.match(text, span.end, end) is not None

    def _speech_goes_on(self, before: Sentence, here: Sentence) -> bool:
        """Whether nothing but quoted sentences, without a gap, stand between two."""
        between = self._prepared.sentences[before.index + 1 : here.index]
        if len(between) > _SPEECH or any(map(self._unquoted, between)):
            return False
        paragraphs = [one.paragraph for one in (before, *between, here)]
        return all(b - a <= 1 for a, b in itertools.pairwise(paragraphs))

    def _unquoted(self, sentence: Sentence) -> bool:
        """Whether a sentence is not wholly inside a quotation."""
        at = bisect.bisect_right(self._quote_starts, sentence.start) - 1
        return at < 0 or self._quotes[at].end < sentence.end - 1

    def _covering(self, span: Span) -> Attribution | None:
        shares: dict[int, int] = {}
        at = bisect.bisect_left(self._starts, span.end) - 1
        while at >= 0 and self._reach[at] > span.start:
            start, end, number = self._pieces[at]
            shared = min(end, span.end) - max(start, span.start)
            if shared > 0:
                shares[number] = shares.get(number, 0) + shared
            at -= 1
        size = max(1, span.end - span.start)
        shares = {k: shared for k, shared in shares.items() if not self._presupposed(span, k)}
        held = [
            number
            for number, shared in shares.items()
            if shared >= _COVERED * (size - self._before_content(span, number))
        ]
        if not held:
            return self._alone(span, shares)
        innermost = self._all[min(held, key=self._size)]
        # "The embassy said six died, the agency reported": the embassy, though what the
        # agency reported may be the shorter.
        deeper = [one for one in map(self._all.__getitem__, sorted(held, key=self._size))
                  if _within(innermost.chains, one.chains)]  # fmt: skip
        return deeper[0] if deeper else innermost

    def _before_content(self, span: Span, number: int) -> int:
        """How much of a span is the source and the cue ("officials reported ten killed")."""
        one = self._all[number]
        if not one.cue or not span.start <= one.cue[0].start < one.cue[-1].end < span.end:
            return 0
        begins = min((p.start for p in one.content if p.start >= one.cue[-1].end), default=None)
        return begins - span.start if begins is not None and begins < span.end else 0

    def _presupposed(self, span: Span, number: int) -> bool:
        """Whether a source takes for known what stands at a span, and does not report it."""
        one = self._all[number]
        text = self._prepared.text
        given = _GIVEN.search(text, max(0, span.start - _BACK), span.end)
        if given and one.cue and not says(self._prepared, one.cue):
            return True  # no verb of saying: "raised questions about", "was asked about"
        if self._by_the_way(span):
            return True
        if not one.cue:
            return False
        if self._in_subject(span, one):
            return True
        if _CLAIMED_BY.search(text, one.cue[0].start, one.cue[-1].end + 3) and not _IT_WAS.search(
            text, max(0, one.cue[0].start - 12), one.cue[-1].end
        ):
            return True  # "the blast that killed ten, claimed by": it was theirs
        if span.start <= one.cue[-1].end:
            # "A bomb that wounded three, which police blamed on rebels"
            return _LAYS_ON.search(text, one.cue[0].start, one.cue[-1].end) is not None
        if not says(self._prepared, one.cue) and _NEW_CLAUSE.search(
            text, one.cue[-1].end, span.start
        ):
            return True  # "ordered the army to attack, and ten were killed"
        start, end = one.cue[0].start, one.cue[-1].end
        if _JUDGES.search(text, start, end):
            return True
        between = text[end : min(span.start, end + _FAR)]
        if self._of_known_deed(one, between, text[span.start : span.end]):
            return True
        takes = _TAKES.search(text, start, min(end + 30, span.start))
        return takes is not None and (given is not None or _KNOWN.search(between) is not None)

    def _by_the_way(self, span: Span) -> bool:
        """Whether a figure is told of another deed, to place or to compare the one spoken of."""
        text = self._prepared.text
        here = self._prepared.sentence_at(span.start)
        lead = text[max(here.start if here else 0, span.start - _FAR) : span.start]
        if _COMPARED.search(lead) or _MOURNED.search(lead):
            return True
        return _BY_THE_WAY.search(lead) is not None and bool(
            _AND_THEN.match(text, span.end, here.end if here else span.end)
        )

    def _of_known_deed(self, one: Attribution, between: str, words: str) -> bool:
        """Whether what stands behind a cue is told of a deed that is taken for known."""
        strength = strength_of(self._prepared, one.cue)
        if _ASKED.search(between):
            return True
        owned = strength == "claimed" and _claims_a_deed().match(between) is not None
        if strength not in _DISTANT and not owned and not _BEHIND.search(between):
            return False
        if _RELATIVE.search(between) or _RELATIVE.match(words) or _ONE_THAT.search(between):
            return True
        return _that_of_a_deed().search(between + words[:_BACK]) is not None

    def _counted_on(self, span: Span) -> Attribution | None:
        """The source of the figure before, where a sentence only counts on from it."""
        here = self._prepared.sentence_at(span.start)
        for _ in range(_ON):
            if here is None or here.index == 0 or not _GOES_ON.match(here.text):
                return None
            at = bisect.bisect_left(self._cues, here.start)
            before = self._prepared.sentences[here.index - 1]
            cued = at < len(self._cues) and self._cues[at] < here.end
            if cued or before.paragraph != here.paragraph:
                return None
            found = self._covering(before.span)
            if found is not None:
                quoted = self._prepared.text[found.content[0].start] in '"“«„'
                return None if quoted else found
            here = before
        return None

    def _alone(self, span: Span, shares: dict[int, int]) -> Attribution | None:
        """A wide span around one whole attribution ("police said two died") is its own."""
        inside = [
            number
            for number in shares
            if all(span.start <= piece.start and piece.end <= span.end
                   for piece in (*self._all[number].cue, *self._all[number].content))
        ]  # fmt: skip
        widest = sorted(inside, key=lambda number: -shares[number])[:1]
        if widest and shares[widest[0]] * 3 >= span.end - span.start:
            return self._all[widest[0]]
        return None

    def _size(self, number: int) -> tuple[int, int, int]:
        """Smaller contents are further in; then the later one."""
        one = self._all[number]
        return sum(p.end - p.start for p in one.content), -one.content[0].start, number

    def _continued(self, span: Span) -> Attribution | None:
        """The speaker of the words before, where the span is quoted and has none itself."""
        at = bisect.bisect_right(self._quote_starts, span.start) - 1
        if at < 0 or self._quotes[at].end < span.end - 1:
            return None
        quote = self._quotes[at]
        here = self._prepared.sentence_at(quote.start)
        last = bisect.bisect_left(self._starts, quote.start) - 1
        if here is None or last < 0:
            return None
        # A short quotation in the report's own sentence is a phrase, no speech.
        if quote.start > here.start + 3:
            return None
        best = max(range(max(0, last - 6), last + 1), key=lambda k: self._pieces[k][1])
        _, end, number = self._pieces[best]
        one = self._all[number]
        cue_end = max((cue.end for cue in one.cue), default=end)
        before = self._prepared.sentence_at(max(end, cue_end) - 1)
        if before is None or not self._speech_goes_on(before, here):
            return None
        quoted = any(
            q.start < piece.end and piece.start < q.end
            for piece in one.content
            for q in self._quotes[max(0, at - 3) : at]
        )
        return one if quoted else None


def _within(outer: Sequence[Chain], inner: Sequence[Chain]) -> bool:
    """Whether each of some chains goes on, further in, from one of others."""
    return bool(inner) and all(
        any(len(one) > len(base) > 1 and one[: len(base)] == base for base in outer)
        for one in inner
    )


@functools.cache
def _claims_a_deed() -> re.Pattern[str]:
    """ "Claimed both attacks": it was theirs; "claimed that the attack …" is a statement."""
    return re.compile(
        rf"\s+(?:the|this|that|both|an?)\s+(?:[^\s,;.]+\s+"
        rf"){{0,4}}?(?:{alternation(load('actors')['deeds'])})\b",
        re.IGNORECASE,
    )


@functools.cache
def _that_of_a_deed() -> re.Pattern[str]:
    """ "The bombs that killed four", "a church attack that had left 13 people dead"."""
    return re.compile(
        rf"\b(?:{alternation(load('actors')['deeds'])})\s+(?:[^\s,;.]+\s+){{0,6}}?that\s+"
        rf"(?:had\s+|has\s+)?"
        r"(?:killed|left|claimed|wounded|injured|took|hurt|maimed|kills|leaves)\b",
        re.IGNORECASE,
    )
