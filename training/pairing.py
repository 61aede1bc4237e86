"""Fits the weights of ``reading.attribution.pairing`` on texts the encoder did not train on."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import torch

from dateline.reading.attribution import decoding as attribution
from dateline.reading.attribution import pairing
from dateline.reading.encoder import Encoded
from training.attribution import targets
from training.polnear import Document

Case = tuple[np.ndarray, int]
"""The features of some candidates, and the place of the right one; after the last: none."""


def collect(
    encoded: Sequence[Encoded], documents: Sequence[Document], rules: attribution.Rules
) -> dict[int, list[Case]]:
    """The choices of every content (a cue) and of every cue that is one (a source)."""
    found: dict[int, list[Case]] = {pairing.SOURCE: [], pairing.CONTENT: []}
    for one, document in zip(encoded, documents, strict=True):
        gold = targets(one.tokens, document.readings[0][1])
        anchors, is_source = gold["links"], np.isin(gold["tags"], (1, 2))
        sourced = np.unique(anchors[is_source])
        tags = attribution.tag_shares(one, rules)
        spans = attribution._spans(tags)
        cues = [(start, end) for role, start, end in spans if role == pairing.CUE]
        offered: list[list[tuple[bool, np.ndarray]]] = [[] for _ in cues]
        for role, start, end, near, rows in attribution.candidates(one, rules, tags, spans):
            to = anchors[start:end]
            right = [bool(((to >= cues[n][0]) & (to < cues[n][1])).any()) for n in near]
            if role == pairing.CONTENT:
                found[role].append((rows, right.index(True) if True in right else len(right)))
            for n, row, fits in zip(near, rows, right, strict=True):
                if role == pairing.SOURCE:
                    offered[n].append((fits, row))
        for (start, end), sources in zip(cues, offered, strict=True):
            fits = [fit for fit, _ in sources]
            own = anchors[start:end][anchors[start:end] >= 0]
            # A cue that is none, or whose source was not read, says nothing of pairing.
            if len(own) and fits and (True in fits or not np.isin(own, sourced).any()):
                choice = fits.index(True) if True in fits else len(fits)
                found[pairing.SOURCE].append((np.stack([row for _, row in sources]), choice))
    return found


def fit(cases: list[Case], penalty: float = 1e-3) -> tuple[float, ...]:
    """Conditional logit by L-BFGS; the last weight is that of none."""
    most = max(len(rows) for rows, _ in cases)
    rows = np.zeros((len(cases), most + 1, pairing.FEATURES + 1))
    real = np.zeros((len(cases), most + 1), dtype=bool)
    for n, (one, _) in enumerate(cases):
        rows[n, : len(one), :-1], real[n, : len(one) + 1] = one, True
        rows[n, len(one), -1] = 1.0
    x, mask = torch.from_numpy(rows), torch.from_numpy(real)
    y = torch.tensor([right for _, right in cases])
    weights = torch.zeros(pairing.FEATURES + 1, dtype=torch.float64, requires_grad=True)
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
