"""Who did it, through ``assemble``: one entry a person, however the reports name him."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import PerpetratorValue
from dateline.tally.incident import assemble
from dateline.tally.perpetrators import perpetrators
from tests.tally.accounts import account


def listed(*told: PerpetratorValue):
    accounts = [
        account(f"{day}", day, (value, ("Herald", "police"))) for day, value in enumerate(told, 1)
    ]
    return assemble(accounts, {}).perpetrators


def who(name: str | None, description: str = "gunman", **more) -> PerpetratorValue:
    return PerpetratorValue(description=description, name=name, **more)


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (("Oravec", "Janos Oravec"), ["Janos Oravec"]),
        (("Janos Oravec", "Janos Peter Oravec", "Oravec"), ["Janos Peter Oravec"]),
        (("Janos Mihaly Oravec", "János Peter Oravec"), ["Janos Mihaly Oravec"]),
        (("Akmalzhon Jurabov", "Akmaljon Djurabov"), ["Akmalzhon Jurabov"]),
        (("Karim Haddad", "Yusuf Haddad", "Haddad"), ["Karim Haddad", "Yusuf Haddad"]),
        (("Karim Ben-Haddad", "Karim Ben Haddad"), ["Karim Ben-Haddad"]),
        (("Karim N.", "Karim Nasser", "Karim Haddad"), ["Karim Nasser", "Karim Haddad"]),
        (("Karim Haddad", "Karim Nasser"), ["Karim Haddad", "Karim Nasser"]),
    ],
)
def test_a_person_is_listed_once_under_the_fullest_name(names, kept):
    assert [value.name for value in listed(*map(who, names))] == kept


def test_what_any_report_tells_of_a_person_is_kept_and_the_last_of_the_fate():
    (found,) = listed(
        who("Janos Oravec", "gunman", confidence="suspected", fate="at large"),
        who(None, "a man named Oravec"),
        who("Oravec", "driver", confidence="accused", organisation="Iron Circle"),
        who("Oravec", "driver", confidence="accused", fate="arrested"),
    )
    assert (found.name, found.description) == ("Janos Oravec", "gunman")
    assert (found.organisation, found.fate, found.confidence) == (
        "Iron Circle",
        "arrested",
        "accused",
    )


def test_nameless_others_stay_beside_a_person():
    found = listed(who("Janos Oravec"), who(None), who(None, "two accomplices", number=2))
    assert [(v.name, v.number) for v in found] == [("Janos Oravec", None), (None, 2)]


@pytest.mark.parametrize(
    ("nameless", "left"),
    [
        (who(None, "suspected gunman", confidence="suspected"), 1),
        (who(None, "suspect", number=1, fate="killed"), 1),
        (who(None, "man", number=1, fate="arrested"), 2),
        (who(None, "third man"), 2),
        (who(None, "getaway driver"), 2),
        (who(None, "gunmen"), 2),
        (who(None, "gunman", organisation="Red Dawn"), 2),
    ],
)
def test_the_suspect_is_the_one_who_is_named_unless_his_fate_differs(nameless, left):
    person = who("Janos Oravec", fate="killed")
    assert len(listed(nameless, person)) == left
    assert person in listed(person, nameless)


def test_people_without_a_name_are_one_account_where_nothing_differs():
    (found,) = listed(who(None, "attackers"), who(None, "men", number=3), who(None, "the killers"))
    assert (found.description, found.number) == ("attackers", 3)
    (found,) = listed(who(None, "attacker"), who(None, "the suspect", fate="killed"))
    assert (found.description, found.fate) == ("attacker", "killed")
    # Nobody says that all ten were killed.
    found = listed(who(None, "gunmen", number=10), who(None, "attackers", fate="killed"))
    assert [(value.number, value.fate) for value in found] == [(10, None), (None, "killed")]
    found = listed(who(None, "gunmen", number=2), who(None, "attackers", number=3))
    assert [value.number for value in found] == [2, 3]
    found = listed(who(None, "suspect", fate="arrested"), who(None, "gunman", fate="killed"))
    assert [value.fate for value in found] == ["arrested", "killed"]


def test_those_who_are_named_are_the_attackers():
    pair = who("Janos Oravec", fate="killed"), who("Karim Haddad", fate="killed")
    assert listed(*pair, who(None, "attackers", number=2, fate="killed")) == pair
    assert len(listed(*pair, who(None, "attackers", number=3))) == 3
    assert len(listed(*pair, who(None, "attackers", fate="arrested"))) == 3


def test_a_group_is_listed_once_whatever_it_is_called():
    def of(description, **more):
        return who(None, description, organisation="Red Dawn", **more)

    found = listed(of("the Red Dawn", confidence="claimed"), of("Red Dawn militants"))
    assert [value.description for value in found] == ["the Red Dawn"]
    found = listed(of("Red Dawn"), of("three Red Dawn gunmen", number=3), of("two men", number=2))
    assert [value.number for value in found] == [3, 2]
    # Of its man nothing is lost, and the group that sent him adds nothing.
    found = listed(who("Janos Oravec", organisation="Red Dawn", fate="killed"), of("Red Dawn"))
    assert [value.name for value in found] == ["Janos Oravec"]


WHO = st.builds(
    PerpetratorValue,
    description=st.sampled_from(["gunman", "Suspect", "gunmen", "two men", "Oravec"]),
    number=st.none() | st.integers(1, 3),
    name=st.none()
    | st.sampled_from(["Oravec", "Janos Oravec", "Peter Oravec", "Janos P. Oravec", "Li", ""]),
    organisation=st.none() | st.just("Iron Circle"),
    fate=st.none() | st.sampled_from(["killed", "arrested"]),
)


@given(st.lists(WHO, max_size=7))
def test_listing_again_changes_nothing_and_no_name_is_lost(told):
    found = perpetrators(told)
    assert perpetrators(found) == found
    assert bool(found) == bool(told)
    words = {w for v in told if v.name for w in v.name.split()}
    # Middle names of one entry may go with its other spellings; first and last names stay.
    assert words - {"P."} <= {w for v in found if v.name for w in v.name.split()}
