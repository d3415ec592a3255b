"""Writes the hash of the code that reads into `rolefit.intake`: python tests/read_with.py"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "src" / "rolefit"
INTAKE = PACKAGE / "intake.py"
# What a profile is made by, and what it is kept as. `test_read_with` compares this with imports.
READ = (
    "reading", "language", "tokens", "prepare.py", "stuffing.py", "encode.py", "packed.py",
    "evidence.py", "records.py", "cache.py",
)  # fmt: skip
LINE = re.compile(r'^READ_WITH = "(\w*)"$', re.M)


def current() -> str:
    """Over names and bytes of every file that has a say in what a document is read as."""
    digest = hashlib.sha256()
    for name in READ:
        path = PACKAGE / name
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in files:
            if file.suffix in (".py", ".json", ".gz", ".txt", ".csv"):
                digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0")
                digest.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:12]


def written() -> str:
    found = LINE.search(INTAKE.read_text(encoding="utf-8"))
    return found[1] if found else ""


if __name__ == "__main__":
    text = LINE.sub(f'READ_WITH = "{current()}"', INTAKE.read_text(encoding="utf-8"))
    INTAKE.write_text(text, encoding="utf-8", newline="\n")
    print(current())
