"""Takedowns: a document's words leave the ledger, a tombstone with the reason stays."""

from __future__ import annotations

import sqlite3
import time

from sqlalchemy import Connection, Engine, delete, select, text, update

from dateline.errors import LedgerBusyError, LedgerError
from dateline.ledger import candidates as candidate_rows
from dateline.ledger import fulltext, listing
from dateline.ledger.claims import batches
from dateline.ledger.tables import (
    FULL_TEXT,
    candidates,
    claims,
    documents,
    incident_ids,
    incident_mentions,
    incidents,
    mentions,
    readings,
    review_pairs,
    sources,
    statistics,
    texts,
)
from dateline.ledger.tables import edges as edge_rows
from dateline.ledger.tables import listing as listing_rows

# From the leaves to the root, as the foreign keys demand.
_TABLES = (statistics, claims, mentions, sources, readings, texts)


def erase(connection: Connection, document_id: str, reason: str) -> tuple[str, ...]:
    """Erase a document, and take apart the incidents it had a part in.

    Gives the ids of the mentions by other documents that are left without an incident.
    """
    own = mentions.c.document_id == document_id
    mine = set(connection.execute(select(mentions.c.id).where(own)).scalars())
    touched = _incidents_of(connection, mine)
    left: set[str] = set()
    for incident_id in touched:
        members = connection.execute(
            select(incident_mentions.c.mention_id).where(
                incident_mentions.c.incident_id == incident_id
            )
        ).scalars()
        survivors = set(members) - mine
        _lead_elsewhere(connection, incident_id, mine, min(survivors, default=None))
        left |= survivors
    # A mention in no incident may still be what a former id leads to.
    for batch in batches(sorted(mine)):
        connection.execute(
            update(incident_ids).where(incident_ids.c.mention_id.in_(batch)).values(mention_id=None)
        )
    listing.put_in(connection, (), listing.take_out(connection, sorted(touched)))
    fulltext.forget(connection, [document_id])
    for batch in batches(sorted(touched)):
        connection.execute(
            delete(incident_mentions).where(incident_mentions.c.incident_id.in_(batch))
        )
        connection.execute(delete(incidents).where(incidents.c.id.in_(batch)))
    candidate_rows.erase(connection, mine)
    for batch in batches(sorted(mine)):
        pairs = review_pairs.c.a.in_(batch) | review_pairs.c.b.in_(batch)
        connection.execute(delete(review_pairs).where(pairs))
    for table in _TABLES:
        connection.execute(delete(table).where(table.c.document_id == document_id))
    connection.execute(
        update(documents)
        .where(documents.c.id == document_id)
        .values(
            path=None,
            url=None,
            title=None,
            publisher=None,
            published_at=None,
            published_how="unknown",
            reposted_from=None,
            language=None,
            furniture=None,
            warnings=None,
            withdrawn=reason,
        )
    )
    return tuple(sorted(left))


def _incidents_of(connection: Connection, mention_ids: set[str]) -> list[str]:
    found: set[str] = set()
    for batch in batches(sorted(mention_ids)):
        found.update(
            connection.execute(
                select(incident_mentions.c.incident_id).where(
                    incident_mentions.c.mention_id.in_(batch)
                )
            ).scalars()
        )
    return sorted(found)


def _lead_elsewhere(
    connection: Connection, incident_id: str, gone: set[str], survivor: str | None
) -> None:
    """Let the ids that lead to this incident through a withdrawn mention keep leading there."""
    here = set(
        connection.execute(
            select(incident_mentions.c.mention_id).where(
                incident_mentions.c.incident_id == incident_id
            )
        ).scalars()
    )
    for batch in batches(sorted(here & gone)):
        connection.execute(
            update(incident_ids)
            .where(incident_ids.c.mention_id.in_(batch))
            .values(mention_id=survivor)
        )


def scrub(engine: Engine, label: str, seconds: float) -> None:
    """Overwrite what was deleted, in the file and its write-ahead log.

    Deleted rows are zeroed as they go (``secure_delete``), but pages that were split
    or moved before may hold older copies, so the file is written anew. On PostgreSQL
    the rows are vacuumed away; its own log and backups are its keeper's to clear.

    Raises LedgerBusyError where another process still holds the old pages, LedgerError
    where the file cannot be written (no room for it).
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            tables = [
                table.name
                for table in (*_TABLES, documents, incidents, candidates, edge_rows, listing_rows)
            ]
            for name in (*tables, FULL_TEXT):
                connection.execute(text(f"VACUUM {name}"))
            return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("VACUUM")
        give_up = time.monotonic() + seconds
        while True:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            answer = cursor.fetchone()
            if answer is None or not answer[0]:
                return
            if time.monotonic() > give_up:
                break
            time.sleep(0.05)
    except sqlite3.Error as error:
        if "locked" not in str(error):
            raise LedgerError(
                f"the document is withdrawn, but the file could not be written anew: {error}",
                where=label,
                hint="mend that and withdraw the document again to erase its bytes",
            ) from error
    finally:
        raw.close()
    raise LedgerBusyError(
        "the document is withdrawn, but another process still holds older pages of the file",
        where=label,
        hint="end it and withdraw the document again to erase its bytes",
    )
