"""rolefit audit counterfactual | impact | file"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli import audit_file, options, sources
from rolefit.cli.command import Exit as Exited
from rolefit.cli.command import Group, argument, option
from rolefit.cli.console import (
    check_writable,
    note,
    out,
    progress_bar,
)
from rolefit.errors import InputError
from rolefit.files import to_bytes, write_file

if TYPE_CHECKING:
    from rolefit.audit.counterfactual import Audit, Case
    from rolefit.audit.impact import Impact
    from rolefit.bundle import Bundle
    from rolefit.reading import Limits
    from rolefit.records import Document

FAILED = 4  # the exit status of --strict if a bound is passed; verify's for what does not hold

app = Group(help="Audits for fairness.")
app.command()(audit_file.file)
Html = Annotated[Path | None, option("--html", metavar="OUT", help="Write the report as one page.")]
Csv = Annotated[Path | None, option("--csv", metavar="OUT", help="Write the report as CSV.")]
Column = option(metavar="COLUMN")


@app.command()
def counterfactual(
    resume: Annotated[
        Path | None, option(metavar="FILE", help="Also swap in this resume; needs --job.")
    ] = None,
    job: Annotated[Path | None, option(metavar="FILE", help="The job of --resume.")] = None,
    html: Html = None,
    csv: Csv = None,
    strict: Annotated[
        bool, option("--strict", metavar="", help="End with status 4 if a group fails.")
    ] = False,
    model: options.Model = None,
    jobs: options.Jobs = None,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """Swap name, pronouns, address, dates, school and hobbies in equal resumes; compare the scores.

    The resumes are made up and come with rolefit. Takes a minute or more.
    """
    for path in (html, csv):
        check_writable(path)
    if (resume is None) != (job is None):
        raise InputError("--resume and --job belong together: give both or neither")
    reading = options.limits(max_mb, max_pages, timeout)

    from rolefit.audit.counterfactual import audit, shipped_cases

    cases = [*shipped_cases()]
    if resume is not None and job is not None:
        options.one_stdin(resume, job)
        cases.append(_given(resume, job, reading))
    with (
        options.matcher(model, jobs, True, reading) as matcher,
        progress_bar("Auditing") as bar,
    ):

        def score(people: Sequence[Document], advert: Document) -> list[float]:
            return [float(value) for value in matcher.score_matrix(people, [advert])[:, 0]]

        found = audit(
            cases,
            score,
            progress=bar if callable(bar) else None,
        )
        bundle = matcher.bundle
    _print_shifts(found)
    _file(found, bundle, html, csv)
    if strict and not found.passed:
        raise Exited(FAILED)


@app.command()
def impact(
    file: Annotated[Path, argument(metavar="CSV", help="One row per person, with a header.")],
    sex: Annotated[str | None, Column] = None,
    race: Annotated[str | None, Column] = None,
    score: Annotated[str | None, Column] = None,
    selected: Annotated[str | None, Column] = None,
    leave_out_small: Annotated[
        str,
        option(metavar="REASON", help="Leave categories under 2% out of the ratios, and why."),
    ] = "",
    html: Html = None,
    csv: Csv = None,
    model: options.Model = None,
) -> None:
    """Impact ratios as New York City's Local Law 144 defines them, from a CSV of outcomes.

    Columns: sex, race_ethnicity, and score or selected; the options name others. An empty cell is
    unknown.
    """
    for path in (html, csv):
        check_writable(path)

    from rolefit.audit.impact import impact as ratios
    from rolefit.audit.outcomes import read_outcomes
    from rolefit.bundle import Bundle

    named = {"sex": sex, "race": race, "score": score, "selected": selected}
    outcomes = read_outcomes(file, {key: name for key, name in named.items() if name})
    found = ratios(outcomes, leave_out_small.strip())
    _print_ratios(found)
    _file(found, Bundle.open(model), html, csv)


def _given(resume: Path, job: Path, reading: Limits) -> Case:
    from rolefit.audit.counterfactual import given_case

    return given_case(sources.read_document(resume, reading), sources.read_document(job, reading))


def _file(found: Audit | Impact, bundle: Bundle, html: Path | None, csv: Path | None) -> None:
    from rolefit.audit.filing import Versions, to_csv, to_html

    versions = Versions(datetime.date.today().isoformat(), bundle)
    for path, render in ((html, to_html), (csv, to_csv)):
        if path is not None:
            write_file(path, to_bytes(render(found, versions)))
            note(f"wrote {path}")


def _print_shifts(found: Audit) -> None:
    from rolefit.audit.filing import COUNTERFACTUAL_LIMITS, interval, verdict

    rows, last = [], ""
    for shift in found.shifts:
        if shift.dimension != last:
            rows.append((shift.dimension, *[""] * 5))
        last = shift.dimension
        rows.append(
            (f"  {shift.group}", f"{shift.test.shift:+.1f}", interval(shift),
             f"{shift.median:.1f}", f"{shift.p95:.1f}", "pass" if shift.passed else "FAIL")
        )  # fmt: skip
    _table(("points of 100", "mean", "95% interval", "median", "95th", ""), rows)
    _lines([*found.remarks, "", verdict(found), *COUNTERFACTUAL_LIMITS[1:2]])


def _print_ratios(found: Impact) -> None:
    from rolefit.audit.filing import IMPACT_LIMITS, data_of, remarks

    for table in found.tables:
        rows = [
            (c.label, f"{c.n:,}", f"{c.rate:.1%}", "-" if c.ratio is None else f"{c.ratio:.3f}",
             remarks(c))
            for c in table.categories
        ]  # fmt: skip
        _table((f"by {table.by}", "number", "rate", "ratio", ""), rows)
        _lines([""])
    _lines([f"{name}: {value}" for name, value in data_of(found)])
    _lines(["", *IMPACT_LIMITS[1:3]])


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.table import Table

    from rolefit.report.names import printable

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for place, column in enumerate(columns):
        numeric = 0 < place < len(columns) - 1
        table.add_column(column, justify="right" if numeric else "left", overflow="fold",
                         no_wrap=numeric)  # fmt: skip
    for row in rows:
        table.add_row(*map(printable, row))
    out().print(table)


def _lines(lines: Sequence[str]) -> None:
    from rolefit.report.names import printable

    console = out()
    for line in lines:
        console.print(printable(line))
