"""rolefit score"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rolefit.cli import options, results, sources


def score(
    resume: Annotated[Path, typer.Argument(metavar="RESUME", help="The resume, or - for stdin.")],
    job: Annotated[Path, typer.Argument(metavar="JOB", help="The job advert, or - for stdin.")],
    json: options.Json = False,
    csv: options.Csv = False,
    output: results.Output = None,
    model: options.Model = None,
    no_cache: options.NoCache = False,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """Score how well one resume fits one job."""
    form = results.form(json, csv, output)
    options.one_stdin(resume, job)

    from rolefit.report import Report
    from rolefit.report.terminal import print_score

    reading = options.limits(max_mb, max_pages, timeout)
    with options.matcher(model, None, no_cache, reading) as matcher:
        pair = (sources.document(resume, reading), sources.document(job, reading))
        match = matcher.score(*pair)
        bundle = matcher.bundle
    results.deliver(Report(match.job, (match,), (), bundle, 1), form, output, print_score)
