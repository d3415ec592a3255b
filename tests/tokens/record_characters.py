"""Writes src/rolefit/tokens/characters.txt from what the library `tokenizers` does with each
character: python tests/tokens/record_characters.py

Its tables are those of an older Unicode than Python's, which are another in each Python.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path

from tokenizers import normalizers, pre_tokenizers

FILE = Path(__file__).parents[2] / "src" / "rolefit" / "tokens" / "characters.txt"
HEAD = """\
# Characters as BERT's tokenizer takes them, first and last of each range in hexadecimal.
# Written by tests/tokens/record_characters.py from the library `tokenizers`; a test compares.
"""


SURROGATES = range(0xD800, 0xE000)  # halves of characters, which the library refuses


def everything() -> list[str]:
    return [chr(code) for code in range(0x110000) if code not in SURROGATES]


def changed(chars: list[str], by: Callable[[str], str]) -> dict[str, str]:
    """What each character becomes between two letters."""
    return {char: by(f"a{char}b")[1:-1] for char in chars}


def classes() -> dict[str, list[int]]:
    chars = everything()
    plain = {"handle_chinese_chars": False, "strip_accents": False, "lowercase": False}
    clean = changed(chars, normalizers.BertNormalizer(**plain, clean_text=True).normalize_str)
    accents = {**plain, "strip_accents": True}
    bare = changed(chars, normalizers.BertNormalizer(**accents, clean_text=False).normalize_str)
    chinese = {**plain, "handle_chinese_chars": True}
    apart = changed(chars, normalizers.BertNormalizer(**chinese, clean_text=False).normalize_str)
    split = pre_tokenizers.BertPreTokenizer().pre_tokenize_str
    parts = {char: [part for part, _ in split(f"a{char}b")] for char in chars}
    return {
        "removed": sorted([*(ord(c) for c in chars if clean[c] == ""), *SURROGATES]),
        "white": [ord(c) for c in chars if parts[c] == ["a", "b"]],
        "chinese": [ord(c) for c in chars if apart[c] == f" {c} "],
        "punctuation": [ord(c) for c in chars if parts[c] == ["a", c, "b"]],
        "marks": [ord(c) for c in chars if bare[c] == ""],
    }


def ranges(codes: Iterable[int]) -> str:
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return " ".join(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in found)


def content() -> str:
    parts = [HEAD]
    for name, codes in classes().items():
        lines = textwrap.wrap(ranges(codes), 98, break_on_hyphens=False)
        parts.append("\n".join([f"[{name}]", *lines, ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    FILE.write_text(content(), encoding="utf-8")
    print(f"wrote {FILE}")
