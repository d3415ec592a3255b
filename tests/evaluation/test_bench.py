"""`rolefit evaluate bench` on a tiny benchmark made up here: figures counted by hand, refusals."""

from __future__ import annotations

import json

import numpy as np
import pytest

from rolefit.errors import DataError, InputError
from rolefit.evaluation.bench import FILES, find_bench, read_bench
from rolefit.evaluation.bench_reasons import _f1, advert_counts, evidence_counts, reasons
from rolefit.evaluation.bench_run import evaluate_bench
from rolefit.matcher import Matcher
from rolefit.records import Evidence, Line, Requirement, Support

ADVERT = (
    "Staff nurse\n\nRequirements:\n- nurse with ward experience\n- patient care\n\nFree lunch.\n"
)
RESUMES = (
    "Ada Quill\nSenior nurse\n\nEXPERIENCE\nNurse, Hillside hospital, 2015 - 2022\nPatient care "
    "on the ward every night\n",
    "Ben Moss\nSenior chef\n\nEXPERIENCE\nChef, Pan kitchen, 2015 - 2022\nFood for the staff\n",
)


def _span(text, part):
    start = text.index(part)
    return {"text": part, "span": [start, start + len(part)]}


def _write(folder, **changes):
    """Two resumes and an advert of each split."""
    rows = {name: [] for name in FILES}
    for split in ("train", "test"):
        job = f"J-{split}"
        rows["documents"].append(
            {"id": job, "side": "job", "block": 1, "split": split, "text": ADVERT}
        )
        asks = [_span(ADVERT, "nurse with ward experience"), _span(ADVERT, "patient care")]
        lines = [{"kind": "required", **ask} for ask in asks]
        lines.append({"kind": "benefit", **_span(ADVERT, "Free lunch.")})
        rows["adverts"].append({"job": job, "title": _span(ADVERT, "Staff nurse"), "lines": lines})
        for number, (text, score) in enumerate(zip(RESUMES, (80, 6), strict=True)):
            name = f"R-{split}{number}"
            rows["documents"].append(
                {"id": name, "side": "resume", "block": 1, "split": split, "text": text}
            )
            rows["parts"].append({"resume": name, "job": job, "score": score})
            quote = None if number else _span(text, "Patient care on the ward")
            for ask in asks:
                rows["evidence"].append(
                    {
                        "resume": name, "job": job, "requirement": ask["text"],
                        "requirement_span": ask["span"], "status": "not shown" if number else "met",
                        "quote": quote and quote["text"], "quote_span": quote and quote["span"],
                    }
                )  # fmt: skip
            rows["facts"].append(
                {"resume": name, "level": "senior", "years": 7, "licences": [], "degrees": [],
                 "skills": []}
            )  # fmt: skip
    rows.update(changes)
    folder.mkdir(exist_ok=True)
    for name, found in rows.items():
        text = "".join(json.dumps(row) + "\n" for row in found)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def _evidence(text, part, status, *support):
    start = text.index(part)
    line = Line(start, start + len(part), 1)
    found = tuple(Support(Line(*place, 1), 0.5) for place in support)
    return Evidence(Requirement(line, "required", False, None, "", ()), status, 0.5, found, "")


def test_a_split_holds_its_own_documents_alone(tmp_path):
    bench = read_bench(_write(tmp_path / "b"), "test")
    assert sorted(bench.texts) == ["J-test", "R-test0", "R-test1"]
    assert [row["score"] for row in bench.parts] == [80, 6]
    assert len(read_bench(tmp_path / "b", "all").evidence) == 2 * len(bench.evidence)


def test_a_span_that_is_elsewhere_in_the_text_is_refused_with_both_texts(tmp_path):
    wrong = {"job": "J-test", "title": {"text": "Staff nurse", "span": [3, 14]}, "lines": []}
    folder = _write(tmp_path / "b", adverts=[wrong])
    with pytest.raises(DataError, match=r"'Staff nurse' at \[3, 14\] of J-test"):
        read_bench(folder, "test")


def test_a_label_of_an_unknown_document_is_refused(tmp_path):
    folder = _write(tmp_path / "b", facts=[{"resume": "R-nobody"}])
    with pytest.raises(DataError, match="R-nobody"):
        read_bench(folder, "test")


def test_a_folder_without_the_files_and_an_unknown_split_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"documents\.jsonl"):
        read_bench(tmp_path)
    with pytest.raises(InputError, match="dev"):
        read_bench(_write(tmp_path / "b"), "dev")


