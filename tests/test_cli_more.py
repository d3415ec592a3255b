"""The command line around the ranking: model, encode, cache, limits, help."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from conftest import NURSE, Run
from rolefit.bundle import FILES, Bundle
from rolefit.cli import options
from rolefit.reading import Limits


def test_a_bundle_that_is_missing_or_altered_ends_with_2(
    run: Run, job: Path, pool: Path, tiny_bundle: Bundle, tmp_path: Path
) -> None:
    result = run("rank", job, pool, "--model", tmp_path / "[bold]none[/]", model=False)
    assert result.status == 2
    assert "[bold]none[/]: expected a model bundle" in result.err
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in tiny_bundle.folder.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    assert run("model", "verify", "--model", copy, model=False).status == 0
    card = (copy / FILES.card).read_bytes()
    (copy / FILES.card).write_bytes(card[:-1] + b"!")
    result = run("model", "verify", "--model", copy, model=False)
    assert result.status == 2
    assert "altered" in result.err


def test_model_info_names_model_and_features(run: Run, tiny_bundle: Bundle) -> None:
    result = run("model", "info")
    assert "tiny 0" in result.out
    assert "cosine" in result.out
    assert tiny_bundle.sha256 in result.out


def test_limits_are_those_of_the_readers_unless_given(run: Run, job: Path, pool: Path) -> None:
    assert options.limits(options.MAX_MB, options.MAX_PAGES, options.TIMEOUT) == Limits()
    (pool / "large.txt").write_text(NURSE * 100)
    result = run("rank", job, pool, "--json", "--max-mb", "0.01")
    assert [item["error"] for item in result.json["not_read"]] == ["LimitError"]


def test_encode_writes_one_unit_row_a_document(run: Run, pool: Path, tmp_path: Path) -> None:
    result = run("encode", pool, pool / "nurse.txt", "-o", tmp_path / "x.npy")
    assert (result.status, result.out) == (0, f"{tmp_path / 'x.npy'}: 4 x 16 float32\n")
    rows = np.load(tmp_path / "x.npy", allow_pickle=False)
    assert (rows.shape, rows.dtype) == ((4, 16), np.float32)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-5)
    assert rows[3].tobytes() == rows[1].tobytes()  # chef.md, nurse.txt, more/coder.html


def test_encode_refuses_other_suffixes_and_unreadable_files(
    run: Run, pool: Path, tmp_path: Path
) -> None:
    assert run("encode", pool, "-o", tmp_path / "x.csv").status == 2
    (pool / "empty.pdf").touch()
    assert run("encode", pool, "-o", tmp_path / "x.npy").status == 3
    assert not (tmp_path / "x.npy").exists()


def test_a_second_run_reads_the_cache_and_says_the_same(
    run: Run, job: Path, pool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pool / "short.txt").write_text("Nurse.")
    first = run("rank", job, pool, "--json").out
    cache = Path(os.environ["ROLEFIT_CACHE"])
    assert cache.exists()
    from rolefit.encode import TextEncoder

    monkeypatch.setattr(TextEncoder, "encode_document", lambda *_: pytest.fail("encoded again"))
    assert run("rank", job, pool, "--json").out == first


def test_no_cache_leaves_no_file(run: Run, job: Path, pool: Path) -> None:
    assert run("rank", job, pool, "--no-cache").status == 0
    assert not Path(os.environ["ROLEFIT_CACHE"]).exists()


def test_neither_names_nor_words_reach_the_cache(run: Run, job: Path, pool: Path) -> None:
    run("rank", job, pool)
    data = Path(os.environ["ROLEFIT_CACHE"]).read_bytes().lower()
    assert not [word for word in (b"nurse", b"chef", b"kitchen", b"pool") if word in data]


def test_a_cache_that_cannot_be_used_is_said_once_and_fails_nothing(
    run: Run, job: Path, pool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLEFIT_CACHE", str(job / "in" / "a" / "file"))
    result = run("rank", job, pool, "--json")
    assert result.status == 0
    assert result.err.count("\n") == 1
    assert "not kept for next time" in result.err


@pytest.mark.parametrize(
    "command",
    [[], ["rank"], ["score"], ["encode"], ["model"], ["model", "info"], ["train"], ["export"]],
)
def test_help_fits_80_columns(
    run: Run, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = run(*command, "--help", model=False)
    assert result.status == 0
    assert max(map(len, result.out.splitlines())) <= 80
    assert "…" not in result.out
    if command[:1] in (["rank"], ["score"], ["encode"]):
        assert "Exit status: 0" in result.out


@pytest.mark.parametrize(
    "arguments", [["frobnicate"], ["rank"], ["rank", "a"], ["rank", "a", "b", "--top", "0"]]
)
def test_wrong_usage_ends_with_2_and_no_traceback(run: Run, arguments: list[str]) -> None:
    result = run(*arguments, model=False)
    assert (result.status, result.out) == (2, "")
    assert "Traceback" not in result.err


def test_an_option_that_may_be_none_is_told_as_python_3_10_tells_it() -> None:
    import inspect
    from typing import Annotated, Optional

    from rolefit.cli.command import _parameter, option

    own = inspect.Parameter("top", inspect.Parameter.KEYWORD_ONLY, default=None)
    hint = Optional[Annotated[int | None, option(help="N")]]  # noqa: UP045 - as it is told there
    assert _parameter(own, hint).name == "top"


@pytest.mark.parametrize("command", ["score", "explain", "improve", "rank"])
def test_the_title_that_a_person_gives_is_read(run: Run, tmp_path: Path, command: str) -> None:
    job, resume = tmp_path / "job.txt", tmp_path / "resume.txt"
    job.write_text("We bake for forty cafes.\nRequirements\n- Two years as a baker\n")
    resume.write_text("Jo Lund\nNight baker\nExperience\nNight baker, Brannigan, 2015 - 2023\n")
    order = (job, resume) if command == "rank" else (resume, job)
    plain, titled = (
        run(command, *order, "--json", *more).json for more in ((), ("--title", "Night baker"))
    )
    assert plain != titled
    refused = run(command, *order, "--title", "Baker\nand cook")
    assert refused.status == 2
    assert "expected one line" in refused.err


def test_a_title_is_a_jobs_and_no_receipt_holds_one(run: Run, tmp_path: Path) -> None:
    job = tmp_path / "job.txt"
    job.write_text("We bake for forty cafes.\nRequirements\n- Two years as a baker\n")
    assert "--as job" in run("inspect", job, "--title", "Baker", model=False).err
    told = run("inspect", job, "--as", "job", "--title", "Night baker", model=False)
    assert "Night baker" in told.out
    found = run("score", job, job, "--title", "Baker", "--receipt", tmp_path / "r.json")
    assert "exclude each other" in found.err
