"""Where documents, claims, incidents and judgements are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.ledger.records import (
    DocumentEntry,
    IncidentFilter,
    Judgement,
    OpenRun,
    Run,
    StoredClaim,
)

if TYPE_CHECKING:
    from dateline.ledger.opening import open_ledger
    from dateline.ledger.store import Ledger

__all__ = [
    "DocumentEntry",
    "IncidentFilter",
    "Judgement",
    "Ledger",
    "OpenRun",
    "Run",
    "StoredClaim",
    "open_ledger",
]


def __getattr__(name: str) -> object:
    # SQLAlchemy is heavy; whoever only asks for --help should not wait for it.
    if name == "open_ledger":
        from dateline.ledger.opening import open_ledger

        return open_ledger
    if name == "Ledger":
        from dateline.ledger.store import Ledger

        return Ledger
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
