"""The day of an incident among the other days that its report tells."""

import datetime as dt

import pytest

from dateline.model import Document
from dateline.reading.reader import read_document

REFERENCE = dt.date(2017, 10, 16)  # a Monday


def main_day(text):
    reading = read_document(Document(id="d", text=text, published_at=REFERENCE))
    assert reading.mentions, "no incident"
    date = reading.mentions[0].date
    return date.start if date else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # Officials are quoted after the day; the day is that of the killing.
        (
            "An airstrike killed at least 21 people in tents west of Zinder late on Saturday, "
            "health officials said, while the army said it had struck a command post.",
            14,
        ),
        # Somebody spoke on Sunday; it happened on Saturday.
        (
            "A bomb killed nine people at a market in Zinder on Saturday.\n\n"
            "On Sunday the mayor said that the market would stay shut.",
            14,
        ),
        # The seventh death came a day after the attack.
        (
            "Gunmen who opened fire on a market in Zinder killed seven people.\n\n"
            "A woman of 70 died of her injuries early on Sunday, bringing the toll to seven.\n\n"
            "The gunmen came shortly after 9 p.m. on Saturday, witnesses said.",
            14,
        ),
        # A body found later is no other day of the event.
        (
            "Two more bodies were recovered on Sunday from a hotel in Zinder where a bomb killed "
            "28 people.\n\nThe bomb exploded on Friday at noon, the police said.",
            13,
        ),
        # "Dawn" tells no day; Saturday does.
        (
            "At least 15 people have been killed in a dawn attack on a village near Zinder.\n\n"
            "The gunmen rode into the village before 5 a.m. on Saturday.",
            14,
        ),
        # How the wounded were on Sunday dates no attack; the clock beside the lead does.
        (
            "Gunmen who burst into a hotel in Zinder killed six people, officials said.\n\n"
            "It was just before 8 p.m. on Friday, and guests were at dinner. A cook hid in a "
            "freezer.\n\nOf the nine wounded, five were in a critical condition on Sunday morning.",
            13,
        ),
        # A week told far below of something else is no day; the day beside the lead is.
        (
            "Gunmen who shot at a bus in the hills near Zinder killed eight people, officials "
            "said.\n\nThe bus left its depot on Saturday afternoon. A boy survived.\n\n"
            "The minister was in Agadez, where he was after last week's earthquake.",
            14,
        ),
        # The counterpart: the lead itself tells a day, and the wounded another.
        (
            "Gunmen killed six people at a hotel in Zinder on Saturday.\n\n"
            "The hotel had opened its new wing on Friday.\n\n"
            "Of the nine wounded, five were in a critical condition on Sunday morning.",
            14,
        ),
        # A dash after the day of the deed ends no dateline.
        (
            "A boy of 17 was stabbed to death in front of bus passengers last night — in a row "
            "over a moped.\n\nOn Friday a girl of 17 was shot dead in Agadez.",
            15,
        ),
        # An hour told twice over is of the day that follows both.
        (
            "Officials in Zinder began to mourn 13 people killed when gunmen stormed a hotel.\n\n"
            "Three attackers came at around 9:00 pm (2000 GMT) on Saturday and fired on guests.",
            14,
        ),
    ],
)
def test_the_day_is_that_of_the_event(text, day):
    assert main_day(text) == dt.date(2017, 10, day)


def main_place(text, title=None):
    reading = read_document(Document(id="d", text=text, title=title, published_at=REFERENCE))
    assert reading.mentions, "no incident"
    place = reading.mentions[0].place
    return place.name if place else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # Where captives were handed over, not where they were taken.
        (
            "Militants freed 34 girls on Saturday who were abducted from a school in northeast "
            "Nigeria six months ago.\n\nThe girls were handed over to the Red Cross outside "
            "Banki and flown to Abuja.\n\nThey were among 41 pupils taken from the town of "
            "Damasak in March.",
            "Banki",
        ),
        # Nothing tells where they were freed: the place of the news is where they were taken.
        (
            "Militants freed 34 girls on Saturday who were abducted from a school in Damasak, "
            "Nigeria, six months ago, officials said. They were well.",
            "Damasak",
        ),
    ],
)
def test_captives_are_freed_where_they_change_hands(text, name):
    assert main_place(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # The gazetteer has no Boni; the camp is of another event.
        (
            "Twenty-six civilians were killed on Saturday when their vehicle drove over a mine "
            "near Boni in central Mali, officials said.\n\nOn the same day gunmen attacked a camp "
            "in Youwarou and two soldiers were wounded.",
            "Boni",
        ),
        (
            "Gunmen killed 26 people at a church in Sutherland Springs, Texas, on Sunday.\n\n"
            "The wounded were flown to San Antonio.",
            "Sutherland Springs",
        ),
        (
            "A bomb killed nine people in the village of Bir Qasra in northern Iraq on Saturday, "
            "police said. The wounded were taken to Mosul.",
            "Bir Qasra",
        ),
        # Counterparts: a listed town beside it, a people, a street and a house name no town.
        (
            "A bomb killed nine near Camp Ashraf in Baghdad, Iraq, on Saturday, police said.",
            "Baghdad",
        ),
        ("A bomb killed nine people in Iraqi, Iraq, on Saturday, police said.", "Iraq"),
        ("A bomb killed nine people in Rashid Street, Iraq, on Saturday, police said.", "Iraq"),
    ],
)
def test_a_town_the_gazetteer_lacks_is_told_by_its_name(text, name):
    assert main_place(text) == name


def test_an_unlisted_town_has_the_point_of_the_region_it_was_told_in():
    reading = read_document(
        Document(
            id="d",
            text="Gunmen killed 26 people at a church in Sutherland Meadows, Texas, on Sunday.",
            published_at=REFERENCE,
        )
    )
    place = reading.mentions[0].place
    assert (place.country, place.admin1, place.where_prec) == ("US", "Texas", 4)
    assert 25 < place.lat < 37
    assert -107 < place.lon < -93


def test_a_neighbourhood_is_not_a_far_namesake_of_it():
    text = (
        "One man is dead after gunfire erupted at a Cedar Grove lounge on Sunday, Shreveport "
        "police said. Six people were wounded in the shooting.\n\nDetectives are looking for "
        "a car with Texas plates. The mayor was in Miami Beach, Florida."
    )
    assert main_place(text, "One dead in shooting at Shreveport lounge") == "Shreveport"
    # The counterpart: a headline that names the town of the deed as well.
    other = text.replace("a Cedar Grove lounge", "a lounge in Dallas")
    assert main_place(other, "Shreveport man killed in Dallas shooting") == "Dallas"


def test_a_report_from_a_town_the_gazetteer_lacks_is_of_that_town():
    text = (
        "SUTHERLAND SPRINGS, Texas (AP) — A man opened fire inside a church in a small South "
        "Texas community on Sunday, killing 26 people.\n\nThe gunman fled and was found dead in "
        "Guadalupe County."
    )
    assert main_place(text) == "Sutherland Springs"
    # Counterparts: a town in another state, and a listed town that is told.
    assert main_place(text.replace("a small South Texas community", "Tulsa, Oklahoma")) == "Tulsa"
    assert main_place(text.replace("SUTHERLAND SPRINGS", "AUSTIN")) != "Sutherland Springs"
