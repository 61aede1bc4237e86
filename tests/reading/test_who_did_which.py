"""Who did which of the deeds a report tells, and whose name is nobody's who did one."""

import datetime as dt

import pytest

from dateline.model import Document
from dateline.reading.reader import read_document


def reading(text, title=None):
    return read_document(
        Document(id="d", text=text, title=title, language="en", published_at=dt.date(2017, 6, 2))
    )


def told(text, title=None):
    """(index of the incident, value) of each perpetrator."""
    return [(c.incident, c.value) for c in reading(text, title).claims if c.kind == "perpetrator"]


LEAD = "A gunman killed five people in a bar in Ogden on Thursday, police said."
OLD = (
    "In December 2016 gunman Edwin Sorrel killed eleven people at a school in Harrisburg and "
    "was shot dead by a guard."
)


def test_the_gunman_of_an_older_attack_did_not_do_this_one():
    found = told(f"{LEAD} The attacker fled. He is being sought. {OLD}")
    assert [one.name for incident, one in found if incident == 0] == [None]
    assert {one.fate for incident, one in found if incident == 0} == {"at large"}
    assert [one.name for incident, one in found if incident == 1] == ["Edwin Sorrel"]


@pytest.mark.parametrize(
    "text",
    [
        "The man suspected of shooting them was not named. Police said Trask had been on no list. "
        "The gunman, Alvin Trask, is 19.",
        "Alvin Trask, the 24-year-old welder suspected of shooting them, was not known to police.",
        "The victims were murdered by Alvin Trask, a welder of 24.",
        "Alvin Trask, 24, confessed to the rampage, a police affidavit shows.",
        "Alvin Trask, 24, of Provo, who is accused of the shooting, was brought to court.",
        "Alvin Trask was identified on Friday as the man who walked into the bar.",
        "The second gunman was widely reported to be Alvin Trask, 24, a welder.",
        "The gunman was Alvin Lowe-Trask. Trask's neighbours said they were shocked. His father, "
        "Alvin Morris Lowe-Trask, said he was sorry.",
    ],
)
def test_more_ways_to_say_whose_name_it_is(text):
    names = {one.name for incident, one in told(f"{LEAD} {text}") if incident == 0}
    assert names <= {"Alvin Trask", "Alvin Lowe-Trask", None}
    assert names - {None}


@pytest.mark.parametrize(
    "text",
    [
        "Two cars are registered to the suspect, a Lincoln Navigator and a van.",
        "Eric Trask, the gunman's brother, said he was shocked.",
        "The night before, a gunman in Las Vegas fired into a crowd.",
        "A 40-year-old man, Alvin Trask, was in a coma.",
        "The driver, Alvin Trask, 37, fought his attacker for the wheel.",
        "Bombers struck at the arena, the Parc des Princes and two bars.",
        "A student, Alvin Trask, 20, was freed after being questioned.",
    ],
)
def test_whose_name_is_nobody_s_who_did_it(text):
    assert {one.name for _, one in told(f"{LEAD} {text}")} == {None}


def test_a_headline_outside_the_text_says_whose_name_it_is():
    text = f"{LEAD} Alvin Trask, 24, lived in Provo. Neighbours said he was quiet."
    assert {one.name for _, one in told(text)} == {None}
    assert {one.name for _, one in told(text, "Ogden gunman Alvin Trask was quiet loner")} == {
        "Alvin Trask"
    }


@pytest.mark.parametrize(
    "text",
    [
        "Trask killed five people in a bar in Ogden on Thursday before he was shot dead by an "
        "officer. The attacker was alone.",
        "Gunmen killed five people in a bar in Ogden on Thursday. Two of them were shot by "
        "officers.",
        "Gunmen killed five people in Ogden on Thursday. A guard at a plant in the town was found "
        "shot dead on Friday.",
    ],
)
def test_officers_came_to_stop_them(text):
    assert not [
        one.description
        for _, one in told(text)
        if "officer" in one.description or "guard" in one.description
    ]


