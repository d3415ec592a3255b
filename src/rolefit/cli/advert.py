"""rolefit advert"""

from __future__ import annotations

import json as json_
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli import deciding, options, sources
from rolefit.cli.command import argument, option
from rolefit.cli.console import Exit, end, note, out, progress_bar, write_stdout
from rolefit.errors import InputError, ReadError

if TYPE_CHECKING:
    from rich.console import Console

    from rolefit.audit.advert import Advert
    from rolefit.decide.population import Shown
    from rolefit.intake import Prepared
    from rolefit.matcher import Matcher
    from rolefit.reading import Limits

Printer = Callable[..., None]
FOUR_FIFTHS = 0.8  # that of audit.impact, asserted by a test
_TEXT = 60  # characters of a requirement


def advert(
    job: options.Job,
    resumes: Annotated[
        list[Path] | None, argument(metavar="[RESUMES]", help="Files and folders of people.")
    ] = None,
    pool: Annotated[str | None, option(metavar="POOL", help="People of this pool instead.")] = None,
    where: Annotated[
        str,
        option("--filter", metavar="WHERE", show_default=False, help="Of the pool only these."),
    ] = "",
    groups: Annotated[
        Path | None,
        option(metavar="CSV", help="file, sex, race_ethnicity: adds impact ratios."),
    ] = None,
    read: Annotated[
        bool,
        option(help="With the reader: a second or more for each person, and right more often."),
    ] = False,
    must: deciding.Must = None,
    requirements: deciding.Requirements = None,
    json: options.Json = False,
    model: options.Model = None,
    no_cache: options.NoCache = False,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """Say what each requirement of an advert does to the people who might apply.

    How many each removes alone and all required ones together, by profession and level, and by
    group where a file names them; which nobody or everybody meets; wording that keeps people out.
    With --must the musts are those that remove together.
    """
    if (pool is None) == (not resumes):
        raise InputError("expected people: either resumes after the job, or --pool POOL")
    if where and pool is None:
        raise InputError("--filter is for --pool; name the resumes you mean")
    from rolefit import decide
    from rolefit.audit import advert as adverts
    from rolefit.audit.wording import narrowing
    from rolefit.decide.population import shown

    known = adverts.read_groups(groups) if groups else None
    reading = options.limits(max_mb, max_pages, timeout)
    document = sources.read_document(job, reading)
    chosen = deciding.confirmed(document, reading, requirements, must, None, None)
    confirmed = chosen or decide.requirements(document)
    if any(wish.added for wish in confirmed.wishes):
        raise InputError("--must: only requirements that the advert has; write yours into it")
    unread: list[ReadError] = []
    with (
        options.matcher(model, None, no_cache, reading, reads=read) as matcher,
        _people(matcher, pool, where, resumes or [], job, reading, unread) as people,
        progress_bar("Looking") as bar,
    ):
        found = adverts.advert(
            confirmed,
            list(_counted(shown(matcher, document, people, read), bar)),
            narrowing(document),
            known,
            musts_alone=bool(must),
        )
    if json:
        write_stdout(json_.dumps(adverts.as_dict(found), ensure_ascii=False, indent=2) + "\n")
    else:
        _print(found, read, out())
    for error in unread:
        note(error)
    if unread:
        end(Exit.UNREAD)


def _counted(shown: Iterable[Shown], bar: Callable[[int, int], None] | bool) -> Iterator[Shown]:
    for done, one in enumerate(shown, start=1):
        if callable(bar):
            bar(done, done + 1)  # how many there are is known at the end
        yield one


@contextmanager
def _people(
    matcher: Matcher, pool: str | None, where: str, resumes: list[Path], job: Path,
    reading: Limits, unread: list[ReadError],
) -> Iterator[Iterable[Prepared]]:  # fmt: skip
    if pool is None:
        given = sources.documents(sources.files(resumes, leave_out=job), reading, unread)
        yield matcher.intake.prepare(((one, "resume") for one in given), unread, many=True)
        return
    from rolefit.pool import Pool

    with Pool.open(pool, matcher) as people:
        yield people.people(where)


def _print(found: Advert, read: bool, console: Console) -> None:
    def line(text: str = "", style: str = "") -> None:
        console.print(text, style=style or None, soft_wrap=True)

    counted = [one for one in found.lines if one.counted]
    line()
    line(f"{found.people:,} people for {found.job}", "bold")
    line(
        f"{found.left:,} show all {len(counted)} requirements that count, at least partly; "
        f"{found.people - found.left:,} do not"
    )
    line()
    line(f"     {'met':>5} {'partly':>6} {'not shown':>9} {'only this':>9}", "dim")
    for one in found.lines:
        mark = " " if one.counted else "·"
        text = one.text if len(one.text) <= _TEXT else one.text[: _TEXT - 1] + "…"
        only = f"{one.only:,}" if one.counted else ""
        line(f"{one.id:>4}{mark}{one.met:>5,} {one.partly:>6,} {one.alone:>9,} {only:>9}  {text}")
    line("only this: whom no other requirement removes. · does not count (a wish or a duty)", "dim")
    for title, lines in (("Nobody meets", found.nobody), ("Everybody meets", found.everybody)):
        if lines:
            line()
            line(f"{title}: {', '.join(one.id for one in lines)}", "bold")
    _print_slices(found, line)
    _print_groups(found, line)
    if found.wording:
        line()
        line("Wording that keeps people out", "bold")
        for word in found.wording:
            line(f"  {word.requirement or '-'}  {word.text[:_TEXT]}: {word.advice}")
    line()
    how = "by the reader" if read else "by nearest lines and facts (--read: by the reader)"
    line(f"Statuses are {how}; not shown in a resume is not the same as not there.", "dim")


def _print_slices(found: Advert, line: Printer) -> None:
    for by in ("profession", "level"):
        rows = [one for one in found.slices if one.by == by]
        if rows:
            line()
            line(f"By {by}", "bold")
        for one in rows:
            hard = f"; {one.hardest} removes most, {one.removed:,}" if one.hardest else ""
            line(f"  {one.name}: {one.left:,} of {one.people:,} left{hard}")


def _print_groups(found: Advert, line: Printer) -> None:
    if not found.groups:
        return
    line()
    line("By group: share that is left, and its ratio to the highest", "bold")
    for one in found.groups:
        for table in one.impact.tables[:2]:
            told = [
                f"{c.label} {c.rate:.0%}"
                + ("" if c.ratio is None else f" ({c.ratio:.2f})")
                + (" below four fifths" if c.ratio is not None and c.ratio < FOUR_FIFTHS else "")
                for c in table.categories
            ]
            if told:
                line(f"  {one.id or 'all'}  {', '.join(told)}")
    if found.without_group:
        line(f"  {found.without_group:,} people are of no group that the file names", "dim")
