"""When a report was published, and how that is known."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import MalformedInputError
from dateline.settings import Settings
from dateline.sources.calendar_dates import named_dates, parse_date
from dateline.sources.inputs import RawInput, document_from_text, to_document

JULY_12 = dt.date(2024, 7, 12)
BODY = "Gunmen killed four traders at a market near the river, the police of the town said."


@pytest.mark.parametrize(
    "words",
    [
        "2024-07-12",
        "2024-07-12T23:50:00+03:00",
        "20240712T085000Z",
        "Jul 12/2024 08:50PM",
        "July 12, 2024",
        "Jul. 12, 2024 at 8:50 PM ET",
        "12 July 2024",
        "the 12th of July, 2024",
        "Fri, 12 Jul 2024 20:50:00 GMT",
        "Friday 12 July 2024",
        "12-Jul-24",
        "12 JUL 24",
        "2024-Jul-12",
        "12.07.2024",
        "12.07.24",
        "2024/07/12",
        "Fri 07/12/2024",
        "12 июля 2024 г.",
        "12 липня 2024",
        "12 de julio de 2024",
        "12. Juli 2024",
    ],
)
def test_one_day_in_many_forms(words):
    assert parse_date(words) == JULY_12


@pytest.mark.parametrize(
    "words",
    [
        "07/08/2024",
        "July 2024",
        "2024",
        "31 February 2024",
        "Jul 12 20:50",
        "yesterday",
        "",
        "0200",
    ],
)
def test_what_is_no_single_day_is_none(words):
    assert parse_date(words) is None


def test_figures_are_settled_by_the_days_the_text_speaks_of():
    assert parse_date("07/08/2024", near=[dt.date(2024, 7, 6)]) == dt.date(2024, 7, 8)
    assert parse_date("07/08/2024", near=[dt.date(2024, 8, 6)]) == dt.date(2024, 8, 7)
    assert parse_date("13/07/2024") == dt.date(2024, 7, 13)
    assert parse_date("07/13/2024") == dt.date(2024, 7, 13)


def test_two_figures_before_a_count_are_no_year():
    (date,) = named_dates("On October 15, 11 people were killed.")
    assert (date.month, date.day, date.year) == (10, 15, None)
    assert [date.year for date in named_dates("On 12 July 24 people died.")] == [None]


@given(st.dates(dt.date(1970, 1, 1), dt.date(2068, 12, 31)))
def test_written_dates_are_read_back(day):
    for form in (
        "%Y-%m-%d",
        "%d %B %Y",
        "%B %d, %Y",
        "%d.%m.%Y",
        "%b %d/%Y",
        "%d %b %y",
        "%A, %B %d, %Y",
    ):
        assert parse_date(day.strftime(form)) == day


@given(st.text(max_size=200))
def test_offsets_of_dates_lie_in_the_text(text):
    for date in named_dates(text):
        assert 0 <= date.start < date.end <= len(text)
        assert str(date.day) in text[date.start : date.end]


@pytest.mark.parametrize(
    "head",
    [
        "Gunmen attack a market\n\nWar\nPost At: Jul 12/2024 08:50PM\n\n",
        "Gunmen attack a market\nPublished: Friday, July 12, 2024\n\n",
        "Gunmen attack a market\n12 July 2024 20:50 GMT\n\n",
        "Gunmen attack a market\nBy Ann Writer | July 12, 2024\n\n",
        "Опубликовано: 12.07.2024\n\n",
        "TESTVILLE, July 12, 2024 (Reuters) - ",
        "TESTVILLE, 12 JUL 24 (EFE) -- [TEXT] ",
        "Updated: July 15, 2024\nPublished: July 12, 2024\n\n",
        "Updated: July 12, 2024\n\n",
        "Published 07/12/2024\n\nOn July 11 a shooting took place. ",
    ],
)
def test_stated_dates(head):
    document = document_from_text(head + BODY)
    assert (document.published_at, document.published_how) == (JULY_12, "stated")


def test_a_day_of_the_story_is_not_the_day_of_publication():
    document = document_from_text(f"{BODY}\n\nA bomb went off there on March 3, 2019, too.")
    assert (document.published_at, document.published_how) == (None, "unknown")
    letter = document_from_text(f"{BODY}\n\n{BODY}\n\nTESTVILLE, 3 MARCH 1989")
    assert letter.published_at is None


def test_years_of_wire_copy():
    document = document_from_text(
        f"TESTVILLE, 20 NOV 89 (RADIO VENCEREMOS) -- [TEXT] {BODY.upper()}"
    )
    assert document.published_at == dt.date(1989, 11, 20)
    assert document.publisher == "Radio Venceremos"


WAR = "It is one of many since Russia's full-scale invasion of Ukraine."
MOBILIZATION = "Last month President Vladimir Putin ordered a partial mobilization in Russia."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # a weekday beside the date, and an event that rules the older years out
        (f"Two men opened fire at a base on Saturday, October 15. {WAR}", dt.date(2022, 10, 15)),
        # the month is closed by what happened "last month"
        (f"Two men opened fire at a base on October 15. {MOBILIZATION}", dt.date(2022, 10, 15)),
        # the news of the lead is younger than the day of the event
        (
            f"The army on Monday named its dead. They were shot on October 15. {MOBILIZATION}",
            dt.date(2022, 10, 17),
        ),
        # one weekday in the lead, one date in a quotation
        (
            f"Shots were fired at a range on Saturday, officials said.\n\n“On October 15, two men "
            f"opened fire,” the ministry said. {WAR}",
            dt.date(2022, 10, 15),
        ),
        # a year the text names
        ("The camp, opened in 2021, was shelled on Saturday, October 15.", dt.date(2022, 10, 15)),
        # a holder of office who acts this week
        (
            "A car bomb went off on Friday, March 18. President Barack Obama on Friday condemned "
            "it. The road was built in 2014.",
            dt.date(2016, 3, 18),
        ),
        # the dateline's day
        (
            f"TESTVILLE, Oct 15 (Reuters) - Men opened fire at a base. {MOBILIZATION}",
            dt.date(2022, 10, 15),
        ),
    ],
)
def test_inferred_dates(text, day):
    document = document_from_text(text)
    assert (document.published_at, document.published_how) == (day, "inferred")


@pytest.mark.parametrize(
    "text",
    [
        # 2022, 2016, 2011, 2005 …
        "Two men opened fire at a base on Saturday, October 15.",
        # any year since 2022
        f"Two men opened fire at a base on October 15. {WAR}",
        # no year since then has a 15 October that is a Sunday but 2023, and none is a 31 June
        f"Two men opened fire on Sunday, June 31. {WAR}",
        # said on Friday, of another day
        f"The shots fell on July 11 before he fled, a channel reported Friday. {WAR}",
        # a plan is no news
        f"The trial will start on Saturday, October 15. {WAR}",
        # background
        f"It was the worst attack since the Saturday, October 15 shooting. {WAR}",
        "",
    ],
)
def test_what_cannot_be_concluded_is_unknown(text):
    document = document_from_text(f"Shots were fired at a base.\n\n{text}")
    assert (document.published_at, document.published_how) == (None, "unknown")


def page(head: str = "", top: str = "", body: str = BODY) -> bytes:
    paragraphs = f"<p>{body}</p>" * 2 + f"<p>Nobody has claimed the attack. {body}</p>"
    return (
        f"<html lang='en'><head><title>Four killed</title>{head}</head>"
        f"<body><article><h1>Four killed in Testville</h1>{top}{paragraphs}</article></body></html>"
    ).encode()


def read_page(raw: bytes):
    return to_document(RawInput(path="page.html", raw=raw, media="html"), Settings())


@pytest.mark.parametrize(
    ("raw", "how"),
    [
        (page(top="<div>Post At: Jul 12/2024 08:50PM</div>"), "stated"),
        (
            page('<meta property="article:published_time" content="2024-07-12T01:00:00+03:00">'),
            "markup",
        ),
        (
            page(
                '<script type="application/ld+json">{"@type": "NewsArticle", "dateModified":'
                ' "2024-08-01", "datePublished": "2024-07-12T08:00:00Z"}</script>'
            ),
            "markup",
        ),
        (page(top='<time datetime="2024-07-12">Friday</time>'), "markup"),
        (page('<link rel="canonical" href="https://example.org/2024/07/12/four">'), "markup"),
    ],
)
def test_dates_of_pages(raw, how):
    document = read_page(raw)
    assert (document.published_at, document.published_how) == (JULY_12, how)


def test_a_page_without_a_date_has_none():
    assert read_page(page()).published_at is None


def test_a_page_that_contradicts_its_markup_warns():
    raw = page(
        '<meta property="article:published_time" content="2024-12-01">',
        "<div>Post At: Jul 12/2024 08:50PM</div>",
    )
    document = read_page(raw)
    assert document.published_at == JULY_12
    assert document.warnings == ("the page states 2024-07-12, its markup 2024-12-01",)


@pytest.mark.parametrize(
    "given_date", [JULY_12, dt.datetime(2024, 7, 12, 20), "2024-07-12", "Jul 12/2024", "12.07.2024"]
)
def test_the_callers_date_wins(given_date):
    document = document_from_text(f"Post At: Aug 1/2024\n\n{BODY}", published_at=given_date)
    assert (document.published_at, document.published_how) == (JULY_12, "stated")


def test_a_callers_date_that_is_none_is_an_error():
    with pytest.raises(MalformedInputError, match="YYYY-MM-DD"):
        document_from_text(BODY, published_at="soon")


def test_the_date_in_an_address():
    document = document_from_text(BODY, url="https://example.org/news/2024/07/12/four.html")
    assert (document.published_at, document.published_how) == (JULY_12, "markup")


@pytest.mark.parametrize("value", ['"12 July 2024"', "20240712", "1720800000", "1720800000000"])
def test_dates_of_json_lines(value):
    raw = f'{{"text": "{BODY}", "published_at": {value}}}'.encode()
    document = to_document(RawInput(path="a.jsonl", line=1, raw=raw, media="jsonl"), Settings())
    assert document.published_at == JULY_12


@pytest.mark.parametrize("value", ['"soon"', "true", "[]", "12"])
def test_a_bad_date_in_json_lines_is_a_warning(value):
    raw = f'{{"text": "{BODY}", "published_at": {value}}}'.encode()
    document = to_document(RawInput(path="a.jsonl", line=1, raw=raw, media="jsonl"), Settings())
    assert document.published_at is None
    assert len(document.warnings) == 1
