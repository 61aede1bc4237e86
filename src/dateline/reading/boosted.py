"""Scores of small boosted trees kept as JSON, without the library that grew them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ROWS = 64  # rows scored at a time, so that the work stays in the processor's cache


class BoostedTrees:
    """Sum of regression trees of at most 16 leaves, each a flat list of nodes.

    A node is ``feature, threshold, left, right``; a value not above the threshold goes
    left. A negative child ``-1 - k`` is leaf ``k``.

    All nodes of all trees are tested at once. Each node that sends a row to the right
    rules out the leaves on its left; the first leaf that is left over is the one the row
    falls in (QuickScorer, Lucchese et al., SIGIR 2015).
    """

    def __init__(self, table: dict[str, Any]) -> None:
        self.features: tuple[str, ...] = tuple(table["features"])
        trees = table["trees"]
        inner = max(len(tree["feature"]) for tree in trees)
        if inner > 15:
            raise ValueError("a tree has more than 16 leaves")
        shape = (len(trees), inner)
        feature = np.zeros(shape, dtype=np.intp)
        threshold = np.full(shape, np.inf)
        mask = np.full(shape, 0xFFFF, dtype=np.uint16)
        self._leaf = np.zeros((len(trees), inner + 1))
        for n, tree in enumerate(trees):
            order: list[float] = []
            feature[n, : len(tree["feature"])] = tree["feature"]
            threshold[n, : len(tree["feature"])] = tree["threshold"]
            _leaves(tree, 0, order, mask[n])
            self._leaf[n, : len(order)] = order
        self._feature = feature.ravel()
        self._threshold = threshold.ravel()
        self._mask = mask
        self._trees = np.arange(len(trees))
        # The number of the lowest set bit.
        numbers = np.arange(1 << 16, dtype=np.int32)
        self._lowest = np.zeros(1 << 16, dtype=np.uint8)
        self._lowest[1:] = np.round(np.log2((numbers & -numbers)[1:])).astype(np.uint8)

    @classmethod
    def of(cls, table: dict[str, Any], features: Sequence[str]) -> BoostedTrees:
        """A stored model, checked to have been trained on these features.

        Raises ValueError where it was not: a model and its features change together.
        """
        model = cls(table)
        if model.features != tuple(features):
            raise ValueError("the stored model was trained on other features")
        return model

    def score(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The raw score of each row of features: log odds, or a rank score."""
        total = np.zeros(len(rows))
        every = np.uint16(0xFFFF)
        for start in range(0, len(rows), _ROWS):
            part = rows[start : start + _ROWS]
            left = part[:, self._feature] <= self._threshold
            shape = (len(part), *self._mask.shape)
            open_leaves = np.where(left.reshape(shape), every, self._mask)
            first = self._lowest[np.bitwise_and.reduce(open_leaves, axis=2)]
            total[start : start + _ROWS] = self._leaf[self._trees, first].sum(axis=1)
        return total


def _leaves(
    tree: dict[str, Any], node: int, order: list[float], mask: NDArray[np.uint16]
) -> tuple[int, int]:
    """Number the leaves from left to right; set each node's mask; give its leaf range."""
    start = len(order)
    for side in ("left", "right"):
        if side == "right":
            ruled_out = ((1 << len(order)) - 1) & ~((1 << start) - 1)
            mask[node] = 0xFFFF & ~ruled_out
        child = tree[side][node]
        if child < 0:
            order.append(tree["leaf"][-1 - child])
        else:
            _leaves(tree, child, order, mask)
    return start, len(order)
