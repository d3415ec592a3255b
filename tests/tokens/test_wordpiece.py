"""Ids and spans are those of the library that made the vocabularies, on every character."""

# Letters that look like others are what this is about.
# ruff: noqa: RUF001

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

tokenizers = pytest.importorskip("tokenizers")

from rolefit.bundle import FILES, Bundle  # noqa: E402
from rolefit.errors import BundleError  # noqa: E402
from rolefit.tokens import Tokenizer  # noqa: E402
from rolefit.tokens.wordpiece import WordPiece  # noqa: E402

SHIPPED: dict[str, Any] = json.loads(
    Bundle.open(None).path(FILES.tokenizer).read_text(encoding="utf-8")
)
ALL = 10**9
TEXTS = [
    "",
    " ",
    "Señor Müller, naïve café owner; Ünal İnce, Łódź, Ærø, straße",
    "C++, C#, .NET & AT&T: 5+ years (3-5 yrs) @ $100k/yr, ~50% <= 20\u00a0%",
    "nurse\u200bpractitioner\u00ad and soft\u00adware; zero\ufeffwidth\u2060joins",
    "form\x0cfeed, vertical\x0btab, next\x85line, bell\x07, nul\x00, tab\there\r\nand there",
    "东京都 エンジニア 서울 한국어 мир Ελλάδα שלום مرحبا हिन्दी ไทย",
    "ﬁnance oﬃce ½ ² ™ № ① Ⅷ ㎏ ｆｕｌｌ ｗｉｄｔｈ",
    "e\u0301 decomposed, a\u0308\u0323 twice, \u0301 alone, ≠ ≮ 1\u0338",
    "👩‍⚕️ nurse 🇩🇪 flag, 𝒎𝒂𝒕𝒉, 𠀀 beyond the plane",
    "[CLS] in a text [SEP][MASK] and [cls] [UNK]x [PAD",
    "pneumonoultramicroscopicsilicovolcanoconiosis " + "x" * 100 + " " + "x" * 101,
    "a" * 300 + "é" * 200 + " end",
    "• bullet – dash — long “quotes” ‘single’ … § ¶ † ‡ · ° ± × ÷",
]  # fmt: skip


def pair(settings: dict[str, Any]) -> tuple[WordPiece, Callable[[str], Any]]:
    theirs = tokenizers.Tokenizer.from_str(json.dumps(settings))
    theirs.no_truncation()
    theirs.no_padding()
    return WordPiece(settings), theirs.encode


def assert_same(ours: WordPiece, theirs: Callable[[str], Any], text: str) -> None:
    ids, spans = ours.encode(text)
    expected = theirs(text)
    assert ids.tolist() == expected.ids, ascii(text[:200])
    assert [tuple(span) for span in spans.tolist()] == expected.offsets, ascii(text[:200])


def with_normalizer(**options: Any) -> dict[str, Any]:
    return {**SHIPPED, "normalizer": {**SHIPPED["normalizer"], **options}}


OURS, THEIRS = pair(SHIPPED)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_the_ids_and_the_spans_that_the_library_gives(text: str) -> None:
    assert_same(OURS, THEIRS, text)


@settings(deadline=None, max_examples=300)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_has_them(text: str) -> None:
    assert_same(OURS, THEIRS, text)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from([*TEXTS, *"aé ß漢\u0301\u200b-.[]", "[MASK]", "##ing"]), max_size=9)
)
def test_texts_of_odd_parts_have_them(parts: list[str]) -> None:
    assert_same(OURS, THEIRS, "".join(parts))


@pytest.mark.slow
def test_every_character_has_them_inside_a_word_and_alone() -> None:
    """But for the long stretches of one kind, of which the ends are enough."""
    alike = [(0x3400, 0x9FFF), (0xAC00, 0xF8FF), (0x17000, 0x18CFF), (0x20000, 0x10FFFF)]
    codes = [code for code in range(0x110000) if not any(a < code < b for a, b in alike)]
    for first in range(0, len(codes), 2048):
        block = map(chr, codes[first : first + 2048])
        assert_same(OURS, THEIRS, "".join(f"ab{char}cd {char}{char} " for char in block))


KINDS = [*product([True, False], [True, False], [None, True, False], [True, False])]


