"""The dateline of a report: where it ends, and the place it names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from dateline.model import Place, Timex
from dateline.reading.prepared import Prepared

# "SAN JUAN, 3 MAY 89 (EFE) -- [TEXT]", "KYIV, Oct 15 (Reuters) -": where and when it was
# filed, not where and when it happened.
_PLACE_LINE = re.compile(
    r"[A-Z][A-Z.'’-]{2,30}(?:[ /][A-Z.'’-]{2,30}){0,4}"  # "PORT MARLEN"
    r"(?:, [A-Z][\w.]{1,20}){0,2}(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?"  # ", Ohio, May 3"
    r"\s{0,2}(?:\([^()\n]{2,40}\)){0,2}\s{0,3}(?:--|[—–]|-(?=\s))"  # " (Reuters) -"
    r"|[A-Z][A-Z.'’-]{2,30}(?:[ /][A-Z.'’-]{2,30}){0,4}(?:, [A-Z][\w.]{1,20})?\s{1,2}"
    r"\([A-Z][\w /]{1,30}\)"  # "PORT MARLEN (AP)"
    r"|[A-Z]{3,30}(?: [A-Z]{2,30}){0,2}:(?= [A-Z][a-z]|\sA )"  # "LIMA: A bus"
)
_DASH = re.compile(r"--|—|–| - ")
_DATELINE_WIDTH = 100
_PLAIN = re.compile(r"\b[a-z]{2,}\b")
_PLAIN_WORDS = 3  # words without a capital that a dateline may have: "from our man in Lima"


def filed_end(prepared: Prepared, times: Sequence[Timex], reference: dt.date | None) -> int:
    """Where the dateline ends; 0 where there is none.

    A dateline is a place in capitals before a dash, or anything before a dash with the
    day the text was written.
    """
    start = next((s.start for s in prepared.sentences if not s.title), 0)
    plain = _PLACE_LINE.match(prepared.text, start)
    if plain and not prepared.all_caps:
        return plain.end()
    for timex in times:
        if reference is None or timex.span.start > start + _DATELINE_WIDTH:
            break
        near = timex.start is not None and abs((timex.start - reference).days) <= 1
        mark = _DASH.search(prepared.text, timex.span.end, timex.span.end + _DATELINE_WIDTH)
        if near and mark and "." not in prepared.text[timex.span.end : mark.start()].strip("."):
            # "A boy of 17 was stabbed to death last night — in a row over a moped."
            head = prepared.text[start : mark.start()]
            return mark.end() if len(_PLAIN.findall(head)) <= _PLAIN_WORDS else 0
    return 0


def filed_from(places: Sequence[Place], end: int) -> Place | None:
    """The place of the dateline that ends at ``end``; None where it names none."""
    named = [p for p in places if p.span is not None and p.span.start < end]
    return min(named, key=lambda p: p.span or (0, 0)) if named else None
