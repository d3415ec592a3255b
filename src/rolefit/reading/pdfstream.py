"""What a stream of a PDF holds, as far as it can be told: hex, base 85, deflate upon deflate."""

from __future__ import annotations

import re
import zlib
from collections.abc import Set

import numpy as np

from rolefit.reading.limits import MIB, Allowance

HEX = {b"/ASCIIHexDecode", b"/AHx"}
BASE_85 = {b"/ASCII85Decode", b"/A85"}
_ROUNDS = 4  # of deflate
_STEP = 1 << 16  # packed bytes at a time
_PIECES = (MIB, 1 << 10, 1)  # unpacked bytes at a time; smaller ones find all that precedes damage
_BLANKS = b"\0\t\n\v\f\r "

_STRING = re.compile(rb"\([^()]*\)|<[0-9A-Fa-f\s]*>")
_NESTED = re.compile(rb"\([^()]*\(")
_NOT_HEX = re.compile(rb"[^0-9A-Fa-f]")
_DIGITS_85 = re.compile(rb"[!-uz]*")


def unpacked(
    content: bytes, filters: Set[bytes], allowance: Allowance, total: int
) -> tuple[bytes, int]:
    """(what `content` holds, packed bytes or 0 if it was not packed). Raises LimitError."""
    room = allowance.limits.expanded_bytes - total
    packed = 0
    if filters & HEX:
        digits = _NOT_HEX.sub(b"", content).decode("ascii")
        content = bytes.fromhex(digits + "0" * (len(digits) % 2))
    if filters & BASE_85:
        content = _from_base_85(content)
    for _ in range(_ROUNDS):
        if not _is_deflated(content):
            break
        size, content = len(content), _inflated(content, room)
        packed = packed or size
        allowance.check_expanded(len(content), packed, total + len(content))
    return content, packed


def _is_deflated(content: bytes) -> bool:
    return len(content) > 2 and content[0] & 15 == 8 and (content[0] << 8 | content[1]) % 31 == 0


def _inflated(content: bytes, room: int) -> bytes:
    """Stops soon after `room`, and at damage: pdfium reads till there, and minds no checksum."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    parts, size, at, rest = [], 0, 2, b""
    pieces = iter(_PIECES)
    piece = next(pieces)
    while not inflater.eof and size <= room:
        before = inflater.copy()  # zlib keeps back what it found in a call that ends in an error
        try:
            part = inflater.decompress(rest or content[at : at + _STEP], piece)
        except zlib.error:
            inflater, piece = before, next(pieces, 0)
            if not piece:
                break
            continue
        at += 0 if rest else _STEP
        rest = inflater.unconsumed_tail
        if not part and not rest and at >= len(content):
            break
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _from_base_85(content: bytes) -> bytes:
    """Up to the first sign that is none of its digits."""
    found = _DIGITS_85.match(content.translate(None, _BLANKS))
    digits = found.group().replace(b"z", b"!!!!!") if found else b""
    filled = digits + b"u" * (-len(digits) % 5)
    groups = np.frombuffer(filled, np.uint8).reshape(-1, 5)
    values = np.zeros(len(groups), np.uint32)
    for column in range(5):  # of too large a number the end, as pdfium takes it
        values = values * np.uint32(85) + (groups[:, column] - np.uint8(33))
    return values.astype(">u4").tobytes()[: len(digits) * 4 // 5]


def bytes_shown(content: bytes) -> int:
    """Bytes of the strings in it, at least."""
    content = content.replace(b"\\\\", b"").replace(b"\\(", b"").replace(b"\\)", b"")
    if _NESTED.search(content):
        return len(content)
    return sum(m.end() - m.start() for m in _STRING.finditer(content))
