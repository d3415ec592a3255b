"""An evaluation as one page that needs nothing else: no script, no request."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from rolefit.evaluation import figures
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

_HEADLINE = ("pearson", "within_job", "ndcg10", "rmse", "r2", "coverage")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(evaluation: Evaluation) -> str:
    """The whole document. Every name in it is escaped."""
    model = evaluation.model
    title = f"Evaluation of {model['name']} {model['version']}"
    parts = [
        f"<h1>{escape(title)}</h1><p class=soft>{escape(data_line(evaluation))}</p>",
        _headline(evaluation.systems[0]),
        _systems(evaluation),
        _meaning(evaluation),
        *_peers(evaluation),
        *_parts(evaluation.systems[0]),
        _all(evaluation.systems[0]),
        _footer(evaluation),
    ]
    style = files("rolefit.evaluation").joinpath("page.css").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(title)}</title><style>\n{style}</style></head>\n"
        f"<body><main>\n{chr(10).join(filter(None, parts))}\n</main></body></html>\n"
    )


def _headline(system: System) -> str:
    cells = []
    for metric in METRICS:
        value = system.measures[metric.key]
        if metric.key in _HEADLINE and value.value is not None:
            label = "90% band holds" if metric.key == "coverage" else metric.label
            shown = number(value.value, metric)
            range_ = interval(value, metric) or value.why
            cells.append(
                f"<div><dt>{escape(label)}</dt><dd>{shown}<small>{escape(range_)}</small></dd></div>"
            )
    return f"<dl class=facts>{''.join(cells)}</dl>"


def _systems(evaluation: Evaluation) -> str:
    systems = evaluation.systems
    pictures = "".join(
        f"<figure><h3>{escape(metric.label)}</h3>{svg}<figcaption>{escape(metric.meaning)}"
        f"{' (lower is better)' if metric.better == 'low' else ''}</figcaption></figure>"
        for metric, svg in figures.compared(systems)
    )
    rows = [[s.label, *_cells(s, MAIN)] for s in systems]
    notes = [*blanks(systems), *evaluation.left_out]
    listed = "".join(f"<li>{escape(line)}</li>" for line in notes)
    return _section(
        "Beside other systems" if len(systems) > 1 else "Measures",
        (f"<div class=figures>{pictures}</div>" if len(systems) > 1 else "")
        + _table(["", *(m.label for m in MAIN)], rows, ours=True)
        + f"<p class=soft>{escape(interval_line(evaluation))}</p>"
        + (f"<ul class=soft>{listed}</ul>" if listed else ""),
    )


def _meaning(evaluation: Evaluation) -> str:
    if not evaluation.reliability:
        return ""
    system = evaluation.systems[0]
    shown = [
        (
            figures.reliability(evaluation.reliability),
            "Dots: mean judged score of the pairs predicted alike; lines: where nine in ten of "
            "them lie; shaded: the band that people are shown. On the dashed line a score means "
            "what it says.",
        ),
        (
            figures.by_judged(evaluation.by_judged),
            "Pairs by judged score: the grey box is where a prediction should lie, the dot is the "
            "mean prediction, the line holds nine in ten.",
        ),
    ]
    pictures = "".join(
        f"<figure>{svg}<figcaption>{escape(words)}</figcaption></figure>" for svg, words in shown
    )
    body = f"<div class=figures>{pictures}</div>"
    banded = [s for s in evaluation.systems if s.measures["coverage"].value is not None]
    if banded:
        heads = [f"judged {m.label}" if m.label[0].isdigit() else m.label for m in BANDS]
        body += "<h3>Does the 90% band hold nine in ten?</h3>"
        body += _table(["", *heads], [[s.label, *_cells(s, BANDS)] for s in banded], ours=True)
    return _section(f"Does a score of {system.label} mean what it says?", body)


def _peers(evaluation: Evaluation) -> list[str]:
    first, *peers = evaluation.systems
    if not peers:
        return []
    body = [
        f"<p class=soft>What {escape(first.label)} has more (+) or less (\u2212) than each, on the "
        "same pairs and draws of jobs. Where the interval holds 0, the two are not told apart."
        "</p>"
    ]
    for index, peer in enumerate(peers):
        mark = "" if index else " open"
        rows = []
        for metric in MAIN:
            value = peer.ahead[metric.key]
            if value.value is not None:
                gap = number(value.value, metric, signed=True)
                ends = interval(value, metric, signed=True)
                rows.append([metric.label, gap, ends, verdict(value, metric)])
        table = _table(["", "difference", "95% interval", ""], rows)
        body.append(
            f"<details{mark}><summary>{escape(peer.label)}</summary>"
            f"<p class=soft>{escape(peer.about)}</p>{table}</details>"
        )
    return [_section("Differences, pair by pair", "".join(body))]


def _parts(system: System) -> list[str]:
    if not system.slices:
        return []
    body = "<p class=soft>Few pairs or few jobs make a row uncertain; evaluation.json has the "
    body += "intervals, and the same for the other systems.</p>"
    for index, (way, slices) in enumerate(system.slices.items()):
        mark = "" if index else " open"
        body += f"<details{mark}><summary>By {escape(way)}</summary>{_slices(slices)}</details>"
    return [_section("Where it does better and worse", body)]


def _slices(slices: Sequence[Slice]) -> str:
    metrics = [*MAIN, BANDS[0]]
    rows = [[s.name, f"{s.pairs:,}", f"{s.jobs:,}", *_cells(s, metrics)] for s in slices]
    return _table(["", "pairs", "jobs", *(metric.label for metric in metrics)], rows)


def _all(system: System) -> str:
    rows = []
    for metric in METRICS:
        value = system.measures[metric.key]
        cells = [number(value.value, metric), interval(value, metric) or value.why]
        rows.append([metric.label, *cells, metric.meaning])
    body = f"<p class=soft>{escape(system.about)}</p>"
    body += _table(["", "value", "95% interval", "meaning"], rows, words=3)
    return _section(f"Every measure of {system.label}", body)


def _footer(evaluation: Evaluation) -> str:
    names = ", ".join(file["name"] for file in evaluation.data["files"])
    said = "Reserved pairs are among them: a final test. " * evaluation.data["reserved"]
    about = f"{evaluation.made_by}; pairs: {names}; model {evaluation.model['sha256'][:12]}."
    return f"<footer><p>{escape(CAUTION)}</p><p>{escape(said + about)}</p></footer>"


def _cells(system: System | Slice, metrics: Sequence[Metric]) -> list[str]:
    return [number(system.measures[metric.key].value, metric) for metric in metrics]


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def _table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, ours: bool = False, words: int = -1
) -> str:
    """`ours` marks the first row; column `words` holds running text."""
    head = "".join(
        f"<th scope=col{' class=words' if column == words else ''}>{escape(cell)}</th>"
        for column, cell in enumerate(heads)
    )
    lines = []
    for index, (name, *cells) in enumerate(rows):
        line = f"<th scope=row>{escape(name)}</th>"
        for column, cell in enumerate(cells, start=1):
            line += f"<td{' class=words' if column == words else ''}>{escape(cell)}</td>"
        lines.append(
            f"<tr{' class=ours' if ours and not index and len(rows) > 1 else ''}>{line}</tr>"
        )
    return (
        f"<div class=scroll tabindex=0><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )
