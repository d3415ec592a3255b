"""A cache never outlives a change of what reads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from read_with import PACKAGE, READ, current, written
from rolefit import intake
from rolefit.bundle import Bundle
from rolefit.reading import libraries

# Imported by what reads, without a say in what is kept: messages, paths, and the bundle, whose
# hash, taxonomy and month are in the key by themselves.
WITHOUT_A_SAY = {"__init__", "settings", "errors", "bundle"}
_IMPORTS = """
import importlib, pkgutil, sys
import rolefit.prepare, rolefit.encode, rolefit.reading, rolefit.tokens, rolefit.cache
for room in ("reading", "language", "tokens"):
    for module in pkgutil.walk_packages([f"{sys.argv[1]}/{room}"], f"rolefit.{room}."):
        importlib.import_module(module.name)
print(*(name for name in sys.modules if name.startswith("rolefit")))
"""


def test_the_cache_key_names_the_code_that_reads() -> None:
    assert written() == current(), "run: python tests/read_with.py"


@pytest.mark.slow
def test_all_that_what_reads_imports_is_in_the_hash(environment: dict[str, str]) -> None:
    found = subprocess.run(
        [sys.executable, "-c", _IMPORTS, str(PACKAGE)],
        env=environment, check=True, timeout=60, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    rooms = {name.removeprefix("rolefit").lstrip(".").split(".")[0] or "__init__" for name in found}
    assert {"reading", "prepare", "encode"} <= rooms
    assert rooms - WITHOUT_A_SAY == {name.removesuffix(".py") for name in READ}


@pytest.mark.parametrize("changed", ["READ_WITH", "__version__", "versions", "shipped_sha256"])
def test_another_reader_version_library_or_taxonomy_is_another_key(
    changed: str, tiny_bundle: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Nurse. Ten years of patient care in a hospital. " * 9)

    def key() -> str:
        reads = intake.Intake(tiny_bundle, 1, None, None, None)
        (part,) = intake.open_parts(tmp_path / "a.txt", limits=reads.limits)
        assert isinstance(part, intake.Part)
        return reads._key(part, "0" * 64, "resume")

    before = key()
    is_called = changed in ("versions", "shipped_sha256")
    monkeypatch.setattr(intake, changed, (lambda: "other") if is_called else "other")
    assert key() != before


def test_the_versions_of_libraries_are_those_that_are_loaded() -> None:
    from importlib.metadata import version

    said = dict(pair.split(" ") for pair in libraries.versions().split(", "))
    assert {"pypdfium2", "selectolax", "striprtf"} <= set(said)
    assert all(version(name) == number for name, number in said.items())
