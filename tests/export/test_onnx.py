"""Exporting checks itself: what does not agree with torch never becomes a bundle."""

import json
from dataclasses import replace

import numpy as np
import pytest
import tiny
import torch

from rolefit.bundle import FILES, Bundle
from rolefit.encoder import Encoder, EncoderConfig, save_encoder
from rolefit.errors import InputError, ParityError, WeightsError
from rolefit.export import onnx as export_module
from rolefit.export.onnx import compare, export_onnx
from rolefit.training.teacher import tokenizer_of
from rolefit.training.vocabulary import trim

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    """A seeded encoder of odd sizes with a real tokenizer."""
    folder = tmp_path_factory.mktemp("weights")
    vocabulary = trim(tokenizer_of(tiny.make_teacher(tmp_path_factory.mktemp("teacher"))))
    torch.manual_seed(2)
    encoder = Encoder(
        EncoderConfig(
            vocab_size=len(vocabulary.kept),
            hidden_size=64,
            num_hidden_layers=2,
            num_attention_heads=4,
            intermediate_size=80,
        )
    )
    for parameter in encoder.parameters():
        torch.nn.init.normal_(parameter, std=0.15 if parameter.ndim > 1 else 0.3)
    save_encoder(encoder, folder)
    vocabulary.tokenizer.save(str(folder / FILES.tokenizer))
    return folder


@pytest.fixture(scope="module")
def texts():
    rng = np.random.default_rng(6)
    return [" ".join(rng.choice(tiny.WORDS, rng.integers(5, 400))) for _ in range(200)]


def export(weights, out, texts, **options):
    return export_onnx(weights, out, texts, name="test", version="1", **options)


def test_the_exported_bundle_opens_and_states_its_parity(tmp_path, weights, texts):
    bundle, full, small = export(weights, tmp_path / "bundle", texts, fp32=tmp_path / "full.onnx")
    bundle.verify()
    assert full.min_cosine >= 0.9999
    assert small.min_cosine >= 0.995
    assert min(full.rank_correlation, small.rank_correlation) >= 0.995
    manifest = json.loads(bundle.path(FILES.manifest).read_text())
    assert manifest["encoder"]["parity"]["int8"]["texts"] == 200
    assert (tmp_path / "full.onnx").stat().st_size > bundle.path(FILES.encoder).stat().st_size


def test_an_export_that_disagrees_is_refused_and_leaves_the_old_one(
    tmp_path, weights, texts, monkeypatch
):
    bundle, *_ = export(weights, tmp_path, texts)
    before = bundle.path(FILES.encoder).read_bytes()
    honest = export_module.build

    def blunt(arrays, config, *, int8):
        arrays = {name: np.round(value, 0 if int8 else 7) for name, value in arrays.items()}
        return honest(arrays, config, int8=int8)

    monkeypatch.setattr(export_module, "build", blunt)
    with pytest.raises(ParityError, match="int8: least cosine"):
        export(weights, tmp_path, texts)
    assert bundle.path(FILES.encoder).read_bytes() == before
    Bundle.open(tmp_path).verify()
    assert not list(tmp_path.glob(".*"))


def test_an_oversized_export_is_refused(tmp_path, weights, texts, monkeypatch):
    monkeypatch.setattr(export_module, "MAX_INT8_BYTES", 1_000)
    with pytest.raises(ParityError, match="at most 1,000 allowed"):
        export(weights, tmp_path, texts)


def test_too_few_texts_prove_nothing(tmp_path, weights, texts):
    with pytest.raises(InputError, match="at least 200 texts, got 199"):
        export(weights, tmp_path, texts[:199])


def test_weights_that_do_not_fit_their_config_are_refused(tmp_path, weights, texts):
    config = EncoderConfig.from_json(weights / "config.json")
    other = tmp_path / "weights"
    other.mkdir()
    for file in weights.iterdir():
        (other / file.name).write_bytes(file.read_bytes())
    (other / "config.json").write_text(replace(config, intermediate_size=81).to_json())
    with pytest.raises(WeightsError, match="expected"):
        export(other, tmp_path / "bundle", texts)


def test_vectors_without_numbers_count_as_disagreement():
    vectors = np.random.default_rng(1).normal(size=(6, 8))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    broken = vectors.copy()
    broken[2] = np.nan
    assert compare(vectors, vectors).min_cosine > 0.999
    assert not compare(vectors, broken).min_cosine >= 0
