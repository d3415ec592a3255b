"""RTF: what a reader of the page sees, whatever control words stand around it."""

from __future__ import annotations

import pytest

from rolefit.errors import DamagedFileError
from rolefit.reading import read

HEAD = r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}"


def lines(body: str | bytes) -> list[str]:
    raw = body.encode("cp1252") if isinstance(body, str) else body
    document = read(HEAD.encode() + raw + b"}", name="x.rtf")
    return [document.line_text(line) for line in document.lines]


def test_tables_links_pictures_and_wide_characters_are_read() -> None:
    source = (
        r"{\*\generator x;}{\pict\pngblip " + "89504e47" * 40 + r"}"
        r"\trowd\cellx1\cellx2 Python\cell 5 years\cell\row\pard a | b\par "
        r'{\field{\*\fldinst{HYPERLINK "http://example.org"}}{\fldrslt{portfolio}}}\par '
        r"caf\'e9 \u-10179?\u-8704? co\-operate full\_time\par"
    )
    assert lines(source) == [
        "Python\t5 years",
        "a | b",
        "portfolio",
        "café 😀 cooperate full-time",
    ]


def test_words_that_begin_as_raw_data_does_are_none() -> None:
    picture = r"{\*\shppict{\pict{\*\picprop{\sp{\sn a}{\sv b}}}\pngblip 89504e47}}"
    body = r"\binfsxn4\binsxn4\pard" + picture + r"C:\\bin\\cell \\par Jane\par Python\par"
    assert lines(body) == [r"C:\bin\cell \par Jane", "Python"]


def test_raw_data_may_hold_braces_words_and_backslashes() -> None:
    raw = b"}}\\par\\\\{bin"
    picture = b"{\\pict\\pngblip\\bin%d " % len(raw) + raw + b"}"
    assert lines(picture + b"Jane\\par" + picture + b"Python\\par") == ["Jane", "Python"]


def test_raw_data_that_goes_on_behind_the_end_is_a_file_that_breaks_off() -> None:
    with pytest.raises(DamagedFileError, match="breaks off"):
        lines(rb"Jane{\pict\bin999999999 xx}")


def test_headers_come_first_and_footnotes_and_footers_last() -> None:
    body = (
        r"{\header \pard Jane Doe\par}{\footer {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}"
        r"\pard Led a team\chftn{\footnote \pard of \{five\}\par} of nurses\par"
        r"\sect{\header \pard Jane Doe\par}Oslo\par"
    )
    assert lines(body) == ["Jane Doe", "Led a team of nurses", "Oslo", "of {five}", "1"]


def test_a_header_of_pages_that_are_not_told_apart_is_not_shown() -> None:
    body = r"{\headerf first\par}{\headerl left\par}{\headerr right\par}{\footerf f\par}Jane\par"
    assert lines(body) == ["right", "Jane"]
    assert lines(r"\titlepg" + body) == ["first", "right", "Jane", "f"]
    assert lines(r"\facingp" + body) == ["left", "right", "Jane"]
    assert lines(r"\headery720\footery720 Jane\par") == ["Jane"]


def test_a_text_box_is_read_behind_its_shape_and_once() -> None:
    box = r"{\shptxt \pard Skills: Python\par}"
    shape = (
        r"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}" + box + r"}"
        r"{\shprslt{\*\do{\dptxbx{\dptxbxtext Skills: Python\par}}}}}"
    )
    body = r"\pard " + shape + r"Jane\par{\shpgrp{\*\shpinst " + shape + r"}}Oslo\par"
    assert lines(body) == ["Skills: Python", "Jane", "Skills: Python", "Oslo"]


def test_a_column_break_is_a_line_break() -> None:
    assert lines(r"Python\column SQL\column\b Go\par") == ["Python", "SQL", "Go"]
