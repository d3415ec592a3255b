"""What a run log says of a run: hashes of documents, scores, model, options. No text, no names.

    {"command": "rank", "rolefit": version, "bundle": {name, version, sha256}, "taxonomy": sha256,
     "options": {name: value}, "job": sha256 of the advert's bytes (null where nothing was scored),
     "results": [{"resume": sha256, "score", "band": [low, high], "notices": [codes], ...}],
     "ranked": how many have a score, "not_read": [{"error": kind, "sha256": of the file or null}],
     "receipts": [digest]}

Scores are rounded to four decimals. `explain` and `improve` add what they found in numbers.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from rolefit import __version__
from rolefit.errors import ReadError
from rolefit.language.taxonomy import shipped_sha256
from rolefit.records import Explanation, Match

if TYPE_CHECKING:
    from rolefit.bundle import Bundle
    from rolefit.improve import Advice

DECIMALS = 4
_MOST = 1 << 28  # bytes of a file that could not be read, to be hashed


Result = Union[Match, Explanation, "tuple[Explanation, Advice]"]


def entry(
    command: str,
    bundle: Bundle,
    options: dict[str, Any],
    results: Sequence[Result],
    unread: Iterable[ReadError] = (),
    receipts: Sequence[str] = (),
) -> dict[str, Any]:
    """The content of a line. Options that are as if they were not given are left out."""
    return {
        "command": command,
        "rolefit": __version__,
        "bundle": {"name": bundle.name, "version": bundle.version, "sha256": bundle.sha256},
        "taxonomy": shipped_sha256(),
        "options": {name: value for name, value in options.items() if value not in _UNSAID},
        "job": _match(results[0]).job_sha256 if results else None,
        "results": [_result(result) for result in results],
        "ranked": len(results),
        "not_read": [_unread(error) for error in unread],
        "receipts": list(receipts),
    }


_UNSAID: tuple[Any, ...] = (None, False, "", [], ())


def _match(result: Result) -> Match:
    if isinstance(result, tuple):
        result = result[0]
    return result.match if isinstance(result, Explanation) else result


def _result(result: Result) -> dict[str, Any]:
    match = _match(result)
    content: dict[str, Any] = {
        "resume": match.resume_sha256,
        "score": round(match.score, DECIMALS),
        "band": [round(end, DECIMALS) for end in match.band],
        "notices": sorted({notice.code for notice in match.notices}),
    }
    if isinstance(result, Explanation):
        statuses = Counter(item.status for item in result.evidence)
        content["requirements"] = dict(sorted(statuses.items()))
    if isinstance(result, tuple):
        advice = result[1]
        content |= {
            "rewordings": len(advice.rewordings),
            "gaining": len(advice.gaining),
            "together": round(advice.together, DECIMALS),
            "gaps": len(advice.gaps),
        }
    return content


def _unread(error: ReadError) -> dict[str, Any]:
    """Names of files and what is in them stay out: the kind of the error says why."""
    return {"error": type(error).__name__, "sha256": _hash(error.file)}


def _hash(file: str) -> str | None:
    try:
        path = Path(file)
        if not path.is_file() or path.stat().st_size > _MOST:
            return None
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None
