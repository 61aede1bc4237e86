"""Day and place in long reports: aftermath, stamps, other towns, hours, "two days after"."""

import datetime as dt

import pytest

from dateline.model import Document
from dateline.reading.incidents.aftermath import aftermath_spans
from dateline.reading.reader import read_document

REFERENCE = dt.date(2017, 10, 18)  # a Wednesday


def mentions(text, title=None, scope="violence"):
    document = Document(id="d", text=text, title=title, published_at=REFERENCE)
    found = read_document(document, scope).mentions
    assert found, "no incident"
    return found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # The day on which the suspect was shot is not that of what he did.
        (
            "Police in Graz on Tuesday shot dead the man believed to have driven a van into "
            "pedestrians in Linz, killing nine people.\n\nThe van sped through the old town of "
            "Linz on Saturday and struck a tram stop.\n\nNine people were killed in the attack.",
            14,
        ),
        # "Suspected of driving on Monday, was stopped on Friday": Monday is the deed's.
        (
            "The man suspected of driving a truck into a market in Linz on Saturday, was stopped "
            "by a patrol in the early hours of Tuesday, officials said.\n\nThe truck attack "
            "killed nine people and wounded 30.",
            14,
        ),
        # What was told of another town dates nothing here.
        (
            "A sniper killed five people in Dayton, officials said, before he was found dead.\n\n"
            "The shooting lasted for two hours.\n\nA man was shot on Friday in Phoenix.\n\n"
            "In Dayton the first shots were fired at about 9 p.m. on Sunday.",
            15,
        ),
        # When the report was published and changed.
        (
            "By A. Reporter\n12:05, 18 OCT 2017 UPDATED 13:40, 18 OCT 2017\n\n"
            "A woman who was hurt in the bridge attack in Linz has died, taking the number of "
            "people killed to five.\n\nShe was walking home on the afternoon of October 4 when "
            "the car came at her.",
            4,
        ),
        # The name of a newspaper is no day.
        (
            "A bomb killed nine people at a market in Zinder on Friday.\n\n"
            '"They came from the north," an officer told The Sunday Times.',
            13,
        ),
        # What is still so, and since when, date nothing.
        (
            "A gunman opened fire at a school in Dayton, killing nine people.\n\nThere have been "
            "18 school shootings since January.\n\nThe suspect arrived at the school at 14:19 on "
            "Monday.\n\nFive were still in hospital on Tuesday night.",
            16,
        ),
        (
            "A gunman killed nine people at a church in Dayton yesterday, a survivor said.\n\n"
            "Twenty others were hurt and ten were still fighting for life tonight.",
            17,
        ),
        # Counted from the day of the main clause, and from the writing otherwise.
        (
            "Two days after a gunman killed nine people at a church in Dayton, families met for "
            "prayers yesterday.",
            15,
        ),
        (
            "Two days after a gunman killed nine people at a church in Dayton, the town mourned.",
            16,
        ),
        # "Nine days after a similar parcel": of the other event.
        (
            "A boy was killed when a parcel bomb exploded at his home in Dayton, nine days after "
            "a similar parcel hurt a teacher.\n\nMonday's explosion happened just before 7 a.m.",
            16,
        ),
        # Told by the hour alone, by day: of the day the report was written.
        (
            "Four people have died in an attack in London, police say.\n\nThe attack began at "
            "about 14:40 when a car mounted a pavement.\n\nTwenty people were hurt.",
            18,
        ),
        # Last night, in the small hours.
        (
            "A gunman killed 12 people at a club in Dayton last night.\n\nHe burst in at 2am and "
            "fired on the dancers.",
            18,
        ),
        (
            "A gunman killed 12 people at a club in Dayton last night.\n\nHe burst in at 10.30pm "
            "and fired on the dancers.",
            17,
        ),
        # Who came back to a school he had been thrown out of did so then.
        (
            "A man of 19 who had been expelled from a school in Dayton returned on Monday with a "
            "rifle and killed nine pupils.\n\nHe was booked Tuesday on nine counts of murder.",
            16,
        ),
    ],
)
def test_the_day_among_all_that_came_after(text, day):
    assert mentions(text)[0].date.start == dt.date(2017, 10, day)


