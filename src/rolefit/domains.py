"""A document's vector -> which profession it reads like, as probabilities.

    p = softmax((vector @ weights.T + intercepts) / temperature)

`domains.json` of a bundle holds all of it; `rolefit train domains` writes it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rolefit.bundle import FILES
from rolefit.errors import BundleError
from rolefit.records import Domain

FORMAT = 1
MAX_BYTES = 512 * 1024
_REMEDY = "Copy the bundle again, or fit its domains again: rolefit train domains"

Float64Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Domains:
    """The head of one encoder. Immutable; safe to share between threads."""

    names: tuple[str, ...]
    weights: Float64Array  # (domains, hidden)
    intercepts: Float64Array  # (domains,)
    temperature: float

    @classmethod
    def load(cls, folder: Path, encoder: str = "") -> Domains:
        """Read `domains.json` of a bundle folder. Raises BundleError naming what is wrong.

        With `encoder`, the bundle's `encoder_sha256`, a head that was fitted to the vectors of
        another encoder is refused: it would answer at random.
        """
        path = folder / FILES.domains
        try:
            raw = path.read_bytes()
            content = json.loads(raw) if len(raw) <= MAX_BYTES else None
        except (OSError, ValueError, RecursionError) as error:
            raise BundleError(f"{path}: expected JSON: {error}. {_REMEDY}") from error
        if content is None:
            raise BundleError(
                f"{path}: expected at most {MAX_BYTES:,} bytes, got {len(raw):,}. {_REMEDY}"
            )
        found = cls.from_json(content, str(path))
        if encoder and content.get("encoder") != encoder:
            raise BundleError(
                f"{path}: expected a head fitted to this bundle's encoder ({encoder[:12]}), got "
                f"one of {str(content.get('encoder'))[:12]}. Fit it again: rolefit train domains"
            )
        return found

    @classmethod
    def from_json(cls, content: Any, where: str) -> Domains:
        """Build from the parsed file; `where` is for messages."""
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            got = content.get("format") if isinstance(content, dict) else type(content).__name__
            raise BundleError(f"{where}: expected format {FORMAT}, got {got!r}. {_REMEDY}")
        try:
            names = tuple(map(str, content["names"]))
            weights = np.array(content["weights"], dtype=np.float64)
            intercepts = np.array(content["intercepts"], dtype=np.float64)
            temperature = float(content["temperature"])
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise BundleError(
                f"{where}: expected names, weights, intercepts and temperature: {error}. {_REMEDY}"
            ) from error
        count = len(set(names))
        shapes = (weights.ndim, weights.shape[:1], intercepts.shape)
        finite = np.isfinite(weights).all() and np.isfinite(intercepts).all()
        if count < 2 or shapes != (2, (len(names),), (count,)) or not finite or not temperature > 0:
            raise BundleError(
                f"{where}: expected a row of finite weights and an intercept for each of "
                f"{len(names)} names, each once, and a temperature above 0; got weights "
                f"{weights.shape}, intercepts {intercepts.shape}, temperature {temperature}. "
                f"{_REMEDY}"
            )
        return cls(names, weights, intercepts, temperature)

    def probabilities(self, vector: npt.ArrayLike) -> Float64Array:
        """(hidden,) -> (domains,) in the order of `names`, or (n, hidden) -> (n, domains)."""
        logits = np.asarray(vector, dtype=np.float64) @ self.weights.T + self.intercepts
        scaled = logits / self.temperature
        powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=-1, keepdims=True))

    def of(self, vector: npt.ArrayLike) -> tuple[Domain, ...]:
        """Every domain with its probability, the most likely first."""
        found = self.probabilities(vector)
        order = np.argsort(-found, kind="stable")
        return tuple(Domain(self.names[i], float(found[i])) for i in order)
