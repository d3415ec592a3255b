"""The encoder as sentence-transformers expects one: `SentenceTransformer(folder).encode(texts)`.

    SentenceEncoder (this file) -> Pooling (mean) -> Normalize

`write_sentence_files` adds to a weight folder what that library looks for. The folder holds no
code: its `modules.json` names the class below, which comes from the installed rolefit. From
version 6 on the library imports classes of other packages only if told to:
`SentenceTransformer(folder, trust_remote_code=True)`. `sentence_transformer(folder)` gives the same
model without that consent, because nothing that a folder names is imported.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling
from tokenizers import Tokenizer
from torch import Tensor

from rolefit.encoder.config import EncoderConfig
from rolefit.encoder.model import Encoder
from rolefit.encoder.weights import CONFIG_FILE, load_encoder, save_encoder
from rolefit.errors import InputError, WeightsError

TOKENIZER_FILE = "tokenizer.json"
SETTINGS_FILE = "sentence_bert_config.json"  # the name the library uses for its own first module
_SETTING = "max_seq_length"


class SentenceEncoder(InputModule):
    """texts -> token vectors, padded on the right and masked."""

    def __init__(
        self, encoder: Encoder, tokenizer: Tokenizer, max_seq_length: int | None = None
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.encoder = encoder
        self.tokenizer = tokenizer
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.max_seq_length = max_seq_length or encoder.config.max_position_embeddings

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, Tensor]:
        """`input_ids` and `attention_mask`, each (batch, tokens of the longest) int64.

        A text beyond `max_seq_length` keeps its beginning and its last special token, as in
        `rolefit.tokens`. Raises InputError for anything but texts.
        """
        if wrong := next((text for text in inputs if not isinstance(text, str)), None):
            raise InputError(f"expected a list of texts, got {type(wrong).__name__} in it")
        texts = [(prompt or "") + text for text in inputs]
        rows = [self._cut(row.ids) for row in self.tokenizer.encode_batch(texts)]
        longest = max(map(len, rows), default=0)
        ids = torch.zeros(len(rows), longest, dtype=torch.int64)
        mask = torch.zeros(len(rows), longest, dtype=torch.int64)
        for index, row in enumerate(rows):
            ids[index, : len(row)] = torch.tensor(row, dtype=torch.int64)
            mask[index, : len(row)] = 1
        return {"input_ids": ids, "attention_mask": mask}

    def tokenize(self, texts: list[str], **options: Any) -> dict[str, Tensor]:
        """The older name of `preprocess`, which users of the library still call."""
        return self.preprocess(texts, **options)

    def _cut(self, ids: list[int]) -> list[int]:
        if len(ids) <= self.max_seq_length:
            return ids
        return [*ids[: self.max_seq_length - 1], ids[-1]]

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds `token_embeddings` (batch, tokens, hidden)."""
        mask = features["attention_mask"].bool()
        # Without padding there is nothing to mask, and one bias serves the whole batch.
        vectors = self.encoder(features["input_ids"], None if bool(mask.all()) else mask)
        return {**features, "token_embeddings": vectors}

    def get_embedding_dimension(self) -> int:
        return self.encoder.config.hidden_size

    def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **_: Any) -> None:
        """Write a weight folder as `rolefit.encoder.save_encoder` does, tokenizer included."""
        if not safe_serialization:
            raise InputError(
                "rolefit writes safetensors only, never pickle: safe_serialization=True"
            )
        folder = Path(output_path)
        save_encoder(self.encoder, folder)
        self.tokenizer.save(str(folder / TOKENIZER_FILE))
        _write_json(folder / SETTINGS_FILE, {_SETTING: self.max_seq_length})

    @classmethod
    def load(  # type: ignore[override]  # download options are swallowed: nothing is downloaded
        cls, model_name_or_path: str, subfolder: str = "", **_: Any
    ) -> SentenceEncoder:
        """From a local folder."""
        return cls.from_folder(Path(model_name_or_path) / subfolder)

    @classmethod
    def from_folder(cls, folder: Path) -> SentenceEncoder:
        """Strictly loaded weights, the tokenizer, and the limit in SETTINGS_FILE, if any."""
        encoder = load_encoder(folder)
        try:
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        except Exception as error:
            raise WeightsError(
                f"{folder / TOKENIZER_FILE}: expected a tokenizer: {error}"
            ) from error
        settings = folder / SETTINGS_FILE
        limit = json.loads(settings.read_text(encoding="utf-8")) if settings.exists() else {}
        return cls(encoder, tokenizer, limit.get(_SETTING))


def sentence_transformer(folder: str | Path, device: str | None = None) -> SentenceTransformer:
    """The weight folder as a SentenceTransformer: mean pooling, unit vectors."""
    first = SentenceEncoder.from_folder(Path(folder))
    pooling = Pooling(first.get_embedding_dimension(), "mean")
    return SentenceTransformer(modules=[first, pooling, Normalize()], device=device)


def write_sentence_files(folder: str | Path) -> None:
    """Add to a weight folder what `SentenceTransformer(folder)` looks for."""
    folder = Path(folder)
    config = EncoderConfig.from_json(folder / CONFIG_FILE)
    chain = ((SentenceEncoder, ""), (Pooling, "1_Pooling"), (Normalize, "2_Normalize"))
    modules = [
        {"idx": i, "name": str(i), "path": path, "type": f"{kind.__module__}.{kind.__name__}"}
        for i, (kind, path) in enumerate(chain)
    ]
    for _, path in chain:
        (folder / path).mkdir(exist_ok=True)
    _write_json(folder / "modules.json", modules)
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "model_type": "SentenceTransformer",
            "prompts": {},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )
    _write_json(folder / SETTINGS_FILE, {_SETTING: config.max_position_embeddings})
    Pooling(config.hidden_size, "mean").save(str(folder / "1_Pooling"))
    Normalize().save(str(folder / "2_Normalize"))


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
