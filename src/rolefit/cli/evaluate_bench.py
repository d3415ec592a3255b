"""rolefit evaluate bench: the open benchmark of the repository."""

from __future__ import annotations

import json as to_json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli import options
from rolefit.cli.command import argument, option
from rolefit.cli.console import out, step_bars, write_stdout
from rolefit.errors import InputError

if TYPE_CHECKING:
    from rolefit.evaluation.bench_run import BenchResult

_SCORES = ("pearson", "within_job", "rmse")


def bench(
    folder: Annotated[
        Path | None,
        argument(metavar="BENCH", help="The folder bench/; by default that of the checkout."),
    ] = None,
    split: Annotated[str, option(metavar="PART", help="test, train or all.")] = "test",
    peers: Annotated[
        str, option(metavar="NAMES", help="Some of tfidf,bm25,minilm,cosine, or none.")
    ] = "tfidf,bm25,minilm,cosine",
    peer_folder: Annotated[
        list[str] | None,
        option(metavar="NAME=FOLDER", help="A sentence-transformers model to compare with."),
    ] = None,
    bootstrap: Annotated[
        int, option(metavar="N", min=0, help="Draws of jobs for the intervals.")
    ] = 1_000,
    json: options.Json = False,
    model: options.Model = None,
    jobs: options.Jobs = None,
) -> None:
    """Measure scores and reasons on the open benchmark, beside simpler systems.

    Scores: correlation, order within each job, error. Reasons: statuses of requirements, quotes,
    what an advert asks for, what a resume says. Needs the folder bench/ of rolefit's repository.
    """
    with options.extra("Evaluating", "evaluate"):
        from rolefit.evaluation.bench import find_bench
        from rolefit.evaluation.bench_run import evaluate_bench
        from rolefit.evaluation.systems import load

    folders = _folders(peer_folder or [])
    names = [] if peers == "none" else [name.strip() for name in peers.split(",")]
    place = find_bench(folder)
    with ExitStack() as bars:
        found = evaluate_bench(
            load(model, jobs), place, split, names, folders, bootstrap, step_bars(bars)
        )
    if json:
        write_stdout(to_json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n")
    else:
        _print(found)


def _folders(words: list[str]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for word in words:
        name, _, folder = word.partition("=")
        if not name or not folder or not Path(folder).is_dir():
            raise InputError(f"--peer-folder: expected NAME=FOLDER with a folder, got {word}")
        if name in found:
            raise InputError(f"--peer-folder: {name} is given twice; each needs its own name")
        found[name] = Path(folder)
    return found


def _print(found: BenchResult) -> None:
    from rich.table import Table
    from rich.text import Text

    from rolefit.evaluation.bench_reasons import LABELS
    from rolefit.evaluation.words import BLANK, MAIN, interval, number

    console = out()
    counted = found.reasons.counted
    console.print(
        Text(
            f"bench, {found.split}: {found.pairs:,} pairs; statuses of "
            f"{counted['requirements']:,} requirements of {counted['pairs']:,} pairs; "
            f"{counted['adverts']:,} adverts, {counted['resumes']:,} resumes"
        )
    )
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("score")
    metrics = [metric for key in _SCORES for metric in MAIN if metric.key == key]
    for metric in metrics:
        table.add_column(metric.label, justify="right")
    for system in found.systems:
        table.add_row(system.label, *(number(system.measures[m.key].value, m) for m in metrics))
    console.print(table)
    for metric in metrics:
        ends = interval(found.systems[0].measures[metric.key], metric)
        if ends:
            console.print(Text(f"{metric.label} of rolefit, 95% interval {ends}", style="dim"))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for head in ("reasons of rolefit", "share", "95% interval"):
        table.add_column(head, justify="left" if head.startswith("r") else "right")
    for key, value in found.reasons.values.items():
        share = BLANK if value.value is None else f"{value.value:.3f}"
        ends = "" if value.low is None else f"{value.low:.2f} to {value.high:.2f}"
        table.add_row(LABELS[key], share, ends)
    console.print(table)
    for line in found.left_out:
        console.print(Text(line, style="dim"))
