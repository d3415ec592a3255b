"""features -> 0-100 and band: polynomial, Ridge and network read from JSON, numpy only.

    x = clip(values, low, high)                                  (n, k)
    z = (x - mean) / scale                                       (n, k)
    p = every product of up to `degree` of the z's               (n, terms), scikit-learn's order
    score = clip(w * ridge(p) + (1 - w) * network(z or p), 0, 100)

Clipping `x` to the range the mapper was fitted on keeps a cubic from running away where it has seen
nothing. `poly_features.json`, `ridge_weights.json` and `neural_weights.json` hold scikit-learn's
own attributes; `mapper.json` is ours and holds the rest. Without `mapper.json` the other three are
a mapper from elsewhere: one feature, the cosine, neither clipped nor scaled, w = 1/2, and a band
that is always the full (0, 100), because nothing is known about its errors.
"""

from __future__ import annotations

import json
import math
import reprlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt

from rolefit.bundle import FILES, MAPPER_FILES
from rolefit.errors import BundleError, InputError

Float64Array = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.intp]

FORMAT = 1
MAX_BYTES = 512 * 1024  # of one file
_MAX_DEGREE = 10
_MAX_TERMS = 50_000  # no file of MAX_BYTES holds the weights of many more
_CHUNK = 2_048  # rows at a time, so that millions of pairs need no more memory than thousands
# The order in which BLAS adds up depends on how many rows it gets. Rounding what lies 14 digits
# down lets equal rows tie, whether they are scored alone or among others.
_DECIMALS = 10

_LIMIT = float(np.finfo(np.float64).max)
# Stands in for the `mapper.json` of a mapper from elsewhere: nothing is clipped, and every band is
# the full range.
_FOREIGN: dict[str, Any] = {
    "format": FORMAT,
    "features": ["cosine"],
    "low": [-_LIMIT],
    "high": [_LIMIT],
    "mean": [0.0],
    "scale": [1.0],
    "ensemble_weight": 0.5,
    "bands": {"scores": [0.0, 100.0], "low": [0.0, 0.0], "high": [100.0, 100.0]},
}

_ACTIVATIONS: dict[str, Callable[[Float64Array], Float64Array]] = {
    "relu": lambda x: np.maximum(x, 0.0),
    "tanh": np.tanh,
    "logistic": lambda x: 0.5 * (1.0 + np.tanh(0.5 * x)),  # the same function without overflow
    "identity": lambda x: x,
}


