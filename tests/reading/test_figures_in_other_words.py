"""Figures without a harm word beside the number: wards, wounds, captors, all aboard."""

import pytest

from dateline.model import CasualtyValue, Document
from dateline.reading.harm.casualties import find_figures
from dateline.reading.prepared import prepare


def figures(text):
    """Each figure as (effect, min, max, who, subset)."""
    found = find_figures(prepare(Document(id="d", text=text)))[0]
    return {
        (v.effect, v.min, v.max, v.who, v.subset)
        for f in found
        if isinstance(v := f.value, CasualtyValue) and not f.hypothetical
    }


def victims(effect, low, high=None, *, subset=False):
    return (effect, low, low if high is None else high, "victims", subset)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The blast hit a bus. The hospital said it received nine patients, and a clinic"
            " nearby confirmed it had four patients.",
            {victims("injured", 9), victims("injured", 4)},
        ),
        (
            "A bomb went off. Two firefighters suffered only minor injuries.",
            {victims("injured", 2)},
        ),
        ("After the crash, eight have life-threatening injuries.", {victims("injured", 8)}),
        (
            "After the blast the hospital received 18 bodies and 56 wounded.",
            {victims("killed", 18), victims("injured", 56)},
        ),
        (
            "Gunmen kidnapped 12 nuns. A day before, rebels took 40 pupils from a school.",
            {victims("abducted", 12), victims("abducted", 40)},
        ),
        (
            "The militants freed 21 of the 83 girls they kidnapped in March.",
            {victims("released", 21), victims("abducted", 83)},
        ),
        (
            "A plane carrying 92 people crashed into the sea on Sunday, killing all on board.",
            {victims("killed", 92)},
        ),
        (
            "A helicopter with 19 people aboard came down on Monday. There were no survivors.",
            {victims("killed", 19)},
        ),
        ("In June last year, all 10 on board were killed in a crash.", {victims("killed", 10)}),
        (
            "Twelve people including a toddler and her mother have died in the fire.",
            {
                victims("killed", 12),
                victims("killed", 1, subset=True),
            },
        ),
        (
            "A raid killed 28 people. Nine were children, and four were teachers.",
            {
                victims("killed", 28),
                victims("killed", 9, subset=True),
                victims("killed", 4, subset=True),
            },
        ),
        (
            "A gendarme who escorted them was shot dead in the attack and a second was wounded.",
            {victims("killed", 1), victims("injured", 1)},
        ),
        (
            "The gunman who killed 12 people was shot dead by officers.",
            {victims("killed", 12), ("killed", 1, 1, "perpetrators", False)},
        ),
        (
            "The bomb killed 51 guests, 22 of whom were under 14.",
            {victims("killed", 51), victims("killed", 22, subset=True)},
        ),
        (
            "SIX PRIESTS -- FIVE SPANIARDS AND ONE SALVADORAN -- AND TWO WOMEN WERE MURDERED.",
            {
                victims("killed", 6),
                victims("killed", 5, subset=True),
                victims("killed", 1, subset=True),
                victims("killed", 2),
            },
        ),
        (
            "A jet came down. Seven of the 14 killed in the crash were children.",
            {victims("killed", 7, subset=True), victims("killed", 14)},
        ),
        (
            "Police said 23 of the 53 wounded remained in hospital after the attack.",
            {victims("injured", 23, subset=True), victims("injured", 53)},
        ),
        (
            "Four people died, including the attacker, and at least 40 were injured.",
            {
                victims("killed", 4),
                ("killed", 1, 1, "perpetrators", True),
                ("injured", 40, None, "victims", False),
            },
        ),
        (
            "The rebels released 82 of the more than 200 hostages they held.",
            {victims("released", 82), ("abducted", 200, None, "victims", False)},
        ),
        (
            "The ministry revised on Monday night to 27 the number of inmates killed.",
            {victims("killed", 27)},
        ),
        (
            "The man, who was taken to hospital in critical condition after the shooting, was"
            " pronounced dead at noon.",
            {victims("killed", 1)},
        ),
        (
            "He is accused of a massacre at a church that left nine dead last year.",
            {victims("killed", 9)},
        ),
        (
            "The blast wounded 20 people. Many people were badly hurt.",
            {victims("injured", 20)},
        ),
        ("Her son was one of four soldiers killed in the ambush.", {victims("killed", 4)}),
        (
            "A sniper opened fire, killing five officers, Mayor Joan Reed said.",
            {victims("killed", 5)},
        ),
    ],
)
def test_a_figure_is_read_whatever_its_words(text, wanted):
    assert figures(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "A plane with 19 passengers and crew aboard came down. All on board were rescued.",
        "A ferry carrying 60 people caught fire on Monday. Everyone aboard was safe.",
        "The captives were freed. Three suspects were taken into custody.",
        "The attack brought the total number of classified emails to 1,274.",
        "No patients had serious injuries after the blast, the hospital said.",
        "The 2009 pandemic killed 428 people.",
    ],
)
def test_nobody_is_harmed_by_words_alone(text):
    assert not {f for f in figures(text) if f[0] != "released" and f[2] != 0}


def test_attacks_of_a_year_are_no_single_one():
    assert not figures("Attacks across the country left 90 people dead last year.")
