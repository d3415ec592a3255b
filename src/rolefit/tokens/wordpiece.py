"""BERT's normaliser, word splitter and WordPiece, by the rules of a tokenizer.json.

Written here because the library that does the same (tokenizers) brings an HTTP client and a
downloader, twenty packages of them, into a program that must not talk to anyone. Ids and offsets
are its own on every character (tests/tokens); web/src/tokens.ts is the twin for the browser.

A text is cut at blanks, punctuation and Chinese characters into runs; what a run becomes depends on
nothing around it, so each is spelt once and remembered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from rolefit.records import IntArray
from rolefit.tokens.characters import Ranges, characters

KNOWN_RUNS = 50_000  # some 20 MB; then they are forgotten and learned anew
LONG_RUN = 200  # characters; longer ones are seldom met twice


class Unfit(Exception):
    """The file is of another kind of tokenizer; says what is different."""


class Pieces(NamedTuple):
    """What a run of characters becomes: ids, and the places in the run that they span."""

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class WordPiece:
    def __init__(self, settings: Any) -> None:
        """`settings` is what a tokenizer.json holds. Raises Unfit."""
        try:
            self._vocabulary, model = _checked(settings)
            self._unknown = self._vocabulary[str(model["unk_token"])]
            self._prefix = str(model["continuing_subword_prefix"])
            self._most = int(model["max_input_chars_per_word"])
            added = {str(token["content"]): int(token["id"]) for token in settings["added_tokens"]}
            self._first, self._last = _frame(settings["post_processor"], self._vocabulary)
            self._letters = Letters(settings["normalizer"])
        except (
            KeyError,
            IndexError,
            TypeError,
            AttributeError,
            ValueError,
            OverflowError,
        ) as error:
            raise Unfit(f"a field is missing or of another kind ({error!r})") from error
        if self._most < 1 or not all(0 <= id < 2**31 for id in added.values()):
            raise Unfit("a number in it is out of all bounds")
        self._longest = max(map(len, self._vocabulary))
        self._added = {
            content: Pieces((id,), (0,), (len(content),)) for content, id in added.items()
        }
        self._runs = re.compile(_alternatives(added) + self._letters.runs())
        self._known: dict[str, Pieces] = {}

    def encode(self, text: str) -> tuple[IntArray, IntArray]:
        """(n,) ids and (n, 2) spans of characters; the tokens before and behind span nothing."""
        runs = self._runs.findall(text)
        order = {run: number for number, run in enumerate(dict.fromkeys(runs))}
        spelt = [self._pieces(run) for run in order]
        which = _array(map(order.__getitem__, runs), len(runs))  # number of each run, in the text
        counts = _array((len(pieces.ids) for pieces in spelt), len(spelt))
        total = int(counts.sum())
        flat = [
            _array(chain.from_iterable(column), total) for column in zip(*spelt, strict=True)
        ] or [np.zeros(0, np.int64)] * 3
        lengths = _array(map(len, runs), len(runs))
        # The pieces of all runs of the text, each run's from where its own begin in `flat`.
        many = counts[which]
        inside = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
        place = np.repeat((np.cumsum(counts) - counts)[which], many) + inside
        offset = np.repeat(np.cumsum(lengths) - lengths, many)
        ids = np.concatenate([[self._first], flat[0][place], [self._last]])
        spans = np.zeros((len(ids), 2), np.int64)
        spans[1:-1] = np.stack([flat[1][place] + offset, flat[2][place] + offset], axis=1)
        return ids, spans

    def _pieces(self, run: str) -> Pieces:
        found = self._known.get(run)
        if found is None:
            found = self._added.get(run) or self._spell(run)
            if len(run) <= LONG_RUN:
                if len(self._known) >= KNOWN_RUNS:
                    self._known.clear()
                self._known[run] = found
        return found

    def _spell(self, run: str) -> Pieces:
        """The longest piece of the vocabulary first; what cannot be spelt is one unknown token."""
        rows: list[tuple[int, int, int]] = []
        for word, sources in self._letters.words(run, self._most):
            rows += self._word(word, sources)
        return Pieces(*zip(*rows, strict=True)) if rows else Pieces((), (), ())

    def _word(self, word: str, sources: list[int]) -> list[tuple[int, int, int]]:
        """`sources` has the place in the run that each character of the word was made from."""
        unknown = [(self._unknown, sources[0], sources[-1] + 1)]
        if len(word) > self._most:
            return unknown
        rows, at = [], 0
        while at < len(word):
            prefix = self._prefix if at else ""
            for end in range(min(len(word), at + self._longest), at, -1):
                if (id := self._vocabulary.get(prefix + word[at:end])) is not None:
                    rows.append((id, sources[at], sources[end - 1] + 1))
                    at = end
                    break
            else:
                return unknown
        return rows


class Letters:
    """What the normaliser makes of characters, and where words part."""

    def __init__(self, settings: Any) -> None:
        if settings["type"] != "BertNormalizer":
            raise Unfit(f"its normalizer is {settings['type']}, not BertNormalizer")
        self.clean, self.chinese, self.lower = (
            bool(settings[name]) for name in ("clean_text", "handle_chinese_chars", "lowercase")
        )
        accents = settings["strip_accents"]
        self.strip = self.lower if accents is None else bool(accents)
        self._kinds = characters()
        self._made: dict[str, tuple[str, bool]] = {}

    def runs(self) -> str:
        """A pattern that parts a text without leaving anything out: blanks, one character that is a
        word by itself, or what stands between them."""
        # What is left out parts no word, even where it is a blank of a kind (form feed, U+0085).
        white = [code for first, last in self._kinds.white for code in range(first, last + 1)
                 if not (self.clean and code in self._kinds.removed)]  # fmt: skip
        blanks = "".join(f"\\U{code:08x}" for code in white)
        single = _character_class(self._kinds.punctuation)
        if self.chinese:
            single += _character_class(self._kinds.chinese)
        return f"[{blanks}]+|[{single}]|[^{blanks}{single}]+"

    def words(self, run: str, most: int) -> Iterator[tuple[str, list[int]]]:
        """Normalised words of a run, with the place in it that each character was made from.

        Of a word longer than `most`, which is never looked up, only the beginning and the place of
        its end are kept.
        """
        word, sources = "", list[int]()
        for place, char in enumerate(run):
            made, alone = self._made.get(char) or self._make(char)
            if alone and word:
                yield word, sources
                word, sources = "", []
            if len(word) > most:
                sources[-1] = place if made else sources[-1]
                continue
            word += made
            sources += [place] * len(made)
            if alone and word:
                yield word, sources
                word, sources = "", []
        if word:
            yield word, sources

    def _make(self, char: str) -> tuple[str, bool]:
        """What the character becomes, and whether it is no part of a longer word."""
        code = ord(char)
        if self.clean and code in self._kinds.removed:
            found = "", False
        elif code in self._kinds.white:
            found = "", True
        else:
            made = char
            if self.strip:
                parts = unicodedata.normalize("NFD", char)
                made = "".join(part for part in parts if ord(part) not in self._kinds.marks)
            if self.lower:
                made = "".join(part.lower() for part in made)
            single = len(made) == 1 and ord(made) in self._kinds.punctuation
            found = made, single or (self.chinese and code in self._kinds.chinese)
        self._made[char] = found
        return found


def _checked(settings: Any) -> tuple[dict[str, int], dict[str, Any]]:
    """The vocabulary and the model's settings, of a tokenizer that is one of ours."""
    model, splitter = settings["model"], settings["pre_tokenizer"]
    if model.get("type", "WordPiece") != "WordPiece" or "merges" in model:
        raise Unfit(f"its model is {model.get('type', 'BPE')}, not WordPiece")
    if not splitter or splitter["type"] != "BertPreTokenizer":
        raise Unfit(f"its pre_tokenizer is {splitter and splitter['type']}, not BertPreTokenizer")
    punctuation = characters().punctuation
    for token in settings["added_tokens"]:
        if not token["content"] or ord(token["content"][0]) not in punctuation:
            raise Unfit(f"its added token {token['content']!r} does not begin with a mark")
        if any(token.get(flag) for flag in ("normalized", "single_word", "lstrip", "rstrip")):
            raise Unfit(f"its added token {token['content']!r} is not taken as it stands")
    vocabulary = model["vocab"]
    if not vocabulary or not all(type(id) is int and 0 <= id < 2**31 for id in vocabulary.values()):
        raise Unfit("its vocabulary holds no ids, or some that are no numbers")
    return vocabulary, model


