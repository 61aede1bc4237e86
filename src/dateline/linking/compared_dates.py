"""How the dates of two mentions agree."""

from __future__ import annotations

from dateline.linking.candidate import BEFORE, DAY, MONTH, PUBLISHED, WEEK, Candidate
from dateline.linking.levels import Comparison, Level

SAME_NEWS = 15  # days between reports of one news
_STILL_TOLD = 20  # days between an event and the news of a report that tells no date

GAP = 'greatest(0, "first_l" - "last_r", "first_r" - "last_l")'
_COARSER = 'greatest("grain_l", "grain_r")'


def gap(a: Candidate, b: Candidate) -> int | None:
    """Days between two date ranges; 0 where they touch, None where one is unknown."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return None
    return max(0, a.first - b.last, b.first - a.last)


def maybe_misdated(a: Candidate, b: Candidate) -> bool:
    """Whether two days far apart may be of one event, one of them read wrongly.

    So where both reports came out in the same days, and name one person who did it: the day
    may be that of a hearing, or of what he had done before.
    """
    if not a.persons or not b.persons or a.published is None or b.published is None:
        return False
    return abs(a.published - b.published) <= SAME_NEWS and not set(a.persons).isdisjoint(b.persons)


MISDATED = (
    'coalesce(abs("published_l" - "published_r") <= '
    f'{SAME_NEWS} AND shared_count("persons_r", "persons_l") > 0, FALSE)'
)


def day_of_telling(a: Candidate, b: Candidate) -> bool:
    """Whether the later of two days is the day its report came out.

    "The toll rose on Tuesday": the day of the telling is easily read as that of the
    event, so such a day says less against the earlier one.
    """
    if a.first is None or b.first is None:
        return False
    later = a if a.first > b.first else b
    return later.published is not None and later.last == later.published


def _when(a: Candidate, b: Candidate) -> str | None:
    days = gap(a, b)
    if days is None or a.grain is None or b.grain is None:
        return None
    grain = max(a.grain, b.grain)
    if grain == BEFORE and days == 0:
        return None
    if grain == DAY:
        if days == 0:
            return "same_day"
        if days == 1:
            return "next_telling" if day_of_telling(a, b) else "next_day"
        if day_of_telling(a, b):
            return "telling" if days < 7 else "late_telling"
        return "two_days" if days == 2 else "days_apart"
    if days == 0:
        if grain <= WEEK:
            return "within_week"
        if grain == MONTH:
            return "within_month"
        return "within_news" if grain == PUBLISHED else "within_year"
    if days <= 3:
        return "close_range"
    return "still_told" if _is_still_told(a, b) else "out_of_range"


def _is_still_told(a: Candidate, b: Candidate) -> bool:
    """Whether one that tells no date came out in the weeks after the day of the other."""
    undated, dated = (a, b) if a.grain == PUBLISHED else (b, a)
    return (
        undated.grain == PUBLISHED
        and dated.grain == DAY
        and undated.first is not None
        and dated.last is not None
        and 0 < undated.first - dated.last <= _STILL_TOLD
    )


def _undated(one: str, other: str) -> str:
    return (
        f'"grain_{one}" = {PUBLISHED} AND "grain_{other}" = {DAY} '
        f'AND "first_{one}" > "last_{other}" '
        f'AND "first_{one}" - "last_{other}" <= {_STILL_TOLD}'
    )


TELLING = (
    'coalesce(CASE WHEN "first_l" > "first_r" THEN "last_l" = "published_l" '
    'ELSE "last_r" = "published_r" END, FALSE)'
)
WHEN = Comparison(
    "when",
    "date",
    ("first", "last", "grain", "published"),
    f'"first_l" IS NULL OR "first_r" IS NULL OR ({_COARSER} = {BEFORE} AND {GAP} = 0)',
    _when,
    (
        Level("same_day", "the same day", f"{_COARSER} = 0 AND {GAP} = 0"),
        Level(
            "next_telling",
            "one day apart, the later may be that of the report",
            f"{_COARSER} = 0 AND {TELLING} AND {GAP} = 1",
        ),
        Level("next_day", "one day apart", f"{_COARSER} = 0 AND {GAP} = 1"),
        Level(
            "telling",
            "the later day may be that of the report",
            f"{_COARSER} = 0 AND {TELLING} AND {GAP} < 7",
        ),
        Level(
            "late_telling",
            "a week or more apart, the later day may be that of the report",
            f"{_COARSER} = 0 AND {TELLING}",
        ),
        Level("two_days", "two days apart", f"{_COARSER} = 0 AND {GAP} = 2"),
        Level("days_apart", "different days", f"{_COARSER} = 0"),
        Level("within_week", "a day within the week told", f"{GAP} = 0 AND {_COARSER} = 1"),
        Level("within_month", "a day within the month told", f"{GAP} = 0 AND {_COARSER} = 2"),
        Level("within_year", "a day within the year told", f"{GAP} = 0 AND {_COARSER} = 3"),
        Level(
            "within_news",
            "no date told, but published soon after the other",
            f"{GAP} = 0 AND {_COARSER} = 4",
        ),
        Level("close_range", "ranges up to three days apart", f"{GAP} <= 3"),
        Level(
            "still_told",
            "no date told, but published some weeks after the other",
            f"({_undated('l', 'r')}) OR ({_undated('r', 'l')})",
        ),
        Level("out_of_range", "ranges that exclude each other", "ELSE"),
    ),
)
