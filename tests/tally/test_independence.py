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
