"""The command as a process: signals, pipes, full disks, and two at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from rolefit.bundle import Bundle

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="signals, pipes and limits are POSIX's"),
]
N = 15


@pytest.fixture
def command(tiny_bundle: Bundle, tmp_path: Path) -> list[str]:
    """`rolefit rank job pool --model tiny`, with 15 resumes in the pool."""
    (tmp_path / "job.txt").write_text("A nurse for the ward, with patient care. " * 9)
    (tmp_path / "pool").mkdir()
    for i in range(N):
        text = f"Nurse number {i}.\n" * (i + 9) + "Patient care, hospital, ward.\n" * 60
        (tmp_path / "pool" / f"{i}.txt").write_text(text)
    return [
        sys.executable, "-m", "rolefit", "rank", str(tmp_path / "job.txt"), str(tmp_path / "pool"),
        "--model", str(tiny_bundle.folder),
    ]  # fmt: skip


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def start(command: list[str], env: dict[str, str], preexec: object = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=preexec,  # type: ignore[call-overload]
    )  # fmt: skip


def test_two_at_once_share_the_cache_and_say_the_same(
    command: list[str], environment: dict[str, str]
) -> None:
    both = [start([*command, "--json"], environment) for _ in range(2)]
    results = [finish(process) for process in both]
    assert results[0] == results[1]
    status, out, err = results[0]
    assert (status, err) == (0, "")
    assert len(json.loads(out)["results"]) == N
    assert Path(environment["ROLEFIT_CACHE"]).exists()


def test_one_killed_in_the_middle_does_not_disturb_the_next(
    command: list[str], environment: dict[str, str]
) -> None:
    cache = Path(environment["ROLEFIT_CACHE"])
    process = start([*command, "--jobs", "1"], environment)
    while process.poll() is None and not cache.exists():
        time.sleep(0.005)
    time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    killed = finish(start([*command, "--json"], environment))
    fresh = finish(start([*command, "--json", "--no-cache"], environment))
    assert killed == fresh
    assert killed[0] == 0


def test_a_full_disk_costs_the_cache_and_not_the_ranking(
    command: list[str], environment: dict[str, str]
) -> None:
    import resource

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    status, out, err = finish(start([*command, "--json"], environment, no_room))
    assert status == 0
    assert len(json.loads(out)["results"]) == N
    assert err.count("\n") == 1
    assert "not kept for next time" in err


def heed_ctrl_c() -> None:
    """A shell that puts the tests in the background makes its children deaf to SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_with_130_and_a_word(
    command: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    pipe = tmp_path / "resume"
    os.mkfifo(pipe)
    process = start([*command, str(pipe)], environment, heed_ctrl_c)
    with pipe.open("w"):  # opens once the command is reading
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        status, out, err = finish(process)
    assert (status, out, err) == (130, "", "rolefit: stopped\n")


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_a_reader_that_goes_away_is_no_error_to_speak_of(
    command: list[str], environment: dict[str, str], form: list[str]
) -> None:
    with start([*command, *form], environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""


def test_a_file_name_that_is_no_text_is_ranked_and_comes_back_in_json(
    command: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    name = os.fsencode(tmp_path / "pool") + b"/\xff\x1b[31m.txt"
    try:
        Path(os.fsdecode(name)).write_text("A nurse. " * 99)
    except OSError:
        pytest.skip("the file system takes no such name")
    status, out, _ = finish(start([*command, "--json"], environment))
    assert status == 0
    assert name in {os.fsencode(item["file"]) for item in json.loads(out)["results"]}
    for encoding in ("utf-8", "ascii"):
        env = {**environment, "PYTHONIOENCODING": encoding}
        status, out, err = finish(start(command, env))
        assert (status, err) == (0, "")
        assert "\x1b" not in out


def test_no_progress_bar_is_drawn_where_nobody_looks(
    command: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    pipe = tmp_path / "slow"
    os.mkfifo(pipe)

    def feed() -> None:
        with pipe.open("w") as file:
            time.sleep(1.5)
            file.write("A nurse. " * 99)

    feeder = threading.Thread(target=feed)
    feeder.start()
    status, _, err = finish(start([*command, str(pipe)], environment))
    feeder.join()
    assert (status, err) == (0, "")
