"""The day a whole report tells its event was on.

A report of the second day opens with an arrest, a vigil or a higher toll, and tells further
down, often in a sentence without a word for the event ("he blew himself up on Monday
night"), when it happened. Every day the text names is weighed by what stands beside it;
since what follows an event never lies before it, the earliest of the likely ones is taken.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.model import IncidentDate, Span, Timex
from dateline.reading.incidents.nearness import EARLIER, Sorted, is_within, nearness, told_again
from dateline.reading.incidents.scene_times import LATE_WEIGHT, times_near
from dateline.reading.incidents.scenes import Scene, context_of, day_of_clock
from dateline.reading.incidents.when import (
    When,
    incident_date,
    is_news_day,
    is_told_aside,
    precision_of,
)
from dateline.reading.prepared import Prepared

# Words that tell what happened, whichever kind of event it was.
_HAPPENED = re.compile(
    r"\b(?:attack|assault|shooting|massacre|bombing|blast|(?<!controlled )explosion|rampage"
    r"|carnage|slaughter|killings?|crash|collision|derailment|blaze|collapse|landslides?"
    r"|mudslides?|earthquake|quake|tragedy|disaster|ambush|stabbings?|air ?strikes?|kidnapping"
    r"|abduction|accident|avalanche|killed|opened fire|open fire|shot|struck|attacked|fired"
    r"|blew (?:him|her|it|them)sel(?:f|ves) up|detonat\w+|exploded|went off|rammed|plough?ed"
    r"|plowed|mow(?:ed|ing) down|ran down|mount(?:ed|ing)|stormed|gunned down|stabbed|collapsed"
    r"|crashed|derailed|collided|capsized|sank|came down|disappeared from radar|lost contact"
    r"|plunged|overturned|burst|broke out|engulfed|swept|tore through|ripped through|happened"
    r"|occurred|took place|unfolded|gave way|swerved|took [\w ]{0,20}hostages?|fought|seized"
    r"|drove (?:in)?to|first (?:calls?|shots?|reports?|alarm)|slammed|walked into)\b",
    re.IGNORECASE,
)
# What comes after an event, or before it.
_OTHER = re.compile(
    r"\b(?:(?:funerals?|vigils?|services?|rall(?:y|ies)|march(?:es)?|protests?|hearings?"
    r"|ceremon(?:y|ies)|talks|meetings?|games?|match|elections?)\b[^.;]{0,30}"
    r"\b(?:took place|began|started|held)"
    r"|griev\w+|mourn\w*|gather(?:ed|ing)|vigils?|funerals?|services?|rall(?:y|ies|ied)"
    r"|march(?:es|ed)?|protests?|hearing|court|arraign\w+|charged|visit(?:ed|s)?|flew|flown|fly"
    r"|arriv(?:e|ed|es|ing)|resum(?:e|ed)|reopen(?:ed)?|declared(?! an (?:\w+ )?emergency)"
    r"|announced|rais(?:ed|ing)|due|scheduled|supposed|(?:was|were) to|will|would|silence|raids?"
    r"|raided|search(?:es|ed)?|meeting|met|rent(?:ed|al)|bought|hired|controlled|statement"
    r"|conference|briefing|tweet(?:ed)?|posted|said|says|told|arrests?|arrested|detained"
    r"|released|identified|named|buried|recovered|remain(?:ed|s)?|still|claimed|condemned"
    r"|confirmed|discharged|died (?:of|in|from)|toll|operat(?:ed|ion)|surrendered|video"
    r"|interview(?:ed)?|autops(?:y|ies)|warn(?:ed|ings?)|ordered|signed|voted|returned"
    r"|convicted|stud(?:y|ied)|travel(?:l?ed)?|born)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?i)\d ?(?:a\.?m|p\.?m)\b|\d{1,2}[:.]\d\d|o'clock|noon|midnight|midday")
_VAGUE = re.compile(r"(?i)the (?:day|morning|night|afternoon|evening)$")
_RECENT_DAYS = 14
_PLAIN = 0.25  # of a day in a sentence that names nothing that happened
_TIMED = 1.6  # of one told with the hour
_LEAD = 1.3
_ASIDE = 0.15  # of one nearer to what came after than to what happened
_CLAUSE = 40  # characters on either side within which something is beside a time
_BEFORE = 0.2
_LIKELY = 0.6  # share of the best weight at which an earlier day is taken
_REST = 0.25  # of what is told of a day again
_TELLS, _STRONG, _SURE = 0.2, 0.45, 0.8  # weights from which a day goes before none, or another
_NONE = 0.1  # weight below which the text does not tell a day
_LIKELIER = 1.2  # times as likely as the day read beside the event


class Day(NamedTuple):
    """A day or weekend with how likely the whole text makes it that of the event."""

    timex: Timex
    start: dt.date
    end: dt.date
    weight: float


def days_of_report(
    prepared: Prepared,
    times: Sequence[Timex],
    reference: dt.date | None,
    filed: int = 0,
    apart: Sequence[Scene] = (),
) -> tuple[Day, ...]:
    """The days of the last two weeks that the text names, the earliest first.

    ``apart`` are the scenes of other events, whose times are theirs; ``filed`` is where
    the dateline ends.
    """
    if reference is None:
        return ()
    others = sorted({scene.sentence.span for scene in apart})
    dated = [t for t in times if t.start is not None and t.span.start >= filed]
    timexes = Sorted(dated, [t.span for t in dated])
    body = next((s.index for s in prepared.sentences if not s.title), 0)
    weights: dict[tuple[dt.date, dt.date], list[float]] = {}
    said: dict[tuple[dt.date, dt.date], tuple[float, Timex]] = {}
    for sentence in prepared.sentences:
        here = timexes.within(sentence.span)
        if not here:
            continue
        happened = _spans(_HAPPENED, sentence.text, sentence.start)
        aside = _spans(_OTHER, sentence.text, sentence.start)
        earlier = _BEFORE if EARLIER.search(sentence.text) else 1.0
        for near in times_near(sentence, (), happened, here, reference):
            span = near.timex.span
            if (near.end - near.start).days > 1 or _VAGUE.match(prepared.text, *span):
                continue
            if is_within(span.start, others):
                continue
            if not 0 <= (reference - near.start).days <= _RECENT_DAYS:
                continue
            weight = near.weight if happened else _PLAIN
            if _gap(span, aside) <= min(_CLAUSE, _gap(span, happened)):
                weight *= _ASIDE
            words = prepared.text[max(0, span.start - 20) : span.end + 15]
            weight *= _TIMED if _CLOCK.search(words) else 1.0
            weight *= _LEAD if sentence.index - body < 3 else 1.0
            weight *= earlier
            key = (near.start, near.end)
            weights.setdefault(key, []).append(weight)
            if key not in said or weight > said[key][0]:
                said[key] = (weight, near.timex)
    found = [Day(said[key][1], *key, told_again(all_, _REST)) for key, all_ in weights.items()]
    return tuple(sorted(found, key=lambda day: (day.start, day.end)))


def settled(when: When | None, days: Sequence[Day]) -> When | None:
    """The date read beside the event, or the day the whole text makes far likelier.

    An earlier day goes before one the text makes less likely; a later one only before a
    date the text gives next to no weight, since what is told of later days is what followed.
    """
    best = max((day.weight for day in days), default=0.0)
    new = next((day for day in days if day.weight >= _LIKELY * best and best > 0.0), None)
    if new is None:
        return when
    if when is None:
        return _as_when(new) if new.weight >= _TELLS else None
    own = (when.date.start, when.date.end)
    known = max((day.weight for day in days if (day.start, day.end) == own), default=0.0)
    if when.date.precision == "day" and new.start >= when.date.start:
        better = known < _NONE and new.weight >= _SURE
    elif (new.start - when.date.end).days > _RECENT_DAYS:
        better = new.weight >= _SURE
    else:
        better = new.weight >= max(_STRONG, _LIKELIER * known)
    return _as_when(new) if better else when


def day_of_main(
    prepared: Prepared,
    scenes: Sequence[Scene],
    when: When | None,
    apart: Sequence[Scene],
    times: Sequence[Timex],
    reference: dt.date | None,
    filed: int = 0,
    *,
    taken: bool = False,
) -> When | None:
    """The date of a report's main event, of whose ``scenes`` ``when`` was read.

    Where that is none, or only the day somebody spoke of it, the sentences around tell
    more, then the hour, then the text as a whole. ``apart`` are the scenes of other
    events; of captives (``taken``) the whole text tells too many days.
    """
    own = list(scenes)
    if when is None or _is_hearsay(own, when):
        when = (
            incident_date(context_of(prepared, own[:1], times, reference, filed, apart))
            or incident_date(day_of_clock(prepared, times, reference, filed))
            or incident_date(context_of(prepared, own, times, reference, filed, apart))
            or when
        )
    elif is_told_aside(own, when):
        beside = incident_date(context_of(prepared, own[:1], times, reference, filed))
        beside = beside or incident_date(day_of_clock(prepared, times, reference, filed))
        if beside is not None and is_news_day(beside, reference):
            when = beside
    if taken and when is not None:
        return when
    return settled(when, days_of_report(prepared, times, reference, filed, apart))


def _is_hearsay(scenes: Sequence[Scene], when: When) -> bool:
    """Whether a date is no more than the day somebody spoke of it."""
    weights = [
        near.weight
        for scene in scenes
        for near in scene.times
        if (near.start, near.end) == (when.date.start, when.date.end)
    ]
    return max(weights, default=0.0) <= LATE_WEIGHT


def _as_when(day: Day) -> When:
    precision = precision_of(day.start, day.end)
    return When(IncidentDate(start=day.start, end=day.end, precision=precision), day.timex)


def _spans(pattern: re.Pattern[str], text: str, offset: int) -> list[Span]:
    return [Span(offset + m.start(), offset + m.end()) for m in pattern.finditer(text)]


def _gap(span: Span, others: Sequence[Span]) -> float:
    """Characters to the nearest of some spans; endless where there is none."""
    nearest = nearness(span, others) if others else 0.0
    return (1.0 / nearest - 1.0) * 80.0 if nearest else float("inf")
