"""Which incident a long article tells, of what kind, and whose the figures in it are."""

from __future__ import annotations

import datetime as dt

import pytest

from dateline.model import CasualtyValue, Document
from dateline.reading.reader import read_document

WRITTEN = dt.date(2017, 5, 24)  # a Wednesday


def read(text, title=None, scope="violence"):
    document = Document(id="d", text=text, title=title, published_at=WRITTEN, language="en")
    return read_document(document, scope)


def kinds(text, title=None, scope="violence"):
    return [mention.type for mention in read(text, title, scope).mentions]


def tolls(text, title=None, effect="killed"):
    """The figures of the first incident."""
    return [
        claim.value.min
        for claim in read(text, title).claims
        if claim.incident == 0
        and isinstance(claim.value, CasualtyValue)
        and claim.value.effect == effect
        and claim.value.who == "victims"
    ]


def test_the_dead_told_before_what_killed_them_are_of_it():
    text = (
        "The street had been swept for the wedding.\n\n"
        "Lamps hung from the balconies of Karsk, and a cousin had brought a drum.\n\n"
        "By eleven the band had stopped and most of the old people had gone home.\n\n"
        "At least 54 people are dead, the governor's office said, and 66 are in hospital.\n\n"
        "The suicide bomber struck on Saturday night, police in Karsk said."
    )
    assert 54 in tolls(text, "Bombing of wedding: toll climbs")


def test_those_of_an_older_attack_told_first_are_not():
    text = (
        "The street had been swept.\n\nLamps hung from the balconies.\n\n"
        "A cousin had brought a drum.\n\n"
        "In March 2015, 54 people died here.\n\n"
        "The suicide bomber struck in Karsk on Saturday night, killing three people, police said."
    )
    assert tolls(text, "Bombing of wedding: toll climbs") == [3]


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        (
            "Twin blasts hit rally",
            "Two explosions ripped through a rally in Karsk on Tuesday, killing 86 people, in the "
            "deadliest attack in years. Two suicide bombers had carried out the attack, officials "
            "said. The attack was condemned.",
            "bombing",
        ),
        (
            "Wedding bombing: toll climbs to 54",
            '"They turned our wedding into a bloodbath," said the bride in Karsk.\n\nThe attack '
            "on Saturday killed 54 people, police said. Nobody has claimed the attack.",
            "bombing",
        ),
        (
            "Raid on resort",
            "Men with Kalashnikovs and grenade belts walked up the beach of Karsk on Tuesday, "
            "shooting as they went, and killed 16 people.",
            "shooting",
        ),
        (
            "Pilgrims killed",
            "Masked men raked a bus near Karsk with automatic fire on Tuesday, killing 28 people "
            "in an assault on pilgrims.",
            "shooting",
        ),
        (
            "Gunman hunted officers",
            "The gunman who ambushed police officers in Karsk on Tuesday acted alone. At 8.42 "
            "there were shots fired. Three officers died.",
            "shooting",
        ),
    ],
)
def test_kind_of_an_attack_is_by_what_it_was_done(title, text, kind):
    assert kinds(text, title)[0] in (kind, f"suicide_{kind}")


def test_an_ambush_of_two_sides_stays_a_clash():
    text = (
        "Rebels ambushed an army patrol near Karsk on Tuesday, killing 16 soldiers in a firefight."
    )
    assert kinds(text, "Sixteen soldiers killed") == ["clash"]


def test_riot_police_make_no_riot():
    text = (
        "Rows of riot police stood in the square of Karsk on Tuesday. Two bombs there killed 95 "
        "people on Monday, the ministry said."
    )
    assert kinds(text, "Karsk mourns") == ["bombing"]


def test_what_crashed_says_what_kind_of_crash():
    jet = (
        "A Tupolev of the defence ministry with 92 people on board crashed into the Black Sea "
        "off Varna on Tuesday. Eleven bodies have been recovered. The ministry "
        "excluded a terrorist attack."
    )
    assert kinds(jet, "Ninety-two on board", "harm") == ["air_crash"]
    assert kinds(jet, "Ninety-two on board") == []


