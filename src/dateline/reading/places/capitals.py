"""Capitals told without their name: "in the Afghan capital", "the capital of Mali".

They place an event and name no toponym, so they are no places of the document's own.
The states with their adjectives and capitals stand in data/nations.toml.
"""

from __future__ import annotations

import re
from functools import cache

from dateline.model import Place, Span
from dateline.reading.lexicon import load
from dateline.reading.places.gazetteer import CAPITAL, gazetteer
from dateline.reading.places.resolving import place_of
from dateline.reading.prepared import Prepared

_LONGEST = 40_000  # characters of a text that are looked at
_MOST = 20
_WORD = re.compile("capital", re.IGNORECASE)
# "The Afghan capital, Kabul" has the name, "capital gains" no town.
_REST = (
    r"capital(?: city)?\b(?!(?:,| of)? (?:city )?(?-i:[A-Z][a-z]))"
    r"(?! (?:gains?|markets?|punishment|murder|crimes?|cases?|budgets?|requirements?|injection|"
    r"spending|investment|flight|controls?|region|letters?))"
)


def find_capitals(prepared: Prepared) -> tuple[Place, ...]:
    """The capitals a text tells by their state, in text order.

    ``the capital`` alone is that of the one state the text names up to there. The span is
    that of the word "capital".
    """
    text = prepared.text[:_LONGEST]
    if "capital" not in text.lower():
        return ()
    found: list[Place] = []
    for match in _pattern().finditer(text):
        if len(found) == _MOST:
            break
        word = _WORD.search(text, match.start())
        assert word is not None
        span = Span(word.start(), word.end())
        said = match["adjective"] or match["owner"] or match["state"]
        code = _states().get(_key(said)) if said else _only_state(text[: match.start()])
        place = _capital(code, span) if code else None
        if place is not None:
            found.append(place)
    return tuple(found)


def _only_state(before: str) -> str | None:
    """The capital of the one state a stretch of text names; None for none or several."""
    named = {_states()[_key(match[0])] for match in _names().finditer(before)}
    return named.pop() if len(named) == 1 else None


def _capital(name: str, span: Span) -> Place | None:
    book = gazetteer()
    for entry in book.lookup(name):
        if book.marks[entry.row] & CAPITAL:
            return place_of(book, entry.row, span)
    return None


def _key(name: str) -> str:
    return re.sub(r"\s+", " ", name).casefold()


@cache
def _states() -> dict[str, str]:
    """Capital by name or adjective of its state, in lower case."""
    found: dict[str, str] = {}
    for state, line in load("nations").items():
        if not isinstance(line, str) or ";" not in line:
            continue
        words, _, capital = line.partition(";")
        seat = capital.split(",")[0].strip()
        for name in (state, *words.split(",")):
            if name.strip() and seat:
                found[name.strip().casefold()] = seat
    return found


def _alternation() -> str:
    return "|".join(re.escape(name) for name in sorted(_states(), key=lambda n: (-len(n), n)))


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternation()})\b", re.IGNORECASE)


@cache
def _pattern() -> re.Pattern[str]:
    states = _alternation()
    return re.compile(
        rf"\bthe (?P<adjective>{states}) {_REST}"
        rf"|\b(?P<owner>{states})['’]s {_REST}"
        rf"|\bthe capital of (?P<state>{states})\b"
        rf"|\bin the {_REST}",
        re.IGNORECASE,
    )
