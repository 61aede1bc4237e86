"""The runs of words that may fill a slot: every short run that neither opens nor closes with a
small word, crosses no stop and holds no verb of the closed class.

The model of ``encoded`` weighs them all; nothing is left to a tagger, which in wire copy in
capitals takes ROBERTO for a verb.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.reading.encoder import Tokens

DATA = Path(__file__).parent / "data"
LONGEST = 8  # words; "S" and signs count as words
Ints = npt.NDArray[np.integer]


@cache
def _closed() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words that open no span, that close none, and that stand in none."""
    table = tomllib.loads((DATA / "spans.toml").read_text(encoding="utf-8"))
    inside = frozenset(table["barred"]["words"])
    edge = frozenset(table["edges"]["words"]) | inside
    return edge | frozenset(table["openers"]["words"]), edge, inside


def words_of(text: str, tokens: Tokens) -> list[str]:
    """The words of a text in capitals."""
    return [text[a:b].upper() for a, b in zip(tokens.starts, tokens.ends, strict=True)]


def spans_of(words: Sequence[str]) -> npt.NDArray[np.int32]:
    """First word and the word after the last, one row a span, in order."""
    opens, closes, barred = _closed()
    found = []
    for first, word in enumerate(words):
        if word in opens or not (word[0].isalnum() or word == '"'):
            continue
        for end in range(first + 1, min(len(words), first + LONGEST) + 1):
            last = words[end - 1]
            if last in barred or not _inside(words, end - 1):
                break
            if last in closes or not last[0].isalnum() or word == '"':
                continue
            found.append((first, end))
    return np.array(found, dtype=np.int32).reshape(-1, 2)


def _inside(words: Sequence[str], at: int) -> bool:
    """Whether a sign may stand in a span: no stop, comma or bracket."""
    word = words[at]
    if word[0].isalnum() or word in "-'\"’&/":
        return True
    # "U.S. EMBASSY", "NO. 4"
    return word == "." and at > 0 and (len(words[at - 1]) == 1 or words[at - 1] in _ABBREVIATED)


_ABBREVIATED = frozenset("GEN COL LT CAPT MAJ SGT DR MR MRS MSGR REV JR ST NO".split())


@cache
def _small() -> frozenset[str]:
    table = tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))
    return frozenset(table["small"]["words"])


def key_of(words: Sequence[str]) -> tuple[str, ...]:
    """The words that tell one span from another: no articles, small numbers, nations' people."""
    said = [word for word in words if word[0].isalnum()]
    kept = [w for w in said if w not in _small() and not (w.isdigit() and int(w) <= 10)]
    return tuple(kept or said or words)
