"""Tolls that rise, fall and are corrected, and which of them stands."""

from __future__ import annotations

import pytest

from dateline.model import Document
from dateline.reading.harm.casualties import find_casualties
from dateline.reading.prepared import prepare


def dead(text):
    """Each number of dead with whether it is the new total, and whether it is withdrawn."""
    found = find_casualties(prepare(Document(id="d", text=text)))
    return {
        f.value.min or f.value.max: (f.value.cumulative, f.denied)
        for f in found
        if f.value.effect == "killed"
    }


STANDS, TOLD = (True, False), (False, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The toll rose to 43 on Sunday, up from 23.", {43: STANDS, 23: TOLD}),
        ("The death toll jumped from 22 to 35.", {22: TOLD, 35: STANDS}),
        ("The death toll was revised down from 15 to 12.", {15: TOLD, 12: STANDS}),
        ("Officials lowered the death toll to 12 from 15.", {12: STANDS, 15: TOLD}),
        ("Three people died, revised down from six.", {3: STANDS, 6: TOLD}),
        (
            "The number of people killed in a gas explosion at a shopping centre in the city was"
            " lowered on Wednesday from 15 to 12.",
            {15: TOLD, 12: STANDS},
        ),
        (
            "The death toll, initially put at six, was later lowered to three.",
            {6: TOLD, 3: STANDS},
        ),
        (
            "The initial toll was 19; it was raised to 43 and then to 57 on Sunday.",
            {19: TOLD, 43: TOLD, 57: TOLD},
        ),
        (
            "Nineteen people were killed, the coroner said, correcting an earlier figure of 21.",
            {19: STANDS, 21: (False, True)},
        ),
        ("Police had given an earlier figure of 21.", {21: TOLD}),
        ("The initial toll was 19.", {19: TOLD}),
        ("The toll since the first attack stands at 40.", {40: STANDS}),
        ("The toll, first put at nine, was raised to 12 overnight.", {9: TOLD, 12: TOLD}),
        ("The toll was raised from 159 overnight by the agency.", {159: TOLD}),
        ("The toll on the motorway was raised from 15 dollars after 12 deaths.", {12: TOLD}),
        ("Truck bomb death toll passes 500.", {500: STANDS}),
        ("The death toll from the bombing rises above 300.", {300: STANDS}),
        (
            "The monitor put the toll at nine, and a local council at as many as 15.",
            {9: STANDS, 15: TOLD},
        ),
        # what is no toll beside one
        ("The toll stands at 14 after shots were heard at 12 places.", {14: STANDS}),
        ("The death toll rose to 12 at 9 a.m., and police went to 15 houses.", {12: STANDS}),
    ],
)
def test_the_figure_that_stands(text, expected):
    assert dead(text) == expected


def test_a_part_of_the_wounded_is_no_second_total():
    text = "The blast injured 120 people. Twenty-two of the injured were fighting for their lives."
    found = find_casualties(prepare(Document(id="d", text=text)))
    assert {f.value.min: f.value.subset for f in found} == {120: False, 22: True}


def test_a_withdrawn_figure_shows_what_withdraws_it():
    text = "Nineteen people were killed, he said, correcting an earlier figure of 21."
    found = find_casualties(prepare(Document(id="d", text=text)))
    assert text[found[1].span.start : found[1].span.end] == "correcting an earlier figure of 21"


@pytest.mark.parametrize(
    ("text", "further"),
    [
        ("The lorry hit a market, killing 12 people and injuring 48 others.", False),
        ("A bomb killed 13 soldiers and wounded 56 more.", False),
        ("Six people were wounded. The blast killed two and wounded 56 more.", True),
        ("A bomb wounded six soldiers and another 56 were wounded in the clash.", True),
    ],
)
def test_others_than_the_dead_are_no_further_wounded(text, further):
    found = find_casualties(prepare(Document(id="d", text=text)))
    assert found[-1].value.effect == "injured"
    assert found[-1].value.additional is further
