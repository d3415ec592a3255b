"""Arguments and options that several commands share, and what they are turned into."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli.command import argument, option
from rolefit.cli.console import note
from rolefit.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from rolefit.matcher import Matcher
    from rolefit.reading import Columns, Limits

MIB = 1024 * 1024
READING = "Limits for one document"

Model = Annotated[
    Path | None,
    option("--model", metavar="FOLDER", help="Model folder.", show_default="the shipped one"),
]
Jobs = Annotated[
    int | None,
    option("--jobs", metavar="N", min=1, help="Documents at once.", show_default="usable cores"),
]
NoCache = Annotated[bool, option("--no-cache", metavar="", help="Encode anew; keep nothing.")]
Resume = Annotated[Path, argument(metavar="RESUME", help="The resume, or - for stdin.")]
Job = Annotated[Path, argument(metavar="JOB", help="The job advert, or - for stdin.")]
Title = Annotated[
    str,
    option("--title", metavar="TEXT", help="The job's title.", show_default="as the advert says"),
]
Json = Annotated[bool, option("--json", metavar="", help="Print JSON.")]
Csv = Annotated[bool, option("--csv", metavar="", help="Print CSV.")]
MaxMb = Annotated[
    float,
    option("--max-mb", metavar="MB", min=0.001, help="File size.", panel=READING),
]
MaxPages = Annotated[int, option("--max-pages", metavar="N", min=1, help="Pages.", panel=READING)]
Timeout = Annotated[
    float,
    option("--timeout", metavar="S", min=0.1, help="Seconds.", panel=READING),
]
TABLES = "Tables of candidates"
TextColumn = Annotated[
    list[str] | None,
    option(
        "--text-column",
        metavar="NAME",
        help="Holds the resume; may be given more than once.",
        show_default="guessed where plain",
        panel=TABLES,
    ),
]
IdColumn = Annotated[
    str,
    option(
        "--id-column", metavar="NAME", help="Names the rows.", show_default="guessed where plain",
        panel=TABLES,
    ),
]  # fmt: skip
MAX_MB, MAX_PAGES, TIMEOUT = 20.0, 200, 30.0  # those of reading.Limits, asserted by a test


def limits(max_mb: float, max_pages: int, timeout: float) -> Limits:
    from rolefit.reading import Limits

    return Limits(bytes=int(max_mb * MIB), pages=max_pages, seconds=timeout)


def columns(text: list[str] | None, id: str, blind: bool = False) -> Columns:
    from rolefit.reading import Columns

    return Columns(tuple(text or ()), id, by_name=not blind)


@contextmanager
def matcher(
    model: Path | None,
    jobs: int | None,
    no_cache: bool,
    reading: Limits,
    columns: Columns | None = None,
    reads: bool = True,
) -> Iterator[Matcher]:
    """A matcher with the user's cache, which is closed at the end."""
    from rolefit.cache import Cache
    from rolefit.matcher import Matcher

    if no_cache:
        yield Matcher.load(model, jobs=jobs, limits=reading, columns=columns, reads=reads)
        return
    with Cache.open() as cache:
        yield Matcher.load(
            model, jobs=jobs, cache=cache, limits=reading, columns=columns, reads=reads
        )
    if cache.problem:
        note(cache.problem)


@contextmanager
def extra(purpose: str, name: str) -> Iterator[None]:
    """Around the imports of an optional part: what is missing is named with its pip extra."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("rolefit"):
            raise
        raise MissingExtraError(f"{purpose} ({error.name})", name) from error


def one_stdin(*paths: Path) -> None:
    """Raises InputError if more than one of the arguments is standard input."""
    if sum(str(path) == "-" for path in paths) > 1:
        raise InputError("'-' (standard input) can be given only once")


def stdin_bytes() -> bytes:
    if sys.stdin.isatty():
        note("reading standard input; end it with Ctrl-D")
    return sys.stdin.buffer.read()
