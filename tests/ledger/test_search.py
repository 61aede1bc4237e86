from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import text

from dateline.ledger import IncidentFilter, Ledger, fulltext, open_ledger
from dateline.ledger.changes import last_change, recent_changes
from dateline.ledger.codec import fold
from dateline.ledger.reports import find_reports
from dateline.ledger.search import Search
from dateline.ledger.tables import FULL_TEXT
from dateline.model import Incident, Place, Toll
from tests.ledger.making import make_incident, make_reading, single

PLACES = (
    None,
    Place(span=None, name="Belgorod", kind="city", lat=50.61, lon=36.58, country="RU"),
    Place(span=None, name="San Vicente", kind="city", lat=13.64, lon=-88.78, country="SV"),
    Place(span=None, name="Córdoba", kind="city", lat=8.75, lon=-75.88, country="CO"),
    Place(span=None, name="Suva", kind="city", lat=-18.14, lon=178.44, country="FJ"),
    Place(span=None, name="Peru", kind="country", country="PE"),
)
DAYS = (None, dt.date(2023, 12, 30), dt.date(2024, 1, 2), dt.date(2024, 7, 11))
TYPES = ("shooting", "bombing")
GRADES = ("weak", "fair", "contested")


def fill(ledger: Ledger, count: int = 24) -> list[Incident]:
    chance = random.Random(7)
    made = []
    for number in range(count):
        reading = make_reading(
            f"n{number}",
            day=chance.choice(DAYS),
            place=chance.choice(PLACES),
            type=chance.choice(TYPES),
            background=chance.random() < 0.2,
            text=f"Report {number}: a car bomb went off. Ñandú {'drill ' * (number % 3)}",
        )
        killed = chance.choice((None, 0, 2, 50))
        incident = replace(
            single(reading, killed)[0],
            grade=chance.choice(GRADES),
            disputes=make_incident(reading.mentions).disputes if chance.random() < 0.5 else (),
        )
        ledger.add(reading, [incident])
        made.append(incident)
    return made


def passes(incident: Incident, query: IncidentFilter) -> bool:
    date, place, killed = incident.date, incident.place, incident.tolls.get("killed")
    best = killed.best if killed else None
    tests = [
        query.since is None or (date is not None and date.end >= query.since),
        query.until is None or (date is not None and date.start <= query.until),
        not query.place or (place is not None and fold(query.place) in fold(place.name)),
        not query.country or (place is not None and place.country == query.country),
        not query.type or incident.type == query.type,
        not query.grade or incident.grade == query.grade,
        query.min is None or (best is not None and best >= query.min),
        not query.disputed or bool(incident.disputes),
        not query.background or incident.background == (query.background == "only"),
    ]
    return all(tests)


QUERIES = (
    IncidentFilter(),
    IncidentFilter(since=dt.date(2024, 1, 1)),
    IncidentFilter(until=dt.date(2024, 1, 2)),
    IncidentFilter(since=dt.date(2024, 1, 1), until=dt.date(2024, 1, 31)),
    IncidentFilter(place="cordoba"),
    IncidentFilter(country="RU", type="bombing"),
    IncidentFilter(country="XX"),
    IncidentFilter(grade="fair", disputed=True),
    IncidentFilter(min=1),
    IncidentFilter(min=0),
    IncidentFilter(min=1, effect="killed"),
    IncidentFilter(min=1, grade="fair", background="none", place="Cordoba"),
    IncidentFilter(background="none"),
)


def test_every_filter_is_what_it_says(ledger: Ledger):
    made = fill(ledger)
    search = Search(ledger)
    for query in QUERIES:
        wanted = {incident.id for incident in made if passes(incident, query)}
        matches = search.match(query)
        assert set(matches.ids("newest", 0, None)) == wanted, query
        assert matches.total == len(wanted)
        assert matches.ledger_total == len(made)
        # Most are answered by the table of incidents, without reading the whole list.
        assert [i.id for i in ledger.incidents(query)] == matches.ids("oldest", 0, None)
        assert ledger.count_incidents(query) == len(wanted)


def test_orders_are_total_and_pages_have_no_gap(ledger: Ledger):
    made = {incident.id: incident for incident in fill(ledger)}
    search = Search(ledger)
    for sort in ("newest", "oldest", "killed", "injured", "sources"):
        matches = search.match(IncidentFilter())
        whole = matches.ids(sort, 0, None)
        paged = [id for start in range(0, len(made), 7) for id in matches.ids(sort, start, 7)]
        assert whole == paged
        assert sorted(whole) == sorted(made)
    newest = [made[id].date for id in search.match(IncidentFilter()).ids("newest", 0, None)]
    dated = [date.start for date in newest if date]
    assert dated == sorted(dated, reverse=True)
    assert all(date is None for date in newest[len(dated) :])


