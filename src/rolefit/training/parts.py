"""Teaching the head of rolefit.parts: scored pairs and judged parts -> parts.json.

A step sees a dozen resumes of each of four adverts, the first of which has judged parts. The score
is the sum of the parts, held at the cap where a licence is missing; its error counts as Huber's,
more for high scores, and the error of each judged part is squared. Adverts are read with their
title line two times in three and without it otherwise; units of a resume are left out at random and
vectors carry noise, or 59,000 pairs are soon known by heart. What is kept is the running mean of
the weights that did best on `held_out` pairs.
"""

from __future__ import annotations

import json
import math
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from rolefit import parts
from rolefit.bundle import FILES, Bundle, rewrite_manifest
from rolefit.errors import DataError
from rolefit.evidence import CAP
from rolefit.files import write_files
from rolefit.intake import open_encoder
from rolefit.parts import NAMES, Rows, job_rows, resume_rows
from rolefit.records import FloatArray, Profile
from rolefit.training.metrics import Sheet
from rolefit.training.parts_labels import Judged, profiles, read_judged, with_scalars
from rolefit.training.parts_net import HEADS, SCALE, SPACES, PartsNet, Side, points

LONGEST = (160, 260)  # rows of a job and of a resume that a step reads


@dataclass(frozen=True, slots=True)
class PartsPlan:
    """Settings of a run; about ten minutes of one core."""

    steps: int = 2_600  # of the schedule; the best of them is kept
    every: int = 200  # steps between two looks at the held-out pairs
    patience: int = 3  # looks without a better one, after which the run ends
    rate: float = 2e-3
    dropout: float = 0.2
    left_out: float = 0.5  # of a resume's units, at most
    noise: float = 0.3
    untitled: float = 0.35
    decay: float = 0.1
    seed: int = 1


