"""The encoder with its heads. A new head is one more entry of HEADS."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from training import encoder
from training.attribution import AttributionHead

HEADS = {AttributionHead.name: AttributionHead}


class Reader(nn.Module):
    def __init__(self, base: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder.load(base, dropout)
        width = self.encoder.shape.width
        self.heads = nn.ModuleDict({name: head(width) for name, head in HEADS.items()})

    def forward(self, batch: dict[str, Tensor]) -> dict[str, dict[str, Tensor]]:
        real = batch["real"]
        hidden = self.encoder(batch["ids"], None if bool(real.all()) else real)
        return {name: head(hidden, batch["reader"]) for name, head in self.heads.items()}

    def loss(self, batch: dict[str, Tensor]) -> Tensor:
        outputs = self(batch)
        return torch.stack(
            [head.loss(outputs[name], batch) for name, head in self.heads.items()]
        ).sum()


def groups(model: Reader, rate: float, head_rate: float, decay: float) -> list[dict]:
    """Parameters with their learning rates: lower layers learn slower (Howard & Ruder 2018)."""
    layers = len(model.encoder.layers)
    found: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if name.startswith("heads."):
            speed = head_rate
        elif name.startswith("encoder.layers."):
            speed = rate * decay ** (layers - 1 - int(name.split(".")[2]))
        else:
            speed = rate * decay**layers
        weight_decay = 0.01 if parameter.ndim > 1 else 0.0
        found.setdefault((speed, weight_decay), []).append(parameter)
    return [
        {"params": parameters, "lr": speed, "peak": speed, "weight_decay": weight_decay}
        for (speed, weight_decay), parameters in found.items()
    ]
