"""Figures in the manner of long news articles: sides, wards, nations, ages, background."""

from __future__ import annotations

import datetime as dt

import pytest

from dateline.model import CasualtyValue, Document
from dateline.reading.harm.casualties import find_figures
from dateline.reading.prepared import prepare


def figures(text):
    """(effect, min, max, side) of each figure of a text that is no hypothesis."""
    document = Document(id="1", text=text, published_at=dt.date(2017, 8, 20))
    return {
        (f.value.effect, f.value.min, f.value.max, f.value.who)
        for f in find_figures(prepare(document))[0]
        if isinstance(f.value, CasualtyValue) and not f.hypothetical
    }


V, P = "victims", "perpetrators"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # Terse channels.
        ("Blast at the bus stand in Karim Bagh: 4 dead, 20 inj.", ("injured", 20, 20, V)),
        ("URGENT: explosion in market, 7 KIA, 15 WIA reported by army.", ("killed", 7, 7, V)),
        # Wards and hospitals.
        (
            "The bombing killed 12 people. St. Luke's treated nine patients, Mercy General three.",
            ("injured", 9, 9, V),
        ),
        (
            "The bombing killed 12 people. St. Luke's treated nine patients, Mercy General three.",
            ("injured", 3, 3, V),
        ),
        (
            "Eleven children were among those taken to hospital after the bombing.",
            ("injured", 11, 11, V),
        ),
        ('The mayor said "around 20" people died at the station.', ("killed", 20, 20, V)),
        (
            "Twenty-one were found dead inside the chapel of Saint Olaf, two outside.",
            ("killed", 2, 2, V),
        ),
        # Families and people driven from home.
        ("The shelling displaced 450 families.", ("displaced", 450, None, V)),
        ("The fighting forced 3,000 residents to flee their homes.", ("displaced", 3000, 3000, V)),
        # Captives who got away.
        (
            "Gunmen seized the hotel; 12 hostages managed to escape during the night.",
            ("released", 12, 12, V),
        ),
        # Nations.
        (
            "The van killed 13 people. All are identified, officials said. They are six Spaniards, "
            "three Italians, two Portuguese, a Belgian and an American.",
            ("killed", 6, 6, V),
        ),
        (
            "The van killed 13 people. All are identified, officials said. They are six Spaniards, "
            "three Italians, two Portuguese, a Belgian and an American.",
            ("killed", 2, 2, V),
        ),
        ("A Dane was among the wounded, the ministry said.", ("injured", 1, 1, V)),
        ("The consulate said that one Moroccan was among the wounded.", ("injured", 1, 1, V)),
        ("Among the dead: two Italians and a three-year-old boy.", ("killed", 2, 2, V)),
        (
            "Officials released the names of the dead. They include eight children.",
            ("killed", 8, 8, V),
        ),
        # Ages and kin.
        (
            "Two sisters, aged 8 and 11, and their mother died in the blaze.",
            ("killed", 2, 2, V),
        ),
        ("Two 15-year-olds were shot dead at the school.", ("killed", 2, 2, V)),
        ("The six men who died ranged in age from 39 to 60.", ("killed", 6, 6, V)),
        # Months that look like modals.
        (
            "Elias Hoger killed six people and wounded 14 on the coast in May 2014 before taking "
            "his own life.",
            ("killed", 1, 1, P),
        ),
        # A drill that witnesses thought of, and one that an article tells of.
        (
            "A gunman killed 17 people at a school on Monday. Nine were hurt. Pupils fled. Some "
            "said they thought it was a drill. There had been a drill in the morning.",
            ("killed", 17, 17, V),
        ),
        # Acts told in a list over years.
        (
            "Attacks abroad in recent years include the killing of four people at a grocery in "
            "Lisle in January 2015.",
            ("killed", 4, 4, V),
        ),
        ("He is accused of shooting to death 11 worshippers.", ("killed", 11, 11, V)),
        (
            "A tourist has died, taking the number of people murdered by the driver to five.",
            ("killed", 5, 5, V),
        ),
        (
            "A plane carrying 92 people has crashed into the sea. There are no signs of survivors. "
            "Eleven bodies were found. In April 2010 one crashed at Lom, killing all 96 on board.",
            ("killed", 92, 92, V),
        ),
        (
            "A gunman killed nine people. Seven of the dead were teenagers. Two were from Kosovo, "
            "three were Turkish nationals and one was a Greek.",
            ("killed", 3, 3, V),
        ),
        (
            "Three were killed. Two French pupils on a trip from Conc, in Lower Bret, were among "
            "those hurt.",
            ("injured", 2, 2, V),
        ),
        (
            "It said that four volunteers of the Somali Red Crescent were among the dead.",
            ("killed", 4, 4, V),
        ),
        (
            "Snipers fired on police officers, killing four of them and wounding seven others.",
            ("killed", 4, 4, V),
        ),
    ],
)
def test_figure_is_read(text, wanted):
    assert wanted in figures(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Three people were killed, two of them policemen, and ten hurt.", ("injured", 2)),
        (
            "A bomb went off as the concert let out, killing 22.",
            ("released", 22),
        ),
        ("Rosa Maria Lund, eight, a pupil, was confirmed dead hours later.", ("killed", 8)),
        ("Nina Orr and Eva Dahl, both 14, are among the dead.", ("killed", 14)),
        (
            "The king and the queen went to a Mass for the people who died when a van was driven "
            "at walkers.",
            ("killed", 1),
        ),
        (
            "Violence and armed conflicts killed 662 Iraqis in June, it said.",
            ("killed", 662),
        ),
        ("The city said it had sent 300 body bags to the scene.", ("killed", 300)),
        (
            "In a separate incident a driver who ran over two police officers at a checkpoint on "
            "the edge of the town was found dead.",
            ("killed", 2),
        ),
        ("The killer gunned down hundreds of fans; 58 people died.", ("killed", 200)),
        ("Twelve hostages escaped before dawn from the captors.", ("abducted", 12)),
        (
            "Ten were hurt. The dead were aged from 8 to 77, and five of them were children.",
            ("injured", 5),
        ),
    ],
)
def test_figure_is_not_made(text, wrong):
    assert wrong not in {(effect, least) for effect, least, _, _ in figures(text)}


