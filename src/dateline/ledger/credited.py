"""Sources by name, over all documents."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from dateline.ledger.claims import batches
from dateline.ledger.codec import decode
from dateline.ledger.documents import entry, merged, select_entries
from dateline.ledger.records import DocumentEntry
from dateline.ledger.store import Ledger
from dateline.ledger.tables import documents, sources
from dateline.model import Source


def sources_named(ledger: Ledger, names: Sequence[str]) -> list[Source]:
    """What is known of each of some sources, over all documents; by name."""
    found: dict[str, list[Source]] = {}
    c = sources.c
    with ledger._reading() as connection:
        for batch in batches(names):
            bodies = select(c.name, c.body).distinct().where(c.name.in_(batch))
            for row in connection.execute(bodies.order_by(c.name, c.body)):
                found.setdefault(row.name, []).append(decode(row.body, Source))
    return [merged(found[name]) for name in sorted(found)]


def kinds_of_names(ledger: Ledger) -> dict[str, str]:
    """The kind of every source; where documents differ, the first by name."""
    c = sources.c
    found: dict[str, str] = {}
    with ledger._reading() as connection:
        for row in connection.execute(select(c.name, c.kind).distinct().order_by(c.name, c.kind)):
            found.setdefault(row.name, row.kind)
    return found


def reports_citing(ledger: Ledger, name: str, most: int) -> list[DocumentEntry]:
    """The newest reports in which a source is credited."""
    citing = select(sources.c.document_id).where(sources.c.name == name)
    order = documents.c.published_at.desc().nulls_last()
    wanted = (
        select_entries()
        .where(documents.c.id.in_(citing))
        .order_by(None)
        .order_by(order, documents.c.id)
        .limit(most)
    )
    with ledger._reading() as connection:
        return [entry(row) for row in connection.execute(wanted)]
