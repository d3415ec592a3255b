"""Teaching the head of the four parts: labels that are refused, and a small run that learns."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from rolefit import parts
from rolefit.errors import DataError
from rolefit.parts import PartsHead, job_rows, resume_rows
from rolefit.records import Ask, Encoding, Profile
from rolefit.training.parts import PartsPlan, _Run
from rolefit.training.parts_labels import Judged, read_judged
from rolefit.training.parts_net import HEADS, SCALE, SPACES, points

torch = pytest.importorskip("torch")
HIDDEN = 16


def profile(rng: np.random.Generator, units: int, kind: int | None = None) -> Profile:
    rows = rng.normal(size=(units + 1, HIDDEN))
    if kind is not None:
        rows[:, kind] += 4.0
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)
    asks = tuple(Ask(n, 1.0, "required", n == 0, None, -1, (), ()) for n in range(units))
    vector = rows.mean(axis=0).astype(np.float32)
    return Profile(Encoding(vector, rows[1:], 50, 0), rows[:1], (), None, -1, -1, (), asks)


@pytest.fixture
def run() -> tuple[_Run, list[Judged]]:
    """Twelve people and eight adverts of two trades: who is of the advert's trade earns most."""
    rng = np.random.default_rng(1)
    known = {("resume", f"r{n}"): profile(rng, 6, n % 2) for n in range(12)}
    for n in range(8):
        known["titled", f"j{n}"] = known["plain", f"j{n}"] = profile(rng, 5, n % 2)
    scalars = dict.fromkeys(("titled", "plain"), np.zeros(8, np.float32))
    highest = dict.fromkeys(("titled", "plain"), 100.0)
    pairs = []
    for j in range(8):
        for r in range(12):
            earned = (36.0, 30.0, 12.0, 9.0) if j % 2 == r % 2 else (4.0, 3.0, 4.0, 5.0)
            pairs.append(
                Judged(f"r{r}", f"j{j}", sum(earned), earned, False, 1.0, scalars, highest)
            )
    plan = PartsPlan(steps=120, every=40, dropout=0.0, left_out=0.0, noise=0.0)
    return _Run(plan, known, np.zeros(8), np.ones(8), HIDDEN), pairs


def test_a_small_run_learns_whose_trade_it_is(run: tuple[_Run, list[Judged]]) -> None:
    teacher, pairs = run
    fit_on = [pair for pair in pairs if pair.job < "j6" and pair.resume not in ("r10", "r11")]
    unseen = [pair for pair in pairs if pair.job >= "j6" and pair.resume in ("r10", "r11")]
    best, report = teacher.teach(fit_on, unseen, None)
    assert "4 unseen pairs" in report
    measured = float(report.split("pearson ")[1].split(",")[0])
    assert measured > 0.95
    assert set(best) == set(teacher.net.state_dict())


def test_numpy_and_torch_give_the_same_points(run: tuple[_Run, list[Judged]]) -> None:
    teacher, pairs = run
    teacher.net.eval()
    weights = {name: value.numpy() for name, value in teacher.net.state_dict().items()}
    head = PartsHead(weights | {"mean": teacher.mean, "sd": teacher.spread}, HEADS, SPACES, SCALE)
    rough = {name: parts.unpack(parts.pack(value)) for name, value in weights.items()}
    in_bytes = PartsHead(rough | {"mean": teacher.mean, "sd": teacher.spread}, HEADS, SPACES, SCALE)
    with torch.no_grad():
        logits = teacher.net(*teacher._batch(pairs[:20], ["titled"] * 20, taught=False))
    for pair, expected in zip(pairs[:20], points(logits).numpy(), strict=True):
        both = teacher.known["resume", pair.resume], teacher.known["titled", pair.job]
        exact = head.points(*both, pair.scalars["titled"])
        assert exact == pytest.approx(tuple(expected), abs=1e-3)
        assert in_bytes.points(*both, pair.scalars["titled"]) == pytest.approx(exact, abs=0.5)


def test_a_job_is_read_with_its_titles_first_and_what_each_unit_asks() -> None:
    rng = np.random.default_rng(2)
    vectors, kinds, beside = job_rows(profile(rng, 3), SCALE)
    assert vectors.shape == (4, HIDDEN)
    assert kinds.tolist() == [5, 1, 1, 1]
    assert beside.tolist() == [[0, 0], [0, 1], [0.5, 0], [1, 0]]
    assert resume_rows(profile(rng, 3), SCALE)[1].tolist() == [1, 0, 0, 0]


ROW = {"resume": "r", "job": "j", "function": 30, "needs": 20, "seniority": 9, "credentials": 8}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({**ROW, "needs": 36}, "needs from 0 to 35"),
        ({"resume": "r", "job": "j", "score": 101}, "score from 0 to 100"),
        ({**ROW, "resume": "stranger"}, "unknown resume stranger"),
        ({"resume": "r", "job": "j"}, "expected a score, or function"),
        (ROW, "in those held out"),
    ],
)
def test_labels_that_cannot_be_used_are_refused(tmp_path: Path, row: dict, problem: str) -> None:
    files = {}
    for name, rows in {
        "resumes": [{"id": "r", "text": "Welder"}, {"id": "s", "text": "Cook"}],
        "jobs": [{"id": "j", "text": "Welder wanted"}, {"id": "k", "text": "Cook wanted"}],
        "held": [{**ROW, "job": "k"}],
        "labels": [row],
    }.items():
        files[name] = tmp_path / f"{name}.jsonl"
        files[name].write_text("".join(json.dumps(one) + "\n" for one in rows))
    with pytest.raises(DataError, match=problem):
        read_judged([files["labels"]], [files["held"]], [files["resumes"]], [files["jobs"]])
