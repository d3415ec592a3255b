"""Several short texts of one length in one run of the encoder, with the vectors of one by one.

A run on a short text mostly waits for the weights: 16 tokens take 6 ms, sixteen times as many 40.
The graph takes queries block by block, and each group of heads looks as far as its reach:

    blocks of n queries, reaches of 0  =  texts of n tokens, none of which sees another

Both are constants of the graph. Some bytes after those of the file make them inputs, with the
constants as defaults: a protobuf message goes on in what is appended to it. The mean over a text is
taken by the graph's own last nodes, as a small model of their own. A graph of another make has no
such constants, and whether bits are equal is tried before anything is packed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rolefit.records import FloatArray, IntArray

LONGEST = 128  # tokens of a text that is packed
ROOM = 512  # tokens of a pack; more at once are no faster
_TRIALS = ((5, 3), (16, 4), (33, 2))  # (tokens, texts)
# Fields of onnx.proto: ModelProto, GraphProto, NodeProto, TensorProto, ValueInfoProto.
_IR, _GRAPH, _OPSET = 1, 7, 8
_NODE, _INITIALIZER, _INPUT, _OUTPUT = 1, 5, 11, 12
_TENSOR_DIMS, _TENSOR_TYPE, _TENSOR_NAME = 1, 2, 8
_FLOAT, _INT64 = 1, 7
Open = Callable[[bytes], Any]  # an onnxruntime session of a model's bytes


@dataclass(frozen=True, slots=True)
class Graph:
    """What can be changed of a graph, and how it makes a vector of its tokens."""

    block: str  # names of constants
    reaches: tuple[str, ...]
    pooled: str  # the value that vectors are means of
    pooling: bytes  # a model from it to "vector"

    @property
    def appendix(self) -> bytes:
        """What follows the file's bytes, so that block and reaches are inputs."""
        named = (_input(name, _INT64, 1) for name in (self.block, *self.reaches))
        return _field(_GRAPH, b"".join(map(_whole, named)))


def understood(model: bytes) -> Graph | None:
    """None for a graph that is not made as `rolefit export onnx` makes it."""
    try:
        return _read(model)
    except (ValueError, IndexError, StopIteration):
        return None


class Packer:
    """Runs packs. `session` is of a model with `graph.appendix`."""

    def __init__(self, session: Any, graph: Graph, open: Open) -> None:
        self.session = session
        self.graph = graph
        self._pooling = open(graph.pooling)

    @classmethod
    def tried(cls, session: Any, graph: Graph, open: Open) -> Packer | None:
        """None where a pack gives other bits than its texts one by one, or cannot be run."""
        given = {one.name for one in session.get_overridable_initializers()}
        if not {graph.block, *graph.reaches} <= given:
            return None
        packer = cls(session, graph, open)
        draw = np.random.default_rng(0)
        for tokens, texts in _TRIALS:
            rows = [draw.integers(0, 100, tokens) for _ in range(texts)]
            alone = (session.run(["vector"], {"ids": row})[0] for row in rows)
            if not all(map(np.array_equal, packer.vectors(rows), alone)):
                return None
        return packer

    def vectors(self, rows: Sequence[IntArray]) -> list[FloatArray]:
        """The vector of each row of ids, which are equally many."""
        none = np.zeros(1, np.int64)
        given = dict.fromkeys(self.graph.reaches, none)
        given |= {"ids": np.concatenate(rows), self.graph.block: np.array([len(rows[0])], np.int64)}
        (tokens,) = self.session.run(["tokens"], given)
        apart = tokens.reshape(len(rows), len(rows[0]), -1)
        return [self._pooling.run(["vector"], {self.graph.pooled: one})[0] for one in apart]


