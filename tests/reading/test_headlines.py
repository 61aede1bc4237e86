"""What a headline and a first sentence decide: what a text is about, of which kind and day."""

import datetime as dt

import pytest

import dateline
from dateline.model import Document
from dateline.reading.reader import read_document

WRITTEN = dt.date(2017, 5, 24)  # a Wednesday


def incidents(text, title, scope="violence"):
    document = Document(id="d", text=text, title=title, published_at=WRITTEN, language="en")
    return read_document(document, scope).mentions


def kinds(text, title, scope="violence"):
    return [mention.type for mention in incidents(text, title, scope)]


NARRATIVE = (
    "The kettle was on when it began.\n\n"
    "Most of the night shift were at the benches of the cannery, with the radio playing and the "
    "rain on the roof. Nobody looked up.\n\n"
    "Over a quarter of an hour on Monday a 41-year-old packer walked along the line with a rifle "
    "and killed eight people, the sheriff said.\n\n"
    "The plant has made tinned peaches since 1921. It is the largest employer of the valley.\n\n"
    "Its manager asked for patience. The town hall will stay open through the night.\n\n"
    "A fund has been set up. Flowers lay along the fence, and the school has sent its pupils "
    "home for the week."
)


def test_a_story_whose_headline_counts_the_dead_is_about_them():
    assert incidents(NARRATIVE, "A rifle, a grudge and a rainy night: eight dead at the cannery")


def test_another_number_in_the_headline_does_not_make_it_so():
    assert not incidents(NARRATIVE, "How 80 years of peaches made a valley")


def test_what_burned_afterwards_is_not_what_happened():
    text = (
        "A van loaded with explosives went off outside the town hall of Sidon on Tuesday, killing "
        "three people and wounding 17, officials said.\n\n"
        "Windows broke along the street, and a pharmacy next door caught fire.\n\n"
        "Firefighters worked until midnight."
    )
    assert kinds(text, "Three dead outside the town hall") == ["bombing"]


def test_a_train_off_the_rails_is_an_accident():
    text = (
        "An express with 120 passengers came off the rails near Plovdiv on Tuesday morning. Five "
        "people died and 31 were injured, the railways said.\n\nThe line is closed."
    )
    assert kinds(text, "Five dead in Bulgaria", "harm") == ["rail_crash"]
    assert kinds(text, "Five dead in Bulgaria") == []


@pytest.mark.parametrize("scope", ["violence", "harm"])
def test_a_bidding_war_is_none(scope):
    text = (
        "A renovated cottage in Hobart brought a shoot-out between four bidders on Saturday and "
        "sold for $900,000.\n\n"
        "The auctioneer opened with a vendor bid of half of that. A couple lying in ambush at the "
        "gate fired the last shot.\n\n"
        "The three-bedroom house went well above its reserve."
    )
    assert incidents(text, "Buyers go to war over a cottage", scope) == ()


def test_the_day_of_a_hearing_is_not_that_of_the_deed():
    text = (
        "AUSTIN — A court heard on Tuesday whether a jury was misled in a 2016 murder "
        "case.\n\n"
        "The man was convicted of shooting dead two neighbors. He denies it."
    )
    (mention,) = incidents(text, "Court hears of jury")
    assert mention.date is None or mention.date.precision == "year"


def test_flowers_laid_for_those_killed_a_year_ago_are_no_news_of_a_deed():
    text = (
        "Celje laid flowers on Sunday for the seven people killed a year ago, when a man drove a "
        "lorry into a street festival. A new square was opened by the mayor."
    )
    assert incidents(text, None) == ()


def test_what_lies_years_back_beside_the_news_leaves_it_news():
    text = (
        "Gunmen killed 12 people in Jos on Monday, near the market where bombs killed 30 two "
        "years ago, police said."
    )
    (main, *_) = incidents(text, None)
    assert main.date.start == dt.date(2017, 5, 22)


def test_the_time_of_a_relative_clause_is_not_that_of_the_deed():
    text = (
        "A man who moved to Lyon in March shot dead three people in a bar on Monday, police said."
    )
    (mention,) = incidents(text, None)
    assert mention.date.start == dt.date(2017, 5, 22)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "A gunman at the wheel of a heavy truck ploughed into crowds in Nice on Thursday, "
            "killing at least 84 people. Police shot dead the driver.",
            "vehicle_attack",
        ),
        (
            "Gunmen stormed a village near Jos on Thursday, killing 12 people and setting fire to "
            "their homes, police said.",
            "shooting",
        ),
    ],
)
def test_the_deed_of_the_lead_outweighs_the_word_for_who_did_it(text, kind):
    assert [i.type for i in dateline.read(text, published_at="2016-07-15").incidents] == [kind]


def test_an_airliner_that_crashes_is_no_road_crash():
    text = (
        "A Boeing 737 carrying 62 people crashed while trying to land in Rostov-on-Don on "
        "Saturday, killing everyone on board, officials said."
    )
    found = dateline.read(text, published_at="2016-03-19", scope="harm").incidents
    assert [i.type for i in found] == ["air_crash"]


def test_what_a_record_is_counted_from_dates_no_incident():
    text = (
        "Snipers killed five officers in Dallas during protests, officials said. It was the "
        "deadliest day for the police since Sept. 11, 2001."
    )
    (incident,) = dateline.read(text, published_at="2016-07-08").incidents
    assert incident.date is None


def test_the_older_attack_of_a_record_does_not_make_the_news_history():
    text = (
        "Suicide bombings struck three churches in Surabaya on Sunday, police said, in one of the "
        "worst attacks since the 2002 Bali bombings. At least seven people were killed."
    )
    (incident,) = dateline.read(text, published_at="2018-05-13").incidents
    assert (incident.place.name, incident.date.start.isoformat()) == ("Surabaya", "2018-05-13")


def test_a_van_on_the_sidewalk_is_a_crash_where_nothing_tells_intent():
    text = (
        "Ten people are dead and 15 are injured after a white rental van jumped the curb and "
        "mounted sidewalks along Yonge Street in Toronto on Monday afternoon, police say."
    )
    assert dateline.read(text, published_at="2018-04-23").incidents == ()
    (crash,) = dateline.read(text, published_at="2018-04-23", scope="harm").incidents
    assert (crash.type, crash.tolls["killed"].best) == ("road_crash", 10)


def test_what_was_done_on_the_day_of_a_record_is_another_incident():
    text = (
        "A man drove a car into pedestrians on Westminster Bridge in London on Wednesday, killing "
        "four people. It is the deadliest attack in London since 7 July 2005, when suicide bombers "
        "killed 52 people on three trains."
    )
    told = dateline.read(text, published_at="2017-03-24").incidents
    assert [(i.date.start.isoformat(), i.tolls["killed"].best) for i in told] == [
        ("2017-03-22", 4),
        ("2005-07-07", 52),
    ]
