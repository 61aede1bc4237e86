"""Fits the weights of ``dateline.reading.pairing`` on texts the encoder was not trained on."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import torch

from dateline.reading import attribution, pairing
from dateline.reading.encoder import Encoded
from training.attribution import targets
from training.polnear import Document


def collect(
    encoded: Sequence[Encoded], documents: Sequence[Document], rules: attribution.Rules
) -> dict[int, list[tuple[np.ndarray, int]]]:
    """For each role: (features of the candidates, index of the right one)."""
    found: dict[int, list[tuple[np.ndarray, int]]] = {pairing.SOURCE: [], pairing.CONTENT: []}
    for one, document in zip(encoded, documents, strict=True):
        links = targets(one.tokens, document.readings[0][1])["links"][:, 0]
        tags = attribution.tag_shares(one, rules)
        spans = attribution._spans(tags)
        cues = np.array([(i, j) for role, i, j in spans if role == pairing.CUE]).reshape(-1, 2)
        free = np.ones(len(tags), dtype=bool)
        for role, start, end in spans:
            free[start:end] = role == pairing.CUE
        around = pairing.Surroundings(one, spans)
        for role, start, end in spans:
            if role == pairing.CUE:
                continue
            low, mass = attribution._link(one, rules, start, end)
            mass = mass * free[low : low + len(mass)]
            first, last = np.searchsorted(cues[:, 0], (low, low + len(mass)))
            near = cues[first:last]
            gold = links[start:end][links[start:end] >= 0]
            right = len(near)
            if len(gold):
                anchor = np.bincount(gold).argmax()
                hits = np.flatnonzero((near[:, 0] <= anchor) & (anchor < near[:, 1]))
                right = int(hits[0]) if len(hits) else right
            rows = attribution.candidates(around, low, mass, near, (start, end))
            found[role].append((rows, right))
    return found


def fit(cases: list[tuple[np.ndarray, int]], penalty: float = 1e-3) -> tuple[float, ...]:
    """Conditional logit by L-BFGS."""
    most = max(len(rows) for rows, _ in cases)
    rows = np.zeros((len(cases), most, pairing.FEATURES))
    real = np.zeros((len(cases), most), dtype=bool)
    for n, (one, _) in enumerate(cases):
        rows[n, : len(one)], real[n, : len(one)] = one, True
    x, mask = torch.from_numpy(rows), torch.from_numpy(real)
    y = torch.tensor([right for _, right in cases])
    weights = torch.zeros(pairing.FEATURES, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scores = (x @ weights).masked_fill(~mask, -1e9)
        value = torch.nn.functional.cross_entropy(scores, y) + penalty * weights.square().sum()
        value.backward()
        return value

    optimiser.step(loss)
    return tuple(round(float(value), 4) for value in weights.detach())


def fitted(
    encoded: Sequence[Encoded], documents: Sequence[Document], rules: attribution.Rules
) -> attribution.Rules:
    cases = collect(encoded, documents, rules)
    return msgspec.structs.replace(
        rules,
        source_pairing=fit(cases[pairing.SOURCE]),
        content_pairing=fit(cases[pairing.CONTENT]),
    )
