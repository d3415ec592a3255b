"""HTML and plain text: what is shown, in which encoding."""

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


@pytest.mark.parametrize(
    "source",
    [
        "<p>We look for <b>you</b></p><p>Apply</p>",
        "<em>We look for</em> you<hr>Apply",
        "We look for you<br><p>Apply</p>",
        "<li>We look for you</li><li>Apply</li>",
        "<a href=x>We look for you</a><br>Apply",
        " " * 5000 + "<!--" + "x" * 5000 + "--> <p>We look for you<p>Apply",
        "\ufeff<!-- c -->\n<nav>We look for you</nav><form>Apply</form>",
    ],
)
def test_a_fragment_without_html_element_is_html(source: str) -> None:
    document = read(source.encode(), name="x")
    assert (document.kind, shown(document)) == ("html", ["We look for you", "Apply"])


@pytest.mark.parametrize(
    "source",
    [
        "I know <div>, <span>, <p> and <table>",
        "# Jane\n<br>\n<p align=center>x</p><br>",
        "**Jane**<br>Nurse<br>Oslo<br>",
        "if (a <b> c) </b",
        "one<br>two<br>",
        " \n" * 3000 + "Jane <b>",
    ],
)
def test_a_text_that_holds_tags_is_still_text(source: str) -> None:
    assert read(source.encode(), name="x").kind == "text"


def test_blanks_do_not_part_the_bytes_of_a_wide_letter() -> None:
    text = " " * 5000 + TEXT
    assert read(text.encode("utf-16-le"), name="x.txt").text == text


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("iso-8859-1", "cp1252"),
        ("windows-1251", "cp1251"),
        ("utf-8", "utf-8"),
        ("koi8-r", "koi8-r"),
        ("windows-874", "cp1252"),  # where Thai has no letters it has those of Windows-1252
        ("X-SJIS", "cp932"),
        ("gb2312", "gb18030"),
        ("iso_8859-1", "cp1252"),
    ],
)
def test_a_page_is_decoded_as_its_meta_element_says(charset: str, codec: str) -> None:
    words = {"cp1251": "Опыт", "koi8-r": "Опыт", "cp932": "経験", "gb18030": "经验"}
    word = "“x”" if charset == "windows-874" else words.get(codec, "café “x”")
    source = f'<html><head><meta charset="{charset}"></head><p>{word}</p>'.encode(codec)
    document = read(source, name="x.html")
    assert (shown(document), document.notices) == ([word], ())


@pytest.mark.parametrize(
    "charset",
    [
        "no-such-charset", "hex", "rot13", "idna", "punycode", "undefined", "unicode_escape",
        "raw_unicode_escape", "utf-7", "utf-32", "utf-32-le", "unicode", "utf-16", "cp037",
        "hz-gb-2312",
    ],
)  # fmt: skip
def test_a_charset_that_no_browser_knows_is_ignored(charset: str) -> None:
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
