"""Dates as a person reads them, at the precision they were told at."""

from __future__ import annotations

import datetime as dt

import pytest

from dateline.export.plain import range_words
from dateline.model import IncidentDate


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2017-05-22", "2017-05-22", "day", "2017-05-22"),
        ("2016-02-01", "2016-02-29", "month", "2016-02"),
        ("2002-01-01", "2002-12-31", "year", "2002"),
        ("2018-04-30", "2018-05-06", "week", "2018-04-30 to 2018-05-06 (week)"),
        ("2016-02-01", "2016-02-28", "month", "2016-02-01 to 2016-02-28 (month)"),
        ("2016-01-01", "2017-12-31", "year", "2016-01-01 to 2017-12-31 (year)"),
    ],
)
def test_a_whole_month_or_year_is_told_as_one(start, end, precision, words):
    date = IncidentDate(
        start=dt.date.fromisoformat(start), end=dt.date.fromisoformat(end), precision=precision
    )
    assert range_words(date) == words
