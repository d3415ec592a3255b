"""rolefit verify"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from rolefit.cli import options, sources
from rolefit.cli.command import Exit as Exited
from rolefit.cli.command import argument, echo, option
from rolefit.cli.console import Exit, complain, note
from rolefit.errors import InputError, ReceiptError, RunLogError


def verify(
    receipt: Annotated[
        Path | None, argument(metavar="RECEIPT", help="Made by score --receipt.")
    ] = None,
    resume: Annotated[
        Path | None, argument(metavar="RESUME", help="The resume, or - for stdin.")
    ] = None,
    job: Annotated[
        Path | None, argument(metavar="JOB", help="The job advert, or - for stdin.")
    ] = None,
    log: Annotated[
        Path | None, option("--log", metavar="FILE", help="Check a run log instead.")
    ] = None,
    holds: Annotated[
        str, option("--holds", metavar="HASH", help="With --log: a run that must be in it.")
    ] = "",
    model: options.Model = None,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """Check a receipt: score both documents again and compare everything. Or check a run log.

    One changed byte of a document, another model, taxonomy or version, or an edited receipt ends
    with exit status 4 and says what differs. A receipt is no signature: it proves what was scored
    with what, not who did it.

    --log FILE instead tells whether lines of a log that the option --log of other commands wrote
    were changed, taken out, moved or cut off; --holds takes the hash it ended with at an earlier
    time.
    """
    if log is not None:
        if receipt is not None:
            raise InputError("a receipt and --log exclude each other: run rolefit once for each")
        _verify_log(log, holds)
        return
    if receipt is None or resume is None or job is None:
        raise InputError("expected RECEIPT RESUME JOB, or --log FILE")
    options.one_stdin(resume, job)

    from rolefit import receipts

    reading = options.limits(max_mb, max_pages, timeout)
    try:
        content = receipts.load(receipt)
        pair = (sources.read_document(resume, reading), sources.read_document(job, reading))
        reads = content.get("reader") is not False
        with options.matcher(model, None, True, reading, reads=reads) as matcher:
            match = receipts.verify(content, *pair, matcher)
    except ReceiptError as error:
        raise Exited(complain(error, Exit.DIFFERS)) from error
    echo(f"the receipt holds: score {match.score:.1f}, scored again from the same bytes")


def _verify_log(log: Path, holds: str) -> None:
    from rolefit.audit.runcheck import verify

    try:
        checked = verify(log, holds)
    except RunLogError as error:
        status = Exit.DIFFERS if log.is_file() else Exit.USAGE
        raise Exited(complain(error, status)) from error
    for remark in checked.remarks:
        note(remark)
    count = len(checked.runs)
    echo(f"the log holds: {count:,} run{'' if count == 1 else 's'}")
    echo(f"hash of the last: {checked.last}")
