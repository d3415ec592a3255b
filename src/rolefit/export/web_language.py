"""The language rooms' data for the browser: lists, tables and patterns, written once, in Python.

`language` collects every constant of the rooms of `rolefit.language`, and of `extra` rooms that the
browser walks too, by module and name. A pattern becomes a JavaScript one that finds the same spans:
Python's own parse of it is written out anew, because the two dialects differ in what \\w, \\d, \\s,
\\b and $ mean, and in how groups are named. web/src/language/data.json is that value.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import Any

import rolefit.language
from rolefit.errors import InputError

if sys.version_info >= (3, 11):
    from re import _parser as parser  # type: ignore[attr-defined]
else:
    import sre_parse as parser

_NOT_WALKED = ("aliases", "build", "canonical", "sources", "windows")
_MORE = ("rolefit.blind", "rolefit.evidence", "rolefit.features", "rolefit.improve",
         "rolefit.inspection", "rolefit.parts", "rolefit.prepare", "rolefit.risks",
         "rolefit.shapley", "rolefit.stuffing", "rolefit.explain",
         "rolefit.reader", "rolefit.reader.passages",
         "rolefit.reader.prompt", "rolefit.reader.scalars")  # fmt: skip
_SPACE = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_CLASSES = {"DIGIT": r"\p{Nd}", "SPACE": _SPACE, "WORD": r"\p{L}\p{N}_"}
_WORD = f"[{_CLASSES['WORD']}]"
_EDGES = {
    "AT_BEGINNING_STRING": "^",
    "AT_END_STRING": "$",
    "AT_BOUNDARY": f"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))",
    "AT_NON_BOUNDARY": f"(?:(?<={_WORD})(?={_WORD})|(?<!{_WORD})(?!{_WORD}))",
}


def language() -> dict[str, dict[str, Any]]:
    """{module: {name: value}}; a pattern is {"pattern": source, "flags": flags}."""
    names = [f"rolefit.language.{m.name}" for m in pkgutil.iter_modules(rolefit.language.__path__)]
    walked = [name for name in names if name.rpartition(".")[2] not in _NOT_WALKED]
    modules = [importlib.import_module(name) for name in (*walked, *_MORE)]
    return {module.__name__.rpartition(".")[2]: constants(module) for module in modules}


def constants(module: ModuleType) -> dict[str, Any]:
    """Its UPPERCASE names that JSON can hold."""
    found = {}
    for name, value in vars(module).items():
        if name.startswith("__") or name.upper() != name:
            continue
        try:
            found[name] = _plain(value)
        except TypeError:
            continue  # a path, a lock, an object that the browser's room makes for itself
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, re.Pattern):
        return javascript(value)
    if isinstance(value, (frozenset, set)):
        return sorted(_plain(item) for item in value)
    if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (str, int, float, bool, type(None))):
        return value
    raise TypeError(type(value))


def javascript(pattern: re.Pattern[str]) -> dict[str, str]:
    """The JavaScript pattern that finds what `pattern` does. Raises InputError if there is none."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    names = {number: name for name, number in pattern.groupindex.items()}
    flags = "u" + ("i" if pattern.flags & re.I else "")
    return {"pattern": _Writer(names, pattern.flags).sequence(tree, pattern.flags), "flags": flags}


