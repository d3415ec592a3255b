"""rolefit pool add | search | jobs | like | remove | forget | compact | stats | verify | ..."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli import deciding, options, results, sources
from rolefit.cli.command import Group, argument, option
from rolefit.cli.console import Exit, check_writable, end, note, out, progress_bar, write_stdout
from rolefit.cli.explain import Fast
from rolefit.errors import InputError, ReadError
from rolefit.files import to_bytes, write_pieces

if TYPE_CHECKING:
    from rolefit.intake import Prepared
    from rolefit.pool import Entry, Pool
    from rolefit.reading import Columns, Limits

app = Group(help="Many resumes, or many jobs, in one file: added once, searched many times.")
PoolFile = Annotated[str, argument(metavar="POOL", help="The pool's file, or postgresql://...")]
Who = Annotated[
    list[str], argument(metavar="WHO", help="Names as they were added, or numbers (ids).")
]
Top = Annotated[int, option(metavar="N", min=1, help="Show the best N.")]
Filter = Annotated[
    str,
    option(
        "--filter", metavar="WHERE", show_default=False,
        help="Only whom it lets through: \"domain = healthcare and years >= 5\" (docs/pool.md).",
    ),
]  # fmt: skip
Candidates = Annotated[
    int, option(metavar="N", min=1, help="How many get a whole score; all, where they are fewer.")
]


@app.command()
def add(
    pool: Annotated[
        str, argument(metavar="POOL", help="The pool's file, or postgresql://...; made if missing.")
    ],
    files: Annotated[
        list[Path],
        argument(metavar="FILES", help="Files, folders, archives, tables, or - for stdin."),
    ],
    side: Annotated[
        str, option("--as", metavar="SIDE", help="What a new pool holds: resume or job.")
    ] = "resume",
    model: options.Model = None,
    jobs: options.Jobs = None,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
    text_column: options.TextColumn = None,
    id_column: options.IdColumn = "",
) -> None:
    """Read documents and keep them in the pool. What is there already is left as it is.

    Whoever is reported as added stays, whatever happens to the computer. A file of a name that is
    there replaces what it was.
    """
    if side not in ("resume", "job"):
        raise InputError(f"--as: expected resume or job, got {side!r}")
    reading = options.limits(max_mb, max_pages, timeout)
    columns = options.columns(text_column, id_column)
    paths = sources.files(files, leave_out=Path(pool))
    unread: list[ReadError] = []
    with _opened(pool, model, reading, jobs, columns, side=side, create=True) as people:
        given = [
            one if isinstance(one, Path) else replace(one, name=f"{one.name} {one.sha256[:12]}")
            for one in sources.documents(paths, reading, unread, columns)
        ]
        with progress_bar("Adding") as bar:
            done = people.add(given, progress=bar if callable(bar) else None, unread=unread)
        held = _count(len(people), people.side)
    for error in unread:
        note(error)
    parts = [f"{done.new:,} added", f"{done.replaced:,} replaced", f"{done.same:,} there already"]
    parts += [f"{len(unread):,} not read"] * bool(unread)
    out().print(f"{', '.join(parts)}; {people.path} holds {held}", soft_wrap=True)
    if unread:
        end(Exit.UNREAD)


@app.command()
def search(
    pool: PoolFile,
    job: options.Job,
    top: Top = 50,
    where: Filter = "",
    candidates: Candidates = 500,
    must: deciding.Must = None,
    not_must: deciding.NotMust = None,
    weight: deciding.Weight = None,
    requirements: deciding.Requirements = None,
    all_versions: deciding.AllVersions = False,
    fast: Fast = False,
    json: options.Json = False,
    csv: options.Csv = False,
    output: results.Output = None,
    model: options.Model = None,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """The people who fit a job best, best first: the same scores as `rolefit rank` gives.

    With musts or weights all who get a whole score are read for them: a second or more for each
    without --fast. Files that are versions of one another count as one person.
    """
    form = results.form(json, csv, output)
    reading = options.limits(max_mb, max_pages, timeout)

    from rolefit.report import Report
    from rolefit.report.terminal import print_ranking

    with _opened(pool, model, reading) as people:
        try:
            advert = sources.document(job, reading)
            wishes = deciding.confirmed(advert, reading, requirements, must, not_must, weight)
            prepared: list[Prepared] = []
            found = people.search(
                advert, top=None, where=where, candidates=candidates, prepared=prepared
            )
        except ReadError as error:
            raise InputError(f"the job cannot be read: {error}") from error
        for notice in found.notices:
            note(notice.message)
        people.matcher.reads = not fast
        listed = deciding.listed(
            people.matcher, advert, found.matches, prepared, wishes, all_versions=all_versions
        )
        bundle = people.matcher.bundle
    if found.passed > found.scored:
        said = f"{found.passed:,} could be meant; {found.scored:,} of them were scored"
        note(f"{said} (--candidates scores more)")
    report = Report(
        sources.label(job), listed.matches[:top], (), bundle, len(listed.matches), 0,
        wishes, listed.weighted[:top], listed.tiering, listed.versions,
    )  # fmt: skip
    results.deliver(report, form, output, print_ranking)


@app.command(name="jobs")
def jobs_of(
    pool: PoolFile,
    resume: options.Resume,
    top: Top = 50,
    where: Filter = "",
    candidates: Candidates = 500,
    json: options.Json = False,
    model: options.Model = None,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """The jobs of a pool of jobs that fit a resume best, best first."""
    reading = options.limits(max_mb, max_pages, timeout)

    from rolefit.report import pool_view

    with _opened(pool, model, reading) as jobs:
        person = sources.document(resume, reading)
        found = jobs.jobs(person, top=top, where=where, candidates=candidates)
        for notice in found.notices:
            note(notice.message)
    if json:
        write_stdout(pool_view.jobs_json(sources.label(resume), found.matches, found.scored))
    else:
        pool_view.print_jobs(sources.label(resume), found.matches, found.scored, out())


@app.command()
def like(
    pool: PoolFile,
    file: Annotated[Path, argument(metavar="FILE", help="A resume (or job), or - for stdin.")],
    top: Top = 20,
    where: Filter = "",
    json: options.Json = False,
    model: options.Model = None,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """Who of the pool is most like somebody, by titles and the whole text."""
    reading = options.limits(max_mb, max_pages, timeout)

    from rolefit.report import pool_view

    with _opened(pool, model, reading) as people:
        found = people.like(sources.document(file, reading), top=top, where=where)
    shown = [(one.entry.name, one.likeness, one.shared) for one in found]
    if json:
        write_stdout(pool_view.likes_json(sources.label(file), shown))
    else:
        pool_view.print_likes(sources.label(file), shown, out())


@app.command()
def remove(pool: PoolFile, who: Who, model: options.Model = None) -> None:
    """Take people out of the pool at once; `compact` then writes over what is left of them."""
    with _opened(pool, model) as people:
        _say_gone(people.remove(who))


@app.command()
def forget(pool: PoolFile, who: Who, model: options.Model = None) -> None:
    """Take people out, and write the file anew so that no byte of them is left in it.

    It takes as much room again as the pool while it runs. Copies of the pool and the files that
    people were added from are yours to delete.
    """
    with _opened(pool, model) as people:
        _say_gone(people.forget(who))


@app.command()
def compact(pool: PoolFile, model: options.Model = None) -> None:
    """Write the file anew without what was removed."""
    with _opened(pool, model) as people:
        before = people.stats().file_bytes
        people.compact()
        after = people.stats().file_bytes
    out().print(f"{before / 1e6:,.1f} MB before, {after / 1e6:,.1f} MB now", soft_wrap=True)


@app.command()
def stats(pool: PoolFile, json: options.Json = False, model: options.Model = None) -> None:
    """How many are in the pool, how large it is, and how its fields are filled."""
    from dataclasses import asdict

    from rolefit.report import pool_view

    with _opened(pool, model) as people:
        found = asdict(people.stats())
    if json:
        write_stdout(pool_view.to_json(found))
    else:
        pool_view.print_stats(found, out())


@app.command()
def verify(pool: PoolFile, model: options.Model = None) -> None:
    """Check every part of the pool's file; ends with status 4 if anything does not hold."""
    with _opened(pool, model) as people, progress_bar("Checking") as bar:
        found = people.verify(bar if callable(bar) else None)
        held = _count(len(people), people.side)
    for problem in found:
        note(problem)
    if found:
        out().print(f"{people.path} does not hold: {len(found):,} faults in {held}", soft_wrap=True)
        end(Exit.DIFFERS)
    out().print(f"{people.path} holds: {held}", soft_wrap=True)


