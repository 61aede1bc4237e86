"""How often the sentences of a message speak of each kind of deed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from benchmarks.muc.lists import lists


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    table = lists()["speaks_of"]
    return tuple(re.compile(rf"\b(?:{'|'.join(stems)})\b") for stems in table.values())


def spoken_of(
    words: Sequence[str], sentence: npt.NDArray[np.intp], sentences: int
) -> npt.NDArray[np.float64]:
    """Counts, a row a sentence and a column a kind of deed; ``sentence`` has that of each word."""
    found = np.zeros((sentences, len(_patterns())))
    for n in range(sentences):
        low, high = np.searchsorted(sentence, (n, n + 1))
        text = " ".join(words[low:high])
        found[n] = [sum(1 for _ in pattern.finditer(text)) for pattern in _patterns()]
    return found
