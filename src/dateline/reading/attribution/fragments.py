"""Lines that are no sentences: bullets, standfirsts, subheads, captions.

The encoder sees a text as one run of words. Where lines end without a stop it takes what
the next ones tell for more of what the last speaker said. Nobody speaks from one bullet
into the next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.model import Span
from dateline.reading.prepared import Prepared, Sentence

_ENDS = frozenset(".!?…:;,—–-\"'”’»)]")
_OPENING = " “‘«"  # of the next speech, which a sentence may end with
# "― Ann Bell, Linz", below what she said.
_SIGNATURE = re.compile(r"[—–―-]+\s*[^\W\d_]\S*(?:\s+\S+){0,7}")


def within_lines(prepared: Prepared, home: Sentence | None, content: Sequence[Span]) -> list[Span]:
    """Pieces of content without what stands in other lines that are no sentences.

    ``home`` is the sentence of the cue. Where it is such a line itself, the content stays
    in it, unless it signs the speech above; else a piece keeps its sentences up to the first
    such line. What stands behind the colon of ``home`` may be a list.
    """
    kept = []
    for piece in content:
        cut = _cut(prepared, home, piece)
        if cut is not None and cut.end > cut.start:
            kept.append(cut)
    return kept


def is_fragment(sentence: Sentence) -> bool:
    """Whether a line ends without a mark."""
    return sentence.text.rstrip(_OPENING)[-1:] not in _ENDS


def _signs(home: Sentence, last: Sentence, piece: Span) -> bool:
    """Whether the line of the cue is the name below a speech that ends with a mark."""
    above = piece.end <= home.start and not is_fragment(last)
    return above and _SIGNATURE.fullmatch(home.text) is not None


def _cut(prepared: Prepared, home: Sentence | None, piece: Span) -> Span | None:
    first, last = prepared.sentence_at(piece.start), prepared.sentence_at(piece.end - 1)
    if home is None or first is None or last is None:
        return piece
    if _signs(home, last, piece) or (home.text.endswith(":") and piece.end > home.end):
        return piece
    if is_fragment(home):
        start, end = max(piece.start, home.start), min(piece.end, home.end)
        return Span(start, end) if start < end else None
    between = prepared.sentences[first.index : last.index + 1]
    if len(between) < 2 and first is not home:
        return None if is_fragment(first) and first.paragraph != home.paragraph else piece
    lines = [one for one in between if one is not home and is_fragment(one)]
    start, end = piece.start, piece.end
    for line in lines:
        # What stands on the other side of the line than the cue goes with it.
        if line.end <= home.start:
            start = max(start, line.end)
        else:
            end = min(end, line.start)
    while start < end and prepared.text[start].isspace():
        start += 1
    while start < end and prepared.text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
