"""An audit as an auditor files it: one HTML page, or CSV, with what was audited and how."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rolefit import __version__
from rolefit.audit.counterfactual import MEDIAN, P95, Audit, Shift, templates_sha256
from rolefit.audit.impact import FOUR_FIFTHS, Category, Impact, Table
from rolefit.bundle import Bundle
from rolefit.language.taxonomy import shipped_sha256
from rolefit.report.as_csv import FORMULA
from rolefit.report.html_markup import EMPTY, Html, el, join, page

COUNTERFACTUAL_METHOD = (
    "Each resume was scored against its job many times; one field at a time was swapped and the "
    "rest kept. The e-mail follows the name. In a career gap the earlier job lies further back, so "
    "that the time worked is the same.",
    "A shift is the score of a swap less that of the same resume with what it is compared with. p: "
    "exact where all ways can be counted (at most 20,000), else 10,000 draws with a fixed seed; "
    "where groups have three values or more (names, addresses, schools, hobbies) the values are "
    "permuted between groups, else signs are flipped by resume. The interval holds the shifts that "
    "this test would not reject at 5%. p is given alone and corrected for all tests (Holm).",
    f"A group passes if the median size of its shifts is at most {MEDIAN:g} point and the 95th "
    f"percentile at most {P95:g} points.",
)
COUNTERFACTUAL_LIMITS = (
    "The resumes are made up and few; the names were chosen by hand and stand for how a reader may "
    "perceive a name, not for anybody's sex or origin.",
    "It tests what is swapped and nothing else: not how people of a group write, what they were "
    "allowed to learn, or who applies. A pass is no proof of fairness.",
    "It audits the scores, not the people who use them.",
)
IMPACT_METHOD = (
    "Rates and ratios follow title 6, sections 5-300 and 5-301, of the Rules of the City of New "
    "York, which carry out Local Law 144 of 2021. Scoring rate: share of a category with a score "
    "above the median of all scores in the data. Selection rate: share that was selected. Impact "
    "ratio: rate divided by the highest rate of any category of the same table.",
    "Small: a category of less than 2% of the rows with an outcome. The rule lets an auditor leave "
    "small categories out of the ratios, if the reason, their number and their rate are stated. "
    "Intervals are Wilson's, 95%; the rule does not ask for them.",
    "Unknown: people for whom the category was not stated. They count towards the median.",
)
IMPACT_LIMITS = (
    "The file is taken as it is. Whether these versions made its scores, whom it leaves out, and "
    "whether its categories are those of the law, is for the auditor to establish.",
    f"A ratio below {FOUR_FIFTHS:g} is marked. That is the four-fifths rule of thumb of US federal "
    "agencies (1978), not part of Local Law 144, which sets no bound.",
    "A low ratio is not by itself unlawful, and a high one no proof of fairness. Ratios of small "
    "categories jump with single people; read the intervals.",
    "The law asks for an audit by an independent auditor within a year before use, and for its "
    "summary to be published. This is a calculation, not that auditor.",
)


@dataclass(frozen=True, slots=True)
class Versions:
    """What was audited, to be found again."""

    date: str  # ISO
    bundle: Bundle

    def rows(self) -> tuple[tuple[str, str], ...]:
        return (
            ("date", self.date),
            ("rolefit", __version__),
            ("model", f"{self.bundle.name} {self.bundle.version}"),
            ("model SHA-256", self.bundle.sha256),
            ("taxonomy SHA-256", shipped_sha256()),
        )


def data_of(found: Audit | Impact) -> tuple[tuple[str, str], ...]:
    if isinstance(found, Audit):
        return (
            ("resumes", ", ".join(found.cases)),
            ("scorings", f"{found.scored:,}"),
            ("templates SHA-256", templates_sha256()),
            *(("remark", remark) for remark in found.remarks),
        )
    outcomes = found.outcomes
    rows = [
        ("file", outcomes.name),
        ("file SHA-256", outcomes.sha256),
        ("people", f"{len(outcomes.rows):,}"),
        ("left out for want of an outcome", f"{outcomes.without:,}"),
    ]
    if found.median is not None:
        rows.append(("median score", f"{found.median:g}"))
    for table in found.tables:
        rows.append((f"unknown {table.by}", f"{table.unknown:,}"))
    if found.reason:
        rows.append(("why small categories are left out of the ratios", found.reason))
    return tuple(rows)


def to_csv(found: Audit | Impact, versions: Versions) -> str:
    """The table, then an empty row, then what was audited and the limits: item, value."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    head, rows = _shift_rows(found) if isinstance(found, Audit) else _ratio_rows(found)
    method, limits = _words(found)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    writer.writerow([])
    for name, value in (*versions.rows(), *data_of(found)):
        writer.writerow([name, _cell(value)])
    writer.writerows(["method", line] for line in method)
    writer.writerows(["limit", line] for line in limits)
    return text.getvalue()


def to_html(found: Audit | Impact, versions: Versions) -> str:
    method, limits = _words(found)
    if isinstance(found, Audit):
        title = "Counterfactual audit"
        body = _shift_sections(found)
    else:
        title = f"Impact ratios: {found.outcomes.kind} rates"
        body = join(*(_ratio_section(table, found) for table in found.tables))
    main = el(
        "main",
        el("header", el("h1", title), el("p", f"rolefit {__version__}, {versions.date}")),
        body,
        _facts("What was audited", (*versions.rows(), *data_of(found))),
        _list("Method", method),
        _list("Limits", limits),
    )
    return page(f"{title} · rolefit", main)


