"""What the tools answer: what reports say, with every string of a document marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rolefit.decided import PARTS, Confirmed, Version, Weighted
from rolefit.errors import ReadError, ReceiptError, RunLogError
from rolefit.mcp.marked import marked, text
from rolefit.records import Document, Explanation, Inspection, Match
from rolefit.report import MEANING, about_resume, verdict

if TYPE_CHECKING:
    from rolefit.bundle import Bundle
    from rolefit.decide import Listed
    from rolefit.improve import Advice
    from rolefit.matcher import Matcher

Answer = dict[str, Any]
MOST_TEXT = 50_000  # characters of a document that inspect shows
_DIGITS = 2
_WHO = ("name", "contact", "address", "date of birth or age", "personal detail")
_OF_FILE = ("schema", "rolefit", "file", "kind", "pages", "as")  # which no document says


def scored(
    match: Match, bundle: Bundle, confirmed: Confirmed | None = None,
    weighted: Weighted | None = None,
) -> Answer:  # fmt: skip
    return {
        "what": MEANING, "model": _model(bundle), **_about_job(match), **_confirmed(confirmed),
        **_match(match), **_weighted(weighted),
    }  # fmt: skip


def ranking(
    found: Listed, top: int, unread: Sequence[tuple[str, ReadError]], bundle: Bundle,
    confirmed: Confirmed | None = None,
) -> Answer:  # fmt: skip
    """All names are those that a client can use."""
    best = found.matches[:top]
    about = _about_job(best[0]) if best else {}
    weights = found.weighted or (None,) * len(found.matches)
    tiers = found.tiering.tiers if found.tiering else ()
    results = [
        {
            "place": place + 1,
            **_match(match),
            **_weighted(weights[place]),
            **({"tier": tiers[place]} if tiers else {}),
            **_versions(found.versions.get(match.resume, ())),
        }
        for place, match in enumerate(best)
    ]
    return {
        "what": MEANING, "model": _model(bundle), **about, **_confirmed(confirmed),
        "ranked": len(found.matches), "results": results,
        "not_read": [
            {"file": name, "error": type(error).__name__, "cause": text(error.cause)}
            for name, error in unread[:100]
        ],
    }  # fmt: skip


def _confirmed(confirmed: Confirmed | None) -> Answer:
    """What counts; requirements are words of the advert, or of whoever asks."""
    if confirmed is None:
        return {}
    rows = [
        {"id": w.id, "text": text(w.text), "kind": w.kind, "must": w.must, "weight": w.weight}
        for w in confirmed.wishes
    ]
    parts = dict(zip(PARTS, confirmed.parts, strict=True))
    return {"confirmed": {"requirements": rows, "parts": parts, "sha256": confirmed.sha256}}


def _weighted(weighted: Weighted | None) -> Answer:
    if weighted is None:
        return {}
    steps = [{"label": s.label, "points": round(s.points, _DIGITS)} for s in weighted.steps]
    return {
        "by_what_counts": {
            "score": round(weighted.score, _DIGITS),
            "steps": steps,
            "must_not_shown": [{"id": wish.id} for wish in weighted.lacking],
            "must_partly_shown": [{"id": wish.id} for wish in weighted.partly],
        }
    }


def _versions(versions: Sequence[Version]) -> Answer:
    if not versions:
        return {}
    return {"versions": [{"file": v.file, "score": round(v.score, _DIGITS)} for v in versions]}


def explained(explanation: Explanation, bundle: Bundle, names: bool) -> Answer:
    from rolefit.report.explain_json import content

    found = content(_blind(explanation, names), bundle)
    found["resume"] = {"file": found["resume"]}
    found["job"] = {"file": found["job"]}
    answer: Answer = marked({"what": MEANING, **found})
    return answer


def advised(explanation: Explanation, advice: Advice, bundle: Bundle, names: bool) -> Answer:
    from rolefit.report.improve_json import content

    found = content(_blind(explanation, names), advice, bundle)
    found["resume"] = {"file": found["resume"]}
    found["job"] = {"file": found["job"]}
    answer: Answer = marked({"what": MEANING, **found})
    return answer


def inspection(found: Inspection, name: str, names: bool) -> Answer:
    """Without the places of everything, which only a program needs that has the text."""
    from rolefit.report.inspect_json import content

    left = content(found)
    if found.side == "resume" and not names:
        left = _without_names(left, found)
    for places in ("lines", "columns", "personal", "schema"):
        del left[places]
    left["file"] = name
    for skill in left["skills"]:
        skill["mentions"] = len(skill["mentions"])
    whole = left.pop("text")
    answer: Answer = marked(_placeless(left))
    return {**answer, "text": text(whole, MOST_TEXT)}


def receipt_holds(receipt: Path, resume: Document, job: Document, matcher: Matcher) -> Answer:
    from rolefit import receipts

    try:
        match = receipts.verify(receipts.load(receipt), resume, job, matcher)
    except ReceiptError as error:
        return {"holds": False, "why": text(str(error))}
    return {"holds": True, "score": round(match.score, _DIGITS)}


def log_holds(log: Path) -> Answer:
    from rolefit.audit.runcheck import verify

    try:
        checked = verify(log)
    except RunLogError as error:
        return {"holds": False, "why": text(str(error))}
    remarks = [text(remark) for remark in checked.remarks]
    return {"holds": True, "runs": len(checked.runs), "hash": checked.last, "remarks": remarks}


def _model(bundle: Bundle) -> Answer:
    return {"name": bundle.name, "version": bundle.version, "sha256": bundle.sha256}


def _match(match: Match) -> Answer:
    return {
        "file": match.resume,
        "score": round(match.score, _DIGITS),
        "range": [round(end, _DIGITS) for end in match.band],
        "verdict": verdict(match.score),
        "notices": [{"code": n.code, "message": text(n.message)} for n in about_resume(match)],
    }


def _about_job(match: Match) -> Answer:
    about = about_resume(match)
    notices = [n for n in match.notices if n not in about]
    said = [{"code": notice.code, "message": text(notice.message)} for notice in notices]
    return {"job": {"file": match.job, "notices": said}}


def _blind(explanation: Explanation, names: bool) -> Explanation:
    if names:
        return explanation
    from rolefit.blind import redacted

    return replace(explanation, resume=redacted(explanation.resume))


def _without_names(content: Answer, found: Inspection) -> Answer:
    """With blocks in the text, and wherever else stands what they cover."""
    from rolefit.blind import BLOCK, redacted

    said = {
        found.document.text[span.start : span.end]
        for span in found.personal
        if span.kind in _WHO and span.end - span.start > 1
    }
    told = sorted(map(re.escape, said), key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(told)})(?!\w)") if told else None
    words = {word.casefold() for part in said for word in part.split() if len(word) > 1}

    def covered(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: covered(item) for key, item in value.items()}
        if isinstance(value, list):
            return [covered(item) for item in value]
        if pattern and isinstance(value, str):
            return pattern.sub(lambda found: BLOCK * len(found[0]), value)
        return value

    hidden = [word for word in content["hidden"] if word.casefold() not in words]
    own = {name: item for name, item in content.items() if name not in _OF_FILE}
    kept = {name: content[name] for name in _OF_FILE}
    return {**kept, **covered(own), "text": redacted(found.document).text, "hidden": hidden}


def _placeless(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if key not in ("start", "end", "spans")}
        return {key: _placeless(item) for key, item in kept.items()}
    return [_placeless(item) for item in value] if isinstance(value, list) else value
