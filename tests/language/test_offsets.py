"""Cleaning and renaming, and the way back to the original text."""

# ruff: noqa: RUF001  (look-alike letters are what is tested)
from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rolefit.language import taxonomy
from rolefit.language.canonical import canonical
from rolefit.language.clean import _STYLED, clean
from rolefit.language.offsets import compose, rewrite
from rolefit.records import Canonical

PIECES = [
    "b-tech", "React JS", "C++", ".NET", "R, Python", "AWS cloud", "ML", "Node.js", " ", "  ", "\t",
    "\n", "\r\n", "\n\n\n", "•", "- ", "o ", "\uf0b7 ", "\u00ad", "\u200b", "\ufeff", "\u202e", "ﬁ",
    "e\u0301", "\u0301", "𝗣𝘆", "Ｊ", "\u00a0", "о", "Р", "ж", "’", "develop-\nment", "x" * 45, ",",
    ".", "İ", "\u1100\u1161", "\x00", "\ud800", "and",
]  # fmt: skip
LONG = "You will plan the work of nine people in"  # as wide as a page's line
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=20).map("".join))


def back(text: str) -> Canonical:
    cleaned, edits, _ = clean(text)
    return Canonical(cleaned, tuple(edits), (), (), "")


@settings(deadline=None)
@given(TEXTS)
@example("e\u200b\u0301 o\u0301")
@example("x" * 45 + "\nand \u200bо")
def test_every_canonical_span_maps_to_a_span_of_the_original(text: str) -> None:
    result = canonical(text)
    last = 0
    for start in range(len(result.text) + 1):
        first, end = result.original(start, min(start + 3, len(result.text)))
        assert 0 <= first <= end <= len(text)
        assert first >= last
        last = first


@settings(deadline=None)
@given(TEXTS)
def test_what_lies_between_the_edits_is_the_original_letter_by_letter(text: str) -> None:
    result = canonical(text)
    old = new = 0
    for old_start, old_end, new_start, new_end in result.edits:
        assert text[old:old_start] == result.text[new:new_start]
        if new_start < new_end:
            assert result.original(new_start, new_end) == (old_start, old_end)
        old, new = old_end, new_end
    assert text[old:] == result.text[new:]


@settings(deadline=None)
@given(st.text(alphabet="abcdefg ,", max_size=60).map(lambda t: " ".join(t.split(" ")).strip()))
def test_an_unchanged_text_maps_to_itself(text: str) -> None:
    result = back(text)
    if result.text == text:
        assert result.edits == ()
        spans = [(s, e) for s in range(len(text) + 1) for e in range(s, len(text) + 1)][:200]
        assert all(result.original(*span) == span for span in spans)


@settings(deadline=None)
@given(TEXTS)
def test_cleaning_leaves_composed_text_without_anything_invisible(text: str) -> None:
    cleaned = clean(text)[0]
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not set("\u00ad\u200b\ufeff\u202e\r\x00\u00a0ﬁ") & set(cleaned)
    assert "\n\n\n" not in cleaned
    assert cleaned == cleaned.strip(" \t\n")


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), max_size=6), st.lists(st.integers(0, 9), max_size=6))
def test_composed_edits_say_what_two_steps_say(first: list[int], second: list[int]) -> None:
    text = "abcdefghijklmnopqrst"
    one = [(2 * i, 2 * i + 1, "XYZ"[: i % 4]) for i in sorted(set(first))]
    middle, edits = rewrite(text, one)
    two = [
        (2 * i, 2 * i + 2, "12345"[: i % 5])
        for i in sorted(set(second))
        if 2 * i + 2 <= len(middle)
    ]
    newest, more = rewrite(middle, two)
    whole = Canonical(newest, tuple(compose(edits, more)), (), (), "")
    early = Canonical(middle, tuple(edits), (), (), "")
    late = Canonical(newest, tuple(more), (), (), "")
    for start in range(len(newest)):
        first_, last_ = whole.original(start, start + 1)
        step = early.original(*late.original(start, start + 1))
        assert first_ <= step[0] <= step[1] <= last_


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cafe\u0301", "café"),
        ("ﬁnance oﬃce", "finance office"),
        ("soft\u00adware", "software"),
        ("𝗣𝘆𝘁𝗵𝗼𝗻 and Ｊａｖａ", "Python and Java"),
        ("driver’s", "driver's"),
        ("\uf0b7 one\n▪\ttwo\n-  three\no  four", "• one\n• two\n• three\n• four"),
        ("one\r\ntwo", "one\ntwo"),
        ("one   two  three\tfour", "one\ttwo three\tfour"),
        (f"{LONG} inten-\nsive care", f"{LONG} intensive care"),
        (f"{LONG} full-\ntime work", f"{LONG} full-time work"),
        (f"{LONG} two\nkitchens", f"{LONG} two kitchens"),
        ("Skills\njava\nsql", "Skills\njava\nsql"),
    ],
)  # fmt: skip
def test_cleaning_makes_one_text_of_what_looks_the_same(text: str, expected: str) -> None:
    assert clean(text)[0] == expected
    assert clean(expected)[0] == expected


def test_styled_letters_are_those_that_unicode_derives_from_plain_ones() -> None:
    kinds = ("<font>", "<wide>", "<narrow>", "<noBreak>")
    for letter in map(chr, range(0x110000)):
        if unicodedata.decomposition(letter).startswith(kinds):
            assert _STYLED.match(letter), letter
        elif _STYLED.match(letter):  # a hole in a range, or of a later Unicode than Python's
            assert unicodedata.normalize("NFKC", letter) == letter


def test_lookalike_letters_are_read_as_latin_and_reported() -> None:
    text = "P\u0443th\u043en and \u0421++"  # Cyrillic u, o and Es
    result = canonical(text)
    assert result.text == "Python and C++"
    assert [notice.code for notice in result.notices] == ["homoglyphs"]
    assert result.original(0, 6) == (0, 6)


def test_a_text_in_another_alphabet_is_left_alone() -> None:
    text = "Опыт работы: Python, SQL"
    assert canonical(text).text == text
    assert canonical(text).notices == ()


def test_invisible_characters_are_left_out_and_reported() -> None:
    text = "Py\u200bthon \u202eSQL"
    result = canonical(text)
    assert result.text == "Python SQL"
    assert [notice.code for notice in result.notices] == ["zero-width"]
    assert "2 invisible" in result.notices[0].message
    assert result.original(0, 6) == (0, 7)
    assert text[slice(*result.original(7, 10))] == "SQL"


def test_the_original_words_of_a_replacement_are_kept() -> None:
    text = "She holds a b-tech and knows react  js."
    result = canonical(text)
    assert result.text == "She holds a Bachelor of Technology and knows React."
    assert [(r.before, r.after) for r in result.replacements] == [
        ("b-tech", "Bachelor of Technology"),
        ("react  js", "React"),
    ]
    for replacement in result.replacements:
        start, end = result.original(replacement.start, replacement.end)
        assert text[start:end] == replacement.before


def test_canonical_text_names_the_taxonomy_it_was_made_with() -> None:
    assert canonical("b-tech").taxonomy == taxonomy.shipped().sha256
