"""score.py against scikit-learn, and against files that are not what they should be."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import Ridge
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import PolynomialFeatures

from rolefit.errors import BundleError, InputError
from rolefit.score import MAX_BYTES, Mapper

ACTIVATIONS = ("relu", "tanh", "logistic", "identity")


def _sklearn(rng, n_features, degree, bias, hidden, activation, reads_terms):
    """Fitted scikit-learn estimators; the network's weights are drawn, which is quicker."""
    x = rng.normal(size=(30, n_features))
    polynomial = PolynomialFeatures(degree, include_bias=bias)
    terms = polynomial.fit_transform(x)
    ridge = Ridge(alpha=1.0).fit(terms, 50 + 10 * x[:, 0])
    network = MLPRegressor(
        hidden_layer_sizes=hidden, activation=activation, batch_size=30, random_state=0
    )
    inputs = terms if reads_terms else x
    network.partial_fit(inputs, np.ones(30))
    network.intercepts_[-1] = network.intercepts_[-1] + 50
    return polynomial, ridge, network


def _files(polynomial, ridge, network, own=None) -> dict[str, Any]:
    files = {
        "poly_features.json": {
            "degree": polynomial.degree,
            "include_bias": polynomial.include_bias,
            "n_features_in": polynomial.n_features_in_,
            "n_output_features": polynomial.n_output_features_,
        },
        "ridge_weights.json": {
            "alpha": ridge.alpha,
            "coefficients": ridge.coef_.tolist(),
            "intercept": float(ridge.intercept_),
            "n_features_in": ridge.n_features_in_,
        },
        "neural_weights.json": {
            "hidden_layer_sizes": list(network.hidden_layer_sizes),
            "activation": network.activation,
            "coefs": [c.tolist() for c in network.coefs_],
            "intercepts": [b.tolist() for b in network.intercepts_],
            "n_features_in": network.n_features_in_,
        },
    }
    return files | ({"mapper.json": own} if own else {})


def _own(n_features: int, **changes: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "features": [f"f{i}" for i in range(n_features)],
        "low": [-1.5] * n_features,
        "high": [2.0] * n_features,
        "mean": [0.25] * n_features,
        "scale": [1.5] * n_features,
        "ensemble_weight": 0.3,
        "bands": {"coverage": 0.9, "upper": [25, 55, 100], "half_width": [5, 10, 20.5]},
        "fitted_on": {"pairs": 100, "resumes": 10, "jobs": 10},
    } | changes


@pytest.fixture(scope="module")
def cosine_files() -> dict[str, Any]:
    """A mapper from elsewhere: one feature, no mapper.json."""
    return _files(*_sklearn(np.random.default_rng(3), 1, 3, True, (4, 3), "relu", True))


@pytest.fixture(scope="module")
def own_files() -> dict[str, Any]:
    parts = _sklearn(np.random.default_rng(3), 2, 2, False, (4, 3), "relu", False)
    return _files(*parts, own=_own(2))


def _write(folder: Path, files: dict[str, Any]) -> Path:
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    n_features=st.integers(1, 5),
    degree=st.integers(1, 4),
    bias=st.booleans(),
    hidden=st.lists(st.integers(1, 6), max_size=3),
    activation=st.sampled_from(ACTIVATIONS),
    reads_terms=st.booleans(),
    weight=st.sampled_from([0.0, 0.3, 1.0]),
)
def test_scores_equal_those_of_scikit_learn(
    seed, n_features, degree, bias, hidden, activation, reads_terms, weight
):
    rng = np.random.default_rng(seed)
    polynomial, ridge, network = _sklearn(
        rng, n_features, degree, bias, tuple(hidden), activation, reads_terms
    )
    own = _own(n_features, ensemble_weight=weight)
    mapper = Mapper.from_json(_files(polynomial, ridge, network, own), "here")
    values = rng.normal(size=(20, n_features)) * 2
    z = (np.clip(values, -1.5, 2.0) - 0.25) / 1.5
    terms = polynomial.transform(z)
    inputs = z if network.n_features_in_ == n_features else terms
    expected = weight * ridge.predict(terms) + (1 - weight) * network.predict(inputs)
    np.testing.assert_allclose(mapper.score(values), np.clip(expected, 0, 100), rtol=0, atol=1e-9)


@pytest.mark.parametrize(("n_features", "degree"), [(1, 3), (2, 5), (4, 3), (7, 2)])
@pytest.mark.parametrize("bias", [True, False])
def test_polynomial_terms_come_in_the_order_of_scikit_learn(n_features, degree, bias):
    rng = np.random.default_rng(0)
    parts = _sklearn(rng, n_features, degree, bias, (2,), "relu", False)
    mapper = Mapper.from_json(_files(*parts, own=_own(n_features)), "here")
    z = rng.normal(size=(9, n_features))
    np.testing.assert_allclose(mapper._terms(z), parts[0].transform(z), rtol=1e-12)


