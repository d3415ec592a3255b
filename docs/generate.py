"""Writes the reference pages from the program itself:

    python docs/generate.py

reference/cli.md from the argument tree, reference/api.md from docstrings, signatures and the
remarks beside the fields of records. A test fails when they are out of date.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
WRITTEN = "<!-- Written by `python docs/generate.py`; edit the program, not this page. -->"
MODULES = ("rolefit", "rolefit.matcher", "rolefit.reading", "rolefit.records", "rolefit.errors",
           "rolefit.encode", "rolefit.pool")  # fmt: skip
# The public names, then what they take and give. A record that is missing here fails a test.
API = (
    ("Reading and scoring",
     ("read", "read_all", "inspect", "Matcher", "TextEncoder", "Limits", "Columns")),
    ("Pools", ("Pool", "Added", "Change", "Found", "Similar", "Entry", "Facts", "Exported", "Stats",
               "renewed")),
    ("What a score is", ("Match", "Features", "Domain", "Notice")),
    ("Why it is so", ("Explanation", "Contribution", "Earned", "Evidence", "Support",
                        "Comparison")),
    ("Documents, and what they say",
     ("Document", "Line", "Skill", "Mention", "Fact", "Position", "ResumeFacts", "JobFacts",
      "Requirement", "Inspection", "Section", "Span", "Risk")),
    ("Numbers inside", ("Encoding", "Tokens", "Profile", "Ask", "Finding", "Reading",
                        "Canonical", "Replacement")),
)  # fmt: skip


def cli() -> str:
    """One section a command, in the order of `rolefit --help`."""
    from rolefit.cli import EPILOG, app

    parts = ["# Command line", WRITTEN, EPILOG]
    for words, command in _leaves(app, ("rolefit",)):
        parts.append(f"## {' '.join(words)}")
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
        usage = " ".join([*words, "[OPTIONS]", *map(_shape, arguments)])
        parts += [f"```text\n{usage}\n```", inspect.cleandoc(command.help or "")]
        for head, rows in (("argument", arguments), ("option", options)):
            table = [(_name(row), _said(row)) for row in rows if "--help" not in row.opts]
            if table:
                parts.append(_table((head, "meaning"), table))
    return "\n\n".join(parts) + "\n"


def api() -> str:
    parts = ["# Python", WRITTEN, _escaped(_first_line(importlib.import_module("rolefit")))]
    for title, names in API:
        parts.append(f"## {title}")
        for name in names:
            parts += _entry(name)
    errors = importlib.import_module("rolefit.errors")
    tree = inspect.getdoc(errors) or ""
    parts += ["## Errors", "`from rolefit import RolefitError`; the others are in "
              "`rolefit.errors`.", f"```text\n{tree}\n```"]  # fmt: skip
    return "\n\n".join(parts) + "\n"


PAGES = {"reference/cli.md": cli, "reference/api.md": api}


def find(name: str) -> Any:
    """The object of that name, and so that it is imported as users import it."""
    for module in MODULES:
        if hasattr(importlib.import_module(module), name):
            return getattr(importlib.import_module(module), name)
    raise LookupError(f"{name}: in none of {', '.join(MODULES)}")


def _leaves(command: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    commands = getattr(command, "commands", None)
    if commands is None:
        yield words, command
    for name, child in (commands or {}).items():
        yield from _leaves(child, (*words, name))


def _shape(argument: Any) -> str:
    name = _bare(argument)
    return f"{name}..." if argument.nargs == -1 or argument.multiple else name


def _bare(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper()).strip("{}[]. ")


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{_bare(parameter)}`"
    value = "" if parameter.is_flag else f" {parameter.metavar or _choices(parameter)}"
    return ", ".join(f"`{word}`" for word in parameter.opts[:-1]) + (
        ", " * (len(parameter.opts) > 1) + f"`{parameter.opts[-1]}{value}`"
    )


def _choices(parameter: Any) -> str:
    if choices := getattr(parameter.type, "choices", None):
        return "|".join(map(str, choices))
    return str(parameter.name.upper())


def _said(parameter: Any) -> str:
    said = _escaped(getattr(parameter, "meaning", None) or parameter.help or "")
    default = getattr(parameter, "show_default", None)
    if not isinstance(default, str):
        value = parameter.default
        plain = isinstance(value, (str, int, float, Path)) and not isinstance(value, bool)
        default = f"{value}" if plain and value != "" else ""
    required = parameter.required and parameter.param_type_name == "option"
    return said + f" Default: {default}." * bool(default) + " Must be given." * required


def _entry(name: str) -> list[str]:
    found = find(name)
    home = "rolefit" if name in importlib.import_module("rolefit").__all__ else found.__module__
    parts = [f"### {name}", f"`from {home} import {name}`"]
    if not inspect.isclass(found):
        return [*parts, _signature(name, found), _doc(found)]
    parts.append(_doc(found))
    if dataclasses.is_dataclass(found):
        parts.append(_fields(found))
    members = ((key, value) for key, value in vars(found).items() if not key.startswith("_"))
    for key, value in members:
        member = getattr(value, "__func__", value)
        what = getattr(member, "fget", None) or getattr(member, "func", None) or member
        if not inspect.isfunction(what) or not inspect.getdoc(what):
            continue
        called = what is member
        shown = _signature(key, what) if called else f"```text\n{name}.{key}\n```"
        parts += [f"#### {name}.{key}", shown, _doc(what)]
    return parts


def _doc(found: Any) -> str:
    """Indented blocks of a docstring become fenced ones; the rest is text."""
    parts = []
    for block in re.split(r"\n\n+", inspect.getdoc(found) or ""):
        code = block.startswith("    ")
        parts.append(f"```text\n{inspect.cleandoc(block)}\n```" if code else _escaped(block))
    return "\n\n".join(parts)


def _signature(name: str, function: Any) -> str:
    # Annotations come as strings, in quotes; defaults keep theirs.
    parameters = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(function)))
    line = name + parameters.replace("(self, ", "(").replace("(self)", "()").replace("(cls, ", "(")
    if len(line) > 80:
        head, _, rest = line.partition("(")
        inside, _, result = rest.rpartition(")")
        pieces = re.split(r", (?=[\w*]+(?:: |,|$)|\*)", inside)
        line = f"{head}(\n" + "".join(f"    {piece},\n" for piece in pieces) + f"){result}"
    return f"```text\n{line}\n```"


def _fields(found: Any) -> str:
    """Name, type and the remark beside each field."""
    source = inspect.cleandoc("\n" + inspect.getsource(found))
    tree = ast.parse(source).body[0]
    assert isinstance(tree, ast.ClassDef)
    lines = iter(source.splitlines(keepends=True))
    remarks = {
        token.start[0]: token.string.lstrip("# ")
        for token in tokenize.generate_tokens(lambda: next(lines, ""))
        if token.type == tokenize.COMMENT
    }
    rows = [
        (f"`{node.target.id}`", f"`{ast.unparse(node.annotation)}`".replace("|", "\\|"),
         _escaped(remarks.get(node.lineno, "")))
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]  # fmt: skip
    return _table(("field", "type", "meaning"), rows)


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines).replace("|  |", "| |")


def _escaped(text: str) -> str:
    """Safe in a table and in Markdown, but for code between backticks."""
    parts = text.split("`")
    parts[::2] = [re.sub(r"([*_<|\[\]])", r"\\\1", part) for part in parts[::2]]
    return "`".join(parts)


def _first_line(found: Any) -> str:
    return (inspect.getdoc(found) or "").partition("\n")[0]


if __name__ == "__main__":
    for place, write in PAGES.items():
        (HERE / place).parent.mkdir(exist_ok=True)
        (HERE / place).write_text(write(), encoding="utf-8")
        print(f"wrote docs/{place}")
