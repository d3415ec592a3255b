"""`rolefit evaluate long`, reading in windows, and --strict and --windows of the commands."""

from __future__ import annotations

import json
import shutil
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolefit.bundle import FILES
from rolefit.encode import TextEncoder, cut_windows
from rolefit.evaluation.long import Beyond, Placed, _bars, _beyond_bars, written
from rolefit.evaluation.long_texts import CASES, paragraphs
from rolefit.intake import open_encoder
from rolefit.reading import from_text
from rolefit.records import Line, Tokens
from rolefit.tokens import Tokenizer

LONG = "Nurse of a ward, patient care and audit.\n" * 200


def _uncut(bundle):
    return TextEncoder(bundle, Tokenizer(bundle.path(FILES.tokenizer), sys.maxsize), jobs=1)


@given(count=st.integers(3, 400), limit=st.integers(10, 40))
def test_windows_hold_every_token_count_each_once_and_stay_within_the_limit(count, limit):
    spans = np.stack([np.arange(count), np.arange(count) + 1], axis=1)
    windows = cut_windows(Tokens(np.arange(count), spans, 0), limit)
    assert {int(i) for window, _ in windows for i in window.ids} == set(range(count))
    assert sum(new for _, new in windows) == count - 2
    for window, new in windows:
        assert len(window.ids) <= limit
        assert new > 0
        assert (window.ids[0], window.ids[-1]) == (0, count - 1)


def test_a_text_within_the_limit_is_the_same_with_windows_to_the_last_bit(tiny_bundle):
    document = from_text("Senior nurse\nward staff\npython", "d")
    cut, windowed = (e.encode_document(document) for e in (open_encoder(tiny_bundle),
                                                           _uncut(tiny_bundle)))  # fmt: skip
    np.testing.assert_array_equal(cut.vector, windowed.vector)
    np.testing.assert_array_equal(cut.lines, windowed.lines)


