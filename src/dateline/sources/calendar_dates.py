"""Dates as pages and reports write them: one expression to one day.

A date is only given where day, month and year all stand there and can be read in one
way; "07/08/2024" alone is two dates and therefore none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from dateline.sources.tables import table

# The first year of two digits that is taken for the 20th century: "69" is 1969, as in POSIX.
_PIVOT = 69
_FIRST_YEAR, _LAST_YEAR = 1800, 2199

_ISO = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?=T\d|$|\D)")
_DAY = re.compile(r"(?<![\d.,:])(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?!\d|\.\d)")


class PartialDate(NamedTuple):
    """A day and month as written, perhaps without a year; offsets into what was searched."""

    day: int
    month: int
    year: int | None
    weekday: int | None
    start: int
    end: int

    @property
    def date(self) -> dt.date | None:
        """The day, where the year is written and the day exists."""
        return safe_date(self.year, self.month, self.day) if self.year is not None else None


class _Calendar(NamedTuple):
    months: dict[str, int]
    weekdays: dict[str, int]
    labels: dict[str, list[str]]
    forward: re.Pattern[str]  # from the day on: "12 July 2024"
    backward: re.Pattern[str]  # up to the day: "July ", "2024-Jul-"
    onward: re.Pattern[str]  # from the day on, after a month: "12, 2024", "12/2024"
    weekday_before: re.Pattern[str]
    weekday_after: re.Pattern[str]
    weekday: re.Pattern[str]


@cache
def _calendar() -> _Calendar:
    data = table("calendar")
    months = {name: int(number) for number, names in data["months"].items() for name in names}
    weekdays = {name: int(number) for number, names in data["weekdays"].items() for name in names}
    month, weekday = alternatives(months), alternatives(weekdays)
    day = r"(?:0?[1-9]|[12]\d|3[01])"
    ordinal = r"(?:st|nd|rd|th|º|\.|-го|-е)?"
    # Two figures are a year only where no count can be meant: "on 12 July 24 people".
    # Nor are the hours of telex copy one: "5 DEC 2000 GMT".
    long = r"(?:1[6-9]|20|21)\d{2}(?![\d:]|[.,]\d|\s?(?:GMT|UTC|hours))"
    short = r"['’]\d{2}(?!\d)|\d{2}(?=\s*(?:$|[()\[\]|;–—-]|,\s+\D))"
    of = r"(?:\s{1,3}(?:of|de|del)\s{1,3}|(?!\s{0,3}\n\s{0,3}\n)[\s.,/-]{0,6})"
    forward = re.compile(
        rf"{day}{ordinal}{of}(?P<month>{month})\b\.?(?:{of}(?P<year>{long}|{short}))?",
        re.IGNORECASE,
    )
    backward = re.compile(
        rf"(?<!\w)(?:(?P<year>{long})[\s.,-]+)?(?P<month>{month})\b\.?[\s-]*(?:the\s+)?$",
        re.IGNORECASE,
    )
    onward = re.compile(
        rf"{day}(?:st|nd|rd|th)?(?![\d:]|[.,]\d)"
        rf"(?:(?:,\s*|\s+|[/-]|\s+of\s+)(?P<year>{long}|['’]\d{{2}}|(?<=/)\d{{2}}"
        rf"|\d{{2}}(?=\s*(?:\(|--)))(?!\d))?",
        re.IGNORECASE,
    )
    return _Calendar(
        months,
        weekdays,
        data["labels"],
        forward,
        backward,
        onward,
        re.compile(rf"(?<!\w)(?P<day>{weekday})\b\.?,?\s+(?:the\s+)?$", re.IGNORECASE),
        re.compile(rf"\s*(?:\(|,\s*(?:an?\s+)?)(?P<day>{weekday})\b\)?", re.IGNORECASE),
        re.compile(rf"(?<!\w){weekday}\b", re.IGNORECASE),
    )


def alternatives(words: Iterable[str]) -> str:
    """The words as one regular expression, longest first, dots and spaces taken literally."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


def labels(kind: str) -> tuple[str, ...]:
    """The words before a date on a page; ``kind`` is "published" or "updated"."""
    return tuple(_calendar().labels[kind])


