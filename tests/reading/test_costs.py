"""Small files that would cost a parser out of all proportion are refused before it sees them."""

from __future__ import annotations

import base64
import re
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import makers
import numpy as np
import pytest
from selectolax.lexbor import LexborHTMLParser

from rolefit.errors import DamagedFileError, LimitError
from rolefit.reading import Limits, read
from rolefit.reading.css import Sheet
from rolefit.reading.drawing import Page
from rolefit.reading.limits import Allowance
from rolefit.reading.pdfcost import check
from rolefit.reading.pieces import Characters, pieces_of

MANY_ATTRIBUTES = "<p " + " ".join(f"a{i}=1" for i in range(5_000)) + ">text</p>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
SAID = b"BT /F 12 Tf 50 700 Td (Jane Doe, Python) Tj ET "
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]"
DRAWN = b"/XObject<</X 6 0 R>>"
MANY = b"/X Do " * 100_000
DEFLATED = zlib.compress(MANY)
OPEN_FORMATTING = "<b><i><u>" * 400 + "<p>text" * 20_000


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (MANY_ATTRIBUTES, "attributes"),
        (OPEN_FORMATTING, "formatting open"),
        ("<p>x" * 250_000, "tags"),
        ("<div>" * 5_000 + "x", "nest|inside"),
    ],
)
def test_mark_up_that_a_parser_would_choke_on_is_refused_by_its_cause(page: str, says: str) -> None:
    with pytest.raises(LimitError, match=re.compile(says)):
        read(f"<!doctype html><title>t</title>{page}".encode(), name="page.html")


def test_an_honest_page_with_much_of_each_is_read() -> None:
    row = "<tr><td class='a' id=b data-c=d><b>Nurse</b> <i>ward</i></td></tr>"
    document = read(f"<!doctype html><table>{row * 3_000}</table>".encode(), name="page.html")
    assert document.text.count("Nurse ward") == 3_000


def test_word_files_nested_beyond_the_limit_are_refused() -> None:
    deep = "<w:p>" * 5_000 + "</w:p>" * 5_000
    with pytest.raises((LimitError, DamagedFileError)):
        read(makers.docx(deep), name="deep.docx")


def test_the_limit_on_attributes_can_be_raised() -> None:
    document = read(
        f"<!doctype html>{MANY_ATTRIBUTES}".encode(),
        name="page.html",
        limits=Limits(attributes=6_000),
    )
    assert document.text.strip() == "text"


def test_a_style_sheet_made_to_fool_its_pattern_is_passed_in_time() -> None:
    sheet = "@media" * 20_000 + "{" * 10_000
    document = read(
        f"<!doctype html><style>{sheet}</style><p>Nurse".encode(),
        name="page.html",
        limits=Limits(seconds=20),
    )
    assert "Nurse" in document.text


def test_properties_that_nobody_looks_at_are_not_kept() -> None:
    sheet = "*{left:0;" + "".join(f"a{i}:1;left-a{i}:1;" for i in range(30_000)) + "}"
    html = f"<!doctype html><style>{sheet}</style><p>Nurse" + "<i>x</i>" * 5_000
    with cheaply(seconds=30, mebibytes=100):
        assert "Nurse" in read(html.encode(), name="page.html").text


def test_elements_of_the_same_rules_share_one_style() -> None:
    sheet = "*{" + "left:0;top:0;color:red;display:block;width:1px;height:1px" + "}"
    tree = LexborHTMLParser(
        "<i>x</i>" * 20_000 + f"<style>{sheet}*{{left:1px}}i{{top:1px}}</style>"
    )
    with cheaply(seconds=20, mebibytes=20):
        Sheet(tree, 10, Allowance("page.html", Limits()))


def test_a_look_for_the_elements_of_a_rule_ends_when_its_time_is_up() -> None:
    tree = LexborHTMLParser("<i>x</i>")
    sheet = Sheet(tree, 10, Allowance("page.html", Limits()))
    sheet._allowance = Allowance("page.html", Limits(seconds=5), started=time.monotonic() - 6)
    with pytest.raises(LimitError, match="longer than 5 seconds"):
        sheet._apply({}, tree.css("i"))


@pytest.mark.parametrize(
    "selector", [":not(" * 50_000, "p:nth-child(2)" * 2, ":is(a," * 9 + "b" + ")" * 9]
)
def test_selectors_that_would_cost_too_much_are_not_tried(selector: str) -> None:
    page = f"<!doctype html><style>{selector}{{display:none}}</style>" + "<p>x" * 40_000
    assert read(page.encode(), name="page.html").text.count("x") == 40_000


def test_type_as_large_as_a_town_is_looked_for_no_further_than_type_reaches() -> None:
    sides = [[30.0, 0.0, 1e9, 1e9], [10.0, 500.0, 20.0, 510.0], [10.0, 400.0, 20.0, 410.0]]
    ticks: list[None] = []
    with cheaply(seconds=2, mebibytes=10):
        codes = np.array([65, 66, 67])
        found = pieces_of(Characters(codes, np.array(sides)), lambda: ticks.append(None))
    assert sorted("".join(piece.text for piece in found).replace(" ", "")) == ["A", "B", "C"]
    assert len(ticks) == 3


def pdf(*objects: bytes) -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (i, said) for i, said in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"


