"""The settings of a fine-tuning run, and what it will cost.

A run has `steps` if given, else as many as `hours` allow at the speed that a probe measures, else
those of `epochs`. The learning rate follows the number of steps, so that number is part of what a
run is, and a resumed run keeps it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from typing import Any

import numpy as np
import torch

from rolefit.errors import InputError
from rolefit.training.corpus import IntArray
from rolefit.training.grids import GridPlan, Reading, Texts, whole
from rolefit.training.gridtrainer import Validation, backward
from rolefit.training.losses import LossWeights
from rolefit.training.scorer import Scorer


@dataclass(frozen=True, slots=True)
class FinetuneSettings:
    """One run; the defaults are the published recipe."""

    resumes_per_step: int = 16
    jobs_per_step: int = 8
    learning_rate: float = 1.2e-4  # peak
    warmup_share: float = 0.15  # of the steps
    decay_share: float = 1.0  # of the steps after warm-up: the rate falls to 0 over these last
    weight_decay: float = 0.01
    max_gradient: float = 1.0
    epochs: float = 50.0
    steps: int = 0  # 0: as `hours` or `epochs` say
    hours: float = 0.0  # 0: no budget
    max_tokens: int = 8_192
    window_tokens: int = 0  # >0: the first `window_share` of the steps read windows of this length
    window_share: float = 0.7
    reordered_share: float = 0.0  # of the readings of resumes: with sections in another order
    loss: LossWeights = field(default_factory=LossWeights)
    select: str = "pearson"  # or spearman, within_job, rmse, ndcg10
    eval_every: int = 0  # steps; 0: once an epoch
    patience: int = 5  # evaluations without a better one
    save_every: int = 50
    batch_tokens: int = 0  # encoded together, padding included; 0: 1,600 on a CPU, 16,384 else
    keep_tokens: int = 12_288  # graphs kept in memory, 0.3 MB a token; the rest is encoded twice
    seed: int = 20

    def length(self, step: int) -> tuple[int, bool]:
        """(tokens, whole documents?) that `step` reads of a document at most."""
        if self.window_tokens and step < self.window_share * self.steps:
            return min(self.window_tokens, self.max_tokens), False
        return self.max_tokens, True

    def rate(self, step: int) -> float:
        """Share of the peak learning rate: up, flat, then linearly to zero."""
        up = min(1.0, (step + 1) / max(1.0, self.warmup_share * self.steps))
        longest = self.steps * (1 - self.warmup_share)
        return up * min(1.0, (self.steps - step) / max(1.0, self.decay_share * longest))

    @classmethod
    def from_words(cls, words: Sequence[str]) -> FinetuneSettings:
        """`("epochs=3", "cosent=0.5")` -> settings; names are fields here or of LossWeights.

        Raises InputError for an unknown name or a value of the wrong kind.
        """
        own, loss = {f.name: f for f in fields(cls)}, {f.name: f for f in fields(LossWeights)}
        del own["loss"]
        found: dict[str, Any] = {}
        for word in words:
            name, _, value = word.partition("=")
            if name not in own | loss:
                raise InputError(
                    f"expected NAME=VALUE with NAME one of {', '.join(own | loss)}, got {word!r}"
                )
            kind: Any = type((own | loss)[name].default)
            try:
                found[name] = kind(value)
            except ValueError as error:
                raise InputError(f"{name}: expected {kind.__name__}, got {value!r}") from error
        weights = LossWeights(**{k: v for k, v in found.items() if k in loss})
        return cls(**{k: v for k, v in found.items() if k in own}, loss=weights)

    def check(self) -> None:
        """Raises InputError naming the field that makes no sense."""
        wrong = [
            f"{name} {getattr(self, name)!r}"
            for name, fits in (
                ("resumes_per_step", self.resumes_per_step >= 1),
                ("jobs_per_step", self.jobs_per_step >= 1),
                ("learning_rate", 0 < self.learning_rate < 1),
                ("warmup_share", 0 <= self.warmup_share < 1),
                ("decay_share", 0 < self.decay_share <= 1),
                ("weight_decay", 0 <= self.weight_decay < math.inf),
                ("epochs", 0 < self.epochs < math.inf),
                ("steps", self.steps >= 0),
                ("hours", 0 <= self.hours < math.inf),
                ("max_tokens", self.max_tokens >= 8),
                ("window_tokens", self.window_tokens == 0 or self.window_tokens >= 8),
                ("window_share", 0 <= self.window_share <= 1),
                ("reordered_share", 0 <= self.reordered_share <= 1),
                ("select", self.select in ("pearson", "spearman", "within_job", "rmse", "ndcg10")),
                ("eval_every", self.eval_every >= 0),
                ("patience", self.patience >= 1),
                ("save_every", self.save_every >= 1),
                ("seed", self.seed >= 0),
                ("loss", all(0 <= weight < math.inf for weight in asdict(self.loss).values())),
            )
            if not fits
        ]
        terms = asdict(self.loss)
        if not any(terms[name] for name in ("mse", "affine", "cosent", "listwise")):
            wrong.append("no loss term with a weight")
        if wrong:
            raise InputError(f"fine-tuning settings out of range: {', '.join(wrong)}")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will cost, as measured on a few of its documents."""

    pairs: int
    validation_pairs: int
    epoch: int  # steps
    steps: int
    eval_every: int
    tokens: tuple[float, float]  # of a step: windows, whole documents
    speed: tuple[float, float]  # tokens/s, forward and backward, of the same
    hours: float

    def __str__(self) -> str:
        return (
            f"{self.pairs:,} pairs, {self.validation_pairs:,} to validate on; {self.epoch:,} steps "
            f"an epoch, {self.steps:,} steps in all, measured every {self.eval_every:,}\n"
            f"tokens a step: {self.tokens[0]:,.0f} in windows, {self.tokens[1]:,.0f} in whole "
            f"documents ({self.tokens[1] * self.epoch:,.0f} an epoch); "
            f"{self.speed[0]:,.0f} and {self.speed[1]:,.0f} tokens/s\n"
            f"about {self.hours:.1f} hours on this machine as busy as it is now"
        )


