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

from dateline.model import IncidentDate, Place, Timex
from dateline.reading.incidents.days_told import NAMED_BY_WEEKDAY, Day, days_of_report, is_away
from dateline.reading.incidents.nearness import Sorted, is_within
from dateline.reading.incidents.scene_times import LATE_WEIGHT, count_of
from dateline.reading.incidents.scenes import Scene, context_of, day_of_clock
from dateline.reading.incidents.when import (
    When,
    incident_date,
    is_news_day,
    is_told_aside,
    precision_of,
)
from dateline.reading.prepared import Prepared

_LIKELY = 0.6  # share of the best weight at which an earlier day is taken
_TELLS, _STRONG, _SURE = 0.2, 0.45, 0.8  # weights from which a day goes before none, or another
_NONE = 0.1  # weight below which the text does not tell a day
_LIKELIER = 1.0  # times as likely as the day read beside the event
_WELL_LIKELIER = 2.5  # and where the text gives neither much weight
_FAR_LIKELIER = 3.0  # and where that day is earlier
_BRIEF = 12  # sentences
_OLD_DAYS = 21
_LAST_NIGHT = re.compile(r"(?i)(?:last night|overnight)")
_SMALL_HOURS = 6
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
    return bool(told) and all(is_away(one, toponyms.within(one.span), place) for one in told)


def settled(when: When | None, days: Sequence[Day], least: float = _TELLS) -> When | None:
    """The date read beside the event, or the day the whole text makes far likelier.

    An earlier day goes before one the text makes less likely; a later one only before a
    date the text gives next to no weight, since what is told of later days is what followed.
    A day goes before none from the weight of ``least``.
    """
    first = min((day.start for day in days), default=None)
    # Of what nothing says that it happened only the earliest can be the day: later ones follow.
    days = [day for day in days if day.tied or day.start == first]
    best = max((day.weight for day in days), default=0.0)
    latest = max((day.start for day in days if day.weight == best), default=None)
    new = next(
        (
            day
            for day in days
            if latest is not None
            and day.weight >= best * (_LIKELY if (latest - day.end).days <= NAMED_BY_WEEKDAY else 1)
            and best > 0.0
        ),
        None,
    )
    if new is None:
        return when
    if when is None:
        return _as_when(new) if new.weight >= least else None
    if when.date.precision != "day":
        inside = [d for d in days if when.date.start <= d.start <= d.end <= when.date.end]
        finer = settled(None, inside) if inside else None
        if finer is not None and max(d.weight for d in inside) >= best * _LIKELY:
            return finer  # "last week's crash … on 18 May"
    own = (when.date.start, when.date.end)
    if new.night and when.date.start - new.start == dt.timedelta(days=1):
        return when  # "overnight" is of two days, of which the other is known
    known = max((day.weight for day in days if (day.start, day.end) == own), default=0.0)
    if when.date.precision == "day" and new.start >= when.date.start:
        unsaid = max(_NONE, new.weight / _FAR_LIKELIER)
        better = known < unsaid and new.weight >= _SURE
    elif (new.start - when.date.end).days > _OLD_DAYS:
        better = new.weight >= _SURE
    else:
        better = new.weight >= max(_STRONG, _LIKELIER * known) or (
            new.weight >= max(_TELLS, _WELL_LIKELIER * known) and known > 0.0
        )
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
    events; of captives let go (``taken``) the whole text tells too many days. ``places`` are
    those of the text, ``place`` that of the event.
    """
    own = list(scenes)
    days = days_of_report(prepared, times, reference, filed, apart, places, place)
    first = min((day.start for day in days), default=None)
    aside = {
        (day.start, day.end)
        for day in days
        if day.weight < _TELLS or not (day.tied or day.start == first)
    }
    if _is_elsewhere(own, when, places, place):
        when = None
    if taken and when is not None and when.date.precision != "day" and not _is_of_lead(own, when):
        when = None  # "in August they published a video of the captives"
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
            if found is not None
            and (found.date.start, found.date.end) not in aside
            and not _is_elsewhere(scenes_around, found, places, place)
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
    if heard is not None and not _is_brief(prepared, heard, days):
        heard = None
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


def _is_of_lead(scenes: Sequence[Scene], when: When) -> bool:
    """Whether the lead or the headline tells a date."""
    return any(
        (near.start, near.end) == (when.date.start, when.date.end)
        for scene in scenes
        if scene.lead or scene.sentence.title
        for near in scene.times
    )


def _is_brief(prepared: Prepared, heard: When, days: Sequence[Day]) -> bool:
    """Whether a report is so short that the day somebody spoke of its event is likely its day.

    A long one that tells no day, or a brief one that tells several, is of an earlier event.
    """
    others = [day for day in days if (day.start, day.end) != (heard.date.start, heard.date.end)]
    return len(prepared.sentences) <= _BRIEF and not others


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