def page(resources: bytes, content: bytes, *more: bytes) -> bytes:
    """A PDF of one page; its content is object 4, `more` are those from 6 on."""
    said = b"/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>" % resources
    nodes = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    return pdf(*nodes, b"<</Type/Page/Parent 2 0 R%s>>" % said, content, FONT, *more)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def packed(content: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    return stream(content, b"/Filter[%s]" % filters)


DRAWING = stream(SAID * 1000, FORM + b"/Resources<</Font<</F 5 0 R>>>>")


@contextmanager
def cheaply(seconds: float, mebibytes: int) -> Iterator[None]:
    """Of processor time and of memory at its highest."""
    tracemalloc.start()
    started = time.process_time()
    try:
        yield
        took, most = time.process_time() - started, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert took < seconds
    assert most < mebibytes * 1024 * 1024


@pytest.mark.parametrize(
    "content",
    [
        b"\x9c\xfeencrypted\x80",
        b"",
        b"1" * 5000 + b" 0 <<>>",
        b"9 " + b"2" * 5000 + b" <<>>",
        b"9 0 8",
    ],
)
def test_a_pdf_whose_object_stream_lists_no_objects_is_read(content: bytes) -> None:
    objects = stream(content, b"/Type/ObjStm/N 1/First 10")
    assert "Jane Doe" in read(page(b"", stream(SAID), objects), name="odd.pdf").text


def test_a_pdf_with_a_reference_of_endless_digits_is_passed() -> None:
    content = b"<</Type/Page/Contents[%s 0 R]>>" % (b"1" * 60_000)
    with cheaply(seconds=1, mebibytes=10):
        check(pdf(content), Allowance("digits.pdf", Limits()))


@pytest.mark.parametrize(
    "content",
    [
        packed(DEFLATED),
        packed(DEFLATED[:-4] + b"abcd"),
        packed(DEFLATED[:-7]),
        packed(DEFLATED[:-40] + b"\xff" * 40),
        packed(base64.a85encode(DEFLATED) + b"~>", b"/ASCII85Decode/FlateDecode"),
        packed(base64.a85encode(DEFLATED) + b"\x80~>", b"/ASCII85Decode/FlateDecode"),
    ],
    ids=["whole", "wrong checksum", "broken off", "damaged", "base 85", "invalid sign at its end"],
)
def test_a_form_drawn_without_end_is_refused_whatever_the_damage_to_its_stream(
    content: bytes,
) -> None:
    with pytest.raises(LimitError, match="shows more"):
        check(page(DRAWN, content, DRAWING), Allowance("bomb.pdf", Limits(ratio=10**6)))


@pytest.mark.parametrize(
    "objects",
    [
        b"9 0 <</X 6 0 R>>" + b" " * 40,
        b"9 12 8 0 <</Y 7 0 R>><</X 6 0 R>>",
        b"8 11 9 0 <</X 6 0 R>> <<>>",
    ],
    ids=["small", "in descending order", "the other in descending order"],
)
def test_what_a_name_draws_is_found_in_object_streams_of_every_order(objects: bytes) -> None:
    listed = stream(objects, b"/Type/ObjStm")
    data = page(b"/XObject 9 0 R", packed(DEFLATED), DRAWING, listed)
    with pytest.raises(LimitError, match="shows more"):
        check(data, Allowance("bomb.pdf", Limits(ratio=10**6)))


def test_many_names_drawn_take_no_longer_than_their_number() -> None:
    names = b"".join(b"/a%d 6 0 R" % i for i in range(4000))
    draws = b"".join(b"/a%d Do " % i for i in range(20_000))
    data = page(b"/XObject<<%s>>" % names, packed(zlib.compress(draws)), stream(SAID, FORM))
    with cheaply(seconds=2, mebibytes=40):
        check(data, Allowance("names.pdf", Limits()))


def test_lists_of_contents_that_never_end_take_no_longer_than_their_length() -> None:
    with cheaply(seconds=2, mebibytes=40):
        check(pdf(*[b"/Contents[" * 6500] * 20), Allowance("lists.pdf", Limits()))


def test_a_look_into_a_pdf_ends_when_its_time_is_up() -> None:
    late = Allowance("late.pdf", Limits(seconds=5), started=time.monotonic() - 6)
    with pytest.raises(LimitError, match="longer than 5 seconds"):
        check(pdf(b"<<>>"), late)


@pytest.mark.parametrize(
    "places",
    [[i % 2 * 65_000 for i in range(3000)], [i * 7 % 3000 for i in range(3000)]],
    ids=["the same", "overlapping"],
)
def test_objects_that_share_their_text_take_no_more_memory_than_the_text(places: list[int]) -> None:
    listed = b"".join(b"%d %d " % (i + 10, place) for i, place in enumerate(places))
    objects = stream(listed + b"x" * 70_000, b"/Type/ObjStm")
    with cheaply(seconds=2, mebibytes=10):
        check(page(b"", stream(SAID), objects), Allowance("shared.pdf", Limits()))


def test_many_streams_in_one_object_take_no_more_than_their_length() -> None:
    streams = b"stream\nendstream " * 3000
    with cheaply(seconds=2, mebibytes=10):
        check(page(b"", stream(SAID), b"<<>>" + streams), Allowance("streams.pdf", Limits()))


def test_boxes_that_are_no_numbers_have_no_pixels() -> None:
    page = Page(None, None, 0, (0.0, 0.0, 100.0, 100.0))
    boxes = np.array(
        [[np.nan, 1.0, 2.0, 3.0], [10.0, 10.0, np.inf, 20.0], [1e38, -1e38, 1e38, 1e38]]
    )
    found = page.pixels(boxes, 1.0, (100, 100))
    assert ((found >= 0) & (found <= 100)).all()
