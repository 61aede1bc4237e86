"""Wire datelines: "KYIV, Oct 15 (Reuters) -", "BOGOTA, 20 NOV 89 (EFE) -- [TEXT]"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from dateline.sources.calendar_dates import PartialDate, named_dates
from dateline.sources.tables import table

# A dateline opens the report; a headline, a message number or a byline may stand above.
_LINES = 8
_REACH = 200

_DASH = r"(?:--+|[—–―]|-(?=\s))"
# Place, date, bracketed agency and dash; either the agency or the dash may be missing.
_DATED = re.compile(
    r"(?P<place>[^\W\d_](?:[^\W\d_]|[ .,'’()/-]){1,70}?)[,\s]\s*$",
)
_AFTER = re.compile(rf"[,.\s]*(?:\((?P<agency>[^()\d][^()]{{1,60}})\)\s*)?(?P<dash>{_DASH}|:)?")
_UNDATED = re.compile(
    r"\s*(?:(?P<place>[^\W\d_a-z](?:[^\W\d_]|[ .,'’-]){1,50}?)\s*)?"
    rf"\((?P<agency>[^()\d]{{2,40}})\)\s*{_DASH}"
)


class Dateline(NamedTuple):
    """What an opening dateline tells; ``agency`` is None where it names none we know."""

    date: PartialDate | None
    agency: str | None
    start: int
    end: int


@cache
def _agencies() -> dict[str, str]:
    agencies = table("agencies")["agencies"]
    return {alias: name for name, aliases in agencies.items() for alias in aliases}


def known_agency(words: str | None) -> str | None:
    """The name of an agency by its words in a dateline, None where it is not known."""
    if words is None:
        return None
    return _agencies().get(" ".join(words.casefold().split()))


def find_dateline(text: str) -> Dateline | None:
    """The dateline at the head of a report, None where there is none."""
    for number, match in enumerate(re.finditer(r"[^\r\n]+", text[:4000])):
        if number >= _LINES:
            break
        # The place or the agency may be broken over two lines of hard-wrapped copy.
        found = _at(text, match.start())
        if found:
            return found
    return None


def _at(text: str, start: int) -> Dateline | None:
    piece = text[start : start + _REACH]
    if "(" not in piece and re.search(_DASH, piece) is None:
        return None
    dates = named_dates(piece) if any(map(str.isdigit, piece)) else []
    if dates:
        date = dates[0]
        after = _AFTER.match(piece, date.end)
        place = _DATED.fullmatch(piece[: date.start].lstrip())
        if place and after and (after["agency"] or after["dash"]) and _is_place(place["place"]):
            return Dateline(
                date._replace(start=start + date.start, end=start + date.end),
                known_agency(after["agency"]),
                start,
                start + after.end(),
            )
    undated = _UNDATED.match(piece)
    if undated:
        agency = known_agency(undated["agency"])
        if agency and (undated["place"] is None or _is_place(undated["place"])):
            return Dateline(None, agency, start, start + undated.end())
    return None


def _is_place(words: str) -> bool:
    """Every word of a dateline's place is capitalised, but for little ones."""
    tokens = re.findall(r"[^\W\d_]+", words)
    return 0 < len(tokens) <= 8 and all(
        token[0].isupper() or token in {"de", "del", "la", "el", "of", "the", "al", "and", "da"}
        for token in tokens
    )
