"""Database errors in the words of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from dateline.errors import LedgerBusyError, LedgerError

BUSY_HINT = "try again later, or raise DATELINE_BUSY_SECONDS"

# What SQLite says, and what to tell the user: SQLite has no finer error classes.
_SAYINGS: tuple[tuple[str, str, str | None], ...] = (
    ("file is not a database", "is no ledger", "give another file"),
    ("readonly database", "may not be written to", "check its permissions"),
    ("attempt to write a readonly", "may not be written to", "check its permissions"),
    ("unable to open database file", "cannot be opened", "check the path and its permissions"),
    ("malformed", "is damaged", "restore it from a backup"),
    ("disk is full", "the disk is full", "make room and try again"),
    ("disk i/o error", "cannot be read or written: disk error", None),
)


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Raise what the database raises as LedgerError, naming the ledger.

    Raises LedgerBusyError where another process held it for too long.
    """
    try:
        yield
    except IntegrityError as error:
        raise LedgerError(f"refused: {_first_line(error)}", where=where) from error
    except DBAPIError as error:
        raise _translate(error, where) from error
    except SQLAlchemyError as error:
        raise LedgerError(str(error).splitlines()[0], where=where) from error


def _translate(error: DBAPIError, where: str) -> LedgerError:
    said = _first_line(error)
    lowered = said.lower()
    # 55P03: lock_not_available, 40P01: deadlock_detected, 40001: serialization_failure.
    state = getattr(error.orig, "sqlstate", None)
    if "is locked" in lowered or state in {"55P03", "40P01", "40001"}:
        return LedgerBusyError("another process is writing to it", where=where, hint=BUSY_HINT)
    for saying, what, hint in _SAYINGS:
        if saying in lowered:
            return LedgerError(what, where=where, hint=hint)
    return LedgerError(said, where=where)


def _first_line(error: DBAPIError) -> str:
    return (str(error.orig).strip() or type(error.orig).__name__).splitlines()[0]
