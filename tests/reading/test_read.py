"""What holds for every format: one call, one kind of value, the same words back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import makers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolefit.errors import EmptyDocumentError, FileAccessError, InputError
from rolefit.reading import from_text, read
from rolefit.records import Document

LINES = [
    "Jane Doe",
    "Senior C++ / C# engineer, R&D (Zürich)",
    "2019 to 2024: built <fast> search at 100% uptime",
    "Python, Go, SQL; Kubernetes",
]
FORMATS = {
    "pdf": makers.pdf(makers.lines_at(LINES, 60)),
    "docx": makers.docx("".join(map(makers.paragraph, LINES))),
    "html": makers.html(LINES),
    "rtf": makers.rtf(LINES),
    "text": "\r\n".join(LINES).encode(),
}


def check(document: Document) -> None:
    """The promises that Document makes about its lines."""
    end, page = -1, 1
    for line in document.lines:
        text = document.line_text(line)
        assert text == text.strip() != ""
        assert text.splitlines() == [text]
        assert line.start > end
        assert page <= line.page <= document.pages
        end, page = line.end, line.page
    assert end <= len(document.text)


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_gives_back_the_lines_it_was_made_from(kind: str) -> None:
    document = read(FORMATS[kind], name="resume")
    check(document)
    assert document.kind == kind
    assert [document.line_text(line) for line in document.lines] == LINES
    assert document.notices == ()


@pytest.mark.parametrize("kind", FORMATS)
def test_a_wrong_file_name_does_not_matter(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "resume.png"
    path.write_bytes(FORMATS[kind])
    document = read(path)
    assert (document.kind, document.name) == (kind, "resume.png")
    assert document == read(str(path)) == read(FORMATS[kind], name="resume.png")


def test_bytes_need_a_name() -> None:
    with pytest.raises(InputError, match="name="):
        read(b"Jane Doe")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match=r"nobody\.pdf: there is no such file"):
        read(tmp_path / "nobody.pdf")


def test_a_folder_is_named_as_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match="it is a folder"):
        read(tmp_path)


def test_a_path_that_no_system_allows_is_an_access_error() -> None:
    with pytest.raises(FileAccessError, match="cannot be opened"):
        read("a\0b.txt")


@pytest.mark.parametrize("data", [b"", b" \r\n\t \n", b"\xef\xbb\xbf\n", "\u2003\n".encode()])
def test_a_file_without_text_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyDocumentError, match=r"void\.txt"):
        read(data, name="void.txt")


@pytest.mark.parametrize(
    "data",
    [
        makers.docx(makers.paragraph(" ")),
        makers.html([" "]),
        makers.rtf([" "]),
        makers.pdf(lambda canvas: None),
    ],
)
def test_a_document_that_shows_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyDocumentError):
        read(data, name="blank")


# Without the signs of what was escaped: that is undone.
WRITTEN = st.text(st.characters(codec="utf-8", exclude_characters="\\&<"))


@given(WRITTEN)
def test_any_string_with_a_visible_character_becomes_a_document(text: str) -> None:
    if not text.strip():
        with pytest.raises(EmptyDocumentError):
            from_text(text, "note")
        return
    document = from_text(text, "note")
    check(document)
    assert document.text == text
    lines = [document.line_text(line) for line in document.lines]
    assert lines == [line.strip() for line in text.splitlines() if line.strip()]


@given(st.lists(WRITTEN, min_size=1))
def test_any_text_survives_utf_8(parts: list[str]) -> None:
    text = "Jane Doe\n" + "\n".join(parts).encode("utf-8", "replace").decode().replace("\0", "")
    if sum(c < " " for c in text) < len(text) / 40:
        assert read(text.encode("utf-8"), name="note").text == text


def test_reading_plain_text_loads_no_library_of_another_format() -> None:
    code = (
        "import sys; from rolefit.reading import read; read(b'Jane', name='x');"
        "heavy = {'pypdfium2', 'selectolax', 'striprtf', 'lxml', 'rolefit.reading.docx'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
