from __future__ import annotations

import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline import settings as configuration
from dateline.cli.app import app
from dateline.desk import serving
from dateline.errors import DatelineError, NoLedgerError, SettingsError
from dateline.ledger import open_ledger
from dateline.settings import Settings

PASSWORD = "correct horse battery"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch) -> str:
    path = tmp_path / "l.db"
    open_ledger(str(path), create=True).close()
    configuration.current.cache_clear()
    return str(path)


def run(*arguments: str, typed: str = ""):
    return CliRunner().invoke(app, list(arguments), input=typed)


def test_users_come_change_and_go(ledger: str):
    made = run("user", "add", "vera", "--ledger", ledger, "--stdin", typed=f"{PASSWORD}\n")
    assert made.exit_code == 0, made.output
    assert "vera added as reviewer" in made.output
    assert Path(ledger + ".desk.json").is_file()
    run("user", "add", "adam", "--role", "admin", "--ledger", ledger, "--stdin", typed=PASSWORD)
    assert run("user", "list", "--ledger", ledger).output == "adam\tadmin\nvera\treviewer\n"
    changed = run("user", "password", "vera", "--ledger", ledger, "--stdin", typed=PASSWORD + "2")
    assert changed.exit_code == 0
    assert run("user", "remove", "vera", "--ledger", ledger).exit_code == 0
    gone = run("user", "remove", "vera", "--ledger", ledger)
    assert isinstance(gone.exception, DatelineError)
    assert "no user" in str(gone.exception)


def test_a_short_password_is_refused_in_a_line(ledger: str):
    refused = run("user", "add", "vera", "--ledger", ledger, "--stdin", typed="short\n")
    assert isinstance(refused.exception, SettingsError)
    assert "10 characters" in str(refused.exception)


def test_serving_says_what_is_in_the_way(ledger: str, tmp_path: Path):
    def serve(address: str, host: str, port: int) -> None:
        serving.run(address, Settings(), host=host, port=port, open_browser=False, say=print)

    with pytest.raises(NoLedgerError):
        serve(str(tmp_path / "none.db"), "127.0.0.1", 0)
    with pytest.raises(SettingsError, match="no accounts"):
        serve(ledger, "0.0.0.0", 0)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingsError, match="something else listens"):
            serve(ledger, "127.0.0.1", taken.getsockname()[1])
    run("user", "add", "vera", "--ledger", ledger, "--stdin", typed=PASSWORD)
    with pytest.raises(SettingsError, match=r"cannot be bound"):
        serve(ledger, "203.0.113.7", 0)


def test_the_missing_extra_is_named(ledger: str, monkeypatch):
    import importlib.util

    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "uvicorn" else real(name)
    )
    refused = run("serve", "--ledger", ledger)
    assert isinstance(refused.exception, DatelineError)
    assert (
        str(refused.exception)
        == "the desk needs the package uvicorn (pip install 'dateline[desk]')"
    )
