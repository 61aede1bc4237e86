"""What a report says about its own checking."""

from __future__ import annotations

import pytest

from dateline.model import Document, VerificationValue
from dateline.reading.attribution.chains import resolve_chains
from dateline.reading.attribution.cues import find_cued
from dateline.reading.attribution.verification import find_verifications, unverified_spans
from dateline.reading.prepared import prepare


def remarks(text: str) -> list[tuple[str, str | None]]:
    found = find_verifications(prepare(Document(id="d", text=text, publisher="The Gazette")))
    values = [one.value for one in found if isinstance(one.value, VerificationValue)]
    for one in found:
        assert text[one.anchor.start : one.anchor.end].strip()
        assert one.span.start <= one.anchor.start < one.anchor.end <= one.span.end
    return [(value.status, value.by) for value in values]


def doubted(text: str) -> list[str]:
    prepared = prepare(Document(id="d", text=text, publisher="The Gazette"))
    attributions = resolve_chains(prepared, find_cued(prepared))
    spans = unverified_spans(prepared, find_verifications(prepared), attributions)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Newsweek has yet to verify these figures.", ("unverified", "Newsweek")),
        ("Reuters was unable to independently verify the report.", ("unverified", "Reuters")),
        ("CNN has not been able to independently confirm the toll.", ("unverified", "CNN")),
        ("The Gazette cannot verify the claim.", ("unverified", "Gazette")),
        ("The AP couldn't independently verify it.", ("unverified", "Associated Press")),
        ("The toll could not be independently verified.", ("unverified", None)),
        ("The toll could not be verified by Reuters.", ("unverified", "Reuters")),
        ("The footage has not been verified.", ("unverified", None)),
        ("There was no immediate confirmation.", ("unverified", None)),
        ("The reports remain unconfirmed.", ("unverified", None)),
        ("The BBC has verified the footage.", ("verified", "BBC")),
        ("The video was geolocated by Bellingcat.", ("verified", "Bellingcat")),
        ("Newsweek has contacted the army for comment.", ("comment_sought", "Newsweek")),
        ("Newsweek reached out to the army\nfor comment.", ("comment_sought", "Newsweek")),
        ("The army did not respond to a request for comment.", ("comment_sought", None)),
        ("Moscow declined to comment.", ("comment_sought", None)),
    ],
)
def test_one_remark(text: str, wanted: tuple[str, str | None]) -> None:
    status, by = wanted
    ((found_status, found_by),) = remarks(text)
    assert found_status == status
    if by is not None:
        assert found_by == by


@pytest.mark.parametrize(
    "text",
    [
        "Police confirmed that three people died.",
        "They contacted relatives of the dead.",
        "The mayor commented on the weather.",
        "",
    ],
)
def test_no_remark(text: str) -> None:
    assert remarks(text) == []


def test_these_figures_are_all_of_the_same_source() -> None:
    text = (
        "The army said 40 men died on Monday.\n\n"
        "In May, the agency HUR said that 900 men had left. Around 400 were of one army, HUR said."
        "\n\nSome 80 left another, the HUR added. The Gazette has yet to verify these figures.\n\n"
        "The road is closed."
    )
    found = doubted(text)
    assert any("900" in one for one in found)
    assert any("400" in one for one in found)
    assert any("80 left" in one for one in found)
    assert not any("40 men" in one or "road" in one for one in found)


def test_a_remark_on_the_claim_before_it() -> None:
    text = "It rained. Rebels said 40 men died. The claim could not be independently verified."
    assert doubted(text) == ["Rebels said 40 men died."]


def test_a_remark_inside_the_sentence_it_is_about() -> None:
    text = "It rained. Hamas said that 12 people died, but the figure could not be verified."
    assert doubted(text) == [
        "Hamas said that 12 people died, but the figure could not be verified."
    ]
    assert doubted("It rained. Unconfirmed reports said 12 people died.") == [
        "Unconfirmed reports said 12 people died."
    ]


def test_seeking_comment_casts_no_doubt() -> None:
    assert doubted("Rebels said 40 men died. The army declined to comment.") == []
