"""The systemd unit of docs/serve.md, looked at by systemd itself."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "serve.md"
ANALYZE = shutil.which("systemd-analyze")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """With a program that exists where the unit names its own."""
    found = re.search(r"```ini\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    path = tmp_path / "rolefit.service"
    path.write_text(re.sub(r"(?<=^ExecStart=)\S+", "/bin/true", found[1], flags=re.MULTILINE))
    return path


@pytest.mark.skipif(ANALYZE is None, reason="NOT RUN: it needs systemd-analyze (systemd)")
def test_systemd_finds_nothing_wrong_with_the_unit(unit: Path) -> None:
    done = subprocess.run([str(ANALYZE), "verify", unit], capture_output=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, b"")
    unit.write_text(unit.read_text().replace("PrivateTmp=yes", "PrivateTmp=perhaps"))
    odd = subprocess.run([str(ANALYZE), "verify", unit], capture_output=True, check=False)
    assert b"perhaps" in odd.stderr  # it does look


def test_the_unit_starts_the_command_with_options_that_there_are(unit: Path) -> None:
    from rolefit.cli import serve

    (line,) = re.findall(r"^ExecStart=/bin/true (.*)$", unit.read_text(), re.MULTILINE)
    assert line.split()[0] == "serve"
    options = [word[2:].replace("-", "_") for word in line.split() if word.startswith("--")]
    assert options
    assert set(options) <= set(serve.serve.__annotations__)
