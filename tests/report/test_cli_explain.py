"""`explain`, `improve` and `rank --html`: what goes where, and how they end."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import CHEF, Run


def test_explain_shows_the_score_and_its_reasons(run: Run, job: Path, pool: Path) -> None:
    result = run("explain", pool / "nurse.txt", job)
    assert (result.status, result.err) == (0, "")
    for part in ("nurse.txt", "Why this score", "An average pair", "What the job asks for"):
        assert part in result.out


def test_explain_and_score_agree_to_the_last_digit(run: Run, job: Path, pool: Path) -> None:
    scored = run("score", pool / "nurse.txt", job, "--json").json["results"][0]
    told = run("explain", pool / "nurse.txt", job, "--json").json
    assert told["score"] == pytest.approx(scored["score"], abs=1e-4)
    total = told["base"] + sum(item["points"] for item in told["contributions"])
    assert total == pytest.approx(told["before_cap"], abs=1e-6)


def test_explain_writes_a_page_beside_the_json(run: Run, job: Path, pool: Path) -> None:
    page = pool.parent / "why.html"
    result = run("explain", pool / "nurse.txt", job, "--html", page, "--json")
    assert result.json["resume"].endswith("nurse.txt")
    assert f"wrote {page}" in result.err.replace("\n", "")
    assert "Both texts" in page.read_text(encoding="utf-8")


def test_a_page_alone_leaves_the_screen_empty(run: Run, job: Path, pool: Path) -> None:
    page = pool.parent / "why.html"
    assert run("explain", pool / "nurse.txt", job, "--html", page).out == ""
    assert page.exists()


def test_a_page_that_cannot_be_written_is_refused_before_the_work(run: Run, job: Path) -> None:
    result = run("explain", "missing.txt", job, "--html", "no/such/folder/x.html")
    assert result.status == 2
    assert "no folder" in result.err


@pytest.mark.parametrize("command", ["explain", "improve"])
def test_what_cannot_be_read_ends_as_with_score(
    run: Run, job: Path, pool: Path, command: str
) -> None:
    broken = pool / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and then nothing")
    assert run(command, broken, job).status == run("score", broken, job).status == 3
    assert run(command, pool / "none.txt", job).status == 2
    assert run(command, "-", "-").status == 2


def test_one_line_against_one_line_is_explained(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("Nurse")
    (tmp_path / "j.txt").write_text("Wanted")
    result = run("explain", tmp_path / "r.txt", tmp_path / "j.txt")
    assert result.status == 0
    assert "What the job asks for" in result.out
    assert run("improve", tmp_path / "r.txt", tmp_path / "j.txt").status == 0


def test_improve_names_the_adverts_word_and_never_a_lure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(
        "Engineer\n\nRan services on K8s for a year.\nEager to learn JS.\nNo SAP so far.\n"
    )
    (tmp_path / "j.txt").write_text("Engineer\n\nRequirements\n- Kubernetes\n- JavaScript\n- SAP\n")
    result = run("improve", tmp_path / "r.txt", tmp_path / "j.txt", "--json")
    found = [(item["before"], item["after"]) for item in result.json["rewordings"]]
    assert found == [("K8s", "Kubernetes")]
    shown = run("improve", tmp_path / "r.txt", tmp_path / "j.txt").out
    assert "K8s → Kubernetes" in shown
    assert "only if the new one is true" in shown
    assert "→ JavaScript" not in shown


def test_rank_html_explains_the_best_and_lists_the_rest(run: Run, job: Path, pool: Path) -> None:
    page = pool.parent / "all.html"
    (pool / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (pool / "twin.md").write_text(CHEF)
    result = run("rank", job, pool, "--html", page, "--explained", 2)
    assert (result.status, result.out) == (3, "")
    tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
    assert len(tree.css("table.ranking tbody tr")) == 4
    assert len(tree.css("details.person")) == 2
    said = tree.body.text() if tree.body else ""
    assert "broken.pdf" in said
    assert "same text as" in said


def test_rank_html_goes_with_json(run: Run, job: Path, pool: Path) -> None:
    page = pool.parent / "all.html"
    result = run("rank", job, pool, "--html", page, "--json", "--explained", 0)
    assert len(result.json["results"]) == 3
    assert "details" not in {n.tag for n in LexborHTMLParser(page.read_text()).css("main *")}
