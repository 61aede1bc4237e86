"""Where a report opens: below byline, date, stand-first and highlights.

Pages put lines of their own above the first sentence ("By Ann Lee", "Updated 4:12 PM",
"Story highlights"), and what is said of an opening sentence is not true of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.reading.prepared import Prepared, Sentence, once

_LINES = 14  # lines of the body in which a report opens; what has none of prose there is a list
_WORDS = 5  # a sentence has more; "By The Local." has fewer
_STOPPED = re.compile(r"[.!?…][\"”'’»)\]]*\Z")
_LABEL = re.compile(
    r"[\W_]*(?:by\s+(?-i:[A-Z])|(?:last\s+)?updated\b|published\b|posted\b|image\s+c(?:opyright|aption)"
    r"|photo(?:graph)?s?\b\s*[:/]|related\b|read\s+more\b|story\s+highlights\b|key\s+points\b"
    r"|(?:breaking|developing)\s*:?\s*\Z)|\s*[•*▪◦·–—-]\s",
    re.IGNORECASE,
)


@once
def body_start(prepared: Prepared) -> int:
    """The index of the first sentence of prose below the headline, past the lines above it.

    That of the first sentence below the headline where no line near the top reads as prose.
    """
    first = next((s.index for s in prepared.sentences if not s.title), 0)
    for sentence in prepared.sentences[first : first + _LINES]:
        if is_prose(sentence):
            return sentence.index
    return first


def opening(prepared: Prepared, sentences: int) -> Sequence[Sentence]:
    """The first sentences of prose below the headline."""
    start = body_start(prepared)
    return prepared.sentences[start : start + sentences]


def is_prose(sentence: Sentence) -> bool:
    """Whether a line ends as a sentence does and is no byline, date, caption or highlight."""
    text = sentence.text
    if _STOPPED.search(text[-4:]) is None or _LABEL.match(text[:80]) is not None:
        return False
    return len(sentence.tokens) > _WORDS
