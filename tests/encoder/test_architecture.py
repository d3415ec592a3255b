"""The encoder computes what the architecture says, at every length."""

import numpy as np
import pytest
import torch
from reference import reference_tokens

from rolefit.encoder import Encoder, EncoderConfig
from rolefit.encoder.config import alibi_slopes
from rolefit.encoder.model import mean_pool

LENGTHS = [1, 2, 63, 64, 65, 1_000]


def seeded(**changes):
    """The specified shape with fewer words; weights large enough that every part matters."""
    config = EncoderConfig(**{"vocab_size": 400} | changes)
    torch.manual_seed(11)
    encoder = Encoder(config).eval()
    for parameter in encoder.parameters():
        torch.nn.init.normal_(parameter, std=0.06 if parameter.ndim > 1 else 0.3)
    return encoder


def ids_of(length, vocabulary=400):
    return np.random.default_rng(length).integers(0, vocabulary, length)


@torch.inference_mode()
def tokens(encoder, ids):
    return encoder(torch.from_numpy(ids)[None])[0].numpy()


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("qk_norm", [False, True])
def test_the_encoder_equals_a_full_matrix_reference(length, qk_norm):
    encoder = seeded(qk_norm=qk_norm)
    ids = ids_of(length)
    expected = reference_tokens(encoder.state_dict(), encoder.config, ids)
    np.testing.assert_allclose(tokens(encoder, ids), expected, atol=1e-5)


@pytest.mark.slow
def test_the_encoder_equals_the_reference_at_8192_tokens():
    encoder = seeded(num_hidden_layers=2)  # the reference takes half a minute a layer
    ids = ids_of(8_192)
    expected = reference_tokens(encoder.state_dict(), encoder.config, ids)
    np.testing.assert_allclose(tokens(encoder, ids), expected, atol=1e-5)


def test_padding_changes_no_real_token():
    encoder = seeded()
    ids = torch.from_numpy(ids_of(30))[None]
    padded = torch.cat([ids, ids.new_zeros(1, 20)], dim=1)
    mask = torch.arange(50)[None] < 30
    with torch.inference_mode():
        alone, with_padding = encoder(ids), encoder(padded, mask)
        torch.testing.assert_close(alone, with_padding[:, :30], atol=1e-5, rtol=0)
        torch.testing.assert_close(
            mean_pool(alone), mean_pool(with_padding, mask), atol=1e-6, rtol=0
        )


def test_no_positional_bias_is_stored():
    assert not any(
        "bias_table" in k or "alibi" in k or "position" in k for k in seeded().state_dict()
    )


def test_the_last_of_8192_tokens_moves_the_vector():
    encoder = seeded(num_hidden_layers=1)
    ids = ids_of(8_192)
    changed = ids.copy()
    changed[8_000] = (changed[8_000] + 1) % 400
    with torch.inference_mode():
        a, b = (mean_pool(encoder(torch.from_numpy(x)[None])) for x in (ids, changed))
    assert (a - b).abs().max() > 1e-6


def test_slopes_of_eight_heads_are_halved_from_one_half():
    assert alibi_slopes(8) == [2.0**-i for i in range(1, 9)]


def test_slopes_of_twelve_heads_fill_in_between_those_of_eight():
    assert alibi_slopes(12) == [2.0**-i for i in range(1, 9)] + [
        2.0 ** -(i - 0.5) for i in range(1, 5)
    ]
