"""The run log: no run is changed, taken out or moved unseen, and no failure costs another run."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run
from rolefit.audit import runlog
from rolefit.audit.locking import locked
from rolefit.audit.runcheck import verify
from rolefit.errors import RunLogError

Lines = Callable[[list[bytes]], list[bytes]]
# One run more, where no file may grow beyond so many bytes: the system refuses midway in a write.
# In a process of its own, for the limit holds for whatever file the tests are told to as well.
FULL = """
import resource, sys
from pathlib import Path
from rolefit.audit import runlog
from rolefit.errors import RunLogError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    runlog.append(Path(sys.argv[1]), {"command": "score"})
except RunLogError as error:
    print(error)
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Five runs."""
    path = tmp_path / "runs.jsonl"
    for number in range(5):
        runlog.append(path, {"command": "score", "results": [number] * 10})
    return path


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()


def rewritten(path: Path, change: Lines) -> Path:
    path.write_bytes(b"".join(line + b"\n" for line in change(lines(path))))
    return path


def rehashed(line: bytes, **changes: Any) -> bytes:
    """A line changed by somebody who knows how its hash is made."""
    entry = {**json.loads(line), **changes}
    return runlog.to_line({**entry, "hash": runlog.digest(entry)})


def test_a_log_holds_and_names_its_last_run(log: Path) -> None:
    checked = verify(log)
    assert [run["run"] for run in checked.runs] == [0, 1, 2, 3, 4]
    assert checked.last == json.loads(lines(log)[-1])["hash"]
    assert checked.remarks == ()


def test_every_changed_byte_of_any_run_is_found(log: Path) -> None:
    whole = log.read_bytes()
    unseen = []
    for place in range(0, len(whole), 7):
        data = bytearray(whole)
        data[place] ^= 1
        log.write_bytes(data)
        try:
            verify(log)
            unseen.append(place)
        except RunLogError:
            pass
    assert unseen == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda found: found[1:], "1 of 5 runs missing: 0"),
        (lambda found: found[:2] + found[3:], "1 of 5 runs missing: 2"),
        (lambda found: found[:1] + found[4:], "3 of 5 runs missing: 1, 2, 3"),
        (lambda found: [found[1], found[0], *found[2:]], "line 2: run 0 is out of order"),
        (lambda found: found[:3] + found[2:], "line 4: run 2 is out of order, or there twice"),
        (lambda found: found[::-1], "line 2: run 3 is out of order"),
        (lambda found: found[:4], "names run 4, which is not there: the end was cut"),
        (lambda found: [], "names run 4, which is not there: the end was cut"),
        (lambda found: [*found[:2], b"{}", *found[2:]], "line 3: it was changed, or is no line"),
        (lambda found: [*found[:2], b"{torn", *found[2:]], "line 4: broken lines before it"),
        (lambda found: [found[0], found[1] + b" ", *found[2:]], "line 2: it was changed"),
    ],
)
def test_what_was_done_to_a_log_is_named(log: Path, change: Lines, said: str) -> None:
    with pytest.raises(RunLogError, match=said):
        verify(rewritten(log, change))


def test_a_line_with_a_hash_made_anew_is_found_by_the_next_one(log: Path) -> None:
    rewritten(log, lambda found: [found[0], rehashed(found[1], results=[99]), *found[2:]])
    with pytest.raises(RunLogError, match="line 3: run 2 follows another line"):
        verify(log)


def test_a_last_line_with_a_hash_made_anew_is_found_by_the_head(log: Path) -> None:
    rewritten(log, lambda found: [*found[:4], rehashed(found[4], results=[99])])
    with pytest.raises(RunLogError, match=r"run 4 is not the one that runs\.jsonl\.head names"):
        verify(log)


def test_a_log_written_anew_with_its_head_is_found_by_a_hash_noted_elsewhere(
    log: Path, tmp_path: Path
) -> None:
    noted = verify(log).last
    log.unlink()
    runlog.head_of(log).unlink()
    for number in range(6):
        runlog.append(log, {"command": "score", "results": [number]})
    verify(log)
    with pytest.raises(RunLogError, match="no run has the hash"):
        verify(log, noted)


def test_without_its_head_a_log_says_that_its_end_cannot_be_told(log: Path) -> None:
    rewritten(log, lambda found: found[:4])
    runlog.head_of(log).unlink()
    assert "whether the end was cut cannot be told" in verify(log).remarks[0]


def test_no_run_is_added_behind_an_end_that_was_cut_or_changed(log: Path) -> None:
    """Or the head would name the new run, and the cut could not be seen any more."""
    rewritten(log, lambda found: found[:3])
    with pytest.raises(RunLogError, match=r"it ends with run 2, and .* names run 4"):
        runlog.append(log, {"command": "score"})
    rewritten(log, lambda found: [*found[:2], found[2].replace(b"score", b"scare")])
    with pytest.raises(RunLogError, match="its last line: it was changed"):
        runlog.append(log, {"command": "score"})


def test_a_run_that_dies_at_any_byte_costs_no_other_run(log: Path) -> None:
    whole, head = log.read_bytes(), runlog.head_of(log).read_bytes()
    before = len(whole)
    runlog.append(log, {"command": "rank", "results": ["x" * 50]})
    longer = log.read_bytes()
    for end in range(before, len(longer) + 1):
        log.write_bytes(longer[:end])
        runlog.head_of(log).write_bytes(head)  # it is written after the line
        died = verify(log)
        complete = end >= len(longer) - 1
        assert len(died.runs) == 5 + complete
        assert bool(died.remarks) == (before < end < len(longer) - 1)
        runlog.append(log, {"command": "score"})
        gone_on = verify(log)
        assert [run["run"] for run in gone_on.runs] == [*range(6 + complete)]
        assert log.read_bytes().startswith(longer[:end])


def test_runs_that_die_one_after_the_other_cost_no_other_run(log: Path) -> None:
    for torn in (b'{"bundle":{"na', b'\n{"comm', b"\n\0\0\0"):
        log.write_bytes(log.read_bytes() + torn)
    runlog.append(log, {"command": "score"})
    assert len(verify(log).runs) == 6
    assert "3 broken lines within" in verify(log).remarks[0]


def test_the_first_run_may_die_too(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    path.write_bytes(b'{"bundle"')
    assert verify(path).runs == ()
    runlog.append(path, {"command": "score"})
    assert len(verify(path).runs) == 1


@pytest.mark.parametrize(
    "content", [b"name,score\nana,3\n", b'{\n  "format": 1\n}\n', b'{"a": 1}\n', b"\n", b"%PDF-1.7"]
)
def test_another_file_is_no_log_and_stays_as_it_is(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "letter"
    path.write_bytes(content)
    with pytest.raises(RunLogError):
        runlog.append(path, {"command": "score"})
    assert path.read_bytes() == content


def test_a_content_cannot_pose_as_what_the_log_writes(log: Path) -> None:
    with pytest.raises(ValueError, match="run"):
        runlog.append(log, {"command": "score", "run": 7})


WRITER = """
import sys
from pathlib import Path
from rolefit.audit import runlog
for number in range(int(sys.argv[2])):
    runlog.append(Path(sys.argv[1]), {"command": "score", "results": [sys.argv[3]] * 2000})
    print(number, flush=True)
