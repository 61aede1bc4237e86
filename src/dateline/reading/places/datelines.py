"""The place of a wire dateline: "KYIV, Oct 15 (Reuters) —", "LIMA, 16 JAN 90 (EFE) --".

It tells where the report was filed, which is not always where things happened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.model import Place
from dateline.reading.prepared import Prepared

_PARAGRAPHS = 4  # a dateline stands below the headline and a by-line at most
_HEAD = re.compile(
    r"[\s\"“*]{0,5}(?P<place>[^\W\d_][^\n()\[\]:;—–]{1,60}?)"
    r"(?P<date>,?\s{1,3}(?:[^\W\d_]{3,9}\.?\s{1,2}\d{1,2}|\d{1,2}\s{1,2}[^\W\d_]{3,9}\.?)"
    r"(?:,?\s{1,2}(?:\d{4}|\d{2}))?)?"
    r"\s{0,3}(?P<agency>(?:\([^()\n]{2,60}\)\s{0,3}){0,3})"
    r"(?:[,\s]{0,3}\d{1,2}\s\w{3,9}\s{0,2})?"
    r"(?P<mark>--+|—|–|-\s|:\s)"
)


def dateline_place(prepared: Prepared, places: Sequence[Place]) -> Place | None:
    """The place of the dateline at the head of a text, None where it has none.

    ``places`` are those of :func:`dateline.reading.places.resolving.find_places`.
    """
    by_start = {p.span.start: p for p in places if p.span is not None}
    seen: list[int] = []
    for sentence in prepared.sentences:
        if sentence.paragraph in seen:
            continue
        seen.append(sentence.paragraph)
        if len(seen) > _PARAGRAPHS:
            break
        match = _HEAD.match(
            prepared.text, sentence.start, min(len(prepared.text), sentence.start + 240)
        )
        if match is None:
            continue
        place = by_start.get(match.start("place"))
        if place is None or place.span is None:
            continue
        words = prepared.text[place.span.start : place.span.end]
        loud = words.isupper() and len(words) > 2
        if match["mark"].startswith(":") and not loud:
            continue
        # A place, then nothing but its region, in capitals or with a date or an agency.
        rest = prepared.text[place.span.end : match.end("place")]
        if rest.strip() and not rest.lstrip().startswith(","):
            continue
        if (loud and not prepared.all_caps) or match["date"] or match["agency"]:
            return place
    return None
