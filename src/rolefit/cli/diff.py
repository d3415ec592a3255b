"""rolefit diff"""

from __future__ import annotations

import json as json_
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli import options, sources
from rolefit.cli.command import argument, option
from rolefit.cli.console import Exit, end, note, out, progress_bar, write_stdout
from rolefit.cli.explain import Fast
from rolefit.errors import InputError, ReadError
from rolefit.files import make_folder, to_bytes, write_file

if TYPE_CHECKING:
    from rich.console import Console

    from rolefit.intake import Source
    from rolefit.matcher import Matcher
    from rolefit.reading import Limits
    from rolefit.records import Document, Match
    from rolefit.upgrade import Change, JobDiff

_SHOWN = 20  # changes of a job on the screen


def diff(
    old: Annotated[Path, argument(metavar="OLD_BUNDLE", help="The model in use.")],
    new: Annotated[Path, argument(metavar="NEW_BUNDLE", help="The model to go to.")],
    jobs: Annotated[
        list[Path], option("--jobs", metavar="FILE", help="Adverts; files or folders, repeated.")
    ],
    resumes: Annotated[
        list[Path] | None,
        option("--resumes", metavar="FILE", help="Resumes; files or folders, repeated."),
    ] = None,
    pool: Annotated[str | None, option(metavar="POOL", help="People of this pool instead.")] = None,
    line: Annotated[
        list[float] | None,
        option(
            metavar="N",
            min=0.0,
            max=100.0,
            show_default="55",
            help="Who crosses this score is told; may be given more than once.",
        ),
    ] = None,
    top: Annotated[int, option(metavar="N", min=1, help="Who enters or leaves the best N.")] = 10,
    receipts: Annotated[
        Path | None,
        option(metavar="FOLDER", help="Write both receipts of whoever is told."),
    ] = None,
    json: options.Json = False,
    fast: Fast = False,
    no_cache: options.NoCache = False,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """Say what another model changes before you go to it: scores, places, lines crossed, reasons.

    Each job is ranked with both. Whoever crosses a line, or enters or leaves the best N, is told
    with the requirements whose status changed. Both models need to work with this version.
    """
    if (pool is None) == (not resumes):
        raise InputError("expected people: either --resumes FILES or --pool POOL")
    from rolefit import upgrade
    from rolefit.decide.ranking import sources as sources_of

    reading = options.limits(max_mb, max_pages, timeout)
    adverts = [sources.document(path, reading) for path in sources.files(jobs)]
    unread: list[ReadError] = []
    found = []
    with (
        options.matcher(old, None, no_cache, reading, reads=not fast) as before,
        options.matcher(new, None, no_cache, reading, reads=not fast) as after,
        progress_bar("Comparing") as bar,
    ):
        people = _people(before, pool, resumes or [], reading, unread)
        for done, advert in enumerate(adverts, start=1):
            first = unread if done == 1 else []  # what cannot be read is the same for each job
            one = upgrade.compare(
                before, after, advert, people, lines=tuple(line or upgrade.LINES), top=top,
                unread=first,
            )  # fmt: skip
            source = sources_of(people)
            one = upgrade.with_reasons(one, before, after, advert, source)
            if receipts:
                _write_receipts(receipts, done, one, (before, after), advert, source, reading)
            found.append(one)
            if callable(bar):
                bar(done, len(adverts))
        models = [_model(matcher) for matcher in (before, after)]
    if json:
        content = {
            "schema": 1, "old": models[0], "new": models[1],
            "jobs": [upgrade.as_dict(one) for one in found],
        }  # fmt: skip
        write_stdout(json_.dumps(content, ensure_ascii=False, indent=2) + "\n")
    else:
        _print(found, models, top, out())
    for error in unread:
        note(error)
    if unread:
        end(Exit.UNREAD)


def _model(matcher: Matcher) -> dict[str, str]:
    bundle = matcher.bundle
    return {"name": bundle.name, "version": bundle.version, "sha256": bundle.sha256}


def _people(
    matcher: Matcher, pool: str | None, resumes: list[Path], reading: Limits,
    unread: list[ReadError],
) -> list[Source]:  # fmt: skip
    if pool is None:
        return [*sources.documents(sources.files(resumes), reading, unread)]
    from rolefit.pool import Pool

    with Pool.open(pool, matcher) as people:
        return [matcher.intake.again(person) for person in people.people()]


def _write_receipts(
    folder: Path, number: int, diff: JobDiff, matchers: Sequence[Matcher], job: Path | Document,
    source: Callable[[Match], Source], limits: Limits,
) -> None:  # fmt: skip
    from rolefit import receipts
    from rolefit.reading import Part, read
    from rolefit.records import Document

    make_folder(folder)
    advert = job if isinstance(job, Document) else read(job, limits=limits)
    for place, change in enumerate((c for c in diff.changes if c.told), start=1):
        given = source(change.old)
        assert not isinstance(given, Part)  # files and documents alone were given
        resume = given if isinstance(given, Document) else read(given, limits=limits)
        for which, match, matcher in (
            ("old", change.old, matchers[0]),
            ("new", change.new, matchers[1]),
        ):
            receipt = receipts.make(match, resume, advert, matcher.bundle)
            file = folder / f"job{number}-{place}-{which}.json"
            write_file(file, to_bytes(receipts.to_json(receipt)))


def _print(
    found: Sequence[JobDiff], models: Sequence[dict[str, str]], top: int, console: Console
) -> None:
    from rolefit.report.names import printable

    def say(text: str = "", style: str = "") -> None:
        console.print(printable(text), style=style or None, soft_wrap=True, markup=False)

    say()
    told = [f"{m['name']} {m['version']} ({m['sha256'][:12]})" for m in models]
    say(f"{told[0]} -> {told[1]}", "bold")
    for one in found:
        say()
        say(f"{len(one.changes):,} resumes for {one.job}", "bold")
        say(
            f"scores change by {one.mean:.1f} points on average; the orders agree by "
            f"{one.order:.3f} (Spearman)"
        )
        rows = [change for change in one.changes if change.told]
        for change in rows[:_SHOWN]:
            for text in _lines(change, top):
                say(text)
        if len(rows) > _SHOWN:
            say(f"  and {len(rows) - _SHOWN:,} more (--json has all)", "dim")
        if not rows:
            say(f"nobody crosses a line, nor enters or leaves the best {top}", "dim")


def _lines(change: Change, top: int) -> Iterator[str]:
    said = [f"crosses {line:g}" for line in change.crossed]
    if change.top:
        said.append(f"{'enters' if change.top == 'in' else 'leaves'} the best {top}")
    yield (
        f"  {change.old.resume}: {change.old.score:.1f} -> {change.new.score:.1f}, place "
        f"{change.old_place} -> {change.new_place}; {', '.join(said)}"
    )
    for reason in change.reasons or ():
        yield f"      {reason.old or '-'} -> {reason.new or '-'}: {reason.text[:70]}"
