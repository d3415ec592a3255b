"""rolefit evaluate grid, long, robust: claims that anybody can put to the test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli import options
from rolefit.cli.command import Exit as Exited
from rolefit.cli.command import option
from rolefit.cli.console import note, out, progress_bar
from rolefit.errors import InputError
from rolefit.files import make_folder

if TYPE_CHECKING:
    from rich.console import Console

    from rolefit.evaluation.proof import Proof

MISSED = 1  # exit status with --strict where a bar is missed

Folder = Annotated[
    Path, option("-o", "--out", metavar="FOLDER", help="Gets JSON, HTML and Markdown.")
]
Strict = Annotated[
    bool,
    option("--strict", metavar="", help=f"Exit status {MISSED} where a bar is missed."),
]
EVALUATION = Path("evaluation")


def grid(
    model: options.Model = None,
    folder: Folder = EVALUATION,
    strict: Strict = False,
    jobs: options.Jobs = None,
) -> None:
    """Score 24 resumes for 16 jobs of eight professions, all of which come with rolefit.

    Right job first, no high score across professions, strong above junior; which professions are
    taken for each other, and where the bundle's own classifier puts each document; a heat map.
    """
    from rolefit.matcher import Matcher

    with options.extra("Drawing the heat map", "evaluate"):
        import PIL  # noqa: F401  # before the work, not after it

        from rolefit.evaluation.domain_grid import grid_proof, place_grid, score_grid

    matcher = Matcher.load(model, jobs=jobs)
    make_folder(folder)
    note("scoring 384 pairs")
    proof, picture = grid_proof(score_grid(matcher), matcher, place_grid(matcher))
    _finish(proof, folder, strict, png=picture.png())


def long(
    model: options.Model = None,
    onnx: Annotated[
        Path | None,
        option(metavar="FILE", help="The encoder as ONNX in full precision, too."),
    ] = None,
    weights: Annotated[
        Path | None,
        option(metavar="FOLDER", help="The encoder's weights, run by torch, too."),
    ] = None,
    at: Annotated[
        str, option(metavar="TOKENS", help="Where the decisive paragraph is placed.")
    ] = "100,2000,5000,8000",
    resumes: Annotated[
        int, option(metavar="N", min=1, max=3, help="Resumes, each for a job of its own.")
    ] = 3,
    folder: Folder = EVALUATION,
    strict: Strict = False,
) -> None:
    """Move the one paragraph that matters through long resumes, and see whether it still counts.

    The score must move by at least half of what it moves with the paragraph at the first place.
    """
    from rolefit.evaluation.long import encoders, long_proof
    from rolefit.matcher import Matcher

    matcher = Matcher.load(model, jobs=1)
    with options.extra("Running weights", "train"):
        ways = encoders(matcher, onnx, weights)
    places = _places(at)
    make_folder(folder)
    with progress_bar("Scoring long resumes") as bar:
        proof = long_proof(matcher, ways, places, resumes, bar if callable(bar) else None)
    _finish(proof, folder, strict)


def robust(
    model: options.Model = None,
    resumes: Annotated[
        int, option(metavar="N", min=1, max=8, help="Resumes, one of each profession.")
    ] = 8,
    seed: Annotated[int, option(metavar="N", help="Of typing errors and orders.")] = 20,
    folder: Folder = EVALUATION,
    strict: Strict = False,
    jobs: options.Jobs = None,
) -> None:
    """Write the same resume in other formats and with noise, and try to cheat.

    What changes nothing for a reader must hardly change the score; what is done to please a machine
    must not help, and is named.
    """
    from rolefit.matcher import Matcher

    with options.extra("Writing PDFs", "evaluate"):
        import reportlab  # type: ignore[import-untyped]  # noqa: F401

        from rolefit.evaluation.robust import robust_proof

    matcher = Matcher.load(model, jobs=jobs)
    make_folder(folder)
    with progress_bar("Scoring variants") as bar:
        proof = robust_proof(matcher, resumes, seed, bar if callable(bar) else None)
    _finish(proof, folder, strict)


def _places(text: str) -> list[int]:
    try:
        places = [int(part) for part in text.split(",")]
    except ValueError:
        places = []
    if len(places) < 2 or places != sorted(set(places)) or places[0] < 1:
        raise InputError(f"--at: expected rising token numbers such as 100,2000,5000, got {text}")
    return places


def _finish(proof: Proof, folder: Path, strict: bool, **others: bytes) -> None:
    from rolefit.evaluation.proof import write

    paths = write(proof, folder, **others)
    _print(proof, out())
    for path in paths:
        note(f"written: {path}")
    if strict and not proof.met:
        missed = ", ".join(bar.name for bar in proof.bars if not bar.met)
        note(f"missed: {missed}")
        raise Exited(MISSED)


def _print(proof: Proof, console: Console) -> None:
    """The bars, and the tables that fit 80 columns; the reports have them all."""
    from rich.table import Table
    from rich.text import Text

    console.print()
    console.print(Text(proof.title, style="bold"))
    console.print()
    bars = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for head in ("bar", "wanted", "measured", ""):
        bars.add_column(head, overflow="fold")
    for bar in proof.bars:
        mark = Text("met", style="dim") if bar.met else Text("MISSED", style="bold")
        bars.add_row(bar.name, bar.wanted, bar.got, mark)
    console.print(bars)
    for found in proof.tables:
        widths = [
            max(map(len, column)) + 1 for column in zip(found.heads, *found.rows, strict=True)
        ]
        if sum(widths) > 80:
            continue
        console.print()
        console.print(Text(found.title, style="bold"))
        table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
        for index, head in enumerate(found.heads):
            table.add_column(head, justify="right" if index else "left", no_wrap=True)
        for row in found.rows:
            table.add_row(*row)
        console.print(table)
