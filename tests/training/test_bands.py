"""Bands: nine in ten of every group of true scores, on documents that the fit has not seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rolefit.training.bands import KNOTS, described, fit_bands, merged
from rolefit.training.crossfit import MapperSettings, make_cells

SETTINGS = MapperSettings(folds=3)
GROUPS = (25.0, 55.0, 100.0)


def _pairs(seed, documents=60, noise=14.0):
    """Mostly poor matches, and a model that shrinks them to the mean, as weak models do."""
    rng = np.random.default_rng(seed)
    resumes, jobs = np.divmod(np.arange(documents * documents), documents)
    fit = rng.normal(size=documents)[resumes] + rng.normal(size=documents)[jobs]
    scores = np.clip(np.rint(20 + 19 * fit + rng.normal(0, 4, fit.shape)), 0, 100)
    seen = scores + rng.normal(0, noise, scores.shape)
    predicted = np.clip(scores.mean() + 0.7 * (seen - scores.mean()), 0, 100)
    return predicted, scores, resumes.astype(str), jobs.astype(str)


def _cover(bands, predicted, scores):
    low, high = (np.interp(predicted, bands["scores"], bands[end]) for end in ("low", "high"))
    inside = (low <= scores) & (scores <= high)
    group = np.searchsorted(GROUPS[:-1], scores)
    return [inside[group == g].mean() for g in range(3)], (high - low).mean()


@pytest.fixture(scope="module")
def fitted():
    predicted, scores, resumes, jobs = _pairs(1)
    return fit_bands(predicted, scores, make_cells(resumes, jobs, SETTINGS), SETTINGS)


def test_every_group_of_true_scores_is_covered_on_new_documents(fitted):
    covered, _ = _cover(fitted, *_pairs(2)[:2])
    assert all(0.85 <= share <= 0.95 for share in covered), covered


def test_a_band_by_predicted_score_alone_would_miss_the_strong_matches(fitted):
    """Why there are groups: with one group for all, the few strong matches do not count."""
    predicted, scores, resumes, jobs = _pairs(1)
    one = replace(SETTINGS, band_groups=(100.0,))
    bands = fit_bands(predicted, scores, make_cells(resumes, jobs, one), one)
    covered, _ = _cover(bands, *_pairs(2)[:2])
    assert covered[2] < 0.85 < _cover(fitted, *_pairs(2)[:2])[0][2]


def test_a_better_model_gets_narrower_bands(fitted):
    predicted, scores, resumes, jobs = _pairs(1, noise=3.0)
    better = fit_bands(predicted, scores, make_cells(resumes, jobs, SETTINGS), SETTINGS)
    width = {name: np.mean(np.subtract(b["high"], b["low"])) for name, b in
             (("worse", fitted), ("better", better))}  # fmt: skip
    assert width["better"] < 0.6 * width["worse"]


def test_ends_rise_with_the_score_and_hold_it_between_them(fitted):
    low, high = np.array(fitted["low"]), np.array(fitted["high"])
    assert (np.diff(low) >= 0).all()
    assert (np.diff(high) >= 0).all()
    assert ((low <= KNOTS) & (high >= KNOTS)).all()
    assert low.min() >= 0
    assert high.max() <= 100


def test_what_was_covered_in_cross_fitting_is_written_down(fitted):
    assert fitted["groups"] == list(GROUPS)
    assert sum(fitted["pairs"]) == 3_600
    assert all(0.88 <= share <= 0.97 for share in fitted["covered"])


def test_groups_of_few_pairs_join_their_neighbour():
    scores = np.concatenate([np.full(99, 25.0), np.full(60, 40.0), np.full(3, 80.0)])
    assert merged(scores, GROUPS, 2) == [25.0, 55.0, 100.0]
    assert merged(scores, GROUPS, 50) == [25.0, 100.0]
    assert merged(scores, GROUPS, 1_000) == [100.0]


def test_the_line_about_bands_says_what_each_group_has_and_which_were_merged(fitted):
    line = described(fitted, SETTINGS)
    for pairs, covered, name in zip(
        fitted["pairs"], fitted["covered"], ("0-25", "26-55", "56-100"), strict=True
    ):
        assert f"{covered:.1%} of {pairs:,} judged {name}" in line
    assert "merged" not in line
    joined = {"groups": [25.0, 100.0], "pairs": [300, 99], "covered": [0.9, 0.91], "coverage": 0.9}
    assert described(joined, SETTINGS) == (
        "90% band, cross-fitted, covers 90.0% of 300 judged 0-25, 91.0% of 99 judged 26-100; "
        "the groups on both sides of 55 were merged, one has fewer than 50 pairs"
    )


def test_94_strong_matches_are_a_group_of_their_own():
    scores = np.repeat([10.0, 40.0, 80.0], [1_500, 806, 94])
    assert merged(scores, GROUPS, MapperSettings().min_band_pairs) == list(GROUPS)
