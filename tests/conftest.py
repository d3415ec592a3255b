"""A real bundle, only tiny: a seeded embedding table as the encoder, made in milliseconds.

Whatever runs with it runs with the shipped bundle; only the scores mean nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

import rolefit
from rolefit.bundle import FILES, Bundle, write_manifest
from rolefit.cli import main

HIDDEN = 16
MAX_TOKENS = 512
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
WORDS = [
    "accountant",
    "accounting",
    "audit",
    "backend",
    "care",
    "chef",
    "children",
    "close",
    "code",
    "cost",
    "customer",
    "data",
    "design",
    "engineer",
    "experience",
    "finance",
    "food",
    "hospital",
    "kitchen",
    "ledger",
    "manager",
    "marketing",
    "nurse",
    "patient",
    "python",
    "resume",
    "school",
    "senior",
    "server",
    "site",
    "software",
    "sql",
    "staff",
    "teacher",
    "team",
    "ward",
    "years",
]


@pytest.fixture(scope="session")
def tiny_bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return make_tiny_bundle(tmp_path_factory.mktemp("bundle"))


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's cache."""
    monkeypatch.setenv("ROLEFIT_CACHE", str(tmp_path_factory.mktemp("cache") / "c.sqlite"))


@pytest.fixture
def environment() -> dict[str, str]:
    """For subprocesses: they import the package under test, installed or not."""
    home = str(Path(rolefit.__file__).parents[1])
    path = os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path, "COLUMNS": "80"}


NURSE = "Senior nurse, hospital, ten years of patient care. " * 9
CHEF = "Chef. Kitchen, food, staff, suppliers and menus. " * 9
CODER = "<html><body><p>Backend engineer: python, sql, data.</p></body></html>" + " " * 9
ADVERT = "We look for a nurse with years of experience in patient care. " * 9


@dataclass
class Result:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tiny_bundle: Bundle) -> Run:
    """`run("rank", job, folder)` is the command with the tiny bundle, in this process."""

    def run(*arguments: object, model: bool = True) -> Result:
        extra = ["--model", str(tiny_bundle.folder)] if model else []
        with pytest.raises(SystemExit) as stop:
            main([*map(str, arguments), *extra])
        assert isinstance(stop.value.code, int)
        return Result(stop.value.code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def client(tiny_bundle: Bundle) -> Iterator[Any]:
    """A client of a service with the tiny bundle, shared by the tests that leave it as it is."""
    from serving import serving  # needs the extra `serve`

    with serving(tiny_bundle) as running:
        yield running


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    """job.txt beside a folder of resumes: three that can be read, in two folders."""
    (tmp_path / "job.txt").write_text(ADVERT)
    folder = tmp_path / "pool"
    (folder / "more").mkdir(parents=True)
    (folder / "nurse.txt").write_text(NURSE)
    (folder / "chef.md").write_text(CHEF)
    (folder / "more" / "coder.html").write_text(CODER)
    return folder


@pytest.fixture
def job(pool: Path) -> Path:
    return pool.parent / "job.txt"


def make_tiny_bundle(folder: Path) -> Bundle:
    tokenizer = _tokenizer()
    tokenizer.save(str(folder / FILES.tokenizer))
    onnx.save(_encoder(tokenizer.get_vocab_size()), str(folder / FILES.encoder))
    for name, content in _mapper().items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    (folder / FILES.card).write_text("# tiny\n\nFor tests only.\n", encoding="utf-8")
    return write_manifest(
        folder, name="tiny", version="0", max_tokens=MAX_TOKENS, hidden_size=HIDDEN,
        encoder={"architecture": "embedding table"},
    )  # fmt: skip


def _tokenizer() -> Tokenizer:
    letters = [chr(code) for code in range(33, 127) if not chr(code).isupper()]
    entries = [*SPECIAL, *letters, *(f"##{letter}" for letter in letters), *WORDS]
    vocabulary = {entry: i for i, entry in enumerate(entries)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        special_tokens=[(token, vocabulary[token]) for token in ("[CLS]", "[SEP]")],
    )
    return tokenizer


def _encoder(vocabulary: int) -> onnx.ModelProto:
    """tokens = table[ids]; vector = the unit mean of the tokens. Words weigh more than letters."""
    table = np.random.default_rng(7).normal(size=(vocabulary, HIDDEN)).astype(np.float32)
    table[: -len(WORDS)] *= 0.1
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["table", "ids"], ["tokens"], axis=0),
            helper.make_node("ReduceMean", ["tokens", "first"], ["mean"], keepdims=0),
            helper.make_node("ReduceL2", ["mean"], ["length"], keepdims=1),
            helper.make_node("Div", ["mean", "length"], ["vector"]),
        ],
        "tiny",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["n"])],
        [
            helper.make_tensor_value_info("vector", TensorProto.FLOAT, [HIDDEN]),
            helper.make_tensor_value_info("tokens", TensorProto.FLOAT, ["n", HIDDEN]),
        ],
        [
            numpy_helper.from_array(table, "table"),
            numpy_helper.from_array(np.array([0], dtype=np.int64), "first"),
        ],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


def _mapper() -> dict[str, dict[str, object]]:
    """Degree 1: 0 points at a cosine of 0, 100 at 1, half of it from a network of the same.

    Means nothing, but spreads the tiny encoder's cosines over the whole range.
    """
    return {
        FILES.poly: {
            "degree": 1, "include_bias": False, "n_features_in": 1, "n_output_features": 1,
        },
        FILES.ridge: {
            "alpha": 1.0, "coefficients": [50.0], "intercept": 50.0, "n_features_in": 1,
        },
        FILES.neural: {
            "hidden_layer_sizes": [2], "activation": "relu", "n_features_in": 1,
            "coefs": [[[1.0, -1.0]], [[50.0], [-50.0]]], "intercepts": [[0.0, 0.0], [50.0]],
        },
        FILES.mapper: {
            "format": 1, "features": ["cosine"], "low": [-1.0], "high": [1.0],
            "mean": [0.5], "scale": [0.5], "ensemble_weight": 0.5,
            "bands": {"upper": [40, 70, 100], "half_width": [12.0, 14.0, 9.0]},
        },
    }  # fmt: skip
