"""Arguments of a tool: described to clients, and checked before anything else looks at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rolefit.errors import CallError

_TYPES: dict[str, type] = {
    "string": str, "integer": int, "boolean": bool, "array": list, "object": dict,
}  # fmt: skip
_MOST_ITEMS = 1000


@dataclass(frozen=True, slots=True)
class Property:
    """One argument, as JSON Schema has it. All may be left out; tools say which belong together."""

    type: str  # "string", "integer", "boolean", "array" (of strings), "object" (of numbers)
    description: str
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": self.type, "description": self.description}
        if self.choices:
            found["enum"] = list(self.choices)
        bounds = {"minimum": self.least, "maximum": self.most} if self.least is not None else {}
        if self.type == "array":
            found["items"] = {"type": "string", "minLength": 1}
        elif self.type == "object":
            found["additionalProperties"] = {"type": "number", **bounds}
        else:
            found |= bounds
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
        if not isinstance(value, _TYPES[item.type]) or (
            isinstance(value, bool) and item.type != "boolean"
        ):
            raise CallError(f"{name}: expected a value of type {item.type}")
        if item.choices and value not in item.choices:
            raise CallError(f"{name}: expected one of {', '.join(item.choices)}")
        if isinstance(value, (list, dict)):
            _check_items(name, value)
        elif isinstance(value, int) and item.least is not None and item.most is not None:
            if not item.least <= value <= item.most:
                raise CallError(f"{name}: expected a number from {item.least} to {item.most}")
        elif isinstance(value, str) and not value.strip():
            raise CallError(f"{name}: expected some text, got none")


def _check_items(name: str, value: list[Any] | dict[str, Any]) -> None:
    """Words, or numbers by words. Raises CallError."""
    if len(value) > _MOST_ITEMS:
        raise CallError(f"{name}: expected at most {_MOST_ITEMS:,}, got {len(value):,}")
    if not all(isinstance(words, str) and words.strip() for words in value):
        raise CallError(f"{name}: expected some text each")
    if isinstance(value, dict):
        for number in value.values():
            if not isinstance(number, (int, float)) or isinstance(number, bool):
                raise CallError(f"{name}: expected a number each")
