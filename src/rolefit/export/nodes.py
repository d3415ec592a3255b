"""Writing ONNX by hand: nodes, initializers, and weights as float32 or int8.

An int8 weight has one scale for each output channel (words: each row) and is widened when the
session is made. On processors without 8-bit dot products an integer matrix product is no faster,
and this way activations stay exact.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper


@dataclass
class Graph:
    """Collects nodes and initializers; every method returns the name of its result."""

    int8: bool
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    initializers: list[onnx.TensorProto] = field(default_factory=list)
    constants: dict[Any, str] = field(default_factory=dict)
    count: int = 0

    def op(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        return self.ops(kind, *inputs, n=1, domain=domain, **attributes)[0]

    def ops(
        self, kind: str, *inputs: str, n: int, domain: str = "", **attributes: Any
    ) -> list[str]:
        self.count += 1
        outputs = [f"{kind.lower()}_{self.count}_{i}" for i in range(n)]
        self.nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **attributes))
        return outputs

    def tensor(self, name: str, value: npt.NDArray[Any]) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def ints(self, *values: int) -> str:
        """A 1-D int64 constant."""
        if values not in self.constants:
            name = "i_" + "_".join(map(str, values)).replace("-", "m")
            self.constants[values] = self.tensor(name, np.array(values, dtype=np.int64))
        return self.constants[values]

    def matrix(self, name: str, value: npt.NDArray[np.float32], axis: int) -> str:
        """A weight matrix; in int8 it has one scale for each index of `axis`."""
        if not self.int8:
            return self.tensor(name, value)
        quantized, scale = quantize(value, axis)
        wide = self.op("Cast", self.tensor(name, quantized), to=TensorProto.FLOAT)
        return self.op("Mul", wide, self.tensor(name + ".scale", scale))


def quantize(
    value: npt.NDArray[np.float32], axis: int
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Symmetric int8 with one scale for each index of `axis`; value ~ quantized * scale."""
    others = tuple(i for i in range(value.ndim) if i != axis)
    scale = np.maximum(np.abs(value).max(axis=others, keepdims=True), 1e-12) / 127
    return np.rint(value / scale).astype(np.int8), scale.astype(np.float32)
