"""Message files of MUC-3 and MUC-4: identities, bodies, datelines."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_HEAD = re.compile(r"^([A-Z][A-Z0-9]*-MUC\d-\d{4})\b.*$", re.M)
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_DATELINE = re.compile(
    r"\s*(?P<place>[^,\n]{2,60}?)\s*(?:\((?P<country>[A-Z .]{3,30})\)\s*)?,\s*"
    r"(?P<day>\d{1,2})\s+(?P<month>[A-Z]{3})[A-Z]*(?:\s+(?P<year>\d{2}))?\b"
)
_YEAR = 89  # of a dateline without one: most of the wire is of that year


class Message(NamedTuple):
    """One message; ``place`` and ``country`` are those of its dateline, in capitals."""

    id: str
    text: str
    date: dt.date | None
    place: str
    country: str


def read_messages(path: Path) -> Iterator[Message]:
    """The messages of one file, in order."""
    text = path.read_text(encoding="latin-1").replace("\r", "")
    heads = list(_HEAD.finditer(text))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        body = text[head.end() : following.start() if following else len(text)].strip("\n")
        yield message(head[1], body.strip())


def message(identity: str, text: str) -> Message:
    """A message with its dateline read."""
    found = _DATELINE.match(text[:200])
    if found is None:
        return Message(identity, text, None, "", "")
    date = None
    if found["month"] in _MONTHS:
        year = 1900 + int(found["year"] or _YEAR)
        try:
            date = dt.date(year, _MONTHS.index(found["month"]) + 1, int(found["day"]))
        except ValueError:
            date = None
    place = found["place"].strip()
    return Message(identity, text, date, place, (found["country"] or "").strip())


def written(day: dt.date) -> str:
    """A day as templates write it: "05 JAN 89"."""
    return f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year % 100:02d}"
