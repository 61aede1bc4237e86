"""How near a time or a place is told to an event, and the words right around it."""

from __future__ import annotations

import bisect
import re
import sys
from collections.abc import Sequence

from dateline.model import Span
from dateline.reading.prepared import Sentence, Token

SPEECH = frozenset(
    "said says say told tells announced announces reported reports confirmed tweeted added "
    "statement wrote stated declared posted interview speaking spoke reporters conference "
    "condemned testified pleaded appeared arrested sentenced charged visited arrived mourned "
    "briefing vowed admitted accused denied urged demanded asked published met expressed claimed "
    "sources according called warned jailed convicted indicted detained ruled identified "
    "funeral buried vigil memorial searching searched hunting raided grieving mourning recovered "
    "raising remained remain remains digging combing sifting lowered raised revised corrected "
    "halved confessed remanded acquitted inquiry investigation probe manhunt".split()
)
"""Words of saying, of court and of mourning: a time beside them is theirs."""

EARLIER = re.compile(
    r"\b(?:anniversary|previous(?:ly)?|"
    r"earlier(?! (?:on )?(?:today|tonight|in the day|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)|"
    r"last (?:year|month)|years? ago|months? ago|"
    # "The worst since a bomb killed 30", not "the worst since 2001", which is of the news.
    r"(?:deadliest|worst|biggest|first)\b.{0,60}\bsince\b(?=.{0,80}\b(?:when|kill(?:ed|ing)|dead"
    r"|died|in which|left|murdered|shot))|similar|reminiscent|"
    r"in the past(?! \w+ (?:hours?|days?)\b)|"
    r"decades?|in (?:19|20)\d\d|recall(?:s|ed|ing)?|remember(?:s|ed|ing)?|came after|"
    r"followed (?:a|the)|in the wake)\b",
    re.I,
)
"""Words that say that something lies back before the event of the report."""

# "A woman of 70 died of her injuries on Sunday, bringing the toll to six": days after.
LATE = re.compile(
    r"\bdied (?:later )?(?:of|from) (?:(?:his|her|their) )?(?:\w+ )?(?:injuries|wounds|burns)\b|"
    r"\bsuccumbed\b|\b(?:bringing|raising|taking|pushing|lifting) (?:the |its )?(?:\w+ )?toll\b|"
    r"\b(?:death )?toll (?:had |has )?(?:rose|risen|climbed|reached|stood|stands|rises)\b|"
    r"\b(?:more|further|another) (?:\w+ )?(?:body|bodies)\b|"
    r"\b(?:body|bodies) (?:was|were|had been|have been) (?:recovered|found|pulled|identified)\b"
)

# "The number of dead in the raid rose to 18 on Friday": what is told after it was later.
TOLL = re.compile(
    r"\b(?:toll|number of (?:the )?(?:dead|deaths|victims|killed|wounded|injured|people|soldiers|"
    r"civilians|fatalities|casualties|those))\b[^.;:]{0,80}?(?P<verb>\b(?:rose|risen|rises|climbed|"
    r"reached|increased|gone up|went up|jumped|grew|grown|mounted)\b)"
    r"|(?P<victim>\b\d{1,3}(?:st|nd|rd|th) (?:victim|death|fatality)\b)",
    re.I,
)

QUICK_WORDS = 4  # how far a preposition reaches


class Sorted:
    """Things with spans, found by where they lie."""

    def __init__(self, things: Sequence[object], spans: Sequence[Span]) -> None:
        pairs = sorted(zip(spans, range(len(spans)), strict=True))
        self.starts = [span.start for span, _ in pairs]
        self.things = [things[i] for _, i in pairs]

    def within(self, span: Span) -> list[object]:
        """The things that start within a span, in text order."""
        low = bisect.bisect_left(self.starts, span.start)
        return self.things[low : bisect.bisect_left(self.starts, span.end)]


