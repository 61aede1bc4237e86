"""Time expressions: spans, types, values and the days they cover."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Document, Span, Timex
from dateline.reading.prepared import prepare
from dateline.reading.times.expressions import day_range, find_times, times_in
from dateline.reading.times.timex_days import HORIZON_YEAR

SATURDAY = dt.date(2016, 7, 16)


def read(text: str, reference: dt.date | None = SATURDAY) -> tuple[Timex, ...]:
    return find_times(prepare(Document(id="t", text=text)), reference)


def told(text: str, reference: dt.date | None = SATURDAY) -> list[tuple[str, str, str]]:
    return [(text[t.span.start : t.span.end], t.type, t.value) for t in read(text, reference)]


def values(text: str, reference: dt.date | None = SATURDAY) -> list[str]:
    return [t.value for t in read(text, reference)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two men died on Thursday, police said.", ["2016-07-14"]),
        ("The clash broke out Saturday.", ["2016-07-16"]),
        ("The trial will resume on Monday.", ["2016-07-18"]),
        ("The trial was scheduled to open on Monday.", ["2016-07-11"]),
        ("He fled late Thursday.", ["2016-07-14"]),
        ("Last Saturday a bomb went off.", ["2016-07-09"]),
        ("Talks open next Saturday.", ["2016-07-23"]),
        ("The camp was shelled on Thursday night.", ["2016-07-14TNI"]),
        ("They met on Tuesday, 12 July.", ["2016-07-12"]),
        ("A curfew runs from Monday to Wednesday.", ["2016-07-11", "2016-07-13"]),
        ("Every Friday they march.", ["XXXX-WXX-5"]),
        ("The road is closed Monday nights.", ["XXXX-WXX-1TNI"]),
        ("He was shot on Tuesday last week.", ["2016-07-05"]),
        (
            "He left at 9:00 pm (2000 GMT) on Friday.",
            ["2016-07-15T21:00", "2016-07-15T20:00", "2016-07-15"],
        ),
        ("The shop (it sells 9 kinds) shut on Friday.", ["2016-07-15"]),
        ("He fled at six o'clock in the evening.", ["2016-07-16T18:00"]),
        ("He fled at six o'clock in the morning.", ["2016-07-16T06:00"]),
        ("It sank a year ago today.", ["2015-07-16"]),
        ("It sank two years ago this month.", ["2014-07"]),
        ("It sank three months ago yesterday.", ["2016-04-15"]),
        ("It sank a year ago. Today divers went down.", ["2015", "2016-07-16"]),
        ("The month-long siege and the weeklong truce ended.", ["P1M", "P1W"]),
        ("A decade-old dispute, a 10-year-old boy.", ["P10Y"]),
    ],
)
def test_weekdays_look_back_unless_a_verb_looks_ahead(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on July 14, 2016", ["2016-07-14"]),
        ("on the 14th of July", ["2016-07-14"]),
        ("on 14 July", ["2016-07-14"]),
        ("a raid on Oct. 9 failed", ["2015-10-09"]),
        ("the ceasefire will start on Jan. 2", ["2017-01-02"]),
        ("in March 1996", ["1996-03"]),
        ("a bomb there killed 12 in April", ["2016-04"]),
        ("in December he was jailed", ["2015-12"]),
        ("the vote due in November", ["2016-11"]),
        ("last May", ["2016-05"]),
        ("in June last year", ["2015-06"]),
        ("2016-07-14", ["2016-07-14"]),
        ("2016-07-14T22:30:00+02:00", ["2016-07-14T22:30:00"]),
        ("07/14/2016", ["2016-07-14"]),
        ("14/07/2016", ["2016-07-14"]),
        ("14.07.2016", ["2016-07-14"]),
        ("between 3 and 5 May", ["2016-05-03", "2016-05-05"]),
        ("on May 3-5", ["2016-05-03", "2016-05-05"]),
        ("on the night of 14-15 July", ["2016-07-14TNI"]),
        ("on July 3 and 12 people died", ["2016-07-03"]),
        ("on 14 July 84 people died", ["2016-07-14"]),
        ("in the early 1990s", ["199"]),
        ("in 2014", ["2014"]),
        ("the 1990-91 war", ["1990", "1991"]),
        ("in the 11th century", ["10"]),
        ("the summer of 2014", ["2014-SU"]),
        ("the third quarter of 1984", ["1984-Q3"]),
        ("1989's third quarter", ["1989-Q3"]),
        ("in fiscal 1990", ["1990"]),
        ("on Christmas Eve", ["2015-12-24"]),
        ("on 31/02/2016", []),
    ],
)
def test_dates(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 10 p.m. Thursday", ["2016-07-14T22:00"]),
        ("at 10:30 a.m. local time on Saturday, 9 July 2016", ["2016-07-09T10:30"]),
        ("on Thursday at about 11pm", ["2016-07-14T23:00"]),
        ("at noon on Friday", ["2016-07-15T12:00"]),
        ("at 1430 GMT on Friday", ["2016-07-15T14:30"]),
        ("this morning", ["2016-07-16TMO"]),
        ("last night", ["2016-07-15TNI"]),
        ("the attack happened overnight", ["2016-07-15TNI"]),
        ("at dawn on Friday", ["2016-07-15TMO"]),
        ("in the early hours of Friday", ["2016-07-15TMO"]),
        ("tomorrow evening", ["2016-07-17TEV"]),
        ("he won 12:30 of the votes", []),
    ],
)
def test_times_of_day(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Two days earlier, a mine went off. The next day three died.",
            ["2016-07-14", "2016-07-15"],
        ),
        ("It began on July 4. Two days later it ended.", ["2016-07-04", "2016-07-06"]),
        ("It began on July 4. The day before, they met.", ["2016-07-04", "2016-07-03"]),
        ("the day before the vote", ["XXXX-XX-XX"]),
        ("a day after the attack", ["P1D"]),
        ("fled since the war began two years ago", ["2014"]),
        ("ten days ago", ["2016-07-06"]),
        ("five months ago", ["2016-02"]),
        ("last week, last month and last year", ["2016-W27", "2016-06", "2015"]),
        ("over the past two weeks", ["P2W"]),
        ("a 10-year plan of half an hour", ["P10Y", "PT30M"]),
        ("for two and a half years, then 2 1/2 years", ["P2Y6M", "P2Y6M"]),
        ("for weeks or months", ["PXW"]),
        ("for several years", ["PXY"]),
        ("every two hours", ["PT2H"]),
        ("he is now in custody", ["PRESENT_REF"]),
        ("in recent days", ["PAST_REF"]),
        ("in the near future", ["FUTURE_REF"]),
    ],
)
def test_relative_times_and_durations(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A 24-year-old man, 52 years old, and a boy of eight.",
        "You may march with the second division.",
        "AT LEAST 12 MAY BE DEAD",
        "about 2000 people and 1900 soldiers",
        "the first half of the match",
        "a flight at 1945 feet",
        "$1998 and a 21-15 win",
    ],
)
def test_no_times(text: str) -> None:
    assert told(text) == []


def test_upper_case_wire() -> None:
    text = "BOGOTA, 16 JAN 90 -- LAST NIGHT AT 2130 MEN ATTACKED. ON 9 DECEMBER TWO DIED."
    assert told(text, dt.date(1990, 1, 16)) == [
        ("16 JAN 90", "DATE", "1990-01-16"),
        ("LAST NIGHT", "TIME", "1990-01-15TNI"),
        ("2130", "TIME", "1990-01-15T21:30"),
        ("9 DECEMBER", "DATE", "1989-12-09"),
    ]


def test_line_breaks_inside_but_no_paragraph_breaks() -> None:
    assert told("on July\n14, 2016") == [("July\n14, 2016", "DATE", "2016-07-14")]
    assert values("He left in July\n\n14 people died") == ["2016-07"]


def test_furniture_is_not_read() -> None:
    text = "Updated 3 May 2016\n\nThe attack was on 2 May 2016."
    document = Document(id="t", text=text, furniture=(Span(0, 18),))
    assert [t.value for t in find_times(prepare(document), SATURDAY)] == ["2016-05-02"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Saturday", "XXXX-WXX-6"),
        ("on October 15", "XXXX-10-15"),
        ("in April", "XXXX-04"),
        ("yesterday", "XXXX-XX-XX"),
        ("last night", "XXXX-XX-XXTNI"),
        ("last week", "XXXX-WXX"),
        ("last year", "XXXX"),
        ("two days ago", "XXXX-XX-XX"),
        ("the third quarter", "XXXX-Q3"),
        ("on Christmas Day", "XXXX-12-25"),
    ],
)
def test_without_a_publication_date_nothing_is_guessed(text: str, expected: str) -> None:
    (timex,) = read(text, None)
    assert timex.value == expected
    assert timex.start is None
    assert timex.end is None
    assert day_range(timex) is None


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("on Thursday night", dt.date(2016, 7, 14), dt.date(2016, 7, 14), "day"),
        ("last week", dt.date(2016, 7, 4), dt.date(2016, 7, 10), "week"),
        ("in April", dt.date(2016, 4, 1), dt.date(2016, 4, 30), "month"),
        ("in 2014", dt.date(2014, 1, 1), dt.date(2014, 12, 31), "year"),
        ("last weekend", dt.date(2016, 7, 9), dt.date(2016, 7, 10), "week"),
    ],
)
def test_day_range(text: str, first: dt.date, last: dt.date, precision: str) -> None:
    (timex,) = read(text)
    assert day_range(timex) == (first, last, precision)


def test_no_day_range_for_durations_and_fiscal_years() -> None:
    assert [day_range(t) for t in read("for two days in fiscal 1990")] == [None, None]


def test_times_in_a_sentence() -> None:
    prepared = prepare(Document(id="t", text="He fled on Friday. She left in May. All ended."))
    times = find_times(prepared, SATURDAY)
    assert [[t.value for t in times_in(s.span, times)] for s in prepared.sentences] == [
        ["2016-07-15"],
        ["2016-05"],
        [],
    ]


PIECES = st.sampled_from(
    """on Friday|last|the|May|3|and|5|July|1998|2 1/2|years|ago|night|of|14-15|two|days|later|a
