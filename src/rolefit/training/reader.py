"""Teaching a reader: the nearest passages, and what they show for a requirement.

Two losses a step: the quote of a requirement should be nearest among all passages of its resume
(cross-entropy over passages), and what a requirement and a few passages show should be the judged
status (cross-entropy over three). Passages to read across come from the weights that the run began
with, with noise, and in half of the cases with the quote among them: those that the weights in
training would choose hold the quote far more often than any will in use.

What comes out of this is weighed with the rules' findings by a logistic regression (`fit_last`), on
pairs that the weights were not taught with.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F

from rolefit.reader.prompt import Lengths, Prompt
from rolefit.records import IntArray, Tokens
from rolefit.training.reader_labels import JudgedPair
from rolefit.training.reader_net import ReaderNet, pad

Tokenize = Callable[[str], Tokens]
LENGTHS = Lengths()
NOISE = 0.06  # on the likeness that chooses passages in training
COMMON = 0.35  # what rare words in common count beside a cosine there
SOFT = 0.03  # label smoothing
SAID = 0.35  # what naming the passage counts beside the status
CLIP = 1.0


@dataclass(frozen=True, slots=True)
class ReaderPlan:
    """Settings of a run."""

    epochs: float = 2.0
    pairs: int = 3  # a step
    rate: float = 1e-4
    head_rate: float = 1e-3
    warm_up: float = 0.08
    passages: int = 5
    seed: int = 1


def rarity(pairs: Sequence[JudgedPair], tokenize: Tokenize, size: int) -> npt.NDArray[np.float32]:
    """(size,) logarithm of how few of the passages hold each token."""
    seen: Counter[int] = Counter()
    total = 0
    prompt = Prompt(tokenize, LENGTHS, np.zeros(size, np.float32))
    for person in {pair.resume_id: pair for pair in pairs}.values():
        for text in person.shown.texts:
            seen.update(set(prompt.ids(text, LENGTHS.alone)))
            total += 1
    counts = np.array([seen[number] for number in range(size)])
    return np.asarray(np.log((total + 1) / (counts + 1)), np.float32)


def _common(prompt: Prompt, pair: JudgedPair) -> Tensor:
    """(m, n, 2) what each requirement and each passage have in common."""
    return torch.tensor(
        [[prompt.in_common(asked.text, text) for text in pair.shown.texts] for asked in pair.asked]
    )


def train(
    net: ReaderNet,
    pairs: Sequence[JudgedPair],
    tokenize: Tokenize,
    rare: npt.NDArray[np.float32],
    plan: ReaderPlan,
    report: Callable[[int, int, float], None] = lambda step, steps, loss: None,
) -> None:
    """Teach `net` in place."""
    torch.manual_seed(plan.seed)
    rng, noise = random.Random(plan.seed), np.random.default_rng(plan.seed)
    prompt = Prompt(tokenize, LENGTHS, rare)
    common = [_common(prompt, pair) for pair in pairs]
    likeness = [_before(net, prompt, pair, both) for pair, both in zip(pairs, common, strict=True)]
    body = [p for name, p in net.named_parameters() if name.startswith("enc.") and p.requires_grad]
    heads = [p for name, p in net.named_parameters() if not name.startswith("enc.")]
    rates = [plan.rate, plan.head_rate]
    optimizer = torch.optim.AdamW(
        [{"params": p, "lr": r} for p, r in zip((body, heads), rates, strict=True)],
        weight_decay=0.01,
    )
    steps = max(1, int(plan.epochs * len(pairs) / plan.pairs))
    queue: list[int] = []
    net.train()
    for step in range(1, steps + 1):
        if len(queue) < plan.pairs:
            queue = rng.sample(range(len(pairs)), len(pairs))
        chosen = [queue.pop() for _ in range(min(plan.pairs, len(queue)))]
        share = min(1.0, step / (plan.warm_up * steps + 1)) * max(0.02, 1 - step / steps)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * share
        total = 0.0
        for loss in _losses(net, prompt, pairs, common, likeness, chosen, rng, noise):
            loss.backward()
            total += float(loss.detach())
        torch.nn.utils.clip_grad_norm_(net.parameters(), CLIP)
        optimizer.step()
        optimizer.zero_grad()
        report(step, steps, total)
    net.eval()


def _before(net: ReaderNet, prompt: Prompt, pair: JudgedPair, common: Tensor) -> IntArray | Any:
    """(m, n) likeness before training."""
    n = len(pair.shown.texts)
    rows = [*pair.shown.texts, *(asked.text for asked in pair.asked)]
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        vectors = net.alone([prompt.alone(text) for text in rows]).float()
    return (vectors[n:] @ vectors[:n].T + COMMON * common[..., 0]).numpy()


def _losses(
    net: ReaderNet,
    prompt: Prompt,
    pairs: Sequence[JudgedPair],
    common: Sequence[Tensor],
    likeness: Sequence[Any],
    chosen: Sequence[int],
    rng: random.Random,
    noise: np.random.Generator,
) -> Any:
    """Of the nearest passages, then of what was read across; apart, so that memory stays small."""
    rows = [
        text for i in chosen for text in (*pairs[i].shown.texts, *(a.text for a in pairs[i].asked))
    ]
    with torch.autocast("cpu", torch.bfloat16):
        vectors = net.alone([prompt.alone(text) for text in rows])
    found, at = [], 0
    for i in chosen:
        pair = pairs[i]
        n, m = len(pair.shown.texts), len(pair.asked)
        traits = torch.from_numpy(pair.shown.traits)
        near = net.near(vectors[at + n : at + n + m], vectors[at : at + n], common[i], traits)
        at += n + m
        log = torch.log_softmax(near.float(), -1)
        found += [
            -torch.logsumexp(log[k][sorted(asked.speaking)], 0)
            for k, asked in enumerate(pair.asked)
            if asked.speaking
        ]
    if found:
        yield SAID * torch.stack(found).mean()
    read, speaking, status = [], [], []
    for i in chosen:
        for k, asked in enumerate(pairs[i].asked):
            order = _choose(likeness[i][k], asked.speaking, net.passages, rng, noise)
            read.append(
                prompt.across(asked.kind, pairs[i].title, asked.text, pairs[i].shown, order)
            )
            speaking.append([float(unit in asked.speaking) for unit in order])
            status.append(asked.status)
    ids, mask = pad([row[0] for row in read])
    parts, _ = pad([row[1] for row in read])
    with torch.autocast("cpu", torch.bfloat16):
        logits, points = net.across(ids, parts, mask)
    loss = F.cross_entropy(logits.float(), torch.tensor(status), label_smoothing=SOFT)
    said = torch.tensor([[*row, *[0.0] * (net.passages - len(row))] for row in speaking])
    some = said.sum(1) > 0
    if some.any():
        share = said / said.sum(1, keepdim=True).clamp(min=1)
        loss = loss - SAID * (torch.log_softmax(points.float(), 1) * share)[some].sum(1).mean()
    yield loss


def _choose(
    likeness: Any,
    speaking: frozenset[int],
    most: int,
    rng: random.Random,
    noise: np.random.Generator,
) -> list[int]:
    order = [int(i) for i in np.argsort(-(likeness + noise.normal(0, NOISE, len(likeness))))[:most]]
    if speaking and not speaking & set(order) and rng.random() < 0.5:
        order[rng.randrange(len(order))] = min(speaking)
    return order


def fit_last(
    rows: npt.NDArray[np.float64], status: npt.NDArray[np.int64], strength: float = 0.1
) -> dict[str, Any]:
    """Logistic regression over what was read and what rules found: {"w": (3, k), "b": (3,)}."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    spread = np.maximum(rows.std(0), 0.05)
    fitted = LogisticRegression(C=strength, max_iter=2_000).fit(rows / spread, status)
    return {"w": (fitted.coef_ / spread).tolist(), "b": fitted.intercept_.tolist()}
