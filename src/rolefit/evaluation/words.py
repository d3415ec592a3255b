"""Numbers of an evaluation as people read them."""

from __future__ import annotations

from rolefit.evaluation.result import Evaluation, System, Value
from rolefit.training.metrics import METRICS, Metric

BLANK = "\u2013"
MAIN = tuple(m for m in METRICS if not m.key.startswith(("coverage", "width")))
BANDS = tuple(m for m in METRICS if m.key.startswith(("coverage", "width")))
CAUTION = (
    "Judged scores are one reader's opinion under a written rubric, not hiring outcomes. Intervals "
    "say what another draw of jobs like these might change, not what other professions, languages "
    "or readers would."
)


def number(value: float | None, metric: Metric, *, signed: bool = False) -> str:
    """With the metric's digits; coverage in per cent."""
    if value is None:
        return BLANK
    form = ".1%" if metric.key.startswith("coverage") else f".{metric.digits}f"
    text = format(value, f"+{form}" if signed else form)
    return text.replace("-", "\u2212")  # a minus sign


def interval(value: Value, metric: Metric, *, signed: bool = False) -> str:
    if value.low is None or value.high is None:
        return ""
    low, high = (number(end, metric, signed=signed) for end in (value.low, value.high))
    return f"{low} to {high}"


def verdict(ahead: Value, metric: Metric) -> str:
    """Better, worse, or not told apart, of the evaluated system against a peer."""
    if ahead.low is None or ahead.high is None or not metric.better:
        return ""
    if ahead.low <= 0 <= ahead.high:
        return "not told apart"
    return "better" if (ahead.low > 0) == (metric.better == "high") else "worse"


def data_line(evaluation: Evaluation) -> str:
    data = evaluation.data
    return (
        f"{data['pairs']:,} judged pairs of {data['resumes']:,} resumes and {data['jobs']:,} jobs; "
        f"judged scores average {data['mean_score']:.1f}, standard deviation "
        f"{data['deviation']:.1f}."
    )


def interval_line(evaluation: Evaluation) -> str:
    data = evaluation.data
    if not data["bootstrap"] or data["drawn_jobs"] < 2:
        return "No intervals: " + (
            "none were asked for." if data["drawn_jobs"] > 1 else "there is one job alone."
        )
    return (
        f"Intervals hold 95% of {data['bootstrap']:,} bootstrap draws of whole jobs "
        f"({data['drawn_jobs']:,}); differences are taken draw by draw."
    )


def blanks(systems: tuple[System, ...]) -> list[str]:
    """Why cells of MAIN are blank, each reason once, with the systems it is true of."""
    found: dict[str, list[str]] = {}
    for system in systems:
        for value in (system.measures[metric.key] for metric in MAIN):
            if value.value is None and system.label not in found.setdefault(value.why, []):
                found[value.why].append(system.label)
    return [f"{', '.join(labels)}: {why}." for why, labels in found.items()]
