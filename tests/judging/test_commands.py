"""The commands of judging and exporting, as a user gives them."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.errors import DatelineError
from tests.judging.test_judging import book, toll  # noqa: F401 - a fixture


@pytest.fixture
def call(book, tmp_path):  # noqa: F811 - the fixture
    def run(*arguments):
        done = CliRunner().invoke(app, [*arguments, "--ledger", str(tmp_path / "ledger.db")])
        if isinstance(done.exception, DatelineError):
            return f"error: {done.exception}"
        assert done.exit_code == 0, done.output
        return done.output

    return run


def test_a_claim_is_judged_listed_and_the_judgement_taken_back(call):
    claim = toll("three")
    assert call("judge", "wrong", claim[:12], "--note", "misprint", "--by", "ana") == (
        f"judgement 1: wrong, {claim}\n"
    )
    assert "judgement 1 by ana (wrong: misprint)" in call("judge", "right", claim, "--by", "bo")
    assert "misprint" in call("judgements")
    assert "wrong, by ana" in call("show", _incident(call))
    call("judgements", "--retract", "1", "--by", "ana")
    first, second = map(json.loads, call("judgements", "--format", "jsonl").splitlines())
    assert (first["kind"], first["retracted_by"]) == ("wrong", 2)
    assert (second["kind"], second["body"]) == ("retracted", {"judgement": 1})


def test_a_correction_is_given_by_its_fields(call):
    call("judge", "correct", toll("other-day"), "number=4", "--by", "ana")
    shown = call("incidents", "--format", "jsonl")
    assert sorted(json.loads(line)["killed"]["best"] for line in shown.splitlines()) == [1, 4, 6]
    assert "is no FIELD=VALUE" in call("judge", "correct", toll("one"), "four")


def test_an_export_is_written_whole_or_not_at_all(call, tmp_path):
    target = tmp_path / "out.csv"
    assert call("export", "--format", "csv", "--out", str(target)) == ""
    whole = target.read_bytes()
    assert whole.decode() == call("export", "--format", "csv").replace("\n", "\r\n").replace(
        "\r\r", "\r"
    )
    assert "is no policy" in call(
        "export", "--format", "csv", "--out", str(target), "--policy", "highest"
    )
    assert target.read_bytes() == whole
    assert "cannot be written" in call("export", "--format", "csv", "--out", str(tmp_path / "a/b"))
    assert not list(tmp_path.glob(".*part"))


def _incident(call):
    shown = [json.loads(line) for line in call("incidents", "--format", "jsonl").splitlines()]
    return next(one["id"] for one in shown if len(one["documents"]) == 3)
