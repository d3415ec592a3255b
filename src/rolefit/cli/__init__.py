"""The command line. Thin: every command imports what it needs when it runs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from rolefit import __version__
from rolefit.cli import (
    audit,
    encode,
    evaluate,
    explain,
    export,
    improve,
    model,
    normalize,
    rank,
    score,
    serve_web,
    skills,
    train,
    verify,
)
from rolefit.cli.console import Exit, complain
from rolefit.errors import FileAccessError, ReadError, RolefitError
from rolefit.settings import stay_offline

EPILOG = (
    "Exit status: 0 all was read; 2 the command, the job or the model cannot be used as given; "
    "3 a resume could not be read (rank goes on with the others); 4 a receipt does not hold, or "
    "audit --strict found a group outside its bounds; 1 evaluate --strict missed a bar; "
    "130 interrupted."
)

app = typer.Typer(
    name="rolefit",
    help="How well resumes fit a job, from 0 to 100. All on this computer.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(name="score", epilog=EPILOG)(score.score)
app.command(name="rank", epilog=EPILOG)(rank.rank)
app.command(name="explain", epilog=EPILOG)(explain.explain)
app.command(name="improve", epilog=EPILOG)(improve.improve)
app.command(name="encode", epilog=EPILOG)(encode.encode)
app.command(name="normalize", epilog=EPILOG)(normalize.normalize)
app.command(name="skills", epilog=EPILOG)(skills.skills)
app.command(name="verify", epilog=EPILOG)(verify.verify)
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(audit.app, name="audit")
app.add_typer(train.app, name="train")
app.add_typer(export.app, name="export")
app.add_typer(model.app, name="model")
app.command(name="serve-web")(serve_web.serve_web)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rolefit {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            metavar="",
            help="Show the version and exit.",
            is_eager=True,
            callback=_show_version,
        ),
    ] = False,
) -> None:
    pass


def main(arguments: list[str] | None = None) -> None:
    """The `rolefit` command. Always ends in SystemExit; its code is one of `Exit`."""
    stay_offline()
    for stream in (sys.stdout, sys.stderr):
        # A file name may hold what the terminal's encoding cannot show.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(arguments, prog_name="rolefit")
    except ReadError as error:
        missing = isinstance(error, FileAccessError)
        sys.exit(complain(error, Exit.USAGE if missing else Exit.UNREAD))
    except RolefitError as error:
        sys.exit(complain(error, Exit.USAGE))
    except SystemExit as stop:
        if stop.code == Exit.INTERRUPTED:  # typer made it from KeyboardInterrupt, without a word
            complain("stopped", Exit.INTERRUPTED)
        raise
