"""Those who did it are no victims, by whatever words they are told."""

from __future__ import annotations

import pytest

from dateline.model import Document
from dateline.reading.harm.casualties import find_casualties
from dateline.reading.prepared import prepare


def sides(text):
    """(effect, number, side) of each figure that is no supposition."""
    found = find_casualties(prepare(Document(id="d", text=text)))
    return {(f.value.effect, f.value.min, f.value.who[0]) for f in found if not f.hypothetical}


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        (
            "The driver of the truck was shot dead by police after killing 84 people.",
            ("killed", 1, "p"),
        ),
        ("Police shot dead the driver, who killed 84 people.", ("killed", 1, "p")),
        (
            "A truck killed 84 people on the promenade. The driver was shot dead by police.",
            ("killed", 1, "p"),
        ),
        (
            "The 31-year-old Tunisian was shot dead by police after killing 84 people.",
            ("killed", 1, "p"),
        ),
        ("Three struck. One blew himself up; the other two were shot dead.", ("killed", 2, "p")),
        ("Commandos killed six of the attackers and captured one.", ("captured", 1, "p")),
        ("The dead included three attackers, one of whom was shot.", ("killed", 3, "p")),
        ("Thirty-two people died in the attacks, plus three suicide bombers.", ("killed", 3, "p")),
        ("Police said 26 people were killed, and the gunman.", ("killed", 1, "p")),
        ("Twenty-six people, and the gunman, are dead after a shooting.", ("killed", 26, "v")),
        ("Twenty-six people, and the gunman, are dead after a shooting.", ("killed", 1, "p")),
        ("Five people were killed, not including the gunman.", ("killed", 1, "p")),
        ("Soldiers hunted the attackers and killed 13 of them.", ("killed", 13, "p")),
        ("The attackers opened fire; one was killed and another wounded.", ("killed", 1, "p")),
    ],
)
def test_attackers(text, figure):
    assert figure in sides(text)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        # shot by police, but nobody else was killed
        (
            "Police shot dead an unarmed man. The man was shot dead by police in his car.",
            ("killed", 1, "v"),
        ),
        # killed with the others, by nobody's hand but the bomber's
        ("The bus driver was killed after 12 people had got off.", ("killed", 1, "v")),
        ("The priest, who was killed by soldiers in 1986, led the talks.", ("killed", 1, "v")),
        ("Two pupils died. The other two were shot dead in the yard.", ("killed", 2, "v")),
        ("The attackers ambushed the soldiers and killed 13 of them.", ("killed", 13, "v")),
        ("The attackers fired on the guards; one was killed.", ("killed", 1, "v")),
        ("The gunmen killed six guards and wounded one.", ("injured", 1, "v")),
    ],
)
def test_victims_stay_victims(text, figure):
    assert figure in sides(text)
    assert (*figure[:2], "p") not in sides(text)


def test_suspects_held_with_another_are_not_hurt():
    text = "Six were wounded. His father was detained for questioning, along with six suspects."
    assert sides(text) == {("injured", 6, "v")}
    assert ("killed", 6, "p") not in sides(
        "Two people were killed, and his father was detained along with six suspects."
    )


def test_a_gunman_who_was_arrested_is_not_dead():
    assert sides("Twelve people were killed, and the gunman, 29, was arrested.") == {
        ("killed", 12, "v")
    }


def test_attackers_killed_in_the_pursuit_are_in_no_total_of_the_victims():
    text = "Eleven villagers were killed. Soldiers hunted the attackers and killed 13 of them."
    found = find_casualties(prepare(Document(id="d", text=text)))
    assert {f.value.min: f.value.subset for f in found} == {11: False, 13: False}


def test_those_not_counted_are_no_part_of_the_total():
    found = find_casualties(
        prepare(Document(id="d", text="Five people were killed, not including the gunman."))
    )
    assert [f.value.subset for f in found] == [False, False]
    among = find_casualties(
        prepare(Document(id="d", text="Five people were killed, including the gunman."))
    )
    assert [f.value.subset for f in among] == [False, True]


def test_a_suspect_told_by_name_is_no_victim():
    text = (
        "A gunman killed five officers in Dallas, officials said. The suspect, identified as "
        "Micah Stone, 25, was killed by a bomb after hours of negotiations."
    )
    found = find_casualties(prepare(Document(id="d", text=text)))
    assert [(f.value.who, f.value.min) for f in found] == [("victims", 5), ("perpetrators", 1)]
    text = "The victim, identified as Micah Stone, 25, was killed by a bomb in Dallas."
    found = find_casualties(prepare(Document(id="d", text=text)))
    assert [f.value.who for f in found] == ["victims"]