def test_what_was_ruled_out_did_not_happen():
    text = (
        "Two people were killed when a lorry overturned in Karsk on Tuesday. Police ruled out a "
        "terrorist attack. An attack is not among the theories, the ministry said."
    )
    assert kinds(text, "Two dead in Karsk") == []
    assert kinds(text, "Two dead in Karsk", "harm") == ["road_crash"]


def test_a_deed_carried_out_is_meant_beside_words_of_sport():
    text = (
        "The Falcons said that two members carried out the double bombing near the stadium of the "
        "football club in Karsk on Tuesday.\n\nThe minister said that 38 people died, 30 of them "
        "police officers."
    )
    assert kinds(text, "Group claims twin attack") == ["bombing"]
    assert 38 in tolls(text, "Group claims twin attack")


def test_a_headline_names_what_its_text_only_counts():
    text = (
        "The country fell silent on Wednesday for the 22 people who lost their lives in Karsk on "
        "Monday. In the square somebody began to sing.\n\nSixty-four people were hurt."
    )
    assert len(kinds(text, "Silence for victims of concert bombing")) == 1
    assert kinds(text, "Silence in the square") == []


def test_a_march_over_an_old_attack_is_not_news_of_it():
    text = (
        "The crowds filled the avenue on Wednesday.\n\nThey had come from Karsk, where 17 pupils "
        "were shot dead at a school last month, and from towns where 26 died in 2012. None of the "
        "speakers was an adult.\n\nThe marchers want a ban on rifles. The lobby was silent.\n\n"
        "Organisers put the number at 8,000. There were many sister events."
    )
    assert kinds(text, "Thousands march to demand gun control") == []


def test_a_charge_weeks_later_tells_the_deed_with_its_day():
    text = (
        "Three men pleaded not guilty in Karsk on Tuesday to killing the journalist Ada Coll with "
        "a bomb fixed under her car.\n\nThey are accused of the criminal use of explosives. Bail "
        "was not asked for.\n\nMs Coll died on April 6, when her car was blown up outside Karsk. "
        "Who ordered the murder is not known.\n\nThe case goes on in June."
    )
    [mention] = read(text, "Three men charged with journalist's murder").mentions
    assert mention.type == "bombing"
    assert mention.date.start == dt.date(2017, 4, 6)


def test_entries_of_a_timeline_are_other_incidents():
    text = (
        "The man who ambushed officers in Karsk acted alone, police said.\n\n"
        "There were shots fired, and three officers died.\n\n"
        "He had come from another state. A camera filmed him beside a shop.\n\n"
        "May 2: A man is shot to death by an officer outside a shop.\n\n"
        "May 7: Five officers are killed in Plovdiv."
    )
    assert tolls(text, "How the gunman hunted officers") == [3]


def test_the_dead_of_a_town_visited_months_ago_are_not_of_this_one():
    text = (
        "Ten people were wounded by gunfire on Sunday at a games hall in Karsk. Two were killed. "
        "The hall stays closed.\n\n"
        "The governor, who came to Karsk on Monday, also visited Plovdiv in January after 17 "
        "people were killed there."
    )
    assert tolls(text, "Two dead at games hall in Karsk") == [2]


def test_a_release_has_not_the_day_of_the_kidnapping():
    text = (
        "Eighty-two of the schoolgirls abducted from a school in Lagos on April 14, 2014, have "
        "been released.\n\nThe presidency said on Tuesday night that the girls were exchanged for "
        "some suspects. They arrived in Abuja on Wednesday."
    )
    [mention] = read(text, "Eighty-two girls regain freedom").mentions
    assert mention.type == "hostage_release"
    assert mention.date is None or mention.date.start.year == 2017


