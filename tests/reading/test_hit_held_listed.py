"""People told to be hit, held, let go, listed or found dead, and what is not told so."""

from __future__ import annotations

import pytest

from dateline.model import Document
from dateline.reading.harm.casualties import find_casualties
from dateline.reading.prepared import prepare


def figures(text):
    """(effect, min, max) of each figure that is no supposition."""
    found = find_casualties(prepare(Document(id="d", text=text)))
    return {(f.value.effect, f.value.min, f.value.max) for f in found if not f.hypothetical}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two civilians were also hit.", {("casualties", 2, 2)}),
        ("Karin Voll, 38, was hit in the hip.", {("injured", 1, 1)}),
        ("Ten people were hit by the van.", {("casualties", 10, 10)}),
        ("Thousands of people were hit by the tax.", set()),
        ("Two farmers were hit with fines. Farmers were hit hard by the drought.", set()),
        (
            "A four-year-old boy riding a scooter was hit by a car and killed.",
            {("killed", 1, 1)},
        ),
        (
            "An officer was shot in the leg and two people were killed.",
            {("injured", 1, 1), ("killed", 2, 2)},
        ),
        # a part is harmed as its total is
        (
            "Ten others were wounded, including a guard who was shot.",
            {("injured", 10, 10), ("injured", 1, 1)},
        ),
        (
            "Four people were killed, two of them protesters shot by soldiers.",
            {("killed", 4, 4), ("killed", 2, 2)},
        ),
        # held and let go
        (
            "The kidnappers still hold more than 100 girls, and 12 are in captivity elsewhere.",
            {("abducted", 100, None), ("abducted", 12, 12)},
        ),
        ("The hall holds more than 100 people.", set()),
        ("The rebels had kidnapped them. Six were let go at noon.", {("released", 6, 6)}),
        ("The plant let go 400 workers. Six were let go at noon.", set()),
        ("A cameraman taken hostage with him was freed.", {("released", 1, 1)}),
        ("The rebels took five prisoners.", {("captured", 5, 5)}),
        (
            "A woman was taken hostage. Two women were questioned by police and released.",
            {("abducted", 1, 1)},
        ),
        # listed, found
        ("Officials still list two persons as missing.", {("missing", 2, 2)}),
        ("Officials list two persons as candidates.", set()),
        ("A man's body was found in the car.", {("killed", 1, 1)}),
        ("The student body was found to have voted.", set()),
        ("She lay under two bodies while the gunman fired.", set()),
        ("Police found fewer than 12 bodies.", {("killed", None, 12)}),
        ("Twelve children were rescued from the burning school.", set()),
        (
            "Seven people got out, among them a girl, and 43 are still missing.",
            {("missing", 43, 43)},
        ),
        # in wards
        (
            "Fourteen survivors of the shooting remain in three hospitals.",
            {("injured", 14, 14)},
        ),
        ("Two doctors are at the hospital where the wounded lie.", set()),
        (
            "Thirty people were hurt; 20 have been discharged and eight are still being treated.",
            {("injured", 30, 30), ("injured", 8, 8)},
        ),
        (
            "Twelve of the dead were women and six were under 18.",
            {("killed", 12, 12), ("killed", 6, 6)},
        ),
        (
            "Militants released 82 schoolgirls out of more than 270 they abducted.",
            {("released", 82, 82), ("abducted", 270, None)},
        ),
        (
            "Militants kidnapped 12 girls and asked for five commanders held in a prison.",
            {("abducted", 12, 12)},
        ),
        ("Six people are under the rubble.", {("missing", 6, 6)}),
        ("Between 2,000 and 3,000 people lost their homes.", {("displaced", 2000, 3000)}),
        (
            "Twelve people were killed. Seven were from Chad and five from Guinea.",
            {("killed", 12, 12), ("killed", 7, 7), ("killed", 5, 5)},
        ),
        ("Two buses were burnt. Seven were from Chad and five from Guinea.", set()),
        (
            "Two of the injured, including a boy, were flown out after the crash.",
            {("injured", 2, 2)},
        ),
        ("The first alert spoke of about fifty hostages.", {("abducted", 50, 50)}),
        (
            "The kidnappers took 41 pupils. They were among 60 children taken from the town.",
            {("abducted", 41, 41), ("abducted", 60, 60)},
        ),
        ("Militants set free the last 10 soldiers they had held captive.", {("released", 10, 10)}),
        ("Two were listed as critical after the shooting.", {("injured", 2, 2)}),
        ("At least two soldiers were martyred.", {("killed", 2, None)}),
        ('He said that "up to 130 foreign instructors" were killed.', {("killed", None, 130)}),
        # none
        ("No damage or casualties resulted from the attack.", {("casualties", 0, 0)}),
        ("They said none of their own men had been hurt.", {("injured", 0, 0)}),
        ("None of those injured was in critical condition after the blast.", set()),
        ("There were no victims in the blast.", {("casualties", 0, 0)}),
        # victims
        ("The 17 victims of the helicopter crash were remembered.", {("killed", 17, 17)}),
        ("The 17 victims of the fraud were paid.", set()),
        ("Police reported at least 20 victims after the shooting.", {("casualties", 20, None)}),
        # lists
        (
            "The Jesuits, five Spaniards and one Salvadoran, were murdered.",
            {("killed", 5, 5), ("killed", 1, 1)},
        ),
        (
            "Two teachers, three pupils and a nurse, were killed.",
            {("killed", 2, 2), ("killed", 3, 3), ("killed", 1, 1)},
        ),
        ("Three 16-year-old schoolgirls were killed.", {("killed", 3, 3)}),
        (
            "The minister was killed, along with two of his bodyguards.",
            {("killed", 1, 1), ("killed", 2, 2)},
        ),
        (
            "Police arrested him along with 15 others after two people were killed.",
            {("killed", 2, 2)},
        ),
        (
            "Sixteen people were killed, five police officers and 11 protesters.",
            {("killed", 16, 16), ("killed", 5, 5), ("killed", 11, 11)},
        ),
        (
            "Thirteen people, all but two of them tourists, were murdered.",
            {("killed", 13, 13)},
        ),
        ("The murder last week of four candidates shocked the city.", {("killed", 4, 4)}),
        (
            "An army helicopter flew 11 of the injured to the capital after the crash.",
            {("injured", 11, 11)},
        ),
        (
            "Seven patients from the shooting remain at Mercy General.",
            {("injured", 7, 7)},
        ),
        (
            "Two girls and 15 abducted in March and April were freed.",
            {("released", 2, 2), ("released", 15, 15)},
        ),
    ],
)
def test_figures(text, expected):
    assert figures(text) == expected


def test_of_one_who_was_hit_it_is_told_elsewhere_how_badly():
    assert figures("A second woman, who had been struck, was led away.") == set()
    assert figures("A second woman, who had been struck in the arm, was led away.") == {
        ("injured", 1, 1)
    }
