"""Help pages: click's, with headings for arguments and for options that belong together."""

from __future__ import annotations

from typing import Any

import click


class Argument(click.Argument):
    """An argument that says what it is for."""

    def __init__(self, names: list[str], help: str, **settings: Any) -> None:
        super().__init__(names, **settings)
        self.meaning = help  # click has a help of its own from 8.4 on, which would come twice


class Option(click.Option):
    """An option that may stand under a heading of its own."""

    def __init__(self, names: list[str], panel: str = "", **settings: Any) -> None:
        super().__init__(names, **settings)
        self.panel = panel


class _Helping(click.Command):
    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        arguments = [p for p in self.get_params(ctx) if isinstance(p, Argument)]
        _list(formatter, "Arguments", [(str(p.metavar), p.meaning) for p in arguments])
        panels: dict[str, list[tuple[str, str]]] = {"": []}
        for parameter in self.get_params(ctx):
            if isinstance(parameter, Argument):
                continue
            if record := parameter.get_help_record(ctx):
                panels.setdefault(getattr(parameter, "panel", ""), []).append(record)
        for panel, rows in panels.items():
            _list(formatter, panel or "Options", rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found:
            found.help = "Show this message and exit."
        return found


class Command(_Helping):
    pass


class Group(_Helping, click.Group):
    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each with its whole first sentence, which click would cut off."""
        rows = [(name, _sentence(command.help or "")) for name, command in self.commands.items()]
        _list(formatter, "Commands", rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they were added."""
        return list(self.commands)


def _list(formatter: click.HelpFormatter, heading: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(heading):
            formatter.write_dl(rows)


def _sentence(text: str) -> str:
    """The first paragraph."""
    return " ".join(text.split("\n\n")[0].split())
