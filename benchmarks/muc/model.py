"""The linear models of the benchmark, scored in plain Python from one JSON file.

All are logistic regressions over present/absent features: "relevance" (one a type),
"slots" (one a kind of fill, a phrase), "groups" (the same, a
group of phrases as it stands in its message) and "attributes" (one a class) for set fills.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from benchmarks.muc.phrases import DATA

Weights = dict[str, float]


class Model:
    """Weights read from a file; see benchmarks/muc/train.py for how they come about."""

    def __init__(self, table: dict[str, dict[str, Weights | dict[str, Weights]]]) -> None:
        self.relevance: dict[str, Weights] = table["relevance"]  # type: ignore[assignment]
        self.slots: dict[str, Weights] = table["slots"]  # type: ignore[assignment]
        self.attributes: dict[str, dict[str, Weights]] = table["attributes"]  # type: ignore[assignment]
        self.groups: dict[str, Weights] = table.get("groups", {})  # type: ignore[assignment]
        self.people = frozenset(table.get("people", ()))

    def best(self, attribute: str, features: Sequence[str]) -> tuple[str, float]:
        """The likeliest class of an attribute, and its probability against the rest."""
        scored = {
            label: probability(weights, features)
            for label, weights in self.attributes[attribute].items()
        }
        label = max(scored, key=lambda one: (scored[one], one))
        return label, scored[label]


def probability(weights: Weights, features: Sequence[str]) -> float:
    """The probability one model gives."""
    # fsum gives the same total in any order, so that the order of a set cannot show.
    total = math.fsum([weights.get("*", 0.0), *(weights.get(one, 0.0) for one in set(features))])
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def load(path: Path = DATA / "model.json") -> Model:
    """The model that comes with the benchmark."""
    return Model(json.loads(path.read_text(encoding="utf-8")))
