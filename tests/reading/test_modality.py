"""How firmly a report says something."""

from __future__ import annotations

import pytest

from dateline.model import CasualtyValue, Document, Modality, Span
from dateline.reading.attribution.chains import ChainIndex, resolve_chains
from dateline.reading.attribution.cues import find_cued
from dateline.reading.attribution.modality import modality_of
from dateline.reading.attribution.verification import find_verifications, unverified_spans
from dateline.reading.finding import Finding
from dateline.reading.prepared import prepare


def modality(text: str, words: str, **marks: bool) -> Modality:
    prepared = prepare(Document(id="d", text=text, publisher="The Gazette"))
    attributions = resolve_chains(prepared, find_cued(prepared))
    unverified = unverified_spans(prepared, find_verifications(prepared), attributions)
    start = text.index(words)
    anchor = Span(start, start + len(words))
    sentence = prepared.sentence_at(start)
    assert sentence is not None
    finding = Finding(
        kind="casualty",
        value=CasualtyValue(effect="killed", min=2, max=2, exact=True),
        span=sentence.span,
        anchor=anchor,
        rule="test",
        denied=marks.get("denied", False),
        hypothetical=marks.get("hypothetical", False),
    )
    _, attribution = ChainIndex(prepared, attributions).of(anchor)
    return modality_of(prepared, finding, attribution, unverified)


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("Two men died on Monday.", "Two men", "asserted"),
        ("Two men died on Monday, police said.", "Two men", "reported"),
        ("According to the mayor, two men died.", "two men", "reported"),
        ("It was reported that two men died.", "two men", "reported"),
        ("Two men were reportedly killed.", "Two men", "hedged"),
        ("The gun was presumably found nearby.", "gun", "hedged"),
        ("He may have killed two men.", "two men", "hedged"),
        ("Two men are believed to have died.", "Two men", "hedged"),
        ("Police said two men appear to have died.", "two men", "hedged"),
        ("Police believe that two men died.", "two men", "hedged"),
        ("Rebels claimed that two men died.", "two men", "alleged"),
        ("He allegedly killed two men.", "two men", "alleged"),
        ("The army denied that two men had died.", "two men", "denied"),
        ("There is no evidence that two men died.", "two men", "denied"),
        ("Rebels said two men died. The claim could not be verified.", "two men", "unverified"),
        ("Rebels claimed two men died. Reuters has yet to verify it.", "two men", "unverified"),
        ("Two men died, but the motive may be personal.", "Two men", "asserted"),
        ("Two men died; the gunman reportedly fled.", "Two men", "asserted"),
        ("Suspected rebels killed two men.", "two men", "asserted"),
    ],
)
def test_modality(text: str, words: str, wanted: Modality) -> None:
    assert modality(text, words) == wanted


def test_what_the_words_of_a_finding_say_comes_first() -> None:
    text = "Police said two men died. The claim could not be verified."
    assert modality(text, "two men", denied=True) == "denied"
    assert modality("Two men died.", "Two men", hypothetical=True) == "hedged"


def test_the_publishers_own_words_are_asserted() -> None:
    assert modality("The Gazette said two men died.", "two men") == "asserted"
