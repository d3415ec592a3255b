"""What a person confirmed, as a file to edit: JSON, or YAML with the extra `files`.

    {"schema": 1, "job": {"name": ..., "sha256": ...},
     "parts": {"function": 1, "needs": 1, "seniority": 1, "credentials": 1},
     "requirements": [{"id": "r1", "text": ..., "kind": "required", "must": false, "weight": 1},
                      ...]}

A requirement that is deleted does not count; one without an id is added to the advert's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rolefit.decide.requirements import add, checked_weight
from rolefit.decided import PARTS, Confirmed, Wish
from rolefit.errors import InputError, MissingExtraError

SCHEMA = 1
MAX_BYTES = 1024 * 1024
_YAML = (".yaml", ".yml")
_KEYS = ("id", "text", "kind", "must", "weight")


def dump(confirmed: Confirmed, name: Path) -> str:
    """The file's text; YAML where `name` ends so. Raises MissingExtraError."""
    content = {"schema": SCHEMA, **confirmed.as_dict()}
    if name.suffix.lower() not in _YAML:
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    text: str = _yaml().safe_dump(content, sort_keys=False, allow_unicode=True, width=10_000)
    return text


def load(path: Path, advert: Confirmed) -> Confirmed:
    """What the file confirms of `advert`, which is `requirements(job)` of the same advert.

    Raises InputError that names the field, MissingExtraError.
    """
    return confirm(parsed(_bytes(path), str(path)), advert, str(path))


def parsed(data: bytes, name: str) -> Any:
    """The file's content, yet to be confirmed; YAML where `name` ends so.

    Raises InputError, MissingExtraError.
    """
    if name.lower().endswith(_YAML):
        yaml = _yaml()
        try:
            return yaml.safe_load(data)
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            raise InputError(f"{name}: expected YAML: {error}") from error
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: expected JSON: {error}") from error


def confirm(content: Any, advert: Confirmed, where: str) -> Confirmed:
    """`content` is as `Confirmed.as_dict` has it; `where` is for messages. Raises InputError."""
    if not isinstance(content, dict) or content.get("schema", SCHEMA) != SCHEMA:
        raise InputError(
            f"{where}: expected requirements of schema {SCHEMA}, as rolefit inspect JOB "
            f"--requirements FILE writes them"
        )
    _check_job(content.get("job"), advert, where)
    rows = content.get("requirements")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(f"{where}: requirements: expected a list of objects with text")
    parts = _parts(content.get("parts", {}), where)
    by_id: dict[str, Wish] = {}
    added: list[dict[str, Any]] = []
    own = {wish.id: wish for wish in advert.wishes}
    for number, row in enumerate(rows, start=1):
        here = f"{where}: requirement {number}"
        _check_row(row, here)
        name = str(row.get("id") or "")
        if not name or name.startswith("a"):
            added.append(row)
            continue
        if name in by_id:
            raise InputError(f"{here}: id {name} stands there twice")
        by_id[name] = _confirmed(row, own.get(name), here)
    wishes = tuple(by_id.get(w.id, replace(w, must=False, weight=0.0)) for w in advert.wishes)
    confirmed = replace(advert, wishes=wishes, parts=parts)
    for row in added:
        weight = checked_weight(str(row["text"]), row.get("weight", 1.0))
        confirmed = add(confirmed, row["text"], row.get("must", False), weight)
    return confirmed


def _confirmed(row: Mapping[str, Any], own: Wish | None, here: str) -> Wish:
    if own is None:
        raise InputError(
            f"{here}: the advert has no requirement {row['id']}; one of your own has no id"
        )
    if " ".join(str(row.get("text", own.text)).split()) != " ".join(own.text.split()):
        raise InputError(
            f"{here}: the advert's {own.id} is {own.text!r}; leave its words as they are, and add "
            f"your own without an id"
        )
    weight = checked_weight(f"{here} ({own.id})", row.get("weight", 1.0))
    return replace(own, must=row.get("must", own.must), weight=weight)


def _check_row(row: Mapping[str, Any], here: str) -> None:
    if unknown := [key for key in row if key not in _KEYS]:
        raise InputError(f"{here}: expected {', '.join(_KEYS)}, got {', '.join(map(str, unknown))}")
    if not row.get("id") and not isinstance(row.get("text"), str):
        raise InputError(f"{here}: expected the text of a requirement")
    if not isinstance(row.get("must", False), bool):
        raise InputError(f"{here}: must: expected true or false, got {row['must']!r}")


def _check_job(job: Any, advert: Confirmed, where: str) -> None:
    sha256 = job.get("sha256") if isinstance(job, dict) else None
    if sha256 != advert.job_sha256:
        raise InputError(
            f"{where}: made for another advert, or for another state of it: expected the bytes "
            f"{advert.job_sha256[:12]}, got {str(sha256)[:12]}. Write it anew: "
            f"rolefit inspect JOB --requirements FILE"
        )


def _parts(given: Any, where: str) -> tuple[float, ...]:
    if not isinstance(given, dict) or (unknown := [name for name in given if name not in PARTS]):
        got = ", ".join(map(str, unknown)) if isinstance(given, dict) else given
        raise InputError(f"{where}: parts: expected {', '.join(PARTS)}, got {got}")
    return tuple(checked_weight(f"{where}: {name}", given.get(name, 1.0)) for name in PARTS)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(f"{path}: expected at most {MAX_BYTES:,} bytes, got {size:,}")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be opened: {error.strerror or error}") from error


def _yaml() -> Any:
    try:
        import yaml  # type: ignore[import-untyped,unused-ignore]
    except ModuleNotFoundError as error:
        raise MissingExtraError("requirements as YAML (JSON needs nothing)", "files") from error
    return yaml
