"""One report: its text cut into stretches, with claims and furniture marked in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from dateline.desk.views import Segment
from dateline.export.plain import clean
from dateline.model import Claim, Span

PART = 60_000
"""Characters of text on one page; a longer report is shown in parts."""

_NEAR = 2_000  # how far a part may be moved so that it ends between two paragraphs


def parts_of(text: str) -> list[Span]:
    """The parts a text is shown in, without a gap; at least one, cut at line ends if any."""
    parts: list[Span] = []
    start = 0
    while len(text) - start > PART:
        end = start + PART
        line_end = text.rfind("\n", end - _NEAR, end)
        if line_end > start:
            end = line_end + 1
        parts.append(Span(start, end))
        start = end
    parts.append(Span(start, len(text)))
    return parts


def part_with(parts: Sequence[Span], position: int) -> int:
    """The number of the part a position of the text is in, from 0."""
    for number, part in enumerate(parts):
        if position < part.end:
            return number
    return len(parts) - 1


def segments(
    text: str, claims: Iterable[Claim], furniture: Iterable[Span], part: Span
) -> tuple[Segment, ...]:
    """The part of a text in stretches, each under one set of claims.

    Claims may overlap: where they do, each stretch names all that cover it, the longest
    first. A span that reaches beyond the part is cut to it; an empty one marks nothing.
    """
    spans = sorted(
        {
            (claim.id, claim.kind, *_clip(claim.span, part))
            for claim in claims
            if claim.span.start < part.end and claim.span.end > part.start
        },
        key=lambda item: (item[2] - item[3], item[2], item[0]),
    )
    spans = [item for item in spans if item[2] < item[3]]
    grey = [clipped for span in furniture if (clipped := _clip(span, part))[0] < clipped[1]]
    # Each edge starts a stretch; what covers it is kept up to date on the way.
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for index, (_, _, start, end) in enumerate(spans):
        opening.setdefault(start, []).append(index)
        closing.setdefault(end, []).append(index)
    grey_change: dict[int, int] = {}
    for start, end in grey:
        grey_change[start] = grey_change.get(start, 0) + 1
        grey_change[end] = grey_change.get(end, 0) - 1
    edges = sorted({part.start, part.end, *opening, *closing, *grey_change})
    found: list[Segment] = []
    over: set[int] = set()
    depth = 0
    for position, until in pairwise(edges):
        over.difference_update(closing.get(position, ()))
        over.update(opening.get(position, ()))
        depth += grey_change.get(position, 0)
        covering = sorted(over)
        found.append(
            Segment(
                text=clean(text[position:until]),
                start=position,
                claims=tuple(spans[i][0] for i in covering),
                begins=tuple(spans[i][0] for i in covering if spans[i][2] == position),
                kinds=tuple(dict.fromkeys(spans[i][1] for i in covering)),
                furniture=depth > 0,
            )
        )
    return tuple(found)


def _clip(span: Span, part: Span) -> tuple[int, int]:
    return max(span.start, part.start), min(span.end, part.end)
