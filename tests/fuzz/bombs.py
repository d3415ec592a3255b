"""Files made to cost a reader more than it has: each small, each made here in a moment."""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from seeds import FONT, PARTS, SAID, archive, docx, page, paragraph, part, pdf, stream

HEAD = b"<!doctype html>"
_RANDOM = random.Random(1)
_WORDS = [f"x{_RANDOM.randrange(10**6)}" for _ in range(2000)]
_BLANKS = b" " * 80_000_000  # more than Limits.expanded_bytes
_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]"


def _body(content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    return archive({**PARTS, "word/document.xml": content}, method)


def _deflated(content: bytes, bits: int = 15) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, bits)
    return packer.compress(content) + packer.flush()


def _flate(content: bytes) -> bytes:
    return stream(content, b"/Filter/FlateDecode")


def _overlapping() -> bytes:
    """Fifield's construction: every entry of the list is the same packed kernel."""
    name = b"word/document.xml"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    kernel = packer.compress(b"<" + b" " * 20_000_000) + packer.flush()
    sizes = struct.pack("<LLL", zlib.crc32(b"<" + b" " * 20_000_000), len(kernel), 20_000_001)
    local = struct.pack("<4s5H", b"PK\3\4", 20, 0, 8, 0, 0) + sizes
    data = local + struct.pack("<HH", len(name), 0) + name + kernel
    names = [name, b"[Content_Types].xml", *(b"word/header%d.xml" % i for i in range(9000))]
    listed = b"".join(
        struct.pack("<4s6H", b"PK\1\2", 20, 20, 0, 8, 0, 0) + sizes
        + struct.pack("<5H2L", len(n), 0, 0, 0, 0, 0, 0) + n
        for n in names
    )  # fmt: skip
    end = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, len(names), len(names), len(listed), len(data), 0
    )
    return data + listed + end


def _lying() -> bytes:
    """The list says that the body is a hundred bytes long; it unpacks to 20 MB."""
    data = bytearray(_body(b" " * 20_000_000))
    for mark, at in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            size = struct.unpack_from("<L", data, place + at)[0]
            struct.pack_into("<L", data, place + at, 100 if size == 20_000_000 else size)
    return bytes(data)


def _forms(depth: int, each: int) -> bytes:
    """Forms that draw the next one `each` times."""
    shown = b"/X Do " * each + SAID
    entries = b"%s/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 R>>>>"
    forms = [stream(shown, entries % (_FORM, number)) for number in range(7, 7 + depth)]
    return page(stream(shown), *forms, resources=b"/XObject<</X 6 0 R>>")


def _tiles() -> bytes:
    tile = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]"
    steps = b"/XStep 0.0001/YStep 0.0001/Resources<<>>"
    shown = b"/Pattern cs /P scn 0 0 600 900 re f " + SAID
    return page(
        stream(shown), stream(b"0 0 1 1 re f", tile + steps), resources=b"/Pattern<</P 6 0 R>>"
    )


def _tree() -> bytes:
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 3) for number in range(30_000)]
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox[0 0 9 9]>>")


def _style(sheet: bytes, body: bytes = b"<p>Jane") -> bytes:
    return HEAD + b"<style>" + sheet + b"</style>" + body


def _each(form: bytes, count: int) -> bytes:
    return b"".join(form % number for number in range(count))


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "a part of blanks": lambda: _body(_BLANKS),
    "a part packed by bzip2": lambda: _body(_BLANKS, zipfile.ZIP_BZIP2),
    "a part packed by LZMA": lambda: _body(_BLANKS, zipfile.ZIP_LZMA),
    "an archive in the body's place": lambda: _body(_body(_BLANKS)),
    "sizes that lie": _lying,
    "overlapping entries": _overlapping,
    "200,000 entries": lambda: archive(
        {**PARTS, **dict.fromkeys(map(str, range(200_000)), b"")}, 0
    ),
    "a header shown 100,000 times": lambda: docx(
        '<w:sectPr><w:headerReference r:id="h"/></w:sectPr>' * 100_000 + paragraph("Jane")
    ),
    "elements nested 120,000 deep": lambda: docx("".join(f"<{word}>" for word in _WORDS * 60)),
    "styles nested 120,000 deep": lambda: docx(
        paragraph("Jane"),
        **{"word/styles.xml": part("".join(f"<{word}>" for word in _WORDS * 60), "styles")},
    ),
    "tables nested 1,000 deep": lambda: docx(
        "<w:tbl><w:tr><w:tc>" * 1000 + paragraph("Jane") + "</w:tc></w:tr></w:tbl>" * 1000
    ),
    "entities that double": lambda: _body(
        b"<!DOCTYPE x [<!ENTITY a0 'x'>"
        + b"".join(b"<!ENTITY a%d '&a%d;&a%d;'>" % (n + 1, n, n) for n in range(40))
        + b"]><x>&a40;</x>"
    ),
    "an entity from a file": lambda: _body(
        b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"
    ),
    "an attribute of 24 MB": lambda: docx(f'<w:p a="{_RANDOM.randbytes(12_000_000).hex()}"/>'),
}  # fmt: skip

