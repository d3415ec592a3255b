"""What a resume shows for each requirement, read by a model that was taught to.

    requirement, passages  ->  each read alone     ->  the nearest few passages
    requirement + those, card of dated facts       ->  read across: not shown / partly / met,
                                                       and which passage says so
    that, and what rules found (years, degree, licence, skills named)  ->  probabilities

Two small models share one set of weights (`export.reader_graph`): a text alone becomes a vector; a
requirement followed by passages becomes a judgement. Only texts of this pair have a say, one run
at a time, so a reading depends on nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import erf
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from rolefit.encode import TextEncoder, open_session
from rolefit.errors import BundleError
from rolefit.language.claims import denies
from rolefit.prepare import Job, Resume
from rolefit.reader.passages import PLACES, Passages, passages
from rolefit.reader.prompt import PASSAGE, Lengths, Prompt
from rolefit.reader.scalars import FACTS, facts_of
from rolefit.records import STATUSES, Finding, FloatArray, IntArray, Reading

if TYPE_CHECKING:
    import onnxruntime as ort  # type: ignore[import-untyped]

FORMAT = 1
DEFAULT = Path(__file__).parent.parent / "models" / "reader"
MODEL, SETTINGS = "reader.int8.onnx", "reader.json"
QUOTED = 3  # passages quoted for a requirement at most
ALONE = PASSAGE + 1  # mark of a token in a text read alone; others are marked by their part
_INSTEAD = re.compile(r"equivalent|or experience|or relevant", re.I)  # of a degree


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What the model says of one requirement."""

    order: tuple[int, ...]  # the nearest passages, best first
    nearness: tuple[float, ...]  # of the same
    status: FloatArray  # (3,) logits
    points: FloatArray  # (passages,)

    def row(self, finding: Finding, resume: Resume) -> npt.NDArray[np.float64]:
        """(24,) what the last step weighs: logarithms of chances, the rules' facts, nearness."""
        first = self.nearness[0] if self.nearness else 0.0
        logs = self.status - _log_sum(self.status)
        return np.array([*logs, *facts_of(finding, resume.profile), first / 10], np.float64)


