"""A sentence that tells of an event, with the times, places and harm told beside it.

Times that belong to the telling ("said on Friday") and places somebody comes from
("from Lyon", "the Lyon-based") are told apart from those of the event.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.model import CasualtyValue, Place, Span, Timex
from dateline.reading.events import LIKELY, Trigger
from dateline.reading.finding import Finding
from dateline.reading.prepared import Prepared, Sentence, Token

_LEAD = 3  # sentences that count as the lead
_SPEECH = frozenset(
    "said says say told tells announced announces reported reports confirmed tweeted added "
    "statement wrote stated declared posted interview speaking spoke reporters conference "
    "condemned testified pleaded appeared arrested sentenced charged visited arrived mourned "
    "briefing vowed admitted accused denied urged demanded asked published met expressed claimed "
    "sources according called warned jailed convicted indicted detained ruled identified "
    "funeral buried vigil memorial".split()
)
_NOT_AT = frozenset("since until till before for than after".split())
_AT = frozenset("in at near outside inside around on within across off throughout of".split())
_FROM = frozenset(
    "from to toward towards for with by leave left fled flew born lived living resident native "
    "based".split()
)
_SEPARATE = re.compile(
    r"\b(?:separate(?:ly)?|another|other|second|elsewhere|meanwhile|unrelated|different|"
    r"in addition|also)\b",
    re.I,
)
_EARLIER = re.compile(
    r"\b(?:anniversary|previous(?:ly)?|earlier|last (?:year|month)|years? ago|months? ago|"
    r"(?:deadliest|worst|biggest|first)\b.{0,60}\bsince|similar|reminiscent|in the past|"
    r"decades?|in (?:19|20)\d\d|recall(?:s|ed|ing)?|remember(?:s|ed|ing)?|came after|"
    r"followed (?:a|the)|in the wake)\b",
    re.I,
)
# "SAN JUAN, 3 MAY 89 (EFE) -- [TEXT]", "KYIV, Oct 15 (Reuters) -": where and when it was
# filed, not where and when it happened.
_PLACE_LINE = re.compile(
    r"[A-Z][A-Z.'’-]{2,30}(?:[ /][A-Z.'’-]{2,30}){0,4}"  # "PORT MARLEN"
    r"(?:, [A-Z][\w.]{1,20}){0,2}(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?"  # ", Ohio, May 3"
    r"\s{0,2}(?:\([^()\n]{2,40}\)){0,2}\s{0,3}(?:--|[—–]|-(?=\s))"  # " (Reuters) -"
    r"|[A-Z][A-Z.'’-]{2,30}(?:[ /][A-Z.'’-]{2,30}){0,4}(?:, [A-Z][\w.]{1,20})?\s{1,2}"
    r"\([A-Z][\w /]{1,30}\)"  # "PORT MARLEN (AP)"
)
_DASH = re.compile(r"--|—|–| - ")
_DATELINE_WIDTH = 100
_HAPPENED = re.compile(
    r"\b(?:happened|occurred|took place|unfolded|began|started|broke out|fired|struck|was found|"
    r"were found|the incident|exploded|went off)\b",
    re.I,
)
_DAY_WORDS = re.compile(
    r"(?i)day\b|tonight|overnight|\bnight|morning|afternoon|evening|noon|dawn|\bthis\b|\blast\b|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d[/-]\d|\b(?:mon|tue|wed|thu|fri|sat|"
    r"sun)\b|\d{4}"
)
_QUICK_WORDS = 4  # how far a preposition reaches
_SPEECH_REACH = 9  # how far a verb of saying, of court or of mourning reaches, in words


class TimeNear(NamedTuple):
    """A calendar time in a scene; ``weight`` says how likely it is the event's own."""

    timex: Timex
    start: dt.date
    end: dt.date
    weight: float


class PlaceNear(NamedTuple):
    """A place in a scene; ``weight`` as in TimeNear, ``at`` after a preposition of place."""

    place: Place
    weight: float
    at: bool


class Scene(NamedTuple):
    """One sentence of an event."""

    sentence: Sentence
    triggers: tuple[Trigger, ...]
    harms: tuple[Finding, ...]
    times: tuple[TimeNear, ...]
    places: tuple[PlaceNear, ...]
    lead: bool

    @property
    def separate(self) -> bool:
        """Whether it says that this is another event than the one before."""
        return _SEPARATE.search(self.sentence.text) is not None

    @property
    def earlier(self) -> bool:
        """Whether it says that this lies back before the event of the report."""
        return _EARLIER.search(self.sentence.text) is not None

    @property
    def counted(self) -> bool:
        """Whether it gives a number of harmed people who are not the perpetrators."""
        return any(
            isinstance(h.value, CasualtyValue) and h.value.who == "victims" and bool(h.value.min)
            for h in self.harms
        )

    @property
    def told(self) -> bool:
        """Whether a word in it names an event by itself, not only harm or "the attack"."""
        return any(t.level >= LIKELY and not t.general and not t.pointing for t in self.triggers)

    @property
    def level(self) -> int:
        """The best level of a trigger that tells a single event; 0 without one."""
        return max((t.level for t in self.triggers if not t.general), default=0)


