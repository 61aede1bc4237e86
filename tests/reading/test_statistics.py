"""Figures over a period, told apart from the toll of an incident."""

from __future__ import annotations

import pytest

from dateline.model import Document
from dateline.reading.harm.casualties import find_casualties
from dateline.reading.harm.statistics import find_statistics
from dateline.reading.prepared import prepare


def read(text):
    prepared = prepare(Document(id="d", text=text))
    return find_casualties(prepared), find_statistics(prepared)


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("More than 18,000 servicemen had fled their posts since the war began.", 18_000),
        ("Some 2,500 troops have deserted.", 2_500),
        ("So far this year 312 people have been killed in mass shootings.", 312),
        ("There are more than 30,000 gun deaths a year.", 30_000),
        ("The war has killed 150,000 people since 2011.", 150_000),
        ("Around 220,000 reservists had been called into duty.", 220_000),
        ("At least five men have already been killed after being conscripted.", 5),
        ("Sixteen soldiers have been killed in the region since 2014.", 16),
        ("The clashes came in a campaign that has left more than 3,000 dead.", 3_000),
    ],
)
def test_statistics(text, low):
    casualties, (statistic, *_) = read(text)
    assert casualties == ()
    assert statistic.value.min == low


@pytest.mark.parametrize(
    "text",
    [
        "Twelve people were killed on Friday, the deadliest attack this year.",
        "In April a bomb there killed 12 people.",
        "Twelve people were killed a day after the vote.",
        "Two diplomats were kidnapped in the town in March.",
    ],
)
def test_incidents_are_no_statistics(text):
    casualties, statistics = read(text)
    assert len(casualties) == 1
    assert statistics == ()


def test_growth():
    (growth,) = read("Cases of desertion increased tenfold this year.")[1]
    assert (growth.value.ratio, growth.value.period) == (10.0, "this year")
    assert growth.value.min is None


def test_period_is_kept():
    (found,) = read("More than 18,000 servicemen had fled their posts since the war began.")[1]
    assert found.value.period == "since the war began"
    assert found.value.what == "servicemen"
