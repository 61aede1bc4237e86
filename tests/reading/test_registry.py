"""Who is who: the shipped registry, and a user's own file."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from dateline.errors import SettingsError
from dateline.model import SourceKind
from dateline.reading.attribution.registry import load_registry, words_of


def name_of(name: str, country: str | None = None) -> str | None:
    found = load_registry().lookup(name, country=country)
    return found.name if found else None


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("TASS", "TASS"),
        ("ТАСС", "TASS"),
        ("the New York Times", "The New York Times"),
        ("U.N.", "United Nations"),
        ("HUR", "Ukrainian Military Intelligence (HUR)"),
        ("Ukraine's military intelligence agency", "Ukrainian Military Intelligence (HUR)"),
        ("the U.K.'s Ministry of Defence", "UK Ministry of Defence"),
        ("Britain’s Ministry of Defence", "UK Ministry of Defence"),
        ("Russia's Defense Ministry", "Russian Ministry of Defense"),
        ("Ministry of Defence of Turkey", "Turkish Ministry of Defense"),
        ("al Shabab", "Al-Shabaab"),
        ("Scotland Yard", "Metropolitan Police"),
        ("Turkish police", "Turkish police"),
        ("the Pentagon", "US Department of Defense"),
    ],
)
def test_names_and_aliases_lead_to_one_source(given: str, wanted: str) -> None:
    assert name_of(given) == wanted


def test_a_bare_ministry_needs_a_state() -> None:
    assert name_of("the Defense Ministry") is None
    assert name_of("the Defense Ministry", "Syria") == "Syrian Ministry of Defense"
    assert name_of("the Ministry of Defense", "Russia") == "Russian Ministry of Defense"


@pytest.mark.parametrize("given", ["police", "Manchester police", "the army", "nobody", "", "us"])
def test_what_names_nobody_is_not_looked_up(given: str) -> None:
    assert name_of(given, "Russia") is None


def test_a_spokesman_is_not_the_ministry_itself() -> None:
    assert name_of("Russian Defense Ministry spokesman Oleg Bely") is None


def test_every_entry_is_sound() -> None:
    registry = load_registry()
    assert len(registry) >= 600
    for source in registry:
        assert source.kind in get_args(SourceKind)
        assert not source.guessed
        assert registry.lookup(source.name) is source, source.name
        for alias in source.aliases:
            assert registry.lookup(alias) is not None, alias


def test_parents_are_sources_themselves() -> None:
    registry = load_registry()
    loose = {s.parent for s in registry if s.parent and registry.lookup(s.parent) is None}
    assert loose == set()


def test_ordinary_words_are_names_only_when_written_so() -> None:
    registry = load_registry()
    named = registry.find(words_of("the Baza and Shot channels"))
    assert [hit.source.name for hit in named] == ["Baza", "Shot"]
    assert registry.find(words_of("a shot and a dawn raid")) == []
    assert registry.find(words_of("it is who they are")) == []


def test_us_is_a_state_and_a_pronoun() -> None:
    registry = load_registry()
    assert registry.nation_in(words_of("US officials")) == "United States"
    assert registry.nation_in(words_of("told us so")) is None


def test_a_users_file_adds_and_replaces(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[channel]\n"Harbour Watch" = { aliases = ["Портовый дозор"], affiliation = "Ruritania" }\n'
        '[outlet]\n"TASS" = { affiliation = "Elsewhere" }\n',
        "utf-8",
    )
    registry = load_registry(str(own))
    found = registry.lookup("портовый дозор")
    assert found is not None
    assert (found.name, found.kind, found.affiliation) == ("Harbour Watch", "channel", "Ruritania")
    tass = registry.lookup("TASS")
    assert tass is not None
    assert tass.affiliation == "Elsewhere"
    assert load_registry().lookup("Harbour Watch") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[channel", "no TOML"),
        ('[paper]\n"X" = {}', "no kind of source"),
        ('channel = "X"', "must be a table"),
        ('[channel]\n"X" = "Y"', "must be a table"),
        ('[channel]\n"X" = { alias = ["Y"] }', "unknown field"),
        ('[channel]\n"X" = { aliases = "Y" }', "a list of names"),
        ('[channel]\n"X" = { aliases = [1] }', "a list of names"),
        ('[channel]\n"X" = { conduit = "yes" }', "a bool"),
        ('[channel]\n"—" = {}', "no name"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=said) as caught:
        load_registry(str(own))
    assert caught.value.where == str(own)
    assert "\n" not in str(caught.value)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_registry(str(tmp_path / "none.toml"))
