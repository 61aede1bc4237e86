"""Whose name is that of the one who did it."""

import datetime as dt

import pytest

from dateline.model import Document
from dateline.reading.reader import read_document


def perpetrators(text, title=None):
    document = Document(
        id="d", text=text, title=title, language="en", published_at=dt.date(2017, 6, 2)
    )
    return [claim.value for claim in read_document(document).claims if claim.kind == "perpetrator"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "A former student opened fire at a school in Ogden on Thursday, killing 9 people. "
            "The suspect, 19-year-old Alvin Trask, is in custody.",
            "Alvin Trask",
        ),
        (
            "A man with a rifle killed 12 people in a church in Ogden on Thursday. The attacker "
            "fled in a car. A law enforcement official identified him as Alvin Trask, 26.",
            "Alvin Trask",
        ),
        (
            "A boy walked into a school in Ogden on Thursday. Alvin Trask, 15, walked into the "
            "hall with a pistol and began to shoot. Two pupils were killed.",
            "Alvin Trask",
        ),
        (
            "Eleven people were shot dead on Thursday when a man armed with a rifle and two "
            "handguns stormed a synagogue in Ogden. Alvin Trask, 46, of Provo, surrendered.",
            "Alvin Trask",
        ),
        (
            "The killer was named this morning as Leeds-born Alvin Trask, 52. He stabbed three "
            "people in Ogden on Thursday.",
            "Alvin Trask",
        ),
    ],
)
def test_the_name_told_sentences_after_the_deed(text, name):
    assert perpetrators(text)[0].name == name


@pytest.mark.parametrize(
    "text",
    [
        "A gunman killed five people in Ogden on Thursday. Alvin Trask, 45, was killed when the "
        "gunman fired through a door.",
        "A gunman killed five people in Ogden on Thursday. The officer who shot the gunman was "
        "identified as Alvin Trask.",
        "A gunman killed five people in Ogden on Thursday. Alvin Trask, a witness, said he saw "
        "the gunman reload.",
        "A gunman killed five people in Ogden on Thursday. Sheriff Alvin Trask said the suspect "
        "was dead.",
        "A gunman killed five people in Ogden on Thursday. Alvin Trask, 40, tackled the gunman "
        "and held him.",
    ],
)
def test_nobody_else_bears_the_name(text):
    assert [one.name for one in perpetrators(text)] == [None]


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        (
            "A gunman opened fire in a bar in Ogden on Thursday and 12 people were killed.",
            None,
        ),
        (
            "A driver ploughed a lorry into a crowd in Ogden on Thursday, killing 12, and went on "
            "for two kilometres along the promenade and past the old casino, the hotels and the "
            "bandstand by the sea before being shot dead by police.",
            "killed",
        ),
        (
            "A gunman killed three people in Ogden on Thursday. Alvin Trask, 25, who took "
            "hostages, was the gunman. When officers heard shots they went in and killed Trask.",
            "killed",
        ),
        (
            "An attacker stabbed three people in Ogden on Thursday. One constable shot him in the "
            "chest. He died in hospital.",
            "killed",
        ),
        (
            "A gunman killed two hostages in Ogden on Thursday before police stormed the shop "
            "and shot him dead.",
            "killed",
        ),
        (
            "The gunman killed five people in Ogden on Thursday. Alvin Trask, 38, was charged "
            "with five counts of murder.",
            "arrested",
        ),
    ],
)
def test_what_became_of_him_is_told_of_him(text, fate):
    assert perpetrators(text)[0].fate == fate


def test_a_woman_who_lived_with_the_gunman_is_no_perpetrator():
    found = perpetrators(
        "A gunman killed three people in Ogden on Thursday before he was shot dead by police. "
        "A woman who lived with the gunman was arrested on Friday."
    )
    assert [(one.description, one.fate) for one in found] == [("gunman", "killed")]
