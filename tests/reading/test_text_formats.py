"""HTML, RTF and plain text: what is shown, in which encoding."""

from __future__ import annotations

import codecs

import pytest

from rolefit.reading import read
from rolefit.records import Document


def page(body: str, head: str = "") -> list[str]:
    source = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return shown(read(source.encode(), name="x.html"))


def shown(document: Document) -> list[str]:
    return [document.line_text(line) for line in document.lines]


def test_blocks_are_lines_and_inline_elements_are_not() -> None:
    body = "<h1>Jane</h1><p>Senior <b>Py</b>thon\n developer<br>in Berlin</p><ul><li>a<li>b</ul>"
    assert page(body) == ["Jane", "Senior Python developer", "in Berlin", "a", "b"]


def test_table_cells_are_kept_apart() -> None:
    body = "<table><tr><td>Python</td><td>5 years</td></tr><tr><th>Go<td><p>2 years</p></table>"
    assert page(body)[0] == "Python\t5 years"
    assert " ".join(page(body)[1:]).split() == ["Go", "2", "years"]


def test_what_a_page_does_not_show_is_left_out() -> None:
    body = (
        "<script>var a</script><style>p{}</style><template>t</template><p hidden>h</p>"
        '<div style="color: red; DISPLAY : none"><p>d</p></div><!-- c -->'
        '<p>shown<span style="visibility:hidden"> v</span></p><select><option>o</select>'
    )
    assert page(body, "<title>title</title>") == ["shown"]


def test_text_after_a_hidden_element_is_read() -> None:
    assert page("<div><p hidden>x</p></div>tail<div hidden></div><p>end") == ["tail", "end"]


def test_entities_are_decoded_and_preformatted_lines_kept() -> None:
    assert page("<p>R&amp;D &eacute;&#8364;</p><pre>a\n  b</pre>") == ["R&D é€", "a", "b"]


def test_a_fragment_without_html_element_is_html() -> None:
    document = read(b"<p>We look for <b>you</b></p><p>Apply</p>", name="x")
    assert (document.kind, shown(document)) == ("html", ["We look for you", "Apply"])


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("iso-8859-1", "cp1252"),
        ("windows-1251", "cp1251"),
        ("utf-8", "utf-8"),
        ("koi8-r", "koi8-r"),
    ],
)
def test_a_page_is_decoded_as_its_meta_element_says(charset: str, codec: str) -> None:
    word = "Опыт" if codec in ("cp1251", "koi8-r") else "café “x”"
    source = f'<html><head><meta charset="{charset}"></head><p>{word}</p>'.encode(codec)
    document = read(source, name="x.html")
    assert (shown(document), document.notices) == ([word], ())


@pytest.mark.parametrize("charset", ["no-such-charset", "hex", "rot13"])
def test_a_charset_that_nobody_knows_is_ignored(charset: str) -> None:
    source = f'<html><meta charset="{charset}"><p>Zürich</p>'.encode()
    assert shown(read(source, name="x.html")) == ["Zürich"]


TEXT = "Jane Doe\nZürich, naïve café\n5 € “quoted”"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
)
def test_unicode_text_is_recognised_without_a_notice(data: bytes) -> None:
    document = read(data, name="x.txt")
    assert (document.text, document.kind, document.notices) == (TEXT, "text", ())


@pytest.mark.parametrize("guess", ["cp1252", "latin-1"])
def test_a_single_byte_encoding_is_a_guess_and_says_so(guess: str) -> None:
    text = "Zürich \x81 café" if guess == "latin-1" else TEXT
    document = read(text.encode(guess), name="x.txt")
    assert document.text == text
    assert [notice.code for notice in document.notices] == ["encoding-guessed"]


def test_markdown_is_plain_text() -> None:
    document = read(b"# Jane\n\n* Python <3.12\n", name="x.md")
    assert (document.kind, document.text) == ("text", "# Jane\n\n* Python <3.12\n")


def test_text_that_speaks_of_formats_is_still_text() -> None:
    assert read(b"I know %PDF-1.7 and {\\rtf", name="x.txt").kind == "text"
    assert read(b"MZ and BM are my initials", name="x.txt").kind == "text"


def test_rtf_tables_links_pictures_and_wide_characters() -> None:
    source = (
        r"{\rtf1\ansi{\*\generator x;}{\pict\pngblip " + "89504e47" * 40 + r"}"
        r"\trowd\cellx1\cellx2 Python\cell 5 years\cell\row\pard a | b\par "
        r'{\field{\*\fldinst{HYPERLINK "http://example.org"}}{\fldrslt{portfolio}}}\par '
        r"caf\'e9 \u-10179?\u-8704? co\-operate full\_time\par}"
    )
    assert shown(read(source.encode(), name="x.rtf")) == [
        "Python\t5 years",
        "a | b",
        "portfolio",
        "café 😀 cooperate full-time",
    ]
