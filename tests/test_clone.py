"""A clone has the same bytes wherever it is made: the bundle is checked by hashes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ATTRIBUTES = Path(__file__).parents[1] / ".gitattributes"


def git(folder: Path, *words: str) -> None:
    own = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.autocrlf=true"]
    subprocess.run(["git", *own, *words], cwd=folder, check=True, capture_output=True)


def cloned(tmp_path: Path, name: str, data: bytes, attributes: bool) -> bytes:
    """The file as a clone with Windows' usual setting has it."""
    (tmp_path / "origin").mkdir()
    git(tmp_path / "origin", "init", "-q")
    if attributes:
        shutil.copyfile(ATTRIBUTES, tmp_path / "origin" / ".gitattributes")
    (tmp_path / "origin" / name).write_bytes(data)
    git(tmp_path / "origin", "add", "-A")
    git(tmp_path / "origin", "commit", "-qm", "x")
    git(tmp_path, "clone", "-q", "origin", "clone")
    return (tmp_path / "clone" / name).read_bytes()


needs_git = pytest.mark.skipif(
    not shutil.which("git") or not ATTRIBUTES.is_file(), reason="git and a checkout are needed"
)


@needs_git
@pytest.mark.parametrize("name", ["manifest.json", "code.py", "CARD.md", "job.txt", "page.html"])
@pytest.mark.parametrize("data", [b"one\ntwo\n", b"one\r\ntwo\r\n", b"one\r\ntwo\n"])
def test_a_clone_on_windows_has_the_bytes_that_were_committed(
    tmp_path: Path, name: str, data: bytes
) -> None:
    assert cloned(tmp_path, name, data, attributes=True) == data


@needs_git
def test_without_the_attributes_git_would_change_line_ends(tmp_path: Path) -> None:
    assert cloned(tmp_path, "manifest.json", b"one\n", attributes=False) == b"one\r\n"
