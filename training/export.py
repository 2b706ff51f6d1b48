"""The trained model as an ONNX graph with 8-bit matrices.

The graph is written node by node, one text a call without a batch axis, so that nothing is padded and the result for a text
cannot depend on what else is read. Matrices are 8-bit with a scale for each column and activations are quantised dynamically
for each text (`DynamicQuantizeMatMul` of ONNX Runtime); word embeddings are 8-bit with a scale for each row; the heads, norms
and position embeddings stay in 32 bits.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import helper, numpy_helper
from tokenizers import Tokenizer

from khabar.tagger.labels import ARGUMENT_HEADS, ARGUMENT_WIDTH, LAYERS, RELATIONS
from training.model import Model

Floats = npt.NDArray[np.float32]
RUNTIME = "com.microsoft"


class Graph:
    """Nodes and constants as they are collected."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: npt.NDArray[Any]) -> str:
        """A constant, once."""
        self.constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: Any) -> str:
        """A node with one output, named like it."""
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def matrix(self, x: str, name: str, weight: Floats, bias: Floats, bits8: bool = True) -> str:
        """x · weightᵀ + bias; weight is [out, in]."""
        if not bits8:
            self.node("MatMul", [x, self.constant(f"{name}.w", weight.T)], f"{name}.product")
            return self.node("Add", [f"{name}.product", self.constant(f"{name}.b", bias)], name)
        scale = np.maximum(np.abs(weight).max(axis=1), 1e-8) / 127
        whole = (np.rint(weight / scale[:, None]) + 128).astype(np.uint8).T
        inputs = [
            x,
            self.constant(f"{name}.w", whole),
            self.constant(f"{name}.scale", scale.astype(np.float32)),
            self.constant(f"{name}.zero", np.full(len(weight), 128, dtype=np.uint8)),
            self.constant(f"{name}.b", bias),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, name, RUNTIME)


def encoder(state: dict[str, torch.Tensor], heads: int = 12, epsilon: float = 1e-12, bits8: bool = True) -> onnx.ModelProto:
    """The graph: `ids` [pieces] and `firsts` [words] → `labels` [words, WIDE], `narrow` and `marked` [words, ARGUMENT_WIDTH]."""
    t = _arrays(state)
    g = Graph()
    embeddings = t["words.weight"]
    scale = np.maximum(np.abs(embeddings).max(axis=1, keepdims=True), 1e-8) / 127
    g.node("Gather", [g.constant("words", np.rint(embeddings / scale).astype(np.int8)), "ids"], "piece")
    g.node("Cast", ["piece"], "piece.wide", to=onnx.TensorProto.FLOAT)
    g.node("Gather", [g.constant("words.scale", scale.astype(np.float32)), "ids"], "piece.scale")
    g.node("Mul", ["piece.wide", "piece.scale"], "piece.value")
    g.node("Shape", ["ids"], "length")
    g.constant("zero", np.array([0], dtype=np.int64))
    g.node("Slice", [g.constant("positions", t["positions.weight"]), "zero", "length"], "place")
    g.node("Add", ["piece.value", "place"], "embedded")
    x = _norm(g, "embedded", t, "norm", "start", epsilon)
    x = _layers(g, x, t, "layers", heads, epsilon, bits8)
    g.node("Gather", [x, "firsts"], "states")
    outputs = []
    for name, source in (("labels", "labels"), ("narrow", "reader.narrow"), ("marked", "reader.marked")):
        g.matrix("states", name, t[f"{source}.weight"], t[f"{source}.bias"], bits8=False)
        outputs.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["words", len(t[f"{source}.bias"])]))
    return _model(
        g, "tagger", [("ids", onnx.TensorProto.INT64, ["pieces"]), ("firsts", onnx.TensorProto.INT64, ["words"])], outputs
    )


