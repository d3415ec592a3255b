"""Arguments of a tool: described to clients, and checked before anything else looks at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rolefit.errors import CallError

_TYPES: dict[str, type] = {"string": str, "integer": int}


@dataclass(frozen=True, slots=True)
class Property:
    """One argument, as JSON Schema has it. All may be left out; tools say which belong together."""

    type: str  # "string" or "integer"
    description: str
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": self.type, "description": self.description}
        if self.choices:
            found["enum"] = list(self.choices)
        if self.least is not None:
            found |= {"minimum": self.least, "maximum": self.most}
        return found


def schema(takes: Mapping[str, Property]) -> dict[str, Any]:
    properties = {name: item.schema() for name, item in takes.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def check(given: Any, takes: Mapping[str, Property]) -> None:
    """Raises CallError that says what was expected."""
    if not isinstance(given, dict):
        raise CallError("expected arguments as an object")
    if any(name not in takes for name in given):
        raise CallError(f"expected no arguments but {', '.join(takes)}")
    for name, value in given.items():
        item = takes[name]
        if not isinstance(value, _TYPES[item.type]) or isinstance(value, bool):
            raise CallError(f"{name}: expected a value of type {item.type}")
        if item.choices and value not in item.choices:
            raise CallError(f"{name}: expected one of {', '.join(item.choices)}")
        if isinstance(value, int) and item.least is not None and item.most is not None:
            if not item.least <= value <= item.most:
                raise CallError(f"{name}: expected a number from {item.least} to {item.most}")
        elif isinstance(value, str) and not value.strip():
            raise CallError(f"{name}: expected some text, got none")