def test_facets_leave_out_their_own_condition_and_add_up(ledger: Ledger):
    made = fill(ledger)
    matches = Search(ledger).match(IncidentFilter(type="bombing", grade="fair"))
    types = dict(matches.facet("type"))
    fair = [incident for incident in made if incident.grade == "fair"]
    assert types == {type: count for type in TYPES if (count := sum(i.type == type for i in fair))}
    assert sum(dict(matches.facet("country")).values()) == sum(
        i.place is not None for i in fair if i.type == "bombing"
    )


def test_the_timeline_loses_no_incident(ledger: Ledger):
    made = fill(ledger)
    matches = Search(ledger).match(IncidentFilter())
    for most in (400, 60, 12, 3, 1):
        step, bins, undated = matches.timeline(most)
        assert len(bins) <= most
        assert sum(count for _, _, count, _ in bins) + undated == len(made), step
        assert all(one[1] + dt.timedelta(days=1) == two[0] for one, two in pairwise(bins))
    total = sum(i.tolls["killed"].best or 0 for i in made if i.date)
    assert sum(killed for _, _, _, killed in bins) == total


def test_a_wild_date_does_not_break_the_timeline(ledger: Ledger):
    for name, day in (("a", dt.date(1, 1, 1)), ("b", dt.date(9999, 12, 31))):
        reading = make_reading(name, day=day)
        ledger.add(reading, single(reading))
    step, bins, undated = Search(ledger).match(IncidentFilter()).timeline()
    assert (sum(count for _, _, count, _ in bins), undated) == (2, 0)
    assert step == "decade"


def test_the_map_counts_every_incident_once(ledger: Ledger):
    made = fill(ledger)
    placed = [i for i in made if i.place is not None and i.place.lat is not None]
    matches = Search(ledger).match(IncidentFilter())
    for zoom in (0, 2, 8, 22):
        found = matches.cells("killed", None, zoom)
        assert (found.matches, found.placed, found.inside) == (len(made), len(placed), len(placed))
        assert sum(cell.incidents for cell in found.cells) == len(placed)
        best = sum(i.tolls["killed"].best or 0 for i in placed)
        assert sum(cell.best or 0 for cell in found.cells) == best
        assert all((cell.id is not None) == (cell.incidents == 1) for cell in found.cells)
    assert len(matches.cells("killed", None, 22, most=1).cells) == 1


def test_a_box_may_cross_the_180th_meridian(ledger: Ledger):
    made = fill(ledger)
    fiji = sum(i.place is not None and i.place.country == "FJ" for i in made)
    matches = Search(ledger).match(IncidentFilter())
    assert matches.cells("killed", (170, -30, -170, 0), 2).inside == fiji
    assert matches.cells("killed", (-170, -30, 170, 0), 2).inside == 0


def test_the_index_follows_the_ledger(ledger: Ledger):
    made = fill(ledger, 6)
    kept = Search(ledger)
    assert kept.match(IncidentFilter()).total == 6
    before = kept.index.columns()
    changed = replace(made[0], grade="confirmed", tolls={"killed": Toll(low=1, best=7, high=9)})
    ledger.replace_incidents([made[0].id], [changed])
    more = make_reading("more", type="bombing")
    ledger.add(more, single(more))
    ledger.withdraw(made[1].documents[0], "asked to", "me")
    fresh = Search(ledger)
    for query in (*QUERIES, IncidentFilter(grade="confirmed"), IncidentFilter(min=7)):
        for sort in ("newest", "killed"):
            one, other = kept.match(query), fresh.match(query)
            assert one.ids(sort, 0, None) == other.ids(sort, 0, None)
            assert one.facet("type") == other.facet("type")
            assert one.timeline() == other.timeline()
    assert len(before.row_of) == 6, "a state that was given out does not change"
    assert kept.match(IncidentFilter(grade="confirmed")).ids("newest", 0, None) == [made[0].id]


def test_changes_are_written_down_once(ledger: Ledger):
    made = fill(ledger, 3)
    assert [change.kind for change in recent_changes(ledger, 9)] == ["new"] * 3
    ledger.replace_incidents([made[0].id], [made[0]])
    assert last_change(ledger) == 3, "an incident that stays as it is has not changed"
    ledger.replace_incidents(None, [replace(made[0], grade="confirmed"), *made[1:]])
    latest = recent_changes(ledger, 1)[0]
    assert (latest.kind, latest.incident_id) == ("changed", made[0].id)
    ledger.withdraw(made[2].documents[0], "asked to", "me")
    assert recent_changes(ledger, 1)[0].kind == "gone"


