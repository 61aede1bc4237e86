"""Shares of a whole, exchanges of prisoners, and texts that are no reports."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Document
from dateline.reading.harm.casualties import find_casualties
from dateline.reading.prepared import prepare
from dateline.reading.reader import read_document


def figures(text, title=None):
    found = find_casualties(prepare(Document(id="d", text=text, title=title)))
    return {(f.value.effect, f.value.min, f.value.max) for f in found if not f.hypothetical}


def incidents(text, title, scope="violence"):
    document = Document(
        id="d", text=text, title=title, language="en", published_at=dt.date(2017, 3, 10)
    )
    return read_document(document, scope).mentions


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nine of the bus's 44 passengers were killed.", {("killed", 9, 9)}),
        ("Of the bus's 44 passengers, nine were killed.", {("killed", 9, 9)}),
        ("Police said 111 of the school's 926 pupils were missing.", {("missing", 111, 111)}),
        ("Of the Girls College's 926 pupils, 111 were missing.", {("missing", 111, 111)}),
        ("Three of Ruritania's 12 governors were killed.", {("killed", 3, 3)}),
        ("The bus's 44 passengers were killed.", {("killed", 44, 44)}),
    ],
)
def test_the_people_of_something_are_not_all_harmed(text, wanted):
    assert figures(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Of the 31 dead, six were children, the mayor said.", ("killed", 6, 6)),
        ("A bomb killed 12. Of the wounded, nine were still in surgery.", ("injured", 9, 9)),
        ("More than 40 people were hurt, 11 of whom had serious injuries.", ("injured", 11, 11)),
        ("He had run over five people, one of whom later died.", ("killed", 1, 1)),
        ("Ten people, seven pupils and three teachers, were killed.", ("killed", 7, 7)),
        (
            "A gunman killed 14. The dead were all adults, nine men and five women.",
            ("killed", 9, 9),
        ),
        ("Thirty died in Karsk, 12 in Dolna and four in Port Marlen.", ("killed", 12, 12)),
        ("A driver died yesterday, taking to five the number of people killed.", ("killed", 5, 5)),
        ("Two recruits shot dead six soldiers at a barracks.", ("killed", 6, 6)),
        (
            "The rebels freed 12 captives in exchange for three of their commanders.",
            ("released", 3, 3),
        ),
        ("The army handed over 40 captives and received 15 of its own.", ("released", 15, 15)),
    ],
)
def test_figure_is_read(text, wanted):
    assert wanted in figures(text)


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("Ten people, aged 8, 12 and 13, were among the dead.", ("killed", 12, 12)),
        ("A gunman shot six people. Five patients were treated and released.", ("released", 5, 5)),
        ("Of the 80 wounded, 55 have been discharged.", ("injured", 55, 55)),
        ("Two recruits shot dead six soldiers at a barracks.", ("killed", 2, 2)),
        ("Nine girls kidnapped in 2014 were freed by their captors.", ("abducted", 9, 9)),
    ],
)
def test_figure_is_not_read(text, unwanted):
    assert unwanted not in figures(text)


@given(st.integers(2, 400), st.integers(2, 400))
def test_parts_are_marked_where_their_sum_is_right(men, women):
    text = f"{men + women} people, {men} men and {women} women, were killed."
    found = find_casualties(prepare(Document(id="d", text=text)))
    parts = [f.value for f in found if f.value.subset]
    assert {p.min for p in parts} == {men, women}
    assert all(p.effect == "killed" for p in parts)


def test_crash_of_a_team_is_read():
    text = (
        "A plane carrying a football team to a cup final crashed into a hill near Lyon on"
        " Tuesday, killing 19 people, officials said. The coach, the captain, a striker and the"
        " goalkeeper were among the squad. The club has won the league and the season's matches"
        " were cancelled, the league said. Fans of the club left scarves at the stadium."
    )
    assert ("killed", 19, 19) in figures(text)
    assert [m.type for m in incidents(text, "Plane crash kills football team", "harm")]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "The last sniper: film review",
            "A sniper opens fire in Lyon and five soldiers are dead before the title appears."
            " The film, directed by a newcomer, kills a dozen more. Rated R.",
        ),
        (
            "Police train for attack at airport",
            "Two gunmen killed 14 people at the airport on Tuesday, in the scenario of a drill."
            " Volunteers wore fake wounds and the mock suspects were shot. Evaluators watched.",
        ),
        (
            "Remembering the Karsk massacre, 40 years on",
            "Forty years ago Friday, soldiers opened fire on strikers in Lyon. Nine people were"
            " killed and 28 wounded. Survivors lit torches on Friday.",
        ),
        (
            "Two bears shot near Lyon",
            "Wardens shot and killed a black bear and its cub near Lyon on Saturday.",
        ),
        (
            "Air Commodore Lind, bomber pilot",
            "Air Commodore Lind, who has died aged 96, flew 60 bombing raids. In the attack on"
            " Lyon two of his crew were killed. His wife survives him.",
        ),
    ],
)
def test_no_report_makes_no_incident(title, text):
    assert not incidents(text, title)


def test_second_attack_of_a_round_up_is_another_incident():
    found = incidents(
        "A car bomb killed six people in Lyon on Thursday, police said.\n\n"
        "In a separate attack, gunmen shot dead three children at a farm.",
        "Car bomb kills six",
    )
    assert len(found) == 2


def test_hour_before_a_weekday_ends_no_sentence():
    text = "A man began shooting around 11:20 a.m. Sunday, killing two people."
    assert len(prepare(Document(id="d", text=text, language="en")).sentences) == 1


def test_a_state_of_some_after_a_larger_count_is_a_part_of_it():
    def parts(text):
        found = read_document(Document(id="d", text=text)).claims
        return [(c.value.min, c.value.subset) for c in found if c.kind == "casualty"]

    after = "The blast in Homs injured 60 people. Eighteen people were in critical condition."
    assert parts(after) == [(60, False), (18, True)]
    assert parts("Eighteen people were in critical condition after the blast in Homs.") == [
        (18, False)
    ]
