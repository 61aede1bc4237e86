"""Whether harm words in a text mean harm: sport and the screen borrow them all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from dateline.reading.harm_verbs import lexicon


class Genre(NamedTuple):
    """``kind`` is what the text is about; ``violence`` counts the distinct words of harm."""

    kind: Literal["news", "sport", "screen", "affairs"]
    violence: int


def genre(words: Iterable[str]) -> Genre:
    """Judge a text by how many distinct words of each field it has.

    Distinct words, not all: a text that says "goal" twenty times is no more about sport
    than one that says it twice beside "coach", "league" and "season".
    """
    lex = lexicon()
    distinct = set(words)
    distinct |= {w[:-1] for w in distinct if w.endswith("s")}
    sport, screen = len(distinct & lex.sport), len(distinct & lex.screen)
    violence = len(distinct & lex.violence)
    if sport >= 4 and sport > violence and sport >= screen:
        return Genre("sport", violence)
    if screen > violence and (screen >= 4 or (screen == 3 and violence <= 1)):
        return Genre("screen", violence)
    if len(distinct & lex.affairs) >= 3 and violence <= 2:
        return Genre("affairs", violence)
    return Genre("news", violence)
