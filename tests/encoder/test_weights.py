"""Weights load strictly from the project's own layout and from both published JinaBERT layouts."""

import json

import numpy as np
import pytest
import torch
from published import write_jina
from reference import reference_tokens
from safetensors.torch import load_file, save_file

from rolefit.encoder import Encoder, EncoderConfig, load_encoder, save_encoder
from rolefit.errors import WeightsError

SHAPE = EncoderConfig(
    vocab_size=50, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=48
)
IDS = np.array([3, 1, 4, 1, 5, 9, 2, 6])


def seeded(qk_norm=False):
    torch.manual_seed(3)
    values = {n: getattr(SHAPE, n) for n in SHAPE.__dataclass_fields__} | {"qk_norm": qk_norm}
    encoder = Encoder(EncoderConfig(**values)).eval()
    for parameter in encoder.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    return encoder


def assert_same_outputs(loaded, encoder):
    with torch.inference_mode():
        got = loaded(torch.from_numpy(IDS)[None])[0].numpy()
    expected = reference_tokens(encoder.state_dict(), encoder.config, IDS)
    np.testing.assert_allclose(got, expected, atol=1e-5)


def test_own_layout_round_trips_to_the_last_bit(tmp_path):
    encoder = seeded()
    save_encoder(encoder, tmp_path)
    loaded = load_encoder(tmp_path)
    assert loaded.config == encoder.config
    for name, value in encoder.state_dict().items():
        assert torch.equal(loaded.state_dict()[name], value), name


@pytest.mark.parametrize("prefix", ["", "bert.", "0.auto_model."])
@pytest.mark.parametrize(("swapped", "qk_norm"), [(False, False), (True, False), (True, True)])
def test_published_layouts_compute_what_they_mean(tmp_path, swapped, qk_norm, prefix):
    encoder = seeded(qk_norm)
    write_jina(tmp_path, encoder, swapped=swapped, prefix=prefix)
    assert_same_outputs(load_encoder(tmp_path), encoder)


def damaged(tmp_path, change):
    write_jina(tmp_path, seeded(), swapped=False)
    tensors = load_file(tmp_path / "model.safetensors")
    change(tensors)
    save_file(tensors, tmp_path / "model.safetensors")
    return tmp_path


def test_a_missing_key_is_named(tmp_path):
    folder = damaged(tmp_path, lambda t: t.pop("encoder.layer.1.mlp.wo.bias"))
    with pytest.raises(WeightsError, match=r"missing encoder\.layer\.1\.mlp\.wo\.bias"):
        load_encoder(folder)


def test_an_unexpected_key_is_named(tmp_path):
    extra = {"embeddings.position_embeddings.weight": torch.zeros(512, 32)}
    folder = damaged(tmp_path, lambda t: t.update(extra))
    with pytest.raises(WeightsError, match=r"unexpected embeddings\.position_embeddings"):
        load_encoder(folder)


def test_a_misshapen_key_is_named_with_both_shapes(tmp_path):
    name = "encoder.layer.0.mlp.wo.weight"
    folder = damaged(tmp_path, lambda t: t.update({name: torch.zeros(32, 47)}))
    with pytest.raises(WeightsError, match=r"expected \(32, 48\), got \(32, 47\)"):
        load_encoder(folder)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("position_embedding_type", "absolute"),
        ("feed_forward_type", "original"),
        ("hidden_act", "relu"),
    ],
)
def test_a_config_of_another_architecture_is_refused(tmp_path, key, value):
    write_jina(tmp_path, seeded(), swapped=False)
    config = json.loads((tmp_path / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps(config | {key: value}))
    with pytest.raises(WeightsError, match=key):
        load_encoder(tmp_path)


def test_a_file_that_is_no_safetensors_is_refused(tmp_path):
    write_jina(tmp_path, seeded(), swapped=False)
    (tmp_path / "model.safetensors").write_bytes(b"\x80\x04not a safetensors file at all")
    with pytest.raises(WeightsError, match="expected a safetensors file"):
        load_encoder(tmp_path)


def test_a_truncated_weight_file_is_refused(tmp_path):
    write_jina(tmp_path, seeded(), swapped=False)
    whole = (tmp_path / "model.safetensors").read_bytes()
    (tmp_path / "model.safetensors").write_bytes(whole[:-100])
    with pytest.raises(WeightsError, match="expected a safetensors file"):
        load_encoder(tmp_path)
