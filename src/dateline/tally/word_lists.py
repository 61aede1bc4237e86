"""The word lists of the tally, each data file read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def word_lists(name: str) -> Mapping[str, frozenset[str]]:
    """All lists of data/``name``.toml, by what they are called there."""
    text = files("dateline.tally").joinpath(f"data/{name}.toml").read_text(encoding="utf-8")
    return {key: frozenset(words) for key, words in tomllib.loads(text).items()}


def groups(name: str) -> frozenset[str]:
    """A list of data/disputes.toml: groups of people, kinds of actor, words that count."""
    return word_lists("disputes")[name]
