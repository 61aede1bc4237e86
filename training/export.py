"""The trained reader as one ONNX graph with int8 weights.

The graph is written node by node, with onnxruntime's own fused operators, instead of
being traced: nothing has to be recognised and fused afterwards, and the file does not
depend on the version of an exporter.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.model import Reader

MICROSOFT = "com.microsoft"
WHOLE_DOWN = 2
"""Layers, from the lowest, whose second feed-forward half stays in fp32 (1.8 MB each)."""


class Graph:
    """Nodes and weights, with names given in order."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.outputs: list[onnx.ValueInfoProto] = []

    def weight(self, name: str, value: object) -> str:
        array = np.ascontiguousarray(
            value.detach().float().numpy() if hasattr(value, "detach") else value
        )
        self.weights.append(numpy_helper.from_array(array, name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", **given) -> str:
        self.nodes.append(
            helper.make_node(kind, inputs, [name], name=f"{name}.node", domain=domain, **given)
        )
        return name

    def linear(self, layer, source: str, name: str) -> str:
        """Weights are stored the other way round than in PyTorch."""
        product = self.node(
            "MatMul", [source, self.weight(f"{name}.weight", layer.weight.T)], f"{name}.product"
        )
        return self.node("Add", [product, self.weight(f"{name}.bias", layer.bias)], name)

    def gelu(self, layer, source: str, name: str) -> str:
        product = self.node(
            "MatMul", [source, self.weight(f"{name}.weight", layer.weight.T)], f"{name}.product"
        )
        bias = self.weight(f"{name}.bias", layer.bias)
        return self.node("BiasGelu", [product, bias], name, MICROSOFT)

    def output(self, name: str, size: int) -> None:
        self.outputs.append(
            helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "length", size])
        )


def _layer(graph: Graph, layer, source: str, name: str) -> str:
    qkv = layer.qkv
    mixed = graph.node(
        "Attention",
        [
            source,
            graph.weight(f"{name}.qkv.weight", qkv.weight.T),
            graph.weight(f"{name}.qkv.bias", qkv.bias),
        ],
        f"{name}.attention",
        MICROSOFT,
        num_heads=layer.heads,
    )
    for step, norm in (("out", layer.norm1), ("down", layer.norm2)):
        if step == "down":
            mixed = graph.gelu(layer.up, source, f"{name}.up")
        linear = getattr(layer, step)
        weight = graph.weight(f"{name}.{step}.weight", linear.weight.T)
        product = graph.node("MatMul", [mixed, weight], f"{name}.{step}.product")
        # Not SkipLayerNormalization: its loop in onnxruntime is not vectorised, and slower
        # than the three nodes it stands for.
        bias = graph.weight(f"{name}.{step}.bias", linear.bias)
        moved = graph.node("Add", [product, bias], f"{name}.{step}.moved")
        summed = graph.node("Add", [moved, source], f"{name}.{step}.sum")
        source = graph.node(
            "LayerNormalization",
            [
                summed,
                graph.weight(f"{name}.{step}.gamma", norm.weight),
                graph.weight(f"{name}.{step}.beta", norm.bias),
            ],
            f"{name}.{step}.norm",
            epsilon=norm.eps,
        )
    return source


def build(model: Reader) -> onnx.ModelProto:
    graph, encoder = Graph(), model.encoder
    words = graph.node("Gather", [graph.weight("words", encoder.words.weight), "ids"], "embedded")
    # Window positions never change: kind and position are one table, cut to the length.
    table = encoder.positions.weight + encoder.kind
    graph.weight("places", table)
    graph.node("Shape", ["ids"], "size", start=1, end=2)
    graph.weight("zero", np.array([0], dtype=np.int64))
    graph.node("Slice", ["places", "zero", "size", "zero"], "placed")
    hidden = graph.node("Add", [words, "placed"], "summed")
    hidden = graph.node(
        "LayerNormalization",
        [
            hidden,
            graph.weight("norm.gamma", encoder.norm.weight),
            graph.weight("norm.beta", encoder.norm.bias),
        ],
        "normed",
        epsilon=encoder.norm.eps,
    )
    for n, layer in enumerate(encoder.layers):
        hidden = _layer(graph, layer, hidden, f"layer{n}")
    for head in model.heads.values():
        head.export(graph, hidden)
    proto = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "dateline",
            [helper.make_tensor_value_info("ids", TensorProto.INT32, ["batch", "length"])],
            graph.outputs,
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)],
        producer_name="dateline",
        ir_version=8,
    )
    onnx.checker.check_model(proto)
    return proto


def write(model: Reader, path: Path, *, whole: bool = False, per_channel: bool = True) -> None:
    """Write fp32 (``whole``) or int8.

    The heads stay in fp32: they are tiny. So does the second half of the feed-forward
    blocks of the lowest layers: what comes out of GELU there has a few values far larger
    than the rest, and rounding all to the scale of those cost most of what int8 loses
    (Bondarenko et al., EMNLP 2021).
    """
    full = path.with_suffix(".fp32.onnx")
    graph = build(model)
    onnx.save(graph, full)
    if whole:
        full.replace(path)
        return
    whole_parts = ("head.", *(f"layer{n}.down." for n in range(WHOLE_DOWN)))
    kept = [node.name for node in graph.graph.node if node.name.startswith(whole_parts)]
    quantize_dynamic(
        full,
        path,
        weight_type=QuantType.QInt8,
        per_channel=per_channel,
        nodes_to_exclude=kept,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    full.unlink()
