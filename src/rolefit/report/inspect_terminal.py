"""An inspection on the screen."""

from __future__ import annotations

from pathlib import PurePath

from rich.console import Console
from rich.text import Text

from rolefit.records import Inspection
from rolefit.report.inspect_view import Row, rows
from rolefit.report.names import printable

WIDTH = 80  # cells of a line at most
NAME = 21  # cells of the left column: "Sep 2018 - Sep 2021" and a gap


def print_inspection(found: Inspection, console: Console) -> None:
    width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    console.print()
    console.print(Text(printable(PurePath(found.document.name).name), style="bold"), soft_wrap=True)
    console.print(Text(f"read as a {found.side}", style="dim"))
    for heading, group in rows(found):
        console.print()
        console.print(Text(heading, style="bold"))
        named = max((len(row.name) for row in group), default=0)
        for row in group:
            _row(row, min(named, NAME) + 2 if named else 0, width, console)
    console.print()


def _row(row: Row, indent: int, width: int, console: Console) -> None:
    words = Text(printable(row.text))
    for number, line in enumerate(words.wrap(console, max(width - indent - 2, 20))):
        name = printable(row.name) if not number else ""
        left = Text(f"  {name:<{indent}}", style="dim")
        console.print(left.append_text(Text(line.plain.rstrip(), style="not dim")), soft_wrap=True)
