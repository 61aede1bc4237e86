"""How fast the desk answers over a ledger of a hundred thousand incidents.

Builds a synthetic ledger (one report and one incident each, short made-up texts) with
bulk inserts, opens a desk over it and asks for the first view and for filtered views, one
after the other. Given are wall-clock and processor milliseconds of the whole answer, from
request to rendered page, without a network. The processor time is what a machine without
other work needs; the wall clock says how busy this one was.

    python -m benchmarks.desk --incidents 100000 --ledger desk.db
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import tempfile
import time
import zlib
from pathlib import Path

from sqlalchemy import insert, text

from dateline.ledger import Ledger, listing, open_ledger, tables
from dateline.ledger.codec import encode
from dateline.ledger.fulltext import words_of
from dateline.ledger.incidents import _remember, _row
from dateline.model import Dispute, DisputeSide, Incident, IncidentDate, Place, Toll

PLACES = (
    ("Kharkiv", "UA", 49.99, 36.23),
    ("San Vicente", "SV", 13.64, -88.78),
    ("Mogadishu", "SO", 2.04, 45.34),
    ("Kabul", "AF", 34.53, 69.17),
    ("Goma", "CD", -1.68, 29.22),
    ("Mosul", "IQ", 36.34, 43.13),
    ("Cali", "CO", 3.44, -76.52),
    ("Marawi", "PH", 8.0, 124.29),
)
TYPES = ("shooting", "bombing", "airstrike", "clash", "kidnapping", "shelling", "stabbing")
GRADES = ("confirmed", "fair", "weak", "weak", "contested")
SOURCES = tuple(f"Source {number}" for number in range(2000))
WORDS = (
    "police said the bomb went off near a market in the old town people were killed officials "
    "hospital witnesses convoy soldiers militants claimed responsibility attack car checkpoint"
).split()
VIEWS = {
    "first view": "/incidents",
    "country": "/incidents?country=UA",
    "type and dates": "/incidents?type=bombing&since=2015-01-01&until=2020-12-31",
    "at least 20 killed": "/incidents?min=20&sort=killed",
    "disputed only": "/incidents?disputed=1",
    "place": "/incidents?place=san+vi",
    "source": "/incidents?source=Source+77",
    "words": "/incidents?q=convoy+checkpoint",
    "a word of every report": "/incidents?q=police",
    "last page": "/incidents?page=2000",
    "map of the world": "/api/v1/incidents/map?zoom=2",
    "map of a region": "/api/v1/incidents/map?zoom=8&bbox=30,44,42,52",
    "sources": "/sources",
    "review": "/review",
}
_BATCH = 5000


def build(ledger: Ledger, count: int) -> None:
    """Fill a ledger up to so many incidents; what a build that was ended has made stays."""
    for start in range(ledger.count_incidents(), count, _BATCH):
        chance = random.Random(start)
        with ledger._writing() as connection:
            _batch(connection, chance, range(start, min(count, start + _BATCH)))


def _batch(connection, chance: random.Random, numbers: range) -> None:  # noqa: ANN001
    rows: dict[str, list[dict[str, object]]] = {}
    made: list[Incident] = []

    def put(table: str, **row: object) -> None:
        rows.setdefault(table, []).append(row)

    for n in numbers:
        document, mention = f"d{n:020x}", f"m{n:020x}"
        day = dt.date(2000, 1, 1) + dt.timedelta(days=chance.randrange(9000))
        name, country, lat, lon = chance.choice(PLACES)
        place = Place(
            span=None,
            name=name,
            kind="city",
            country=country,
            lat=lat + chance.gauss(0, 1.5),
            lon=lon + chance.gauss(0, 1.5),
            where_prec=2,
        )
        names = chance.sample(SOURCES, 2)
        told = " ".join(chance.choices(WORDS, k=80))
        best = int(chance.paretovariate(1.1)) - 1
        put(
            "documents",
            id=document,
            title=f"Report {n}",
            publisher=names[0],
            published_at=day,
            published_how="stated",
            language="en",
            furniture="[]",
            warnings="[]",
        )
        put("texts", document_id=document, text=told, raw=b"")
        put(
            "readings",
            document_id=document,
            attributions="[]",
            times="[]",
            places="[]",
            warnings="[]",
            claims=1,
            mentions=1,
        )
        put(
            "mentions",
            id=mention,
            document_id=document,
            position=0,
            type="shooting",
            body=f'{{"id":"{mention}","document_id":"{document}","index":0,"type":"shooting"}}',
        )
        put(
            "claims",
            id=f"c{n:020x}",
            document_id=document,
            position=0,
            mention_id=mention,
            kind="casualty",
            value=f'{{"effect":"killed","min":{best},"max":{best},"exact":true}}',
            span_start=0,
            span_end=10,
            chains=encode(((names[0], names[1]),)),
            modality="reported",
            rule="benchmark",
        )
        words = " ".join(words_of(told))
        put(
            "searchable", number=n + 1, document_id=document, words=zlib.compress(words.encode(), 1)
        )
        put("words", number=n + 1, words=words)
        side = DisputeSide(says="x", chains=((names[0],),), claims=())
        made.append(
            Incident(
                id=f"i{n:016x}",
                type=chance.choice(TYPES),
                date=IncidentDate(start=day, end=day, precision="day"),
                place=place,
                tolls={"killed": Toll(low=best, best=best, high=best + chance.choice((0, 0, 5)))},
                grade=chance.choice(GRADES),
                disputes=(Dispute(about="killed", sides=(side,)),)
                if chance.random() < 0.02
                else (),
                independent_sources=(names[1],),
                mentions=(mention,),
                documents=(document,),
            )
        )
    vector = ":words" if connection.dialect.name == "sqlite" else "to_tsvector('simple', :words)"
    key = "rowid" if connection.dialect.name == "sqlite" else "number"
    for table in ("documents", "texts", "readings", "mentions", "claims", "searchable"):
        connection.execute(insert(tables.metadata.tables[table]), rows[table])
    connection.execute(
        text(f"INSERT INTO {tables.FULL_TEXT} ({key}, words) VALUES (:number, {vector})"),
        rows["words"],
    )
    connection.execute(insert(tables.incidents), [_row(incident) for incident in made])
    connection.execute(
        insert(tables.incident_mentions),
        [{"mention_id": i.mentions[0], "incident_id": i.id} for i in made],
    )
    _remember(connection, made)
    listing.put_in(connection, made, {})


def measure(address: str, rounds: int, state: Path) -> None:
    """Ask, and print a line a view."""
    from starlette.testclient import TestClient

    from dateline.desk.app import create_app
    from dateline.settings import Settings

    app = create_app(address, Settings(desk_file=str(state)))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        began, used = time.perf_counter(), time.process_time()
        client.get("/incidents")
        print(
            f"opening the index and the first page: {time.perf_counter() - began:.2f} s, "
            f"processor {time.process_time() - used:.2f} s"
        )
        print("| view | wall p50 | wall p95 | processor p50 | processor p95 |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for name, path in VIEWS.items():
            wall, processor = [], []
            for _ in range(rounds):
                began, used = time.perf_counter(), time.process_time()
                answer = client.get(path)
                wall.append((time.perf_counter() - began) * 1000)
                processor.append((time.process_time() - used) * 1000)
                assert answer.status_code == 200, (path, answer.text[:300])
            figures = [f"{value:.0f} ms" for kind in (wall, processor) for value in _ends(kind)]
            print(f"| {name} | {' | '.join(figures)} |", flush=True)


def _ends(values: list[float]) -> tuple[float, float]:
    return statistics.median(values), statistics.quantiles(values, n=20)[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--ledger", default="desk-benchmark.db")
    parser.add_argument("--rounds", type=int, default=40, help="0 only builds")
    given = parser.parse_args()
    began = time.process_time()
    with open_ledger(given.ledger, create=True) as ledger:
        build(ledger, given.incidents)
    print(f"built in {time.process_time() - began:.0f} s of processor time", flush=True)
    if not given.rounds:
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(given.ledger, given.rounds, Path(folder) / "desk.json")


if __name__ == "__main__":
    main()
