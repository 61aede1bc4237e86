"""Fits the weights of ``reading.attribution.surety`` on texts the encoder did not train on."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import torch

from dateline.reading.attribution import decoding
from dateline.reading.encoder import Encoded
from training import scoring
from training.polnear import Document


def fitted(
    encoded: Sequence[Encoded], documents: Sequence[Document], rules: decoding.Rules
) -> decoding.Rules:
    """Logistic regression of what the scorer calls right."""
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    for one, document in zip(encoded, documents, strict=True):
        found = list(decoding.decoded(one, rules))
        gold = [gold for gold in document.readings[0][1] if gold.content]
        words = scoring.Words(document.text)
        pairs = scoring.match(words, gold, [attribution for attribution, _ in found])
        matched = {place for _, place in pairs}
        rows += [row for _, row in found]
        right += [place in matched for place in range(len(found))]
    return msgspec.structs.replace(rules, surety=fit(np.array(rows), np.array(right)))


def fit(rows: np.ndarray, right: np.ndarray, penalty: float = 1e-3) -> tuple[float, ...]:
    """L-BFGS; the last weight is the intercept, which is not held back."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    x, y = (
        torch.from_numpy((rows - middle) / spread),
        torch.from_numpy(right.astype(float)),
    )
    weights = torch.zeros(rows.shape[1] + 1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scores = x @ weights[:-1] + weights[-1]
        value = torch.nn.functional.binary_cross_entropy_with_logits(scores, y)
        value = value + penalty * weights[:-1].square().sum()
        value.backward()
        return value

    optimiser.step(loss)
    found = weights.detach().numpy()
    plain = found[:-1] / spread
    return (
        *(round(float(value), 4) for value in plain),
        round(float(found[-1] - plain @ middle), 4),
    )