class Reader:
    """Opened from a folder that `rolefit train reader` wrote."""

    def __init__(self, folder: Path, settings: dict[str, Any]) -> None:
        """Use `Reader.open`."""
        self.folder = folder
        try:
            if settings["format"] != FORMAT:
                raise ValueError(f"format {FORMAT} expected, got {settings['format']!r}")
            self.tokenizer_sha256 = str(settings["tokenizer_sha256"])
            self.passages = int(settings["passages"])
            self.lengths = Lengths(**settings["lengths"])
            self.weights = {
                name: np.array(settings["near"][name], dtype=np.float32)
                for name in ("scale", "w1", "b1", "w2", "b2")
            }
            self.rarity = np.array(settings["rarity"], dtype=np.float32) / settings["rarity_unit"]
            self.final = {name: np.array(settings["final"][name]) for name in ("w", "b")}
            self.sure = float(settings["sure"])
            self.mix = float(settings["mix"])
            self._check(int(settings.get("model_bytes", 0)))
        except (KeyError, TypeError, ValueError) as error:
            raise BundleError(f"{folder / SETTINGS}: field missing or wrong: {error}") from error

    def _check(self, model_bytes: int) -> None:
        """Raises ValueError where numbers do not fit each other or the model beside them."""
        inputs, facts = 1 + 2 + len(PLACES) + 6, len(STATUSES) + FACTS + 1
        shapes = (self.weights["w1"].shape[1:], self.final["w"].shape, self.final["b"].shape)
        wanted = ((inputs,), (len(STATUSES), facts), (len(STATUSES),))
        if shapes != wanted:
            raise ValueError(f"weights of shapes {wanted} expected, got {shapes}")
        model = self.folder / MODEL
        size = model.stat().st_size if model.is_file() else None
        if size != model_bytes:
            raise ValueError(f"{MODEL} of {model_bytes:,} bytes expected, got {size}")

    @classmethod
    def open(cls, folder: Path | None = None) -> Reader | None:
        """The reader in `folder` (default: the shipped one); None where there is none.

        Raises BundleError for one that is spoilt.
        """
        folder = folder or DEFAULT
        path = folder / SETTINGS
        if not path.exists():
            return None
        try:
            return cls(folder, json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, RecursionError) as error:
            raise BundleError(f"{path}: expected the settings of a reader: {error}") from error

    @cached_property
    def session(self) -> ort.InferenceSession:
        return open_session(self.folder / MODEL)

    def read(
        self,
        resume: Resume,
        job: Job,
        findings: Sequence[Finding],
        encoder: TextEncoder,
        as_of: int | None,
    ) -> tuple[Reading, ...]:
        """One Reading for each finding, in order. `encoder` lends its tokenizer and threads."""
        if not findings:
            return ()
        title = job.facts.title.value if job.facts.title else ""
        asked = [(self._requirement(job, finding), finding.ask.kind) for finding in findings]
        shown = passages(resume, as_of)
        judged = self.judge(shown, title, asked, encoder)
        return tuple(
            self.reading(finding, resume, seen, shown, text)
            for finding, seen, (text, _) in zip(findings, judged, asked, strict=True)
        )

    def judge(
        self,
        shown: Passages,
        title: str,
        asked: Sequence[tuple[str, str]],
        encoder: TextEncoder,
    ) -> list[Judged]:
        """What the model says of requirements, given as (text, kind), before rules have a say."""
        session = self.session  # opened here, so that threads share it
        prompt = Prompt(encoder.tokenize, self.lengths, self.rarity)
        texts = [*shown.texts, *(text for text, _ in asked)]
        whole = [np.array(prompt.alone(text), np.int64) for text in texts]
        vectors = list(encoder.map(lambda row: _alone(session, row), whole))
        n = len(shown.texts)
        near = [
            self._near(vector, vectors[:n], text, shown, prompt)
            for (text, _), vector in zip(asked, vectors[n:], strict=True)
        ]
        rows = [
            prompt.across(kind, title, text, shown, order)
            for (text, kind), (order, _) in zip(asked, near, strict=True)
        ]
        found = encoder.map(lambda row: _judge(session, row), rows)
        return [
            Judged(tuple(order), tuple(nearness), status, points)
            for (order, nearness), (status, points) in zip(near, found, strict=True)
        ]

    def _requirement(self, job: Job, finding: Finding) -> str:
        unit = job.units[finding.ask.unit]
        return " ".join(job.document.text[unit.start : unit.end].split())

    def _near(
        self,
        vector: FloatArray,
        rows: Sequence[FloatArray],
        asked: str,
        shown: Passages,
        prompt: Prompt,
    ) -> tuple[list[int], list[float]]:
        """The nearest passages, best first, and how near each is."""
        if not rows:
            return [], []
        cosines = np.stack(rows) @ vector
        common = np.array([prompt.in_common(asked, text) for text in shown.texts], np.float32)
        places = np.eye(len(PLACES), dtype=np.float32)[shown.traits[:, 0].astype(int)]
        inputs = np.hstack([cosines[:, None], common, places, shown.traits[:, 1:]])
        w = self.weights
        hidden = _gelu(inputs @ w["w1"].T + w["b1"])
        nearness = w["scale"] * cosines + hidden @ w["w2"][0] + w["b2"][0]
        order = np.argsort(-nearness, kind="stable")[: self.passages]
        return [int(i) for i in order], [float(nearness[i]) for i in order]

    def reading(
        self, finding: Finding, resume: Resume, seen: Judged, shown: Passages, asked: str
    ) -> Reading:
        """What the model says, held to what the facts allow."""
        logits = self.final["w"] @ seen.row(finding, resume) + self.final["b"]
        chances = np.exp(logits - _log_sum(logits))
        best = int(np.argmax(chances))
        if STATUSES[best] == "met" and chances[0] > 1 - self.sure:
            # What may well not be shown at all is not called met; that much may be called partly.
            best = 1
            chances = np.array([chances[0], chances[1] + chances[2], 0.0])
        ranked = self.ranked(seen)
        denied = {unit for unit in ranked if denies(shown.texts[unit])}
        units = tuple(unit for unit in ranked if unit not in denied)[:QUOTED]
        refuted = bool(ranked) and ranked[0] in denied
        if refuted and not finding.ask.licences:
            best = 0
        most = _allowed(finding, asked)
        if most is not None and (best > most or (finding.ask.must and finding.ask.licences)):
            return Reading(STATUSES[most], (), units)
        told = () if best == 0 and refuted else tuple(map(float, chances))
        return Reading(STATUSES[best], told, units)

    def ranked(self, seen: Judged) -> tuple[int, ...]:
        """The passages that were read across, what says it most plainly first."""
        order = sorted(
            range(len(seen.order)),
            key=lambda i: -(float(seen.points[i]) + self.mix * seen.nearness[i]),
        )
        return tuple(seen.order[i] for i in order)


def _allowed(finding: Finding, asked: str) -> int | None:
    """The most that a degree or a licence lets a status be; None where the facts have no say.

    A licence that must be held is settled as the cap of the score is. Long experience may stand for
    a degree where the advert says so.
    """
    if finding.cause == "licence":
        return 2 if finding.strength else 0
    if finding.cause == "education" and finding.strength < 1.0:
        least = 1 if _INSTEAD.search(asked) else 0
        return max(least, 1 if finding.strength else 0)
    return None


def _alone(session: Any, ids: IntArray) -> FloatArray:
    feed = {"ids": ids, "marks": np.full(len(ids), ALONE), "parts": np.zeros(len(ids), np.int64)}
    vector: FloatArray = session.run(["vector"], feed)[0]
    return vector


def _judge(session: Any, row: tuple[list[int], list[int]]) -> tuple[FloatArray, FloatArray]:
    ids, parts = (np.array(numbers, np.int64) for numbers in row)
    feed = {"ids": ids, "marks": np.minimum(parts, PASSAGE), "parts": parts}
    status, points = session.run(["status", "points"], feed)
    return status, points


_erf = np.vectorize(erf, otypes=[np.float32])


def _gelu(x: FloatArray) -> FloatArray:
    return np.asarray(0.5 * x * (1 + _erf(x / np.sqrt(2.0))), np.float32)


def _log_sum(x: npt.NDArray[Any]) -> float:
    top = float(x.max())
    return top + float(np.log(np.exp(x - top).sum()))
