"""Nothing leaves the computer, seen from outside of the process: audit hooks of Python do not see
what native libraries do.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest
import watching
from serving import form

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(watching.missing()), reason=watching.missing() or "it can be watched"),
]
ROLEFIT = [sys.executable, "-m", "rolefit"]
EXAMPLES = Path(__file__).parents[2] / "examples"
RESUME = str(EXAMPLES / "resumes" / "tomas-lindqvist-junior-full-stack.md")
PDF = str(EXAMPLES / "resumes" / "lucia-ferreira-icu-nurse.pdf")
JOB = str(EXAMPLES / "jobs" / "backend-engineer.txt")
KEPT = {".cache/rolefit/encodings.sqlite"}  # all that a home may hold after a command
COMMANDS = {
    "version": (["--version"], set()),
    "score": (["score", PDF, JOB], KEPT),
    "score, nothing kept": (["score", PDF, JOB, "--no-cache"], set()),
    "rank": (["rank", JOB, RESUME, PDF, "--html", "home/rank.html"], KEPT | {"rank.html"}),
    "explain": (["explain", PDF, JOB, "--html", "home/why.html"], KEPT | {"why.html"}),
    "improve": (["improve", RESUME, JOB], KEPT),
    "encode": (["encode", RESUME, "-o", "home/x.npy"], {"x.npy", "x.json"}),
    "skills": (["skills", RESUME], set()),
    "inspect": (["inspect", RESUME], set()),
    "normalize": (["normalize", RESUME], set()),
    "advert": (["advert", JOB, RESUME, PDF], KEPT),
    "pool add": (["pool", "add", "home/a.pool", RESUME], KEPT | {"a.pool"}),
    "model verify": (["model", "verify"], set()),
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("plugged", [True, False], ids=["with a network", "without any"])
def test_a_command_opens_no_socket_and_leaves_no_file_but_the_listed(
    name: str, plugged: bool, tmp_path: Path, environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("PYTHONPATH", environment["PYTHONPATH"])
    if not plugged and not watching.unplugged():
        pytest.skip("a network without interfaces needs unshare and the right to use it")
    arguments, files = COMMANDS[name]
    before = () if plugged else watching.unplugged()
    seen = watching.watch([*ROLEFIT, *arguments], tmp_path, before)
    assert (seen.status, seen.traced) == (0, True), seen.err
    assert seen.outward == []
    assert seen.families <= {"AF_UNIX"}
    assert seen.files <= files


def test_exporting_the_page_opens_no_socket(
    tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", environment["PYTHONPATH"])
    page = tmp_path / "page"
    page.mkdir()
    (page / "index.html").write_text("<!doctype html>")
    (page / "sw.js").write_text("self.x = 1;\n")
    command = [*ROLEFIT, "export", "web", "--page", str(page), "--out", str(tmp_path / "site")]
    seen = watching.watch(command, tmp_path)
    assert (seen.status, seen.traced) == (0, True), seen.err
    assert (seen.outward, seen.families - {"AF_UNIX"}, seen.files) == ([], set(), set())


def test_serving_an_assistant_opens_no_socket(
    tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", environment["PYTHONPATH"])
    arguments = {"resume": "resumes/tomas-lindqvist-junior-full-stack.md",
                 "job": "jobs/backend-engineer.txt"}  # fmt: skip
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": {"name": "explain", "arguments": arguments}}  # fmt: skip
    command = [*ROLEFIT, "mcp", "--folder", str(EXAMPLES), "--log", "home/runs.jsonl"]
    seen = watching.watch(command, tmp_path, given=json.dumps(call) + "\n")
    assert (seen.status, seen.traced) == (0, True), seen.err
    assert json.loads(seen.out)["result"]["isError"] is False
    assert (seen.outward, seen.families - {"AF_UNIX"}) == ([], set())
    assert seen.files == KEPT | {"runs.jsonl", "runs.jsonl.head"}


def test_serving_the_page_talks_to_this_computer_alone(
    tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", environment["PYTHONPATH"])
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<!doctype html>")
    home, log = tmp_path / "home", tmp_path / "calls"
    command = [*ROLEFIT, "serve-web", str(tmp_path / "site"), "--port", "0"]
    process = subprocess.Popen(
        watching.tracing(log, *command), env=watching.environment(home),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        # A shell that puts the tests in the background makes its children deaf to SIGINT.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert process.stdout is not None
    address = process.stdout.readline().split()[0]
    host, port = address.removeprefix("http://").rstrip("/").split(":")
    connection = HTTPConnection(host, int(port), timeout=30)
    connection.request("GET", "/")
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b"<!doctype html>")
    connection.close()
    os.killpg(process.pid, signal.SIGINT)  # strace alone would keep it to itself
    out, err = process.communicate(timeout=60)
    done = subprocess.CompletedProcess(command, process.returncode, out, err)
    seen = watching.seen(done, log, home)
    assert seen.traced
    assert (seen.err, seen.outward, seen.files) == ("rolefit: stopped\n", [], set())
    assert "AF_INET" in seen.families  # it does listen: the watching works


def test_the_service_talks_to_this_computer_alone(
    tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", environment["PYTHONPATH"])
    home, log = tmp_path / "home", tmp_path / "calls"
    command = [*ROLEFIT, "serve", "--port", "0"]
    process = subprocess.Popen(
        watching.tracing(log, *command), env=watching.environment(home),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    address = process.stdout.readline().split()[0]
    host, port = address.removeprefix("http://").rstrip("/").split(":")
    kind, body = form(
        ("resume", ("cv.pdf", Path(PDF).read_bytes())), ("job", Path(JOB).read_text("utf-8"))
    )
    connection = HTTPConnection(host, int(port), timeout=120)
    connection.request("POST", "/v1/explain", body, {"Content-Type": kind})
    answer = connection.getresponse()
    assert (answer.status, bool(answer.read())) == (200, True)
    connection.close()
    os.killpg(process.pid, signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    done = subprocess.CompletedProcess(command, process.returncode, out, err)
    seen = watching.seen(done, log, home)
    assert (seen.traced, host) == (True, "127.0.0.1")
    assert (seen.err, seen.outward) == ("", [])
    assert seen.files <= KEPT
    assert "AF_INET" in seen.families  # it does listen: the watching works


def test_fine_tuning_opens_no_socket(
    tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The libraries of the extra `train` can look models up and send usage."""
    scored = pytest.importorskip("scored", exc_type=ImportError)
    monkeypatch.setenv("PYTHONPATH", environment["PYTHONPATH"])
    base, pairs, validation = scored.make_data(tmp_path)
    few = ("steps=1", "max_tokens=32", "eval_every=1", "save_every=1")
    command = ["train", "finetune", pairs, "--validation", validation, "--base", base, "-o",
               tmp_path / "out", *(word for value in few for word in ("--set", value))]  # fmt: skip
    seen = watching.watch([*ROLEFIT, *map(str, command)], tmp_path)
    assert (seen.status, seen.traced) == (0, True), seen.err
    assert (seen.outward, seen.families - {"AF_UNIX"}, seen.files) == ([], set(), set())


def test_the_watching_sees_a_native_library_that_calls_out(tmp_path: Path) -> None:
    """The resolver is C: what Python's audit hooks cannot see either."""
    code = (
        "import ctypes; c = ctypes.CDLL(None); s = c.socket(2, 2, 0);"
        "a = bytes([2, 0, 0, 53, 192, 0, 2, 1]) + bytes(8); c.connect(s, a, 16);"
        "open(__import__('os').environ['HOME'] + '/deviceid', 'w').close()"
    )
    seen = watching.watch([sys.executable, "-c", code], tmp_path)
    assert any("192.0.2.1" in call for call in seen.outward)
    assert (seen.families, seen.files) == ({"AF_INET"}, {"deviceid"})
