"""Write the encoder of a weight folder as ONNX and refuse it where it differs from torch."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.stats import spearmanr  # type: ignore[import-untyped]

from rolefit.bundle import FILES, Bundle, write_manifest
from rolefit.encode import open_session
from rolefit.encoder import Encoder, load_encoder
from rolefit.encoder.model import mean_pool
from rolefit.errors import InputError, ParityError
from rolefit.export.graph import build
from rolefit.records import IntArray
from rolefit.tokens import Tokenizer

MIN_COSINE_FP32 = 0.9999
MIN_COSINE_INT8 = 0.995
MIN_RANK_CORRELATION = 0.995
MIN_TEXTS = 200
MAX_FP32_BYTES = 125 * 2**20
MAX_INT8_BYTES = 27 * 2**20
# Every tenth text is compared whole; the others up to here, so that a check takes minutes.
_USUAL_TOKENS = 512


@dataclass(frozen=True)
class Parity:
    """Agreement of an ONNX file with torch, over the document vectors of `texts` texts."""

    texts: int
    min_cosine: float
    rank_correlation: float  # Spearman over the cosines of all pairs of texts


def export_onnx(
    weights: Path,
    out: Path,
    texts: Sequence[str],
    *,
    name: str,
    version: str,
    fp32: Path | None = None,
    any_size: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Bundle, Parity, Parity]:
    """Export `weights` (a folder with config.json, model.safetensors, tokenizer.json) to `out`.

    `out` becomes a bundle with the int8 encoder; a mapper that already lies there stays. `fp32`
    names a file to keep the float32 graph in; `any_size` allows more bytes than a browser should
    load. Returns the bundle and the parity of float32 and int8 with torch. Raises ParityError,
    leaving `out` as it was, if one of them is too far off.
    """
    if len(texts) < MIN_TEXTS:
        raise InputError(f"parity is measured on at least {MIN_TEXTS} texts, got {len(texts)}")
    encoder = load_encoder(weights)
    tokenizer = Tokenizer(weights / FILES.tokenizer, encoder.config.max_position_embeddings)
    arrays = {key: value.numpy() for key, value in encoder.state_dict().items()}
    out.mkdir(parents=True, exist_ok=True)
    staged = {"fp32": out / ".encoder.onnx", "int8": out / f".{FILES.encoder}"}
    try:
        for kind, path in staged.items():
            model = build(arrays, encoder.config, int8=kind == "int8")
            path.write_bytes(model.SerializeToString())
        ids = _sample(tokenizer, texts)
        parity = _measure(encoder, staged, ids, progress)
        _check(parity, staged, any_size)
        staged["int8"].replace(out / FILES.encoder)
        if fp32 is not None:
            fp32.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(staged["fp32"], fp32)
    finally:
        for path in staged.values():
            path.unlink(missing_ok=True)
    shutil.copyfile(weights / FILES.tokenizer, out / FILES.tokenizer)
    bundle = write_manifest(
        out,
        name=name,
        version=version,
        max_tokens=encoder.config.max_position_embeddings,
        hidden_size=encoder.config.hidden_size,
        encoder={
            "architecture": asdict(encoder.config),
            "parity": {kind: asdict(value) for kind, value in parity.items()},
        },
    )
    return bundle, parity["fp32"], parity["int8"]


def _sample(tokenizer: Tokenizer, texts: Sequence[str]) -> list[IntArray]:
    ids = []
    for index, text in enumerate(texts[:MIN_TEXTS]):
        tokens = tokenizer(text).ids
        if index % 10 and len(tokens) > _USUAL_TOKENS:
            tokens = np.concatenate([tokens[: _USUAL_TOKENS - 1], tokens[-1:]])
        ids.append(tokens)
    return ids


def _measure(
    encoder: Encoder,
    files: dict[str, Path],
    ids: Sequence[IntArray],
    progress: Callable[[int, int], None],
) -> dict[str, Parity]:
    sessions = {kind: open_session(path) for kind, path in files.items()}
    vectors: dict[str, list[Any]] = {"torch": [], **{kind: [] for kind in files}}
    for done, row in enumerate(ids, start=1):
        with torch.inference_mode():
            vectors["torch"].append(mean_pool(encoder(torch.from_numpy(row)[None]))[0].numpy())
        for kind, session in sessions.items():
            vectors[kind].append(session.run(["vector"], {"ids": row})[0])
        progress(done, len(ids))
    stacked = {kind: np.stack(rows).astype(np.float64) for kind, rows in vectors.items()}
    return {kind: compare(stacked["torch"], stacked[kind]) for kind in files}


def compare(reference: Any, other: Any) -> Parity:
    """Parity of two sets of unit vectors, (n, hidden) each."""
    pairs = np.triu_indices(len(reference), k=1)
    return Parity(
        texts=len(reference),
        min_cosine=float((reference * other).sum(axis=1).min()),
        rank_correlation=float(
            spearmanr((reference @ reference.T)[pairs], (other @ other.T)[pairs]).statistic
        ),
    )


def _check(parity: dict[str, Parity], files: dict[str, Path], any_size: bool) -> None:
    limits = {"fp32": (MIN_COSINE_FP32, MAX_FP32_BYTES), "int8": (MIN_COSINE_INT8, MAX_INT8_BYTES)}
    problems = []
    for kind, (cosine, most) in limits.items():
        found, size = parity[kind], files[kind].stat().st_size
        # Written so that NaN fails too.
        if not found.min_cosine >= cosine:
            problems.append(f"{kind}: least cosine {found.min_cosine:.6f}, needs {cosine}")
        if not found.rank_correlation >= MIN_RANK_CORRELATION:
            problems.append(
                f"{kind}: rank correlation {found.rank_correlation:.5f}, "
                f"needs {MIN_RANK_CORRELATION}"
            )
        if size > most and not any_size:
            problems.append(
                f"{kind}: {size:,} bytes, at most {most:,} allowed; --any-size writes it all the "
                f"same, for the command line and servers: a browser is not meant to load it"
            )
    if problems:
        raise ParityError("not exported: " + "; ".join(problems))
