"""Every format, loaded back with the library its users would use."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from dateline import exporting, judging, linkage, pipeline, settings
from dateline.cli.app import app
from dateline.errors import SettingsError
from dateline.export import acled, plain_rows, ucdp
from dateline.export.cells import cell, csv_bytes
from dateline.export.formats import FORMATS
from dateline.export.plain import town_words
from dateline.export.plain_rows import counted, date_prec
from dateline.export.record import Record, numeric
from dateline.export.ucdp import priogrid
from dateline.ledger import IncidentFilter, open_ledger
from dateline.model import Incident, IncidentDate, Place, Toll
from tests.ledger.making import make_reading

REPORTS = {
    "wire": (
        "2024-05-04",
        "Herald",
        "A car bomb killed five civilians and wounded 12 others in Kharkiv on 3 May 2024, "
        "police said.",
    ),
    "later": (
        "2024-05-06",
        "Star",
        "The car bomb that exploded in Kharkiv on 3 May 2024 killed seven civilians, "
        "the mayor said.",
    ),
    "child": (
        "2024-06-02",
        "Post",
        "A nine-year-old boy, Tomas Quillfeather, was shot dead at the Quillfeather family home in "
        "Nairobi on 1 June 2024, his aunt Berenice Quillfeather said. Police in Nairobi said a "
        "gunman killed Tomas Quillfeather because of a feud with the Quillfeather family.",
    ),
    "army": (
        "2024-07-02",
        "Gazette",
        "Fourteen soldiers were killed by Boko Haram gunmen in Maiduguri, Nigeria, on "
        "1 July 2024, the Nigerian army said. Three attackers were also killed.",
    ),
}
NAMES = ("Quillfeather", "Tomas", "Berenice", "quillfeather")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("exports") / "ledger.db"
    with open_ledger(path, create=True) as book:
        for name, (day, publisher, text) in REPORTS.items():
            reading = pipeline.read(
                text,
                published_at=day,
                publisher=publisher,
                title="Boy, Tomas Quillfeather, 9, shot dead" if name == "child" else name,
                url=f"https://news.example/tomas-quillfeather-shot/{name}",
                external_id=name,
            )
            book.add(reading, reading.incidents)
        linkage.link_new(book)
        yield book


def written(book, format, **more) -> bytes:
    return b"".join(exporting.export(book, format, **more))


def rows(book, format, **more) -> list[dict[str, str]]:
    text = written(book, format, **more).decode()
    return list(csv.DictReader(io.StringIO(text)))


def by_place(found, column):
    return {row[column]: row for row in found}


def test_ucdp_ged_has_its_columns_in_order_and_loads_with_pandas(book):
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(io.BytesIO(written(book, "ucdp-ged")), parse_dates=["date_start"])
    assert len(frame.columns) == 49
    assert list(frame.columns[-9:]) == [
        "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown",
        "best", "high", "low", "gwnoa", "gwnob",
    ]  # fmt: skip
    bomb = frame[frame.where_coordinates == "Kharkiv"].iloc[0]
    assert (bomb.low, bomb.best, bomb.high) == (5, 7, 7)
    assert (bomb.deaths_civilians, bomb.number_of_sources) == (7, 2)
    assert str(bomb.date_start.date()) == "2024-05-03"
    assert (bomb.date_prec, bomb.where_prec, bomb.year) == (1, 1, 2024)
    assert bomb.country == "Ukraine"
    assert bomb.source_office == "Herald; Star"


def test_ucdp_ged_counts_all_sides_and_tells_the_type_only_where_it_follows(book):
    found = by_place(rows(book, "ucdp-ged"), "where_coordinates")
    base = found["Maiduguri"]
    assert (base["side_a"], base["side_b"]) == ("Government of Nigeria", "Boko Haram")
    assert base["type_of_violence"] == "1"
    assert (base["deaths_a"], base["deaths_b"], base["best"]) == ("14", "3", "17")
    # Nobody organised is held responsible for the others, so GED's type does not follow.
    assert found["Kharkiv"]["type_of_violence"] == ""


def record_of(*groups, counted=None, type="shooting", kinds=None, own=None, best=100, code=3):
    return Record(
        incident=Incident(
            id="i1",
            type=type,
            date=None,
            place=Place(span=None, name="Testville", kind="city", country="AF"),
            tolls={"killed": Toll(low=best, best=best, high=best, rule="r", claims=())},
            perpetrator_tolls=(
                {"killed": Toll(low=own, best=own, high=own, rule="r", claims=())} if own else {}
            ),
            perpetrators=(), weapons=(), rise={}, disputes=(), independent_sources=(),
            grade="weak", grade_reason="r", background=False, mentions=(), documents=(),
        ),
        groups=groups,
        counted=counted or dict.fromkeys(groups, best),
        actors=tuple(kinds or {}),
        kinds=kinds or {},
        codes={"ucdp": code, "acled": ["Violence against civilians", "Attack"]},
    )  # fmt: skip


TALIBAN = {"Taliban": "armed_group"}


def test_one_sided_violence_has_no_dead_but_civilians():
    row = ucdp.row(record_of("civilians", kinds=TALIBAN, own=4))
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (3, "Taliban", "Civilians")
    dead = [row[f"deaths_{side}"] for side in ("a", "b", "civilians", "unknown")]
    assert dead == [0, 0, 100, None]
    assert (row["low"], row["best"], row["high"]) == (100, 100, 100)


def test_most_of_the_dead_say_whom_a_group_fought():
    row = ucdp.row(
        record_of("any", "soldiers", counted={"any": 100, "soldiers": 80}, kinds=TALIBAN)
    )
    assert (row["type_of_violence"], row["side_a"]) == (1, "Government of Afghanistan")
    assert (row["side_b"], row["deaths_a"], row["deaths_unknown"]) == ("Taliban", None, 100)
    few = record_of("any", "soldiers", counted={"any": 100, "soldiers": 8}, kinds=TALIBAN)
    assert ucdp.row(few)["type_of_violence"] is None
    mixed = record_of("any", "soldiers", "children", kinds=TALIBAN)
    assert ucdp.row(mixed)["type_of_violence"] is None
    nobody_known = ucdp.row(record_of("soldiers", own=3))
    assert (nobody_known["type_of_violence"], nobody_known["side_a"]) == (None, None)


def test_acled_tells_civilians_where_its_event_type_does():
    people = acled.row(record_of("any"))
    assert people["civilian_targeting"] == "Civilian targeting"
    assert people["actor2"] == "Civilians (Afghanistan)"
    fighters = acled.row(record_of("any", "militants"))
    assert fighters["civilian_targeting"] is None
    soldiers = acled.row(record_of("soldiers", kinds=TALIBAN))
    assert (soldiers["event_type"], soldiers["sub_event_type"]) == ("Battles", "Armed clash")
    assert (soldiers["actor2"], soldiers["civilian_targeting"]) == (None, None)


def test_sources_that_may_not_be_named_are_counted():
    assert counted(["a witness", "Herald", "a witness"]) == "a witness (2); Herald"
    assert counted([]) is None


def test_the_numbers_of_a_ged_row_add_up(book):
    for row in rows(book, "ucdp-ged"):
        sides = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
        assert sum(int(row[side] or 0) for side in sides) == int(row["best"])
        assert int(row["low"]) <= int(row["best"]) <= int(row["high"])


@pytest.mark.parametrize(
    ("days", "precision", "code"),
    [
        (1, "day", 1),
        (2, "day", 1),
        (3, "week", 2),
        (7, "week", 3),
        (31, "month", 4),
        (365, "year", 5),
    ],
)
def test_days_are_told_in_the_codes_of_ucdp(days, precision, code):
    start = dt.date(2024, 3, 1)
    end = start + dt.timedelta(days=days - 1)
    assert date_prec(IncidentDate(start=start, end=end, precision=precision)) == code
    assert date_prec(None) is None


def test_prio_grid_cells():
    # The first cell is at the south-west, the last at the north-east.
    assert priogrid(-89.9, -179.9) == 1
    assert priogrid(89.9, 179.9) == 360 * 720
    assert priogrid(90, 180) == 360 * 720
    # Kampala, 0.3 N 32.6 E: row 181, column 426.
    assert priogrid(0.3, 32.6) == 180 * 720 + 426


def test_acled_columns_and_codes(book):
    found = by_place(rows(book, "acled"), "location")
    assert list(found["Kharkiv"]) == list(acled.COLUMNS)
    bomb = found["Kharkiv"]
    assert bomb["event_type"] == "Explosions/Remote violence"
    assert bomb["disorder_type"] == "Political violence"
    assert (bomb["fatalities"], bomb["time_precision"], bomb["geo_precision"]) == ("7", "1", "1")
    assert (bomb["iso"], bomb["country"]) == ("804", "Ukraine")
    assert (bomb["actor2"], bomb["inter2"]) == ("Civilians (Ukraine)", "Civilians")
    assert bomb["civilian_targeting"] == "Civilian targeting"
    assert "best 7" in bomb["notes"]
    assert found["Maiduguri"]["actor1"] == "Boko Haram"


def test_iso_numbers():
    assert [numeric(code) for code in ("DE", "UA", "RU", "XX", None)] == [276, 804, 643, None, None]


def test_geojson_loads_with_geopandas(book):
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.read_file(io.BytesIO(written(book, "geojson")))
    bomb = frame[frame.place == "Kharkiv"].iloc[0]
    assert bomb.geometry.x == pytest.approx(36.25, abs=0.1)
    assert bomb.killed_best == 7
    assert frame.crs.to_epsg() == 4326


def test_geojson_is_an_rfc_7946_collection(book):
    found = json.loads(written(book, "geojson"))
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == book.count_incidents()
    for feature in found["features"]:
        assert feature["type"] == "Feature"
        assert feature["properties"]["id"] == feature["id"]


def test_parquet_loads_with_duckdb_and_geopandas(book, tmp_path):
    pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "incidents.parquet"
    path.write_bytes(written(book, "parquet"))
    (row,) = duckdb.sql(
        f"select killed_best, date_start, typeof(date_start) from '{path}' where place = 'Kharkiv'"
    ).fetchall()
    assert (row[0], str(row[1]), row[2]) == (7, "2024-05-03", "DATE")
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.read_parquet(path)
    assert frame[frame.place == "Kharkiv"].geometry.iloc[0].x == pytest.approx(36.25, abs=0.1)


def test_parquet_without_rows_or_places_still_loads(book):
    pytest.importorskip("pyarrow")
    from pyarrow import parquet

    none = written(book, "parquet", wanted=IncidentFilter(country="IS"))
    assert parquet.read_table(io.BytesIO(none)).num_rows == 0


def test_ftm_entities_are_valid(book):
    followthemoney = pytest.importorskip(
        "followthemoney", reason="followthemoney builds PyICU, which needs libicu-dev and g++"
    )
    entities = [json.loads(line) for line in written(book, "ftm").splitlines()]
    assert {entity["schema"] for entity in entities} == {"Event", "Organization"}
    for entity in entities:
        followthemoney.model.get_proxy(entity, cleaned=False)
        schema = followthemoney.model.get(entity["schema"])
        assert schema is not None
        schema.validate(entity)
        proxy = followthemoney.model.get_proxy(entity, cleaned=False)
        kept = {name: set(values) for name, values in proxy.to_dict()["properties"].items()}
        assert kept == {name: set(values) for name, values in entity["properties"].items()}


def test_ftm_entities_refer_to_each_other(book):
    entities = {e["id"]: e for e in map(json.loads, written(book, "ftm").splitlines())}
    (event,) = (e for e in entities.values() if "Maiduguri" in e["properties"].get("name", [""])[0])
    (involved,) = event["properties"]["involved"]
    assert entities[involved]["properties"]["name"] == ["Boko Haram"]
    assert event["properties"]["country"] == ["ng"]


def test_hxl_has_a_valid_tag_for_every_column(book):
    head, tags, *data = csv.reader(io.StringIO(written(book, "hxl").decode()))
    assert len(head) == len(tags) == len(set(tags))
    # The tagging conventions: a lower-case hashtag, then attributes.
    import re

    tag = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*$")
    assert all(tag.match(t) for t in tags)
    assert len(data) == book.count_incidents()
    at = tags.index("#affected+killed+best")
    assert {row[at] for row in data} >= {"7", "14"}


def test_hxl_passes_the_checks_of_libhxl(book):
    hxl = pytest.importorskip("hxl")
    options = hxl.InputOptions(allow_local=True)
    wrong = []
    # Without a schema of one's own: what HDX asks of dates, numbers and coordinates.
    hxl.data(io.BytesIO(written(book, "hxl")), options).validate(callback=wrong.append)
    assert [(e.column.display_tag, e.value) for e in wrong if e.rule.severity == "error"] == []
    table = hxl.data(io.BytesIO(written(book, "hxl")), options)
    assert {row.get("#affected+killed+best") for row in table} >= {"7", "14"}


def test_csv_loads_with_pandas_and_empty_means_unknown(book):
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(io.BytesIO(written(book, "csv")))
    assert list(frame.columns) == [name for name, _, _ in plain_rows.COLUMNS]
    bomb = frame[frame.place == "Kharkiv"].iloc[0]
    assert bomb.injured_best == 12
    assert pandas.isna(bomb.missing_best)


def test_jsonl_has_the_reports_and_how_the_toll_rose(book):
    found = [json.loads(line) for line in written(book, "jsonl").splitlines()]
    (bomb,) = (one for one in found if one["place"] and one["place"]["name"] == "Kharkiv")
    assert [step["min"] for step in bomb["rise"]["killed"]] == [5, 7]
    assert sorted(report["publisher"] for report in bomb["reports"]) == ["Herald", "Star"]


@pytest.mark.parametrize("format", FORMATS)
def test_no_name_of_a_private_person_in_any_default_export(book, format):
    if format == "parquet":
        pytest.importorskip("pyarrow")
        from pyarrow import parquet

        file = io.BytesIO(written(book, format))
        told = json.dumps(parquet.read_table(file).to_pylist(), default=str)
    else:
        told = written(book, format).decode()
    assert "Nairobi" in told
    assert not [name for name in NAMES if name in told]


def listed(book, format) -> str:
    done = CliRunner().invoke(app, ["incidents", "--ledger", book.address, "--format", format])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("format", ["csv", "geojson"])
def test_the_tables_of_incidents_withhold_what_exports_withhold(book, format, monkeypatch):
    told = listed(book, format)
    assert "Nairobi" in told
    assert not [name for name in NAMES if name in told]
    lifted = dataclasses.replace(settings.current(), victim_names=True)
    monkeypatch.setattr(settings, "current", lambda: lifted)
    assert "Berenice Quillfeather" in listed(book, format)


def test_a_publisher_is_named_though_its_name_looks_like_a_persons(tmp_path):
    reading = pipeline.read(
        "A bomb killed four people in Kharkiv on 3 May 2024.",
        published_at="2024-05-04",
        publisher="Pacific Bulletin",
    )
    with open_ledger(tmp_path / "ledger.db", create=True) as book:
        book.add(reading, reading.incidents)
        (row,) = rows(book, "csv")
    assert row["sources"] == "Pacific Bulletin"


def test_the_contract_of_incidents_holds_no_words_of_the_text(book):
    told = listed(book, "jsonl")
    for line in map(json.loads, told.splitlines()):
        assert not {"text", "title", "url", "reports", "claims", "targets"} & set(line)
    assert "Boy, Tomas" not in told  # the headline
    assert "news.example" not in told
    assert "Tomas Quillfeather" not in told
    assert "wounded 12 others" not in told


def test_words_of_the_reports_are_exported_where_the_setting_asks_for_them(book):
    found = b"".join(
        FORMATS["jsonl"].write(exporting.records(book, book.incidents(), victim_names=True))
    ).decode()
    assert "Boy, Tomas Quillfeather, 9, shot dead" in found
    assert "https://news.example/tomas-quillfeather-shot/child" in found


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "'=1+1"),
        ("\t=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("a=1", "a=1"),
        (-1.5, -1.5),
        (True, 1),
        (None, None),
        ("one\r\ntwo", "one two"),
        ("\x00\u202eevil\ud800", "���evil�"[1:]),
    ],
)
def test_a_cell_is_no_formula_and_one_line(given, made):
    assert cell(given) == made


def test_hostile_words_come_through_every_format(tmp_path):
    hostile = '=cmd|"/c calc"!A1\r\n\x00\u202e\ud800<script>,;"'
    reading = make_reading("hostile", killed=2)
    reading = replace(reading, document=replace(reading.document, publisher=hostile))
    with open_ledger(tmp_path / "ledger.db", create=True) as book:
        book.add(reading, pipeline.incidents_of(reading))
        for name in FORMATS:
            if name == "parquet":
                pytest.importorskip("pyarrow")
            made = written(book, name)
            if name in {"csv", "hxl", "ucdp-ged", "acled", "geojson", "ftm"}:
                text = made.decode()
                assert "\x00" not in text
                assert "\u202e" not in text
            elif name == "jsonl":
                json.loads(made)  # exact, as JSON can hold it
        for row in rows(book, "csv"):
            assert row["publishers"].startswith("'=cmd")


def test_filters_and_policies_choose_what_is_exported(book):
    only = rows(book, "csv", wanted=IncidentFilter(country="UA"))
    assert [row["place"] for row in only] == ["Kharkiv"]
    (row,) = rows(book, "csv", wanted=IncidentFilter(country="UA"), policy="conservative")
    assert (row["killed_best"], row["killed_high"]) == ("5", "7")
    assert row["rule"].startswith("the lowest figure given")
    # What is asked for is compared with the figures of the policy asked for.
    wanted = IncidentFilter(country="UA", min=6)
    assert len(rows(book, "csv", wanted=wanted)) == 1
    assert rows(book, "csv", wanted=wanted, policy="conservative") == []
    for format, policy in (("csv", "highest"), ("exe", None)):
        with pytest.raises(SettingsError):
            written(book, format, policy=policy)


def test_the_same_ledger_gives_the_same_bytes(book):
    for name in FORMATS:
        if name == "parquet":
            pytest.importorskip("pyarrow")
        assert written(book, name) == written(book, name)


def test_what_people_decided_is_exported(tmp_path):
    with open_ledger(tmp_path / "ledger.db", create=True) as book:
        reading = make_reading("one", killed=6)
        book.add(reading, pipeline.incidents_of(reading))
        linkage.link_new(book)
        (found,) = book.incidents()
        judging.judge_incident(book, found.id, "discounted", note="Ann Onymous said so", by="ana")
        (row,) = rows(book, "csv")
        assert (row["grade"], row["grade_reason"]) == ("discounted", "discounted by a reviewer")
        # Other people's data sets have no grade, so they are not told of it.
        assert rows(book, "ucdp-ged") == rows(book, "acled") == []


def test_writing_holds_few_records_at_a_time():
    pulled = []

    def stream():
        for number in range(1000):
            pulled.append(number)
            yield ["x"]

    pieces = csv_bytes([["head"]], stream())
    next(pieces)
    assert len(pulled) <= 200


def test_ged_columns_are_each_once():
    assert len(ucdp.COLUMNS) == len(set(ucdp.COLUMNS)) == 49
    assert len(acled.COLUMNS) == len(set(acled.COLUMNS)) == 31


def test_an_export_tells_of_each_incident_it_takes(book):
    seen = []
    pieces = exporting.export(book, "csv", told=lambda: seen.append(1))
    assert not seen
    assert b"".join(pieces) == written(book, "csv")
    assert len(seen) == len(rows(book, "csv"))


def test_a_list_names_the_town_and_its_country():
    place = Place(span=None, name="Nice", kind="city", country="FR", admin1="Provence", site="quay")
    assert town_words(place) == "quay, Nice, France"
    region = Place(span=None, name="Provence", kind="admin1", country="FR", admin1="Provence")
    assert town_words(region) == "Provence (region), France"
    assert town_words(None) == "unknown"
