"""Names told in one breath as those of several who did it.

"The attackers were named as A, 27, B and C", "police have named two of them, including A,
29, and B, 28", "the three, A, B and C, first tried to rent a lorry", "A and his wife, B,
fired 65 rounds": what is said of one name of such a list is said of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dateline.reading.incidents.identity_words import (
    AGE,
    NAME,
    VICTIMS,
    is_told_of,
)
from dateline.reading.lexicon import alternation, load, signs
from dateline.reading.number_words import UNITS
from dateline.reading.prepared import Prepared, Sentence

_MOST = 12  # names of one list
_BESIDE = r"(?:(?:his|her|their|another|an?\s+(?:second|third|fourth))\s+[\w -]{3,30}?,?\s+)?"
_ASIDE = r"(?:\s*,\s+(?!and\b|[A-Z])[^,;.“”\"]{1,120}(?=\s*[,;])){0,3}"
_ENDS = (
    rf"(?={AGE}|\s*[,;.)]|\s+(?:and|who|were|are|was|had|have|both|then|[a-z]+ed|blew|shot)\b"
    r"|\s*\Z)"
)
_FIRST = re.compile(rf"{NAME}{_ENDS}")
_NEXT = re.compile(
    rf"{AGE}?{_ASIDE}\s*(?:[,;]\s*(?:and\s+|as\s+well\s+as\s+)?|\s+and\s+){_BESIDE}{NAME}{_ENDS}"
)
# "Syed Trask, 28, of Provo, and his wife, " right before a second name
_LEFT = re.compile(
    rf"(?<![\w-]){NAME}{AGE}?(?:\s*,\s+(?:of|from|who|an?|the)\b[^;.“”\"]{{0,110}}?)?\s*,?\s+and\s+"
    r"(?:(?:his|her)\s+[\w -]{3,25}?,?\s+)?\Z"
)
_DONE_TO = re.compile(
    r"\b(?:killed|shot|wounded|stabbed|said|told|by|of|with|for|at|dead|murdered|saw|between)\s+\Z",
    re.IGNORECASE,
)
_NUMBER = "two three four five six seven eight nine".split()
_TOGETHER = {word: UNITS[word] for word in _NUMBER} | {
    "pair": 2,
    "couple": 2,
    "duo": 2,
    "brothers": 2,
    "trio": 3,
}
_COURT = re.compile(
    r"\b(?:charged|pleaded|arraigned|remanded|accused|in\s+custody|appeared\s+in|face\s+charges"
    r"|indicted|dock)\b",
    re.IGNORECASE,
)
_HARMED = re.compile(
    r"\b(?:died|dead|victims?|were\s+(?:\w+\s+)?(?:killed|shot|wounded|injured|stabbed)|survived"
    r"|lost\s+their)\b",
    re.IGNORECASE,
)


class _Words(NamedTuple):
    of_role: re.Pattern[str]
    naming: re.Pattern[str]
    counted: re.Pattern[str]
    roles: frozenset[str]


@cache
def _words() -> _Words:
    lists = load("actors")["identity"]
    several = [role for role in lists["roles"] if role.endswith(("s", "men"))]
    plural = alternation(several)
    number = "|".join(_NUMBER)
    lower = r"(?i:{})".format
    link = r"(?:as|including|among\s+them|namely|were|are)"
    return _Words(
        of_role=re.compile(
            lower(
                rf"\b(?:{plural})\b(?:\s*,|(?:[^.;:“”\"]{{0,60}}?\b{link}|[^.;:“”\"]{{0,60}}?:))\s+"
            )
            + f"(?={NAME})"
        ),
        naming=re.compile(
            lower(
                rf"\b(?:named|naming|identified|identifying|names)\b[^.;:“”\"]{{0,40}}?\b(?:of\s+them|them|all\s+(?:{number})"
                rf"|both|the\s+(?:{number})|trio|pair|brothers)\b"
                rf"(?:[^.;:“”\"]{{0,60}}?\b{link}|[^.;:“”\"]{{0,60}}?:|\s*,)\s+"
            )
            + f"(?={NAME})"
        ),
        counted=re.compile(
            lower(
                rf"\bthe\s+(?P<number>{'|'.join(_TOGETHER)})(?:\s+(?:men|brothers"
                r"|youths|friends))?(?:\s*[,:–—]|\s+-)\s+"
            )
            + f"(?={NAME})"
        ),
        roles=signs(several),
    )


def told_with(text: str, start: int) -> Iterator[tuple[str, int]]:
    """The name before "and" of which the name at ``start`` is the second, with its offset."""
    left = _LEFT.search(text[:start])
    if left and not _DONE_TO.search(text[: left.start()][-24:]):
        yield left["name"], left.start("name")


def listed(sentence: Sentence, prepared: Prepared) -> Iterator[tuple[str, int]]:
    """The names of each list that a sentence gives of those who did it, with their offsets."""
    text, words = sentence.text, _words()
    if not words.roles.isdisjoint(sentence.words):
        for m in words.of_role.finditer(text):
            yield from _names_at(text, m.end(), 2)
    if not _NAMING.isdisjoint(sentence.words):
        for m in words.naming.finditer(text):
            if not VICTIMS.search(text[: m.end()]) and is_told_of(prepared, sentence):
                yield from _names_at(text, m.end(), 1)
    if "the" in sentence.words and not _COUNTED.isdisjoint(sentence.words):
        for m in words.counted.finditer(text):
            number = _TOGETHER[m["number"].lower()]
            near = text[:100] + (
                prepared.sentences[sentence.index - 1].text[-160:] if sentence.index else ""
            )
            if VICTIMS.search(near) or _HARMED.search(text):
                continue
            names = [*_names_at(text, m.end(), 2)]
            if len(names) == number:
                yield from names
    if _opens_with_a_name(text) and _of_court(sentence, prepared):
        yield from _names_at(text, 0, 2)


def _opens_with_a_name(text: str) -> bool:
    first = _FIRST.match(text)
    return first is not None and re.match(AGE, text[first.end() :]) is not None


def _of_court(sentence: Sentence, prepared: Prepared) -> bool:
    """Whether several are before a court here: "Three men pleaded … A, 55, and B, 53, were"."""
    if _HARMED.search(sentence.text):
        return False
    before = prepared.sentences[max(0, sentence.index - 1) : sentence.index]
    return any(
        _COURT.search(s.text) is not None
        and re.search(rf"\b(?:{'|'.join(_NUMBER)}|brothers|couple)\b", s.text, re.IGNORECASE)
        for s in before
    )


def _names_at(text: str, start: int, fewest: int) -> list[tuple[str, int]]:
    m = _FIRST.match(text, start)
    names: list[tuple[str, int]] = []
    while m is not None and len(names) < _MOST:
        names.append((m["name"], m.start("name")))
        m = _NEXT.match(text, m.end())
    return names if len(names) >= fewest else []


_NAMING = frozenset("named naming identified identifying names".split())
_COUNTED = frozenset(_TOGETHER)
