"""Harm told on both sides of the people, in lists of one and many, and by plain words."""

import pytest

from dateline.model import CasualtyValue, Document, StatisticValue
from dateline.reading.harm.casualties import find_figures
from dateline.reading.prepared import prepare

LEAD = "Gunmen attacked a market and took hostages there on Monday, police and rescuers said. "


def figures(text):
    """Each figure of a text as (effect, min, max), and those of the attackers with "by"."""
    found = find_figures(prepare(Document(id="d", text=LEAD + text)))[0]
    return {
        (v.effect, v.min, v.max) + (("by",) if v.who == "perpetrators" else ())
        for f in found
        if isinstance(v := f.value, CasualtyValue) and not f.hypothetical
    }


def of(effect, number):
    return (effect, number, number)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The kidnappers let 12 hostages go.", {of("released", 12)}),
        ("They set nine captives free.", {of("released", 9)}),
        ("Kyiv got 12 prisoners back.", {of("released", 12)}),
        ("The fate of 12 sailors is unknown.", {of("missing", 12)}),
        ("Divers were searching for five people.", {of("missing", 5)}),
        ("Mercy Hospital was treating 12 people.", {of("injured", 12)}),
        ("Doctors operated on 12 patients.", {of("injured", 12)}),
        ("The fighting drove 12,000 people from their homes.", {of("displaced", 12000)}),
        ("The fighting forced 12,000 people to flee.", {of("displaced", 12000)}),
        # and what only looks like it
        ("Police were searching for two men.", set()),
        ("Officers let two cars go.", set()),
        ("They set three houses on fire.", set()),
        ("The fighting forced 12 shops to close.", set()),
    ],
)
def test_words_on_both_sides_of_the_people(text, wanted):
    assert figures(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The blast killed 14 soldiers, a policeman and two civilians.",
            {of("killed", 14), of("killed", 1), of("killed", 2)},
        ),
        (
            "A French tourist, a Swiss woman and two Germans were hurt.",
            {of("injured", 1), of("injured", 2)},
        ),
        (
            "An Indian girl of 19, and two Bangladeshis were killed.",
            {of("killed", 1), of("killed", 2)},
        ),
        (
            "Also killed were athletic director Ana Pell, 49; teacher Tom Bree, 35, who had"
            " opened his door; and 14 students.",
            {of("killed", 14)},
        ),
        ("The crash killed three tourists, a guide said.", {of("killed", 3)}),
        ("It killed two brothers, a spokesman and lawmaker said.", {of("killed", 2)}),
    ],
)
def test_lists_of_one_and_many(text, wanted):
    assert figures(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Three German exchange students were killed.", {of("killed", 3)}),
        ("Two Iraqi federal policemen were wounded.", {of("injured", 2)}),
        ("The strikes led to 30 civilian deaths.", {of("killed", 30)}),
        ("No Israeli casualties were reported.", {of("casualties", 0)}),
        ("A German truck driver was killed.", {of("killed", 1)}),
        ("Another Japanese escaped with a gunshot wound.", {of("injured", 1)}),
        ("The army captured 40 of 184 men.", {of("captured", 40)}),
        ("Helicopters flew 51 critically wounded people to the capital.", {of("injured", 51)}),
        ("Pirates released a tanker and its crew of eight Sri Lankans.", {of("released", 8)}),
        ("Of those hurt, one remains in stable condition.", {of("injured", 1)}),
    ],
)
def test_modifiers_between_the_number_and_its_people(text, wanted):
    assert figures(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Eighty-two of the more than 200 girls abducted by militants three years ago have"
            " been exchanged for several commanders.",
            {of("released", 82), ("abducted", 200, None)},
        ),
        (
            "18 of the 26 people killed in the hall were women.",
            {of("killed", 18), of("killed", 26)},
        ),
        (
            "The crash killed 40 people. Fourteen of the dead have been identified as Christians;"
            " 22 were Muslims.",
            {of("killed", 40), of("killed", 14), of("killed", 22)},
        ),
        (
            "Strikes killed ten people in the besieged eastern suburb on Monday, nine of them"
            " from one family.",
            {of("killed", 10), of("killed", 9)},
        ),
        (
            "Ten women and a child were among the 42 bodies found.",
            {of("killed", 10), of("killed", 1), of("killed", 42)},
        ),
        ("All but three of the 15 passengers were killed.", set()),
        (
            "The plane went down. None of the 12 people on board survived.",
            {of("killed", 12)},
        ),
    ],
)
def test_a_part_and_its_whole(text, wanted):
    found = {f for f in figures(text) if f[1] != 15}
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Police said 75 had died; officials later lowered this to 71.",
            {of("killed", 75), of("killed", 71)},
        ),
        (
            "A minister said 62 died and over 100 were injured; a monitor counted 90.",
            {of("killed", 62), ("injured", 100, None), of("killed", 90)},
        ),
        (
            "Reports put the number of dead at ten and of the wounded at 50.",
            {of("killed", 10), of("injured", 50)},
        ),
        (
            "The death toll rose from ten to 12, then 20.",
            {of("killed", 10), of("killed", 12), of("killed", 20)},
        ),
        (
            "Twelve people died at the scene and another in hospital.",
            {of("killed", 12), of("killed", 1)},
        ),
        (
            "The official toll had been 17, up from 12 on Sunday.",
            {of("killed", 17), of("killed", 12)},
        ),
        ("Monitors counted 90.", set()),  # of whom, nobody has said
    ],
)
def test_counts_that_lean_on_an_earlier_one(text, wanted):
    assert figures(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Five people were hurt. Three were critical and two stable.", {5, 3, 2}),
        ("Five people were hurt. Two senators were critical of the police.", {5}),
    ],
)
def test_the_condition_of_patients(text, wanted):
    assert figures(text) == {of("injured", n) for n in wanted}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Three attackers killed seven people before officers shot them dead.",
            {of("killed", 7), ("killed", 3, 3, "by")},
        ),
        ("Two brothers blew themselves up.", {("killed", 2, 2, "by")}),
        ("Three attackers stabbed people.", set()),  # it was not they who were stabbed
    ],
)
def test_the_end_of_several_attackers(text, wanted):
    assert figures(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Since 30 March 107 people have been killed.",
        "Between 17 February and 22 March, 307 civilians were killed.",
        "Last month 246 people died at sea, compared with 254 the year before.",
    ],
)
def test_a_count_over_weeks_is_a_statistic(text):
    figures_, statistics = find_figures(prepare(Document(id="d", text=text)))
    assert not figures_
    assert [s for s in statistics if isinstance(s.value, StatisticValue)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Killed: 12. Wounded: 40.", {of("killed", 12), of("injured", 40)}),
        ("Dead - 12, wounded - 40.", {of("killed", 12), of("injured", 40)}),
        ("Five soldiers died, as did eight militants.", {of("killed", 5), of("killed", 8)}),
        (
            "Nine victims were taken to Mercy Hospital and three to St. Luke's.",
            {of("injured", 9), of("injured", 3)},
        ),
        ("Nine people were treated and released.", {of("injured", 9)}),
        ("Boko Haram took 276 girls in 2014.", {of("abducted", 276)}),
        ("Well over a hundred people were hurt.", {("injured", 100, None)}),
        ("Officials raised the death toll by two to 12.", {of("killed", 12)}),
    ],
)
def test_figures_in_few_words(text, wanted):
    assert figures(text) == wanted


@pytest.mark.parametrize("ages", ["aged 20 and 22", "aged 20, 22 and 41"])
def test_ages_in_a_row_count_nobody(ages):
    assert figures(f"Two men {ages} were killed.") == {of("killed", 2)}


def test_what_one_is_makes_no_other():
    told = find_figures(
        prepare(
            Document(
                id="d",
                text="The toll of 50 included the gunman, Tom Bree, 29, a guard born in the city.",
            )
        )
    )[0]
    assert [f.value.who for f in told if f.value.max == 1] == ["perpetrators"]


def test_what_is_about_to_be_is_no_figure():
    assert figures("Nine captives who were due to be freed stayed.") == set()
    assert figures("An officer swapped himself for a hostage.") == set()
    assert figures("With the latest release 113 are still missing.") == {of("missing", 113)}
