"""Whose report it is: the publisher, and the agency whose copy it carries."""

from __future__ import annotations

import pytest

import dateline
from dateline.reading.attribution.publishing import wire_of
from dateline.reading.attribution.registry import registry_in_use

BODY = "Nine people died in a blast in Kabul on Friday."


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"KABUL (AP) — {BODY}", "Associated Press"),
        (f"KAZAN, February 11. /TASS/. {BODY}", "TASS"),
        (f"By The Associated Press\n\n{BODY}", "Associated Press"),
        (f"By ANN BELL and JOE COLE, Associated Press\n{BODY}", "Associated Press"),
        (f"{BODY}\n\n(AFP)", "Agence France-Presse"),
        (f"{BODY} (AFP)", "Agence France-Presse"),
        (f"{BODY} — Reuters", "Reuters"),
        (f"{BODY}\n© 2017 AFP", "Agence France-Presse"),
        (
            f"{BODY}\nCopyright 2016 The Associated Press. All rights reserved. Thanks.",
            "Associated Press",
        ),
        (f"{BODY}\n\nReporting by Ann Bell in Kabul; Editing by Joe Cole", "Reuters"),
        (f"{BODY}\n(Additional reporting by A. Bell; Writing by J. Cole)", "Reuters"),
    ],
)
def test_the_agency_of_a_report(text: str, agency: str) -> None:
    assert wire_of(text, registry_in_use()) == agency
    read = dateline.read(text, publisher="Evening Star")
    assert {chain[:2] for claim in read.claims for chain in claim.chains} == {
        ("Evening Star", agency)
    }


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY}\n\nThe Associated Press contributed to this report.",
        f"{BODY}\nImage copyright AFP",
        f"Nine die, Reuters\n{BODY}",
        f"{BODY}\nTwo witnesses spoke to Reuters",
        f"{BODY}\nReporting by Ann Bell",
        "",
        "A" * 200_000,
        "x " * 100_000,
        "(" * 50_000 + "\n" + "© " * 50_000,
    ],
)
def test_no_agency(text: str) -> None:
    assert wire_of(text, registry_in_use()) is None


def test_one_agency_does_not_sign_anothers_report() -> None:
    read = dateline.read(f"{BODY}\n\n(Reuters)", publisher="Anadolu Agency")
    assert {claim.chains for claim in read.claims} == {(("Anadolu Agency",),)}
