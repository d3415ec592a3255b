"""Three pictures of an evaluation, as SVG that takes its colours from the page.

Each is 360 units wide, so that its text stays readable at the width of a phone. What a picture says
also stands in a table beside it; the `title` and `desc` say it to those who do not see it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from rolefit.evaluation.result import Bin, System
from rolefit.evaluation.words import MAIN, number
from rolefit.training.metrics import Metric

WIDTH = 360
_LEFT, _RIGHT = 34, 8
_TICKS = (0, 25, 50, 75, 100)
# The rubric's words for judged scores, by the end of each band.
_BANDS = {
    12: "no link", 25: "other prof.", 40: "some overlap", 55: "long shot", 68: "plausible",
    80: "good", 90: "very good", 100: "exceptional",
}  # fmt: skip
_SHORT = 23  # letters of a label beside a whisker


def reliability(bins: Sequence[Bin]) -> str:
    """Predicted against mean judged score, the band behind, the diagonal where they agree."""
    top, height = 10, 300
    x, y = _scale(_LEFT, WIDTH - _RIGHT), _scale(top + height, top)
    parts = [_grid(x, y), f'<path class="diagonal" d="M{x(0)} {y(0)}L{x(100)} {y(100)}"/>']
    banded = [b for b in bins if b.band]
    if len(banded) > 1:
        ends = [f"{x(b.predicted)} {y(b.band[1])}" for b in banded if b.band]
        ends += [f"{x(b.predicted)} {y(b.band[0])}" for b in reversed(banded) if b.band]
        parts.append(f'<path class="band" d="M{"L".join(ends)}Z"/>')
    for b in bins:
        parts.append(
            f'<path class="whisker" d="M{x(b.predicted)} {y(b.spread[0])}V{y(b.spread[1])}"/>'
            f'<circle class="dot" cx="{x(b.predicted)}" cy="{y(b.judged)}" r="4.5">'
            f"<title>{b.pairs:,} pairs predicted {b.low:g} to {b.high:g}: mean judged score "
            f"{b.judged:.1f}, 9 in 10 from {b.spread[0]:.0f} to {b.spread[1]:.0f}</title></circle>"
        )
    parts.append(_text(x(50), top + height + 30, "predicted score", "middle"))
    parts.append(_text(_LEFT, top + 2, "judged score", "start", dx=6, dy=10))
    return _svg(
        parts, top + height + 38, "Predicted and judged scores",
        "; ".join(f"predicted {b.low:g}-{b.high:g}: judged {b.judged:.0f}" for b in bins),
    )  # fmt: skip


def by_judged(bins: Sequence[Bin]) -> str:
    """For each band of the rubric: where the predictions lie, over where they should."""
    row, top, left = 34, 22, 92
    x = _scale(left, WIDTH - _RIGHT)
    bottom = top + row * len(bins)
    parts = [
        f'<path class="rule" d="M{x(t)} {top}V{bottom}"/>'
        + _text(x(t), top - 8, str(t), "middle" if t < 100 else "end")
        for t in _TICKS
    ]
    for index, b in enumerate(bins):
        middle = top + row * (index + 0.5)
        word = _BANDS.get(int(b.high), "")
        parts += [
            _text(0, middle - 3, f"{b.low:g}-{b.high:g}", "start", strong=True),
            _text(0, middle + 11, word, "start"),
            f'<rect class="target" x="{x(b.low)}" y="{middle - 11}" height="22" '
            f'width="{x(b.high) - x(b.low):.1f}" rx="3"/>',
            f'<path class="whisker wide" d="M{x(b.spread[0])} {middle}H{x(b.spread[1])}"/>',
            f'<circle class="dot" cx="{x(b.predicted)}" cy="{middle}" r="4.5">'
            f"<title>{b.pairs:,} pairs judged {b.low:g} to {b.high:g}: mean prediction "
            f"{b.predicted:.1f}, 9 in 10 from {b.spread[0]:.0f} to {b.spread[1]:.0f}"
            f"</title></circle>",
        ]
    return _svg(
        parts, bottom + 6, "Predictions for each band of judged scores",
        "; ".join(f"judged {b.low:g}-{b.high:g}: predicted {b.predicted:.0f}" for b in bins),
    )  # fmt: skip


def comparison(systems: Sequence[System], metric: Metric) -> str:
    """One measure of every system that has it, with its interval; "" where none has."""
    shown = [system for system in systems if system.measures[metric.key].value is not None]
    if not shown:
        return ""
    ends = [
        end
        for system in shown
        for value in [system.measures[metric.key]]
        for end in (value.value, value.low, value.high)
        if end is not None
    ]
    row, top, left = 24, 6, 152
    low, high = min(ends), max(ends)
    room = (high - low) * 0.06 or 0.1
    place = _scale(left, WIDTH - 52, low - room, high + room)
    parts = []
    for index, system in enumerate(shown):
        value, y = system.measures[metric.key], top + row * (index + 0.5)
        assert value.value is not None
        first = system is systems[0]
        label = system.label if len(system.label) <= _SHORT else system.label[: _SHORT - 1] + "…"
        parts.append(f'<path class="rule" d="M{left} {y}H{WIDTH - 52}"/>')
        parts.append(_text(0, y + 4, label, "start", strong=first))
        if value.low is not None and value.high is not None:
            parts.append(
                f'<path class="whisker{" ours" if first else ""}" '
                f'd="M{place(value.low)} {y}H{place(value.high)}"/>'
            )
        parts.append(
            f'<circle class="dot{"" if first else " peer"}" cx="{place(value.value)}" '
            f'cy="{y}" r="4.5"/>'
        )
        parts.append(_text(WIDTH, y + 4, number(value.value, metric), "end", strong=first))
    said = "; ".join(f"{s.label} {number(s.measures[metric.key].value, metric)}" for s in shown)
    return _svg(parts, top + row * len(shown) + 4, metric.label, said)


def compared(systems: Sequence[System]) -> list[tuple[Metric, str]]:
    """The measures that are worth a picture, each with its own."""
    wanted = ("pearson", "within_job", "ndcg10", "rmse")
    found = [(metric, comparison(systems, metric)) for metric in MAIN if metric.key in wanted]
    return [(metric, svg) for metric, svg in found if svg]


def _scale(start: float, end: float, low: float = 0, high: float = 100) -> Callable[[float], float]:
    return lambda value: round(start + (end - start) * (value - low) / (high - low), 1)


def _grid(x: Callable[[float], float], y: Callable[[float], float]) -> str:
    parts = []
    for tick in _TICKS:
        parts.append(f'<path class="rule" d="M{x(0)} {y(tick)}H{x(100)}"/>')
        parts.append(_text(x(0) - 5, y(tick) + 4, str(tick), "end"))
        parts.append(_text(x(tick), y(0) + 15, str(tick), "middle" if tick < 100 else "end"))
    return "".join(parts)


def _text(
    x: float, y: float, words: str, anchor: str, *, strong: bool = False, dx: int = 0, dy: int = 0
) -> str:
    return (
        f'<text x="{x + dx}" y="{y + dy}" text-anchor="{anchor}"'
        f"{' class=strong' if strong else ''}>{escape(words)}</text>"
    )


def _svg(parts: Sequence[str], height: float, title: str, description: str) -> str:
    name = "fig-" + "".join(c for c in title.lower() if c.isalnum())
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:g}" role="img" aria-labelledby="{name}">'
        f'<title id="{name}">{escape(title)}: {escape(description)}</title>{"".join(parts)}</svg>'
    )
