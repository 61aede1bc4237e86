"""Which of the pairs that share a key are worth scoring, in SQL.

Most pairs that meet can be let go without comparing their words, which costs most: they
are ruled out, or stay below the point from which mentions are joined even if they had
all words in common. The bound is made from the levels and weights themselves, so nothing
that could be joined is lost; what it lets through is scored in full.
"""

from __future__ import annotations

import re

from dateline.linking.clusters import JOIN
from dateline.linking.comparisons import COMPARISONS
from dateline.linking.levels import Comparison
from dateline.linking.vetoes import VETO_SQL
from dateline.linking.weights import Weights, weights

SHARED_COUNT = (
    "CREATE MACRO shared_count(one, other) AS "
    "len([item for item in one if list_contains(other, item)])"
)
"""How many items two lists without doubles have in common: for lists as short as these
eight times as fast as DuckDB's ``list_intersect``."""

_LEFT_OUT = "words"  # the dearest to compare
_ROUNDING = 1e-3  # far above the error of a sum of twelve weights

_COLUMN = re.compile(r'"(\w+)_([lr])"')


def _weight(comparison: Comparison, known: Weights) -> str:
    cases = [f"WHEN {comparison.missing} THEN 0.0"]
    for level in comparison.levels:
        weight = repr(known.of(comparison.name, level.name))
        cases.append(f"ELSE {weight}" if level.sql == "ELSE" else f"WHEN {level.sql} THEN {weight}")
    return f"(CASE {' '.join(cases)} END)"


def condition() -> str:
    """Whether two candidates, ``l`` and ``r``, are worth scoring."""
    known = weights()
    most = max(0.0, *(known.of(_LEFT_OUT, level.name) for level in _left_out().levels))
    sure = " + ".join(_weight(c, known) for c in COMPARISONS if c.name != _LEFT_OUT)
    least = JOIN - _ROUNDING - known.prior - most
    sql = f"NOT {VETO_SQL} AND {sure} >= {least!r}"
    return _COLUMN.sub(r'\2."\1"', sql)


def _left_out() -> Comparison:
    (found,) = (c for c in COMPARISONS if c.name == _LEFT_OUT)
    return found


def pairs_of(start: int, end: int) -> str:
    """The pairs worth scoring whose first number is from ``start`` to before ``end``.

    Needs the tables of :func:`dateline.linking.columns.load` and :data:`SHARED_COUNT`.
    """
    return (
        "SELECT '0' AS match_key, met.a AS join_key_l, met.b AS join_key_r FROM ("
        "SELECT DISTINCT looks.number AS a, stands.number AS b FROM looks "
        "JOIN stands ON looks.key = stands.key AND looks.number < stands.number "
        f"WHERE looks.number >= {start} AND looks.number < {end}) met "
        "JOIN candidates l ON l.number = met.a JOIN candidates r ON r.number = met.b "
        f"WHERE {condition()}"
    )
