"""What rules out that two mentions are one incident, whatever else speaks for it."""

from __future__ import annotations

from dateline.linking.candidate import BEFORE, DAY, PUBLISHED, Candidate
from dateline.linking.compared_dates import (
    GAP,
    MISDATED,
    TELLING,
    day_of_telling,
    gap,
    maybe_misdated,
)
from dateline.linking.compared_places import (
    APART_KM,
    BOTH,
    KM,
    MISPLACED,
    distance,
    maybe_misplaced,
)

WEEK_APART = 7
"""Days between two explicit dates from which they cannot be of one incident."""

OLD_DAYS_APART = 3
"""The same where one is an earlier incident told as background: it was set apart by a
date, so dates must not differ by more than a slip of the night or the time zone."""

TELLING_DAYS_APART = 21
"""The same where the later day is the one its report came out: it may be no more than
the day of the telling."""

NEWS_DAYS_APART = 30
"""The same where a date is only concluded from the day of publication."""


def veto(a: Candidate, b: Candidate) -> str | None:
    """Why the two cannot be one incident, in words; None where nothing rules it out."""
    if a.document == b.document:
        return "one report tells them as two incidents"
    days = gap(a, b)
    dated = days is not None and None not in (a.grain, b.grain)
    if dated and (days or 0) > days_allowed(a, b) and not maybe_misdated(a, b):
        return f"their dates are {days} days apart"
    if a.is_point and b.is_point:
        km = distance(a, b)
        if km is not None and km > APART_KM and not maybe_misplaced(a, b):
            return f"their places are {km:.0f} km apart"
    return None


def days_allowed(a: Candidate, b: Candidate) -> int:
    """The most days that may lie between the date ranges of the two."""
    grains = {a.grain, b.grain}
    if PUBLISHED in grains:
        return NEWS_DAYS_APART
    if BEFORE in grains:
        return 0
    if a.background or b.background:
        return OLD_DAYS_APART
    if grains == {DAY} and day_of_telling(a, b):
        return TELLING_DAYS_APART
    return WEEK_APART - 1


def least_days_allowed(c: Candidate) -> int:
    """The fewest days :func:`days_allowed` gives for this mention and any other."""
    if c.grain == PUBLISHED:
        return NEWS_DAYS_APART
    if c.grain == BEFORE:
        return 0
    return OLD_DAYS_APART if c.background else WEEK_APART - 1


_DAYS_ALLOWED = (
    f'CASE WHEN "grain_l" = {PUBLISHED} OR "grain_r" = {PUBLISHED} THEN {NEWS_DAYS_APART} '
    f'WHEN "grain_l" = {BEFORE} OR "grain_r" = {BEFORE} THEN 0 '
    f'WHEN "background_l" OR "background_r" THEN {OLD_DAYS_APART} '
    f'WHEN "grain_l" = {DAY} AND "grain_r" = {DAY} AND {TELLING} THEN {TELLING_DAYS_APART} '
    f"ELSE {WEEK_APART - 1} END"
)
_DATED = " AND ".join(
    f'"{column}_{side}" IS NOT NULL' for side in "lr" for column in ("first", "last", "grain")
)
VETO_SQL = (
    '("document_l" = "document_r" '
    f"OR (CASE WHEN {_DATED} THEN {GAP} > {_DAYS_ALLOWED} AND NOT {MISDATED} ELSE FALSE END) "
    f"OR coalesce({BOTH} AND {KM} > {APART_KM} AND NOT {MISPLACED}, FALSE))"
)
"""The same as :func:`veto`, for engines that look at many pairs; a test holds both to
one answer."""
