"""A teacher, a corpus and a student small enough to train in a second."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from rolefit.encoder import EncoderConfig
from rolefit.training.base import BaseSettings, grow

WORDS = [f"{a}{b}{c}" for a in "bcdfg" for b in "aeiou" for c in "lmnrst"]
SHAPE = EncoderConfig(
    hidden_size=32, num_hidden_layers=4, num_attention_heads=4, intermediate_size=40
)
SETTINGS = BaseSettings(
    steps=6,
    tokens_per_step=96,
    short_lengths=(8, 16),
    long_chunks=(2,),
    long_share=0.3,
    chunk=10,
    warmup_steps=2,
    save_every=1,
    eval_every=3,
)


def make_teacher(folder: Path, seed: int = 1) -> Path:
    """A seeded 6-layer BERT of width 24 with its tokenizer, in Hugging Face's layout."""
    from transformers import BertConfig, BertModel

    torch.manual_seed(seed)
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused0]"]
    vocabulary = {word: i for i, word in enumerate([*special, *WORDS, "привет"])}
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=24,
        num_hidden_layers=6,
        num_attention_heads=3,
        intermediate_size=36,
        max_position_embeddings=256,
        initializer_range=0.3,
    )
    BertModel(config).save_pretrained(folder)
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(special[:5])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def make_corpus(path: Path, texts: int = 120) -> Path:
    rng = np.random.default_rng(4)
    rows = [
        {"id": f"T{i}", "reserved": False, "text": " ".join(rng.choice(WORDS, 150))}
        for i in range(texts)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


if __name__ == "__main__":
    teacher, corpus, out, *resume = sys.argv[1:]

    def report(progress):
        print(progress.step, flush=True)

    grow(
        [Path(corpus)],
        Path(out),
        SETTINGS,
        shape=SHAPE,
        teacher_folder=Path(teacher),
        resume=bool(resume),
        report=report,
    )
