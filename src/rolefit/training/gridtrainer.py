"""A step on a grid: every document encoded once, the loss on vectors, gradients by document.

    vectors = encode each document                    (graphs kept while they fit in memory)
    loss(vectors) -> gradient of each vector
    documents whose graph was not kept are encoded again; each passes its gradient on

The gradient is exactly that of one big batch (Gao et al. 2021, GradCache, arXiv:2101.06983), while
memory holds the graphs of `keep_tokens` tokens, however long the documents of a step are.

Checkpoints, resuming, loggers and multi-GPU come from the transformers Trainer. Each process draws
grids of its own; gradients are averaged by hand, because a step has many backward passes.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from torch import Tensor, nn
from torch.utils.data import Dataset, SequentialSampler
from transformers import Trainer

from rolefit.errors import CheckpointError, TrainingError
from rolefit.score import Float64Array
from rolefit.training.corpus import IntArray
from rolefit.training.grids import GridPlan, Reading, Texts, batches, whole, window
from rolefit.training.losses import LossWeights, contrast, grid_loss, measures
from rolefit.training.names import Names
from rolefit.training.pairs import Pairs
from rolefit.training.scorer import Scorer

RUN_FILE = "run.json"  # written last: a checkpoint without it was cut off


@dataclass(frozen=True)
class Progress:
    """What the trainer reports: after each step, and with `measured` after each evaluation."""

    step: int
    steps: int
    loss: float
    tokens: int  # encoded in this step by this process
    seconds: float
    measured: dict[str, float] | None = None


def _in_full(device: torch.device) -> torch.autocast:
    """Cosines and losses in float32, whatever the encoder runs in."""
    return torch.autocast(device.type, enabled=False)


def backward(
    model: Scorer,
    documents: Sequence[Reading],
    loss_of: Callable[[list[Tensor]], Tensor],
    *,
    batch_tokens: int,
    keep_tokens: int,
    context: Callable[[], AbstractContextManager[Any]],
) -> Tensor:
    """Add the gradient of `loss_of(rows)` to the model's; returns the loss, detached.

    A loss that is no number is returned without touching any gradient of the encoder.
    """
    groups = batches([len(document) for document in documents], batch_tokens)
    outputs: list[list[Tensor]] = []
    kept = 0
    for group in groups:
        tokens = len(group) * len(documents[group[0]])
        keep = kept + tokens <= keep_tokens
        kept += tokens if keep else 0
        with context(), torch.set_grad_enabled(keep):
            outputs.append(model([documents[i] for i in group]))
    rows = [torch.zeros(0)] * len(documents)
    for group, output in zip(groups, outputs, strict=True):
        for i, found in zip(group, output, strict=True):
            rows[i] = found.detach().requires_grad_(True)
    with _in_full(rows[0].device):
        loss = loss_of(rows)
    if not torch.isfinite(loss):
        return loss.detach()
    loss.backward()  # type: ignore[no-untyped-call]
    for group, output in zip(groups, outputs, strict=True):
        if not output[0].requires_grad:
            with context():
                output = model([documents[i] for i in group])
        torch.autograd.backward(output, [rows[i].grad for i in group])
    return loss.detach()


class GridData(Dataset[dict[str, Any]]):
    """Item `i` is what one process reads in one step; with n processes, n items make a step."""

    def __init__(
        self, plan: GridPlan, texts: Texts, limits: Callable[[int], tuple[int, bool]],
        seed: int, steps: int, processes: int, reordered: float = 0.0, names: Names | None = None,
    ) -> None:  # fmt: skip
        self.plan, self.texts, self.limits, self.seed = plan, texts, limits, seed
        self.steps, self.processes = steps, processes
        self.reordered, self.names = reordered, names

    def __len__(self) -> int:
        return self.steps * self.processes

    def __getitem__(self, item: int) -> dict[str, Any]:
        """Ids of the resumes, then of the jobs, their scores and weights (r, j), and names."""
        limit, whole_documents = self.limits(item // self.processes)
        grid = self.plan.at(item)
        documents = []
        for number in self.texts.of(grid):
            length = len(self.texts.ids[number])
            rng = np.random.default_rng([self.seed, item, number])
            places = whole(length, limit) if whole_documents else window(length, limit, rng)
            if number < self.texts.n_resumes and rng.random() < self.reordered:
                places = self.texts.reordered(number, places, rng)
            documents.append(self.texts.reading(number, places))
        # A seed of its own length: no document's window is drawn from the same numbers.
        names = self.names.draw(np.random.default_rng([self.seed, item])) if self.names else []
        return {
            "documents": documents,
            "names": [Reading(ids) for ids in names],
            "scores": torch.from_numpy(grid.scores).float(),
            "weights": torch.from_numpy(grid.weights).float(),
        }


class Validation:
    """Predictions for unseen pairs against their scores."""

    def __init__(
        self, pairs: Pairs, texts: Texts, max_tokens: int, batch_tokens: int, combined: bool
    ) -> None:
        self.pairs = pairs
        self.documents = [
            texts.reading(number, whole(len(ids), max_tokens))
            for number, ids in enumerate(texts.ids)
        ]
        self.batch_tokens = batch_tokens
        self.combined = combined  # or the cosine alone
        self.tokens = sum(map(len, self.documents))
        keys = list(zip(pairs.blocks, pairs.rows[:, 1].tolist(), strict=True))
        numbers = {key: i for i, key in enumerate(dict.fromkeys(keys))}
        self.groups: IntArray = np.array([numbers[key] for key in keys], dtype=np.int64)

    def measure(self, model: Scorer) -> dict[str, float]:
        return measures(self.predictions(model), self.pairs.scores, self.groups)

    @torch.no_grad()
    def predictions(self, model: Scorer) -> Float64Array:
        """(n,) of the validation pairs."""
        device = model.head.device
        rows: list[Tensor] = [torch.zeros(0)] * len(self.documents)
        for group in batches([len(document) for document in self.documents], self.batch_tokens):
            found = model([self.documents[i].to(device) for i in group])
            for i, vectors in zip(group, found, strict=True):
                rows[i] = vectors.cpu()
        n = len(self.pairs.resumes)
        with _in_full(rows[0].device):
            if self.combined:
                predicted = model.combined(rows[:n], rows[n:], self.documents)
            else:
                vectors = torch.stack([found[0] for found in rows])
                predicted = vectors[:n] @ vectors[n:].T
        left, right = torch.from_numpy(self.pairs.rows).T
        return np.asarray(predicted[left, right].numpy(), dtype=np.float64)


@dataclass
class Hooks:
    """What the trainer needs to know beyond its own arguments."""

    loss: LossWeights
    batch_tokens: int
    keep_tokens: int
    validation: Validation
    select: str  # the measure that chooses the best weights
    run: dict[str, Any]  # what this run is, kept beside every checkpoint
    log: Path
    write_best: Callable[[], None]
    report: Callable[[Progress], None] = field(default=lambda progress: None)


class GridTrainer(Trainer):
    """The transformers Trainer with a step of its own, an evaluation of its own, safe saving."""

    def __init__(self, scorer: Scorer, data: GridData, hooks: Hooks, **options: Any) -> None:
        super().__init__(scorer, train_dataset=data, eval_dataset=data, **options)
        self.scorer, self.data, self.hooks = scorer, data, hooks
        self.folder = Path(str(self.args.output_dir))
        self._facts: dict[str, float] = {}
        self._since = time.perf_counter()

    def _get_train_sampler(self, train_dataset: Any = None) -> Any:
        return SequentialSampler(self.data)  # the plan has shuffled already

    def training_step(
        self, model: nn.Module, inputs: dict[str, Any], num_items_in_batch: Any = None
    ) -> Tensor:
        """Gradients of one grid. Raises TrainingError when the loss is no number."""
        self.scorer.train()
        inputs = self._prepare_inputs(inputs)
        documents, names = (
            [reading.to(self.args.device) for reading in inputs[side]]
            for side in ("documents", "names")
        )
        n = inputs["scores"].shape[0]
        terms: dict[str, float] = {}

        def loss_of(rows: list[Tensor]) -> Tensor:
            rows, named = rows[: len(documents)], rows[len(documents) :]
            vectors = torch.stack([found[0] for found in rows])
            cosines = vectors[:n] @ vectors[n:].T
            combined = None
            if self.hooks.loss.combines:
                combined = self.scorer.combined(rows[:n], rows[n:], documents)
            loss, values = grid_loss(
                cosines, inputs["scores"], inputs["weights"], self.scorer.head, self.hooks.loss,
                combined, self.scorer.log_sharpness.exp(),
            )  # fmt: skip
            if named:
                left, right = torch.cat(named).chunk(2)
                alike = contrast(left, right)
                values["names"] = float(alike.detach())
                loss = loss + self.hooks.loss.names * alike
            terms.update(values)
            return loss

        with self.accelerator.no_sync(model):
            loss = backward(
                self.scorer, [*documents, *names], loss_of,
                batch_tokens=self.hooks.batch_tokens, keep_tokens=self.hooks.keep_tokens,
                context=self.compute_loss_context_manager,
            )  # fmt: skip
        if not torch.isfinite(loss):
            self._stop(f"the loss became {loss.item()}")
        if torch.distributed.is_available() and torch.distributed.is_initialized():
            for parameter in self.scorer.parameters():
                if parameter.grad is not None:
                    torch.distributed.all_reduce(parameter.grad)
                    parameter.grad /= self.args.world_size
        self._facts = {**terms, "tokens": sum(map(len, [*documents, *names]))}
        return loss

    def _stop(self, why: str) -> None:
        saved = sorted(self.folder.glob(f"checkpoint-*/{RUN_FILE}"))
        kept = f"the last good checkpoints are in {self.folder}" if saved else "none saved"
        raise TrainingError(
            f"{why} at step {self.state.global_step + 1}; {kept}. Lower the learning rate "
            f"({self.hooks.run['learning_rate']}) and start again"
        )

    def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
        """One JSON line a step in the log file, and the same to whichever logger was asked for."""
        if "loss" in logs:
            seconds = time.perf_counter() - self._since
            self._since = time.perf_counter()
            logs = {**logs, **self._facts, "seconds": seconds}
            self._report(logs["loss"], int(logs["tokens"]), seconds)
        super().log(logs, start_time)
        if self.is_world_process_zero():
            with self.hooks.log.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"step": self.state.global_step, **logs}) + "\n")

    def _report(
        self, loss: float, tokens: int, seconds: float, measured: dict[str, float] | None = None
    ) -> None:
        if self.is_world_process_zero():
            step, steps = self.state.global_step, self.state.max_steps
            self.hooks.report(Progress(step, steps, loss, tokens, seconds, measured))

    def evaluate(self, *_: Any, **__: Any) -> dict[str, float]:
        """Measure on the validation pairs; weights better than any before are written."""
        started = time.perf_counter()
        self.scorer.eval()
        with self.compute_loss_context_manager():
            found = self.hooks.validation.measure(self.scorer)
        value, best = found[self.hooks.select], self.state.best_metric
        better = best is None or (value > best if self.args.greater_is_better else value < best)
        if better and self.is_world_process_zero():
            self.hooks.write_best()
        logs = {f"eval_{name}": value for name, value in found.items()}
        self.log(logs)
        self.control = self.callback_handler.on_evaluate(
            self.args, self.state, self.control, metrics=logs
        )
        seconds = time.perf_counter() - started
        self._report(float("nan"), self.hooks.validation.tokens, seconds, found)
        self._since = time.perf_counter()
        return logs

    def _save_checkpoint(self, model: nn.Module, trial: Any) -> None:
        """Save beside the last checkpoint, which stays; only a complete one gets its `run.json`."""
        if not all(bool(torch.isfinite(p).all()) for p in self.scorer.parameters()):
            self._stop("the weights are no numbers any more")
        folder = self.folder / f"checkpoint-{self.state.global_step}"
        try:
            super()._save_checkpoint(model, trial)
            if self.is_world_process_zero():
                text = json.dumps(self.hooks.run, indent=1, sort_keys=True)
                (folder / RUN_FILE).write_text(text, encoding="utf-8")
        # torch reports a full disk as RuntimeError, safetensors as its own.
        except (OSError, RuntimeError, SafetensorError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise CheckpointError(
                f"{folder}: could not be written ({error}). The checkpoint before it is intact; "
                f"make room and start again with --resume"
            ) from error
