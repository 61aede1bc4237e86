"""Policies: from the standing figures of one effect to low, best and high.

A policy is an object with a ``name`` and an ``estimate`` method; ``POLICIES`` holds
those that come with Dateline.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from dateline.model import Toll
from dateline.tally.figures import Figure


class Policy(Protocol):
    """How a toll is estimated from one figure a root."""

    name: str

    def estimate(self, figures: Sequence[Figure]) -> Toll:
        """Low, best and high; ``figures`` has one entry a root and is never empty."""
        ...


class DefaultPolicy:
    """Best is what most independent roots support; low and high are the extremes.

    Ties go to the latest report, then to the lower number, as conservative coders do
    (UCDP GED codebook 23.1, on ``best``, ``low`` and ``high``).
    """

    name = "default"

    def estimate(self, figures: Sequence[Figure]) -> Toll:
        """See the class."""
        points = sorted({f.point for f in figures if f.point is not None})
        support = {p: [f for f in figures if f.allows(p)] for p in points}

        def rank(point: int) -> tuple[int, object, int]:
            backers = support[point]
            newest = max(
                (f.latest.order[:1] for f in backers if f.point == point),
                default=max(f.latest.order[:1] for f in backers),
            )
            return (len(backers), newest, -point)

        best = max((p for p in points if support[p]), key=rank)
        lows = [f.min for f in figures if f.min is not None]
        highs = [f.max for f in figures if f.max is not None] + points
        low = min([*lows, best])
        high = max([*highs, best])
        backers = support[best]
        claims = tuple(sorted({t.claim.id for f in figures for t in f.testimonies}))
        return Toll(
            low=low, best=best, high=high, rule=self._words(backers, figures), claims=claims
        )

    def _words(self, backers: Sequence[Figure], figures: Sequence[Figure]) -> str:
        if len(figures) == 1:
            return f"the only source with a figure: {figures[0].root}"
        names = ", ".join(f.root for f in backers)
        return (
            f"supported by {len(backers)} of {len(figures)} independent sources ({names}); "
            "ties to the latest, then the lower"
        )


POLICIES: dict[str, Policy] = {"default": DefaultPolicy()}
