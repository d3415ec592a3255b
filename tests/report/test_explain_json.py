"""The JSON of an explanation and of advice: stable keys, numbers that add up, the same content."""

from __future__ import annotations

import json
from typing import Any

import pytest
from explaining import RESUME, explain

from rolefit.bundle import Bundle
from rolefit.improve import improve
from rolefit.records import Notice
from rolefit.report import explain_json, improve_json


def loaded(bundle: Bundle, **changes: Any) -> Any:
    return json.loads(explain_json.to_json(explain(**changes), bundle))


def test_the_keys_are_those_that_the_module_promises(tiny_bundle: Bundle) -> None:
    content = loaded(tiny_bundle)
    assert list(content) == [
        "schema", "rolefit", "bundle", "resume", "job", "score", "band", "verdict", "parts",
        "elsewhere", "base", "contributions", "before_cap", "capped_by", "requirements",
        "must_haves", "skills", "domains", "facts", "notices", "job_notices",
    ]  # fmt: skip
    assert set(content["requirements"][0]) == {
        "number", "text", "start", "end", "page", "kind", "must", "years", "education", "licences",
        "status", "probability", "strength", "points", "most", "settled_by", "support",
    }  # fmt: skip
    assert set(content["skills"]) == {"matched", "missing", "extra"}


@pytest.mark.parametrize("cap", [None, 40.0])
def test_base_and_points_add_up_to_the_score_before_the_cap(
    tiny_bundle: Bundle, cap: float | None
) -> None:
    content = loaded(tiny_bundle, capped_at=cap)
    total = content["base"] + sum(item["points"] for item in content["contributions"])
    assert total == pytest.approx(content["before_cap"], abs=1e-6)
    assert bool(content["capped_by"]) is (cap is not None)
    assert content["score"] == pytest.approx(cap or content["before_cap"])


def test_spans_point_at_the_words(tiny_bundle: Bundle) -> None:
    explanation = explain()
    for item in explain_json.content(explanation, tiny_bundle)["requirements"]:
        assert explanation.job.text[item["start"] : item["end"]] == item["text"]
        for line in item["support"]:
            assert explanation.resume.text[line["start"] : line["end"]] == line["text"]


def test_notices_of_the_job_and_of_the_resume_are_apart(tiny_bundle: Bundle) -> None:
    content = loaded(tiny_bundle, notices=(Notice("job-short", "j"), Notice("short", "r")))
    assert [n["code"] for n in content["notices"]] == ["short"]
    assert [n["code"] for n in content["job_notices"]] == ["job-short"]


def test_advice_has_what_it_gains_and_what_stays_open(tiny_bundle: Bundle) -> None:
    explanation = explain(RESUME.replace("k8s", "K8s"))
    advice = improve(explanation, lambda text: 50.0 + 3.0 * ("Kubernetes" in text))
    content = json.loads(improve_json.to_json(explanation, advice, tiny_bundle))
    first, second = content["rewordings"]
    assert (first["before"], first["after"], first["gain"], first["counts"]) == (
        "K8s", "Kubernetes", 3.0, True
    )  # fmt: skip
    assert second["counts"] is False
    assert first["requirement"] == "- Kubernetes in production."
    assert (content["score"], content["together"]) == (50.0, 53.0)
    gap = {"kind": "licence", "asked": "driving licence", "shown": "", "cost": 0.0}
    assert gap in content["gaps"]
