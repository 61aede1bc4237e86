from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dateline.desk.report_view import parts_of, segments
from dateline.export.plain import clean
from dateline.model import Claim, MotiveValue, Span

TEXT = "Two soldiers were shot near the town, and five\nmore were hurt later."
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
    lambda ends: Span(min(ends), max(ends))
)


def claims_at(places: list[Span]) -> list[Claim]:
    return [
        Claim(id=f"c{number}", kind="motive", value=MotiveValue(description="x"), span=span)
        for number, span in enumerate(places)
    ]


@given(st.lists(spans, max_size=8), st.lists(spans, max_size=3), spans)
def test_segments_cover_the_part_and_mark_what_lies_over_it(
    places: list[Span], grey: list[Span], part: Span
):
    claims = claims_at(places)
    found = segments(TEXT, claims, grey, part)
    assert "".join(segment.text for segment in found) == clean(TEXT[part.start : part.end])
    at = part.start
    for segment in found:
        assert segment.start == at
        for position in range(at, at + len(segment.text)):
            over = {c.id for c in claims if c.span.start <= position < c.span.end}
            assert set(segment.claims) == over
            assert segment.furniture == any(s.start <= position < s.end for s in grey)
        at += len(segment.text)
    begun = [id for segment in found for id in segment.begins]
    assert len(begun) == len(set(begun)), "an id is given to one element only"


def test_the_inner_claim_comes_last():
    outer, inner = claims_at([Span(0, 20), Span(4, 12)])
    found = segments(TEXT, [inner, outer], (), Span(0, len(TEXT)))
    assert found[1].claims == (outer.id, inner.id)


def test_parts_have_no_gap_and_end_at_lines_where_they_can():
    text = ("line of text\n" * 20_000) + "x" * 200_000
    parts = parts_of(text)
    assert parts[0].start == 0
    assert parts[-1].end == len(text)
    assert all(a.end == b.start for a, b in pairwise(parts))
    assert text[parts[0].end - 1] == "\n"
    assert parts_of("") == [Span(0, 0)]
