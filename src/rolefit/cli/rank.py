"""rolefit rank"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli import blinding, deciding, length, logs, options, professions, results, sources
from rolefit.cli.command import argument, option
from rolefit.cli.console import (
    Exit,
    check_writable,
    end,
    note,
    progress_bar,
)
from rolefit.cli.explain import Fast
from rolefit.errors import InputError, ReadError
from rolefit.files import to_bytes, write_file

if TYPE_CHECKING:
    from rolefit.intake import Prepared
    from rolefit.matcher import Matcher
    from rolefit.records import Document, Explanation, Match

EXPLAINED = 20


def rank(
    job: options.Job,
    resumes: Annotated[
        list[Path], argument(metavar="RESUMES", help="Files, folders, or - for stdin.")
    ],
    top: Annotated[int | None, option(metavar="N", min=1, help="Show the best N.")] = None,
    json: options.Json = False,
    csv: options.Csv = False,
    output: results.Output = None,
    html: Annotated[
        Path | None,
        option(
            "--html", metavar="OUT", help="Write one page: the table, and why each of the best."
        ),
    ] = None,
    explained: Annotated[
        int, option(metavar="N", min=0, help="With --html: explain the best N.")
    ] = EXPLAINED,
    domain: professions.Wanted = "",
    order: deciding.OrderBy = deciding.Order.SCORE,
    all_versions: deciding.AllVersions = False,
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
    jobs: options.Jobs = None,
    no_cache: options.NoCache = False,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
    text_column: options.TextColumn = None,
    id_column: options.IdColumn = "",
) -> None:
    """Rank resumes by how well they fit a job, best first.

    Folders are searched with all that is in them, except hidden files and the job itself.
    A resume that cannot be read is listed with the reason and the others are ranked. With musts or
    weights each score stands beside the one by them; whoever does not show a must is listed last.
    People whose scores cannot be told apart stand in one group; files that are versions of one
    another count as one person.
    """
    form = results.form(json, csv, output)
    check_writable(html)
    options.one_stdin(job, *resumes)
    keeper = logs.Keeper(
        log, "rank", top=top, domain=domain, blind=blind, strict=strict, windows=windows,
        text_column=text_column, id_column=id_column, order=order.value,
        title=logs.hashed([title] if title else None),
        must=logs.hashed(must), not_must=logs.hashed(not_must), weight=logs.hashed(weight),
        requirements=logs.hashed([requirements] if requirements else None),
    )  # fmt: skip
    paths = keeper.documents(sources.files(resumes, leave_out=job))

    from rolefit.report import Report
    from rolefit.report.terminal import print_ranking

    reading = options.limits(max_mb, max_pages, timeout)
    columns = options.columns(text_column, id_column, blind)
    unread: list[ReadError] = []
    blinding.say(blind)
    uncached = no_cache or windows
    with (
        options.matcher(model, jobs, uncached, reading, columns, not fast) as matcher,
        progress_bar("Reading") as bar,
    ):
        if windows:
            length.by_windows(matcher)
        wanted = professions.wanted(matcher, domain)
        try:
            advert = sources.advert(job, reading, title)
            wishes = deciding.confirmed(advert, reading, requirements, must, not_must, weight)
            keeper.decided(wishes, fast)
            given = sources.documents(paths, reading, unread, columns)
            prepared: list[Prepared] = []
            matches = matcher.rank(advert, given, bar, unread, prepared)
        except ReadError as error:
            raise InputError(f"the job cannot be read: {error}") from error
        if strict:
            matches, cut = length.whole(matches)
            unread += cut
        bundle = matcher.bundle
        keeper.add(bundle, matches, unread)
        matches, others = professions.kept(matches, wanted)
        found = deciding.listed(
            matcher, advert, matches, prepared, wishes, order, all_versions, top
        )
        shown = found.matches[:top]
        best = _explain(matcher, advert, given, shown[:explained]) if html else []
        best = [blinding.shown(explanation, blind) for explanation in best]
    report = Report(
        sources.label(job), shown, tuple(unread), bundle, len(found.matches), others,
        wishes, found.weighted[:top], found.tiering, found.versions,
    )  # fmt: skip
    if html:
        from rolefit.report.html_ranking import ranking_html

        write_file(html, to_bytes(ranking_html(report, best)))
        note(f"wrote {html}")
    if form or not html:
        results.deliver(report, form, output, print_ranking)
    keeper.end()
    if unread:
        end(Exit.UNREAD)


def _explain(
    matcher: Matcher,
    job: Path | Document,
    resumes: Sequence[Path | Document],
    matches: Sequence[Match],
) -> list[Explanation]:
    """The explanation of each of `matches`, which lack only what the ranking knew of the others."""
    from rolefit.decide.ranking import sources as sources_of

    source = sources_of(resumes)
    found = []
    explained = matcher.explainer(job)
    with progress_bar("Explaining") as bar:
        for done, match in enumerate(matches, start=1):
            explanation = explained(source(match))
            found.append(
                replace(explanation, match=replace(explanation.match, notices=match.notices))
            )
            if callable(bar):
                bar(done, len(matches))
    return found