def safe_date(year: int, month: int, day: int) -> dt.date | None:
    """The day, None where there is no such day or year."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def full_year(digits: str) -> int:
    """A year of two or four digits; "89" is 1989, "24" is 2024."""
    digits = digits.lstrip("'’")
    year = int(digits)
    if len(digits) == 2:
        year += 1900 if year >= _PIVOT else 2000
    return year


def weekdays_in(text: str) -> list[tuple[int, int]]:
    """Weekdays named in full or by a usual abbreviation: (Monday is 0, offset)."""
    calendar = _calendar()
    return [
        (calendar.weekdays[match.group().lower()], match.start())
        for match in calendar.weekday.finditer(text)
        # "sun" and "sat" are words of their own.
        if len(match.group()) > 3 or match.group() in {"Mon", "Tue", "Wed", "Thu", "Fri"}
    ]


def named_dates(text: str) -> list[PartialDate]:
    """Every day with a month's name in a text, in text order, with or without a year."""
    found: list[PartialDate] = []
    # Numbers are rarer than words: the months are only looked for beside them.
    for number in _DAY.finditer(text):
        if found and number.start() < found[-1].end:
            continue
        date = _named_at(text, number)
        if date and not (found and date.start < found[-1].end):
            found.append(date)
    return found


def _named_at(text: str, number: re.Match[str]) -> PartialDate | None:
    calendar = _calendar()
    start = number.start()
    before = calendar.backward.search(text, max(0, start - 32), start)
    match = None
    if before is None or before["year"] is None:
        match = calendar.forward.match(text, start)
    if match:
        month, digits, end = match["month"], match["year"], match.end()
    elif before:
        match = calendar.onward.match(text, start)
        if match is None:
            return None
        month, digits, end = before["month"], before["year"] or match["year"], match.end()
        if before["year"]:
            end = match.start() + len(number.group())
        start = before.start()
    else:
        return None
    if month in {"may", "march", "mar"} and not digits:
        return None  # "4 may have died", "march 3 miles": the months have a capital
    if month in {"May", "March"} and "." in text[number.end() : end].partition(month)[0]:
        return None  # "… aged 12. May said": a sentence ends there
    named = calendar.weekday_before.search(text, max(0, start - 24), start)
    start = named.start() if named else start
    if named is None and (named := calendar.weekday_after.match(text, end)):
        end = named.end()
    return PartialDate(
        int(number.group()),
        calendar.months[month.lower()],
        full_year(digits) if digits else None,
        calendar.weekdays[named["day"].lower()] if named else None,
        start,
        end,
    )


def parse_date(value: str, near: Iterable[dt.date] = ()) -> dt.date | None:
    """One date in any form in use: ISO 8601, "Jul 12/2024 08:50PM", "20 NOV 89", "12.07.24".

    A time and a zone are ignored: the day is the one written. A numeric date of which
    day and month cannot be told apart is settled by a weekday beside it or, failing that,
    by ``near``: days the text speaks of, one of which must lie within ten days of exactly
    one of the two readings. Else, and for anything without a day, None.
    """
    value = " ".join(value.split())
    for pattern in (_ISO, _COMPACT):
        match = pattern.search(value)
        if match:
            return safe_date(int(match[1]), int(match[2]), int(match[3]))
    named = [date.date for date in named_dates(value) if date.year is not None]
    if named:
        return named[0]
    match = _NUMERIC.search(value)
    if match:
        return _numeric(match, value, tuple(near))
    return _by_dateutil(value)


def _numeric(match: re.Match[str], value: str, near: tuple[dt.date, ...]) -> dt.date | None:
    first, second, year = int(match[1]), int(match[3]), full_year(match[4])
    day_first, month_first = safe_date(year, second, first), safe_date(year, first, second)
    readings = [date for date in (day_first, month_first) if date is not None]
    if day_first == month_first or len(readings) == 1:
        return readings[0] if readings else None
    if not readings:
        return None
    # Full stops are the form of the countries that put the day first (CLDR).
    if match[2] == ".":
        return day_first
    weekdays = {weekday for weekday, _ in weekdays_in(value)}
    fitting = [date for date in readings if date.weekday() in weekdays]
    if len(fitting) != 1:
        window = dt.timedelta(days=10)
        fitting = [date for date in readings if any(abs(date - other) <= window for other in near)]
    return fitting[0] if len(fitting) == 1 else None


def _by_dateutil(value: str) -> dt.date | None:
    """The remaining forms; parsed over two defaults, so that no part is filled in."""
    from dateutil import parser

    if len(value) > 80 or not re.search(r"(?<!\d)(?:1[6-9]|20|21)\d{2}(?!\d)", value):
        return None
    try:
        one = parser.parse(value, default=dt.datetime(1904, 1, 31), fuzzy=False)
        two = parser.parse(value, default=dt.datetime(1928, 12, 30), fuzzy=False)
    except (ValueError, OverflowError, TypeError):
        return None
    return safe_date(*one.timetuple()[:3]) if one.date() == two.date() else None
