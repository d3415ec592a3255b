"""The command line. Thin: a command is loaded when it is asked for, and loads what it needs."""

from __future__ import annotations

import sys
from typing import Any

import click

from rolefit import __version__
from rolefit.cli.command import Exit as Exited
from rolefit.cli.command import Group
from rolefit.cli.console import Exit, complain
from rolefit.cli.homes import Commands
from rolefit.errors import FileAccessError, ReadError, RolefitError
from rolefit.settings import share_cores, stay_offline


class Root(Group):
    def invoke(self, ctx: click.Context) -> Any:
        """Ctrl-C ends in one line; click would end in two, with a status of its own."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise Exited(complain("stopped", Exit.INTERRUPTED)) from None


EPILOG = (
    "Exit status: 0 all was read; 2 the command, the job or the model cannot be used as given; "
    "3 a resume could not be read (rank goes on with the others); 4 a receipt or a pool does not "
    "hold, or audit --strict found a group outside its bounds; 1 evaluate --strict missed a bar; "
    "130 interrupted."
)

app = Root(
    name="rolefit",
    help="How well resumes fit a job, from 0 to 100. All on this computer.",
    epilog=EPILOG,
    commands=Commands(EPILOG),
    context_settings={"help_option_names": ["-h", "--help"]},
)
click.version_option(
    __version__, message="%(prog)s %(version)s", help="Show the version and exit."
)(app)


def main(arguments: list[str] | None = None) -> None:
    """The `rolefit` command. Always ends in SystemExit; its code is one of `Exit`."""
    stay_offline()
    if (sys.argv[1:] if arguments is None else arguments)[:1] != ["train"]:
        share_cores()
    for stream in (sys.stdout, sys.stderr):
        # A file name may hold what the terminal's encoding cannot show.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = app.main(arguments, prog_name="rolefit", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except ReadError as error:
        missing = isinstance(error, FileAccessError)
        status = complain(error, Exit.USAGE if missing else Exit.UNREAD)
    except RolefitError as error:
        status = complain(error, Exit.USAGE)
    sys.exit(status or Exit.OK)
