"""The times told beside an event: when it was, apart from when somebody spoke of it."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.model import Span, Timex
from dateline.reading.incidents.aftermath import aftermath_spans
from dateline.reading.incidents.nearness import (
    LATE,
    QUICK_WORDS,
    SPEECH,
    TOLL,
    around,
    is_after,
    is_named_year,
    is_of_whom,
    is_right_before,
    nearness,
    start_of,
)
from dateline.reading.prepared import Sentence, Token

_NOT_AT = frozenset("since until till before for than after".split())
_RECORD = re.compile(
    r"\b(?:deadliest|bloodiest|worst|biggest|largest|highest|heaviest|greatest|gravest|first)\b",
    re.I,
)
WHEN = re.compile(r",? when\b")
_SINCE = re.compile(r"\bsince (?:the |an? )?$")
_DAY_WORDS = re.compile(
    r"(?i)day\b|tonight|overnight|\bnight|morning|afternoon|evening|noon|dawn|\bthis\b|\blast\b|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d[/-]\d|\b(?:mon|tue|wed|thu|fri|sat|"
    r"sun)\b|\d{4}"
)
# "In a dawn raid", "at night": which part of a day, not which day.
_PART_OF_DAY = re.compile(
    r"(?i)(?:the )?(?:early |late |mid-?)?(?:dawn|dusk|morning|night|nightfall|noon|midday|"
    r"midnight|afternoon|evening)$"
)
LATE_WEIGHT = 0.1
"""Weight of a time of saying, of a later death or of a find."""
_CLAUSE = 25  # words from an event to a time of the same clause
# "the Christmas market", "Black Saturday": names, which date nothing told beside them.
_FEAST = re.compile(r"(?i)\b(?:christmas|easter|halloween|thanksgiving|new year|ramadan)$")
_FEAST_TIME = frozenset(
    "day eve morning night afternoon evening weekend week and or in on at when as after before "
    "the a with by who last this that while where for to of from".split()
)
_NAMED_DAY = frozenset("black good bloody palm super holy cyber ash easter boxing red".split())
DAYS_AFTER = re.compile(
    r"(?i)(?P<less>\b(?:less than|within|under|not even|barely) )?\b"
    r"(?P<number>an?|the|one|two|three|four|five|six|seven|eight|nine|ten|24|48|72|\d{1,2})"
    r" (?P<unit>days?|nights?|weeks?|months?|hours) (?:after|since)\b"
)
""" "Two days after", "a week since"."""
# "Nine days after a similar parcel": of another event than the one that is news.
_SIMILAR = re.compile(
    r" (?:an? |the |two |three )?(?:\w+ )?(?:similar|another|separate|second|previous|earlier|first"
    r"|(?:almost |nearly )?identical|near-identical)\b"
)
_COUNTS = "one two three four five six seven eight nine ten eleven".split()
_HOURS = 24  # of a day; a count of hours that is no whole days tells no day
_WEEK, _ABOUT = 7, 1  # days, and days by which "a week after" may be off
_MONTH, _ABOUT_A_MONTH = 30, 4
_AFTER_REACH = 90  # characters from "two days after" to the event meant
_OPENS = 10  # characters before what opens its sentence
_TOLD_BEFORE = 12  # characters from "on Monday" to its ", a day after"
_NEWS = 14  # days back to which news counts
_TOLD = 60  # and to which it does from a day told right before
_YEAR, _YEAR_REACH = 300, 10  # days, and characters from "2011" to its "attacks"
_BESIDE = 1  # characters between "the Tuesday night" and its "attack"
_POSSESSED = 30  # characters from "Saturday's" to its "attack"
_OWN_DAY = 1.2  # weight of a time that is tied to the event by its grammar
_COURT = frozenset("booked arraigned".split())
_STILL = re.compile(r"(?i)\b(?:still|remain(?:ed|s)?)\b[^.;,]*$")
_GOING_ON = re.compile(r"(?i)still \w+ing\b")
_DIED = re.compile(r"\bdied (?:later )?(?:(?:on|early|late) )?$")
_AT_HOSPITAL = re.compile(r"[^.;,]{0,20}? (?:at|in) [^.;]{0,40}?(?i:hospital|medical|infirmary)")
_STILL_REACH = 60
_STAMP = re.compile(
    r"\W*(?:(?:this (?:article|story) was )?(?:first |originally |last )?"
    r"(?:published|posted|updated|modified|printed)|a version of this (?:article|story))\b",
    re.IGNORECASE,
)
_FULL_DATE = re.compile(
    r"(?i)(?:[a-z]{3,9}\.? \d{1,2},? |\d{1,2} [a-z]{3,9}\.?,? |[-/]\d\d?[-/])(?:19|20)\d\d$"
)
_OPENS_CLAUSE = re.compile(
    r"(?:[,;] (?:and |but |while )?| (?:and|but|while) )(?:on |by |late |early )?$"
)
# "Born in 1988", "born in Dartford on Christmas Day 1964"; not "a man born in Syria on Monday".
_BORN = re.compile(
    r"(?i)\bborn(?: (?:in|on|[\w.-]+(?: [\w.-]+)? in [\w ,]+ on|in [\w ,]+ on))? (?:the )?$"
)
_WHOM_REACH = 120  # characters before a time
_MAIN_VERB = re.compile(
    r"(?i)\bwho (?:had|has|was|were|is) (?:\w+ ){2,12}(?:returned|walked|opened|drove|stormed"
    r"|burst|entered|shot|killed|stabbed|attacked|fired|rammed|ploughed|plowed|went|came|blew|set"
    r"|stepped|broke|got) (?:\w+ ){0,6}(?:on |late |early |at )?$"
)
_SPEECH_REACH = 9  # how far a verb of saying, of court or of mourning reaches, in words


class TimeNear(NamedTuple):
    """A calendar time in a scene; ``weight`` says how likely it is the event's own."""

    timex: Timex
    start: dt.date
    end: dt.date
    weight: float
    later: bool = False
    """Of what came after: a later death, a find, the arrest of a suspect."""


