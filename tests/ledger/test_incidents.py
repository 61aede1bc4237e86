from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import LedgerError, UnknownIdError
from dateline.geodesy import distance_km
from dateline.ledger import IncidentFilter, Ledger
from dateline.model import Incident, Mention, Place
from tests.ledger.making import BELGOROD, incident_id, make_incident, make_reading, single


def fill(ledger: Ledger, count: int, **options) -> list[Mention]:
    """Documents of one mention each, sorted by the id of the mention."""
    readings = [make_reading(str(n), **options) for n in range(count)]
    for reading in readings:
        ledger.add(reading, single(reading))
    return sorted((r.mentions[0] for r in readings), key=lambda mention: mention.id)


def ids(ledger: Ledger, **wanted) -> list[str]:
    paged = {name: wanted.pop(name) for name in ("limit", "offset") if name in wanted}
    return [incident.id for incident in ledger.incidents(IncidentFilter(**wanted), **paged)]


# Projection and ids


def test_making_all_incidents_anew_gives_the_same_ledger(ledger: Ledger):
    fill(ledger, 5)
    before = ledger.digest()
    ledger.replace_incidents(None, [])
    assert ids(ledger) == []
    ledger.replace_incidents(None, [make_incident([m]) for m in ledger.mentions()])
    assert ledger.digest() == before
    assert ledger.faults() == []


def test_former_ids_lead_to_the_incident_after_merge_and_split(ledger: Ledger):
    a, b, c = fill(ledger, 3)
    alone = [make_incident([m]).id for m in (a, b, c)]
    all_three = make_incident([a, b, c])
    ledger.replace_incidents(alone, [all_three])
    assert {ledger.incident(i).id for i in alone} == {all_three.id} == {alone[0]}
    assert ledger.incident(alone[1][:12]).id == all_three.id
    pair = make_incident([b, c])
    ledger.replace_incidents([all_three.id], [make_incident([a]), pair])
    assert [ledger.incident(i).id for i in alone] == [alone[0], pair.id, pair.id]
    assert {s.claim.id for s in ledger.claims(alone[2])} == {*b.claims, *c.claims}


def test_adding_can_join_an_incident(ledger: Ledger):
    a, b = fill(ledger, 2)
    reading = make_reading("late")
    joined = make_incident([a, b, *reading.mentions])
    touched = [make_incident([m]).id for m in (a, b)]
    assert ledger.add(reading, [joined], touched=touched)
    assert list(ledger.incidents()) == [joined]
    assert ledger.faults() == []


def test_a_mention_is_never_lost_nor_in_two_incidents(ledger: Ledger):
    a, b, c = fill(ledger, 3)
    before = ledger.digest()
    one, two = make_incident([a]), make_incident([b])
    for touched, made, message in (
        ([one.id, two.id], [one], "in no incident"),
        ([one.id], [make_incident([a, b])], "not among the touched"),
        ([one.id, two.id], [make_incident([a, b]), two], "in two"),
        ([one.id], [one, one], "one id"),
        ([one.id], [msgspec.structs.replace(one, mentions=())], "no mentions"),
    ):
        with pytest.raises(LedgerError, match=message):
            ledger.replace_incidents(touched, made)
    assert ledger.digest() == before
    assert c.id in {m.id for m in ledger.mentions()}


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_ids_survive_any_series_of_links(ledger: Ledger, data):
    """Whatever happened on the way, the last links alone decide incidents and ids."""
    mentions = fill(ledger, 5)
    numbers = st.lists(st.integers(0, 4), min_size=5, max_size=5)
    groups: dict[int, list[Mention]] = {}
    for partition in data.draw(st.lists(numbers, min_size=1, max_size=3)):
        groups = {}
        for number, mention in zip(partition, mentions, strict=True):
            groups.setdefault(number, []).append(mention)
        now = [incident.id for incident in ledger.incidents()]
        ledger.replace_incidents(now, [make_incident(group) for group in groups.values()])
    for group in groups.values():
        assert ledger.incident(incident_id([m.id for m in group])) == make_incident(group)
        for mention in group:
            # The id it would have alone was given out, so it still leads here.
            assert mention.id in ledger.incident(incident_id([mention.id])).mentions
    assert ledger.faults() == []


