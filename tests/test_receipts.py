"""Receipts: what was scored can be scored again, and anything else is refused by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, make_tiny_bundle
from rolefit import receipts
from rolefit.bundle import Bundle, rewrite_manifest
from rolefit.matcher import Matcher
from rolefit.reading import read


@pytest.fixture
def nurse(pool: Path) -> Path:
    return pool / "nurse.txt"


@pytest.fixture
def receipt(run: Run, nurse: Path, job: Path, tmp_path: Path) -> Path:
    path = tmp_path / "receipt.json"
    assert run("score", nurse, job, "--receipt", path).status == 0
    return path


def edited(path: Path, **changes: Any) -> Path:
    """A receipt whose writer knew how to compute the digest anew."""
    content = {**json.loads(path.read_text()), **changes}
    path.write_text(receipts.to_json({**content, "digest": receipts.digest(content)}))
    return path


def test_a_receipt_holds_for_the_same_bytes(
    run: Run, receipt: Path, nurse: Path, job: Path
) -> None:
    result = run("verify", receipt, nurse, job)
    assert result.status == 0
    assert "the receipt holds" in result.out


def test_a_receipt_names_everything_the_score_depends_on(receipt: Path) -> None:
    content = json.loads(receipt.read_text())
    assert set(content) == {
        "format", "rolefit", "resume", "job", "bundle", "taxonomy", "features", "score", "band",
        "digest",
    }  # fmt: skip
    assert "cosine" in content["features"]


def test_a_score_with_a_receipt_is_the_same_score(
    run: Run, receipt: Path, nurse: Path, job: Path
) -> None:
    score = run("score", nurse, job, "--json").json["results"][0]["score"]
    assert json.loads(receipt.read_text())["score"] == pytest.approx(score, abs=0.06)


@pytest.mark.parametrize("which", ["resume", "job"])
@pytest.mark.parametrize("place", [0, -1])
def test_one_changed_byte_of_either_document_is_refused(
    run: Run, receipt: Path, nurse: Path, job: Path, which: str, place: int
) -> None:
    path = nurse if which == "resume" else job
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    result = run("verify", receipt, nurse, job)
    assert result.status == 4
    assert f"the {which} is not the one scored: expected " in result.err


def test_a_carelessly_edited_score_is_told_from_the_digest(
    run: Run, receipt: Path, nurse: Path, job: Path
) -> None:
    content = json.loads(receipt.read_text())
    receipt.write_text(json.dumps({**content, "score": 99.0}))
    result = run("verify", receipt, nurse, job)
    assert result.status == 4
    assert "the receipt was edited" in result.err


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"score": 99.0}, "the score differs: expected 99.00"),
        ({"band": [0.0, 1.0]}, "the band differs"),
        ({"features": {"other": 1.0}}, "the features are not those"),
        ({"rolefit": "9.9.9"}, "rolefit is not the version used: expected 9.9.9"),
        ({"taxonomy": "0" * 64}, "the taxonomy is not the one used"),
        ({"bundle": {"sha256": "0" * 64}}, "the model is not the one used"),
        ({"score": "high"}, "wrong type"),
        ({"score": 10**400}, "wrong type"),
        ({"score": float("nan")}, "the score differs: expected nan"),
        ({"band": [float("nan"), float("nan")]}, "the band differs"),
        ({"features": {"cosine": float("nan")}}, "the feature cosine differs"),
        ({"resume": None}, "wrong type"),
    ],
)
def test_a_cleverly_edited_receipt_is_told_from_the_replay(
    run: Run, receipt: Path, nurse: Path, job: Path, changes: dict[str, Any], complaint: str
) -> None:
    result = run("verify", edited(receipt, **changes), nurse, job)
    assert result.status == 4
    assert complaint in result.err


def test_what_goes_wrong_in_scoring_is_not_blamed_on_the_receipt(
    receipt: Path, nurse: Path, job: Path, tiny_bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("of its own")

    matcher = Matcher(tiny_bundle)
    monkeypatch.setattr(Matcher, "score", broken)
    with pytest.raises(ValueError, match="of its own"):
        receipts.verify(receipts.load(receipt), read(nurse), read(job), matcher)


def test_another_bundle_is_refused(
    run: Run, receipt: Path, nurse: Path, job: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    make_tiny_bundle(folder)
    (folder / "CARD.md").write_text("another card\n")
    rewrite_manifest(folder)
    result = run("verify", receipt, nurse, job, "--model", folder, model=False)
    assert result.status == 4
    assert "the model is not the one used" in result.err


def test_every_part_that_differs_is_named_at_once(
    run: Run, receipt: Path, nurse: Path, job: Path
) -> None:
    result = run("verify", receipt, job, nurse)
    assert "the resume is not" in result.err
    assert "the job is not" in result.err


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"format": 1}'])
def test_what_is_no_receipt_is_refused(
    run: Run, nurse: Path, job: Path, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    result = run("verify", path, nurse, job)
    assert result.status == 4
    assert "receipt" in result.err


def test_a_receipt_that_cannot_be_written_is_told_before_the_work(
    run: Run, nurse: Path, job: Path, tmp_path: Path
) -> None:
    result = run("score", nurse, job, "--receipt", tmp_path / "no" / "r.json")
    assert result.status == 2
    assert result.out == ""
