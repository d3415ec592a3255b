"""One evaluation: read, score, measure, write the three reports."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rolefit import __version__
from rolefit.errors import InputError
from rolefit.evaluation.judged import Judged, read_documents, read_judged
from rolefit.evaluation.report_html import page
from rolefit.evaluation.report_markdown import markdown
from rolefit.evaluation.result import Evaluation, bins, measured
from rolefit.evaluation.systems import Say, check_peers, load, peer_systems, rolefit_system
from rolefit.files import make_folder, to_bytes, write_files
from rolefit.matcher import Matcher
from rolefit.training.pairs import PairFormat
from rolefit.training.splits import check_apart

SEED = 20
FILES = ("evaluation.json", "evaluation.html", "evaluation.md")


@dataclass(frozen=True)
class Settings:
    """What to evaluate on, and beside what."""

    pairs: Sequence[Path]
    resumes: Path | None = None
    adverts: Path | None = None
    fit: Sequence[Path] = ()  # pairs that similarities are fitted to scores on
    peers: Sequence[str] = ()
    bundles: Mapping[str, Path] = field(default_factory=dict)  # name -> bundle folder
    minilm: Path | None = None
    bootstrap: int = 1_000
    reserved: bool = False
    layout: PairFormat = field(default_factory=PairFormat)
    skip_bad_rows: bool = False
    jobs: int | None = None  # documents encoded side by side
    folder: Path | None = None  # for the reports; made before hours are spent


def evaluate(matcher: Matcher, settings: Settings, say: Say = lambda what: None) -> Evaluation:
    """Measure the matcher's bundle and its peers. Raises DataError, InputError, BundleError.

    Whatever cannot be used is refused before anything is scored. `say` is called with what starts
    and returns a callback of (done, total), or None.
    """
    bundle = matcher.bundle
    if bundle.name in settings.bundles:
        raise InputError(f"--peer {bundle.name}: the evaluated bundle has this name; take another")
    check_peers(settings.peers)
    bundles = {name: load(folder, settings.jobs) for name, folder in settings.bundles.items()}
    judged, fit = _read(settings)
    if settings.folder:
        make_folder(settings.folder)
    pairs = judged.pairs
    systems = [rolefit_system(matcher, pairs, bundle.name, say)]
    systems += [rolefit_system(other, pairs, name, say) for name, other in bundles.items()]
    others, left_out = peer_systems(
        settings.peers, matcher, pairs, fit.pairs if fit else None, settings.minilm, say
    )
    say(f"Measuring {len(systems) + len(others)} systems")
    return Evaluation(
        made_by=f"rolefit {__version__}",
        model={"name": bundle.name, "version": bundle.version, "sha256": bundle.sha256},
        data={
            "files": [{"name": path.name, "sha256": _sha256(path)} for path in settings.pairs],
            "pairs": len(pairs.scores),
            "resumes": len(pairs.resumes),
            "jobs": len(pairs.jobs),
            "judged_jobs": judged.n_jobs,  # a job judged in two blocks counts twice
            "drawn_jobs": judged.n_clusters,  # and is drawn as one
            "mean_score": float(pairs.scores.mean()),
            "deviation": float(pairs.scores.std()),
            "reserved": settings.reserved,
            "bad_rows_left_out": len(pairs.skipped),
            "fitted_on_pairs": len(fit.pairs.scores) if fit else 0,
            "bootstrap": settings.bootstrap,
            "seed": SEED,
        },
        systems=measured([*systems, *others], judged, settings.bootstrap, SEED),
        reliability=bins(systems[0], pairs.scores, by_judged=False),
        by_judged=bins(systems[0], pairs.scores, by_judged=True),
        left_out=(*left_out, *pairs.skipped),
    )


def write(evaluation: Evaluation, folder: Path) -> list[Path]:
    """The three reports in `folder`, which is made: all or none. Raises InputError."""
    texts = (
        json.dumps(evaluation.to_json(), indent=1, ensure_ascii=False, allow_nan=False) + "\n",
        page(evaluation),
        markdown(evaluation),
    )
    paths = [folder / name for name in FILES]
    make_folder(folder)
    write_files(dict(zip(paths, map(to_bytes, texts), strict=True)))
    return paths


def _read(settings: Settings) -> tuple[Judged, Judged | None]:
    if (settings.resumes is None) != (settings.adverts is None):
        raise InputError("ids need both --resumes and --adverts")
    documents = None
    if settings.resumes and settings.adverts:
        documents = read_documents(settings.resumes), read_documents(settings.adverts)
    judged = read_judged(
        settings.pairs, settings.layout, documents,
        reserved=settings.reserved, skip_bad_rows=settings.skip_bad_rows,
    )  # fmt: skip
    if not settings.fit:
        return judged, None
    fit = read_judged(
        settings.fit, settings.layout, documents, skip_bad_rows=settings.skip_bad_rows
    )
    check_apart(fit.pairs, judged.pairs)
    return judged, fit


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
