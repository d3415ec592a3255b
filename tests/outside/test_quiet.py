"""Whoever loads a library that would send something loads rolefit, which silences it, first."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rolefit import settings
from rolefit.cli import main

CHECKOUT = Path(__file__).parents[2]
TALKERS = {"onnxruntime", "optimum", "transformers", "sentence_transformers", "huggingface_hub"}
SCRIPTS = [
    file
    for folder in ("benchmarks", "docs", "recipes")
    for file in sorted((CHECKOUT / folder).rglob("*.py"))
]


def imported(tree: ast.AST) -> Iterator[str]:
    """The first parts of all imported names, in the order of the lines."""
    found = [n for n in ast.walk(tree) if isinstance(n, (ast.Import, ast.ImportFrom))]
    for node in sorted(found, key=lambda node: node.lineno):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module]
        yield from ((name or "").partition(".")[0] for name in names)


def too_early(source: str) -> set[str]:
    early = set()
    for name in imported(ast.parse(source)):
        if name == "rolefit":
            break
        early |= {name} & TALKERS
    return early


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.relative_to(CHECKOUT).as_posix())
def test_a_script_loads_rolefit_before_a_library_that_would_send_something(file: Path) -> None:
    assert too_early(file.read_text(encoding="utf-8")) == set()


def test_a_library_loaded_too_early_is_noticed() -> None:
    assert too_early("import os\nimport onnxruntime as ort\nimport rolefit") == {"onnxruntime"}
    assert too_early("def f():\n    from transformers import X\n") == {"transformers"}


def test_the_tests_are_silenced_by_their_conftest_before_any_of_them_is_collected() -> None:
    conftest = (CHECKOUT / "tests" / "conftest.py").read_text(encoding="utf-8")
    assert "rolefit" in imported(ast.parse(conftest))
    assert too_early(conftest) == set()


@pytest.mark.slow
def test_importing_rolefit_silences_libraries_whatever_the_shell_says(
    environment: dict[str, str],
) -> None:
    code = f"import os, rolefit; print(*(os.environ.get(n) for n in {[*settings.QUIET]}))"
    loud = {**environment, **dict.fromkeys(settings.QUIET, "0")}
    said = subprocess.run([sys.executable, "-c", code], env=loud, capture_output=True, text=True)
    assert said.stdout.split() == [*settings.QUIET.values()]


def test_only_the_command_forbids_lookups_to_the_whole_process(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import os, rolefit; print(os.environ.get('HF_HUB_OFFLINE'))"
    plain = {k: v for k, v in environment.items() if k not in settings.OFFLINE}
    said = subprocess.run([sys.executable, "-c", code], env=plain, capture_output=True, text=True)
    assert said.stdout.split() == ["None"]
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    with pytest.raises(SystemExit):
        main(["--version"])
    assert os.environ["HF_HUB_OFFLINE"] == "1"
