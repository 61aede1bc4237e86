"""The date of publication as a page or a report states it in its own words."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from dateline.model import Span
from dateline.sources.calendar_dates import (
    alternatives,
    labels,
    named_dates,
    parse_date,
    safe_date,
    weekdays_in,
)
from dateline.sources.dateline_line import Dateline

# A page states its date above the report or right below it.
_HEAD_LINES = 10
_TAIL_LINES = 6
_LONGEST = 120

_CLOCK = (
    r"(?:(?:\bat|\bв|\ba las|\bum)?[\s,|-]*\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?"
    r"[\s,]*(?:\(?(?:GMT|UTC|BST|EST|EDT|ET|CET|CEST|EET|EEST|MSK|PST|PDT|PT|IST|JST|Z)"
    r"(?:[+-]\d{1,2}(?::?\d{2})?)?\)?)?)"
)
_NOISE = re.compile(rf"{_CLOCK}|\d{{1,2}}\s*min(?:ute)?s?\s+read|\bread\b", re.IGNORECASE)
_BYLINE = re.compile(
    r"^\s*(?:by\s+)?[^\W\d_][^\d|·•—–]{2,60}?(?:\s*[|·•—–]\s*|\s*,\s*|\s+-\s+)(?=\S*\d|[A-Z])"
)
_LETTER = re.compile(r"[^\W\d_]")


class Stated(NamedTuple):
    """A date of publication and the line that states it."""

    date: dt.date
    span: Span
    updated: bool = False


@cache
def _label(kind: str) -> re.Pattern[str]:
    words = alternatives(labels(kind))
    return re.compile(rf"\s*[\[(*•|-]?\s*{words}\b\s*[:|–—-]?\s*(?=\S*\d|[^\W\d_])", re.IGNORECASE)


def stated_date(text: str, dateline: Dateline | None) -> Stated | None:
    """The date a text states as its own, None where it states none or an unclear one.

    Looked for in a labelled line ("Post At: Jul 12/2024 08:50PM") near the head or the foot
    of the text, a line near the head that is nothing but a date, perhaps after a byline,
    and the dateline of a wire report. The date of an update counts only where
    there is no other.
    """
    near = _spoken_of(text)
    head, foot = _edges(text)
    dated = []
    # A date alone below the first sentences is that of a correction or a quoted letter.
    above = True
    for number, (start, line) in enumerate(head + foot):
        above = above and not (number and _is_sentence(line))
        if _plausible(line) and (above or _labelled(line)):
            found = _of_line(start, line, near)
            if found:
                dated.append(found)
    for found in dated:
        if not found.updated:
            return found
    if dateline and dateline.date and dateline.date.date:
        return Stated(dateline.date.date, Span(dateline.date.start, dateline.date.end))
    return dated[0] if dated else None


def is_date_line(line: str) -> bool:
    """Whether a line says when the page was published, and nothing else."""
    if not _plausible(line):
        return False
    return _labelled(line) is not None or _bare(line) is not None


def _plausible(line: str) -> bool:
    return len(line) <= _LONGEST and any(map(str.isdigit, line))


def _is_sentence(line: str) -> bool:
    return line.rstrip().endswith((".", "!", "?", '"', "”")) and line.count(" ") >= 8


def _labelled(line: str) -> tuple[str, bool] | None:
    """The words after a label, and whether they tell of an update."""
    for kind in ("published", "updated"):
        match = _label(kind).match(line)
        if match:
            rest = line[match.end() :]
            if parse_date(rest) or re.search(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}", rest):
                return (rest, kind == "updated") if _left_over(rest) <= 24 else None
    return None


def _bare(line: str) -> str | None:
    """The line without a byline, where the rest is only a date with its year."""
    for candidate in (line, _BYLINE.sub("", line, count=1)):
        if parse_date(candidate) and _left_over(candidate) <= 3:
            return candidate
    return None


def _left_over(line: str) -> int:
    """How many letters remain beside the date, weekday, clock and zone."""
    line = _NOISE.sub(" ", line)
    for date in reversed(named_dates(line)):
        line = line[: date.start] + " " + line[date.end :]
    for _, at in reversed(weekdays_in(line)):
        line = line[:at] + re.sub(r"^\w+", " ", line[at:])
    return len(_LETTER.findall(re.sub(r"\d{4}-\d{2}-\d{2}T?", " ", line)))


def _of_line(start: int, line: str, near: tuple[dt.date, ...]) -> Stated | None:
    labelled = _labelled(line)
    words, updated = labelled if labelled else (_bare(line), False)
    date = parse_date(words, near) if words else None
    if date is None:
        return None
    return Stated(date, Span(start, start + len(line)), updated)


def _edges(text: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The first and the last lines that are not blank, with their offsets; none twice."""
    head = _lines(text, 0, min(len(text), 20_000))[:_HEAD_LINES]
    after = head[-1][0] + len(head[-1][1]) if head else 0
    return head, _lines(text, max(after, len(text) - 4000), len(text))[-_TAIL_LINES:]


def _lines(text: str, start: int, end: int) -> list[tuple[int, str]]:
    return [
        (match.start(), match.group())
        for match in re.compile(r"[^\r\n]+").finditer(text, start, end)
        if not match.group().isspace()
    ]


def _spoken_of(text: str) -> tuple[dt.date, ...]:
    """Days in the first part of the text, in every year a numeric date could mean.

    Only compared with the readings of one numeric date, so that a day without a year
    serves as well: it is tried in the years around.
    """
    numeric = re.search(r"(?<!\d)\d{1,2}[-/]\d{1,2}[-/](\d{4})(?!\d)", text[:20_000])
    if numeric is None:
        return ()
    year = int(numeric[1])
    days = (
        safe_date(date.year or year, date.month, date.day) for date in named_dates(text[:20_000])
    )
    return tuple(day for day in days if day)
