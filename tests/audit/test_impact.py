"""Impact ratios, against cases computed by hand and against fairlearn where it is installed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from conftest import Run
from rolefit.audit.impact import FOUR_FIFTHS, impact, wilson
from rolefit.audit.outcomes import Outcome, Outcomes, read_outcomes
from rolefit.errors import InputError


def scored(*rows: tuple[str | None, str | None, float]) -> Outcomes:
    people = tuple(Outcome(sex, race, score, None) for sex, race, score in rows)
    return Outcomes("x.csv", "0", people, 0, "scoring")


def ratios(outcomes: Outcomes, table: int, reason: str = "") -> dict[str, float | None]:
    return {c.label: c.ratio for c in impact(outcomes, reason).tables[table].categories}


HAND = scored(  # the median is 50; above it: 60, 70, 80, 90
    ("F", "A", 10), ("F", "A", 60), ("F", "B", 20), ("F", "B", 70),
    ("M", "A", 80), ("M", "A", 90), ("M", "B", 30), ("M", "B", 40), ("M", "B", 50),
)  # fmt: skip


def test_the_scoring_rate_is_the_share_above_the_samples_median() -> None:
    found = impact(HAND)
    assert found.median == 50
    assert [(c.label, c.above, c.n) for c in found.tables[0].categories] == [
        ("F", 2, 4), ("M", 2, 5),
    ]  # fmt: skip


def test_a_score_at_the_median_is_not_above_it() -> None:
    found = impact(scored(("F", "A", 5), ("F", "A", 5), ("M", "A", 5)))
    assert [c.above for c in found.tables[0].categories] == [0, 0]
    assert found.lowest is None  # no rate to divide by, and no ratio made up


def test_a_ratio_is_the_rate_over_the_highest_rate_of_the_same_table() -> None:
    assert ratios(HAND, 0) == pytest.approx({"F": 1.0, "M": (2 / 5) / (2 / 4)})
    assert ratios(HAND, 1) == pytest.approx({"A": 1.0, "B": (1 / 5) / (3 / 4)})
    assert ratios(HAND, 2) == pytest.approx({"A · F": 0.5, "A · M": 1.0, "B · F": 0.5, "B · M": 0})


def test_a_ratio_of_exactly_four_fifths_is_not_below_it() -> None:
    def people(sex: str, above: int, n: int) -> list[tuple[str | None, str | None, float]]:
        return [(sex, "A", 9.0 if i < above else 1.0) for i in range(n)]

    rows = [*people("F", 4, 12), *people("M", 5, 12)]  # as floats (4/12) / (5/12) is below 0.8
    found = impact(scored(*rows, *[(None, None, 5.0)] * 50))
    assert found.lowest == FOUR_FIFTHS


def test_unknown_people_are_counted_and_in_no_category_but_in_the_median() -> None:
    found = impact(scored(("F", None, 1), (None, "A", 2), ("M", "A", 30), (None, None, 40)))
    assert found.median == 16
    assert [table.unknown for table in found.tables] == [2, 2, 3]
    assert [c.label for c in found.tables[2].categories] == ["A · M"]


def many(small: int, score: float) -> Outcomes:
    rows = [("F", "A", float(i % 2)) for i in range(100 - small)]
    return scored(*rows, *[("M", "A", score)] * small)


@pytest.mark.parametrize(("count", "small"), [(1, True), (2, False)])
def test_a_category_is_small_below_two_percent_and_not_at_two(count: int, small: bool) -> None:
    categories = {c.label: c for c in impact(many(count, 9)).tables[0].categories}
    assert categories["M"].small is small
    assert categories["F"].small is False


def test_a_small_category_stays_in_unless_a_reason_is_given() -> None:
    assert ratios(many(1, 9), 0)["F"] == pytest.approx(49 / 99)
    assert ratios(many(1, 9), 0, "too few to tell") == {"F": 1.0, "M": None}
    left = impact(many(1, 9), "too few to tell")
    category = left.tables[0].categories[1]
    assert (category.left_out, category.n, category.rate) == (True, 1, 1.0)  # still stated


def test_wilson_intervals_are_those_of_the_textbook() -> None:
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 5)[0] == 0.0
    assert wilson(5, 5)[1] == 1.0


FILE = """Applicant,Gender,race_ethnicity,selected
1,female,White,yes
2,Female ,White,no
3,male,Black,1
4,male,,0
5,prefer not to say,Black,TRUE
6,male,White,
"""


def test_columns_are_mapped_and_spellings_of_a_category_are_one(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text("\ufeff" + FILE, encoding="utf-8")
    outcomes = read_outcomes(path, {"sex": "Gender"})
    assert (outcomes.kind, outcomes.without, len(outcomes.rows)) == ("selection", 1, 5)
    assert ratios(outcomes, 0) == {"female": 1.0, "male": 1.0}
    assert ratios(outcomes, 1) == {"Black": 1.0, "White": 0.5}
    assert [t.unknown for t in impact(outcomes).tables] == [1, 1, 2]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("a,b\n1,2\n", "expected the columns sex, race_ethnicity, score"),
        ("sex,race_ethnicity,score\nF,A,high\n", "row 2: expected a score as a number"),
        ("sex,race_ethnicity,score\nF,A,nan7\n", "row 2"),
        ("sex,race_ethnicity,score\nF,A,inf\n", "finite"),
        ("sex,race_ethnicity,selected\nF,A,perhaps\n", "expected yes or no"),
        ("sex,race_ethnicity,selected,score\nF,A,1,2\n", "say which to audit"),
        ("sex,race_ethnicity,score\nF,A,\n", "no row has a value"),
        ("", "expected the columns"),
    ],
)
def test_what_cannot_be_audited_is_refused_with_the_place(
    tmp_path: Path, content: str, complaint: str
) -> None:
    path = tmp_path / "o.csv"
    path.write_text(content)
    with pytest.raises(InputError, match=complaint):
        read_outcomes(path)


def test_the_command_prints_80_columns_and_files_both_forms(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text(
        "sex,race_ethnicity,score\n"
        + "".join(
            f"{sex},{race},{i % 7}\n"
            for i in range(120)
            for sex, race in [
                (("Female", "Male")[i % 2], ("=White (Not Hispanic or Latino)", "Asian")[i % 3 > 0])
            ]
        )
    )
    html, table = tmp_path / "r.html", tmp_path / "r.csv"
    result = run("audit", "impact", path, "--html", html, "--csv", table)
    assert result.status == 0
    assert max(map(len, result.out.splitlines())) <= 80
    rows = list(csv.reader(io.StringIO(table.read_text())))
    assert rows[1][:4] == ["sex", "", "Female", "60"]
    items = {row[0]: row[1] for row in rows if len(row) == 2}
    assert {"rolefit", "model SHA-256", "taxonomy SHA-256", "file SHA-256"} <= set(items)
    assert any(row[1].startswith("'=White") for row in rows if len(row) > 2)
    page = html.read_text()
    assert items["model SHA-256"] in page
    assert "four-fifths rule" in page
    assert "<script" not in page


def test_fairlearn_finds_the_same_ratios() -> None:
    metrics = pytest.importorskip("fairlearn.metrics")
    sexes = [row.sex for row in HAND.rows]
    races = [row.race for row in HAND.rows]
    above = [int(row.score > 50) for row in HAND.rows if row.score is not None]
    for features, table in ((sexes, 0), (races, 1), (list(zip(races, sexes, strict=True)), 2)):
        labels = [" · ".join(f) if isinstance(f, tuple) else f for f in features]
        frame = metrics.MetricFrame(
            metrics=metrics.selection_rate, y_true=above, y_pred=above, sensitive_features=labels
        )
        found = ratios(HAND, table)
        theirs = (frame.by_group / frame.by_group.max()).to_dict()
        assert theirs == pytest.approx(found)
        lowest = metrics.demographic_parity_ratio(above, above, sensitive_features=labels)
        assert lowest == pytest.approx(min(v for v in found.values() if v is not None))
