"""Which messages of the development set are most like a message, and what their keys tell of.

Words are known by a checksum alone, so that no text of the corpus is kept: of each message the
ones that are rarest and said most (tf-idf; Salton and Buckley 1988), with their weights.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.muc.spans import DATA

NEAREST = (5, 20)  # messages that are asked
BLOCK = 100  # messages in a row, often of the same days
Floats = npt.NDArray[np.floating[Any]]


def terms_of(words: Sequence[str]) -> Counter[int]:
    """Checksums of the words of a message, with how often each is said."""
    return Counter(zlib.crc32(word.encode()) for word in words if word[0].isalnum())


def strangers(numbers: npt.NDArray[np.integer[Any]], own: int) -> npt.NDArray[np.bool_]:
    """Which messages, by their numbers, a message of the development set may learn from.

    It is no neighbour of its own, and to every other one those of the same days are none, as
    they are none to later news.
    """
    strange: npt.NDArray[np.bool_] = numbers != own
    if own % 2 == 0:
        strange &= (numbers - 1) // BLOCK != (own - 1) // BLOCK
    return strange


class Neighbours:
    """The messages of the development set as weighed words.

    ``words`` are the checksums of known words, in order, ``rare`` their weights; ``ends``,
    ``columns`` and ``weights`` hold the words of each message one after the other; ``numbers``
    are those of the messages, ``told`` (one row a message) which types its keys tell of.
    """

    def __init__(self, table: dict[str, npt.NDArray[Any]]) -> None:
        self._words, self._rare = table["words"], table["rare"].astype(np.float64)
        self._starts = np.append(0, table["ends"][:-1]).astype(np.int64)
        self._columns = table["columns"].astype(np.int64)
        self._weights = table["weights"].astype(np.float64)
        self.told = table["told"].astype(np.float64)
        self._numbers = table["numbers"]

    def query(self, words: Sequence[str]) -> Floats:
        """A message as weights of the known words, of length one."""
        found = np.zeros(len(self._words))
        for term, count in terms_of(words).items():
            at = int(np.searchsorted(self._words, term))
            if at < len(self._words) and self._words[at] == term:
                found[at] = (1 + math.log(count)) * self._rare[at]
        size = math.sqrt(float(found @ found))
        return found / size if size else found

    def numbers(self, words: Sequence[str], own: int = 0) -> list[float]:
        """Shares of each type among the messages most like these words, and how like they are.

        ``own`` is the number of a message of the development set (see :func:`strangers`).
        """
        like = np.add.reduceat(self.query(words)[self._columns] * self._weights, self._starts)
        if own:
            like[~strangers(self._numbers, own)] = 0.0
        order = np.argsort(-like, kind="stable")
        found: list[float] = []
        for size in NEAREST:
            near = order[:size]
            share = np.square(like[near])
            total = float(share.sum()) or 1.0
            found += (share @ self.told[near] / total).tolist()
            found.append(float(like[near].mean()))
        return found


@cache
def load(path: Path = DATA / "neighbours.npz") -> Neighbours:
    """The neighbours that come with the benchmark."""
    with np.load(path) as stored:
        return Neighbours({name: stored[name] for name in stored.files})
