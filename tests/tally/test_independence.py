"""Names that are one root, and names that are not."""

from __future__ import annotations

from dateline.model import Source
from dateline.tally.independence import fold_roots


def _folded(*names: str, **kinds: str) -> dict[str, str]:
    sources = {
        name: Source(name=name, kind=kinds.get(name, "official"), guessed=True) for name in names
    }
    roots = fold_roots((("The Gazette", name) for name in names), sources)
    return {chain[-1]: root for chain, root in roots.items()}


def test_capitals_of_an_old_wire_make_no_second_source():
    assert set(_folded("police", "POLICE", "Police").values()) == {"police"}


def test_a_bare_role_is_the_one_that_is_named():
    assert _folded("police", "Dallas police", "mayor") == {
        "police": "Dallas police",
        "Dallas police": "Dallas police",
        "mayor": "mayor",
    }


def test_two_towns_police_stay_apart():
    folded = _folded("Dallas police", "Plano police", "police")
    assert len(set(folded.values())) == 3


def test_a_person_or_an_army_takes_no_bare_role():
    folded = _folded(
        "mayor", "brother of the mayor", "army", "Armenian army",
        **{"brother of the mayor": "person"},
    )  # fmt: skip
    assert len(set(folded.values())) == 4


def test_a_ministry_without_a_country_is_the_one_that_is_named_with_it():
    folded = _folded("Ministry of Defence", "Afghan Ministry of Defense", "Ministry of Health")
    assert folded["Ministry of Defence"] == "Afghan Ministry of Defense"
    assert folded["Ministry of Health"] == "Ministry of Health"
    two = _folded("ministry of defence", "Afghan Ministry of Defense", "Syrian Ministry of Defense")
    assert len(set(two.values())) == 3


def test_a_force_its_chief_and_its_officers_are_one_voice():
    folded = _folded(
        "Elmford Police Department",
        "Elmford Police Chief Ann Ode",
        "Ann Ode",
        "police",
        "an officer",
        "police spokesman Raj Lall",
        "authorities",
        **{"Ann Ode": "person"},
    )
    assert set(folded.values()) == {"Elmford Police Department"}


def test_others_who_name_the_police_are_not_its_voice():
    folded = _folded(
        "Elmford police",
        "Elmford Police Federation",
        "former police chief Ann Ode",
        "Police Gazette",
        "Ann Odeman",
        **{"Police Gazette": "outlet", "Ann Odeman": "person"},
    )
    assert len(set(folded.values())) == 5


def test_officials_beside_two_forces_or_none_stay_apart():
    two = _folded("Elmford police", "Clay County Sheriff Jo Park", "officials", "sheriff Jo Park")
    assert two["officials"] == "officials"
    assert two["sheriff Jo Park"] == "sheriff Jo Park"
    assert _folded("officials", "Ministry of Health")["officials"] == "officials"


def test_a_sheriff_is_the_voice_of_his_office():
    folded = _folded("Clay County Sheriff Jo Park", "Clay County Sheriff's Office", "Sheriff Park")
    assert set(folded.values()) == {"Clay County Sheriff Jo Park"}
