"""rolefit score"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli import blinding, deciding, length, logs, options, results, sources
from rolefit.cli.command import option
from rolefit.cli.console import check_writable, note
from rolefit.cli.explain import Fast
from rolefit.errors import InputError
from rolefit.files import to_bytes, write_file

if TYPE_CHECKING:
    from rolefit.decided import Confirmed, Weighted
    from rolefit.matcher import Matcher
    from rolefit.records import Document, Match

    Pair = tuple[Path | Document, Path | Document]


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
    must: deciding.Must = None,
    not_must: deciding.NotMust = None,
    weight: deciding.Weight = None,
    requirements: deciding.Requirements = None,
    fast: Fast = False,
    log: logs.Log = None,
    title: options.Title = "",
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
    if receipt and title:
        raise InputError("--receipt and --title exclude each other: a receipt holds what files say")
    check_writable(receipt)
    blinding.say(blind)
    keeper = logs.Keeper(
        log, "score", blind=blind, strict=strict, windows=windows, text_column=text_column,
        id_column=id_column, title=logs.hashed([title] if title else None),
    )  # fmt: skip

    from rolefit.report import Report
    from rolefit.report.terminal import print_score

    reading = options.limits(max_mb, max_pages, timeout)
    columns = options.columns(text_column, id_column, blind)
    with options.matcher(model, None, no_cache or windows, reading, columns, not fast) as matcher:
        if windows:
            length.by_windows(matcher)
        # A receipt's hashes are of the bytes that are scored, not of a later state of the files.
        get = sources.read_document if receipt else sources.document
        pair = (
            get(resume, reading),
            sources.advert(job, reading, title) if title else get(job, reading),
        )
        wishes = deciding.confirmed(pair[1], reading, requirements, must, not_must, weight)
        keeper.decided(wishes, fast)
        match = matcher.score(*pair)
        weights = _weighted(matcher, pair, match, wishes)
        receipts = [_write(receipt, matcher, pair, match, wishes, weights)] if receipt else []
        bundle = matcher.bundle
    if strict:
        for error in length.whole([match])[1]:
            raise error
    keeper.add(bundle, [match], receipts=receipts)
    report = Report(match.job, (match,), (), bundle, 1, 0, wishes, weights)
    results.deliver(report, form, output, print_score)
    keeper.end()


def _weighted(
    matcher: Matcher, pair: Pair, match: Match, wishes: Confirmed | None
) -> tuple[Weighted, ...]:
    if wishes is None:
        return ()
    from rolefit import decide

    return (decide.Weigher(matcher, pair[1], wishes)(pair[0], match),)


def _write(
    file: Path,
    matcher: Matcher,
    pair: Pair,
    match: Match,
    wishes: Confirmed | None,
    weights: Sequence[Weighted],
) -> str:
    """The digest of the receipt that is written."""
    from rolefit import receipts
    from rolefit.records import Document

    resume, job = pair
    assert isinstance(resume, Document)
    assert isinstance(job, Document)
    weighted = weights[0] if weights else None
    receipt = receipts.make(match, resume, job, matcher.bundle, wishes, weighted, matcher.reads)
    write_file(file, to_bytes(receipts.to_json(receipt)))
    note(f"wrote {file}")
    return str(receipt["digest"])
