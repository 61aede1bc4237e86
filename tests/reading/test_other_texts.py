"""Texts that bring up an attack and report none: campaigns, lawsuits, letters."""

import datetime as dt

import pytest

from dateline.model import Document
from dateline.reading.reader import read_document

ATTACK = (
    "On Saturday night a gunman killed 14 people and wounded 30 in a nightclub in Ogden. "
    "The attacker was shot dead by police."
)


def incidents(text, title):
    document = Document(
        id="d", text=text, title=title, language="en", published_at=dt.date(2017, 6, 2)
    )
    return read_document(document, scope="harm").mentions


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        (
            "Nominees' answers are in keeping with their styles",
            "The presumptive nominee sent a message, and the candidate of the Democrats gave a "
            "speech on policy. The deadly shooting in Ogden has changed the campaign.",
        ),
        (
            "Parents of guard killed abroad sue former minister",
            "The parents of a guard who was killed in the 2012 attack on a consulate have filed "
            "a lawsuit.",
        ),
        (
            "Jury chosen for widow's case",
            "Jury selection began in the case against the widow of the man behind the 2015 "
            "attack on a nightclub.",
        ),
        ("Letter from Ogden: the night watch", "The watchmen here know every dog by name."),
    ],
)
def test_a_text_that_brings_up_an_attack_reports_none(title, lead):
    assert not incidents(f"{lead} {ATTACK}", title)


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Gunman wounds senator and four others at Republican game", ""),
        (
            "Nine killed as bomb hits campaign rally",
            "A bomb killed nine voters at a campaign rally of the opposition candidate in Ogden "
            "on Thursday, days before the election.",
        ),
        (
            "Mayor jailed for life for killing nine",
            "A judge sentenced the former mayor to life for the murder of nine voters.",
        ),
        ("A year after the flood, gunman kills 14 in Ogden", ""),
    ],
)
def test_politicians_and_courts_in_a_report_do_not_silence_it(title, lead):
    assert incidents(f"{lead} {ATTACK}".strip(), title)
