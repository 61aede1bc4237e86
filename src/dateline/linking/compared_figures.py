"""How the figures of two mentions agree; tolls grow."""

from __future__ import annotations

from dateline.linking.candidate import Candidate
from dateline.linking.levels import Comparison, Level

_HUGE = 30  # events with as many victims are rare even where there is war
_PART = 3  # so few may be those that a report is about, of many more


def _figures(name: str, question: str, unit: str) -> Comparison:
    low, high = f"{name}_low", f"{name}_high"

    def level(a: Candidate, b: Candidate) -> str | None:
        one, other = getattr(a, low), getattr(b, low)
        if one is None or other is None:
            return None
        top_one, top_other = getattr(a, high), getattr(b, high)
        small, large = sorted((top_one or one, top_other or other))
        if small == large or (one == other and one > _PART):
            if max(one, other) >= _HUGE:
                return "same_huge"
            return "same_large" if max(one, other) >= 5 else "same_small"
        if max(one, other) <= small and small > 0:
            return "overlapping"
        if large - small <= max(1, large // 5):
            if small >= _HUGE:
                return "alike_huge"
            return "alike_large" if small >= 10 else "alike"
        later_has_more = (
            a.published is None
            or b.published is None
            or a.published == b.published
            or (a.published < b.published) == ((top_one or one) < (top_other or other))
        )
        if large <= 3 * small and later_has_more:
            if small >= _HUGE:
                return "rising_huge"
            return "rising_large" if small >= 10 else "rising"
        if large <= 3 * small:
            return "unlike"
        return "part" if small <= _PART else "far_apart"

    # The high, or the low where there is no high of its own, as Python's ``or`` has it.
    left, right = (f'"{name}_top_{side}"' for side in "lr")
    small, large = f"least({left}, {right})", f"greatest({left}, {right})"
    order = (
        '("published_l" IS NULL OR "published_r" IS NULL OR "published_l" = "published_r" OR '
        f'("published_l" < "published_r") = ({left} < {right}))'
    )
    same = f'({left} = {right} OR ("{low}_l" = "{low}_r" AND "{low}_l" > {_PART}))'
    near = f"{large} - {small} <= greatest(1, {large} // 5)"
    lows = f'greatest("{low}_l", "{low}_r")'
    return Comparison(
        name,
        question,
        (low, f"{name}_top", "published"),
        f'"{low}_l" IS NULL OR "{low}_r" IS NULL',
        level,
        (
            Level(
                "same_huge", f"the same very large number {unit}", f"{same} AND {lows} >= {_HUGE}"
            ),
            Level("same_large", f"the same number {unit}", f"{same} AND {lows} >= 5"),
            Level("same_small", f"the same small number {unit}", same),
            Level("overlapping", "ranges that overlap", f"{lows} <= {small} AND {small} > 0"),
            Level(
                "alike_huge", "very large numbers a fifth apart", f"{near} AND {small} >= {_HUGE}"
            ),
            Level("alike_large", "large numbers a fifth apart", f"{near} AND {small} >= 10"),
            Level("alike", "numbers a fifth apart", near),
            Level(
                "rising_huge",
                "a very large number that may have risen to the other",
                f"{large} <= 3 * {small} AND {small} >= {_HUGE} AND {order}",
            ),
            Level(
                "rising_large",
                "a large number that may have risen to the other",
                f"{large} <= 3 * {small} AND {small} >= 10 AND {order}",
            ),
            Level(
                "rising",
                "a number that may have risen to the other",
                f"{large} <= 3 * {small} AND {order}",
            ),
            Level("unlike", "different numbers", f"{large} <= 3 * {small}"),
            Level("part", "a few, who may be of the many", f"{small} <= {_PART}"),
            Level("far_apart", "numbers far apart", "ELSE"),
        ),
    )


KILLED = _figures("killed", "killed", "killed")
INJURED = _figures("injured", "injured", "injured")
HELD = _figures("held", "abducted or released", "held")
