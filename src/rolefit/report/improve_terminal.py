"""Advice to a job seeker on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from rolefit.records import NEAREST, Explanation
from rolefit.report import explain_view as view
from rolefit.report import verdict, whole
from rolefit.report.explain_terminal import heading, paragraph, print_pair
from rolefit.report.names import printable

if TYPE_CHECKING:
    from rolefit.improve import Advice, Gap, Rewording

REQUIREMENTS = 15
SKILLS = 24
REWORDINGS = "The advert's words for what the resume says"
NO_GAIN = "No gain worth the name (a person may still find the advert's word sooner):"
GAPS = "What no rewording can supply"
NO_GAPS = "Nothing that the advert asks for was found missing."
NOT_SHOWN = "Not shown in the resume:"
IN_PART = "Shown in part:"
NO_SKILL = "Skills not shown:"
ONLY_NAMED = "Named, but not as something you did:"
ONLY_IF_TRUE = (
    "Change a word only if the new one is true of what you did. The gains are measured: each "
    "change was made in the text and scored again. They are points of this program, not of a "
    "person."
)
NO_REWORDING = (
    "No rewording to suggest: where the resume shows what the advert asks for, it already uses the "
    "advert's words, or the two words are not surely the same thing."
)
NOT_SUGGESTED = (
    "Nothing here is suggested for the resume. If some of it is true of you and the resume does "
    "not say it, only you can know."
)


def print_advice(explanation: Explanation, advice: Advice, console: Console) -> None:
    """Rewordings with what they gain, and then what no rewording can supply."""
    print_pair(explanation, console)
    console.print()
    paragraph(
        console,
        Text(verdict(advice.score).capitalize(), style="bold").append(
            f"  {whole(advice.score)} of 100 as it stands", style="not bold"
        ),
    )
    _print_rewordings(explanation, advice, console)
    _print_gaps(advice.gaps, console)
    console.print()
    paragraph(console, ONLY_IF_TRUE, style="dim")


def _print_rewordings(explanation: Explanation, advice: Advice, console: Console) -> None:
    gaining, idle = advice.gaining, [r for r in advice.rewordings if r not in advice.gaining]
    heading(console, REWORDINGS)
    if not advice.rewordings:
        paragraph(console, NO_REWORDING, 2)
    for item in gaining:
        _print_rewording(item, explanation, f"+{item.gain:.0f}", console)
    if len(gaining) > 1:
        paragraph(console, f"All together: {whole(advice.together)} of 100.", 2)
    if idle:
        if gaining:
            console.print()
        paragraph(console, NO_GAIN, 2, style="dim")
    for item in idle:
        _print_rewording(item, explanation, "", console)
    if advice.untried:
        paragraph(console, f"{advice.untried} more were not tried.", 2, style="dim")


def _print_rewording(
    item: Rewording, explanation: Explanation, gain: str, console: Console
) -> None:
    arrow = "->" if console.options.ascii_only else "→"
    line = Text(f"{gain:>4}  ", style="bold green")
    line.append(printable(item.before)).append(f" {arrow} ", style="dim")
    line.append(printable(item.after), style="bold")
    paragraph(console, line, 0, hanging=6)
    where = view.page(explanation.resume, item.line)
    said = printable(view.quote(explanation.resume, item.line, 160))
    paragraph(console, Text(f"in “{said}”{where and f' ({where})'}", style="italic"), 8)
    if item.requirement and gain:
        asked = printable(view.quote(explanation.job, item.requirement.line, 120))
        paragraph(console, Text(f"asked: {asked}", style="dim"), 8)


def _print_gaps(gaps: Sequence[Gap], console: Console) -> None:
    heading(console, GAPS)
    if not gaps:
        paragraph(console, NO_GAPS, 2)
        return
    for gap in gaps:
        if gap.kind in view.COMPARED:
            shown = f"the resume shows {gap.shown}" if gap.shown else "not shown in the resume"
            text = f"{view.COMPARED[gap.kind]}: asked {gap.asked}; {shown}"
            paragraph(console, printable(text), 2, hanging=4)
    _list(console, NOT_SHOWN, [_asked(g) for g in gaps if g.kind == "requirement"])
    partly = [
        _asked(g) + (f" ({g.shown})" if g.shown not in ("", NEAREST) else "")
        for g in gaps
        if g.kind == "partly"
    ]
    _list(console, IN_PART, partly)
    skills = [gap.asked for gap in gaps if gap.kind == "skill"]
    if skills:
        more = f", and {len(skills) - SKILLS} more" if len(skills) > SKILLS else ""
        names = printable(", ".join(skills[:SKILLS]) + more)
        paragraph(console, Text(f"{NO_SKILL} ", style="dim").append(names, "not dim"), 2,
                  hanging=4)  # fmt: skip
    mentions = [f"{g.asked}: “{view.tidy(g.shown, 120)}”" for g in gaps if g.kind == "mention"]
    _list(console, ONLY_NAMED, mentions)
    paragraph(console, NOT_SUGGESTED, 2, style="dim")


def _asked(gap: Gap) -> str:
    asked = view.tidy(gap.asked, 120)
    return f"{asked} · up to {gap.cost:.1f} points" if gap.cost else asked


def _list(console: Console, title: str, items: Sequence[str]) -> None:
    if not items:
        return
    paragraph(console, title, 2, style="dim")
    for item in items[:REQUIREMENTS]:
        paragraph(console, "- " + printable(view.tidy(item, 160)), 4, hanging=6)
    if len(items) > REQUIREMENTS:
        paragraph(console, f"and {len(items) - REQUIREMENTS} more", 4, style="dim")
