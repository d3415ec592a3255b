"""Checkpoints that survive a kill at any moment: one safetensors file, replaced atomically."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from rolefit.errors import CheckpointError

FILE = "checkpoint.safetensors"


def save(
    folder: Path, model: nn.Module, optimizer: torch.optim.Optimizer, run: dict[str, Any], step: int
) -> None:
    """Write model, optimizer moments, `run` (what the run is) and the step just finished.

    The old checkpoint stays until the new one is complete on disk.
    """
    tensors = {f"model.{name}": value for name, value in model.state_dict().items()}
    names = {id(p): name for name, p in model.named_parameters()}
    for group in optimizer.param_groups:
        for parameter in group["params"]:
            for key, value in optimizer.state.get(parameter, {}).items():
                tensors[f"optimizer.{key}.{names[id(parameter)]}"] = torch.as_tensor(value)
    partial = folder / (FILE + ".partial")
    try:
        save_file(
            {k: v.contiguous() for k, v in tensors.items()},
            partial,
            metadata={"run": json.dumps(run, sort_keys=True), "step": str(step)},
        )
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(folder / FILE)
    except (OSError, SafetensorError) as error:
        partial.unlink(missing_ok=True)
        raise CheckpointError(
            f"{folder / FILE}: could not be written ({error}). The checkpoint before it is intact; "
            f"make room and start again with --resume"
        ) from error


def load(
    folder: Path, model: nn.Module, optimizer: torch.optim.Optimizer, run: dict[str, Any]
) -> int:
    """Restore model and optimizer; returns the step after which the checkpoint was taken.

    Raises CheckpointError if there is none, if it is damaged, or if it belongs to a run with other
    data or settings, naming each difference.
    """
    path = folder / FILE
    if not path.exists():
        raise CheckpointError(f"{path}: no checkpoint to resume; start without --resume")
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata()
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        raise CheckpointError(f"{path}: damaged ({error}); delete it and start again") from error
    check_same_run(path, json.loads(metadata["run"]), run)
    model.load_state_dict(
        {k.removeprefix("model."): v for k, v in tensors.items() if k.startswith("model.")},
        strict=True,
    )
    _restore_optimizer(model, optimizer, tensors)
    return int(metadata["step"])


def check_same_run(where: Path, old: dict[str, Any], new: dict[str, Any]) -> None:
    """Raises CheckpointError naming each difference between the run at `where` and the new one."""
    differences = [
        f"{key} was {old.get(key)!r}, is {new.get(key)!r}"
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]
    if differences:
        raise CheckpointError(f"{where} is of another run: {'; '.join(differences)}")


def _restore_optimizer(
    model: nn.Module, optimizer: torch.optim.Optimizer, tensors: dict[str, Tensor]
) -> None:
    parameters = dict(model.named_parameters())
    for name, value in tensors.items():
        if name.startswith("optimizer."):
            _, key, parameter = name.split(".", 2)
            optimizer.state[parameters[parameter]][key] = value