class _Writer:
    def __init__(self, names: dict[int, str], flags: int) -> None:
        self.names, self.flags = names, flags

    def sequence(self, tree: Iterable[tuple[Any, Any]], flags: int) -> str:
        items = [(str(op), argument) for op, argument in tree]
        return "".join(
            _boundary(items, place) or self.one(op, argument, flags)
            for place, (op, argument) in enumerate(items)
        )

    def one(self, op: str, argument: Any, flags: int) -> str:
        if op == "LITERAL":
            return self.letter(argument, flags)
        if op == "NOT_LITERAL":
            return f"[^{_escaped(argument, inside=True)}]"
        if op == "ANY":
            return "[^]" if flags & re.S else r"[^\n]"
        if op == "IN":
            return self.choice(argument, flags)
        if op == "AT":
            return self.edge(str(argument), flags)
        if op == "BRANCH":
            return "(?:" + "|".join(self.sequence(part, flags) for part in argument[1]) + ")"
        if op == "SUBPATTERN":
            number, on, off, inner = argument
            text = self.sequence(inner, (flags | on) & ~off)
            if number is None:
                return f"(?:{text})"
            name = self.names.get(number)
            return f"(?<{name}>{text})" if name else f"({text})"
        if op in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, inner = argument
            text = self.sequence(inner, flags)
            return f"(?:{text}){_times(least, most)}" + ("?" if op == "MIN_REPEAT" else "")
        if op in ("ASSERT", "ASSERT_NOT"):
            direction, inner = argument
            sign = ("<" if direction < 0 else "") + ("=" if op == "ASSERT" else "!")
            return f"(?{sign}{self.sequence(inner, flags)})"
        if op == "GROUPREF":
            name = self.names.get(argument)
            return rf"\k<{name}>" if name else rf"(?:\{argument})"
        raise InputError(f"JavaScript patterns have nothing for {op}: write the pattern without it")

    def letter(self, code: int, flags: int) -> str:
        """A letter whose case is ignored here alone is written as both."""
        char = chr(code)
        if (flags ^ self.flags) & re.I and char.lower() != char.upper():
            if not flags & re.I:
                raise InputError(f"a case-sensitive part in a pattern that ignores case: {char!r}")
            return f"[{char.lower()}{char.upper()}]"
        return _escaped(code)

    def edge(self, where: str, flags: int) -> str:
        if where == "AT_BEGINNING":
            return r"(?<![^\n])" if flags & re.M else "^"
        if where == "AT_END":
            return r"(?![^\n])" if flags & re.M else r"(?=\n?$)"
        return _EDGES[where]

    def choice(self, items: Sequence[tuple[Any, Any]], flags: int) -> str:
        kinds = [str(op) for op, _ in items]
        negated = kinds[0] == "NEGATE"
        inside, outside = "", []
        for kind, argument in items[negated:]:
            if str(kind) == "LITERAL":
                inside += _escaped(argument, inside=True)
                inside += self.other_case(argument, flags)
            elif str(kind) == "RANGE":
                low, high = argument
                inside += f"{_escaped(low, inside=True)}-{_escaped(high, inside=True)}"
                if high < 128:
                    inside += "".join(self.other_case(code, flags) for code in range(low, high + 1))
                if flags & re.I and low <= ord("i") <= high:
                    inside += "\u0130\u0131"  # Python takes both for an i, JavaScript neither
            else:
                name = str(argument).removeprefix("CATEGORY_")
                if name.startswith("NOT_"):
                    outside.append(f"[^{_CLASSES[name.removeprefix('NOT_')]}]")
                else:
                    inside += _CLASSES[name]
        if not outside:
            return f"[{'^' if negated else ''}{inside}]"
        either = "|".join([f"[{inside}]", *outside] if inside else outside)
        return f"(?:(?!{either})[^])" if negated else f"(?:{either})"

    def other_case(self, code: int, flags: int) -> str:
        char = chr(code)
        if not (flags ^ self.flags) & re.I or char.swapcase() == char:
            return ""
        return char.swapcase()


def _boundary(items: Sequence[tuple[str, Any]], place: int) -> str:
    """The \\b at `place` as one look at the side that is not known to be a word already, or "".

    Written with both sides it costs JavaScript a hundred times as much.
    """
    op, where = items[place]
    if op != "AT" or str(where) != "AT_BOUNDARY":
        return ""
    if _is_word(items[place + 1 :]):
        return f"(?<!{_WORD})"
    return f"(?!{_WORD})" if _is_word(items[:place], last=True) else ""


def _is_word(tree: Sequence[tuple[Any, Any]], last: bool = False) -> bool:
    """Whether all that `tree` finds begins, or ends, with a letter, a digit or an underscore."""
    for kind, argument in reversed(tree) if last else tree:
        op = str(kind)
        if op in ("AT", "ASSERT", "ASSERT_NOT"):
            continue  # takes up nothing
        if op in ("MAX_REPEAT", "MIN_REPEAT"):
            least, _, inner = argument
            if least == 0 and _is_word(inner, last):
                continue  # a word where it is there; where not, its neighbour decides
            return least > 0 and _is_word(inner, last)
        if op == "BRANCH":
            return all(_is_word(part, last) for part in argument[1])
        if op == "SUBPATTERN":
            return _is_word(argument[3], last)
        if op == "IN":
            return all(_is_word_class(*item) for item in argument)
        return op == "LITERAL" and _is_word_class(kind, argument)
    return False


def _is_word_class(kind: Any, argument: Any) -> bool:
    if str(kind) in ("LITERAL", "RANGE"):
        codes = argument if str(kind) == "RANGE" else (argument,)
        letters = (("a", "z"), ("A", "Z"), ("0", "9"), ("_", "_"))
        return any(all(ord(a) <= code <= ord(z) for code in codes) for a, z in letters)
    return str(argument) in ("CATEGORY_WORD", "CATEGORY_DIGIT")


def _escaped(code: int, inside: bool = False) -> str:
    char = chr(code)
    if char in (r"^$\.*+?()[]{}|/" if not inside else r"^\]-["):
        return "\\" + char
    if char.isprintable():
        return char
    return f"\\u{{{code:x}}}"


def _times(least: int, most: Any) -> str:
    if str(most) == "MAXREPEAT":
        return {0: "*", 1: "+"}.get(least, f"{{{least},}}")
    return "?" if (least, most) == (0, 1) else f"{{{least},{int(most)}}}"
