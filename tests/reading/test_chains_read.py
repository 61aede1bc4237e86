"""Chains as a whole reading gives them, where people and bodies are spoken of again."""

from __future__ import annotations

import pytest

import dateline
from dateline.model import Span
from dateline.reading.attribution.chains import ChainIndex
from dateline.reading.prepared import prepare


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        pytest.param(
            "Mayor Lois Bask said 39 of the wounded were taken to the Baptist Hospital, where a"
            " spokeswoman said nine had died.",
            "nine had died",
            ["Baptist Hospital"],
            id="where a spokeswoman",
        ),
        pytest.param(
            "Ariel Zur said his cousin was stabbed.\n\nThe Charite hospital says 14 of the"
            ' injured are in intensive care. "Two people died here overnight," a spokeswoman said.',
            "Two people died",
            ["Charite hospital"],
            id="a spokeswoman of a source",
        ),
        pytest.param(
            "Jenna Cole, 26, said she saw two men fall.\n\nIn Washington, the president said the"
            " attack left 31 people dead.",
            "31 people dead",
            ["president"],
            id="an office nobody here holds",
        ),
        pytest.param(
            "Gov. Greg Abner said the school would be shut. The governor said 10 people were"
            " killed.",
            "10 people were killed",
            ["Greg Abner"],
            id="an office cut short",
        ),
        pytest.param(
            "The mosque's imam, Omar Hadid, said the crowd was angry. The imam said that nobody"
            " was hurt.",
            "nobody was hurt",
            ["Omar Hadid"],
            id="a calling",
        ),
        pytest.param(
            "SANA said rebels had fired shells. A police source told the agency that six people"
            " were killed.",
            "six people were killed",
            ["SANA", "police source"],
            id="told the agency",
        ),
        pytest.param(
            "Prime Minister Helen Mayhew chaired a meeting. She later announced that nine people"
            " had died.",
            "nine people had died",
            ["Helen Mayhew"],
            id="she, with two words of office",
        ),
        pytest.param(
            '"They came over the wall," said Amina Bibi. Her supervisor, Qasim Lodhi, disputed'
            " that. He said seven women were shot dead.",
            "seven women were shot dead",
            ["Qasim Lodhi"],
            id="her supervisor, a man",
        ),
        pytest.param(
            "The rescue committee, set up by the government, said 358 people had died.",
            "358 people had died",
            ["rescue committee"],
            id="what a body is",
        ),
        pytest.param(
            'The interior minister, Thomas de Witte, told ARD that 12 people had died. "The man'
            ' denies the act," he said. He said that 48 people were injured.',
            "48 people were injured",
            ["ARD", "Thomas de Witte"],
            id="of whom a speaker speaks",
        ),
        pytest.param(
            "Saudi Arabia's embassy said six Saudis were killed, the state news agency SPA"
            " reported.",
            "six Saudis were killed",
            ["Saudi Press Agency", "Saudi Arabia's embassy"],
            id="reported at the end",
        ),
        pytest.param(
            "An official told CNN affiliate KATV that three people were wounded.",
            "three people were wounded",
            ["KATV", "official"],
            id="an affiliate",
        ),
        pytest.param(
            "The prosecutor, Lena Ortiz, said two people were killed.",
            "two people were killed",
            ["Lena Ortiz"],
            id="a name that ends in a",
        ),
    ],
)
def test_who_is_meant_in_long_reports(text: str, words: str, wanted: list[str]) -> None:
    read = dateline.read(text, publisher="Evening Star")
    at = read.document.text.index(words)
    chains, _ = ChainIndex(prepare(read.document), read.attributions).of(Span(at, at + len(words)))
    assert chains == (("Evening Star", *wanted),)


def test_what_is_said_beside_a_denial_is_not_denied() -> None:
    read = dateline.read(
        "Captain Serhiy Cher denied the claim and reported that 80 fighters were killed there.",
        publisher="Evening Star",
    )
    assert [one.modality for one in read.claims if one.kind == "casualty"] == ["reported"]
