"""``dateline cluster`` before Spark is started: what is wrong with the paths is said at once."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.errors import DatelineError


def refused(*arguments):
    """The error of a command that did nothing."""
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert isinstance(result.exception, DatelineError), result.output
    assert "\n" not in str(result.exception)
    return result.exception


@pytest.mark.parametrize("command", ["read", "link"])
def test_an_input_that_is_not_there_is_said_at_once(command, tmp_path):
    error = refused("cluster", command, tmp_path / "none.parquet", tmp_path / "out")
    assert error.exit_code == 3
    assert "none.parquet" in str(error)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["read", "link"])
def test_nothing_is_written_over(command, tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text('{"text": "Two people were shot dead in Oslo."}\n', encoding="utf-8")
    kept = tmp_path / "out"
    kept.mkdir()
    (kept / "part-0.parquet").write_text("kept", encoding="utf-8")
    error = refused("cluster", command, source, kept)
    assert error.exit_code == 2
    assert "exists already" in str(error)
    assert [path.name for path in kept.iterdir()] == ["part-0.parquet"]
