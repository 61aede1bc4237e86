"""Low, best and high, independence, disputes and grade, through ``assemble``."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import (
    Mention,
    MotiveValue,
    PerpetratorValue,
    Place,
    ResponsibilityValue,
    Source,
    Toll,
    WeaponValue,
)
from dateline.tally.incident import assemble, incident_id
from tests.tally.accounts import account, killed

POLICE = ("Herald", "police")
HOSPITAL = ("Herald", "hospital")
ARMY = ("Herald", "army")
SOURCES = {
    "TASS": Source(name="TASS", kind="agency", affiliation="Russia", conduit=True),
    "Russian Ministry of Defense": Source(
        name="Russian Ministry of Defense", kind="military", affiliation="Russia"
    ),
    "police": Source(name="police", kind="official"),
    "Channel A": Source(name="Channel A", kind="channel", parent="Network"),
    "Channel B": Source(name="Channel B", kind="channel", parent="Network"),
}


def bounds(toll: Toll) -> tuple[int | None, int | None, int | None]:
    return toll.low, toll.best, toll.high


def test_one_figure_is_low_best_and_high():
    incident = assemble([account("a", 1, (killed(6), POLICE))], SOURCES)
    assert bounds(incident.tolls["killed"]) == (6, 6, 6)
    assert incident.tolls["killed"].claims == ("ca0",)
    assert "injured" not in incident.tolls


def test_a_root_supersedes_its_own_earlier_figure():
    accounts = [
        account("a", 1, (killed(6), POLICE)),
        account("b", 3, (killed(9), POLICE)),
    ]
    assert bounds(assemble(accounts, SOURCES).tolls["killed"]) == (9, 9, 9)


def test_extremes_of_roots_and_the_best_supported():
    accounts = [
        account("a", 1, (killed(60), POLICE), (killed(85), ARMY)),
        account("b", 1, (killed(60), HOSPITAL)),
    ]
    assert bounds(assemble(accounts, SOURCES).tolls["killed"]) == (60, 60, 85)


def test_ties_go_to_the_latest_then_to_the_lower():
    latest = [account("a", 1, (killed(60), POLICE)), account("b", 2, (killed(77), HOSPITAL))]
    assert assemble(latest, SOURCES).tolls["killed"].best == 77
    same_day = [account("a", 1, (killed(60), POLICE)), account("b", 1, (killed(77), HOSPITAL))]
    assert assemble(same_day, SOURCES).tolls["killed"].best == 60


def test_at_least_supports_a_higher_figure_and_sets_no_upper_bound():
    accounts = [
        account("a", 1, (killed(84, None), POLICE)),
        account("b", 1, (killed(86), HOSPITAL)),
    ]
    incident = assemble(accounts, SOURCES)
    assert bounds(incident.tolls["killed"]) == (84, 86, 86)
    assert incident.disputes == ()


def test_a_part_is_inside_the_total_and_not_added():
    told = account(
        "a", 1, (killed(84), POLICE), (killed(10, subset=True, group="children"), POLICE)
    )
    assert bounds(assemble([told], SOURCES).tolls["killed"]) == (84, 84, 84)


def test_a_part_alone_bounds_from_below():
    told = account("a", 1, (killed(10, subset=True), POLICE))
    assert bounds(assemble([told], SOURCES).tolls["killed"]) == (10, 10, 10)


def test_a_further_figure_is_added():
    told = account("a", 1, (killed(5), POLICE), (killed(3, additional=True), POLICE))
    assert bounds(assemble([told], SOURCES).tolls["killed"]) == (8, 8, 8)


def test_perpetrators_are_in_a_toll_of_their_own():
    told = account("a", 1, (killed(11), POLICE), (killed(2, who="perpetrators"), POLICE))
    incident = assemble([told], SOURCES)
    assert bounds(incident.tolls["killed"]) == (11, 11, 11)
    assert bounds(incident.perpetrator_tolls["killed"]) == (2, 2, 2)


def test_harm_without_a_number_is_unknown_not_zero():
    told = account("a", 1, (killed(None), POLICE))
    assert bounds(assemble([told], SOURCES).tolls["killed"]) == (None, None, None)


def test_a_denied_figure_is_in_no_toll():
    told = account("a", 1, (killed(40), POLICE), modality="denied")
    assert assemble([told], SOURCES).tolls == {}


def test_the_publishers_own_voice_is_no_second_source():
    told = account("a", 1, (killed(11), ("Herald",)), (killed(11), POLICE))
    assert assemble([told], SOURCES).independent_sources == ("police",)
    alone = account("a", 1, (killed(11), ("Herald",)))
    assert assemble([alone], SOURCES).independent_sources == ("Herald",)


def test_conduits_and_sister_channels_count_once():
    accounts = [
        account("a", 1, (killed(11), ("Newsweek", "TASS", "Russian Ministry of Defense"))),
        account("b", 1, (killed(11), ("Herald", "TASS"))),
        account("c", 1, (killed(11), ("Herald", "Channel A"))),
        account("d", 1, (killed(11), ("Herald", "Channel B"))),
    ]
    incident = assemble(accounts, SOURCES)
    assert incident.independent_sources == ("Network", "Russian Ministry of Defense")


def test_figures_that_exclude_each_other_are_disputed():
    told = account("a", 1, (killed(13), ARMY), (killed(5), ("Herald", "elders")))
    incident = assemble([told], SOURCES)
    (dispute,) = incident.disputes
    assert dispute.about == "killed"
    assert [side.says for side in dispute.sides] == ["5", "13"]
    assert incident.grade == "contested"


def test_a_toll_that_rose_is_no_dispute_and_one_that_fell_is():
    rose = [account("a", 1, (killed(60), POLICE)), account("b", 2, (killed(77), HOSPITAL))]
    assert assemble(rose, SOURCES).disputes == ()
    fell = [account("a", 1, (killed(77), POLICE)), account("b", 2, (killed(60), HOSPITAL))]
    assert [d.about for d in assemble(fell, SOURCES).disputes] == ["killed"]


def test_the_type_that_says_what_was_done():
    told = account("a", 1, (killed(6), POLICE))
    vague = msgspec.structs.replace(
        account("b", 1, (killed(6), HOSPITAL)),
        mention=Mention(id="mb", document_id="db", index=0, type="attack"),
    )
    assert assemble([told, vague], SOURCES).type == "bombing"


def test_rival_motives_are_disputed_and_the_same_one_is_not():
    def motive(words):
        return MotiveValue(description=words)

    rival = account(
        "a",
        1,
        (motive("two servicemen insulted a fellow soldier"), ("Herald", "Channel A")),
        (motive("a domestic conflict"), ("Herald", "Broadcaster")),
    )
    assert [d.about for d in assemble([rival], SOURCES).disputes] == ["motive"]
    same = account(
        "a",
        1,
        (motive("a conflict at home"), ("Herald", "Channel A")),
        (motive("a domestic conflict"), ("Herald", "Broadcaster")),
    )
    assert assemble([same], SOURCES).disputes == ()


def test_rival_accounts_of_the_perpetrator_are_disputed():
    told = account(
        "a",
        1,
        (PerpetratorValue(description="two citizens of a neighbouring state"), ARMY),
        (PerpetratorValue(description="volunteer soldiers"), ("Herald", "later reports")),
    )
    assert [d.about for d in assemble([told], SOURCES).disputes] == ["perpetrator"]


def test_responsibility_claimed_confirms_and_denied_contests():
    claimed = account(
        "a",
        1,
        (killed(9), POLICE),
        (ResponsibilityValue(actor="The Front", stance="claimed"), ARMY),
    )
    assert assemble([claimed], SOURCES).grade == "confirmed"
    both = account(
        "a",
        1,
        (ResponsibilityValue(actor="The Front", stance="claimed"), ARMY),
        (ResponsibilityValue(actor="The Front", stance="denied"), POLICE),
    )
    assert assemble([both], SOURCES).grade == "contested"


def test_grades_follow_the_number_of_independent_sources():
    one = account("a", 1, (killed(9), ("Herald", "a witness")))
    assert assemble([one], {}).grade == "weak"
    two = account("a", 1, (killed(9), ("Herald", "a witness")), (killed(9), HOSPITAL))
    assert assemble([two], {}).grade == "fair"


def test_one_weapon_a_type_in_its_fullest_words():
    told = account(
        "a",
        1,
        (WeaponValue(type="machine_gun", description="machine gun"), POLICE),
        (WeaponValue(type="machine_gun", description="Kalashnikov machine gun"), POLICE),
    )
    assert [w.description for w in assemble([told], SOURCES).weapons] == ["Kalashnikov machine gun"]


def test_no_account_is_no_incident():
    with pytest.raises(ValueError, match="at least one account"):
        assemble([], SOURCES)


ROOTS = st.sampled_from(["police", "hospital", "army", "TASS", "Channel A", "Channel B"])
FIGURES = st.builds(
    lambda low, more, subset: killed(low, None if more is None else low + more, subset=subset),
    st.integers(0, 100),
    st.none() | st.integers(0, 20),
    st.booleans(),
)
ACCOUNTS = st.lists(
    st.tuples(st.none() | st.integers(1, 28), st.lists(st.tuples(FIGURES, ROOTS), max_size=4)),
    min_size=1,
    max_size=5,
)


@settings(deadline=None)
@given(ACCOUNTS, st.randoms(use_true_random=False))
def test_order_never_matters_and_bounds_hold(told, random):
    accounts = [
        account(str(n), day, *((value, ("Herald", root)) for value, root in claims))
        for n, (day, claims) in enumerate(told)
    ]
    first = assemble(accounts, SOURCES)
    shuffled = list(accounts)
    random.shuffle(shuffled)
    assert assemble(shuffled, SOURCES) == first
    assert first.id == incident_id([a.mention.id for a in accounts])
    for toll in first.tolls.values():
        assert (toll.best is None) == (toll.low is None) == (toll.high is None)
        if toll.best is not None:
            assert toll.low <= toll.best <= toll.high
            assert toll.claims


def test_the_own_words_of_a_copied_text_count_for_the_original():
    import msgspec

    wire = account("wire", 1, (killed(6), ("Wire",)))
    paper = account("paper", 2, (killed(6), ("Paper",)), (killed(9), ("Paper", "hospital")))
    alone = assemble([wire, paper], SOURCES)
    assert alone.independent_sources == ("Wire", "hospital")
    copied = msgspec.structs.replace(account("paper", 2, (killed(6), ("Paper",))), voice="Wire")
    assert assemble([wire, copied], SOURCES).independent_sources == ("Wire",)
    assert assemble([wire, account("paper", 2, (killed(6), ("Paper",)))], SOURCES).grade == "fair"
    assert assemble([wire, copied], SOURCES).grade == "weak"


def test_civilians_against_fighters_is_no_toll_that_rose():
    accounts = [
        account("a", 1, (killed(5, group="militants"), POLICE)),
        account("b", 2, (killed(12, group="civilians"), ("Herald", "elders"))),
        account("c", 5, (killed(9, None), ("Monitor",)), (killed(6, subset=True), ("Monitor",))),
    ]
    incident = assemble(accounts, SOURCES)
    (dispute,) = incident.disputes
    assert dispute.about == "killed"
    assert [side.says for side in dispute.sides] == ["5, militants", "at least 9", "12, civilians"]
    assert [side.claims for side in dispute.sides] == [("ca0",), ("cc0",), ("cb0",)]
    assert incident.grade == "contested"
    assert "Monitor: at least 9, elders" in incident.tolls["killed"].rule


def test_the_same_number_of_civilians_and_of_fighters_is_disputed():
    told = account(
        "a",
        1,
        (killed(7, group="militants"), ARMY),
        (killed(7, group="teachers"), ("Herald", "elders")),
    )
    (dispute,) = assemble([told], SOURCES).disputes
    assert [side.says for side in dispute.sides] == ["7, militants", "7, teachers"]
    one = account("a", 1, (killed(7, group="soldiers"), ARMY), (killed(7), ("Herald", "elders")))
    assert assemble([one], SOURCES).disputes == ()


def test_every_account_of_the_perpetrator_is_a_side_of_the_dispute():
    told = account(
        "a",
        1,
        (PerpetratorValue(description="militants"), ARMY),
        (PerpetratorValue(description="soldiers in uniform"), ("Herald", "elders")),
        (PerpetratorValue(description="a gang"), POLICE),
    )
    (dispute,) = assemble([told], SOURCES).disputes
    assert [side.says for side in dispute.sides] == ["militants", "soldiers in uniform", "a gang"]


def test_soldiers_and_civilians_of_one_source_add_up_unless_it_gives_the_whole():
    sides = [(killed(6, group="soldiers"), POLICE), (killed(4, group="civilians"), POLICE)]
    assert bounds(assemble([account("1", 1, *sides)], SOURCES).tolls["killed"]) == (10, 10, 10)
    # Two groups that may hold the same people do not add up.
    alike = [(killed(6, group="civilians"), POLICE), (killed(4, group="children"), POLICE)]
    assert bounds(assemble([account("1", 1, *alike)], SOURCES).tolls["killed"]) == (6, 6, 6)
    whole = [*sides, (killed(9), POLICE)]
    assert bounds(assemble([account("1", 1, *whole)], SOURCES).tolls["killed"]) == (9, 9, 9)
    # Of two sources each counts who it counts.
    apart = [account("1", 1, sides[0]), account("2", 1, (sides[1][0], HOSPITAL))]
    assert bounds(assemble(apart, SOURCES).tolls["killed"])[0] == 4


def test_who_did_it_is_listed_once_however_it_is_spelt():
    told = [
        account("a", 1, (PerpetratorValue(description="Gunmen"), POLICE)),
        account("b", 2, (PerpetratorValue(description="gunmen", number=10), HOSPITAL)),
        account("c", 3, (PerpetratorValue(description="gunmen", fate="killed"), ARMY)),
    ]
    found = assemble(told, SOURCES).perpetrators
    assert [(who.number, who.fate) for who in found] == [(10, None), (None, "killed")]


def test_a_hospitals_count_is_a_part_of_a_larger_total():
    told = account("a", 1, (killed(15), POLICE), (killed(10), ("Herald", "Sunnyside Hospital")))
    assert bounds(assemble([told], SOURCES).tolls["killed"]) == (15, 15, 15)
    alone = account("a", 1, (killed(10), ("Herald", "Sunnyside Hospital")))
    assert bounds(assemble([alone], SOURCES).tolls["killed"]) == (10, 10, 10)


def test_one_of_the_dead_whom_a_source_tells_of_is_no_smaller_toll():
    told = account("a", 1, (killed(12), ("Herald",)), (killed(1), POLICE))
    assert bounds(assemble([told], SOURCES).tolls["killed"]) == (12, 12, 12)


def test_a_report_and_its_source_that_differ_by_far_are_both_kept():
    told = account("a", 1, (killed(60), ("Herald",)), (killed(20), POLICE))
    incident = assemble([told], SOURCES)
    assert incident.tolls["killed"].high == 60
    assert incident.tolls["killed"].low == 20
    told = account("a", 1, (killed(50), ("Herald",)), (killed(40), POLICE))
    assert bounds(assemble([told], SOURCES).tolls["killed"]) == (40, 50, 50)
    near = account("a", 1, (killed(12), ("Herald",)), (killed(11), POLICE))
    assert bounds(assemble([near], SOURCES).tolls["killed"]) == (11, 11, 11)


def test_the_place_is_where_most_reports_are_near_and_not_the_most_precise_of_one():
    def told(name, town, lat, lon, kind="city"):
        place = Place(name=town, kind=kind, lat=lat, lon=lon, country="CA", admin1="X", span=None)
        made = account(name, 1, (killed(6), POLICE))
        return msgspec.structs.replace(
            made, mention=msgspec.structs.replace(made.mention, place=place)
        )

    town = [told("a", "Elmford", 43.7, -79.4), told("b", "Elmford", 43.7, -79.4)]
    hospital = told("c", "County Hospital", 44.6, -79.4, "site")
    assert assemble([*town, hospital], SOURCES).place.name == "Elmford"
    square = told("d", "Market Square", 43.71, -79.41, "site")
    assert assemble([*town, square], SOURCES).place.name == "Market Square"
    alone = [town[0], hospital]
    assert assemble(alone, SOURCES).place.name == "County Hospital"


def test_a_group_that_claims_is_one_by_whatever_name():
    def claim(actor):
        return ResponsibilityValue(actor=actor, stance="claimed")

    told = account(
        "a",
        1,
        (killed(3), POLICE),
        (claim("Red Dawn"), ("Herald", "Red Dawn")),
        (claim("the group, Red Dawn (RD)"), POLICE),
        (claim("RD"), ("Herald", "Red Dawn")),
    )
    sources = SOURCES | {"Red Dawn": Source(name="Red Dawn", kind="armed_group")}
    assert assemble([told], sources).disputes == ()
    rival = account("b", 1, (claim("Blue Dawn"), POLICE))
    (dispute,) = assemble([told, rival], sources).disputes
    assert [side.says for side in dispute.sides] == [
        "claimed by Blue Dawn",
        "claimed by Red Dawn",
    ]


def test_a_claim_is_by_the_group_that_others_know_by_that_name():
    told = account(
        "a",
        1,
        (PerpetratorValue(description="RD", organisation="Red Dawn"), POLICE),
        (ResponsibilityValue(actor="RD", stance="claimed"), POLICE),
        (ResponsibilityValue(actor="Red Dawn", stance="claimed"), HOSPITAL),
    )
    assert assemble([told], SOURCES).disputes == ()


def test_a_person_whom_nobody_accuses_disputes_nothing_by_denying():
    def told(actor):
        denial = (ResponsibilityValue(actor=actor, stance="denied"), ("Herald", actor))
        return account(
            "a", 1, (PerpetratorValue(description="gunman", name="Jo Rao"), POLICE), denial
        )

    people = {name: Source(name=name, kind="person") for name in ("Max Lund", "Rao")}
    assert assemble([told("Max Lund")], SOURCES | people).disputes == ()
    assert [d.about for d in assemble([told("Rao")], SOURCES | people).disputes] == [
        "responsibility"
    ]
