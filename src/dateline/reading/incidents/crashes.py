"""What crashed, where a report says no more than "crashed"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from dateline.reading.lexicon import load
from dateline.reading.prepared import Token

_REACH = 40  # words from "the jet" to "crashed"
_CRASHES = frozenset("crash crashed crashes collision collided plunged wreck".split())


def crash_of(tokens: Sequence[Token], start: int, told: str) -> str:
    """The type of a crash by the nearest vehicle before its word, else the first behind it.

    "A jet with 92 on board crashed", "the crash of a helicopter"; ``told`` is the type where
    the sentence names no vehicle of data/event_contexts.toml, or the word is no crash.
    """
    if tokens[start].lower not in _CRASHES:
        return told
    vehicles = _vehicles()
    before = range(start - 1, max(-1, start - 1 - _REACH), -1)
    after = range(start + 1, min(len(tokens), start + _REACH))
    found = (tokens[i].lower for i in (*before, *after))
    return next((vehicles[word] for word in found if word in vehicles), told)


@cache
def _vehicles() -> dict[str, str]:
    table = load("event_contexts")["vehicles"]
    return {word: code for code, words in table.items() for word in words}