def test_officers_who_shot_into_a_crowd_did_it():
    text = "Gunmen fled as police officers shot dead nine protesters in Ogden on Thursday."
    assert "police officers" in {one.description for _, one in told(text)}


def test_how_many_are_held_is_not_how_many_did_it():
    text = f"{LEAD} Five men were arrested over the attack on Friday."
    assert {one.number for _, one in told(text)} == {1}


def test_a_bomb_killed_nobody_who_drove_into_a_crowd():
    text = (
        "A man drove a truck into a crowd in Ogden on Thursday, killing 12 people. The attacker "
        "was shot dead by police. He had once offered himself as a suicide bomber."
    )
    assert {one.fate for incident, one in told(text) if incident == 0} == {"killed"}


@pytest.mark.parametrize(
    "text",
    [
        "A man who had sworn allegiance to Islamic State massacred nine people in Ogden on "
        "Thursday.",
        "A gunman killed nine people in Ogden on Thursday. It had the hallmarks of attacks by "
        "Islamic State.",
    ],
)
def test_a_group_looked_up_to_did_not_do_it(text):
    assert "fact" not in {one.confidence for _, one in told(text) if one.organisation}


@pytest.mark.parametrize(
    "text",
    [
        "Shortly after the announcement Islamic State claimed responsibility for the attack.",
        "He had proven links with the Islamic State, which has claimed the attack.",
        "The attack was claimed by the Islamic State group.",
    ],
)
def test_a_group_that_claims_is_told_by_its_name(text):
    claims = reading(f"{LEAD} {text}").claims
    actors = [c.value.actor for c in claims if c.kind == "responsibility"]
    assert actors
    assert all(actor.startswith("Islamic State") for actor in actors)
    groups = [c.value for c in claims if c.kind == "perpetrator" and c.value.organisation]
    assert [one.confidence for one in groups] == ["claimed"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He was abroad when the attack took place Gunman wired money home.", None),
        ("How Ogden killer shot five people", "Ogden killer"),
        ("He was seen beside two lone gunmen.", "lone gunmen"),
    ],
)
def test_a_description_has_no_words_of_another_clause(text, words):
    found = {one.description for _, one in told(f"Bombs killed five in Ogden on Thursday. {text}")}
    assert not any("took place" in one or "seen" in one or "How" in one for one in found)
    assert words is None or words in found


@pytest.mark.parametrize(
    "text",
    [
        "The Houthi rebels blamed the coalition led by Saudi Arabia for the raid that killed 14 "
        "mourners in Sanaa on Thursday.",
        "A raid killed 14 mourners in Sanaa on Thursday. Rebels accused the coalition backed by "
        "Saudi Arabia of carrying out the attack.",
    ],
)
def test_who_is_blamed_though_others_lead_him(text):
    (one,) = [value for _, value in told(text) if value.confidence == "accused"]
    assert "coalition" in one.description


def test_a_claim_of_that_attack_is_of_the_one_told_right_before():
    text = (
        f"{LEAD} The attacker is being sought. In July 2016 a man drove a truck into a crowd in "
        "Nice, killing 86 people. Islamic State claimed responsibility for it. Flags were lowered "
        "in Ogden."
    )
    claimed = {c.incident for c in reading(text).claims if c.kind == "responsibility"}
    assert claimed == {1}
    assert {incident for incident, one in told(text) if one.organisation} == {1}


def test_who_stopped_a_bomber_is_no_bomber():
    text = (
        "A suicide bomber killed 12 people in a mosque in Maiduguri on Thursday. A second bomber "
        "was stopped by guards."
    )
    assert {one.description for _, one in told(text)} == {"suicide bomber"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Neither weapons nor explosives were found at his home.", set()),
        ("They wore fake explosive belts.", set()),
        ("Agents of the Bureau of Alcohol, Tobacco, Firearms and Explosives came.", set()),
        ("He had served in the Royal Artillery.", set()),
        ("No group claimed the car bomb.", {"car bomb"}),
        ("Real explosive belts were found.", {"explosive"}),
    ],
)
def test_what_was_no_weapon(text, words):
    claims = reading(f"A man killed five people in Ogden on Thursday. {text}").claims
    assert {c.value.description for c in claims if c.kind == "weapon"} == words


