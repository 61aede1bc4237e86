"""Where the sentences of wire copy in capitals begin."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_END = re.compile(r"[.!?][\"')\]]*(?=\s\s|\n|\s+[\"(\[]|$)|[.!?][\"']?\s(?=(?:THE|HE|IT|IN|A)\s)")
_ABBREVIATED = re.compile(r"\b(?:GEN|COL|LT|CAPT|MAJ|SGT|DR|MR|MRS|MSGR|REV|JR|ST|NO|[A-Z])\.$")


def body_of(text: str) -> int:
    """Where the report begins, after its dateline."""
    body = text.find("[TEXT]")
    if 0 <= body < 600:
        return body + 6
    dash = text.find("--", 0, 200)
    return dash + 2 if dash >= 0 else 0


def starts_of(text: str) -> npt.NDArray[np.int64]:
    """Character offsets at which sentences begin, the first that of the body."""
    at = body_of(text)
    found = [at]
    breaks = [m.span() for m in _PARAGRAPH.finditer(text, at)]
    for start, end in [*breaks, (len(text), len(text))]:
        begin = at
        for m in _END.finditer(text, at, start):
            if not _ABBREVIATED.search(text[max(begin, m.start() - 6) : m.start() + 1]):
                begin = m.end()
                found.append(begin)
        at = end
        found.append(at)
    stop = len(text.rstrip())
    return np.unique(np.array([one for one in found if one < stop] or [0]))
