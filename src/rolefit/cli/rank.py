"""rolefit rank"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rolefit.cli import options, results, sources
from rolefit.cli.console import Exit, end, progress_bar
from rolefit.errors import InputError, ReadError


def rank(
    job: Annotated[Path, typer.Argument(metavar="JOB", help="The job advert, or - for stdin.")],
    resumes: Annotated[
        list[Path], typer.Argument(metavar="RESUMES", help="Files, folders, or - for stdin.")
    ],
    top: Annotated[int | None, typer.Option(metavar="N", min=1, help="Show the best N.")] = None,
    json: options.Json = False,
    csv: options.Csv = False,
    output: results.Output = None,
    model: options.Model = None,
    jobs: options.Jobs = None,
    no_cache: options.NoCache = False,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """Rank resumes by how well they fit a job, best first.

    Folders are searched with all that is in them, except hidden files and the job itself.
    A resume that cannot be read is listed with the reason and the others are ranked.
    """
    form = results.form(json, csv, output)
    options.one_stdin(job, *resumes)
    paths = sources.files(resumes, leave_out=job)

    from rolefit.report import Report
    from rolefit.report.terminal import print_ranking

    reading = options.limits(max_mb, max_pages, timeout)
    unread: list[ReadError] = []
    with options.matcher(model, jobs, no_cache, reading) as matcher, progress_bar("Reading") as bar:
        try:
            advert = sources.document(job, reading)
            given = sources.documents(paths, reading, unread)
            matches = matcher.rank(advert, given, progress=bar, unread=unread)
        except ReadError as error:
            raise InputError(f"the job cannot be read: {error}") from error
        bundle = matcher.bundle
    report = Report(sources.label(job), tuple(matches[:top]), tuple(unread), bundle, len(matches))
    results.deliver(report, form, output, print_ranking)
    if unread:
        end(Exit.UNREAD)
