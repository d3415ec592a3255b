"""Similarities that need no training: what a system must beat to be worth its weight.

Each takes the resumes' and the jobs' texts and rows (n, 2) of resume and job numbers, and gives
similarities (n,). Word counts are those of the documents that are compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rolefit.errors import InputError
from rolefit.score import Float64Array
from rolefit.training.corpus import IntArray

CHUNK = 1_000  # characters of a text that MiniLM reads at once
_MINILM_TOKENS = 256  # what it was trained on, and what sentence-transformers cuts at
_BATCH = 16
_K1, _B = 1.5, 0.75


def tfidf(resumes: Sequence[str], jobs: Sequence[str], rows: IntArray) -> Float64Array:
    """Cosine of TF-IDF vectors of words and pairs of words, sublinear counts, English stop words
    left out; a term must be in two documents."""
    from sklearn.feature_extraction.text import (  # type: ignore[import-untyped]
        TfidfVectorizer,
    )

    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, min_df=2, stop_words="english"
    )
    try:
        matrix = vectorizer.fit_transform([*resumes, *jobs])
    except ValueError as error:
        raise InputError(f"TF-IDF finds no words that two documents share: {error}") from error
    return _products(matrix[: len(resumes)], matrix[len(resumes) :], rows)


def bm25(resumes: Sequence[str], jobs: Sequence[str], rows: IntArray) -> Float64Array:
    """BM25 of the job's words in the resume, k1 1.5 and b 0.75 (Robertson and Zaragoza 2009).

    Divided by what a resume with all the job's words would get, so that long adverts and short ones
    are on one scale; the order within a job is that of plain BM25.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    try:
        vectorizer = CountVectorizer(stop_words="english").fit([*resumes, *jobs])
    except ValueError as error:
        raise InputError(f"BM25 finds no words: {error}") from error
    counts = vectorizer.transform(resumes).astype(np.float64).tocsr()
    asked = (vectorizer.transform(jobs) > 0).astype(np.float64)
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log1p((len(resumes) - frequency + 0.5) / (frequency + 0.5))
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    long = _K1 * (1 - _B + _B * lengths / max(lengths.mean(), 1.0))
    tf = counts.data / (counts.data + np.repeat(long, np.diff(counts.indptr)))
    counts.data = tf * idf[counts.indices]
    best = np.maximum(asked @ idf, 1e-12)
    return np.asarray(_products(counts, asked, rows) / best[rows[:, 1]])


def _products(left: Any, right: Any, rows: IntArray) -> Float64Array:
    """(n,) products of the named rows of two sparse matrices, in pieces."""
    parts = [np.empty(0)]
    for start in range(0, len(rows), 1_000):
        i, j = rows[start : start + 1_000].T
        parts.append(np.asarray(left[i].multiply(right[j]).sum(axis=1)).ravel())
    return np.concatenate(parts)


def minilm(
    resumes: Sequence[str], jobs: Sequence[str], rows: IntArray, folder: Path, progress: Any = None
) -> Float64Array:
    """Cosine of all-MiniLM-L6-v2 vectors; a document's is the mean of its chunks' unit vectors."""
    from rolefit.training.teacher import load_teacher, tokenizer_of

    model, tokenizer = load_teacher(folder).model, tokenizer_of(folder)
    texts = [*resumes, *jobs]
    vectors = []
    for done, text in enumerate(texts, start=1):
        vectors.append(_minilm_vector(model, tokenizer, chunks(text)))
        if progress:
            progress(done, len(texts))
    left, right = np.array(vectors[: len(resumes)]), np.array(vectors[len(resumes) :])
    cosines: Float64Array = np.einsum("nd,nd->n", left[rows[:, 0]], right[rows[:, 1]])
    return cosines


def _minilm_vector(model: Any, tokenizer: Any, pieces: Sequence[str]) -> Float64Array:
    import torch

    total = np.zeros(model.config.hidden_size)
    encoded = [e.ids for e in tokenizer.encode_batch(list(pieces))]
    ids = [row if len(row) <= _MINILM_TOKENS else [*row[: _MINILM_TOKENS - 1], row[-1]] for row in
           encoded]  # fmt: skip
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        width = max(map(len, batch))
        tokens = torch.tensor([row + [0] * (width - len(row)) for row in batch])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in batch])
        with torch.no_grad():
            states = model(input_ids=tokens, attention_mask=mask).last_hidden_state
        means = (states * mask[..., None]).sum(dim=1) / mask.sum(dim=1, keepdim=True)
        total += torch.nn.functional.normalize(means, dim=-1).double().sum(dim=0).numpy()
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-12))


def chunks(text: str) -> list[str]:
    """Pieces of about CHUNK characters, cut between words; a word longer than that is cut."""
    found, piece = [], ""
    for word in re.findall(rf"\S{{1,{CHUNK}}}\s*", text):
        if piece and len(piece) + len(word.rstrip()) > CHUNK:
            found.append(piece.strip())
            piece = ""
        piece += word
    return [*found, piece.strip()] if piece.strip() or not found else found