def _frame(settings: Any, vocabulary: dict[str, int]) -> tuple[int, int]:
    """The ids before and behind every text."""
    kind = settings and settings["type"]
    if kind == "BertProcessing":
        return int(settings["cls"][1]), int(settings["sep"][1])
    if kind != "TemplateProcessing":
        raise Unfit(f"its post_processor is {kind}, not TemplateProcessing")
    names: list[tuple[str, Any]] = [
        next(iter(part.items()), ("", {})) for part in settings["single"]
    ]
    if [name for name, _ in names] != ["SpecialToken", "Sequence", "SpecialToken"]:
        raise Unfit("its post_processor does not put one token before and one behind a text")
    before, behind = (settings["special_tokens"][names[n][1]["id"]]["ids"] for n in (0, 2))
    if len(before) != 1 or len(behind) != 1:
        raise Unfit("its post_processor puts several tokens before or behind a text")
    return int(before[0]), int(behind[0])


def _alternatives(contents: Iterable[str]) -> str:
    """A pattern of these, the longest first, before other patterns."""
    ordered = sorted(filter(None, contents), key=len, reverse=True)
    return "".join(f"{re.escape(content)}|" for content in ordered)


def _character_class(codes: Ranges) -> str:
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in codes)


def _array(values: Iterable[int], count: int) -> IntArray:
    return np.fromiter(values, np.int64, count)
