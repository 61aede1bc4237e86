"""``dateline cluster`` on Spark: the incidents of a ledger, and bad rows beside good ones."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil

import pytest
from typer.testing import CliRunner

from dateline import linkage, pipeline
from dateline.cli.app import app
from dateline.errors import DatelineError
from dateline.ledger import open_ledger
from dateline.settings import Settings

pytestmark = pytest.mark.slow
pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java", allow_module_level=True)

ROWS = [
    {
        "external_id": "kabul-1",
        "publisher": "Herald",
        "published_at": "2023-03-14",
        "text": "KABUL, March 14 - A bomb killed six people and injured 21 at a bazaar in "
        "Kandahar on Tuesday, police said.",
    },
    {
        "external_id": "kabul-2",
        "publisher": "Star",
        "published_at": "2023-03-15",
        "text": "Seven people were killed when a bomb exploded at a bazaar in the Afghan city of "
        "Kandahar on Tuesday, a hospital official said on Wednesday.",
    },
    {
        "external_id": "kherson",
        "publisher": "Star",
        "published_at": "2023-03-15",
        "text": "Two people were killed by shelling in Kherson on Wednesday, the governor said.",
    },
    {
        "external_id": "page",
        "publisher": "Post",
        "published_at": "2023-03-16",
        "html": "<html><head><title>Deaths in Kherson</title></head><body><article><p>Two people "
        "were killed by Russian shelling in the city of Kherson on Wednesday, 15 March, the "
        "regional governor said.</p><p>The shells hit a market in the morning.</p></article>"
        "</body></html>",
    },
    {"external_id": "empty", "text": "   "},
    {"external_id": "nothing"},
    {
        "external_id": "weather",
        "published_at": "2023-03-15",
        "text": "It rained in Oslo on Monday.",
    },
    {
        "external_id": "odd",
        "publisher": "Gazette",
        "published_at": "no day at all",
        "text": "A gunman shot dead three people in Nairobi on 3 May 2022, police said. \x00 end.",
    },
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The readings and the incidents of the rows, as the commands write them, and what they say."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = tmp_path_factory.mktemp("cluster")
    names = ("external_id", "publisher", "published_at", "text", "html")
    table = pa.table(
        {name: pa.array([row.get(name) for row in ROWS], pa.string()) for name in names}
    )
    pq.write_table(table, folder / "rows.parquet")
    # The JVM of a run this short gains nothing from optimising what it runs.
    os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    paths = {name: str(folder / name) for name in ("rows.parquet", "readings", "incidents")}
    said = [
        run("cluster", "read", paths["rows.parquet"], paths["readings"], "--master", "local[2]"),
        run("cluster", "link", paths["readings"], paths["incidents"], "--master", "local[2]"),
    ]
    (folder / "said").write_text("\n".join(said), encoding="utf-8")
    return folder


def run(*arguments):
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def rows_of(path):
    import pyarrow.parquet as pq

    return pq.read_table(path).to_pylist()


def test_the_commands_say_how_much_they_wrote(folder):
    said = (folder / "said").read_text(encoding="utf-8")
    assert "6 read, 2 not read (column error says why)" in said
    assert f"{len(rows_of(folder / 'incidents'))} incidents" in said


def refused(*arguments):
    """The error of a command that wrote nothing."""
    result = CliRunner().invoke(app, arguments)
    assert isinstance(result.exception, DatelineError), result.output
    assert "\n" not in str(result.exception)
    return result.exception


def test_a_folder_that_is_there_is_not_written_over(folder):
    before = sorted(path.name for path in (folder / "incidents").iterdir())
    error = refused("cluster", "link", str(folder / "readings"), str(folder / "incidents"))
    assert error.exit_code == 2
    assert "exists already" in str(error)
    assert sorted(path.name for path in (folder / "incidents").iterdir()) == before


@pytest.mark.parametrize("command", ["read", "link"])
def test_what_is_not_there_or_no_table_is_an_error_in_one_line(folder, command, tmp_path):
    notes = tmp_path / "notes.parquet"
    notes.write_text("These are notes.", encoding="utf-8")
    out = tmp_path / "out"
    for path in (tmp_path / "none.parquet", notes):
        error = refused("cluster", command, str(path), str(out), "--master", "local[2]")
        assert error.exit_code == 3
        assert path.name in str(error)
    # A table, but not of what the command is for.
    error = refused("cluster", command, str(folder / "incidents"), str(out), "--master", "local[2]")
    assert "has no column" in str(error)
    assert not out.exists()


def test_json_lines_go_in_by_their_ending(tmp_path):
    source = tmp_path / "rows.jsonl"
    source.write_text(json.dumps({"id": "only", "text": ROWS[2]["text"]}) + "\n", encoding="utf-8")
    out = tmp_path / "readings"
    assert "1 read, 0 not read" in run(
        "cluster", "read", str(source), str(out), "--master", "local[2]"
    )
    (row,) = rows_of(out)
    assert (row["external_id"], row["error"]) == ("only", None)


def test_every_row_comes_out_and_bad_ones_say_why(folder):
    read = {row["external_id"]: row for row in rows_of(folder / "readings")}
    assert sorted(read) == sorted(row["external_id"] for row in ROWS)
    for name in ("empty", "nothing"):
        assert read[name]["error_code"] == "empty"
        assert "neither text nor html" in read[name]["error"]
        assert read[name]["reading"] is None
    good = read["kabul-1"]
    assert good["error"] is None
    assert good["published_at"] == dt.date(2023, 3, 14)
    (incident,) = good["incidents"]
    assert (incident["killed_best"], incident["injured_best"]) == (6, 21)
    assert incident["country"] == "AF"
    contract = json.loads(good["contract"])
    assert len(contract["claims"]) == len(good["claims"])
    for claim in good["claims"]:
        assert json.loads(claim["value"])
        assert good["text"][claim["start"] : claim["end"]]
    assert read["weather"]["error"] is None
    assert read["weather"]["incidents"] == []
    assert read["page"]["publisher"] == "Post"


def test_the_incidents_are_those_of_a_ledger(folder, tmp_path):
    source = tmp_path / "rows.jsonl"
    page = tmp_path / "page.html"
    with source.open("w", encoding="utf-8") as lines:
        for row in ROWS:
            if "html" in row:
                page.write_text(row["html"], encoding="utf-8")
            else:
                lines.write(json.dumps({**row, "id": row["external_id"]}) + "\n")
    with open_ledger(tmp_path / "ledger.db", create=True) as book:
        for _ in pipeline.add_all([str(source)], book, settings=Settings(workers=1)):
            pass
        linkage.link_all(book, engine="splink")
        expected = list(book.incidents())
    made = rows_of(folder / "incidents")
    pages = [row for row in made if "page" in row["documents"]]
    assert len(pages) == 1
    # The page's publisher and day were given in a column, which a file has no place for.
    assert sorted(pages[0]["documents"]) == ["kherson", "page"]
    rest = {row["id"]: row for row in made if "page" not in row["documents"]}
    wanted = {i.id: i for i in expected if not set(i.mentions) & set(pages[0]["mentions"])}
    assert sorted(rest) == sorted(wanted)
    assert rest
    for id, incident in wanted.items():
        assert tuple(rest[id]["mentions"]) == incident.mentions
        assert rest[id]["grade"] == incident.grade
        assert tuple(rest[id]["independent_sources"]) == incident.independent_sources
        assert rest[id]["killed_best"] == incident.tolls["killed"].best
    together = [row for row in made if len(row["documents"]) > 1]
    assert ["kabul-1", "kabul-2"] in [sorted(row["documents"]) for row in together]


def test_a_reading_survives_being_kept():
    from dateline.cluster.kept import keep, remake

    reading = pipeline.read(
        "Two people \udfff were shot dead in Kherson on 15 March 2023, the governor said.",
        external_id="x",
    )
    made = remake(keep(reading))
    assert made.claims == reading.claims
    assert made.mentions == reading.mentions
    assert made.sources == reading.sources
    assert made.document.text == reading.document.text
