"""rolefit mcp"""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

from rolefit.cli import logs, options
from rolefit.cli.command import option
from rolefit.cli.console import note

if TYPE_CHECKING:
    from rolefit.audit.runs import Result
    from rolefit.bundle import Bundle
    from rolefit.decided import Confirmed
    from rolefit.errors import ReadError
    from rolefit.matcher import Matcher


def mcp(
    folder: Annotated[
        list[Path] | None,
        option("--folder", metavar="DIR", help="May be read; may be given more than once."),
    ] = None,
    log: logs.Log = None,
    show_names: Annotated[
        bool, option("--show-names", metavar="", help="Show names, contacts, age and sex too.")
    ] = False,
    max_files: Annotated[
        int, option("--max-files", metavar="N", min=1, help="Resumes ranked at once.")
    ] = 500,
    seconds: Annotated[
        float, option("--seconds", metavar="S", min=0.1, help="For one call.")
    ] = 300.0,
    model: options.Model = None,
    jobs: options.Jobs = None,
    no_cache: options.NoCache = False,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """Serve an assistant on standard input and output, by the Model Context Protocol.

    Tools: inspect, score, rank_folder, explain, improve, verify. Only files in the folders given
    can be read. What the tools answer goes to the assistant, and with it to whoever runs its model:
    names and contacts in resumes are blocks unless --show-names is given (docs/mcp.md).
    """
    from rolefit.mcp.folders import Folders
    from rolefit.mcp.protocol import Protocol
    from rolefit.mcp.tools import Tools
    from rolefit.mcp.wire import Wire

    reading = options.limits(max_mb, max_pages, timeout)
    folders = Folders(folder or [])
    if not folders.roots:
        note("no --folder: texts can be scored, files cannot")
    logs.Keeper(log, "mcp")  # whether it can be written

    def load() -> AbstractContextManager[Matcher]:
        return options.matcher(model, jobs, no_cache, reading)

    def keep(
        command: str, bundle: Bundle, results: list[Result], unread: list[ReadError],
        confirmed: Confirmed | None = None, fast: bool = False,
    ) -> None:  # fmt: skip
        keeper = logs.Keeper(log, command, by="mcp")
        if command in ("score", "rank"):
            keeper.decided(confirmed, fast)
        keeper.add(bundle, results, unread)
        if keeper.error:
            note(keeper.error)

    tools = Tools(folders, load, reading, keep, files=max_files, names=show_names)
    protocol = Protocol(tools, seconds)
    wire = Wire(sys.stdin.buffer, _own_output(), protocol.at_once, protocol.work)
    try:
        wire.run()
    finally:
        tools.close()


def _own_output() -> BinaryIO:
    """Standard output for the protocol alone: what anybody else writes goes to standard error."""
    sys.stdout.flush()
    own = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(own, "wb")
