"""rolefit score"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli import blinding, length, logs, options, results, sources
from rolefit.cli.command import option
from rolefit.cli.console import check_writable, note
from rolefit.errors import InputError
from rolefit.files import to_bytes, write_file

if TYPE_CHECKING:
    from rolefit.matcher import Matcher
    from rolefit.reading import Limits
    from rolefit.records import Match


def score(
    resume: options.Resume,
    job: options.Job,
    json: options.Json = False,
    csv: options.Csv = False,
    output: results.Output = None,
    receipt: Annotated[
        Path | None,
        option("--receipt", metavar="FILE", help="Write what rolefit verify replays."),
    ] = None,
    log: logs.Log = None,
    blind: blinding.Blind = False,
    strict: length.Strict = False,
    windows: length.Windows = False,
    model: options.Model = None,
    no_cache: options.NoCache = False,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
    text_column: options.TextColumn = None,
    id_column: options.IdColumn = "",
) -> None:
    """Score how well one resume fits one job."""
    form = results.form(json, csv, output)
    options.one_stdin(resume, job)
    if receipt and windows:
        raise InputError("--receipt and --windows exclude each other: a receipt names no windows")
    check_writable(receipt)
    blinding.say(blind)
    keeper = logs.Keeper(
        log, "score", blind=blind, strict=strict, windows=windows, text_column=text_column,
        id_column=id_column,
    )  # fmt: skip

    from rolefit.report import Report
    from rolefit.report.terminal import print_score

    reading = options.limits(max_mb, max_pages, timeout)
    columns = options.columns(text_column, id_column, blind)
    receipts: list[str] = []
    with options.matcher(model, None, no_cache or windows, reading, columns) as matcher:
        if windows:
            length.by_windows(matcher)
        if receipt is None:
            pair = (sources.document(resume, reading), sources.document(job, reading))
            match = matcher.score(*pair)
        else:
            match, made = _with_receipt(receipt, matcher, resume, job, reading)
            receipts.append(made)
        bundle = matcher.bundle
    if strict:
        for error in length.whole([match])[1]:
            raise error
    keeper.add(bundle, [match], receipts=receipts)
    results.deliver(Report(match.job, (match,), (), bundle, 1), form, output, print_score)
    keeper.end()


def _with_receipt(
    file: Path, matcher: Matcher, resume: Path, job: Path, limits: Limits
) -> tuple[Match, str]:
    """The match and its receipt's digest.

    Both are read first: the hashes are of the bytes that are scored, not of a later state.
    """
    from rolefit import receipts

    pair = (sources.read_document(resume, limits), sources.read_document(job, limits))
    match = matcher.score(*pair)
    receipt = receipts.make(match, *pair, matcher.bundle)
    write_file(file, to_bytes(receipts.to_json(receipt)))
    note(f"wrote {file}")
    return match, receipt["digest"]
