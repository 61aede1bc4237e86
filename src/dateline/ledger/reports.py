"""Reports as a list: all of them, or those with some words, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from dateline.ledger import fulltext
from dateline.ledger.claims import batches
from dateline.ledger.documents import entry, select_entries
from dateline.ledger.records import DocumentEntry
from dateline.ledger.store import Ledger
from dateline.ledger.tables import documents, searchable, texts


class FoundReports(NamedTuple):
    """One page of reports; ``texts`` has the beginning of each where words were asked for."""

    entries: tuple[DocumentEntry, ...]
    total: int
    page: int
    texts: dict[str, str]


def find_reports(
    ledger: Ledger, terms: Sequence[fulltext.Term], page: int, per: int
) -> FoundReports:
    """A page of the reports in which all terms hold; without terms, of all reports."""
    with ledger._reading() as connection:
        if terms:
            ids = _dated(connection, fulltext.found(connection, terms))
            page = max(1, min(page, -(-len(ids) // per)))
            some = ids[(page - 1) * per : page * per]
            total = len(ids)
        else:
            counted = select(func.count()).select_from(documents)
            total = int(connection.execute(counted).scalar_one())
            page = max(1, min(page, -(-total // per)))
            # Down the index; PostgreSQL would put the undated first, SQLite last.
            order = documents.c.published_at.desc().nulls_last()
            listed = select(documents.c.id).order_by(order, documents.c.id)
            rows = connection.execute(listed.limit(per).offset((page - 1) * per))
            some = list(rows.scalars())
        entries = {
            row.id: entry(row)
            for row in connection.execute(select_entries().where(documents.c.id.in_(some)))
        }
        beginnings: dict[str, str] = {}
        if terms:
            begun = func.substr(texts.c.text, 1, fulltext.MOST_CHARACTERS)
            wanted = select(texts.c.document_id, begun.label("begun"))
            for row in connection.execute(wanted.where(texts.c.document_id.in_(some))):
                beginnings[row.document_id] = row.begun
    return FoundReports(tuple(entries[id] for id in some), total, page, beginnings)


def _dated(connection: Connection, numbers: Sequence[int]) -> list[str]:
    found: list[tuple[bool, int, str]] = []
    for batch in batches(numbers):
        rows = connection.execute(
            select(documents.c.id, documents.c.published_at)
            .join(searchable, searchable.c.document_id == documents.c.id)
            .where(searchable.c.number.in_(batch))
        )
        for row in rows:
            day = row.published_at.toordinal() if row.published_at else 0
            found.append((day == 0, -day, row.id))
    return [id for _, _, id in sorted(found)]
