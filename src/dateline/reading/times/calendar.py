"""Days, weeks, months, quarters and years, and the TIMEX3 values that name them.

Weeks are ISO 8601 weeks (Monday first). Values follow TimeML 1.2.1, which takes its
forms from ISO 8601: ``1998-04-18``, ``1998-W16``, ``1998-W16-WE``, ``1998-04``,
``1998-Q1``, ``1998-SU``, ``1998``, ``199`` (the decade), ``19`` (the century).
A part that is not known is written with X.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dateutil.relativedelta import relativedelta

UNKNOWN_DAY: Final = "XXXX-XX-XX"
UNKNOWN_WEEK: Final = "XXXX-WXX"
UNKNOWN_MONTH: Final = "XXXX-XX"
UNKNOWN_QUARTER: Final = "XXXX-QX"
UNKNOWN_YEAR: Final = "XXXX"

# Meteorological seasons, as first month; winter runs into the next year.
SEASON_STARTS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}

_VALUE = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<weekend>-WE)?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?(?:T.*)?"
)
_DAY: Final = dt.timedelta(days=1)


def moved(day: dt.date, unit: str, count: int) -> dt.date | None:
    """The day ``count`` units (day, week, month, quarter, year …) later; None out of range."""
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
    try:
        if unit in months:
            return day + relativedelta(months=months[unit] * count)
        return day + dt.timedelta(days=count * (7 if unit == "week" else 1))
    except (OverflowError, ValueError):
        return None


def week_value(day: dt.date) -> str:
    """The ISO week of a day: ``1998-W16``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_of(day: dt.date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def granular(day: dt.date | None, unit: str) -> str:
    """The value that names the day, week, month, quarter, year … a day lies in.

    Without a day the value says only what kind of time is meant (``XXXX-WXX``).
    """
    if unit == "week":
        return week_value(day) if day else UNKNOWN_WEEK
    if unit == "weekend":
        return f"{week_value(day)}-WE" if day else f"{UNKNOWN_WEEK}-WE"
    if unit == "month":
        return day.isoformat()[:7] if day else UNKNOWN_MONTH
    if unit == "quarter":
        return f"{day.year:04d}-Q{quarter_of(day)}" if day else UNKNOWN_QUARTER
    if unit == "year":
        return f"{day.year:04d}" if day else UNKNOWN_YEAR
    if unit == "decade":
        return f"{day.year:04d}"[:3] if day else "XXX"
    if unit == "century":
        return f"{day.year:04d}"[:2] if day else "XX"
    return day.isoformat() if day else UNKNOWN_DAY


def safe_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def covered(value: str) -> tuple[dt.date, dt.date] | None:
    """First and last day a DATE or TIME value covers; None where it names no known days.

    >>> covered("1998-W16")
    (datetime.date(1998, 4, 13), datetime.date(1998, 4, 19))
    """
    if re.fullmatch(r"\d{3}", value) and value != "000":
        return dt.date(int(value) * 10, 1, 1), dt.date(int(value) * 10 + 9, 12, 31)
    if re.fullmatch(r"\d{2}", value) and value != "00":
        return dt.date(int(value) * 100, 1, 1), dt.date(int(value) * 100 + 99, 12, 31)
    m = _VALUE.fullmatch(value)
    if m is None or m["year"] == "0000":
        return None
    year = int(m["year"])
    try:
        if m["day"]:
            day = dt.date(year, int(m["month"]), int(m["day"]))
            return day, day
        if m["week"]:
            monday = dt.date.fromisocalendar(year, int(m["week"]), 1)
            return monday + 5 * _DAY if m["weekend"] else monday, monday + 6 * _DAY
        if m["month"]:
            return _months(year, int(m["month"]), 1)
        if m["quarter"]:
            return _months(year, 3 * int(m["quarter"]) - 2, 3)
        if m["half"]:
            return _months(year, 6 * int(m["half"]) - 5, 6)
        if m["season"]:
            return _months(year, SEASON_STARTS[m["season"]], 3)
        return _months(year, 1, 12)
    except (ValueError, OverflowError):
        return None


def _months(year: int, month: int, count: int) -> tuple[dt.date, dt.date]:
    first = dt.date(year, month, 1)
    return first, first + relativedelta(months=count) - _DAY
