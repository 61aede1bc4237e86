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

from dateline.model import IncidentDate, Place, Span, Timex
from dateline.reading.incidents.aftermath import aftermath_spans
from dateline.reading.incidents.nearness import EARLIER, Sorted, is_within, nearness, told_again
from dateline.reading.incidents.scene_places import STREET, places_near
from dateline.reading.incidents.scene_times import (
    LATE_WEIGHT,
    WHEN,
    count_of,
    days_after,
    times_near,
)
from dateline.reading.incidents.scenes import Scene, context_of, day_of_clock
from dateline.reading.incidents.when import (
    When,
    incident_date,
    is_news_day,
    is_told_aside,
    precision_of,
)
from dateline.reading.incidents.where import same_place
from dateline.reading.prepared import Prepared, Sentence

# Words that tell what happened, whichever kind of event it was.
_HAPPENED = re.compile(
    r"\b(?:attack|assault|shooting|massacre|bombing|blast|(?<!controlled )explosion|rampage"
    r"|carnage|slaughter|killings?|crash|collision|derailment|blaze|collapse|landslides?"
    r"|mudslides?|earthquake|quake|tragedy|disaster|ambush|stabbings?|air ?strikes?|kidnapping"
    r"|abduction|accident|avalanche|killed|opened fire|open fire|shot|struck|attacked|fired"
    r"|blew (?:him|her|it|them)sel(?:f|ves) up|detonat\w+|exploded|went off|rammed|plough?ed"
    r"|plowed|mow(?:ed|ing) down|ran down|mount(?:ed|ing)|stormed|gunned down|stabbed|collapsed"
    r"|crashed|derailed|collided|capsized|sank|came down|disappeared from radar|lost contact"
    r"|plunged|overturned|burst|broke out|engulfed|swept|tore through|ripp?(?:ed)? through|happened"
    r"|occurred|took place|unfolded|gave way|swerved|took [\w ]{0,20}hostages?|fought|seized"
    r"|driv(?:en|ing) (?:\w+ ){0,3}(?:in)?to|drove (?:\w+ ){0,3}(?:in)?to"
    r"|first (?:calls?|shots?|reports?|alarm)|slammed|walked into"
    r"|(?:was|were|been) (?:wounded|injured|hurt)|(?:wound|injur)ing|sped|veered|careered"
    r"|careen\w+|barrel\w+|ran (?:over|into)|burst into|knocked (?:down|over)|hurtled|zigzagg\w+"
    r"|lost (?:his|her|their) li(?:fe|ves)|perished)\b",
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
    r"|confirmed|discharged|died (?:of|from|in (?:an? |the )?(?:\w+ )?(?:hospital|surgery|custody))"
    r"|inquir(?:y|ies)|investigations?|probe|manhunt|booked|counts|toll|operat(?:ed|ion)|surrendered|video"
    r"|interview(?:ed)?|autops(?:y|ies)|warn(?:ed|ings?)|ordered|signed|voted|returned"
    r"|lost (?:his|her|their) (?:fight|battle)|convicted|stud(?:y|ied)|travel(?:l?ed)?|born)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?i)\d ?(?:a\.?m|p\.?m)\b|\d{1,2}[:.]\d\d|o'clock|noon|midnight|midday")
_VAGUE = re.compile(r"(?i)the (?:same )?(?:day|morning|night|afternoon|evening)$")
_RECENT_DAYS = 21
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

_AWAY, _AT = 0.2, 0.3  # of a day told of somewhere else; weight of a place that tells so
# "The Sunday Times": no day at all.
_PAPER = re.compile(
    r" (?:Times|Telegraph|Mail|Express|Mirror|Herald|Star|Post|People|World|Tribune|Independent"
    r"|Mercury|Sun|Mass|Night Live)\b"
)
# News names a day of the last week by its weekday; an older one is likely of another event.
_NAMED_BY_WEEKDAY, _DATED = 7, 0.5
_OPENS = 20  # characters before a time that opens its sentence
_LAST_NIGHT = re.compile(r"(?i)(?:last night|overnight)")
_SMALL_HOURS = 6
# "On the afternoon of March 22 when …": what happened is told after it.
_DATING = 0.6
_BY_DAY = 4, 20  # hours
_HALF_DAY, _WHOLE_DAY = 12, 24  # hours
_HOUR_OF = re.compile(r"T(\d\d):")
# "Two hours later", "minutes after the first blast", "at the same time".
_SOON = re.compile(
    r"\b(?:(?P<number>an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|\d{1,2}) )?"
    r"(?P<unit>hours?|minutes?|moments?|seconds?|half an hour) (?:later|after(?:wards?)?|before"
    r"|earlier)\b"
    r"|\b(?:shortly|soon|right|immediately) after(?:wards?)?\b"
    r"|\bat (?:about |around |almost |nearly )?the same time\b|\bsimultaneous(?:ly)?\b"
    r"|\b(?:later|earlier) (?:(?:in|on) )?(?:the|that) (?:same )?"
    r"(?:day|evening|morning|afternoon)\b"
    r"|\b(?:the|that) same (?:day|evening|morning|afternoon|night)\b",
    re.IGNORECASE,
)