@app.command()
def export(
    pool: PoolFile,
    where: Filter = "",
    csv: options.Csv = False,
    output: Annotated[
        Path | None, option("-o", "--output", metavar="FILE", help="Write .jsonl or .csv to FILE.")
    ] = None,
    model: options.Model = None,
) -> None:
    """Everybody with all fields and the text, as JSON lines or CSV.

    `rolefit pool add NEW people.csv --text-column resume --id-column id` reads them again.
    """
    check_writable(output)
    from rolefit.pool.exporting import csv_head, csv_row, json_line

    as_csv = csv or (output is not None and output.suffix.lower() == ".csv")
    line = csv_row if as_csv else json_line
    with _opened(pool, model) as people:
        lines = chain([csv_head()] * as_csv, map(line, people.export(where)))
        if output is None:
            for text in lines:
                write_stdout(text)
        else:
            write_pieces(output, map(to_bytes, lines))
            note(f"wrote {output}")


@app.command()
def renew(
    pool: PoolFile,
    new: Annotated[str, argument(metavar="NEW", help="The new pool's file, or postgresql://...")],
    model: options.Model = None,
    jobs: options.Jobs = None,
) -> None:
    """Encode everybody of a pool with another model (or version) into a new pool.

    The texts are those that were read when they were added. Can be stopped and run again.
    """
    from rolefit.matcher import Matcher
    from rolefit.pool import renewed

    matcher = Matcher.load(model, jobs=jobs)
    with progress_bar("Encoding") as bar:
        count = renewed(pool, new, matcher, progress=bar if callable(bar) else None)
    out().print(f"{new} holds {count:,}", soft_wrap=True)


@contextmanager
def _opened(
    pool: str,
    model: Path | None,
    reading: Limits | None = None,
    jobs: int | None = None,
    columns: Columns | None = None,
    side: str = "resume",
    create: bool = False,
) -> Iterator[Pool]:
    from rolefit.matcher import Matcher
    from rolefit.pool import Pool

    matcher = Matcher.load(model, jobs=jobs, limits=reading, columns=columns)
    with Pool.open(pool, matcher, side=side, create=create) as people:
        if create and people.side != side:
            raise InputError(
                f"{people.path} holds {people.side}s: add to it with --as {people.side}"
            )
        yield people


def _say_gone(gone: list[Entry]) -> None:
    for entry in gone:
        out().print(f"removed {entry.name}", soft_wrap=True)


def _count(number: int, side: str) -> str:
    return f"{number:,} {side}{'' if number == 1 else 's'}"
