"""What a PDF would cost pdfium, told from its bytes before pdfium opens it.

pdfium cannot be interrupted while it takes a page in, and a few hundred bytes can ask it for more
memory than any computer has: by streams that unpack to gigabytes, by forms that draw forms that
draw forms, by a page that shows one stream a thousand times, by a pattern of invisibly small tiles.

Objects are found by what they look like, not by the table of contents, which may lie. Streams that
are encrypted, or packed in another way than deflate, hex and base 85, are not looked into.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise

from rolefit.errors import LimitError
from rolefit.reading.limits import MIB, Allowance

MOST_SHOWN = 2 * MIB  # bytes of strings that one page's streams may show, forms and all
MOST_DRAWN = 64 * MIB  # the same for all they hold
LEAST_TILE = 0.25  # square points; a page has half a million of these
_DEPTH = 28  # forms inside forms; pdfium goes no deeper
_STEP = 1 << 16
_TOO_MUCH = "a page or form of it shows more than anybody could read"

_STREAM = re.compile(rb"(?<!end)stream[ \t]{0,9}(?:\r\n|\n|\r)")
_OBJECT = re.compile(rb"(\d{1,10})\s+\d{1,10}\s+obj\b")
_STRING = re.compile(rb"\([^()]*\)|<[0-9A-Fa-f\s]*>")
_NESTED = re.compile(rb"\([^()]*\(")
_CONTENTS = re.compile(rb"/Contents\s*(?:\[[^\]]*\]|\d{1,10}\s+\d{1,10}\s+R)")
_DO = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_NAMED = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+(\d{1,10})\s+\d{1,10}\s+R")
_SHARED = re.compile(rb"/(?:Resources|XObject)\s+(\d{1,10})\s+\d{1,10}\s+R")
_ROW = re.compile(rb"\[((?:\s*\d{1,10}\s+\d{1,10}\s+R)+)\s*\]")
_REF = re.compile(rb"(\d+)\s+\d+\s+R")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_NUMBER = rb"\s*(-?[\d.]+)"
_TILE = re.compile(rb"/([XY])Step" + _NUMBER)
_MATRIX = re.compile(rb"/Matrix\s*\[" + _NUMBER * 4)
_NOT_HEX = re.compile(rb"[^0-9A-Fa-f]")


@dataclass(slots=True)
class _Stream:
    """A stream that may hold drawing."""

    header: bytes
    shown: int  # bytes of strings in it
    size: int
    draws: Counter[bytes]  # names that it draws, and how often


@dataclass(slots=True)
class _File:
    """What was found, by object number; a number may be used again."""

    allowance: Allowance
    texts: defaultdict[int, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    streams: defaultdict[int, list[_Stream]] = field(default_factory=lambda: defaultdict(list))
    forms: defaultdict[bytes, set[int]] = field(default_factory=lambda: defaultdict(set))
    costs: dict[int, tuple[int, int]] = field(default_factory=dict)

    def cost(self, number: int, depth: int = 0) -> tuple[int, int]:
        """(shown, drawn) bytes of an object with all that it draws; the worst of its versions."""
        if number in self.costs:
            return self.costs[number]
        worst = (0, 0)
        for stream in self.streams.get(number, ()):
            if b"/Form" in stream.header:
                shown, drawn = self.drawn(stream, stream.header, depth)
            else:  # of a page, which says what the names are: see `_check_page`
                shown, drawn = stream.shown, stream.size
            worst = max(worst[0], shown), max(worst[1], drawn)
        self.costs[number] = worst
        return worst

    def drawn(self, stream: _Stream, owner: bytes, depth: int = 0) -> tuple[int, int]:
        """The same for one stream, whose names mean what `owner` says. Raises LimitError."""
        self.allowance.check_clock()
        shown, drawn = stream.shown, stream.size
        if depth > _DEPTH:
            raise self.too_much(_TOO_MUCH)
        texts = self.resources(owner) if stream.draws else []
        for name, times in stream.draws.items():
            for child in _named(texts, name) & self.forms[name] or self.forms[name]:
                more, size = self.cost(child, depth + 1)
                shown, drawn = shown + times * more, drawn + times * (size + 1)
        if shown > MOST_SHOWN or drawn > MOST_DRAWN:
            raise self.too_much(_TOO_MUCH)
        return shown, drawn

    def resources(self, owner: bytes) -> list[bytes]:
        """What says what the names of `owner`, a page or form, mean."""
        texts = [owner]
        for _ in range(2):  # its resources, and their list of drawings
            shared = {int(n) for text in texts for n in _SHARED.findall(text)}
            texts += [text for number in shared for text in self.texts.get(number, ())]
        return texts

    def know_forms(self) -> None:
        """Whatever a name means anywhere, for the streams that inherit its meaning."""
        forms = {n for n, found in self.streams.items() if any(b"/Form" in f.header for f in found)}
        headers = [stream.header for found in self.streams.values() for stream in found]
        for text in (*headers, *(text for texts in self.texts.values() for text in texts)):
            for name, number in _NAMED.findall(text):
                if int(number) in forms:
                    self.forms[_plain(name)].add(int(number))

    def too_much(self, cause: str) -> LimitError:
        return LimitError(self.allowance.name, cause, "Check where the file comes from.")


def _named(texts: list[bytes], name: bytes) -> set[int]:
    return {int(n) for text in texts for key, n in _NAMED.findall(text) if _plain(key) == name}


def check(data: bytes, allowance: Allowance) -> None:
    """Raises LimitError."""
    file = _File(allowance)
    _collect(data, file)
    file.know_forms()
    for number, streams in file.streams.items():
        file.cost(number)
        for stream in streams:
            _check_tiles(stream.header, file)
    for texts in list(file.texts.values()):
        for text in texts:
            _check_page(text, file)


def _check_page(text: bytes, file: _File) -> None:
    for found in _CONTENTS.findall(text):
        numbers = list(map(int, _REF.findall(found)))
        for number in numbers[:1]:  # it may be the list of them
            rows = [row for t in file.texts.get(number, ()) for row in _ROW.findall(t)]
            numbers += [int(n) for row in rows for n in _REF.findall(row)]
        streams = [stream for number in numbers for stream in file.streams.get(number, ())]
        costs = [file.drawn(stream, text) for stream in streams]
        if sum(c[0] for c in costs) > MOST_SHOWN or sum(c[1] for c in costs) > MOST_DRAWN:
            raise file.too_much(_TOO_MUCH)


def _check_tiles(text: bytes, file: _File) -> None:
    steps = dict(_TILE.findall(text))
    if len(steps) < 2:
        return
    try:
        area = abs(float(steps[b"X"]) * float(steps[b"Y"]))
        if matrix := _MATRIX.search(text):
            a, b, c, d = map(float, matrix.groups())
            area *= abs(a * d - b * c)
    except ValueError:
        return
    if area < LEAST_TILE:
        raise file.too_much("it paints with tiles too small to be seen")


def _collect(data: bytes, file: _File) -> None:
    """Walk over the objects; refuse streams that unpack beyond the limits.

    Pictures are left out: pdfium does not decode them for text, and honest scans are large.
    """
    total, at = 0, -1
    places = [(m.start(), m.end(), int(m[1])) for m in _OBJECT.finditer(data)]
    for (_, begin, number), (end, *_) in pairwise([*places, (len(data), 0, 0)]):
        file.texts[number].append(data[begin : min(end, begin + _STEP)].split(b"stream", 1)[0])
    for match in _STREAM.finditer(data):
        file.allowance.check_clock()
        while at + 1 < len(places) and places[at + 1][0] < match.start():
            at += 1
        begin, number = places[at][1:] if at >= 0 else (0, 0)
        header = data[max(begin, match.start() - _STEP) : match.start()]
        if b"/Image" in header:
            continue
        content, packed = _unpacked(data, match.end(), header, file.allowance, total)
        total += len(content) if packed else 0
        file.allowance.check_expanded(len(content), packed or len(content), total)
        if b"/ObjStm" in header:
            _collect_packed(content, file)
        draws = Counter(map(_plain, _DO.findall(content)))
        file.streams[number].append(_Stream(header, _shown(content), len(content), draws))


def _collect_packed(content: bytes, file: _File) -> None:
    """The objects of an object stream; their numbers and places stand at its beginning."""
    head = re.match(rb"[\d\s]*", content)
    numbers = list(map(int, head.group().split()[:200_000])) if head else []
    first = head.end() if head else 0
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    ends = [place for _, place in pairs[1:]] + [len(content)]
    for (number, place), end in zip(pairs, ends, strict=True):
        file.texts[number].append(content[first + place - 20 : first + end][: _STEP + 20])


def _shown(content: bytes) -> int:
    """Bytes of the strings in it, at least."""
    content = content.replace(b"\\\\", b"").replace(b"\\(", b"").replace(b"\\)", b"")
    if _NESTED.search(content):
        return len(content)
    return sum(m.end() - m.start() for m in _STRING.finditer(content))


def _plain(name: bytes) -> bytes:
    return _ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), name)


def _unpacked(
    data: bytes, start: int, header: bytes, allowance: Allowance, total: int
) -> tuple[bytes, int]:
    """(the stream's content as far as it can be told, packed bytes or 0 if it was not packed)."""
    room = allowance.limits.expanded_bytes - total
    stop = data.find(b"endstream", start)
    content = data[start : stop if stop >= 0 else len(data)]
    packed = 0
    if b"/ASCIIHexDecode" in header or b"/AHx" in header:
        digits = _NOT_HEX.sub(b"", content).decode("ascii")
        content = bytes.fromhex(digits + "0" * (len(digits) % 2))
    if b"/ASCII85Decode" in header or b"/A85" in header:
        with suppress(ValueError):
            content = base64.a85decode(content.split(b"~>")[0].strip())
    for _ in range(4):  # deflated again and again
        if not _is_deflated(content):
            break
        size, content = len(content), _inflated(content, room)
        packed = packed or size
        allowance.check_expanded(len(content), packed, total + len(content))
    return content, packed


def _is_deflated(content: bytes) -> bool:
    return len(content) > 2 and content[0] & 15 == 8 and (content[0] << 8 | content[1]) % 31 == 0


def _inflated(content: bytes, room: int) -> bytes:
    """Stops soon after `room`, and at what is damaged: pdfium will say."""
    inflater = zlib.decompressobj()
    parts, size, at = [], 0, 0
    while not inflater.eof and size <= room and (at < len(content) or inflater.unconsumed_tail):
        chunk = inflater.unconsumed_tail or content[at : at + _STEP]
        at += 0 if inflater.unconsumed_tail else _STEP
        try:
            parts.append(inflater.decompress(chunk, MIB))
        except zlib.error:
            break
        size += len(parts[-1])
    return b"".join(parts)
