"""What `rolefit evaluate` refuses before it scores, and how it writes what it found."""

from __future__ import annotations

import json
import os
from pathlib import Path

import made
import pytest

from rolefit.evaluation import systems
from rolefit.evaluation.proof import points


@pytest.fixture
def unscored(monkeypatch):
    """Scoring would be a failure of the test."""
    monkeypatch.setattr(systems, "score_pairs", lambda *_: pytest.fail("scored before it checked"))


def test_an_unknown_peer_is_refused_before_anything_is_scored(run, tmp_path, unscored):
    result = run("evaluate", *made.write(tmp_path / "data"), "--peers", "oracle")
    assert result.status == 2
    assert "expected some of tfidf, bm25, minilm, cosine, got oracle" in result.err


def test_a_bundle_that_cannot_be_opened_is_refused_before_anything_is_scored(
    run, tmp_path, unscored
):
    arguments = (*made.write(tmp_path / "data"), "--peers", "none")
    result = run("evaluate", *arguments, "--peer", f"other={tmp_path}", "-o", tmp_path / "out")
    assert result.status == 2
    assert "expected a model bundle" in result.err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_refused_before_anything_is_scored(run, tmp_path, unscored):
    (tmp_path / "file").write_text("x")
    arguments = (*made.write(tmp_path / "data"), "--peers", "none")
    for command_line in ((*arguments,), ("grid",)):
        result = run("evaluate", *command_line, "-o", tmp_path / "file" / "out")
        assert result.status == 2
        assert "file/out: cannot be made: " in result.err


def test_an_id_that_is_no_text_is_written_as_json_reads_it_back(run, tmp_path):
    made.write(tmp_path / "data")
    for name in ("pairs", "resumes", "jobs"):
        path = tmp_path / "data" / f"{name}.jsonl"
        text = path.read_text().replace('"R3"', '"\\ud800"').replace('"b1"', '"\\udfff"')
        path.write_text(text.replace('"category": "Nursing"', '"category": "\\ud801"'))
    out = tmp_path / "out"
    result = run(
        "evaluate", tmp_path / "data" / "pairs.jsonl", "--resumes", tmp_path / "data/resumes.jsonl",
        "--adverts", tmp_path / "data/jobs.jsonl", "--peers", "none", "--bootstrap", 0, "-o", out,
    )  # fmt: skip
    assert result.status == 0
    found = json.loads((out / "evaluation.json").read_text())
    names = [part["name"] for part in found["systems"][0]["slices"]["block"]]
    assert names == ["b0", "\udfff"]
    for name in ("evaluation.html", "evaluation.md"):
        assert "\\udfff" in (out / name).read_text()


def test_reports_that_cannot_all_be_written_leave_those_that_were_there(run, tmp_path, monkeypatch):
    arguments = (*made.write(tmp_path / "data"), "--peers", "none", "-o", tmp_path / "out")
    assert run("evaluate", *arguments, "--bootstrap", 0).status == 0
    before = {path: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    honest = Path.write_bytes

    def full(path, data):
        if "evaluation.md" in path.name:
            raise OSError(28, os.strerror(28))
        return honest(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    result = run("evaluate", *arguments, "--bootstrap", 9)
    assert result.status == 2
    assert "evaluation.md: cannot be written: No space left" in result.err
    assert {path: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize(
    ("value", "shown"),
    [(44.96, "44.96"), (45.04, "45.04"), (45.0, "45.0"), (44.94, "44.9"), (-44.96, "-44.96"),
     (2.004, "2.00"), (1.99, "1.99"), (9.996, "10.00"), (100, "100.0")],
)  # fmt: skip
def test_a_hundredth_never_rounds_over_a_bar(value, shown):
    assert points(value) == shown
