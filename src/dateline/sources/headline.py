"""The headline of a plain text, where its first line reads as one."""

from __future__ import annotations

import re

from dateline.sources.dateline_line import find_dateline
from dateline.sources.furniture import is_furniture
from dateline.sources.stated_date import is_date_line

_LONGEST = 160
_FEWEST_WORDS = 3
_LINES = re.compile(r"[ \t]*([^\r\n]+?)[ \t]*(\r\n|\r|\n)([ \t]*[\r\n])?\s*([^\r\n]*)")


def headline(text: str) -> str | None:
    """The first line, where it is short, does not end as a sentence and stands by itself.

    A dateline, a label, a date and the first line of wrapped copy are no headlines.
    """
    match = _LINES.match(text.lstrip("\ufeff \t\r\n")[:2000])
    if match is None:
        return None
    line, blank, following = match[1], match[3] is not None, match[4]
    words = re.findall(r"[^\W\d_]+", line)
    if len(line) > _LONGEST or len(words) < _FEWEST_WORDS or not following:
        return None
    # One full stop may be an initial's or an abbreviation's; an ellipsis is a headline's.
    if re.search(r"[^.][.:;,]$", line) and not re.search(r"\b[A-Z](?:\.[A-Z])+\.$", line):
        return None
    if not blank and (following[0].islower() or 40 <= len(following) <= 100 < 2 * len(line)):
        return None
    if re.search(r"\)\s*--|--\s*\[", line):
        return None  # the header of a telex without a date
    if is_date_line(line) or is_furniture(line) or find_dateline(line):
        return None
    return line