def test_beginnings_of_ids(ledger: Ledger):
    mentions = fill(ledger, 30)
    one = make_incident([mentions[0]])
    assert ledger.incident(one.id[:10]) == one
    with pytest.raises(UnknownIdError, match="several"):
        ledger.incident("i")
    for unknown in ("", "x", "i%", "nope"):
        with pytest.raises(UnknownIdError):
            ledger.incident(unknown)


# Filters


@pytest.fixture
def varied(ledger: Ledger) -> dict[str, str]:
    """Incidents that differ, by name."""
    kyiv = Place(span=None, name="Kyiv", kind="city", lat=50.45, lon=30.52, country="UA")
    site = msgspec.structs.replace(BELGOROD, kind="site", site="Soloti range", name="Soloti")
    made = {}
    for name, options in {
        "early": {"day": dt.date(2022, 10, 15), "killed": 11, "place": site},
        "late": {"day": dt.date(2024, 7, 11), "killed": 2},
        "bombing": {"day": dt.date(2024, 7, 11), "killed": 0, "type": "bombing", "place": kyiv},
        "undated": {"day": None, "killed": 5, "place": None},
        "unknown": {"day": dt.date(2023, 1, 1), "killed": None, "background": True},
    }.items():
        reading = make_reading(name, **options)
        (incident,) = single(reading, options["killed"])
        if name == "early":
            incident = msgspec.structs.replace(incident, grade="confirmed")
        ledger.add(reading, [incident])
        made[incident.id] = name
    return made


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, "early unknown late+bombing undated"),
        ({"since": dt.date(2023, 1, 1)}, "unknown late+bombing"),
        ({"until": dt.date(2023, 1, 1)}, "early unknown"),
        ({"since": dt.date(2023, 1, 2), "until": dt.date(2024, 7, 10)}, ""),
        ({"place": "belgorod OBLAST"}, "early unknown late"),
        ({"place": "soloti r"}, "early"),
        ({"place": "%"}, ""),
        ({"place": "Kýiv"}, "bombing"),
        ({"country": "ru"}, "early unknown late"),
        ({"min": 2}, "early late undated"),
        ({"min": 0}, "early late+bombing undated"),
        ({"type": "bombing"}, "bombing"),
        ({"grade": "confirmed"}, "early"),
        ({"background": "none"}, "early late+bombing undated"),
        ({"background": "only"}, "unknown"),
        ({"limit": 1}, "early"),
        ({"offset": 4}, "undated"),
        ({"limit": 1, "offset": 1}, "unknown"),
        ({"limit": 0}, ""),
    ],
)
def test_filters(ledger: Ledger, varied: dict[str, str], wanted, expected: str):
    order: list[str] = []
    for group in expected.split():  # a plus joins those of one day, which stand by id
        names = group.split("+")
        order += sorted((i for i, name in varied.items() if name in names))
    assert ids(ledger, **wanted) == order
    if not {"limit", "offset"} & wanted.keys():
        assert ledger.count_incidents(IncidentFilter(**wanted)) == len(order)


def test_a_range_of_days_overlaps(ledger: Ledger):
    reading = make_reading("one", day=dt.date(2024, 7, 1))
    (incident,) = single(reading)
    assert incident.date is not None
    month = msgspec.structs.replace(incident.date, end=dt.date(2024, 7, 31), precision="month")
    ledger.add(reading, [msgspec.structs.replace(incident, date=month)])
    for since, until, there in ((10, 12, True), (31, 31, True), (1, 1, True)):
        days = {"since": dt.date(2024, 7, since), "until": dt.date(2024, 7, until)}
        assert bool(ids(ledger, **days)) is there
    assert ids(ledger, since=dt.date(2024, 8, 1)) == []


