"""Reports in other manners of telling that must make an incident, and their counterparts."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.reading.test_mentions import WRITTEN, accounts, figures

from dateline.model import Document
from dateline.reading.reader import read_document


@pytest.mark.parametrize(
    "text",
    [
        "The twin explosions of Tuesday in Karsk killed 46 people, the province said.",
        "An explosion in a market in Karsk on Tuesday killed nine people. No group has claimed "
        "responsibility, but militants are active in the area.",
        "A powerful explosion ripped through an office in Karsk on Tuesday, killing seven people. "
        "Hours later a man opened fire nearby.",
        "Three people were wounded by the double blast at a bank in Karsk on Tuesday. A caller "
        "said that the Islamic Jihad was behind it.",
        "AN EXPLOSION KILLED FOUR PERSONS IN KARSK ON TUESDAY. POLICE BLAMED THE SHINING PATH.",
    ],
)
def test_explosion_with_signs_of_a_deed_is_a_bombing(text):
    assert [a.type for a in accounts(text)] == ["bombing"]


@pytest.mark.parametrize(
    "text",
    [
        "An explosion in a block of flats in Karsk on Tuesday killed nine people, police said.",
        "A gas explosion killed nine people in Karsk on Tuesday. Police ruled out terrorism.",
        "Two explosions at a fireworks plant in Karsk on Tuesday killed nine people. Rebels held "
        "the town in 1990.",
        "An explosion in a house in Karsk on Tuesday killed two people. The bomb squad was called.",
    ],
)
def test_explosion_without_them_is_no_violence(text):
    assert accounts(text) == ()
    assert len(accounts(text, scope="harm")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Karsk mourned 183 dead. The bombings which ripped through trains in Karsk on May 23 "
        "lasted ten minutes.",
        "Seven missiles fell on houses in Karsk before dawn on Tuesday. Two women have been found "
        "dead and 12 people were injured.",
        "Adam Coll confessed to shooting 17 people dead in Karsk on Tuesday, an affidavit says.",
        "A martyrdom attack was carried out on foreign invaders in Karsk on Tuesday morning.",
        "Seven people queueing for water were killed on Tuesday when a shell fired from the hills "
        "landed in Karsk.",
    ],
)
def test_other_words_for_an_attack(text):
    assert len(accounts(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Adam Coll came close to shooting 17 people in Karsk on Tuesday, his doctor says.",
        "The party admitted to fears of more bombings. Attacks on journalists are on the rise.",
        "Karsk fell to second place on Tuesday. The strike on Monday hit 12,000 commuters.",
    ],
)
def test_their_counterparts(text):
    assert accounts(text) == ()


def test_year_of_birth_is_no_history():
    (one,) = accounts(
        "A suicide bomber killed at least 10 people in the old part of Karsk, beside the tomb of "
        "a saint, in the morning of Tuesday. The bomber was a man born in 1988."
    )
    assert one.date.start == WRITTEN - dt.timedelta(days=1)


@pytest.mark.parametrize(
    "text",
    [
        "The toll of the market bombing in Karsk rose to 118 on Tuesday. The bomb exploded on "
        "Sunday.",
        "On Tuesday police lowered the toll of the bombing in Karsk from 86 to 68. The bomb "
        "exploded on Sunday.",
        "A woman died on Tuesday, the 27th victim of the bomb attack on Karsk. The bomb exploded "
        "on Sunday.",
        "The number of people killed in the bombing in Karsk rose to 18 on Tuesday. The bomb "
        "exploded on Sunday.",
    ],
)
def test_day_on_which_a_toll_rose_is_not_that_of_the_attack(text):
    (one,) = accounts(text)
    assert one.date.start == dt.date(2017, 5, 21)


def test_day_of_the_attack_beside_a_toll_that_rose_is():
    (one,) = accounts("The number of people killed rose to 18 in Sunday's bombing in Karsk.")
    assert one.date.start == dt.date(2017, 5, 21)


def test_year_in_the_name_of_an_attack_dates_it_for_a_court():
    (one,) = accounts(
        "A jury on Tuesday sentenced a man to death for the 2015 Karsk Marathon bombing, which "
        "killed three people and injured 264. The jurors deliberated for 14 hours."
    )
    assert (one.date.start, one.date.end) == (dt.date(2015, 1, 1), dt.date(2015, 12, 31))


def test_what_came_two_days_before_is_another_event():
    first, second = accounts(
        "Gunmen stormed a guest house in Karsk on Tuesday, killing five people. It came two days "
        "after a bomb killed 91 people in Dolna."
    )
    assert (first.place.name, figures(first)) == ("Karsk", {("killed", 5)})
    assert (second.place.name, figures(second)) == ("Dolna", {("killed", 91)})


def test_what_happened_as_people_left_is_the_same_event():
    (one,) = accounts(
        "Five people were killed by a bomb on Tuesday. The attack came as worshippers left a "
        "mosque in Karsk, where 20 people were wounded."
    )
    assert figures(one) == {("killed", 5), ("injured", 20)}


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("A bomb killed nine people in the Afghan capital on Tuesday.", "Kabul"),
        ("Gunmen killed nine people in Somalia's capital on Tuesday.", "Mogadishu"),
        ("Malian troops were at war. Gunmen killed nine people in the capital.", "Bamako"),
        ("A bomb killed nine people in Haifa's Carmel district on Tuesday.", "Haifa"),
        ("A CAR BOMB KILLED NINE PERSONS IN THE ARANJUEZ DISTRICT OF MEDELLIN.", "Medellín"),
        ("A bomb killed nine people in the Karrada district of Baghdad on Tuesday.", "Baghdad"),
    ],
)
def test_capitals_and_quarters(text, town):
    document = Document(id="d", text=text, published_at=WRITTEN, language="en")
    (mention,) = read_document(document).mentions
    assert mention.place.name == town


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed nine people in the state capital on Tuesday.",
        "French and Malian troops met. Gunmen killed nine people in the capital.",
    ],
)
def test_a_capital_of_nobody_knows_which_state_is_no_place(text):
    document = Document(id="d", text=text, published_at=WRITTEN, language="en")
    (mention,) = read_document(document).mentions
    assert mention.place is None or mention.place.kind == "country"


@pytest.mark.parametrize(
    "text",
    [
        'KARSK — The Herons massacred the Badgers 127-99 on Monday night. "We got killed," coach '
        'Ivo Marn said. "They attacked us from the start."',
        "The Lakers shot down Boston 101-88 on Friday, and Kovac exploded for 40 points.",
    ],
)
def test_the_score_of_a_game_tells_what_the_words_of_harm_mean(text):
    assert accounts(text) == ()


def test_a_score_in_a_report_of_a_shooting_silences_nothing():
    text = (
        "A gunman killed nine people outside a stadium in Karsk on Monday after the Herons beat the"
        " Badgers 3-1 on penalties, police said."
    )
    assert [a.type for a in accounts(text)] == ["shooting"]


def test_a_lead_that_tells_the_dead_and_the_hurt_apart_is_a_report():
    text = (
        "Buggies were sent flying as an ISIS brute in a van turned Karsk's main street into a"
        " killing field. At least 13 are dead. More than 100 people were hurt, some of them"
        " tourists.\n\nFour suspects have been collared."
    )
    assert len(accounts(text)) == 1
