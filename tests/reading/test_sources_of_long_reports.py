"""Who says so in long reports: bullets, background, names with descriptions, footage."""

from __future__ import annotations

import pytest

import dateline
from dateline.model import CasualtyValue, Claim
from dateline.reading.attribution.naming import names_in
from dateline.reading.attribution.registry import registry_in_use

NOTHING: list[str] = []


def casualties(text: str) -> list[Claim]:
    read = dateline.read(text, publisher="Evening Star", published_at="2017-05-23")
    return [one for one in read.claims if one.kind == "casualty"]


def who_says(text: str, number: int) -> list[str]:
    """Behind the publisher, of the claim with that number."""
    found = [
        claim.chains
        for claim in casualties(text)
        if isinstance(claim.value, CasualtyValue) and claim.value.min == number
    ]
    assert found, f"no claim of {number}"
    assert len(found[0]) == 1
    return list(found[0][0][1:])


BULLETS = """The driver was watched for months but never arrested
His prints were found on the door of the van, minister confirms
12 people were killed and 49 hurt on Monday night

By Evening Star Reporter

The prints of the wanted man were found in the van that was driven into a market in Karsa, officials
confirmed last night.
"""


@pytest.mark.parametrize("number", [12, 49])
def test_nobody_speaks_from_one_bullet_into_the_next(number: int) -> None:
    assert who_says(BULLETS, number) == NOTHING


def test_a_name_in_the_line_below_signs_what_was_said_above_it() -> None:
    text = (
        "Twelve people were killed when a bomb went off in a market in Karsa on Monday. We asked "
        "readers what they saw.\n\n"
        "“I counted at least nine bodies near the gate. Nobody came for an hour.”\n"
        "― Pamela Stone\n\n"
        "“They shot 14 men in the yard behind the school.”\n"
        "― Jack Ashley"
    )
    assert who_says(text, 9) == ["Pamela Stone"]
    assert who_says(text, 14) == ["Jack Ashley"]


def test_lines_of_wrapped_copy_are_one_sentence() -> None:
    text = (
        "A bomb that went off near a crowded bus station in the north killed 12 people on\n"
        "Monday, according to the commander of the police in the district of Karsa and the\n"
        "Ministry of Health, which spoke of a massacre.\n\n"
        "Nobody said who was behind it."
    )
    assert {claim.chains[0][1:] for claim in casualties(text)} != {()}


