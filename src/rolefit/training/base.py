"""Growing base weights: an ALiBi student learns what a 6-layer teacher knows.

Each step reads windows of the corpus. Short windows (16-128 tokens) are read whole by both; long
windows (2-8 teacher chunks) are read whole by the student and chunk by chunk by the teacher, so
that the student's vector of a long document learns to be the mean of the teacher's chunk vectors.

    loss = mean over layers of |student - teacher|^2 / |teacher|^2     (token vectors)
         + 2 (1 - cosine(student document, teacher document))
         + 10 mean (cosine matrix of the batch, student - teacher)^2

Word embeddings stay as the warm start made them. The learning rate warms up, holds, and falls to
zero over the last part of the run (WSD, Hu et al. 2024, arXiv:2404.06395), so a run may be given
more steps later. Batch and schedule are functions of the step alone: a run that was killed and
resumed computes what an uninterrupted one does.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from rolefit.encoder import Encoder, EncoderConfig, save_encoder
from rolefit.encoder.model import mean_pool
from rolefit.errors import CheckpointError, TrainingError
from rolefit.training import checkpoint
from rolefit.training.agreement import Agreement
from rolefit.training.corpus import Corpus, load_corpus
from rolefit.training.teacher import (
    Teacher,
    kept_layers,
    load_teacher,
    targets,
    tokenizer_of,
    warm_start,
)
from rolefit.training.vocabulary import Vocabulary, trim


@dataclass(frozen=True)
class BaseSettings:
    """One run. Everything here but `steps`, `save_every` and `eval_every` must match to resume."""

    steps: int = 1_600
    tokens_per_step: int = 2_048
    short_lengths: tuple[int, ...] = (16, 32, 64, 96, 128)
    long_chunks: tuple[int, ...] = (2, 3, 6)
    long_share: float = 0.25
    chunk: int = 170  # teacher tokens a chunk, special tokens not counted: about 1,000 characters
    learning_rate: float = 4e-4
    warmup_steps: int = 30
    decay_share: float = 0.7
    weight_decay: float = 0.01
    max_gradient: float = 1.0
    seed: int = 20
    save_every: int = 25
    eval_every: int = 150


@dataclass(frozen=True)
class Progress:
    """What the trainer reports after each step."""

    step: int
    steps: int
    loss: float
    tokens: int  # student tokens of this step
    seconds: float
    agreement: dict[str, float] | None  # Spearman on held-out texts, when it was measured


def grow(
    corpus_files: Sequence[Path],
    out: Path,
    settings: BaseSettings,
    *,
    shape: EncoderConfig | None = None,
    teacher_folder: Path | None = None,
    excluded: frozenset[str] = frozenset(),
    resume: bool = False,
    report: Callable[[Progress], None] = lambda progress: None,
) -> Encoder:
    """From raw texts to a weight folder: `config.json`, `model.safetensors`, `tokenizer.json`.

    `shape` is the student's (its vocabulary size is filled in); `excluded` are ids of texts that
    must not be seen. The folder also gets `checkpoint.safetensors` and `log.jsonl`. Raises
    CheckpointError for a folder with the checkpoint of a run, unless `resume`.
    """
    _check_folder(out, resume)
    teacher = load_teacher(teacher_folder)
    vocabulary = trim(tokenizer_of(teacher.folder))
    corpus = load_corpus(corpus_files, vocabulary.tokenizer, excluded)
    shape = replace(shape or EncoderConfig(), vocab_size=len(vocabulary.kept))
    from rolefit.encoder.sentence import write_sentence_files  # takes seconds to import

    kept = torch.from_numpy(vocabulary.kept)
    windows = corpus.windows(np.random.default_rng(0), 16, max(settings.short_lengths))
    encoder = warm_start(teacher, shape, kept, kept[torch.from_numpy(windows)], settings.seed)
    out.mkdir(parents=True, exist_ok=True)
    vocabulary.tokenizer.save(str(out / "tokenizer.json"))
    train_base(teacher, encoder, corpus, vocabulary, settings, out, resume=resume, report=report)
    write_sentence_files(out)
    return encoder


def train_base(
    teacher: Teacher,
    encoder: Encoder,
    corpus: Corpus,
    vocabulary: Vocabulary,
    settings: BaseSettings,
    out: Path,
    *,
    resume: bool = False,
    report: Callable[[Progress], None] = lambda progress: None,
) -> Encoder:
    """Train `encoder` in place and write weights, checkpoint and log to `out`.

    Raises TrainingError when the loss is no number, CheckpointError when there is nothing to resume
    or it is of another run, and when there is something that only `resume` may go on with.
    """
    _check_folder(out, resume)
    out.mkdir(parents=True, exist_ok=True)
    encoder.word.weight.requires_grad_(False)
    optimizer = _optimizer(encoder, settings)
    run = _run_identity(settings, encoder.config, corpus, teacher)
    first = checkpoint.load(out, encoder, optimizer, run) + 1 if resume else 0
    agreement = Agreement(teacher, corpus, vocabulary, settings.chunk)
    encoder.train()
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        for step in range(first, settings.steps):
            started = time.perf_counter()
            for group in optimizer.param_groups:
                group["lr"] = settings.learning_rate * _rate(step, settings)
            body, chunk = _batch(corpus, settings, step)
            loss = _loss(teacher, encoder, vocabulary, body, chunk)
            if not torch.isfinite(loss):
                raise TrainingError(
                    f"the loss became {loss.item()} at step {step}; the last good checkpoint is in "
                    f"{out}. Lower the learning rate ({settings.learning_rate}) and start again"
                )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), settings.max_gradient)
            optimizer.step()
            last = step + 1 == settings.steps
            if last or (step + 1) % settings.save_every == 0:
                checkpoint.save(out, encoder, optimizer, run, step)
            measured = None
            if last or (step + 1) % settings.eval_every == 0:
                measured = agreement.measure(encoder)
            progress = Progress(
                step + 1,
                settings.steps,
                loss.item(),
                body.numel(),
                time.perf_counter() - started,
                measured,
            )
            log.write(json.dumps(asdict(progress)) + "\n")
            log.flush()
            report(progress)
    # Here and not at the last step: a run that was killed after its last checkpoint has no step to
    # go, but weights to write.
    save_encoder(encoder, out, torch.float16)
    return encoder.eval()


def _check_folder(out: Path, resume: bool) -> None:
    if not resume and (out / checkpoint.FILE).exists():
        raise CheckpointError(
            f"{out} holds the checkpoint of a run; go on with --resume, or give another folder"
        )


def _optimizer(encoder: Encoder, settings: BaseSettings) -> torch.optim.Optimizer:
    trained = [p for p in encoder.parameters() if p.requires_grad]
    return torch.optim.AdamW(
        [
            {"params": [p for p in trained if p.ndim > 1], "weight_decay": settings.weight_decay},
            {"params": [p for p in trained if p.ndim <= 1], "weight_decay": 0.0},
        ],
        betas=(0.9, 0.98),
    )


def _run_identity(
    settings: BaseSettings, config: EncoderConfig, corpus: Corpus, teacher: Teacher
) -> dict[str, Any]:
    fixed = {
        k: v for k, v in asdict(settings).items() if k not in ("steps", "save_every", "eval_every")
    }
    identity = {
        **fixed,
        "architecture": asdict(config),
        "corpus": corpus.fingerprint,
        "teacher": teacher.fingerprint,
    }
    return dict(json.loads(json.dumps(identity)))  # as it comes back from a checkpoint


def _rate(step: int, settings: BaseSettings) -> float:
    """Share of the peak learning rate: up over `warmup_steps`, flat, then linearly to zero."""
    up = min(1.0, (step + 1) / settings.warmup_steps)
    decay = max(1.0, settings.steps * settings.decay_share)
    return up * min(1.0, (settings.steps - step) / decay)


def _batch(corpus: Corpus, settings: BaseSettings, step: int) -> tuple[Tensor, int]:
    """Student ids (batch, length) without special tokens, and the teacher's chunk length."""
    rng = np.random.default_rng([settings.seed, step])
    if rng.random() < settings.long_share:
        chunk = settings.chunk
        length = chunk * int(rng.choice(settings.long_chunks))
    else:
        length = chunk = int(rng.choice(settings.short_lengths)) - 2
    count = max(2, settings.tokens_per_step // (length + 2))
    return torch.from_numpy(corpus.windows(rng, count, length)), chunk


def _loss(
    teacher: Teacher, encoder: Encoder, vocabulary: Vocabulary, body: Tensor, chunk: int
) -> Tensor:
    layers, pooled = targets(teacher, vocabulary, body, chunk, kept_layers(encoder.config))
    states = encoder.hidden_states(vocabulary.framed(body))[1:]
    width = layers[0].shape[-1]
    by_layer = [
        F.mse_loss(state[:, 1:-1, :width], target) / target.pow(2).mean()
        for state, target in zip(states, layers, strict=True)
    ]
    vectors = mean_pool(states[-1])
    direction = 1 - F.cosine_similarity(states[-1].mean(dim=1)[:, :width], pooled, dim=-1).mean()
    relation = F.mse_loss(vectors @ vectors.T, pooled @ pooled.T)
    return torch.stack(by_layer).mean() + 2 * direction + 10 * relation
