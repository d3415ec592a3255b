"""Every measure against scikit-learn, SciPy, or a case worked out by hand."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import pearsonr, spearmanr
from sklearn.metrics import (
    average_precision_score,
    mean_absolute_error,
    ndcg_score,
    r2_score,
    root_mean_squared_error,
)

from rolefit.training.metrics import METRICS, Sheet, resample, why_blank


def _sheet(seed=0, jobs=6, resumes=15, ties=False):
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, 101, jobs * resumes).astype(float)
    predicted = scores + rng.normal(0, 20, scores.shape)
    predicted = predicted.round(-1) if ties else predicted
    band = np.stack([predicted - 15, predicted + 25], axis=1)
    return Sheet(predicted, scores, np.repeat(np.arange(jobs), resumes), band)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), ties=st.booleans())
def test_measures_over_all_pairs_are_those_of_scipy_and_scikit_learn(seed, ties):
    sheet = _sheet(seed, ties=ties)
    guess, truth = sheet.predicted, sheet.scores
    found = sheet.measure()
    assert found["rmse"] == pytest.approx(root_mean_squared_error(truth, guess))
    assert found["mae"] == pytest.approx(mean_absolute_error(truth, guess))
    assert found["r2"] == pytest.approx(r2_score(truth, guess))
    assert found["pearson"] == pytest.approx(pearsonr(guess, truth).statistic)
    assert found["spearman"] == pytest.approx(spearmanr(guess, truth).statistic)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_measures_within_jobs_are_means_of_those_of_scipy_and_scikit_learn(seed):
    sheet = _sheet(seed)
    rows = [np.flatnonzero(sheet.jobs == job) for job in range(6)]
    each = [(sheet.predicted[r], sheet.scores[r]) for r in rows]
    found = sheet.measure()
    expected = np.mean([spearmanr(guess, truth).statistic for guess, truth in each])
    assert found["within_job"] == pytest.approx(expected)
    gains = [(2 ** (truth / 20) - 1, guess) for guess, truth in each]
    expected = np.mean([ndcg_score([gain], [guess], k=10) for gain, guess in gains])
    assert found["ndcg10"] == pytest.approx(expected)
    hits = [(truth >= 69, guess) for guess, truth in each]
    found_all = [average_precision_score(*pair) for pair in hits if 0 < pair[0].sum() < 15]
    assert found["map"] == pytest.approx(np.mean(found_all))


def test_coverage_is_counted_in_all_and_by_judged_score():
    scores = np.array([0.0, 25, 26, 55, 56, 100])
    inside = np.array([True, False, True, True, False, False])
    band = np.stack([scores + np.where(inside, -1, 1), scores + 5], axis=1)
    found = Sheet(scores, scores, np.array([0, 0, 0, 1, 1, 1]), band).measure()
    assert found["coverage"] == pytest.approx(1 / 2)
    assert (found["coverage_0"], found["coverage_26"], found["coverage_56"]) == (0.5, 1.0, 0.0)
    assert found["width"] == pytest.approx(5)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), ties=st.booleans())
def test_a_job_drawn_twice_counts_as_if_it_stood_there_twice(seed, ties):
    sheet = _sheet(seed, ties=ties)
    counts = resample(6, 1, seed)[0]
    rows, jobs = [], []
    for job, count in enumerate(counts):
        for _ in range(count):
            rows.append(np.flatnonzero(sheet.jobs == job))
            jobs.append(np.full(15, len(jobs)))
    rows, jobs = np.concatenate(rows), np.concatenate(jobs)
    copied = Sheet(sheet.predicted[rows], sheet.scores[rows], jobs, sheet.band[rows]).measure()
    assert sheet.measure(counts) == {
        key: pytest.approx(v, nan_ok=True) for key, v in copied.items()
    }


def test_every_draw_holds_as_many_jobs_as_there_are_and_returns_with_the_seed():
    draws = resample(7, 50, seed=3)
    assert (draws.sum(axis=1) == 7).all()
    assert len(np.unique(draws, axis=0)) > 40
    np.testing.assert_array_equal(draws, resample(7, 50, seed=3))


def test_map_is_worked_out_by_hand():
    scores = np.array([90.0, 10, 70, 20])  # found at places 1 and 3: (1/1 + 2/3) / 2
    found = Sheet(np.array([9.0, 8, 7, 6]), scores, np.zeros(4, dtype=int)).measure()
    assert found["map"] == pytest.approx((1 + 2 / 3) / 2)


def test_what_ties_counts_as_the_mean_over_its_orders():
    guess = np.array([9.0, 5, 5, 5, 2, 2])
    scores = np.array([10.0, 90, 0, 75, 40, 80])
    found = Sheet(guess, scores, np.zeros(6, dtype=int)).measure()
    orders = [[0, *a, *b] for a in permutations((1, 2, 3)) for b in permutations((4, 5))]
    each = [
        Sheet(np.arange(6.0)[::-1], scores[order], np.zeros(6, dtype=int)).measure()
        for order in orders
    ]
    for key in ("ndcg10", "map"):
        assert found[key] == pytest.approx(np.mean([one[key] for one in each]))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_measure_depends_on_the_order_of_rows(seed):
    sheet = _sheet(seed, ties=True)
    rows = np.random.default_rng(seed).permutation(len(sheet.scores))
    moved = Sheet(sheet.predicted[rows], sheet.scores[rows], sheet.jobs[rows], sheet.band[rows])
    assert moved.measure() == {key: pytest.approx(v) for key, v in sheet.measure().items()}


BLANKS = [
    ({"predicted": [5, 5, 5], "scores": [1, 2, 3]}, "pearson", "all predicted scores are equal"),
    ({"predicted": [1, 2, 3], "scores": [5, 5, 5]}, "r2", "all judged scores are equal"),
    ({"predicted": [1, 2, 3], "scores": [5, 5, 5]}, "within_job", "two different judged scores"),
    ({"predicted": [1, 2, 3], "scores": [1, 2, 3]}, "map", "scores of 69 or more"),
    ({"predicted": [1, 2, 3], "scores": [1, 2, 3]}, "coverage", "gives no band"),
    (
        {"predicted": [1, 2, 3], "scores": [1, 2, 3], "points": False},
        "rmse",
        "not fitted to scores",
    ),
]


@pytest.mark.parametrize(("case", "key", "why"), BLANKS)
def test_what_cannot_be_computed_is_nan_with_a_reason(case, key, why):
    arrays = [np.array(case[name], dtype=float) for name in ("predicted", "scores")]
    sheet = Sheet(*arrays, np.zeros(3, dtype=int), points=case.get("points", True))
    assert math.isnan(sheet.measure()[key])
    assert why in why_blank(key, sheet)


def test_constant_predictions_that_rounding_scatters_have_no_correlation():
    found = Sheet(np.full(7, 0.1), np.arange(7.0), np.zeros(7, dtype=int)).measure()
    assert math.isnan(found["pearson"])
    assert found["within_job"] == 0


def test_every_metric_is_measured():
    assert list(_sheet().measure()) == [metric.key for metric in METRICS]