class Day(NamedTuple):
    """A day or weekend with how likely the whole text makes it that of the event."""

    timex: Timex
    start: dt.date
    end: dt.date
    weight: float
    night: bool = False
    """Told as last night, which the day after is part of."""


def days_of_report(
    prepared: Prepared,
    times: Sequence[Timex],
    reference: dt.date | None,
    filed: int = 0,
    apart: Sequence[Scene] = (),
    places: Sequence[Place] = (),
    place: Place | None = None,
) -> tuple[Day, ...]:
    """The days of the last two weeks that the text names, the earliest first.

    ``apart`` are the scenes of other events, whose times are theirs; ``filed`` is where
    the dateline ends. What sentences tell of other ``places`` than that of the event,
    ``place``, is likely not of it.
    """
    if reference is None:
        return ()
    others = sorted({scene.sentence.span for scene in apart})
    dated = [t for t in times if t.start is not None and t.span.start >= filed]
    timexes = Sorted(dated, [t.span for t in dated])
    towns = [p for p in places if p.span is not None and p.kind in ("city", "admin2")]
    toponyms = Sorted(towns, [p.span for p in towns if p.span is not None])
    body = next((s.index for s in prepared.sentences if not s.title), 0)
    weights: dict[tuple[dt.date, dt.date], list[float]] = {}
    said: dict[tuple[dt.date, dt.date], tuple[float, Timex]] = {}
    for sentence in prepared.sentences:
        here = timexes.within(sentence.span)
        if not here:
            continue
        after = aftermath_spans(sentence.text, sentence.start)
        happened = [
            span
            for span in _spans(_HAPPENED, sentence.text, sentence.start)
            if not any(span.start < one.end and one.start < span.end for one in after)
        ]
        aside = sorted([*_spans(_OTHER, sentence.text, sentence.start), *after])
        away = _is_away(sentence, toponyms.within(sentence.span), place)
        earlier = _BEFORE if EARLIER.search(sentence.text) else 1.0
        nears = times_near(sentence, (), happened, here, reference)
        nears += days_after(
            sentence, happened, reference, [t for t in here if isinstance(t, Timex)]
        )
        for near in nears:
            span = near.timex.span
            if (near.end - near.start).days > 1 or _VAGUE.match(prepared.text, *span):
                continue
            if is_within(span.start, others) or near.later:
                continue
            if _PAPER.match(prepared.text, span.end):
                continue
            if not 0 <= (reference - near.start).days <= _RECENT_DAYS:
                continue
            weight = near.weight if happened else _PLAIN
            if WHEN.match(prepared.text, span.end):
                weight = max(weight, _DATING)
            beside = _of_clause(sentence, span, aside)
            if _gap(span, beside) <= min(_CLAUSE, _gap(span, happened)):
                weight *= _ASIDE
            words = prepared.text[max(0, span.start - 20) : span.end + 15]
            weight *= _TIMED if _CLOCK.search(words) else 1.0
            if sentence.index - body < 3:
                weight *= _LEAD
            elif (reference - near.end).days > _NAMED_BY_WEEKDAY:
                weight *= _DATED
            weight *= earlier * (_AWAY if away else 1.0)
            key = (near.start, near.end)
            weights.setdefault(key, []).append(weight)
            if key not in said or weight > said[key][0]:
                said[key] = (weight, near.timex)
    found = [
        Day(
            said[key][1],
            *key,
            told_again(all_, _REST),
            _LAST_NIGHT.fullmatch(prepared.text, *said[key][1].span) is not None,
        )
        for key, all_ in weights.items()
    ]
    return tuple(sorted(found, key=lambda day: (day.start, day.end)))