def test_what_he_said_to_others_was_not_why():
    text = "The man who killed five officers in Ogden on Thursday night taunted negotiators."
    assert not [c for c in reading(text).claims if c.kind == "motive"]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("A gunman killed nine people at the Tree of Life synagogue in Ogden on Thursday. He "
         "attacked the Tree of Life synagogue at noon.", {"Tree of Life synagogue"}),
        ("A bomb killed nine in Ogden on Thursday. It hit what was a barracks.", {"barracks"}),
        ("A driver killed nine people in Ogden on Thursday. Officers fired at the truck.", set()),
    ],
)  # fmt: skip
def test_targets_in_the_words_of_their_names(text, targets):
    claims = reading(text).claims
    assert {c.value.description for c in claims if c.kind == "target"} == targets


def test_militants_who_storm_a_school_attack_it():
    text = "Boko Haram militants stormed a school in Yobe state on Thursday, killing 12 pupils."
    assert reading(text).mentions[0].type == "attack"


@pytest.mark.parametrize(
    "text",
    [
        'The group Islamic State, through its Amaq agency, said its "soldiers" were behind it.',
        "Islamic State has claimed Trask as one of its soldiers.",
    ],
)
def test_a_group_that_calls_him_its_soldier_claims_it(text):
    assert "claimed" in {one.confidence for _, one in told(f"{LEAD} {text}") if one.organisation}


@pytest.mark.parametrize(
    "text",
    [
        "Alvin Trask drove a rented car at high speed along the pavement in Ogden on Thursday, "
        "killing five people. The attacker was shot dead.",
        "A gunman killed five people in Ogden on Thursday. Police allege Alvin Trask walked to the "
        "bar and shot dead five guests.",
    ],
)
def test_what_he_did_says_whose_name_it_is(text):
    assert "Alvin Trask" in {one.name for _, one in told(text)}


@pytest.mark.parametrize(
    ("words", "organisation"),
    [
        (
            "The Islamic State of Iraq and the Levant (ISIL, also known as ISIS) group claimed "
            "responsibility in a statement.",
            "Islamic State",
        ),
        (
            'ISIL said the attack was the work of two of its "soldiers", Amaq reported.',
            "Islamic State",
        ),
        ("Isis said one of its fighters had blown himself up in the crowd.", "Islamic State"),
        (
            "Jamaat-ur-Ahrar, a faction of the Taliban, said it had carried out the attack.",
            "Jamaat-ul-Ahrar",
        ),
        ("The Brigades of the Red Valley said they were behind the attack.", None),
    ],
)
def test_a_group_that_owns_up_did_it_by_its_own_word(words, organisation):
    text = f"A suicide bomber killed 12 people at a market in Baghdad on Thursday. {words}"
    claimed = [value for _, value in told(text) if value.confidence == "claimed"]
    assert [value.organisation for value in claimed] == [organisation]


@pytest.mark.parametrize(
    "words",
    [
        "The police said the attack was the work of two of their own officers.",
        "The Taliban said the attack was not carried out by its fighters.",
        "The prime minister claimed responsibility for the defeat.",
    ],
)
def test_nobody_owns_up_who_tells_of_others(words):
    text = f"A suicide bomber killed 12 people at a market in Baghdad on Thursday. {words}"
    assert [value for _, value in told(text) if value.confidence == "claimed"] == []


def test_one_who_was_killed_is_no_attacker_by_her_name():
    text = (
        "Three assailants sprayed bullets at passengers at the airport in Izmir on Thursday, "
        "killing 41 people. A woman, Jana Novak, who had come from Brno, was killed."
    )
    assert [value.name for _, value in told(text)] == [None]