def test_a_longer_text_is_read_to_its_end_in_windows(tiny_bundle):
    document = from_text(LONG + "Python server.", "d")
    cut = open_encoder(tiny_bundle).encode_document(document)
    found = _uncut(tiny_bundle).encode_document(document)
    assert cut.dropped
    assert not cut.lines[-1].any()
    assert found.dropped == 0
    assert found.n_tokens == cut.n_tokens + cut.dropped
    np.testing.assert_allclose(np.linalg.norm(found.lines, axis=1), 1, atol=1e-5)
    assert np.linalg.norm(found.vector) == pytest.approx(1, abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(cuts=st.lists(st.integers(1, 7_000), min_size=1, max_size=40, unique=True))
def test_every_unit_has_the_vector_that_it_has_alone_in_one_run(tiny_bundle, cuts):
    """The tiny encoder sees no context, so a unit's vector is the same in whichever window."""
    ends = [*sorted(cuts), len(LONG)]
    units = [Line(a, b, 1) for a, b in zip([0, *ends], ends, strict=False)]
    short = [unit for unit in units if unit.end - unit.start < 120]  # less than the overlap
    found = _uncut(tiny_bundle).encode_units(LONG, short).lines
    for unit, row in zip(short, found, strict=True):
        if not LONG[unit.start : unit.end].strip():
            continue
        tokens = _uncut(tiny_bundle).tokenize(LONG)
        inside = (tokens.spans[:, 0] >= unit.start) & (tokens.spans[:, 0] < unit.end)
        inside &= tokens.spans[:, 1] > tokens.spans[:, 0]
        if inside.any():
            window = Tokens(tokens.ids[inside], tokens.spans[inside], 0)
            alone = _uncut(tiny_bundle).run(window)[0]
            np.testing.assert_allclose(row, alone, atol=1e-4)


def test_a_unit_longer_than_a_window_is_pooled_where_it_begins(tiny_bundle):
    units = [Line(0, 30, 1), Line(30, len(LONG), 1)]
    assert _uncut(tiny_bundle).encode_units(LONG, units).lines.any(axis=1).all()


@pytest.fixture
def long_resume(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text(LONG)
    return path


def test_strict_makes_a_truncated_resume_an_error_with_counts(run, long_resume, job):
    assert run("score", long_resume, job).status == 0
    result = run("score", long_resume, job, "--strict")
    assert result.status == 3
    assert "only the first 512 of" in result.err
    assert "--windows" in result.err
    assert run("score", long_resume, job, "--strict", "--windows").status == 0


def test_windows_see_what_stands_behind_the_limit(run, tmp_path, job):
    scores = {}
    for name, end in (("plain", "Kitchen food."), ("rich", "Hospital nurse experience. " * 40)):
        (tmp_path / f"{name}.txt").write_text(LONG.replace("Nurse", "Chef") + end)
        for way in ((), ("--windows",)):
            result = run("score", tmp_path / f"{name}.txt", job, "--json", *way)
            scores[name, bool(way)] = result.json["results"][0]["score"]
    assert scores["plain", False] == scores["rich", False]
    assert scores["plain", True] != scores["rich", True]


def test_rank_strict_lists_a_truncated_resume_as_not_read(run, pool, job, long_resume):
    result = run("rank", job, pool, long_resume, "--strict", "--json")
    assert result.status == 3
    assert [r["file"] for r in result.json["not_read"]] == [str(long_resume)]
    assert len(result.json["results"]) == 3


def test_a_truncated_job_is_refused_with_strict(run, long_resume, pool):
    result = run("rank", long_resume, pool, "--strict")
    assert result.status == 2
    assert "the job is longer than the model reads" in result.err


def test_a_receipt_of_windows_is_refused(run, long_resume, job, tmp_path):
    result = run("score", long_resume, job, "--windows", "--receipt", tmp_path / "r.json")
    assert result.status == 2


@pytest.mark.parametrize("place", [400, 2_000, 5_900])
def test_the_paragraph_stands_near_the_place_asked_for(tiny_bundle, place):
    """Within a paragraph of plain work; the tiny tokenizer spells most words, so they are long."""
    encoder = _uncut(tiny_bundle)
    text = written(encoder, CASES[0], place, 6_000)
    tokens = encoder.tokenize(text)
    at = int(np.argmax(tokens.spans[:, 0] >= text.index(CASES[0].decisive)))
    longest = max(len(encoder.tokenize(part).ids) for part in paragraphs(30))
    assert abs(at - place) <= longest
    assert 5_000 < len(tokens.ids) < 7_000


def test_plain_work_is_the_same_each_time_and_says_nothing_of_the_jobs():
    parts = paragraphs(200)
    assert parts == paragraphs(200)
    assert len(set(parts)) > 190
    text = " ".join(parts).lower()
    for word in ("nurse", "python", "software", "patient", "budget", "cpa", "analyst", "engineer"):
        assert word not in text


def _runs(*moves):
    return [Placed("w", "c", at, 100, 20.0, 20.0 + move) for at, move in enumerate(moves)]


def test_a_score_that_moves_by_less_than_half_further_back_is_missed():
    assert [bar.met for bar in _bars(_runs(10, 9, 5), 3)] == [True, True]
    assert [bar.met for bar in _bars(_runs(10, 9, 4.9), 3)] == [True, False]


def test_a_score_that_does_not_move_at_all_is_missed_not_divided_by():
    bars = list(_bars(_runs(0, 0, 0), 3))
    assert [bar.met for bar in bars] == [False, False]
    assert bars[1].got == "nothing moved at the first"


def test_a_cut_without_counts_and_windows_that_see_nothing_are_missed():
    said = "only the first 8,192 of 9,300 tokens were read"
    met = [bar.met for bar in _beyond_bars(Beyond(9_300, 8_192, said, 6.0, 10.0))]
    assert met == [True, True]
    missed = [bar.met for bar in _beyond_bars(Beyond(9_301, 8_192, said, 4.0, 10.0))]
    assert missed == [False, False]


def test_the_command_measures_each_place_with_whatever_encodes(run, tmp_path, tiny_bundle):
    folder = tmp_path / "roomy"  # the tiny tokenizer spells most words: 512 tokens are few
    shutil.copytree(tiny_bundle.folder, folder)
    manifest = json.loads((folder / FILES.manifest).read_text())
    manifest["encoder"]["max_tokens"] = 4_096
    (folder / FILES.manifest).write_text(json.dumps(manifest))
    out = tmp_path / "out"
    result = run("evaluate", "long", "--at", "100,1000,3000", "--resumes", 1, "-o", out,
                 "--onnx", folder / FILES.encoder, "--model", folder, model=False)  # fmt: skip
    assert result.status == 0
    found = json.loads((out / "long.json").read_text(), parse_constant=pytest.fail)
    assert [row["way"] for row in found["places"]] == ["bundle (INT8)"] * 3 + ["ONNX fp32"] * 3
    int8, fp32 = found["places"][:3], found["places"][3:]
    assert [row["moved"] for row in int8] == [row["moved"] for row in fp32]  # one file, twice
    assert [bar["met"] for bar in found["bars"] if "counts" in bar["name"]] == [True]
    assert max(map(len, result.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("at", "says"),
    [("100,9000", "take lower places"), ("9,3", "rising"), ("x", "rising"), ("5", "rising")],
)
def test_places_that_cannot_be_are_refused(run, tmp_path, at, says):
    result = run("evaluate", "long", "--at", at, "--resumes", 1, "-o", tmp_path)
    assert result.status == 2
    assert says in result.err
