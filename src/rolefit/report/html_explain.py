"""An explanation as HTML: the score and how it came about, then the evidence, then both texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from rolefit.records import Document, Evidence, Explanation, Line, Notice, Support
from rolefit.report import MEANING, about_resume, verdict, whole
from rolefit.report import explain_view as view
from rolefit.report.html_markup import EMPTY, Html, el, join, page
from rolefit.report.html_text import Mark, lines_of, text_html

BUDGET = 300_000  # characters of one text in a page
REQUIREMENTS = 150  # shown in a page
SKILLS = 80  # of a kind
MARKS = {"met": "✓", "partly": "◐", "not shown": "○"}
PRIVATE = (
    "This file holds the text of the documents. Nothing in it is loaded from anywhere, and nothing "
    "is sent anywhere."
)
OF_PARTS = "What the resume earns in each of the four parts. Together they are the score."
OF_FEATURES = (
    "From the score of an average pair, each row is what one thing added or took away. Together "
    "they are the score."
)


def to_html(explanation: Explanation) -> str:
    """One explanation as a whole page."""
    match = explanation.match
    names = f"{name(match.resume)} for {name(match.job)}"
    head = el("header", el("h1", name(match.resume)), el("p", "for ", el("b", name(match.job))))
    body = el("main", head, explanation_html(explanation, "e-", BUDGET))
    return page(f"{names} · rolefit", join(body, footer()))


def footer() -> Html:
    return el("footer", el("p", MEANING), el("p", PRIVATE))


def name(path: str) -> str:
    return PurePath(path).name or path


def explanation_html(explanation: Explanation, prefix: str, budget: int) -> Html:
    """All of an explanation but its title. Ids begin with `prefix`; `budget` is that of a text."""
    return join(
        _score(explanation),
        _steps(explanation),
        _requirements(explanation, prefix),
        _facts(explanation),
        _skills(explanation),
        _texts(explanation, prefix, budget),
    )


def status_html(status: str) -> Html:
    mark = el("span", MARKS[status], aria_hidden="true")
    return el("span", mark, f" {status}", class_=f"status {status.replace(' ', '-')}")


def scale(score: float, band: tuple[float, float]) -> Html:
    """The band and the score on a line from 0 to 100. The words beside it say the same."""
    low, high = band
    bar = el("rect", class_="band", x=f"{low:.1f}", y=3, width=f"{high - low:.1f}", height=4)
    dot = el("rect", class_="dot", x=f"{min(score, 99):.1f}", y=0, width=1, height=10)
    track = el("rect", class_="track", x=0, y=4, width=100, height=2)
    return el("svg", track, bar, dot, class_="scale", viewBox="0 0 100 10",
              preserveAspectRatio="none", aria_hidden="true")  # fmt: skip


def notices_html(notices: Sequence[Notice], whose: str) -> Html:
    items = [el("li", f"{whose}: {notice.message}") for notice in notices]
    return el("ul", *items, class_="notices") if items else EMPTY


def _score(explanation: Explanation) -> Html:
    match = explanation.match
    low, high = map(whole, match.band)
    about = about_resume(match)
    met = ", ".join(view.met_of(explanation))
    line = [f"Met: {met}."] if met else []
    capped = (
        el("p", el("b", "Held down: "), f"{explanation.capped_by}.", class_="capped")
        if explanation.capped_by
        else EMPTY
    )
    return el(
        "section",
        el("p", el("b", verdict(match.score).capitalize(), class_="verdict"),
           el("span", el("b", str(whole(match.score))), " of 100", class_="number")),
        scale(match.score, match.band),
        el("p", f"The judge's score lies between {low} and {high}, 9 times in 10."),
        el("p", *line) if line else EMPTY,
        *(
            el("p", f"{whose} reads like: {words}", class_="reads-like")
            for whose, words in view.professions(explanation)
        ),
        capped,
        notices_html(about, "The resume"),
        notices_html([n for n in match.notices if n not in about], "The job"),
        class_="score",
    )  # fmt: skip


def _steps(explanation: Explanation) -> Html:
    base, steps = view.base_and_steps(explanation)
    of_parts = bool(explanation.parts)
    rows = [] if of_parts else [_step("An average pair", "", "", str(base), 0, base, "base")]
    for step in steps:
        kind = "up" if step.points > 0 else "down"
        points = str(step.points) if step.value.startswith("of ") else view.signed(step.points)
        rows.append(
            _step(step.label, step.value, step.meaning, points, step.before, step.after, kind)
        )
    end = steps[-1].after if steps else base
    rows.append(_step("This pair", "", "", str(end), 0, end, "base"))
    head = el("tr", *(el("th", column, scope="col") for column in
              ("what", "found", "points", "")))  # fmt: skip
    return el(
        "section",
        el("h2", "Why this score"),
        el("p", OF_PARTS if of_parts else OF_FEATURES, class_="note"),
        el("table", el("thead", head), el("tbody", *rows), class_="steps"),
    )  # fmt: skip


def _step(
    label: str, value: str, meaning: str, points: str, before: int, after: int, kind: str
) -> Html:
    low, high = sorted(min(100, max(0, end)) for end in (before, after))
    width = max(high - low, 0.8)  # a change of nothing is seen as a hair
    bar = el("rect", class_=kind, x=min(low, 100 - width), y=0, width=width, height=10)
    track = el("rect", class_="track", x=0, y=4.5, width=100, height=1)
    svg = el("svg", track, bar, class_="bar", viewBox="0 0 100 10", preserveAspectRatio="none",
             aria_hidden="true")  # fmt: skip
    told = el("small", meaning) if meaning else EMPTY
    return el("tr", el("th", label, told, scope="row"), el("td", value),
              el("td", points, class_="points"), el("td", svg, class_="graph"),
              class_=kind)  # fmt: skip


def _requirements(explanation: Explanation, prefix: str) -> Html:
    evidence = explanation.evidence
    parts: list[Html] = []
    earned, elsewhere = view.earned(explanation)
    for title, items in view.grouped(evidence[:REQUIREMENTS]):
        tally = el("span", view.counts([item for _, item in items]), class_="count")
        lines = [
            _requirement(number, item, explanation, prefix, earned[number - 1])
            for number, item in items
        ]
        parts += [el("h3", f"{title} ", tally), el("ul", *lines, class_="requirements")]
    if not parts:
        parts = [el("p", view.NO_REQUIREMENTS)]
    if elsewhere:
        told = f"{elsewhere} points for what is shown in other words or elsewhere."
        parts.append(el("p", told, class_="note"))
    hidden = len(evidence) - REQUIREMENTS
    if hidden > 0:
        told = f"{hidden:,} more are left out here; `rolefit explain --json` lists all."
        parts.append(el("p", told, class_="omitted"))
    return el("section", el("h2", "What the job asks for"), *parts)


def _requirement(
    number: int, item: Evidence, explanation: Explanation, prefix: str, earned: str
) -> Html:
    line = item.requirement.line
    asked = view.quote(explanation.job, line, 600)
    target = _anchor(explanation.job, line, f"{prefix}j")
    settled = el("p", view.settled(item), class_="why") if view.settled(item) else EMPTY
    points = el("p", f"{earned} points", class_="why") if earned else EMPTY
    return el(
        "li",
        el("span", str(number), class_="place"),
        el("p", el("a", asked, href=f"#{target}") if target else asked, class_="asked"),
        el("div", el("div", status_html(item.status), points, settled, class_="tags"),
           *_found(item, explanation, prefix)),
        id=f"{prefix}q{number}",
        class_=item.status.replace(" ", "-"),
        tabindex=-1,
    )  # fmt: skip


def _found(item: Evidence, explanation: Explanation, prefix: str) -> list[Html]:
    """The lines that speak for a requirement, or the nearest there is."""
    if not item.support:
        return [el("p", "Not shown in the resume.", class_="why")]
    first, *others = [_quote(support, explanation, prefix) for support in item.support]
    if not view.verified(item):
        return [
            el("p", "Nearest line, not enough:", class_="why"),
            el("div", first, class_="nearest"),
        ]
    if not others:
        return [first]
    more = "1 more line" if len(others) == 1 else f"{len(others)} more lines"
    return [first, el("details", el("summary", more), *others)]


def _quote(support: Support, explanation: Explanation, prefix: str) -> Html:
    said = view.quote(explanation.resume, support.line, 400)
    where = view.page(explanation.resume, support.line)
    target = _anchor(explanation.resume, support.line, f"{prefix}r")
    link = el("a", said, href=f"#{target}") if target else said
    return el("blockquote", link, el("cite", where) if where else EMPTY)


def _anchor(document: Document, line: Line, prefix: str) -> str:
    touched = lines_of(document, line.start, line.end)
    return f"{prefix}{touched[0]}" if touched else ""


def _facts(explanation: Explanation) -> Html:
    if not explanation.comparisons:
        return EMPTY
    rows = [
        el(
            "tr",
            el("th", view.COMPARED.get(fact.name, fact.name), scope="row"),
            el("td", fact.asked),
            el("td", fact.shown or "not shown in the resume"),
            el("td", status_html(fact.verdict)),
        )
        for fact in explanation.comparisons
    ]
    head = el("tr", *(el("th", c, scope="col") for c in ("fact", "asked", "shown", "")))
    table = el("table", el("thead", head), el("tbody", *rows), class_="facts")
    return el("section", el("h2", "Facts compared"), table)


def _skills(explanation: Explanation) -> Html:
    both = [view.pair_label(pair, explanation) for pair in explanation.matched]
    missing = [view.name(skill) for skill in explanation.missing]
    extra = [view.name(skill) for skill in explanation.extra]
    if not (both or missing or extra):
        return el("section", el("h2", "Skills"), el("p", view.NO_SKILLS))
    return el(
        "section",
        el("h2", "Skills"),
        _chips("In both", both, "met"),
        _chips("Asked for, not shown in the resume", missing, "not-shown"),
        _chips("Also in the resume", extra, "extra"),
    )


def _chips(title: str, names: Sequence[str], kind: str) -> Html:
    if not names:
        return EMPTY
    shown = [el("li", label) for label in names[:SKILLS]]
    if len(names) > SKILLS:
        shown.append(el("li", f"and {len(names) - SKILLS} more", class_="rest"))
    head = el("h3", f"{title} ", el("span", f"({len(names)})", class_="count"))
    return join(head, el("ul", *shown, class_=f"chips {kind}"))


def _texts(explanation: Explanation, prefix: str, budget: int) -> Html:
    evidence = list(enumerate(explanation.evidence[:REQUIREMENTS], start=1))
    asked = [
        Mark(item.requirement.line.start, item.requirement.line.end, number, item.status)
        for number, item in evidence
    ]
    shown = [
        Mark(support.line.start, support.line.end, number, item.status,
             faint=place > 0 or not view.verified(item))
        for number, item in evidence
        for place, support in enumerate(item.support)
    ]  # fmt: skip
    panes = [
        ("The resume", explanation.resume, shown, f"{prefix}r"),
        ("The advert", explanation.job, asked, f"{prefix}j"),
    ]
    return el(
        "section",
        el("h2", "Both texts"),
        el("p", "As rolefit read them. Marked lines carry the numbers of the requirements above; "
           "each number leads there.", class_="note"),
        el("div", *(_pane(*pane, budget) for pane in panes), class_="texts"),
    )  # fmt: skip


def _pane(title: str, document: Document, marks: Sequence[Mark], prefix: str, budget: int) -> Html:
    return el(
        "article",
        el("h3", title, " ", el("small", name(document.name))),
        el("div", text_html(document, marks, prefix, budget), class_="text", tabindex=0,
           role="region", aria_label=f"{title}: {name(document.name)}"),
    )  # fmt: skip
