"""Two mentions: joined, kept apart, or ruled out."""

from __future__ import annotations

import math

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.geodesy import EARTH_RADIUS_KM
from dateline.linking import kinds
from dateline.linking.blocking import keys
from dateline.linking.candidate import (
    BEFORE,
    MONTH,
    PUBLISHED,
    SITE,
    WEEK,
    YEAR,
    Candidate,
    candidate,
)
from dateline.linking.compared_dates import WHEN
from dateline.linking.compared_figures import KILLED
from dateline.linking.comparisons import COMPARISONS
from dateline.linking.linker import pair
from dateline.linking.vetoes import veto
from dateline.linking.weights import agreements, match_weight, weights
from dateline.linking.words import hashed, tell
from dateline.model import (
    CasualtyValue,
    Claim,
    Document,
    Mention,
    PerpetratorValue,
    Place,
    Span,
)
from tests.linking.making import TOWNS, day, make

ONE = make("one", killed=6, injured=21)


@pytest.mark.parametrize(
    "other",
    [
        make("two", killed=9),
        make("two", killed=6),
        make("two", town=None, region="zabul", killed=6),
        make("two", type="attack", killed=6),
        make("two", type="suicide_bombing", killed=7, injured=20),
        make("two", on="2023-03-15", killed=6, injured=21),
        make(
            "two",
            on="2023-03-13",
            killed=6,
            injured=21,
            grain=WEEK,
            last=day("2023-03-19"),
        ),
    ],
)
def test_reports_of_one_event_join(other):
    assert pair(ONE, other) is not None


@pytest.mark.parametrize(
    "other",
    [
        make("two", on="2023-03-16", killed=2),
        make("two", on="2023-03-15", killed=1, type="shooting"),
        make("two", town="Kandahar", killed=2),
        make("two", town=None, region="kandahar"),
        make("two", town=None, country="AF", type="shooting"),
        make("two", town="Kabul", killed=6, injured=21),
        make("two", town=None, on=None, type="shooting"),
    ],
)
def test_events_that_only_look_alike_do_not_join(other):
    assert pair(ONE, other) is None


def test_tolls_that_grow_over_weeks_are_one_incident():
    told = [(77, 0), (84, 1), (85, 5), (60, 0)]
    mentions = [
        make(f"toll{n}", killed=n, type="vehicle_attack", published=day("2023-03-15") + after)
        for n, after in told
    ]
    for a in mentions:
        for b in mentions:
            assert a is b or pair(a, b) is not None


def test_a_country_alone_joins_only_with_a_telling_figure():
    nice = make("town", killed=86, injured=30)
    assert pair(nice, make("country", town=None, country="AF", killed=86)) is not None
    assert pair(nice, make("country", town=None, country="AF")) is None


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        (ONE, make("two", on="2023-03-21"), "7 days apart"),
        (ONE, make("two", town="Kabul"), "km apart"),
        (ONE, make("two", document=ONE.document), "one report"),
        (
            ONE,
            make("two", background=True, on="2023-03-01", last=day("2023-03-10")),
            "4 days apart",
        ),
    ],
)
def test_vetoes_hold_whatever_else_agrees(a, b, words):
    same = {"names": tuple(range(9)), "words": tuple(range(30)), "sentences": (1, 2, 3)}
    import msgspec

    a, b = (msgspec.structs.replace(c, **same) for c in (a, b))
    reason = veto(a, b)
    assert reason is not None
    assert words in reason
    assert pair(a, b) is None


def test_six_days_apart_is_no_veto():
    assert veto(ONE, make("two", on="2023-03-20")) is None


def test_the_day_a_report_came_out_is_weaker_evidence_than_a_day_it_tells():
    told = make("told", on="2023-03-17", killed=6)
    telling = make("telling", on="2023-03-17", killed=6, published=day("2023-03-17"))
    assert match_weight(ONE, telling) > match_weight(ONE, told)
    assert veto(ONE, make("late", on="2023-03-25", published=day("2023-03-25"))) is None


def test_missing_values_weigh_nothing():
    empty = Candidate(mention="mempty", document="dempty", type="bombing")
    compared = {found.comparison.name for found in agreements(ONE, empty)}
    assert compared == {"what"}


def test_two_names_of_one_town_meet_by_its_place():
    spelled = make("nikolaev", town="Mykolaiv", killed=2)
    other = make("mykolaiv", town="Mykolaiv", killed=2)
    import msgspec

    spelled = msgspec.structs.replace(spelled, town="nikolaev")
    assert pair(spelled, other) is not None


