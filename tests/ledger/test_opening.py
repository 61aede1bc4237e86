from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Text, inspect, text

from dateline.errors import LedgerError, LedgerTooNewError, NoLedgerError
from dateline.ledger import Ledger, open_ledger, opening
from dateline.ledger.codec import PackedText
from dateline.ledger.tables import FULL_TEXT, metadata
from dateline.settings import Settings
from tests.ledger.making import make_reading, single

OLDER_BY_ONE = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{later}", "{newest}", None, None
def upgrade():
    op.add_column("documents", sa.Column("colour", sa.Text))
    op.execute("UPDATE documents SET colour = 'red'")
    {then}
"""
NEWEST = opening.NEWEST
LATER = f"{int(NEWEST) + 1:04}"


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch) -> Callable[[str], None]:
    """Let the ledger have one more migration than it has."""

    def come(then: str = "pass") -> None:
        later = tmp_path / "migrations"
        shutil.copytree(opening.MIGRATIONS, later, dirs_exist_ok=True)
        (later / "versions" / f"{LATER}_colour.py").write_text(
            OLDER_BY_ONE.format(then=then, later=LATER, newest=NEWEST)
        )
        monkeypatch.setattr(opening, "MIGRATIONS", later)
        monkeypatch.setattr(opening, "NEWEST", LATER)

    return come


def columns(ledger: Ledger) -> set[str]:
    return {column["name"] for column in inspect(ledger._engine).get_columns("documents")}


def one_line(error: pytest.ExceptionInfo[LedgerError]) -> bool:
    return "\n" not in str(error.value) and len(str(error.value)) < 300


def test_the_newest_migration_is_the_one_the_code_knows():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(opening.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    revisions = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert revisions[0] == opening.NEWEST
    assert revisions == sorted(revisions, reverse=True), "versions are compared as text"


def test_the_migrations_make_the_tables_the_code_speaks_of(ledger: Ledger):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with ledger._engine.connect() as connection:
        dialect = connection.dialect

        def differ(context, column, meant_column, found, meant) -> bool:
            if isinstance(meant, PackedText):
                return not isinstance(found, Text)
            return found.compile(dialect) != meant.compile(dialect)

        def ours(name, kind, parents) -> bool:
            # The full-text index is of a kind of its own in each database.
            return not (kind == "table" and name.startswith(FULL_TEXT))

        options = {
            "version_table": opening.VERSION_TABLE,
            "compare_type": differ,
            "include_name": ours,
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_an_older_ledger_is_upgraded_when_opened(address: str, next_version):
    with open_ledger(address, create=True) as ledger:
        reading = make_reading("one")
        ledger.add(reading, single(reading))
    next_version()
    with open_ledger(address, write=True) as ledger:
        assert "colour" in columns(ledger)
        assert ledger.reading(reading.document.id) == reading


def test_an_older_ledger_is_upgraded_for_a_reader_too(address: str, next_version):
    open_ledger(address, create=True).close()
    next_version()
    with open_ledger(address) as ledger:
        assert "colour" in columns(ledger)


def test_an_upgrade_that_fails_leaves_the_ledger_as_it_was(address: str, next_version, monkeypatch):
    with open_ledger(address, create=True) as ledger:
        before = columns(ledger)
    with monkeypatch.context():
        next_version('op.execute("SELECT colour FROM nowhere")')
        with pytest.raises(LedgerError, match="nowhere") as error:
            open_ledger(address, write=True)
        assert one_line(error)
    monkeypatch.setattr(opening, "NEWEST", NEWEST)
    with open_ledger(address, write=True) as ledger:
        assert columns(ledger) == before


def test_a_newer_ledger_is_refused(address: str, ledger: Ledger):
    with ledger._engine.begin() as connection:
        connection.execute(text(f"UPDATE {opening.VERSION_TABLE} SET version_num = '0999'"))
    for options in ({}, {"write": True}, {"create": True}):
        with pytest.raises(LedgerTooNewError, match=r"newer version of Dateline.*0999") as error:
            open_ledger(address, **options)
        assert one_line(error)


def test_reading_where_there_is_no_ledger(address: str):
    for options in ({}, {"write": True}):
        with pytest.raises(NoLedgerError, match="there is no ledger here"):
            open_ledger(address, **options)


def test_a_database_of_something_else_is_left_alone(tmp_path: Path):
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="no ledger"):
        open_ledger(str(path))
    with pytest.raises(LedgerError, match="something else"):
        open_ledger(str(path), create=True)
    with sqlite3.connect(path) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()
    assert tables == [("bookmarks",)]
    assert len(path.read_bytes()) == len(before)


@pytest.mark.parametrize("content", [b"just some notes\n" * 100, b"\x89PNG" + bytes(5000)])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    for options in ({}, {"create": True}):
        with pytest.raises(LedgerError, match="is no ledger") as error:
            open_ledger(str(path), **options)
        assert one_line(error)
        assert str(path) in str(error.value)
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_ledger_only_when_asked(tmp_path: Path):
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(NoLedgerError):
        open_ledger(str(path))
    with open_ledger(str(path), create=True) as ledger:
        assert ledger.faults() == []


def test_a_directory_missing_or_in_the_place_of_the_file(tmp_path: Path):
    with pytest.raises(LedgerError, match="does not exist"):
        open_ledger(str(tmp_path / "no" / "a.db"), create=True)
    with pytest.raises(NoLedgerError):
        open_ledger(str(tmp_path / "no" / "a.db"))
    with pytest.raises(LedgerError, match="is a directory"):
        open_ledger(str(tmp_path), create=True)
    with pytest.raises(LedgerError):
        open_ledger("a\x00b.db", create=True)


@pytest.mark.parametrize("name", ["a b?c#d%41.db", "отчёт.db", os.fsdecode(b"bad\xff.db")])
def test_odd_file_names(tmp_path: Path, name: str):
    path = tmp_path / name
    open_ledger(str(path), create=True).close()
    assert [entry.name for entry in tmp_path.iterdir()] == [name]
    with open_ledger(path) as ledger:
        assert ledger.faults() == []


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("mysql://u:secret@host/db", "mysql is not supported"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("://", "no database URL"),
        ("postgresql://u:secret@127.0.0.1:1/x?connect_timeout=2", "refused"),
    ],
)
def test_addresses_that_cannot_be_used(address: str, message: str):
    with pytest.raises(LedgerError, match=message) as error:
        open_ledger(address, create=True)
    assert "secret" not in str(error.value)
    assert one_line(error)


def test_a_url_of_a_file(tmp_path: Path):
    with open_ledger(f"sqlite:///{tmp_path}/a.db", create=True):
        assert (tmp_path / "a.db").exists()
    with open_ledger(tmp_path / "a.db", settings=Settings()) as ledger:
        assert ledger.faults() == []


def test_a_ledger_without_the_right_to_write(tmp_path: Path):
    """Read by another user than the one who made it, since root may write anything."""
    path = tmp_path / "a.db"
    with open_ledger(str(path), create=True) as ledger:
        reading = make_reading("one")
        ledger.add(reading, single(reading))
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    script = (
        "import sys\n"
        "from dateline.errors import LedgerError\n"
        "from dateline.ledger import open_ledger\n"
        "if sys.argv[2] == 'nobody':\n"
        "    import os; os.setgid(65534); os.setuid(65534)\n"
        "with open_ledger(sys.argv[1]) as ledger:\n"
        "    print(len(list(ledger.documents())))\n"
        "try:\n"
        "    open_ledger(sys.argv[1], write=True)\n"
        "except LedgerError as error:\n"
        "    print(error)\n"
    )
    user = "me"
    if os.geteuid() == 0:
        user = "nobody"
        for parent in tmp_path.parents:  # root's temporary folders are closed to others
            if parent.stat().st_uid == 0 and str(parent).startswith(
                os.path.realpath(os.environ.get("TMPDIR", "/tmp")) + os.sep
            ):
                parent.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), user],
        capture_output=True,
        text=True,
        timeout=60,
    )
    tmp_path.chmod(0o755)
    assert done.stdout.splitlines()[:1] == ["1"], done.stderr
    assert "may not be written" in done.stdout or "cannot be opened" in done.stdout
    assert len(done.stdout.splitlines()) == 2
