"""Which requirement a person means, and the file in which they are confirmed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from adverts import NURSE_JOB

from rolefit import decide
from rolefit.decided import Confirmed
from rolefit.errors import InputError
from rolefit.reading import from_text


@pytest.fixture
def advert() -> Confirmed:
    return decide.requirements(from_text(NURSE_JOB, name="nurse.txt"))


def saved(tmp_path: Path, content: Any, name: str = "asked.json") -> Path:
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_every_requirement_has_an_id_and_its_words(advert: Confirmed) -> None:
    assert [wish.id for wish in advert.wishes] == ["r1", "r2", "r3", "r4", "r5", "r6"]
    assert advert.wishes[0].text == "You must hold a current RN license."


def test_only_what_the_score_itself_holds_down_for_begins_as_a_must(advert: Confirmed) -> None:
    assert [wish.id for wish in advert.musts] == ["r1"]


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("r4", "r4"),
        (" R4 ", "r4"),
        ("RN licence", "r1"),
        ("registered nurse", "r1"),
        ("Epic", "r4"),
        ("certification in BLS", "r3"),
        ("spanish", "r5"),
    ],
)
def test_a_few_words_mean_the_requirement_that_has_them(
    advert: Confirmed, words: str, id: str
) -> None:
    assert decide.find(advert, words).id == id


def test_words_of_several_requirements_are_refused_with_their_ids(advert: Confirmed) -> None:
    with pytest.raises(InputError, match=r"2 requirements.*r2 .*r6 ") as error:
        decide.find(
            decide.requirements(
                from_text(
                    "Cook\n\nRequirements\n- Bakes bread.\n- Two years of pastry work.\n"
                    "- Cleans the oven daily.\n- Bakes cakes.\n- Sells to guests.\n"
                    "- Three years of pastry work.\n",
                    name="x",
                )
            ),
            "pastry",
        )
    assert "name one by its id" in str(error.value)


def test_what_is_no_requirement_is_refused_with_those_there_are(advert: Confirmed) -> None:
    for option in ({"not_must": ["forklift"]}, {"weights": {"forklift": 2.0}}):
        with pytest.raises(InputError, match=r"forklift.*r1 \(You must hold"):
            decide.choose(advert, **option)  # type: ignore[arg-type]


def test_a_must_that_the_advert_does_not_have_is_added(advert: Confirmed) -> None:
    chosen = decide.choose(advert, must=["forklift licence"])
    assert chosen.wishes[:-1] == advert.wishes
    assert (chosen.wishes[-1].id, chosen.wishes[-1].must) == ("a1", True)


def test_an_id_that_does_not_exist_is_never_added(advert: Confirmed) -> None:
    with pytest.raises(InputError, match="r99"):
        decide.choose(advert, must=["r99"])


def test_one_requirement_cannot_be_a_must_and_no_must(advert: Confirmed) -> None:
    with pytest.raises(InputError, match="one requirement, r1"):
        decide.choose(advert, must=["r1"], not_must=["RN licence"])


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf"), 101.0, True, "2"])
@pytest.mark.parametrize("name", ["needs", "r2"])
def test_a_weight_that_is_no_number_from_0_to_100_is_refused(
    advert: Confirmed, name: str, weight: Any
) -> None:
    with pytest.raises(InputError, match="expected a number from 0"):
        decide.choose(advert, weights={name: weight})


def test_a_requirement_has_one_weight(advert: Confirmed) -> None:
    with pytest.raises(InputError, match="r4 has a weight already"):
        decide.choose(advert, weights={"r4": 2.0, "Epic": 3.0})


@pytest.mark.parametrize("text", ["", "  ", "and the", "x" * 600])
def test_no_words_are_no_requirement(advert: Confirmed, text: str) -> None:
    with pytest.raises(InputError, match="expected words"):
        decide.choose(advert, must=[text])


@pytest.mark.parametrize("name", ["asked.json", "asked.yaml"])
def test_a_file_that_nobody_edited_confirms_the_advert_as_it_is(
    advert: Confirmed, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    assert decide.load(saved(tmp_path, decide.dump(advert, path), name), advert) == advert


def test_decisions_come_back_from_the_file(advert: Confirmed, tmp_path: Path) -> None:
    chosen = decide.choose(
        advert, ["Epic", "own car"], ["RN licence"], {"needs": 2.0, "Spanish": 0.5}
    )
    text = decide.dump(chosen, tmp_path / "x.json")
    assert decide.load(saved(tmp_path, text), advert) == chosen
    assert decide.load(saved(tmp_path, text), advert).sha256 == chosen.sha256 != advert.sha256


def test_a_requirement_that_is_deleted_does_not_count(advert: Confirmed, tmp_path: Path) -> None:
    content = {**advert.as_dict(), "requirements": advert.as_dict()["requirements"][1:]}
    found = decide.load(saved(tmp_path, content), advert)
    assert (found.wishes[0].must, found.wishes[0].weight) == (False, 0.0)
    assert found.wishes[1:] == advert.wishes[1:]


def test_a_requirement_without_an_id_is_added(advert: Confirmed, tmp_path: Path) -> None:
    content = advert.as_dict()
    content["requirements"].append({"text": "own car", "must": True})
    found = decide.load(saved(tmp_path, content), advert)
    assert found == decide.choose(advert, must=["own car"])


def broken(change: Callable[[dict[str, Any]], Any]) -> Callable[[Confirmed], Any]:
    def content(advert: Confirmed) -> Any:
        made = advert.as_dict()
        change(made)
        return made

    return content


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (lambda _: "[]", "expected requirements of schema 1"),
        (lambda _: "{", "expected JSON"),
        (broken(lambda c: c.update(schema=2)), "schema 1"),
        (broken(lambda c: c["job"].update(sha256="0")), "another advert"),
        (broken(lambda c: c.update(requirements={})), "expected a list"),
        (broken(lambda c: c["requirements"][0].update(must="yes")), "must: expected true or false"),
        (broken(lambda c: c["requirements"][0].update(weight=-1)), "expected a number from 0"),
        (broken(lambda c: c["requirements"][0].update(weigth=1)), "got weigth"),
        (broken(lambda c: c["requirements"][0].update(text="RN")), "leave its words as they are"),
        (broken(lambda c: c["requirements"][0].update(id="r50")), "no requirement r50"),
        (broken(lambda c: c["requirements"][1].update(id="r1")), "leave its words|twice"),
        (broken(lambda c: c["requirements"].append({"must": True})), "expected the text"),
        (broken(lambda c: c["parts"].update(luck=1)), "got luck"),
        (broken(lambda c: c["parts"].update(needs=-2)), "expected a number from 0"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_by_field(
    advert: Confirmed, tmp_path: Path, content: Callable[[Confirmed], Any], complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        decide.load(saved(tmp_path, content(advert)), advert)
