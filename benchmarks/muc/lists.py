"""The word lists of the benchmark: organisations, nations, instruments."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from typing import Any

from benchmarks.muc.spans import DATA, key_of
from dateline.reading.encoder import tokenize


@cache
def lists() -> dict[str, Any]:
    """The word lists of data/words.toml."""
    return tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))


def _key(name: str) -> tuple[str, ...]:
    tokens = tokenize(name)
    return key_of([name[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)])


@cache
def organisations() -> dict[tuple[str, ...], tuple[str, str]]:
    """The words of an organisation's name -> its first name and "armed" or "state"."""
    table = tomllib.loads((DATA / "organisations.toml").read_text(encoding="utf-8"))
    return {
        _key(name): (names[0], kind)
        for kind in ("state", "armed")
        for names in table[kind]["names"]
        for name in names
    }


def organisation(key: Sequence[str]) -> str:
    """Whether "armed", "state" or nothing, of the words of a name."""
    known = organisations().get(tuple(key))
    return known[1] if known else ""
