"""rolefit audit file"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from rolefit.cli import options
from rolefit.cli.command import Exit as Exited
from rolefit.cli.command import argument, option
from rolefit.cli.console import Exit, check_writable, complain, note
from rolefit.errors import InputError
from rolefit.files import write_file


def file(
    out: Annotated[Path, argument(metavar="OUT", help="The ZIP to write.")],
    results: Annotated[
        list[Path] | None,
        argument(metavar="[RESULTS]", help="Reports of audits, CSV, receipts: packed as they are."),
    ] = None,
    log: Annotated[Path | None, option(metavar="FILE", help="A run log, which is checked.")] = None,
    model: options.Model = None,
) -> None:
    """Pack what an auditor asks for into one ZIP with a hash of every file.

    Facts and card of the model, results of audits, the run log with what verify says of it, notices
    of what none of that shows. The same inputs give the same bytes. A log that does not hold is
    packed too and ends the command with status 4.
    """
    check_writable(out)
    if out.suffix.lower() != ".zip":
        raise InputError(f"{out}: expected a name in .zip, behind it the results to pack")

    from rolefit.audit.dossier import pack
    from rolefit.bundle import Bundle

    given = results or []
    data, wrong = pack(Bundle.open(model), given, log)
    write_file(out, data)
    note(f"wrote {out}")
    if not given:
        note("no audit result is in it: rolefit audit counterfactual and impact make them")
    if wrong:
        raise Exited(complain(wrong, Exit.DIFFERS))