def train_parts(
    folder: Path,
    labels: Sequence[Path],
    held_out: Sequence[Path],
    resumes: Sequence[Path],
    adverts: Sequence[Path],
    *,
    plan: PartsPlan | None = None,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> str:
    """Write parts.json into the bundle `folder`; returns what was measured on `held_out`.

    Rows of LABELS have a `score`, or `function`, `needs`, `seniority`, `credentials` and maybe
    `cap`. Raises DataError where they cannot be used or share a document with `held_out`.
    """
    plan = plan or PartsPlan()
    bundle = Bundle.open(folder)
    fit_on, unseen = read_judged(labels, held_out, resumes, adverts)
    known = profiles([*fit_on, *unseen], resumes, adverts, open_encoder(bundle, jobs), progress)
    fit_on, unseen = with_scalars(fit_on, known), with_scalars(unseen, known)
    values = np.stack([pair.scalars["titled"] for pair in fit_on])
    run = _Run(plan, known, values.mean(axis=0), values.std(axis=0) + 1e-6, bundle.hidden_size)
    best, report = run.teach(fit_on, unseen, progress)
    packed = {name: parts.pack(value.numpy()) for name, value in best.items()}
    packed |= {"mean": parts.pack(run.mean), "sd": parts.pack(run.spread)}
    content = {"format": parts.FORMAT, "encoder": bundle.encoder_sha256, "heads": HEADS,
               "spaces": SPACES, "scale": SCALE, "weights": packed}  # fmt: skip
    text = json.dumps(content, separators=(",", ":")) + "\n"
    write_files({folder / FILES.parts: text.encode()})
    rewrite_manifest(folder)
    return report


class _Run:
    """One run: the network, its running mean, and the chances it draws from."""

    def __init__(
        self,
        plan: PartsPlan,
        known: dict[tuple[str, str], Profile],
        mean: FloatArray,
        spread: FloatArray,
        hidden: int,
    ) -> None:
        torch.manual_seed(plan.seed)
        self.plan, self.known = plan, known
        self.mean, self.spread = mean.astype(np.float32), spread.astype(np.float32)
        self.chance = random.Random(plan.seed)
        self.noise = np.random.default_rng(plan.seed)
        self.net = PartsNet(hidden, plan.dropout)

    def teach(
        self,
        fit_on: Sequence[Judged],
        unseen: Sequence[Judged],
        progress: Callable[[int, int], None] | None,
    ) -> tuple[dict[str, torch.Tensor], str]:
        """The weights that did best on `unseen`, and how well."""
        by_job: dict[str, list[Judged]] = defaultdict(list)
        for pair in fit_on:
            by_job[pair.job].append(pair)
        rich = [j for j, pairs in by_job.items() if sum(p.parts is not None for p in pairs) >= 3]
        if not rich:
            raise DataError("expected adverts with judged parts for at least 3 resumes, got none")
        optimizer = torch.optim.AdamW(
            self.net.parameters(), lr=self.plan.rate, weight_decay=self.plan.decay
        )
        mean = {name: value.clone() for name, value in self.net.state_dict().items()}
        best, report, found, waited = mean, "", -math.inf, 0
        for step in range(1, self.plan.steps + 1):
            for group in optimizer.param_groups:
                group["lr"] = self.plan.rate * _share(step, self.plan.steps)
            loss = self._loss(self._draw(by_job, rich))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
            optimizer.step()
            keep = 0.99 if step > 100 else 0.0
            for name, value in self.net.state_dict().items():
                mean[name].mul_(keep).add_(value, alpha=1 - keep)
            if progress:
                progress(step, self.plan.steps)
            if step % self.plan.every == 0 or step == self.plan.steps:
                measured, told = self._measure(mean, unseen)
                waited += 1
                if measured > found:
                    best = {name: value.clone() for name, value in mean.items()}
                    found, report, waited = measured, f"step {step:,}: {told}", 0
                if waited >= self.plan.patience:
                    break
        return best, report

    def _draw(self, by_job: dict[str, list[Judged]], rich: Sequence[str]) -> list[Judged]:
        jobs = list(by_job)
        chosen = []
        for place in range(4):
            pairs = by_job[self.chance.choice(rich if place == 0 else jobs)]
            if place == 0:
                pairs = [pair for pair in pairs if pair.parts is not None]
            chosen += self.chance.sample(pairs, min(12, len(pairs)))
        return chosen

    def _loss(self, pairs: Sequence[Judged]) -> torch.Tensor:
        self.net.train()
        sides = ["plain" if self.chance.random() < self.plan.untitled else "titled" for _ in pairs]
        logits = self.net(*self._batch(pairs, sides, taught=True))
        read = points(logits)
        loss = torch.zeros(())
        scored = [n for n, pair in enumerate(pairs) if pair.score is not None]
        if scored:
            most = torch.tensor([pairs[n].highest[sides[n]] for n in scored])
            given = torch.tensor([float(pairs[n].score or 0.0) for n in scored])
            counts = torch.tensor([pairs[n].weight for n in scored]) * (1 + given / 60)
            reached = torch.minimum(read[scored].sum(dim=1), most)
            errors = F.huber_loss(reached, given, reduction="none", delta=15.0)
            loss = loss + (errors * counts).sum() / 100
        judged = [n for n, pair in enumerate(pairs) if pair.parts is not None]
        if judged:
            right = torch.tensor([pairs[n].parts for n in judged])
            capped = torch.tensor([float(pairs[n].capped) for n in judged])
            loss = loss + 1.5 * ((read[judged] - right) ** 2).sum() / 60
            loss = loss + 0.3 * F.binary_cross_entropy_with_logits(
                logits[judged, len(NAMES)], capped, reduction="sum"
            )
        return loss / len(pairs)

    def _measure(
        self, mean: dict[str, torch.Tensor], unseen: Sequence[Judged]
    ) -> tuple[float, str]:
        own = {name: value.clone() for name, value in self.net.state_dict().items()}
        self.net.load_state_dict(mean)
        self.net.eval()
        read = []
        with torch.no_grad():
            for start in range(0, len(unseen), 64):
                batch = unseen[start : start + 64]
                sides = ["titled"] * len(batch)
                read.append(points(self.net(*self._batch(batch, sides, taught=False))).numpy())
        self.net.load_state_dict(own)
        found = np.concatenate(read)
        most = np.array([pair.highest["titled"] for pair in unseen])
        given = np.array([pair.total(CAP) for pair in unseen])
        numbers = np.unique([pair.job for pair in unseen], return_inverse=True)[1]
        sheet = Sheet(np.minimum(found.sum(axis=1), most).astype(np.float64), given, numbers)
        measured = sheet.measure()
        told = ", ".join(f"{key} {measured[key]:.3f}" for key in ("rmse", "pearson", "within_job"))
        return measured["pearson"], f"{told} on {len(unseen):,} unseen pairs"

    def _batch(
        self, pairs: Sequence[Judged], sides: Sequence[str], taught: bool
    ) -> tuple[Side, Side, torch.Tensor]:
        asked = [
            _cut(job_rows(self.known[side, p.job], SCALE), LONGEST[0])
            for p, side in zip(pairs, sides, strict=True)
        ]
        people = [resume_rows(self.known["resume", p.resume], SCALE) for p in pairs]
        shown = [self._thinned(_cut(rows, LONGEST[1]), taught) for rows in people]
        values = np.stack([p.scalars[side] for p, side in zip(pairs, sides, strict=True)])
        scalars = np.clip((values - self.mean) / self.spread, -4, 4).astype(np.float32)
        left, right = _padded(asked), _padded(shown)
        if taught:
            left, right = (self._shaken(side) for side in (left, right))
            scalars = scalars + self._draws(scalars.shape) * self.plan.noise / 2
        return left, right, torch.from_numpy(scalars.astype(np.float32))

    def _thinned(self, rows: Rows, taught: bool) -> Rows:
        """A resume without some of its units, and now and then without its titles."""
        if not taught:
            return rows
        vectors, kinds, beside = rows
        kept = self.noise.random(len(kinds)) > self.plan.left_out * self.noise.random()
        kept[kinds == 1] = self.noise.random() > 0.15
        return rows if kept.sum() < 2 else (vectors[kept], kinds[kept], beside[kept])

    def _shaken(self, side: Side) -> Side:
        noise = torch.from_numpy(self._draws(tuple(side.rows.shape))) * self.plan.noise
        return Side(side.rows + noise, side.kinds, side.beside, side.mask)

    def _draws(self, shape: tuple[int, ...]) -> FloatArray:
        return self.noise.standard_normal(shape, dtype=np.float32)


def _cut(rows: Rows, most: int) -> Rows:
    vectors, kinds, beside = rows
    return vectors[:most], kinds[:most], beside[:most]


def _padded(rows: Sequence[Rows]) -> Side:
    longest = max(1, max(len(kinds) for _, kinds, _ in rows))
    count, width = len(rows), rows[0][0].shape[1]
    vectors = np.zeros((count, longest, width), np.float32)
    kinds, beside = np.zeros((count, longest), np.int64), np.zeros((count, longest, 2), np.float32)
    mask = np.zeros((count, longest), bool)
    for n, (own, own_kinds, own_beside) in enumerate(rows):
        size = len(own_kinds)
        vectors[n, :size], kinds[n, :size], beside[n, :size] = own, own_kinds, own_beside
        mask[n, : max(1, size)] = True
    return Side(*map(torch.from_numpy, (vectors, kinds, beside, mask)))


def _share(step: int, steps: int) -> float:
    """Of the learning rate: warm-up, then all of it until 40% of the steps, then less and less."""
    done = step / steps
    return min(1.0, step / 60) * (1.0 if done < 0.4 else max(0.02, (1 - done) / 0.6))
