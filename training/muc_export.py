"""The trained span model as the benchmark runs it: an int8 ONNX graph and its heads.

python -m training.muc_export --base MODEL_DIR --model MODEL.pt --out benchmarks/muc/data
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from training import export
from training.muc_encoder import SpanModel


class Hidden:
    """A head that gives the encoder's last states as they are."""

    def __init__(self, width: int) -> None:
        self.width = width

    def export(self, graph: export.Graph, hidden: str) -> None:
        graph.node("Identity", [hidden], "hidden")
        graph.output("hidden", self.width)


class Bare:
    """An encoder under the names that ``training.export`` asks for."""

    def __init__(self, model: SpanModel) -> None:
        self.encoder = model.encoder
        self.heads = {"hidden": Hidden(model.encoder.shape.width)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    model = SpanModel(options.base, 0)
    model.load_state_dict(torch.load(options.model))
    export.write(Bare(model.eval()), options.out / "encoder.onnx")
    heads = {
        name.removesuffix(".weight"): value.float().numpy().astype(np.float16)
        for name, value in model.heads.state_dict().items()
    }
    np.savez_compressed(options.out / "heads.npz", **heads)
    for name in ("encoder.onnx", "heads.npz"):
        print(name, (options.out / name).stat().st_size)


if __name__ == "__main__":
    main()