def test_a_town_looked_up_wrongly_rules_nothing_out_where_its_name_tells():
    import msgspec

    wrong = msgspec.structs.replace(make("wrong", town="Kabul", killed=22), town="qalat")
    right = make("right", killed=22)
    assert veto(wrong, right) is None
    assert pair(wrong, right) is not None
    assert pair(wrong, msgspec.structs.replace(right, killed_low=2, killed_high=2)) is None


def test_every_level_has_a_weight_and_every_m_a_floor():
    known = weights()
    for comparison in COMPARISONS:
        for level in comparison.levels:
            m, u = known.m[comparison.name, level.name], known.u[comparison.name, level.name]
            assert 0.005 <= m <= 1
            assert 0 < u <= 1
            assert abs(known.of(comparison.name, level.name)) < 11


hashes = st.lists(st.integers(0, 12), max_size=9).map(lambda xs: tuple(sorted(set(xs))))
numbers = st.none() | st.integers(0, 40)


@st.composite
def candidates(draw, name="x"):
    first = draw(st.none() | st.integers(738000, 738020))
    grain = draw(st.sampled_from([0, 0, 0, WEEK, MONTH, YEAR, PUBLISHED, BEFORE]))
    span = {0: 0, WEEK: 6, MONTH: 30, YEAR: 364, PUBLISHED: 10, BEFORE: 3000}[grain]
    town = draw(st.sampled_from([None, *TOWNS]))
    place = {}
    if town:
        lat, lon, country, admin1 = TOWNS[town]
        kind = draw(st.integers(SITE, 4))
        placed = kind < 3 and draw(st.booleans())
        place = {
            "place_grain": kind,
            "lat": lat if placed or kind >= 3 else None,
            "lon": lon if placed or kind >= 3 else None,
            "country": draw(st.sampled_from([country, None])),
            "admin1": admin1 if kind < 4 and draw(st.booleans()) else None,
            "town": town if kind < 3 else None,
            "site": draw(st.sampled_from([None, "bazaar"])),
            "town_word": draw(st.none() | st.integers(0, 12)),
        }
    kind = draw(st.sampled_from(["bombing", "attack", "shooting", "suicide_bombing"]))

    def figure(low):
        return draw(st.sampled_from([low, None, (low or 0) + 4])) if low is not None else None

    lows = [draw(numbers) for _ in range(3)]
    return Candidate(
        mention=f"m{name}{draw(st.integers(0, 10**9))}",
        document=f"d{draw(st.integers(0, 10**9))}",
        type=kind,
        kin=kinds.kin(kind),
        background=draw(st.booleans()),
        first=first,
        last=None if first is None else first + span,
        grain=None if first is None else grain,
        killed_low=lows[0],
        killed_high=figure(lows[0]),
        injured_low=lows[1],
        injured_high=figure(lows[1]),
        held_low=lows[2],
        held_high=figure(lows[2]),
        weapons=draw(st.integers(0, 7)),
        targets=draw(hashes),
        actors=draw(hashes),
        persons=draw(hashes),
        capitals=draw(hashes),
        names=draw(hashes),
        pairs=draw(hashes),
        words=draw(hashes),
        sentences=draw(hashes),
        published=draw(st.none() | st.integers(738000, 738020)),
        **place,
    )


@given(candidates("a"), candidates("b"))
@settings(max_examples=200)
def test_order_of_the_two_does_not_matter(a, b):
    assert match_weight(a, b) == match_weight(b, a)
    assert veto(a, b) == veto(b, a)
    assert pair(a, b) == pair(b, a)


@given(candidates("a"), candidates("b"))
@settings(max_examples=200)
def test_who_is_compared_is_the_same_from_either_side(a, b):
    one, other = keys(a), keys(b)
    assert bool({*one.probes} & {*other.keys}) == bool({*other.probes} & {*one.keys})


@given(st.lists(candidates(), min_size=2, max_size=12, unique_by=lambda c: c.mention))
@settings(max_examples=12, deadline=None)
def test_splink_gives_the_same_weights(some):
    splink_engine = pytest.importorskip("dateline.linking.splink_engine")
    pytest.importorskip("splink")
    by_id = {c.mention: c for c in some}
    found = splink_engine.weights_of(some)
    assert len(found) == len(some) * (len(some) - 1) // 2
    for (a, b), weight in found.items():
        assert weight == pytest.approx(match_weight(by_id[a], by_id[b]), abs=1e-6)


