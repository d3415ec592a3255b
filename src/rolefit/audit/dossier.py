"""What an auditor gets in one file: facts of the model, results, the run log, notices, hashes.

    MANIFEST.json        {"format": 1, "files": {name: {"sha256", "bytes"}}}
    SHA256SUMS           the same for `sha256sum -c`
    facts.json           versions, hashes of model and taxonomy, features, what a score means
    model/               the model's card and its manifest, which has the hash of every file
    notices/             what results do not show; NOTICE and LICENSE
    audit/               results as they were given: reports, CSV, receipts, texts
    log/                 the run log with its head, and what `rolefit verify --log` says of it

The same inputs give the same bytes: no time, no place, nothing packed.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import rolefit
from rolefit.audit.counterfactual import templates_sha256
from rolefit.audit.filing import COUNTERFACTUAL_LIMITS, IMPACT_LIMITS
from rolefit.audit.runcheck import verify
from rolefit.audit.runlog import head_of
from rolefit.bundle import FILES, Bundle
from rolefit.errors import InputError, RunLogError
from rolefit.files import to_bytes
from rolefit.language.taxonomy import shipped_sha256
from rolefit.reader import DEFAULT as READER
from rolefit.report import MEANING
from rolefit.score import Mapper

FORMAT = 1
_EPOCH = (1980, 1, 1, 0, 0, 0)  # what ZIP can say least
_LEGAL = ("NOTICE", "LICENSE")


def pack(bundle: Bundle, results: Sequence[Path], log: Path | None) -> tuple[bytes, str]:
    """The ZIP, and why the log does not hold ("" if it does, or there is none).

    A log that does not hold is packed too: that is what an auditor must see. Raises BundleError if
    the model's files are altered, InputError for results that cannot be read or share a name.
    """
    bundle.verify()
    files = {"facts.json": _json(_facts(bundle))}
    files["model/manifest.json"] = bundle.path(FILES.manifest).read_bytes()
    if (card := bundle.path(FILES.card)).is_file():
        files["model/CARD.md"] = card.read_bytes()
    files["notices/limits.md"] = to_bytes(_limits())
    files |= {f"notices/{path.name}": path.read_bytes() for path in _legal()}
    for path in results:
        name = f"audit/{path.name}"
        if name in files:
            raise InputError(f"{path}: another file is called {path.name} too; rename one of them")
        files[name] = _read(path)
    wrong = ""
    if log is not None:
        summary, wrong = _of_log(log)
        files["log/summary.json"] = _json(summary)
        files["log/runs.jsonl"] = _read(log)
        if head_of(log).is_file():
            files["log/runs.jsonl.head"] = _read(head_of(log))
    return _zipped(files), wrong


def _facts(bundle: Bundle) -> dict[str, Any]:
    mapper = Mapper.load(bundle.folder)
    return {
        "rolefit": rolefit.__version__,
        "model": {"name": bundle.name, "version": bundle.version, "sha256": bundle.sha256,
                  "files": bundle.files, "longest_text_in_tokens": bundle.max_tokens},
        "reader": {path.name: _sha256(path) for path in sorted(READER.glob("reader.*"))},
        "taxonomy": shipped_sha256(),
        "audit_templates": templates_sha256(),
        "features": list(mapper.feature_names),
        "meaning": MEANING,
    }  # fmt: skip


def _limits() -> str:
    parts = [("Scores", (MEANING,)), ("Counterfactual audits", COUNTERFACTUAL_LIMITS),
             ("Impact ratios", IMPACT_LIMITS)]  # fmt: skip
    lines = ["# What these results do not show"]
    for title, said in parts:
        lines += ["", f"## {title}", "", *(f"- {line}" for line in said)]
    return "\n".join(lines) + "\n"


def _legal() -> Iterator[Path]:
    """NOTICE and LICENSE, of the installed package or of the checkout that it runs from."""
    checkout = Path(rolefit.__file__).parents[2]
    try:
        installed = importlib.metadata.files("rolefit") or []
    except importlib.metadata.PackageNotFoundError:
        installed = []
    for name in _LEGAL:
        found = [Path(str(file.locate())) for file in installed if file.name == name]
        for path in (*found, checkout / name):
            if path.is_file():
                yield path
                break


def _of_log(log: Path) -> tuple[dict[str, Any], str]:
    try:
        checked = verify(log)
    except RunLogError as error:
        if not log.is_file():
            raise
        return {"holds": False, "why": str(error).replace(str(log), log.name)}, str(error)
    runs = checked.runs
    models = Counter((run.get("bundle") or {}).get("sha256", "") for run in runs)
    return {
        "holds": True,
        "hash": checked.last,
        "remarks": [remark.replace(log.name, "runs.jsonl") for remark in checked.remarks],
        "runs": len(runs),
        "first": runs[0]["time"] if runs else None,
        "last": runs[-1]["time"] if runs else None,
        "commands": dict(sorted(Counter(str(run.get("command")) for run in runs).items())),
        "versions": dict(sorted(Counter(str(run.get("rolefit")) for run in runs).items())),
        "models": dict(sorted(models.items())),
        "scores": sum(len(run.get("results", [])) for run in runs),
        "not_read": sum(len(run.get("not_read", [])) for run in runs),
    }, ""


def _zipped(files: dict[str, bytes]) -> bytes:
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    listed = {name: {"sha256": hashes[name], "bytes": len(files[name])} for name in hashes}
    whole = {
        "MANIFEST.json": _json({"format": FORMAT, "files": listed}),
        "SHA256SUMS": to_bytes("".join(f"{sha}  {name}\n" for name, sha in hashes.items())),
        **{name: files[name] for name in hashes},
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in whole.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3  # or Windows would write itself in
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return target.getvalue()


def _json(content: dict[str, Any]) -> bytes:
    return to_bytes(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
