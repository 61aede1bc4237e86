"""Where a report opens, and which reports tell their incident further down."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Document
from dateline.reading.opening import body_start, opening
from dateline.reading.prepared import prepare
from dateline.reading.reader import read_document

LEAD = "A gunman opened fire in a library in Leeds on Monday, killing six people, police said."


def prepared(text, title=None):
    return prepare(Document(id="d", text=text, title=title, language="en"))


def mentions(text, title=None, day=dt.date(2017, 5, 10), scope="violence"):
    document = Document(id="d", text=text, title=title, language="en", published_at=day)
    return read_document(document, scope).mentions


@pytest.mark.parametrize(
    "above",
    [
        "By Ann Lee and Bo Carr",
        "Updated 4:12 PM, May 9, 2017.",
        "Story highlights",
        "- Six people die in library shooting",
        "Police name the man who went from shelf to shelf",
        "By The Courier.",
        "10 May 2017",
    ],
)
def test_lines_above_the_first_sentence_are_no_opening(above):
    text = f"{above}\n\n{LEAD}"
    assert [s.text for s in opening(prepared(text), 1)] == [LEAD]


def test_the_headline_is_no_opening():
    title = "Six dead in Leeds library shooting."
    assert opening(prepared(f"{title}\n\n{LEAD}", title), 2)[0].text == LEAD


def test_copy_without_a_full_stop_opens_with_its_first_line():
    assert body_start(prepared("six dead in leeds\n\npolice hold a man")) == 0


@given(st.text(max_size=200))
def test_any_text_has_an_opening_within_it(text):
    p = prepared(text)
    assert 0 <= body_start(p) <= max(0, len(p.sentences) - 1)


def test_a_report_below_byline_and_highlights_makes_its_incident():
    text = (
        "By Ann Lee\n\nUpdated 2115 GMT\n\nStory highlights\n\nLibrary had opened in May\n\n"
        "The mayor calls for calm\n\nThe man who walked into a library in Leeds and gunned down "
        "six people on Monday had quarrelled with a clerk, police said.\n\nHe lived alone.\n\n"
        "His sister had not seen him since March.\n\nA neighbour called him a quiet man.\n\n"
        "Eleven people were wounded in the shooting.\n\nThe library stays closed."
    )
    found = mentions(text, "Gunman had quarrelled with clerk, police say")
    assert [(m.type, m.date.start) for m in found] == [("shooting", dt.date(2017, 5, 8))]


FOLLOW_UP = (
    "The council has admitted that it was warned in March about the man who is accused of the "
    "shooting in a library in Leeds.\n\n"
    "A clerk had written to the office twice. Nobody answered her, the council's chief said. "
    "He spoke for an hour and took no questions. The mayor wants to know why.\n\n"
    "The opposition called for the chief to go. A vote is expected next week. The chief has "
    "run the office for nine years.\n\n"
    "Six people died in the shooting on Monday evening. Eleven were wounded.\n\n"
    "The first of the dead will be buried on Friday. The library stays closed, and the shop "
    "beside it has been turned into a place for flowers and candles. Children brought books."
)


def test_a_follow_up_tells_its_incident_further_down():
    found = mentions(FOLLOW_UP, "Council was warned about library suspect")
    assert [(m.type, m.date.start) for m in found] == [("shooting", dt.date(2017, 5, 8))]


def test_politics_that_only_mentions_an_attack_makes_none():
    text = (
        "Two parties went through to the second round of the council election in Leeds on "
        "Sunday.\n\nTurnout was 61 percent. The greens came third and did not say whom they "
        "would back. Their leader wants cheaper buses.\n\n"
        "Police guarded the polling stations, three days after a gunman shot dead a guard "
        "and wounded two people at a bank.\n\nYouths threw bottles in the evening. Three were "
        "held. The count went on until four in the morning. A second round is due in May."
    )
    assert mentions(text, "Greens out of council race") == ()


def test_the_worst_since_a_year_is_still_the_news():
    text = (
        "A man gunned down six people on Monday in a library in Leeds, the worst shooting in "
        "the country since 1987.\n\nThe man, who was questioned by police in 2013 and 2014, "
        "was shot dead by officers."
    )
    assert mentions(text)[0].date.start == dt.date(2017, 5, 8)


def test_the_victims_of_a_day_told_at_the_top_are_news_under_a_question():
    text = (
        "Ten people died and 14 were wounded when a van was driven along a pavement in Leeds on "
        "Monday.\n\nThe van was driven into shoppers at noon. The attack is being looked into.\n\n"
        "One of the dead had worked in a bank. Another was a cook."
    )
    found = mentions(text, "Leeds van attack: Who were the victims?")
    assert [(m.type, m.date.start) for m in found] == [("vehicle_attack", dt.date(2017, 5, 8))]


def test_a_lorry_that_killed_is_what_they_were_attacked_with():
    text = (
        "Twelve people were killed on Monday in an attack on a market in Leeds.\n\nPolice hunt "
        "the man who killed them with a lorry. The lorry was driven through the stalls at eight."
    )
    assert mentions(text, "Leeds attack: 12 dead")[0].type == "vehicle_attack"


def test_a_lorry_full_of_explosives_is_a_bomb():
    text = (
        "Twelve people were killed on Monday in an attack on a market in Leeds.\n\nA lorry packed "
        "with explosives was driven into the gate and exploded. The bomb in the lorry killed 12."
    )
    assert mentions(text, "Leeds attack: 12 dead")[0].type != "vehicle_attack"


def test_a_suspect_let_go_is_no_release_of_captives():
    text = (
        "A suspect was freed for lack of evidence on Tuesday after a gunman killed 12 people on "
        "Monday at a market in Leeds.\n\nThe man was released at noon. Eight people were wounded "
        "in the shooting."
    )
    assert [m.type for m in mentions(text)] == ["shooting"]


def test_shots_at_the_attacker_do_not_make_his_attack_a_shooting():
    text = (
        "The suspect in the Leeds attack was shot dead by police near York on Wednesday. He mowed "
        "down shoppers with a van on Monday, killing 12 people.\n\nThe suspect was shot dead at a "
        "station, the police said."
    )
    assert mentions(text)[0].type == "vehicle_attack"


def test_a_town_of_the_region_told_first_is_where_the_attacker_also_wounded():
    text = (
        "A man gunned down six people in a church in rural Texas on Monday, police said.\n\n"
        "The gunman also wounded 20 people in the attack in Abilene."
    )
    assert len(mentions(text)) == 1


def test_lines_above_the_opening_do_not_hide_that_it_counts_the_dead():
    text = (
        "By The Courier\n\nnews@example.org\n\n10 May 2017\n\n"
        "They came from six towns and the youngest was three.\n\n"
        "Mourners filled the church in memory of those who died when a van was driven down the "
        "High Street in Leeds on Monday.\n\nTen people were killed and 14 were wounded in the "
        "attack.\n\nOne of the dead had worked in a bank. Another was a cook."
    )
    found = mentions(text, "Leeds attack: Who were the victims?")
    assert [m.date.start for m in found] == [dt.date(2017, 5, 8)]
