"""The architecture: 4-layer post-LayerNorm BERT, symmetric ALiBi, GEGLU, mean pooling.

    hidden = LayerNorm(word[ids])
    repeat: hidden = LayerNorm(hidden + attention(hidden))
            hidden = LayerNorm(hidden + down(gelu(gate(hidden)) * up(hidden)))
    vector = unit(mean over tokens)

Attention adds -slope * |query position - key position| to each head's logits. The bias is
computed from positions, never stored, and queries go block by block, so that 8,192 tokens need
no (heads, 8192, 8192) matrix.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from rolefit.encoder.config import EncoderConfig

QUERY_BLOCK = 1_024


class Attention(nn.Module):
    """Multi-head self-attention with symmetric ALiBi."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.heads = config.num_attention_heads
        self.qkv = nn.Linear(config.hidden_size, 3 * config.hidden_size)
        self.out = nn.Linear(config.hidden_size, config.hidden_size)
        self.query_norm: nn.LayerNorm | None = None
        self.key_norm: nn.LayerNorm | None = None
        if config.qk_norm:
            self.query_norm = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)
            self.key_norm = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)
        self.slopes = config.slopes()

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, width = hidden.shape
        query, key, value = self.qkv(hidden).split(width, dim=-1)
        if self.query_norm is not None and self.key_norm is not None:
            query, key = self.query_norm(query), self.key_norm(key)
        query, key, value = (
            x.view(batch, length, self.heads, -1).transpose(1, 2) for x in (query, key, value)
        )  # (batch, heads, tokens, head size)
        blocks = [
            F.scaled_dot_product_attention(
                query[:, :, start : start + QUERY_BLOCK],
                key,
                value,
                attn_mask=self._bias(start, min(start + QUERY_BLOCK, length), length, mask, hidden),
            )
            for start in range(0, length, QUERY_BLOCK)
        ]
        context = torch.cat(blocks, dim=2) if len(blocks) > 1 else blocks[0]
        mixed: Tensor = self.out(context.transpose(1, 2).reshape(batch, length, width))
        return mixed

    def _bias(self, start: int, end: int, length: int, mask: Tensor | None, like: Tensor) -> Tensor:
        """-slope * distance of queries start..end, -inf at padding: (1 or batch, heads, q, k)."""
        slopes = like.new_tensor(self.slopes).view(-1, 1, 1)
        keys = torch.arange(length, device=like.device)
        queries = torch.arange(start, end, device=like.device)
        bias = (-slopes * (queries[:, None] - keys[None, :]).abs()).unsqueeze(0)
        if mask is None:
            return bias
        return bias.masked_fill(~mask[:, None, None, :], float("-inf"))


class FeedForward(nn.Module):
    """GEGLU (Shazeer 2020, arXiv:2002.05202): down(gelu(gate(x)) * up(x)); gate and up share one
    bias-free matrix, the gate's rows first."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.gate_up = nn.Linear(config.hidden_size, 2 * config.intermediate_size, bias=False)
        self.down = nn.Linear(config.intermediate_size, config.hidden_size)

    def forward(self, hidden: Tensor) -> Tensor:
        gate, up = self.gate_up(hidden).chunk(2, dim=-1)
        down: Tensor = self.down(F.gelu(gate) * up)
        return down


class Layer(nn.Module):
    """Attention and feed-forward, each followed by a residual LayerNorm."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        width, eps = config.hidden_size, config.layer_norm_eps
        self.attention = Attention(config)
        self.attention_norm = nn.LayerNorm(width, eps=eps)
        self.middle_norm = nn.LayerNorm(width, eps=eps) if config.qk_norm else None
        self.feed_forward = FeedForward(config)
        self.output_norm = nn.LayerNorm(width, eps=eps)

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        attended = self.attention_norm(hidden + self.attention(hidden, mask))
        if self.middle_norm is not None:
            attended = self.middle_norm(hidden + attended)
        output: Tensor = self.output_norm(attended + self.feed_forward(attended))
        return output


class Encoder(nn.Module):
    """Token ids to token vectors."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        self.word = nn.Embedding(config.vocab_size, config.hidden_size)
        self.word_norm = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.num_hidden_layers))

    def hidden_states(self, ids: Tensor, mask: Tensor | None = None) -> list[Tensor]:
        """Embedding output and every layer's output, each (batch, tokens, hidden).

        `ids` is (batch, tokens) int64; `mask` is True at real tokens, None if all are real.
        """
        states: list[Tensor] = [self.word_norm(self.word(ids))]
        for layer in self.layers:
            states.append(layer(states[-1], mask))
        return states

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """Token vectors of the last layer: (batch, tokens, hidden)."""
        hidden: Tensor = self.word_norm(self.word(ids))
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return hidden


def mean_pool(hidden: Tensor, mask: Tensor | None = None) -> Tensor:
    """Mean over real tokens, then unit length: (batch, tokens, hidden) -> (batch, hidden)."""
    if mask is None:
        return F.normalize(hidden.mean(dim=1), dim=-1)
    weights = mask.unsqueeze(-1).to(hidden.dtype)
    return F.normalize((hidden * weights).sum(dim=1) / weights.sum(dim=1), dim=-1)
