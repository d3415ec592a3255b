"""Weight names: this project's own layout and both published JinaBERT layouts, strictly.

A folder holds `config.json` and `model.safetensors`. Every key of the file must be known and of
the right shape, and every weight of the encoder must be in the file; anything else is a
WeightsError that lists the keys. The layouts differ in more than names:

- `mlp.gated_layers`: rows of the gate first, then of the linear half (as here);
- `mlp.up_gated_layer`: the linear half first, then the gate;
- both keep query, key and value apart and add the type-0 row of `token_type_embeddings` to every
  word; here both are folded into one matrix.

Source of the layouts: the tensor names of jina-embeddings-v2-small-en and -v2-base-code as read by
text-embeddings-inference (`jina.rs`, `jina_code.rs`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from rolefit.encoder.config import EncoderConfig
from rolefit.encoder.model import Encoder
from rolefit.errors import WeightsError

if TYPE_CHECKING:
    from collections.abc import Iterator

WEIGHTS_FILE = "model.safetensors"
CONFIG_FILE = "config.json"

# Wrappers put in front of every key by BertModel heads and by sentence-transformers.
_PREFIXES = ("", "bert.", "0.auto_model.", "auto_model.")
# Published with the model but no part of a mean-pooled encoder.
_UNUSED = ("pooler.dense.weight", "pooler.dense.bias", "embeddings.position_ids")


def load_encoder(folder: str | Path) -> Encoder:
    """Encoder with the weights of `folder`, in eval mode, float32. Raises WeightsError."""
    folder = Path(folder)
    raw = _read(folder / WEIGHTS_FILE)
    config = EncoderConfig.from_json(folder / CONFIG_FILE)
    if any(name.endswith("attention.self.query.weight") for name in raw):
        raw, config = _from_jina(raw, config, folder)
    with torch.device("meta"):
        encoder = Encoder(config)
    expected = {name: tuple(value.shape) for name, value in encoder.state_dict().items()}
    _check_keys(folder, {name: tuple(value.shape) for name, value in raw.items()}, expected)
    encoder.load_state_dict(raw, strict=True, assign=True)
    return encoder.float().eval()


def save_encoder(encoder: Encoder, folder: str | Path, dtype: torch.dtype = torch.float32) -> None:
    """Write `config.json` and `model.safetensors` in this project's layout."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: value.detach().to(dtype).contiguous() for name, value in encoder.state_dict().items()
    }
    partial = folder / (WEIGHTS_FILE + ".partial")
    save_file(tensors, partial, metadata={"format": "pt"})
    partial.replace(folder / WEIGHTS_FILE)
    (folder / CONFIG_FILE).write_text(encoder.config.to_json(), encoding="utf-8")


def _read(path: Path) -> dict[str, Tensor]:
    try:
        with safe_open(path, framework="pt") as file:
            raw = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        raise WeightsError(f"{path}: expected a safetensors file: {error}") from error
    # What is added up below loses less in float32 than in the half precision of published files.
    return {name: x.float() if x.is_floating_point() else x for name, x in raw.items()}


def _check_keys(
    folder: Path, found: dict[str, tuple[int, ...]], expected: dict[str, tuple[int, ...]]
) -> None:
    problems = [f"missing {name} {shape}" for name, shape in expected.items() if name not in found]
    problems += [f"unexpected {name}" for name in found if name not in expected]
    problems += [
        f"{name}: expected {expected[name]}, got {shape}"
        for name, shape in found.items()
        if name in expected and shape != expected[name]
    ]
    if problems:
        shown = "\n  ".join(problems[:20]) + ("\n  ..." if len(problems) > 20 else "")
        raise WeightsError(f"{folder / WEIGHTS_FILE} does not fit its config.json:\n  {shown}")


def _from_jina(
    raw: dict[str, Tensor], config: EncoderConfig, folder: Path
) -> tuple[dict[str, Tensor], EncoderConfig]:
    """Translate a JinaBERT state dict to this project's layout."""
    prefix = next(
        p
        for p in sorted(_PREFIXES, key=len, reverse=True)
        if any(name.startswith(p + "encoder.layer.") for name in raw) or not p
    )
    raw = {name.removeprefix(prefix): value for name, value in raw.items()}
    raw = {name: value for name, value in raw.items() if name not in _UNUSED}
    swapped = any(".mlp.up_gated_layer." in name for name in raw)
    qk_norm = any(".layer_norm_q." in name for name in raw)
    config = EncoderConfig(
        **{k: getattr(config, k) for k in config.__dataclass_fields__} | {"qk_norm": qk_norm}
    )
    expected = dict(_jina_shapes(config, swapped, raw))
    _check_keys(folder, {n: tuple(v.shape) for n, v in raw.items()}, expected)
    return dict(_translate(raw, config, swapped)), config


