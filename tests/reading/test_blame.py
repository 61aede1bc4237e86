"""Who owns up, who denies, who is accused: through the reader, as a user gets it."""

from __future__ import annotations

import pytest

import dateline
from dateline.model import PerpetratorValue, ResponsibilityValue
from dateline.reading.incidents.blame import find_blame
from dateline.reading.prepared import prepare
from dateline.sources.inputs import document_from_text


def stances(text):
    reading = dateline.read(text, publisher="Daily Post")
    return [
        (claim.value.actor, claim.value.stance)
        for claim in reading.claims
        if isinstance(claim.value, ResponsibilityValue)
    ]


def blamed(text):
    reading = dateline.read(text, publisher="Daily Post")
    return [
        (claim.value.organisation or claim.value.description, claim.value.confidence)
        for claim in reading.claims
        if isinstance(claim.value, PerpetratorValue)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The air force denied bombing a wedding party, in which eleven guests were killed.",
            [("air force", "denied")],
        ),
        (
            "The group denied it had carried out the attack that left 13 people dead.",
            [("group", "denied")],
        ),
        (
            "Turkey denied reports that its forces had killed five civilians.",
            [("Turkey", "denied")],
        ),
        ("The Ethiopian army denied on Friday shelling a market.", [("Ethiopian army", "denied")]),
        ("The rebels denied having killed the mayor.", [("rebels", "denied")]),
        (
            "The Islamic State claimed responsibility through its Amaq news agency.",
            [("Islamic State", "claimed")],
        ),
        (
            "A blast killed nine. The Pakistani Taliban said in a statement that the group was"
            " responsible.",
            [("Pakistani Taliban", "claimed")],
        ),
        # who speaks of others owns up to nothing, and nobody may claim a toll
        ("The army denied that nine people were killed.", []),
        ("No one else has claimed the bombing.", []),
        ("The Taliban has yet to claim responsibility for the attack.", []),
        ("The group could claim responsibility for the attack later.", []),
        ("A suicide attack claimed the lives of nine soldiers.", []),
        ("The government says the group is to blame for the bombing.", []),
        ("The minister denied taking bribes.", []),
        ("The striker claimed the third goal and the coach took credit.", []),
    ],
)
def test_who_owns_up_and_who_denies(text, expected):
    assert stances(text) == expected


def test_two_who_deny_together_are_two():
    text = "The Syrian army and Russia both denied striking an aid convoy near Aleppo."
    assert {stance for _, stance in stances(text)} == {"denied"}
    assert len(stances(text)) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The opposition accused the army of shelling a market, killing nine.",
            [("army", "accused")],
        ),
        (
            "Officials blamed the truck bombing, which killed 80 people, on the Haqqani network.",
            [("Haqqani network", "accused")],
        ),
        (
            "Police believe southern insurgents were behind the bombs that killed four.",
            [("southern insurgents", "suspected")],
        ),
        (
            "Police attributed the murder of the judge to the ELN.",
            [("ELN", "accused")],
        ),
        ("A car bomb wounded three, which police blamed on the UDLK.", [("UDLK", "accused")]),
        # a deed of violence, laid on somebody who may have done it
        ("The opposition accused the army of corruption.", []),
        ("Investigators blamed the crash on the control tower, and nine people died.", []),
        ("The mayor blamed the killings on poverty.", []),
        ("Police have no evidence that Islamic State was behind the attack.", []),
        ("The captain was behind the wheel of the bus.", []),
    ],
)
def test_on_whom_a_deed_is_laid(text, expected):
    assert blamed(text) == expected


def test_an_accusation_is_told_by_the_accuser():
    reading = dateline.read(
        "The opposition accused the army of shelling a market, killing nine.", publisher="Post"
    )
    said = {claim.kind: (claim.chains, claim.modality) for claim in reading.claims}
    assert said["perpetrator"] == ((("Post", "opposition"),), "alleged")
    assert said["casualty"] == ((("Post", "opposition"),), "alleged")


@pytest.mark.parametrize(
    ("text", "words", "number", "confidence", "fate"),
    [
        (
            "Two people were shot. Police said a 19-year-old man is in custody.",
            "19-year-old man", 1, "suspected", "arrested",
        ),
        (
            "One woman was shot dead. Officers were looking for three men in a grey car.",
            "men", 3, "suspected", "at large",
        ),
        (
            "A van ploughed into a market, killing two. The driver remains at large.",
            "driver", 1, "fact", "at large",
        ),
        (
            "Two deputies were wounded and a suspect was killed in an exchange of gunfire.",
            "suspect", 1, "suspected", "killed",
        ),
        (
            "Authorities believe a father shot his wife and two sons at a farm.",
            "father", 1, "suspected", None,
        ),
        (
            "A suicide bomber killed nine police officers in Lahore.",
            "suicide bomber", 1, "fact", "killed by own bomb",
        ),
    ],
)  # fmt: skip
def test_who_is_held_or_sought(text, words, number, confidence, fate):
    (value,) = [
        claim.value
        for claim in dateline.read(text).claims
        if isinstance(claim.value, PerpetratorValue)
    ]
    assert words in value.description
    assert (value.number, value.confidence, value.fate) == (number, confidence, fate)


def test_a_man_arrested_at_a_protest_is_no_perpetrator():
    text = "Nine people were killed in a bombing. A man was arrested at a protest over it."
    assert blamed(text) == []


@pytest.mark.parametrize(
    "piece",
    ["blamed the attack ", "accused the man of ", "denied reports that its ", "a man, who is a "],
)
def test_a_long_sentence_comes_to_an_end(piece):
    prepared = prepare(document_from_text(piece * (3_900 // len(piece))))
    assert len(find_blame(prepared)) < 200


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A truck bomb killed 30 people. The mayor blamed al-Shabaab, which has not claimed it.",
            [("Al-Shabaab", "accused")],
        ),
        (
            "A blast killed nine. No group has claimed it, but officials blamed the PKK.",
            [("PKK", "accused")],
        ),
        ("A blast killed nine. Boko Haram was blamed for the attack.", [("Boko Haram", "accused")]),
        (
            "A blast killed nine. Early signs pointed to Islamic State, the premier said.",
            [("Islamic State", "suspected")],
        ),
        (
            "A blast killed nine. The president said Islamic State was probably responsible.",
            [("Islamic State", "suspected")],
        ),
        (
            "A blast killed nine. It bore all the hallmarks of the Taliban, an analyst said.",
            [("Taliban", "suspected")],
        ),
        # nothing is said about this attack, nor is a party a perpetrator
        ("A blast killed nine. Boko Haram has been blamed for similar attacks.", []),
        ("A blast killed nine. The president blamed the opposition party.", []),
        ("A blast killed nine. The senator accused the government.", []),
    ],
)
def test_a_group_is_blamed_without_a_word_for_the_deed(text, expected):
    assert [one for one in blamed(text) if one[1] in ("accused", "suspected")] == expected


def test_an_agency_owns_up_for_the_group_behind_it():
    text = (
        'A knifeman wounded eight people at a mall. Amaq described him as a "soldier of the'
        ' Islamic State".'
    )
    assert stances(text) == [("Islamic State", "claimed")]
