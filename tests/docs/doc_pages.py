"""The pages of the project, cut into blocks: what a reader would type, and what they would see."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rolefit.report import VERDICTS

ROOT = Path(__file__).parents[2]
GENERATED = ("docs/reference/cli.md", "docs/reference/api.md")
LOG = "docs/log.md"  # what was tried in the past; its commands are history
SHOWN = ("text", "json", "css", "yaml", "ini")  # never run
RUN = ("sh", "console", "python", "js")

_FENCE = re.compile(
    r"(?:^<!-- not run: (?P<reason>[^\n]+?) -->\n\n?)?"
    r"^```(?P<language>[\w-]*)[^\n]*\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
_STATUS = re.compile(r"#.*\bstatus (\d+)\b")


@dataclass(frozen=True)
class Block:
    language: str
    body: str
    reason: str  # why it is not run; "" if it is
    line: int


@dataclass(frozen=True)
class Command:
    words: tuple[str, ...]
    text: str
    status: int  # that it ends with
    shown: tuple[str, ...]  # the output that the page shows


def pages() -> list[str]:
    found = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    names = [path.relative_to(ROOT).as_posix() for path in found]
    return [name for name in names if name not in (*GENERATED, LOG)]


def blocks(page: str) -> Iterator[Block]:
    """A fence without a language holds commands."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        line = text.count("\n", 0, match.start("body")) + 1
        yield Block(match["language"] or "sh", match["body"], match["reason"] or "", line)


def commands(block: Block) -> list[Command]:
    """Of an sh block every line; of a console block the lines after "$ ", the rest is output."""
    lines = block.body.replace("\\\n", "").splitlines()
    if block.language == "sh":
        lines = [f"$ {line}" for line in lines]
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    made = []
    for text, shown in found:
        words = tuple(shlex.split(text, comments=True))
        ends = _STATUS.search(text)
        if words:
            made.append(Command(words, text, int(ends[1]) if ends else 0, tuple(shown)))
    return made


def form(line: str) -> str:
    """The line without what a model decides: numbers, bars, what a score is called."""
    for _, verdict in VERDICTS:
        line = re.sub(rf"\b{verdict}\b", "<fit>", line, flags=re.IGNORECASE)
    return " ".join(re.sub(r"\d[\d,.]*", "#", re.sub("[━╸]", "", line)).split())


def missing(shown: tuple[str, ...], printed: str) -> list[str]:
    """The lines of `shown` that were not printed in that order; "..." stands for any lines."""
    left = [form(line) for line in printed.splitlines()]
    lacking = []
    for line in shown:
        wanted = form(line)
        if not wanted or wanted == "...":
            continue
        if wanted in left:
            left = left[left.index(wanted) + 1 :]
        else:
            lacking.append(line)
    return lacking
