"""What a report tells of the life of one who did it, and of few others.

"Trask's rifle", "Trask had bought 700 rounds", "Trask was known to police": no such place
says that he did it, two or more in a report of an attack do. A headline that asks who
somebody was and speaks of a gunman says it outright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dateline.reading.lexicon import alternation, load, signs
from dateline.reading.prepared import Sentence

_NAME = r"(?P<name>[A-ZÀ-ÖØ-Þ][\w-]+(?:\s[A-ZÀ-ÖØ-Þ][\w-]+\.?){0,3})"


class _Words(NamedTuple):
    owned: re.Pattern[str]
    done: re.Pattern[str]
    linked: re.Pattern[str]
    asked: re.Pattern[str]
    role: re.Pattern[str]
    signs: frozenset[str]


@cache
def _words() -> _Words:
    lists = load("actors")
    lives = lists["lives"]
    lower = r"(?i:{})".format
    adverbs = (
        r"(?:(?:has|have|had|was|is|also|then|later|first|once|allegedly|reportedly|legally|recently"
        r"|himself|apparently|never)\s+){0,3}"
    )
    asides = r"(?:\s*,\s+[^,;.“”\"]{1,80}(?=\s*,)){0,2}\s*,?\s+"
    return _Words(
        owned=re.compile(
            rf"(?<![\w-]){_NAME}[’']s?\s+"
            + lower(rf"(?:[\w-]+\s+){{0,2}}?(?:{alternation(lives['owned'])})(?![\w-])")
        ),
        done=re.compile(
            rf"(?<![\w-]){_NAME}{asides}"
            + lower(rf"{adverbs}(?:{alternation(lives['done'])})(?![\w-])")
        ),
        # "No link has been found between Trask and the group."
        linked=re.compile(
            lower(
                r"\b(?:links?|ties|connections?|contacts?)\s+(?:[\w-]+\s+){0,5}?(?:between|of|to)"
                r"\s+(?!the\b)"
            )
            + rf"{_NAME}(?=\s+(?:and|to|with)\s+(?:the\s+|any\s+)?[\w-])"
        ),
        asked=re.compile(
            lower(
                r"(?:\A|[:–—.-]\s+)(?:who\s+(?:was|is)|what\s+we\s+know\s+about|profile\s+of|profile:)\s+"
            )
            + rf"(?:the\s+)?{_NAME}(?=\s*(?:[?:,.–—-]|\Z))"
        ),
        role=re.compile(rf"\b(?:{alternation(lists['identity']['roles'])})\b", re.IGNORECASE),
        signs=signs([*lives["owned"], *lives["done"]])
        | frozenset("link links ties connection connections contact contacts".split()),
    )


def of_a_life(sentence: Sentence) -> Iterator[tuple[str, int]]:
    """Each name beside words of that kind, with its offset; a name may come several times."""
    words = _words()
    if words.signs.isdisjoint(sentence.words):
        return
    for pattern in (words.owned, words.done, words.linked):
        for m in pattern.finditer(sentence.text):
            yield m["name"], m.start("name")


def asked_who(text: str) -> Iterator[tuple[str, int, bool]]:
    """Whom a headline asks about, and whether as one who did it."""
    if len(text) > _LONGEST_LINE:
        return
    words = _words()
    for m in words.asked.finditer(text):
        yield m["name"], m.start("name"), words.role.search(text, m.end()) is not None


_LONGEST_LINE = 160  # characters of a headline
