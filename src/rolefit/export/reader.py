"""Write a trained reader as ONNX with its settings, and refuse it where it differs from torch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rolefit.encode import open_session
from rolefit.errors import ParityError
from rolefit.export.reader_graph import ReaderShape, Weights, build
from rolefit.files import write_file
from rolefit.reader import FORMAT, MODEL, SETTINGS

MIN_COSINE, MAX_LOGIT = 0.995, 0.25  # int8 against float32: vectors, and status logits


def export_model(
    weights: Weights, shape: ReaderShape, out: Path, samples: Sequence[dict[str, Any]]
) -> dict[str, float]:
    """Write `out` / reader.int8.onnx. `samples` are inputs on which int8 and float32 are compared;
    returns the least cosine and the mean difference of the status logits.

    Raises ParityError, leaving what lies in `out`, if int8 strays too far.
    """
    out.mkdir(parents=True, exist_ok=True)
    staged = {kind: out / f".{kind}.onnx" for kind in ("fp32", "int8")}
    try:
        for kind, path in staged.items():
            path.write_bytes(build(weights, shape, int8=kind == "int8").SerializeToString())
        full, small = (open_session(staged[kind]) for kind in ("fp32", "int8"))
        cosines, strays = [], []
        for feed in samples:
            a, b = (session.run(["vector", "status"], feed) for session in (full, small))
            cosines.append(float(a[0] @ b[0]))
            strays.append(float(np.abs(a[1] - b[1]).mean()))
        parity = {"min_cosine": min(cosines), "mean_logit_difference": float(np.mean(strays))}
        if not (
            parity["min_cosine"] >= MIN_COSINE and parity["mean_logit_difference"] <= MAX_LOGIT
        ):
            raise ParityError(f"not exported: int8 strays from float32: {parity}")
        staged["int8"].replace(out / MODEL)
    finally:
        for path in staged.values():
            path.unlink(missing_ok=True)
    return parity


def write_settings(settings: dict[str, Any], tokenizer: Path, out: Path) -> None:
    """Write `out` / reader.json, which belongs to the model that lies there."""
    content = {
        "format": FORMAT,
        "tokenizer_sha256": hashlib.sha256(tokenizer.read_bytes()).hexdigest(),
        "model_bytes": (out / MODEL).stat().st_size,
        **settings,
    }
    write_file(out / SETTINGS, (json.dumps(content) + "\n").encode())
