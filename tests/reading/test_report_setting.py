"""The day and the place of an incident, where the report as a whole tells them."""

import datetime as dt

import pytest

from dateline.model import Document
from dateline.reading.places.landmarks import find_landmarks, with_landmarks
from dateline.reading.places.resolving import find_places
from dateline.reading.prepared import prepare
from dateline.reading.reader import read_document

REFERENCE = dt.date(2017, 10, 18)  # a Wednesday


def main_incident(text, title=None, scope="violence"):
    document = Document(id="d", text=text, title=title, published_at=REFERENCE)
    reading = read_document(document, scope)
    assert reading.mentions, "no incident"
    return reading.mentions[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # An arrest opens the report; the deed is told by no word for an event.
        (
            "Two more men have been arrested by police investigating the suicide bombing at a "
            "concert hall in Leeds that left 19 people dead.\n\nA man of 23 was held in Bradford "
            "on Tuesday.\n\nThe bomber blew himself up in the foyer on Sunday night as the crowd "
            "was leaving. Forty people were hurt.\n\nA vigil was held in the square on Tuesday.",
            15,
        ),
        # An older raid is told with its month.
        (
            "The death toll from a truck bomb in Zinder has risen to 58, the government said on "
            "Wednesday.\n\nThe blast last Saturday struck a junction lined with hotels.\n\nIt may "
            "have been in revenge for a botched raid in August in which soldiers killed 10 "
            "civilians.",
            14,
        ),
        # What was still to come is no day of the event.
        (
            "A plane carrying a football team crashed into a mountain in Colombia, killing 71 "
            "people, officials said on Wednesday.\n\nThe pilot declared an electrical emergency "
            "at about 10pm on Tuesday and disappeared from radar minutes later.\n\nThe team were "
            "to play in Medellín on Thursday.",
            17,
        ),
    ],
)
def test_day_that_the_whole_report_tells(text, day):
    assert main_incident(text, scope="harm").date.start == dt.date(2017, 10, day)


def test_day_read_beside_the_event_stays_before_later_ones():
    text = (
        "A gunman killed nine people at a church in Dayton on Sunday.\n\n"
        "Police shot a second man dead in Akron at 9 p.m. on Tuesday, they said."
    )
    assert main_incident(text).date.start == dt.date(2017, 10, 15)


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        # "Here" is the town of the dateline; somebody was born in New York.
        (
            "DAYTON, Ohio — A man with a rifle stormed a crowded nightclub here on Sunday and "
            "opened fire, leaving 20 people dead.\n\nThe attacker, who was born in New York, was "
            "killed in a shootout. He lived in Toledo.",
            None,
            "Dayton",
        ),
        (
            "DAYTON, Ohio (AP) — A gunman walked into a church in this small Ohio town on Sunday "
            "and opened fire, killing nine people.\n\nHe was found dead near Toledo.",
            None,
            "Dayton",
        ),
        # The wounded were flown elsewhere; all else that is named is the state.
        (
            "DAYTON, Ohio (AP) — A student opened fire in the hall of a high school on Tuesday, "
            "killing two and wounding 12, Ohio police said.\n\nFive of the wounded were flown to "
            "a medical center in Louisville, Kentucky.",
            None,
            "Dayton",
        ),
        # A site that stands for its town, which is named elsewhere or never.
        (
            "Turkey is in mourning after 41 people were killed in a gun and bomb attack on "
            "Ataturk airport.\n\nThree men began firing at about 10pm on Tuesday and blew "
            "themselves up. The prime minister spoke in Ankara.",
            None,
            "Istanbul",
        ),
        (
            "A car bomb exploded in the Karrada district on Sunday, killing 90 people and wounding "
            "200.\n\nThe capital was packed with shoppers. Iraqi forces fight on in Mosul.",
            None,
            "Baghdad",
        ),
        # The gazetteer lacks the town; the text says that it is one, or where it lies.
        (
            "A man opened fire in a Texas church, killing 26 people, police said.\n\nOn Sunday he "
            "drove up to the church in Quirrel Springs, a community of about 600 people, and "
            "started firing at 11:20 a.m., killing worshippers.",
            None,
            "Quirrel Springs",
        ),
        (
            "CAIRO (Reuters) - Gunmen killed 305 people at a mosque in Egypt on Friday.\n\nThe "
            "assault took place at the mosque in Bir al-Hamad, west of El Arish, the army said.",
            None,
            "Bir al-Hamad",
        ),
    ],
)
def test_place_that_the_whole_report_tells(text, title, name):
    assert main_incident(text, title).place.name == name


def test_landmark_stands_for_its_town_and_not_for_a_namesake():
    prepared = prepare(Document(id="d", text="Gunmen attacked Ataturk airport and the Bataclan."))
    landmarks = find_landmarks(prepared)
    assert [(p.name, p.country, p.site) for p in landmarks] == [
        ("Istanbul", "TR", "Ataturk airport"),
        ("Paris", "FR", "Bataclan"),
    ]
    places = with_landmarks(find_places(prepared), landmarks)
    assert {p.name for p in places} == {"Istanbul", "Paris"}


def test_every_landmark_has_its_town():
    from dateline.reading.lexicon import load

    for home, names in load("landmarks")["towns"].items():
        town, country = home.split(", ")[0], home.split(", ")[-1]
        for name in names.split(";"):
            text = f"It happened at {name.strip()} on Monday."
            (found, *_) = find_landmarks(prepare(Document(id="d", text=text)))
            assert (found.name, found.country) == (town, country)


@pytest.mark.parametrize(
    "text",
    [
        "in " + "A" * 2_000 + ", a " + "b " * 2_000 + "in X, 20 miles " * 150,
        "A bomb killed 12 people in Paris on Monday, a town of Lyon here, " * 40,
        "\ud800 here \u202e Ataturk airport \x00 in this " + "small " * 300 + "town",
    ],
)
def test_hostile_text_is_read(text):
    prepared = prepare(Document(id="d", text=text))
    assert all(text[p.span.start : p.span.end] == p.site for p in find_landmarks(prepared))
    read_document(Document(id="d", text=text, published_at=REFERENCE))
