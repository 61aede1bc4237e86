"""Which words tell an event, and which do not."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dateline
from dateline.model import Document, EventValue
from dateline.reading.incidents.events import (
    evidence_span,
    find_events,
    find_triggers,
    generalisations,
    incident_types,
    types_of_title,
)
from dateline.reading.prepared import prepare


def prepared(text):
    return prepare(Document(id="d", text=text, language="en"))


def told(text):
    """The types of events that the text says happened."""
    return {
        finding.value.type
        for finding in find_events(prepared(text))
        if not finding.hypothetical and not finding.denied
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two gunmen opened fire on worshippers in Karst on Sunday.", "shooting"),
        ("A suicide bomber blew himself up at the gate of the barracks.", "suicide_bombing"),
        ("A car bomb exploded outside the bank.", "bombing"),
        ("Guerrillas dynamited a branch of the bank.", "bombing"),
        ("Jets carried out an airstrike on the village.", "airstrike"),
        ("A kamikaze drone struck the depot overnight.", "drone_attack"),
        ("Rockets hit the market at noon.", "missile_strike"),
        ("The town was shelled all night by mortars.", "shelling"),
        ("He drove a lorry into a crowd on the promenade.", "vehicle_attack"),
        ("A lorry ploughed into pedestrians.", "vehicle_attack"),
        ("She was stabbed on a tram.", "stabbing"),
        ("The mayor was assassinated at his home.", "assassination"),
        ("Rebels abducted nine girls from a school.", "kidnapping"),
        ("Four men took the passengers hostage.", "hostage_taking"),
        ("The hostages were released after a month.", "hostage_release"),
        ("A conscript shot dead two of his comrades.", "fratricide"),
        ("A patrol was ambushed near the river.", "clash"),
        ("The tractor drove over a land mine.", "mine"),
        ("Masked men set fire to the town hall.", "arson"),
        ("The village was the site of a massacre.", "massacre"),
        ("Three captives were beheaded.", "execution"),
        ("Saboteurs blew up the pipeline.", "infrastructure_attack"),
        ("The detainee was tortured for days.", "torture"),
        ("A bus crash on the mountain road left many hurt.", "road_crash"),
        ("The ferry capsized off the island.", "ship_accident"),
        ("An earthquake shook the valley.", "natural_disaster"),
        ("The plane crashed into a hill.", "air_crash"),
        ("Crowds ran and a stampede followed.", "crush"),
    ],
)
def test_event_words_have_their_type(text, expected):
    assert expected in told(text)
    assert expected in told(text.upper())


@pytest.mark.parametrize(
    "text",
    [
        "He suffered a heart attack during dinner.",
        "The senator's new attack ad aired on Tuesday.",
        "Hackers launched a cyber attack on the bank.",
        "The film bombed at the box office.",
        "The striker fired a shot wide and the defence came under attack in the second half.",
        "The crew is shooting a film in the old port.",
        "She is killing it on the tennis tour this season.",
        "The guard shot 5-of-7 from the field and the team won the playoff game.",
        "Shares fell in the worst market crash in years.",
        "The actor plays a killer in the new movie about a massacre.",
        "The two ministers clashed over the budget.",
        "The fire department bought a new truck.",
        "His album was a hit single after another.",
        "The pilots called a strike for Monday.",
        "There was an explosion of interest in chess.",
        "The novel opens with a kidnapping and ends with a bombing.",
        "The home run was a bomb that landed in the bullpen.",
    ],
)
def test_metaphor_sport_and_stage_tell_nothing(text):
    assert told(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "The group threatened to bomb the embassy.",
        "Police foiled a plot to attack the airport.",
        "Officials warned that militants could attack the embassy.",
        "If rebels attack the convoy, the army will answer.",
        "Prosecutors say he planned a shooting at a school.",
        "The drill simulated a bombing at the station.",
    ],
)
def test_what_did_not_happen_is_hypothetical(text):
    assert told(text) == set()
    assert all(finding.hypothetical for finding in find_events(prepared(text)))


def test_month_of_may_is_no_doubt():
    assert "bombing" in told("On 3 May 2011 a car bomb exploded in the square.")
    assert "bombing" in told("IN MAY A CAR BOMB EXPLODED IN THE SQUARE.")


def test_denied_event_is_marked():
    (finding,) = find_events(prepared("There was no shooting, the officer said."))
    assert finding.denied


def test_charges_and_plurals_are_general():
    for text in (
        "He was charged with murder.",
        "Shootings are on the rise, a report says.",
        "She studies terrorist attacks at the university.",
    ):
        assert all(trigger.general for trigger in find_triggers(prepared(text))), text


def test_the_attack_points_back():
    triggers = find_triggers(prepared("Police said the shooting began at noon."))
    assert [trigger.pointing for trigger in triggers] == [True]


def test_title_types():
    assert types_of_title("Nightclub shooting leaves many dead") == ("shooting",)
    assert types_of_title("Ministers agree on budget") == ()


def test_every_type_is_whole():
    types = incident_types()
    triggers = tomllib.loads(
        files("dateline.reading").joinpath("data", "event_triggers.toml").read_text()
    )
    assert set(triggers) <= set(types)
    for kind in types.values():
        assert kind.scope in ("violence", "harm")
        assert kind.code not in generalisations(kind.code)
        if kind.scope == "violence":
            assert kind.acled
            assert kind.plover
            assert kind.cameo
            assert kind.ucdp in (1, 2, 3, None)


def test_no_trigger_stands_under_two_types():
    table = tomllib.loads(
        files("dateline.reading").joinpath("data", "event_triggers.toml").read_text()
    )
    words = [word for levels in table.values() for group in levels.values() for word in group]
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_the_page_lists_the_types_as_they_are():
    page = (Path(__file__).parents[2] / "docs" / "incident-types.md").read_text()
    for kind in incident_types().values():
        acled = ": ".join(kind.acled) if kind.acled else ""
        cells = (
            f"`{kind.code}`",
            kind.label,
            kind.scope,
            kind.within or "",
            str(kind.ucdp or ""),
            acled,
            kind.plover or "",
            kind.cameo or "",
        )
        assert f"| {' | '.join(cells)} |" in page


def test_a_capital_makes_a_name():
    assert told("They read the plaque of the Massacre, a pub in Dolna, and left early.") == set()
    assert told("Hurricane Ada hit the coast on Monday.") == {"natural_disaster"}


@given(
    st.text(
        alphabet=st.sampled_from("abomb shot fire killed in , . \n\"'…-é😀\u202e\x00"), max_size=300
    )
)
def test_offsets_point_into_the_text(text):
    document = prepared(text)
    for finding in find_events(document):
        assert isinstance(finding.value, EventValue)
        start, end = finding.anchor
        assert 0 <= finding.span.start <= start < end <= finding.span.end <= len(text)
        assert text[start:end].strip() == text[start:end]


def test_evidence_of_a_long_sentence_is_cut_at_words():
    text = "word, " * 200 + "a car bomb exploded" + ", word" * 200 + "."
    document = prepared(text)
    at = text.index("car bomb")
    span = evidence_span(document.sentences[0], at, at + 8)
    quoted = text[span.start : span.end]
    assert "car bomb" in quoted
    assert len(quoted) <= 330
    assert not quoted.startswith("ord")


@pytest.mark.parametrize("piece", ["bomb ", "shot and ", "set on ", "the ", "a"])
def test_hostile_text_is_read_to_its_end(piece):
    text = piece * (100_000 // len(piece))
    document = prepared(text)
    _ = [sentence.tokens for sentence in document.sentences]
    find_triggers(document)


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit a livestock market in El Obeid on Sunday, killing 23 people, a doctor said.",
        "Gunmen attacked a goat market near Bama on Monday and killed 23 people, police said.",
        "Bandits stole cattle and shot dead 12 herders in Zamfara on Monday, police said.",
        "A bomb hidden in a dog kennel killed three people in Kabul on Monday, police said.",
    ],
)
def test_people_harmed_where_animals_are_kept_make_an_incident(text):
    assert dateline.read(text).incidents


@pytest.mark.parametrize(
    "text",
    [
        "A warden shot a bear near the town of Banff on Monday after it came too close.",
        "Hunters killed two wolves in Montana on Friday, the state said.",
    ],
)
def test_animals_shot_make_none(text):
    assert not dateline.read(text).incidents


def test_news_of_the_dead_with_words_of_an_obituary_makes_an_incident():
    text = (
        "DALLAS (AP) - Two police officers were shot dead in a suburb on Tuesday, police said.\n\n"
        "One had served for 12 years. He was 43. The other joined last year. She was 29. "
        "The older officer is survived by his wife."
    )
    assert [one.tolls["killed"].best for one in dateline.read(text).incidents] == [2]
