"""The command `rolefit serve`, seen from outside."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from conftest import ADVERT, NURSE, Run
from rolefit.bundle import Bundle

pytestmark = pytest.mark.slow
TOKEN = "a-token-of-some-length"


@contextmanager
def started(
    bundle: Bundle, environment: dict[str, str], *arguments: str
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    command = [sys.executable, "-m", "rolefit", "serve", "--port", "0", "--model",
               str(bundle.folder), "--no-cache", *arguments]  # fmt: skip
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        # A shell that puts the tests in the background makes its children deaf to SIGINT.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("http://127.0.0.1:"), process.communicate()
        yield process, int(line.split("/")[2].rpartition(":")[2])
    finally:
        process.kill()
        process.communicate()


def ask(port: int, path: str, content: Any, answers: list[tuple[int, Any]]) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("POST", path, json.dumps(content), {"Content-Type": "application/json"})
    got = connection.getresponse()
    answers.append((got.status, json.loads(got.read())))
    connection.close()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_finishes_what_runs_and_leaves_nothing(
    tiny_bundle: Bundle, environment: dict[str, str], tmp_path: Path, stop: signal.Signals
) -> None:
    environment["TMPDIR"] = str(tmp_path)
    with started(tiny_bundle, environment) as (process, port):
        answers: list[tuple[int, Any]] = []
        pile = {"job": ADVERT, "resumes": [f"{NURSE} {n}" for n in range(150)]}
        asking = threading.Thread(target=ask, args=(port, "/v1/rank", pile, answers))
        asking.start()
        time.sleep(0.5)
        process.send_signal(stop)
        asking.join(120)
        out, err = process.communicate(timeout=60)
    assert [(status, answer["ranked"]) for status, answer in answers] == [(200, 150)]
    status = 0 if stop == signal.SIGTERM else 130
    assert (process.returncode, err) == (status, "" if not status else "rolefit: stopped\n")
    assert list(tmp_path.iterdir()) == []
    assert "nurse" not in out.lower()


def test_a_port_that_is_taken_is_said_in_a_line(
    tiny_bundle: Bundle, environment: dict[str, str], run: Run
) -> None:
    with started(tiny_bundle, environment) as (_, port):
        result = run("serve", "--port", port, "--no-cache")
    assert result.status == 2
    assert f"port {port} of 127.0.0.1 cannot be used" in result.err
    assert result.err.count("\n") == 1


def test_other_computers_are_let_in_only_with_a_token_or_on_demand(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1"):
        result = run("serve", "--host", host)
        assert result.status == 2
        assert "other computers reach the service" in result.err
    short = tmp_path / "token"
    short.write_text("short")
    assert "at least 16" in run("serve", "--token-file", short).err
    assert "cannot be read" in run("serve", "--token-file", tmp_path / "none").err
    monkeypatch.setenv("ROLEFIT_TOKEN", "with a blank in its middle")
    assert "without blanks" in run("serve").err


def test_the_token_of_a_file_is_asked_for(
    tiny_bundle: Bundle, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n")
    with started(tiny_bundle, environment, "--token-file", str(tmp_path / "token")) as (_, port):
        for told, status in ((TOKEN, 200), ("other", 401)):
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/docs", headers={"Authorization": f"Bearer {told}"})
            assert connection.getresponse().status == status
            connection.close()


def test_without_its_packages_the_command_names_the_extra(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    for name in [name for name in sys.modules if name.startswith("rolefit.serve")]:
        monkeypatch.delitem(sys.modules, name)
    result = run("serve")
    assert result.status == 2
    assert 'pip install -e ".[serve]"' in result.err
