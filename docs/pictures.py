"""Draws what the commands print on the examples, as SVG, with the model that is shipped now:

    python docs/pictures.py

Run it after the model is replaced. The pictures load nothing: the letters are the reader's own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import escape
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from rolefit import Matcher
from rolefit.report import Report
from rolefit.report.explain_terminal import print_explanation
from rolefit.report.terminal import print_ranking

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
WIDTH = 88  # columns of the terminal: no name of an example is cut
LINES = 46  # of a long output; an explanation goes on for more than a screen

# A dark card that carries its own ground, so that it reads the same on a light and a dark page.
# Order of the colours: black, red, green, yellow, blue, magenta, cyan, white.
THEME = TerminalTheme(
    (24, 28, 36), (222, 226, 233),
    [(24, 28, 36), (240, 120, 120), (125, 211, 150), (232, 200, 110), (130, 170, 255),
     (235, 140, 215), (105, 205, 225), (222, 226, 233)],
)  # fmt: skip
# rich's own template names a web font; this one names what is there.
TEMPLATE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 WIDTH HEIGHT" role="img"
 aria-label="TITLE">
<style>
text {{ font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>{lines}</defs>
<rect x="1" y="1" width="{terminal_width}" height="{terminal_height}" rx="8" fill="#181c24"
 stroke="#8b93a3"/>
<text x="18" y="32" fill="#9aa3b2">TITLE</text>
<g class="{unique_id}-matrix" transform="translate(18, 44)">{matrix}</g>
</svg>
"""
FRAME = (36, 62)  # pixels that the card is wider and higher than the text


def draw(name: str, command: str, show: Callable[[Console], None], lines: int = 0) -> str:
    """The SVG of what `show` prints under `command`; cut after `lines` if given."""
    told = Console(file=io.StringIO(), width=WIDTH, force_terminal=True, color_system="truecolor",
                   highlight=False, emoji=False, markup=False, legacy_windows=False)  # fmt: skip
    show(told)
    printed = told.file.getvalue().strip("\n").splitlines()  # type: ignore[attr-defined]
    if lines and len(printed) > lines:
        printed = [*printed[:lines], "", "... and so on"]
    console = Console(record=True, file=io.StringIO(), width=WIDTH, force_terminal=True,
                      color_system="truecolor", legacy_windows=False)  # fmt: skip
    for line in printed:
        console.print(Text.from_ansi(line), no_wrap=True, overflow="crop", highlight=False)
    template = TEMPLATE.replace("TITLE", escape(f"$ {command}"))
    svg = console.export_svg(theme=THEME, code_format=template, unique_id=name)
    return _framed(svg)


def _framed(svg: str) -> str:
    """The card around the text, whose size only the drawn text tells."""
    inner = re.search(r'width="([\d.]+)" height="([\d.]+)" rx="8"', svg)
    assert inner
    width, height = (round(float(n) + more) for n, more in zip(inner.groups(), FRAME, strict=True))
    svg = svg.replace(inner[0], f'width="{width - 2}" height="{height - 2}" rx="8"')
    return svg.replace("WIDTH HEIGHT", f"{width} {height}")


def pictures() -> dict[str, str]:
    """File name -> SVG."""
    matcher = Matcher.load()
    job = EXAMPLES / "jobs" / "backend-engineer.txt"
    resumes = sorted((EXAMPLES / "resumes").iterdir())
    matches = matcher.rank(job, resumes)
    report = Report(job.name, tuple(matches), (), matcher.bundle, len(matches))
    explanation = matcher.explain(
        EXAMPLES / "resumes" / "lucia-ferreira-icu-nurse.pdf",
        EXAMPLES / "jobs" / "staff-nurse-icu.html",
    )
    return {
        "rank.svg": draw(
            "rank",
            "rolefit rank examples/jobs/backend-engineer.txt examples/resumes",
            lambda console: print_ranking(report, console),
        ),
        "explain.svg": draw(
            "explain",
            "rolefit explain lucia-ferreira-icu-nurse.pdf staff-nurse-icu.html",
            lambda console: print_explanation(explanation, console),
            LINES,
        ),
    }


if __name__ == "__main__":
    for name, svg in pictures().items():
        (HERE / "pictures" / name).write_text(svg, encoding="utf-8")
        print(f"wrote docs/pictures/{name}")
