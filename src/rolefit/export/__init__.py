"""safetensors -> ONNX float32 -> ONNX int8, each checked against the one before; the browser app.

`onnx` needs the extra `train`; `web` copies files and needs nothing.
"""
