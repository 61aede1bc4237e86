"""Sentences and tokens point into the untouched text and leave the furniture out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Document, Span
from dateline.reading import lexicon
from dateline.reading.prepared import Sentence, once, prepare


def sentences(text: str, **more) -> list[str]:
    return [s.text for s in prepare(Document(id="d", text=text, **more)).sentences]


def test_furniture_is_no_sentence():
    text = "Two died. Share this: One was hurt."
    assert sentences(text, furniture=(Span(10, 21),)) == ["Two died.", "One was hurt."]


def test_the_headline_is_a_sentence_of_its_own():
    text = "Two die in raid\nThe army said so."
    prepared = prepare(Document(id="d", text=text, title="Two die in raid"))
    assert [(s.text, s.title) for s in prepared.sentences] == [
        ("Two die in raid", True),
        ("The army said so.", False),
    ]


def test_a_wrapped_line_is_no_paragraph():
    assert sentences("He fired a Kalashnikov\nrifle at them.") == [
        "He fired a Kalashnikov\nrifle at them."
    ]
    wire = "THE POLICE REPORTED THAT TWO GUARDS OF THE EMBASSY WERE\nKILLED. ONE FLED."
    assert sentences(wire) == [wire[:-10], "ONE FLED."]


def test_lines_with_stops_are_paragraphs():
    prepared = prepare(Document(id="d", text="One died.\nTwo fled."))
    assert [s.paragraph for s in prepared.sentences] == [0, 1]


def test_capitals():
    assert prepare(Document(id="d", text="A BOMB EXPLODED [sic] IN LIMA")).all_caps
    assert not prepare(Document(id="d", text="NATO and the UN met")).all_caps


def test_possessives_and_hyphens():
    (sentence,) = prepare(
        Document(id="d", text="Russia’s self-defense unit lost 1,200 men.")
    ).sentences
    assert [t.text for t in sentence.tokens] == [
        "Russia", "’s", "self-defense", "unit", "lost", "1,200", "men", ".",
    ]  # fmt: skip


@given(
    st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(1, 40)), max_size=3)
)
def test_offsets_point_at_the_words(text, cuts):
    furniture = tuple(
        Span(min(a, len(text)), min(a + n, len(text))) for a, n in cuts if a < len(text)
    )
    prepared = prepare(Document(id="d", text=text, furniture=furniture))
    last = 0
    for sentence in prepared.sentences:
        assert last <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end] == sentence.text
        for start, end in furniture:
            assert sentence.end <= start or sentence.start >= end or start == end
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text
        assert prepared.sentence_at(sentence.start) is sentence
        last = sentence.end


ENTRIES = ["gun", "AK-47 rifle", "police  station", "9-mm pistol", "sniper's nest", "café"]
# With letters that a pattern ignoring case takes for i, s and k.
ODD = [
    "gun-law",
    "K\u0131ngun",
    "pol\u0130ce stat\u0131on",
    "\u017fniper's nest",
    "A\u212a-47 rifle",
]
PIECES = [*ENTRIES, *ODD, "GUN", "sNIPER’s", " ", "\n", "-", "_", ".", "the"]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_a_sentence_without_the_signs_of_a_list_has_no_entry_of_it(text):
    sentence = Sentence(text, 0, len(text), 0, 0, False)
    if lexicon.signs(ENTRIES).isdisjoint(sentence.words):
        assert lexicon.words(ENTRIES).search(text) is None


def test_signs_tell_a_sentence_that_has_an_entry():
    text = "He fired AK-47 rifles at the pol\u0130ce station."
    assert not lexicon.signs(ENTRIES).isdisjoint(Sentence(text, 0, len(text), 0, 0, False).words)


def test_what_is_read_once_is_read_once_for_each_text():
    asked = []

    @once
    def length(prepared):
        asked.append(prepared)
        return len(prepared.text)

    texts = [prepare(Document(id="d", text=text)) for text in ("Two died.", "One fled today.")]
    assert [length(texts[n]) for n in (0, 1, 0)] == [9, 15, 9]
    assert asked == texts