@pytest.mark.parametrize("options", KINDS, ids=str)
def test_cased_uncased_and_any_other_kind_of_bert_has_them(options: tuple[Any, ...]) -> None:
    names = ("clean_text", "handle_chinese_chars", "strip_accents", "lowercase")
    ours, theirs = pair(with_normalizer(**dict(zip(names, options, strict=True))))
    for text in TEXTS:
        assert_same(ours, theirs, text)


def test_the_older_post_processor_and_settings_for_batches_change_nothing() -> None:
    layout = {
        **SHIPPED,
        "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
        "truncation": {"direction": "Right", "max_length": 4, "strategy": "LongestFirst",
                       "stride": 0},
        "padding": {"strategy": {"Fixed": 64}, "direction": "Right", "pad_to_multiple_of": None,
                    "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"},
    }  # fmt: skip
    ours, theirs = pair(layout)
    for text in TEXTS:
        assert_same(ours, theirs, text)


@pytest.mark.slow
def test_the_characters_are_those_that_the_library_tells() -> None:
    import record_characters

    assert record_characters.FILE.read_text(encoding="utf-8") == record_characters.content(), (
        "run python tests/tokens/record_characters.py"
    )


def test_half_a_character_is_left_out_and_parts_nothing() -> None:
    """The library refuses such a text; a file of broken letters must not end a ranking."""
    broken, whole = OURS.encode("nur\ud800se"), OURS.encode("nurse")
    assert broken[0].tolist() == whole[0].tolist()
    assert broken[1].tolist()[1] == [0, 6]


def changed(path: str, value: Any) -> dict[str, Any]:
    """The shipped settings with one thing in them changed; `None` takes it out."""
    settings: dict[str, Any] = json.loads(json.dumps(SHIPPED))
    *folders, name = path.split(".")
    place = settings
    for folder in folders:
        place = place[folder]
    if value is None:
        del place[name]
    else:
        place[name] = value
    return settings


TOKEN = {"id": 9, "content": "[X]", "normalized": False}


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("model.type", "BPE", "its model is BPE"),
        ("model.vocab", None, "missing"),
        ("model.vocab", ["a", "b"], "missing"),
        ("model.unk_token", "[NO]", "missing"),
        ("normalizer.type", "Lowercase", "its normalizer is Lowercase"),
        ("normalizer", None, "missing"),
        ("pre_tokenizer.type", "Whitespace", "its pre_tokenizer is Whitespace"),
        ("post_processor.type", "ByteLevel", "its post_processor is ByteLevel"),
        ("post_processor.single", [{"Sequence": {"id": "A", "type_id": 0}}], "one token before"),
        ("post_processor.single", [{}, {}, {}], "one token before"),
        ("model.max_input_chars_per_word", -1, "out of all bounds"),
        ("model.vocab", {"[UNK]": 0, "a": 1.5}, "no numbers"),
        ("added_tokens", [{**TOKEN, "id": 2**70}], "out of all bounds"),
        ("added_tokens", [{**TOKEN, "lstrip": True}], "'[X]' is not taken as it stands"),
        ("added_tokens", [{**TOKEN, "content": "word"}], "'word' does not begin with a mark"),
    ],
)
def test_a_tokenizer_of_another_kind_is_refused_by_what_is_different(
    path: str, value: Any, says: str, tmp_path: Path
) -> None:
    file = tmp_path / "tokenizer.json"
    file.write_text(json.dumps(changed(path, value)))
    with pytest.raises(BundleError, match="expected the tokenizer of a BERT model") as error:
        Tokenizer(file, ALL)("text")
    assert says in str(error.value)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[1", b"[" * 100_000])
def test_a_file_that_is_no_json_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_bytes(content)
    with pytest.raises(BundleError, match=r"expected a tokenizer\.json"):
        Tokenizer(tmp_path / "tokenizer.json", ALL)("text")


@pytest.mark.parametrize("content", ["[]", "null", "3", '"text"', "{}"])
def test_json_that_is_no_tokenizer_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text(content)
    with pytest.raises(BundleError, match="expected the tokenizer of a BERT model"):
        Tokenizer(tmp_path / "tokenizer.json", ALL)("text")


def test_runs_are_forgotten_before_they_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    from rolefit.tokens import wordpiece

    monkeypatch.setattr(wordpiece, "KNOWN_RUNS", 50)
    ours = WordPiece(SHIPPED)
    for start in range(0, 400, 40):
        text = " ".join(map(str, range(start, start + 40)))
        assert_same(ours, THEIRS, text)
        assert len(ours._known) <= 50
