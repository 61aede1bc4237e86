"""Which kinds of incident and which weapons reports use for one and the same event."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _data() -> dict[str, Any]:
    text = files("dateline.linking").joinpath("data/kinds.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _bits(groups: dict[str, list[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, name in enumerate(sorted(groups)):
        for member in groups[name]:
            found[member] = found.get(member, 0) | 1 << place
    return found


@cache
def _akin() -> dict[str, int]:
    return _bits(_data()["akin"])


@cache
def _weapons() -> dict[str, int]:
    return _bits(_data()["weapons"])


@cache
def _broad() -> frozenset[str]:
    return frozenset(kind for kinds in _data()["broad"].values() for kind in kinds)


def kin(kind: str) -> int:
    """A bit for each group of kinds that this one is used in place of."""
    return _akin().get(kind, 0)


def is_broad(kind: str) -> bool:
    """Whether the kind says little of the means ("attack", "killing")."""
    return kind in _broad() or kind not in _akin()


def weapon_groups(weapon: str) -> int:
    """A bit for each group a type of weapon belongs to."""
    return _weapons().get(weapon, 0)


_WORD = re.compile(r"[^\W\d_]+")


@cache
def _targets() -> dict[str, str]:
    return {word: name for name, words in _data()["targets"].items() for word in words}


def targets(sentences: Iterable[str]) -> set[str]:
    """The sorts of place or people that sentences name as hit, as far as they are listed."""
    known = _targets()
    return {
        known[word]
        for sentence in sentences
        for word in _WORD.findall(sentence.casefold())
        if word in known
    }
