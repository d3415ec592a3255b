"""Names that mean the same, for the auxiliary contrastive loss: skills and titles of jobs.

Skills come from a file of groups of names; titles are those of a job and of the resumes that
somebody scored as good matches for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from rolefit.errors import DataError
from rolefit.training.pairs import Pairs
from rolefit.training.tables import read_rows

PAIRS = 48  # of names a step
GOOD = 69.0  # score from which on two titles name one kind of work
MIN_GROUPS = 2


@dataclass(frozen=True, eq=False)
class Names:
    """Groups of names as token ids; each step draws from them anew."""

    ids: tuple[Tensor, ...]  # of every name
    groups: tuple[tuple[int, ...], ...]  # numbers of names that mean the same, two or more

    def draw(self, rng: np.random.Generator) -> list[Tensor]:
        """Two names of each of PAIRS groups: the first of all, then the second of all."""
        chosen = rng.choice(len(self.groups), size=min(PAIRS, len(self.groups)), replace=False)
        pairs = [rng.choice(self.groups[group], size=2, replace=False) for group in chosen]
        return [self.ids[number] for side in zip(*pairs, strict=True) for number in side]


def read_groups(path: Path) -> list[list[str]]:
    """JSON lines `{"names": ["team lead", "team leader"]}`. Raises DataError with the line."""
    groups = []
    for where, row in read_rows(path):
        names = row.get("names") if isinstance(row, dict) else None
        if not isinstance(names, list) or not all(isinstance(n, str) and n.strip() for n in names):
            raise DataError(f"{path}, {where}: expected a list `names` of texts, got {row!r:.60}")
        groups.append(names)
    return groups


def collect(
    groups: Sequence[Sequence[str]],
    pairs: Pairs,
    titles: Sequence[Sequence[str]],
    tokenizer: Tokenizer,
) -> Names:
    """`groups` and the titles of good matches; `titles` are those of resumes, then of jobs.

    A document's first title counts. Raises DataError where too few groups of two are left.
    """
    found = [list(dict.fromkeys(name.casefold() for name in group)) for group in groups]
    alike: dict[str, dict[str, None]] = {}
    for (resume, job), score in zip(pairs.rows.tolist(), pairs.scores.tolist(), strict=True):
        own, wanted = titles[resume], titles[len(pairs.resumes) + job]
        if score >= GOOD and own and wanted:
            # What fits one job stands in one group: none of it is another's counter-example.
            title = wanted[0].casefold()
            alike.setdefault(title, {title: None})[own[0].casefold()] = None
    found = [group for group in (*found, *map(list, alike.values())) if len(group) > 1]
    if len(found) < MIN_GROUPS:
        raise DataError(
            f"names: expected at least {MIN_GROUPS} groups of two names, from a file or from pairs "
            f"of at least {GOOD:g} points with titles; got {len(found)}"
        )
    texts = list(dict.fromkeys(name for group in found for name in group))
    number = {text: i for i, text in enumerate(texts)}
    ids = tuple(torch.tensor(encoding.ids) for encoding in tokenizer.encode_batch(texts))
    return Names(ids, tuple(tuple(number[name] for name in group) for group in found))
