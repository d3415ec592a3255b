"""What a PDF would cost pdfium, told from its bytes before pdfium opens it.

pdfium cannot be interrupted while it takes a page in, and a few hundred bytes can ask it for more
memory than any computer has: by streams that unpack to gigabytes, by forms that draw forms that
draw forms, by a page that shows one stream a thousand times, by a pattern of invisibly small tiles.

Objects are found by what they look like, not by the table of contents, which may lie. Streams that
are encrypted, or packed in another way than deflate, hex and base 85, are not looked into.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from rolefit.errors import LimitError
from rolefit.reading.limits import MIB, Allowance
from rolefit.reading.pdfstream import bytes_shown, unpacked

MOST_SHOWN = 2 * MIB  # bytes of strings that one page's streams may show, forms and all
MOST_DRAWN = 64 * MIB  # the same for all they hold
MOST_KEPT = 256 * MIB  # bytes of objects and names, each with `_RECORD` for its place in memory
LEAST_TILE = 0.25  # square points; a page has half a million of these
_DEPTH = 28  # forms inside forms; pdfium goes no deeper
_STEP = 1 << 16
_LISTED = 200_000  # numbers at the beginning of an object stream
_DIGITS = 18  # of a number; what is longer is beyond every place
_RECORD = 200
_TOO_MUCH = "a page or form of it shows more than anybody could read"
_TOO_MANY = "it is made of more parts than a document has"

_STREAM = re.compile(rb"(?<!end)stream[ \t]{0,9}(?:\r\n|\n|\r)")
_OBJECT = re.compile(rb"(\d{1,10})\s+\d{1,10}\s+obj\b")
_CONTENTS = re.compile(rb"/Contents\s*(?:\[[^\]]*\]|\d{1,10}\s+\d{1,10}\s+R)")
_DO = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_NAMED = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+(\d{1,10})\s+\d{1,10}\s+R")
_SHARED = re.compile(rb"/(?:Resources|XObject)\s+(\d{1,10})\s+\d{1,10}\s+R")
_ROW = re.compile(rb"\[((?:\s*\d{1,10}\s+\d{1,10}\s+R)+)\s*\]")
_REF = re.compile(rb"(\d{1,10})\s+\d+\s+R")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_NUMBER = rb"\s*(-?[\d.]+)"
_TILE = re.compile(rb"/([XY])Step" + _NUMBER)
_MATRIX = re.compile(rb"/Matrix\s*\[" + _NUMBER * 4)
_MARK = re.compile(rb"/(?:Image|ObjStm|Form|[XY]Step|ASCIIHexDecode|AHx|ASCII85Decode|A85)")
_LIST = re.compile(rb"[\d\s]*")


_Meanings = dict[bytes, set[int]]  # forms by the names that may draw them


@dataclass(slots=True)
class _Stream:
    """A stream that may hold drawing."""

    header: slice  # of the file
    is_form: bool
    is_tile: bool
    shown: int  # bytes of strings in it
    size: int
    draws: dict[bytes, int]  # names that it draws, and how often


@dataclass(slots=True)
class _File:
    """What was found, by object number; a number may be used again."""

    data: bytes
    allowance: Allowance
    texts: defaultdict[int, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    streams: defaultdict[int, list[_Stream]] = field(default_factory=lambda: defaultdict(list))
    forms: _Meanings = field(default_factory=dict)  # whatever a name means anywhere
    costs: dict[int, tuple[int, int]] = field(default_factory=dict)
    kept: int = 0

    def keep(self, size: int = 0) -> None:
        """Call for each part of `size` bytes that is remembered. Raises LimitError."""
        self.allowance.check_clock()
        self.kept += size + _RECORD
        if self.kept > MOST_KEPT:
            raise self.too_much(_TOO_MANY)

    def cost(self, number: int, depth: int = 0) -> tuple[int, int]:
        """(shown, drawn) bytes of an object with all that it draws; the worst of its versions."""
        if number in self.costs:
            return self.costs[number]
        worst = (0, 0)
        for stream in self.streams.get(number, ()):
            if stream.is_form:
                meanings = self.meanings(self.data[stream.header]) if stream.draws else {}
                shown, drawn = self.drawn(stream, meanings, depth)
            else:  # of a page, which says what the names are: see `_check_page`
                shown, drawn = stream.shown, stream.size
            worst = max(worst[0], shown), max(worst[1], drawn)
        self.costs[number] = worst
        return worst

    def drawn(self, stream: _Stream, meanings: _Meanings, depth: int = 0) -> tuple[int, int]:
        """The same for one stream, whose names have these `meanings`. Raises LimitError."""
        self.allowance.check_clock()
        shown, drawn = stream.shown, stream.size
        if depth > _DEPTH:
            raise self.too_much(_TOO_MUCH)
        for name, times in stream.draws.items():
            self.allowance.check_clock()
            for child in meanings.get(name) or self.forms.get(name, set()):
                more, size = self.cost(child, depth + 1)
                shown, drawn = shown + times * more, drawn + times * (size + 1)
        self.check_cost(shown, drawn)
        return shown, drawn

    def check_cost(self, shown: int, drawn: int) -> None:
        if shown > MOST_SHOWN or drawn > MOST_DRAWN:
            raise self.too_much(_TOO_MUCH)

    def meanings(self, owner: bytes) -> _Meanings:
        """Which forms the names of `owner`, a page or form, mean."""
        texts = {owner}
        for _ in range(2):  # its resources, and their list of drawings
            shared: set[int] = set()
            for text in texts:
                self.allowance.check_clock()
                shared.update(map(int, _SHARED.findall(text)))
            texts.update(text for number in shared for text in self.texts.get(number, ()))
        found: _Meanings = {}
        for text in texts:
            self.allowance.check_clock()
            for match in _NAMED.finditer(text):
                name, number = _plain(match[1]), int(match[2])
                if number in self.forms.get(name, ()):
                    found.setdefault(name, set()).add(number)
        return found

    def know_forms(self) -> None:
        """Whatever a drawn name means anywhere, for the streams that inherit its meaning."""
        forms = {n for n, found in self.streams.items() if any(f.is_form for f in found)}
        drawn = {name for found in self.streams.values() for f in found for name in f.draws}
        headers = _joined(f.header for found in self.streams.values() for f in found)
        for text in (*(self.data[header] for header in headers), *self.all_texts()):
            self.allowance.check_clock()
            for match in _NAMED.finditer(text):
                name, number = _plain(match[1]), int(match[2])
                if number in forms and name in drawn:
                    meant = self.forms.setdefault(name, set())
                    if number not in meant:
                        self.keep()
                    meant.add(number)

    def all_texts(self) -> Iterable[bytes]:
        return dict.fromkeys(text for texts in self.texts.values() for text in texts)

    def too_much(self, cause: str) -> LimitError:
        return LimitError(self.allowance.name, cause, "Check where the file comes from.")


def check(data: bytes, allowance: Allowance) -> None:
    """Raises LimitError."""
    file = _File(data, allowance)
    _collect(file)
    file.know_forms()
    for number, streams in file.streams.items():
        file.cost(number)
        for stream in streams:
            if stream.is_tile:
                _check_tiles(data[stream.header], file)
    for text in file.all_texts():
        _check_page(text, file)


def _check_page(text: bytes, file: _File) -> None:
    file.allowance.check_clock()
    contents = dict.fromkeys(_CONTENTS.findall(text + b"]"))  # a list that never ends, ends there
    meanings = file.meanings(text) if contents else {}
    for found in contents:
        numbers = Counter(map(int, _REF.findall(found)))
        for number in list(numbers)[:1]:  # it may be the list of them
            for listed in file.texts.get(number, ()):
                file.allowance.check_clock()
                for row in _ROW.findall(listed):
                    numbers.update(map(int, _REF.findall(row)))
        shown = drawn = 0
        for number, times in numbers.items():
            for stream in file.streams.get(number, ()):
                more, size = file.drawn(stream, meanings)
                shown, drawn = shown + times * more, drawn + times * size
        file.check_cost(shown, drawn)


def _check_tiles(text: bytes, file: _File) -> None:
    file.allowance.check_clock()
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


def _collect(file: _File) -> None:
    """Walk over the objects; refuse streams that unpack beyond the limits.

    Pictures are left out: pdfium does not decode them for text, and honest scans are large.
    """
    data, places = file.data, []
    for match in _OBJECT.finditer(data):
        file.keep()
        places.append((match.start(), match.end(), int(match[1])))
    for (_, begin, number), (end, *_) in pairwise([*places, (len(data), 0, 0)]):
        text = data[begin : min(end, begin + _STEP)].split(b"stream", 1)[0]
        file.keep(len(text))
        file.texts[number].append(text)
    total, at, stop, looked = 0, -1, 0, 0
    marks: dict[bytes, int] = {}  # where each was seen last
    for match in _STREAM.finditer(data):
        start = match.start()
        while at + 1 < len(places) and places[at + 1][0] < start:
            at += 1
        begin, number = places[at][1:] if at >= 0 else (0, 0)
        header = slice(max(begin, start - _STEP), start)
        marks.update((m[0], m.start()) for m in _MARK.finditer(data, looked, start))
        looked = start
        said = {mark for mark, place in marks.items() if place >= header.start}
        if b"/Image" in said:
            file.allowance.check_clock()
            continue
        if stop < match.end():
            stop = data.find(b"endstream", match.end())
            stop = stop if stop >= 0 else len(data)
        content, packed = unpacked(data[match.end() : stop], said, file.allowance, total)
        total += len(content) if packed else 0
        file.allowance.check_expanded(len(content), packed or len(content), total)
        if b"/ObjStm" in said:
            _collect_packed(content, file)
        file.keep()
        file.streams[number].append(
            _Stream(
                header,
                is_form=b"/Form" in said,
                is_tile={b"/XStep", b"/YStep"} <= said,
                shown=bytes_shown(content),
                size=len(content),
                draws=_draws(content, file),
            )
        )


def _collect_packed(content: bytes, file: _File) -> None:
    """The objects of an object stream; their numbers and places stand first, in any order.

    Each ends where the next place begins; those of one place share one text.
    """
    head = _LIST.match(content)
    first = head.end() if head else 0
    words = content[:first].split(None, _LISTED)[:_LISTED]
    numbers = [int(word.lstrip(b"0")[:_DIGITS] or b"0") for word in words]
    places = sorted(set(numbers[1::2]))
    texts = {}
    for place, end in pairwise([*places, len(content)]):
        begin = max(0, first + place - 20)
        texts[place] = content[begin : min(first + end, begin + _STEP + 20)]
        file.keep(len(texts[place]))
    for number, place in zip(numbers[::2], numbers[1::2], strict=False):
        file.keep()
        file.texts[number].append(texts[place])


def _draws(content: bytes, file: _File) -> dict[bytes, int]:
    draws: dict[bytes, int] = {}
    for match in _DO.finditer(content):
        file.allowance.check_clock()
        name = _plain(match[1])
        if name not in draws:
            file.keep(len(name))
        draws[name] = draws.get(name, 0) + 1
    return draws


def _joined(headers: Iterable[slice]) -> list[slice]:
    """Without what they have in common: streams of one object share much of it."""
    joined: list[slice] = []
    for header in sorted(headers, key=lambda header: header.stop):
        if joined and header.start < joined[-1].stop:
            header = slice(min(joined.pop().start, header.start), header.stop)
        joined.append(header)
    return joined


def _plain(name: bytes) -> bytes:
    return _ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), name) if b"#" in name else name