def reader(state: dict[str, torch.Tensor], epsilon: float = 1e-12, bits8: bool = True) -> onnx.ModelProto:
    """The graph that reads again with a word marked: `narrow` [words, ARGUMENT_WIDTH], `marked` [1, ARGUMENT_WIDTH], `distances`
    [words] and `at` [1], the marked word's place → `to` [words, relations], `none` [1, relations]."""
    t = _arrays(state)
    g = Graph()
    g.constant("zero", np.array([0], dtype=np.int64))
    g.node("Gather", [g.constant("reader.distances", t["reader.distances.weight"]), "distances"], "away")
    g.node("Add", ["narrow", "marked"], "told")
    g.node("Add", ["told", "away"], "placed")
    x = _norm(g, "placed", t, "reader.norm", "start", epsilon)
    x = _layers(g, x, t, "reader.layers", ARGUMENT_HEADS, epsilon, bits8)
    g.node("Gather", [x, "at"], "head")
    g.matrix(x, "to", t["reader.labels.weight"], t["reader.labels.bias"], bits8=False)
    g.matrix("head", "none", t["reader.none.weight"], t["reader.none.bias"], bits8=False)
    real, whole = onnx.TensorProto.FLOAT, onnx.TensorProto.INT64
    inputs = [
        ("narrow", real, ["words", ARGUMENT_WIDTH]),
        ("marked", real, [1, ARGUMENT_WIDTH]),
        ("distances", whole, ["words"]),
        ("at", whole, [1]),
    ]
    sizes = {"to": ["words", len(RELATIONS)], "none": [1, len(RELATIONS)]}
    return _model(g, "reader", inputs, [helper.make_tensor_value_info(n, real, size) for n, size in sizes.items()])


def _arrays(state: dict[str, torch.Tensor]) -> dict[str, Floats]:
    return {k: v.float().numpy() for k, v in state.items()}


def _norm(g: Graph, x: str, t: dict[str, Floats], source: str, name: str, epsilon: float) -> str:
    weights = [g.constant(f"{name}.{k[0]}", t[f"{source}.{k}"]) for k in ("weight", "bias")]
    return g.node("LayerNormalization", [x, *weights], name, axis=-1, epsilon=epsilon)


def _layers(g: Graph, x: str, t: dict[str, Floats], source: str, heads: int, epsilon: float, bits8: bool) -> str:
    """The transformer layers of `source`, one after another."""
    for i in range(1 + max(int(k[len(source) + 1 :].split(".")[0]) for k in t if k.startswith(source + "."))):
        w = {k: t[f"{source}.{i}.{k}"] for part in ("qkv", "out", "up", "down") for k in (f"{part}.weight", f"{part}.bias")}
        at = f"layer{i}"
        g.matrix(x, f"{at}.qkv", w["qkv.weight"], w["qkv.bias"], bits8)
        g.node("Unsqueeze", [f"{at}.qkv", "zero"], f"{at}.batch")
        g.nodes.append(
            helper.make_node("Split", [f"{at}.batch"], [f"{at}.{c}" for c in "qkv"], name=f"{at}.split", axis=-1, num_outputs=3)
        )
        g.node("MultiHeadAttention", [f"{at}.{c}" for c in "qkv"], f"{at}.seen", RUNTIME, num_heads=heads)
        g.node("Squeeze", [f"{at}.seen", "zero"], f"{at}.flat")
        g.matrix(f"{at}.flat", f"{at}.out", w["out.weight"], w["out.bias"], bits8)
        g.node("Add", [x, f"{at}.out"], f"{at}.sum")
        _norm(g, f"{at}.sum", t, f"{source}.{i}.norm", f"{at}.middle", epsilon)
        g.matrix(f"{at}.middle", f"{at}.up", w["up.weight"], w["up.bias"], bits8)
        g.node("Gelu", [f"{at}.up"], f"{at}.gelu")
        g.matrix(f"{at}.gelu", f"{at}.down", w["down.weight"], w["down.bias"], bits8)
        g.node("Add", [f"{at}.middle", f"{at}.down"], f"{at}.sum2")
        x = _norm(g, f"{at}.sum2", t, f"{source}.{i}.norm2", f"{at}.end", epsilon)
    return x


def _model(g: Graph, name: str, inputs: list[tuple[str, int, list[Any]]], outputs: list[onnx.ValueInfoProto]) -> onnx.ModelProto:
    told = [helper.make_tensor_value_info(*one) for one in inputs]
    graph = helper.make_graph(g.nodes, name, told, outputs, list(g.constants.values()))
    return helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(RUNTIME, 1)],
        ir_version=9,
        producer_name="khabar training",
    )


def export(model: Model, tokenizer: Tokenizer, chosen: dict[str, dict[str, float]], folder: Path) -> None:
    """Write the files that run time reads: the graphs, the tokenizer, and the small tables with the chosen thresholds."""
    folder.mkdir(parents=True, exist_ok=True)
    state = model.state_dict()
    (folder / "tagger.onnx").write_bytes(encoder(state).SerializeToString())
    (folder / "reader.onnx").write_bytes(reader(state).SerializeToString())
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    tables = {
        "layers": {k: list(v) for k, v in LAYERS.items()},
        "relations": list(RELATIONS),
        **chosen,
    }
    (folder / "heads.json").write_text(json.dumps(tables, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
