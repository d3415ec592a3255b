"""`rolefit evaluate` on made-up pairs: the right order of systems, honest blanks, refusals."""

from __future__ import annotations

import html.parser
import json
import shutil
from dataclasses import replace

import made
import numpy as np
import pytest

from rolefit.bundle import FILES, MAPPER_FILES, rewrite_manifest
from rolefit.cli import evaluate as command
from rolefit.errors import DataError
from rolefit.evaluation import figures, peers, systems
from rolefit.evaluation.judged import read_documents, read_judged
from rolefit.evaluation.report_html import page
from rolefit.evaluation.report_markdown import markdown
from rolefit.evaluation.result import bins, measured
from rolefit.evaluation.systems import Predicted, cubic
from rolefit.training.pairs import PairFormat


@pytest.fixture
def judged(tmp_path):
    return _judged(tmp_path)


def _judged(folder, **changes):
    pairs, _, resumes, _, jobs = made.write(folder, **changes)
    documents = read_documents(resumes), read_documents(jobs)
    return read_judged([pairs], PairFormat(), documents)


def _system(judged, name, noise, seed=1, **changes):
    rng = np.random.default_rng(seed)
    scores = judged.pairs.scores
    values = np.clip(scores + rng.normal(0, noise, scores.shape), 0, 100)
    return Predicted(name, name, "made up", values, **changes)


def test_a_planted_better_system_is_better_by_more_than_chance(judged):
    found = measured(
        [_system(judged, "good", 6), _system(judged, "poor", 40, seed=2)], judged, 300, 0
    )
    ahead = found[1].ahead
    for key in ("pearson", "spearman", "within_job", "r2", "ndcg10"):
        assert ahead[key].low > 0, key
    for key in ("rmse", "mae"):
        assert ahead[key].high < 0, key
    assert not found[0].ahead


def test_two_systems_of_one_quality_are_not_told_apart(judged):
    pair = [_system(judged, "one", 20), _system(judged, "two", 20, seed=2)]
    ahead = measured(pair, judged, 100, 0)[1].ahead
    assert ahead["pearson"].low < 0 < ahead["pearson"].high


def test_a_paired_difference_is_surer_than_two_intervals(judged):
    """The same system with a little noise more: jobs that are hard are hard for both."""
    good = _system(judged, "good", 15)
    rng = np.random.default_rng(5)
    values = np.clip(good.values + rng.normal(0, 4, good.values.shape), 0, 100)
    found = measured([good, Predicted("near", "near", "", values)], judged, 100, 0)
    own, gap = found[0].measures["rmse"], found[1].ahead["rmse"]
    assert gap.high - gap.low < own.high - own.low


def test_intervals_hold_the_value_and_need_more_than_one_job(tmp_path, judged):
    value = measured([_system(judged, "s", 20)], judged, 200, 0)[0].measures["pearson"]
    assert value.low < value.value < value.high
    alone = _judged(tmp_path / "one", jobs=1)
    value = measured([_system(alone, "s", 20)], alone, 200, 0)[0].measures["pearson"]
    assert (value.low, value.high) == (None, None)
    assert value.why == "one job alone: no interval"


def test_a_job_judged_in_two_blocks_counts_as_two(tmp_path):
    judged = _judged(tmp_path, jobs=2)
    assert judged.n_jobs == 2
    lines = (tmp_path / "pairs.jsonl").read_text().splitlines()
    moved = [line.replace('"b0"', f'"b{i % 2}"') for i, line in enumerate(lines[::2])]
    (tmp_path / "pairs.jsonl").write_text("\n".join(moved))
    documents = [read_documents(tmp_path / f"{name}.jsonl") for name in ("resumes", "jobs")]
    again = read_judged([tmp_path / "pairs.jsonl"], PairFormat(), tuple(documents))
    assert again.n_jobs == 2
    assert set(again.slices) >= {"block", "domain of the resume"}


