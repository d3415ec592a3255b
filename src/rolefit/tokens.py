"""text -> ids with character offsets. Cutting at the encoder's limit is always reported."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from rolefit.errors import BundleError
from rolefit.records import Tokens

if TYPE_CHECKING:
    import tokenizers


class Tokenizer:
    """A WordPiece tokenizer.json, read when the first text comes. Safe to share between threads."""

    def __init__(self, file: Path, max_tokens: int) -> None:
        self.file = file
        self.max_tokens = max_tokens
        self._reading = Lock()

    @cached_property
    def _tokenizer(self) -> tokenizers.Tokenizer:
        import tokenizers

        try:
            tokenizer = tokenizers.Tokenizer.from_file(str(self.file))
        except Exception as error:  # tokenizers raises bare Exception
            raise BundleError(f"{self.file}: expected a tokenizer.json: {error}") from error
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def __call__(self, text: str) -> Tokens:
        """Encode `text` with [CLS] in front and [SEP] behind.

        At most `max_tokens` ids are kept, [SEP] among them; `dropped` says how many were not.
        """
        with self._reading:
            tokenizer = self._tokenizer
        encoding = tokenizer.encode(text)
        ids = np.asarray(encoding.ids, dtype=np.int64)
        spans = np.asarray(encoding.offsets, dtype=np.int64).reshape(-1, 2)
        dropped = max(0, len(ids) - self.max_tokens)
        if dropped:
            head = self.max_tokens - 1
            ids = np.concatenate([ids[:head], ids[-1:]])
            spans = np.concatenate([spans[:head], spans[-1:]])
        return Tokens(ids, spans, dropped)