@pytest.mark.parametrize(
    ("text", "number", "side"),
    [
        # Those whom the police killed, in texts that tell they attacked.
        (
            "A van killed 13 people. Hours later officers shot dead five men who drove a car at "
            "walkers in Cambrel.",
            5,
            P,
        ),
        (
            "Two gunmen in masks killed nine people. Officers shot dead two in the yard.",
            2,
            P,
        ),
        ("Twelve men made up the cell. Five of them were shot dead by police in Cambrel.", 5, P),
        ("Police broke up the cell. Eight are dead and four in custody.", 8, P),
        ("The suspected shooter, Rolf Bower, 46, was found dead.", 1, P),
        ("The 24-year-old suspected of driving at walkers was shot dead in the street.", 1, P),
        # Counterparts: those who attacked nobody.
        ("Police fired on the marchers. Five of them were shot dead by police.", 5, V),
        ("Police broke up the rally. Eight are dead and four in custody.", 8, V),
        ("Police shot dead five protesters who marched on the mine.", 5, V),
    ],
)
def test_the_side_of_those_killed(text, number, side):
    killed = {(least, who) for effect, least, _, who in figures(text) if effect == "killed"}
    assert (number, side) in killed
    assert (number, V if side == P else P) not in killed


def test_a_gunman_who_kills_himself_does_not_take_the_wounded_along():
    found = figures("A lone gunman killed himself after wounding five at the mall.")
    assert ("killed", 1, 1, P) in found
    assert ("injured", 5, 5, V) in found


def test_names_of_attackers_counted_are_not_counted_again():
    found = figures("The three bombers, Omar Daud, his brother Ali and Nadim Lash, also died.")
    assert found == {("killed", 3, 3, P)}


def test_one_shot_by_police_is_the_attacker_only_where_others_were_killed():
    text = "A guard stormed the club and {}. Police broke in at dawn and shot him dead."
    assert ("killed", 1, 1, P) in figures(text.format("killed nine people"))
    assert not any(effect == "killed" for effect, *_ in figures(text.format("shouted at guests")))


def test_of_several_named_dead_none_is_taken_for_the_attacker():
    found = figures(
        "Snipers killed four guards during a march. An officer on Wednesday fatally shot Paul "
        "Castle in his car, a day after Alton Starling was killed by officers in Lorne."
    )
    assert ("killed", 1, 1, P) not in found


def test_another_number_adds_only_to_one_of_the_same_kind():
    prepared = prepare(
        Document(id="1", text="A blast killed 189 people. Another 200 were wounded.")
    )
    injured = [f.value for f in find_figures(prepared)[0] if f.value.effect == "injured"]
    assert [(v.min, v.additional) for v in injured] == [(200, False)]
    prepared = prepare(
        Document(id="1", text="A blast hurt 18 people. Another 20 were injured later.")
    )
    injured = [f.value for f in find_figures(prepared)[0] if f.value.effect == "injured"]
    assert [(v.min, v.additional) for v in injured] == [(18, False), (20, True)]


def test_where_no_survivors_are_seen_all_aboard_are_feared_dead():
    prepared = prepare(
        Document(id="1", text="A jet carrying 40 people crashed. There was no sign of survivors.")
    )
    values = [f.value for f in find_figures(prepared)[0]]
    assert [(v.min, v.exact, v.qualifier) for v in values] == [(40, False, "no sign of survivors")]


def test_another_two_officers_are_others_than_the_dead():
    text = (
        "A gunman killed 20 people and wounded more than 100. Two officers on leave were among the "
        "dead, the sheriff said. Another two officers who were on duty were injured."
    )
    values = [f.value for f in find_figures(prepare(Document(id="1", text=text)))[0]]
    assert [v.additional for v in values if (v.effect, v.min) == ("injured", 2)] == [False]


def test_so_many_of_the_victims_died_in_a_place_are_a_part_of_the_dead():
    text = "The gunman killed 49 people. Thirty-nine of the victims died inside the club."
    values = [f.value for f in find_figures(prepare(Document(id="1", text=text)))[0]]
    assert [(v.min, v.subset) for v in values] == [(49, False), (39, True)]