def _jina_shapes(
    config: EncoderConfig, swapped: bool, raw: dict[str, Tensor]
) -> Iterator[tuple[str, tuple[int, ...]]]:
    width, inner = config.hidden_size, config.intermediate_size
    types = raw.get("embeddings.token_type_embeddings.weight")
    yield "embeddings.word_embeddings.weight", (config.vocab_size, width)
    yield (
        "embeddings.token_type_embeddings.weight",
        (types.shape[0] if types is not None else 2, width),
    )
    norms = ["embeddings.LayerNorm"]
    for i in range(config.num_hidden_layers):
        layer = f"encoder.layer.{i}"
        for name in ("self.query", "self.key", "self.value", "output.dense"):
            yield f"{layer}.attention.{name}.weight", (width, width)
            yield f"{layer}.attention.{name}.bias", (width,)
        gate, down = ("up_gated_layer", "down_layer") if swapped else ("gated_layers", "wo")
        yield f"{layer}.mlp.{gate}.weight", (2 * inner, width)
        yield f"{layer}.mlp.{down}.weight", (width, inner)
        yield f"{layer}.mlp.{down}.bias", (width,)
        norms += [f"{layer}.attention.output.LayerNorm", f"{layer}.{_last_norm(raw, i)}"]
        if config.qk_norm:
            norms += [
                f"{layer}.attention.self.layer_norm_q",
                f"{layer}.attention.self.layer_norm_k",
                f"{layer}.layer_norm_1",
            ]
    for norm in norms:
        yield f"{norm}.weight", (width,)
        yield f"{norm}.bias", (width,)


def _last_norm(raw: dict[str, Tensor], layer: int) -> str:
    """The feed-forward's norm sits inside `mlp` in one layout and beside it in the other."""
    beside = f"encoder.layer.{layer}.layer_norm_2.weight" in raw
    return "layer_norm_2" if beside else "mlp.layernorm"


def _translate(
    raw: dict[str, Tensor], config: EncoderConfig, swapped: bool
) -> Iterator[tuple[str, Tensor]]:
    types = raw["embeddings.token_type_embeddings.weight"]
    yield "word.weight", raw["embeddings.word_embeddings.weight"] + types[0]
    renamed = {"word_norm": "embeddings.LayerNorm"}
    for i in range(config.num_hidden_layers):
        old, new = f"encoder.layer.{i}", f"layers.{i}"
        for part in ("weight", "bias"):
            yield (
                f"{new}.attention.qkv.{part}",
                torch.cat(
                    [raw[f"{old}.attention.self.{x}.{part}"] for x in ("query", "key", "value")]
                ),
            )
        gate_up = raw[f"{old}.mlp.{'up_gated_layer' if swapped else 'gated_layers'}.weight"]
        if swapped:
            up, gate = gate_up.chunk(2)
            gate_up = torch.cat([gate, up])
        yield f"{new}.feed_forward.gate_up.weight", gate_up
        renamed[f"{new}.attention.out"] = f"{old}.attention.output.dense"
        renamed[f"{new}.attention_norm"] = f"{old}.attention.output.LayerNorm"
        renamed[f"{new}.feed_forward.down"] = f"{old}.mlp.{'down_layer' if swapped else 'wo'}"
        renamed[f"{new}.output_norm"] = f"{old}.{_last_norm(raw, i)}"
        if config.qk_norm:
            renamed[f"{new}.attention.query_norm"] = f"{old}.attention.self.layer_norm_q"
            renamed[f"{new}.attention.key_norm"] = f"{old}.attention.self.layer_norm_k"
            renamed[f"{new}.middle_norm"] = f"{old}.layer_norm_1"
    for name, source in renamed.items():
        for part in ("weight", "bias"):
            yield f"{name}.{part}", raw[f"{source}.{part}"]
