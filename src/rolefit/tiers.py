"""Which people of one job can be told apart by their scores, and which cannot.

    P(a judge orders them as the scores do) = Phi(gap / spread(middle of the two scores))

`spread` is fitted to pairs of resumes of the SAME job that the model had not seen (`rolefit train
tiers`): what is wrong with a job's every score alike does not count, only what is wrong with their
difference. Two people are told apart where the judge would order them so at least nine times in
ten. A tier is whoever cannot be told from the best of it, so no two of a tier can be told apart;
the next tier begins with the first who can.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import NormalDist
from typing import Any

from rolefit.bundle import FILES, MAPPER_FILES, Bundle
from rolefit.errors import BundleError

FORMAT = 1
LEVEL = 0.9  # of pairs that the judge must order as the scores do
MAX_BYTES = 64 * 1024
_REMEDY = "Copy the bundle again, or fit its tiers again: rolefit train tiers"


@dataclass(frozen=True, slots=True)
class Held:
    """How well tiers held on jobs that they were not fitted to."""

    jobs: int
    pairs: int  # of two resumes of one job
    across: float  # share of pairs in different tiers that the judge orders the same way, 0-1
    next: float  # the same of neighbouring tiers
    inside: float  # of pairs in one tier that the scores happen to order as the judge does
    alike: float  # share of all pairs that the judge gives the same score, left out of the others
    people: float  # in a tier, on average
    tiers: float  # of a job, on average


@dataclass(frozen=True, slots=True)
class Tiers:
    """The spreads of one bundle. Immutable."""

    scores: tuple[float, ...]  # rising knots
    spread: tuple[float, ...]  # points, at each of them; between two it runs straight
    level: float
    held: Held

    def gap(self, one: float, other: float) -> float:
        """The least gap of two people of about these scores who are told apart."""
        return NormalDist().inv_cdf(self.level) * self._spread((one + other) / 2)

    def apart(self, one: float, other: float) -> bool:
        return abs(one - other) >= self.gap(one, other)

    def of(self, scores: Sequence[float]) -> list[int]:
        """The tier, from 1, of each of `scores`, which fall."""
        found: list[int] = []
        best = 0.0
        for score in scores:
            if not found or self.apart(best, score):
                found.append(found[-1] + 1 if found else 1)
                best = score
            else:
                found.append(found[-1])
        return found

    def _spread(self, score: float) -> float:
        if score <= self.scores[0]:
            return self.spread[0]
        for i in range(1, len(self.scores)):
            if score <= self.scores[i]:
                share = (score - self.scores[i - 1]) / (self.scores[i] - self.scores[i - 1])
                return self.spread[i - 1] + share * (self.spread[i] - self.spread[i - 1])
        return self.spread[-1]

    def content(self, bundle: Bundle) -> dict[str, Any]:
        """Of `tiers.json`."""
        held = {name: getattr(self.held, name) for name in Held.__slots__}
        return {
            "format": FORMAT, "scored_by": scored_by(bundle), "level": self.level,
            "scores": list(self.scores), "spread": list(self.spread), "held": held,
        }  # fmt: skip

    @classmethod
    def open(cls, bundle: Bundle) -> Tiers | None:
        """The bundle's; None where it has none, or those of other scores. Raises BundleError."""
        if FILES.tiers not in bundle.files:
            return None
        path = bundle.path(FILES.tiers)
        try:
            raw = path.read_bytes()
            content: Any = json.loads(raw) if len(raw) <= MAX_BYTES else None
        except (OSError, ValueError, RecursionError) as error:
            raise BundleError(f"{path}: expected JSON: {error}. {_REMEDY}") from error
        found = cls.from_json(content, path)
        # A mapper that was fitted anew errs otherwise: better no tiers than those of another.
        return found if content.get("scored_by") == scored_by(bundle) else None

    @classmethod
    def from_json(cls, content: Any, where: Path) -> Tiers:
        """Raises BundleError."""
        try:
            if content["format"] != FORMAT:
                raise ValueError(f"format {FORMAT} expected, got {content['format']!r}")
            scores = tuple(map(float, content["scores"]))
            spread = tuple(map(float, content["spread"]))
            level = float(content["level"])
            held = Held(**content["held"])
            rising = all(a < b for a, b in pairwise(scores))
            sound = len(scores) == len(spread) > 0 and all(0 < s < 1_000 for s in spread)
            if not (rising and sound and 0.5 < level < 1):
                raise ValueError("rising scores, a spread above 0 for each and a level below 1")
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise BundleError(f"{where}: expected tiers: {error}. {_REMEDY}") from error
        return cls(scores, spread, level, held)


def scored_by(bundle: Bundle) -> str:
    """Hash of what a bundle's scores depend on."""
    hashes = [bundle.files[name]["sha256"] for name in MAPPER_FILES if name in bundle.files]
    whole = "".join([bundle.encoder_sha256, *hashes, str(bundle.line_scale)])
    return hashlib.sha256(whole.encode()).hexdigest()
