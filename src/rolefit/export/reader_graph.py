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

from rolefit.export.nodes import Graph
from rolefit.reader import ALONE
from rolefit.reader.prompt import PASSAGE, REQUIREMENT
from rolefit.records import STATUSES

Weights = dict[str, npt.NDArray[np.float32]]

ABSENT = -20.0
EPSILON = 1e-12


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
    g.unit_mean(hidden, "vector")
    _heads(g, weights, shape, hidden)
    return g.model(
        "rolefit_reader",
        ["ids", "marks", "parts"],
        {"vector": [shape.hidden], "status": [len(STATUSES)], "points": [shape.passages]},
    )


def _words(g: Graph, weights: Weights) -> str:
    words = g.rows("word", weights["enc.embeddings.word_embeddings.weight"], "ids")
    marks = np.vstack([weights["seg.weight"], np.zeros_like(weights["seg.weight"][:1])])
    assert len(marks) == ALONE + 1  # whose row adds nothing
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
    return g.norm(name, weights, value, EPSILON)


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
    last = PASSAGE + shape.passages
    numbers = g.tensor("part_numbers", np.arange(last, dtype=np.int64)[:, None])
    inside = g.op("Cast", g.op("Equal", numbers, "parts"), to=TensorProto.FLOAT)  # (parts, n)
    count = g.op("ReduceSum", inside, g.ints(1), keepdims=1)
    one = g.tensor("one", np.ones(1, np.float32))
    means = g.op("Div", g.op("MatMul", inside, hidden), g.op("Max", count, one))
    asked = g.op(
        "Slice", means, g.ints(REQUIREMENT), g.ints(REQUIREMENT + 1), g.ints(0)
    )  # (1, hidden)
    told = g.op("Slice", means, g.ints(PASSAGE), g.ints(last), g.ints(0))
    again = g.op("Expand", asked, g.ints(shape.passages, shape.hidden))
    both = g.op("Concat", told, again, axis=1)
    raw = g.op("Squeeze", _two(g, weights, "point", both), g.ints(1))
    counts = g.op("Squeeze", count, g.ints(1))
    there = g.op("Slice", counts, g.ints(PASSAGE), g.ints(last), g.ints(0))
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
