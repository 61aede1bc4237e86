"""SQL as DuckDB says it, put into the words of other engines."""

from __future__ import annotations

import re
from typing import Literal

Dialect = Literal["duckdb", "spark"]

# What Spark calls the things it names differently.
_SPARK = {"len(": "size(", " // ": " div "}
_SHARED_COUNT = re.compile(r"shared_count\(([^()]*)\)")


def worded(sql: str, dialect: Dialect) -> str:
    """The same condition in the words of the dialect."""
    if dialect == "spark":
        sql = _SHARED_COUNT.sub(r"size(array_intersect(\1))", sql)
        for ours, theirs in _SPARK.items():
            sql = sql.replace(ours, theirs)
        return sql.replace('"', "`")
    return sql


def number(value: float, dialect: Dialect) -> str:
    """A number that counts as a double; a plain 0.5 is a decimal, which takes longer."""
    return f"{value!r}D" if dialect == "spark" else f"{value!r}::DOUBLE"
