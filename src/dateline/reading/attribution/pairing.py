"""Which cue a content, and which source a cue, belongs to: small conditional logits.

A content chooses among the cues nearby. A source may serve several cues, so it does not
choose: a cue chooses among the sources nearby.

The encoder's link is one of its features. The others say how far the cue is and what
stands between: other cues, sources, contents, ends of sentences and paragraphs,
quotation marks; and how sure the tags are of the cue and of the span. One candidate
more is "none": the cue of this content was not found, or nobody is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dateline.reading.encoder import Encoded

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SOURCE, CUE, CONTENT = 1, 2, 3
FEATURES = 19
_STOP = re.compile(r"[.!?]")
_QUOTE = re.compile('["“”«»]')


class Surroundings:
    """Running counts over the words of a text of what may stand between two spans."""

    def __init__(self, encoded: Encoded, spans: list[tuple[int, int, int]]) -> None:
        count = len(encoded.tokens)
        starts = encoded.tokens.starts
        marks = (re.compile("\n"), _STOP, _QUOTE)
        rows = [self._count(starts, [m.start() for m in k.finditer(encoded.text)]) for k in marks]
        for role in (SOURCE, CUE, CONTENT):
            opened = np.zeros(count + 1, dtype=np.int64)
            opened[[start + 1 for kind, start, _ in spans if kind == role]] = 1
            rows.append(np.cumsum(opened))
        # Rows: line breaks, stops, quotation marks, sources, cues, contents.
        self.counts: Ints = np.stack(rows)

    @staticmethod
    def _count(starts: npt.NDArray[np.int32], places: list[int]) -> Ints:
        """How many places lie before each word (a word that is one counts itself not)."""
        before = np.searchsorted(np.asarray(places, dtype=np.int64), starts)
        last = before[-1:] if len(before) else np.zeros(1, dtype=np.int64)
        return np.concatenate([before, last]).astype(np.int64)


def features(
    around: Surroundings,
    span: tuple[Ints, Ints],
    cues: Ints,
    cue_ends: Ints,
    mass: Floats,
    most: Floats,
    sure: tuple[Floats, Floats],
) -> Floats:
    """One row for each pair of a span (its first word and end) and a cue.

    ``mass`` is the encoder's link, ``most`` the highest that the span has with any cue,
    ``sure`` the mean probability of the span's tags and of the cue's.
    """
    start, end = span
    after = cues >= end
    low = np.where(after, end, cue_ends)
    high = np.maximum(np.where(after, cues, start), low)
    gap = high - low

    between: Floats = np.minimum(around.counts[:, high] - around.counts[:, low], 3).astype(float)
    lines, stops, quotes, sources, cued, contents = between
    far = np.log1p(gap)
    rows = np.empty((len(cues), FEATURES))
    columns = (
        np.log(mass + 1e-4),
        far,
        np.minimum(gap, 60) / 20,
        after,
        gap == 0,
        gap <= 1,
        cued,
        sources,
        contents,
        lines > 0,
        stops,
        quotes,
        after * far,
        after * stops,
        after * cued,
        after * (lines > 0),
        mass == most,
        np.log(sure[0] + 1e-4),
        np.log(sure[1] + 1e-4),
    )
    for n, column in enumerate(columns):
        rows[:, n] = column
    return rows


def shares(rows: Floats, weights: Sequence[float]) -> Floats:
    """The probability of each candidate and, last, of none; they sum to one.

    ``weights`` has one number a feature and a last one for none.
    """
    likely: Floats = np.empty(len(rows) + 1)
    np.matmul(rows, np.asarray(weights[:-1]), out=likely[:-1])
    likely[-1] = weights[-1]
    likely -= likely.max()
    np.exp(likely, out=likely)
    likely /= likely.sum()
    return likely
