"""Commands from annotated functions, on click:

    def rank(top: Annotated[int | None, option(metavar="N", min=1, help="Show the best N.")] = None)

A parameter's annotation says what it is, its default whether it must be given. Only what the
commands here need: what a click command does not know by itself is in `help`.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import click

from rolefit.cli import helping

F = TypeVar("F", bound=Callable[..., Any])
Exit = click.exceptions.Exit
echo = click.echo


@dataclass(frozen=True)
class Said:
    """What an annotation says of a parameter, besides its type."""

    argument: bool
    names: tuple[str, ...] = ()
    metavar: str | None = None
    help: str = ""
    min: float | None = None
    max: float | None = None
    show_default: bool | str = True
    panel: str = ""


def option(
    *names: str,
    metavar: str | None = None,
    help: str = "",
    min: float | None = None,
    max: float | None = None,
    show_default: bool | str = True,
    panel: str = "",
) -> Said:
    """An option, by default called after its parameter. `panel` is its heading in the help."""
    return Said(False, names, metavar, help, min, max, show_default, panel)


def argument(*, metavar: str, help: str = "") -> Said:
    return Said(True, metavar=metavar, help=help)


class Group(helping.Group):
    """Commands under one name; without one of them it shows its help and ends with 2."""

    def __init__(self, help: str, **settings: Any) -> None:
        super().__init__(help=help, no_args_is_help=True, **settings)

    def command(  # type: ignore[override]
        self, name: str | None = None, epilog: str | None = None
    ) -> Callable[[F], F]:
        """A decorator that adds the function and leaves it as it is."""

        def add(function: F) -> F:
            self.add_command(made(function, name, epilog))
            return function

        return add


def made(
    function: Callable[..., Any], name: str | None = None, epilog: str | None = None
) -> click.Command:
    """The click command of an annotated function."""
    hints = get_type_hints(function, include_extras=True)
    parameters = [
        _parameter(own, hints[own.name]) for own in inspect.signature(function).parameters.values()
    ]

    def call(**given: Any) -> None:
        function(**{key: _told(value, parameters, key) for key, value in given.items()})

    return helping.Command(
        name or function.__name__.replace("_", "-"), callback=call, params=parameters,
        help=inspect.getdoc(function), epilog=epilog,
    )  # fmt: skip


def _parameter(own: inspect.Parameter, hint: Any) -> click.Parameter:
    if get_origin(hint) is Union:  # Python 3.10 adds "or None" to what is None by default
        hint = next((one for one in get_args(hint) if get_origin(one) is Annotated), hint)
    kind, said = get_args(hint) if get_origin(hint) is Annotated else (hint, None)
    if not isinstance(said, Said):
        raise TypeError(f"{own.name}: expected Annotated[..., option(...)] or argument(...)")
    many, kind = _plain(kind)
    required = own.default is inspect.Parameter.empty
    settings: dict[str, Any] = {"required": required, "type": _type(kind, said)}
    if not required and own.default is not None:
        default = own.default
        settings["default"] = default.value if isinstance(default, Enum) else default
    if said.argument:
        metavar = f"{said.metavar}..." if many else said.metavar
        return helping.Argument(
            [own.name], nargs=-1 if many else 1, metavar=metavar, help=said.help, **settings
        )
    names = said.names or (f"--{own.name.replace('_', '-')}",)
    shown = said.show_default if settings.get("default") or said.show_default is not True else False
    if kind is bool:
        settings |= {"is_flag": True, "type": None}
    return helping.Option(
        [own.name, *names], multiple=many, metavar=said.metavar, help=said.help,
        show_default=shown, panel=said.panel, **settings,
    )  # fmt: skip


def _plain(kind: Any) -> tuple[bool, Any]:
    """(whether it is a list, the type of one) of a type that may be a list, or None."""
    if get_origin(kind) in (Union, types.UnionType):
        (kind,) = (part for part in get_args(kind) if part is not type(None))
    return (True, get_args(kind)[0]) if get_origin(kind) is list else (False, kind)


def _type(kind: Any, said: Said) -> Any:
    if issubclass(kind, Enum):
        return Choice(kind)
    if issubclass(kind, Path):
        return click.Path(path_type=Path)
    if said.min is None and said.max is None:
        return kind
    ranges: Any = click.IntRange if issubclass(kind, int) else click.FloatRange
    return ranges(said.min, said.max)


class Choice(click.Choice):  # type: ignore[type-arg]
    """One of the values of an Enum; click knows its members by their names."""

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__([str(member.value) for member in kind])
        self.kind = kind


def _told(value: Any, parameters: list[click.Parameter], name: str) -> Any:
    """A value as the function expects it."""
    (parameter,) = (p for p in parameters if p.name == name)
    if isinstance(value, tuple):
        return list(value) or None
    if isinstance(parameter.type, Choice) and isinstance(value, str):
        return parameter.type.kind(value)
    return value