PDFS: dict[str, Callable[[], bytes]] = {
    "a stream of blanks": lambda: page(_flate(_deflated(_BLANKS + SAID))),
    "a stream with a small window": lambda: page(_flate(_deflated(_BLANKS + SAID, 12))),
    "a stream behind a carriage return": lambda: page(
        _flate(_deflated(_BLANKS + SAID)).replace(b"stream\n", b"stream\r", 1)
    ),
    "a stream packed twice": lambda: page(
        stream(_deflated(_deflated(_BLANKS + SAID)), b"/Filter[/FlateDecode/FlateDecode]")
    ),
    "a stream packed and written in hex": lambda: page(
        stream(_deflated(_BLANKS).hex().encode() + b">", b"/Filter[/ASCIIHexDecode/FlateDecode]")
    ),
    "a form that draws itself twice": lambda: page(
        stream(b"/X Do " + SAID),
        stream(b"/X Do /X Do", _FORM + b"/Resources<</XObject<</X 6 0 R>>>>"),
        resources=b"/XObject<</X 6 0 R>>",
    ),
    "forms that draw forms": lambda: _forms(12, 10),
    "a page that draws a form 100,000 times": lambda: page(
        stream(b"/X Do " * 100_000),
        stream(SAID * 1000, _FORM + b"/Resources<</Font<</F 5 0 R>>>>"),
        resources=b"/XObject<</X 6 0 R>>",
    ),
    "a page that shows a stream 3,000 times": lambda: page(
        stream(SAID * 3000), entries=b"/Contents[" + b"4 0 R " * 3000 + b"]"
    ),
    "six million letters on a page": lambda: page(
        _flate(_deflated(b"BT /F 9 Tf (" + b" ".join(b"%d" % n for n in range(10**6)) + b") Tj ET"))
    ),
    "a million texts in one stream": lambda: page(_flate(_deflated(SAID * 500_000))),
    "an object stream that promises two thousand million": lambda: page(
        stream(SAID), stream(b"1 0 2 0", b"/Type/ObjStm/N 2000000000/First 10")
    ),
    "a million tiny objects": lambda: page(stream(SAID), *[b"0"] * 300_000),
    "a page tree 30,000 deep": _tree,
    "a page tree that holds itself": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"
    ),
    "two thousand million pages": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", FONT
    ),
    "arrays nested five million deep": lambda: page(stream(b"[" * 5_000_000 + SAID)),
    "a page as large as numbers go": lambda: page(stream(SAID), box=b"[-1e38 -1e38 1e38 1e38]"),
    "a page as long as it is thin": lambda: page(stream(SAID), box=b"[0 0 14400000 0.001]"),
    "letters as large as a town": lambda: page(
        stream(b"BT /F 1e9 Tf (Jane) Tj 1e30 0 0 1e30 0 0 Tm (Jane) Tj ET")
    ),
    "type of a thousand million points": lambda: page(
        stream(SAID + b"BT /F 1000000000 Tf 72 500 Td (x) Tj ET")
    ),
    "tiles too small to be seen": _tiles,
}  # fmt: skip