def times_near(
    sentence: Sentence,
    own: Sequence[Span],
    anchors: Sequence[Span],
    timexes: Sequence[object],
    reference: dt.date | None,
) -> list[TimeNear]:
    """The calendar times of a sentence, each with how likely it is that of the event.

    ``anchors`` are the words that name the event, ``own`` those of them whose time it has
    where several do. Times after ``reference`` are left out.
    """
    found = []
    late = [
        Span(sentence.start + m.start(), sentence.start + m.end())
        for m in LATE.finditer(sentence.text)
    ]
    tolls = [
        (sentence.start + m.end(), m["victim"] is not None) for m in TOLL.finditer(sentence.text)
    ]
    aftermath = aftermath_spans(sentence.text, sentence.start) if timexes else []
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
        before, after = around(sentence, timex.span)
        if _is_in_name(words, before, after):
            continue
        # "The deadliest since 7 July 2005, when bombers killed 52": of what was done then.
        told_when = WHEN.match(sentence.text, timex.span.end - sentence.start) is not None and any(
            anchor.start > timex.span.end for anchor in anchors
        )
        if not told_when and _is_record_since(sentence.text[: timex.span.start - sentence.start]):
            continue  # "the deadliest day for police since Sept. 11, 2001"
        if _is_stamp(sentence, timex, anchors, reference):
            continue
        later = False
        if before[-1:] == ("since",) and (end - timex.start).days > 1:
            continue  # "18 shootings since January"
        weight = nearness(timex.span, anchors)
        # "The Tuesday night attack", but no "dawn attack".
        beside = (
            (end - timex.start).days <= 1
            and not _PART_OF_DAY.match(words)
            and is_right_before(timex.span, anchors, _BESIDE)
        )
        if beside or (after[:1] == ("'s",) and is_right_before(timex.span, anchors, _POSSESSED)):
            weight = _OWN_DAY
        elif told_when:
            pass
        elif after[:1] == ("'s",) and anchors:
            weight *= 0.3  # "last week's semi-final": of what it possesses
        elif is_of_whom(sentence, timex.span, anchors) and not _is_main(sentence, timex.span):
            weight *= 0.1
        elif _is_year_of(sentence, timex, anchors):
            pass  # "ruled on Thursday that survivors of the 2011 attacks …"
        elif _BORN.search(sentence.text[: timex.span.start - sentence.start][-_WHOM_REACH:]):
            weight *= 0.03  # "the bomber, a man born in 1988"
        elif before[-2:] == ("as", "of") or before[-1:] == ("by",):
            weight *= 0.1  # "as of Wednesday, 12 were in hospital", "none was named by Sunday"
        elif before[-1:] and before[-1] in _NOT_AT and timex.type == "DATE":
            weight *= 0.15
        elif own and weight > nearness(timex.span, own) and end < _day_before(reference):
            weight *= 0.03
        elif after[:1] == ("after",) and anchors and anchors[0].start > timex.span.end:
            weight *= 0.15  # "were digging on Wednesday after a quake killed 217"
        elif (
            _is_of_toll(timex.span, tolls, anchors)
            or (late and is_after(timex.span, late, anchors))
            or (aftermath and _is_aftermath(sentence, timex.span, aftermath, anchors))
            or _is_still(sentence, timex.span, anchors)
        ):
            weight *= LATE_WEIGHT
            later = True
        elif _PART_OF_DAY.match(words):
            weight *= LATE_WEIGHT
        elif end >= _day_before(reference) and _is_of_speech(sentence, timex, anchors, after):
            weight *= 0.1
        found.append(TimeNear(timex, timex.start, end, weight, later))
    return found


