"""How well the student's cosines agree with the teacher's on texts it has never seen."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from scipy.stats import spearmanr  # type: ignore[import-untyped]
from torch import Tensor
from torch.nn import functional as F

from rolefit.encoder import Encoder
from rolefit.encoder.model import mean_pool
from rolefit.training.corpus import Corpus, IntArray, draw
from rolefit.training.teacher import Teacher
from rolefit.training.vocabulary import Vocabulary

_SHORT = ((24, 40), (48, 40), (96, 40), (126, 40))  # tokens, texts
_WHOLE = 32  # whole held-out documents


class Agreement:
    """Spearman correlation of pair cosines, student against teacher, on held-out texts.

    `short`: windows of 24-126 tokens, all pairs among 160. `whole`: documents as they are, read in
    one piece by the student; the teacher's vector is the unit mean of its chunks' vectors.
    """

    def __init__(
        self, teacher: Teacher, corpus: Corpus, vocabulary: Vocabulary, chunk: int
    ) -> None:
        rng = np.random.default_rng(7)
        self.vocabulary = vocabulary
        self.short = [draw(corpus.held_out, rng, count, length) for length, count in _SHORT]
        self.whole = corpus.held_out[:: max(1, len(corpus.held_out) // _WHOLE)][:_WHOLE]
        short = torch.cat([self._teacher_vectors(teacher, rows) for rows in self.short])
        self.short_cosines = _pairs(short)
        whole = torch.stack([self._chunked(teacher, text, chunk) for text in self.whole])
        self.whole_cosines = _pairs(whole)

    @torch.no_grad()
    def measure(self, encoder: Encoder) -> dict[str, float]:
        """{"short": Spearman, "whole": Spearman}."""
        was_training = encoder.training
        encoder.eval()
        short = torch.cat([self._vectors(encoder, rows) for rows in self.short])
        whole = torch.cat([self._vectors(encoder, text[None, :8_190]) for text in self.whole])
        encoder.train(was_training)
        return {
            "short": float(spearmanr(_pairs(short), self.short_cosines).statistic),
            "whole": float(spearmanr(_pairs(whole), self.whole_cosines).statistic),
        }

    def _vectors(self, encoder: Encoder, rows: IntArray) -> Tensor:
        return mean_pool(encoder(self.vocabulary.framed(torch.from_numpy(rows))))

    def _teacher_vectors(self, teacher: Teacher, rows: IntArray) -> Tensor:
        framed = self.vocabulary.framed(torch.from_numpy(rows))
        return mean_pool(teacher.hidden_states(self.vocabulary.for_teacher(framed))[-1])

    def _chunked(self, teacher: Teacher, text: IntArray, chunk: int) -> Tensor:
        """Unit mean of the vectors of consecutive chunks; the last may be shorter."""
        pieces = [text[start : start + chunk] for start in range(0, len(text), chunk)]
        vectors = torch.cat([self._teacher_vectors(teacher, piece[None]) for piece in pieces])
        return F.normalize(vectors.mean(dim=0), dim=-1)


def _pairs(vectors: Tensor) -> np.ndarray[Any, Any]:
    rows, columns = np.triu_indices(len(vectors), k=1)
    cosines: np.ndarray[Any, Any] = (vectors @ vectors.T).numpy()
    return cosines[rows, columns]
