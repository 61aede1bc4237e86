"""The headline of a plain text, where its first line reads as one."""

from __future__ import annotations

import re

from dateline.sources.dateline_line import find_dateline
from dateline.sources.furniture import is_furniture
from dateline.sources.stated_date import is_date_line

_LONGEST = 160
_FEWEST_WORDS = 3
_REACH = 2000
# No headline ends in one of these; a line that was broken at a width does.
_LITTLE_WORDS = frozenset(
    "a an and as at but by for from her his in into its near of on or over than that the their "
    "to under was were when where which while who with".split()
)
_WRAPPED_AT = (40, 100)


def headline(text: str) -> str | None:
    """The first line, where it is short, does not end as a sentence and stands by itself.

    A dateline, a label, a date and the first line of wrapped copy are no headlines.
    """
    lines = text.lstrip("\ufeff \t\r\n")[:_REACH].splitlines()
    line = lines[0].strip() if lines else ""
    following = next((other.strip() for other in lines[1:] if other.strip()), "")
    blank = len(lines) > 1 and not lines[1].strip()
    words = re.findall(r"[^\W\d_]+", line)
    if len(line) > _LONGEST or len(words) < _FEWEST_WORDS or not following:
        return None
    # One full stop may be an initial's or an abbreviation's; an ellipsis is a headline's.
    if re.search(r"[^.][.:;,]$", line) and not re.search(r"\b[A-Z](?:\.[A-Z])+\.$", line):
        return None
    if not blank and words[-1] in _LITTLE_WORDS:
        return None
    low, high = _WRAPPED_AT
    if not blank and (following[0].islower() or low <= len(following) <= high < 2 * len(line)):
        return None
    if re.search(r"\)\s*--|--\s*\[", line):
        return None  # the header of a telex without a date
    if is_date_line(line) or is_furniture(line) or find_dateline(line):
        return None
    return line
