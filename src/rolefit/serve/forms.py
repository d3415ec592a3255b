"""The fields of a form: documents, and options.

In a form everything is text. An option that holds many values is given several times (`must`, and
`weight` as NAME=NUMBER), one that holds a record is its JSON, or a file of it (`requirements`).
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
from msgspec import inspect

from rolefit.decide import parsed, weights_said
from rolefit.reading import Part
from rolefit.serve import TEXT
from rolefit.serve.problems import invalid
from rolefit.serve.requests import AnyText

Item = Part | AnyText  # a file's bytes or a text, with what it is called
Form = list[tuple[str, str | Part]]
_TRUTH = {"true": True, "false": False}  # 0 and 1 are numbers, as in JSON
_WHOLE = re.compile(r"\.0+$")  # JSON Schema calls 5.0 an integer
Given = dict[str, list[str | Part]]


def parted(form: Form, fields: tuple[str, ...]) -> tuple[dict[str, list[Item]], Given]:
    """(documents by their fields, the rest). Raises RequestError."""
    documents: dict[str, list[Item]] = {name: [] for name in fields}
    rest: Given = {}
    for name, value in form:
        if name in documents:
            documents[name].append(_given(value, name, len(documents[name])))
        else:
            rest.setdefault(name, []).append(value)
    return documents, rest


def values(given: Given, options: type[msgspec.Struct]) -> dict[str, Any]:
    """Options as JSON would have them, numbers and the like still as text.

    Raises RequestError, InputError.
    """
    kinds = {part.encode_name: part.type for part in _fields(options)}
    found: dict[str, Any] = {}
    for name, texts in given.items():
        kind = kinds.get(name)
        found[name] = _value(name, texts, _parts_of(kind) if kind else ())
    return found


def _value(name: str, texts: list[str | Part], kinds: tuple[inspect.Type, ...]) -> Any:
    if any(isinstance(kind, inspect.ListType) for kind in kinds):
        return [_text(name, text) for text in texts]
    if any(isinstance(kind, inspect.DictType) for kind in kinds):
        return weights_said((_text(name, text) for text in texts), name)
    if len(texts) > 1:
        raise invalid(f"the form has {name!r} {len(texts)} times, and it is one")
    (one,) = texts
    if any(isinstance(kind, inspect.StructType) for kind in kinds):
        data, file = (one.data, one.name) if isinstance(one, Part) else (one.encode(), name)
        return parsed(data, file)
    text = _text(name, one)
    if any(isinstance(kind, inspect.BoolType) for kind in kinds):
        if text not in _TRUTH:
            raise invalid(f"{name}: expected true or false, got {text[:40]!r}")
        return _TRUTH[text]
    if any(isinstance(kind, inspect.IntType) for kind in kinds):
        return _WHOLE.sub("", text)
    return text


def _text(name: str, value: str | Part) -> str:
    if isinstance(value, Part):
        raise invalid(f"the form has a file as {name!r}, which is no document")
    return value


def _given(value: str | Part, name: str, place: int) -> Item:
    if isinstance(value, Part):
        return value
    if len(value) > TEXT:
        raise invalid(f"the field {name!r} is longer than {TEXT:,} characters")
    return AnyText(value, f"{name}[{place}]")


def _fields(options: type[msgspec.Struct]) -> tuple[inspect.Field, ...]:
    kind = inspect.type_info(options)
    assert isinstance(kind, inspect.StructType)
    return kind.fields


def _parts_of(kind: inspect.Type) -> tuple[inspect.Type, ...]:
    """The types that it may be, without what is said of them."""
    if isinstance(kind, inspect.Metadata):
        return _parts_of(kind.type)
    if isinstance(kind, inspect.UnionType):
        return tuple(part for one in kind.types for part in _parts_of(one))
    return (kind,)