"""


@pytest.mark.slow
def test_four_programs_at_once_lose_and_mix_nothing(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    path = tmp_path / "runs.jsonl"
    command = [sys.executable, "-c", WRITER, str(path), "20"]
    programs = [
        subprocess.Popen([*command, str(n)], env=environment, stdout=subprocess.DEVNULL)
        for n in range(4)
    ]
    assert [program.wait() for program in programs] == [0] * 4
    runs = verify(path).runs
    assert sorted(run["results"][0] for run in runs) == sorted("0123" * 20)


@pytest.mark.slow
def test_a_program_killed_while_it_writes_leaves_a_log_that_goes_on(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    path = tmp_path / "runs.jsonl"
    command = [sys.executable, "-c", WRITER, str(path), "1000000", "x"]
    acknowledged = 0
    for _ in range(4):
        program = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert program.stdout is not None
        for _ in range(5):
            assert program.stdout.readline()
        program.kill()
        acknowledged += 5 + len(program.stdout.read().split())
        program.wait()
        program.stdout.close()
        assert len(verify(path).runs) >= acknowledged
    runlog.append(path, {"command": "score"})
    assert len(verify(path).runs) > acknowledged


def test_who_holds_a_log_too_long_is_waited_for_no_longer(log: Path) -> None:
    with (
        log.open("rb") as mine,
        locked(mine),
        log.open("rb") as other,
        pytest.raises(OSError, match="another program has held it"),
        locked(other, patience=0.1),
    ):
        pass


@pytest.mark.slow
def test_a_full_disk_takes_back_what_it_took_of_a_line(
    log: Path, environment: dict[str, str]
) -> None:
    pytest.importorskip("resource")
    before = log.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", FULL, log, str(len(before) + 40)],
        env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "could not be added: File too large" in done.stdout
    assert "make room" in done.stdout
    assert log.read_bytes() == before
    assert len(verify(log).runs) == 5


def test_a_full_disk_costs_no_result(
    run: Run, pool: Path, job: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise RunLogError("log: the run could not be added: No space left on device")

    monkeypatch.setattr(runlog, "_write", full)
    result = run("rank", job, pool, "--json", "--log", tmp_path / "runs.jsonl")
    assert result.status == 2
    assert len(result.json["results"]) == 3
    assert "No space left on device" in result.err


def test_commands_log_hashes_and_scores_and_no_word_of_a_document(
    run: Run, pool: Path, job: Path, tmp_path: Path
) -> None:
    path = tmp_path / "runs.jsonl"
    (pool / "Mary Poppins.pdf").write_bytes(b"%PDF-1.7\nbroken")
    ranked = run("rank", job, pool, "--json", "--top", "1", "--log", path)
    assert ranked.status == 3
    nurse = pool / "nurse.txt"
    receipt = tmp_path / "receipt.json"
    run("score", nurse, job, "--log", path, "--receipt", receipt)
    run("explain", nurse, job, "--fast", "--log", path)
    run("improve", nurse, job, "--log", path)
    runs = verify(path).runs
    assert [found["command"] for found in runs] == ["rank", "score", "explain", "improve"]
    scores = [result["score"] for result in runs[0]["results"]]
    assert len(scores) == runs[0]["ranked"] == 3
    assert ranked.json["results"][0]["score"] == pytest.approx(scores[0], abs=1e-3)
    assert runs[0]["options"] == {"top": 1, "order": "score"}
    (unread,) = runs[0]["not_read"]
    assert unread["error"] == "DamagedFileError"
    digest = json.loads(receipt.read_text())
    assert runs[1]["receipts"] == [digest["digest"]]
    for found in runs:
        assert found["job"] == digest["job"]["sha256"]
        assert all(len(bytes.fromhex(result["resume"])) == 32 for result in found["results"])
        assert found["bundle"]["sha256"] == digest["bundle"]["sha256"]
    assert runs[1]["results"][0]["resume"] == digest["resume"]["sha256"]
    text = path.read_text().lower()
    words = "nurse chef kitchen patient experience poppins hospital txt pdf".split()
    assert [word for word in words if word in text] == []


def test_what_a_person_made_count_is_logged_by_its_hash(
    run: Run, pool: Path, job: Path, tmp_path: Path
) -> None:
    path = tmp_path / "runs.jsonl"
    assert run("rank", job, pool, "--fast", "--must", "forklift licence", "--log", path).status == 0
    (found,) = verify(path).runs
    assert found["options"]["must"] == [hashlib.sha256(b"forklift licence").hexdigest()]
    assert b"forklift" not in path.read_bytes()


def test_the_log_in_a_ranked_folder_is_no_resume(run: Run, pool: Path, job: Path) -> None:
    path = pool / "runs.jsonl"
    for _ in range(2):
        assert run("rank", job, pool, "--log", path).status == 0
    assert [found["ranked"] for found in verify(path).runs] == [3, 3]


def test_a_log_that_cannot_be_written_is_found_before_the_work(
    run: Run, pool: Path, job: Path, tmp_path: Path
) -> None:
    for path in (tmp_path, tmp_path / "no" / "runs.jsonl"):
        result = run("rank", job, pool, "--log", path)
        assert (result.status, result.out) == (2, "")


def test_verify_says_whether_a_log_holds(run: Run, log: Path, tmp_path: Path) -> None:
    result = run("verify", "--log", log, model=False)
    assert (result.status, "the log holds: 5 runs" in result.out) == (0, True)
    noted = result.out.split()[-1]
    assert run("verify", "--log", log, "--holds", noted, model=False).status == 0
    rewritten(log, lambda found: found[1:])
    result = run("verify", "--log", log, model=False)
    assert (result.status, "1 of 5 runs missing: 0" in result.err) == (4, True)
    assert run("verify", "--log", tmp_path / "none", model=False).status == 2
    assert "expected RECEIPT RESUME JOB, or --log FILE" in run("verify", model=False).err
