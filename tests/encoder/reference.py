"""The architecture written a second time, straight from its description and slowly.

It shares no code with rolefit.encoder: one full attention matrix a head, an explicit bias, sums by
einsum. It reads the weights by the names of the project's own layout.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import erf


def reference_tokens(weights, config, ids):
    """Token vectors (n, hidden) in float64 for one document."""
    w = {name: np.asarray(value, dtype=np.float64) for name, value in weights.items()}
    n = len(ids)
    heads = config.num_attention_heads
    size = config.hidden_size // heads
    eps = config.layer_norm_eps

    def norm(x, name):
        mean = x.mean(axis=-1, keepdims=True)
        variance = ((x - mean) ** 2).mean(axis=-1, keepdims=True)
        return (x - mean) / np.sqrt(variance + eps) * w[f"{name}.weight"] + w[f"{name}.bias"]

    distance = np.abs(np.arange(n)[:, None] - np.arange(n)[None, :])
    x = norm(w["word.weight"][ids], "word_norm")
    for i in range(config.num_hidden_layers):
        layer = f"layers.{i}"
        qkv = x @ w[f"{layer}.attention.qkv.weight"].T + w[f"{layer}.attention.qkv.bias"]
        query, key, value = np.split(qkv, 3, axis=-1)
        if config.qk_norm:
            query = norm(query, f"{layer}.attention.query_norm")
            key = norm(key, f"{layer}.attention.key_norm")
        mixed = np.empty_like(x)
        for head in range(heads):
            part = slice(head * size, (head + 1) * size)
            slope = 2.0 ** (-8.0 * (head + 1) / heads)
            logits = query[:, part] @ key[:, part].T / math.sqrt(size) - slope * distance
            logits -= logits.max(axis=-1, keepdims=True)
            weight = np.exp(logits)
            weight /= weight.sum(axis=-1, keepdims=True)
            mixed[:, part] = weight @ value[:, part]
        attended = mixed @ w[f"{layer}.attention.out.weight"].T + w[f"{layer}.attention.out.bias"]
        attended = norm(x + attended, f"{layer}.attention_norm")
        if config.qk_norm:
            attended = norm(x + attended, f"{layer}.middle_norm")
        gate, up = np.split(attended @ w[f"{layer}.feed_forward.gate_up.weight"].T, 2, axis=-1)
        gelu = gate * 0.5 * (1 + erf(gate / math.sqrt(2)))
        fed = gelu * up @ w[f"{layer}.feed_forward.down.weight"].T
        fed += w[f"{layer}.feed_forward.down.bias"]
        x = norm(attended + fed, f"{layer}.output_norm")
    return x
