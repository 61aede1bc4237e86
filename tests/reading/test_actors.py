"""By whom, with what, against what, why, and what they are charged with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Document
from dateline.reading.incidents.charges import find_charges
from dateline.reading.incidents.motives import find_motives
from dateline.reading.incidents.perpetrators import find_perpetrators
from dateline.reading.incidents.responsibility import find_responsibility
from dateline.reading.incidents.targets import find_targets
from dateline.reading.incidents.weapons import find_weapons
from dateline.reading.prepared import prepare

READERS = (
    find_charges,
    find_motives,
    find_perpetrators,
    find_responsibility,
    find_targets,
    find_weapons,
)


def values(reader, text: str):
    return [finding.value for finding in reader(prepare(Document(id="d", text=text)))]


def weapons(text: str) -> list[tuple[str, str]]:
    return [(value.type, value.description) for value in values(find_weapons, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He fired an AK-47 at the crowd.", [("rifle", "AK-47")]),
        ("A CAR BOMB EXPLODED OUTSIDE THE EMBASSY.", [("car_bomb", "CAR BOMB")]),
        ("He struck her with a hammer.", [("blunt", "hammer")]),
        ("A truck ploughed into a crowd on the promenade.", [("vehicle", "truck")]),
        ("A truck hit a tree and the driver died.", []),
        ("He bought a hammer and paint.", []),
        ("Senators debated gun control and bomb disposal.", []),
        ("A gunman guns down three.", []),
        ("The Kalashnikov\nrifle was found.", [("rifle", "Kalashnikov rifle")]),
    ],
)
def test_weapons(text, expected):
    assert weapons(text) == expected


@pytest.mark.parametrize(
    ("text", "description", "number", "fate"),
    [
        ("A gunman opened fire and was shot dead by police.", "gunman", 1, "killed"),
        ("Two soldiers opened fire on their comrades.", "soldiers", 2, None),
        ("Three villagers were killed by Taliban fighters.", "Taliban fighters", None, None),
        ("FIVE ARMED MEN KIDNAPPED THE MAYOR.", "ARMED MEN", 5, None),
        (
            "A suicide bomber blew himself up at a market.",
            "suicide bomber",
            1,
            "killed by own bomb",
        ),
        ("The attacker was arrested at the scene.", "attacker", None, "arrested"),
        ("Police are searching for the gunman.", "gunman", None, "at large"),
        ("A serviceman on the run shot two men.", "serviceman", 1, "at large"),
        ("Islamist militants stormed a hotel in Mogadishu.", "Islamist militants", None, None),
        ("A judge was shot near his home today by two men on motorcycles.", "men", 2, None),
        ("49 people were killed June 12 by a lone gunman.", "lone gunman", 1, None),
        (
            "A soldier killed by a suicide bomber was buried.",
            "suicide bomber",
            1,
            "killed by own bomb",
        ),
        (
            "Guards shot dead a suicide bomber before he could reach the gate.",
            "suicide bomber",
            1,
            "killed",
        ),
    ],
)
def test_perpetrators(text, description, number, fate):
    (value,) = values(find_perpetrators, text)
    assert (value.description, value.number, value.fate) == (description, number, fate)


@pytest.mark.parametrize(
    "text",
    [
        "Two soldiers were killed in the attack.",
        "Police officers guarded the stadium.",
        "The soldiers returned home to their families.",
        "The film follows a student from Lyon.",
        "He vowed to prevent terrorist attacks in the city.",
        "Soldiers killed in the ambush were buried on Monday.",
        "The officer shot the driver of the car.",
        "Three people were wounded in a raid led by police officers.",
        "The video, shot by a worker, shows the blast.",
        "He survived a killer bee attack.",
    ],
)
def test_victims_and_bystanders_are_no_perpetrators(text):
    assert values(find_perpetrators, text) == []


def test_those_who_stop_an_attacker_are_not_taken_for_him():
    (told,) = values(find_perpetrators, "The sniper was shot by policemen at the scene.")
    assert told.description == "sniper"
    (told,) = values(find_perpetrators, "Two policemen shot and killed a student.")
    assert told.description == "policemen"


def test_the_organisation_of_many_is_told_after_them():
    text = "Guerrillas of the Red Star Front (RSF) attacked a garrison on Monday."
    (told,) = values(find_perpetrators, text)
    assert told.organisation == "Red Star Front"


def test_the_name_of_a_perpetrator_and_not_of_a_victim():
    (told,) = values(find_perpetrators, "The gunman was identified by police as Karl Ordemann.")
    assert told.name == "Karl Ordemann"
    (told,) = values(
        find_perpetrators, "The victim of the gunman was identified as Anna Ordemann, police said."
    )
    assert told.name is None


def test_rival_accounts_stay_apart():
    found = values(
        find_perpetrators,
        "Two citizens of a neighbouring country opened fire. Later reports said the shooters "
        "were volunteer soldiers themselves.",
    )
    assert [value.description for value in found] == [
        "citizens of a neighbouring country",
        "volunteer soldiers",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was charged with two counts of murder.", [("murder", None)]),
        (
            "The man is charged under two articles: desertion and attempted murder.",
            [("desertion", None), ("attempted murder", None)],
        ),
        ("She was sentenced to 12 years in prison for arson.", [("arson", "12 years in prison")]),
        ("The offence carries a 10-year jail term.", []),
        ("The club faces a test of nerves and was accused of murdering the song.", []),
    ],
)
def test_charges(text, expected):
    assert [(v.offence, v.sentence) for v in values(find_charges, text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Islamic State claimed responsibility for the attack.", [("Islamic State", "claimed")]),
        ("The Taliban denied involvement.", [("Taliban", "denied")]),
        ("No group has claimed responsibility.", []),
        ("Nobody immediately claimed responsibility for it.", []),
        ("It claimed responsibility on Telegram.", []),
        (
            "A man who said he spoke for the Red Column, a little-known faction, claimed"
            " responsibility.",
            [("Red Column", "claimed")],
        ),
        (
            'The Islamic State said through Amaq that "a detachment of fighters" had carried out'
            " the attack.",
            [("Islamic State", "claimed")],
        ),
        (
            "Islamic State said - via channels on Telegram - it was behind the attack.",
            [("Islamic State", "claimed")],
        ),
        (
            "The Islamic State's radio station called him a hero and said the group was behind"
            " the attack.",
            [("Islamic State", "claimed")],
        ),
        ("Police said the attacker called himself a soldier of the caliphate.", []),
        ("The prosecutor said the man was a soldier of the Islamic State.", []),
        ("The army said a group of militants had carried out the attack.", []),
    ],
)
def test_responsibility(text, expected):
    assert [(v.actor, v.stance) for v in values(find_responsibility, text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The man shot his neighbour over a land dispute.", ["a land dispute"]),
        ("They killed him in retaliation for a raid last week.", ["a raid last week"]),
        ("Two recruits insulted a soldier, who killed them.", ["Two recruits insulted a soldier"]),
        ("Police said the motive for the attack was jealousy.", ["jealousy"]),
        ("The motive for the shooting was not immediately known.", []),
        ("The meeting was cancelled due to a dispute over fees.", []),
    ],
)
def test_motives(text, expected):
    assert [value.description for value in values(find_motives, text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb exploded outside the American embassy.", [("American embassy", None)]),
        ("Three houses were destroyed by shelling.", [("houses", "destroyed")]),
        ("Rebels attacked a police station in the town.", [("police station", None)]),
        ("He walked past the embassy.", []),
    ],
)
def test_targets(text, expected):
    assert [(v.description, v.effect) for v in values(find_targets, text)] == expected


@given(st.text(max_size=400) | st.text(st.sampled_from("aA 1.,;:'\"()\n\r-’é🔥"), max_size=400))
def test_spans_lie_in_the_text_and_evidence_holds_its_anchor(text):
    prepared = prepare(Document(id="d", text=text))
    for reader in READERS:
        for finding in reader(prepared):
            assert 0 <= finding.span.start <= finding.anchor.start
            assert finding.anchor.start < finding.anchor.end <= len(text)
            assert finding.anchor.start < finding.span.end


@pytest.mark.parametrize(
    "piece", ["a man, who ", "two of ", "charged with ", "over the ", "(", "the attack on a ", "A"]
)
def test_one_endless_line_is_read(piece):
    # A pattern that went back over the line again and again would not come to an end.
    prepared = prepare(Document(id="d", text=piece * (200_000 // len(piece))))
    for reader in READERS:
        for finding in reader(prepared):
            assert finding.anchor.end <= len(prepared.text)


def test_officers_who_came_to_stop_an_attacker_are_no_perpetrators():
    text = (
        "A gunman killed five people at a bank in Sebring on Wednesday before officers stormed "
        "the building. Officers fired 27 rounds, the sheriff said."
    )
    found = [value.description for value in values(find_perpetrators, text)]
    assert found == ["gunman"]


def test_officers_who_fire_on_a_crowd_are_perpetrators():
    text = "Officers fired on protesters in Nairobi on Friday, killing nine people, doctors said."
    found = [value.description for value in values(find_perpetrators, text)]
    assert found == ["Officers"]


def test_those_whom_others_are_linked_to_are_no_perpetrators():
    text = "Four months ago, Islamists linked to the Paris attackers killed 32 people in Brussels."
    assert values(find_perpetrators, text) == []
    text = "Four months ago, the Paris attackers killed 130 people."
    assert [value.description for value in values(find_perpetrators, text)] == ["Paris attackers"]


def test_a_man_arrested_over_it_is_not_the_bomber_who_died():
    told = values(
        find_perpetrators,
        "A suicide bomber who killed 22 people has been named as Karl Ordemann. Chief Constable"
        " Ian Marrow said a 23-year-old man had been arrested.",
    )
    assert [(one.name, one.fate) for one in told if one.name] == [
        ("Karl Ordemann", "killed by own bomb")
    ]
    assert [one.description for one in told if one.fate == "arrested"] == ["23-year-old man"]


def test_who_sped_into_a_crowd_is_named():
    (told,) = values(
        find_perpetrators,
        "Karl Ordemann, 52, sped across the bridge in a car on Monday, ploughing into pedestrians.",
    )
    assert told.name == "Karl Ordemann"