def numbers(ledger: Ledger, question: str) -> int:
    return find_reports(ledger, fulltext.parse(question), 1, 50).total


def test_words_phrases_prefixes_and_what_must_not_be_there(ledger: Ledger):
    fill(ledger, 6)
    assert numbers(ledger, "car bomb") == 6
    assert numbers(ledger, '"car bomb"') == 6
    assert numbers(ledger, '"bomb car"') == 0
    assert numbers(ledger, "CAR bom*") == 6
    assert numbers(ledger, "bom") == 0
    assert numbers(ledger, "nandu") == numbers(ledger, "ÑANDÚ") == 6
    assert numbers(ledger, "bomb -drill") == 2
    assert numbers(ledger, 'bomb -"drill drill"') == 4
    assert numbers(ledger, "witness n3") == 1, "who is credited is searched too"
    assert Search(ledger).match(IncidentFilter(q="bomb -drill")).total == 2
    assert Search(ledger).match(IncidentFilter(q="-drill")).ignored == ("q",)


HOSTILE = (
    '"',
    "'",
    "car OR bomb",
    "NEAR(car bomb)",
    "words:car",
    "car AND",
    "( car",
    "car')) --",
    "*",
    "-",
    "car*bomb",
    ":*",
    "<->",
    "!car",
    "\x00car",
    "\ud800",
    "car " * 300,
    "ﬁﬀ",
    "\u202ecar",
    "{car bomb}^2",
)


@pytest.mark.parametrize("question", HOSTILE)
def test_no_question_is_syntax(ledger: Ledger, question: str):
    fill(ledger, 2)
    assert numbers(ledger, question) in range(3)
    Search(ledger).match(IncidentFilter(q=question, place=question, source=question, country="'--"))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=60))
def test_any_question_is_answered(ledger: Ledger, question: str):
    assert numbers(ledger, question) in range(len(list(ledger.documents())) + 1)


def test_what_is_in_the_text_is_found_by_its_own_words(ledger: Ledger):
    words = "Straße İstanbul naïve 1e5 3rd 100km Ελλάδα москва 東京 x" + "y" * 90
    reading = make_reading("odd", text=words)
    ledger.add(reading, single(reading))
    for word in words.split():
        assert numbers(ledger, word) == 1, word


def test_a_very_long_report_is_searched_at_its_beginning(ledger: Ledger):
    long = "first " + "".join(f"w{n} " for n in range(60_000)) + "last"
    reading = make_reading("long", text=long)
    ledger.add(reading, single(reading))
    assert numbers(ledger, "first w100") == 1


def test_a_withdrawn_report_leaves_no_word_in_the_index(ledger: Ledger, address: str):
    secret = make_reading("secret", text="Quixotic zyzzyva murmured.")
    other = make_reading("other", text="Nothing here.")
    for reading in (secret, other):
        ledger.add(reading, single(reading))
    assert numbers(ledger, "zyzzyva") == 1
    ledger.withdraw(secret.document.id, "asked to", "me")
    assert numbers(ledger, "zyzzyva") == 0
    assert numbers(ledger, "nothing") == 1
    if "://" not in address:
        for file in Path(address).parent.glob(Path(address).name + "*"):
            assert b"zyzzyva" not in file.read_bytes()


def test_an_older_ledger_gets_its_listing_and_its_index(address: str):
    with open_ledger(address, create=True) as ledger:
        made = fill(ledger, 5)
        with ledger._engine.begin() as connection:
            for table in ("listing", "changes", FULL_TEXT, "searchable"):
                connection.execute(text(f"DROP TABLE {table}"))
            for table in ("edges", "unlinked", "review_pairs", "review_state"):
                connection.execute(text(f"DROP TABLE {table}"))
            connection.execute(text("DROP INDEX ix_claims_kind_score"))
            connection.execute(text("UPDATE dateline_version SET version_num = '0001'"))
    with open_ledger(address) as ledger:
        assert numbers(ledger, "car bomb") == 5
        matches = Search(ledger).match(IncidentFilter(q="car"))
        assert set(matches.ids("newest", 0, None)) == {incident.id for incident in made}
        assert ledger.faults() == []


def test_snippets_show_what_was_asked_for():
    pieces = fulltext.snippet("Before it. A Cár bomb went off.", fulltext.parse("car bom*"))
    assert ("Cár", True) in pieces
    assert ("bomb", True) in pieces
    assert "".join(piece for piece, _ in pieces) == "Before it. A Cár bomb went off."
