"""The systems that `encoders.py` compares, each alone in a process of its own.

    worker = Worker("rolefit-int8", settings)     # the process starts, loads, warms up
    seconds = worker.encode(texts, batch_size)    # measured inside it: texts in, vectors out

A process each keeps thread pools, allocators and peak memory apart; one that waits takes no time.
Parent and worker exchange one line of JSON for each command. Run as a script this file is the
worker.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import rolefit

# Thread counts and processor types that a user's shell may force on one library and not another.
FORCED = (
    "OPENBLAS_",
    "OMP_",
    "MKL_",
    "GOTO_",
    "BLIS_",
    "KMP_",
    "ORT_",
    "ATEN_",
    "DNNL_",
    "ONEDNN_",
)
PACKAGES = ("numpy", "onnxruntime", "torch", "transformers", "sentence-transformers", "tokenizers")

Encode = Callable[[Sequence[str], int], Any]
Count = Callable[[Sequence[str]], int]


@dataclass(frozen=True)
class Settings:
    """Where the models lie and how many processor cores each system may use."""

    bundle: str
    fp32: str | None
    weights: str | None
    optimum: str | None
    cores: int


@dataclass(frozen=True)
class System:
    """One column of the comparison; `worker` names the model, two columns may share one."""

    name: str
    worker: str
    batch_size: int
    note: str


SYSTEMS = (
    System("rolefit INT8", "rolefit-int8", 8, "INT8 bundle, TextEncoder"),
    System("rolefit fp32", "rolefit-fp32", 8, "fp32 ONNX, TextEncoder"),
    System("torch, batch 32", "torch", 32, "same weights, sentence-transformers"),
    System("torch, batch 1", "torch", 1, "same weights, sentence-transformers"),
    System(
        "MiniLM torch", "minilm-torch", 32, "all-MiniLM-L6-v2: reads 256 tokens, drops the rest"
    ),
    System(
        "MiniLM ONNX INT8", "minilm-int8", 32, "the same, sentence-transformers' own INT8 export"
    ),
)


def clean_environment(first_on_path: str | None = None) -> dict[str, str]:
    """The environment of every measured process: nothing forced, nothing downloaded."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(FORCED)}
    home = str(Path(rolefit.__file__).parents[1])
    path = os.pathsep.join(filter(None, [first_on_path, home, kept.get("PYTHONPATH")]))
    offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "true"}
    return {**kept, **offline, "PYTHONPATH": path, "PYTHONWARNINGS": "ignore"}


class Worker:
    """A running system."""

    def __init__(self, kind: str, settings: Settings) -> None:
        self.kind = kind
        self.process = subprocess.Popen(
            [sys.executable, __file__, kind, json.dumps(asdict(settings))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=clean_environment(settings.optimum if kind == "minilm-int8" else None),
        )
        self.versions: dict[str, str] = self._answer()["versions"]

    def ask(self, **command: Any) -> dict[str, Any]:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def encode(self, texts: Sequence[str], batch_size: int) -> float:
        """Seconds from texts to vectors."""
        return float(self.ask(do="encode", texts=texts, batch_size=batch_size)["seconds"])

    def tokens(self, texts: Sequence[str]) -> int:
        """How many tokens of them the system reads."""
        return int(self.ask(do="tokens", texts=texts)["tokens"])

    def peak_megabytes(self) -> float:
        return float(self.ask(do="peak")["megabytes"])

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the process of {self.kind} ended; its error is above")
        answer: dict[str, Any] = json.loads(line)
        return answer


def load_rolefit(settings: Settings, fp32: str | None) -> tuple[Encode, Count]:
    from rolefit.bundle import Bundle
    from rolefit.encode import open_session
    from rolefit.intake import open_encoder

    encoder = open_encoder(Bundle.open(settings.bundle), settings.cores)
    if fp32:
        encoder.session = open_session(fp32)
    return encoder.encode, lambda texts: sum(len(encoder.tokenize(text).ids) for text in texts)


def load_torch(folder: str | Path, cores: int, ours: bool) -> tuple[Encode, Count]:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(cores)
    if ours:
        from rolefit.encoder.sentence import sentence_transformer

        return through_library(sentence_transformer(folder, device="cpu"))
    return through_library(SentenceTransformer(str(folder), device="cpu", local_files_only=True))


def load_minilm_int8() -> tuple[Encode, Count]:
    """Exported and quantized by sentence-transformers itself, once for each process."""
    import tempfile

    from sentence_transformers import SentenceTransformer, export_dynamic_quantized_onnx_model

    provider = {"provider": "CPUExecutionProvider"}
    options: dict[str, Any] = {"backend": "onnx", "local_files_only": True, "device": "cpu"}
    with tempfile.TemporaryDirectory() as place:
        model = SentenceTransformer(
            str(minilm_folder()), model_kwargs={**provider, "export": True}, **options
        )
        model.save_pretrained(place)
        export_dynamic_quantized_onnx_model(model, "avx2", place)
        (file,) = Path(place).rglob("*_avx2.onnx")
        small = SentenceTransformer(
            place, model_kwargs={**provider, "file_name": file.name}, **options
        )
    return through_library(small)


def minilm_folder() -> Path:
    from rolefit.training.teacher import teacher_folder

    return teacher_folder()


def through_library(model: Any) -> tuple[Encode, Count]:
    """encode and token count of a SentenceTransformer."""
    prepare = getattr(model, "preprocess", None) or model.tokenize

    def encode(texts: Sequence[str], batch_size: int) -> Any:
        return model.encode(list(texts), batch_size=batch_size, show_progress_bar=False)

    def count(texts: Sequence[str]) -> int:
        return sum(int(prepare([text])["attention_mask"].sum()) for text in texts)

    return encode, count


def load(kind: str, settings: Settings) -> tuple[Encode, Count]:
    if kind == "rolefit-int8":
        return load_rolefit(settings, None)
    if kind == "rolefit-fp32":
        return load_rolefit(settings, settings.fp32)
    if kind == "torch":
        return load_torch(settings.weights or "", settings.cores, ours=True)
    if kind == "minilm-torch":
        return load_torch(minilm_folder(), settings.cores, ours=False)
    return load_minilm_int8()


def versions() -> dict[str, str]:
    found = {"python": sys.version.split()[0]}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def peak_megabytes() -> float:
    """Of this process. A child starts with its parent's peak, so the parent must stay small."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e6 / 1024)


def serve(kind: str, settings: Settings) -> None:
    # What libraries print goes to standard error; standard output carries answers only.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(**content: Any) -> None:
        answers.write(json.dumps(content) + "\n")
        answers.flush()

    encode, count = load(kind, settings)
    encode(["warm up"], 1)
    answer(versions=versions())
    for line in sys.stdin:
        command = json.loads(line)
        if command["do"] == "encode":
            started = time.perf_counter()
            encode(command["texts"], command["batch_size"])
            answer(seconds=time.perf_counter() - started)
        elif command["do"] == "tokens":
            answer(tokens=count(command["texts"]))
        else:
            answer(megabytes=peak_megabytes())


if __name__ == "__main__":
    serve(sys.argv[1], Settings(**json.loads(sys.argv[2])))
