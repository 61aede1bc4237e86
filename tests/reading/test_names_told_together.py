"""Names told of several at once, of a life, of relatives who did it, and of forces who came."""

import pytest
from test_identities import perpetrators

LEAD = "Gunmen opened fire at a market in Ogden on Thursday, killing nine people. "


def names(text, title=None):
    return {value.name for value in perpetrators(text, title) if value.name}


@pytest.mark.parametrize(
    "text",
    [
        "Police have named all three attackers, shot dead by officers: Alvin Trask, 27, a "
        "Provo-born father of two; Karim Bellow, 30, who claimed to be a student; and Josef "
        "Mundy, 22, of Layton.",
        "Prosecutors have named three of them, including Alvin Trask, 29, who was identified by "
        "a severed fingertip, Karim Bellow, 30, and Josef Mundy, 28, a former bus driver.",
        "Detectives believe that the three, Alvin Trask, Karim Bellow and Josef Mundy, first "
        "tried to rent a lorry.",
        "The gunmen were identified as Alvin Trask, Karim Bellow and Josef Mundy.",
    ],
)
def test_a_list_names_all_who_did_it(text):
    assert names(LEAD + text) == {"Alvin Trask", "Karim Bellow", "Josef Mundy"}


def test_two_who_did_it_together():
    text = (
        "Fourteen people were killed at a party in Ogden on Wednesday. In four minutes Alvin "
        "Trask, 28, of Provo, who had sat at that party until ten, and his wife, Maria Bellow, "
        "29, fired 70 rounds, the police chief, Ann Mundy, said."
    )
    assert names(text) == {"Alvin Trask", "Maria Bellow"}


def test_men_before_a_court():
    text = (
        "Three men pleaded not guilty on Tuesday to killing the journalist Ann Mundy with a bomb "
        "under her car in Ogden on Monday. Alvin Trask, 55, known as the Fox, his brother Karl, "
        "53, and Josef Bellow, 55, were driven in under guard. They are also accused of "
        "conspiracy. Prime Minister Jan Bellow said he was glad."
    )
    assert names(text) == {"Alvin Trask", "Josef Bellow"}


def test_three_victims_are_no_list_of_attackers():
    text = LEAD + (
        "The three victims, Alvin Trask, Karim Bellow and Josef Mundy, were shot by the gunmen. "
        "The two, Ann Reed and Lou Marsh, died at the scene."
    )
    assert not names(text)


@pytest.mark.parametrize(
    "text",
    [
        "The bomber's brother Alvin Trask, 26, is on the run.",
        "Alvin Trask, whom prosecutors believe to have driven the gunmen, has not been seen.",
        "Alvin Trask, 22, who is thought to have driven the van, was still at his flat.",
        "An official named Alvin Trask, a Dane who is thought to be abroad, as the mastermind.",
        "Alvin Trask had bought 700 rounds of ammunition. Detectives searched Trask's apartment. "
        "He had acquired the gun legally. Trask had no criminal record.",
        "Video shows Alvin Trask's last minutes. An officer fired one round, killing Trask.",
    ],
)
def test_a_name_told_in_passing(text):
    assert names(LEAD + text) == {"Alvin Trask"}


def test_a_headline_asks_who_he_was():
    text = (
        "Early on Sunday a man in black walked along a shop in Ogden and killed three officers. "
        "Alvin Trask, who lived in Provo, served in the army from 2005 to 2010."
    )
    assert names(text, "Who was Alvin Trask? From sergeant to gunman") == {"Alvin Trask"}
    assert not names(text, "Who was Alvin Trask? A life in pictures")


@pytest.mark.parametrize(
    "text",
    [
        "Alvin Trask, 32, killed a day later near Provo, was a teacher.",
        "A radio station said its announcer, Alvin Trask, 29, had been killed.",
        "Alvin Trask's brother shot at a deer, and Detective Ann Mundy searched Trask's flat.",
        '"Murderer Trask," they chanted. Alvin Trask is the prime minister.',
    ],
)
def test_who_was_killed_or_shouted_at_did_not_do_it(text):
    assert not names(LEAD + text)