def test_the_benchmark_of_the_checkout_is_found_and_every_span_in_it_holds(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    bench = read_bench(find_bench(None), "all")
    assert (len(bench.parts), len(bench.adverts), len(bench.facts)) == (3600, 120, 240)
    for row in bench.parts:
        whole = row["function"] + row["needs"] + row["seniority"] + row["credentials"]
        assert row["score"] == (min(60, whole) if row["cap"] else whole)


def test_a_requirement_is_held_against_the_evidence_that_overlaps_it_most(tmp_path):
    bench = read_bench(_write(tmp_path / "b"), "test")
    labels = [row for row in bench.evidence if row["resume"] == "R-test0"]
    place = labels[0]["quote_span"]
    given = [
        _evidence(ADVERT, "nurse with ward experience", "met", place),
        _evidence(ADVERT, "- patient care", "partly", (0, 9)),
    ]
    counts, table = {}, np.zeros((3, 4))
    evidence_counts(labels, given, counts, table)
    assert counts["status"] == [1, 2]
    assert counts["quote"] == [1, 2]
    assert counts["false_met"] == [0, 1]
    assert table[0].tolist() == [1, 1, 0, 0]


def test_a_requirement_that_was_not_found_is_wrong_and_a_false_met_is_counted(tmp_path):
    bench = read_bench(_write(tmp_path / "b"), "test")
    labels = [row for row in bench.evidence if row["resume"] == "R-test1"]
    given = [_evidence(ADVERT, "patient care", "met", (0, 8))]
    counts, table = {}, np.zeros((3, 4))
    evidence_counts(labels, given, counts, table)
    assert counts["status"] == [0, 2]
    assert counts["status_found"] == [0, 1]
    assert counts["false_met"] == [1, 1]
    assert table[2].tolist() == [1, 0, 0, 1]


def test_one_line_that_is_the_evidence_for_all_is_most_used_wholly():
    given = [_evidence(ADVERT, part, "met", (0, 9)) for part in ("nurse", "ward", "patient")]
    counts = {}
    evidence_counts([], given, counts, np.zeros((3, 4)))
    assert counts["most_used"] == [1, 1]


def test_macro_f1_is_the_mean_of_three():
    right = np.diag([4, 2, 6])[:, :3]
    assert _f1(np.concatenate([right, np.zeros((3, 1))], axis=1)[None], 0, 0).value == 1.0
    missing = np.array([[[4.0, 0, 0, 0], [0, 0, 0, 2], [0, 0, 6, 0]]])
    assert _f1(missing, 0, 0).value == pytest.approx(2 / 3)


def test_own_labels_are_measured_with_a_matcher(tmp_path, tiny_bundle):
    bench = read_bench(_write(tmp_path / "b"), "all")
    matcher = Matcher.load(tiny_bundle.folder, as_of="document")
    found = reasons(matcher, bench, bootstrap=50)
    assert found.counted == {"requirements": 8, "pairs": 4, "adverts": 2, "resumes": 4}
    assert found.values["years"].value == 1.0
    assert found.values["taken"].value == 0.0
    assert found.values["status"].low <= found.values["status"].value
    counts = advert_counts(bench.adverts[0], matcher.intake.job(ADVERT))
    assert counts["recall"] == [2, 2]


def test_peers_are_fitted_on_the_other_part_and_blank_in_points_without_one(tmp_path, tiny_bundle):
    folder = _write(tmp_path / "b")
    matcher = Matcher.load(tiny_bundle.folder, as_of="document")
    found = evaluate_bench(matcher, folder, "test", ["bm25"], bootstrap=0)
    assert found.systems[1].measures["rmse"].value is not None
    whole = evaluate_bench(matcher, folder, "all", ["bm25"], bootstrap=0)
    assert whole.systems[1].measures["rmse"].value is None
    assert whole.systems[1].measures["pearson"].value is not None


def test_the_command_prints_both_tables_and_json(tmp_path, run):
    folder = _write(tmp_path / "b")
    words = ("evaluate", "bench", folder, "--peers", "tfidf",
             "--bootstrap", "20")  # fmt: skip
    shown = run(*words)
    assert shown.status == 0, shown.err
    assert "TF-IDF cosine" in shown.out
    assert "called met, but not shown" in shown.out
    told = json.loads(run(*words, "--json").out)
    assert told["pairs"] == 2
    assert told["reasons"]["counted"]["requirements"] == 4
    assert run("evaluate", "bench", folder, "--split", "dev").status == 2
