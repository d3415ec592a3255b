"""rolefit improve"""

from __future__ import annotations

from rolefit.cli import logs, options, sources
from rolefit.cli.console import out, progress_bar, write_stdout


def improve(
    resume: options.Resume,
    job: options.Job,
    json: options.Json = False,
    log: logs.Log = None,
    title: options.Title = "",
    model: options.Model = None,
    no_cache: options.NoCache = False,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """For job seekers: where the advert has another word for what the resume says already.

    Each change is made and scored, so a gain is measured. Nothing is suggested that the resume does
    not say, and what no rewording can supply is listed as such.
    """
    options.one_stdin(resume, job)
    keeper = logs.Keeper(log, "improve", title=logs.hashed([title] if title else None))
    reading = options.limits(max_mb, max_pages, timeout)

    from rolefit.improve import improve as advise
    from rolefit.reading import from_text
    from rolefit.report import improve_json, improve_terminal

    with options.matcher(model, None, no_cache, reading) as matcher:
        advert = (
            sources.advert(job, reading, title) if title else sources.read_document(job, reading)
        )
        explanation = matcher.explain(sources.document(resume, reading), advert)
        name = explanation.resume.name
        with progress_bar("Scoring changes"):
            advice = advise(
                explanation,
                lambda text: matcher.score(from_text(text, name=name), advert).score,
            )
        bundle = matcher.bundle
    keeper.add(bundle, [(explanation, advice)])
    if json:
        write_stdout(improve_json.to_json(explanation, advice, bundle))
    else:
        improve_terminal.print_advice(explanation, advice, out())
    keeper.end()