def _is_main(sentence: Sentence, span: Span) -> bool:
    """Whether a relative clause is over: "a man who had been fired returned on Friday"."""
    return (
        _MAIN_VERB.search(sentence.text[: span.start - sentence.start][-_WHOM_REACH:]) is not None
    )


def _is_aftermath(
    sentence: Sentence, span: Span, aftermath: Sequence[Span], anchors: Sequence[Span]
) -> bool:
    """Whether a time is that of what was done to a suspect.

    Not in "suspected of driving into a market on Monday, was shot dead".
    """
    closes = sentence.text[span.end - sentence.start :][:1] == ","
    if closes and all(deed.start > span.end for deed in aftermath):
        return False
    return is_after(span, aftermath, anchors)


def _is_still(sentence: Sentence, span: Span, anchors: Sequence[Span]) -> bool:
    """Whether a time is one at which something went on: "was still missing on Friday".

    Or that at which one of the hurt died: "died Tuesday morning at the county hospital".
    """
    at = span.start - sentence.start
    low = max(0, at - _STILL_REACH)
    still = _STILL.search(sentence.text[low:at])
    if still is not None:
        # "They still had no motive for the massacre on Sunday", but "were still fighting for
        # life tonight".
        if _GOING_ON.match(still[0]):
            return True
        from_ = sentence.start + low + still.start()
        return not any(from_ < anchor.start < span.start for anchor in anchors)
    died = _DIED.search(sentence.text[max(0, at - _STILL_REACH) : at])
    return (
        died is not None
        and _AT_HOSPITAL.match(sentence.text, span.end - sentence.start) is not None
    )


def _is_stamp(
    sentence: Sentence, timex: Timex, anchors: Sequence[Span], reference: dt.date | None
) -> bool:
    """Whether a time is no more than the day on which the text was published or changed.

    "Published in The Herald, June 30th, 2016", "12:05, 7 APR 2017 UPDATED 13:40, 7 APR 2017",
    where nothing happens.
    """
    if any(anchor != timex.span for anchor in anchors):
        return False
    if _STAMP.match(sentence.text):
        return True
    if reference is None or timex.start is None or abs((reference - timex.start).days) > 1:
        return False
    words = sentence.text[: timex.span.end - sentence.start]
    return _FULL_DATE.search(words) is not None


def _is_record_since(before: str) -> bool:
    """Whether what stands before a time says since when this is the worst of its kind."""
    return _SINCE.search(before) is not None and _RECORD.search(before) is not None


def _is_of_toll(span: Span, tolls: Sequence[tuple[int, bool]], anchors: Sequence[Span]) -> bool:
    """Whether a time is that of a toll that rose, or of the death of one more victim."""
    return any(
        victim or (0 <= span.start - end <= nearest)
        for end, victim in tolls
        for nearest in [min((abs(span.start - a.end) for a in anchors), default=span.start)]
    )


