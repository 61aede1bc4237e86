"""Which words have filled a slot in the keys of the development set, and how often.

Like the words of ``muc.neighbours`` they are known by a checksum alone.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.muc.neighbours import strangers
from benchmarks.muc.spans import DATA


def mark_of(key: Sequence[str]) -> int:
    """The checksum of the words of a span."""
    return zlib.crc32(" ".join(key).encode())


class Known:
    """Strings that filled a slot, with the messages that say them.

    ``strings`` are checksums, in order; ``ends``, ``numbers`` and ``slots`` hold the messages
    that say each, one string after the other, with the slots it fills there (one bit a slot).
    """

    def __init__(self, table: dict[str, npt.NDArray[Any]]) -> None:
        self._strings = table["strings"]
        self._ends = np.append(0, table["ends"])
        self._numbers = table["numbers"]
        self._slots = table["slots"]

    def numbers(self, key: Sequence[str], slot: int, own: int = 0) -> list[float]:
        """In how many messages words are said, and in which share of them they fill the slot, or
        any; ``own`` as in ``Neighbours.numbers``."""
        mark = mark_of(key)
        at = int(np.searchsorted(self._strings, mark))
        if at == len(self._strings) or self._strings[at] != mark:
            return [0.0, 0.0, 0.0]
        rows = slice(int(self._ends[at]), int(self._ends[at + 1]))
        told, slots = self._numbers[rows], self._slots[rows]
        if own:
            slots = slots[strangers(told, own)]
        if not len(slots):
            return [0.0, 0.0, 0.0]
        here = float(((slots >> slot) & 1).mean())
        return [math.log1p(len(slots)), here, float((slots > 0).mean())]


@cache
def load(path: Path = DATA / "known.npz") -> Known:
    """The strings that come with the benchmark."""
    with np.load(path) as stored:
        return Known({name: stored[name] for name in stored.files})
