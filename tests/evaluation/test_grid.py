"""`rolefit evaluate grid`: figures that can fail, on scores whose answer is known."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from rolefit.evaluation.domain_grid import DOMAINS, LEVELS, Grid, documents, grid_proof
from rolefit.evaluation.proof import percentile
from rolefit.evaluation.proof_html import page
from rolefit.evaluation.proof_markdown import markdown

BUNDLE = SimpleNamespace(name="<b>made", version="1", sha256="0" * 64)
STRONG, ADEQUATE, JUNIOR = range(3)


def _ideal():
    """90, 75 and 60 for the own jobs by level, 10 for all others."""
    scores = np.full((24, 16), 10.0, dtype=np.float32)
    for domain in range(8):
        for level, score in enumerate((90, 75, 60)):
            scores[3 * domain + level, 2 * domain : 2 * domain + 2] = score
    return scores


def _proof(scores):
    return grid_proof(Grid(scores), SimpleNamespace(bundle=BUNDLE))[0]


def _missed(scores):
    return [bar.name for bar in _proof(scores).bars if not bar.met]


def test_the_grid_has_every_document_once():
    resumes, jobs = documents()
    names = [document.name for document in (*resumes, *jobs)]
    assert (len(resumes), len(jobs), len(set(names))) == (24, 16, 40)
    assert resumes[3 * 2 + JUNIOR].name == f"resume-{DOMAINS[2]}-{LEVELS[JUNIOR]}"
    assert jobs[2 * 2 + 1].name == f"job-{DOMAINS[2]}-2"


def test_ideal_scores_meet_every_bar():
    proof = _proof(_ideal())
    assert proof.met
    assert [bar.got for bar in proof.bars][:2] == ["16 of 16", "24 of 24"]
    assert proof.data["gap"] == pytest.approx(65)


def test_a_junior_with_the_wrong_job_first_misses_the_count_of_all_alone():
    scores = _ideal()
    scores[JUNIOR, 0:2] = 9
    assert _missed(scores) == ["right job first: all resumes, juniors too"]


def test_a_tie_with_a_foreign_job_is_not_the_right_job_first():
    scores = _ideal()
    scores[STRONG, 5] = 90
    assert any("strong and adequate" in name for name in _missed(scores))


def test_one_of_the_two_own_jobs_is_enough():
    scores = _ideal()
    scores[STRONG, 0] = 5
    scores[JUNIOR, 0] = 4
    scores[ADEQUATE, 0] = 3
    assert not any("first" in name for name in _missed(scores))


def test_a_pair_across_professions_above_55_is_named():
    scores = _ideal()
    scores[0, 15] = 55.1
    proof = _proof(scores)
    (missed,) = [bar for bar in proof.bars if not bar.met]
    assert missed.got == "1 of 336, highest 55.1"
    assert ("technology, strong", "management 2", "55.1") in proof.tables[-1].rows
    scores[0, 15] = 55
    assert _proof(scores).met


def test_a_gap_below_45_is_missed():
    assert _missed(_ideal() * 0.69) == ["mean inside less mean across professions"]


def test_a_junior_above_the_strong_for_one_job_misses_the_domain():
    scores = _ideal()
    scores[JUNIOR, 1] = 95
    proof = _proof(scores)
    assert [bar.got for bar in proof.bars if not bar.met] == ["7 of 8"]
    assert proof.tables[0].rows[0][-1] == "1 of 2"
    assert proof.tables[0].rows[-1][-1] == "15 of 16"


def test_the_heat_map_names_every_row_and_marks_own_and_false_cells():
    scores = _ideal()
    scores[0, 15] = 80
    _, picture = grid_proof(Grid(scores), SimpleNamespace(bundle=BUNDLE))
    html = picture.html()
    assert html.count("<td") == 24 * 16
    assert html.count("own") == 48
    assert html.count('"false high"') == 1
    image = Image.open(io.BytesIO(picture.png()))
    assert image.format == "PNG"
    scores[0, 15] = 10
    plain = Image.open(
        io.BytesIO(grid_proof(Grid(scores), SimpleNamespace(bundle=BUNDLE))[1].png())
    )
    changed = np.argwhere((np.asarray(image) != np.asarray(plain)).any(axis=2))
    assert len(changed) > 100
    assert np.ptp(changed[:, 0]) < 30  # one cell of the first row
    assert np.ptp(changed[:, 1]) < 50


def test_the_reports_escape_names_and_load_nothing():
    text = page(_proof(_ideal()))
    assert "<b>made" not in text
    assert "&lt;b&gt;made" in text
    assert not any(word in text for word in ("<script", "src=", "href=", "url(", "@import"))
    assert "| right job first: strong and adequate resumes | 16 of 16 |" in markdown(
        _proof(_ideal())
    )


def test_percentiles_lie_between_the_nearest_two():
    values = [5.0, 1.0, 3.0, 9.0]
    for share in (0.0, 0.3, 0.5, 0.95, 1.0):
        assert percentile(values, share) == pytest.approx(np.quantile(values, share))
    assert percentile([], 0.5) == 0


def test_the_command_writes_four_files_and_strict_ends_with_1(run, tmp_path):
    out = tmp_path / "out"
    result = run("evaluate", "grid", "-o", out)
    assert result.status == 0
    assert sorted(p.name for p in out.iterdir()) == [
        "grid.html",
        "grid.json",
        "grid.md",
        "grid.png",
    ]
    found = json.loads((out / "grid.json").read_text(), parse_constant=pytest.fail)
    assert np.shape(found["scores"]) == (24, 16)
    assert not found["met"]  # a random encoder knows no professions
    assert "MISSED" in result.out
    assert max(map(len, result.out.splitlines())) <= 80
    assert run("evaluate", "grid", "-o", out, "--strict").status == 1