def test_files_from_elsewhere_score_the_cosine_with_the_plain_average(tmp_path, cosine_files):
    polynomial, ridge, network = _sklearn(
        np.random.default_rng(3), 1, 3, True, (4, 3), "relu", True
    )
    mapper = Mapper.load(_write(tmp_path, cosine_files))
    cosines = np.linspace(-1, 1, 21)[:, None]
    terms = polynomial.transform(cosines)
    expected = (ridge.predict(terms) + network.predict(terms)) / 2
    assert mapper.feature_names == ("cosine",)
    np.testing.assert_allclose(mapper.score(cosines), expected, rtol=0, atol=1e-9)


def test_files_from_elsewhere_have_the_full_range_as_their_band(tmp_path, cosine_files):
    mapper = Mapper.load(_write(tmp_path, cosine_files))
    assert mapper.band([0.0, 42.0, 100.0]).tolist() == [[0.0, 100.0]] * 3


def test_a_ridge_fitted_on_a_two_dimensional_target_loads(cosine_files):
    nested = copy.deepcopy(cosine_files)
    ridge = nested["ridge_weights.json"]
    ridge["coefficients"], ridge["intercept"] = [ridge["coefficients"]], [ridge["intercept"]]
    x = [[0.1], [0.7]]
    plain = Mapper.from_json(cosine_files, "here").score(x)
    assert Mapper.from_json(nested, "here").score(x).tolist() == plain.tolist()


def test_a_row_scores_the_same_alone_and_among_thousands(own_files):
    mapper = Mapper.from_json(own_files, "here")
    values = np.random.default_rng(5).normal(size=(5_000, 2))
    together = mapper.score(values)
    for row in (0, 1, 2_047, 2_048, 4_999):
        assert mapper.score(values[row : row + 1])[0] == together[row]


def test_no_rows_give_no_scores(own_files):
    mapper = Mapper.from_json(own_files, "here")
    assert mapper.score(np.empty((0, 2))).shape == (0,)
    assert mapper.band([]).shape == (0, 2)


def test_scores_stay_within_0_and_100_and_inputs_within_the_fitted_range(own_files):
    mapper = Mapper.from_json(own_files, "here")
    scores = mapper.score([[1e9, 1e9], [2.0, 2.0], [-1e9, 1e9], [-1.5, 2.0]])
    assert scores[0] == scores[1]
    assert scores[2] == scores[3]
    wild = copy.deepcopy(own_files)
    for intercept, end in ((1e6, 100.0), (-1e6, 0.0)):
        wild["ridge_weights.json"]["intercept"] = intercept
        assert Mapper.from_json(wild, "here").score([[0.0, 0.0]]).tolist() == [end]


def test_a_band_has_the_half_width_of_its_interval_and_ends_at_0_and_100(own_files):
    bands = Mapper.from_json(own_files, "here").band([2.0, 25.0, 25.01, 55.0, 70.0, 99.0])
    assert bands.round(2).tolist() == [
        [0.0, 7.0], [20.0, 30.0], [15.01, 35.01], [45.0, 65.0], [49.5, 90.5], [78.5, 100.0],
    ]  # fmt: skip


def test_a_band_of_knots_runs_straight_between_them(own_files):
    own = own_files["mapper.json"] | {
        "bands": {"scores": [0, 40, 100], "low": [0, 20, 70], "high": [12, 80, 100]}
    }
    bands = Mapper.from_json(own_files | {"mapper.json": own}, "here").band([0, 20, 40, 70, 100])
    assert bands.tolist() == [[0, 12], [10, 46], [20, 80], [45, 90], [70, 100]]


def test_values_that_are_not_finite_or_of_another_width_are_refused(own_files):
    mapper = Mapper.from_json(own_files, "here")
    with pytest.raises(InputError, match="got 1 NaN or infinite"):
        mapper.score([[0.0, float("nan")]])
    with pytest.raises(InputError, match=r"expected shape \(n, 2\) for f0, f1; got \(1, 3\)"):
        mapper.score([[0.0, 0.0, 0.0]])


