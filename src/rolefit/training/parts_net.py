"""The head of rolefit.parts as a torch module: the same names of weights, batches of pairs."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from rolefit.parts import KINDS, MOST, NAMES, SCALARS, SHARP

WIDTH, HEADS, SPACES, SPACE = 48, 4, 8, 12
SCALE = 22.6  # of unit vectors, so that their numbers are about 1


@dataclass(frozen=True, slots=True)
class Side:
    """Rows of one side of a batch: padded, `mask` True where a row is real."""

    rows: Tensor  # (batch, rows, hidden)
    kinds: Tensor  # (batch, rows) int64
    beside: Tensor  # (batch, rows, 2) place, and must or is a title
    mask: Tensor  # (batch, rows) bool


class Block(nn.Module):
    """Tokens attend to the resume, then to one another, then a small network reads each."""

    def __init__(self) -> None:
        super().__init__()
        self.nq, self.ns, self.nf = (nn.LayerNorm(WIDTH) for _ in range(3))
        self.q, self.k, self.v, self.o, self.so = (nn.Linear(WIDTH, WIDTH) for _ in range(5))
        self.sq = nn.Linear(WIDTH, 3 * WIDTH)
        self.f1, self.f2 = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)

    def forward(self, tokens: Tensor, mask: Tensor, memory: Tensor, shown: Tensor) -> Tensor:
        found = _attend(self.q(self.nq(tokens)), self.k(memory), self.v(memory), shown)
        tokens = tokens + self.o(found)
        query, key, value = self.sq(self.ns(tokens)).chunk(3, dim=-1)
        tokens = tokens + self.so(_attend(query, key, value, mask))
        read: Tensor = tokens + self.f2(F.gelu(self.f1(self.nf(tokens))))
        return read


class PartsNet(nn.Module):
    """(job, resume, scalars) -> logits (batch, 5): the parts, and a missing hard requirement."""

    def __init__(self, hidden: int, dropout: float) -> None:
        super().__init__()
        count = len(NAMES) + 1
        self.ji, self.ri = nn.Linear(hidden, WIDTH), nn.Linear(hidden, WIDTH)
        self.jk, self.rk = nn.Embedding(len(KINDS) + 2, WIDTH), nn.Embedding(2, WIDTH)
        self.jm = nn.Linear(hidden, SPACES * SPACE, bias=False)
        self.rm = nn.Linear(hidden, SPACES * SPACE, bias=False)
        self.jm.weight.data = self.rm.weight.data.clone()  # alike until taught otherwise
        self.mi, self.pos = nn.Linear(2 * SPACES, WIDTH), nn.Linear(2, WIDTH)
        self.nj, self.nr, self.no = (nn.LayerNorm(WIDTH) for _ in range(3))
        self.part = nn.Parameter(torch.randn(count, WIDTH) * 0.1)
        self.x = nn.Linear(len(SCALARS), count * WIDTH)
        self.blocks = nn.ModuleList([Block(), Block()])
        self.po = nn.Linear(WIDTH, 1)
        self.pb = nn.Parameter(torch.tensor([-1.0, -1.0, 0.0, 0.5, -1.5]))
        self.dropout = nn.Dropout(dropout)

    def forward(self, job: Side, resume: Side, scalars: Tensor) -> Tensor:
        batch = len(scalars)
        asked = self.ji(job.rows) + self.jk(job.kinds) + self.pos(job.beside)
        asked = self.nj(asked + self.mi(self._matches(job, resume)))
        shown = self.ri(resume.rows) + self.rk(resume.kinds) + self.pos(resume.beside)
        shown = self.dropout(self.nr(shown))
        start = self.part[None] + self.x(scalars).view(batch, *self.part.shape)
        tokens = self.dropout(torch.cat([start, asked], dim=1))
        always = torch.ones(batch, len(self.part), dtype=torch.bool)
        mask = torch.cat([always, job.mask], dim=1)
        for block in self.blocks:
            tokens = block(tokens, mask, shown, resume.mask)
        logits: Tensor = self.po(self.no(tokens[:, : len(self.part)]))[..., 0] + self.pb
        return logits

    def _matches(self, job: Side, resume: Side) -> Tensor:
        """(batch, job's rows, 2 * SPACES): greatest and soft greatest cosine in each space."""
        left, right = (
            F.normalize(layer(side.rows).view(*side.rows.shape[:2], SPACES, SPACE), dim=-1)
            for layer, side in ((self.jm, job), (self.rm, resume))
        )
        cosines = torch.einsum("bihd,bjhd->bhij", left, right)
        cosines = cosines.masked_fill(~resume.mask[:, None, None, :], -1.0)
        soft = (cosines * F.softmax(cosines * SHARP, dim=-1)).sum(dim=-1)
        return torch.cat([cosines.max(dim=-1).values, soft], dim=1).transpose(1, 2)


def points(logits: Tensor) -> Tensor:
    """(batch, 5) -> points of the four parts (batch, 4)."""
    return torch.sigmoid(logits[:, : len(NAMES)]) * torch.tensor(MOST)


def _attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
    q, k, v = (
        rows.view(*rows.shape[:2], HEADS, WIDTH // HEADS).transpose(1, 2)
        for rows in (query, key, value)
    )
    found = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
    return found.transpose(1, 2).flatten(2)
