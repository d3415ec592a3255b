"""The mapper's fit: bad rows, the split by document, bands, and what is written."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import PolynomialFeatures

from rolefit.errors import DataError, TrainingError
from rolefit.score import Mapper
from rolefit.training.crossfit import MapperSettings, ensemble_weight, make_cells
from rolefit.training.labels import Texts, read_labels
from rolefit.training.mapper import fit_mapper, save_mapper

TINY = MapperSettings(
    hidden_layers=(6, 4),
    folds=3,
    max_epochs=6,
    learning_rate=0.01,
    batch=32,
    min_band_pairs=40,
)


def _pairs(n_resumes=12, n_jobs=10, n_features=2, seed=0):
    """Every resume with every job: features, scores that rise with the first, and the ids."""
    rng = np.random.default_rng(seed)
    features = rng.uniform(0.0, 1.0, size=(n_resumes * n_jobs, n_features))
    scores = np.clip(90 * features[:, 0] ** 2 + rng.normal(0, 8, len(features)), 0, 100)
    resumes = [f"R{i}" for i in range(n_resumes) for _ in range(n_jobs)]
    jobs = [f"J{j}" for _ in range(n_resumes) for j in range(n_jobs)]
    return features, scores, resumes, jobs


def _fit(features, scores, resumes, jobs, settings=TINY, **options):
    names = [f"f{i}" for i in range(features.shape[1])]
    return fit_mapper(features, names, scores, resumes, jobs, settings, **options)


@pytest.fixture(scope="module")
def fitted():
    return _fit(*_pairs())


def test_a_held_out_pair_shares_no_document_with_the_pairs_fitted_on():
    _, scores, resumes, jobs = _pairs()
    cells = make_cells(resumes, jobs, TINY)
    for fit_on, held_out in cells:
        assert not {resumes[i] for i in fit_on} & {resumes[i] for i in held_out}
        assert not {jobs[i] for i in fit_on} & {jobs[i] for i in held_out}
    every = np.sort(np.concatenate([held_out for _, held_out in cells]))
    assert every.tolist() == list(range(len(scores)))


def test_the_saved_files_score_what_scikit_learn_scores_with_the_saved_numbers(tmp_path, fitted):
    save_mapper(fitted, tmp_path)
    files = {path.name: json.loads(path.read_text()) for path in tmp_path.iterdir()}
    own, saved = files["mapper.json"], files["neural_weights.json"]
    values = np.random.default_rng(1).uniform(-0.5, 1.5, size=(50, 2))
    z = (np.clip(values, own["low"], own["high"]) - own["mean"]) / own["scale"]
    poly = files["poly_features.json"]
    terms = PolynomialFeatures(poly["degree"], include_bias=poly["include_bias"]).fit_transform(z)
    assert terms.shape[1] == poly["n_output_features"]
    ridge = Ridge().fit(terms, np.arange(50.0))
    ridge.coef_ = np.array(files["ridge_weights.json"]["coefficients"])
    ridge.intercept_ = files["ridge_weights.json"]["intercept"]
    network = MLPRegressor(
        hidden_layer_sizes=saved["hidden_layer_sizes"], activation=saved["activation"]
    ).partial_fit(z, np.arange(50.0))
    network.coefs_ = [np.array(c) for c in saved["coefs"]]
    network.intercepts_ = [np.array(b) for b in saved["intercepts"]]
    weight = own["ensemble_weight"]
    expected = weight * ridge.predict(terms) + (1 - weight) * network.predict(z)
    scores = Mapper.load(tmp_path).score(values)
    np.testing.assert_allclose(scores, np.clip(expected, 0, 100), rtol=0, atol=1e-9)
    assert scores.tolist() == fitted.mapper.score(values).tolist()


def test_the_same_rows_give_the_same_files(fitted):
    assert _fit(*_pairs()).files == fitted.files


def test_the_fit_beats_the_mean_score_on_unseen_documents(fitted):
    features, scores, _, _ = _pairs(seed=9)
    error = np.sqrt(np.mean((fitted.mapper.score(features) - scores) ** 2))
    assert error < 0.6 * scores.std()
    assert fitted.rmse < 0.6 * scores.std()


def test_the_counts_of_what_it_was_fitted_on_are_kept(fitted):
    assert fitted.files["mapper.json"]["fitted_on"] == {"pairs": 120, "resumes": 12, "jobs": 10}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("sign", [1, -1])
def test_a_one_feature_score_never_turns_against_its_feature(seed, sign):
    features, scores, resumes, jobs = _pairs(n_features=1, seed=seed)
    # A hump: the best cosines score lower, as a few odd pairs can make it seem.
    scores = np.where(features[:, 0] > 0.9, 20.0, scores)
    mapper = _fit(sign * features, scores, resumes, jobs).mapper
    curve = mapper.score(sign * np.linspace(-0.2, 1.2, 3_001)[:, None])
    assert np.diff(curve).min() > -0.01
    assert curve[-1] > curve[0] + 15


def test_out_of_fold_scores_are_of_the_weight_and_range_that_are_kept(monkeypatch):
    features, scores, resumes, jobs = _pairs(n_features=1)
    kept = {"low": [0.2], "high": [0.6], "ensemble_weight": 1.0}
    monkeypatch.setattr("rolefit.training.mapper._monotone_range", lambda *_: kept)
    found = _fit(features, scores, resumes, jobs)
    assert found.files["mapper.json"] | kept == found.files["mapper.json"]
    for fit_on, held_out in make_cells(resumes, jobs, TINY):
        x = (features - features.mean()) / features.std()
        read = (np.clip(features, 0.2, 0.6) - features.mean()) / features.std()
        cubic = PolynomialFeatures(3, include_bias=False)
        ridge = Ridge(found.alpha).fit(cubic.fit_transform(x[fit_on]), scores[fit_on])
        expected = np.clip(ridge.predict(cubic.transform(read[held_out])), 0, 100)
        assert found.out_of_fold[held_out] == pytest.approx(expected, abs=1e-6)
    assert found.rmse == pytest.approx(np.sqrt(np.mean((found.out_of_fold - scores) ** 2)))


def test_scores_are_held_at_their_ceilings_before_bands_are_fitted():
    features, scores, resumes, jobs = _pairs()
    ceilings = np.where(np.arange(len(scores)) % 3 == 0, 30.0, 100.0)
    free = _fit(features, scores, resumes, jobs)
    held = _fit(features, scores, resumes, jobs, ceilings=ceilings)
    assert held.out_of_fold.tolist() == np.minimum(free.out_of_fold, ceilings).tolist()
    assert held.files["mapper.json"]["bands"] != free.files["mapper.json"]["bands"]
    assert held.rmse > free.rmse


def test_a_constant_feature_changes_nothing_and_breaks_nothing():
    features, scores, resumes, jobs = _pairs(n_features=1)
    features = np.hstack([features, np.full_like(features, 0.3)])
    mapper = _fit(features, scores, resumes, jobs).mapper
    assert mapper.score([[0.5, 0.3]]).tolist() == mapper.score([[0.5, 99.0]]).tolist()


def test_the_ensemble_weight_is_the_least_squares_one_within_0_and_1():
    truth = np.array([10.0, 40.0, 90.0])
    off = np.array([1.0, -2.0, 3.0])
    assert ensemble_weight(truth, truth + off, truth - 3 * off) == pytest.approx(0.75)
    assert ensemble_weight(truth, truth + off, truth + 2 * off) == 1.0
    assert ensemble_weight(truth, truth + 2 * off, truth + off) == 0.0
    assert ensemble_weight(truth, truth + off, truth + off) == 0.5


def test_bands_hold_nine_in_ten_pairs_of_new_documents(fitted):
    features, scores, _, _ = _pairs(seed=11, n_resumes=40)
    band = fitted.mapper.band(fitted.mapper.score(features))
    inside = (scores >= band[:, 0]) & (scores <= band[:, 1])
    assert 0.85 <= inside.mean() <= 0.98


def test_bands_can_be_fitted_to_the_less_noisy_of_the_scores():
    features, scores, resumes, jobs = _pairs(n_resumes=24, n_jobs=20, seed=5)
    noisy = np.array([int(resume[1:]) % 2 == 1 for resume in resumes])
    shaken = np.random.default_rng(1).normal(0, 25, len(scores))
    scores = np.clip(scores + np.where(noisy, shaken, 0.0), 0, 100)
    of_all = _fit(features, scores, resumes, jobs)
    of_some = _fit(features, scores, resumes, jobs, band_rows=np.flatnonzero(~noisy).tolist())
    assert (of_all.out_of_fold == of_some.out_of_fold).all()
    middle = np.array([30.0, 45.0, 60.0])
    all_wide, some_wide = (
        float(np.diff(fitted.mapper.band(middle)).mean()) for fitted in (of_all, of_some)
    )
    assert some_wide < 0.8 * all_wide


def _broken(change):
    features, scores, resumes, jobs = _pairs()
    rows = {"features": features, "scores": scores, "resumes": resumes, "jobs": jobs}
    return rows | change(rows)


BROKEN = [
    (lambda r: {k: v[:49] for k, v in r.items()}, "at least 50 pairs to fit on, got 49"),
    (lambda r: {"scores": np.full(120, 7.0)}, r"all 120 scores are 7\.0"),
    (lambda r: {"scores": r["scores"] + 90}, r"scores are not from 0 to 100, the first is"),
    (lambda r: {"scores": r["scores"] * np.nan}, "120 scores are not from 0 to 100"),
    (lambda r: {"scores": r["scores"][:-1]}, "got 120, 119, 120, 120"),
    (lambda r: {"jobs": r["jobs"][:-2]}, "got 120, 120, 120, 118"),
    (lambda r: {"resumes": ["R1", "R2"] * 60}, "at least 3 different resumes, got 2"),
    (lambda r: {"jobs": ["J1"] * 120}, "at least 3 different jobs, got 1"),
    (
        lambda r: {"features": np.where(np.arange(240).reshape(120, 2) == 7, np.nan, 1.0)},
        "1 feature values are NaN or infinite, the first is f1 of row 3",
    ),
    (
        lambda r: {"resumes": ["R1"] * 118 + ["R2", "R3"], "jobs": ["J1"] * 118 + ["J2", "J3"]},
        "too few pairs share no document",
    ),
]


@pytest.mark.parametrize(("change", "says"), BROKEN)
def test_rows_that_cannot_carry_a_fit_are_refused_with_numbers(change, says):
    with pytest.raises(DataError, match=says):
        _fit(**_broken(change))


def test_feature_names_must_fit_the_columns():
    features, scores, resumes, jobs = _pairs()
    with pytest.raises(DataError, match=r"features \(n, 1\).*got shape \(120, 2\)"):
        fit_mapper(features, ["cosine"], scores, resumes, jobs, TINY)


def test_files_over_half_a_mebibyte_are_not_written(tmp_path, fitted):
    files = fitted.files | {"ridge_weights.json": {"coefficients": [0.123456789] * 50_000}}
    with pytest.raises(TrainingError, match="at most 524,288 are allowed"):
        save_mapper(replace(fitted, files=files), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def _write(path, rows):
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


def _texts(folder):
    """Two resumes and a job."""
    sides = {"resumes": ("R1", "R2"), "jobs": ("J1",)}
    return Texts(*(
        _write(folder / f"{side}.jsonl", [{"id": name, "text": f"Text {name}."} for name in names])
        for side, names in sides.items()
    ))  # fmt: skip


def test_labels_are_read_in_order(tmp_path):
    rows = [
        {"block": "b", "resume": "R2", "job": "J1", "score": 5},
        {"block": "b", "resume": "R1", "job": "J1", "score": 70.5},
    ]
    labels = read_labels([_write(tmp_path / "a.jsonl", rows)], _texts(tmp_path))
    assert (labels.resumes, labels.jobs) == (("R2", "R1"), ("J1", "J1"))
    assert labels.scores.tolist() == [5.0, 70.5]


def test_no_label_files_are_no_labels(tmp_path):
    assert read_labels([], _texts(tmp_path)).scores.shape == (0,)


def test_label_rows_marked_reserved_are_never_read(tmp_path):
    rows = [
        {"resume": "R9", "job": "J1", "score": 5, "reserved": True},
        {"resume": "R1", "job": "J1", "score": 7, "reserved": False},
        {"resume": "R2", "job": "J1", "score": 8},
    ]
    labels = read_labels([_write(tmp_path / "a.jsonl", rows)], _texts(tmp_path))
    assert (labels.resumes, labels.reserved) == (("R1", "R2"), 1)


def test_label_rows_that_cannot_be_used_are_all_listed_with_their_lines(tmp_path):
    rows = [
        {"resume": "R1", "job": "J1", "score": 5},
        {"resume": "R9", "job": "J1", "score": 5},
        {"resume": "R1", "job": "J9", "score": 5},
        {"resume": "R2", "job": "J1", "score": 101},
        {"resume": "R2", "job": "J1", "score": True},
        {"resume": 1, "job": "J1", "score": 5},
        ["R1", "J1", 5],
        {"resume": "R1", "job": "J1", "score": 6},
    ]
    with pytest.raises(DataError) as caught:
        read_labels([_write(tmp_path / "a.jsonl", rows)], _texts(tmp_path))
    message = str(caught.value)
    assert message.startswith("7 of 8 rows cannot be used")
    for says in (
        "line 2: unknown resume 'R9'",
        "line 3: unknown job 'J9'",
        "line 4: expected a score from 0 to 100, got 101",
        "line 5: expected a score from 0 to 100, got True",
        "line 6: unknown resume '1'",
        "line 7: expected an object",
        "line 8: the same resume and job already stand at",
    ):
        assert says in message
    kept = read_labels([tmp_path / "a.jsonl", _write(tmp_path / "b.jsonl", [
        {"resume": "R2", "job": "J1", "score": 9},
    ])], _texts(tmp_path), skip_bad_rows=True)  # fmt: skip
    assert (kept.resumes, len(kept.skipped)) == (("R1", "R2"), 7)
