"""One source under several names, and who owns up: the root that a reader gives each claim."""

from __future__ import annotations

import pytest

import dateline
from dateline.model import CasualtyValue, Claim, PerpetratorValue, ResponsibilityValue


def claims(text: str) -> tuple[Claim, ...]:
    return tuple(dateline.read(text, publisher="Evening Star", published_at="2017-05-23").claims)


def who_says(text: str, number: int) -> list[str]:
    """Behind the publisher, of the first claim with that number."""
    found = [
        one
        for one in claims(text)
        if isinstance(one.value, CasualtyValue) and one.value.min == number
    ]
    assert found, f"no claim of {number}"
    assert len(found[0].chains) == 1
    return list(found[0].chains[0][1:])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "Italy's interior minister said on Friday that ten people were killed.\n\n"
            '"We will not bow," Interior Minister Marco Bianchi told reporters.',
            ["Marco Bianchi"],
            id="the office of a state, named below",
        ),
        pytest.param(
            "The police chief said ten people were killed. Two of them were children, Police"
            " Chief Ann Bell said.",
            ["Ann Bell"],
            id="named below",
        ),
        pytest.param(
            "Cuba's transport minister said ten people were killed. The transport minister,"
            " Aldo Prado, said on Sunday that two survived.",
            ["Aldo Prado"],
            id="named behind the office",
        ),
        pytest.param(
            "The prosecutor said ten people were killed. Two others were hurt, said Luc Renard,"
            " the Paris prosecutor.",
            ["Luc Renard"],
            id="the office behind the name",
        ),
        pytest.param(
            "The sheriff said ten people were killed. A friend of former Sheriff Ann Bell was"
            " there.",
            ["sheriff"],
            id="not one who was it once",
        ),
        pytest.param(
            "The mayor said ten people were killed. Deputy Mayor Ann Bell went there.",
            ["mayor"],
            id="not the deputy",
        ),
        pytest.param(
            "The governor said ten people were killed. Governor Ann Bell and Governor Tom Reed"
            " sent their condolences.",
            ["governor"],
            id="not one of two",
        ),
        pytest.param(
            "Turkey's interior minister said ten people were killed. German Interior Minister"
            " Jan Vogt called him.",
            ["Turkey's interior minister"],
            id="not that of another state",
        ),
        pytest.param(
            "President Ann Bell sent her condolences. The French president said ten people were"
            " killed.",
            ["French president"],
            id="not who may be president of another state",
        ),
        pytest.param(
            "The president said ten people were killed in Paris. US President Ann Bell sent her"
            " condolences to France. French flags flew in France.",
            ["president"],
            id="not the president of another state named below",
        ),
        pytest.param(
            'Ten people were killed, the mosque\'s president told reporters.\n\n"This is barbaric,"'
            " said the mosque's president, Karim Yado.\n\nYado, who was away, wept.",
            ["Karim Yado"],
            id="the president of a house, named below",
        ),
        pytest.param(
            "In Karsa, the president said ten people were killed.",
            ["president"],
            id="a town before the office",
        ),
        pytest.param(
            "The university hospital was full. St. Anna Medical Center had ten wounded people, a"
            " spokeswoman for the hospital said.",
            ["St. Anna Medical Center"],
            id="a spokeswoman for the hospital just named",
        ),
        pytest.param(
            "Her uncle said he was fine. Karsa Health Springfield took in ten wounded people, a"
            " spokesman said.",
            ["Karsa Health Springfield"],
            id="a spokesman of the body that opens the sentence",
        ),
        pytest.param(
            "Ten people were hurt, said Chief Constable Ann Bell of West Mercia Police.",
            ["Ann Bell"],
            id="a name before its body",
        ),
        pytest.param(
            "The father of team captain Tom Reed told reporters that ten people were killed.",
            ["father of team captain Tom Reed"],
            id="a father is not his son",
        ),
        pytest.param(
            'Two senior security officials said it was a gang\'s bomb. "Ten people were killed,"'
            " one of them told Reuters.",
            ["Reuters", "Two senior security officials"],
            id="one of them",
        ),
        pytest.param(
            "Baker County coroner Ann Bell read out the names of the dead. All ten people were"
            " killed by one bullet each, she said.",
            ["Ann Bell"],
            id="who read out the names",
        ),
        pytest.param(
            "Ann Bell gave an interview on Monday. She saved ten people who were hurt, he said.",
            [],
            id="he is not she",
        ),
        pytest.param(
            "The army shelled Karsa Central Hospital, killing ten people, its spokesman said.",
            ["its spokesman"],
            id="not the spokesman of what was shelled",
        ),
        pytest.param(
            "Karsa Central Hospital had received ten wounded people, its spokesman said.",
            ["Karsa Central Hospital"],
            id="its spokesman",
        ),
        pytest.param(
            "Ten people were hurt, the state department said; none of them was in danger.",
            ["US State Department"],
            id="a semicolon behind the speaker",
        ),
        pytest.param(
            "The government had until now put the number of dead at ten.",
            ["government"],
            id="until now",
        ),
        pytest.param(
            "The toll was briefly raised to ten dead on Sunday by the hospitals authority.",
            ["hospitals authority"],
            id="raised by",
        ),
        pytest.param(
            "Ten people were put to death by the rebels.",
            [],
            id="what the rebels did they do not say",
        ),
        pytest.param(
            "Ten people were killed, the ministry said in a statement carried by the state"
            " broadcaster.",
            ["ministry"],
            id="in a statement carried by",
        ),
        pytest.param(
            "The Afghan president has told delegates that ten people were killed in Kabul.\n\n"
            "Ashraf Bell said that many others were burnt.",
            ["Ashraf Bell"],
            id="a full name right below an office that nobody is told to hold",
        ),
        pytest.param(
            "The president said ten people were killed. Ann Bell, a nurse, said many were burnt.",
            ["president"],
            id="a name with a calling of its own",
        ),
        pytest.param(
            "The Prime Minister said ten people were killed. Prime Minister Ann Bell will speak"
            " again on Friday.",
            ["Ann Bell"],
            id="an office in capitals",
        ),
        pytest.param(
            "The ministers came with Interior Minister Selim Altin and Justice Minister Kenan"
            " Ipek. Altin said ten people were killed.",
            ["Selim Altin"],
            id="a full name behind an office of two words",
        ),
        pytest.param(
            "Four were hurt, said Luc Marin, a doctor. Mr Marin, who is from Lille, has been asked"
            " to lead a committee. He said ten people were killed.",
            ["Luc Marin"],
            id="he, who is called Mr",
        ),
        pytest.param(
            "An offshoot of the PKK said ten people were killed.",
            ["offshoot of the PKK"],
            id="an offshoot",
        ),
        pytest.param("Ten people were hurt, local media report.", ["local media"], id="media"),
        pytest.param(
            "Officials in Kabul gave no details. Ten people were hurt, the US state department"
            " said.",
            ["US State Department"],
            id="a department is not the officials named before",
        ),
    ],
)
def test_root_of_a_figure(text: str, wanted: list[str]) -> None:
    assert who_says(text, 10) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The attack was claimed by the Islamic State group.", ["Islamic State"]),
        ("Islamic State, which has claimed the attack, was driven out.", ["Islamic State"]),
        (
            "Police said the attack was claimed by Islamic State.",
            ["police", "Islamic State"],
        ),
        (
            "Analysts say Al-Shabaab, which has claimed responsibility, wants money.",
            ["Al-Shabaab"],
        ),
        ("Boko Haram has claimed the attack, Reuters reported.", ["Reuters", "Boko Haram"]),
        ("The Taliban denied responsibility.", ["Taliban"]),
        (
            "Colonel Luc Marin told a paper that he was in jail. A Ghanaian man, Kofi Bell, 29, was"
            " held on Sunday. He denies killing her.",
            ["Kofi Bell"],
        ),
    ],
)
def test_who_owns_up_is_the_root(text: str, wanted: list[str]) -> None:
    told = claims(f"Nine people died in an attack in Nice on Friday. {text}")
    owned = [one for one in told if isinstance(one.value, ResponsibilityValue)]
    assert [list(one.chains[0][1:]) for one in owned] == [wanted]
    assert [one.modality for one in owned] == ["reported"]


def test_a_claimed_perpetrator_is_the_groups_word() -> None:
    told = claims("Nine people died in Nice on Friday. The attack was claimed by Boko Haram.")
    found = [one for one in told if isinstance(one.value, PerpetratorValue)]
    assert [(one.chains[0][-1], one.modality) for one in found] == [("Boko Haram", "reported")]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The ministry raised the toll to 40 dead. It later withdrew the figure.", True),
        ("The ministry said 40 people were killed, but retracted its statement.", True),
        ("The army said 40 people were killed before it withdrew its troops.", False),
        ("The ministry said 40 people were killed. The rebels withdrew to the hills.", False),
    ],
)
def test_a_figure_taken_back_is_denied(text: str, denied: bool) -> None:
    told = [one.modality for one in claims(text) if isinstance(one.value, CasualtyValue)]
    assert told == ["denied" if denied else "reported"]
