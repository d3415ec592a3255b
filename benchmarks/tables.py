"""What `encoders.py` measured, as Markdown."""

from __future__ import annotations

from typing import Any

Result = dict[str, Any]


def markdown(result: Result) -> str:
    parts = [_machine(result)]
    if result.get("speed"):
        parts += [_speed(result, "documents"), _speed(result, "tokens"), _ratios(result)]
    if result.get("peak"):
        parts.append(_share(result))
    if result.get("memory"):
        parts.append(_memory(result))
    if result.get("processes"):
        rows = [[name, f"{seconds:.3f}"] for name, seconds in result["processes"].items()]
        parts.append("## Whole processes\n\n" + _table(["", "seconds"], rows))
    return "\n\n".join(parts) + "\n"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _machine(result: Result) -> str:
    machine = result["machine"]
    head = [
        "# Encoders side by side",
        "",
        f"{machine['processor']}, {machine['cores']} cores used, {machine['system']}; "
        f"load when it began {machine['load']:.1f}. Medians of {result['repeats']} rounds, "
        "the systems taking turns in each.",
        "",
    ]
    lines = [
        *(f"- {name}: {note}" for name, note in result["systems"].items()),
        *(f"- left out: {note}" for note in result["left_out"]),
    ]
    for worker, found in result["versions"].items():
        lines.append(f"- {worker}: " + ", ".join(f"{k} {v}" for k, v in found.items()))
    return "\n".join([*head, *lines])


def _speed(result: Result, unit: str) -> str:
    cases = result["speed"]
    rows = []
    for name in result["systems"]:
        cells = [case["systems"].get(name) for case in cases]
        rows.append([name, *(f"{cell[unit + '_per_s']:,.2f}" if cell else "" for cell in cells)])
    head = [f"{unit}/s", *(case["name"] for case in cases)]
    note = "\n\nTokens are those a system reads: MiniLM drops what lies beyond its 256."
    return f"## {unit.capitalize()} a second\n\n{_table(head, rows)}" + note * (unit == "tokens")


def _ratios(result: Result) -> str:
    """Documents a second over those of torch, its better batch size."""
    rows = []
    cases = [case for case in result["speed"] if case["reference"]]
    for name in result["systems"]:
        cells = [case["systems"].get(name) for case in cases]
        values = [
            f"{cell['documents_per_s'] / case['reference']:.2f}" if cell else ""
            for cell, case in zip(cells, cases, strict=True)
        ]
        rows.append([name, *values])
    head = ["torch = 1", *(case["name"] for case in cases)]
    note = "The reference is the faster of torch's two batch sizes in each column."
    return f"## Ratio to torch\n\n{note}\n\n{_table(head, rows)}" if cases else ""


def _share(result: Result) -> str:
    peak = result["peak"]
    name, highest = max(peak.items(), key=lambda item: item[1])
    rows = [
        [
            f"{row['tokens']:,}",
            f"{row['linear_gflop']:.2f}",
            f"{row['attention_gflop']:.2f}",
            f"{row['full_attention_gflop']:.2f}",
            f"{row['gflop_per_s']:.1f}",
            f"{row['share']:.0%}",
        ]
        for row in result["share"]
    ]
    head = [
        "tokens", "linear GFLOP", "attention GFLOP", "if unlimited", "GFLOP/s", "of peak",
    ]  # fmt: skip
    shapes = _table(["float32 product", "GFLOP/s"], [[k, f"{v:.1f}"] for k, v in peak.items()])
    return (
        f"## Share of the machine's peak (rolefit INT8)\n\n{shapes}\n\n"
        f"Peak taken: {highest:.1f} GFLOP/s ({name}).\n\n{_table(head, rows)}"
    )


def _memory(result: Result) -> str:
    head = ["peak MB at 8,192 tokens", "loaded", "one document", "one document a core"]
    rows = [
        [name, *(f"{cell[key]:,.0f}" for key in ("loaded", "one", "all"))]
        for name, cell in result["memory"].items()
    ]
    return f"## Memory\n\n{_table(head, rows)}"
