"""Pools over HTTP: searched by everybody who may ask, changed only where the service allows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import wraps
from typing import TYPE_CHECKING, Any

from rolefit import decide
from rolefit.errors import PoolError, ReadError, RequestError
from rolefit.intake import Prepared
from rolefit.pool import Entry, Pool
from rolefit.reading import Part
from rolefit.records import Document, Match, Notice
from rolefit.report import as_json, pool_view
from rolefit.serve.answers import ranking, report, source, truncated
from rolefit.serve.body import Asked
from rolefit.serve.decisions import confirmed
from rolefit.serve.desk import Ticket, Unread
from rolefit.serve.forms import Item

if TYPE_CHECKING:
    from rolefit.serve.service import Service

Answer = dict[str, Any]


def _of_pool(
    work: Callable[[Pool, str, Asked, Ticket], Answer],
) -> Callable[[Service, Asked, Ticket], Answer]:
    """With the pool that is asked for. What it says of its file is said by its name."""

    @wraps(work)
    def asked_of(service: Service, asked: Asked, ticket: Ticket) -> Answer:
        name = _named(service, asked.options.pool)
        pool = service.pools[name]
        try:
            return work(pool, name, asked, ticket)
        except PoolError as error:
            said = str(error).replace(str(pool.path), name).partition(". ")[0]
            raise RequestError(
                422, "PoolError", said, "See what there is: /v1/pool/stats and /v1/pool/search."
            ) from error

    return asked_of


@_of_pool
def search(pool: Pool, name: str, asked: Asked, ticket: Ticket) -> Answer:
    options, job = asked.options, source(asked.documents["job"][0])
    matcher = pool.matcher.without_reader() if options.fast else pool.matcher
    wishes = confirmed(matcher, job, options)
    prepared: list[Prepared] = []
    found = pool.search(
        job, top=None, where=options.filter, candidates=options.candidates, prepared=prepared
    )
    listed = decide.listed(
        matcher, job, found.matches, prepared, wishes, all_versions=options.all_versions,
        progress=ticket.progress,
    )  # fmt: skip
    content = ranking(report(job.name, listed, matcher.bundle, wishes, options.top))
    entries = {entry.name: entry for entry in found.entries}
    shown = [entries[match.resume] for match in listed.matches[: options.top]]
    content["results"] = _with_ids(content["results"], shown)
    return {**content, "passed": found.passed, "pool_notices": _notices(found.notices)}


@_of_pool
def jobs(pool: Pool, name: str, asked: Asked, ticket: Ticket) -> Answer:
    options, resume = asked.options, source(asked.documents["resume"][0])
    found = pool.jobs(resume, top=options.top, where=options.filter, candidates=options.candidates)
    content = pool_view.jobs_content(resume.name, found.matches, found.scored)
    content["results"] = _with_ids(content["results"], found.entries, found.matches)
    cut = any(map(truncated, found.matches))
    notices = _notices(found.notices)
    return {**content, "passed": found.passed, "pool_notices": notices, "truncated": cut}


@_of_pool
def like(pool: Pool, name: str, asked: Asked, ticket: Ticket) -> Answer:
    document = source(asked.documents["document"][0])
    found = pool.like(document, top=asked.options.top, where=asked.options.filter)
    shown = [(one.entry.name, one.likeness, one.shared) for one in found]
    content = pool_view.likes_content(document.name, shown)
    content["results"] = _with_ids(content["results"], [one.entry for one in found])
    return content


@_of_pool
def stats(pool: Pool, name: str, asked: Asked, ticket: Ticket) -> Answer:
    return {"pool": name, **asdict(pool.stats())}


@_of_pool
def add(pool: Pool, name: str, asked: Asked, ticket: Ticket) -> Answer:
    unread = Unread(ticket)
    given: list[str | Part | Document] = []
    for place, item in enumerate(asked.documents["documents"]):
        try:
            given.append(_to_keep(item, f"documents[{place}]"))
        except ReadError as error:
            unread.append(error)
    done = pool.add(given, progress=ticket.progress, unread=unread)
    return {
        "pool": name, "added": done.new, "replaced": done.replaced, "same": done.same,
        "people": len(pool), "not_read": as_json.not_read(unread),
    }  # fmt: skip


@_of_pool
def forget(pool: Pool, name: str, asked: Asked, ticket: Ticket) -> Answer:
    gone = pool.forget(asked.options.who)
    told = [{"id": entry.id, "name": entry.name} for entry in gone]
    return {"pool": name, "forgotten": told, "people": len(pool)}


def _to_keep(item: Item, place: str) -> str | Part | Document:
    """A text that was given no name is called by its hash: its place is another's next time."""
    if isinstance(item, Part) or item.name != place:
        return source(item)
    source(item)  # or its error would not name it
    return item.text


def _named(service: Service, name: str) -> str:
    if not name and len(service.pools) == 1:
        return next(iter(service.pools))
    if name not in service.pools:
        raise RequestError(
            404, "UnknownPool", f"there is no pool {name!r} here" if name else "which pool?",
            f"Ask for one of: {', '.join(service.pools)}.",
        )  # fmt: skip
    return name


def _with_ids(
    results: Sequence[Answer], entries: Sequence[Entry], matches: Sequence[Match] = ()
) -> list[Answer]:
    told = [{**one, "id": entry.id} for one, entry in zip(results, entries, strict=True)]
    for one, match in zip(told, matches, strict=False):
        one["truncated"] = truncated(match)
    return told


def _notices(notices: Sequence[Notice]) -> list[dict[str, str]]:
    return [asdict(notice) for notice in notices]
