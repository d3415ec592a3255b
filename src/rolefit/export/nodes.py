"""Writing ONNX by hand: nodes, initializers, and weights as float32 or int8.

An int8 weight has one scale for each output channel (words: each row) and is widened when the
session is made. On processors without 8-bit dot products an integer matrix product is no faster,
and this way activations stay exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 18


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

    def rows(self, name: str, table: npt.NDArray[np.float32], ids: str) -> str:
        """(n, width) rows of an embedding table; in int8 each row has a scale of its own."""
        if not self.int8:
            return self.op("Gather", self.tensor(f"{name}.weight", table), ids, axis=0)
        quantized, scale = quantize(table, axis=0)
        found = self.op("Gather", self.tensor(f"{name}.weight", quantized), ids, axis=0)
        scales = self.op("Gather", self.tensor(f"{name}.scale", scale), ids, axis=0)
        return self.op("Mul", self.op("Cast", found, to=TensorProto.FLOAT), scales)

    def norm(
        self, name: str, weights: dict[str, npt.NDArray[np.float32]], value: str, epsilon: float
    ) -> str:
        """LayerNorm with the gain and bias that `weights` has under `name`."""
        gain = self.tensor(f"{name}.weight", weights[f"{name}.weight"])
        bias = self.tensor(f"{name}.bias", weights[f"{name}.bias"])
        return self.op("LayerNormalization", value, gain, bias, axis=-1, epsilon=epsilon)

    def unit_mean(self, hidden: str, name: str) -> None:
        """Output `name`: the mean over tokens, of unit length."""
        mean = self.op("ReduceMean", hidden, self.ints(0), keepdims=0)
        norm = self.op("ReduceL2", mean, self.ints(0), keepdims=1)
        self.nodes.append(helper.make_node("Div", [mean, norm], [name]))

    def model(
        self, name: str, inputs: Sequence[str], outputs: dict[str, list[int | str]]
    ) -> onnx.ModelProto:
        """All of it: `inputs` are (n,) int64, `outputs` float32 by their shapes."""
        whole, floats = TensorProto.INT64, TensorProto.FLOAT
        graph = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info(one, whole, ["n"]) for one in inputs],
            [helper.make_tensor_value_info(one, floats, size) for one, size in outputs.items()],
            self.initializers,
        )
        sets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
        model = helper.make_model(graph, opset_imports=sets, producer_name="rolefit")
        model.ir_version = 9
        return model


def quantize(
    value: npt.NDArray[np.float32], axis: int
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Symmetric int8 with one scale for each index of `axis`; value ~ quantized * scale."""
    others = tuple(i for i in range(value.ndim) if i != axis)
    scale = np.maximum(np.abs(value).max(axis=others, keepdims=True), 1e-12) / 127
    return np.rint(value / scale).astype(np.int8), scale.astype(np.float32)