week|at|10 p.m.|GMT|quarter|third|year|earlier|next|early|mid-|'90s|(|,|.|—|\x00|\ud800|\u200f|９|
decades|99,999,999|centuries|from now|Christmas|0000|Sunday morning|every|fiscal|1500|½|İ""".split(
        "|"
    )
)
DATES = st.none() | st.dates()


@given(st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=60), DATES)
def test_spans_quote_the_text_and_never_overlap(text: str, reference: dt.date | None) -> None:
    found = read(text, reference)
    at = 0
    for timex in found:
        assert at <= timex.span.start < timex.span.end <= len(text)
        assert text[timex.span.start : timex.span.end].strip()
        at = timex.span.end
        if timex.start is not None and timex.end is not None:
            assert timex.start <= timex.end
    assert found == read(text, reference)


@given(st.lists(PIECES.filter(lambda p: not any(map(str.isdigit, p))), max_size=10).map(" ".join))
def test_without_digits_and_date_there_are_no_days(text: str) -> None:
    assert all(t.start is None for t in read(text, None))


@pytest.mark.parametrize(
    "text",
    ["1" * 1_000_000, "the " * 250_000, " " * 1_000_000, "May" + "\n" * 1_000_000, "a" * 1_000_000],
    ids=["digits", "the", "blanks", "lines", "letters"],
)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    prepared = prepare(Document(id="t", text=text))
    find_times(prepared, SATURDAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was sent on 10/16/22.", "2022-10-16"),
        ("It was sent on 10/16/88.", "1988-10-16"),
        ("It was sent on 10/16/27.", "1927-10-16"),
    ],
)
def test_a_short_year_without_a_publication_date_is_the_last_one_the_data_reach(text, expected):
    assert values(text, None) == [expected]


def test_the_last_year_is_that_of_the_table_of_datable_events():
    table = resources.files("dateline.sources").joinpath("data/datable.toml")
    assert tomllib.loads(table.read_text(encoding="utf-8"))["horizon"].year == HORIZON_YEAR


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("Sales fell in Q3, it said.", "2017-10-18", "2017-Q3"),
        ("Sales fell in Q4, it said.", "2017-08-18", "2016-Q4"),
        ("Sales fell in Q1 2015, it said.", "2017-10-18", "2015-Q1"),
        ("Much has changed since 9/11.", "2017-10-18", "2001-09-11"),
        ("Much has changed since the Sept. 11 attacks.", "2017-10-18", "2001-09-11"),
        ("Much has changed since the Sept. 11, 2012 attacks.", "2017-10-18", "2012-09-11"),
        ("Police foiled the Sept. 11 attacks.", "1999-10-18", "1999-09-11"),
        ("A share of 9/11 is left.", "1999-10-18", None),
    ],
)
def test_quarter_codes_and_the_day_of_the_attacks(text, written, value):
    found = find_times(prepare(Document(id="d", text=text)), dt.date.fromisoformat(written))
    assert [t.value for t in found] == ([value] if value else [])