def _is_in_name(words: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a day is part of a name: "the Christmas market", "Black Saturday"."""
    if _FEAST.search(words):
        return bool(after) and after[0].isalpha() and after[0] not in _FEAST_TIME
    return bool(before) and before[-1] in _NAMED_DAY and words.lower().endswith("day")


def _is_year_of(sentence: Sentence, timex: Timex, anchors: Sequence[Span]) -> bool:
    """Whether a year stands right before the event: "the 2011 attacks", or in its name."""
    if timex.start is None or timex.end is None or (timex.end - timex.start).days < _YEAR:
        return False
    return is_right_before(timex.span, anchors, _YEAR_REACH) or is_named_year(
        sentence, timex.span, anchors
    )


def days_after(
    sentence: Sentence,
    anchors: Sequence[Span],
    reference: dt.date | None,
    times: Sequence[Timex] = (),
) -> list[TimeNear]:
    """ "Two days after a gunman killed …": so long before the day the text was written.

    Of ``times`` the day told right before it is the one to count from: "on Monday, a day
    after". Weeks are told roundly: they are that many days, give or take one each; a
    month is thirty days, give or take four.
    """
    found = []
    for match in DAYS_AFTER.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if reference is None or not any(0 <= a.start - end <= _AFTER_REACH for a in anchors):
            continue
        if match["less"] is not None or _SIMILAR.match(sentence.text, match.end()):
            continue
        count, unit = count_of(match["number"]), match["unit"].lower()
        if unit == "hours" and count % _HOURS:
            continue
        if unit == "hours":
            count //= _HOURS
        off = 0
        if unit.startswith("week"):
            off, count = count * _ABOUT, count * _WEEK
        elif unit.startswith("month"):
            if count > 1:
                continue  # too coarse for a day
            off, count = _ABOUT_A_MONTH, _MONTH
        comma = sentence.text.find(
            ",", next(a.end for a in anchors if a.start >= end) - sentence.start
        )
        opens = match.start() <= _OPENS and comma >= 0
        clause = sentence.start + comma if opens else None
        day = _counted_from(start, clause, times, reference) - dt.timedelta(days=count)
        first, last = day - dt.timedelta(days=off), day + dt.timedelta(days=off)
        timex = Timex(
            span=Span(start, end), type="DATE", value=day.isoformat(), start=first, end=last
        )
        found.append(TimeNear(timex, first, last, 1.0))
    return found


def count_of(word: str) -> int:
    """How many "a", "the", "two" or "12" are, of days or of hours."""
    word = word.lower()
    if word in ("a", "an", "the"):
        return 1
    return int(word) if word.isdigit() else _COUNTS.index(word) + 1


def _counted_from(
    start: int, clause: int | None, times: Sequence[Timex], reference: dt.date
) -> dt.date:
    """The day that "a day after" at ``start`` is after.

    One told right before it, or in the main clause after ``clause``, else today.
    """
    told = [
        t.start
        for t in times
        if t.start is not None
        and t.start == t.end
        and (
            (0 <= start - t.span.end <= _TOLD_BEFORE and 0 <= (reference - t.start).days <= _TOLD)
            or (
                clause is not None
                and t.span.start > clause
                and t.type == "DATE"
                and 0 <= (reference - t.start).days <= _NEWS
            )
        )
    ]
    return told[-1] if told else reference


def _is_of_speech(
    sentence: Sentence,
    timex: Timex,
    anchors: Sequence[Span],
    after: Sequence[str],
) -> bool:
    """Whether a time is that of the saying: "said on Friday", "On Friday, the mayor said"."""
    # The last word of saying, or the last of the event, whichever is nearer, has the time.
    tokens, span = sentence.tokens, timex.span
    at = bisect.bisect_left(tokens, span.start, key=start_of)
    # Nobody is said to have spoken "just before 10 p.m.", but for a few words off.
    reach = _SPEECH_REACH if timex.type == "DATE" else QUICK_WORDS
    for i in range(at - 1, max(-1, at - 1 - reach), -1):
        if tokens[i].text in ",;.:" or _in_anchor(tokens[i], anchors):
            break
        if tokens[i].lower in SPEECH or tokens[i].lower in _COURT:
            passive = i and tokens[i - 1].lower in ("was", "were", "been")
            return not (passive and tokens[i].lower in ("reported", "called"))
    if after and after[0] in SPEECH:
        # "The minister today admitted", but "who killed 77 in 2011 appeared in court".
        return timex.end is None or timex.start is None or (timex.end - timex.start).days <= 31
    # "Killed 21 west of the town late on Sunday, officials said": it was done on Sunday.
    for i in range(at - 1, max(-1, at - 1 - _CLAUSE), -1):
        if tokens[i].text in ",;.:" or tokens[i].lower in SPEECH:
            break
        if _in_anchor(tokens[i], anchors):
            return False
    # "On Friday the mayor condemned the attack": what is said between them was on Friday.
    nearest = bisect.bisect_left(anchors, (span.end, 0))
    first = anchors[nearest].start if nearest < len(anchors) else span.end
    if nearest == len(anchors) and _OPENS_CLAUSE.search(
        sentence.text[max(0, span.start - sentence.start - 12) : span.start - sentence.start]
    ):
        # "… in the attack, and on Tuesday doctors said"; not "…, on Tuesday, they said".
        comma = sentence.text.find(",", span.end - sentence.start)
        first = sentence.start + comma if comma >= 0 else sentence.end
    for i in range(at, min(at + _SPEECH_REACH + 3, len(tokens))):
        if tokens[i].start >= first:
            break
        if tokens[i].lower in SPEECH or tokens[i].lower in _COURT:
            return True
    return False


def _in_anchor(token: Token, anchors: Sequence[Span]) -> bool:
    at = bisect.bisect_left(anchors, (token.end, 0))
    return at > 0 and anchors[at - 1].end >= token.end


def _day_before(reference: dt.date | None) -> dt.date:
    """The first day that is news; a time before it, beside another event, is of that."""
    return reference - dt.timedelta(days=8) if reference else dt.date.max
