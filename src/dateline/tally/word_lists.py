"""The word lists of the tally, each data file read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+")


@cache
def word_lists(name: str) -> Mapping[str, frozenset[str]]:
    """All lists of data/``name``.toml, by what they are called there."""
    text = files("dateline.tally").joinpath(f"data/{name}.toml").read_text(encoding="utf-8")
    return {key: frozenset(words) for key, words in tomllib.loads(text).items()}


def groups(name: str) -> frozenset[str]:
    """A list of data/disputes.toml: groups of people, kinds of actor, words that count."""
    return word_lists("disputes")[name]


def content_words(text: str) -> frozenset[str]:
    """The words of a short phrase that tell it from others, in lower case without a plural s."""
    skip = groups("function_words")
    # Crude plural folding is enough to compare two short phrases with each other.
    return frozenset(
        word.rstrip("s")
        for word in (m.group().casefold() for m in _WORD.finditer(text))
        if word not in skip
    )
