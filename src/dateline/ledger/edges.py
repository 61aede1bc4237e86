"""The pairs that linking found may be one incident, so that they are scored once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from dateline.ledger.claims import batches
from dateline.ledger.tables import candidates, edges

_AT_ONCE = 5000  # rows written by one statement


def put(
    connection: Connection,
    rows: Iterable[tuple[str, str, int]],
    joins: set[tuple[str, str]] | None = None,
    numbers: dict[str, int] | None = None,
) -> None:
    """Store edges: two mentions, the smaller id first, and their weight in millionths.

    ``joins`` are the ends of those at which groups became one; ``numbers`` those of the
    candidates, where they are known.
    """
    joins = joins or set()
    for batch in batches(rows, _AT_ONCE):
        known = numbers or numbers_of(connection, {end for row in batch for end in row[:2]})
        connection.execute(
            insert(edges),
            [
                {"a": known[a], "b": known[b], "weight": weight, "joined": (a, b) in joins}
                for a, b, weight in batch
            ],
        )


def forget(connection: Connection, numbers: Sequence[int]) -> None:
    """Take out all edges of some candidates, at most 500."""
    connection.execute(delete(edges).where(edges.c.a.in_(numbers)))
    connection.execute(delete(edges).where(edges.c.b.in_(numbers)))


def mark(
    connection: Connection, mention_ids: Iterable[str], joins: Iterable[tuple[str, str]]
) -> None:
    """Let ``joins`` be the edges at which the groups of some mentions became one."""
    e = edges.c
    known = numbers_of(connection, mention_ids)
    wanted = {(known[a], known[b]) for a, b in joins}
    standing: set[tuple[int, int]] = set()
    for batch in batches(sorted(known.values())):
        found = select(e.a, e.b).where(e.a.in_(batch), e.joined)
        standing.update((row.a, row.b) for row in connection.execute(found))
    for ends, joined in ((standing - wanted, False), (wanted - standing, True)):
        for a, b in sorted(ends):
            one = update(edges).where(e.a == a, e.b == b)
            connection.execute(one.values(joined=joined))


def of(connection: Connection, mention_ids: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """All edges with an end in some mentions, each once, in no order."""
    e = edges.c
    found: dict[tuple[int, int], int] = {}
    for batch in batches(sorted(numbers_of(connection, mention_ids).values())):
        for column in (e.a, e.b):
            rows = select(e.a, e.b, e.weight).where(column.in_(batch))
            found.update({(row[0], row[1]): row[2] for row in connection.execute(rows)})
    yield from _named(connection, found)


def joins(connection: Connection, mention_ids: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """The edges from some mentions to larger ids at which groups became one."""
    e = edges.c
    found: dict[tuple[int, int], int] = {}
    for batch in batches(sorted(numbers_of(connection, mention_ids).values())):
        rows = select(e.a, e.b, e.weight).where(e.a.in_(batch), e.joined)
        found.update({(row[0], row[1]): row[2] for row in connection.execute(rows)})
    yield from _named(connection, found)


def _named(
    connection: Connection, found: dict[tuple[int, int], int]
) -> Iterator[tuple[str, str, int]]:
    names: dict[int, str] = {}
    for batch in batches(sorted({number for ends in found for number in ends})):
        c = candidates.c
        rows = select(c.number, c.mention_id).where(c.number.in_(batch))
        names.update({row[0]: row[1] for row in connection.execute(rows)})
    for (a, b), weight in found.items():
        yield names[a], names[b], weight


def numbers_of(connection: Connection, mention_ids: Iterable[str]) -> dict[str, int]:
    """The numbers of the candidates of some mentions, as far as there are any."""
    found: dict[str, int] = {}
    c = candidates.c
    for batch in batches(sorted(set(mention_ids))):
        rows = select(c.mention_id, c.number).where(c.mention_id.in_(batch))
        found.update({row[0]: row[1] for row in connection.execute(rows)})
    return found
