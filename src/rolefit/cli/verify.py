"""rolefit verify"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from rolefit.cli import options, sources
from rolefit.cli.command import Exit as Exited
from rolefit.cli.command import argument, echo
from rolefit.cli.console import Exit, complain
from rolefit.errors import ReceiptError


def verify(
    receipt: Annotated[Path, argument(metavar="RECEIPT", help="Made by score --receipt.")],
    resume: options.Resume,
    job: options.Job,
    model: options.Model = None,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """Check a receipt: score both documents again and compare everything.

    One changed byte of a document, another model, taxonomy or version, or an edited receipt ends
    with exit status 4 and says what differs. A receipt is no signature: it proves what was scored
    with what, not who did it.
    """
    options.one_stdin(resume, job)

    from rolefit import receipts

    reading = options.limits(max_mb, max_pages, timeout)
    try:
        content = receipts.load(receipt)
        pair = (sources.read_document(resume, reading), sources.read_document(job, reading))
        with options.matcher(model, None, True, reading) as matcher:
            match = receipts.verify(content, *pair, matcher)
    except ReceiptError as error:
        raise Exited(complain(error, Exit.DIFFERS)) from error
    echo(f"the receipt holds: score {match.score:.1f}, scored again from the same bytes")
