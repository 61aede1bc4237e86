"""Pairs of mentions that may be one incident, with their match weights."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

JOIN = 0.0
"""Least match weight of a pair that may join two groups, and of the average over all
pairs between the groups: from 0 on it is more likely than not that they are one."""

MILLION = 1_000_000
"""Match weights are kept and added up in millionths, as whole numbers, so that the order
of adding cannot change a sum."""

_AT_ONCE = 1 << 16  # edges turned into Python's objects in one piece


class Edge(NamedTuple):
    """Two mentions, the smaller id first, and their match weight."""

    a: str
    b: str
    weight: float


def millionths(weight: float) -> int:
    """A match weight as it is kept and added up."""
    return round(weight * MILLION)


class Edges:
    """Many edges, by their ends: three columns of numbers, a few bytes an edge.

    ``ids`` are mentions, sorted; ``a`` and ``b`` are places in it, ``a`` the smaller;
    ``weight`` is in millionths. Each pair may come once.
    """

    def __init__(
        self,
        ids: Sequence[str],
        a: npt.NDArray[np.int32],
        b: npt.NDArray[np.int32],
        weight: npt.NDArray[np.int32],
    ) -> None:
        import numpy as np

        order = np.lexsort((b, a))
        self._ids = ids
        self._a, self._b, self._weight = a[order], b[order], weight[order]
        self._rank = {mention: rank for rank, mention in enumerate(ids)}
        first = np.searchsorted(self._a, np.arange(len(ids) + 1, dtype=np.int32))
        # Single numbers are read from a memoryview in a fraction of the time.
        self._first = first.astype(np.int64).data
        self._others, self._weights = self._b.data, self._weight.data

    @classmethod
    def of(cls, edges: Iterable[Edge]) -> Edges:
        """The same edges in columns."""
        import numpy as np

        if isinstance(edges, Edges):
            return edges
        edges = list(edges)
        ids = sorted({end for edge in edges for end in (edge.a, edge.b)})
        rank = {mention: place for place, mention in enumerate(ids)}
        return cls(
            ids,
            np.array([rank[edge.a] for edge in edges], np.int32),
            np.array([rank[edge.b] for edge in edges], np.int32),
            np.array([millionths(edge.weight) for edge in edges], np.int32),
        )

    def __len__(self) -> int:
        return len(self._a)

    def __iter__(self) -> Iterator[Edge]:
        for start in range(0, len(self), _AT_ONCE):
            piece = slice(start, start + _AT_ONCE)
            for a, b, weight in zip(
                self._a[piece].tolist(),
                self._b[piece].tolist(),
                self._weight[piece].tolist(),
                strict=True,
            ):
                yield Edge(self._ids[a], self._ids[b], weight / MILLION)

    def strongest_first(self) -> Iterator[tuple[str, str]]:
        """The ends of the edges, the heaviest first, of equal ones the smaller ids."""
        import numpy as np

        # They stand by their ends, and a stable sort keeps that order among equals.
        order = np.argsort(-self._weight, kind="stable")
        for start in range(0, len(order), _AT_ONCE):
            piece = order[start : start + _AT_ONCE]
            for a, b in zip(self._a[piece].tolist(), self._b[piece].tolist(), strict=True):
                yield self._ids[a], self._ids[b]

    def weight(self, a: str, b: str) -> int | None:
        """The weight of a pair, the smaller id first, in millionths; None without an edge."""
        one, other = self._rank.get(a), self._rank.get(b)
        if one is None or other is None:
            return None
        end = self._first[one + 1]
        place = bisect_left(self._others, other, self._first[one], end)
        if place < end and self._others[place] == other:
            return self._weights[place]
        return None