def test_counts_of_murder_tell_a_deed():
    text = (
        "The white van jumped the kerb at noon on Monday in Lyon.\n\nTen people died, most of "
        "them women, and fourteen were hurt on Monday.\n\nThe driver faces ten counts of "
        "first-degree murder. He did not speak.\n\nMourners left flowers."
    )
    assert len(kinds(text, "Ten dead in Lyon")) == 1


def test_a_bare_killing_is_what_it_was_done_with():
    text = (
        "Ada Coll faces six counts of murder. The six men were killed at a mosque in Lyon on "
        "Monday.\n\nThe town is in mourning.\n\nThe school is closed.\n\nHe fired for two minutes: "
        "the gunman shot dead those who stood near him, the imam said."
    )
    assert kinds(text, "Six men at prayer") == ["shooting"]


def told(text, title=None):
    """Kind, place and first figure of each incident."""
    reading = read(text, title)
    return [
        (
            mention.type,
            mention.place.name if mention.place else None,
            sorted(
                {
                    (claim.value.effect, claim.value.min)
                    for claim in reading.claims
                    if claim.incident == mention.index
                    and isinstance(claim.value, CasualtyValue)
                    and claim.value.who == "victims"
                }
            ),
        )
        for mention in reading.mentions
    ]


def test_two_attacks_of_two_towns_keep_their_figures():
    text = (
        "Thirteen people were killed when a van ploughed through crowds in Lyon on Monday, and a "
        "woman died hours later in a second attack in the town of Nice, officials said on "
        "Tuesday.\n\nMore than 100 people were injured in Lyon. In Nice, five men drove into "
        "pedestrians on Tuesday and stabbed passers-by before police shot them dead. Six "
        "civilians were hurt."
    )
    assert [one[1:] for one in told(text, "Fourteen dead in Lyon and Nice")] == [
        ("Lyon", [("injured", 100), ("killed", 13)]),
        ("Nice", [("injured", 6), ("killed", 1)]),
    ]


def test_a_headline_of_two_events_lends_its_town_to_neither():
    text = (
        "Suicide bombers struck three churches in Surabaya, Indonesia, on Tuesday, killing 11 "
        "people and wounding 41, police said.\n\nHours earlier, a man with a knife killed two "
        "people in central Paris."
    )
    assert told(text, "Bombs in Indonesia; knife attack in Paris") == [
        ("suicide_bombing", "Surabaya", [("injured", 41), ("killed", 11)]),
        ("stabbing", "Paris", [("killed", 2)]),
    ]


def test_deaths_of_the_week_in_other_cities_are_others():
    text = (
        "Five officers were killed and seven wounded by a sniper in Dallas on Monday night at a "
        "protest over the deaths of this week.\n\nA man was killed in Baton Rouge on Saturday."
        "\n\nThe sniper died."
    )
    first = told(text, "Sniper kills five officers in Dallas")[0]
    assert first[1:] == ("Dallas", [("injured", 7), ("killed", 5)])


def test_a_year_without_a_town_is_a_statistic():
    text = (
        "A gunman shot dead three officers in Dallas on Monday.\n\nThe town is in mourning.\n\n"
        "The chief spoke of his men.\n\nFifteen died in 2014 in ambushes, a fund says."
    )
    assert len(told(text, "Three officers shot dead in Dallas")) == 1


def test_a_fire_is_told_by_where_it_was_or_by_its_day():
    for lead in ("Sunday's fire at the Winter Garden began in a play area", "A mall fire spread"):
        text = f"{lead} in Linz. Sixty-four people died, 41 of them children, officials said."
        assert kinds(text, "Mayor blames negligence for deadly mall fire", "harm") == ["fire"]


def test_a_grenade_thrown_before_a_suicide_bombing_does_not_name_it():
    text = (
        "A man walked into a shrine in Linz on Tuesday evening, threw a grenade which did not go "
        "off, and then blew himself up among the pilgrims.\n\nAt least 72 people lost their lives, "
        "the police said."
    )
    assert kinds(text, "At least 72 die as bomber strikes shrine") == ["suicide_bombing"]
