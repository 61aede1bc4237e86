"""The date of a report that states none, concluded from what it speaks of.

Never from today's date, so that the same text gives the same date in any year. Three
kinds of evidence narrow the days on which the report can have been published:

- years it names, and events it mentions (data/datable.toml): not before them;
- "last month", "last week", "this year" said of doing something datable: that span;
- holders of office who act in the report's own days: their terms.

A day and month without a year, with a weekday where the text gives one, then has a year
only if exactly one year in that window fits.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

import ahocorasick

from dateline.model import Span
from dateline.sources.calendar_dates import (
    PartialDate,
    alternatives,
    named_dates,
    safe_date,
    weekdays_in,
)
from dateline.sources.dateline_line import Dateline
from dateline.sources.tables import table

# News tells its dates early; a book-length text would only add stray ones.
_REACH = 40_000
_LEAD = 600
_NEAR = 90  # characters between "last month" and what is said to have happened then

_DAY = dt.timedelta(days=1)
_FIRST_DAY = dt.date(1800, 1, 1)
_YEAR = re.compile(r"(?<![\d.,$€£#-])(?:1[89]|20)\d{2}(?![\d%]|[.,]\d|-)")
_AHEAD = re.compile(
    r"(?:\b(?:by|until|till|through|before|next|for|of|to|from now|will|would|plans?|planned|"
    r"expected|scheduled|due|is to|are to|set to|deadline|goal|target)\b[^.;\n]{0,60})$",
    re.IGNORECASE,
)
_COMING = re.compile(
    r"\b(?:will|plans? to|planned for|scheduled|due|upcoming|is to be|are to be|set for|next|"
    r"until|by|before|expected|effect|starting|beginning|once)\b[^.;\n]{0,60}$",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"\b(?:since|the|after|following|ever since|until|a|an|in the|last|anniversary of)\s+$",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:said|says|told|reported|announced|wrote|tweeted|posted|added|confirmed|stated)"
    r"(?:\s+\w+){0,2}\s+(?:on\s+|late\s+|early\s+)?$",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\b(?:former|then|ex|late|previous|under)[\s-]*(?:U\.?S\.?\s+)?$", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[.;]\s")
_RELATIVE = re.compile(
    r"\b(?:(?P<last>last|earlier this|this)\s+(?P<unit>week|month|year)|yesterday)\b", re.IGNORECASE
)


class Window(NamedTuple):
    """The first and last day a report can have been published on."""

    start: dt.date
    end: dt.date

    def within(self, other: Window) -> Window:
        """The days of both; empty where ``start`` is after ``end``."""
        return Window(max(self.start, other.start), min(self.end, other.end))


class _Event(NamedTuple):
    name: str
    start: dt.date
    phrases: tuple[str, ...]
    needs: re.Pattern[str] | None
    acts: re.Pattern[str] | None


class _Office(NamedTuple):
    name: str
    phrases: tuple[str, ...]
    terms: tuple[Window, ...]


class _Table(NamedTuple):
    horizon: dt.date
    events: tuple[_Event, ...]
    offices: tuple[_Office, ...]
    finder: ahocorasick.Automaton


@cache
def _table() -> _Table:
    data = table("datable")

    def words(phrases: list[str]) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){alternatives(phrases)}(?!\w)")

    def stems(phrases: list[str]) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){alternatives(phrases)}")

    events = tuple(
        _Event(
            item["name"],
            item["start"],
            tuple(item["phrases"]),
            words(item["needs"]) if "needs" in item else None,
            stems(item["acts"]) if "acts" in item else None,
        )
        for item in data["event"]
    )
    offices = tuple(
        _Office(
            item["name"],
            tuple(item["phrases"]),
            tuple(Window(start, end) for start, end in item["terms"]),
        )
        for item in data["office"]
    )
    finder = ahocorasick.Automaton()
    entries: list[_Event | _Office] = [*events, *offices]
    for entry in entries:
        for phrase in entry.phrases:
            finder.add_word(phrase, (phrase, entry.name))
    finder.make_automaton()
    return _Table(data["horizon"], events, offices, finder)


def _folded(text: str) -> str:
    """In lower case, with plain apostrophes and spaces, at the same offsets."""
    folded = text.lower()
    if len(folded) != len(text):  # a few letters grow in lower case
        folded = text
    for mark in "\n\r\t\xa0":
        folded = folded.replace(mark, " ")
    return folded.replace("’", "'")


def _mentions(text: str) -> dict[str, list[Span]]:
    """Where whole words of the table's phrases stand, by the name of their entry."""
    found: dict[str, list[Span]] = {}
    for last, (phrase, name) in _table().finder.iter(text):
        start, end = last + 1 - len(phrase), last + 1
        if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
            continue
        found.setdefault(name, []).append(Span(start, end))
    return found


