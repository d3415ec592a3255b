"""text -> ids with character offsets. Cutting at the encoder's limit is always reported."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np

from rolefit.errors import BundleError
from rolefit.records import Tokens
from rolefit.tokens.wordpiece import Unfit, WordPiece


class Tokenizer:
    """A WordPiece tokenizer.json, read when the first text comes. Safe to share between threads."""

    def __init__(self, file: Path, max_tokens: int) -> None:
        self.file = file
        self.max_tokens = max_tokens
        self._reading = Lock()

    @cached_property
    def _wordpiece(self) -> WordPiece:
        try:
            return WordPiece(json.loads(self.file.read_text(encoding="utf-8")))
        except (OSError, ValueError, RecursionError) as error:
            raise BundleError(f"{self.file}: expected a tokenizer.json: {error}") from error
        except Unfit as error:
            raise BundleError(
                f"{self.file}: expected the tokenizer of a BERT model (WordPiece, as "
                f"jina-embeddings-v2-small-en and all-MiniLM have it): {error}"
            ) from error

    def __call__(self, text: str) -> Tokens:
        """Encode `text` with [CLS] in front and [SEP] behind.

        At most `max_tokens` ids are kept, [SEP] among them; `dropped` says how many were not.
        """
        with self._reading:
            wordpiece = self._wordpiece
        ids, spans = wordpiece.encode(text)
        dropped = max(0, len(ids) - self.max_tokens)
        if dropped:
            head = self.max_tokens - 1
            ids = np.concatenate([ids[:head], ids[-1:]])
            spans = np.concatenate([spans[:head], spans[-1:]])
        return Tokens(ids, spans, dropped)
