"""What a step reads: a grid of resumes x jobs, and of each document a window or the whole.

A grid of 16 resumes and 8 jobs gives 128 pairs for 24 encodings. An epoch is an exact cover: every
pair stands in one grid. Grids come from one block each as far as it fills them; a block's documents
are of related professions, so its poor matches are the hard ones. Everything here is a function of
(pairs, seed, step) alone, so that a resumed run reads what an uninterrupted one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from rolefit.language import sections
from rolefit.score import Float64Array
from rolefit.training.corpus import IntArray
from rolefit.training.pairs import Pairs
from rolefit.training.splits import components
from rolefit.training.unitmap import UnitMap, as_scored, unit_map

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True, eq=False)
class Grid:
    """Documents of a step and the scores of their pairs."""

    resumes: IntArray  # (r,) numbers in Pairs.resumes
    jobs: IntArray  # (j,)
    scores: Float64Array  # (r, j) 0-100, NaN where nobody scored
    weights: Float64Array  # (r, j), 0 where nobody scored


class GridPlan:
    """The grids of every epoch."""

    def __init__(self, pairs: Pairs, resumes: int, jobs: int, seed: int) -> None:
        self.pairs, self.resumes, self.jobs, self.seed = pairs, resumes, jobs, seed
        self.blocks = _blocks(pairs)
        self._starts = [0]  # first step of each epoch looked at so far
        self._epoch: tuple[int, list[IntArray]] = (-1, [])

    def at(self, step: int) -> Grid:
        """The grid of `step`, counted from 0 over all epochs."""
        epoch = int(np.searchsorted(self._starts, step, side="right")) - 1
        while True:
            grids = self.epoch(epoch)
            if len(self._starts) == epoch + 1:
                self._starts.append(self._starts[epoch] + len(grids))
            if step < self._starts[epoch + 1]:
                return self._grid(grids[step - self._starts[epoch]])
            epoch += 1

    def epoch(self, epoch: int) -> list[IntArray]:
        """For each grid of `epoch` the pairs in it, by number; every pair is in exactly one."""
        if self._epoch[0] != epoch:
            rng = np.random.default_rng([self.seed, epoch])
            tiles = [tile for block in self.blocks for tile in self._tiles(block, rng)]
            tiles = [tiles[i] for i in rng.permutation(len(tiles))]
            self._epoch = (epoch, self._filled(tiles))
        return self._epoch[1]

    def _tiles(self, block: IntArray, rng: np.random.Generator) -> list[IntArray]:
        """Cut a block: jobs in groups that share resumes, each group's resumes in groups."""
        rows = self.pairs.rows[block]
        jobs = rng.permutation(np.unique(rows[:, 1]))
        tiles = []
        members = {int(job): set(rows[rows[:, 1] == job, 0].tolist()) for job in jobs}
        left = [int(job) for job in jobs]
        for size in _sizes(len(left), self.jobs):
            # In a dense block all are equally near and the order is chance; in a sparse one, jobs
            # with the same applicants belong together.
            near = {job: len(members[left[0]] & members[job]) for job in left}
            left.sort(key=near.__getitem__, reverse=True)
            group, left = left[:size], left[size:]
            inside = np.isin(rows[:, 1], group)
            resumes = rng.permutation(np.unique(rows[inside, 0]))
            start = 0
            for count in _sizes(len(resumes), self.resumes):
                chosen = resumes[start : start + count]
                start += count
                tiles.append(block[inside & np.isin(rows[:, 0], chosen)])
        return tiles

    def _filled(self, tiles: list[IntArray]) -> list[IntArray]:
        """Tiles too small for a step are put together, first fit, in the order given."""
        steps: list[list[IntArray]] = []
        sides: list[tuple[set[int], set[int]]] = []
        open_steps: list[int] = []
        for tile in tiles:
            resumes, jobs = (set(self.pairs.rows[tile, side].tolist()) for side in (0, 1))
            for i in open_steps:
                if (
                    len(sides[i][0] | resumes) <= self.resumes
                    and len(sides[i][1] | jobs) <= self.jobs
                ):
                    steps[i].append(tile)
                    sides[i][0].update(resumes)
                    sides[i][1].update(jobs)
                    break
            else:
                steps.append([tile])
                sides.append((resumes, jobs))
            # Only a few stay open, or a million small blocks would take a day to place.
            open_steps = [
                i
                for i in sorted({*open_steps, len(steps) - 1})
                if len(sides[i][0]) < self.resumes and len(sides[i][1]) < self.jobs
            ][-32:]
        return [np.concatenate(step) for step in steps]

    def _grid(self, members: IntArray) -> Grid:
        rows = self.pairs.rows[members]
        resumes, left = np.unique(rows[:, 0], return_inverse=True)
        jobs, right = np.unique(rows[:, 1], return_inverse=True)
        scores = np.full((len(resumes), len(jobs)), np.nan)
        weights = np.zeros_like(scores)
        scores[left, right] = self.pairs.scores[members]
        weights[left, right] = self.pairs.weights[members]
        return Grid(resumes, jobs, scores, weights)


