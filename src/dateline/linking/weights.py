"""Match weights after Fellegi and Sunter (1969), from a file people can review.

The weight of a level is log2(m / u): ``m`` is how often two mentions of one incident
are at that level, ``u`` how often two of different incidents are. A missing value
weighs nothing. The sum, with the prior, is the match weight: each unit doubles the odds
that both are one incident. These are the numbers Splink is given as well.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from dateline.linking.candidate import Candidate
from dateline.linking.comparisons import COMPARISONS
from dateline.linking.levels import Comparison, Level


class Agreement(NamedTuple):
    """What one comparison says of two mentions: its level and the weight of it."""

    comparison: Comparison
    level: Level
    weight: float


class Weights(NamedTuple):
    """The prior, and m and u of every level."""

    prior: float
    m: dict[tuple[str, str], float]
    u: dict[tuple[str, str], float]

    def of(self, comparison: str, level: str) -> float:
        """log2(m / u)."""
        return math.log2(self.m[comparison, level] / self.u[comparison, level])

    @property
    def probability(self) -> float:
        """The prior as a probability, as Splink wants it."""
        odds = math.exp2(self.prior)
        return odds / (1 + odds)


@cache
def weights() -> Weights:
    """The weights that come with Dateline.

    Raises KeyError for a level without weights, which a test rules out.
    """
    text = files("dateline.linking").joinpath("data/weights.toml").read_text(encoding="utf-8")
    return parse(tomllib.loads(text))


def parse(data: dict[str, Any]) -> Weights:
    """Weights from the content of a file; see data/weights.toml for its form."""
    m: dict[tuple[str, str], float] = {}
    u: dict[tuple[str, str], float] = {}
    for comparison in COMPARISONS:
        for level in comparison.levels:
            given = data[comparison.name][level.name]
            m[comparison.name, level.name] = float(given["m"])
            u[comparison.name, level.name] = float(given["u"])
    return Weights(prior=float(data["prior"]), m=m, u=u)


@cache
def _table() -> tuple[float, tuple[tuple[Any, dict[str | None, float]], ...]]:
    known = weights()
    rows = []
    for comparison in COMPARISONS:
        values: dict[str | None, float] = {None: 0.0}
        for level in comparison.levels:
            values[level.name] = known.of(comparison.name, level.name)
        rows.append((comparison.level, values))
    return known.prior, tuple(rows)


def match_weight(a: Candidate, b: Candidate) -> float:
    """The match weight of two mentions; the same whichever comes first."""
    total, rows = _table()
    for level, values in rows:
        total += values[level(a, b)]
    return round(total, 6)


def agreements(a: Candidate, b: Candidate) -> list[Agreement]:
    """What each comparison says of two mentions; those with a missing value are left out."""
    known = weights()
    found = []
    for comparison in COMPARISONS:
        name = comparison.level(a, b)
        if name is None:
            continue
        level = next(level for level in comparison.levels if level.name == name)
        found.append(Agreement(comparison, level, known.of(comparison.name, name)))
    return found