@dataclass(frozen=True, slots=True, eq=False)
class Mapper:
    """Features of pairs -> scores. Immutable; safe to share between threads."""

    feature_names: tuple[str, ...]
    include_bias: bool
    # Degree 2 and up: a term is term `parents[i]` of one degree less times feature `factors[i]`.
    steps: tuple[tuple[IndexArray, IndexArray], ...]
    coefficients: Float64Array  # (terms,) of the Ridge
    intercept: float
    activation: str
    layers: tuple[tuple[Float64Array, Float64Array], ...]  # (inputs, outputs), (outputs,)
    network_reads_terms: bool  # the polynomial's terms, or else the k scaled features
    ensemble_weight: float  # of the Ridge; the network has the rest
    low: Float64Array  # (k,) inputs are clipped to [low, high]
    high: Float64Array
    mean: Float64Array  # (k,)
    scale: Float64Array
    band_scores: Float64Array  # (knots,) rising; between two knots a band's ends run straight
    band_low: Float64Array  # (knots,)
    band_high: Float64Array  # (knots,)

    @classmethod
    def load(cls, folder: Path, prefix: str = "") -> Mapper:
        """Read the mapper's JSON files of a bundle. Raises BundleError naming file and field.

        `prefix` stands before the file names: FILES.cosine_prefix for the cosine-only mapper.
        """
        names = [n for n in MAPPER_FILES if n != FILES.mapper or (folder / (prefix + n)).exists()]
        return cls.from_json({name: _read(folder / (prefix + name)) for name in names}, str(folder))

    @classmethod
    def from_json(cls, files: Mapping[str, Any], where: str) -> Mapper:
        """Build from the parsed files, `{file name: content}`; `where` is for messages."""
        poly = _Fields(where, FILES.poly, files[FILES.poly])
        k = poly.integer("n_features_in", 1, 1_000)
        if FILES.mapper not in files and k != 1:
            poly.refuse("n_features_in", f"1, as no {FILES.mapper} names the features", k)
        degree = poly.integer("degree", 1, _MAX_DEGREE)
        include_bias = poly.get("include_bias")
        if type(include_bias) is not bool:
            poly.refuse("include_bias", "true or false", include_bias)
        terms = math.comb(k + degree, degree) - (not include_bias)
        if terms > _MAX_TERMS:
            poly.refuse("degree", f"at most {_MAX_TERMS} terms", terms)
        poly.integer("n_output_features", terms, terms)
        ridge = _Fields(where, FILES.ridge, files[FILES.ridge])
        ridge.integer("n_features_in", terms, terms)
        ridge.array("alpha")  # how it was fitted; scoring does not need it
        return cls(
            include_bias=include_bias,
            steps=_term_steps(k, degree),
            coefficients=ridge.array("coefficients", (terms,), (1, terms)).reshape(terms),
            intercept=float(ridge.array("intercept", (), (1,)).reshape(())),
            **_network_fields(_Fields(where, FILES.neural, files[FILES.neural]), k, terms),
            **_own_fields(_Fields(where, FILES.mapper, files.get(FILES.mapper, _FOREIGN)), k),
        )

    def score(self, values: npt.ArrayLike) -> Float64Array:
        """Scores (n,) from 0 to 100 of `values` (n, k), columns in the order of `feature_names`.

        Raises InputError on another shape and on values that are not finite.
        """
        x = _finite("feature values", values)
        if x.ndim != 2 or x.shape[1] != len(self.feature_names):
            raise InputError(
                f"feature values: expected shape (n, {len(self.feature_names)}) for "
                f"{', '.join(self.feature_names)}; got {x.shape}"
            )
        parts = [self._raw(x[start : start + _CHUNK]) for start in range(0, len(x), _CHUNK)]
        raw = _finite("scores computed from them", np.concatenate([np.empty(0), *parts]))
        return raw.clip(0.0, 100.0).round(_DECIMALS)

    def _raw(self, x: Float64Array) -> Float64Array:
        """(n, k) -> (n,), not yet clipped to 0-100."""
        with np.errstate(over="ignore", invalid="ignore"):  # `score` looks at the result
            z = (np.clip(x, self.low, self.high) - self.mean) / self.scale
            terms = self._terms(z)
            ridge = terms @ self.coefficients + self.intercept
            hidden = terms if self.network_reads_terms else z
            for weight, bias in self.layers[:-1]:
                hidden = _ACTIVATIONS[self.activation](hidden @ weight + bias)
            weight, bias = self.layers[-1]  # the output is linear
            network = (hidden @ weight + bias)[:, 0]
            return self.ensemble_weight * ridge + (1.0 - self.ensemble_weight) * network

    def _terms(self, z: Float64Array) -> Float64Array:
        """(n, k) -> (n, terms) in the order of scikit-learn's PolynomialFeatures."""
        levels = [z]
        for parents, factors in self.steps:
            levels.append(levels[-1][:, parents] * z[:, factors])
        ones = [np.ones((len(z), 1))] if self.include_bias else []
        return np.concatenate([*ones, *levels], axis=1)

    def band(self, scores: npt.ArrayLike) -> Float64Array:
        """(n, 2): where the judge's score lies 9 times in 10, for `scores` (n,); within 0-100.

        A mapper without `mapper.json` knows nothing of its errors: its band is always (0, 100).
        """
        middle = _finite("scores", scores)
        ends = [np.interp(middle, self.band_scores, end) for end in (self.band_low, self.band_high)]
        return np.clip(np.stack(ends, axis=-1), 0.0, 100.0)


class _Fields:
    """The fields of one JSON object; what does not fit is a BundleError naming file and field."""

    def __init__(self, where: str, file: str, payload: Any, prefix: str = "") -> None:
        self.where, self.name, self.prefix = where, file, prefix
        if not isinstance(payload, dict):
            self.refuse("", "an object", payload)
        self.payload: dict[str, Any] = payload

    def refuse(self, field: str, expected: str, got: Any) -> NoReturn:
        shown = got[:60] if isinstance(got, str) else reprlib.repr(got)
        raise BundleError(
            f"{self.where}: {self.name}: {(self.prefix + field).strip('.') or 'content'}: expected "
            f"{expected}, got {shown}. Copy the bundle again, or train its mapper again"
        )

    def get(self, field: str) -> Any:
        if field not in self.payload:
            self.refuse(field, "this field", "none")
        return self.payload[field]

    def integer(self, field: str, low: int, high: int) -> int:
        value = self.get(field)
        if type(value) is not int or not low <= value <= high:
            span = f"{low}" if low == high else f"a whole number from {low} to {high}"
            self.refuse(field, span, value)
        return value

    def items(self, field: str, length: int) -> list[Any]:
        value = self.get(field)
        if not isinstance(value, list) or len(value) != length:
            self.refuse(field, f"a list of {length}", value)
        return value

    def array(self, field: str, *shapes: tuple[int, ...], value: Any = None) -> Float64Array:
        """The field (or `value`, a part of it) as finite float64 of one of `shapes`, if given."""
        value = self.get(field) if value is None else value
        try:
            numeric = _leaf_types(value) <= {int, float}
            array = np.array(value if numeric else None, dtype=np.float64)
        except (ValueError, OverflowError, RecursionError):
            numeric = False
        if not numeric or not np.isfinite(array).all():
            self.refuse(field, "finite numbers in rows of one length", value)
        if shapes and array.shape not in shapes:
            self.refuse(field, f"shape {' or '.join(map(str, shapes))}", f"shape {array.shape}")
        return array


def _leaf_types(value: Any) -> set[type]:
    if not isinstance(value, list):
        return {type(value)}
    if any(isinstance(item, list) for item in value):
        return set().union(*map(_leaf_types, value))
    return set(map(type, value))  # the quick way for a row of numbers