def scenes_of(
    prepared: Prepared,
    triggers: Sequence[Trigger],
    casualties: Sequence[Finding],
    times: Sequence[Timex],
    places: Sequence[Place],
    reference: dt.date | None,
    filed: int = 0,
) -> tuple[Scene, ...]:
    """All sentences with an event that happened, or with harm, in text order.

    ``reference`` is the day the text was written; times after it are left out. ``filed``
    is where the dateline ends, which tells nothing of the event.
    """
    by_sentence: dict[int, list[Trigger]] = {}
    for trigger in triggers:
        finding = trigger.finding
        if not finding.hypothetical and not finding.denied and finding.anchor.start >= filed:
            by_sentence.setdefault(trigger.sentence, []).append(trigger)
    harms: dict[int, list[Finding]] = {}
    for finding in casualties:
        sentence = prepared.sentence_at(finding.anchor.start)
        if sentence is not None and not finding.hypothetical:
            harms.setdefault(sentence.index, []).append(finding)
    dated = [t for t in times if t.start is not None and t.span.start >= filed]
    timexes = _Sorted(dated, [t.span for t in dated])
    located = [p for p in places if p.span is not None and p.span.start >= filed]
    toponyms = _Sorted(located, [p.span for p in located if p.span is not None])
    body = next((s.index for s in prepared.sentences if not s.title), 0)
    found = []
    for index in sorted({*by_sentence, *harms}):
        sentence = prepared.sentences[index]
        here = tuple(by_sentence.get(index, ()))
        anchors = [t.finding.anchor for t in here]
        anchors = anchors or [h.anchor for h in harms[index]]
        found.append(
            Scene(
                sentence,
                here,
                tuple(harms.get(index, ())),
                tuple(
                    _times_near(
                        sentence,
                        _own_anchors(here),
                        anchors,
                        timexes.within(sentence.span),
                        reference,
                    )
                ),
                tuple(_places_near(sentence, anchors, toponyms.within(sentence.span))),
                index < body + _LEAD,
            )
        )
    return tuple(found)


def filed_end(prepared: Prepared, times: Sequence[Timex], reference: dt.date | None) -> int:
    """Where the dateline ends; 0 where there is none.

    A dateline is a place in capitals before a dash, or anything before a dash with the
    day the text was written.
    """
    start = next((s.start for s in prepared.sentences if not s.title), 0)
    plain = _PLACE_LINE.match(prepared.text, start)
    if plain and not prepared.all_caps:
        return plain.end()
    for timex in times:
        if reference is None or timex.span.start > start + _DATELINE_WIDTH:
            break
        near = timex.start is not None and abs((timex.start - reference).days) <= 1
        mark = _DASH.search(prepared.text, timex.span.end, timex.span.end + _DATELINE_WIDTH)
        if near and mark and "." not in prepared.text[timex.span.end : mark.start()].strip("."):
            return mark.end()
    return 0


def filed_from(places: Sequence[Place], end: int) -> Place | None:
    """The place of the dateline that ends at ``end``; None where it names none."""
    named = [p for p in places if p.span is not None and p.span.start < end]
    return min(named, key=lambda p: p.span or (0, 0)) if named else None


class _Sorted:
    """Things with spans, found by where they lie."""

    def __init__(self, things: Sequence[object], spans: Sequence[Span]) -> None:
        pairs = sorted(zip(spans, range(len(spans)), strict=True))
        self.starts = [span.start for span, _ in pairs]
        self.things = [things[i] for _, i in pairs]

    def within(self, span: Span) -> list[object]:
        low = bisect.bisect_left(self.starts, span.start)
        return self.things[low : bisect.bisect_left(self.starts, span.end)]


def _day_before(reference: dt.date | None) -> dt.date:
    """The first day that is news; a time before it, beside another event, is of that."""
    return reference - dt.timedelta(days=8) if reference else dt.date.max


def _own_anchors(triggers: Sequence[Trigger]) -> Sequence[Span]:
    """The words whose time is the event's: of "freed … whom they kidnapped in May", freed."""
    released = [t.finding.anchor for t in triggers if t.type == "hostage_release"]
    taken = [t for t in triggers if t.type in ("kidnapping", "hostage_taking")]
    return released if taken else ()


def context_of(
    prepared: Prepared,
    scenes: Sequence[Scene],
    times: Sequence[Timex],
    reference: dt.date | None,
    filed: int = 0,
) -> tuple[Scene, ...]:
    """The sentences around the scenes of one event that tell a time but no event.

    "It happened on Monday evening": a fallback for an event without a date.
    """
    told = [scene.sentence.index for scene in scenes]
    dated = [t for t in times if t.start is not None and t.span.start >= filed]
    timexes = _Sorted(dated, [t.span for t in dated])
    near = sorted({i + step for i in told for step in (-1, 1, 2)} - set(told))
    found = []
    for index in near:
        if 0 <= index < len(prepared.sentences):
            sentence = prepared.sentences[index]
            here = timexes.within(sentence.span)
            if here:
                happened = [m.span() for m in _HAPPENED.finditer(sentence.text)]
                anchors = [Span(sentence.start + a, sentence.start + b) for a, b in happened]
                weighed = tuple(_times_near(sentence, (), anchors, here, reference))
                found.append(Scene(sentence, (), (), weighed, (), bool(happened)))
    return tuple(found)


