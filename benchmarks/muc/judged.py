"""The second step: boosted trees that weigh candidates and messages, from one JSON file.

"type ..." says how likely a message tells of an incident of a type; each slot has trees that
give what the scorer will credit a candidate with on average (a partly right fill counts half).
"together" says how likely two targets are of one incident.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.muc.candidates import Candidate, sigmoid
from benchmarks.muc.spans import DATA
from dateline.reading.boosted import BoostedTrees


class Judge:
    """The boosted trees by name; see training/muc4.py for how they come about."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.trees = {name: BoostedTrees(one) for name, one in table["trees"].items()}
        self.words: Mapping[str, Mapping[str, Sequence[float]]] = table["words"]

    def chances(self, name: str, rows: Sequence[Sequence[float]]) -> list[float]:
        """One chance a row."""
        if not rows:
            return []
        scores = self.trees[name].score(np.array(rows, dtype=np.float64))
        return [float(one) for one in sigmoid(scores)]

    def weighed(self, candidates: Sequence[Candidate]) -> dict[str, list[tuple[float, Candidate]]]:
        """The candidates of each slot with their chances, the likeliest first."""
        found: dict[str, list[tuple[float, Candidate]]] = {}
        for slot in sorted({one.slot for one in candidates}):
            own = [one for one in candidates if one.slot == slot]
            chances = self.chances(slot, [one.numbers for one in own])
            found[slot] = sorted(
                zip(chances, own, strict=True),
                key=lambda pair: (-pair[0], pair[1].group.number),
            )
        return found

    def types(self, numbers: Sequence[float], kinds: Sequence[str]) -> dict[str, float]:
        """The chance of each type of incident, of a message with these numbers."""
        return {kind: self.chances(f"type {kind}", [numbers])[0] for kind in kinds}

    def classes(self, name: str, seen: Sequence[str]) -> npt.NDArray[np.float64]:
        """The chances of the classes of a set fill by the words of what it is of."""
        weights = self.words[name]
        scores = np.array([weights[one] for one in ("*", *seen) if one in weights]).sum(axis=0)
        chances = np.exp(scores - scores.max())
        return np.asarray(chances / chances.sum())


@cache
def load(path: Path = DATA / "judge.json") -> Judge:
    """The judge that comes with the benchmark."""
    return Judge(json.loads(path.read_text(encoding="utf-8")))
