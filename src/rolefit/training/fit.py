"""Refit a bundle's score mappers: labels + texts -> profiles -> features -> mapper files.

Two mappers are written: one that reads all features, and one that reads the cosine alone, as the
published recipe does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from rolefit import parts
from rolefit.bundle import FILES, LINE_SCALE, Bundle, as_of_month, rewrite_manifest
from rolefit.errors import DataError
from rolefit.evidence import CAP, assess, missing_licences
from rolefit.features import pair_features
from rolefit.files import write_files
from rolefit.intake import open_encoder
from rolefit.language.taxonomy import shipped_sha256
from rolefit.parts import PartsHead
from rolefit.prepare import prepare_job, prepare_resume
from rolefit.reading import from_text
from rolefit.records import Profile
from rolefit.score import Float64Array, Mapper
from rolefit.training.bands import described
from rolefit.training.crossfit import MapperSettings
from rolefit.training.labels import Labels, Texts, read_labels
from rolefit.training.mapper import fit_mapper, mapper_files
from rolefit.training.metrics import TRUE_GROUPS, Sheet
from rolefit.training.pairs import MIN_PAIRS, PairFormat
from rolefit.training.splits import in_both

# Beside the parts, cosines order the resumes of a job better; coverage and the gaps hold what can
# be counted, which the parts know less surely (docs/log.md has the choice, out of fold).
FEATURE_NAMES = (
    *parts.NAMES, "cosine", "title", "title_in_text", "coverage", "coverage_required", "years_gap",
    "level_gap",
)  # fmt: skip
# With several features, products of two or three fit noise: out of fold, degree 1 orders the
# resumes of a job better than degree 2 at the same error. What is crooked is left to the network.
DEGREE_OF_ALL = 1
# Out of fold with 4 a side, a fit sees 9/16 of the pairs and errs more than the one that is kept:
# bands came out too wide. With 8 it sees 49/64.
FOLDS = 8
POOR, GOOD = 8, 69  # judged scores of pairs with nothing in common, and of good ones
MIN_LINES = 200
BACKGROUND = 16  # ordinary pairs that explanations measure against


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What is known of labelled pairs."""

    names: tuple[str, ...]
    values: Float64Array  # (n, n_features)
    ceilings: Float64Array  # (n,) what a score is held at: 100, or less where a licence is missing


def fit_bundle(
    folder: Path,
    labels: Sequence[Path],
    check: Sequence[Path],
    resumes: Path | None = None,
    jobs_file: Path | None = None,
    *,
    layout: PairFormat | None = None,
    skip_bad_rows: bool = False,
    bands_on: Sequence[Path] = (),
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    settings: MapperSettings | None = None,
    as_of: str = "",
) -> str:
    """Fit the mappers on `labels` and write them into the bundle; returns what was measured.

    All are tables as `read_pairs` reads them in this `layout`; with `resumes` and `jobs_file` their
    rows hold ids. `check` are labels of other documents; sharing one with `labels` is a DataError.
    `bands_on` are those of `labels` whose scores the bands shall hold (default: all of them).
    `as_of` is the month that "present" will stand for where the bundle is used (default: this one).
    """
    as_of = as_of or f"{date.today():%Y-%m}"
    as_of_month(as_of)
    bundle = Bundle.open(folder)
    texts = Texts(resumes, jobs_file)
    read = partial(read_labels, texts=texts, layout=layout, skip_bad_rows=skip_bad_rows)
    fit_on, unseen = read(labels, min_pairs=MIN_PAIRS), read(check)
    banded = _rows_of(fit_on, read(bands_on))
    _check_apart(fit_on, unseen, texts)
    profiles = _profiles(bundle, texts, (fit_on, unseen), jobs, progress)
    scale = _line_scale(fit_on, profiles)
    head = None
    if FILES.parts in bundle.files:
        head = PartsHead.load(folder, bundle.encoder_sha256)
    rows = [_features(part, profiles, scale, head) for part in (fit_on, unseen)]
    # Nothing is written before everything is fitted: a bundle whose files are not those of its
    # manifest cannot be opened.
    files, lines = _fit_both(
        fit_on, unseen, rows[0], rows[1], banded, settings or MapperSettings(folds=FOLDS)
    )
    write_files({folder / name: content for name, content in files.items()})
    rewrite_manifest(folder, taxonomy=shipped_sha256(), as_of=as_of, line_scale=scale)
    if left_out := fit_on.reserved + unseen.reserved:
        lines.append(f"{left_out:,} label rows marked reserved were left out")
    for row in (*fit_on.skipped, *unseen.skipped):
        lines.append(f"left out: {row}")
    return "\n".join(lines)


def _fit_both(
    fit_on: Labels, unseen: Labels, rows: Rows, checked: Rows, banded: list[int],
    settings: MapperSettings,
) -> tuple[dict[str, bytes], list[str]]:  # fmt: skip
    """Files by name of the mapper of all features and of that of the cosine, and what they do."""
    files: dict[str, bytes] = {}
    lines: list[str] = []
    for names, prefix, label, how in (
        (rows.names, "", "all features", replace(settings, degree=DEGREE_OF_ALL)),
        (("cosine",), FILES.cosine_prefix, "the cosine alone", settings),
    ):
        columns = [rows.names.index(name) for name in names]
        fitted = fit_mapper(
            rows.values[:, columns], names, fit_on.scores, fit_on.resumes, fit_on.jobs,
            how, banded or None, rows.ceilings,
        )  # fmt: skip
        files |= mapper_files(fitted, prefix)
        lines += [
            f"{label}: fitted on {len(fit_on.scores):,} pairs, out-of-fold RMSE {fitted.rmse:.2f}",
            f"  {described(fitted.files[FILES.mapper]['bands'], how)}",
        ]
        if len(unseen.scores):
            lines += _measure(fitted.mapper, checked.values[:, columns], checked.ceilings, unseen)
        if not prefix:
            background = json.dumps(_background(rows, fitted.out_of_fold)) + "\n"
            files[FILES.background] = background.encode()
    return files, lines