def inferred_date(text: str, dateline: Dateline | None = None) -> dt.date | None:
    """The latest day a report speaks of as past or present, None where that is open.

    A report is published on the day of its news or soon after, so the day is the date of
    its dateline, else the latest dated day that has come about, moved on to the weekday
    its lead names if that is another ("on Monday police said" of a Saturday). None
    whenever more than one year, or none, fits the evidence.
    """
    text = text[:_REACH]
    partial = [date for date in named_dates(text) if not _is_ahead(text, date)]
    head = dateline.date if dateline and dateline.date and dateline.date.year is None else None
    if head is None and not any(date.year is None for date in partial):
        return None
    windows = _windows(text)
    anchor = head or _anchor(text, partial, windows)
    if anchor is None:
        return None
    day = _only_day(anchor, windows, anchor.weekday)
    if day is None and anchor.weekday is None and head is None:
        weekday = _weekday_of_lead(text, anchor, partial) if _mentions(_folded(text)) else None
        if weekday is not None:
            day = _only_day(anchor, [_first_years(window) for window in windows], weekday)
    if day is None or head is not None:
        return day
    return _moved_to_lead(text, day)


def _windows(text: str) -> list[Window]:
    """The spans of days left by all the evidence; several where an office had two terms."""
    table = _table()
    folded = _folded(text)
    windows = [Window(_FIRST_DAY, table.horizon)]
    for year in _past_years(text, table.horizon.year):
        windows = [window.within(Window(dt.date(year, 1, 1), table.horizon)) for window in windows]
    for date in named_dates(text):
        if date.date and date.date <= table.horizon and not _is_ahead(text, date):
            windows = [window.within(Window(date.date, table.horizon)) for window in windows]
    mentions = _mentions(folded)
    for event in table.events:
        if event.name in mentions:
            windows = _narrowed_by_event(windows, event, folded, mentions[event.name])
    for office in table.offices:
        if office.name in mentions:
            windows = _narrowed_by_office(windows, office, folded, mentions[office.name])
    return [window for window in windows if window.start <= window.end]


def _narrowed_by_event(
    windows: list[Window], event: _Event, text: str, mentions: list[Span]
) -> list[Window]:
    if event.needs and not event.needs.search(text):
        return windows
    spans = [Window(event.start, _table().horizon)]
    for mention in mentions:
        spoken = _said_of(text, mention.start, mention.end, event)
        if spoken:
            spans.append(spoken)
    for span in spans:
        windows = [window.within(span) for window in windows]
    return windows


def _said_of(text: str, start: int, end: int, event: _Event) -> Window | None:
    """The span of "last month" and the like where it is said of doing the event."""
    if event.acts is None:
        return None
    # Only inside the clause: a full stop, a semicolon or a second comma ends it.
    left = max(start - _NEAR, *(text.rfind(mark, 0, start) + 1 for mark in (". ", "; ")))
    right = _CLAUSE_END.search(text, end, end + _NEAR)
    clause_end = right.start() if right else end + _NEAR
    for match in _RELATIVE.finditer(text, left, clause_end):
        low, high = min(match.start(), start), max(match.end(), end)
        if (
            high - low <= _NEAR
            and text.count(",", low, high) <= 1
            and event.acts.search(text, max(left, low - 30), min(clause_end, high + 30))
        ):
            return _relative_window(match, event.start)
    return None


def _relative_window(match: re.Match[str], day: dt.date) -> Window:
    """When a text was written that calls ``day`` "last week", "earlier this year" …"""
    if match["unit"] is None:
        return Window(day + _DAY, day + _DAY)
    last = match["last"].lower() == "last"
    if match["unit"].lower() == "year":
        year = day.year + last
        return Window(dt.date(year, 1, 1), dt.date(year, 12, 31))
    if match["unit"].lower() == "week":
        # "Last week" is the calendar week before, or the seven days gone by.
        return Window(day + _DAY, day + 13 * _DAY) if last else Window(day, day + 6 * _DAY)
    first = day.replace(day=1)
    if last:
        first = (first + 32 * _DAY).replace(day=1)
    return Window(first, (first + 32 * _DAY).replace(day=1) - _DAY)


