"""What linking keeps of each mention, so that a new report is compared without rereading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, delete, insert, or_, select

from dateline.ledger.claims import batches
from dateline.ledger.records import CandidateRow
from dateline.ledger.tables import candidate_keys, candidates, mentions


def unlinked(connection: Connection, version: int) -> tuple[str, ...]:
    """Ids of mentions without a candidate of this version, sorted: not linked yet."""
    c = candidates.c
    statement = (
        select(mentions.c.id)
        .select_from(mentions.outerjoin(candidates, c.mention_id == mentions.c.id))
        .where(or_(c.mention_id.is_(None), c.version != version))
        .order_by(mentions.c.id)
    )
    return tuple(connection.execute(statement).scalars())


def put(connection: Connection, rows: Sequence[CandidateRow]) -> None:
    """Store candidates, in the place of those their mentions had."""
    forget(connection, {row.mention_id for row in rows})
    for batch in batches(rows):
        connection.execute(
            insert(candidates),
            [
                {
                    "mention_id": row.mention_id,
                    "document_id": row.document_id,
                    "version": row.version,
                    "body": row.body,
                }
                for row in batch
            ],
        )
        wanted = candidates.c.mention_id.in_([row.mention_id for row in batch])
        numbers: dict[str, int] = {
            found.mention_id: found.number
            for found in connection.execute(
                select(candidates.c.mention_id, candidates.c.number).where(wanted)
            )
        }
        keyed = [
            {"key": key, "number": numbers[row.mention_id]} for row in batch for key in row.keys
        ]
        if keyed:
            connection.execute(insert(candidate_keys), keyed)


def forget(connection: Connection, mention_ids: Iterable[str]) -> None:
    """Take candidates out: their mentions are to be linked anew."""
    for batch in batches(sorted(mention_ids)):
        own = candidates.c.mention_id.in_(batch)
        numbers = select(candidates.c.number).where(own)
        connection.execute(delete(candidate_keys).where(candidate_keys.c.number.in_(numbers)))
        connection.execute(delete(candidates).where(own))


def forget_all(connection: Connection) -> None:
    """Take all candidates out."""
    connection.execute(delete(candidate_keys))
    connection.execute(delete(candidates))


def under(connection: Connection, keys: Iterable[int]) -> Iterator[str]:
    """The bodies of the candidates under any of some keys, each once, in no order."""
    numbers: set[int] = set()
    for batch in batches(sorted(set(keys))):
        found = select(candidate_keys.c.number).where(candidate_keys.c.key.in_(batch))
        numbers.update(connection.execute(found).scalars())
    for some in batches(sorted(numbers)):
        wanted = select(candidates.c.body).where(candidates.c.number.in_(some))
        yield from connection.execute(wanted).scalars()


def of(connection: Connection, mention_ids: Iterable[str]) -> Iterator[str]:
    """The bodies of the candidates of some mentions, as far as there are any."""
    for batch in batches(sorted(set(mention_ids))):
        wanted = select(candidates.c.body).where(candidates.c.mention_id.in_(batch))
        yield from connection.execute(wanted.order_by(candidates.c.mention_id)).scalars()
