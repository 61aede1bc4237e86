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


FRESH = [
    (
        "Rovers striker hurt as gunmen fire on team bus",
        "Ogden Rovers' quarter-final against Provo United was called off on Tuesday night. Two "
        "gunmen opened fire on the team bus in Ogden, and striker Ivo Lind and the coach were "
        "wounded. Rovers, third in the league, have scored 40 goals this season and won the cup "
        "last year. The club said that the match will be played on Friday. Supporters of the "
        "visitors sang for the goalkeeper in the stadium.",
    ),
    (
        "Campaign halted after candidate is shot dead at rally",
        "The election campaign stopped on Thursday, and both parties called off their debates. "
        "Anna Berg, a candidate for parliament, was shot dead on Wednesday as she was leaving a "
        "library in Ogden, where she was to meet voters. Polls had put the Democrats ahead of "
        "the Republicans, and lawmakers said the vote would go on.",
    ),
    (
        "Singer ends her tour",
        "The band had played the title track of the new album, and the fans had sung every hit. "
        "A man detonated a bomb in the foyer of an arena in Ogden on Monday night. Twenty people "
        "were killed and 59 injured. The singer, whose single went platinum, said that the tour "
        "was over; tickets for the concerts in Provo will be paid back, her manager said. Other "
        "stars put off a premiere, a festival and two gigs.",
    ),
]


@pytest.mark.parametrize(("title", "text"), FRESH)
def test_a_deed_of_this_week_is_told_in_the_words_of_any_field(title, text):
    found = incidents(text, title)
    assert [mention.place.name for mention in found] == ["Ogden"]
    assert dt.date(2017, 5, 25) <= found[0].date.start <= dt.date(2017, 6, 2)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Thousands march on the capital for gun control",
            "The crowds filled the avenue on Saturday, and when there was no room they climbed "
            "the planters. They had come from Ogden, where 17 pupils were shot dead by a gunman "
            "last month. None of the speakers was an adult. They want a ban on rifles.",
        ),
        (
            "Rovers open with a win for a wounded city",
            "Ogden Rovers scored four goals in the first half on Tuesday. The crowd stood in "
            "silence where 40 people were shot dead by a gunman last month. The striker had the "
            "first, the coach said, and the goalkeeper saved a penalty in the league match.",
        ),
    ],
)
def test_a_deed_of_last_month_makes_no_report_of_a_march_or_a_match(title, text):
    assert not incidents(text, title)