def _term_steps(k: int, degree: int) -> tuple[tuple[IndexArray, IndexArray], ...]:
    steps = []
    lower: dict[tuple[int, ...], int] = {(i,): i for i in range(k)}
    for size in range(2, degree + 1):
        terms = list(combinations_with_replacement(range(k), size))
        parents = np.array([lower[term[:-1]] for term in terms])
        steps.append((parents, np.array([term[-1] for term in terms])))
        lower = {term: i for i, term in enumerate(terms)}
    return tuple(steps)


def _network_fields(fields: _Fields, k: int, terms: int) -> dict[str, Any]:
    n_inputs = fields.integer("n_features_in", 1, _MAX_TERMS)
    if n_inputs not in (k, terms):
        fields.refuse("n_features_in", f"{k} (features) or {terms} (polynomial terms)", n_inputs)
    activation = fields.get("activation")
    if activation not in list(_ACTIVATIONS):
        fields.refuse("activation", f"one of {', '.join(_ACTIVATIONS)}", activation)
    hidden = fields.get("hidden_layer_sizes")
    hidden = hidden if isinstance(hidden, list) else [hidden]  # scikit-learn takes a bare number
    if any(type(size) is not int or size < 1 for size in hidden):
        fields.refuse("hidden_layer_sizes", "whole numbers from 1", hidden)
    shapes = list(zip([n_inputs, *hidden], [*hidden, 1], strict=True))
    coefs = zip(fields.items("coefs", len(shapes)), shapes, strict=True)
    intercepts = zip(fields.items("intercepts", len(shapes)), shapes, strict=True)
    weights = [fields.array("coefs", shape, value=value) for value, shape in coefs]
    biases = [fields.array("intercepts", shape[1:], value=value) for value, shape in intercepts]
    layers = tuple(zip(weights, biases, strict=True))
    return {"activation": activation, "layers": layers, "network_reads_terms": n_inputs == terms}


def _own_fields(own: _Fields, k: int) -> dict[str, Any]:
    own.integer("format", FORMAT, FORMAT)
    names = own.items("features", k)
    if any(type(name) is not str for name in names) or len(set(names)) < k:
        own.refuse("features", "names, each once", names)
    rows = {field: own.array(field, (k,)) for field in ("low", "high", "mean", "scale")}
    if (rows["low"] > rows["high"]).any():
        own.refuse("low", "no number above that of `high`", own.get("low"))
    if (rows["scale"] <= 0).any():
        own.refuse("scale", "numbers above 0", own.get("scale"))
    weight = float(own.array("ensemble_weight", ()))
    if not 0 <= weight <= 1:
        own.refuse("ensemble_weight", "a number from 0 to 1", weight)
    rows |= _band_fields(_Fields(own.where, own.name, own.get("bands"), "bands."))
    return {"feature_names": tuple(names), "ensemble_weight": weight, **rows}


def _band_fields(bands: _Fields) -> dict[str, Float64Array]:
    """The band at knots, or, in older files, a half-width for each interval of scores."""
    if "upper" not in bands.payload:
        scores = np.atleast_1d(bands.array("scores"))
        ends_right = scores.ndim == 1 and [*scores[:1], *scores[-1:]] == [0, 100]
        if not ends_right or (np.diff(scores) <= 0).any():
            bands.refuse("scores", "rising scores from 0 to 100", bands.get("scores"))
        low, high = bands.array("low", scores.shape), bands.array("high", scores.shape)
        if (low > high).any():
            bands.refuse("low", "no number above that of `high`", bands.get("low"))
        return {"band_scores": scores, "band_low": low, "band_high": high}
    upper = np.atleast_1d(bands.array("upper"))
    if upper.ndim != 1 or upper[-1:].tolist() != [100] or (np.diff(upper) <= 0).any():
        bands.refuse("upper", "rising scores that end with 100", bands.get("upper"))
    half = bands.array("half_width", upper.shape)
    if (half < 0).any():
        bands.refuse("half_width", "numbers from 0", bands.get("half_width"))
    # An interval holds its upper end: a score of exactly 25 belongs to 0-25.
    lower = np.nextafter(np.concatenate([[-1.0], upper[:-1]]), 101.0)
    scores, half = np.stack([lower, upper], axis=1).ravel(), np.repeat(half, 2)
    return {"band_scores": scores, "band_low": scores - half, "band_high": scores + half}


def _read(path: Path) -> Any:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise BundleError(f"{path}: expected at most {MAX_BYTES:,} bytes, got {size:,}")
        return json.loads(path.read_bytes())
    except OSError as error:
        raise BundleError(f"{path}: expected a file of the mapper: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise BundleError(f"{path}: expected JSON: {error}") from error


def _finite(what: str, values: npt.ArrayLike) -> Float64Array:
    array = np.asarray(values, dtype=np.float64)
    bad = int(np.count_nonzero(~np.isfinite(array)))
    if bad:
        raise InputError(f"{what}: expected finite numbers, got {bad} NaN or infinite")
    return array
