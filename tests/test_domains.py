"""Professions: the head's arithmetic, what a spoilt file says, and the filter of a ranking."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rolefit.bundle import FILES, Bundle, rewrite_manifest
from rolefit.cli import main
from rolefit.domains import Domains
from rolefit.errors import BundleError
from rolefit.matcher import Matcher
from rolefit.records import Domain, likely

NAMES = ("healthcare", "hospitality", "technology")


def _content(bundle: Bundle, **changes: Any) -> dict[str, Any]:
    """A head whose rows are the vectors of three texts, so that each reads like its own."""
    encoder = Matcher(bundle, jobs=1).encoder
    texts = ("nurse hospital patient care", "chef kitchen food staff", "backend python sql data")
    return {
        "format": 1, "encoder": bundle.encoder_sha256, "names": list(NAMES),
        "weights": [list(map(float, encoder.vector(text))) for text in texts],
        "intercepts": [0.0, 0.0, 0.0], "temperature": 0.05,
    } | changes  # fmt: skip


@pytest.fixture
def make(tiny_bundle: Bundle, tmp_path: Path) -> Callable[..., Bundle]:
    """The tiny bundle with a head, one of whose fields may be changed."""

    def made(**changes: Any) -> Bundle:
        folder = Path(shutil.copytree(tiny_bundle.folder, tmp_path / "headed"))
        content = json.dumps(_content(tiny_bundle, **changes))
        (folder / FILES.domains).write_text(content, encoding="utf-8")
        return rewrite_manifest(folder)

    return made


@pytest.fixture
def headed(
    make: Callable[..., Bundle], capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    folder = make().folder

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            main([*map(str, arguments), "--model", str(folder)])
        shown = capsys.readouterr()
        return int(stop.value.code or 0), shown.out, shown.err

    return run


def test_probabilities_are_the_softmax_of_the_logits_over_the_temperature() -> None:
    weights = np.array([[1.0, 0.0], [0.0, 1.0]])
    head = Domains(("a", "b"), weights, np.array([0.0, 0.5]), 0.5)
    # logits 1 and 0.5, over one half: 2 and 1
    expected = np.exp([2.0, 1.0]) / np.exp([2.0, 1.0]).sum()
    assert head.probabilities([1.0, 0.0]) == pytest.approx(expected)
    assert head.probabilities([[1.0, 0.0]] * 3).shape == (3, 2)


def test_domains_come_with_the_most_likely_first() -> None:
    head = Domains(("a", "b"), np.eye(2), np.zeros(2), 1.0)
    found = head.of([0.0, 1.0])
    assert [domain.name for domain in found] == ["b", "a"]
    assert sum(domain.probability for domain in found) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("shares", "kept"),
    [((0.95, 0.03, 0.02), 1), ((0.6, 0.31, 0.09), 2), ((0.4, 0.3, 0.2, 0.1), 3)],
)
def test_likely_domains_are_the_fewest_that_hold_nine_tenths_and_three_at_most(
    shares: tuple[float, ...], kept: int
) -> None:
    assert len(likely(tuple(Domain(str(i), share) for i, share in enumerate(shares)))) == kept


def test_a_bundle_without_domains_scores_and_says_nothing_of_them(tiny_bundle: Bundle) -> None:
    match = Matcher(tiny_bundle, jobs=1).score("A nurse in a hospital.", "A chef in a kitchen.")
    assert match.resume_domains == match.job_domains == ()


def test_a_match_says_which_profession_each_side_reads_like(make: Callable[..., Bundle]) -> None:
    match = Matcher(make(), jobs=1).score("nurse hospital patient care", "chef kitchen food staff")
    assert match.resume_domains[0].name == "healthcare"
    assert match.job_domains[0].name == "hospitality"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"format": 2}, "expected format 1, got 2"),
        ({"names": ["a", "a", "b"]}, "each once"),
        ({"temperature": 0}, "a temperature above 0"),
        ({"intercepts": [0.0, 0.0, float("nan")]}, "finite"),
        ({"weights": [[1.0], [2.0]]}, "a row of finite weights"),
        ({"weights": "none"}, "expected names, weights"),
        ({"encoder": "0" * 64}, "fitted to this bundle's encoder"),
    ],
)
def test_a_spoilt_head_says_what_is_wrong_and_what_to_do(
    make: Callable[..., Bundle], changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(BundleError, match=said) as error:
        _ = Matcher(make(**changes), jobs=1).domains
    assert "rolefit train domains" in str(error.value)


def test_rank_keeps_the_resumes_of_one_profession_and_counts_the_others(
    headed: Callable[..., tuple[int, str, str]], job: Path, pool: Path
) -> None:
    status, out, err = headed("rank", job, pool, "--domain", "Healthcare", "--json")
    content = json.loads(out)
    assert status == 0
    assert [Path(result["file"]).name for result in content["results"]] == ["nurse.txt"]
    assert content["left_out"] == 2
    assert "2 of 3 resumes left out" in err
    assert content["results"][0]["domains"][0]["name"] == "healthcare"
    assert content["job_domains"][0]["name"] == "healthcare"


def test_the_table_says_how_many_were_left_out(
    headed: Callable[..., tuple[int, str, str]], job: Path, pool: Path
) -> None:
    assert "2 resumes of other professions left out" in headed(
        "rank", job, pool, "--domain", "hospitality"
    )[1]  # fmt: skip


def test_csv_has_a_column_for_the_profession(
    headed: Callable[..., tuple[int, str, str]], job: Path, pool: Path
) -> None:
    rows = list(csv.DictReader(io.StringIO(headed("rank", job, pool, "--csv")[1])))
    assert {Path(row["file"]).stem: row["domain"].split()[0] for row in rows} == {
        "nurse": "healthcare", "chef": "hospitality", "coder": "technology",
    }  # fmt: skip


def test_a_domain_that_is_none_lists_those_there_are(
    headed: Callable[..., tuple[int, str, str]], job: Path, pool: Path
) -> None:
    status, _, err = headed("rank", job, pool, "--domain", "magic")
    assert status == 2
    assert all(name in err for name in NAMES)


def test_domain_without_a_head_is_an_error(run: Callable[..., Any], job: Path, pool: Path) -> None:
    result = run("rank", job, pool, "--domain", "healthcare")
    assert result.status == 2
    assert "--domain needs a bundle with professions" in result.err


def test_explain_says_it_in_words_in_json_and_in_html(
    headed: Callable[..., tuple[int, str, str]], job: Path, pool: Path, tmp_path: Path
) -> None:
    pair = (pool / "nurse.txt", job)
    assert "The resume reads like: healthcare (" in headed("explain", *pair)[1]
    domains = json.loads(headed("explain", *pair, "--json")[1])["domains"]
    assert domains["resume"][0]["name"] == domains["job"][0]["name"] == "healthcare"
    headed("explain", *pair, "--html", tmp_path / "page.html")
    assert "The job reads like: healthcare (" in (tmp_path / "page.html").read_text("utf-8")