def _of_clause(sentence: Sentence, span: Span, others: Sequence[Span]) -> list[Span]:
    """Those of some spans that no comma parts from a time told before them.

    "Killed ten on Thursday, and was buried"; but "On Thursday, he was buried".
    """
    if span.start - sentence.start <= _OPENS:
        return list(others)
    comma = sentence.text.find(",", span.end - sentence.start)
    end = sentence.start + comma if comma >= 0 else sentence.end
    return [one for one in others if one.start < end]


def _is_away(sentence: Sentence, named: Sequence[object], place: Place | None) -> bool:
    """Whether a sentence tells what was somewhere else than at ``place``."""
    if place is None or place.kind not in ("city", "admin2") or not named:
        return False
    at = [
        near.place
        for near in places_near(sentence, (), named)
        if near.at and near.weight > _AT and near.place.span is not None
    ]
    at = [
        one
        for one in at
        if one.span is not None and not STREET.match(sentence.text, one.span.end - sentence.start)
    ]
    named_too = [p for p in named if isinstance(p, Place)]
    return bool(at) and not any(same_place(one, place) for one in named_too)


def _is_elsewhere(
    scenes: Sequence[Scene], when: When | None, places: Sequence[Place], place: Place | None
) -> bool:
    """Whether all sentences that tell a date tell of other places than that of the event."""
    if when is None or place is None:
        return False
    towns = [p for p in places if p.span is not None and p.kind != "country"]
    toponyms = Sorted(towns, [p.span for p in towns if p.span is not None])
    told = [
        scene.sentence
        for scene in scenes
        if any((near.start, near.end) == (when.date.start, when.date.end) for near in scene.times)
    ]
    return bool(told) and all(_is_away(one, toponyms.within(one.span), place) for one in told)


def settled(when: When | None, days: Sequence[Day], least: float = _TELLS) -> When | None:
    """The date read beside the event, or the day the whole text makes far likelier.

    An earlier day goes before one the text makes less likely; a later one only before a
    date the text gives next to no weight, since what is told of later days is what followed.
    A day goes before none from the weight of ``least``.
    """
    best = max((day.weight for day in days), default=0.0)
    latest = max((day.start for day in days if day.weight == best), default=None)
    new = next(
        (
            day
            for day in days
            if latest is not None
            and day.weight
            >= best * (_LIKELY if (latest - day.end).days <= _NAMED_BY_WEEKDAY else 1)
            and best > 0.0
        ),
        None,
    )
    if new is None:
        return when
    if when is None:
        return _as_when(new) if new.weight >= least else None
    own = (when.date.start, when.date.end)
    if new.night and when.date.start - new.start == dt.timedelta(days=1):
        return when  # "overnight" is of two days, of which the other is known
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
    places: Sequence[Place] = (),
    place: Place | None = None,
) -> When | None:
    """The date of a report's main event, of whose ``scenes`` ``when`` was read.

    Where that is none, or only the day somebody spoke of it, the sentences around tell
    more, then the hour, then the text as a whole. ``apart`` are the scenes of other
    events; of captives (``taken``) the whole text tells too many days. ``places`` are
    those of the text, ``place`` that of the event.
    """
    own = list(scenes)
    if _is_elsewhere(own, when, places, place):
        when = None
    heard = None  # the day somebody spoke of it, which is better than none
    if when is None or _is_hearsay(own, when):
        heard = when if _is_of_day(own, when) else None
        around = [
            context_of(prepared, own[:1], times, reference, filed, apart),
            day_of_clock(prepared, times, reference, filed),
            context_of(prepared, own, times, reference, filed, apart),
        ]
        told = (
            found
            for scenes_around in around
            for found in [incident_date(scenes_around)]
            if found is not None and not _is_elsewhere(scenes_around, found, places, place)
        )
        coarse = when if when is not None and when.date.precision == "year" else None
        when = next(told, coarse)
    elif is_told_aside(own, when):
        beside = incident_date(context_of(prepared, own[:1], times, reference, filed))
        beside = beside or incident_date(day_of_clock(prepared, times, reference, filed))
        if beside is not None and is_news_day(beside, reference):
            when = beside
    if taken and when is not None:
        return when
    days = days_of_report(prepared, times, reference, filed, apart, places, place)
    least = _STRONG if heard is not None else _TELLS
    found = settled(when, days, least) or heard or _day_of_hour(own, times, reference)
    return _after_midnight(prepared, own, found, times)


