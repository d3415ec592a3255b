"""The ONNX graph computes what the full attention matrix computes, while doing less."""

import numpy as np
import onnxruntime as ort
import pytest
import torch
from reference import reference_tokens

from rolefit.encoder import Encoder, EncoderConfig
from rolefit.export import graph
from rolefit.export.nodes import quantize


def seeded(**changes):
    torch.manual_seed(5)
    encoder = Encoder(EncoderConfig(**{"vocab_size": 300} | changes)).eval()
    for parameter in encoder.parameters():
        torch.nn.init.normal_(parameter, std=0.06 if parameter.ndim > 1 else 0.3)
    return encoder


def weights_of(encoder):
    return {name: value.numpy() for name, value in encoder.state_dict().items()}


def run(encoder, ids, *, int8=False):
    model = graph.build(weights_of(encoder), encoder.config, int8=int8)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(["vector", "tokens"], {"ids": ids})


def ids_of(length):
    return np.random.default_rng(length).integers(0, 300, length)


@pytest.mark.parametrize("length", [1, 2, 63, 64, 65, 256, 257, 1_000])
def test_token_vectors_equal_the_reference(length):
    encoder, ids = seeded(), ids_of(length)
    _, tokens = run(encoder, ids)
    expected = reference_tokens(encoder.state_dict(), encoder.config, ids)
    np.testing.assert_allclose(tokens, expected, atol=2e-5)


@pytest.mark.slow
def test_8192_tokens_come_out_as_from_the_torch_encoder():
    """Which in turn equals the full-matrix reference at that length (tests/encoder)."""
    encoder, ids = seeded(num_hidden_layers=2), ids_of(8_192)
    with torch.inference_mode():
        expected = encoder(torch.from_numpy(ids)[None])[0].numpy()
    np.testing.assert_allclose(run(encoder, ids)[1], expected, atol=3e-5)


@pytest.mark.parametrize("heads", [8, 12, 16])
def test_every_number_of_heads_keeps_its_slopes(heads):
    encoder = seeded(num_attention_heads=heads, hidden_size=192, intermediate_size=64)
    ids = ids_of(400)
    with torch.inference_mode():
        expected = encoder(torch.from_numpy(ids)[None])[0].numpy()
    np.testing.assert_allclose(run(encoder, ids)[1], expected, atol=2e-5)


def test_the_published_variant_with_normalised_queries_is_exported_too():
    encoder, ids = seeded(qk_norm=True, num_hidden_layers=2), ids_of(300)
    expected = reference_tokens(encoder.state_dict(), encoder.config, ids)
    np.testing.assert_allclose(run(encoder, ids)[1], expected, atol=2e-5)


def test_a_steep_head_really_skips_far_keys():
    """With reach cut to almost nothing the output changes: the windows are in the graph."""
    encoder, ids = seeded(), ids_of(600)
    exact = run(encoder, ids)[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(graph, "REACH", 0.5)
        clipped = run(encoder, ids)[1]
    assert np.abs(exact - clipped).max() > 1e-3


def test_int8_weights_stay_close_and_are_a_quarter_of_the_size():
    encoder, ids = seeded(), ids_of(200)
    sizes = [
        len(graph.build(weights_of(encoder), encoder.config, int8=b).SerializeToString())
        for b in (False, True)
    ]
    assert sizes[1] < 0.27 * sizes[0]
    exact, rough = run(encoder, ids)[0], run(encoder, ids, int8=True)[0]
    assert exact @ rough > 0.995


def test_quantising_keeps_every_value_within_half_a_step():
    value = np.random.default_rng(0).normal(size=(40, 30)).astype(np.float32)
    quantized, scale = quantize(value, axis=1)
    assert scale.shape == (1, 30)
    assert np.abs(quantized * scale - value).max() <= scale.max() / 2 * 1.001


def test_the_last_tokens_of_a_long_text_move_its_vector():
    encoder, ids = seeded(num_hidden_layers=1), ids_of(8_192)
    changed = ids.copy()
    changed[8_000] = (changed[8_000] + 1) % 300
    assert np.abs(run(encoder, ids)[0] - run(encoder, changed)[0]).max() > 1e-6
