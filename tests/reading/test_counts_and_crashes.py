"""Texts that count over years, and vehicles that hit people on purpose or not."""

import datetime as dt

import pytest

from dateline.model import Document
from dateline.reading.reader import read_document

WRITTEN = dt.date(2018, 4, 24)


def types(text, title=None, scope="violence"):
    document = Document(id="d", text=text, title=title, language="en", published_at=WRITTEN)
    return [mention.type for mention in read_document(document, scope).mentions]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Murder rate falls in big cities, report says",
            "The rate of murder in the 30 largest cities fell by 5 percent last year, a policy "
            "centre said in a report on Friday. In Ogden, where 65 people were killed in 2017, "
            "there was a drop of 12 percent. Shootings fell to fewer than 800.",
        ),
        (
            "Fact check: did Ogden see more murders than Kabul?",
            "A meme says that more people have been murdered in Ogden than soldiers were killed "
            "in Kabul. Police recorded 893 homicides; 235 soldiers died in Kabul. Gunmen killed "
            "12 people there in January.",
        ),
        (
            "War hero who was shot down at 20 dies at 94",
            "The flak hit over the island. His two crewmen were killed. The senator, who died on "
            "Friday at his home, rarely spoke of that day. Police closed the street.",
        ),
        (
            "EastEnders: gas blast to kill two fan favourites",
            "The square will be rocked by an explosion this week, killing two characters. In "
            "scenes to be shown on Tuesday viewers see several residents fighting for their lives.",
        ),
    ],
)
def test_a_count_a_check_and_a_life_make_no_incident(title, text):
    assert types(text, title) == []


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Bomb kills 12 in Kabul as attacks rise",
            "A bomb killed 12 people in Kabul on Monday, the third attack this year in a city "
            "where, figures show, the rate of bombings rose by 40 percent last year.",
        ),
        (
            "Man dies at 72 after stabbing in Ogden",
            "A man of 72 has died after he and three others were stabbed in Ogden on Sunday. "
            "Police arrested the attacker.",
        ),
    ],
)
def test_and_news_with_such_words_does(title, text):
    assert len(types(text, title)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A van sped onto a crowded sidewalk in Toronto on Monday, killing nine people and "
            "injuring 16. The driver was arrested and charged with nine counts of murder.",
            ["vehicle_attack"],
        ),
        (
            "A van mounted the sidewalk and struck pedestrians in Toronto on Monday, killing nine "
            "people and injuring 16. The police chief said it definitely looked deliberate.",
            ["vehicle_attack"],
        ),
        (
            "A hijacked beer lorry was driven at high speed down a busy street in Stockholm on "
            "Friday and crashed into a store, killing four people and injuring 15.",
            ["vehicle_attack"],
        ),
        (
            "A car mounted the sidewalk and struck pedestrians in Ogden on Monday, killing two "
            "people. The driver was arrested on suspicion of drunken driving.",
            [],
        ),
        (
            "A car mounted the sidewalk and struck pedestrians in Ogden on Monday, killing two "
            "people. There is no sign that it was deliberate, police said.",
            [],
        ),
    ],
)
def test_a_vehicle_is_an_attack_where_it_was_meant(text, expected):
    assert types(text) == expected
    if not expected:
        assert types(text, scope="harm") == ["road_crash"]


def test_bombs_that_were_found_do_not_make_a_shooting_a_bombing():
    assert types(
        "A student killed nine people in a school in Ogden on Friday. The gunman walked into a "
        "class with a shotgun. Explosive devices, including a pipe bomb, were found nearby."
    ) == ["shooting"]


def test_captives_exchanged_are_released():
    assert types(
        "Eighty-two of the more than 200 girls who were seized by Boko Haram from a school in "
        "Chibok have been exchanged for a number of suspected militants, the presidency said on "
        "Sunday."
    ) == ["hostage_release"]
    assert types("Shots were exchanged for two hours on Sunday. Ten dollars were swapped.") == []