def _after_midnight(
    prepared: Prepared, scenes: Sequence[Scene], when: When | None, times: Sequence[Timex]
) -> When | None:
    """The day after "last night", where the event was in the small hours: "at about 2am"."""
    if when is None or not _LAST_NIGHT.fullmatch(prepared.text, *when.timex.span):
        return when
    near = {scene.sentence.index + step for scene in scenes if scene.triggers for step in (0, 1)}
    for timex in times:
        hour = _HOUR_OF.search(timex.value)
        sentence = prepared.sentence_at(timex.span.start)
        if timex.type != "TIME" or hour is None or sentence is None or sentence.index not in near:
            continue
        day = when.date.start + dt.timedelta(days=1)
        if timex.start not in (when.date.start, day):
            continue
        if int(hour[1]) >= _SMALL_HOURS:
            return when  # "at 10.30pm last night"
        return When(IncidentDate(start=day, end=day, precision="day"), when.timex)
    return when


def _is_of_day(scenes: Sequence[Scene], when: When | None) -> bool:
    """Whether a date is that of a saying, not of what is known to have come later."""
    if when is None or when.date.precision != "day":
        return False
    return any(
        not near.later
        for scene in scenes
        for near in scene.times
        if (near.start, near.end) == (when.date.start, when.date.end)
    )


def _day_of_hour(
    scenes: Sequence[Scene], times: Sequence[Timex], reference: dt.date | None
) -> When | None:
    """The day a text that names none was written, where it tells the hour of its event.

    "The attack began at about 14:40": by day, since of a late hour a text of the next
    morning may be telling.
    """
    if reference is None:
        return None
    spans = sorted({scene.sentence.span for scene in scenes if scene.triggers})
    for timex in times:
        hour = _HOUR_OF.search(timex.value)
        if timex.type != "TIME" or hour is None or timex.start != reference:
            continue
        if _BY_DAY[0] <= int(hour[1]) < _BY_DAY[1] and is_within(timex.span.start, spans):
            date = IncidentDate(start=reference, end=reference, precision="day")
            return When(date, timex)
    return None


def day_told_beside(
    scenes: Sequence[Scene],
    before: Sequence[tuple[Sequence[Scene], When | None]],
    times: Sequence[Timex],
) -> When | None:
    """The date of an event that is told only by how long it was after another of that day.

    "Two hours later a second bomb went off": of ``before``, the events with their dates,
    the last that the text told. None where nothing says that they were close, or where
    the day of the other is not told, or its hour leaves open on which side of midnight.
    """
    first = scenes[0].sentence
    found = next((m for s in scenes[:2] for m in [_SOON.search(s.sentence.text)] if m), None)
    if found is None:
        return None
    told = [
        (own[0].sentence.start, own, when)
        for own, when in before
        if own is not scenes and own[0].sentence.start <= first.start
    ]
    if not told:
        return None
    _, own, when = max(told, key=lambda one: one[0])
    if when is None or when.date.precision != "day":
        return None
    hours = _hours(found)
    if hours is None or hours >= _HALF_DAY:
        return None
    clock = _clock_of(own, times)
    if clock is not None and clock + hours >= _WHOLE_DAY:
        day = when.date.start + dt.timedelta(days=1)
        return When(IncidentDate(start=day, end=day, precision="day"), when.timex)
    return when


def _hours(match: re.Match[str]) -> int | None:
    """How many hours on something was; 0 for minutes and for "the same day"; None for some."""
    unit = (match["unit"] or "").lower()
    if not unit.startswith("hour"):
        return 0
    return count_of(match["number"] or "an")


def _clock_of(scenes: Sequence[Scene], times: Sequence[Timex]) -> int | None:
    """The hour, 0 to 23, that the scenes of an event tell; None where they tell none."""
    spans = [scene.sentence.span for scene in scenes]
    for timex in times:
        hour = _HOUR_OF.search(timex.value)
        if hour and timex.type == "TIME" and is_within(timex.span.start, spans):
            return int(hour[1]) % 24
    return None


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
