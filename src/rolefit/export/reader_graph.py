"""The reader (`rolefit.reader`) as one ONNX graph: a BERT, and two small heads on it.

input   ids     (n,) int64, special tokens included
        marks   (n,) int64: 0 requirement, 1 card, 2 passage, 3 a text read alone
        parts   (n,) int64: 0 requirement, 1 card, 2, 3, ... the passages one by one
output  vector  (hidden,) float32, unit length: the mean of all tokens
        status  (3,) float32: logits of not shown, partly, met
        points  (passages,) float32: how much each passage says so; ABSENT where there is none
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

from rolefit.export.graph import OPSET
from rolefit.export.nodes import Graph, quantize

Weights = dict[str, npt.NDArray[np.float32]]

ABSENT = -20.0
EPSILON = 1e-12
ALONE = 3  # the mark that adds nothing


@dataclass(frozen=True, slots=True)
class ReaderShape:
    """Sizes of a BERT with absolute positions and GELU (MiniLM: 384, 6 layers, 12 heads)."""

    hidden: int
    layers: int
    heads: int
    passages: int  # that are read across at most


def build(weights: Weights, shape: ReaderShape, *, int8: bool) -> onnx.ModelProto:
    """Names of `weights` are those of a transformers BertModel under `enc.`, and the heads'."""
    g = Graph(int8)
    hidden = _words(g, weights)
    for index in range(shape.layers):
        hidden = _layer(g, weights, shape, f"enc.encoder.layer.{index}", hidden)
    mean = g.op("ReduceMean", hidden, g.ints(0), keepdims=0)
    norm = g.op("ReduceL2", mean, g.ints(0), keepdims=1)
    g.nodes.append(helper.make_node("Div", [mean, norm], ["vector"]))
    _heads(g, weights, shape, hidden)
    floats, whole = TensorProto.FLOAT, TensorProto.INT64
    graph = helper.make_graph(
        g.nodes,
        "rolefit_reader",
        [helper.make_tensor_value_info(name, whole, ["n"]) for name in ("ids", "marks", "parts")],
        [
            helper.make_tensor_value_info("vector", floats, [shape.hidden]),
            helper.make_tensor_value_info("status", floats, [3]),
            helper.make_tensor_value_info("points", floats, [shape.passages]),
        ],
        g.initializers,
    )
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)],
        producer_name="rolefit",
    )
    model.ir_version = 9
    return model


def _words(g: Graph, weights: Weights) -> str:
    table = weights["enc.embeddings.word_embeddings.weight"]
    if g.int8:
        quantized, scale = quantize(table, axis=0)
        rows = g.op("Gather", g.tensor("word.weight", quantized), "ids", axis=0)
        scales = g.op("Gather", g.tensor("word.scale", scale), "ids", axis=0)
        words = g.op("Mul", g.op("Cast", rows, to=TensorProto.FLOAT), scales)
    else:
        words = g.op("Gather", g.tensor("word.weight", table), "ids", axis=0)
    marks = np.vstack([weights["seg.weight"], np.zeros_like(weights["seg.weight"][:1])])
    assert len(marks) == ALONE + 1
    words = g.op("Add", words, g.op("Gather", g.tensor("marks.weight", marks), "marks", axis=0))
    # Every token is of BERT's first segment, so its vector is part of each position's.
    positions = (
        weights["enc.embeddings.position_embeddings.weight"]
        + weights["enc.embeddings.token_type_embeddings.weight"][0]
    )
    length = g.op("Shape", "ids")
    places = g.op("Slice", g.tensor("positions", positions), g.ints(0), length, g.ints(0))
    return _norm(g, weights, "enc.embeddings.LayerNorm", g.op("Add", words, places))


def _norm(g: Graph, weights: Weights, name: str, value: str) -> str:
    gain = g.tensor(f"{name}.weight", weights[f"{name}.weight"])
    bias = g.tensor(f"{name}.bias", weights[f"{name}.bias"])
    return g.op("LayerNormalization", value, gain, bias, axis=-1, epsilon=EPSILON)


