"""How likely an attribution is right: a logistic model over what it was decoded from.

Right is what PolNeAR's scorer calls so: the content overlaps the annotator's by half and
the sources touch. The weights were fitted on texts held out of train.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

FEATURES = 10


def features(
    *,
    content: float,
    end: float,
    tie: float,
    cue: float,
    source: float | None,
    choice: float,
    pieces: int,
    after: bool,
    apart: int,
) -> tuple[float, ...]:
    """``content``, ``cue`` and ``source``: the mean probability of their tags (no source:
    None); ``end``: that the content ends where it does; ``tie``: that it belongs to its
    cue; ``choice``: that the source, or none, is the cue's; ``apart``: words between cue
    and content; ``after``: whether the content comes after its cue.
    """
    return (
        _logit(content),
        _logit(end),
        _logit(tie),
        _logit(cue),
        _logit(choice),
        1.0 if source is not None else 0.0,
        _logit(source) if source is not None else 0.0,
        1.0 if pieces > 1 else 0.0,
        math.log1p(max(apart, 0)),
        1.0 if after else 0.0,
    )


def _logit(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return math.log(share / (1 - share))


def likely(row: Sequence[float], weights: Sequence[float]) -> float:
    """The probability; ``weights`` has one number a feature and a last one for all."""
    total = weights[-1] + sum(x * w for x, w in zip(row, weights[:-1], strict=True))
    return 1.0 / (1.0 + math.exp(-min(max(total, -50.0), 50.0)))
