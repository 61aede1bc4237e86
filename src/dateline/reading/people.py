"""Words for people, and the phrases that name or count them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import NamedTuple

from dateline.reading.lexicon import load
from dateline.reading.numbers import Quantity


class Noun(NamedTuple):
    """A noun for people; ``group`` is None for "people" and the like."""

    group: str | None
    plural: bool
    perpetrator: bool


class Party(NamedTuple):
    """People (or perhaps people) at tokens ``[start, end)``.

    ``human`` is True with a noun for people or a name, None where no noun tells
    ("killed 12", "12 Yazidis"), False where the noun is a thing. ``effect`` is what the
    phrase itself says of them ("12 wounded soldiers", "12 deaths"). ``part_of`` holds
    the noun of a partitive ("three of the wounded": wounded). ``numbered`` is False for
    a phrase that counts one by its grammar only ("a soldier", "the mayor", a name).
    """

    start: int
    end: int
    quantity: Quantity
    human: bool | None
    group: str | None
    perpetrator: bool
    effect: str | None = None
    part_of: str | None = None
    numbered: bool = True
    definite: bool = False
    more: bool = False
    plural: bool = True
    name: bool = False

    @classmethod
    def by_pronoun(cls, k: int, number: int | None) -> Party:
        """Whom the pronoun at token ``k`` means: one person, or for None several."""
        quantity = Quantity(k, k, k + 1, number, number, number == 1, None, number is None)
        return cls(
            k,
            k + 1,
            quantity,
            True,
            None,
            True,
            numbered=False,
            definite=True,
            plural=number is None,
        )


@functools.cache
def nouns() -> Mapping[str, Noun]:
    """Every noun for people in groups.toml, singular and plural."""
    data = load("groups")
    irregular: dict[str, str] = data["irregular"]
    table: dict[str, Noun] = {}
    sections = [(name, words["words"]) for name, words in data["group"].items()]
    sections.append(("", data["perpetrators"]["words"]))
    for name, words in sections:
        group = None if name in ("any", "") else name
        for word in words:
            many = irregular.get(word) or _plural(word)
            table.setdefault(many, Noun(group, True, name == ""))
            table.setdefault(word, Noun(group, many == word, name == ""))
    for word in data["plural_only"]:
        known = table.get(word)
        table[word] = Noun(known.group if known else None, True, False)
    return table


@functools.cache
def things() -> frozenset[str]:
    """Nouns that are no people, singular and plural."""
    data = load("groups")
    words = set(data["things"]["words"])
    return frozenset(words | {_plural(word) for word in words})


@functools.cache
def demonyms() -> frozenset[str]:
    """Words for one or many of a nation ("Belgian", "Danes", "Portuguese"), lower case."""
    found: set[str] = set()
    for state, line in load("nations").items():
        words = (word.strip() for word in line.partition(";")[0].split(","))
        plain = [w.lower() for w in words if w.isalpha() and not w.isupper() and w != state]
        found.update(plain)
        found.update(w[:-1] for w in plain if w.endswith("s") and not w.endswith("ss"))
    return frozenset(found)


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "ch", "sh")):
        return word if word.endswith("ss") is False and word.endswith("s") else word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


DETERMINERS = frozenset(
    "the a an his her their its our my your this that these those another each every".split()
)
PREPOSITIONS = frozenset(
    "in on at of from by with near inside outside during after before following amid into"
    " under over between among within around across through throughout against aboard for"
    " to since until along off onto behind beside including include includes as than per"
    " while when where who whom whose which that because although though but if whether"
    " via despite toward towards like besides except about above below upon without".split()
)
BE = frozenset("was were been being be is are am get got gets getting 're".split())
HAVE = frozenset("has have had having 've".split())
