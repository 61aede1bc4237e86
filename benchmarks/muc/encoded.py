"""The span model: one pass of a small encoder, and what its heads say of each span.

The encoder is all-MiniLM-L6-v2 with its upper layers trained on the MUC-4 development set
(``training/muc_encoder.py``), in int8; the heads are a few matrices. See data/CARD.md.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.muc.spans import DATA
from dateline.reading.encoder import _CLS, _SEP, Tokens, plan

Floats = npt.NDArray[np.floating[Any]]
SIZE, STRIDE = 510, 380  # subwords of a window, and between window starts: most texts are one
LENGTHS = 12  # lengths of spans in subwords that are told apart


@cache
def _session(path: Path) -> Any:  # noqa: ANN401 - onnxruntime has no types
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def _heads(path: Path) -> dict[str, Floats]:
    with np.load(path) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def hidden_of(tokens: Tokens, path: Path) -> Floats:
    """The encoder's last states, one row a subword."""
    session = _session(path)
    rows: Floats = np.zeros((len(tokens.ids), 384), dtype=np.float32)
    for start, end, own, own_end in plan(len(tokens.ids), SIZE, STRIDE):
        window = np.empty((1, end - start + 2), dtype=np.int32)
        window[0, 0], window[0, -1] = _CLS, _SEP
        window[0, 1:-1] = tokens.ids[start:end]
        (states,) = session.run(["hidden"], {"ids": window})
        rows[own:own_end] = states[0, own - start + 1 : own_end - start + 1]
    return rows


def _gelu(values: Floats) -> Floats:
    """GELU with Abramowitz and Stegun's 7.1.26 for erf: right to 2e-7, and numpy has none."""
    x = np.abs(values) / np.sqrt(2.0)
    t = 1.0 / (1.0 + 0.3275911 * x)
    series = 1.061405429
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = series * t + factor
    erf = np.sign(values) * (1.0 - series * t * np.exp(-x * x))
    return np.asarray(0.5 * values * (1.0 + erf))


def outputs_of(
    tokens: Tokens, spans: npt.NDArray[np.int32], folder: Path = DATA
) -> dict[str, Floats]:
    """By name: "spans", one row a span of words (first, after the last), and "about"."""
    hidden = hidden_of(tokens, folder / "encoder.onnx")
    heads = _heads(folder / "heads.npz")
    first = np.append(tokens.first, len(tokens.ids))
    low, high = first[spans[:, 0]], first[spans[:, 1]]
    sums = np.zeros((len(hidden) + 1, heads["mean"].shape[0]))
    np.cumsum(hidden @ heads["mean"].T, axis=0, out=sums[1:])
    size = high - low
    mixed = (hidden @ heads["first"].T + heads["first.bias"])[low]
    mixed = mixed + (hidden @ heads["last"].T)[high - 1]
    mixed = mixed + (sums[high] - sums[low]) / size[:, None]
    mixed = mixed + heads["length"][np.minimum(size, LENGTHS - 1)]
    spoken = _gelu(mixed) @ heads["out"].T + heads["out.bias"]
    return {"spans": spoken, "about": _about(hidden, heads)}


def _about(hidden: Floats, heads: dict[str, Floats]) -> Floats:
    if not len(hidden):
        return np.full(len(heads["about.bias"]), -10.0)
    mixed = _gelu(hidden @ heads["mix"].T + heads["mix.bias"])
    gate = mixed @ heads["gate"].T + heads["gate.bias"]
    gate = np.exp(gate - gate.max(axis=0))
    told = mixed @ heads["about"].T + heads["about.bias"]
    return np.asarray((gate / gate.sum(axis=0) * told).sum(axis=0))
