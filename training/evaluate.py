"""Scores a model in PyTorch by the run time's own windows and decoding."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import torch

from dateline.reading.attribution import decoding as attribution
from dateline.reading.encoder import _CLS, _SEP, Encoded, plan
from training import scoring
from training.batches import Example
from training.model import Reader
from training.polnear import Document


@torch.no_grad()
def encode(model: Reader, example: Example, text: str, reader: int = 0) -> Encoded:
    """What ``dateline.reading.encoder.Encoder.read`` gives, from the model in training."""
    model.eval()
    tokens = example.tokens
    outputs: dict[str, np.ndarray] = {}
    windows = plan(len(tokens.ids))
    for start, end, own, own_end in windows:
        ids = np.concatenate([[_CLS], tokens.ids[start:end], [_SEP]]).astype(np.int64)
        batch = {
            "ids": torch.from_numpy(ids)[None],
            "real": torch.ones(1, len(ids), dtype=torch.bool),
            "reader": torch.tensor([reader]),
        }
        low, high = np.searchsorted(tokens.first, (own, own_end))
        rows = tokens.first[low:high] - (start - 1)
        for head in model(batch).values():
            for name, value in head.items():
                array = value[0].float().numpy()
                outputs.setdefault(
                    name, np.empty((len(tokens), array.shape[-1]), dtype=np.float32)
                )[low:high] = array[rows]
    return Encoded(text, tokens, outputs)


def rules_of(model: Reader, base: attribution.Rules | None = None) -> attribution.Rules:
    distances = tuple(
        round(float(value), 4) for value in model.heads["attribution"].distances.detach()
    )
    if base is None:
        return attribution.Rules(distances=distances)
    return msgspec.structs.replace(base, distances=distances)


def encode_all(
    model: Reader, examples: Sequence[Example], documents: Sequence[Document], reader: int = 0
) -> list[Encoded]:
    return [
        encode(model, example, document.text, reader)
        for example, document in zip(examples, documents, strict=True)
    ]


def score(
    encoded: Sequence[Encoded], documents: Sequence[Document], rules: attribution.Rules
) -> dict[str, dict[str, float]]:
    """Against the first annotator of each text."""
    return scoring.total(
        scoring.count(document.text, document.readings[0][1], attribution.decode(one, rules))
        for one, document in zip(encoded, documents, strict=True)
    )
