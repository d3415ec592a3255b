"""What fine-tuning trains: the encoder, and what makes numbers of a grid of its vectors."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from rolefit.encoder import Encoder
from rolefit.encoder.model import mean_pool
from rolefit.training.grids import Reading
from rolefit.training.losses import SHARPNESS


class Scorer(nn.Module):
    """The encoder, two learned lines (a * cosine + b, `combined`), and a scale for ranking."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Parameter(torch.tensor([1.0, 0.0]))
        self.combined_head = nn.Parameter(torch.tensor([0.4, 0.4, 0.2, 0.0]))
        self.log_sharpness = nn.Parameter(torch.tensor(math.log(SHARPNESS)))

    def combined(
        self, resumes: Sequence[Tensor], jobs: Sequence[Tensor], documents: Sequence[Reading]
    ) -> Tensor:
        """a * cosine + b * coverage + c * title + d, learned: (r, j).

        Rows are as `forward` gives them, `documents` what they were of: resumes, then jobs.
        """
        n = len(resumes)
        a, b, c, d = self.combined_head
        cosines = torch.stack([r[0] for r in resumes]) @ torch.stack([j[0] for j in jobs]).T
        covered = coverage(resumes, jobs, documents[:n], documents[n:])
        titles = title_cosines(resumes, jobs, documents[:n], documents[n:], cosines)
        combined: Tensor = a * cosines + b * covered + c * titles + d
        return combined

    def forward(self, documents: Sequence[Reading]) -> list[Tensor]:
        """Of each document its vector, those of its units and of its titles, all of unit length.

        (1 + units + titles, hidden) each; a title is encoded alone.

        All float32. Documents of one length run unpadded; else the shorter ones are padded and
        masked.
        """
        # Not by calling itself for the titles: what accelerate wraps around `forward` for mixed
        # precision is one object, which forgets, entered twice, what it was before.
        return self._rows(documents)

    def _rows(self, documents: Sequence[Reading]) -> list[Tensor]:
        lengths = [len(document) for document in documents]
        ids = nn.utils.rnn.pad_sequence([document.ids for document in documents], batch_first=True)
        mask = None
        if min(lengths) != max(lengths):
            positions = torch.arange(ids.shape[1], device=ids.device)
            mask = positions < torch.tensor(lengths, device=ids.device)[:, None]
        hidden = self.encoder(ids) if mask is None else self.encoder(ids, mask)
        vectors = mean_pool(hidden, mask).float()
        rows = [
            [vector[None], _pool_units(states[: len(document)], document)]
            for document, vector, states in zip(documents, vectors, hidden, strict=True)
        ]
        titles = [(i, title) for i, document in enumerate(documents) for title in document.titles]
        if titles:
            found = self._rows([Reading(title) for _, title in titles])
            for (i, _), vector in zip(titles, found, strict=True):
                rows[i].append(vector)
        return [torch.cat(parts) for parts in rows]


def _pool_units(states: Tensor, document: Reading) -> Tensor:
    """Late pooling: (tokens, hidden) -> unit means of the tokens of each unit, (units, hidden)."""
    sums = states.new_zeros((document.n_units, states.shape[-1]), dtype=torch.float32)
    if document.units is None or not document.n_units:
        return sums
    inside = torch.nonzero(document.units >= 0)[:, 0]
    sums = sums.index_add(0, document.units[inside], states[inside].float())
    return nn.functional.normalize(sums, dim=-1)


def coverage(
    resumes: Sequence[Tensor],
    jobs: Sequence[Tensor],
    of_resumes: Sequence[Reading],
    of_jobs: Sequence[Reading],
) -> Tensor:
    """Weighted mean over a job's units of the cosine of the best line of the resume: (r, j).

    Rows are as `Scorer` gives them. A job without a unit that counts, or a resume without units,
    has coverage 0.
    """
    lines = [rows[1 : 1 + of.n_units] for rows, of in zip(resumes, of_resumes, strict=True)]
    columns = []
    for rows, of in zip(jobs, of_jobs, strict=True):
        assert of.weights is not None
        best = _best(lines, rows[1 : 1 + of.n_units])
        columns.append((best * of.weights).sum(dim=1) / of.weights.sum().clamp_min(1e-9))
    return torch.stack(columns, dim=1)


def title_cosines(
    resumes: Sequence[Tensor],
    jobs: Sequence[Tensor],
    of_resumes: Sequence[Reading],
    of_jobs: Sequence[Reading],
    cosines: Tensor,
) -> Tensor:
    """Cosine of the job's title and the best of the resume's: (r, j); `cosines` without titles."""
    titles = [rows[1 + of.n_units :] for rows, of in zip(resumes, of_resumes, strict=True)]
    columns = []
    for column, (rows, of) in enumerate(zip(jobs, of_jobs, strict=True)):
        wanted = rows[1 + of.n_units :][:1]
        best = _best(titles, wanted)[:, 0] if len(wanted) else cosines[:, column]
        none = torch.tensor([not len(found) for found in titles], device=best.device)
        columns.append(torch.where(none, cosines[:, column], best))
    return torch.stack(columns, dim=1)


def _best(owners: Sequence[Tensor], wanted: Tensor) -> Tensor:
    """(owners, wanted) greatest cosine of any row of an owner; 0 for an owner without rows."""
    rows = torch.cat(list(owners))
    counts = torch.tensor([len(found) for found in owners])
    owner = torch.repeat_interleave(torch.arange(len(owners)), counts).to(rows.device)
    cosines = rows @ wanted.T
    index = owner[:, None].expand(-1, cosines.shape[1])
    empty = rows.new_zeros((len(owners), cosines.shape[1]))
    return empty.scatter_reduce(0, index, cosines, "amax", include_self=False)
