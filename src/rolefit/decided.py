"""What a person decided about an advert, and what it does to a score. Frozen, as records are."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from rolefit.records import PARTS as PARTS  # exported: the parts that weights name

MOST = 100.0  # a weight may be
ORDERS = ("score", "evidence")  # inside a tier


@dataclass(frozen=True, slots=True)
class Wish:
    """One requirement as a person wants it counted."""

    id: str  # "r3": the advert's third; "a1": the first that was added
    text: str
    kind: str  # "required", "preferred" or "duty"
    must: bool  # whoever does not show it is held at 60 and listed after those who do
    weight: float = 1.0  # times what its kind counts; 0 leaves it out
    by_law: bool = False  # the score itself holds down whoever does not show it, unless freed

    @property
    def added(self) -> bool:
        return self.id.startswith("a")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """All that counts for one advert, as a person confirmed it."""

    job: str
    job_sha256: str
    wishes: tuple[Wish, ...]
    parts: tuple[float, ...] = (1.0,) * len(PARTS)  # what each of PARTS counts
    title: str = ""  # of the job, which requirements that are added are read with

    @property
    def musts(self) -> tuple[Wish, ...]:
        return tuple(wish for wish in self.wishes if wish.must)

    @property
    def reads(self) -> bool:
        """Whether it matters what a resume shows for single requirements."""
        return any(w.must or w.added or w.weight != 1.0 or w.by_law for w in self.wishes)

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON: what stands in files, receipts and reports."""
        return {
            "job": {"name": self.job, "sha256": self.job_sha256},
            "parts": dict(zip(PARTS, self.parts, strict=True)),
            "requirements": [
                {"id": w.id, "text": w.text, "kind": w.kind, "must": w.must, "weight": w.weight}
                for w in self.wishes
            ],
        }

    @property
    def sha256(self) -> str:
        """Of everything but the file's name: two people who confirmed the same have the same."""
        content = {**self.as_dict(), "job": self.job_sha256}
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(text.encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class Step:
    """What one decision did to a score."""

    label: str
    points: float


@dataclass(frozen=True, slots=True)
class Weighted:
    """A score by what a person confirmed. default + points of all steps = score, exactly."""

    score: float  # 0-100
    default: float  # as it is without any decision
    steps: tuple[Step, ...]
    statuses: tuple[tuple[str, str], ...] = ()  # (id of the wish, status); empty if none was needed
    lacking: tuple[Wish, ...] = ()  # musts that the resume does not show
    partly: tuple[Wish, ...] = ()  # musts that it shows in part


@dataclass(frozen=True, slots=True)
class Version:
    """Another file of a person who is shown by a newer one."""

    file: str
    score: float
    shared: float  # share of the shorter file's word runs that both have; 0 if by way of a third


@dataclass(frozen=True, slots=True)
class Tiering:
    """Who cannot be told apart, and how well that held where it was measured."""

    tiers: tuple[int, ...]  # of each match, from 1; equal ones stand together
    level: float  # how often the judge must order two people as their scores do, 0-1
    jobs: int  # on which it was measured, unseen when it was fitted
    across: float  # share of pairs in different tiers that the judge orders the same way
    next: float  # the same of neighbouring tiers
    alike: float  # share of all pairs that the judge scores alike, left out of both
    order: str = "score"  # inside a tier: "score" or "evidence"

    def people(self, tier: int) -> int:
        return self.tiers.count(tier)
