"""Attribution by rules: who, with what cue, says what."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Attribution, Document, Span
from dateline.reading.attribution.cue_join import as_heard, complement
from dateline.reading.attribution.cues import find_cued
from dateline.reading.prepared import prepare


def document(text: str, title: str | None = None) -> Document:
    return Document(id="d", text=text, title=title, publisher="The Gazette")


def found(text: str, title: str | None = None) -> list[tuple[str, str, str]]:
    def words(pieces: tuple[Span, ...]) -> str:
        return " … ".join(" ".join(text[start:end].split()) for start, end in pieces)

    read = find_cued(prepare(document(text, title)))
    return [(words(one.source), words(one.cue), words(one.content)) for one in read]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "According to the coroner, two men died.",
            ("the coroner", "According to", "two men died"),
        ),
        (
            "Two men died, according to the coroner.",
            ("the coroner", "according to", "Two men died"),
        ),
        (
            "The mayor said that four people were hurt.",
            ("The mayor", "said", "that four people were hurt"),
        ),
        ("Four people were hurt, said the mayor.", ("the mayor", "said", "Four people were hurt")),
        (
            "“Four people were hurt,” Ann Lee said. “Two died.”",
            ("Ann Lee", "said", "“Four people were hurt,” … “Two died.”"),
        ),
        (
            "The convoy, the army said on Friday, was hit.",
            ("the army", "said", "The convoy … was hit"),
        ),
        (
            "The attack was claimed by the Northern Front.",
            ("the Northern Front", "was claimed by", "The attack"),
        ),
        (
            "Police told reporters in Leeds that nine people died.",
            ("Police", "told", "that nine people died"),
        ),
        (
            "In a statement posted on Telegram, the governor wrote: “Three are dead.”",
            ("the governor", "wrote", "“Three are dead.”"),
        ),
        (
            "Reports have emerged of soldiers giving themselves up.",
            ("Reports", "have emerged", "soldiers giving themselves up"),
        ),
        (
            "The ministry put the death toll at 15.",
            ("The ministry", "put", "the death toll at 15"),
        ),
        (
            "The Harbour Post (HP) said six sailors drowned.",
            ("The Harbour Post (HP)", "said", "six sailors drowned"),
        ),
        (
            "A LOCAL RADIO STATION HAS REPORTED THAT TWO BOMBS WENT OFF.",
            ("A LOCAL RADIO STATION", "HAS REPORTED", "THAT TWO BOMBS WENT OFF"),
        ),
        (
            "IT WAS ALSO REPORTED THAT A SOLDIER WAS WOUNDED.",
            ("", "WAS ALSO REPORTED", "THAT A SOLDIER WAS WOUNDED"),
        ),
    ],
)
def test_one_attribution(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in found(text)


def test_what_goes_on_with_adding() -> None:
    read = found("The sheriff said the man fled, adding that he had a rifle.")
    assert ("The sheriff", "said", "the man fled") in read
    assert ("The sheriff", "adding", "that he had a rifle") in read


def test_two_speakers_in_one_sentence_keep_their_own_words() -> None:
    read = found("Police said four people died, and hospital officials said nine were hurt.")
    assert ("Police", "said", "four people died") in read
    assert ("hospital officials", "said", "nine were hurt") in read


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Nine dead in border strike: ISW", "ISW"),
        ("Kyiv: nine dead in border strike", "Kyiv"),
        ("Nine dead in border strike, police say", "police"),
    ],
)
def test_headlines(title: str, source: str) -> None:
    read = found(f"{title}\n\nThe strike came at dawn.", title)
    assert source in [one[0] for one in read]


def test_a_source_in_brackets() -> None:
    read = found("Four men were shot dead near the bridge (Radio Okapi).")
    assert read == [("Radio Okapi", "(", "Four men were shot dead near the bridge")]


@pytest.mark.parametrize(
    "text",
    [
        "The blast claimed the lives of twelve people.",
        "He was reported missing on Monday.",
        "The alleged attacker fled.",
        "No group has claimed responsibility.",
        "The mayor did not say how many people died.",
        "Officials declined to say more.",
        "They opened fire on the crowd.",
        "",
        "🙂🙂",
    ],
)
def test_no_attribution(text: str) -> None:
    assert found(text) == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *"police said , . “ ” that according to the ministry Reuters was reported".split(),
                *"by adding and ( ) [ ] : ; who had told ISW claimed it he five died —".split(),
                *("--", '"', "\n\n", "\r\n", "🙂", "e\u0301", "\ud800", "\0"),
            ]
        ),
        max_size=40,
    )
)
def test_spans_point_into_the_text(words: list[str]) -> None:
    text = " ".join(words)
    read = find_cued(prepare(document(text)))
    assert list(read) == sorted(read, key=lambda one: (one.content, one.source, one.cue))
    for one in read:
        assert one.content
        for start, end in (*one.source, *one.cue, *one.content):
            assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "A" * 1_000_000,
        "Police said, " * 80_000,
        "according to " * 80_000,
        "has not been independently " * 40_000,
        '"' * 200_000,
        "(" * 200_000,
    ],
    ids=["letters", "said", "according", "not", "quotes", "brackets"],
)
def test_hostile_text_is_read_in_time(text: str) -> None:
    prepared = prepare(document(text))
    find_cued(prepared)


def spans(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(w), text.index(w) + len(w)) for w in words)


def heard(text: str, source: str, cue: str, content: str) -> Attribution:
    """What the learned reader might find in a text."""
    return Attribution(
        source=spans(text, source),
        cue=spans(text, cue),
        content=spans(text, content),
        score=0.5,
    )


def both(learned, cued, text: str) -> tuple[Attribution, ...]:
    return complement(learned, cued, text).attributions


def test_the_rules_mend_a_torn_source() -> None:
    text = "The Alpha and Beta channels said two men died."
    learned = heard(text, "channels", "said", "two men died")
    (one,) = both([learned], find_cued(prepare(document(text))), text)
    assert one.source == spans(text, "The Alpha and Beta channels")
    assert one.score == 0.5
    # Its chain is found by the rules' words; shown is what was heard.
    (shown,) = as_heard([msgspec.structs.replace(one, chains=(("Post", "Alpha"),))], [learned])
    assert shown.source == learned.source
    assert shown.chains == (("Post", "Alpha"),)


def test_what_an_agency_passes_on_is_its_own_where_half_of_it_was_heard() -> None:
    text = "According to TASS, the ministry confirmed the blast, claiming that two soldiers died."
    learned = heard(text, "the ministry", "claiming", "that two soldiers died")
    found = both([learned], find_cued(prepare(document(text))), text)
    assert spans(text, "TASS") in [one.source for one in found]


def test_what_only_the_rules_found_is_added() -> None:
    text = "The mayor said two men died. The army said three men died."
    cued = find_cued(prepare(document(text)))
    assert both(cued[:1], cued, text) == cued
    assert both((), cued, text) == cued
    assert both(cued, (), text) == cued
