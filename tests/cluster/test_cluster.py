"""Reading and linking on Spark: the incidents of a ledger, and bad rows beside good ones."""

from __future__ import annotations

import datetime as dt
import json
import shutil

import pytest

from dateline import linkage, pipeline
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
def spark(tmp_path_factory):
    from dateline.cluster import local_session

    session = local_session("local[2]")
    session.conf.set("spark.sql.shuffle.partitions", "2")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def folder(spark, tmp_path_factory):
    """The readings and the incidents of the rows, as Parquet."""
    from dateline import cluster

    folder = tmp_path_factory.mktemp("cluster")
    names = ("external_id", "publisher", "published_at", "text", "html")
    table = spark.createDataFrame(
        [tuple(row.get(name) for name in names) for row in ROWS],
        ", ".join(f"{name} string" for name in names),
    )
    cluster.read(table).write.parquet(str(folder / "readings"))
    made = cluster.link(spark.read.parquet(str(folder / "readings")))
    made.write.parquet(str(folder / "incidents"))
    return folder


def rows_of(spark, path):
    return [row.asDict(recursive=True) for row in spark.read.parquet(str(path)).collect()]


def test_every_row_comes_out_and_bad_ones_say_why(spark, folder):
    read = {row["external_id"]: row for row in rows_of(spark, folder / "readings")}
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


def test_the_incidents_are_those_of_a_ledger(spark, folder, tmp_path):
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
    made = rows_of(spark, folder / "incidents")
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
