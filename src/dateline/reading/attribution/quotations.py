"""Where words are quoted: spans between quotation marks, marks included."""

from __future__ import annotations

import re

from dateline.model import Span
from dateline.reading.prepared import Prepared

_MARKS = re.compile(r"[“”„«»\"]|''|``")
_OPENING = {"“", "„", "«", "``"}
_CLOSING = {"”", "»", "''"}
_LONGEST = 6_000  # characters; a mark left open does not swallow the report


def quotations(prepared: Prepared) -> tuple[Span, ...]:
    """The quotations of the text in order, none inside another.

    A quotation left open at the end of its paragraph goes on when the next paragraph
    opens with a mark again (the convention of English print); else it ends there.
    """
    found: list[Span] = []
    opened: int | None = None
    last_end = 0
    paragraph = -1
    text = prepared.text
    for sentence in prepared.sentences:
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            if opened is not None:
                found.append(Span(opened, last_end))
                opened = None
        for match in _MARKS.finditer(text, sentence.start, sentence.end):
            mark = match.group()
            if opened is not None and sentence.start - opened > _LONGEST:
                opened = None
            if mark == '"':
                closes = opened is not None
                if closes and _opens(text, match.start(), match.end()):
                    found.append(Span(opened or 0, match.start()))
                    opened = match.start()
                    continue
            else:
                closes = mark in _CLOSING
            if closes and opened is not None:
                found.append(Span(opened, match.end()))
                opened = None
            elif not closes and opened is None and mark not in _CLOSING:
                opened = match.start()
        last_end = sentence.end
    if opened is not None and last_end - opened <= _LONGEST:
        found.append(Span(opened, last_end))
    return tuple(span for span in found if span.end > span.start)


def _opens(text: str, start: int, end: int) -> bool:
    """Whether a straight mark can only be an opening one: space before, a word after."""
    before = text[start - 1 : start]
    return (not before or before.isspace()) and text[end : end + 1].isalnum()
