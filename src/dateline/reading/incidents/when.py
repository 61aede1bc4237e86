"""When an incident happened: the time told nearest to its triggers, with its precision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from dateline.model import DatePrecision, IncidentDate, Timex
from dateline.reading.incidents.events import LIKELY
from dateline.reading.incidents.nearness import is_named_year, is_right_before
from dateline.reading.incidents.scenes import Scene

_LEAD_WEIGHT = 2.0
_FIRST = 1.6  # what the sentence weighs besides that opens the report with who was harmed
_LOOSE, _TIGHT = 0.6, 0.85  # weights of a time far from and right beside its event
_FOLLOW_DAYS = 10
_BESIDE = 2  # characters between a year and the event it is of
_SATURDAY = 5  # a weekend is two days as a night over midnight is; a night is one event's
_FINER = 0.25  # share of the coarse time's weight at which a day inside it is taken instead


class When(NamedTuple):
    """An incident's date and the expression that tells it."""

    date: IncidentDate
    timex: Timex


def precision_of(start: dt.date, end: dt.date) -> DatePrecision:
    """Day (a night over midnight too), week, month or year, as UCDP GED ``date_prec``."""
    days = (end - start).days
    if days <= 1:
        return "day"
    if days <= 7:
        return "week"
    return "month" if days <= 31 else "year"


def incident_date(scenes: Sequence[Scene], *, allow_year: bool = False) -> When | None:
    """The date that the scenes of one incident agree on best; None where none is told.

    ``allow_year`` accepts a bare year, which is too coarse for news but not for history.
    """
    weights: dict[tuple[dt.date, dt.date], float] = {}
    firsts: dict[tuple[dt.date, dt.date], tuple[float, Timex]] = {}
    for number, scene in enumerate(scenes):
        factor = _LEAD_WEIGHT if scene.lead or scene.sentence.title else 1.0
        factor *= _FIRST if number == 0 and scene.lead and scene.counted else 1.0
        factor *= 1.0 if scene.triggers else 0.5
        for near in scene.times:
            if not allow_year and precision_of(near.start, near.end) == "year":
                continue
            key = (near.start, near.end)
            weight = near.weight * factor
            weights[key] = weights.get(key, 0.0) + weight
            if key not in firsts or weight > firsts[key][0]:
                firsts[key] = (weight, near.timex)
    if not weights:
        return None
    best = max(
        weights, key=lambda key: (weights[key], -(key[1] - key[0]).days, -key[0].toordinal())
    )
    year = None if allow_year else _year_of_deed(scenes)
    if year and not year.date.start <= best[0] <= best[1] <= year.date.end:
        # "heard on Thursday an appeal in a 2015 murder case": the day is of something else.
        return year
    best = _before_follow_up(scenes, best)
    finer = [
        key
        for key in weights
        if key != best
        and best[0] <= key[0] <= key[1] <= best[1]
        and weights[key] >= _FINER * weights[best]
    ]
    if finer and ((best[1] - best[0]).days > 1 or best[0].weekday() == _SATURDAY):
        best = max(finer, key=lambda key: (weights[key], -key[0].toordinal()))
    return When(
        IncidentDate(start=best[0], end=best[1], precision=precision_of(*best)), firsts[best][1]
    )


def _year_of_deed(scenes: Sequence[Scene]) -> When | None:
    """The year right before the first scene's event ("the 2015 attacks"), or in its name."""
    for near in scenes[0].times:
        if near.weight < _LOOSE or precision_of(near.start, near.end) != "year":
            continue
        anchors = [trigger.finding.anchor for trigger in scenes[0].triggers]
        tight = near.weight >= _TIGHT and is_right_before(near.timex.span, anchors, _BESIDE)
        if tight or is_named_year(scenes[0].sentence, near.timex.span, anchors):
            date = IncidentDate(start=near.start, end=near.end, precision="year")
            return When(date, near.timex)
    return None


def _before_follow_up(
    scenes: Sequence[Scene], best: tuple[dt.date, dt.date]
) -> tuple[dt.date, dt.date]:
    """The day the harm was done, where the lead only has the day of what came after it."""
    loose = max(n.weight for s in scenes for n in s.times if (n.start, n.end) == best)
    if loose >= _LOOSE:
        return best
    # "They were freed on Thursday" tells no day of a bombing.
    deeds = {t.type for s in scenes if s.lead for t in s.triggers}
    earlier = [
        (near.weight, near.start, near.end)
        for scene in scenes
        for near in scene.times
        if near.weight >= _TIGHT
        and 0 < (best[0] - near.end).days <= _FOLLOW_DAYS
        and precision_of(near.start, near.end) == "day"
        and (
            not scene.triggers or any(t.type in deeds or t.level >= LIKELY for t in scene.triggers)
        )
    ]
    return max(earlier)[1:] if earlier else best


def is_told_aside(scenes: Sequence[Scene], when: When | None) -> bool:
    """Whether the date is told only below the lead, and there of no event, or coarsely.

    "Five were still in hospital on Tuesday night", "he was in Palu after last week's
    earthquake": what the sentence beside the lead tells goes before it.
    """
    if when is None:
        return False
    told = [
        scene
        for scene in scenes
        if any((near.start, near.end) == (when.date.start, when.date.end) for near in scene.times)
    ]
    if any(scene.lead or scene.sentence.title for scene in told):
        return False
    return when.date.precision != "day" or not any(scene.triggers for scene in told)


def is_news_day(when: When, reference: dt.date | None) -> bool:
    """Whether a time is a day of the last few before the report."""
    if reference is None or when.date.precision != "day":
        return False
    return 0 <= (reference - when.date.start).days <= _FOLLOW_DAYS
