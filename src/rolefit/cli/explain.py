"""rolefit explain"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from rolefit.cli import blinding, logs, options, sources
from rolefit.cli.command import option
from rolefit.cli.console import check_writable, note, out, write_stdout
from rolefit.files import to_bytes, write_file

Html = Annotated[
    Path | None,
    option("--html", metavar="OUT", help="Write one self-contained page to OUT."),
]

Fast = Annotated[
    bool,
    option("--fast", help="Without the reader: statuses by nearest lines and facts, sooner."),
]


def explain(
    resume: options.Resume,
    job: options.Job,
    html: Html = None,
    json: options.Json = False,
    log: logs.Log = None,
    title: options.Title = "",
    blind: blinding.Blind = False,
    fast: Fast = False,
    model: options.Model = None,
    no_cache: options.NoCache = False,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
    text_column: options.TextColumn = None,
    id_column: options.IdColumn = "",
) -> None:
    """Say why one resume has its score for one job: what raised it, what lowered it, which lines.

    The page of --html shows both texts with the lines that count. It holds what the documents say:
    keep it as carefully as them.
    """
    check_writable(html)
    options.one_stdin(resume, job)
    keeper = logs.Keeper(
        log, "explain", blind=blind, fast=fast, text_column=text_column, id_column=id_column,
        title=logs.hashed([title] if title else None),
    )  # fmt: skip
    reading = options.limits(max_mb, max_pages, timeout)
    columns = options.columns(text_column, id_column, blind)
    with options.matcher(model, None, no_cache, reading, columns, not fast) as matcher:
        pair = (sources.document(resume, reading), sources.advert(job, reading, title))
        explanation = blinding.shown(matcher.explain(*pair), blind)
        bundle = matcher.bundle
    keeper.add(bundle, [explanation])
    if html:
        from rolefit.report.html_explain import to_html

        write_file(html, to_bytes(to_html(explanation)))
        note(f"wrote {html}")
    if json:
        from rolefit.report.explain_json import to_json

        write_stdout(to_json(explanation, bundle))
    elif not html:
        from rolefit.report.explain_terminal import print_explanation

        print_explanation(explanation, out())
    keeper.end()
