"""rolefit inspect"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from rolefit.cli import options, sources
from rolefit.cli.command import argument, option
from rolefit.cli.console import check_writable, note, out, write_stdout
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
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """Show what a machine reads of one document: its text, positions, years, degrees, skills.

    Of a job its title and what it asks for. Last comes what other programs may get wrong. The JSON
    has the place of everything in the text (docs/inspect.md).
    """
    check_writable(html)
    from rolefit.inspection import inspect as inspected

    limits = options.limits(max_mb, max_pages, timeout)
    found = inspected(sources.document(file, limits), as_, limits=limits)
    if html:
        from rolefit.report.html_inspect import to_html

        write_file(html, to_bytes(to_html(found)))
        note(f"wrote {html}")
    if json:
        from rolefit.report.inspect_json import to_json

        write_stdout(to_json(found))
    elif not html:
        from rolefit.report.inspect_terminal import print_inspection

        print_inspection(found, out())
