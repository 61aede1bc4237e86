"""How far a ledger has come: its last change, its last judgement, what changed lately."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from dateline.ledger.claims import batches
from dateline.ledger.store import Ledger
from dateline.ledger.tables import changes, judgements


class Change(NamedTuple):
    """An incident that came (new), changed, or went (gone)."""

    number: int
    incident_id: str
    kind: str
    at: dt.datetime


def last_change(ledger: Ledger) -> int:
    """The number of the last change; it grows with every one."""
    with ledger._reading() as connection:
        return int(connection.execute(select(func.max(changes.c.number))).scalar() or 0)


def last_judgement(ledger: Ledger) -> int:
    """The number of the last judgement."""
    with ledger._reading() as connection:
        return int(connection.execute(select(func.max(judgements.c.id))).scalar() or 0)


def latest_changes(ledger: Ledger, ids: Sequence[str], most: int) -> list[Change]:
    """The last change of each of some incidents, the latest first."""
    found: list[Change] = []
    c = changes.c
    with ledger._reading() as connection:
        for batch in batches(ids):
            last = (
                select(func.max(c.number)).where(c.incident_id.in_(batch)).group_by(c.incident_id)
            )
            for row in connection.execute(select(changes).where(c.number.in_(last))):
                at = dt.datetime.fromisoformat(row.at)
                found.append(Change(row.number, row.incident_id, row.kind, at))
    return sorted(found, key=lambda change: -change.number)[:most]


def recent_changes(ledger: Ledger, most: int) -> list[Change]:
    """The latest changes of the whole ledger, the latest first; an incident may recur."""
    with ledger._reading() as connection:
        rows = connection.execute(select(changes).order_by(changes.c.number.desc()).limit(most))
        return [
            Change(row.number, row.incident_id, row.kind, dt.datetime.fromisoformat(row.at))
            for row in rows
        ]


def check(ledger: Ledger) -> None:
    """Ask the database something small. Raises LedgerError where it does not answer."""
    with ledger._reading() as connection:
        connection.execute(select(1)).scalar_one()