def test_a_large_attack_still_meets_what_is_told_of_it_weeks_later():
    first = make("first", killed=39)
    later = make("later", on="2023-03-30", killed=39, published=day("2023-03-30"))
    assert {*keys(first).probes} & {*keys(later).keys}
    assert pair(first, later) is not None
    small = make("small", on="2023-03-30", killed=2, published=day("2023-03-30"))
    assert not {*keys(first).probes} & {*keys(small).keys}
    assert pair(first, small) is None


def test_a_town_at_some_distance_says_less_where_a_report_names_the_other():
    named = make("named", town="Kandahar", killed=41, town_word=7)
    other = make("other", killed=36, capitals=(7,))
    stranger = make("stranger", killed=36)
    assert match_weight(named, other) > match_weight(named, stranger)
    assert pair(named, other) is not None


def test_a_report_without_a_place_may_name_the_town_of_the_other():
    nowhere = make("two", town=None, killed=9, type="attack", capitals=(hashed("qalat"),))
    silent = make("two", town=None, killed=9, type="attack")
    exact = make("one", killed=6, town_word=hashed("qalat"))
    assert match_weight(exact, nowhere) == match_weight(nowhere, exact)
    assert match_weight(exact, nowhere) > match_weight(exact, silent) + 3
    # A report that says the other country is not helped by the name.
    abroad = make("two", town=None, country="PK", killed=9, capitals=(hashed("qalat"),))
    assert pair(exact, abroad) is None


def _meet(a, b):
    return not set(keys(a).probes).isdisjoint(keys(b).keys)


def test_a_wrong_town_does_not_keep_a_report_from_the_one_that_tells_as_many_dead():
    told = make("told", killed=26, town="Qalat")
    # Another town of the region, some 200 km away; and no town at all, of a wrong country.
    for wrong in (
        make("wrong", killed=26, lat=34.0, admin1="elsewhere"),
        make("rough", killed=26, type="shooting", region="elsewhere", country="IR"),
    ):
        assert _meet(told, wrong)
        assert _meet(wrong, told)
        few = [msgspec.structs.replace(c, killed_low=2, killed_high=2) for c in (told, wrong)]
        assert not _meet(*few)
    nowhere = make("nowhere", killed=7, type="shooting", town=None)
    assert _meet(make("seven", killed=7), nowhere)
    assert _meet(nowhere, make("seven", killed=7))
    # Towns that distance rules out need not meet, and of a few dead no other country is searched.
    assert not _meet(told, make("far", killed=26, town="Belgorod"))
    abroad = make("abroad", killed=7, type="shooting", region="elsewhere", country="IR")
    assert not _meet(make("seven", killed=7), abroad)


@given(
    st.floats(-80, 80),  # no town lies nearer to a pole
    st.floats(-180, 180),
    st.floats(0, 299),
    st.floats(0, 2 * math.pi),
)
def test_as_many_dead_meet_wherever_distance_does_not_rule_out(lat, lon, km, bearing):
    # The point so many kilometres away in that direction, on a sphere.
    way, here = km / EARTH_RADIUS_KM, math.radians(lat)
    there = math.asin(
        math.sin(here) * math.cos(way) + math.cos(here) * math.sin(way) * math.cos(bearing)
    )
    east = math.atan2(
        math.sin(bearing) * math.sin(way) * math.cos(here),
        math.cos(way) - math.sin(here) * math.sin(there),
    )
    place = {"lat": math.degrees(there), "lon": (lon + math.degrees(east) + 540) % 360 - 180}
    assert _meet(make("one", killed=6, lat=lat, lon=lon), make("two", killed=6, **place))


def test_a_report_of_many_dead_looks_for_the_towns_it_names():
    kabul = make("kabul", killed=30, town="Kabul", town_word=hashed("kabul"))
    named = {"capitals": tuple(sorted((hashed("kabul"), hashed("ministry"))))}
    for killed, meets in ((9, True), (2, False)):
        misplaced = make("misplaced", killed=killed, town="Belgorod", **named)
        assert _meet(kabul, misplaced) is _meet(misplaced, kabul) is meets


def test_a_few_of_many_speak_less_against_a_join_than_other_numbers():
    many = make("many", killed=60)
    level = KILLED.level
    assert level(make("one", killed=1), many) == "part"
    assert level(make("ten", killed=10), many) == "far_apart"
    assert weights().of("killed", "part") > weights().of("killed", "far_apart")