def _times_near(
    sentence: Sentence,
    own: Sequence[Span],
    anchors: Sequence[Span],
    timexes: Sequence[object],
    reference: dt.date | None,
) -> list[TimeNear]:
    found = []
    for timex in timexes:
        assert isinstance(timex, Timex)
        if timex.start is None or timex.type not in ("DATE", "TIME"):
            continue
        end = timex.end or timex.start
        if (reference is not None and timex.start > reference) or (end - timex.start).days > 366:
            continue
        words = sentence.text[timex.span.start - sentence.start : timex.span.end - sentence.start]
        if timex.type == "TIME" and not _DAY_WORDS.search(words):
            continue  # "at 10.30" tells the hour of a day told elsewhere
        weight = _nearness(timex.span, anchors)
        before, after = _around(sentence, timex.span)
        if before[-1:] and before[-1] in _NOT_AT:
            weight *= 0.15
        elif own and weight > _nearness(timex.span, own) and end < _day_before(reference):
            weight *= 0.03
        elif _is_of_speech(sentence, timex.span, anchors, after):
            weight *= 0.1
        found.append(TimeNear(timex, timex.start, end, weight))
    return found


def _places_near(
    sentence: Sentence, anchors: Sequence[Span], places: Sequence[object]
) -> list[PlaceNear]:
    found = []
    for place in places:
        assert isinstance(place, Place)
        assert place.span is not None
        weight = _nearness(place.span, anchors)
        before, after = _around(sentence, place.span)
        at = False
        last = next((w for w in reversed(before[-3:]) if w in _AT or w in _FROM), "")
        if any(word in _SPEECH for word in before[-3:]):
            weight *= 0.3
        elif last in _FROM or (after and after[0] in ("-", "based", "native", "resident")):
            weight *= 0.25
        elif after[:1] == ("'s",):
            weight *= 0.5
        elif last in _AT:
            at = True
        else:
            # "U.S. troops", "France striker": a country as an adjective places nothing.
            weight *= 0.2 if place.kind == "country" else 0.6
        found.append(PlaceNear(place, weight, at))
    return found


def _nearness(span: Span, anchors: Sequence[Span]) -> float:
    """1 beside an anchor, a half 80 characters off; ``anchors`` are in text order."""
    at = bisect.bisect_left(anchors, span)
    gaps = [
        max(span.start - anchor.end, anchor.start - span.end, 0)
        for anchor in anchors[max(0, at - 1) : at + 1]
    ]
    return 1.0 / (1.0 + min(gaps, default=0) / 80.0)


def _around(sentence: Sentence, span: Span) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The few words before and after a span, in lower case."""
    tokens = sentence.tokens
    first = bisect.bisect_left(tokens, span.start, key=_start)
    last = bisect.bisect_left(tokens, span.end, key=_start)
    return (
        tuple(t.lower for t in tokens[max(0, first - _QUICK_WORDS) : first]),
        tuple(t.lower for t in tokens[last : last + _QUICK_WORDS]),
    )


def _start(token: Token) -> int:
    return token.start


def _is_of_speech(
    sentence: Sentence,
    span: Span,
    anchors: Sequence[Span],
    after: Sequence[str],
) -> bool:
    """Whether a time is that of the saying: "said on Friday", "On Friday, the mayor said"."""
    # The last word of saying, or the last of the event, whichever is nearer, has the time.
    tokens = sentence.tokens
    at = bisect.bisect_left(tokens, span.start, key=_start)
    for i in range(at - 1, max(-1, at - 1 - _SPEECH_REACH), -1):
        if tokens[i].text in ",;.:" or _in_anchor(tokens[i], anchors):
            break
        if tokens[i].lower in _SPEECH:
            passive = i and tokens[i - 1].lower in ("was", "were", "been")
            return not (passive and tokens[i].lower == "reported")
    if after and after[0] in _SPEECH:
        return True  # "the minister today admitted"
    # "On Friday the mayor condemned the attack": what is said between them was on Friday.
    nearest = bisect.bisect_left(anchors, (span.end, 0))
    first = anchors[nearest].start if nearest < len(anchors) else span.end
    for i in range(at, min(at + _SPEECH_REACH + 3, len(tokens))):
        if tokens[i].start >= first:
            break
        if tokens[i].lower in _SPEECH:
            return True
    return False


def _in_anchor(token: Token, anchors: Sequence[Span]) -> bool:
    at = bisect.bisect_left(anchors, (token.end, 0))
    return at > 0 and anchors[at - 1].end >= token.end
