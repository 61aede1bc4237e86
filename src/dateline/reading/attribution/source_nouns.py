"""What kind of source some words name, by the nouns of data/source_nouns.toml."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

from dateline.model import SourceKind
from dateline.reading.attribution.registry import Word, words_of
from dateline.reading.lexicon import load

PREPOSITIONS = frozenset(
    "of for from in at with on near to by inside within briefed familiar close who about".split()
)


class Nouns(NamedTuple):
    """data/source_nouns.toml: kinds by noun, roles, pronouns, pointing nouns."""

    kinds: dict[str, SourceKind]
    roles: dict[str, frozenset[str]]
    pronouns: dict[str, str]
    points: dict[str, frozenset[SourceKind]]


@functools.cache
def nouns() -> Nouns:
    """The lists of data/source_nouns.toml."""
    table = load("source_nouns")
    kinds: dict[str, SourceKind] = {}
    for kind, line in table["kinds"].items():
        for noun in line.split():
            kinds.setdefault(noun, kind)
    points: dict[str, set[SourceKind]] = {}
    for kind, line in table["points"].items():
        for noun in line.split():
            points.setdefault(noun, set()).add(kind)
    return Nouns(
        kinds=kinds,
        roles={name: frozenset(line.split()) for name, line in table["roles"].items()},
        pronouns={w: name for name, line in table["pronouns"].items() for w in line.split()},
        points={noun: frozenset(found) for noun, found in points.items()},
    )


def head_of(words: Sequence[Word]) -> int:
    """The place of the head noun: the last word before a preposition."""
    for at, word in enumerate(words):
        if at and word.key in PREPOSITIONS:
            return at - 1
    return len(words) - 1


def guessed_kind(name: str) -> SourceKind:
    """The kind of an unknown source by the nouns of its name."""
    words = words_of(name)
    kinds = nouns().kinds
    head = head_of(words)
    for at in [*range(head, -1, -1), *range(head + 1, len(words))]:
        kind = kinds.get(words[at].key)
        if kind is not None:
            return kind
    if _is_acronym(words) or " & " in name:
        return "organisation"
    named = [word for word in words[1:-1] if word.key not in nouns().roles["particles"]]
    if 1 <= len(words) <= 5 and len(named) <= 2 and all(
        word.text[:1].isupper() for word in (*words[:1], *named, *words[-1:])
    ):  # fmt: skip
        return "person"
    return "unnamed"


def _is_acronym(words: Sequence[Word]) -> bool:
    """Whether a name begins with an abbreviation: "NHS England", "DART"; not in capitals."""
    if not words or not words[0].text.isupper() or "." in words[0].text:
        return False
    if len(words) == 1:
        return 2 <= len(words[0].text) <= _SHORT_NAME
    return len(words[0].text) > 2 and not all(word.text.isupper() for word in words)


_SHORT_NAME = 4  # letters


def in_name(word: Word) -> bool:
    """Whether a word may stand in a personal name: "Nasir", and "al" in it."""
    return word.text[:1].isupper() or word.key in nouns().roles["particles"]


def ends_in_name(words: Sequence[Word], caps: bool) -> bool:
    """Whether a role is followed by a person's name: "spokesman John Doe"."""
    roles = nouns().roles
    if len(words) < 2:
        return False
    for at in range(len(words) - 1):
        if words[at].key in roles["people"] or words[at].key in roles["titles"]:
            rest = words[at + 1 :]
            if len(rest) <= 5 and all(
                (caps or in_name(w)) and w.key not in nouns().kinds for w in rest
            ):
                return True
    return False
