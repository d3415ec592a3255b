"""rolefit inspect"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from rolefit.cli import options, sources
from rolefit.cli.command import argument, option
from rolefit.cli.console import check_writable, note, out, write_stdout
from rolefit.errors import InputError
from rolefit.files import to_bytes, write_file


def inspect(
    file: Annotated[Path, argument(metavar="FILE", help="A resume or job, or - for stdin.")],
    as_: Annotated[
        str,
        option("--as", metavar="SIDE", help="resume or job.", show_default="what it looks like"),
    ] = "",
    json: options.Json = False,
    html: Annotated[
        Path | None,
        option("--html", metavar="OUT", help="Write one self-contained page to OUT."),
    ] = None,
    requirements: Annotated[
        Path | None,
        option(
            "--requirements",
            metavar="OUT",
            help="Of a job: write its requirements to OUT (.json or .yaml), to be confirmed.",
        ),
    ] = None,
    title: options.Title = "",
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """Show what a machine reads of one document: its text, positions, years, degrees, skills.

    Of a job its title and what it asks for, with the ids that --must and --weight take;
    --requirements writes them into a file to edit, which rank --requirements reads. Last comes
    what other programs may get wrong. The JSON has the place of everything (docs/inspect.md).
    """
    check_writable(html)
    check_writable(requirements)
    from rolefit.inspection import inspect as inspected

    limits = options.limits(max_mb, max_pages, timeout)
    if title and as_ != "job":
        raise InputError("--title is a job's: say --as job")
    found = inspected(sources.advert(file, limits, title), as_, limits=limits)
    if requirements:
        from rolefit import decide

        if found.side != "job":
            raise InputError(f"{file}: it reads like a resume; with --as job it is read as a job")
        content = decide.dump(decide.requirements(found.document), requirements)
        write_file(requirements, to_bytes(content))
        note(f"wrote {requirements}")
    if html:
        from rolefit.report.html_inspect import to_html

        write_file(html, to_bytes(to_html(found)))
        note(f"wrote {html}")
    if json:
        from rolefit.report.inspect_json import to_json

        write_stdout(to_json(found))
    elif not html and not requirements:
        from rolefit.report.inspect_terminal import print_inspection

        print_inspection(found, out())
