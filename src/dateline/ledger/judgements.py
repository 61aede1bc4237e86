"""Judgements, which are only ever appended, and runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, select, update

from dateline.errors import LedgerError
from dateline.ledger.codec import decode, encode
from dateline.ledger.records import Judgement, OpenRun, Run
from dateline.ledger.tables import judgements, runs


def stamp(at: dt.datetime) -> str:
    """A time as it is stored: ISO 8601 in UTC. Raises LedgerError without a time zone."""
    if at.tzinfo is None:
        raise LedgerError("a time needs a time zone")
    return at.astimezone(dt.UTC).isoformat()


def append(
    connection: Connection,
    *,
    kind: str,
    subjects: Sequence[str],
    author: str,
    at: dt.datetime,
    note: str,
    body: dict[str, object] | None,
) -> int:
    """Store one judgement and give its number."""
    if not kind or not subjects or not author:
        raise LedgerError("a judgement needs a kind, a subject and an author")
    result = connection.execute(
        judgements.insert(),
        {
            "kind": kind,
            "subjects": encode(tuple(subjects)),
            "author": author,
            "at": stamp(at),
            "note": note,
            "body": None if body is None else encode(body),
        },
    )
    return _key(result.inserted_primary_key)


def select_judgements(kind: str | None = None, since: int = 0) -> Select[Any]:
    """Judgements in the order they were made, from number ``since`` on."""
    statement = select(judgements).where(judgements.c.id >= since).order_by(judgements.c.id)
    return statement if kind is None else statement.where(judgements.c.kind == kind)


def judgement(row: Row[Any]) -> Judgement:
    """The judgement of a row of the table."""
    return Judgement(
        id=row.id,
        kind=row.kind,
        subjects=decode(row.subjects, tuple[str, ...]),
        author=row.author,
        at=dt.datetime.fromisoformat(row.at),
        note=row.note,
        body=None if row.body is None else decode(row.body, dict[str, object]),
    )


def begin_run(connection: Connection, reader: str, at: dt.datetime) -> OpenRun:
    """Write down that a pass of reading begins."""
    result = connection.execute(
        runs.insert(),
        {"reader": reader, "started_at": stamp(at), "added": 0, "known": 0, "failed": 0},
    )
    return OpenRun(id=_key(result.inserted_primary_key))


def end_run(connection: Connection, run: OpenRun, at: dt.datetime) -> None:
    """Write down what came of it."""
    connection.execute(
        update(runs)
        .where(runs.c.id == run.id)
        .values(finished_at=stamp(at), added=run.added, known=run.known, failed=run.failed)
    )


def select_runs() -> Select[Any]:
    """Runs in the order they began."""
    return select(runs).order_by(runs.c.id)


def run(row: Row[Any]) -> Run:
    """The run of a row of the table."""
    finished = row.finished_at
    return Run(
        id=row.id,
        reader=row.reader,
        started_at=dt.datetime.fromisoformat(row.started_at),
        finished_at=None if finished is None else dt.datetime.fromisoformat(finished),
        added=row.added,
        known=row.known,
        failed=row.failed,
    )


def _key(inserted: Row[Any] | None) -> int:
    assert inserted is not None
    return int(inserted[0])
