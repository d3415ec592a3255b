"""Style sheets -> rules in the order in which they are written, with nesting and conditions undone.

One pass over marks: a sheet made to fool it costs no more than its length.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from rolefit.reading import cssmedia

MAX_NESTING = 12  # of blocks; rules nested deeper apply to nothing
MAX_SELECTOR = 2000  # characters, with what nesting adds
MAX_SHEETS = 20  # that are written in an address, in one page
_MARK = re.compile(
    r"""[{};]|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?|\\.|url\([^)"']*\)?""",
    re.IGNORECASE,
)
_AT = re.compile(r"@([\w-]+)\s*(.*)", re.DOTALL)
_NAMED = re.compile(r"^\s*[\w-]+(?=\s*\()")  # of a container
_SCOPE = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_ADDRESS = re.compile(
    r"""(?:url\(\s*)?["']?\s*(data:text/css[^,]{0,100},.*?)["']?\s*\)?\s*""", re.S | re.I
)
_AMPERSAND = re.compile(r"&")


@dataclass(slots=True)
class Rule:
    selectors: str
    body: str  # its declarations
    layered: bool = False  # weaker than rules outside of layers


@dataclass(slots=True)
class _Block:
    """An open block: a rule's, or a condition's around rules."""

    rule: Rule | None  # whose declarations stand in it
    around: str = ""  # selectors that those inside are relative to
    layered: bool = False
    applies: bool = True
    parts: list[str] = field(default_factory=list)


def rules_of(source: str) -> list[Rule]:
    """The rules that apply on a usual desktop. `source` has no comments."""
    found: list[Rule] = []
    _collect(source, found, [MAX_SHEETS])
    return found


def _collect(source: str, found: list[Rule], left: list[int], layered: bool = False) -> None:
    blocks = [_Block(None, layered=layered)]
    deep = 0  # blocks beyond the nesting that is followed
    start = 0
    for mark in _MARK.finditer(source):
        sign = mark.group()
        if sign not in ("{", "}", ";"):
            continue
        said = source[start : mark.start()].strip()
        start = mark.end()
        if deep:
            deep += {"{": 1, "}": -1}.get(sign, 0)
        elif sign == "{":
            if len(blocks) > MAX_NESTING:
                deep = 1
            else:
                blocks.append(_opened(said, blocks[-1], found))
        else:
            if said.startswith("@import") and sign == ";" and (sheet := _written(said[7:], left)):
                _collect(sheet, found, left, blocks[-1].layered)
            elif said and blocks[-1].rule:
                blocks[-1].parts.append(said)
            if sign == "}" and len(blocks) > 1:
                _close(blocks.pop())
    said = source[start:].strip()
    if said and blocks[-1].rule and not deep:
        blocks[-1].parts.append(said)
    while len(blocks) > 1:
        _close(blocks.pop())


def _close(block: _Block) -> None:
    if block.rule:
        block.rule.body = ";".join(block.parts)


def _opened(said: str, around: _Block, found: list[Rule]) -> _Block:
    """The block that begins behind `said`."""
    block = _Block(None, around.around, around.layered, around.applies)
    if match := _AT.match(said):
        kind, condition = match[1].lower(), match[2]
        if kind in ("media", "container"):
            block.applies &= cssmedia.applies(
                _NAMED.sub("", condition) if kind[0] == "c" else condition
            )
        elif kind == "supports":
            block.applies &= cssmedia.is_supported(condition)
        elif kind == "layer":
            block.layered = True
        elif kind == "scope":
            root = _SCOPE.search(condition)
            block.around = root[1].strip() if root else ""
        elif kind != "starting-style":
            block.applies = False  # @font-face, @keyframes, @page and what is to come
        else:
            block.applies = False
        if block.applies and around.rule:  # its declarations are those of the rule around
            block.rule = Rule(around.rule.selectors, "", block.layered)
    else:
        block.rule = Rule(_nested(said, around.around), "", block.layered)
        block.around = block.rule.selectors
    if block.rule and block.applies and len(block.rule.selectors) <= MAX_SELECTOR:
        found.append(block.rule)
    return block


def _nested(selectors: str, around: str) -> str:
    """Selectors as if they stood outside."""
    if not around:
        return selectors.replace("&", ":root")
    parent = f":is({around})" if "," in around else around
    if len(selectors) + len(parent) > MAX_SELECTOR:
        return "x" * (MAX_SELECTOR + 1)
    parts = []
    for part in listed(selectors):
        if ":scope" in part or "&" in part:
            parts.append(_AMPERSAND.sub(lambda _: parent, part.replace(":scope", "&")))
        else:
            parts.append(f"{parent} {part.strip()}")
    return ", ".join(parts)[: MAX_SELECTOR + 1]


def listed(selectors: str) -> list[str]:
    """The members of a list; a comma in brackets parts nothing."""
    depth, start, found = 0, 0, []
    for mark in re.finditer(r"[(),]", selectors):
        if mark.group() != ",":
            depth = max(0, depth + (1 if mark.group() == "(" else -1))
        elif not depth:
            found.append(selectors[start : mark.start()])
            start = mark.end()
    return [*found, selectors[start:]]


def _written(address: str, left: list[int]) -> str:
    """The sheet that an address itself holds; "" if it is an address of another file."""
    match = _ADDRESS.fullmatch(address.strip())
    if not match or not left[0]:
        return ""
    left[0] -= 1
    return of_address(match[1])


def of_address(address: str) -> str:
    """The sheet in an address "data:text/css,..."; "" if it holds none."""
    head, comma, data = address.strip().partition(",")
    if not comma or not head.lower().startswith("data:text/css"):
        return ""
    text = unquote(data)
    if head.lower().endswith(";base64"):
        try:
            return base64.b64decode(text + "==").decode("utf-8", "replace")
        except (ValueError, binascii.Error):
            return ""
    return text