def _narrowed_by_office(
    windows: list[Window], office: _Office, text: str, mentions: list[Span]
) -> list[Window]:
    """Within the terms, if the holder acts in the report's own days.

    A mention alone proves little: what it would leave is a first term's first day.
    """
    for mention in mentions:
        if _FORMER.search(text, max(0, mention.start - 20), mention.start):
            continue
        reach = min(mention.end + 120, len(text))
        stop = _CLAUSE_END.search(text, mention.end, reach)
        rest = text[mention.end : stop.start() if stop else reach]
        # An act with a bare weekday is of this week; with a year it is history.
        if (weekdays_in(rest.title()) or "today" in rest) and not _YEAR.search(rest):
            return [window.within(span) for window in windows for span in office.terms]
    return windows


def _past_years(text: str, last: int) -> list[int]:
    """Years named as gone by or running, the latest only (the others follow from it)."""
    years = [
        int(match.group())
        for match in _YEAR.finditer(text)
        if int(match.group()) <= last
        and not _AHEAD.search(text, max(0, match.start() - 80), match.start())
    ]
    return [max(years)] if years else []


def _is_ahead(text: str, date: PartialDate) -> bool:
    return _COMING.search(text, max(0, date.start - 80), date.start) is not None


def _anchor(text: str, partial: list[PartialDate], windows: list[Window]) -> PartialDate | None:
    """The day without a year that the report's news happened on.

    The latest in the calendar, as far as that can be told without years; days told as
    background ("since the October 7 attack") do not count.
    """
    candidates = [
        date
        for date in partial
        if date.year is None and not _BACKGROUND.search(text, max(0, date.start - 20), date.start)
    ]
    if not candidates:
        return None
    days = {(date.month, date.day) for date in candidates}
    with_weekday = [date for date in candidates if date.weekday is not None]
    if len(days) == 1:
        return (with_weekday or candidates)[0]
    # More than one: the order of a December and a January day depends on the year.
    months = sorted({month for month, _ in days})
    if months[-1] - months[0] > 6:
        return None
    latest = max(days)
    return next(
        (date for date in (*with_weekday, *candidates) if (date.month, date.day) == latest), None
    )


def _weekday_of_lead(text: str, anchor: PartialDate, partial: list[PartialDate]) -> int | None:
    """The lead's weekday, where it is told of the same event as the anchor.

    It is only taken for that if the text has one day without a year at all, gives it as
    "on" that day in another sentence, and the weekday is not that of a saying.
    """
    if len({(date.month, date.day) for date in partial if date.year is None}) > 1:
        return None
    if not re.search(r"\bon\s+$", text[max(0, anchor.start - 6) : anchor.start], re.IGNORECASE):
        return None
    lead = [
        (weekday, at)
        for weekday, at in weekdays_in(text[:_LEAD])
        if not _SAYING.search(text, max(0, at - 40), at)
    ]
    if (
        not lead
        or re.search(r"[.!?]\s", text[min(lead[0][1], anchor.start) : anchor.start]) is None
    ):
        return None
    return lead[0][0] if re.search(r"\bon\s+$", text[max(0, lead[0][1] - 6) : lead[0][1]]) else None


def _first_years(window: Window) -> Window:
    """An open window cut to the year after its start.

    A weekday in another sentence may be of another event; what a report mentions as news
    is seldom older, and a chance fit in a far year must not decide.
    """
    if window.end < _table().horizon or window.start == _FIRST_DAY:
        return window
    return Window(window.start, min(window.end, dt.date(window.start.year + 1, 12, 31)))


def _only_day(anchor: PartialDate, windows: list[Window], weekday: int | None) -> dt.date | None:
    """The anchor in the one year that fits, None where none or several do.

    The news may be some days older than the report, so the day may lie up to six days
    before a window. Without a weekday only a window that evidence closes can tell: the
    end of the table is no evidence.
    """
    days = set()
    for start, end in windows:
        if weekday is None and end >= _table().horizon:
            return None
        for year in range(max(start.year - 1, 1800), end.year + 1):
            day = safe_date(year, anchor.month, anchor.day)
            if day is None or not start - 6 * _DAY <= day <= end:
                continue
            if weekday is None or day.weekday() == weekday:
                days.add(day)
    return days.pop() if len(days) == 1 else None


def _moved_to_lead(text: str, day: dt.date) -> dt.date:
    """The day the lead names by its weekday, within the six days after ``day``."""
    lead = weekdays_in(text[:_LEAD])
    if not lead:
        return day
    return day + (lead[0][0] - day.weekday()) % 7 * _DAY