def test_a_job_judged_in_two_blocks_is_drawn_as_one(judged):
    """Each job judged twice in the same words: twice the pairs, and no more known."""
    n = len(judged.jobs)
    pairs = judged.pairs
    twice = replace(
        judged,
        pairs=replace(
            pairs, rows=np.tile(pairs.rows, (2, 1)), scores=np.tile(pairs.scores, 2),
            weights=np.tile(pairs.weights, 2), blocks=("one",) * n + ("two",) * n,
        ),
        jobs=np.concatenate([judged.jobs, judged.jobs + judged.n_jobs]),
        clusters=np.tile(judged.clusters, 2),
        slices={"block": ("one",) * n + ("two",) * n},
    )  # fmt: skip
    system = _system(judged, "s", 20)
    again = replace(system, values=np.tile(system.values, 2))
    once, both = (measured([s], j, 100, 0)[0] for s, j in ((system, judged), (again, twice)))
    for key in ("pearson", "within_job", "rmse"):
        expected, found = once.measures[key], both.measures[key]
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    alone = replace(twice, clusters=np.zeros(2 * n, dtype=int))
    assert measured([again], alone, 100, 0)[0].measures["rmse"].why == "one job alone: no interval"


def test_two_ids_of_one_jobs_text_are_one_job_to_draw(tmp_path):
    made.write(tmp_path)
    path = tmp_path / "jobs.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    rows[1] |= {name: rows[0][name] for name in ("text", "title")}
    path.write_text("\n".join(map(json.dumps, rows)))
    documents = [read_documents(tmp_path / f"{name}.jsonl") for name in ("resumes", "jobs")]
    found = read_judged([tmp_path / "pairs.jsonl"], PairFormat(), tuple(documents))
    assert (found.n_jobs, found.n_clusters) == (8, 7)


def test_slices_hold_all_pairs_once(judged):
    found = measured([_system(judged, "s", 20)], judged, 0, 0)[0].slices
    for slices in found.values():
        assert sum(part.pairs for part in slices) == len(judged.pairs.scores)
    assert [part.name for part in found["domain of the resume"]] == ["Kitchen", "Nursing"]


def test_reliability_bins_hold_means_and_the_band(judged):
    scores = judged.pairs.scores
    values = np.full(len(scores), 35.0)
    band = np.tile([20.0, 50.0], (len(scores), 1))
    (only,) = bins(Predicted("s", "s", "", values, band), scores, by_judged=False)
    assert (only.low, only.high, only.pairs) == (30, 40, len(scores))
    assert only.judged == pytest.approx(scores.mean())
    assert only.band == (20.0, 50.0)
    assert only.inside == pytest.approx(((scores >= 20) & (scores <= 50)).mean())


def test_a_cubic_never_leaves_0_to_100_or_turns_beyond_what_it_saw():
    values = np.linspace(0.2, 0.8, 50)
    curve = cubic(values, 100 * values**3)
    assert curve(values) == pytest.approx(100 * values**3, abs=3)
    assert curve(np.array([-5.0, 5.0])).tolist() == curve(values[[0, -1]]).tolist()


@pytest.mark.parametrize("similarity", [peers.tfidf, peers.bm25])
def test_a_resume_of_the_jobs_words_is_more_similar_than_another(similarity):
    resumes, jobs = [made.KITCHEN, made.WARD], [made.WARD + " " + made.KITCHEN[:12]]
    kitchen, ward = similarity(resumes, jobs, np.array([[0, 0], [1, 0]]))
    assert 0 <= kitchen < ward <= 1


def test_bm25_is_worked_out_by_hand():
    resumes = ["alpha alpha beta", "beta gamma gamma", "gamma delta delta"]
    (found,) = peers.bm25(resumes, ["alpha gamma"], np.array([[0, 0]]))
    idf_alpha, idf_gamma = np.log1p(2.5 / 1.5), np.log1p(1.5 / 2.5)
    assert found == pytest.approx(idf_alpha * 2 / (2 + 1.5) / (idf_alpha + idf_gamma))


def test_chunks_lose_no_word_and_cut_between_words():
    text = "word " * 500 + "x" * 2_500
    pieces = peers.chunks(text)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert max(map(len, pieces)) <= peers.CHUNK
    assert peers.chunks("") == [""]


