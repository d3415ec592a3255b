"""rolefit train mapper, domains, tiers: what a bundle learns after its encoder (extra: train)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from rolefit.cli import options, pairing
from rolefit.cli.command import argument, echo, option
from rolefit.cli.console import note, progress_bar


def mapper(
    labels: Annotated[list[Path], argument(metavar="PAIRS", help=pairing.PAIRS)],
    model: Annotated[
        Path, option("--model", metavar="BUNDLE", help="Bundle that gets the mapper.")
    ],
    resumes: pairing.Resumes = None,
    adverts: pairing.Adverts = None,
    check: Annotated[
        list[Path] | None,
        option(metavar="PAIRS", help="Measure on these, of other documents, and print."),
    ] = None,
    bands_on: Annotated[
        list[Path] | None,
        option(
            metavar="PAIRS",
            help="Those of PAIRS whose scores the ranges shall hold.",
            show_default="all",
        ),
    ] = None,
    as_of: Annotated[
        str,
        option(
            metavar="YYYY-MM", help="Month that `present` will stand for.", show_default="this one"
        ),
    ] = "",
    columns: pairing.Columns = "",
    separator: pairing.Separator = None,
    score_range: pairing.Range = pairing.ScoreRange.PERCENT,
    skip_bad_rows: pairing.SkipBadRows = False,
    jobs: options.Jobs = None,
) -> None:
    """Fit the score mappers of a bundle to scored pairs, and check them on unseen ones.

    One reads all features, one the cosine alone. The pairs are a table as `train finetune` and
    `evaluate` take it, with the texts in it or with ids. They should be of documents that the
    encoder was not trained on: on those it was, its cosines are better than they will be in use.
    """
    with options.extra("Training", "train"):
        from rolefit.training.fit import fit_bundle
    with progress_bar("Encoding") as show:
        report = fit_bundle(
            model, labels, check or [], resumes, adverts, bands_on=bands_on or [], jobs=jobs,
            layout=pairing.layout(columns, separator, score_range), skip_bad_rows=skip_bad_rows,
            as_of=as_of, progress=show if callable(show) else None,
        )  # fmt: skip
    echo(report)


def tiers(
    labels: Annotated[list[Path], argument(metavar="PAIRS", help=pairing.PAIRS)],
    model: Annotated[Path, option("--model", metavar="BUNDLE", help="Bundle that gets them.")],
    resumes: pairing.Resumes = None,
    adverts: pairing.Adverts = None,
    columns: pairing.Columns = "",
    separator: pairing.Separator = None,
    score_range: pairing.Range = pairing.ScoreRange.PERCENT,
    skip_bad_rows: pairing.SkipBadRows = False,
    jobs: options.Jobs = None,
) -> None:
    """Fit how far apart two scores of one job must lie to be told apart, and measure how it holds.

    The pairs should be of documents that neither encoder nor mapper have seen, and several resumes
    of each job. Fit them again whenever the mapper is fitted anew: a bundle with another mapper has
    no tiers until then.
    """
    with options.extra("Training", "train"):
        from rolefit.training.tiers import train_tiers
    with progress_bar("Scoring") as show:
        report = train_tiers(
            model, labels, resumes, adverts, jobs=jobs, skip_bad_rows=skip_bad_rows,
            layout=pairing.layout(columns, separator, score_range),
            progress=show if callable(show) else None,
        )  # fmt: skip
    echo(report)


def reader(
    labels: Annotated[
        list[Path],
        argument(metavar="LABELS", help="JSON lines: resume, job, span, kind, status, quote."),
    ],
    held_back: Annotated[
        list[Path],
        option(metavar="LABELS", help="Of other documents: what was read is weighed on these."),
    ],
    resumes: Annotated[list[Path], option(metavar="JSONL", help="The resumes' texts: id, text.")],
    adverts: Annotated[list[Path], option(metavar="JSONL", help="The jobs' texts: id, text.")],
    out: Annotated[Path, option("--out", metavar="FOLDER", help="Where the reader is written.")],
    teacher: Annotated[
        Path | None,
        option(metavar="FOLDER", help="A BERT to start from.", show_default="all-MiniLM-L6-v2"),
    ] = None,
    epochs: Annotated[float, option(help="How often each pair is shown.")] = 2.0,
) -> None:
    """Teach the reader that tells what a resume shows for each requirement.

    Its settings and its model go to FOLDER; the shipped one lies in the package, in models/reader.
    """
    with options.extra("Training", "train"):
        from rolefit.training.reader import ReaderPlan
        from rolefit.training.reader_bundle import train_reader
    with progress_bar("Teaching") as show:
        report = train_reader(
            labels, held_back, resumes, adverts, out, teacher=teacher,
            plan=ReaderPlan(epochs=epochs), progress=show if callable(show) else lambda *_: None,
        )  # fmt: skip
    echo(report)


def domains(
    texts: Annotated[
        list[Path],
        argument(metavar="TEXTS", help="JSON lines: id, text, and category or title."),
    ],
    model: Annotated[Path, option("--model", metavar="BUNDLE", help="Bundle that gets the head.")],
    labels: Annotated[
        Path | None,
        option(metavar="FILE", help="JSON lines: id, domain and maybe second, as read."),
    ] = None,
    occupations: Annotated[
        Path | None,
        option(metavar="CSV", help="ESCO: occupation, relation, skill_label; also learned."),
    ] = None,
    rules: Annotated[
        Path | None,
        option(
            metavar="FILE", help="Domains, their categories and titles.", show_default="shipped"
        ),
    ] = None,
    max_tokens: Annotated[int, option(metavar="N", min=16, help="Tokens read of a text.")] = 1_024,
    jobs: options.Jobs = None,
) -> None:
    """Fit the classifier of professions (docs/domains.md) and measure it on held-back texts.

    A text without a label is learned as its category and the titles in it vote. Rows marked
    reserved are never read. Fit it again whenever the encoder changes.
    """
    with options.extra("Training", "train"):
        from rolefit.training.domain_labels import DomainRules
        from rolefit.training.domains import train_domains
    note("reading the texts and their titles")
    with progress_bar("Encoding") as show:
        report = train_domains(
            model, texts, labels=labels, occupations=occupations,
            rules=DomainRules.read(rules) if rules else None, max_tokens=max_tokens, jobs=jobs,
            progress=show if callable(show) else None,
        )  # fmt: skip
    echo(report)


def parts(
    labels: Annotated[
        list[Path],
        argument(
            metavar="LABELS",
            help="JSON lines: resume, job, and score or function, needs, seniority, credentials.",
        ),
    ],
    held_out: Annotated[
        list[Path], option(metavar="LABELS", help="Of other documents: what does best is kept.")
    ],
    resumes: Annotated[list[Path], option(metavar="JSONL", help="The resumes' texts: id, text.")],
    adverts: Annotated[list[Path], option(metavar="JSONL", help="The jobs' texts: id, text.")],
    model: Annotated[Path, option("--model", metavar="BUNDLE", help="Bundle that gets the head.")],
    steps: Annotated[int, option(help="Steps of the schedule.")] = 2_600,
    jobs: options.Jobs = None,
) -> None:
    """Teach the head that reads function, needs, seniority and credentials.

    Fit the mapper anew afterwards: it reads what the head gives.
    """
    with options.extra("Training", "train"):
        from rolefit.training.parts import PartsPlan, train_parts
    with progress_bar("Teaching") as show:
        report = train_parts(
            model, labels, held_out, resumes, adverts, plan=PartsPlan(steps=steps), jobs=jobs,
            progress=show if callable(show) else None,
        )  # fmt: skip
    echo(report)