@pytest.mark.parametrize(
    ("text", "number", "wanted"),
    [
        pytest.param(
            "Islamic State said its fighters carried out the attack, the deadliest in the country"
            " since 191 people died in the bombings of 2004.",
            191,
            NOTHING,
            id="a comparison is the report's",
        ),
        pytest.param(
            "The police said 191 people had died in the bombings since Monday.",
            191,
            ["police"],
            id="since, without a comparison",
        ),
        pytest.param(
            "Islamic State has claimed a string of attacks in Europe, including the one in Nice"
            " that left 86 dead.",
            86,
            NOTHING,
            id="one of the attacks that a group claims",
        ),
        pytest.param(
            "The man who killed five officers in Karsa on Thursday taunted negotiators for two"
            " hours, the police chief, Ann Bell, said.",
            5,
            NOTHING,
            id="known of the one spoken of",
        ),
        pytest.param(
            "The man killed five officers in Karsa on Thursday and taunted negotiators for two"
            " hours, the police chief, Ann Bell, said.",
            5,
            ["Ann Bell"],
            id="said of the one spoken of",
        ),
        pytest.param(
            "Ann Bell, the prosecutor, said pages on the shooting in Orla, where 49 people were"
            " killed, were found on his computer.",
            49,
            NOTHING,
            id="where something else was",
        ),
        pytest.param(
            "Ann Bell, the prosecutor, said a bomb went off at a market, where 49 people were"
            " killed.",
            49,
            ["Ann Bell"],
            id="where it was",
        ),
        pytest.param(
            "Three officers died, the police chief, Ann Bell, said early on Friday, and the"
            " hospital later announced that two civilians had died.",
            2,
            ["hospital"],
            id="a clause beside the speaker's",
        ),
        pytest.param(
            "Belgian police have been under fire since it was learnt that a gang that murdered 130"
            " people in Karsa had lived next door.",
            130,
            NOTHING,
            id="it was learnt",
        ),
        pytest.param(
            "Officials had earlier put the death toll at 50.", 50, ["officials"], id="had earlier"
        ),
        pytest.param(
            "Ann Bell, the pastor, was away over the weekend. Her daughter was among the 14 people"
            " killed, she told ABC News.",
            14,
            ["ABC News", "Ann Bell"],
            id="her daughter, she said",
        ),
        pytest.param(
            "Twenty people were being treated in hospitals in the city, several of them with burns,"
            " a ministry spokesman, Pierre Henri Brandon, said.",
            20,
            ["Pierre Henri Brandon"],
            id="several of them are no source",
        ),
        pytest.param(
            "The head of a local hospital said that nine people were killed.\n\n"
            '"We have no beds left," said Ann Bell, the director of the hospital.',
            9,
            ["Ann Bell"],
            id="an office named elsewhere",
        ),
        pytest.param(
            "The head of a local hospital said that nine people were killed. Joe Hill, the head of"
            " the Mercy hospital, and Ann Bell, director of the Garden hospital, gave no figures.",
            9,
            ["head of a local hospital"],
            id="an office that two have",
        ),
        pytest.param(
            'Detectives said there was an "obvious" link to Sam Hill, who killed 77 people in Norla'
            " exactly five years earlier.",
            77,
            NOTHING,
            id="of one who is named",
        ),
        pytest.param(
            '"The plane broke up," the ministry\'s spokesman, Major General Igor Bell, said. Eleven'
            " people were killed, he added.",
            11,
            ["Igor Bell"],
            id="a spokesman and his rank are one",
        ),
        pytest.param(
            "In March an air raid on a market killed 119 people, according to the children's"
            " agency; in August a strike on a hospital left 19 dead.",
            19,
            NOTHING,
            id="behind a semicolon",
        ),
        pytest.param(
            "The coalition at first denied any part in it but said 14 people were killed.",
            14,
            ["coalition"],
            id="at first",
        ),
        pytest.param(
            "President Ann Bell is due in Karsa on Monday. Nine people were killed, the president"
            " said.",
            9,
            ["Ann Bell"],
            id="the president",
        ),
        pytest.param(
            "President Ann Bell met President Karl Voss. Nine people were killed, the president"
            " said.",
            9,
            ["president"],
            id="one of two presidents",
        ),
        pytest.param(
            "In a statement carried by its Amaq agency, Islamic State said nine people were"
            " killed.",
            9,
            ["Amaq", "Islamic State"],
            id="carried by its agency",
        ),
        pytest.param(
            "Islamic State said in a statement carried by the IS-linked Amaq agency that nine"
            " people were killed.",
            9,
            ["Amaq", "Islamic State"],
            id="an agency linked to it",
        ),
        pytest.param(
            "Karsa Police said the driver was known to them. Two women died in hospital, a"
            " spokeswoman for the force said.",
            2,
            ["Karsa Police"],
            id="a spokeswoman for the force",
        ),
        pytest.param(
            "General Prosecutor Nabil Bell said in a statement that masked men had come in five"
            " cars. Nine people were killed, the statement said.",
            9,
            ["Nabil Bell"],
            id="the statement",
        ),
        pytest.param(
            'Donald Trump said nine people were killed, while Ann Bell told CNN it was "cowardly".',
            9,
            ["Donald Trump"],
            id="what another told a channel",
        ),
        pytest.param(
            "The semi-official Fars news agency said nine people were killed.",
            9,
            ["Fars News Agency"],
            id="semi-official",
        ),
        pytest.param(
            "Earlier the Karsa Rescue Service said nine people were killed.",
            9,
            ["Karsa Rescue Service"],
            id="earlier",
        ),
    ],
)
def test_who_says_a_figure(text: str, number: int, wanted: list[str]) -> None:
    assert who_says(text, number) == wanted


