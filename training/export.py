"""The trained reader as one ONNX graph with int8 weights.

The graph is written node by node, with onnxruntime's own fused operators, instead of
being traced: nothing has to be recognised and fused afterwards, and the file does not
depend on the version of an exporter.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from dateline.reading.encoder import WINDOW
from training.model import Reader

MICROSOFT = "com.microsoft"
LEVELLED = 4
"""Layers, from the lowest, whose feed-forward block is spared the rounding of its outliers."""
_APART = 8
"""Inner channels with the highest peaks, which such a block computes apart, in fp32."""
_LEVEL = 16
"""Incoming channels whose peaks are brought down to the height of the next."""
_CLS, _SEP, _FIRST_WORD = 101, 102, 999  # in the vocabulary of bert-base-uncased
_PROBES = 6  # windows in which outliers are looked for


class Outliers(NamedTuple):
    """What to spare a feed-forward block: ``apart`` are inner channels, by number;
    ``level`` is what each incoming channel is divided by before it is rounded.
    """

    apart: np.ndarray
    level: np.ndarray


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


def _inner(graph: Graph, layer, source: str, name: str, spared: Outliers | None) -> str:
    """The inner half of a feed-forward block, but for the channels that are kept apart."""
    if spared is None:
        return graph.gelu(layer.up, source, f"{name}.up")
    weight = layer.up.weight.detach().float().numpy().T * spared.level[:, None]
    bias = layer.up.bias.detach().float().numpy().copy()
    weight[:, spared.apart] = bias[spared.apart] = 0.0  # GELU gives none for none
    level = graph.weight(f"{name}.level", 1.0 / spared.level)
    levelled = graph.node("Mul", [source, level], f"{name}.levelled")
    product = graph.node(
        "MatMul", [levelled, graph.weight(f"{name}.up.weight", weight)], f"{name}.up.product"
    )
    return graph.node(
        "BiasGelu", [product, graph.weight(f"{name}.up.bias", bias)], f"{name}.up", MICROSOFT
    )


def _apart(graph: Graph, layer, source: str, name: str, spared: Outliers) -> str:
    """What the channels that are kept apart give, whole."""
    up, down = layer.up.weight.detach()[spared.apart], layer.down.weight.detach()
    weight = graph.weight(f"{name}.apart.up.weight", up.T)
    product = graph.node("MatMul", [source, weight], f"{name}.apart.up.product")
    bias = graph.weight(f"{name}.apart.up.bias", layer.up.bias.detach()[spared.apart])
    inner = graph.node("BiasGelu", [product, bias], f"{name}.apart.up", MICROSOFT)
    weight = graph.weight(f"{name}.apart.down.weight", down[:, spared.apart].T)
    return graph.node("MatMul", [inner, weight], f"{name}.apart.down")


def _layer(graph: Graph, layer, source: str, name: str, spared: Outliers | None = None) -> str:
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
            mixed = _inner(graph, layer, source, name, spared)
        linear = getattr(layer, step)
        weight = graph.weight(f"{name}.{step}.weight", linear.weight.T)
        product = graph.node("MatMul", [mixed, weight], f"{name}.{step}.product")
        # Not SkipLayerNormalization: its loop in onnxruntime is not vectorised, and slower
        # than the three nodes it stands for.
        bias = graph.weight(f"{name}.{step}.bias", linear.bias)
        moved = graph.node("Add", [product, bias], f"{name}.{step}.moved")
        summed = graph.node("Add", [moved, source], f"{name}.{step}.sum")
        if step == "down" and spared is not None:
            beside = _apart(graph, layer, source, name, spared)
            summed = graph.node("Add", [summed, beside], f"{name}.{step}.whole")
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


def build(model: Reader, spared: Sequence[Outliers] = ()) -> onnx.ModelProto:
    """The graph in fp32; ``spared`` for the lowest layers, as :func:`outliers` gives it."""
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
        hidden = _layer(graph, layer, hidden, f"layer{n}", spared[n] if n < len(spared) else None)
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


def outliers(model: Reader) -> list[Outliers]:
    """For each of the LEVELLED lowest layers, the channels that tower above the rest.

    Looked for in windows of subwords drawn at random: the same channels stand out there as
    in text, with much the same values.
    """
    proto = build(model)
    names = [f"layer{n}.{part}" for n in range(LEVELLED) for part in ("out.norm", "up")]
    proto.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names
    )
    session = onnxruntime.InferenceSession(
        proto.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    random = np.random.default_rng(0)
    words = model.encoder.words.weight.shape[0]
    peaks: dict[str, np.ndarray] = dict.fromkeys(names, np.zeros(1, dtype=np.float32))
    for _ in range(_PROBES):
        ids = np.concatenate([[_CLS], random.integers(_FIRST_WORD, words, WINDOW), [_SEP]])
        found = session.run(names, {"ids": ids[None].astype(np.int32)})
        for name, values in zip(names, found, strict=True):
            peaks[name] = np.maximum(peaks[name], np.abs(values[0]).max(axis=0))
    spared = []
    for n in range(LEVELLED):
        incoming, inner = peaks[f"layer{n}.out.norm"], peaks[f"layer{n}.up"]
        limit = np.sort(incoming)[-1 - _LEVEL]
        apart = np.sort(np.argsort(-inner, kind="stable")[:_APART])
        spared.append(Outliers(apart, np.maximum(incoming / limit, 1.0).astype(np.float32)))
    return spared


def write(model: Reader, path: Path, *, whole: bool = False, per_channel: bool = True) -> None:
    """Write fp32 (``whole``) or int8.

    The heads stay in fp32: they are tiny. In the feed-forward blocks of the lowest layers a
    few channels are far larger than the rest, and rounding all to the scale of those cost
    most of what int8 loses (Bondarenko et al., EMNLP 2021). What comes in is divided by the
    height of its peaks and the weights are multiplied by it (Xiao et al., SmoothQuant, ICML
    2023); the inner channels that tower are computed apart, in fp32.
    """
    full = path.with_suffix(".fp32.onnx")
    graph = build(model, () if whole else outliers(model))
    onnx.save(graph, full)
    if whole:
        full.replace(path)
        return
    kept = [
        node.name
        for node in graph.graph.node
        if node.name.startswith("head.") or ".apart." in node.name
    ]
    quantize_dynamic(
        full,
        path,
        weight_type=QuantType.QInt8,
        per_channel=per_channel,
        nodes_to_exclude=kept,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    full.unlink()
