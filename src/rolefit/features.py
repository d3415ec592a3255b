"""Two Encodings -> the named numbers that the mapper turns into a score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from rolefit.errors import BundleError
from rolefit.records import Encoding

Feature = Callable[[Sequence[Encoding], Sequence[Encoding]], npt.NDArray[np.float64]]


def cosine(resumes: Sequence[Encoding], jobs: Sequence[Encoding]) -> npt.NDArray[np.float64]:
    """Cosine of the document vectors, in [-1, 1]: (n_resumes, n_jobs).

    einsum, not a matrix product: it sums each pair in the same order however many pairs there are,
    so a score never depends on its neighbours.
    """
    left = np.stack([encoding.vector for encoding in resumes]).astype(np.float64)
    right = np.stack([encoding.vector for encoding in jobs]).astype(np.float64)
    products: npt.NDArray[np.float64] = np.einsum("nd,md->nm", left, right, optimize=False)
    return np.clip(products, -1.0, 1.0)


FEATURES: dict[str, Feature] = {"cosine": cosine}


def pair_features(
    names: Sequence[str], resumes: Sequence[Encoding], jobs: Sequence[Encoding]
) -> npt.NDArray[Any]:
    """The named features of every pair: (n_resumes, n_jobs, n_features) float64."""
    unknown = [name for name in names if name not in FEATURES]
    if unknown:
        raise BundleError(
            f"the mapper asks for features this version does not compute: {', '.join(unknown)}; "
            f"known are {', '.join(FEATURES)}"
        )
    return np.stack([FEATURES[name](resumes, jobs) for name in names], axis=-1)