def test_a_reports_own_paper_is_told_from_one_of_a_like_name() -> None:
    read = dateline.read(
        "A doctor told Daily News Karsa that nine people were killed.",
        publisher="Daily News Karsa",
    )
    assert {chain for one in read.claims for chain in one.chains} == {
        ("Daily News Karsa", "doctor")
    }


def test_photographs_that_nobody_could_verify_are_shown_by_nobody_else() -> None:
    read = dateline.read(
        "Photographs posted online, which Reuters could not authenticate, showed a body at the"
        " gates.",
        publisher="Evening Star",
    )
    assert not any("body" in link for one in read.attributions for c in one.chains for link in c)


def test_victims_are_no_source_of_their_number() -> None:
    read = dateline.read(
        "19 people confirmed dead after the bombing, the mayor said.", publisher="Evening Star"
    )
    assert {chain for one in read.attributions for chain in one.chains} == {
        ("Evening Star", "mayor")
    }


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("one witness, Sam Hill, a 45-year-old visitor from Karsa, Ohio", ["Sam Hill"]),
        ("Ann Bell, the Bavarian premier and an ally of the chancellor", ["Ann Bell"]),
        ("Ann Bell, the Met's head of counter-terrorism and acting deputy chief", ["Ann Bell"]),
        ("Ann Bell, the mayor, and the police", ["Ann Bell", "police"]),
        ("the chief coroner of Karsa, Dr. Ann Bell", ["Ann Bell"]),
        ("the driver dead, the head of the council, Ann Bell", ["Ann Bell"]),
        ("the FBI's Ann Bell", ["Ann Bell"]),
        ("Bowen's sister Ann Bell", ["Ann Bell"]),
        ("Bowen's sister", ["Bowen's sister"]),
        ("British tourist Ann Bell", ["Ann Bell"]),
        ("security firm Bell Rock", ["security firm Bell Rock"]),
        ("Sen. Ann Bell, D-Ohio", ["Ann Bell"]),
        ("prosecutors in Karsa last night", ["prosecutors in Karsa"]),
        ("French police arrested two more people", ["French police"]),
        ("people who arrested two men", ["people"]),
        ("Bell & Hill", ["Bell & Hill"]),
        ("an agent of the Bureau of Alcohol, Tobacco, Firearms and Explosives", None),
        ("the Ministry of Culture, Media and Sport", ["ministry of Culture, Media and Sport"]),
        ("The insider", ["insider"]),
    ],
)
def test_names_without_what_stands_around_them(phrase: str, names: list[str] | None) -> None:
    found = [named.source.name for named in names_in(phrase, registry_in_use())]
    if names is None:
        assert len(found) == 1
    else:
        assert found == names


def test_a_name_that_begins_with_an_abbreviation_is_a_body() -> None:
    (named,) = names_in("NHS Karsa", registry_in_use())
    assert named.source.kind == "organisation"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Rebels said 40 soldiers were killed. The claim could not be verified.", "unverified"),
        (
            "Ten people were killed, the mayor said. Reuters could not verify the footage.",
            "reported",
        ),
        (
            "Video showed that ten people were killed. Reuters could not verify the footage.",
            "unverified",
        ),
        (
            "Ten people were killed, the mayor said. Police could not confirm whether the driver"
            " was among them.",
            "reported",
        ),
    ],
)
def test_only_what_was_not_verified_is_unverified(text: str, modality: str) -> None:
    assert [claim.modality for claim in casualties(text)][:1] == [modality]
