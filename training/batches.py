"""Texts to batches of windows, as the run time will cut them but shifted at random."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from dateline.reading.encoder import _CLS, _SEP, WINDOW, Tokens
from training.attribution import IGNORE


@dataclass
class Example:
    """A text with, for each annotator, the heads' targets by word."""

    name: str
    tokens: Tokens
    readings: list[tuple[int, dict[str, np.ndarray]]]


def _window(
    rng: np.random.Generator, example: Example, reading: int, start: int, end: int
) -> dict[str, np.ndarray]:
    tokens, size = example.tokens, WINDOW + 2
    reader, target = example.readings[reading]
    ids = np.zeros(size, dtype=np.int64)
    ids[0] = _CLS
    ids[1 : end - start + 1] = tokens.ids[start:end]
    ids[end - start + 1] = _SEP
    low, high = np.searchsorted(tokens.first, (start, end))
    rows = tokens.first[low:high] - start + 1
    first = np.zeros(size, dtype=bool)
    first[rows] = True
    tags = np.full(size, IGNORE, dtype=np.int64)
    tags[rows] = target["tags"][low:high]
    links = np.full(size, IGNORE, dtype=np.int64)
    # One of several anchors, at random: on average each gets its share of the link.
    several = target["links"][low:high]
    picked = (rng.random(len(several)) * (several >= 0).sum(axis=1)).astype(np.int64)
    pointed = several[np.arange(len(several)), picked]
    inside = (pointed >= low) & (pointed < high)
    links[rows[inside]] = rows[pointed[inside] - low]
    return {
        "ids": ids,
        "real": np.arange(size) < end - start + 2,
        "first": first,
        "words": np.maximum(np.cumsum(first) - 1, 0),
        "tags": tags,
        "links": links,
        "reader": np.int64(reader),
    }


def epoch(
    examples: list[Example], size: int, rng: np.random.Generator
) -> Iterator[dict[str, torch.Tensor]]:
    """Every text once, cut at random places, by one of its annotators at random."""
    places = []
    for n, example in enumerate(examples):
        length = len(example.tokens.ids)
        reading = int(rng.integers(len(example.readings)))
        start = -int(rng.integers(WINDOW // 2)) if length > WINDOW else 0
        while start < length - 16:
            low = min(max(start, 0), max(length - WINDOW, 0))
            places.append((n, reading, low, min(low + WINDOW, length)))
            start += WINDOW - 16
    order = rng.permutation(len(places))
    for k in range(0, len(order), size):
        some = (places[i] for i in order[k : k + size])
        windows = [_window(rng, examples[n], *rest) for n, *rest in some]
        yield {
            key: torch.from_numpy(np.stack([window[key] for window in windows]))
            for key in windows[0]
        }
