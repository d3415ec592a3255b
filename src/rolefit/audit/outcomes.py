"""A CSV of outcomes: one row a person, with sex, race/ethnicity and a score or a decision."""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rolefit.errors import InputError

COLUMNS = {"sex": "sex", "race": "race_ethnicity", "score": "score", "selected": "selected"}
YES = frozenset("1 1.0 true yes y selected hired advanced".split())
NO = frozenset(("0", "0.0", "false", "no", "n", "not selected", "rejected"))
# What people write where nothing is known; "" too.
UNKNOWN = frozenset(
    ("", "unknown", "n/a", "na", "none", "null", "nan", "-", "?", "not stated", "not specified",
     "not disclosed", "undisclosed", "decline to state", "declined to state", "prefer not to say",
     "choose not to disclose")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """One person; None where a category is unknown."""

    sex: str | None
    race: str | None
    score: float | None  # where scores are audited
    selected: bool | None  # where decisions are audited


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The rows of a file that have an outcome."""

    name: str
    sha256: str  # of the file
    rows: tuple[Outcome, ...]
    without: int  # rows left out for want of an outcome
    kind: str  # "scoring" or "selection"


def read_outcomes(path: Path, columns: Mapping[str, str] | None = None) -> Outcomes:
    """`columns` renames those of COLUMNS; decisions are audited if their column is there.

    Categories are told apart without regard to case and to white space at the ends. Raises
    InputError.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be opened: {error.strerror or error}") from error
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        table, header = list(reader), list(reader.fieldnames or [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: expected a CSV in UTF-8: {error}") from error
    names = {**COLUMNS, **(columns or {})}
    kind = _kind(path, names, header, columns or {})
    outcome = "score" if kind == "scoring" else "selected"
    if absent := [names[key] for key in ("sex", "race", outcome) if names[key] not in header]:
        raise InputError(
            f"{path}: expected the columns {', '.join(absent)}; there are {', '.join(header)}. "
            f"Name yours with --sex, --race, --score or --selected"
        )
    labels: dict[str, str] = {}
    rows, without = [], 0
    for number, row in enumerate(table, start=2):
        value = (row[names[outcome]] or "").strip()
        if value.lower() in UNKNOWN:
            without += 1
            continue
        where = f"{path}, row {number}"
        rows.append(
            Outcome(
                _category(row[names["sex"]], labels),
                _category(row[names["race"]], labels),
                _number(value, where) if kind == "scoring" else None,
                _decision(value, where) if kind == "selection" else None,
            )
        )
    if not rows:
        raise InputError(f"{path}: no row has a value in the column {names[outcome]}")
    return Outcomes(path.name, hashlib.sha256(data).hexdigest(), tuple(rows), without, kind)


def _kind(path: Path, names: Mapping[str, str], header: list[str], asked: Mapping[str, str]) -> str:
    if "score" in asked and "selected" in asked:
        raise InputError("--score and --selected exclude each other: audit one after the other")
    if "score" in asked or "selected" in asked:
        return "scoring" if "score" in asked else "selection"
    there = [key for key in ("score", "selected") if names[key] in header]
    if len(there) == 2:
        raise InputError(
            f"{path} has both a score and a decision: say which to audit, "
            f"--score {names['score']} or --selected {names['selected']}"
        )
    return "selection" if there == ["selected"] else "scoring"


def _category(value: str | None, labels: dict[str, str]) -> str | None:
    """The label as it was first written."""
    text = " ".join((value or "").split())
    return None if text.lower() in UNKNOWN else labels.setdefault(text.lower(), text)


def _number(value: str, where: str) -> float:
    try:
        number = float(value)
    except ValueError as error:
        raise InputError(f"{where}: expected a score as a number, got {value!r}") from error
    if not math.isfinite(number):
        raise InputError(f"{where}: expected a finite score, got {value!r}")
    return number


def _decision(value: str, where: str) -> bool:
    word = value.lower()
    if word not in YES | NO:
        raise InputError(f"{where}: expected yes or no (or 1, 0, true, false), got {value!r}")
    return word in YES