def _check_apart(fit_on: Labels, unseen: Labels, texts: Texts) -> None:
    """Raises DataError naming a document that both have, be it under another id."""
    for side, ours, theirs in (
        ("resume", fit_on.resumes, unseen.resumes),
        ("job", fit_on.jobs, unseen.jobs),
    ):
        both = ({name: texts.side(side)[name] for name in names} for names in (ours, theirs))
        if shared := in_both(*both):
            raise DataError(
                f"{len(shared):,} {side}s are in the labels to fit on and in those to check on, "
                f"{shared[0]} among them; a check needs unseen documents"
            )


def _rows_of(labels: Labels, part: Labels) -> list[int]:
    """Numbers of the rows of `labels` that `part` has too. Raises DataError if one is missing."""
    wanted = set(zip(part.resumes, part.jobs, strict=True))
    pairs = list(zip(labels.resumes, labels.jobs, strict=True))
    if missing := wanted - set(pairs):
        raise DataError(
            f"{len(missing):,} pairs that the bands shall hold are not among those to fit on, "
            f"{' with '.join(min(missing))} among them"
        )
    return [row for row, pair in enumerate(pairs) if pair in wanted]


def _background(rows: Rows, predicted: Float64Array) -> dict[str, Any]:
    """The pairs at evenly spaced places in the order of their predicted scores."""
    order = np.argsort(predicted, kind="stable")
    places = ((np.arange(BACKGROUND) + 0.5) / BACKGROUND * len(order)).astype(int)
    return {
        "features": list(rows.names),
        "rows": [[float(f"{value:.6g}") for value in rows.values[i]] for i in order[places]],
        "weights": [1.0] * BACKGROUND,
    }


def _profiles(
    bundle: Bundle,
    texts: Texts,
    labels: Sequence[Labels],
    jobs: int | None,
    progress: Callable[[int, int], None] | None,
) -> dict[tuple[str, str], Profile]:
    """Profiles of all labelled documents by (side, id).

    "Present" is the latest date that a resume names: nobody knows when a corpus was collected.
    """
    wanted = [("resume", i) for part in labels for i in part.resumes]
    wanted += [("job", i) for part in labels for i in part.jobs]
    keys = list(dict.fromkeys(wanted))
    encoder = open_encoder(bundle, jobs)

    def profile(key: tuple[str, str]) -> Profile:
        side, name = key
        document = from_text(texts.side(side)[name], name)
        prepare = prepare_resume if side == "resume" else prepare_job
        return prepare(document, encoder).profile

    found = {}
    for key, value in zip(keys, encoder.map(profile, keys), strict=True):
        found[key] = value
        if progress:
            progress(len(found), len(keys))
    return found


def _line_scale(labels: Labels, profiles: dict[tuple[str, str], Profile]) -> tuple[float, float]:
    """Cosine of a nearest line that shows nothing, and of one that shows all that was asked for.

    The median over pairs that have nothing to do with each other, and the upper quartile over good
    ones. Without enough of both, those of a bundle that says nothing.
    """
    ends: tuple[list[float], list[float]] = ([], [])
    for left, right, score in zip(labels.resumes, labels.jobs, labels.scores, strict=True):
        if score <= POOR or score >= GOOD:
            findings = assess(profiles["resume", left], profiles["job", right], (0.0, 1.0))
            ends[int(score >= GOOD)].extend(finding.cosine for finding in findings)
    if min(map(len, ends)) < MIN_LINES:
        return LINE_SCALE
    low, high = float(np.median(ends[0])), float(np.quantile(ends[1], 0.75))
    return (round(low, 2), round(high, 2)) if high > low + 0.05 else LINE_SCALE


def _features(
    labels: Labels,
    profiles: dict[tuple[str, str], Profile],
    scale: tuple[float, float],
    head: PartsHead | None,
) -> Rows:
    names = tuple(n for n in FEATURE_NAMES if head is not None or n not in parts.NAMES)
    values = np.zeros((len(labels.scores), len(names)))
    ceilings = np.full(len(labels.scores), 100.0)
    for row, (left, right) in enumerate(zip(labels.resumes, labels.jobs, strict=True)):
        resume, job = profiles["resume", left], profiles["job", right]
        findings = assess(resume, job, scale)
        values[row] = pair_features(names, resume, job, findings, head)
        if missing_licences(findings):
            ceilings[row] = CAP
    return Rows(names, values, ceilings)


def _measure(
    mapper: Mapper, features: Float64Array, ceilings: Float64Array, labels: Labels
) -> list[str]:
    """What a user gets: scores as `Matcher` gives them, held where a licence is missing."""
    scores = np.minimum(mapper.score(features), ceilings)
    jobs = np.unique(np.array(labels.jobs), return_inverse=True)[1].astype(np.intp)
    found = Sheet(scores, labels.scores, jobs, mapper.band(scores)).measure()
    groups = ", ".join(
        f"{found[f'coverage_{low}']:.1%} of {low}-{high}" for low, high in TRUE_GROUPS
    )
    return [
        f"checked on {len(scores):,} pairs of unseen documents:",
        f"  RMSE {found['rmse']:.2f}   MAE {found['mae']:.2f}   R2 {found['r2']:.3f}",
        f"  Pearson {found['pearson']:.3f}   Spearman {found['spearman']:.3f}   "
        f"within-job Spearman {found['within_job']:.3f}",
        f"  90% band covers {found['coverage']:.1%} of the judged scores: {groups}",
    ]
