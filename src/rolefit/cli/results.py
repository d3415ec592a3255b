"""Where a report goes: to the screen, or as JSON or CSV to stdout or a file."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli.command import option
from rolefit.cli.console import check_writable, note, out, write_stdout
from rolefit.errors import InputError
from rolefit.files import to_bytes, write_file

if TYPE_CHECKING:
    from rich.console import Console

    from rolefit.report import Report

Output = Annotated[
    Path | None,
    option("-o", "--output", metavar="FILE", help="Write .json or .csv to FILE."),
]


def form(json: bool, csv: bool, output: Path | None) -> str | None:
    """ "json", "csv" or None for the screen. Raises InputError before any work is done."""
    if json and csv:
        raise InputError("--json and --csv exclude each other: run rolefit once for each")
    check_writable(output)
    if json or csv:
        return "json" if json else "csv"
    if output is None:
        return None
    suffix = output.suffix.lower().lstrip(".")
    if suffix not in ("json", "csv"):
        raise InputError(f"{output}: expected a name in .json or .csv, or --json or --csv with it")
    return suffix


def deliver(
    report: Report,
    form: str | None,
    output: Path | None,
    show: Callable[[Report, Console], None],
) -> None:
    if form is None:
        show(report, out())
        return
    data = _render(report, form)
    if output is None:
        write_stdout(data)
    else:
        # Without the mark Excel takes UTF-8 for the system's own encoding and garbles names.
        mark = codecs.BOM_UTF8 if form == "csv" else b""
        write_file(output, mark + to_bytes(data))
        note(f"wrote {output}")
    if report.unread:
        note(f"{len(report.unread):,} of {report.ranked + len(report.unread):,} not read")


def _render(report: Report, form: str) -> str:
    if form == "json":
        from rolefit.report.as_json import to_json

        return to_json(report)
    from rolefit.report.as_csv import to_csv

    return to_csv(report)
