"""A report on the screen, for light and dark backgrounds: no colour carries meaning alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from rolefit.decided import Confirmed, Weighted
from rolefit.errors import ReadError
from rolefit.records import Match, Notice
from rolefit.report import MEANING, Report, about_resume, verdict, whole
from rolefit.report.decided_view import decisions, remarks
from rolefit.report.names import printable, shorten, without_folder
from rolefit.report.tiers_view import headings, meaning

BAR = 10  # cells of 100 points
VERDICT = 18  # cells of the longest verdict
BAND = 6  # cells of "58-100"
YOURS = 7  # cells of a score by a person's weights, where there are any
TEXT = 76  # cells of running text at most; longer lines are hard to read


@dataclass(frozen=True, slots=True)
class _Columns:
    """Cells of the columns that give way on a narrow screen; 0 leaves one out."""

    file: int
    bar: int
    band: int
    yours: int = 0

    @classmethod
    def fitting(cls, console: Console, names: Sequence[str], weighted: bool = False) -> _Columns:
        longest = max(map(cell_len, names), default=0)
        if not console.is_terminal:  # into a file or a pipe: nothing needs to be cut
            return cls(max(longest, len("resume")), BAR, BAND, YOURS * weighted)
        bar = BAR if console.width >= 64 else 0
        band = BAND if console.width >= 80 else 0
        taken = 3 + 2 + 2 + 3 + 2 + VERDICT + (bar and bar + 1) + (band and band + 2)
        taken += YOURS * weighted
        return cls(max(min(longest, console.width - taken), 10), bar, band, YOURS * weighted)


def print_ranking(report: Report, console: Console) -> None:
    """The job, one line a resume, what could not be read, and what the numbers mean."""
    console.print()
    resumes = _count(report.ranked, "resume")
    _line(console, Text(f"{resumes} for {_file(report.job)}", style="bold"))
    _print_notices(report.about_job, console, before="The job: ")
    if report.confirmed:
        print_decisions(report.confirmed, console)
    console.print()
    if report.matches:
        _print_matches(report, console)
    if hidden := report.ranked - len(report.matches):
        _line(console, Text(f"     and {hidden:,} more", style="dim"))
    if report.folded:
        files = "file is an older one" if report.folded == 1 else "files are older ones"
        _line(console, Text(f"     {report.folded:,} {files} of people above", style="dim"))
    if report.left_out:
        text = f"     {_count(report.left_out, 'resume')} of other professions left out"
        _line(console, Text(text, style="dim"))
    if report.matches:
        console.print()
    if report.unread:
        _print_unread(report.unread, console)
    if report.matches:
        band = " 9 times in 10 the judge's score lies in the range shown."
        shown = console.width >= 80 or not console.is_terminal
        about = f" {meaning(report.tiering)}" if report.tiering else ""
        _paragraph(console, Text(MEANING + band * shown + about, style="dim"))


def print_score(report: Report, console: Console) -> None:
    """One resume and one job."""
    (match,) = report.matches
    low, high = map(whole, match.band)
    console.print()
    _line(console, Text(_file(match.resume), style="bold"))
    _line(console, Text("for ", style="dim").append(_file(report.job), style="not dim"))
    console.print()
    line = Text().append(f"{whole(match.score)}", style="bold").append("  ")
    line.append(
        bar(match.score, 3 * BAR, console.options.ascii_only).rstrip(), _colour(match.score)
    )
    _line(console, line.append(f"  {verdict(match.score)}"))
    _line(console, Text(f"between {low} and {high}, 9 times in 10", style="dim"))
    if report.confirmed:
        (weighted,) = report.weighted
        _line(console, Text(f"{whole(weighted.score)} by what you confirmed", style="bold"))
        print_decisions(report.confirmed, console)
        _print_notices([Notice("decided", text) for text in remarks(weighted)], console)
    _print_notices(about_resume(match), console, before="The resume: ")
    _print_notices(report.about_job, console, before="The job: ")
    console.print()
    _paragraph(console, Text(MEANING, style="dim"))


def bar(score: float, width: int, ascii_only: bool = False) -> str:
    """`score` of 100 as a bar of `width` cells, in steps of half a cell.

    A line rather than blocks: bars of neighbouring rows do not run together.
    """
    full, half = divmod(int(score / 100 * width * 2 + 0.5), 2)
    return ("=" * full if ascii_only else "━" * full + "╸" * half).ljust(width)


def print_decisions(confirmed: Confirmed, console: Console) -> None:
    """What a person confirmed, before anything that follows from it."""
    for name, text in decisions(confirmed) or [("confirmed", "all requirements as they are")]:
        line = Text(f"{name}: ", style="dim").append(printable(text), style="not dim")
        _paragraph(console, line, indent=2)


def _print_matches(report: Report, console: Console) -> None:
    names = [printable(name) for name in without_folder([m.resume for m in report.matches])]
    columns = _Columns.fitting(console, names, bool(report.weighted))
    dots = "..." if console.options.ascii_only else "…"
    _line(console, _head(columns))
    short = shorten(names, columns.file, dots)
    weights = report.weighted or (None,) * len(short)
    lacking = False
    tiers = headings(report.tiering, len(short)) if report.tiering else {}
    for place, (match, name, weighted) in enumerate(
        zip(report.matches, short, weights, strict=True), start=1
    ):
        if weighted and weighted.lacking and not lacking:
            lacking = True
            text = "     These do not show a must. It may be there in other words: look before you"
            _line(console, Text(f"{text} decide.", style="bold"))
        if (heading := tiers.get(place - 1)) is not None:
            _line(console, Text(f"     -- {heading}", style="dim"))
        _line(console, _row(place, name, match, columns, console.options.ascii_only, weighted))
        told = [*about_resume(match)]
        if weighted:
            told = [Notice("decided", text) for text in remarks(weighted)] + told
        _print_notices(told, console, indent=5)


def _head(columns: _Columns) -> Text:
    yours = f"{'yours':>5}  " if columns.yours else ""
    text = (
        f"     {'resume':<{columns.file}}  {yours}{'score':<{5 + columns.bar}} {'fit':<{VERDICT}}"
    )
    if not columns.bar:
        text = f"     {'resume':<{columns.file}}{yours}score  {'fit':<{VERDICT}}"
    return Text(text + ("   range" if columns.band else ""), style="dim")


def _row(
    place: int, name: str, match: Match, columns: _Columns, ascii_only: bool,
    weighted: Weighted | None,
) -> Text:  # fmt: skip
    row = Text(f"{place:>3}  {name}")
    row.append(" " * (columns.file - cell_len(name) + 2))
    if weighted:
        row.append(f"{whole(weighted.score):>5}  ", style="bold")
    row.append(f"{whole(match.score):>3}", style="" if weighted else "bold")
    if columns.bar:
        row.append(" " + bar(match.score, columns.bar, ascii_only), style=_colour(match.score))
    row.append(f"  {verdict(match.score):<{VERDICT}}")
    if columns.band:
        low, high = map(whole, match.band)
        row.append(f"  {f'{low}-{high}':>{columns.band}}", style="dim")
    return row


def _print_unread(unread: Iterable[ReadError], console: Console) -> None:
    unread = tuple(unread)
    _line(console, Text(f"Not read: {_count(len(unread), 'file')}", style="bold magenta"))
    for error in unread:
        _paragraph(console, Text(printable(error.file)), indent=2)
        cause = printable(error.cause)
        text = Text(f"{cause[:1].upper()}{cause[1:]}. {printable(error.remedy)}", style="dim")
        _paragraph(console, text, indent=6)
    console.print()


def _print_notices(
    notices: Iterable[Notice], console: Console, indent: int = 0, before: str = ""
) -> None:
    if messages := [printable(notice.message).rstrip(".") for notice in notices]:
        _paragraph(console, Text(before + "; ".join(messages), style="dim"), indent)


def _colour(score: float) -> str:
    return "green" if whole(score) > 68 else "cyan" if whole(score) > 40 else "dim"


def _file(path: str) -> str:
    return printable(PurePath(path).name)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _line(console: Console, text: Text) -> None:
    """One line that is never folded; on a narrow screen its end is cut."""
    text.rstrip()
    if console.is_terminal:
        console.print(text, no_wrap=True, overflow="ellipsis")
    else:
        console.print(text, soft_wrap=True)


def _paragraph(console: Console, text: Text, indent: int = 0) -> None:
    width = min(console.width, TEXT) if console.is_terminal else TEXT
    for line in text.wrap(console, max(width - indent, 20)):
        _line(console, Text(" " * indent).append_text(line))
