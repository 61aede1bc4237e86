"""Word lists from the data files, compiled once into patterns.

A list entry is one or more words; white space in it matches any white space in a text
(wire copy breaks lines anywhere), case is ignored, and the longest entry wins.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> Mapping[str, Any]:
    """A TOML file of ``reading/data`` by its stem."""
    path = files("dateline.reading").joinpath(f"data/{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def alternation(entries: Iterable[str]) -> str:
    """A regex source that matches any entry, longest first, without word borders."""
    longest_first = sorted(set(entries), key=lambda entry: (-len(entry), entry))
    return "|".join(
        r"\s+".join(re.escape(word) for word in entry.split()) for entry in longest_first
    )


def signs(entries: Iterable[str]) -> frozenset[str]:
    """The longest word of each entry: a text without any of them has none of the entries.

    To be held against ``Sentence.words`` before a pattern is run, which costs far more. Only
    for patterns that match an entry as whole words.
    """
    return frozenset(
        max(re.findall(r"\w+", entry.lower()), key=lambda word: (len(word), word))
        for entry in entries
    )


def words(entries: Iterable[str]) -> re.Pattern[str]:
    """A pattern that matches any entry as whole words."""
    return re.compile(rf"(?<![\w-])(?:{alternation(entries)})(?![\w-])", re.IGNORECASE)
