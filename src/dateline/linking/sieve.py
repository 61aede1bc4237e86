"""Which of the pairs that share a key are worth scoring, in SQL.

Most pairs that meet can be let go without comparing their words, which costs most: they
are ruled out, or stay below the point from which mentions are joined even if they had
all words in common. The bound is made from the levels and weights themselves, so nothing
that could be joined is lost; what it lets through is scored in full.
"""

from __future__ import annotations

import re

from dateline.linking.comparisons import COMPARISONS
from dateline.linking.dialects import Dialect, number, worded
from dateline.linking.edges import JOIN
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


def _weight(comparison: Comparison, known: Weights, dialect: Dialect) -> str:
    cases = [f"WHEN {comparison.missing} THEN {number(0.0, dialect)}"]
    for level in comparison.levels:
        weight = number(known.of(comparison.name, level.name), dialect)
        cases.append(f"ELSE {weight}" if level.sql == "ELSE" else f"WHEN {level.sql} THEN {weight}")
    return f"(CASE {' '.join(cases)} END)"


def condition(dialect: Dialect = "duckdb") -> str:
    """Whether two candidates, ``l`` and ``r``, are worth scoring."""
    known = weights()
    most = max(0.0, *(known.of(_LEFT_OUT, level.name) for level in _left_out().levels))
    sure = " + ".join(_weight(c, known, dialect) for c in COMPARISONS if c.name != _LEFT_OUT)
    least = number(JOIN - _ROUNDING - known.prior - most, dialect)
    sql = f"NOT {VETO_SQL} AND {sure} >= {least}"
    return worded(_COLUMN.sub(r'\2."\1"', sql), dialect)


def _left_out() -> Comparison:
    (found,) = (c for c in COMPARISONS if c.name == _LEFT_OUT)
    return found


def pairs(
    dialect: Dialect = "duckdb", *, name: str = "number", where: str = "TRUE", suffix: str = ""
) -> str:
    """The pairs worth scoring, as Splink takes them, of the mentions that ``where`` lets pass.

    Needs tables ``candidates``, ``stands`` and ``looks`` as
    :func:`dateline.linking.columns.load` makes them, with ``suffix`` behind their names;
    ``name`` is the column that tells the mentions apart. DuckDB needs
    :data:`SHARED_COUNT` too.
    """
    return (
        "SELECT '0' AS match_key, met.a AS join_key_l, met.b AS join_key_r FROM ("
        f"SELECT DISTINCT looks.{name} AS a, stands.{name} AS b FROM looks{suffix} looks "
        f"JOIN stands{suffix} stands "
        f"ON looks.key = stands.key AND looks.{name} < stands.{name} WHERE {where}) met "
        f"JOIN candidates{suffix} l ON l.{name} = met.a "
        f"JOIN candidates{suffix} r ON r.{name} = met.b WHERE {condition(dialect)}"
    )
