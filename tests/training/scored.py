"""A tiny base encoder, and scored pairs that it can learn."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import tiny
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from rolefit.encoder import Encoder, save_encoder


def make_base(folder):
    """A seeded tiny encoder with a word-level tokenizer."""
    folder.mkdir(parents=True, exist_ok=True)
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    vocabulary = {word: i for i, word in enumerate([*special, *tiny.WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    torch.manual_seed(3)
    save_encoder(Encoder(replace(tiny.SHAPE, vocab_size=len(vocabulary))), folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def make_pairs(path, seed, resumes=12, jobs=8):
    """Documents of two trades with words of their own: a score is the share that agrees."""
    rng = np.random.default_rng(seed)
    trades = (tiny.WORDS[:60], tiny.WORDS[60:120])

    def document():
        share = rng.random()
        words = [str(rng.choice(trades[rng.random() < share])) for _ in range(rng.integers(10, 90))]
        # A text without capitals is read in capitals, which this tokenizer has not.
        return share, " ".join(["Document", *words])

    left, right = [document() for _ in range(resumes)], [document() for _ in range(jobs)]
    rows = [
        {"resume": a, "job": b, "score": round(100 * (1 - abs(x - y)))}
        for x, a in left for y, b in right
    ]  # fmt: skip
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def make_data(folder):
    """(base folder, training file, validation file)"""
    return (
        make_base(folder / "base"),
        make_pairs(folder / "train.jsonl", 1, 24, 16),
        make_pairs(folder / "validation.jsonl", 2),
    )
