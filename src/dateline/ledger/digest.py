"""One number for what a ledger holds, and a check that it holds together."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from sqlalchemy import Connection, Select, func, select, text

from dateline.ledger.codec import decode
from dateline.ledger.tables import (
    claims,
    documents,
    incident_mentions,
    incidents,
    judgements,
    mentions,
    readings,
    sources,
    texts,
)
from dateline.model import Incident


def digest(connection: Connection) -> str:
    """SHA-256 of the content in a fixed order, in hexadecimal.

    Left out: runs and times of day, which differ for the same input, and former ids of
    incidents, which depend on the way the ledger came to be as it is.
    """
    total = hashlib.sha256()
    for name, statement in _content():
        total.update(f"{name}\n".encode())
        for row in connection.execute(statement):
            line = json.dumps([_plain(value) for value in row], ensure_ascii=True)
            total.update(line.encode() + b"\n")
    return total.hexdigest()


def _content() -> list[tuple[str, Select[Any]]]:
    reading_columns = [column for column in readings.c if column.name != "run_id"]
    judged = [column for column in judgements.c if column.name not in {"id", "at"}]
    by_document = (claims.c.document_id, claims.c.position)
    return [
        ("documents", select(documents).order_by(documents.c.id)),
        ("texts", select(texts).order_by(texts.c.document_id)),
        ("readings", select(*reading_columns).order_by(readings.c.document_id)),
        ("sources", select(sources).order_by(sources.c.document_id, sources.c.position)),
        ("mentions", select(mentions).order_by(mentions.c.id)),
        ("claims", select(claims).order_by(*by_document)),
        ("incidents", select(incidents.c.id, incidents.c.body).order_by(incidents.c.id)),
        (
            "incident_mentions",
            select(incident_mentions).order_by(incident_mentions.c.mention_id),
        ),
        (
            "judgements",
            select(*judged).order_by(
                judgements.c.kind,
                judgements.c.subjects,
                judgements.c.author,
                judgements.c.note,
                judgements.c.body,
            ),
        ),
    ]


def _plain(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return hashlib.sha256(value).hexdigest()
    return value


def faults(connection: Connection) -> list[str]:
    """What does not hold together, a line each; nothing for a sound ledger."""
    found: list[str] = []
    if connection.dialect.name == "sqlite":
        checked = connection.execute(text("PRAGMA integrity_check")).scalars()
        found += [f"database: {line}" for line in checked if line != "ok"]
        found += [
            f"{row[0]}: a row refers to {row[2]} that is not there"
            for row in connection.execute(text("PRAGMA foreign_key_check"))
        ]
    for table, expected in ((claims, readings.c.claims), (mentions, readings.c.mentions)):
        counted = (
            select(func.count())
            .select_from(table)
            .where(table.c.document_id == readings.c.document_id)
            .scalar_subquery()
        )
        rows = connection.execute(
            select(readings.c.document_id, expected.label("expected"), counted.label("counted"))
            .where(counted != expected)
            .order_by(readings.c.document_id)
        )
        found += [
            f"document {row.document_id}: {row.counted} of {row.expected} {table.name}"
            for row in rows
        ]
    half = (
        select(documents.c.id)
        .select_from(documents.outerjoin(texts).outerjoin(readings))
        .where(
            documents.c.withdrawn.is_(None),
            texts.c.document_id.is_(None) | readings.c.document_id.is_(None),
        )
        .order_by(documents.c.id)
    )
    found += [f"document {row.id}: text or reading is missing" for row in connection.execute(half)]
    found += _incident_faults(connection)
    return found


def _incident_faults(connection: Connection) -> list[str]:
    members: dict[str, set[str]] = {}
    for row in connection.execute(select(incident_mentions)):
        members.setdefault(row.incident_id, set()).add(row.mention_id)
    found = []
    for row in connection.execute(
        select(incidents.c.id, incidents.c.body).order_by(incidents.c.id)
    ):
        if set(decode(row.body, Incident).mentions) != members.get(row.id, set()):
            found.append(f"incident {row.id}: its mentions are not those it was made of")
    return found
