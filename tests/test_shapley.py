"""Shapley values add up, treat equals alike, and are exact where the answer is known."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolefit.errors import InputError
from rolefit.shapley import MAX_FEATURES, shapley

Array = npt.NDArray[np.float64]


def curved(x: Array) -> Array:
    """Clipped and with interactions, like a mapper."""
    products = x[:, 0] * x[:, -1] + 3.0 * np.tanh(x.sum(axis=1))
    return np.clip(50.0 + 20.0 * products, 0.0, 100.0)


def by_orders(x: Array, background: Array) -> Array:
    """The definition taken at its word: the mean gain over all orders of letting features in."""
    points = np.zeros(len(x))
    orders = list(permutations(range(len(x))))
    for order in orders:
        rows = background.copy()
        before = curved(rows).mean()
        for i in order:
            rows[:, i] = x[i]
            after = curved(rows).mean()
            points[i] += (after - before) / len(orders)
            before = after
    return points


@given(st.integers(1, 8), st.integers(1, 5), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_base_and_points_add_up_to_the_score(f: int, b: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, background = rng.normal(size=f), rng.normal(size=(b, f))
    base, points = shapley(curved, x, background, rng.uniform(0.1, 2.0, b))
    assert base + points.sum() == pytest.approx(curved(x[None])[0], abs=1e-9)


def test_the_points_are_those_of_the_definition() -> None:
    rng = np.random.default_rng(3)
    x, background = rng.normal(size=5), rng.normal(size=(4, 5))
    base, points = shapley(curved, x, background)
    assert base == pytest.approx(curved(background).mean())
    np.testing.assert_allclose(points, by_orders(x, background), atol=1e-9)


def test_of_a_linear_score_each_feature_has_its_coefficient_times_its_distance() -> None:
    slope = np.array([2.0, -1.0, 0.0])
    background = np.array([[0.0, 1.0, 5.0], [2.0, 3.0, -5.0]])
    base, points = shapley(lambda v: v @ slope, [4.0, 4.0, 9.0], background)
    assert base == pytest.approx(0.0)
    np.testing.assert_allclose(points, [6.0, -2.0, 0.0], atol=1e-12)


def test_a_row_with_weight_two_counts_like_two_rows() -> None:
    rng = np.random.default_rng(5)
    x, rows = rng.normal(size=4), rng.normal(size=(3, 4))
    base, points = shapley(curved, x, rows, [2, 1, 1])
    other_base, other_points = shapley(curved, x, np.vstack([rows[:1], rows]))
    assert base == pytest.approx(other_base)
    np.testing.assert_allclose(points, other_points, atol=1e-9)


def test_an_average_pair_has_no_points() -> None:
    base, points = shapley(curved, [0.3, 0.1], [[0.3, 0.1]])
    assert base == pytest.approx(curved(np.array([[0.3, 0.1]]))[0])
    np.testing.assert_array_equal(points, 0.0)


def test_twelve_features_are_exact_too() -> None:
    rng = np.random.default_rng(7)
    x, background = rng.normal(size=MAX_FEATURES), rng.normal(size=(3, MAX_FEATURES))
    base, points = shapley(curved, x, background)
    assert base + points.sum() == pytest.approx(curved(x[None])[0], abs=1e-9)


@pytest.mark.parametrize(
    ("x", "background", "weights", "message"),
    [
        ([], np.zeros((1, 0)), None, "1 to 12 feature values"),
        (np.zeros(13), np.zeros((1, 13)), None, "1 to 12 feature values"),
        ([0.0], np.zeros((0, 1)), None, "background"),
        ([0.0], np.zeros((2, 3)), None, "background"),
        ([0.0], np.zeros((2, 1)), [1.0], "weights"),
        ([0.0], np.zeros((2, 1)), [0.0, 0.0], "weights"),
        ([0.0], np.zeros((2, 1)), [1.0, -1.0], "weights"),
    ],
)
def test_what_cannot_be_explained_is_refused(
    x: Array, background: Array, weights: list[float] | None, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        shapley(lambda v: v.sum(axis=1), x, background, weights)
