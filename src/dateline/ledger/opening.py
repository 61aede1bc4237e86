"""Opening a ledger: from an address to a database of the right age."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from dateline import settings as configuration
from dateline.errors import LedgerBusyError, LedgerError, LedgerTooNewError, NoLedgerError
from dateline.ledger import fulltext, listing
from dateline.ledger.failures import BUSY_HINT, translated
from dateline.ledger.store import WRITES, Ledger
from dateline.settings import Settings

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "dateline_version"
NEWEST = "0003"
FILLED_FROM = "0002"
"""Ledgers older than this lack the listing and the full-text index, which are made anew."""


class Address(NamedTuple):
    """Where a ledger is: ``path`` for SQLite, ``url`` for a server; ``label`` for messages."""

    label: str
    path: Path | None = None
    url: URL | None = None


def utc_now() -> dt.datetime:
    """The time of day, for runs and judgements only."""
    return dt.datetime.now(dt.UTC)


def open_ledger(
    address: str | os.PathLike[str],
    *,
    create: bool = False,
    write: bool = False,
    settings: Settings | None = None,
    clock: Callable[[], dt.datetime] = utc_now,
) -> Ledger:
    """Open the ledger at a path (SQLite) or a database URL (SQLite, PostgreSQL).

    ``create`` makes it where there is none and implies ``write``; without either it is
    open for reading only. A ledger of an older version is upgraded, in one transaction.
    ``clock`` gives the time for runs and judgements (an aware datetime).

    Raises NoLedgerError where there is none, LedgerTooNewError for one written by a
    newer version, LedgerBusyError where another process holds it for longer than
    ``settings.busy_seconds``, LedgerError for anything else in the way.
    """
    settings = settings or configuration.current()
    write = write or create
    target = parse_address(os.fspath(address))
    if target.path is not None:
        _check_file(target.path, target.label, create=create)
    engine = _engine(target, settings, write=write)
    try:
        with translated(target.label):
            _bring_up_to_date(engine, target, settings, create=create, write=write)
    except BaseException:
        engine.dispose()
        raise
    return Ledger(
        engine,
        target.label,
        writable=write,
        busy_seconds=settings.busy_seconds,
        clock=clock,
    )


def parse_address(address: str) -> Address:
    """What an address names; a URL is told from a path by its ``://``.

    Raises LedgerError for a database that is not supported.
    """
    if "://" not in address:
        return Address(address, path=Path(address))
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise LedgerError("is no database URL", where=address) from None
    label = url.render_as_string(hide_password=True)
    backend = url.drivername.partition("+")[0]
    if backend == "sqlite":
        if not url.database or url.database == ":memory:":
            raise LedgerError("a ledger needs a file", where=label)
        return Address(label, path=Path(url.database))
    if backend in {"postgresql", "postgres"}:
        return Address(label, url=url.set(drivername="postgresql+psycopg"))
    raise LedgerError(
        f"{backend} is not supported", where=label, hint="use a file, or postgresql://…"
    )


def _check_file(path: Path, label: str, *, create: bool) -> None:
    if "\0" in label:
        raise LedgerError("is no file name", where=label.replace("\0", "\\0"))
    try:
        if path.is_dir():
            raise LedgerError("is a directory", where=label, hint="give a file")
        if path.exists():
            return
        if not create:
            raise NoLedgerError(
                "there is no ledger here", where=label, hint="dateline add makes one"
            )
        if not path.parent.is_dir():
            raise LedgerError(
                f"the directory {path.parent} does not exist",
                where=label,
                hint="make it first",
            )
    except OSError as error:
        raise LedgerError(f"cannot be opened: {error.strerror}", where=label) from None


def _engine(target: Address, settings: Settings, *, write: bool) -> Engine:
    if target.path is not None:
        return _sqlite_engine(target.path, settings, write=write)
    assert target.url is not None
    try:
        engine = create_engine(target.url, isolation_level="REPEATABLE READ")
    except ModuleNotFoundError:
        raise LedgerError(
            "PostgreSQL needs the package psycopg",
            where=target.label,
            hint="pip install 'dateline[postgres]'",
        ) from None
    # For PostgreSQL 0 means to wait for ever, here it means not at all.
    wait = max(1, round(settings.busy_seconds * 1000))

    @event.listens_for(engine, "connect")
    def set_up(connection: DBAPIConnection, record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = {wait}")
        cursor.close()
        connection.commit()

    return engine


def _sqlite_engine(path: Path, settings: Settings, *, write: bool) -> Engine:
    uri = "file:" + quote(os.fsencode(path.absolute()))
    mode = "rwc" if write else "rw"
    if not write and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        # Where the shared-memory file cannot be made, a ledger at rest can still be
        # read as it stands; one with a write-ahead log beside it cannot.
        at_rest = not path.with_name(path.name + "-wal").exists()
        mode = "ro&immutable=1" if at_rest else "ro"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{uri}?mode={mode}",
            uri=True,
            timeout=settings.busy_seconds,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        # NORMAL loses no whole-ness: a killed process loses nothing, a power cut at
        # most the last documents (sqlite.org/pragma.html#pragma_synchronous).
        connection.execute("PRAGMA synchronous = NORMAL")
        # What is deleted is overwritten with zeros: a takedown must leave no bytes.
        connection.execute("PRAGMA secure_delete = ON")
        if not write:
            connection.execute("PRAGMA query_only = ON")
        return connection

    engine = create_engine(
        "sqlite+pysqlite://", creator=connect, poolclass=QueuePool, max_overflow=-1
    )

    # The sqlite3 module opens transactions at times of its own choosing; this makes
    # them ours. A writer takes its lock at once, so that it waits instead of failing
    # half-way, when what it has read is out of date.
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _bring_up_to_date(
    engine: Engine, target: Address, settings: Settings, *, create: bool, write: bool
) -> None:
    with engine.connect() as connection:
        version = _version(connection, target.label)
        if version is None and not create:
            if inspect(connection).get_table_names():
                raise LedgerError("is a database, but no ledger", where=target.label)
            raise NoLedgerError(
                "there is no ledger here", where=target.label, hint="dateline add makes one"
            )
    if version is not None and version > NEWEST:
        raise LedgerTooNewError(
            f"was written by a newer version of Dateline (ledger version {version}, "
            f"this one knows {NEWEST})",
            where=target.label,
            hint="upgrade with: pip install -U dateline",
        )
    if write and target.path is not None:
        _use_write_ahead_log(engine, target.label, settings)
    if version == NEWEST:
        return
    if write:
        _migrate(engine, target.label)
        return
    # Open for reading, but of an older version: upgraded all the same, where that may be.
    writing = _engine(target, settings, write=True)
    try:
        with translated(target.label):
            _migrate(writing, target.label)
    finally:
        writing.dispose()


def _version(connection: Connection, label: str) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars().all()
    if len(found) != 1:
        raise LedgerError("its version cannot be told", where=label)
    return str(found[0])


def _use_write_ahead_log(engine: Engine, label: str, settings: Settings) -> None:
    """Let readers go on while one process writes. The mode is kept in the file."""
    give_up = time.monotonic() + settings.busy_seconds
    connection = engine.raw_connection()
    try:
        while True:
            try:
                # Changing the mode does not heed the busy timeout, hence the loop.
                connection.cursor().execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise LedgerError(
                        f"cannot be opened for writing: {error}", where=label
                    ) from None
                if time.monotonic() > give_up:
                    raise LedgerBusyError(
                        "another process is writing to it", where=label, hint=BUSY_HINT
                    ) from None
                time.sleep(0.02)
            except sqlite3.DatabaseError as error:
                raise LedgerError(f"is no ledger: {error}", where=label) from None
    finally:
        connection.close()


def _migrate(engine: Engine, label: str) -> None:
    """Run the migrations that are missing, all or none."""
    from alembic import command
    from alembic.config import Config

    options: dict[str, Any] = {WRITES: True}
    if engine.dialect.name == "postgresql":
        # Each statement must see what another process made while this one waited.
        options["isolation_level"] = "READ COMMITTED"
    with engine.connect().execution_options(**options) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            # Two that come to an empty schema at once: the second waits for the first.
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(current_schema()))"))
        version = _version(connection, label)
        if version is None and inspect(connection).get_table_names():
            raise LedgerError(
                "holds tables of something else", where=label, hint="give an empty database"
            )
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if version is not None and version < FILLED_FROM:
            fulltext.fill(connection)
            listing.fill(connection)
