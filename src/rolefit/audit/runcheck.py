"""Whether a run log is as it was written: what was changed, taken out, moved, or cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rolefit.audit.locking import locked
from rolefit.audit.runlog import START, head_of, parsed, read_head, sha256_of
from rolefit.errors import RunLogError


@dataclass(frozen=True, slots=True)
class Checked:
    """A log that holds: its runs, the hash of the last, and what a reader of it should know."""

    runs: tuple[dict[str, Any], ...]
    last: str
    remarks: tuple[str, ...]


def verify(path: Path, holds: str = "") -> Checked:
    """Read a log and check every line, the order, and the end where FILE.head is kept.

    `holds` is the hash of a run that must be in it, as it was noted elsewhere. Raises RunLogError
    that lists all that is wrong.
    """
    lines = _lines(path)
    chain = _Chain()
    for number, line in enumerate(lines, start=1):
        chain.add(number, line)
    wrong = [*chain.wrong, *chain.missing()]
    hashes = {run["run"]: run["hash"] for run in chain.runs}
    remarks = list(_remarks(path, chain, lines))
    wrong += _cut(path, hashes)
    if holds and holds.lower() not in hashes.values():
        wrong.append(f"no run has the hash {holds}: it was cut off, or all was written anew")
    if wrong:
        raise RunLogError(f"{path} does not hold: " + "; ".join(wrong))
    return Checked(tuple(chain.runs), hashes.get(len(hashes) - 1, START), tuple(remarks))


def _lines(path: Path) -> list[bytes]:
    try:
        with path.open("rb") as file, locked(file):
            lines = file.read().split(b"\n")
    except OSError as error:
        raise RunLogError(f"{path}: cannot be opened: {error.strerror or error}") from error
    return lines if lines[-1] else lines[:-1]


class _Chain:
    """Lines as they are read, and what is wrong with them."""

    def __init__(self) -> None:
        self.runs: list[dict[str, Any]] = []
        self.wrong: list[str] = []
        self.broken: list[str] = []  # hashes of broken lines since the last run
        self.before = -1, START  # the run and hash that the next line follows
        self.trusted = True  # False behind a line that was changed

    def add(self, number: int, line: bytes) -> None:
        try:
            entry = parsed(line)
        except RunLogError as error:
            self.wrong.append(f"line {number}: {error}")
            self.trusted = False
            return
        if entry is None:
            self.broken.append(sha256_of(line))
            return
        if self.broken != entry.get("broken", []):
            self.wrong.append(f"line {number}: broken lines before it are not those it found")
        elif entry["run"] <= self.before[0]:
            self.wrong.append(f"line {number}: run {entry['run']} is out of order, or there twice")
        elif entry["run"] == self.before[0] + 1 and entry["previous"] != self.before[1]:
            self.wrong.append(f"line {number}: run {entry['run']} follows another line than this")
        self.broken = []
        self.before = entry["run"], entry["hash"]
        self.runs.append(entry)

    def missing(self) -> Iterator[str]:
        """Runs that were taken out. A changed line is one of them, and named already."""
        there = {run["run"] for run in self.runs}
        gaps = [run for run in range(max(there, default=-1)) if run not in there]
        if gaps and (self.trusted or len(gaps) > len(self.wrong)):
            shown = ", ".join(map(str, gaps[:5])) + (", ..." if len(gaps) > 5 else "")
            yield f"{len(gaps)} of {max(there) + 1} runs missing: {shown}"


def _cut(path: Path, hashes: dict[int, str]) -> Iterator[str]:
    head = read_head(path)
    if head is None:
        return
    name, run = head_of(path).name, head["run"]
    if run not in hashes:
        yield f"{name} names run {run}, which is not there: the end was cut or changed"
    elif hashes[run] != head["hash"]:
        yield f"run {run} is not the one that {name} names"


def _remarks(path: Path, chain: _Chain, lines: list[bytes]) -> Iterator[str]:
    if chain.broken:
        yield (
            f"the last {len(chain.broken)} of {len(lines)} lines broke off (a run died while it "
            "was writing); the next run goes on behind it"
        )
    if earlier := sum(len(run.get("broken", [])) for run in chain.runs):
        yield f"{earlier} broken lines within, each noted by the run that found it"
    if read_head(path) is None:
        yield f"there is no {head_of(path).name}: whether the end was cut cannot be told"