def verdict(found: Audit) -> str:
    failed = [shift for shift in found.shifts if not shift.passed]
    bounds = f"{MEDIAN:g} point (median) and {P95:g} (95th percentile)"
    if not failed:
        return f"Passed: all {len(found.shifts)} groups stay within {bounds}."
    return f"Failed: {len(failed)} of {len(found.shifts)} groups do not stay within {bounds}."


def interval(shift: Shift) -> str:
    test = shift.test
    if test.low is None or test.high is None:
        return "too few"
    return f"{_flat(test.low):+.1f} to {_flat(test.high):+.1f}"


def remarks(category: Category) -> str:
    found = []
    if category.small:
        found.append("under 2% of the data")
    if category.left_out:
        found.append("left out of the ratios")
    if category.ratio is not None and category.ratio < FOUR_FIFTHS:
        found.append("below 0.8")
    return ", ".join(found)


def _flat(value: float) -> float:
    """Without a minus before a zero."""
    return round(value, 1) + 0.0


def _words(found: Audit | Impact) -> tuple[Sequence[str], Sequence[str]]:
    if isinstance(found, Audit):
        return COUNTERFACTUAL_METHOD, COUNTERFACTUAL_LIMITS
    return IMPACT_METHOD, IMPACT_LIMITS


def _shift_rows(found: Audit) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    head = ("dimension", "group", "compared_with", "swaps", "tested_units", "unit", "mean_shift",
            "interval_low", "interval_high", "p", "p_corrected", "exact", "median_size",
            "p95_size", "passed")  # fmt: skip
    rows = [
        (s.dimension, s.group, s.against, s.swaps, s.units, s.unit, f"{s.test.shift:.3f}",
         _optional(s.test.low), _optional(s.test.high), f"{s.test.p:.4g}", f"{s.corrected:.4g}",
         "yes" if s.test.exact else "no", f"{s.median:.3f}", f"{s.p95:.3f}",
         "yes" if s.passed else "no")
        for s in found.shifts
    ]  # fmt: skip
    return head, rows


def _ratio_rows(found: Impact) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    head = ("by", "race_ethnicity", "sex", "number", "above", f"{found.outcomes.kind}_rate",
            "rate_low", "rate_high", "impact_ratio", "under_2_percent", "left_out")  # fmt: skip
    rows = [
        (table.by, c.race, c.sex, c.n, c.above, f"{c.rate:.4f}", f"{c.low:.4f}", f"{c.high:.4f}",
         _optional(c.ratio), "yes" if c.small else "no", "yes" if c.left_out else "no")
        for table in found.tables
        for c in table.categories
    ]  # fmt: skip
    return head, rows


def _optional(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _cell(value: object) -> object:
    """Text that a spreadsheet would run gets an apostrophe in front; negative numbers do not."""
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA):
        try:
            float(value)
        except ValueError:
            return f"'{value}"
    return value


def _shift_sections(found: Audit) -> Html:
    verdict_html = el("section", el("p", el("b", verdict(found))), class_="score")
    names = dict.fromkeys(shift.dimension for shift in found.shifts)
    columns = ("group", "compared with", "swaps", "mean shift", "95% interval", "p", "p corrected",
               "median size", "95th", "")  # fmt: skip
    sections = []
    for name in names:
        rows = [
            (s.group, s.against, str(s.swaps), f"{_flat(s.test.shift):+.1f}", interval(s),
             f"{s.test.p:.3f}" + ("" if s.test.exact else "*"), f"{s.corrected:.3f}",
             f"{s.median:.1f}", f"{s.p95:.1f}", _mark(s.passed))
            for s in found.shifts if s.dimension == name
        ]  # fmt: skip
        sections.append(el("section", el("h2", name), _table_html(columns, rows)))
    note = el("p", "Points of 100. * drawn, not counted.", class_="note")
    return join(verdict_html, *sections, note)


def _mark(passed: bool) -> Html:
    return el(
        "span", "pass" if passed else "fail", class_=f"status {'met' if passed else 'partly'}"
    )


def _ratio_section(table: Table, found: Impact) -> Html:
    rows = [
        (c.label, f"{c.n:,}", f"{c.above:,}", f"{c.rate:.1%}", f"{c.low:.0%} to {c.high:.0%}",
         "-" if c.ratio is None else f"{c.ratio:.3f}", remarks(c))
        for c in table.categories
    ]  # fmt: skip
    above = "selected" if found.median is None else "above median"
    columns = ("category", "number", above, f"{found.outcomes.kind} rate", "95% interval",
               "impact ratio", "")  # fmt: skip
    unknown = el("p", f"Unknown, in no category here: {table.unknown:,}.", class_="note")
    return el("section", el("h2", f"By {table.by}"), _table_html(columns, rows), unknown)


def _table_html(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
    head = el("tr", *(el("th", column, scope="col") for column in columns))
    body = [
        el("tr", el("th", row[0], scope="row"), *(el("td", value) for value in row[1:]))
        for row in rows
    ]
    return el("table", el("thead", head), el("tbody", *body)) if body else EMPTY


def _facts(title: str, rows: Sequence[tuple[str, str]]) -> Html:
    body = [el("tr", el("th", name, scope="row"), el("td", value)) for name, value in rows]
    return el("section", el("h2", title), el("table", el("tbody", *body)))


def _list(title: str, lines: Sequence[str]) -> Html:
    return el("section", el("h2", title), el("ul", *(el("li", line) for line in lines)))
