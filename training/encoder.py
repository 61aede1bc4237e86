"""BERT in plain PyTorch, for the weights of all-MiniLM-L6-v2 (Wang et al. 2020).

Written out instead of taken from a library: it is short, runs in bfloat16 without
surprises, and its state dictionary keeps the names of the published weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class Shape:
    vocabulary: int = 30522
    positions: int = 512
    layers: int = 6
    width: int = 384
    heads: int = 12
    inner: int = 1536
    epsilon: float = 1e-12


class Dropout(nn.Module):
    """Drops a feature for a whole window (Gal & Ghahramani 2016): few random numbers."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, hidden: Tensor) -> Tensor:
        if not self.training or not self.share:
            return hidden
        keep = 1 - self.share
        mask = torch.bernoulli(hidden.new_full((hidden.shape[0], 1, hidden.shape[2]), keep))
        return hidden * (mask / keep)


class Layer(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, shape.epsilon)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, shape.epsilon)
        self.dropout = Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, width = hidden.shape
        q, k, v = (
            part.view(batch, length, self.heads, -1).transpose(1, 2)
            for part in self.qkv(hidden).chunk(3, dim=-1)
        )
        # Written out: at this size it is faster on a CPU than the fused attention.
        scores = (q * (width // self.heads) ** -0.5) @ k.transpose(-1, -2)
        if mask is not None:
            scores = scores.masked_fill(~mask, -1e4)
        mixed = scores.softmax(dim=-1).to(v.dtype) @ v
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        hidden = self.norm1(hidden + self.dropout(self.out(mixed)))
        return self.norm2(hidden + self.dropout(self.down(functional.gelu(self.up(hidden)))))


class Bert(nn.Module):
    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.kind = nn.Parameter(torch.zeros(shape.width))
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = Dropout(dropout)

    def forward(self, ids: Tensor, real: Tensor | None = None) -> Tensor:
        """ids: batch x length; real: the same shape, False where there is padding."""
        places = torch.arange(ids.shape[1])
        hidden = self.dropout(self.norm(self.words(ids) + self.positions(places) + self.kind))
        mask = None if real is None else real[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return hidden


def load(folder: Path, dropout: float = 0.1) -> Bert:
    """The published weights in ``folder``/model.safetensors."""
    published = {
        name.removeprefix("bert."): value
        for name, value in load_file(folder / "model.safetensors").items()
    }
    layers = 1 + max(int(n.split(".")[2]) for n in published if n.startswith("encoder.layer."))
    model = Bert(Shape(layers=layers), dropout)
    state = {
        "words.weight": published["embeddings.word_embeddings.weight"],
        "positions.weight": published["embeddings.position_embeddings.weight"],
        "kind": published["embeddings.token_type_embeddings.weight"][0],
    }
    renamed = {
        "attention.output.dense": "out",
        "attention.output.LayerNorm": "norm1",
        "intermediate.dense": "up",
        "output.dense": "down",
        "output.LayerNorm": "norm2",
    }
    for end in ("weight", "bias"):
        state[f"norm.{end}"] = published[f"embeddings.LayerNorm.{end}"]
        for n in range(layers):
            old = f"encoder.layer.{n}"
            state[f"layers.{n}.qkv.{end}"] = torch.cat(
                [published[f"{old}.attention.self.{p}.{end}"] for p in ("query", "key", "value")]
            )
            for theirs, ours in renamed.items():
                state[f"layers.{n}.{ours}.{end}"] = published[f"{old}.{theirs}.{end}"]
    model.load_state_dict(state)
    return model
