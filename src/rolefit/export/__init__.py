"""safetensors -> ONNX float32 -> ONNX int8, each checked against the one before."""

from rolefit.export.onnx import Parity, export_onnx

__all__ = ["Parity", "export_onnx"]
