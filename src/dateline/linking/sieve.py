"""Which of the pairs that share a key are worth scoring, in SQL.

Most pairs that meet are let go: they are ruled out, or stay below the point from which
mentions are joined even if all that was not looked at yet agreed. The cheap comparisons
come first, the words, which cost most, last. The bound is made from the levels and
weights themselves, so nothing that could be joined is lost; what is let through is
scored in full by Splink.
"""

from __future__ import annotations

import re

from dateline.linking.compared_places import KM
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

_LATER = (("killed",), ("words",))  # looked at in this order, after all others
_LEAST = JOIN - 1e-3  # the error of a sum of twelve weights is far smaller

_COLUMN = re.compile(r'"(\w+)_([lr])"')
_SHARED = re.compile(r'shared_count\("(\w+)_l", "\1_r"\)')


def _weight(comparison: Comparison, known: Weights, dialect: Dialect) -> str:
    cases = [f"WHEN {comparison.missing} THEN {number(0.0, dialect)}"]
    for level in comparison.levels:
        weight = number(known.of(comparison.name, level.name), dialect)
        cases.append(f"ELSE {weight}" if level.sql == "ELSE" else f"WHEN {level.sql} THEN {weight}")
    return f"(CASE {' '.join(cases)} END)"


def _most(comparison: Comparison, known: Weights) -> float:
    """The greatest weight the comparison may have."""
    return max(0.0, *(known.of(comparison.name, level.name) for level in comparison.levels))


def _steps() -> list[list[Comparison]]:
    """The comparisons in the order they are looked at."""
    later = [name for names in _LATER for name in names]
    first = [c for c in COMPARISONS if c.name not in later]
    return [first, *([c for c in COMPARISONS if c.name in names] for names in _LATER)]


def pairs(dialect: Dialect, *, name: str = "number", suffix: str = "") -> str:
    """The pairs worth scoring, as Splink takes them, by one statement.

    Needs tables ``candidates``, ``stands`` and ``looks`` as
    :func:`dateline.linking.columns.load` makes them, with ``suffix`` behind their names;
    ``name`` is the column that tells the mentions apart. DuckDB needs
    :data:`SHARED_COUNT` too, and :func:`steps` leads it there in less time.
    """
    known = weights()
    *first, last = _steps()
    sure = " + ".join(_weight(c, known, dialect) for step in first for c in step)
    least = number(_LEAST - known.prior - sum(_most(c, known) for c in last), dialect)
    condition = worded(_plain(f"NOT {VETO_SQL} AND {sure} >= {least}"), dialect)
    return (
        "SELECT '0' AS match_key, met.a AS join_key_l, met.b AS join_key_r "
        f"FROM (SELECT DISTINCT looks.{name} AS a, stands.{name} AS b FROM looks{suffix} looks "
        f"JOIN stands{suffix} stands "
        f"ON looks.key = stands.key AND looks.{name} < stands.{name}) met "
        f"JOIN candidates{suffix} l ON l.{name} = met.a "
        f"JOIN candidates{suffix} r ON r.{name} = met.b WHERE {condition}"
    )


def met(first: int, last: int) -> str:
    """The pairs (a, b) of DuckDB's mentions that share a key, ``b`` from first to last.

    ``a`` is the smaller number; who looks and who stands is the same from either side.
    """
    return (
        "SELECT DISTINCT stands.number AS a, looks.number AS b FROM stands JOIN looks "
        "ON looks.key = stands.key AND stands.number < looks.number "
        f"WHERE looks.number BETWEEN {first} AND {last}"
    )


def steps(result: str) -> list[str]:
    """What leads DuckDB from the table ``met`` to the pairs worth scoring, in table ``result``.

    What several levels ask for, such as distances and how many words are shared, is
    worked out once a pair, and what is dear only for the pairs that are left. All pairs
    that may join are among the result, as they are among that of :func:`pairs`.
    """
    known = weights()
    ours = _steps()
    left = sum(_most(c, known) for step in ours for c in step)
    statements = [_step("apart", "met", f"p.a, p.b, {_plain(KM)} AS km", "TRUE")]
    # In a CASE, lest what is ruled out be taken for a way to join the tables.
    source, where = "apart", f"CASE WHEN {_at_hand(_plain(VETO_SQL))} THEN FALSE ELSE TRUE END"
    columns = f"p.a, p.b, p.km, {number(known.prior, 'duckdb')} AS sure"
    for place, step in enumerate(ours):
        shared = sorted({found[1] for c in step for found in _SHARED.finditer(_sql(c))})
        counts = (f'shared_count(l."{c}", r."{c}") AS shared_{c}' for c in shared)
        counted, summed = f"counted_{place}", f"summed_{place}"
        statements.append(_step(counted, source, ", ".join([columns, *counts]), where))
        sure = " + ".join(_at_hand(_plain(_weight(c, known, "duckdb"))) for c in step)
        statements.append(_step(summed, counted, f"p.a, p.b, p.sure + {sure} AS sure", "TRUE"))
        left -= sum(_most(c, known) for c in step)
        source, columns = summed, "p.a, p.b, p.sure"
        where = f"p.sure >= {number(_LEAST - left, 'duckdb')}"
    statements.append(
        f"CREATE TABLE {result} AS SELECT '0' AS match_key, a AS join_key_l, b AS join_key_r "
        f"FROM {source} p WHERE {where}; DROP TABLE {source}"
    )
    return statements


def _step(result: str, source: str, columns: str, where: str) -> str:
    return (
        f"CREATE TABLE {result} AS SELECT {columns} FROM {source} p "
        "JOIN candidates l ON l.number = p.a JOIN candidates r ON r.number = p.b "
        f"WHERE {where}; DROP TABLE {source}"
    )


def _plain(sql: str) -> str:
    return _COLUMN.sub(r'\2."\1"', sql)


def _at_hand(sql: str) -> str:
    """The same with what an earlier step worked out."""
    sql = sql.replace(_plain(KM), "p.km")
    return re.sub(r'shared_count\(l\."(\w+)", r\."\1"\)', r"p.shared_\1", sql)


def _sql(comparison: Comparison) -> str:
    return " ".join([comparison.missing, *(level.sql for level in comparison.levels)])