PAGES: dict[str, Callable[[], bytes]] = {
    "no closing tags": lambda: HEAD + b"<p>x" * 3_000_000,
    "nesting": lambda: HEAD + b"<div>" * 3_000_000,
    "nesting hidden in comments": lambda: HEAD + b"<div><!--</div>-->" * 60_000,
    "a million attributes": lambda: HEAD + b"<p " + _each(b"a%d=1 ", 1_000_000) + b">Jane",
    "a million attributes with > in them": lambda: HEAD + b"<p " + _each(b"a%d='>'", 1_000_000),
    "many tags with 999 attributes": lambda: HEAD + (b"<p " + _each(b"a%d ", 999) + b">J") * 2000,
    "formatting never closed": lambda: HEAD + b"<p>" + _each(b"<b a=%d>", 3900) + b"<p>x" * 99_000,
    "formatting closed in comments": lambda: (
        HEAD + b"<p>" + _each(b"<b a=%d><!--</b>-->", 30_000) + b"<p>x" * 99_000
    ),
    "text between cells": lambda: HEAD + b"<table>" + b"x<td>" * 190_000,
    "signs that open no tag": lambda: HEAD + b"<" * 18_000_000,
    "references": lambda: HEAD + b"&lt;&#65;" * 2_000_000,
    "a style sheet of one word": lambda: _style(b"a" * 1_000_000),
    "a style sheet of @": lambda: _style(b"@a" * 500_000),
    "a style sheet of @media": lambda: _style(b"@media " * 150_000),
    "@ in front of an endless block": lambda: _style(b"@a" * 199 + b"@a{" + b"x{}" * 300_000),
    "comments never closed in a style sheet": lambda: _style(b"/*" * 500_000),
    "a property without end": lambda: _style(b"a{" + b"width" * 200_000 + b"}"),
    "a length of a million digits": lambda: _style(b"p{width:" + b"1" * 1_000_000 + b"x}"),
    "a rule for 200,000 selectors": lambda: _style(b"a," * 200_000 + b"b{" + b"left:0;" * 50_000),
    "a selector of ancestors": lambda: _style(b"p div div div div{color:red}", b"<div>" * 3900),
    "a selector of siblings": lambda: _style(b"a ~ p{color:red}" * 9, b"<p>x" * 190_000),
    "60,000 properties of 20,000 elements": lambda: _style(
        b"*{left:0;" + _each(b"a%d:1;", 60_000) + b"}", b"<i>x</i>" * 20_000
    ),
    "2,000 rules for 100,000 elements": lambda: _style(
        _each(b"*{left:%dpx}", 2000), b"<i>x</i>" * 90_000
    ),
    "selectors in 40,000 brackets": lambda: _style(
        (b":not(" * 40_000 + b"p" + b")" * 40_000) * 2 + b"{left:0}"
    ),
    "places among siblings": lambda: _style(
        _each(b"p:nth-child(%d){left:0}", 50), b"<p>x" * 30_000
    ),
    "styles and pictures that lie on each other": lambda: _style(
        b"*{display:grid}", b"<div><img>x" * 3900
    ),
    "shadow roots without end": lambda: HEAD + b"<template shadowrootmode " * 700_000,
    "words in Punycode": lambda: b"<meta charset=punycode><p>Jane" + b" a" * 200_000 + b"-abc0",
    "tags that are almost known": lambda: b"x<b " + b"<a " * 1300 + b"</a",
    "a selector of 5,000 parts": lambda: _style(b"div " * 5000 + b"{color:red}", b"<div>" * 900),
}

OTHERS: dict[str, Callable[[], bytes]] = {
    "comments before nothing": lambda: b"<!---->" * 500 + b"x",
    "a head of colons": lambda: b"a: " * 1300,
    "a line of 19 MB": lambda: b"x" * 19_000_000,
    "19 million lines": lambda: b"x\n" * 9_500_000,
    "a million combining marks": lambda: ("e" + "\u0301" * 1_000_000).encode(),
    "rtf: groups two million deep": lambda: (
        rb"{\rtf1 " + b"{" * 2_000_000 + b"x}" + b"}" * 2_000_000
    ),
    "rtf: fonts without names": lambda: rb"{\rtf1{\fonttbl" + rb"\f1\fcharset0 " * 90_000 + b"}x}",
    "rtf: fonts without sets": lambda: rb"{\rtf1{\fonttbl" + rb"\f1;" * 90_000 + b"}x}",
    "rtf: links": lambda: rb"{\rtf1 " + rb"{\field{\*\fldinst{hyperlink " * 90_000 + b"}" * 270_001,
    "rtf: fields": lambda: rb"{\rtf1 " + rb"{\field{\*\fldinst{x " * 90_000 + b"}" * 270_001,
    "rtf: digits that are no picture": lambda: rb"{\rtf1 " + (b"a" * 33 + b"g") * 120_000 + b"}",
    "rtf: escaped backslashes and raw data": lambda: (
        rb"{\rtf1 " + rb"\\" * 4_000_000 + rb"\bin0 " * 1_000_000 + b"}"
    ),
    "rtf: footnotes": lambda: rb"{\rtf1 " + rb"{\footnote x}" * 300_000 + b"}",
    "rtf: text boxes in text boxes": lambda: (
        rb"{\rtf1 " + rb"{\shp{\shptxt x" * 200_000 + b"}" * 400_001
    ),
    "rtf: headers in headers": lambda: rb"{\rtf1 " + rb"{\header x" * 350_000 + b"}" * 350_001,
    "rtf: 18 MB of words": lambda: rb"{\rtf1 " + b"Jane " * 3_600_000 + b"}",
}
