"""What casualty recorders trip over: part and whole, whose dead, copies, nobody harmed."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from dateline.model import (
    CasualtyValue,
    Claim,
    Copy,
    IncidentDate,
    ResponsibilityValue,
    Source,
    Span,
)
from dateline.tally.incident import assemble
from dateline.tally.policy import POLICIES
from tests.tally.accounts import account, killed
from tests.tally.test_incident import ARMY, HOSPITAL, POLICE, SOURCES, bounds

MAYOR = ("Courier", "mayor")
PARTY = {"army": Source(name="army", kind="military")}
NOBODY = CasualtyValue(effect="casualties", min=0, max=0, exact=True)


def toll_of(*accounts, policy="default", effect="killed"):
    return assemble(accounts, SOURCES, POLICIES[policy]).tolls[effect]


def test_perpetrators_told_to_be_in_the_total_are_taken_out_of_it():
    including = account(
        "a", 1, (killed(10), MAYOR), (killed(1, who="perpetrators", subset=True), MAYOR)
    )
    beside = account("b", 1, (killed(9), POLICE), (killed(1, who="perpetrators"), POLICE))
    incident = assemble([including, beside], SOURCES)
    assert bounds(incident.tolls["killed"]) == (9, 9, 9)
    assert incident.disputes == ()
    assert "mayor: 10 less 1 who did it" in incident.tolls["killed"].rule
    assert incident.perpetrator_tolls["killed"].best == 1


def test_perpetrators_are_taken_out_of_the_total_they_were_told_with():
    told = account(
        "a",
        1,
        (killed(10), MAYOR),
        (killed(2, who="perpetrators", subset=True), MAYOR),
        (killed(1, who="perpetrators", subset=True), MAYOR),
        (killed(9), MAYOR),
    )
    # The nine of the second sentence stand: they are said without a gunman among them.
    assert bounds(toll_of(told)) == (9, 9, 9)
    # More perpetrators than dead in all cannot have been among them.
    odd = account("b", 1, (killed(2), MAYOR), (killed(3, who="perpetrators", subset=True), MAYOR))
    assert bounds(toll_of(odd)) == (2, 2, 2)


def test_of_one_day_a_roots_larger_figure_stands():
    for names in ("ab", "ba"):
        early = account(names[0], 1, (killed(60), POLICE))
        late = account(names[1], 1, (killed(77), POLICE))
        incident = assemble([early, late], SOURCES)
        assert bounds(incident.tolls["killed"]) == (77, 77, 77)
        assert [step.min for step in incident.rise["killed"]] == [60, 77]


def test_a_part_told_later_does_not_take_the_place_of_the_total():
    accounts = [
        account("a", 1, (killed(51), POLICE)),
        account("b", 2, (killed(40, group="children", subset=True), POLICE)),
    ]
    assert bounds(toll_of(*accounts)) == (51, 51, 51)


def test_a_death_told_later_adds_to_the_roots_own_total_once():
    accounts = [
        account("a", 1, (killed(38), POLICE)),
        account("b", 3, (killed(2, additional=True), POLICE)),
        account("c", 4, (killed(2, additional=True), POLICE)),
    ]
    incident = assemble(accounts, SOURCES)
    assert bounds(incident.tolls["killed"]) == (40, 40, 40)
    assert incident.rise["killed"][-1].best == 40
    total = account("d", 5, (killed(40, cumulative=True), POLICE))
    assert bounds(toll_of(*accounts, total)) == (40, 40, 40)


def test_children_of_one_source_are_a_part_of_the_people_of_another():
    accounts = [
        account("a", 1, (killed(40, group="children"), POLICE)),
        account("b", 1, (killed(51), HOSPITAL)),
    ]
    incident = assemble(accounts, SOURCES)
    assert incident.disputes == ()
    assert bounds(incident.tolls["killed"]) == (51, 51, 51)
    assert "police: 40 (children)" in incident.tolls["killed"].rule
    # Alone, or over the other's total, they are a toll as any other.
    assert bounds(toll_of(accounts[0])) == (40, 40, 40)
    fewer = account("c", 2, (killed(30), HOSPITAL))
    assert [d.about for d in assemble([accounts[0], fewer], SOURCES).disputes] == ["killed"]
    fighters = account("c", 1, (killed(51, group="militants"), ARMY))
    assert [d.about for d in assemble([accounts[0], fighters], SOURCES).disputes] == ["killed"]


def test_no_casualties_is_a_figure_of_none_against_those_who_count():
    accounts = [account("a", 1, (killed(14), HOSPITAL)), account("b", 1, (NOBODY, ARMY))]
    incident = assemble(accounts, SOURCES)
    assert bounds(incident.tolls["killed"]) == (0, 14, 14)
    assert "the only one that counts somebody" in incident.tolls["killed"].rule
    assert "casualties" not in incident.tolls
    (dispute,) = incident.disputes
    assert [side.says for side in dispute.sides] == ["0", "14"]
    assert incident.grade == "contested"
    alone = assemble(accounts[1:], SOURCES)
    assert list(alone.tolls) == ["casualties"]
    assert bounds(alone.tolls["casualties"]) == (0, 0, 0)


def test_many_who_say_that_nobody_was_harmed_outweigh_one_who_counts():
    accounts = [
        account("a", 1, (killed(3), ("Herald", "elders"))),
        account("b", 1, (NOBODY, ARMY)),
        account("c", 1, (killed(0), POLICE)),
    ]
    assert bounds(toll_of(*accounts)) == (0, 0, 3)


@pytest.mark.parametrize(
    ("denied", "sides"),
    [
        (killed(None), ["denied", "14"]),
        (killed(14), ["denied: 14", "14"]),
        (killed(90), []),
    ],
)
def test_who_denies_the_dead_is_a_side_against_who_counts_them(denied, sides):
    accounts = [
        account("a", 1, (killed(14), HOSPITAL)),
        account("b", 1, (denied, ARMY), modality="denied"),
    ]
    incident = assemble(accounts, SOURCES)
    assert [side.says for d in incident.disputes for side in d.sides] == sides
    assert incident.grade == ("contested" if sides else "weak")
    assert bounds(incident.tolls["killed"]) == (14, 14, 14)


def test_a_later_figure_that_agrees_with_a_side_is_a_side():
    accounts = [
        account("a", 1, (killed(4), ARMY)),
        account("b", 1, (killed(22, None), HOSPITAL)),
        account("c", 2, (killed(22), ("Radio", "residents"))),
    ]
    (dispute,) = assemble(accounts, SOURCES | PARTY).disputes
    assert [side.says for side in dispute.sides] == ["4", "at least 22", "22"]


def copied(how="repost", share=0.9):
    return Copy(document_id="dcopy", original_id="dwire", how=how, share=share)


@pytest.mark.parametrize(
    ("number", "day", "how", "best"),
    [
        (134, 1, "repost", 115),  # a slip, or made up: somebody should look
        (95, 2, "near-duplicate", 115),
        (134, 2, "wire copy", 134),  # a later version of the wire: the toll rose
        (95, 2, "update", 95),  # the publisher's own new version
        (115, 1, "repost", 115),
    ],
)
def test_another_number_in_a_copied_text_waits_for_a_person(number, day, how, best):
    wire = account("wire", 1, (killed(115), ("Wire", "mayor")))
    copy = account("copy", day, (killed(number), ("Mirror", "Wire", "mayor")))
    incident = assemble([wire, copy], SOURCES, copies=[copied(how)])
    assert bounds(incident.tolls["killed"]) == (best, best, best)
    waits = [(review.claim, review.reason) for review in incident.review]
    looked_at = best == number or number == 115
    assert waits == (
        [] if looked_at else [("ccopy0", "a copied text, whose original says 115 here")]
    )


def test_a_changed_number_that_a_person_called_right_counts():
    wire = account("wire", 1, (killed(115), ("Wire", "mayor")))
    copy = account("copy", 1, (killed(134), ("Mirror", "Wire", "mayor")))
    sure = tuple(msgspec.structs.replace(claim, score=1.0) for claim in copy.claims)
    copy = msgspec.structs.replace(copy, claims=sure)
    incident = assemble([wire, copy], SOURCES, copies=[copied()])
    assert incident.review == ()
    assert incident.tolls["killed"].best == 134


def test_the_rule_says_what_broke_a_tie():
    same_day = [account("a", 1, (killed(30), ARMY)), account("b", 1, (killed(50), HOSPITAL))]
    assert "as many support 50, and 30 is the lowest of the same day" in toll_of(*same_day).rule
    later = [account("a", 1, (killed(30), ARMY)), account("b", 2, (killed(50), HOSPITAL))]
    assert "as many support 30, and 50 is the latest" in toll_of(*later).rule
    agreed = [account("a", 1, (killed(30), ARMY)), account("b", 1, (killed(30), HOSPITAL))]
    assert "as many" not in toll_of(*agreed).rule
    dozens = account("a", 1, (killed(24, None, qualifier="dozens"), ARMY))
    assert toll_of(dozens).rule == "the only source with a figure: army: at least 24"


@pytest.mark.parametrize("name", sorted(POLICIES))
def test_no_policy_takes_a_part_for_the_toll(name):
    total = account("a", 1, (killed(38), POLICE))
    part = account("b", 2, (killed(2, additional=True), ("Herald", "army doctor")))
    children = account("c", 3, (killed(9, group="children"), ARMY))
    for accounts in ([total, part], [total, children], [total, part, children]):
        assert bounds(toll_of(*accounts, policy=name)) == (38, 38, 38)


def test_a_part_beside_rivals_names_its_group_once():
    accounts = [
        account("a", 1, (killed(7, group="children"), POLICE)),
        account("b", 1, (killed(12, group="militants"), ARMY)),
        account("c", 1, (killed(20), HOSPITAL)),
    ]
    (dispute,) = assemble(accounts, SOURCES).disputes
    assert [side.says for side in dispute.sides] == ["7 (children)", "12, militants", "20"]


def test_a_report_that_gives_a_whole_sees_no_contradiction_in_a_few_of_them():
    whole, few = (killed(500), HOSPITAL), (killed(2, group="police"), POLICE)
    incident = assemble([account("a", 1, whole, few)], SOURCES)
    assert incident.disputes == ()
    assert bounds(incident.tolls["killed"]) == (500, 500, 500)
    assert "police: 2 (police)" in incident.tolls["killed"].rule
    # In a later report nobody has put the two beside each other; nor are civilians a few of them.
    apart = assemble([account("a", 1, whole), account("b", 2, few)], SOURCES)
    assert [d.about for d in apart.disputes] == ["killed"]
    civilians = account("a", 1, whole, (killed(2, group="civilians"), POLICE))
    assert [d.about for d in assemble([civilians], SOURCES).disputes] == ["killed"]


def test_at_most_a_few_of_a_whole_bound_nothing_from_below():
    whole, few = (killed(500), HOSPITAL), (killed(None, 2, group="police"), POLICE)
    incident = assemble([account("a", 1, whole, few)], SOURCES)
    assert bounds(incident.tolls["killed"]) == (500, 500, 500)
    assert "police: 0 (police)" in incident.tolls["killed"].rule


AGENCY = ("Courier", "mayor", "United Nations")
OWN = ("Courier",)


def test_what_a_report_leads_with_stands_against_larger_figures_below_it():
    told = account(
        "a",
        1,
        (killed(140, None), AGENCY),
        (killed(82), POLICE),
        (killed(300), ("Courier", "Red Cross")),  # "sent 300 body bags"
    )
    assert bounds(toll_of(told)) == (82, 140, 300)
    assert "what its report leads with" in toll_of(told).rule


def test_a_later_attack_told_by_the_paper_itself_does_not_replace_its_own_toll():
    told = account("a", 1, (killed(39, None), OWN), (killed(39), OWN), (killed(180, None), OWN))
    assert bounds(toll_of(told)) == (39, 39, 39)


def test_a_new_total_is_the_lead_wherever_it_is_told():
    told = account("a", 1, (killed(13), MAYOR), (killed(16, cumulative=True), POLICE))
    assert toll_of(told).best == 16


def test_at_least_speaks_for_what_later_reports_say_but_not_for_more_in_its_own():
    early = account("a", 1, (killed(20, None), MAYOR))
    later = account("b", 1, (killed(58), POLICE))
    assert bounds(toll_of(early, later)) == (20, 58, 58)
    both = account("c", 1, (killed(20, None), MAYOR), (killed(58), POLICE))
    assert bounds(toll_of(both)) == (20, 20, 58)


def test_the_injured_of_one_source_are_a_part_of_twice_as_many():
    hurt = [CasualtyValue(effect="injured", min=n, max=n, exact=True) for n in (53, 5)]
    told = account("a", 1, (hurt[0], OWN), (hurt[1], MAYOR))
    assert bounds(toll_of(told, effect="injured")) == (53, 53, 53)


def test_patients_of_one_hospital_are_not_all_the_wounded():
    wounded, patients = (CasualtyValue(effect="injured", min=n, max=n, exact=True) for n in (10, 8))
    centre = ("Courier", "Clear Lake Regional Medical Center")
    told = account("a", 1, (wounded, MAYOR), (patients, centre))
    assert bounds(toll_of(told, effect="injured")) == (10, 10, 10)


def test_an_addition_adds_to_what_was_told_last():
    guard = killed(1, additional=True)
    told = account("a", 1, (killed(39), OWN), (killed(1, group="police"), OWN), (guard, OWN))
    assert bounds(toll_of(told)) == (39, 39, 39)
    died = account("a", 1, (killed(5), OWN), (killed(3, additional=True), OWN))
    assert bounds(toll_of(died)) == (8, 8, 8)


def test_figures_of_one_day_in_two_reports_may_be_a_toll_that_rose():
    early, late = (killed(9), POLICE), (killed(12), ("Herald", "mayor"))
    incident = assemble([account("a", 1, early), account("b", 1, late)], SOURCES)
    assert incident.disputes == ()
    assert incident.grade != "contested"
    # One report that gives both sets them against each other, and so does a party's own count.
    assert [d.about for d in assemble([account("a", 1, early, late)], SOURCES).disputes]
    party = [account("a", 1, early), account("b", 1, (killed(12), ARMY))]
    assert [d.about for d in assemble(party, SOURCES | PARTY).disputes]
    # Nor does a toll rise from nobody.
    nobody = [account("a", 1, (killed(0), POLICE)), account("b", 1, late)]
    assert [d.about for d in assemble(nobody, SOURCES).disputes]


def test_with_and_without_those_who_did_it_is_no_dispute():
    beside = account("a", 1, (killed(50), POLICE))
    without = account("b", 2, (killed(49), MAYOR), (killed(1, who="perpetrators"), MAYOR))
    assert assemble([beside, without], SOURCES).disputes == ()
    fewer = account("b", 2, (killed(48), MAYOR), (killed(1, who="perpetrators"), MAYOR))
    assert [d.about for d in assemble([beside, fewer], SOURCES).disputes] == ["killed"]


@pytest.mark.parametrize(("later", "disputed"), [(16, False), (15, True)])
def test_counts_of_the_injured_a_fifth_apart_are_no_dispute(later, disputed):
    def injured(number):
        return CasualtyValue(effect="injured", min=number, max=number, exact=True)

    accounts = [account("a", 1, (injured(20), POLICE)), account("b", 2, (injured(later), MAYOR))]
    assert bool(assemble(accounts, SOURCES).disputes) is disputed


def test_two_figures_of_one_clause_add_up_whatever_their_ids():
    def told(first, second):
        claims = [
            Claim(
                id=id,
                kind="casualty",
                value=value,
                span=Span(10, 40),
                chains=(POLICE,),
                modality="reported",
                incident=0,
            )
            for id, value in ((first, killed(2)), (second, killed(4, additional=True)))
        ]
        made = account("a", 1, (killed(2), POLICE))
        return msgspec.structs.replace(
            made,
            claims=tuple(claims),
            mention=msgspec.structs.replace(made.mention, claims=(first, second)),
        )

    assert bounds(toll_of(told("c1", "c2"))) == bounds(toll_of(told("c2", "c1"))) == (6, 6, 6)


def test_what_sources_counted_on_the_first_day_is_settled_by_a_later_toll():
    first = account("a", 1, (killed(11), MAYOR), (killed(20), ("Herald", "minister")))
    assert [d.about for d in assemble([first], SOURCES).disputes] == ["killed"]
    later = [account("b", 2, (killed(32), POLICE)), account("c", 3, (killed(32), HOSPITAL))]
    assert assemble([first, *later], SOURCES).disputes == ()
    # What a party to the fighting is told against is not settled by what others count.
    party = account("a", 1, (killed(11), ARMY), (killed(20), ("Herald", "minister")))
    assert assemble([party, *later], SOURCES | PARTY).disputes


def test_earlier_reports_are_nobody_who_counts_where_a_report_gives_another_figure():
    told = account("a", 2, (killed(7), POLICE), (killed(5), ("Herald", "Earlier reports")))
    incident = assemble([told], SOURCES)
    assert bounds(incident.tolls["killed"]) == (7, 7, 7)
    assert incident.disputes == ()
    assert incident.independent_sources == ("police",)
    alone = account("a", 2, (killed(5), ("Herald", "early reports")))
    assert bounds(toll_of(alone)) == (5, 5, 5)


def test_at_least_as_many_does_not_take_the_place_of_the_same_sources_count():
    exact = account("a", 1, (killed(12), POLICE))
    assert bounds(toll_of(exact, account("b", 2, (killed(11, None), POLICE)))) == (12, 12, 12)
    # More than before, or far fewer, is another count.
    assert toll_of(exact, account("b", 2, (killed(13, None), POLICE))).best == 13
    assert toll_of(exact, account("b", 2, (killed(4, None), POLICE))).best == 4


def test_a_part_is_never_best_beside_a_total_that_holds_it():
    hurt = [
        CasualtyValue(effect="injured", min=low, max=high, exact=False)
        for low, high in ((None, 239), (1, 1))
    ]
    told = account("a", 1, (hurt[0], OWN), (hurt[1], MAYOR))
    assert bounds(toll_of(told, effect="injured"))[1] == 239
    # But it is where it is larger than "dozens".
    dozens = CasualtyValue(effect="injured", min=24, max=None, exact=False, qualifier="dozens")
    treated = CasualtyValue(effect="injured", min=45, max=45, exact=True)
    told = account("a", 1, (dozens, OWN), (treated, HOSPITAL))
    assert toll_of(told, effect="injured").best == 45


def test_a_lead_with_the_perpetrator_in_it_leads_all_the_same():
    gunman = killed(1, who="perpetrators", subset=True)
    told = account("a", 1, (killed(10), MAYOR), (gunman, MAYOR), (killed(8), POLICE))
    assert bounds(toll_of(told)) == (8, 9, 9)


def test_what_completes_a_part_adds_nothing_to_its_total():
    """ "86 were killed: 62 of them at the scene, and 24 others in hospital." """
    part, rest = killed(62, subset=True), killed(24, additional=True)
    told = account("a", 1, (killed(86), MAYOR), (part, MAYOR), (rest, MAYOR))
    assert bounds(toll_of(told)) == (86, 86, 86)
    # Of others than the part and the rest of it, it does.
    more = account("a", 1, (killed(86), MAYOR), (part, MAYOR), (killed(3, additional=True), MAYOR))
    assert toll_of(more).best == 89


def test_numbers_that_add_up_to_what_the_report_leads_with_are_that_toll():
    """ "17 dead, police said. … Three outside, 12 inside, and two died later, the mayor said." """
    told = [(killed(17), POLICE), (killed(3), MAYOR), (killed(12, additional=True), MAYOR)]
    incident = assemble([account("a", 1, *told, (killed(2), MAYOR))], SOURCES)
    assert bounds(incident.tolls["killed"]) == (17, 17, 17)
    assert incident.tolls["killed"].rule.startswith("supported by 2 of 2")
    assert incident.disputes == ()


def hurt(number):
    return CasualtyValue(effect="injured", min=number, max=number, exact=True)


def test_those_of_the_wounded_who_are_told_of_later_contradict_nobody():
    first = account("a", 1, (hurt(350), POLICE))
    later = account("b", 5, (hurt(40), MAYOR))
    incident = assemble([first, later], SOURCES)
    assert bounds(incident.tolls["injured"]) == (350, 350, 350)
    assert incident.disputes == ()
    # More than half, and fewer told on the same day, are other counts.
    for day, number in ((5, 200), (1, 40)):
        other = account("b", day, (hurt(number), MAYOR))
        assert toll_of(first, other, effect="injured").low == number
    # What a party to the fighting counts stays a side.
    party = assemble([first, account("b", 5, (hurt(40), ARMY))], SOURCES | PARTY)
    assert party.tolls["injured"].low == 40


def test_a_group_that_claims_under_two_of_its_names_claims_once():
    names = {"Dawn Front": Source(name="Dawn Front", kind="armed_group", aliases=("DF", "Fajr"))}
    told = [
        account(n, 1, (ResponsibilityValue(actor=actor, stance="claimed"), chain))
        for n, actor, chain in (
            ("a", "DF", ("Herald",)),
            ("b", "Fajr", ("Courier", "prosecutor")),
            ("c", "Dawn Front", ("Herald", "Dawn Front")),
        )
    ]
    incident = assemble(told, SOURCES | names)
    assert incident.disputes == ()
    assert incident.grade_reason == "responsibility claimed by Dawn Front"


def test_a_clash_gives_way_to_what_was_done_in_it_and_a_day_in_passing_to_a_main_account():
    one, other = account("a", 1, (killed(3), POLICE)), account("b", 2, (killed(3), POLICE))
    early, late = (
        IncidentDate(start=day, end=day, precision="day")
        for day in (dt.date(2023, 2, 27), dt.date(2023, 2, 28))
    )
    one, other = (
        msgspec.structs.replace(made, mention=msgspec.structs.replace(made.mention, **told))
        for made, told in (
            (one, {"type": "clash", "date": early, "background": True}),
            (other, {"type": "shooting", "date": late}),
        )
    )
    incident = assemble([one, other], SOURCES)
    assert (incident.type, incident.date) == ("shooting", late)


def test_people_named_before_the_toll_do_not_keep_it_from_leading():
    told = [(killed(2), OWN), (killed(22), MAYOR), (killed(60), POLICE)]
    toll = toll_of(account("a", 1, *told), account("b", 1, (killed(60), ARMY)))
    assert toll_of(account("a", 1, *told)).best == 22
    assert toll.best == 60