def test_each_of_several_has_his_own_fate():
    text = (
        "Bombers struck a market in Ogden on Thursday, killing nine people. Karim Bellow and "
        "Josef Trask blew themselves up at the market and in a cafe. Josef's brother Alvin "
        "Trask, 26, is on the run."
    )
    fates = {value.name: value.fate for value in perpetrators(text) if value.name}
    assert fates == {
        "Karim Bellow": "killed by own bomb",
        "Josef Trask": "killed by own bomb",
        "Alvin Trask": "at large",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen held 30 guests of a hotel in Ogden on Thursday and killed nine before army "
        "commandos stormed it.",
        "Gunmen shot at a crowd in Ogden on Thursday, killing nine, before commandos stormed in.",
        "Gunmen killed nine people in Ogden on Thursday. Nine civilians and two members of the "
        "special forces were killed, the president said.",
        "Bombers killed nine people in Ogden on Thursday. Some demonstrators accused police of "
        "firing tear gas as ambulances tried to get through.",
    ],
)
def test_a_force_that_came_to_stop_them_did_not_do_it(text):
    told = " ".join(value.description for value in perpetrators(text)).lower()
    assert "commando" not in told
    assert "special forces" not in told
    assert "police" not in told


def test_soldiers_who_fired_on_a_crowd_did_it():
    text = "Soldiers opened fire on protesters in Ogden on Thursday, killing nine people."
    assert [value.description.lower() for value in perpetrators(text)] == ["soldiers"]


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("Officials said the Islamic State group was the likely perpetrator.", "suspected"),
        ('Islamic State said online that "eight brothers" had carried out the attack.', "claimed"),
        ("The attack may have been carried out by Islamic State, one of them said.", "possible"),
    ],
)
def test_a_group_in_other_words(text, confidence):
    told = perpetrators("A bomb killed 40 people at a wedding in Ogden on Thursday. " + text)
    assert [(v.organisation, v.confidence) for v in told if v.organisation] == [
        ("Islamic State", confidence)
    ]


def test_those_who_set_captives_free_held_them():
    told = perpetrators(
        "Twenty-one girls taken from a school in Ogden on Thursday were set free by Boko Haram."
    )
    assert [value.organisation for value in told] == ["Boko Haram"]


@pytest.mark.parametrize(
    "text",
    [
        "The gunmen, " + "Alvin Trask, a man, a man, a man " * 400,
        "The gunmen: " + "Aa, b, c; " * 1000,
        "Trask, " * 2000 + "acted alone",
        "The gunmen were named as " + "A and " * 2000,
        "Trask's " * 1000 + "apartment",
        "Links between " * 500 + "Trask and",
    ],
)
def test_a_long_list_is_read(text):
    assert any(value.description.lower() == "gunmen" for value in perpetrators(LEAD + text))


@pytest.mark.parametrize(
    "text",
    [
        "The killer was Alvin Trask, 26. In June 2012 Trask escaped from a hospital in Provo.",
        "The killer was Alvin Trask, 26. Families mourned the nine gunned down by Alvin Trask.",
    ],
)
def test_what_befell_him_years_before_and_others_is_not_his_fate(text):
    assert [value.fate for value in perpetrators(LEAD + text) if value.name] == [None]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Three people have died, including the suspected gunman, in a shooting in Ogden on "
            "Thursday, police said.",
            [("suspected gunman", None, "suspected", "killed")],
        ),
        (
            "Nine people died in Ogden on Thursday, including the gunman's mother. The gunman was "
            "arrested.",
            [("gunman", None, "fact", "arrested")],
        ),
        (
            "Officials have told the Associated Press news agency a suicide bomber is suspected "
            "to be behind the blast in Ogden on Thursday, which killed nine people.",
            [("suicide bomber", None, "suspected", "killed by own bomb")],
        ),
        (
            "Seven people were killed in Ogden on Thursday. The Islamic State in Iraq and Syria "
            'group said that a "detachment" of its fighters had carried out the attack.',
            [("Islamic State", "Islamic State", "claimed", None)],
        ),
        (
            "Two people were killed in Ogden on Thursday. The shooter then turned his handgun on "
            "himself.",
            [("shooter", None, "fact", "killed")],
        ),
        (
            "A bomb killed 40 people in Ogden on Thursday. An offshoot of the PKK says it carried "
            "out the bombing. The Kurdistan Freedom Falcons (TAK) said that two of its members had "
            "carried out the bombing.",
            [("Kurdistan Freedom Falcons", "Kurdistan Freedom Hawks", "claimed", None)],
        ),
    ],
)
def test_who_did_it_in_so_many_words(text, told):
    values = perpetrators(text)
    assert [(v.description, v.organisation, v.confidence, v.fate) for v in values] == told
