"""Hypothesis strategies that spoil sound files: bytes, mark-up trees, archives, JSON values."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

import seeds
from hypothesis import strategies as st

_ODD = [
    b"", b"\0", b"\xff", b"\xff\xfe", b"\n", b"\r", b" " * 300, b"-1", b"0", b"65535", b">>",
    b"4294967296", b" obj",
    b"99999999999999999999", b"1e999", b"nan", b"<", b">", b'"', b"'", b"{", b"}", b"[", b"]", b"(",
    b")", b"\\", b"/", b"%", b"&#0;", b"&#xD800;", b"<!--", b"-->", b"]]>", b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80", b"\xcc\x81" * 50, b"endobj", b"endstream", b"stream\n", b"<<",
    b"\\bin", b"\\u-99999", b"\\ansicpg65000", b"\\ansicpg37", b"\\fcharset77", b"\\uc-1", b"\\'zz",
    b"<svg>", b"<table>", b"<p hidden>", b"<style>", b"PK\x01\x02", b"PK\x05\x06", b"0 R", b"/Kids",
]  # fmt: skip


def spoilt(data: bytes) -> st.SearchStrategy[bytes]:
    """The bytes with a few pieces cut, doubled, swapped or replaced."""
    kinds = st.sampled_from(["cut", "put", "double", "flip", "end"])
    step = st.tuples(
        st.floats(0, 1), st.integers(0, 24), kinds,
        st.sampled_from(_ODD) | st.binary(max_size=4),
    )  # fmt: skip
    return st.lists(step, min_size=1, max_size=6).map(lambda steps: _applied(data, steps))


def _applied(data: bytes, steps: Sequence[tuple[float, int, str, bytes]]) -> bytes:
    for where, size, kind, odd in steps:
        at = int(where * len(data))
        before, piece, after = data[:at], data[at : at + size], data[at + size :]
        if kind == "cut":
            data = before + after
        elif kind == "put":
            data = before + odd + after
        elif kind == "double":
            data = before + piece * 3 + after
        elif kind == "flip":
            data = before + bytes(byte ^ 1 << (size % 8) for byte in piece) + after
        elif where > 0.5:
            data = before
    return data


def pieces(source: str, pattern: str) -> st.SearchStrategy[str]:
    """Mark-up whose tags, words or objects are left out, repeated, moved and nested."""
    tokens = [token for token in re.split(f"({pattern})", source) if token]
    step = st.tuples(
        st.integers(0, len(tokens)), st.integers(0, 6), st.integers(0, len(tokens)),
        st.sampled_from([0, 1, 1, 2, 40]),
    )  # fmt: skip
    return st.lists(step, min_size=1, max_size=8).map(lambda steps: _moved(tokens, steps))


def _moved(tokens: list[str], steps: Sequence[tuple[int, int, int, int]]) -> str:
    for start, size, to, times in steps:
        piece = tokens[start : start + size]
        rest = tokens[:start] + tokens[start + size :]
        tokens = [*rest[:to], *piece * times, *rest[to:]]
    return "".join(tokens)


def xml(source: str) -> st.SearchStrategy[str]:
    return pieces(source, r"<[^>]*>") | pieces(source, r"[\s\"<>/=]")


def tree(source: str) -> st.SearchStrategy[str]:
    """XML that stays well-formed: elements left out, doubled, moved, with other attributes."""
    size = sum(1 for _ in ElementTree.fromstring(source).iter())
    kinds = st.sampled_from(["out", "double", "into", "set"])
    step = st.tuples(
        st.integers(0, size), st.integers(0, size), kinds,
        st.sampled_from(["", "0", "-1", "nan", "1e999", "none", "FFFFFF", "s", "h", "x" * 300]),
    )  # fmt: skip
    return st.lists(step, min_size=1, max_size=6).map(lambda steps: _grown(source, steps))


def _grown(source: str, steps: Sequence[tuple[int, int, str, str]]) -> str:
    root = ElementTree.fromstring(source)
    for first, second, kind, odd in steps:
        pairs = [(parent, child) for parent in root.iter() for child in parent]
        if not pairs:
            break
        parent, child = pairs[first % len(pairs)]
        if kind == "out":
            parent.remove(child)
        elif kind == "double":
            parent.insert(second % (len(parent) + 1), copy.deepcopy(child))
        elif kind == "into":
            pairs[second % len(pairs)][1].append(copy.deepcopy(child))
        else:
            for name in child.attrib:
                child.set(name, odd)
            child.text = odd if child.text else None
    return ElementTree.tostring(root, encoding="unicode")


@st.composite
def docx(draw: st.DrawFn) -> bytes:
    """An archive with a part or two spoilt inside, then perhaps the archive itself."""
    parts: dict[str, Any] = dict(seeds.PARTS)
    for name in draw(st.lists(st.sampled_from(sorted(parts)), min_size=1, max_size=2, unique=True)):
        source = seeds.PARTS[name]
        parts[name] = draw(tree(source) | tree(source) | xml(source) | spoilt(source.encode()))
    method = draw(st.sampled_from([0, 8, 8, 8, 8, 12]))
    data = seeds.archive(parts, method)
    return draw(spoilt(data)) if draw(st.integers(0, 3)) == 0 else data


def pdf(source: bytes) -> st.SearchStrategy[bytes]:
    text = source.decode("latin-1")
    return st.one_of(
        pieces(text, r"\d+ 0 obj|endobj").map(lambda s: s.encode("latin-1")),
        pieces(text, r"/\w+|<<|>>|\d+|[\[\]()]").map(lambda s: s.encode("latin-1")),
        spoilt(source),
    )


_LEAF = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5),
    st.sampled_from([10**400, -1, 2**63, "\0", "../x", "\ud800", [], {}, [[1, 2], [3]], 1e308]),
)  # fmt: skip


@st.composite
def value(draw: st.DrawFn, sound: Any) -> Any:
    """A JSON value with one of its parts replaced, left out or doubled."""
    if isinstance(sound, dict) and sound and draw(st.integers(0, 4)):
        key = draw(st.sampled_from(sorted(sound)))
        kept = {name: content for name, content in sound.items() if name != key}
        return kept if draw(st.integers(0, 5)) == 0 else {**kept, key: draw(value(sound[key]))}
    if isinstance(sound, list) and sound and draw(st.integers(0, 4)):
        at = draw(st.integers(0, len(sound) - 1))
        times = draw(st.integers(0, 2))
        return [*sound[:at], *[draw(value(sound[at])) for _ in range(times)], *sound[at + 1 :]]
    return draw(_LEAF)


def json_of(sound: Any) -> st.SearchStrategy[bytes]:
    """The same as a file, which may also be no JSON at all, or nested beyond reason."""
    plain = json.dumps(sound).encode()
    deep = st.integers(1, 200_000).map(lambda n: b"[" * n)
    return st.one_of(
        value(sound).map(lambda v: json.dumps(v).encode()),
        value(sound).map(lambda v: json.dumps(v).encode()),
        spoilt(plain),
        deep,
    )
