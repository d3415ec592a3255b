"""The encoder's shape, as `config.json` of a weight folder states it."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rolefit.errors import WeightsError

# What a JinaBERT config.json must say for these weights to mean what this code computes.
_FIXED = {
    "position_embedding_type": "alibi",
    "feed_forward_type": "geglu",
    "hidden_act": "gelu",
}


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """Sizes of a post-LayerNorm BERT with GEGLU feed-forward and symmetric ALiBi."""

    vocab_size: int = 30_528
    hidden_size: int = 512
    num_hidden_layers: int = 4
    num_attention_heads: int = 16
    intermediate_size: int = 1_536
    layer_norm_eps: float = 1e-12
    max_position_embeddings: int = 8_192
    qk_norm: bool = False  # LayerNorm on queries and keys and a second residual norm

    @property
    def head_size(self) -> int:
        return self.hidden_size // self.num_attention_heads

    def slopes(self) -> list[float]:
        """ALiBi slope of each head, steepest first (Press et al. 2022, arXiv:2108.12409)."""
        return alibi_slopes(self.num_attention_heads)

    @classmethod
    def from_json(cls, path: Path) -> EncoderConfig:
        """Read `config.json`; refuse one that describes another architecture."""
        try:
            raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise WeightsError(f"{path}: expected a JSON model configuration: {error}") from error
        for key, expected in _FIXED.items():
            if raw.get(key, expected) != expected:
                raise WeightsError(f"{path}: {key} must be {expected!r}, got {raw[key]!r}")
        fields = cls.__dataclass_fields__
        missing = [
            k
            for k in (
                "vocab_size",
                "hidden_size",
                "num_hidden_layers",
                "num_attention_heads",
                "intermediate_size",
            )
            if k not in raw
        ]
        if missing:
            raise WeightsError(f"{path}: missing {', '.join(missing)}")
        config = cls(**{k: raw[k] for k in fields if k in raw})
        if config.hidden_size % config.num_attention_heads:
            raise WeightsError(
                f"{path}: hidden_size {config.hidden_size} must be a multiple of "
                f"num_attention_heads {config.num_attention_heads}"
            )
        return config

    def to_json(self) -> str:
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return json.dumps({"model_type": "rolefit", **values, **_FIXED}, indent=2) + "\n"


def alibi_slopes(heads: int) -> list[float]:
    """Geometric slopes 2^(-8/n), 2^(-16/n), ...; other counts take every second of the next power.

    >>> alibi_slopes(8)[:2]
    [0.5, 0.25]
    """
    if math.log2(heads).is_integer():
        return [2.0 ** (-8.0 * (i + 1) / heads) for i in range(heads)]
    lower = 2 ** math.floor(math.log2(heads))
    return alibi_slopes(lower) + alibi_slopes(2 * lower)[0::2][: heads - lower]
