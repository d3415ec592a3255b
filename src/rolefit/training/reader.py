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

from rolefit.records import IntArray, Tokens
from rolefit.training.reader_labels import JudgedPair
from rolefit.training.reader_net import ReaderNet, pad

Tokenize = Callable[[str], Tokens]
LENGTHS = {"requirement": 64, "passage": 40, "card": 48, "alone": 48}  # tokens
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


def rarity(pairs: Sequence[JudgedPair], tokenizer: Tokenize, size: int) -> npt.NDArray[np.float32]:
    """(size,) logarithm of how few of the passages hold each token."""
    seen: Counter[int] = Counter()
    total = 0
    for person in {pair.resume_id: pair for pair in pairs}.values():
        for text in person.shown.texts:
            seen.update(set(_ids(tokenizer, text, LENGTHS["alone"])))
            total += 1
    counts = np.array([seen[number] for number in range(size)])
    return np.asarray(np.log((total + 1) / (counts + 1)), np.float32)


def _ids(tokenizer: Tokenize, text: str, most: int) -> list[int]:
    found: list[int] = tokenizer(text).ids[1:-1][:most].tolist()
    return found


class _Texts:
    """Ids of what a pair says, made once."""

    def __init__(self, tokenizer: Tokenize, rare: npt.NDArray[np.float32]) -> None:
        self.tokenizer, self.rare = tokenizer, rare
        self.known: dict[tuple[str, int], list[int]] = {}

    def ids(self, text: str, most: int) -> list[int]:
        if (text, most) not in self.known:
            self.known[text, most] = _ids(self.tokenizer, text, most)
        return self.known[text, most]

    def common(self, pair: JudgedPair) -> Tensor:
        """(m, n, 2) as `Reader._in_common` has it."""
        most = LENGTHS["alone"]
        rows = [set(self.ids(text, most)) for text in pair.shown.texts]
        out = torch.zeros(len(pair.asked), len(rows), 2)
        for i, asked in enumerate(pair.asked):
            left = set(self.ids(asked.text, most))
            for j, right in enumerate(rows):
                both = float(self.rare[list(left & right)].sum())
                out[i, j, 0] = both / (float(self.rare[list(left)].sum()) + 1e-6)
                out[i, j, 1] = both / (float(self.rare[list(right)].sum()) + 1e-6)
        return out

    def across(self, pair: JudgedPair, asked: Any, order: Sequence[int]) -> tuple[list[int], ...]:
        """ids and parts of one requirement and the passages in `order`."""
        start, *_, end = self.tokenizer("").ids.tolist()
        head = f"{asked.kind} | {pair.title} | {asked.text}"
        ids = [start, *self.ids(head, LENGTHS["requirement"]), end]
        parts = [0] * len(ids)
        for number, unit in enumerate(order):
            title = pair.shown.under[unit] if not pair.shown.traits[unit, 3] else ""
            text = pair.shown.texts[unit]
            piece = [*self.ids(f"{title}: {text}" if title else text, LENGTHS["passage"]), end]
            ids += piece
            parts += [number + 2] * len(piece)
        card = [*self.ids(pair.shown.card, LENGTHS["card"]), end]
        return ids + card, parts + [1] * len(card)


def train(
    net: ReaderNet,
    pairs: Sequence[JudgedPair],
    tokenizer: Tokenize,
    rare: npt.NDArray[np.float32],
    plan: ReaderPlan,
    report: Callable[[int, int, float], None] = lambda step, steps, loss: None,
) -> None:
    """Teach `net` in place."""
    torch.manual_seed(plan.seed)
    rng, noise = random.Random(plan.seed), np.random.default_rng(plan.seed)
    texts = _Texts(tokenizer, rare)
    common = [texts.common(pair) for pair in pairs]
    likeness = [_before(net, texts, pair, both) for pair, both in zip(pairs, common, strict=True)]
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
        for loss in _losses(net, texts, pairs, common, likeness, chosen, rng, noise):
            loss.backward()
            total += float(loss.detach())
        torch.nn.utils.clip_grad_norm_(net.parameters(), CLIP)
        optimizer.step()
        optimizer.zero_grad()
        report(step, steps, total)
    net.eval()


def _before(net: ReaderNet, texts: _Texts, pair: JudgedPair, common: Tensor) -> IntArray | Any:
    """(m, n) likeness before training."""
    most, n = LENGTHS["alone"], len(pair.shown.texts)
    rows = [*pair.shown.texts, *(asked.text for asked in pair.asked)]
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        vectors = net.alone([texts.ids(text, most) for text in rows]).float()
    return (vectors[n:] @ vectors[:n].T + COMMON * common[..., 0]).numpy()


def _losses(
    net: ReaderNet,
    texts: _Texts,
    pairs: Sequence[JudgedPair],
    common: Sequence[Tensor],
    likeness: Sequence[Any],
    chosen: Sequence[int],
    rng: random.Random,
    noise: np.random.Generator,
) -> Any:
    """Of the nearest passages, then of what was read across; apart, so that memory stays small."""
    most = LENGTHS["alone"]
    rows = [
        text for i in chosen for text in (*pairs[i].shown.texts, *(a.text for a in pairs[i].asked))
    ]
    with torch.autocast("cpu", torch.bfloat16):
        vectors = net.alone([texts.ids(text, most) for text in rows])
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
            read.append(texts.across(pairs[i], asked, order))
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
