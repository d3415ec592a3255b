"""What `rolefit` offers to import, and what it costs to import it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import rolefit
from rolefit.bundle import Bundle
from rolefit.cli.homes import HOMES

PUBLIC = [
    "Document",
    "Match",
    "Matcher",
    "Pool",
    "RolefitError",
    "__version__",
    "inspect",
    "read",
    "read_all",
]

# Runs the rest of the command line with every socket call noted, then says what was loaded.
WATCH = """
import sys

calls = []
sys.addaudithook(lambda event, _: event.startswith("socket.") and calls.append(event))
import rolefit

if len(sys.argv) > 1:
    from rolefit.cli import main
    try:
        main(sys.argv[1:])
    except SystemExit as stop:
        print("status", stop.code, file=sys.stderr)
roots = {name.partition(".")[0] for name in sys.modules}
print("modules", *sorted(roots), file=sys.stderr)
print("whole", *sorted(sys.modules), file=sys.stderr)
print("sockets", *calls, file=sys.stderr)
"""
WORKSHOP = {"torch", "sklearn", "scipy", "transformers", "sentence_transformers", "onnx"}
HEAVY = {"numpy", "onnxruntime", "pypdfium2"}
TALKERS = {"tokenizers", "huggingface_hub", "httpx"}  # only the extra `train` has them


def test_the_public_names_are_these_and_no_others() -> None:
    assert rolefit.__all__ == PUBLIC
    for name in PUBLIC:
        assert getattr(rolefit, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_like_it"):
        rolefit.nothing_like_it  # noqa: B018


def watch(environment: dict[str, str], *arguments: object) -> dict[str, list[str]]:
    """{"status": [...], "modules": [...], "sockets": [...]} of a run in a fresh process."""
    command = [sys.executable, "-c", WATCH, *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    lines = [line.split() for line in done.stderr.splitlines()]
    return {line[0]: line[1:] for line in lines if line}


@pytest.mark.slow
def test_importing_rolefit_loads_nothing_heavy_and_opens_no_socket(
    environment: dict[str, str],
) -> None:
    seen = watch(environment)
    assert not set(seen["modules"]) & (WORKSHOP | HEAVY | {"typer", "rich"})
    assert seen["sockets"] == []


@pytest.mark.slow
@pytest.mark.parametrize("command", [["--help"], ["rank", "--help"], ["--version"]])
def test_help_loads_no_model_library(environment: dict[str, str], command: list[str]) -> None:
    seen = watch(environment, *command)
    assert seen["status"] == ["0"]
    assert not set(seen["modules"]) & (WORKSHOP | HEAVY)


@pytest.mark.slow
def test_a_command_loads_no_other_command(environment: dict[str, str]) -> None:
    """What `--version` takes is what every command takes before it begins."""
    commands = {f"rolefit.cli.{home.split('.')[0]}" for home in HOMES.values()}
    for asked, own in ((["--version"], set()), (["model", "--help"], {"rolefit.cli.model"})):
        seen = watch(environment, *asked)
        assert set(seen["whole"]) & commands == own
        assert not set(seen["whole"]) & {"http.server", "importlib.metadata", "rich"}


@pytest.mark.slow
@pytest.mark.parametrize("command", ["rank", "score"])
def test_scoring_loads_no_workshop_library_and_opens_no_socket(
    environment: dict[str, str], tiny_bundle: Bundle, tmp_path: Path, command: str
) -> None:
    files = [tmp_path / "a.txt", tmp_path / "b.html"]
    files[0].write_text("Nurse wanted. Hospital, nights.")
    files[1].write_text("<html><body><p>Nurse, five years.</p></body></html>")
    seen = watch(environment, command, *files, "--model", tiny_bundle.folder)
    assert seen["status"] == ["0"]
    assert "onnxruntime" in seen["modules"]
    assert not set(seen["modules"]) & (WORKSHOP | TALKERS)
    assert seen["sockets"] == []