def bfloat16_pays() -> bool:
    """Whether matrix products in bfloat16 are faster here; weights stay float32 in any case."""
    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported())
    # New in torch: an older one says nothing.
    can: dict[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()
    return bool(can.get("avx512_bf16") or can.get("amx_bf16"))


def make_plan(
    model: Scorer, texts: Texts, grids: GridPlan, validation: Validation, settings: FinetuneSettings
) -> Plan:
    """Count an epoch's tokens, time a few documents forward and backward, and add up.

    Encoding without gradients is taken to cost a third of training on the same tokens.
    """
    epoch = len(grids.epoch(0))
    limits = (min(settings.window_tokens or settings.max_tokens, settings.max_tokens),
              settings.max_tokens)  # fmt: skip
    drawn = [texts.of(grids.at(step)) for step in range(epoch)]
    tokens = [float(np.mean([texts.lengths(limit)[d].sum() for d in drawn])) for limit in limits]
    speed = [_speed(model, texts, drawn[0], limit, settings) for limit in sorted(set(limits))]
    speed = [speed[0], speed[-1]]
    windows = settings.window_share if settings.window_tokens else 0.0
    each = windows * tokens[0] / speed[0] + (1 - windows) * tokens[1] / speed[1]
    eval_every = settings.eval_every or epoch
    each += validation.tokens / speed[1] / 3 / eval_every
    steps = settings.steps
    if not steps and settings.hours:
        steps = max(1, int(settings.hours * 3_600 / each))
    steps = steps or max(1, round(settings.epochs * epoch))
    return Plan(
        len(grids.pairs.scores), len(validation.pairs.scores), epoch, steps, eval_every,
        (tokens[0], tokens[1]), (speed[0], speed[1]), steps * each / 3_600,
    )  # fmt: skip


def _speed(
    model: Scorer, texts: Texts, documents: IntArray, limit: int, settings: FinetuneSettings
) -> float:
    """Tokens/s of training, on three documents of a step: of lower, middle and upper length."""
    by_length = sorted(documents, key=lambda i: len(texts.ids[i]))
    chosen = [by_length[len(by_length) * k // 4] for k in (1, 2, 3)]
    device = model.head.device
    ids = [
        Reading(torch.from_numpy(texts.ids[i][whole(len(texts.ids[i]), limit)]).to(device))
        for i in chosen
    ]
    warm, seconds = [Reading(part.ids[:32]) for part in ids], 0.0
    for sample in (warm, ids):  # the first run pays for allocations
        started = time.perf_counter()
        backward(
            model, sample, lambda rows: torch.cat(rows).sum(), batch_tokens=1,
            keep_tokens=settings.keep_tokens,
            context=partial(torch.autocast, device.type, torch.bfloat16, enabled=bfloat16_pays()),
        )  # fmt: skip
        seconds = time.perf_counter() - started
    model.zero_grad()
    return sum(map(len, ids)) / seconds
