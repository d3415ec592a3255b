"""What a resume earns in the four parts of a score, read from the vectors of both texts' units.

    function     of 40   the kind of work
    needs        of 35   what is asked for
    seniority    of 15   level, and years in work of this kind
    credentials  of 10   degrees, licences, certificates

One token for each part, one for each title and unit of the job. Twice, all of them attend to the
titles and units of the resume and to one another; each of the job's also carries how near the
resume's nearest unit comes to it, in several learned spaces. Each part's token then says what share
of its points is earned.

    matches(i) = greatest and soft greatest cosine over the resume's units, in each space
    token(i)   = LayerNorm(W job(i) + kind(i) + place(i) + M matches(i))
    twice:       token += attend(token, resume); token += attend(token, tokens); token += MLP(token)
    points(p)  = most(p) * sigmoid(w . LayerNorm(token(p)) + b(p))

`parts.json` of a bundle holds the weights, matrices in 8 bits with one scale a row, as base64;
`rolefit train parts` writes it. Numbers are float32; the order of a sum may differ between
computers in the last bits, so points are rounded to DIGITS places.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rolefit.bundle import FILES
from rolefit.errors import BundleError
from rolefit.records import PARTS, FloatArray, Profile

FORMAT = 1
NAMES = PARTS
MOST = (40.0, 35.0, 15.0, 10.0)  # points of each
SCALARS = ("cosine", "title", "title_in_text", "skills", "years_gap", "level_gap",
           "education_gap", "licence")  # fmt: skip  # features that the parts' tokens start from
KINDS = ("", "required", "preferred", "duty")  # of a job's unit; after these, "more" and titles
TITLES = 8  # of a resume, at most
DIGITS = 4
MAX_BYTES = 1024 * 1024
Rows = tuple[FloatArray, Any, FloatArray]  # vectors, kinds, and two numbers beside each
_EPSILON = 1e-5  # of LayerNorm
SHARP = 8.0  # of the soft greatest cosine
_REMEDY = "Copy the bundle again, or train its parts again: rolefit train parts"


@dataclass(frozen=True, slots=True, eq=False)
class PartsHead:
    """The head of one encoder. Immutable; safe to share between threads."""

    weights: dict[str, FloatArray]
    heads: int  # of attention
    spaces: int  # in which units are matched
    scale: float  # by which unit vectors are multiplied

    @classmethod
    def load(cls, folder: Path, encoder: str = "") -> PartsHead:
        """Read `parts.json` of a bundle folder. Raises BundleError naming what is wrong.

        With `encoder`, the bundle's `encoder_sha256`, a head that was trained on the vectors of
        another encoder is refused: it would answer at random.
        """
        path = folder / FILES.parts
        try:
            raw = path.read_bytes()
            content = json.loads(raw) if len(raw) <= MAX_BYTES else {}
        except (OSError, ValueError, RecursionError) as error:
            raise BundleError(f"{path}: expected JSON: {error}. {_REMEDY}") from error
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise BundleError(f"{path}: expected format {FORMAT}. {_REMEDY}")
        if encoder and content.get("encoder") != encoder:
            raise BundleError(
                f"{path}: expected a head trained on this bundle's encoder ({encoder[:12]}), got "
                f"one of {str(content.get('encoder'))[:12]}. {_REMEDY}"
            )
        try:
            weights = {name: unpack(matrix) for name, matrix in content["weights"].items()}
            head = cls(
                weights, int(content["heads"]), int(content["spaces"]), float(content["scale"])
            )
            _check(head)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BundleError(f"{path}: the weights do not fit: {error}. {_REMEDY}") from error
        return head

    def points(self, resume: Profile, job: Profile, scalars: FloatArray) -> tuple[float, ...]:
        """Points of each of NAMES; `scalars` are the features SCALARS of the pair."""
        shown, of_resume, by_resume = resume_rows(resume, self.scale)
        asked, of_job, by_job = job_rows(job, self.scale)
        w = self.weights
        tokens = asked @ w["ji.weight"].T + w["ji.bias"]
        tokens += self._beside(w["jk.weight"][of_job], by_job)
        tokens += self._matches(asked, shown) @ w["mi.weight"].T + w["mi.bias"]
        tokens = _norm(tokens, w["nj.weight"], w["nj.bias"])
        memory = shown @ w["ri.weight"].T + w["ri.bias"]
        memory += self._beside(w["rk.weight"][of_resume], by_resume)
        memory = _norm(memory, w["nr.weight"], w["nr.bias"])
        clipped = np.clip((scalars - w["mean"]) / w["sd"], -4.0, 4.0).astype(np.float32)
        start = w["part"] + (w["x.weight"] @ clipped + w["x.bias"]).reshape(w["part"].shape)
        tokens = np.concatenate([start, tokens])
        for block in ("blocks.0.", "blocks.1."):
            tokens = self._block(block, tokens, memory)
        tokens = _norm(tokens[: len(NAMES)], w["no.weight"], w["no.bias"])
        logits = tokens @ w["po.weight"][0] + w["po.bias"] + w["pb"][: len(NAMES)]
        return tuple(
            round(most / (1.0 + math.exp(-float(value))), DIGITS)
            for most, value in zip(MOST, logits, strict=True)
        )

    def _beside(self, kind: FloatArray, beside: FloatArray) -> FloatArray:
        """What is added to each vector: (rows, width) of its kind, and of what stands beside it."""
        return kind + beside @ self.weights["pos.weight"].T + self.weights["pos.bias"]

    def _matches(self, asked: FloatArray, shown: FloatArray) -> FloatArray:
        """(job's rows, 2 * spaces): greatest and soft greatest cosine in each space."""
        left = _units((asked @ self.weights["jm.weight"].T).reshape(len(asked), self.spaces, -1))
        right = _units((shown @ self.weights["rm.weight"].T).reshape(len(shown), self.spaces, -1))
        cosines = left.transpose(1, 0, 2) @ right.transpose(1, 2, 0)  # (spaces, asked, shown)
        soft = (cosines * _softmax(cosines * np.float32(SHARP))).sum(axis=-1)
        return np.concatenate([cosines.max(axis=-1), soft]).T

    def _block(self, name: str, tokens: FloatArray, memory: FloatArray) -> FloatArray:
        w = {key: self.weights[name + key] for key in _BLOCK}
        query = _norm(tokens, w["nq.weight"], w["nq.bias"]) @ w["q.weight"].T + w["q.bias"]
        key = memory @ w["k.weight"].T + w["k.bias"]
        value = memory @ w["v.weight"].T + w["v.bias"]
        tokens = tokens + self._attend(query, key, value) @ w["o.weight"].T + w["o.bias"]
        own = _norm(tokens, w["ns.weight"], w["ns.bias"]) @ w["sq.weight"].T + w["sq.bias"]
        query, key, value = np.split(own, 3, axis=1)
        tokens = tokens + self._attend(query, key, value) @ w["so.weight"].T + w["so.bias"]
        inner = _norm(tokens, w["nf.weight"], w["nf.bias"]) @ w["f1.weight"].T + w["f1.bias"]
        return tokens + _gelu(inner) @ w["f2.weight"].T + w["f2.bias"]

    def _attend(self, query: FloatArray, key: FloatArray, value: FloatArray) -> FloatArray:
        size = query.shape[1] // self.heads
        q, k, v = (
            x.reshape(len(x), self.heads, size).transpose(1, 0, 2) for x in (query, key, value)
        )
        shares = _softmax(q @ k.transpose(0, 2, 1) / np.float32(math.sqrt(size)))
        return (shares @ v).transpose(1, 0, 2).reshape(len(query), -1)


def adding_up(score: float, points: Sequence[float]) -> tuple[float, ...]:
    """`points` of NAMES as shares of `score`: each between 0 and its most, all of them the score.

    The mapper has seen more pairs than the head and knows better what they come to. What it adds is
    given to each part by the room that it has left, what it takes by what it has.
    """
    total, room = sum(points), sum(MOST) - sum(points)
    if score >= total:
        more = (score - total) / room if room else 0.0
        return tuple(has + more * (most - has) for has, most in zip(points, MOST, strict=True))
    return tuple(has * score / total for has in points)


_BLOCK = tuple(
    f"{layer}.{what}"
    for layer in ("nq", "q", "k", "v", "o", "ns", "sq", "so", "nf", "f1", "f2")
    for what in ("weight", "bias")
)


def pack(matrix: FloatArray) -> dict[str, Any]:
    """A matrix in 8 bits with one scale a row, or a vector as numbers; `unpack` undoes it."""
    if matrix.ndim < 2:
        return {"values": [float(f"{value:.5g}") for value in matrix.ravel()]}
    scales = np.abs(matrix).max(axis=1) / 127.0
    steps = np.rint(matrix / np.where(scales == 0, 1, scales)[:, None]).astype(np.int8)
    return {
        "shape": list(matrix.shape),
        "scales": [float(f"{scale:.5g}") for scale in scales],
        "int8": base64.b64encode(steps.tobytes()).decode(),
    }


def unpack(packed: dict[str, Any]) -> FloatArray:
    """The float32 values of what `pack` made. Raises KeyError, TypeError or ValueError."""
    if "values" in packed:
        values = np.array(packed["values"], np.float32)
    else:
        steps = np.frombuffer(base64.b64decode(packed["int8"], validate=True), np.int8)
        scales = np.array(packed["scales"], np.float32)
        values = steps.reshape(packed["shape"]).astype(np.float32) * scales[:, None]
    if not np.isfinite(values).all():
        raise ValueError("a number is not finite")
    return values


def _check(head: PartsHead) -> None:
    """Raises ValueError or KeyError where the weights do not belong together."""
    width, count = head.weights["ji.weight"].shape[0], len(NAMES) + 1
    shapes = {
        "part": (count, width), "x.weight": (count * width, len(SCALARS)),
        "mi.weight": (width, 2 * head.spaces), "po.weight": (1, width), "pb": (count,),
        "jk.weight": (len(KINDS) + 2, width), "rk.weight": (2, width), "pos.weight": (width, 2),
        "mean": (len(SCALARS),), "sd": (len(SCALARS),),
    }  # fmt: skip
    for name, shape in shapes.items():
        if head.weights[name].shape != shape:
            raise ValueError(f"{name} has the shape {head.weights[name].shape}, expected {shape}")
    for name in [f"blocks.{n}.{key}" for n in (0, 1) for key in _BLOCK]:
        if name not in head.weights:
            raise KeyError(name)


def job_rows(job: Profile, scale: float) -> Rows:
    """Titles and units of a job as the head reads them; one empty row if there are none."""
    titles, units = len(job.titles[:TITLES]), len(job.encoding.lines)
    kinds = np.array([len(KINDS) + 1] * titles + [0] * units or [0])
    must = np.zeros(len(kinds), np.float32)
    for ask in job.asks:
        kinds[titles + ask.unit] = KINDS.index(ask.kind)
        must[titles + ask.unit] = ask.must
    return _vectors(job, scale), kinds, np.stack([_places(titles, units, 0.0), must], axis=1)


def resume_rows(resume: Profile, scale: float) -> Rows:
    """Titles and units of a resume as the head reads them; one empty row if there are none."""
    titles, units = len(resume.titles[:TITLES]), len(resume.encoding.lines)
    is_title = np.array([1] * titles + [0] * units or [0])
    beside = np.stack([_places(titles, units, 1.0 / TITLES), is_title], axis=1)
    return _vectors(resume, scale), is_title, beside.astype(np.float32)


def _vectors(profile: Profile, scale: float) -> FloatArray:
    rows = np.concatenate([profile.titles[:TITLES], profile.encoding.lines]).astype(np.float32)
    return rows * np.float32(scale) if len(rows) else np.zeros((1, rows.shape[1]), np.float32)


def _places(titles: int, units: int, step: float) -> FloatArray:
    """0 to 1 over the units of a text; of titles 0, or `step` more each."""
    of_units = np.arange(units) / max(1, units - 1)
    return np.concatenate(
        [np.arange(titles) * step, of_units, [0.0] * (not titles + units)]
    ).astype(np.float32)


def _norm(rows: FloatArray, weight: FloatArray, bias: FloatArray) -> FloatArray:
    centred = rows - rows.mean(axis=-1, keepdims=True)
    variance = (centred * centred).mean(axis=-1, keepdims=True)
    return np.asarray(centred / np.sqrt(variance + np.float32(_EPSILON)) * weight + bias)


def _units(rows: FloatArray) -> FloatArray:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-12))


def _softmax(rows: FloatArray) -> FloatArray:
    powers = np.exp(rows - rows.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def _gelu(x: FloatArray) -> FloatArray:
    """With the error function, as torch's; Abramowitz and Stegun (1964) 7.1.26, to 1.5e-7."""
    z = np.abs(x) * np.float32(1 / math.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = t * (
        0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
    )
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    return np.asarray(0.5 * x * (1 + erf), np.float32)
