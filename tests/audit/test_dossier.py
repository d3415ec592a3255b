"""What an auditor gets: whole, hash by hash, and the same bytes from the same inputs."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from conftest import Run, make_tiny_bundle
from rolefit.audit import runlog


@pytest.fixture
def log(run: Run, pool: Path, job: Path, tmp_path: Path) -> Path:
    path = tmp_path / "runs of 2026.jsonl"
    run("rank", job, pool, "--log", path)
    run("score", pool / "nurse.txt", job, "--log", path)
    return path


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_everything_is_in_it_with_its_hash(run: Run, log: Path, tmp_path: Path) -> None:
    report, out = tmp_path / "impact.csv", tmp_path / "auditor.zip"
    report.write_text("by,ratio\nsex,0.9\n")
    assert run("audit", "file", out, report, "--log", log).status == 0
    found = contents(out)
    listed = json.loads(found["MANIFEST.json"])["files"]
    assert {"facts.json", "model/CARD.md", "model/manifest.json", "notices/limits.md",
            "notices/NOTICE", "notices/LICENSE", "audit/impact.csv", "log/summary.json",
            "log/runs.jsonl", "log/runs.jsonl.head"} == set(listed)  # fmt: skip
    sums = dict(line.split("  ")[::-1] for line in found["SHA256SUMS"].decode().splitlines())
    for name, entry in listed.items():
        assert entry["sha256"] == sums[name] == hashlib.sha256(found[name]).hexdigest()
        assert entry["bytes"] == len(found[name])
    assert set(found) == {*listed, "MANIFEST.json", "SHA256SUMS"}
    assert found["audit/impact.csv"] == report.read_bytes()
    assert found["log/runs.jsonl"] == log.read_bytes()
    summary = json.loads(found["log/summary.json"])
    assert (summary["holds"], summary["runs"], summary["scores"]) == (True, 2, 4)
    assert summary["commands"] == {"rank": 1, "score": 1}
    facts = json.loads(found["facts.json"])
    assert summary["models"] == {facts["model"]["sha256"]: 2}


def test_the_same_inputs_give_the_same_bytes(run: Run, log: Path, tmp_path: Path) -> None:
    report = tmp_path / "person.html"
    report.write_text("<p>")
    made = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        out = tmp_path / folder / f"{folder}.zip"
        assert run("audit", "file", out, report, "--log", log).status == 0
        made.append(out.read_bytes())
    assert made[0] == made[1]


def test_a_log_that_does_not_hold_is_packed_and_ends_with_4(
    run: Run, log: Path, tmp_path: Path
) -> None:
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(lines[1])
    result = run("audit", "file", tmp_path / "a.zip", "--log", log)
    assert (result.status, "1 of 2 runs missing: 0" in result.err) == (4, True)
    found = contents(tmp_path / "a.zip")
    assert json.loads(found["log/summary.json"])["holds"] is False
    assert found["log/runs.jsonl"] == lines[1]


def test_a_log_cut_at_its_end_is_told_by_its_head(run: Run, log: Path, tmp_path: Path) -> None:
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    assert run("audit", "file", tmp_path / "a.zip", "--log", log).status == 4
    runlog.head_of(log).unlink()
    assert run("audit", "file", tmp_path / "a.zip", "--log", log).status == 0
    summary = json.loads(contents(tmp_path / "a.zip")["log/summary.json"])
    assert "whether the end was cut cannot be told" in summary["remarks"][0]


def test_what_cannot_be_packed_is_said_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.zip"
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "r.html").write_text(name)
    twice = run("audit", "file", out, tmp_path / "one" / "r.html", tmp_path / "two" / "r.html")
    assert (twice.status, "another file is called r.html too" in twice.err) == (2, True)
    none = run("audit", "file", out, tmp_path / "none.html")
    assert (none.status, "cannot be read" in none.err) == (2, True)
    assert run("audit", "file", out, "--log", tmp_path / "none.jsonl").status == 2
    assert run("audit", "file", tmp_path / "report.html").status == 2
    assert not out.exists()
    assert not (tmp_path / "report.html").exists()


def test_an_altered_model_is_not_filed(run: Run, tmp_path: Path) -> None:
    bundle = make_tiny_bundle(tmp_path)
    card = bundle.path("CARD.md")
    card.write_bytes(card.read_bytes().replace(b"tests", b"tesst"))
    result = run("audit", "file", tmp_path / "a.zip", "--model", tmp_path, model=False)
    assert (result.status, "altered since it was made: CARD.md" in result.err) == (2, True)
