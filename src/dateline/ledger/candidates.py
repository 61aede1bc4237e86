"""What linking keeps of each mention, so that a new report is compared without rereading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, delete, func, insert, select

from dateline.ledger import edges
from dateline.ledger.claims import batches
from dateline.ledger.records import CandidateRow
from dateline.ledger.tables import candidate_keys, candidates, mentions, review_state
from dateline.ledger.tables import edges as edge_rows
from dateline.ledger.tables import unlinked as waiting

_VERSION = "linked"  # under which review_state has the version of the candidates


def unlinked(connection: Connection) -> tuple[str, ...]:
    """Ids of mentions without a candidate, sorted: not linked yet."""
    statement = select(waiting.c.mention_id).order_by(waiting.c.mention_id)
    return tuple(connection.execute(statement).scalars())


def linked_with(connection: Connection) -> int | None:
    """The version the candidates are of; None for none, or of a version not told."""
    c = review_state.c
    found = connection.execute(select(c.number).where(c.name == _VERSION)).scalar()
    return None if found is None else int(found)


def is_empty(connection: Connection) -> bool:
    """Whether there is no candidate at all."""
    return connection.execute(select(candidates.c.number).limit(1)).first() is None


def wait(connection: Connection, mention_ids: Iterable[str]) -> None:
    """Let mentions without a candidate count as not linked."""
    for batch in batches(mention_ids):
        connection.execute(insert(waiting), [{"mention_id": mention} for mention in batch])


def put(connection: Connection, rows: Sequence[CandidateRow]) -> dict[str, int]:
    """Store candidates, in the place of those their mentions had; their numbers.

    The edges of those they take the place of go with them.
    """
    _take_out(connection, [row.mention_id for row in rows])
    last = connection.execute(select(func.max(candidates.c.number))).scalar() or 0
    numbers: dict[str, int] = {}
    for batch in batches(rows):
        numbers.update((row.mention_id, number) for number, row in enumerate(batch, last + 1))
        last += len(batch)
        connection.execute(
            insert(candidates),
            [
                {
                    "number": numbers[row.mention_id],
                    "mention_id": row.mention_id,
                    "document_id": row.document_id,
                    "version": row.version,
                    "body": row.body,
                }
                for row in batch
            ],
        )
        keyed = [
            {"key": key, "number": numbers[row.mention_id]} for row in batch for key in row.keys
        ]
        if keyed:
            connection.execute(insert(candidate_keys), keyed)
    if rows and linked_with(connection) is None:
        state = {"name": _VERSION, "number": rows[0].version}
        connection.execute(insert(review_state), state)
    return numbers


def forget(connection: Connection, mention_ids: Iterable[str]) -> None:
    """Take candidates out: their mentions are to be linked anew."""
    ids = sorted(set(mention_ids))
    _take_out(connection, ids)
    wait(connection, ids)


def erase(connection: Connection, mention_ids: Iterable[str]) -> None:
    """Take candidates out whose mentions go as well."""
    _take_out(connection, mention_ids)


def _take_out(connection: Connection, mention_ids: Iterable[str]) -> None:
    for batch in batches(sorted(set(mention_ids))):
        own = candidates.c.mention_id.in_(batch)
        numbers = sorted(connection.execute(select(candidates.c.number).where(own)).scalars())
        if numbers:
            edges.forget(connection, numbers)
            connection.execute(delete(candidate_keys).where(candidate_keys.c.number.in_(numbers)))
            connection.execute(delete(candidates).where(own))
        connection.execute(delete(waiting).where(waiting.c.mention_id.in_(batch)))


def forget_all(connection: Connection) -> None:
    """Take all candidates out."""
    for table in (edge_rows, candidate_keys, candidates, waiting):
        connection.execute(delete(table))
    connection.execute(delete(review_state).where(review_state.c.name == _VERSION))
    connection.execute(insert(waiting).from_select(["mention_id"], select(mentions.c.id)))


def under(connection: Connection, keys: Iterable[int]) -> Iterator[str]:
    """The bodies of the candidates under any of some keys, each once, in no order."""
    numbers: set[int] = set()
    for batch in batches(sorted(set(keys))):
        found = select(candidate_keys.c.number).where(candidate_keys.c.key.in_(batch))
        numbers.update(connection.execute(found).scalars())
    for some in batches(sorted(numbers)):
        wanted = select(candidates.c.body).where(candidates.c.number.in_(some))
        yield from connection.execute(wanted).scalars()


def bodies(connection: Connection) -> Iterator[str]:
    """The bodies of all candidates, in no order."""
    yield from connection.execute(select(candidates.c.body)).scalars()


def of(connection: Connection, mention_ids: Iterable[str]) -> Iterator[str]:
    """The bodies of the candidates of some mentions, as far as there are any."""
    for batch in batches(sorted(set(mention_ids))):
        wanted = select(candidates.c.body).where(candidates.c.mention_id.in_(batch))
        yield from connection.execute(wanted.order_by(candidates.c.mention_id)).scalars()
