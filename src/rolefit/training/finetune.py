"""Fine-tuning an encoder on scored pairs: the published recipe by default, better by settings.

The recipe: CosineSimilarityLoss (squared error of the cosine against score/100), AdamW, learning
rate 1.2e-4, 16 resumes x 8 jobs = 128 pairs a step, warm-up over 15% of the steps and linear decay
to zero, up to 50 epochs, stopping early on validation, 8,192 tokens. bfloat16 and torch.compile
are used where the hardware has them: bfloat16 on GPUs and on processors with AVX512-BF16 or AMX
(measured on two cores: 1.7 times the tokens a second), torch.compile on GPUs.

Settings and the plan of a run are in `plan.py`, a step in `gridtrainer.py`.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from tokenizers import Tokenizer
from transformers import EarlyStoppingCallback, PrinterCallback, TrainingArguments
from transformers.utils import logging as transformers_logging

from rolefit.encoder import Encoder, load_encoder, save_encoder
from rolefit.encoder.sentence import write_sentence_files
from rolefit.encoder.weights import WEIGHTS_FILE
from rolefit.errors import CheckpointError, InputError, WeightsError
from rolefit.training.checkpoint import check_same_run
from rolefit.training.grids import GridPlan, Texts
from rolefit.training.gridtrainer import (
    RUN_FILE,
    GridData,
    GridTrainer,
    Hooks,
    Progress,
    Validation,
)
from rolefit.training.names import collect, read_groups
from rolefit.training.pairs import Pairs
from rolefit.training.plan import FinetuneSettings, Plan, bfloat16_pays, make_plan
from rolefit.training.scorer import Scorer
from rolefit.training.splits import check_apart

_HEAD_RATE = 1e-2  # of a and b, which start near their place and have far to go at 1e-4
_FREE_TO_CHANGE = ("save_every", "hours")  # between a run and its resumption


# Longer than 50 lines because it is the order of a run, with every name that the steps share.
def finetune(
    base: Path,
    train: Pairs,
    validation: Pairs,
    out: Path,
    settings: FinetuneSettings | None = None,
    *,
    names: Path | None = None,
    resume: bool = False,
    logger: str = "none",
    announce: Callable[[Plan], None] = lambda plan: None,
    report: Callable[[Progress], None] = lambda progress: None,
) -> Path:
    """Train the weights of `base` on `train`; the best by validation end up in `out`.

    `out` gets `model.safetensors` (float16), `config.json`, `tokenizer.json` and the files of
    sentence-transformers, `log.jsonl`, and `checkpoints/`. `names` are groups of names that mean
    the same (names.py), for `loss.names`. `logger` is a name that transformers
    knows ("tensorboard", "wandb", ...). Raises InputError for settings that make no sense,
    WeightsError, DataError, TrainingError when the loss is no number, CheckpointError when there is
    nothing to resume or it is of another run.
    """
    settings = settings or FinetuneSettings()
    settings.check()
    check_apart(train, validation)
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # what matters is in the log and the errors
    checkpoints = out / "checkpoints"
    latest, run = _latest(checkpoints, resume)
    model, tokenizer = _start(base)
    if settings.max_tokens > model.encoder.config.max_position_embeddings:
        settings = replace(settings, max_tokens=model.encoder.config.max_position_embeddings)
    combined = settings.loss.combines
    texts = Texts(train, tokenizer, with_units=combined or settings.loss.names > 0)
    alike = None
    if settings.loss.names:
        alike = collect(read_groups(names) if names else [], train, texts.title_texts, tokenizer)
    grids = GridPlan(train, settings.resumes_per_step, settings.jobs_per_step, settings.seed)
    batch_tokens = settings.batch_tokens or (16_384 if torch.cuda.is_available() else 1_600)
    checked = Validation(
        validation, Texts(validation, tokenizer, with_units=combined), settings.max_tokens,
        batch_tokens, combined,
    )  # fmt: skip
    if run is not None and not settings.steps:
        settings = replace(settings, steps=run["steps"])  # a probe would give another number now
    processes = int(os.environ.get("WORLD_SIZE", "1"))  # as torchrun sets it
    if processes > 1 and settings.hours and not settings.steps:
        raise InputError("every process would measure another speed: give steps instead of hours")
    plan = make_plan(model, texts, grids, checked, settings)
    settings = replace(settings, steps=plan.steps, eval_every=plan.eval_every)
    identity = _identity(base, model, train, validation, settings, processes)
    if names and settings.loss.names:
        identity["names"] = hashlib.sha256(names.read_bytes()).hexdigest()[:16]
    if run is not None:
        check_same_run(checkpoints, run, identity)
    announce(plan)
    out.mkdir(parents=True, exist_ok=True)

    hooks = Hooks(
        loss=settings.loss, batch_tokens=batch_tokens, keep_tokens=settings.keep_tokens,
        validation=checked, select=settings.select, run=identity, log=out / "log.jsonl",
        write_best=partial(_write, model.encoder, tokenizer, out), report=report,
    )  # fmt: skip
    data = GridData(
        grids,
        texts,
        settings.length,
        settings.seed,
        settings.steps,
        processes,
        settings.reordered_share,
        alike,
    )
    trainer = _trainer(model, data, settings, checkpoints, hooks, logger)
    trainer.train(resume_from_checkpoint=str(latest) if latest else None)
    if not (out / WEIGHTS_FILE).exists():  # no measure was ever a number
        _write(model.encoder, tokenizer, out)
    return out


def _write(encoder: Encoder, tokenizer: Tokenizer, out: Path) -> None:
    try:
        save_encoder(encoder, out, torch.float16)
        tokenizer.save(str(out / "tokenizer.json"))
        write_sentence_files(out)
    # safetensors and torch report a full disk as errors of their own.
    except (OSError, RuntimeError, SafetensorError) as error:
        raise CheckpointError(
            f"{out}: the weights could not be written ({error}); make room and start again "
            f"with --resume"
        ) from error


def _start(base: Path) -> tuple[Scorer, Tokenizer]:
    path = base / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises bare Exception
        raise WeightsError(f"{path}: expected a tokenizer: {error}") from error
    return Scorer(load_encoder(base)), tokenizer


def _trainer(
    model: Scorer,
    data: GridData,
    settings: FinetuneSettings,
    checkpoints: Path,
    hooks: Hooks,
    logger: str,
) -> GridTrainer:
    cuda, processes = torch.cuda.is_available(), hooks.run["processes"]
    arguments = TrainingArguments(
        output_dir=str(checkpoints),
        max_steps=settings.steps,
        per_device_train_batch_size=1,  # one grid
        max_grad_norm=settings.max_gradient,
        logging_steps=1,
        logging_nan_inf_filter=False,
        eval_strategy="steps",
        eval_steps=settings.eval_every,
        save_strategy="steps",
        save_steps=settings.save_every,
        save_total_limit=2,
        metric_for_best_model=f"eval_{settings.select}",
        greater_is_better=settings.select != "rmse",
        restore_callback_states_from_checkpoint=True,  # how much patience is left
        bf16=bfloat16_pays(),
        report_to=logger,
        use_cpu=not cuda and (processes > 1 or bfloat16_pays()),  # neither works there unless told
        disable_tqdm=True,
        remove_unused_columns=False,
        dataloader_pin_memory=False,
        seed=settings.seed,
    )
    # A grid is no batch to be cut up among the GPUs of one process; torchrun gives each its own.
    arguments._n_gpu = min(1, arguments.n_gpu)
    if cuda:
        model.encoder.compile(dynamic=True)
    optimizer = _optimizer(model, settings)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, settings.rate)
    trainer = GridTrainer(
        model, data, hooks, args=arguments, data_collator=lambda items: items[0],
        optimizers=(optimizer, schedule), callbacks=[EarlyStoppingCallback(settings.patience)],
    )  # fmt: skip
    trainer.remove_callback(PrinterCallback)
    return trainer


def _optimizer(model: Scorer, settings: FinetuneSettings) -> torch.optim.Optimizer:
    decayed = [p for p in model.encoder.parameters() if p.ndim > 1]
    others = [p for p in model.encoder.parameters() if p.ndim <= 1]
    heads = [model.head, model.combined_head, model.log_sharpness]
    return torch.optim.AdamW(
        [
            {"params": decayed, "weight_decay": settings.weight_decay},
            {"params": others, "weight_decay": 0.0},
            {"params": heads, "weight_decay": 0.0, "lr": _HEAD_RATE},
        ],
        lr=settings.learning_rate,
    )


def _identity(
    base: Path,
    model: Scorer,
    train: Pairs,
    validation: Pairs,
    settings: FinetuneSettings,
    processes: int,
) -> dict[str, Any]:
    values = {k: v for k, v in asdict(settings).items() if k not in _FREE_TO_CHANGE}
    values |= {f"loss {k}": v for k, v in values.pop("loss").items()}
    identity = {
        **values,
        "architecture": asdict(model.encoder.config),
        "base weights": hashlib.sha256((base / WEIGHTS_FILE).read_bytes()).hexdigest()[:16],
        "training pairs": train.fingerprint[:16],
        "validation pairs": validation.fingerprint[:16],
        "processes": processes,
    }
    return dict(json.loads(json.dumps(identity)))  # as it comes back from a checkpoint


def _latest(checkpoints: Path, resume: bool) -> tuple[Path | None, dict[str, Any] | None]:
    """The newest complete checkpoint and what its run was; those cut off are removed."""
    found = [p for p in checkpoints.glob("checkpoint-*") if re.search(r"-\d+$", p.name)]
    complete = [p for p in found if (p / RUN_FILE).exists()]
    if not resume:
        if complete:
            raise CheckpointError(
                f"{checkpoints} holds checkpoints of a run; go on with --resume, or give another "
                f"folder"
            )
        return None, None
    if not complete:
        raise CheckpointError(f"{checkpoints}: no checkpoint to resume; start without --resume")
    for cut_off in set(found) - set(complete):
        shutil.rmtree(cut_off)
    latest = max(complete, key=lambda p: int(p.name.rpartition("-")[2]))
    try:
        return latest, json.loads((latest / RUN_FILE).read_text(encoding="utf-8"))
    except ValueError as error:
        raise CheckpointError(f"{latest}: damaged ({error}); delete this folder") from error
