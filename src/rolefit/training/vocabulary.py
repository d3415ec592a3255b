"""The student's tokenizer: the teacher's WordPiece without words an English model never meets."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# Letters kept: Latin, and Greek for the formulas and units that resumes use.
_KEPT_SCRIPTS = ("LATIN", "GREEK", "MICRO", "FEMININE", "MASCULINE")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The student's tokenizer and where its words stand in the teacher's."""

    tokenizer: Tokenizer
    kept: npt.NDArray[np.int64]  # (words,) teacher id of every student id
    cls: int  # student ids
    sep: int

    def framed(self, body: Tensor) -> Tensor:
        """Student ids (batch, tokens) with [CLS] in front and [SEP] behind."""
        edge = body.new_ones(len(body), 1)
        return torch.cat([edge * self.cls, body, edge * self.sep], dim=1)

    def for_teacher(self, ids: Tensor) -> Tensor:
        """The teacher's ids of the same words."""
        return torch.from_numpy(self.kept)[ids]


def trim(tokenizer: Tokenizer) -> Vocabulary:
    """Drop what English resumes and adverts never need; it falls apart into smaller pieces.

    Dropped are `[unused]` entries, words in other scripts, continuations that are not ASCII, and
    years before 1950 or after 2040.
    """
    from tokenizers import Tokenizer

    spec: dict[str, Any] = json.loads(tokenizer.to_str())
    special = {entry["content"] for entry in spec["added_tokens"]}
    words = sorted(spec["model"]["vocab"].items(), key=lambda item: item[1])
    kept = [(word, old) for word, old in words if word in special or _is_kept(word)]
    spec["model"]["vocab"] = {word: new for new, (word, _) in enumerate(kept)}
    for entry in spec["added_tokens"]:
        entry["id"] = spec["model"]["vocab"][entry["content"]]
    for name, entry in spec["post_processor"].get("special_tokens", {}).items():
        entry["ids"] = [spec["model"]["vocab"][name]]
    return Vocabulary(
        Tokenizer.from_str(json.dumps(spec)),
        np.array([old for _, old in kept], dtype=np.int64),
        cls=spec["model"]["vocab"]["[CLS]"],
        sep=spec["model"]["vocab"]["[SEP]"],
    )


def _is_kept(word: str) -> bool:
    if word.startswith("[unused") or (word.startswith("##") and not word.isascii()):
        return False
    if len(word) == 4 and word.isdigit() and not 1950 <= int(word) <= 2040:
        return False
    return all(
        not unicodedata.category(char).startswith(("L", "M"))
        or unicodedata.name(char, "").startswith(_KEPT_SCRIPTS)
        for char in word
    )
