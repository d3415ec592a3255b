"""What a file is, told by its bytes; and files that break off, ask for a password or weigh much."""

from __future__ import annotations

import zlib

import makers
import pytest

from rolefit.errors import (
    DamagedFileError,
    EncryptedError,
    ImageOnlyError,
    LimitError,
    ReadError,
    UnknownFormatError,
)
from rolefit.reading import Limits, programs, read

TEXT = [f"line {i} about building software for people" for i in range(40)]
PDF = makers.pdf(makers.lines_at(TEXT, 60))
DOCX = makers.docx("".join(map(makers.paragraph, TEXT)))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"GIF89a" + bytes(90), "GIF picture"),
        (b"MZ\x90\0\x03" + bytes(90), "Windows program"),
        (b"\x7fELF\x02" + bytes(90), "Linux program"),
        (b"BZh91AY&SY" + bytes(range(200)), "bzip2"),
        (b"\0\0\0\x18ftypheic" + bytes(90), "HEIC"),
        (bytes(range(256)) * 4, "binary data"),
        (b"%!PS-Adobe-3.0\nshowpage", "PostScript"),
        (makers.archive({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "PPTX"),
        (b"PK\x03\x04" + bytes(100), "ZIP archive"),
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        (OLE, "Microsoft Office"),
    ],
)
def test_another_format_is_refused_and_named(data: bytes, what: str) -> None:
    with pytest.raises(UnknownFormatError, match=what) as caught:
        read(data, name="resume.pdf")
    assert caught.value.file == "resume.pdf"
    assert caught.value.remedy


def test_an_encrypted_office_file_asks_for_its_password_to_be_removed() -> None:
    with pytest.raises(EncryptedError, match="password"):
        read(OLE + "EncryptedPackage".encode("utf-16-le"), name="secret.docx")


def test_an_encrypted_pdf_asks_for_its_password_to_be_removed() -> None:
    data = makers.pdf(makers.lines_at(TEXT, 60), password="secret")
    with pytest.raises(EncryptedError, match="password"):
        read(data, name="secret.pdf")


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("whole", [PDF, DOCX, makers.rtf(TEXT)], ids=["pdf", "docx", "rtf"])
def test_a_file_that_breaks_off_is_damaged_at_any_length(whole: bytes, share: float) -> None:
    with pytest.raises(DamagedFileError):
        read(whole[: int(len(whole) * share)], name="half")


def test_a_pdf_of_nonsense_is_damaged() -> None:
    with pytest.raises(DamagedFileError):
        read(b"%PDF-1.7\n" + b"nonsense " * 50 + b"\n%%EOF", name="x.pdf")


def test_a_docx_whose_checksum_is_wrong_is_damaged() -> None:
    place = DOCX.index(b"word/document.xml") + len("word/document.xml") + 40
    broken = DOCX[:place] + bytes(8) + DOCX[place + 8 :]
    with pytest.raises(DamagedFileError, match=r"word/document\.xml"):
        read(broken, name="x.docx")


def test_a_docx_without_a_body_is_damaged() -> None:
    data = makers.archive({"[Content_Types].xml": b"<Types/>", "word/styles.xml": b"<x/>"})
    with pytest.raises(DamagedFileError, match=r"word/document\.xml is missing"):
        read(data, name="x.docx")


def test_a_scanned_pdf_is_image_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "find", lambda *names: None)
    with pytest.raises(ImageOnlyError, match="tesseract"):
        read(makers.pdf(makers.picture, makers.picture), name="scan.pdf")


def test_a_docx_with_only_a_picture_is_image_only() -> None:
    data = makers.docx(makers.paragraph(""), word__media__image1_dot_png=makers.PNG)
    with pytest.raises(ImageOnlyError, match="OCR"):
        read(data, name="scan.docx")


def test_scanned_pages_between_text_pages_are_noticed() -> None:
    page = makers.lines_at(TEXT, 60)
    document = read(makers.pdf(page, makers.picture, page), name="mixed.pdf")
    assert [notice.code for notice in document.notices] == ["pages-without-text"]
    assert document.notices[0].message.endswith(": 2.")
    assert {line.page for line in document.lines} == {1, 3}


def test_more_bytes_than_the_limit_are_refused() -> None:
    with pytest.raises(LimitError, match=r"Limits\(bytes=...\)"):
        read(b"x" * 101, name="x.txt", limits=Limits(bytes=100))


def test_more_pages_than_the_limit_are_refused() -> None:
    page = makers.lines_at(["text"], 60)
    assert read(makers.pdf(page, page), name="x.pdf", limits=Limits(pages=2)).pages == 2
    with pytest.raises(LimitError, match="3 pages"):
        read(makers.pdf(page, page, page), name="x.pdf", limits=Limits(pages=2))


def test_a_zip_bomb_is_refused_by_its_ratio() -> None:
    bomb = makers.docx(makers.paragraph(" " * 30_000_000))
    assert len(bomb) < 60_000
    with pytest.raises(LimitError, match="times its size"):
        read(bomb, name="bomb.docx")


def test_a_docx_is_refused_when_all_its_parts_together_unpack_too_far() -> None:
    with pytest.raises(LimitError, match="unpacks to more than 1,000 bytes"):
        read(DOCX, name="large.docx", limits=Limits(expanded_bytes=1000))


def test_a_pdf_stream_that_unpacks_too_far_is_refused() -> None:
    stream = zlib.compress(b"0 " * 10_000_000)
    bomb = PDF.replace(b"trailer", b"99 0 obj <<>> stream\n" + stream + b"\nendstream\ntrailer", 1)
    with pytest.raises(LimitError, match="times its size"):
        read(bomb, name="bomb.pdf")


def test_entities_in_a_docx_are_refused_before_they_grow() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    data = makers.archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": laughs})
    with pytest.raises(DamagedFileError, match="entity bombs"):
        read(data, name="laughs.docx")


def test_html_nested_beyond_the_limit_is_refused() -> None:
    assert read(b"<div>" * 1000 + b"text", name="x.html").text == "text"
    with pytest.raises(LimitError, match="nest"):
        read(b"<div>" * 100_000 + b"text", name="x.html")


def test_a_docx_may_nest_tables_deeply() -> None:
    body = makers.paragraph("core")
    for _ in range(400):
        body = makers.table([body])
    assert read(makers.docx(body), name="x.docx").text.strip() == "core"


@pytest.mark.parametrize(
    "data",
    [PDF, DOCX, makers.html(TEXT * 100), makers.rtf(TEXT)],
    ids=["pdf", "docx", "html", "rtf"],
)
def test_no_time_left_is_a_limit_error(data: bytes) -> None:
    with pytest.raises(LimitError, match="longer than 0 seconds"):
        read(data, name="slow", limits=Limits(seconds=0))


@pytest.mark.parametrize("data", [b"", makers.PNG, PDF[:400], DOCX[:400], OLE])
def test_every_refusal_names_file_cause_and_remedy(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read(data, name="resume.pdf")
    error = caught.value
    assert str(error) == f"resume.pdf: {error.cause}. {error.remedy}"
    assert error.remedy.endswith(".")