def test_mentions_that_may_be_of_an_incident(ledger: Ledger):
    def make(name: str, day: dt.date | None, place: Place | None) -> str:
        reading = make_reading(name, day=day, place=place)
        ledger.add(reading, single(reading))
        return reading.mentions[0].id

    there = make("there", dt.date(2024, 7, 11), BELGOROD)
    vague = make("vague", None, None)
    abroad = make("abroad", dt.date(2024, 7, 11), msgspec.structs.replace(BELGOROD, country="UA"))
    make("before", dt.date(2023, 7, 11), BELGOROD)
    found = ledger.mentions(since=dt.date(2024, 7, 1), until=dt.date(2024, 7, 30), country="RU")
    assert {m.id for m in found} == {there, vague}
    assert {m.id for m in ledger.mentions([abroad, there, "m-none"])} == {abroad, there}


# Nearby


def test_two_in_one_region_name_each_other(ledger: Ledger):
    region = Place(
        span=None, name="Belgorod Oblast", kind="admin1", country="RU", admin1="Belgorod Oblast"
    )
    for name, place in (("town", BELGOROD), ("region", region), ("none", None)):
        reading = make_reading(name, place=place)
        ledger.add(reading, single(reading))
    by_kind = {i.place.kind if i.place else None: i for i in ledger.incidents()}
    assert ledger.nearby(by_kind["city"]) == (by_kind["admin1"].id,)
    assert ledger.nearby(by_kind["admin1"]) == (by_kind["city"].id,)
    assert ledger.nearby(by_kind[None]) == ()


def test_nearest_in_time_first(ledger: Ledger):
    days = [dt.date(2024, 7, 11), dt.date(2024, 7, 1), dt.date(2024, 7, 12), None]
    made: list[Incident] = []
    for n, day in enumerate(days):
        reading = make_reading(str(n), day=day)
        made += single(reading)
        ledger.add(reading, single(reading))
    assert ledger.nearby(made[0]) == (made[2].id, made[1].id, made[3].id)
    assert ledger.nearby(made[0], limit=1) == (made[2].id,)


def test_the_middle_of_a_country_is_near_to_nothing(ledger: Ledger):
    for n, kind in enumerate(("country", "country", "city")):
        place = Place(span=None, name="x", kind=kind, lat=50.0, lon=30.0, country="UA")
        reading = make_reading(str(n), place=place)
        ledger.add(reading, single(reading))
    assert [ledger.nearby(incident) for incident in ledger.incidents()] == [(), (), ()]


points = st.tuples(
    st.one_of(st.floats(-90, 90), st.floats(49.5, 50.5)),
    st.one_of(st.floats(-180, 180), st.sampled_from([179.9, -179.9, 30.1, 30.4])),
    st.sampled_from([None, "A", "B"]),
    st.sampled_from(["RU", "UA"]),
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(given_points=st.lists(points, min_size=2, max_size=6))
def test_nearby_is_the_same_from_either_side(ledger: Ledger, given_points):
    made = []
    for n, (lat, lon, admin1, country) in enumerate(given_points):
        place = Place(
            span=None, name="x", kind="city", lat=lat, lon=lon, country=country, admin1=admin1
        )
        reading = make_reading(repr((n, place)), place=place)
        made += single(reading)
        ledger.add(reading, single(reading))
    for one in made:
        seen = set(ledger.nearby(one))
        for other in made:
            assert one.place is not None
            assert other.place is not None
            region = one.place.admin1 is not None and (one.place.admin1, one.place.country) == (
                other.place.admin1,
                other.place.country,
            )
            apart = distance_km(
                one.place.lat or 0, one.place.lon or 0, other.place.lat or 0, other.place.lon or 0
            )
            if abs(apart - 50) > 1e-6:
                expected = one is not other and (region or apart <= 50)
                assert (other.id in seen) == expected
            assert (other.id in seen) == (one.id in ledger.nearby(other))
