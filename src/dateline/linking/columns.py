"""Candidates as columns, for engines that compare many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.linking.blocking import keys
from dateline.linking.candidate import Candidate
from dateline.linking.comparisons import COMPARISONS
from dateline.linking.kinds import is_broad

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

COMPARED = tuple(
    dict.fromkeys(column for comparison in COMPARISONS for column in comparison.columns)
)
"""The columns that the comparisons ask for."""


def schema() -> pa.Schema:
    """The columns of :func:`table`, with types that hold where all values are missing."""
    import pyarrow as pa

    known: dict[str, pa.DataType] = {
        "lat": pa.float64(),
        "lon": pa.float64(),
        **dict.fromkeys(("country", "admin1", "town", "site", "type"), pa.string()),
        "broad": pa.bool_(),
        **dict.fromkeys(
            ("actors", "targets", "capitals", "names", "words", "sentences"),
            pa.list_(pa.int64()),
        ),
    }
    return pa.schema(
        [
            ("number", pa.int32()),
            ("mention", pa.string()),
            ("document", pa.string()),
            ("background", pa.bool_()),
            ("persons", pa.list_(pa.int64())),
            *((name, known.get(name, pa.int64())) for name in COMPARED),
        ]
    )


def table(candidates: Sequence[Candidate], first_number: int = 0) -> pa.Table:
    """What is compared of some candidates, a row each, numbered from ``first_number``."""
    import pyarrow as pa

    wanted = schema()
    data: dict[str, list[Any]] = {
        "number": list(range(first_number, first_number + len(candidates))),
        "broad": [is_broad(c.type) for c in candidates],
        "killed_top": [c.killed_high or c.killed_low for c in candidates],
        "injured_top": [c.injured_high or c.injured_low for c in candidates],
        "held_top": [c.held_high or c.held_low for c in candidates],
    }
    for name in wanted.names:
        if name not in data:
            data[name] = [getattr(c, name) for c in candidates]
    return pa.table(
        [pa.array(data[field.name], field.type) for field in wanted], names=wanted.names
    )


class Piece(NamedTuple):
    """Some mentions: what is compared, where they stand and where they look (number, key)."""

    everyone: pa.Table
    stands: pa.Table
    looks: pa.Table


def pieces(candidates: Sequence[Candidate], size: int) -> Iterator[Piece]:
    """The candidates as tables, some at a time, numbered by their places.

    See :mod:`blocking` for the keys.
    """
    for start in range(0, max(1, len(candidates)), size):
        some = candidates[start : start + size]
        yield Piece(table(some, start), *_keyed(some, start))


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of a :class:`Piece` in DuckDB, and ``candidates``, all empty.

    ``candidates`` has the columns of ``everyone``, for those that are at hand.
    """
    connection.execute("CREATE TABLE stands (number INTEGER, key BIGINT)")
    connection.execute("CREATE TABLE looks (number INTEGER, key BIGINT)")
    connection.register("piece", table(()))
    for name in ("everyone", "candidates"):
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM piece")
    connection.unregister("piece")


def load(connection: duckdb.DuckDBPyConnection, piece: Piece) -> None:
    """Put a piece into the tables of :func:`create`."""
    for name, rows in piece._asdict().items():
        connection.register("piece", rows)
        connection.execute(f"INSERT INTO {name} SELECT * FROM piece")
        connection.unregister("piece")


def _keyed(candidates: Sequence[Candidate], first_number: int) -> Iterator[pa.Table]:
    import pyarrow as pa

    made = [keys(candidate) for candidate in candidates]
    for column in ([both.keys for both in made], [both.probes for both in made]):
        numbers = [n for n, keyed in enumerate(column, first_number) for _ in keyed]
        yield pa.table(
            [
                pa.array(numbers, pa.int32()),
                pa.array([key for keyed in column for key in keyed], pa.int64()),
            ],
            names=["number", "key"],
        )
