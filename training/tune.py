"""Tunes the numbers of decoding on texts held out of train, never on dev."""

from __future__ import annotations

import msgspec

from dateline.reading.attribution.decoding import Rules
from training import evaluate

GRID = {
    "outside": (-0.5, -0.3, -0.1, 0.0, 0.2),
    "keep": (0.0, 0.1, 0.2, 0.25, 0.3, 0.4),
}


def search(encoded, documents, rules: Rules) -> Rules:
    """Coordinate ascent on attribution F1, two rounds."""
    best = evaluate.score(encoded, documents, rules)["attribution"]["f1"]
    for _ in range(2):
        for name, values in GRID.items():
            for value in values:
                trial = msgspec.structs.replace(rules, **{name: value})
                f1 = evaluate.score(encoded, documents, trial)["attribution"]["f1"]
                if f1 > best:
                    best, rules = f1, trial
    return rules
