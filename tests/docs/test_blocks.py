"""What the pages tell a reader to type is typed here.

The commands of a page run in the order of the page, in one folder that holds `examples/` and what a
reader is supposed to have: resume.pdf, job.txt, resumes/, and judged pairs.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from doc_pages import ROOT, RUN, SHOWN, Command, blocks, commands, missing, pages

from rolefit.bundle import Bundle
from rolefit.cli import main

# Why a block may be left out, and how many blocks do so at most. Raise a number only with a reason
# that a reader of the page would accept.
LEFT_OUT = {
    "installs software": 12,
    "runs every test of this checkout": 2,
    "rewrites files of this checkout": 3,
    "needs Node": 4,
    "asks a service, which tests/serve starts": 4,
    "needs data that is not in this checkout": 7,
    "takes hours": 3,
    "takes minutes, and has tests of its own": 2,
}
# Minutes with the shipped model, and no page shows what they print: the tiny bundle will do.
LONG = (("audit", "counterfactual"), ("evaluate", "grid"), ("evaluate", "robust"))
SHELL = ("cp", "mkdir", "echo", "ls", "cat")
PAGES = [page for page in pages() if any(not b.reason and b.language in RUN for b in blocks(page))]


def test_every_block_says_what_it_is() -> None:
    odd = [f"{page}:{b.line}: {b.language}" for page in pages() for b in blocks(page)
           if b.language not in (*SHOWN, *RUN)]  # fmt: skip
    assert odd == []


def test_no_command_hides_in_a_block_that_is_not_run() -> None:
    starts = re.compile(r"(rolefit|\$|python|pip|make) ").match
    hidden = [
        f"{page}:{block.line}"
        for page in pages()
        for block in blocks(page)
        if block.language in SHOWN and any(map(starts, block.body.splitlines()))
    ]
    assert hidden == []


def test_what_is_not_run_is_little_and_has_a_reason() -> None:
    reasons = Counter(b.reason for page in pages() for b in blocks(page) if b.reason)
    assert set(reasons) <= set(LEFT_OUT)
    assert {r: n for r, n in reasons.items() if n > LEFT_OUT[r]} == {}


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples are encoded once for all pages."""
    return tmp_path_factory.mktemp("documents") / "cache.sqlite"


@pytest.fixture
def folder(tmp_path: Path, shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROLEFIT_CACHE", str(shared_cache))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    examples = tmp_path / "examples"
    shutil.copytree(ROOT / "examples", examples)
    shutil.copytree(examples / "resumes", tmp_path / "resumes")
    shutil.copy(examples / "resumes" / "amara-osei-senior-backend.pdf", tmp_path / "resume.pdf")
    shutil.copy(examples / "jobs" / "backend-engineer.txt", tmp_path / "job.txt")
    (tmp_path / "models").symlink_to(ROOT / "models", target_is_directory=True)
    write_pairs(tmp_path)
    return tmp_path


def write_pairs(folder: Path) -> None:
    """Judged pairs as an engineer would bring them: texts by id, and a score for each pair."""
    texts = {
        "resumes": {f"r{n}": f"Nurse in hospital {n}, patient care, {n} years." for n in range(8)},
        "jobs": {f"j{n}": f"Nurse wanted for ward {n}, patient care required." for n in range(4)},
    }
    for name, rows in texts.items():
        lines = [json.dumps({"id": i, "text": text}) for i, text in rows.items()]
        (folder / f"{name}.jsonl").write_text("\n".join(lines))
    pairs = [
        {"resume": resume, "job": job, "score": 10 * r + j}
        for r, resume in enumerate(texts["resumes"])
        for j, job in enumerate(texts["jobs"])
    ]
    (folder / "pairs.jsonl").write_text("\n".join(map(json.dumps, pairs)))


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_a_page_does_what_it_says(
    page: str, folder: Path, tiny_bundle: Bundle, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, object] = {"__name__": page}
    for block in blocks(page):
        if block.reason or block.language not in RUN:
            continue
        if block.language == "python":
            exec(compile(block.body, f"{page}:{block.line}", "exec"), names)
            continue
        for command in commands(block):
            run(command, f"{page}:{block.line}", tiny_bundle, capsys)


def run(
    command: Command, where: str, tiny_bundle: Bundle, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    first, *rest = command.words
    if first in SHELL:
        status = subprocess.run(["bash", "-c", command.text], check=False).returncode
    else:
        assert first == "rolefit", f"{where}: nobody can run {command.text}"
        if tuple(rest[:2]) in LONG:
            rest += ["--model", str(tiny_bundle.folder)]
        with pytest.raises(SystemExit) as stop:
            main(rest)
        status = int(stop.value.code or 0)
    printed = capsys.readouterr()
    told = f"{where}: {command.text}\n{printed.out}\n{printed.err}"
    assert status == command.status, told
    assert missing(command.shown, printed.out + printed.err) == [], told
