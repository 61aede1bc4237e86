"""Old cases, anniversaries and speeches, which are no news, and the news that is like them."""

import datetime as dt

import pytest

from dateline.model import Document
from dateline.reading.reader import read_document


def mentions(text, title=None, written=dt.date(2018, 7, 11)):
    document = Document(id="d", text=text, title=title, language="en", published_at=written)
    return read_document(document).mentions


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Town marks 21 years since bombing that killed 168",
            "Survivors gathered on Wednesday in Ogden to mark 21 years since a truck bomb "
            "destroyed the federal building, killing 168 people. The service began with silence.",
        ),
        (
            "Woman given life term for ten murders",
            "The main defendant in a long trial was found guilty of 10 murders on Wednesday and "
            "jailed for life. Ute Brandel was the last of a cell that killed nine shopkeepers in "
            "Cologne and a policewoman between 2000 and 2007. It also set off two bombs.",
        ),
        (
            "Tale of an ambush wins readers",
            "On Feb. 6, 1968, Dale Harkin lay under two dead friends and waited for the shooting "
            "to stop. The ambush near Hue killed 19 men of his company. He has written a book.",
        ),
    ],
)
def test_old_deeds_are_no_news(title, text):
    assert mentions(text, title) == ()


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Gunman kills six as town marks 21 years since bombing",
            "A gunman killed six people in Ogden on Tuesday as the town marked 21 years since a "
            "bombing, police said.",
        ),
        (
            "Man charged with ten murders",
            "A man who was jailed in 2001 was charged with 10 counts of murder on Wednesday after "
            "he drove a van into a crowd in Cologne on Tuesday, killing 10 people.",
        ),
    ],
)
def test_new_ones_are(title, text):
    assert len(mentions(text, title)) >= 1


def test_shots_of_the_police_do_not_make_a_ramming_a_shooting():
    (mention, *_) = mentions(
        "Seven people were killed in London on Tuesday when three men drove a van into "
        "pedestrians on a bridge and stabbed people in a market. The attackers were shot dead by "
        "police. All three were shot dead by officers within eight minutes."
    )
    assert mention.type in ("vehicle_attack", "stabbing")
    (mention,) = mentions("An unarmed man was shot dead by police in Ogden on Tuesday.")
    assert mention.type == "shooting"


def test_one_release_told_twice_is_one():
    found = mentions(
        "Eighty-two girls have been exchanged for a number of suspected militants near Banki in "
        "Nigeria, the presidency said on Tuesday. On Tuesday 82 girls were released in Abuja with "
        "the help of the government of Switzerland, a spokesman said."
    )
    assert [one.type for one in found] == ["hostage_release"]


def test_the_day_in_a_list_of_attacks_that_a_speech_cites_makes_none():
    assert not mentions(
        "The president called on Muslim leaders to drive out the terrorists in a speech in Riyadh "
        "on Tuesday. He cited the attacks of July 9, the Boston bombings and the terrible "
        "killings in Orlando, and spoke of a battle of good and evil."
    )
