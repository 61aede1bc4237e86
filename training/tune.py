"""Fits and tunes all numbers of decoding on texts held out of train, never on dev."""

from __future__ import annotations

import msgspec

from dateline.reading.attribution.decoding import Rules
from training import evaluate, pairing, surety

OUTSIDE = (-2.0, -1.5, -1.0, -0.5)
KEEP = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
EQUAL = 0.2
"""Scores that differ by less are equal: then the lower threshold, which loses fewer claims."""


def search(encoded, documents, rules: Rules) -> Rules:
    """The bias against "outside", and the surety below which an attribution is dropped."""
    tried: list[tuple[float, Rules]] = []
    for outside in OUTSIDE:
        fitted = msgspec.structs.replace(rules, outside=outside, keep=0.0)
        fitted = pairing.fitted(encoded, documents, fitted)
        fitted = surety.fitted(encoded, documents, fitted)
        for keep in KEEP:
            trial = msgspec.structs.replace(fitted, keep=keep)
            scores = evaluate.score(encoded, documents, trial)
            tried.append((scores["attribution"]["f1"], trial))
    best = max(f1 for f1, _ in tried)
    good = [trial for f1, trial in tried if f1 >= best - EQUAL]
    return min(good, key=lambda trial: (trial.keep, -trial.outside))
