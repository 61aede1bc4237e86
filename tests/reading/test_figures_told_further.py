"""Figures told by an ordinal, a relative clause, a second verb, or of a few people only."""

import pytest

from dateline.model import CasualtyValue, Document
from dateline.reading.harm.casualties import find_figures
from dateline.reading.prepared import prepare


def figures(text):
    """Each figure as (effect, min, who, subset)."""
    found = find_figures(prepare(Document(id="d", text=text)))[0]
    return {
        (v.effect, v.min, v.who, v.subset)
        for f in found
        if isinstance(v := f.value, CasualtyValue) and not f.hypothetical
    }


def victims(effect, number, *, subset=False):
    return (effect, number, "victims", subset)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Eight guests were dead when the police arrived. A ninth died in surgery.",
            {victims("killed", 8), victims("killed", 9)},
        ),
        (
            "A nurse has become the fifth person to die after the rampage.",
            {victims("killed", 5)},
        ),
        (
            "Some 40 of the 368 people who were wounded in the raid need surgery.",
            {victims("injured", 368), victims("injured", 40, subset=True)},
        ),
        ("A clerk was stabbed nine times and died at the gate.", {victims("killed", 1)}),
        (
            "At least 86 people were killed. Sixty of the victims died at the scene and 26 others"
            " died in hospital.",
            {
                victims("killed", 86),
                victims("killed", 60, subset=True),
                victims("killed", 26, subset=True),
            },
        ),
        (
            "The envoy said 110 of the 113 people aboard Northair flight NKX 972 had died.",
            {victims("killed", 110)},
        ),
        (
            "The crash killed 12 people. Nobody on the ground was hurt.",
            {victims("killed", 12), victims("injured", 0, subset=True)},
        ),
        (
            "The bomb killed 12 people. Nobody was hurt.",
            {victims("killed", 12), victims("injured", 0)},
        ),
        (
            "He killed three officers and left three others bleeding in the yard.",
            {victims("killed", 3), victims("injured", 3)},
        ),
        (
            "Officers fired 46 rounds and hit a bystander in the leg.",
            {victims("injured", 1)},
        ),
        (
            "Police said 33 casualties had been taken to six hospitals.",
            {victims("injured", 33)},
        ),
        (
            "The number killed has reached 305, including 27 children.",
            {victims("killed", 305), victims("killed", 27, subset=True)},
        ),
        ("Deaths stood at 38 by nightfall, officials said.", {victims("killed", 38)}),
        (
            "Fourteen people were killed. One Dane was among the dead; on Monday the ministry put"
            " that number at four.",
            {
                victims("killed", 14),
                victims("killed", 1, subset=True),
                victims("killed", 4, subset=True),
            },
        ),
        (
            "A plane with a full tank, carrying 65 passengers and six crew, crashed after"
            " take-off, killing everyone on board.",
            {victims("killed", 71)},
        ),
        (
            "A gunman opened fire. Who was hurt? Six people, all of them tourists.",
            {victims("injured", 6)},
        ),
        (
            "A ferry sank. Eight people survived. Forty-one did not.",
            {victims("killed", 41)},
        ),
        (
            "A month after the raid that killed 130 people, the flowers are gone. The 130th"
            " victim, a man of 29, died of his wounds last week.",
            {victims("killed", 130)},
        ),
        (
            "In November 20 people died when gunmen took hostages at a hotel.",
            {victims("killed", 20)},
        ),
        (
            "Twenty-one of the girls taken from a school in the town of Karu two and a half years"
            " ago have been set free by the militants.",
            {victims("released", 21)},
        ),
        (
            "Pirates released the ten crewmen they had been holding since May.",
            {victims("released", 10)},
        ),
    ],
)
def test_what_is_told_further_of_people(text, wanted):
    assert figures(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Two policemen were shot dead by a gunman who was himself killed minutes later.",
            {victims("killed", 2), ("killed", 1, "perpetrators", False)},
        ),
        (
            "The bomber was the only one who died; 31 people were hurt.",
            {victims("injured", 31), ("killed", 1, "perpetrators", False)},
        ),
        (
            "Two guards died. Six attackers were killed in the raid and one was caught alive.",
            {
                victims("killed", 2),
                ("killed", 6, "perpetrators", False),
                ("captured", 1, "perpetrators", False),
            },
        ),
        (
            "Nine people died. Officials put the number of attackers killed at eight.",
            {victims("killed", 9), ("killed", 8, "perpetrators", False)},
        ),
    ],
)
def test_those_who_did_it_are_no_victims(text, wanted):
    assert figures(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # One of two who did it is named as a member of a cell: nobody more was killed.
        (
            "A man was identified after killing 102 people, as a member of a cell.",
            {victims("killed", 102)},
        ),
        ("The hostages are free. Some 300 worshippers held white roses.", set()),
        ("A gas leak was found. Some 150 patients were moved from the hospital.", set()),
        ("More than 150 officers have been killed since fighting resumed in July.", set()),
        (
            "Ten were killed. One of the wounded, also a deputy, is a father.",
            {victims("killed", 10)},
        ),
        # The ninth of one nation among many dead makes no toll.
        ("Ninety people were killed. A ninth Dane died on Friday.", {victims("killed", 90)}),
        ("A club held a vote. Who was hurt? Two of the candidates lost. Forty did not.", set()),
        # He who was killed is one of those told before.
        (
            "Three officers were shot dead. We believe he was the person that was shot and killed.",
            {victims("killed", 3)},
        ),
        # So are those of all the shootings of a year, though another clause tells of them.
        (
            "Police figures show 212 shootings so far this year, against 188 in the same months "
            "of 2016; 26 people have been killed by gunfire.",
            set(),
        ),
        ("There have been 228 shootings this year already, and 29 people killed.", set()),
        (
            "There were three bombings this year; on Monday 12 people were killed in the market.",
            {victims("killed", 12)},
        ),
        # How many were killed by someone in a year is no toll of a day.
        ("A clerk became the fifth person to be killed by police this year.", set()),
    ],
)
def test_what_counts_nobody(text, wanted):
    assert figures(text) == wanted