def test_the_command_writes_three_reports_that_agree(run, tmp_path):
    out = tmp_path / "out"
    arguments = made.write(tmp_path / "data")
    result = run("evaluate", *arguments, "--peers", "tfidf,bm25,cosine", "-o", out,
                 "--bootstrap", 50)  # fmt: skip
    assert result.status == 0
    found = json.loads((out / "evaluation.json").read_text(), parse_constant=pytest.fail)
    assert [s["name"] for s in found["systems"]] == ["tiny", "tfidf", "bm25", "cosine"]
    assert found["data"]["pairs"] == 128
    rounded = f"{found['systems'][0]['measures']['rmse']['value']:.2f}"
    for text in (result.out, (out / "evaluation.md").read_text(),
                 (out / "evaluation.html").read_text()):  # fmt: skip
        assert rounded in text
    assert max(map(len, result.out.splitlines())) <= 80


def test_similarities_have_no_errors_in_points_until_they_are_fitted(run, tmp_path):
    arguments = made.write(tmp_path / "data")
    fit, *_ = made.write(tmp_path / "fit", seed=1, first=100)
    for name in ("resumes", "jobs"):
        more = (tmp_path / "fit" / f"{name}.jsonl").read_text()
        with (tmp_path / "data" / f"{name}.jsonl").open("a") as file:
            file.write(more)
    values = {}
    for out, extra in (("plain", ()), ("fitted", ("--fit", fit))):
        folder = tmp_path / out
        run("evaluate", *arguments, "--peers", "tfidf", "-o", folder, "--bootstrap", 20, *extra)
        system = json.loads((folder / "evaluation.json").read_text())["systems"][1]
        values[out] = system["measures"]["rmse"]
    assert values["plain"]["value"] is None
    assert values["plain"]["why"] == "similarities, not fitted to scores"
    assert values["fitted"]["value"] < 15


def test_another_bundle_of_the_same_weights_is_not_told_apart(run, tmp_path, tiny_bundle):
    shutil.copytree(tiny_bundle.folder, tmp_path / "recipe")
    arguments = made.write(tmp_path / "data")
    run("evaluate", *arguments, "--peers", "none", "--peer", f"recipe={tmp_path / 'recipe'}",
        "-o", tmp_path / "out", "--bootstrap", 20)  # fmt: skip
    other = json.loads((tmp_path / "out" / "evaluation.json").read_text())["systems"][1]
    assert other["label"] == "recipe"
    assert other["ahead"]["rmse"] == {"value": 0.0, "low": 0.0, "high": 0.0, "why": ""}


def test_cosine_alone_is_the_bundles_own_mapper_for_it(run, tmp_path, tiny_bundle):
    folder = tmp_path / "bundle"
    shutil.copytree(tiny_bundle.folder, folder)
    for name in MAPPER_FILES:
        shutil.copy(folder / name, folder / (FILES.cosine_prefix + name))
    rewrite_manifest(folder)
    run("evaluate", *made.write(tmp_path / "data"), "--peers", "cosine", "-o", tmp_path / "out",
        "--bootstrap", 0, "--model", folder, model=False)  # fmt: skip
    cosine = json.loads((tmp_path / "out" / "evaluation.json").read_text())["systems"][1]
    assert cosine["label"] == "cosine alone"
    assert cosine["ahead"]["rmse"]["value"] == 0
    assert cosine["measures"]["coverage"]["value"] is not None


def test_reserved_documents_are_refused_unless_asked_for(run, tmp_path):
    arguments = made.write(tmp_path / "data", reserved=("R3",))
    refused = run("evaluate", *arguments, "--peers", "none", "-o", tmp_path / "out")
    assert refused.status == 2
    assert "8 pairs are reserved" in refused.err
    assert not (tmp_path / "out").exists()
    allowed = run(
        "evaluate", *arguments, "--peers", "none", "-o", tmp_path / "out", "--reserved",
        "--bootstrap", 0,
    )  # fmt: skip
    assert allowed.status == 0
    assert "a final test" in (tmp_path / "out" / "evaluation.html").read_text()


def test_pairs_that_say_themselves_that_they_are_reserved_are_refused(tmp_path):
    pairs, *_ = made.write(tmp_path)
    rows = [json.loads(line) | {"reserved": True} for line in pairs.read_text().splitlines()]
    pairs.write_text("\n".join(map(json.dumps, rows)))
    with pytest.raises(DataError, match="128 pairs are reserved"):
        read_judged([pairs], PairFormat(), None)


