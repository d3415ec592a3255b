"""Where each command lives. One is loaded when it is asked for: `--version` needs none of them, and
`rank` none of the other twenty."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module

import click

from rolefit.cli.command import Group, made

# In the order of the help; each is a function or a group of its module.
HOMES = {
    "score": "score.score",
    "rank": "rank.rank",
    "explain": "explain.explain",
    "improve": "improve.improve",
    "inspect": "inspect.inspect",
    "advert": "advert.advert",
    "diff": "diff.diff",
    "encode": "encode.encode",
    "normalize": "normalize.normalize",
    "skills": "skills.skills",
    "verify": "verify.verify",
    "pool": "pool.app",
    "evaluate": "evaluate.app",
    "audit": "audit.app",
    "train": "train.app",
    "export": "export.app",
    "model": "model.app",
    "mcp": "mcp.mcp",
    "serve": "serve.serve",
    "serve-web": "serve_web.serve_web",
}
_LONG_RUNNING = ("mcp", "serve", "serve-web")  # without the list of statuses below their help


class Commands(MutableMapping[str, click.Command]):
    """Commands by name, each made when it is first looked up. `epilog` ends the help of most."""

    def __init__(self, epilog: str) -> None:
        self._epilog = epilog
        self._made: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._made:
            module, attribute = HOMES[name].split(".")
            found = getattr(import_module(f"rolefit.cli.{module}"), attribute)
            if not isinstance(found, Group):
                found = made(found, name, None if name in _LONG_RUNNING else self._epilog)
            self._made[name] = found
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in HOMES

    def __iter__(self) -> Iterator[str]:
        return iter(HOMES)

    def __len__(self) -> int:
        return len(HOMES)

    def __setitem__(self, name: str, command: click.Command) -> None:
        raise TypeError(f"{name}: commands are added to HOMES")

    def __delitem__(self, name: str) -> None:
        raise TypeError(f"{name}: commands are taken out of HOMES")
