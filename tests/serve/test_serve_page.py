"""What docs/serve.md tells a reader to ask is asked, of a service with the tiny bundle."""

from __future__ import annotations

import configparser
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from doc_pages import ROOT, blocks
from serving import Client

PAGE = "docs/serve.md"
REASON = "asks a service, which tests/serve starts"
ASKING = [block for block in blocks(PAGE) if block.reason == REASON]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    examples = ROOT / "examples"
    shutil.copy(examples / "resumes" / "amara-osei-senior-backend.pdf", tmp_path / "resume.pdf")
    shutil.copy(examples / "jobs" / "backend-engineer.txt", tmp_path / "job.txt")
    shutil.copytree(examples / "resumes", tmp_path / "resumes")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def here(text: str, client: Client) -> str:
    assert "http://127.0.0.1:8000" in text
    return text.replace("http://127.0.0.1:8000", client.url)


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is missing")
@pytest.mark.parametrize("block", [b for b in ASKING if b.language == "sh"], ids=lambda b: b.line)
def test_every_curl_is_answered(block: object, client: Client, folder: Path) -> None:
    lines = here(block.body, client).splitlines()  # type: ignore[attr-defined]
    assert all(line.startswith("curl ") for line in lines)
    for line in lines:
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=120)
        assert (line, done.returncode, done.stderr) == (line, 0, "")
        assert "error" not in json.loads(done.stdout), line


@pytest.mark.parametrize(
    "block", [b for b in ASKING if b.language == "python"], ids=lambda b: b.line
)
def test_every_piece_of_python_does_what_it_says(
    block: object, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(compile(here(block.body, client), PAGE, "exec"), {})  # type: ignore[attr-defined]
    assert capsys.readouterr().out.strip()


def test_the_unit_gives_what_runs_time_to_end() -> None:
    (unit,) = (block.body for block in blocks(PAGE) if block.language == "ini")
    parsed = configparser.ConfigParser(interpolation=None, strict=False)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read_string(unit)
    from rolefit.serve import Allowed
    from rolefit.serve.server import GRACE

    assert int(parsed["Service"]["TimeoutStopSec"]) > Allowed().seconds + GRACE
    assert "rolefit serve" in parsed["Service"]["ExecStart"]


def test_the_container_has_no_torch_and_asks_for_a_token() -> None:
    said = (ROOT / "Containerfile").read_text(encoding="utf-8")
    assert re.findall(r"^ARG EXTRAS=(.*)$", said, re.M) == ["serve"]
    assert "[$EXTRAS]" in said
    assert "--without-token" not in said
