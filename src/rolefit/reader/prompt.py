"""Texts as the reader's model takes them, in use and in teaching alike.

alone    [CLS] text [SEP]
across   [CLS] kind | title | requirement [SEP] passage [SEP] ... card [SEP]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rolefit.reader.passages import Passages
from rolefit.records import Tokens

REQUIREMENT, CARD, PASSAGE = range(3)  # parts of what is read across; passages go on from PASSAGE


@dataclass(frozen=True, slots=True)
class Lengths:
    """Tokens of each text that are read at most."""

    requirement: int = 64
    passage: int = 40
    card: int = 48
    alone: int = 48


class Prompt:
    """Tokenizes each text once, however often it is asked for."""

    def __init__(
        self,
        tokenize: Callable[[str], Tokens],
        lengths: Lengths,
        rarity: npt.NDArray[np.float32],  # (vocabulary,)
    ) -> None:
        self.tokenize, self.lengths, self.rarity = tokenize, lengths, rarity
        self.start, *_, self.end = tokenize("").ids.tolist()
        self._known: dict[str, list[int]] = {}
        self._rare: dict[str, tuple[set[int], float]] = {}

    def ids(self, text: str, most: int) -> list[int]:
        """Without special tokens."""
        if text not in self._known:
            self._known[text] = self.tokenize(text).ids[1:-1].tolist()
        return self._known[text][:most]

    def alone(self, text: str) -> list[int]:
        return [self.start, *self.ids(text, self.lengths.alone), self.end]

    def across(
        self, kind: str, title: str, asked: str, shown: Passages, order: Sequence[int]
    ) -> tuple[list[int], list[int]]:
        """Ids and parts of one requirement and the passages in `order`."""
        pieces = [(f"{kind} | {title} | {asked}", self.lengths.requirement, REQUIREMENT)]
        for number, unit in enumerate(order):
            head = shown.under[unit] if not shown.traits[unit, 3] else ""
            text = f"{head}: {shown.texts[unit]}" if head else shown.texts[unit]
            pieces.append((text, self.lengths.passage, PASSAGE + number))
        pieces.append((shown.card, self.lengths.card, CARD))
        ids, parts = [self.start], [REQUIREMENT]
        for text, most, part in pieces:
            piece = [*self.ids(text, most), self.end]
            ids += piece
            parts += [part] * len(piece)
        return ids, parts

    def in_common(self, asked: str, passage: str) -> tuple[float, float]:
        """Rarity of the tokens in common, as shares of the requirement's and of the passage's."""
        (left, asked_rare), (right, passage_rare) = self._rarity_of(asked), self._rarity_of(passage)
        both = self._sum(left & right)
        return both / (asked_rare + 1e-6), both / (passage_rare + 1e-6)

    def _rarity_of(self, text: str) -> tuple[set[int], float]:
        if text not in self._rare:
            tokens = set(self.ids(text, self.lengths.alone))
            self._rare[text] = tokens, self._sum(tokens)
        return self._rare[text]

    def _sum(self, tokens: set[int]) -> float:
        return float(self.rarity[list(tokens)].sum())
