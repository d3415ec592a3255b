"""A receipt: what was scored with what, so that anyone who has both documents can score it again.

    {"format": 1, "rolefit": "0.1.0",
     "resume": {"name": ..., "sha256": ...}, "job": {...},
     "bundle": {"name": ..., "version": ..., "sha256": ...}, "taxonomy": sha256,
     "features": {name: value, ...}, "score": 71.3, "band": [60.1, 82.5],
     "digest": SHA-256 of all of the above}

Where a person decided what counts it holds that too, and the score by it:

     "confirmed": {"parts": {...}, "requirements": [...], "job": ...}, "reader": true,
     "weighted": {"score": 66.0, "must_not_shown": ["r3"]}

The digest shows that a receipt was edited, by accident or carelessly. It is no signature: whoever
edits on purpose can compute it anew. What such a person cannot do is make the replay agree.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rolefit import __version__
from rolefit.bundle import Bundle
from rolefit.decide import Weigher, confirm, requirements
from rolefit.decided import Confirmed, Weighted
from rolefit.errors import InputError, ReceiptError
from rolefit.language.taxonomy import shipped_sha256
from rolefit.matcher import Matcher
from rolefit.records import Document, Match

FORMAT = 1
SCORE_TOLERANCE = 0.05  # points; processors round the encoder's sums differently
FEATURE_TOLERANCE = 1e-3  # relative above 1, absolute below
_FIELDS = ("resume", "job", "bundle", "taxonomy", "rolefit", "features", "score", "band")


def make(
    match: Match,
    resume: Document,
    job: Document,
    bundle: Bundle,
    confirmed: Confirmed | None = None,
    weighted: Weighted | None = None,
    reader: bool = True,
) -> dict[str, Any]:
    """The receipt of a match of these two documents, ready for JSON.

    `weighted` is what became of it by `confirmed`, with the reader or without.
    """
    content = {
        "format": FORMAT,
        "rolefit": __version__,
        "resume": {"name": resume.name, "sha256": resume.sha256},
        "job": {"name": job.name, "sha256": job.sha256},
        "bundle": {"name": bundle.name, "version": bundle.version, "sha256": bundle.sha256},
        "taxonomy": shipped_sha256(),
        "features": dict(zip(match.features.names, match.features.values, strict=True)),
        "score": match.score,
        "band": list(match.band),
    }
    if confirmed and weighted:
        content |= {
            "confirmed": confirmed.as_dict(),
            "reader": reader,
            "weighted": _of_weighted(weighted),
        }
    return {**content, "digest": digest(content)}


def to_json(receipt: dict[str, Any]) -> str:
    return json.dumps(receipt, indent=2, ensure_ascii=False) + "\n"


def digest(receipt: dict[str, Any]) -> str:
    """SHA-256 of everything but the digest: JSON with sorted keys and no blanks, as UTF-8."""
    content = {key: value for key, value in receipt.items() if key != "digest"}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def load(path: Path) -> dict[str, Any]:
    """Read a receipt and check that it is whole and as it was written. Raises ReceiptError."""
    try:
        receipt = json.loads(path.read_bytes())
    except OSError as error:
        raise ReceiptError(f"{path}: cannot be opened: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise ReceiptError(f"{path}: expected a receipt in JSON: {error}") from error
    if not isinstance(receipt, dict) or receipt.get("format") != FORMAT:
        raise ReceiptError(
            f"{path}: expected a receipt of format {FORMAT}, as rolefit score --receipt writes it"
        )
    if receipt.get("digest") != digest(receipt):
        raise ReceiptError(
            f"{path}: the receipt was edited: its digest is {receipt.get('digest')}, "
            f"its content gives {digest(receipt)}"
        )
    if missing := [name for name in _FIELDS if name not in receipt]:
        raise ReceiptError(f"{path}: the receipt lacks {', '.join(missing)}")
    return receipt


def verify(receipt: dict[str, Any], resume: Document, job: Document, matcher: Matcher) -> Match:
    """Score again what the receipt names, and compare.

    Raises ReceiptError that lists every part that differs, BundleError if the model's files are not
    those of its manifest.
    """
    with _fields():
        wrong = list(_other_parts(receipt, resume, job, matcher.bundle))
    if wrong:
        raise ReceiptError("; ".join(wrong))
    matcher.bundle.verify()
    match = matcher.score(resume, job)
    weighted = _weighted_again(receipt, resume, job, matcher, match)
    with _fields():
        wrong = list(_other_results(receipt, match))
        if weighted:
            wrong += _other_weighted(receipt["weighted"], weighted)
    if wrong:
        raise ReceiptError("; ".join(wrong))
    return match


def _of_weighted(weighted: Weighted) -> dict[str, Any]:
    return {"score": weighted.score, "must_not_shown": [wish.id for wish in weighted.lacking]}


def _weighted_again(
    receipt: dict[str, Any], resume: Document, job: Document, matcher: Matcher, match: Match
) -> Weighted | None:
    """By what the receipt says was confirmed; None where nothing was."""
    if "confirmed" not in receipt:
        return None
    if receipt.get("reader") is not matcher.reads:
        raise ReceiptError(
            f"made {'with' if receipt.get('reader') else 'without'} the reader: "
            f"load the matcher with reads={bool(receipt.get('reader'))}"
        )
    try:
        confirmed = confirm(receipt["confirmed"], requirements(job), "the receipt")
    except InputError as error:
        raise ReceiptError(str(error)) from error
    return Weigher(matcher, job, confirmed)(resume, match)


def _other_weighted(expected: dict[str, Any], weighted: Weighted) -> Iterator[str]:
    got = _of_weighted(weighted)
    if _differ(expected["score"], got["score"], SCORE_TOLERANCE):
        yield (
            f"the score by what was confirmed differs: expected {expected['score']:.2f}, "
            f"got {got['score']:.2f}"
        )
    if list(expected["must_not_shown"]) != got["must_not_shown"]:
        yield (
            f"the musts that are not shown differ: expected {expected['must_not_shown']}, "
            f"got {got['must_not_shown']}"
        )


@contextmanager
def _fields() -> Iterator[None]:
    """What fails in here fails for what the receipt holds."""
    try:
        yield
    except (TypeError, KeyError, ValueError, AttributeError, OverflowError) as error:
        raise ReceiptError(f"the receipt holds a field of the wrong type: {error}") from error


def _differ(a: float, b: float, tolerance: float) -> bool:
    """NaN, which JSON lets in, differs from everything."""
    return not abs(a - b) <= tolerance


def _other_parts(
    receipt: dict[str, Any], resume: Document, job: Document, bundle: Bundle
) -> Iterator[str]:
    for name, document in (("resume", resume), ("job", job)):
        expected = receipt[name]["sha256"]
        if expected != document.sha256:
            yield f"the {name} is not the one scored: expected {expected}, got {document.sha256}"
    expected = receipt["bundle"]["sha256"]
    if expected != bundle.sha256:
        yield f"the model is not the one used: expected {expected}, got {bundle.sha256}"
    taxonomy = shipped_sha256()
    if receipt["taxonomy"] != taxonomy:
        yield f"the taxonomy is not the one used: expected {receipt['taxonomy']}, got {taxonomy}"
    if receipt["rolefit"] != __version__:
        yield f"rolefit is not the version used: expected {receipt['rolefit']}, got {__version__}"


def _other_results(receipt: dict[str, Any], match: Match) -> Iterator[str]:
    names, values = match.features.names, match.features.values
    expected: dict[str, float] = receipt["features"]
    if sorted(expected) != sorted(names):
        yield "the features are not those of the receipt"
        return
    for name, value in zip(names, values, strict=True):
        if _differ(expected[name], value, FEATURE_TOLERANCE * max(1.0, abs(value))):
            yield f"the feature {name} differs: expected {expected[name]:.4f}, got {value:.4f}"
    if _differ(receipt["score"], match.score, SCORE_TOLERANCE):
        yield f"the score differs: expected {receipt['score']:.2f}, got {match.score:.2f}"
    pairs = list(zip(receipt["band"], match.band, strict=True))
    if any(_differ(a, b, SCORE_TOLERANCE) for a, b in pairs):
        yield f"the band differs: expected {receipt['band']}, got {list(match.band)}"