WRONG = [
    ("poly_features.json", "degree", 2.5, "whole number from 1 to 10, got 2.5"),
    ("poly_features.json", "degree", 10**9, "whole number from 1 to 10"),
    ("poly_features.json", "degree", True, "got True"),
    ("poly_features.json", "n_output_features", 6, "expected 5, got 6"),
    ("poly_features.json", "include_bias", 1, "true or false, got 1"),
    ("ridge_weights.json", "n_features_in", 4, "expected 5, got 4"),
    ("ridge_weights.json", "coefficients", [1.0] * 4, r"shape \(5,\) or \(1, 5\), got shape \(4,"),
    ("ridge_weights.json", "coefficients", [1.0] * 4 + [float("nan")], "finite numbers"),
    ("ridge_weights.json", "coefficients", [1.0] * 4 + ["1"], "finite numbers"),
    ("ridge_weights.json", "coefficients", [1.0] * 4 + [True], "finite numbers"),
    ("ridge_weights.json", "coefficients", [10**400] * 5, "finite numbers"),
    ("ridge_weights.json", "coefficients", [[1.0, 2.0], [1.0]], "finite numbers"),
    ("ridge_weights.json", "intercept", None, "finite numbers"),
    ("ridge_weights.json", "intercept", [1.0, 2.0], r"shape \(\) or \(1,\), got shape \(2,\)"),
    ("ridge_weights.json", "alpha", "big", "finite numbers"),
    ("neural_weights.json", "activation", "softmax", "one of relu, tanh, logistic, identity"),
    ("neural_weights.json", "activation", [], "one of relu"),
    ("neural_weights.json", "n_features_in", 3, r"2 \(features\) or 5 \(polynomial terms\), got 3"),
    ("neural_weights.json", "hidden_layer_sizes", [4, 0], "whole numbers from 1"),
    ("neural_weights.json", "hidden_layer_sizes", [4], "coefs: expected a list of 2"),
    ("neural_weights.json", "hidden_layer_sizes", [4, 4], r"shape \(4, 4\), got shape \(4, 3\)"),
    ("neural_weights.json", "intercepts", [], "a list of 3"),
    ("neural_weights.json", "intercepts", [None, None, None], "finite numbers"),
    ("mapper.json", "format", 2, "format: expected 1, got 2"),
    ("mapper.json", "features", ["f0"], "a list of 2"),
    ("mapper.json", "features", ["f0", "f0"], "names, each once"),
    ("mapper.json", "low", [3.0, 0.0], "no number above that of `high`"),
    ("mapper.json", "scale", [0.0, 1.0], "numbers above 0"),
    ("mapper.json", "ensemble_weight", 1.5, "a number from 0 to 1"),
    ("mapper.json", "bands", [], "bands: expected an object"),
    ("mapper.json", "bands", {"upper": [25, 90], "half_width": [1, 2]}, "bands.upper"),
    ("mapper.json", "bands", {"upper": [50, 50, 100], "half_width": [1, 2, 3]}, "rising"),
    ("mapper.json", "bands", {"upper": [], "half_width": []}, "end with 100"),
    ("mapper.json", "bands", {"upper": [100], "half_width": [-1]}, "bands.half_width"),
    ("mapper.json", "bands", {"upper": [100]}, "bands.half_width: expected this field, got none"),
    ("mapper.json", "bands", {"scores": [0, 90], "low": [0, 0], "high": [1, 1]}, "from 0 to 100"),
    ("mapper.json", "bands", {"scores": [0, 100], "low": [0, 2], "high": [1, 1]}, "bands.low"),
    ("mapper.json", "bands", {"scores": [0, 100], "low": [0], "high": [1, 1]}, "bands.low"),
    ("mapper.json", "bands", {}, "bands.scores: expected this field, got none"),
]


@pytest.mark.parametrize(("file", "field", "value", "says"), WRONG)
def test_a_wrong_field_is_refused_by_file_and_name(tmp_path, own_files, file, field, value, says):
    files = copy.deepcopy(own_files)
    files[file][field] = value
    with pytest.raises(BundleError, match=says) as caught:
        Mapper.load(_write(tmp_path, files))
    assert file in str(caught.value)


def test_every_field_that_scoring_needs_is_missed(own_files):
    for file, content in own_files.items():
        for field in content.keys() - {"fitted_on"}:
            files = copy.deepcopy(own_files)
            del files[file][field]
            with pytest.raises(BundleError, match=f"{file}: {field}: expected this field"):
                Mapper.from_json(files, "here")


@pytest.mark.parametrize("text", ["", "[1", "[]", "null", "\xff", "[" * 100_000])
def test_a_file_that_is_not_a_json_object_is_refused(tmp_path, own_files, text):
    folder = _write(tmp_path, own_files)
    (folder / "ridge_weights.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(BundleError, match=r"ridge_weights\.json"):
        Mapper.load(folder)


def test_numbers_nested_without_end_are_refused(tmp_path, own_files):
    folder = _write(tmp_path, own_files)
    text = json.dumps(own_files["ridge_weights.json"] | {"intercept": "X"})
    (folder / "ridge_weights.json").write_text(text.replace('"X"', "[" * 900 + "]" * 900))
    with pytest.raises(BundleError, match=r"ridge_weights\.json"):
        Mapper.load(folder)


def test_a_missing_file_is_named(tmp_path, own_files):
    folder = _write(tmp_path, own_files)
    (folder / "neural_weights.json").unlink()
    with pytest.raises(BundleError, match=r"neural_weights\.json: expected a file of the mapper"):
        Mapper.load(folder)


def test_a_file_over_half_a_mebibyte_is_refused_unread(tmp_path, own_files):
    folder = _write(tmp_path, own_files)
    (folder / "mapper.json").write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(BundleError, match="at most 524,288 bytes, got 524,289"):
        Mapper.load(folder)


def test_several_features_without_a_mapper_json_to_name_them_are_refused(tmp_path, own_files):
    folder = _write(tmp_path, own_files)
    (folder / "mapper.json").unlink()
    with pytest.raises(BundleError, match=r"n_features_in: expected 1, as no mapper\.json names"):
        Mapper.load(folder)


def test_scoring_imports_neither_scikit_learn_nor_torch():
    code = "import rolefit.score, sys; sys.exit(not {'sklearn', 'torch'}.isdisjoint(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
