"""The command line as a user meets it: real processes, real files."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import ROOT

DATELINE = Path(sys.executable).with_name("dateline")


def run(*arguments: object, stdin: str | bytes = b"", **environment: str):
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [str(DATELINE), *map(str, arguments)],
        input=data,
        capture_output=True,
        env={**os.environ, "NO_COLOR": "1", **environment},
        check=False,
    )
    done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
    return done


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory, examples) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "examples.db"
    done = run("add", examples, "--ledger", path)
    assert done.returncode == 0, done.stderr
    return path


def schema(name: str) -> dict:
    return json.loads((ROOT / "docs" / "schema" / name).read_text(encoding="utf-8"))


def test_help_names_every_command_and_the_exit_codes():
    done = run("--help")
    assert done.returncode == 0
    for command in ("read", "add", "incidents", "show", "documents", "withdraw"):
        assert command in done.stdout
        assert run(command, "--help").returncode == 0
    assert "Exit codes" in done.stdout


def test_help_loads_nothing_heavy():
    heavy = {"sqlalchemy", "alembic", "onnxruntime", "numpy", "trafilatura", "tokenizers", "lxml"}
    code = "import sys, dateline.cli.app; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert heavy.isdisjoint(loaded.stdout.split())


def test_read_for_people_shows_the_incident_its_chain_and_its_words(examples):
    done = run("read", examples / "firing-range-repost.txt")
    assert done.returncode == 0
    for words in ("2022-10-15", "Belgorod", "Newsweek ← TASS", "fatally injured", "Statistics"):
        assert words in done.stdout


def test_read_from_standard_input_in_jsonl():
    done = run(
        "read", "-", "--format", "jsonl", stdin="A bomb killed six people in Kabul on Monday."
    )
    (line,) = lines(done.stdout)
    jsonschema.validate(line, schema("read.schema.json"))
    killed = [c["value"] for c in line["claims"] if c["kind"] == "casualty"]
    assert [(v["effect"], v["min"], v["max"]) for v in killed] == [("killed", 6, 6)]


POST = "A bomb killed six people in Kabul on Monday, the police said."


def test_what_is_known_beside_a_text_is_told_by_options():
    facts = ("--publisher", "Riverside Herald", "--published-at", "12 July 2017")
    facts += ("--title", "Six killed")
    done = run(
        "read", "-", *facts, "--url", "https://example.org/1", "--format", "jsonl", stdin=POST
    )
    assert done.returncode == 0, done.stderr
    (line,) = lines(done.stdout)
    told = {key: line["document"][key] for key in ("publisher", "published_at", "title", "url")}
    assert told == {
        "publisher": "Riverside Herald",
        "published_at": "2017-07-12",
        "title": "Six killed",
        "url": "https://example.org/1",
    }
    assert line["document"]["published_how"] == "stated"
    assert line["incidents"][0]["date"]["start"] == "2017-07-10"
    assert {claim["chain"][0] for claim in line["claims"]} == {"Riverside Herald"}


def test_a_line_of_json_knows_its_own_report_best(tmp_path):
    path = tmp_path / "posts.jsonl"
    path.write_text(
        json.dumps({"text": POST, "publisher": "Pajhwok"})
        + "\n"
        + json.dumps({"text": POST})
        + "\n"
    )
    done = run("read", path, "--publisher", "Tolo", "--format", "jsonl")
    assert [line["document"]["publisher"] for line in lines(done.stdout)] == ["Pajhwok", "Tolo"]


@pytest.mark.parametrize(
    "options",
    [
        ("--publisher", " "),
        ("--published-at", "07/08/2024"),
        ("--published-at", "soon"),
        ("--title", "x" * 501),
        ("--url", "example"),
        ("--url", "javascript:alert(1)"),
        ("--url", "https://["),
    ],
)
@pytest.mark.parametrize("command", ["read", "add"])
def test_a_fact_that_cannot_be_is_refused_in_one_line(tmp_path, command, options):
    ledger = ("--ledger", tmp_path / "x.db") if command == "add" else ()
    done = run(command, "-", *options, *ledger, stdin=POST)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {options[0]}: ")
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_one_title_is_not_put_on_several_reports(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"{POST} {name}")
    for fact in ("title", "url"):
        done = run("read", tmp_path, f"--{fact}", "https://example.org/1")
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert f"--{fact}" in done.stderr
    assert run("read", tmp_path, "--publisher", "Tolo").returncode == 0


def test_every_example_keeps_the_contract(examples):
    done = run("read", examples, "--format", "jsonl")
    assert done.returncode == 0
    found = lines(done.stdout)
    assert len(found) >= 10
    contract = schema("read.schema.json")
    for line in found:
        jsonschema.validate(line, contract)
        text = line["document"]["text"]
        for claim in line["claims"]:
            start, end = claim["span"]
            assert 0 <= start < end <= len(text)
            assert claim["chain"]
            assert claim["incident"] is None or claim["incident"] < len(line["incidents"])


def test_the_same_bytes_for_any_number_of_workers(examples):
    one = run("read", examples, "--format", "jsonl", DATELINE_WORKERS="1")
    two = run("read", examples, "--format", "jsonl", DATELINE_WORKERS="2")
    assert one.stdout == two.stdout


def test_scope_decides_what_becomes_an_incident(examples):
    def incidents(scope: str) -> dict[str, int]:
        done = run("read", examples / "wires.jsonl", "--format", "jsonl", "--scope", scope)
        return {x["document"]["external_id"]: len(x["incidents"]) for x in lines(done.stdout)}

    assert incidents("violence")["wire-3"] == 0
    assert incidents("harm")["wire-3"] == 1


def test_adding_twice_changes_nothing(ledger, examples):
    before = run("incidents", "--ledger", ledger, "--format", "jsonl").stdout
    again = run("add", examples, "--ledger", ledger)
    assert again.returncode == 0
    assert again.stdout.startswith("0 added")
    assert run("incidents", "--ledger", ledger, "--format", "jsonl").stdout == before


def test_incidents_keep_their_contract_and_name_each_other(ledger):
    found = lines(run("incidents", "--ledger", ledger, "--format", "jsonl").stdout)
    contract = schema("incidents.schema.json")
    for line in found:
        jsonschema.validate(line, contract)
    belgorod = [x for x in found if x["place"] and "Belgorod" in (x["place"]["admin1"] or "")]
    assert len(belgorod) == 2
    first, second = belgorod
    assert second["id"] in first["nearby"]
    assert first["id"] in second["nearby"]


def test_filters(ledger):
    def ids(*options: object) -> list[str]:
        done = run("incidents", "--ledger", ledger, "--format", "jsonl", *options)
        assert done.returncode == 0, done.stderr
        return [line["id"] for line in lines(done.stdout)]

    everything = ids()
    russia = ids("--country", "Russia")
    assert russia == ids("--country", "RU")
    assert 0 < len(russia) < len(everything)
    assert len(ids("--min-killed", "10")) < len(everything)
    assert ids("--since", "2022-10-01", "--until", "2022-10-31") == [
        i for i in russia if i in ids("--place", "belgorod", "--until", "2023-01-01")
    ]
    assert 0 < len(ids("--type", "shooting")) < len(everything)
    assert run("incidents", "--ledger", ledger, "--type", "no-such-type").returncode == 2
    assert run("incidents", "--ledger", ledger, "--grade", "great").returncode == 2
    assert run("incidents", "--ledger", ledger, "--country", "Atlantis").returncode == 2


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        (("--effect", "injured"), "effect=injured"),
        (("--effect", "injured", "--min", "2"), "effect=injured&min=2"),
        (("--min-killed", "2"), "min=2"),
        (("--source", "police"), "source=police"),
        (("--words", "shot"), "q=shot"),
        (("--disputed",), "disputed=1"),
        (("--background", "only"), "background=only"),
        (("--until", "2022-12-31", "--country", "Russia"), "until=2022-12-31&country=RU"),
        (("--place", "belgorod", "--grade", "weak"), "place=belgorod&grade=weak"),
    ],
)
def test_list_export_and_desk_take_one_filter(ledger, options, asked):
    from starlette.datastructures import QueryParams

    from dateline.desk.incident_list import parse_filter
    from dateline.ledger import open_ledger

    listed = run("incidents", "--ledger", ledger, "--format", "jsonl", *options)
    exported = run("export", "--ledger", ledger, "--format", "jsonl", *options)
    assert (listed.returncode, exported.returncode) == (0, 0), listed.stderr + exported.stderr
    wanted, note = parse_filter(QueryParams(asked))
    assert note is None
    with open_ledger(ledger) as book:
        in_desk = book.search().match(wanted).ids("oldest", 0, None)
        assert len(in_desk) < book.count_incidents()
    assert [line["id"] for line in lines(listed.stdout)] == in_desk
    assert [line["id"] for line in lines(exported.stdout)] == in_desk


def test_a_filter_that_cannot_be_is_refused_in_one_line(ledger):
    for options, said in (
        (("--min-killed", "2", "--min", "3"), "--min-killed: says the same as --effect and --min"),
        (("--words", "-drill"), "--words: '-drill' holds no words to look for"),
        (("--effect", "annoyed"), "--effect: 'annoyed' is no effect"),
    ):
        done = run("incidents", "--ledger", ledger, *options)
        assert done.returncode == 2
        assert said in done.stderr


def test_a_limit_gives_the_first_incidents(ledger):
    def ids(*options: object) -> list[str]:
        done = run("incidents", "--ledger", ledger, "--format", "jsonl", *options)
        return [line["id"] for line in lines(done.stdout)]

    assert ids("--limit", 2) == ids()[:2]
    table = run("incidents", "--ledger", ledger, "--limit", 2).stdout
    assert len(table.splitlines()) >= 3
    assert ids()[2][:10] not in table


def test_csv_and_geojson_load(ledger):
    table = run("incidents", "--ledger", ledger, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {"killed_low", "killed_best", "killed_high", "date_prec"} <= set(rows[0])
    collection = json.loads(run("incidents", "--ledger", ledger, "--format", "geojson").stdout)
    assert collection["type"] == "FeatureCollection"
    assert len(collection["features"]) == len(rows)
    for feature in collection["features"]:
        if feature["geometry"]:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90


def test_show_prints_claims_with_words_and_neighbours(ledger):
    found = lines(
        run("incidents", "--ledger", ledger, "--format", "jsonl", "--country", "RU").stdout
    )
    done = run("show", found[0]["id"], "--ledger", ledger)
    assert done.returncode == 0
    assert "Independent sources" in done.stdout
    assert "“" in done.stdout
    assert found[1]["id"][:10] in done.stdout
    missing = run("show", "iffffffffffffffff", "--ledger", ledger)
    assert missing.returncode == 4
    assert missing.stderr.count("\n") == 1


def test_withdraw_erases_the_words_and_leaves_a_tombstone(ledger, tmp_path):
    own = tmp_path / "own.db"
    shutil.copy(ledger, own)
    before = lines(run("incidents", "--ledger", own, "--format", "jsonl").stdout)
    done = run("withdraw", "wire-2", "--reason", "asked for by the publisher", "--ledger", own)
    assert done.returncode == 0, done.stderr
    listed = run("documents", "--ledger", own).stdout
    assert "withdrawn: asked for by the publisher" in " ".join(listed.split())
    after = lines(run("incidents", "--ledger", own, "--format", "jsonl").stdout)
    assert [x["documents"] for x in before if "wire-2" in x["documents"]] == [["wire-2", "wire-4"]]
    assert [x["documents"] for x in after if "wire-4" in x["documents"]] == [["wire-4"]]
    others = [x for x in before if "wire-2" not in x["documents"]]
    assert [x for x in after if "wire-4" not in x["documents"]] == others
    for file in tmp_path.iterdir():
        assert b"Gunmen on motorbikes" not in file.read_bytes()


def test_bad_input_is_one_line_each_and_loses_nothing(tmp_path):
    (tmp_path / "good.txt").write_text("A bomb killed six people in Kabul on Monday.\n")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "mixed.jsonl").write_text(
        '{"id": "a", "text": "A bomb killed six people in Kabul on Monday."}\n'
        "{broken\n"
        '{"id": "b", "text": "Two soldiers were shot dead in Kabul on Monday."}\n'
    )
    (tmp_path / "emoji.txt").write_text("😀🎉🔥\n")
    ledger = tmp_path / "out" / "l.db"
    ledger.parent.mkdir()
    paths = [
        tmp_path / name
        for name in ("good.txt", "empty.txt", "binary.txt", "mixed.jsonl", "emoji.txt")
    ]
    done = run("add", *paths, tmp_path / "not-there", "--ledger", ledger)
    assert done.returncode == 3
    for name in ("empty.txt", "binary.txt", "mixed.jsonl:2", "not-there"):
        (told,) = [line for line in done.stderr.splitlines() if name in line]
        assert told.startswith("error: ")
    listed = lines(run("incidents", "--ledger", ledger, "--format", "jsonl").stdout)
    assert {"a", "b"} <= {document for x in listed for document in x["documents"]}


def test_a_terminal_is_never_steered_by_a_report():
    hostile = (
        "\x1b[31mA bomb killed six people\x1b]0;owned\x07 in Kabul \u202eon Monday\u202c. [bold]"
    )
    done = run("read", "-", stdin=hostile)
    assert "\x1b]0" not in done.stdout
    assert "\u202e" not in done.stdout


def test_no_ledger_is_one_line():
    done = run("incidents", "--ledger", "/nowhere/at/all.db")
    assert done.returncode == 4
    assert done.stderr.count("\n") == 1


def test_a_bad_setting_is_named():
    done = run("read", "-", stdin="Some text.", DATELINE_WORKERS="many")
    assert done.returncode == 2
    assert "DATELINE_WORKERS" in done.stderr


def test_a_closed_pipe_is_no_failure(examples):
    done = subprocess.run(
        f"{DATELINE} read {examples} --format jsonl | head -c 10",
        shell=True,
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