def test_fitting_on_documents_that_are_evaluated_is_refused(run, tmp_path):
    arguments = made.write(tmp_path / "data")
    result = run("evaluate", *arguments, "--fit", arguments[0], "-o", tmp_path / "out")
    assert result.status == 2
    assert "in the training and in the validation pairs" in result.err


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"constant": 40}, "all 128 scores are 40"),
        ({"resumes": 0}, "expected at least 2 scored pairs, got 0"),
    ],
)
def test_pairs_that_cannot_be_measured_are_refused(run, tmp_path, change, says):
    result = run("evaluate", *made.write(tmp_path / "data", **change), "-o", tmp_path / "out")
    assert result.status == 2
    assert says in result.err


def test_unknown_ids_are_listed_with_their_lines(run, tmp_path):
    arguments = made.write(tmp_path / "data")
    with arguments[0].open("a") as file:
        file.write('{"resume": "R999", "job": "J0", "score": 5}\nnot json\n')
    result = run("evaluate", *arguments, "--peers", "none", "-o", tmp_path / "out")
    assert result.status == 2
    assert "line 129: unknown resume 'R999'" in result.err
    assert "line 130: not JSON" in result.err
    result = run(
        "evaluate", *arguments, "--peers", "none", "-o", tmp_path / "out", "--skip-bad-rows",
        "--bootstrap", 0,
    )  # fmt: skip
    assert result.status == 0
    assert "unknown resume 'R999'" in (tmp_path / "out" / "evaluation.md").read_text()


def test_a_peer_whose_packages_are_missing_is_left_out_with_a_line(run, tmp_path, monkeypatch):
    def missing(*_):
        raise ModuleNotFoundError("No module named 'sklearn'", name="sklearn")

    monkeypatch.setattr(peers, "tfidf", missing)
    arguments = made.write(tmp_path / "data")
    result = run("evaluate", *arguments, "--peers", "tfidf", "-o", tmp_path / "out",
                 "--bootstrap", 0)  # fmt: skip
    assert result.status == 0
    assert "TF-IDF cosine is left out" in result.out
    assert '".[evaluate]"' in "".join(result.out.split())


def test_the_peers_of_the_command_are_those_that_there_are():
    assert command.PEERS.split(",") == list(systems.PEERS)


class _Tags(html.parser.HTMLParser):
    """Opens and closes in order; nothing that loads anything."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attrs):
        self.wrong += [(tag, key) for key, _ in attrs if key in ("src", "href") or key[:2] == "on"]
        if tag == "script":
            self.wrong.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


def _evaluation(judged, **changes):
    from rolefit.evaluation.result import Evaluation

    scores = judged.pairs.scores
    first = _system(judged, "first", 15)
    first = Predicted("first", "<b>first</b>", "", first.values,
                      np.stack([first.values - 20, first.values + 20], axis=1))  # fmt: skip
    found = [first, _system(judged, "second", 30, points=False)]
    data = {
        "files": [{"name": "<i>.jsonl", "sha256": ""}], "pairs": len(scores), "resumes": 16,
        "jobs": 8, "judged_jobs": 8, "drawn_jobs": 8, "mean_score": 1.0, "deviation": 2.0,
        "reserved": False, "bootstrap": 20,
    }  # fmt: skip
    return Evaluation(
        "rolefit", {"name": "m&m", "version": "1", "sha256": "0"}, data,
        measured(found, judged, 20, 0), bins(first, scores, by_judged=False),
        bins(first, scores, by_judged=True), ("<script>",),
    )  # fmt: skip


def test_the_page_is_sound_loads_nothing_and_escapes_every_name(judged):
    text = page(_evaluation(judged))
    tags = _Tags()
    tags.feed(text)
    assert (tags.open, tags.wrong) == ([], [])
    assert "<b>first" not in text
    assert "&lt;b&gt;first" in text
    assert ">nan<" not in text.lower()


def test_no_report_says_nan(judged):
    evaluation = _evaluation(judged)
    assert "nan" not in markdown(evaluation).lower().split()
    json.dumps(evaluation.to_json(), allow_nan=False)


def test_the_comparison_shows_only_systems_that_have_the_measure(judged):
    evaluation = _evaluation(judged)
    by_key = {metric.key: svg for metric, svg in figures.compared(evaluation.systems)}
    assert by_key["pearson"].count("<circle") == 2
    assert by_key["rmse"].count("<circle") == 1