def _blocks(pairs: Pairs) -> list[IntArray]:
    """Pair numbers of every named block, and of every group of documents linked by pairs."""
    linked = components(pairs)
    keys: dict[tuple[str, int], list[int]] = {}
    for number, name in enumerate(pairs.blocks):
        named = name.removeprefix("extra ") != ""
        keys.setdefault((name, -1 if named else int(linked[number])), []).append(number)
    return [np.array(numbers, dtype=np.int64) for numbers in keys.values()]


def _sizes(count: int, most: int) -> list[int]:
    """`count` in as few equal parts of at most `most` as will do: 30, 16 -> 15, 15."""
    parts = -(-count // most)
    return [count // parts + (i < count % parts) for i in range(parts)]


@dataclass(frozen=True, eq=False)
class Reading:
    """What a step reads of a document: its tokens, and which of its units each belongs to."""

    ids: Tensor  # (tokens,)
    units: Tensor | None = None  # (tokens,) from 0 without gaps, -1 outside all; None: not asked
    weights: Tensor | None = None  # (units,) what each counts in the coverage of a job
    titles: tuple[Tensor, ...] = ()  # ids of each

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def n_units(self) -> int:
        return 0 if self.weights is None else len(self.weights)

    def to(self, device: torch.device) -> Reading:
        units, weights = (
            part if part is None else part.to(device) for part in (self.units, self.weights)
        )
        titles = tuple(title.to(device) for title in self.titles)
        return Reading(self.ids.to(device), units, weights, titles)


class Texts:
    """Documents as token ids, special tokens included: resumes first, then jobs.

    Of resumes what a score reads of them.
    """

    def __init__(self, pairs: Pairs, tokenizer: Tokenizer, with_units: bool = False) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        documents = [as_scored(text, job=False) for text in pairs.resumes]
        documents += [as_scored(text, job=True) for text in pairs.jobs]
        encodings = tokenizer.encode_batch([document.text for document, _ in documents])
        self.ids = [np.array(encoding.ids, dtype=np.int64) for encoding in encodings]
        self.n_resumes = len(pairs.resumes)
        self._sections = [  # of each resume the tokens that its sections begin with
            np.searchsorted(
                np.array(encoding.offsets)[1:-1, 0], sections.find(document.text).starts
            ) + 1
            for (document, _), encoding in zip(
                documents[: self.n_resumes], encodings[: self.n_resumes], strict=True
            )
        ]  # fmt: skip
        self.units: list[UnitMap] | None = None
        self.title_texts: list[tuple[str, ...]] = []
        if with_units:
            self.units = [
                unit_map(document, facts, np.array(encoding.offsets))
                for (document, facts), encoding in zip(documents, encodings, strict=True)
            ]
            self.title_texts = [found.titles for found in self.units]
            self.titles = [
                tuple(torch.tensor(e.ids) for e in tokenizer.encode_batch(list(titles)))
                for titles in self.title_texts
            ]

    def of(self, grid: Grid) -> IntArray:
        """Numbers of the grid's documents: resumes, then jobs."""
        return np.concatenate([grid.resumes, grid.jobs + self.n_resumes])

    def lengths(self, limit: int) -> IntArray:
        """(documents,) tokens read of each."""
        return np.minimum([len(ids) for ids in self.ids], limit)

    def reordered(self, number: int, places: IntArray, rng: np.random.Generator) -> IntArray:
        """`places` of resume `number` with its sections in another order; what stands above the
        first heading stays there. The first and the last token keep their places."""
        inner = places[1:-1]
        section = np.searchsorted(self._sections[number], inner, side="right")
        order = np.concatenate([[0], 1 + rng.permutation(len(self._sections[number]))])
        parts = [inner[section == part] for part in order]
        return np.concatenate([places[:1], *parts, places[-1:]])

    def reading(self, number: int, places: IntArray) -> Reading:
        """The tokens of document `number` at `places`."""
        ids = torch.from_numpy(self.ids[number][places])
        if self.units is None:
            return Reading(ids)
        found = self.units[number]
        inside, units = np.unique(found.units[places], return_inverse=True)
        if inside[0] == -1:
            inside, units = inside[1:], units - 1
        weights = torch.from_numpy(found.weights[inside]).float()
        return Reading(ids, torch.from_numpy(units), weights, self.titles[number])


def whole(length: int, limit: int) -> IntArray:
    """Places of a document as `rolefit.tokens` cuts it: the beginning, and the last token."""
    places = np.arange(min(length, limit))
    places[-1] = length - 1
    return places


def window(length: int, most: int, rng: np.random.Generator) -> IntArray:
    """Places of `most` tokens of a longer document: its head, then a stretch of what follows.

    The head of half the length holds what names the document (a title, a summary); over the steps
    the stretches show the rest.
    """
    if length <= most:
        return np.arange(length)
    head = most // 2
    rest = most - 1 - head
    start = int(rng.integers(head, length - 1 - rest + 1))
    return np.concatenate([np.arange(head), np.arange(start, start + rest), [length - 1]])


def batches(lengths: Sequence[int] | npt.NDArray[np.int64], tokens: int) -> list[list[int]]:
    """Documents of like length put together: longest first, at most `tokens` with padding."""
    order = sorted(range(len(lengths)), key=lambda i: -int(lengths[i]))
    found: list[list[int]] = []
    for i in order:
        if found and int(lengths[found[-1][0]]) * (len(found[-1]) + 1) <= tokens:
            found[-1].append(i)
        else:
            found.append([i])
    return found
