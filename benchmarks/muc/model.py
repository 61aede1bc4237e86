"""The linear models of the benchmark, scored in plain Python from one JSON file.

All are logistic regressions over present/absent features: "relevance" (one a type),
"slots" (one a kind of fill, a phrase) and "attributes" (one a class) for set fills.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.muc.phrases import DATA

Weights = dict[str, float]


class Model:
    """Weights read from a file; see training/muc_linear.py for how they come about."""

    def __init__(self, table: dict[str, dict[str, Weights | dict[str, Weights]]]) -> None:
        self.relevance: dict[str, Weights] = table["relevance"]  # type: ignore[assignment]
        self.slots: dict[str, Weights] = table["slots"]  # type: ignore[assignment]
        self.attributes: dict[str, dict[str, Weights]] = table["attributes"]  # type: ignore[assignment]
        self._names = tuple(sorted(self.slots))
        self._rows: dict[str, list[float]] = {}
        for n, name in enumerate(self._names):
            for feature, weight in self.slots[name].items():
                self._rows.setdefault(feature, [0.0] * len(self._names))[n] = weight

    def slot_chances(self, features: Sequence[str]) -> dict[str, float]:
        """The chance of a phrase with these features to fill each kind of slot."""
        rows = [self._rows["*"]]
        rows += [self._rows[one] for one in dict.fromkeys(features) if one in self._rows]
        totals = np.clip(np.array(rows).sum(axis=0), -30.0, 30.0)
        return dict(zip(self._names, (1.0 / (1.0 + np.exp(-totals))).tolist(), strict=True))


def probability(weights: Weights, features: Sequence[str]) -> float:
    """The probability one model gives."""
    # fsum gives the same total in any order, so that the order of a set cannot show.
    total = math.fsum([weights.get("*", 0.0), *(weights.get(one, 0.0) for one in set(features))])
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def load(path: Path = DATA / "model.json") -> Model:
    """The model that comes with the benchmark."""
    return Model(json.loads(path.read_text(encoding="utf-8")))