def test_one_dead_told_first_in_both_is_no_agreement_of_their_tolls():
    thirteen = make("thirteen", killed=1, killed_high=13)
    assert KILLED.level(thirteen, make("fifty", killed=1, killed_high=50)) == "overlapping"
    assert KILLED.level(thirteen, make("same", killed=13)) == "same_large"


def test_an_undated_report_of_the_weeks_after_may_be_of_the_event():
    event = make("event", on="2023-03-01")
    came_out = day("2023-03-18")
    undated = {"on": None, "last": came_out, "published": came_out, "grain": PUBLISHED}
    late = make("late", first=came_out - 10, **undated)
    assert WHEN.level(late, event) == WHEN.level(event, late) == "still_told"
    assert WHEN.level(late, make("old", on="2023-01-01")) == "out_of_range"
    assert WHEN.level(late, make("later", on="2023-03-25")) == "out_of_range"


def test_a_town_of_two_words_is_known_by_both():
    place = Place(name="Sutherland Springs", kind="city", country="US", span=None)
    text = "A gunman killed 26 people in Sutherland Springs on Sunday."
    document = Document(id="d", text=text)
    springs = candidate(
        Mention(id="m", document_id="d", index=0, type="shooting", place=place),
        (),
        document,
    )
    assert springs.town_word == hashed("sutherland springs")
    assert springs.town_word in springs.capitals
    assert springs.town_word not in tell(["Springs were dry in Sutherland."]).capitals


def test_a_wrong_day_does_not_keep_apart_reports_of_one_news_that_name_one_man():
    oravec, other = (hashed("oravec"),), (hashed("haddad"),)
    news = {"published": day("2023-03-16"), "killed": 17, "words": "school armoury corridor"}
    event = make("event", persons=oravec, actors=oravec, **news)
    # The day he was seen at the range, read as that of the deed.
    wrong = make("wrong", on="2023-02-20", persons=oravec, actors=oravec, **news)
    assert veto(event, wrong) is None
    assert _meet(event, wrong)
    assert pair(event, wrong) is not None
    assert veto(event, msgspec.structs.replace(wrong, persons=other)) is not None
    later = msgspec.structs.replace(wrong, published=day("2023-04-10"))
    assert veto(event, later) is not None
    # Days so far apart still weigh: elsewhere it is another deed of his.
    assert (
        pair(event, make("far", on="2023-02-20", town="Kandahar", persons=oravec, **news)) is None
    )


def _read(text, *told, background=False):
    claims = [
        Claim(
            id=f"c{at}",
            kind="casualty" if isinstance(value, CasualtyValue) else "perpetrator",
            value=value,
            span=Span(at, at + 4),
            chains=(("Herald",),),
            modality="reported",
            incident=0,
        )
        for at, value in told
    ]
    mention = Mention(id="m", document_id="d", index=0, type="shooting", background=background)
    return candidate(mention, claims, Document(id="d", text=text))


def _killed(number, **more):
    return CasualtyValue(effect="killed", min=number, max=number, exact=True, **more)


@pytest.mark.parametrize(
    ("told", "low", "high"),
    [
        # What it leads with, and not another attack told further down.
        ([(20, _killed(13)), (1500, _killed(191))], 13, 13),
        ([(20, _killed(9)), (900, _killed(12, cumulative=True))], 9, 12),
        # One man named first is not the toll, nor is a part.
        ([(5, _killed(1)), (40, _killed(13))], 13, 13),
        ([(5, _killed(4, subset=True)), (40, _killed(13))], 13, 13),
        # Nothing at its head: all that it tells.
        ([(1500, _killed(13)), (1700, _killed(20))], 13, 20),
        ([(5, _killed(1)), (9, _killed(2))], 1, 2),
    ],
)
def test_a_report_gives_the_toll_that_it_leads_with(told, low, high):
    read = _read("x" * 2000, *told)
    assert (read.killed_low, read.killed_high) == (low, high)


def test_those_who_did_it_are_known_by_their_surnames():
    named = PerpetratorValue(description="gunman", name="Janos Oravec")
    short = PerpetratorValue(description="gunman", name="Oravec")
    group = PerpetratorValue(description="Red Dawn", organisation="Red Dawn")
    assert _read("x", (0, named), (0, group)).persons == (hashed("oravec"),)
    assert _read("x", (0, short), (0, group)).persons == ()
    assert _read("x", (0, named), background=True).persons == ()
