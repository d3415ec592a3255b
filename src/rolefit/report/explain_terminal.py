"""An explanation on the screen: 80 columns, no colour that carries meaning alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from rich.cells import cell_len
from rich.console import Console, OverflowMethod
from rich.text import Text

from rolefit.records import Comparison, Evidence, Explanation
from rolefit.report import MEANING, about_resume, verdict, whole
from rolefit.report import explain_view as view
from rolefit.report.names import printable
from rolefit.report.terminal import BAR, bar

REQUIREMENTS = 40  # shown on a screen; all are in the JSON and nearly all in the HTML
SKILLS = 24  # of a kind
WIDTH = 76  # cells of a line at most
SCALE = 24  # cells of the bar of steps: 100 points
MARKS = {"met": ("✓", "+", "green"), "partly": ("~", "~", "cyan"), "not shown": ("·", ".", "dim")}

_ASCII = str.maketrans("“”·…\N{MINUS SIGN}", '""-.-')


def print_explanation(explanation: Explanation, console: Console) -> None:
    """The score, how it came about, and what speaks for it."""
    _print_score(explanation, console)
    _print_steps(explanation, console)
    _print_requirements(explanation, console)
    _print_skills(explanation, console)
    _print_facts(explanation.comparisons, console)
    console.print()
    paragraph(console, MEANING, style="dim")


def heading(console: Console, text: str, detail: str = "") -> None:
    console.print()
    console.print(Text(text, style="bold").append(detail and f"  {detail}", style="not bold dim"))


def print_pair(explanation: Explanation, console: Console) -> None:
    console.print()
    console.print(Text(_file(explanation.match.resume), style="bold"))
    console.print(Text("for ", style="dim").append(_file(explanation.match.job), style="not dim"))


def _print_score(explanation: Explanation, console: Console) -> None:
    match = explanation.match
    low, high = map(whole, match.band)
    print_pair(explanation, console)
    console.print()
    line = Text(verdict(match.score).capitalize(), style="bold").append(f"  {whole(match.score)} ")
    line.append(bar(match.score, 2 * BAR, console.options.ascii_only).rstrip(), style="cyan")
    console.print(line)
    paragraph(console, f"between {low} and {high}, 9 times in 10", style="dim")
    if musts := view.must_haves(explanation):
        paragraph(console, f"must-haves: {musts}")
    for whose, words in view.professions(explanation):
        paragraph(console, f"{whose} reads like: {words}", style="dim")
    if explanation.capped_by:
        paragraph(console, f"Held down: {explanation.capped_by}.", style="bold")
    about = about_resume(match)
    for whose, notices in (
        ("The resume", about),
        ("The job", [n for n in match.notices if n not in about]),
    ):
        for notice in notices:
            paragraph(console, f"{whose}: {printable(notice.message)}", style="dim")


def _print_steps(explanation: Explanation, console: Console) -> None:
    base, steps = view.base_and_steps(explanation)
    heading(console, "Why this score")
    labels = ["An average pair", *(step.label for step in steps), "This pair"]
    width = min(max(map(cell_len, labels[bool(explanation.parts) :])), 34)
    if not explanation.parts:
        _step(console, labels[0], str(base), width, (0, base), "")
    for step in steps:
        ends = (min(step.before, step.after), max(step.before, step.after))
        points = str(step.points) if step.value.startswith("of ") else view.signed(step.points)
        _step(console, step.label, points, width, ends, step.value, step.points)
    reached = steps[-1].after if steps else base
    _step(console, labels[-1], str(reached), width, (0, reached), "")


def _step(
    console: Console,
    label: str,
    points: str,
    width: int,
    ends: tuple[int, int],
    value: str,
    change: int = 0,
) -> None:
    low, high = (round(min(100, max(0, end)) / 100 * SCALE) for end in ends)
    ascii_only = console.options.ascii_only
    full = "=" if ascii_only else "━"
    bar = " " * low + full * max(high - low, 0)
    if change and low == high:  # too small for a cell, but it should be seen
        bar = " " * min(low, SCALE - 1) + ("|" if ascii_only else "╸")
    if ascii_only:
        points = points.translate(_ASCII)
    style = "green" if change > 0 else "magenta" if change < 0 else "dim"
    line = Text("  ").append(_padded(label, width)).append(f"  {points:>4}", style="bold")
    line.append("  ").append(bar.ljust(SCALE), style=style)
    line.append(f"  {value}" if value else "", style="dim")
    _clipped(console, line)


def _print_requirements(explanation: Explanation, console: Console) -> None:
    evidence = explanation.evidence
    heading(console, "What the job asks for", view.counts(evidence))
    if not evidence:
        paragraph(console, view.NO_REQUIREMENTS, 2)
    earned, elsewhere = view.earned(explanation)
    room = REQUIREMENTS
    for title, items in view.grouped(evidence):
        if room > 0:
            tally = view.counts([item for _, item in items])
            console.print(Text(f"  {title}", style="bold dim").append(f"  {tally}", "not bold"))
        for number, item in items[: max(0, room)]:
            _print_requirement(number, item, explanation, console, earned[number - 1])
        room -= len(items)
    hidden = len(evidence) - REQUIREMENTS
    if elsewhere:
        text = f"{elsewhere} for what is shown in other words or elsewhere"
        paragraph(console, text, 2, style="dim")
    if hidden > 0:
        paragraph(console, f"and {hidden:,} more; --json lists all", 2, style="dim")


def _print_requirement(
    number: int, item: Evidence, explanation: Explanation, console: Console, earned: str
) -> None:
    mark, plain, style = MARKS[item.status]
    mark = plain if console.options.ascii_only else mark
    text = printable(view.quote(explanation.job, item.requirement.line, 220))
    line = Text(f"{mark} ", style=style).append(f"{number:>2}  ", style="dim")
    line.append(text)
    paragraph(console, line, 0, hanging=6)
    told = Text(item.status, style=style)
    if earned:
        told.append(f" · {earned}", style="dim")
    if settled := view.settled(item):
        told.append(f" · {printable(settled)}", style="dim")
    paragraph(console, told, 6)
    if item.support and view.verified(item):  # the nearest line is no evidence of what is not shown
        found = item.support[0].line
        where = view.page(explanation.resume, found)
        said = printable(view.quote(explanation.resume, found, 160))
        paragraph(console, Text(f"“{said}”{where and f' ({where})'}", style="italic"), 8)


def _print_skills(explanation: Explanation, console: Console) -> None:
    both = [view.pair_label(pair, explanation) for pair in explanation.matched]
    missing = [view.name(skill) for skill in explanation.missing]
    extra = [view.name(skill) for skill in explanation.extra]
    heading(console, "Skills")
    if not both and not missing and not extra:
        paragraph(console, view.NO_SKILLS, 2)
    _names(console, "In both", both)
    _names(console, "Asked for, not shown", missing)
    _names(console, "Also in the resume", extra)


def _names(console: Console, label: str, names: Sequence[str]) -> None:
    if not names:
        return
    more = f", and {len(names) - SKILLS} more" if len(names) > SKILLS else ""
    text = Text(f"{label} ({len(names)}): ", style="dim")
    text.append(printable(", ".join(names[:SKILLS]) + more), style="not dim")
    paragraph(console, text, 2, hanging=4)


def _print_facts(facts: Sequence[Comparison], console: Console) -> None:
    if not facts:
        return
    heading(console, "Facts compared")
    for fact in facts:
        mark, plain, style = MARKS[fact.verdict]
        mark = plain if console.options.ascii_only else mark
        line = Text(f"{mark} ", style=style)
        line.append(f"{view.COMPARED.get(fact.name, fact.name)}: ", style="dim")
        line.append(f"asked {fact.asked}; ")
        line.append(f"the resume shows {fact.shown}" if fact.shown else "not shown in the resume")
        paragraph(console, line, 0, hanging=4)


def _padded(text: str, width: int) -> str:
    text = view.cut(text, width)
    return text + " " * (width - cell_len(text))


def paragraph(
    console: Console, text: str | Text, indent: int = 0, hanging: int = 0, style: str = ""
) -> None:
    """Running text of at most WIDTH cells; lines after the first are indented by `hanging`."""
    text = Text(text, style=style) if isinstance(text, str) else text
    if console.options.ascii_only:
        text.plain = text.plain.translate(_ASCII)
    hanging = hanging or indent
    room = min(console.width, WIDTH) - hanging
    first, *rest = _lines(text, console, room + hanging - indent, room)
    console.print(Text(" " * indent).append_text(first), soft_wrap=True)
    for line in rest:
        console.print(Text(" " * hanging).append_text(line), soft_wrap=True)


def _lines(text: Text, console: Console, first: int, other: int) -> list[Text]:
    head, *tail = text.wrap(console, max(first, 10))
    if not tail:
        head.rstrip()
        return [head]
    if first == other:
        lines = [head, *tail]
    else:
        rest = text[len(head.plain) :]
        while rest.plain.startswith(" "):
            rest = rest[1:]
        lines = [head, *rest.wrap(console, max(other, 10))]
    for line in lines:
        line.rstrip()
    return lines


def _clipped(console: Console, line: Text) -> None:
    line.rstrip()
    if console.is_terminal:
        # "…" is no sign of a plain terminal
        overflow: OverflowMethod = "crop" if console.options.ascii_only else "ellipsis"
        line.truncate(console.width, overflow=overflow)
    console.print(line, soft_wrap=True)


def _file(path: str) -> str:
    return printable(PurePath(path).name)
