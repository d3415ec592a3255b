"""Weights as jina-embeddings-v2-small-en has them, from the folder to a score, by commands."""

import json

import numpy as np
import pytest
import tiny
import torch
from published import write_jina
from reference import reference_tokens

from rolefit.bundle import FILES, Bundle
from rolefit.encoder import Encoder, EncoderConfig
from rolefit.tokens import Tokenizer
from rolefit.training import fit
from rolefit.training.crossfit import MapperSettings
from rolefit.training.teacher import tokenizer_of

pytestmark = pytest.mark.slow
QUICK = MapperSettings(hidden_layers=(3,), folds=2, max_epochs=2, alphas=(1.0,), min_band_pairs=10)


def lines(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture(scope="module")
def texts():
    rng = np.random.default_rng(6)
    return [" ".join(rng.choice(tiny.WORDS, rng.integers(5, 200))) for _ in range(200)]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A folder as it is downloaded: half precision, more rows of words than the tokenizer has."""
    folder = tmp_path_factory.mktemp("published")
    tokenizer = tokenizer_of(tiny.make_teacher(tmp_path_factory.mktemp("teacher")))
    torch.manual_seed(2)
    encoder = Encoder(EncoderConfig(
        vocab_size=tokenizer.get_vocab_size() + 6, hidden_size=64, num_hidden_layers=2,
        num_attention_heads=4, intermediate_size=80,
    ))  # fmt: skip
    for parameter in encoder.parameters():
        torch.nn.init.normal_(parameter, std=0.15 if parameter.ndim > 1 else 0.3)
    write_jina(folder, encoder, swapped=False, dtype=torch.float16)
    tokenizer.enable_truncation(8192)
    tokenizer.enable_padding(length=128)
    tokenizer.save(str(folder / FILES.tokenizer))
    return folder, encoder


def test_published_weights_are_exported_encode_get_a_mapper_and_score(
    published, texts, tmp_path, run, monkeypatch
):
    folder, encoder = published
    sample = lines(tmp_path / "texts.jsonl", [{"id": i, "text": t} for i, t in enumerate(texts)])
    made = tmp_path / "bundle"
    done = run("export", "onnx", folder, sample, "--out", made, "--name", "other", model=False)
    assert done.status == 0, done.err
    Bundle.open(made).verify()

    (tmp_path / "one.txt").write_text(texts[3])
    vectors = tmp_path / "x.npy"
    encoded = run("encode", tmp_path / "one.txt", "-o", vectors, "--model", made, model=False)
    assert encoded.status == 0, encoded.err
    ids = Tokenizer(folder / FILES.tokenizer, 8192)(texts[3]).ids
    expected = reference_tokens(encoder.state_dict(), encoder.config, ids).mean(axis=0)
    expected /= np.linalg.norm(expected)
    assert float(np.load(vectors)[0] @ expected) > 0.99

    monkeypatch.setattr(fit, "MapperSettings", lambda **_: QUICK)
    pairs = lines(tmp_path / "pairs.jsonl", [
        {"resume": texts[i], "job": texts[20 + j], "score": (17 * i + 31 * j) % 100}
        for i in range(10) for j in range(8)
    ])  # fmt: skip
    taught = run("train", "mapper", pairs, "--model", made, model=False)
    assert taught.status == 0, taught.err
    (tmp_path / "job.txt").write_text(texts[21])
    scored = run("score", tmp_path / "one.txt", tmp_path / "job.txt", "--json", "--model", made,
                 model=False)  # fmt: skip
    assert scored.status in (0, 3), scored.err
    (result,) = scored.json["results"]
    assert 0 <= result["score"] <= 100


def test_weights_that_are_larger_than_a_browser_loads_are_written_if_that_is_meant(
    published, texts, tmp_path, run, monkeypatch
):
    monkeypatch.setattr("rolefit.export.onnx.MAX_INT8_BYTES", 1_000)
    sample = lines(tmp_path / "texts.jsonl", [{"id": i, "text": t} for i, t in enumerate(texts)])
    asked = ("export", "onnx", published[0], sample, "--out", tmp_path / "bundle")
    refused = run(*asked, model=False)
    assert refused.status == 2
    assert "at most 1,000 allowed; --any-size writes it all the same" in refused.err
    assert run(*asked, "--any-size", model=False).status == 0
    Bundle.open(tmp_path / "bundle").verify()
