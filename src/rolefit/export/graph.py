"""The encoder as one ONNX graph: ids in, document vector and token vectors out.

The graph is written node by node, not traced, because its attention does less than the formula
says and yet computes the same. ALiBi with slope m divides the weight of a key at distance d by
e^(m d); beyond d = REACH / m nothing that a float32 sum could see is left, so a head looks no
farther. Heads of similar reach form a group. Queries go block by block, so the largest matrix is
(heads of the group, block, keys in reach), never (heads, tokens, tokens).

    input   ids     (n,) int64, special tokens included
    output  vector  (hidden,) float32, unit length
    output  tokens  (n, hidden) float32

"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

from rolefit.encoder.config import EncoderConfig
from rolefit.export.nodes import Graph

Weights = dict[str, npt.NDArray[np.float32]]

# e^-24 = 4e-11: with logits of ordinary size a key beyond REACH / slope adds less than 1e-6.
REACH = 24.0
BLOCK = 128  # queries a block
GROUPS = 8  # groups of heads with equal reach


def build(weights: Weights, config: EncoderConfig, *, int8: bool) -> onnx.ModelProto:
    """ONNX model of the encoder with these weights (names as in `rolefit.encoder`)."""
    g = Graph(int8)
    hidden = _words(g, weights, config)
    plan = _attention_plan(g, config)
    for index in range(config.num_hidden_layers):
        hidden = _layer(g, weights, config, index, hidden, plan)
    g.nodes.append(helper.make_node("Identity", [hidden], ["tokens"]))
    g.unit_mean(hidden, "vector")
    width = config.hidden_size
    return g.model("rolefit_encoder", ["ids"], {"vector": [width], "tokens": ["n", width]})


def _words(g: Graph, weights: Weights, config: EncoderConfig) -> str:
    words = g.rows("word", weights["word.weight"], "ids")
    return _norm(g, weights, config, "word_norm", words)


def _norm(g: Graph, weights: Weights, config: EncoderConfig, name: str, value: str) -> str:
    return g.norm(name, weights, value, config.layer_norm_eps)


def _linear(g: Graph, weights: Weights, name: str, value: str, scale: float = 1.0) -> str:
    """value @ weight.T + bias, with the weight stored transposed as Gemm likes it."""
    weight = g.matrix(f"{name}.weight", weights[f"{name}.weight"].T * np.float32(scale), axis=1)
    bias = g.tensor(f"{name}.bias", weights[f"{name}.bias"] * np.float32(scale))
    return g.op("Gemm", value, weight, bias)


def _layer(
    g: Graph, weights: Weights, config: EncoderConfig, index: int, hidden: str, plan: _Plan
) -> str:
    name = f"layers.{index}"
    attended = g.op("Add", hidden, _attention(g, weights, config, name, hidden, plan))
    attended = _norm(g, weights, config, f"{name}.attention_norm", attended)
    if config.qk_norm:
        attended = _norm(g, weights, config, f"{name}.middle_norm", g.op("Add", hidden, attended))
    halves = np.split(weights[f"{name}.feed_forward.gate_up.weight"], 2)
    gate, up = (
        g.op("MatMul", attended, g.matrix(f"{name}.{part}.weight", half.T, axis=1))
        for part, half in zip(("gate", "up"), halves, strict=True)
    )
    inner = g.op("Mul", g.op("Gelu", gate, domain="com.microsoft"), up)
    down = _linear(g, weights, f"{name}.feed_forward.down", inner)
    return _norm(g, weights, config, f"{name}.output_norm", g.op("Add", attended, down))


@dataclass(frozen=True)
class _Group:
    """Neighbouring heads and how far they look."""

    first: int
    end: int
    reach: str  # (1,) int64: min(tokens, reach in tokens)
    bias: str  # (heads, block, block + 2 reach): -slope * distance


@dataclass(frozen=True)
class _Plan:
    """What all layers share, computed once a run."""

    length: str  # (1,) int64
    block: str  # (1,) int64: queries a block, so that blocks are equal and padding is least
    blocks: str  # scalar int64
    padding: str  # (4,) int64 pads for queries
    groups: tuple[_Group, ...]


def _attention_plan(g: Graph, config: EncoderConfig) -> _Plan:
    length = g.op("Shape", "ids")
    one = g.ints(1)

    def ceil_div(value: str, by: str) -> str:
        return g.op("Div", g.op("Sub", g.op("Add", value, by), one), by)

    blocks = ceil_div(length, g.ints(BLOCK))
    block = ceil_div(length, blocks)
    padded = g.op("Mul", blocks, block)
    zero = g.ints(0)
    extra = g.op("Sub", padded, length)
    padding = g.op("Concat", zero, zero, zero, zero, extra, zero, axis=0)
    groups = [_group(g, config, heads, length, block) for heads in head_groups(config)]
    return _Plan(length, block, g.op("Squeeze", blocks), padding, tuple(groups))


def head_groups(config: EncoderConfig) -> list[tuple[int, int, int]]:
    """(first head, end, reach in tokens) of each group: heads that look about equally far."""
    slopes = config.slopes()
    groups = GROUPS if slopes == sorted(slopes, reverse=True) else 1
    edges = sorted({round(i * len(slopes) / groups) for i in range(groups + 1)})
    return [
        (first, end, math.ceil(REACH / min(slopes[first:end]))) for first, end in pairwise(edges)
    ]


def _group(
    g: Graph, config: EncoderConfig, heads: tuple[int, int, int], length: str, block: str
) -> _Group:
    first, end, farthest = heads
    reach = g.op("Min", length, g.ints(farthest))
    scalar = g.op("Squeeze", reach)
    width = g.op("Add", g.op("Squeeze", block), scalar)
    zero = g.op("Squeeze", g.ints(0))
    one = g.op("Squeeze", g.ints(1))
    queries = g.op("Range", zero, g.op("Squeeze", block), one)
    keys = g.op("Range", g.op("Neg", scalar), width, one)
    distance = g.op("Abs", g.op("Sub", g.op("Unsqueeze", queries, g.ints(1)), keys))
    negative = -np.array(config.slopes()[first:end], dtype=np.float32).reshape(-1, 1, 1)
    float_distance = g.op("Cast", distance, to=TensorProto.FLOAT)
    bias = g.op("Mul", float_distance, g.tensor(f"slopes.{first}", negative))
    return _Group(first, end, reach, bias)


def _attention(
    g: Graph, weights: Weights, config: EncoderConfig, name: str, hidden: str, plan: _Plan
) -> str:
    query, key, value = _query_key_value(g, weights, config, name, hidden)
    query = g.op("Pad", query, plan.padding)
    body = Graph(g.int8, count=g.count + 10_000)
    start = body.op("Mul", body.op("Unsqueeze", "block_index", g.ints(0)), plan.block)
    stop = body.op("Add", start, plan.block)
    contexts = []
    for group in plan.groups:
        low = body.op("Max", body.op("Sub", start, group.reach), g.ints(0))
        high = body.op("Min", body.op("Add", stop, group.reach), plan.length)
        shift = body.op("Sub", group.reach, start)
        heads = (g.ints(group.first), g.ints(group.end))
        rows = _slice2(body, g, query, heads, start, stop, axis=1)
        keys = _slice2(body, g, key, heads, low, high, axis=2)
        values = _slice2(body, g, value, heads, low, high, axis=1)
        bias = body.op(
            "Slice", group.bias, body.op("Add", low, shift), body.op("Add", high, shift), g.ints(2)
        )
        logits = body.op("Add", body.op("MatMul", rows, keys), bias)
        contexts.append(body.op("MatMul", body.op("Softmax", logits, axis=-1), values))
    context = body.op("Concat", *contexts, axis=0) if len(contexts) > 1 else contexts[0]
    body.nodes.append(helper.make_node("Transpose", [context], ["context"], perm=[1, 0, 2]))
    body.nodes.append(helper.make_node("Identity", ["go_on_in"], ["go_on"]))
    scope = name.replace(".", "_")
    graph = helper.make_graph(
        body.nodes,
        f"{scope}_block",
        [
            helper.make_tensor_value_info("block_index", TensorProto.INT64, []),
            helper.make_tensor_value_info("go_on_in", TensorProto.BOOL, []),
        ],
        [
            helper.make_tensor_value_info("go_on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("context", TensorProto.FLOAT, None),
        ],
    )
    _rename(graph, scope)
    (stacked,) = g.ops("Loop", plan.blocks, "", n=1, body=graph)  # (blocks, block, heads, size)
    flat = g.op("Reshape", stacked, g.ints(-1, config.hidden_size))
    context = g.op("Slice", flat, g.ints(0), plan.length, g.ints(0))
    return _linear(g, weights, f"{name}.attention.out", context)


def _query_key_value(
    g: Graph, weights: Weights, config: EncoderConfig, name: str, hidden: str
) -> tuple[str, str, str]:
    """Query (heads, n, size) over sqrt(size), key (heads, size, n), value (heads, n, size)."""
    scale = 1 / math.sqrt(config.head_size)
    parts: Weights = {}
    for kind in ("weight", "bias"):
        thirds = np.split(weights[f"{name}.attention.qkv.{kind}"], 3)
        parts |= {f"{name}.{p}.{kind}": t for p, t in zip("qkv", thirds, strict=True)}
    layouts = {"q": [1, 0, 2], "k": [1, 2, 0], "v": [1, 0, 2]}
    out = []
    for part, layout in layouts.items():
        # With LayerNorm on the queries the scale has to come after it.
        early = scale if part == "q" and not config.qk_norm else 1.0
        projected = _linear(g, parts, f"{name}.{part}", hidden, early)
        if config.qk_norm and part in "qk":
            which = "query_norm" if part == "q" else "key_norm"
            projected = _norm(g, weights, config, f"{name}.attention.{which}", projected)
            if part == "q":
                projected = g.op(
                    "Mul", projected, g.tensor(f"{name}.scale", np.array(scale, np.float32))
                )
        shaped = g.op(
            "Reshape", projected, g.ints(-1, config.num_attention_heads, config.head_size)
        )
        out.append(g.op("Transpose", shaped, perm=layout))
    return out[0], out[1], out[2]


def _slice2(
    body: Graph, outer: Graph, value: str, heads: tuple[str, str], low: str, high: str, axis: int
) -> str:
    """value[heads, low:high along `axis`]; both bounds in one Slice."""
    starts = body.op("Concat", heads[0], low, axis=0)
    ends = body.op("Concat", heads[1], high, axis=0)
    return body.op("Slice", value, starts, ends, outer.ints(0, axis))


def _rename(graph: onnx.GraphProto, scope: str) -> None:
    """Give a loop body's own names a prefix: names must be unique across subgraphs."""
    own = {name for node in graph.node for name in node.output}
    own |= {value.name for value in graph.input}
    for node in graph.node:
        for names in (node.input, node.output):
            for i, name in enumerate(names):
                if name in own:
                    names[i] = f"{scope}_{name}"
    for value in (*graph.input, *graph.output):
        value.name = f"{scope}_{value.name}"