def packs(lengths: Sequence[int], threads: int) -> list[list[int]]:
    """Places of texts that are run together, longest runs first; each place once."""
    by_length: dict[int, list[int]] = {}
    found = []
    for place, length in enumerate(lengths):
        if length <= LONGEST:
            by_length.setdefault(length, []).append(place)
        else:
            found.append([place])
    for length, places in by_length.items():
        share = -(-len(places) // threads)  # so that every thread has some
        most = max(1, min(ROOM // length, max(4, share)))
        found += [places[first : first + most] for first in range(0, len(places), most)]
    return sorted(found, key=lambda places: -len(places) * lengths[places[0]])


@dataclass(frozen=True, slots=True)
class _Node:
    raw: bytes
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    kind: str


def _read(model: bytes) -> Graph:
    graph = next(value for number, value in _fields(model) if number == _GRAPH)
    nodes = [_node(value) for number, value in _fields(graph) if number == _NODE]
    tensors = {_name(value): value for number, value in _fields(graph) if number == _INITIALIZER}
    whole = {name for name, value in tensors.items() if _is_one_number(value)}
    (block,) = {n.inputs[1] for n in nodes if n.kind == "Div" and n.inputs[1] in whole}
    reaches = tuple(n.inputs[1] for n in nodes if n.kind == "Min" and n.inputs[1] in whole)
    pooled = next(node.inputs[0] for node in nodes if "tokens" in node.outputs)
    needed, last = {"vector"}, []
    for node in reversed(nodes):
        if needed & set(node.outputs) and pooled not in node.outputs:
            needed |= set(node.inputs)
            last.append(node.raw)
    if not reaches or len(set(reaches)) != len(reaches) or len(last) > 8:
        raise ValueError("no graph of ours")
    content = [_field(_NODE, raw) for raw in reversed(last)]
    content += [_field(_INITIALIZER, tensors[name]) for name in sorted(needed & set(tensors))]
    content += [
        _field(_INPUT, _input(pooled, _FLOAT, 2)),
        _field(_OUTPUT, _input("vector", _FLOAT, 1)),
    ]
    head = [
        _varint(number << 3) + _varint(value) if isinstance(value, int) else _field(number, value)
        for number, value in _fields(model)
        if number in (_IR, _OPSET)
    ]
    pooling = b"".join(head) + _field(_GRAPH, _field(2, b"mean") + b"".join(content))
    return Graph(block, reaches, pooled, pooling)


def _fields(data: Any) -> Iterator[tuple[int, Any]]:
    """(number, value) of each field of a message: bytes, or a number of a varint."""
    view, at = memoryview(data), 0
    while at < len(view):
        tag, at = _number(view, at)
        if tag & 7 == 0:
            value, at = _number(view, at)
            yield tag >> 3, value
        elif tag & 7 == 2:
            size, at = _number(view, at)
            yield tag >> 3, view[at : at + size]
            at += size
        else:
            at += 8 if tag & 7 == 1 else 4


def _number(view: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while view[at] & 128:
        value |= (view[at] & 127) << shift
        shift, at = shift + 7, at + 1
    return value | view[at] << shift, at + 1


def _node(data: Any) -> _Node:
    texts: dict[int, list[str]] = {1: [], 2: [], 4: []}
    for number, value in _fields(data):
        if number in texts:
            texts[number].append(bytes(value).decode())
    return _Node(bytes(data), tuple(texts[1]), tuple(texts[2]), texts[4][0])


def _name(tensor: Any) -> str:
    return next(bytes(v).decode() for number, v in _fields(tensor) if number == _TENSOR_NAME)


def _is_one_number(tensor: Any) -> bool:
    """An int64 of shape (1,)."""
    said = [(n, v) for n, v in _fields(tensor) if n in (_TENSOR_DIMS, _TENSOR_TYPE)]
    dims = [
        bytes([v]) if isinstance(v, int) and v < 128 else v for n, v in said if n == _TENSOR_DIMS
    ]
    return b"".join(map(bytes, dims)) == b"\1" and (_TENSOR_TYPE, _INT64) in said


def _input(name: str, kind: int, ranks: int) -> bytes:
    """A ValueInfoProto; of whole numbers (1,), else of dimensions that are left open."""
    one = _varint(1 << 3) + _varint(1) if kind == _INT64 else b""
    shape = b"".join(_field(1, one) for _ in range(ranks))
    tensor = _varint(1 << 3) + _varint(kind) + _field(2, shape)
    return _field(1, name.encode()) + _field(2, _field(1, tensor))


def _whole(value: bytes) -> bytes:
    return _field(_INPUT, value)


def _field(number: int, content: Any) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + bytes(content)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
