"""What a report tells beside its incident, of other deeds: through the reader."""

from __future__ import annotations

import datetime as dt

import dateline
from dateline.model import PerpetratorValue

FIRST = "KABUL (Reuters) - A suicide bomber killed 30 people in Kabul on Saturday, police said."


def incidents(text):
    reading = dateline.read(text, publisher="Reuters", published_at=dt.date(2017, 10, 17))
    found = []
    for mention in reading.mentions:
        of = [claim for claim in reading.claims if claim.id in mention.claims]
        killed = [claim.value.min for claim in of if claim.kind == "casualty"]
        by = [claim.value.description for claim in of if isinstance(claim.value, PerpetratorValue)]
        found.append((mention.type, killed, by, mention.background))
    return found


def test_a_deed_of_another_year_is_background_even_right_after_the_lead():
    main, before = incidents(f"{FIRST} In 2016 the group killed 14 people at a hotel in Kabul.")
    assert main[1] == [30]
    assert before[1] == [14]
    assert before[3]


def test_a_second_blast_in_a_district_of_its_own_is_another_incident():
    main, second = incidents(
        f"{FIRST} A second blast in the Dasht-e-Barchi district two hours later killed two people,"
        " police said."
    )
    assert main[1] == [30]
    assert second[1] == [2]


def test_a_second_blast_at_the_site_is_of_the_same_attack():
    (only,) = incidents(f"{FIRST} A second blast minutes later wounded nine of the rescuers.")
    assert only[1] == [30, 9]


def test_who_is_counted_in_a_statistic_did_not_do_this():
    text = "A bomb killed 40 people in Maiduguri on Tuesday, residents said."
    (only,) = incidents(f"{text} The group has killed more than 20,000 people since 2009.")
    assert only[2] == []


def test_a_statistic_beside_the_deed_leaves_who_did_it():
    text = "Gunmen killed nine people at a mosque in Kabul on Tuesday, police said."
    (only,) = incidents(f"{text} The Taliban, who have killed hundreds this year, claimed it.")
    assert "Gunmen" in only[2]


def test_where_a_suspect_is_from_is_not_where_he_struck():
    lead = "A man killed three people at a bar in Denver on Sunday, police said."
    for home in ("John Smith, 29, of Boulder,", "John Smith, of nearby Boulder,"):
        told = dateline.read(
            f"{lead}\n\n{home} opened fire around 2 a.m.", published_at="2016-06-13"
        )
        assert [one.place.name for one in told.incidents] == ["Denver"]


def claimed(text):
    reading = dateline.read(text, publisher="Reuters", published_at=dt.date(2017, 10, 17))
    main = reading.mentions[0]
    return main.type, [
        claim.value.organisation
        for claim in reading.claims
        if claim.id in main.claims
        and isinstance(claim.value, PerpetratorValue)
        and claim.value.confidence == "claimed"
    ]


def test_after_an_aside_on_an_old_attack_a_claim_is_of_the_news():
    _, by = claimed(
        "A man drove a car into people on a bridge in London on Monday, killing four, police said."
        " About 40 people were hurt. It was the deadliest assault since 2005, when 52 people were"
        " killed by suicide bombers. Islamic State claimed responsibility in a statement."
    )
    assert by == ["Islamic State"]


def test_an_attacker_who_was_shot_dead_makes_no_shooting():
    kind, _ = claimed(
        "A man drove a car into people on a bridge in London on Monday, killing four, police said."
        " He stabbed a policeman before being shot dead."
    )
    assert kind != "shooting"


def test_a_van_on_the_pavement_whose_driver_is_charged_with_murder_is_an_attack():
    kind, _ = claimed(
        "Ten people were killed when a man drove a rented van onto a crowded pavement in Toronto on"
        " Monday, police said. He was charged with ten counts of murder on Tuesday."
    )
    assert kind == "vehicle_attack"
