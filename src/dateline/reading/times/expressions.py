"""When: the time expressions of a text, with TIMEX3 types and values.

The forms are those of TimeML 1.2.1 as TimeBank uses them; docs/times.md tells what is
read and what is not. Nothing here looks at a clock: without a publication date a
relative expression keeps a value with X for what is not known.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence

from dateline.model import DatePrecision, Span, Timex
from dateline.reading.prepared import Prepared
from dateline.reading.times.calendar import covered
from dateline.reading.times.timex_patterns import ANY
from dateline.reading.times.timex_relative import TimexRules

# Words that belong to the expression they stand before.
_LEAD = re.compile(
    r"(?<!\w)(?:(?:at least|at most|no (?:more|less|later) than|less than|more than|nearly|almost"
    r"|about|around|approximately|roughly|just|up to|the (?:end|beginning|start|middle) of"
    r"|the|early|late|later|earlier|mid)[ \t\n])*"
    r"(?:at least|at most|no (?:more|less|later) than|less than|more than|nearly|almost|about"
    r"|approximately|roughly|up to|the (?:end|beginning|start|middle) of|the|early|late|later"
    r"|earlier|mid)(?:[ \t\n]|(?<=mid)-)$",
    re.IGNORECASE,
)
_LEAD_WIDTH = 40


def find_times(prepared: Prepared, reference: dt.date | None) -> tuple[Timex, ...]:
    """The time expressions of the text, in text order, never overlapping.

    ``reference`` is the publication date, from which relative expressions are counted.
    Without it "Saturday" is ``XXXX-WXX-6`` and "last month" ``XXXX-XX``: found, but with
    no days. Page furniture is not read.
    """
    text = prepared.text
    if reference is not None and not 1000 <= reference.year <= 9000:
        reference = None  # no publication date, and too near the ends of the calendar
    rules = TimexRules(text, reference, all_caps=prepared.all_caps)
    times: list[Timex] = []
    at, taken = 0, 0
    while (m := ANY.search(text, at)) is not None:
        sentence = prepared.sentence_at(m.start())
        if sentence is None or m.lastgroup is None:
            at = m.start() + 1
            continue
        found = rules.read(m.lastgroup, m.start(), (sentence.start, sentence.end))
        if not found:
            at = m.start() + 1
            continue
        for one in found:
            start = max(taken, one.start)
            if one is found[0]:
                start = _lead(text, max(taken, sentence.start), start)
            days = covered(one.value) if one.calendar and one.type in {"DATE", "TIME"} else None
            times.append(
                Timex(
                    span=Span(start, one.end),
                    type=one.type,
                    value=one.value,
                    start=days[0] if days else None,
                    end=days[1] if days else None,
                )
            )
            taken = one.end
        at = taken
    return tuple(times)


def _lead(text: str, floor: int, start: int) -> int:
    """Where the expression starts with the words before it that belong to it."""
    low = max(floor, start - _LEAD_WIDTH)
    if low >= start:
        return start
    m = _LEAD.search(text[low:start])
    return low + m.start() if m else start


def day_range(timex: Timex) -> tuple[dt.date, dt.date, DatePrecision] | None:
    """First and last day a DATE or TIME covers, and how precisely it was told.

    A weekend counts as a week, a quarter, a season or a decade as a year, after the
    coarse steps of UCDP GED's ``date_prec``. None for durations, sets and expressions
    whose days are not known.
    """
    if timex.start is None or timex.end is None or timex.type not in {"DATE", "TIME"}:
        return None
    length = (timex.end - timex.start).days
    precision: DatePrecision = (
        "day" if length == 0 else "week" if length <= 7 else "month" if length <= 31 else "year"
    )
    return timex.start, timex.end, precision


def times_in(span: Span, times: Sequence[Timex]) -> tuple[Timex, ...]:
    """The expressions that lie inside a span (a sentence's, say); ``times`` in text order."""
    first = bisect_left(times, span.start, key=lambda timex: timex.span.start)
    inside: list[Timex] = []
    for timex in times[first:]:
        if timex.span.start >= span.end:
            break
        if timex.span.end <= span.end:
            inside.append(timex)
    return tuple(inside)
