"""A report as CSV (RFC 4180): one row a resume, those that could not be read at the end."""

from __future__ import annotations

import csv
import io

from rolefit.decided import Weighted
from rolefit.report import Report, about_resume, reads_like, verdict, whole
from rolefit.report.decided_view import called, sum_of

COLUMNS = (
    "place", "file", "score", "band_low", "band_high", "verdict", "notices", "not_read", "domain",
)  # fmt: skip
DECIDED = ("yours", "must_not_shown", "yours_adds_up")  # where a person decided what counts
TIER = ("tier",)  # who has the same number cannot be told apart
# A cell that begins so is a formula to a spreadsheet, and anybody may choose a file name. The last
# four are the wide forms of the first, which East Asian editions take for the same.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def to_csv(report: Report) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    more = (*(DECIDED if report.confirmed else ()), *(TIER if report.tiering else ()))
    weights = report.weighted or (None,) * len(report.matches)
    writer.writerow([*COLUMNS, *more])
    for place, (match, weighted) in enumerate(zip(report.matches, weights, strict=True), start=1):
        low, high = match.band
        notices = "; ".join(notice.message for notice in about_resume(match))
        writer.writerow(
            [place, _cell(match.resume), whole(match.score), whole(low), whole(high),
             verdict(match.score), _cell(notices), "", reads_like(match.resume_domains),
             *(_decided(weighted) if weighted else ()),
             *([report.tiering.tiers[place - 1]] if report.tiering else ())]
        )  # fmt: skip
    for error in report.unread:
        reason = f"{error.cause}. {error.remedy}"
        writer.writerow(
            ["", _cell(error.file), "", "", "", "", "", _cell(reason), "", *[""] * len(more)]
        )
    return text.getvalue()


def _decided(weighted: Weighted) -> list[str | int]:
    lacking = "; ".join(called(wish) for wish in weighted.lacking)
    return [
        whole(weighted.score),
        _cell(lacking),
        _cell(sum_of(weighted) if weighted.steps else ""),
    ]


def _cell(text: str) -> str:
    """`text`, with an apostrophe in front if a spreadsheet would run it."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
