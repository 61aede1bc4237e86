"""The day of a report's event among all the days its text names."""

import datetime as dt

import pytest

from dateline.model import Document
from dateline.reading.reader import read_document

REFERENCE = dt.date(2017, 10, 18)  # a Wednesday


def day_of(text, scope="violence", reference=REFERENCE, title=None):
    document = Document(id="d", text=text, title=title, published_at=reference)
    found = read_document(document, scope).mentions
    assert found, "no incident"
    return found[0].date and found[0].date.start


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # What a crowd did since, and what was done to others in return.
        (
            "At least 12 people have died in a bombing in Linz, police said today.\n\nThe device "
            "hit the bus at 6.15pm on Sunday.\n\nProtesters stormed the town hall this afternoon.",
            15,
        ),
        # "That Sunday" is the day the report is about.
        (
            "The toll of the bombing of a bus in Linz rose to nine overnight, officials said on "
            'Tuesday.\n\n"The windows came in," said a nurse who was on duty that Sunday.',
            15,
        ),
    ],
)
def test_the_day_by_the_words_beside_it(text, day):
    assert day_of(text) == dt.date(2017, 10, day)


def test_feasts_are_days():
    text = (
        "At least 44 people were killed when bombs went off in two churches in Linz on Palm Sunday."
    )
    assert day_of(text, reference=dt.date(2017, 4, 9)) == dt.date(2017, 4, 9)
    text = "At least 44 people were killed when a lorry hit a crowd in Linz on Bastille Day."
    assert day_of(text, reference=dt.date(2016, 7, 20)) == dt.date(2016, 7, 14)


@pytest.mark.parametrize(
    "after",
    [
        # What only came after tells no day, nor does the day on which officials spoke.
        "The suspect was brought before a judge in a wheelchair on Monday.",
        "Crews hauled off the wreck early on Tuesday.",
        "A minute's silence was held on Monday, and on Tuesday flags flew at half-mast.",
    ],
)
def test_no_day_rather_than_that_of_what_came_after(after):
    text = (
        "Nine people were killed and 20 wounded in a bombing at a market in Linz, investigators "
        "said Tuesday.\n\nThe bomb exploded between two stalls.\n\n"
        + " ".join(f"Witness {n} spoke of the smoke after the blast." for n in range(12))
        + f"\n\n{after}"
    )
    assert day_of(text) is None


def test_a_short_report_takes_the_day_it_was_spoken_of():
    text = "The army said on Tuesday that three of its soldiers were killed by gunmen near Linz."
    assert day_of(text) == dt.date(2017, 10, 17)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # A sentence that names no day may count from today, or from a day told weeks ago.
        (
            "Ten days after bombers struck the station of Linz, killing 32 people, the hunt for a "
            "third man goes on.\n\nA reporter charged on Saturday with murder was freed on Monday.",
            dt.date(2017, 10, 8),
        ),
        (
            "Restaurants in Linz reopened on Tuesday with free coffee.\n\nThe council voted "
            "on September 24, two days after the shooting in which a gunman killed nine people, to "
            "ban handguns.",
            dt.date(2017, 9, 22),
        ),
    ],
)
def test_so_many_days_after(text, day):
    assert day_of(text) == day


def test_a_siege_is_of_the_day_it_began():
    text = (
        "Twenty hostages were killed by the gunmen who held a cafe in Linz for ten hours before "
        "commandos stormed it on Tuesday morning.\n\nAt 9.20pm on Monday a group of young men "
        "walked in and opened fire."
    )
    assert day_of(text) == dt.date(2017, 10, 16)


def test_a_quarter_of_the_town_is_not_another_town():
    # There is a Greektown in Maryland, too.
    text = (
        "A gunman has killed a woman and injured 13 people in the Canadian city of Toronto, police "
        "in Toronto said.\n\nThe suspect is also dead, police say.\n\nA girl of nine is in a "
        "critical condition, the police chief told reporters.\n\nIt happened in the lively "
        "Greektown area at about 22:00 on Sunday.\n\nTwo diners hid under a table. Ambulances "
        "stood along the road. The mayor called for calm.\n\nOn 1 October a double killing in "
        "Queen Street shook the city."
    )
    assert day_of(text, title="Toronto shooting: Woman dead") == dt.date(2017, 10, 15)
