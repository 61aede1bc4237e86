"""A whole document read: claims, incidents, chains, and what is left out."""

import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import CasualtyValue, Document
from dateline.reading.claims import claim_id
from dateline.reading.reader import read_document

REPORT = """A recruit killed three fellow soldiers at a barracks in the Rostov region on Tuesday, \
the Vestnik channel reported on Wednesday.

The shooting broke out after an argument, a source at the regional police told the channel.

Four more servicemen were wounded, according to the Russian Defense Ministry.

Since the war began, about 9,000 men have deserted, a monitoring group says."""
WRITTEN = dt.date(2023, 3, 15)


def read(text=REPORT, scope="violence", **fields):
    fields = {"language": "en", "published_at": WRITTEN, "publisher": "Example Post", **fields}
    return read_document(Document(id="doc", text=text, **fields), scope)


def test_one_incident_with_its_date_and_region():
    reading = read()
    (mention,) = reading.mentions
    assert mention.index == 0
    assert mention.document_id == "doc"
    assert mention.date.start == dt.date(2023, 3, 14)
    assert mention.place.country == "RU"
    assert "Rostov" in mention.place.name
    assert not mention.background
    assert reading.warnings == ()
    assert reading.incidents == ()


def test_claims_belong_to_the_mention_that_lists_them():
    reading = read()
    (mention,) = reading.mentions
    owned = {claim.id for claim in reading.claims if claim.incident == 0}
    assert set(mention.claims) == owned
    kinds = {claim.kind for claim in reading.claims if claim.incident == 0}
    assert {"casualty", "event", "time", "place"} <= kinds
    killed = {
        claim.value.min
        for claim in reading.claims
        if isinstance(claim.value, CasualtyValue) and claim.value.effect == "killed"
    }
    assert killed == {3}


def test_statistics_are_of_no_incident():
    reading = read()
    assert reading.statistics
    assert all(claim.incident is None for claim in reading.statistics)


def test_chains_begin_with_the_publisher():
    reading = read()
    assert reading.claims
    for claim in reading.claims:
        assert claim.chains
        assert all(chain[0] == "Example Post" for chain in claim.chains)
    named = {source.name for source in reading.sources}
    assert {name for claim in reading.claims for chain in claim.chains for name in chain} <= named


def test_scope_decides_about_accidents_but_not_about_their_claims():
    text = "Nine people were killed when a bus crashed near Lyon on Monday, police said."
    assert read(text).mentions == ()
    (mention,) = read(text, scope="harm").mentions
    assert mention.type == "road_crash"
    for reading in (read(text), read(text, scope="harm")):
        assert [c.value.min for c in reading.claims if c.kind == "casualty"] == [9]


def test_another_language_is_not_guessed_at():
    reading = read("Двое военнослужащих погибли в Белгородской области.", language="ru")
    assert reading.claims == ()
    assert reading.mentions == ()
    assert any("English" in warning for warning in reading.warnings)


def test_what_an_incident_lacks_is_said():
    reading = read("A car bomb killed six people at a market, police said.", published_at=None)
    (mention,) = reading.mentions
    assert mention.date is None
    assert mention.place is None
    assert any("no date" in warning for warning in reading.warnings)
    assert any("no place" in warning for warning in reading.warnings)


def test_claim_ids_depend_on_document_span_kind_and_value():
    claims = read().claims
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert claim.id == claim_id("doc", claim.span, claim.kind, claim.value)
        assert claim.id != claim_id("other", claim.span, claim.kind, claim.value)


def test_same_input_same_output():
    assert msgspec.json.encode(read()) == msgspec.json.encode(read())


@pytest.mark.parametrize(
    "text", [" ", "😀😀😀", "\x00\x00", "...", "killed killed killed", "1" * 5000]
)
def test_odd_texts_are_read(text):
    assert read(text, scope="harm").mentions == ()


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            ["killed", "bomb", "in", "Paris", "on", "Monday", "two", "people", "said", "police",
             "\n\n", ".", ",", "“", "”", "’s", "\u202e", "\ud83d", "e\u0301", "12", "shot"]
        ),
        max_size=60,
    )
)  # fmt: skip
def test_spans_lie_in_the_text(words):
    text = " ".join(words) or "x"
    reading = read(text)
    for claim in reading.claims:
        assert 0 <= claim.span.start < claim.span.end <= len(text)
        assert claim.incident is None or claim.incident < len(reading.mentions)


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit a market in Celje, killing 26.",
        "Twelve people died in the shelling of Celje.",
    ],
)
def test_shelling_alone_makes_an_incident(text):
    reading = read(text, published_at=None)
    assert [mention.type for mention in reading.mentions] == ["shelling"]


def test_a_short_year_without_a_publication_date_is_warned_of():
    text = "A gunman opened fire in a bar in Celje on 10/16/22, killing three people, police said."
    reading = read(text, published_at=None)
    assert reading.mentions[0].date.start == dt.date(2022, 10, 16)
    assert any("10/16/22" in warning for warning in reading.warnings)
