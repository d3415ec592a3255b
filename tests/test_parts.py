"""The four parts of a score: what the head reads, and that what is shown adds up."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolefit import Matcher
from rolefit.bundle import DEFAULT, FILES, Bundle
from rolefit.errors import BundleError
from rolefit.parts import MOST, NAMES, PartsHead, adding_up, pack, unpack

EXAMPLES = Path(__file__).parents[1] / "examples"
points = st.tuples(*(st.floats(0.0, most) for most in MOST))


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher.load(reads=False)


@given(st.floats(0.0, 100.0), points)
def test_shown_parts_add_up_to_the_score_and_stay_within_their_most(
    score: float, read: tuple[float, ...]
) -> None:
    shown = adding_up(score, read)
    assert sum(shown) == pytest.approx(score, abs=1e-9)
    assert all(-1e-9 <= has <= most + 1e-9 for has, most in zip(shown, MOST, strict=True))


def test_eight_bits_hold_a_matrix_to_half_a_step_of_each_row() -> None:
    matrix = np.random.default_rng(3).normal(size=(5, 40)).astype(np.float32)
    step = np.abs(matrix).max(axis=1, keepdims=True) / 127
    assert (np.abs(unpack(pack(matrix)) - matrix) <= 0.51 * step).all()
    assert (unpack(pack(np.zeros((2, 3), np.float32))) == 0).all()


def test_an_explanation_adds_up_part_by_part_and_line_by_line(matcher: Matcher) -> None:
    job = EXAMPLES / "jobs" / "backend-engineer.txt"
    for resume in sorted((EXAMPLES / "resumes").iterdir()):
        explanation = matcher.explain(resume, job)
        parts = {part.name: part.points for part in explanation.parts}
        assert tuple(parts) == NAMES
        if not explanation.capped_by:
            assert sum(parts.values()) == pytest.approx(explanation.match.score, abs=1e-6)
        earned = sum(item.points for item in explanation.evidence)
        assert earned + explanation.elsewhere == pytest.approx(parts["needs"])
        assert explanation.elsewhere >= -1e-9
        for item in explanation.evidence:
            assert -1e-9 <= item.points <= item.most
            assert item.points == 0 or item.status != "not shown"


def test_a_resume_of_the_same_work_earns_more_for_it_than_one_of_other_work(
    matcher: Matcher,
) -> None:
    job = EXAMPLES / "jobs" / "backend-engineer.txt"
    own = matcher.score(EXAMPLES / "resumes" / "amara-osei-senior-backend.pdf", job)
    other = matcher.score(EXAMPLES / "resumes" / "gordon-tait-site-manager.pdf", job)
    function = own.features.names.index("function")
    assert own.features.values[function] > other.features.values[function] + 15


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content.update(format=2),
        lambda content: content.update(encoder="another"),
        lambda content: content["weights"].pop("part"),
        lambda content: content["weights"]["pb"].update(values=[0.0]),
        lambda content: content["weights"]["pb"].update(values=[float("nan")] * 5),
        lambda content: content["weights"]["ji.weight"].update(int8="no base64!"),
    ],
)
def test_a_spoilt_head_or_that_of_another_encoder_is_refused(tmp_path: Path, spoil) -> None:
    content = json.loads((DEFAULT / FILES.parts).read_text())
    spoil(content)
    (tmp_path / FILES.parts).write_text(json.dumps(content))
    with pytest.raises(BundleError, match="train parts"):
        PartsHead.load(tmp_path, Bundle.open().encoder_sha256)


def test_a_bundle_without_the_head_scores_by_likeness_and_says_what_is_missing(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "bundle"
    shutil.copytree(DEFAULT, folder)
    manifest = json.loads((folder / FILES.manifest).read_text())
    del manifest["files"][FILES.parts]
    (folder / FILES.manifest).write_text(json.dumps(manifest))
    (folder / FILES.parts).unlink()
    job, resume = EXAMPLES / "jobs" / "backend-engineer.txt", "Welder, ten years of welding gates."
    match = Matcher.load(folder, reads=False).score(resume, job)
    assert match.score == Matcher.load(folder, cosine_only=True).score(resume, job).score
    assert [n.message for n in match.notices if n.code == "bundle"] == [
        "scored by overall likeness alone: the bundle has no parts.json; copy it again, or run "
        "rolefit train parts"
    ]
