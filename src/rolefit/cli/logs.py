"""--log FILE: a line about this run in a log that shows when it was changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from rolefit.cli.command import option
from rolefit.cli.console import check_writable
from rolefit.errors import InputError, RunLogError

if TYPE_CHECKING:
    from rolefit.audit.runs import Result
    from rolefit.bundle import Bundle
    from rolefit.decided import Confirmed
    from rolefit.errors import ReadError

Log = Annotated[
    Path | None,
    option("--log", metavar="FILE", help="Add hashes, scores, model and options to a run log."),
]


def hashed(said: Sequence[str | Path] | None) -> list[str]:
    """SHA-256 of each criterion, or of the file that lists them: a log holds no words of adverts.

    Raises InputError for a file that cannot be read.
    """
    found = []
    for item in said or ():
        try:
            data = item.read_bytes() if isinstance(item, Path) else item.encode("utf-8", "replace")
        except OSError as error:
            raise InputError(f"{item}: cannot be read: {error.strerror or error}") from error
        found.append(hashlib.sha256(data).hexdigest())
    return found


class Keeper:
    """Adds one run to a log; without a file it does nothing.

    A log that cannot be written is found before the work; where it fails only then, as on a full
    disk, the results come out first and the error after them.
    """

    def __init__(self, file: Path | None, command: str, **options: Any) -> None:
        self.file = file
        self.command = command
        self.options = options
        self.error: RunLogError | None = None
        if file is None:
            return
        check_writable(file)
        from rolefit.audit import runlog

        runlog.check(file)

    def decided(self, confirmed: Confirmed | None, fast: bool) -> None:
        """What a person decided, by its hash: requirements are words of the advert."""
        self.options |= {"confirmed": confirmed.sha256 if confirmed else None, "fast": fast}

    def documents(self, paths: Sequence[Path]) -> list[Path]:
        """`paths` without the log itself, which may lie in the folder that is ranked."""
        if self.file is None:
            return list(paths)
        from rolefit.audit.runlog import head_of

        own = {self.file.resolve(), head_of(self.file).resolve()}
        if left := [path for path in paths if path.resolve() not in own]:
            return left
        raise InputError(f"no files to rank but the log {self.file}")

    def add(
        self,
        bundle: Bundle,
        results: Sequence[Result],
        unread: Iterable[ReadError] = (),
        receipts: Sequence[str] = (),
    ) -> None:
        """`results` are of one job."""
        if self.file is None:
            return
        from rolefit.audit import runlog, runs

        content = runs.entry(self.command, bundle, self.options, results, unread, receipts)
        try:
            runlog.append(self.file, content)
        except RunLogError as error:
            self.error = error

    def end(self) -> None:
        """Raises the error that `add` met, now that the results are out."""
        if self.error:
            raise self.error