def _linear(g: Graph, weights: Weights, name: str, value: str, scale: float = 1.0) -> str:
    weight = g.matrix(f"{name}.weight", weights[f"{name}.weight"].T * np.float32(scale), axis=1)
    bias = g.tensor(f"{name}.bias", weights[f"{name}.bias"] * np.float32(scale))
    return g.op("Add", g.op("MatMul", value, weight), bias)


def _layer(g: Graph, weights: Weights, shape: ReaderShape, name: str, hidden: str) -> str:
    size = shape.hidden // shape.heads

    def heads_of(part: str, layout: list[int], scale: float = 1.0) -> str:
        rows = _linear(g, weights, f"{name}.attention.self.{part}", hidden, scale)
        return g.op("Transpose", g.op("Reshape", rows, g.ints(-1, shape.heads, size)), perm=layout)

    query = heads_of("query", [1, 0, 2], 1 / math.sqrt(size))
    logits = g.op("MatMul", query, heads_of("key", [1, 2, 0]))
    context = g.op("MatMul", g.op("Softmax", logits, axis=-1), heads_of("value", [1, 0, 2]))
    flat = g.op("Reshape", g.op("Transpose", context, perm=[1, 0, 2]), g.ints(-1, shape.hidden))
    mixed = g.op("Add", hidden, _linear(g, weights, f"{name}.attention.output.dense", flat))
    mixed = _norm(g, weights, f"{name}.attention.output.LayerNorm", mixed)
    inner = _gelu(g, _linear(g, weights, f"{name}.intermediate.dense", mixed))
    output = g.op("Add", mixed, _linear(g, weights, f"{name}.output.dense", inner))
    return _norm(g, weights, f"{name}.output.LayerNorm", output)


def _gelu(g: Graph, value: str) -> str:
    return g.op("Gelu", value, domain="com.microsoft")


def _heads(g: Graph, weights: Weights, shape: ReaderShape, hidden: str) -> None:
    """Means of the requirement's and of each passage's tokens; what they say together."""
    numbers = g.tensor("part_numbers", np.arange(shape.passages + 2, dtype=np.int64)[:, None])
    inside = g.op("Cast", g.op("Equal", numbers, "parts"), to=TensorProto.FLOAT)  # (parts, n)
    count = g.op("ReduceSum", inside, g.ints(1), keepdims=1)
    one = g.tensor("one", np.ones(1, np.float32))
    means = g.op("Div", g.op("MatMul", inside, hidden), g.op("Max", count, one))
    asked = g.op("Slice", means, g.ints(0), g.ints(1), g.ints(0))  # (1, hidden)
    told = g.op("Slice", means, g.ints(2), g.ints(shape.passages + 2), g.ints(0))
    again = g.op("Expand", asked, g.ints(shape.passages, shape.hidden))
    both = g.op("Concat", told, again, axis=1)
    raw = g.op("Squeeze", _two(g, weights, "point", both), g.ints(1))
    counts = g.op("Squeeze", count, g.ints(1))
    there = g.op("Slice", counts, g.ints(2), g.ints(shape.passages + 2), g.ints(0))
    zero = g.tensor("zero", np.zeros(1, np.float32))
    absent = g.tensor("absent", np.full(1, ABSENT, np.float32))
    known = g.op("Greater", there, zero)
    g.nodes.append(helper.make_node("Where", [known, raw, absent], ["points"]))
    share = g.op("Unsqueeze", g.op("Softmax", "points", axis=-1), g.ints(0))
    best = g.op("MatMul", share, told)
    first = g.op("Slice", hidden, g.ints(0), g.ints(1), g.ints(0))
    status = _two(g, weights, "status", g.op("Concat", asked, best, first, axis=1))
    g.nodes.append(helper.make_node("Squeeze", [status, g.ints(0)], ["status"]))


def _two(g: Graph, weights: Weights, name: str, value: str) -> str:
    """Two layers; in the trained weights they are the first and the last of a sequence."""
    last = max(int(key.split(".")[1]) for key in weights if key.startswith(f"{name}."))
    return _linear(g, weights, f"{name}.{last}", _gelu(g, _linear(g, weights, f"{name}.0", value)))
