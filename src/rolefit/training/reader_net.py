"""The reader in torch: a BERT that reads a text alone or across, and the heads on it.

Names of parameters are those that `export.reader_graph` asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from rolefit.export.reader_graph import ABSENT
from rolefit.reader.passages import PLACES
from rolefit.reader.prompt import PASSAGE, REQUIREMENT
from rolefit.records import STATUSES

LABELS = len(STATUSES)
TRAITS = len(PLACES) + 6  # place one-hot, and the other six of Passages.traits
AT_ONCE = 256  # texts alone in a batch, of nearly one length


class ReaderNet(nn.Module):
    """`bert` is a transformers BertModel whose words are those of the bundle's tokenizer."""

    def __init__(self, bert: Any, passages: int) -> None:
        super().__init__()
        self.enc, self.passages = bert, passages
        width = bert.config.hidden_size
        self.seg = nn.Embedding(PASSAGE + 1, width)
        nn.init.zeros_(self.seg.weight)
        self.status = nn.Sequential(
            nn.Linear(3 * width, 128), nn.GELU(), nn.Dropout(0.1), nn.Linear(128, LABELS)
        )
        self.point = nn.Sequential(nn.Linear(2 * width, 64), nn.GELU(), nn.Linear(64, 1))
        self.unit = nn.Sequential(nn.Linear(3 + TRAITS, 24), nn.GELU(), nn.Linear(24, 1))
        self.scale = nn.Parameter(torch.tensor(2.7))  # logarithm of what a cosine counts

    def hidden(self, ids: Tensor, marks: Tensor | None, mask: Tensor) -> Tensor:
        words = self.enc.embeddings.word_embeddings(ids)
        if marks is not None:
            words = words + self.seg(marks)
        states: Tensor = self.enc(inputs_embeds=words, attention_mask=mask.long()).last_hidden_state
        return states.float()

    def alone(self, texts: Sequence[Sequence[int]]) -> Tensor:
        """(n, width) unit vectors of texts given as ids, special tokens included."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        rows: list[Tensor] = []
        first = 0
        while first < len(order):
            last, shortest = first, len(texts[order[first]])
            while (
                last < len(order)
                and len(texts[order[last]]) <= 1.25 * shortest + 3.5
                and last - first < AT_ONCE
            ):
                last += 1
            ids, mask = pad([texts[i] for i in order[first:last]])
            hidden = self.hidden(ids, None, mask)
            means = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            rows.append(F.normalize(means, dim=-1))
            first = last
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(rows)[back]

    def near(self, asked: Tensor, passages: Tensor, common: Tensor, traits: Tensor) -> Tensor:
        """(m, n) how near each passage is to each requirement; `common` is (m, n, 2)."""
        places = F.one_hot(traits[:, 0].long(), len(PLACES)).float()
        told = torch.cat([places, traits[:, 1:]], -1).expand(len(asked), -1, -1)
        cosines = asked @ passages.T
        inputs = torch.cat([cosines[..., None], common, told], -1)
        near: Tensor = self.scale.exp() * cosines + self.unit(inputs).squeeze(-1)
        return near

    def across(self, ids: Tensor, parts: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """(b, 3) status logits and (b, passages) points; `parts` as in `export.reader_graph`."""
        hidden = self.hidden(ids, parts.clamp(max=PASSAGE), mask)

        def mean(part: int) -> Tensor:
            inside = ((parts == part) & mask).float()[..., None]
            return (hidden * inside).sum(1) / inside.sum(1).clamp(min=1)

        numbers = range(PASSAGE, PASSAGE + self.passages)
        asked, told = mean(REQUIREMENT), torch.stack([mean(part) for part in numbers], 1)
        there = torch.stack([((parts == part) & mask).any(1) for part in numbers], 1)
        both = torch.cat([told, asked[:, None].expand_as(told)], -1)
        points = self.point(both).squeeze(-1).masked_fill(~there, ABSENT)
        best = (told * torch.softmax(points, 1)[..., None]).sum(1)
        return self.status(torch.cat([asked, best, hidden[:, 0]], -1)), points


def pad(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """(b, longest) ids, 0 where there is none, and where there is one."""
    longest = max(map(len, rows))
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest, dtype=torch.bool)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = torch.tensor(row)
        mask[number, : len(row)] = True
    return ids, mask


def start_from(folder: Path, words: dict[str, int], passages: int) -> ReaderNet:
    """A ReaderNet that starts as the BERT in `folder`, with rows for `words` alone."""
    from tokenizers import Tokenizer
    from transformers import AutoModel

    bert = AutoModel.from_pretrained(str(folder), local_files_only=True).float()
    known = Tokenizer.from_file(str(folder / "tokenizer.json"))
    old = bert.embeddings.word_embeddings.weight.data
    unknown = known.token_to_id("[UNK]")
    rows = torch.zeros(len(words), old.shape[1])
    for word, number in words.items():
        place = known.token_to_id(word)
        rows[number] = old[unknown if place is None else place]
    # Words stay as they are: a few thousand requirements do not name most of them.
    bert.embeddings.word_embeddings = nn.Embedding(len(words), rows.shape[1], _weight=rows)
    bert.embeddings.word_embeddings.weight.requires_grad_(False)
    return ReaderNet(bert, passages)