@pytest.mark.parametrize(
    ("text", "scope", "day"),
    [
        # An inquiry has its own day.
        (
            "The prime minister ordered a public inquiry on Wednesday into a fire that engulfed a "
            "tower in Leeds and killed 17 people.\n\nThe fire spread in the early hours of "
            "Tuesday, trapping people inside, firefighters said.",
            "harm",
            17,
        ),
        # Nor has a stamp the day of the deed.
        (
            "Bombers killed 41 people at the airport of Izmir late on Monday evening, officials "
            "said.\n\nPublished in The Herald, October 18th, 2017",
            "violence",
            16,
        ),
        # Last week's game is no crash, and no freed captive a bombing.
        (
            "A bus with a handball team on board plunged into a ravine near Cochabamba, killing 21 "
            "people.\n\nThe keeper, who had saved the last shot of last week's semi-final, died "
            "in hospital.\n\nThe bus came off the road at about 10pm on Tuesday, police said.",
            "harm",
            17,
        ),
        (
            "A suicide bomber killed 57 people and wounded 119 at a registration centre in the "
            "west of Kabul, the capital of Afghanistan, on Tuesday, the health ministry said.\n\n"
            "Three policemen and two clerks were taken in Ghor; they were freed on Friday.",
            "violence",
            17,
        ),
        # What stands right before the event is its day, whoever speaks.
        (
            "Families mourned on Wednesday as officials raised the toll of the airport bombing in "
            "Izmir to 41.\n\nNo group had claimed the Monday night attack.",
            "violence",
            16,
        ),
        # A list of older attacks below the news.
        (
            "A suicide bombing has killed at least 95 people in the centre of Kabul.\n\nThe bomb "
            "went off on Tuesday at about noon, witnesses say.\n\nRecent attacks\n\n"
            "9 October 2017 - militants attack a hotel in Kabul, killing 22",
            "violence",
            17,
        ),
        # The hunt goes on, and the deed is done.
        (
            "A manhunt was under way last night for the killer who shot dead 39 people in a "
            "nightclub in Izmir.\n\nHe opened fire at 1.15am on Tuesday, police said.",
            "violence",
            17,
        ),
    ],
)
def test_what_stands_beside_a_day_says_whose_it_is(text, scope, day):
    assert mentions(text, scope=scope)[0].date.start == dt.date(2017, 10, day)


def test_a_later_death_dates_no_attack():
    text = (
        "A woman of 67 died of her injuries on Tuesday, bringing the toll of the truck attack in "
        "Linz to 10, the prosecutor said.\n\nThe truck ran into a market and hurt 38 people."
    )
    assert mentions(text)[0].date is None


def test_late_at_night_the_hour_tells_no_day():
    text = (
        "Nineteen people have been killed in a bombing at a concert hall in Leeds, police say.\n\n"
        "The bomb exploded at about 22:35 as the crowd was leaving."
    )
    assert mentions(text)[0].date is None


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Two hours later a second bomb in Maradi killed four people, police said.", 14),
        ("Eight hours later a second bomb in Maradi killed four people, police said.", 15),
        ("Some days later a second bomb in Maradi killed four people, police said.", None),
    ],
)
def test_an_event_told_by_the_hours_after_another(told, day):
    text = f"A bomb killed nine people in Zinder at 8 p.m. on Saturday, police said.\n\n{told}"
    found = mentions(text)
    assert len(found) == 2
    assert (found[1].date.start.day if found[1].date else None) == day


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        # Where the suspect was shot is not where he struck.
        (
            None,
            "The suspect in the Linz truck attack has been shot dead by police in Graz, officials "
            "said.\n\nThe attack on a market in Linz on Saturday killed nine people.",
            "Linz",
        ),
        # The street bears the name of a town elsewhere.
        (
            None,
            "A boy was killed when a bomb exploded at his home in Dayton on Monday.\n\nMonday's "
            "explosion happened in the 2800 block of East Phoenix Street.",
            "Dayton",
        ),
        # What the attacker looked for.
        (
            "Linz attacker searched for Orlando and Dallas, prosecutor says",
            "The man who drove a truck into a crowd in Linz and killed nine people had planned it "
            "for months, a prosecutor said on Tuesday.\n\nPages on the shooting in Orlando, "
            "Florida, where 49 people were killed on June 12, 2016, were found.",
            "Linz",
        ),
    ],
)
def test_the_place_is_where_it_was_done(title, text, name):
    assert mentions(text, title)[0].place.name == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Police on Monday shot dead the man believed to have done it.", ["shot dead"]),
        ("The suspect was arrested in Graz.", ["arrested"]),
        ("Officers were searching the woods for the gunman.", ["searching the woods for"]),
        ("The attacker, named as a local man, has been caught.", ["caught"]),
        # Counterparts: what he did, and what was done to many.
        ("A gunman shot dead five officers.", []),
        ("Police officers were shot by a gunman.", []),
        ("Fourteen drug suspects were killed by police.", []),
        ("The suspect opened fire and killed nine.", []),
    ],
)
def test_what_was_done_to_a_suspect(text, words):
    assert [text[s.start : s.end] for s in aftermath_spans(text)] == words


@pytest.mark.parametrize(
    "unit", ["police ", "suspect ", "police shot ", "was ", "x", "the man who "]
)
def test_hostile_sentences_are_read(unit):
    aftermath_spans(unit * (200_000 // len(unit)))
