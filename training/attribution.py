"""The attribution head: role tags, and a link from each word to its attribution's cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from onnx import helper
from torch import Tensor, nn
from torch.nn import functional

from dateline.reading.attribution.decoding import BUCKETS, TAGS, bucket
from dateline.reading.encoder import Tokens
from training.encoder import Dropout
from training.polnear import Attribution

if TYPE_CHECKING:
    from training.export import Graph

IGNORE = -100
LINK = 64  # size of the two link vectors; they are kept for every word of a text
LIKING = 20.0
SHARED = 3  # attributions that a source is remembered for ("she said ... and added ...")
ANNOTATORS = ("4b22", "ef2d", "d473", "4e07", "6b86", "5fec")


def targets(tokens: Tokens, reading: list[Attribution]) -> dict[str, np.ndarray]:
    """Per word: the tag, and the words its attributions are anchored at.

    Links are words x SHARED, those found in the first columns and -1 in the rest.
    """
    tags = np.zeros(len(tokens), dtype=np.int64)
    links = np.full((len(tokens), SHARED), -1, dtype=np.int64)

    def words(piece: tuple[int, int]) -> slice:
        low = np.searchsorted(tokens.ends, piece[0], side="right")
        high = np.searchsorted(tokens.starts, piece[1], side="left")
        return slice(int(low), int(high))

    for one in reading:
        pieces = [words(p) for p in (*one.cue, *one.content, *one.source)]
        anchor = next((p.start for p in pieces if p.start < p.stop), None)
        for code, role in ((1, one.source), (3, one.cue), (5, one.content)):
            for piece in map(words, role):
                if piece.start < piece.stop:
                    tags[piece] = code + 1
                    tags[piece.start] = code
                    taken = int((links[piece.start] >= 0).sum())
                    links[piece, min(taken, SHARED - 1)] = anchor
    return {"tags": tags, "links": links}


class AttributionHead(nn.Module):
    """Tags and links from the encoder's hidden states.

    PolNeAR's six annotators differ (they agree with one another at 75 F1), so in
    training the head is told, half of the time, whose reading it has to give; unsaid,
    as at run time, it gives what they have in common.
    """

    name = "attribution"

    def __init__(self, width: int, hidden: int = 384, dropout: float = 0.1) -> None:
        super().__init__()
        self.reader = nn.Embedding(len(ANNOTATORS) + 1, hidden)
        nn.init.zeros_(self.reader.weight)
        self.inner = nn.Linear(width, hidden)
        self.tags = nn.Linear(hidden, len(TAGS))
        self.parts = nn.Linear(hidden, LINK)
        self.anchors = nn.Linear(hidden, LINK)
        # Near words first, to begin with; scaled so that it learns as fast as the rest.
        near = -0.25 * (torch.arange(BUCKETS) - BUCKETS // 2).abs()
        self.liking = nn.Parameter(near / LIKING)
        self.dropout = Dropout(dropout)
        self.register_buffer(
            "steps", torch.from_numpy(bucket(np.arange(-600, 601))), persistent=False
        )

    @property
    def distances(self) -> Tensor:
        return self.liking * LIKING

    def forward(self, hidden: Tensor, reader: Tensor) -> dict[str, Tensor]:
        inner = self.inner(hidden) + self.reader(reader)[:, None, :]
        inner = self.dropout(functional.gelu(inner))
        # Vectors are scaled here so that decoding is a plain product.
        return {
            "roles": self.tags(inner),
            "parts": self.parts(inner) * LINK**-0.5,
            "anchors": self.anchors(inner),
        }

    def loss(self, outputs: dict[str, Tensor], batch: dict[str, Tensor]) -> Tensor:
        tags = functional.cross_entropy(
            outputs["roles"].float().flatten(0, 1), batch["tags"].flatten(), ignore_index=IGNORE
        )
        words = batch["words"]
        steps = words[:, None, :] - words[:, :, None] + 600
        scores = outputs["parts"].float() @ outputs["anchors"].float().transpose(1, 2)
        scores = scores + self.distances[self.steps[steps]]
        scores = scores.masked_fill(~batch["first"][:, None, :], -1e4)
        links = functional.cross_entropy(
            scores.flatten(0, 1), batch["links"].flatten(), ignore_index=IGNORE
        )
        return tags + links

    def export(self, graph: Graph, hidden: str) -> None:
        """Adds the head to the ONNX graph; the reader stays unsaid."""
        with torch.no_grad():
            # `reader` 0 is nobody in particular.
            bias = self.inner.bias + self.reader.weight[0]
        product = graph.node(
            "MatMul",
            [hidden, graph.weight("head.inner.weight", self.inner.weight.T)],
            "head.inner.product",
        )
        bias_name = graph.weight("head.inner.bias", bias)
        inner = graph.node("BiasGelu", [product, bias_name], "head.inner", "com.microsoft")
        for name in ("tags", "parts", "anchors"):
            layer = getattr(self, name)
            scale = LINK**-0.5 if name == "parts" else 1.0
            output = "roles" if name == "tags" else name
            product = graph.node(
                "MatMul",
                [inner, graph.weight(f"head.{name}.weight", layer.weight.T * scale)],
                f"head.{name}.product",
            )
            bias_name = graph.weight(f"head.{name}.bias", layer.bias * scale)
            graph.nodes.append(
                helper.make_node("Add", [product, bias_name], [output], name=f"head.{name}.node")
            )
            graph.output(output, layer.out_features)
