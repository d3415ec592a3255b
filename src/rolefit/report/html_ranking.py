"""A ranking as one HTML page: the table of all resumes, then the explanations of the best."""

from __future__ import annotations

from collections.abc import Sequence

from rolefit.decided import Tiering, Weighted
from rolefit.records import Explanation, Match
from rolefit.report import Report, about_resume, verdict, whole
from rolefit.report import decided_view as decided
from rolefit.report import explain_view as view
from rolefit.report.html_explain import (
    BUDGET,
    explanation_html,
    footer,
    name,
    notices_html,
    scale,
)
from rolefit.report.html_markup import EMPTY, Html, el, join, page
from rolefit.report.names import without_folder
from rolefit.report.tiers_view import called, meaning

TEXT_BUDGET = 1_500_000  # characters of all texts in a page
ROWS = 5_000  # of the table; a browser is slow to lay out more


def ranking_html(report: Report, explanations: Sequence[Explanation]) -> str:
    """`explanations` are those of the first of `report.matches`, in the same order.

    The page holds all of `report.matches` as rows, ROWS at most, and says what it leaves out.
    """
    shown = report.matches[:ROWS]
    names = without_folder([match.resume for match in shown])
    count = f"{report.ranked:,} resume{'' if report.ranked == 1 else 's'}"
    head = el("header", el("h1", f"{count} for {name(report.job)}"),
              notices_html(report.about_job, "The job"))  # fmt: skip
    budget = min(BUDGET, TEXT_BUDGET // max(1, 2 * len(explanations)))
    people = [
        _person(place, explanation, label, budget)
        for place, (explanation, label) in enumerate(
            zip(explanations, names, strict=False), start=1
        )
    ]
    body = el(
        "main",
        head,
        _decisions(report),
        _table(report, shown, names, explanations),
        _unread(report),
        join(el("h2", "Why each score", id="why"), *people) if people else EMPTY,
    )
    return page(f"{count} for {name(report.job)} · rolefit", join(body, footer()), script=True)


def _table(
    report: Report,
    shown: Sequence[Match],
    names: Sequence[str],
    explanations: Sequence[Explanation],
) -> Html:
    if not shown:
        return el("section", el("p", "No resume has a score."))
    padded = [*explanations, *[None] * (len(shown) - len(explanations))]
    weights = report.weighted[: len(shown)] or (None,) * len(shown)
    rows = [
        _row(place, match, label, explanation, weighted, report.tiering)
        for place, (match, label, explanation, weighted) in enumerate(
            zip(shown, names, padded, weights, strict=True), start=1
        )
    ]
    columns = [("no.", "ascending"), *([("group", "ascending")] if report.tiering else []),
               ("resume", "ascending"),
               *([("yours", "descending")] if report.weighted else []),
               ("score", "descending"), ("fit", ""),
               ("range", ""), ("met", "descending"), ("notices", "")]  # fmt: skip
    head = el("tr", *(el("th", c, scope="col", data_first=f or None) for c, f in columns))
    remarks = [meaning(report.tiering) + " "] if report.tiering else []
    if len(explanations) < len(shown):
        told = f"best {len(explanations):,}" if explanations else "none"
        remarks.append(f"Explained below: {told}. What is met is read only of those.")
    if hidden := report.ranked - len(shown):
        remarks.append(f"{hidden:,} more have a lower score and are left out here.")
    if report.folded:
        remarks.append(f"{report.folded:,} older files of the same people are named beside them. ")
    if report.left_out:
        remarks.append(f"{report.left_out:,} of other professions were left out on request.")
    return el(
        "section",
        el("table", el("thead", head), el("tbody", *rows), class_="ranking"),
        el("p", "The line shows where the judge's score lies 9 times in 10. ", *remarks,
           class_="note"),
    )  # fmt: skip


def _decisions(report: Report) -> Html:
    """What a person confirmed, and where whoever lacks a must is found."""
    if report.confirmed is None:
        return EMPTY
    told = decided.decisions(report.confirmed) or [("confirmed", "all requirements as they are")]
    note = "Yours is the score by these decisions, score the one without. "
    if any(weighted.lacking for weighted in report.weighted):
        note += (
            "Whoever does not show a must is listed last. It may be there in other words: look "
            "before you decide."
        )
    items = [el("li", el("b", f"{name}: "), text) for name, text in told]
    return el("section", el("h2", "What counts"), el("ul", *items), el("p", note, class_="note"))


def _row(
    place: int,
    match: Match,
    label: str,
    explanation: Explanation | None,
    weighted: Weighted | None,
    tiering: Tiering | None,
) -> Html:
    link = el("a", label, href=f"#p{place}") if explanation else label
    met = el("small", ", ".join(view.met_of(explanation))) if explanation else EMPTY
    share = _share_met(explanation) if explanation else -1.0
    capped = explanation.capped_by if explanation else ""
    notices = [notice.message for notice in about_resume(match)]
    if weighted:
        notices = [*decided.remarks(weighted), *notices]
    yours = (
        el("td", str(whole(weighted.score)), class_="number", data_key=f"{weighted.score:.4f}")
        if weighted
        else EMPTY
    )
    remarks = [el("small", text) for text in ([f"held down: {capped}"] if capped else []) + notices]
    return el(
        "tr",
        el("td", str(place), class_="place", data_key=place),
        _group(tiering, place) if tiering else EMPTY,
        el("th", link, scope="row"),
        yours,
        el("td", str(whole(match.score)), class_="number", data_key=f"{match.score:.4f}"),
        el("td", verdict(match.score), class_="fit"),
        el("td", scale(match.score, match.band),
           el("small", "{}–{}".format(*map(whole, match.band))), class_="range"),  # noqa: RUF001
        el("td", met, class_="met-of", data_key=f"{share:.4f}"),
        el("td", *remarks, class_="about"),
    )  # fmt: skip


def _group(tiering: Tiering, place: int) -> Html:
    tier = tiering.tiers[place - 1]
    people = tiering.people(tier)
    many = el("small", f"one of {people:,}") if people > 1 else EMPTY
    return el(
        "td", str(tier), many, class_="tier", data_key=tier, title=called(tiering, tier) or None
    )


def _share_met(explanation: Explanation) -> float:
    """Must-haves first, then the rest: a number to sort by."""
    evidence = explanation.evidence
    musts = [item.status == "met" for item in evidence if item.requirement.must]
    share = sum(item.status == "met" for item in evidence) / max(1, len(evidence))
    return (sum(musts) / len(musts) if musts else 1.0) * 2 + share


def _person(place: int, explanation: Explanation, label: str, budget: int) -> Html:
    match = explanation.match
    title = el("summary", el("b", f"{place}. {label}"),
               el("span", f"{verdict(match.score)}, {whole(match.score)} of 100"))  # fmt: skip
    # The link leads inside: browsers open what holds their target, even without the script.
    back = el("p", el("a", "Back to the table", href="#top"), id=f"p{place}", class_="back")
    return el("details", title, back, explanation_html(explanation, f"p{place}-", budget),
              class_="person")  # fmt: skip


def _unread(report: Report) -> Html:
    if not report.unread:
        return EMPTY
    items = [
        el("li", el("b", error.file), f": {error.cause}. {error.remedy}") for error in report.unread
    ]
    count = len(report.unread)
    title = f"Not read: {count:,} file{'' if count == 1 else 's'}"
    return el("section", el("h2", title), el("ul", *items))