def is_within(offset: int, spans: Sequence[Span]) -> bool:
    """Whether an offset lies in one of the spans, which are sorted and lie apart."""
    at = bisect.bisect_right(spans, (offset, sys.maxsize)) - 1
    return at >= 0 and offset < spans[at].end


def told_again(weights: Sequence[float], rest: float) -> float:
    """The weight of what is told several times: the highest, and a share of all the rest."""
    most = max(weights)
    return most + rest * (sum(weights) - most)


def nearness(span: Span, anchors: Sequence[Span]) -> float:
    """1 beside an anchor, a half 80 characters off; ``anchors`` are in text order."""
    at = bisect.bisect_left(anchors, span)
    gaps = [
        max(span.start - anchor.end, anchor.start - span.end, 0)
        for anchor in anchors[max(0, at - 1) : at + 1]
    ]
    return 1.0 / (1.0 + min(gaps, default=0) / 80.0)


def around(sentence: Sentence, span: Span) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The few words before and after a span, in lower case."""
    tokens = sentence.tokens
    first = bisect.bisect_left(tokens, span.start, key=start_of)
    last = bisect.bisect_left(tokens, span.end, key=start_of)
    return (
        tuple(t.lower for t in tokens[max(0, first - QUICK_WORDS) : first]),
        tuple(t.lower for t in tokens[last : last + QUICK_WORDS]),
    )


def start_of(token: Token) -> int:
    """Where a token starts, as a key for bisect."""
    return token.start


def is_after(span: Span, late: Sequence[Span], anchors: Sequence[Span]) -> bool:
    """Whether a time is that of a later death or find rather than of the event."""
    events = [a for a in anchors if not any(a.start < x.end and x.start < a.end for x in late)]
    return nearness(span, late) >= (nearness(span, events) if events else 0.0)


def is_right_before(span: Span, anchors: Sequence[Span], reach: int) -> bool:
    """Whether an anchor follows a span within ``reach`` characters."""
    return any(0 < anchor.start - span.end <= reach for anchor in anchors)


def is_named_year(sentence: Sentence, span: Span, anchors: Sequence[Span]) -> bool:
    """Whether a year begins the name of the event: "the 2013 Riverton Marathon bombing"."""
    after = bisect.bisect_left(anchors, (span.end, 0))
    if after >= len(anchors):
        return False
    if not sentence.text[: span.end - sentence.start][-4:].isdecimal():
        return False  # "nearly three years ago"
    between = sentence.text[span.end - sentence.start : anchors[after].start - sentence.start]
    return _IN_NAME.fullmatch(between[:_NAME_REACH]) is not None and len(between) <= _NAME_REACH


_NAME_REACH = 50  # characters from a year to the "bombing" it names
_IN_NAME = re.compile(
    r" (?:(?:[A-Z][a-z][\w'’.-]*|school|museum|mosque|church|nightclub|airport|festival|concert|"
    r"market|station|train|metro|bus|parade|embassy|hotel|terrorist|terror|suicide|truck|mass|club|"
    r"synagogue|temple|mall|stadium|theatre|theater|hospital|university|college|beach) ){1,5}"
)


def is_of_whom(sentence: Sentence, span: Span, anchors: Sequence[Span]) -> bool:
    """Whether a time before the event is that of a relative clause: "a man who moved here
    two years ago shot dead three"; not in "those who on Sunday attacked a village".
    """
    tokens = sentence.tokens
    last = bisect.bisect_left(tokens, span.start, key=start_of)
    first = next(
        (n for n in range(last - 1, -1, -1) if tokens[n].lower in _RELATIVE),
        None,
    )
    if first is None or last - first < 3 or tokens[first + 1].lower in _TIMELY:
        return False
    told = any(tokens[first].start < anchor.start < span.start for anchor in anchors)
    return not told and any(anchor.start >= span.end for anchor in anchors)


_RELATIVE = frozenset("who whom whose which".split())
_TIMELY = frozenset("on in at last late early earlier this during".split())
