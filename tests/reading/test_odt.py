"""OpenDocument texts, packed and flat, and old Word documents."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import makers
import pytest

from rolefit.errors import (
    DamagedFileError,
    EmptyDocumentError,
    EncryptedError,
    ImageOnlyError,
    LimitError,
    UnknownFormatError,
)
from rolefit.reading import Limits, programs, read

BODY = (
    "<text:h>Ines Calvo</text:h>"
    "<text:p>Nurse<text:tab/>since<text:s text:c='2'/>2018<text:line-break/>in Varnport</text:p>"
    "<text:list><text:list-item><text:p>Runs <text:span>twelve</text:span>\n stations</text:p>"
    "</text:list-item></text:list>"
    "<table:table><table:table-row><table:table-cell><text:p>2018</text:p></table:table-cell>"
    "<table:table-cell><text:p>Harbour Clinic</text:p></table:table-cell></table:table-row>"
    "</table:table>"
    "<text:p>Before<draw:frame><svg:title>logo</svg:title><draw:text-box><text:p>In a box</text:p>"
    "</draw:text-box></draw:frame> after<text:note><text:note-citation>1</text:note-citation>"
    "<text:note-body><text:p>A note</text:p></text:note-body></text:note></text:p>"
)
LINES = [
    "Ines Calvo",
    "Nurse\tsince  2018",
    "in Varnport",
    "Runs twelve  stations",
    "2018\tHarbour Clinic",
    "Before after",
    "In a box",
    "A note",
]


@pytest.mark.parametrize("data", [makers.odt(BODY), makers.fodt(BODY)], ids=["odt", "fodt"])
def test_paragraphs_lists_tables_boxes_and_notes_are_read_in_order(data: bytes) -> None:
    document = read(data, name="resume.odt")
    assert document.kind == "odt"
    assert document.text.splitlines() == LINES


def test_a_cell_of_several_paragraphs_is_a_column_of_the_page() -> None:
    cell = "<table:table-cell><text:p>Skills</text:p><text:p>Dialysis</text:p></table:table-cell>"
    row = f"<table:table><table:table-row>{cell}{cell}</table:table-row></table:table>"
    assert read(makers.odt(row), name="x").text == "Skills\nDialysis\nSkills\nDialysis"


def test_a_header_is_read_once_before_the_text_and_a_footer_after() -> None:
    page = (
        "<style:master-page><style:header><text:p>Ines, RN</text:p></style:header>"
        "<style:footer><text:p>Page</text:p></style:footer></style:master-page>"
    )
    assert read(makers.odt("<text:p>Nurse</text:p>", masters=page * 2), name="x").text == (
        "Ines, RN\nNurse\nPage"
    )


def test_deleted_text_and_comments_are_left_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>Nurse<office:annotation><text:p>check</text:p></office:annotation></text:p>"
    )
    assert read(makers.odt(body), name="x").text == "Nurse"


def style(properties: str, family: str = "text", name: str = "X", parent: str = "") -> str:
    base = f' style:parent-style-name="{parent}"' if parent else ""
    named = f'style:name="{name}" style:family="{family}"{base}'
    return f"<style:style {named}>{properties}</style:style>"


@pytest.mark.parametrize(
    "properties",
    [
        '<style:text-properties text:display="none"/>',
        '<style:text-properties fo:color="#ffffff"/>',
        '<style:text-properties fo:color="#fafafa"/>',
        '<style:text-properties fo:font-size="1pt"/>',
        '<style:text-properties fo:font-size="0.02in"/>',
        '<style:text-properties fo:font-size="10%"/>',
        '<style:text-properties fo:color="#000080" fo:background-color="#000080"/>',
    ],
)
@pytest.mark.parametrize("family", ["text", "paragraph"])
def test_what_a_person_would_not_see_is_left_out(properties: str, family: str) -> None:
    hidden = {
        "text": "<text:p>Nurse<text:span text:style-name='Y'> kubernetes terraform</text:span>"
        "</text:p>",
        "paragraph": "<text:p>Nurse</text:p><text:p text:style-name='Y'>kubernetes terraform"
        "</text:p>",
    }[family]
    # The style itself says nothing; the one that it is based on does.
    styles = style(properties, family) + style("", family, "Y", "X")
    for data in (makers.odt(hidden, styles), makers.fodt(hidden, styles)):
        document = read(data, name="x")
        assert document.text.strip() == "Nurse"
        assert [notice.code for notice in document.notices] == ["hidden-text"]
        assert "2 words" in document.notices[0].message
        whole = read(data, name="x", with_hidden=True)
        assert "kubernetes terraform" in whole.text
        assert whole.notices == ()


def test_blanks_that_nobody_sees_are_no_hidden_words() -> None:
    white = style('<style:text-properties fo:color="#ffffff"/>')
    body = "<text:p>Nurse<text:span text:style-name='X'> <text:s/></text:span></text:p>"
    assert read(makers.odt(body, white), name="x").notices == ()


@pytest.mark.parametrize(
    "body",
    [
        "<text:p>Nurse<text:hidden-text text:is-hidden='true'>SQL</text:hidden-text></text:p>",
        "<text:p>Nurse</text:p><text:section text:display='none'><text:p>kubernetes</text:p>"
        "</text:section>",
    ],
)
def test_hidden_fields_and_sections_are_left_out(body: str) -> None:
    document = read(makers.odt(body), name="x")
    assert document.text.strip() == "Nurse"
    assert [notice.code for notice in document.notices] == ["hidden-text"]


def test_white_text_on_a_dark_cell_is_seen() -> None:
    styles = style('<style:text-properties fo:color="#ffffff"/>') + style(
        '<style:table-cell-properties fo:background-color="#222222"/>', "table-cell", "D"
    )
    body = (
        '<table:table><table:table-row><table:table-cell table:style-name="D"><text:p>'
        '<text:span text:style-name="X">Ines Calvo</text:span></text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )
    document = read(makers.odt(body, styles), name="x")
    assert (document.text, document.notices) == ("Ines Calvo", ())


def test_a_text_without_text_is_named_for_what_it_is() -> None:
    with pytest.raises(EmptyDocumentError, match="no text"):
        read(makers.odt("<text:p/>"), name="x")
    with pytest.raises(ImageOnlyError, match="pictures"):
        read(makers.odt("<text:p/>", Pictures__1_dot_png=makers.PNG), name="x")
    hidden = '<text:p text:style-name="X">kubernetes</text:p>'
    gone = style('<style:text-properties text:display="none"/>', "paragraph")
    with pytest.raises(EmptyDocumentError, match="1 words are hidden"):
        read(makers.odt(hidden, gone), name="x")


def test_hostile_and_broken_texts_are_refused() -> None:
    members = {
        "mimetype": makers.ODT.encode(),
        "content.xml": b"\x00\x01",
        "META-INF/manifest.xml": b"<m><encryption-data/></m>",
    }
    with pytest.raises(EncryptedError, match="password"):
        read(makers.archive(members, packed=False), name="x")
    declared = b"<!-- \n --><!DOCTYPE office:document><office:document "
    with pytest.raises(DamagedFileError, match="document type"):
        read(makers.fodt(BODY).replace(b"<office:document ", declared, 1), name="x")
    with pytest.raises(DamagedFileError):
        read(makers.fodt(BODY)[:-40], name="x")
    with pytest.raises(LimitError, match="times its size"):
        read(makers.odt(f"<text:p>{' ' * 5_000_000}</text:p>"), name="x")
    with pytest.raises(LimitError, match="nest"):
        read(makers.odt("<text:span>" * 5000 + "</text:span>" * 5000), name="x")
    blanks = makers.odt("<text:p>a<text:s text:c='999999999'/>b</text:p>")
    assert len(read(blanks, name="x").text) < 2000


DOC = (Path(__file__).parent / "files" / "nurse.doc").read_bytes()


def only(monkeypatch: pytest.MonkeyPatch, *installed: str) -> None:
    """Only these programs are installed."""
    found = {name: shutil.which(name) for name in (*installed, "unshare")}
    monkeypatch.setattr(programs.shutil, "which", found.get)


def test_without_a_program_that_knows_it_an_old_word_document_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    only(monkeypatch)
    with pytest.raises(UnknownFormatError, match=r"LibreOffice or antiword") as caught:
        read(DOC, name="nurse.doc")
    assert "DOCX or PDF" in caught.value.remedy


@pytest.mark.skipif(not shutil.which("antiword"), reason="antiword is not installed")
def test_antiword_reads_an_old_word_document(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, "antiword")
    document = read(DOC, name="nurse.doc")
    assert document.kind == "doc"
    assert "Dialysis nurse, Harbour Clinic, since March 2018" in document.text


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_an_old_word_document_and_sees_what_it_hides(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    only(monkeypatch, "soffice")
    monkeypatch.setenv("HOME", str(tmp_path))
    document = read(DOC, name="nurse.doc", limits=Limits(seconds=300))
    assert document.text.splitlines()[:2] == [
        "Ines Calvo",
        "Dialysis nurse, Harbour Clinic, since March 2018",
    ]
    assert "kubernetes" not in document.text
    assert [notice.code for notice in document.notices] == ["hidden-text"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_a_program_that_hangs_is_stopped_with_all_that_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "antiword"
    script.write_text("#!/bin/sh\nsleep 60 &\nsleep 60\n")
    script.chmod(0o755)
    monkeypatch.setattr(programs.shutil, "which", {"antiword": str(script)}.get)
    monkeypatch.setattr(programs, "_cut_off", tuple)
    began = time.monotonic()
    with pytest.raises(LimitError, match="longer than 1 seconds"):
        read(DOC, name="nurse.doc", limits=Limits(seconds=1))
    assert time.monotonic() - began < 30


def test_a_file_that_only_begins_like_an_old_word_document_is_damaged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    only(monkeypatch, "antiword")
    fake = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    error = DamagedFileError if shutil.which("antiword") else UnknownFormatError
    with pytest.raises(error):
        read(fake, name="old.doc")
