"""Multinomial logistic regressions whose features have names and whose weights are small numbers.

A model is a table {"bias": [one number a kind], "weights": {feature: [one whole number a kind]}},
weights in steps of STEP or of its own; recipes/ fit them. A feature that a model does not know
counts nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

STEP = 0.05


def load(file: str) -> dict[str, Any]:
    """The model beside this module."""
    model: dict[str, Any] = json.loads(Path(__file__).with_name(file).read_text(encoding="utf-8"))
    return model


def shares(
    model: Mapping[str, Any], features: Mapping[str, float], step: float = STEP
) -> list[float]:
    """The probability of each kind, in the model's order."""
    weights, sums = model["weights"], list(model["bias"])
    for name, value in features.items():
        row = weights.get(name)
        if row is not None:
            sums = [total + step * weight * value for total, weight in zip(sums, row, strict=True)]
    return softmax(sums)


def softmax(sums: Sequence[float]) -> list[float]:
    powers = [math.exp(value - max(sums)) for value in sums]
    return [power / sum(powers) for power in powers]
