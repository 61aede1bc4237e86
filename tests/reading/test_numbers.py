"""Quantities: bounds, hedges, and the numbers that count nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Document
from dateline.reading.numbers import Quantity, find_quantities
from dateline.reading.prepared import prepare


def quantities(text: str) -> list[Quantity]:
    return [
        q for s in prepare(Document(id="d", text=text)).sentences for q in find_quantities(s.tokens)
    ]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12 people", 12, 12),
        ("twenty-five people", 25, 25),
        ("one hundred and fifty soldiers", 150, 150),
        ("1.2 million people", 1_200_000, 1_200_000),
        ("five lakh people", 500_000, 500_000),
        ("2 crore people", 20_000_000, 20_000_000),
        ("two dozen people", 24, 24),
        ("half a dozen people", 6, 6),
        ("at least 84 people", 84, None),
        ("no fewer than 84 people", 84, None),
        ("more than 500 people", 500, None),
        ("100 or more people", 100, None),
        ("up to 30 people", None, 30),
        ("as many as 30 people", None, 30),
        ("fewer than 10 people", None, 10),
        ("nearly 80 people", 80, 80),
        ("between 20 and 30 people", 20, 30),
        ("20-30 people", 20, 30),
        ("two or three people", 2, 3),
        ("dozens of people", 24, None),
        ("hundreds of thousands of people", 200_000, None),
        ("several people", None, None),
        ("a number of people", None, None),
        ("no one", 0, 0),
        ("THREE SUBVERSIVES", 3, 3),
    ],
)
def test_bounds(text, low, high):
    (found,) = quantities(text)
    assert (found.min, found.max) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "on July 11",
        "on 11 July",
        "in 2016",
        "at 7:30 a.m.",
        "John Smith, 29, said",
        "aged 29",
        "a 25-year-old man",
        "an AK-47 rifle",
        "Route 91",
        "Flight 17",
        "Feb. 13 death",
        "$12",
        "12 percent",
        "12% of them",
        "a 3-1 win",
        "the 8th Army",
        "9/11",
        "No. 4",
    ],
)
def test_what_counts_nothing(text):
    assert quantities(text) == []


def test_hedges_are_kept():
    (found,) = quantities("At least another 15 people")
    assert (found.qualifier, found.more, found.exact) == ("at least", True, False)


def test_a_rise_is_two_figures():
    assert [q.min for q in quantities("rose from 43 to 61")] == [43, 61]


@given(st.text(alphabet="0123456789 ,.-andhutwofive\n", max_size=200))
def test_no_text_breaks_it_and_spans_are_in_order(text):
    for sentence in prepare(Document(id="d", text=text)).sentences:
        end = 0
        for q in find_quantities(sentence.tokens):
            assert end <= q.start <= q.core < q.end <= len(sentence.tokens)
            assert q.min is None or q.max is None or q.min <= q.max
            end = q.end
