"""Fit the scores of claims (src/dateline/reading/data/confidence.json).

    python -m training.calibration --corpora ../shared/corpora [--rows FILE]

Needs scikit-learn (dependency group "training"). Reads the labelled texts of
benchmarks/labelled_claims.py, fits one logistic model a kind of claim and writes its
weights. ``--rows`` keeps the claims read in a file, so that a second run is quick.

Choices, made by cross-validation over documents and written down in docs/reading.md:
a strong penalty (``STRENGTH``), since labels are few; names of features seen in fewer
than ``LEAST`` claims are left out, so a rule too rare to judge is judged by the rest;
texts on which the rules were mended count ``MENDED`` as much as others, since almost all
that is read there is right by now, which says little of a new text.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from benchmarks.calibration import FRESH, KINDS, gather
from benchmarks.labelled_claims import Row
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

OUT = Path(__file__).parent.parent / "src" / "dateline" / "reading" / "data" / "confidence.json"
MENDED = 0.2
STRENGTH = 0.3
LEAST = 8
FOLDS = 10
NOTE = (
    "Made by training/calibration.py: weights of logistic models, '*' is the constant. "
    "What a feature means: confidence.py beside this folder. Fitted on {}."
)


def fit(rows: list[Row]) -> dict[str, float]:
    """The weights of one kind."""
    seen = Counter(name for row in rows for name in row.features)
    names = sorted(name for name, count in seen.items() if count >= LEAST)
    table = np.array([[row.features.get(name, 0.0) for name in names] for row in rows])
    right = np.array([row.right for row in rows])
    trust = np.array([1.0 if row.pool in FRESH else MENDED for row in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-8)
    model.fit(table, right, sample_weight=trust)
    found = {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True)}
    kept = {name: weight for name, weight in found.items() if weight}
    return {"*": round(float(model.intercept_[0]), 3), **kept}


def held_out(rows: list[Row]) -> list[Row]:
    """The rows with scores of models that have not seen their document."""
    from dateline.reading.confidence import chance

    groups = [f"{row.pool} {row.document}" for row in rows]
    scored: dict[int, Row] = {}
    folds = GroupKFold(FOLDS, shuffle=True, random_state=1)
    for learn, judge in folds.split(np.zeros((len(rows), 1)), groups=groups):
        weights = fit([rows[n] for n in learn])
        for n in judge:
            scored[int(n)] = rows[n]._replace(score=chance(weights, rows[n].features))
    return [scored[n] for n in sorted(scored)]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=Path)
    options = parser.parse_args()
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for row in gather(options.corpora, options.rows):
        by_kind[row.kind].append(row)
    pools = Counter(row.pool for kind in KINDS for row in by_kind[kind])
    counts = ", ".join(f"{count} claims of {pool}" for pool, count in sorted(pools.items()))
    weights = {kind: fit(by_kind[kind]) for kind in KINDS}
    table = {"note": NOTE.format(counts), "weights": weights}
    OUT.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for kind in KINDS:
        print(f"{kind}: {len(by_kind[kind])} claims, {len(weights[kind]) - 1} features")


if __name__ == "__main__":
    main()
