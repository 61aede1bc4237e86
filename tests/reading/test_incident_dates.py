"""The day of an incident among the other days that its report tells."""

import datetime as dt

import pytest

from dateline.model import Document
from dateline.reading.reader import read_document

REFERENCE = dt.date(2017, 10, 16)  # a Monday


def main_day(text):
    reading = read_document(Document(id="d", text=text, published_at=REFERENCE))
    assert reading.mentions, "no incident"
    date = reading.mentions[0].date
    return date.start if date else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # Officials are quoted after the day; the day is that of the killing.
        (
            "An airstrike killed at least 21 people in tents west of Zinder late on Saturday, "
            "health officials said, while the army said it had struck a command post.",
            14,
        ),
        # Somebody spoke on Sunday; it happened on Saturday.
        (
            "A bomb killed nine people at a market in Zinder on Saturday.\n\n"
            "On Sunday the mayor said that the market would stay shut.",
            14,
        ),
        # The seventh death came a day after the attack.
        (
            "Gunmen who opened fire on a market in Zinder killed seven people.\n\n"
            "A woman of 70 died of her injuries early on Sunday, bringing the toll to seven.\n\n"
            "The gunmen came shortly after 9 p.m. on Saturday, witnesses said.",
            14,
        ),
        # A body found later is no other day of the event.
        (
            "Two more bodies were recovered on Sunday from a hotel in Zinder where a bomb killed "
            "28 people.\n\nThe bomb exploded on Friday at noon, the police said.",
            13,
        ),
        # "Dawn" tells no day; Saturday does.
        (
            "At least 15 people have been killed in a dawn attack on a village near Zinder.\n\n"
            "The gunmen rode into the village before 5 a.m. on Saturday.",
            14,
        ),
    ],
)
def test_the_day_is_that_of_the_event(text, day):
    assert main_day(text) == dt.date(2017, 10, day)
