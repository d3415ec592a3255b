"""An evaluation as Markdown: the tables of the page, for a model card or a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rolefit.evaluation.result import Evaluation, Slice, System
from rolefit.evaluation.words import (
    BANDS,
    CAUTION,
    MAIN,
    blanks,
    data_line,
    interval,
    interval_line,
    number,
    verdict,
)
from rolefit.training.metrics import METRICS, Metric


def markdown(evaluation: Evaluation) -> str:
    """GitHub's Markdown, ending with a line break."""
    first = evaluation.systems[0]
    model = evaluation.model
    parts = [
        f"# Evaluation of {model['name']} {model['version']}",
        data_line(evaluation),
        "## Systems",
        _table(
            ["", *(metric.label for metric in MAIN)],
            [[system.label, *_cells(system, MAIN)] for system in evaluation.systems],
        ),
        interval_line(evaluation),
        *blanks(evaluation.systems),
        *(f"- {line}" for line in evaluation.left_out),
        f"## {first.label}, with intervals",
        _table(["measure", "value", "95% interval", "meaning"], _with_intervals(first)),
    ]
    if any(first.measures[metric.key].value is not None for metric in BANDS):
        parts += ["## Bands", _bands(evaluation.systems)]
    for peer in evaluation.systems[1:]:
        parts += [f"## Ahead of {peer.label}", peer.about, _ahead(peer)]
    for way, slices in first.slices.items():
        parts += [f"## By {way}", _slices(slices)]
    if evaluation.reliability:
        parts += ["## Predicted and judged", _reliability(evaluation)]
    parts += [CAUTION, f"{evaluation.made_by}, model {model['sha256'][:12]}"]
    return "\n\n".join(parts) + "\n"


def _cells(system: System | Slice, metrics: Sequence[Metric]) -> list[str]:
    return [number(system.measures[metric.key].value, metric) for metric in metrics]


def _with_intervals(system: System) -> list[list[str]]:
    return [
        [
            metric.label, number(system.measures[metric.key].value, metric),
            interval(system.measures[metric.key], metric) or system.measures[metric.key].why,
            metric.meaning,
        ]
        for metric in METRICS
    ]  # fmt: skip


def _bands(systems: Sequence[System]) -> str:
    rows = [
        [system.label, *_cells(system, BANDS)]
        for system in systems
        if system.measures["coverage"].value is not None
    ]
    heads = [f"judged {m.label}" if m.label[0].isdigit() else m.label for m in BANDS]
    return _table(["", *heads], rows)


def _ahead(peer: System) -> str:
    rows = []
    for metric in MAIN:
        value = peer.ahead[metric.key]
        if value.value is not None:
            gap = number(value.value, metric, signed=True)
            rows.append(
                [
                    metric.label,
                    gap,
                    interval(value, metric, signed=True),
                    verdict(value, metric),
                ]
            )
    return _table(["measure", "difference", "95% interval", "the evaluated system is"], rows)


def _slices(slices: Sequence[Slice]) -> str:
    metrics = [*MAIN, BANDS[0]]
    rows = [[s.name, f"{s.pairs:,}", f"{s.jobs:,}", *_cells(s, metrics)] for s in slices]
    return _table(["", "pairs", "jobs", *(metric.label for metric in metrics)], rows)


def _reliability(evaluation: Evaluation) -> str:
    rows = [
        [
            f"{b.low:g}-{b.high:g}", f"{b.pairs:,}", f"{b.predicted:.1f}", f"{b.judged:.1f}",
            f"{b.spread[0]:.0f}-{b.spread[1]:.0f}",
            f"{b.band[0]:.0f}-{b.band[1]:.0f}" if b.band else "",
        ]
        for b in evaluation.reliability
    ]  # fmt: skip
    heads = ["predicted", "pairs", "mean predicted", "mean judged", "9 in 10 judged", "mean band"]
    return _table(heads, rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def row(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    lines = [row(heads), row(["---", *["---:"] * (len(heads) - 1)]), *map(row, rows)]
    return "\n".join(lines)
