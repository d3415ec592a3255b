"""An advert with the title that a person gives it."""

from __future__ import annotations

import pytest

from rolefit.errors import InputError
from rolefit.language.job_facts import job_facts
from rolefit.reading import from_text
from rolefit.reading.titled import titled

ADVERT = "Brannigan & Sons\nWe bake for forty cafes.\nRequirements\n- Two years as a baker\n"


def test_the_title_given_is_the_title_found_and_all_else_keeps_its_words() -> None:
    before = from_text(ADVERT, "job")
    after = titled(before, "  Night   baker (m/f) ")
    found = job_facts(after).title
    assert found is not None
    assert found.value == "Night baker"
    assert after.text.startswith("Job title: Night baker (m/f)\n")
    words = [before.line_text(line) for line in before.lines]
    assert [after.line_text(line) for line in after.lines[1:]] == words
    asked = [after.line_text(one.line) for one in job_facts(after).requirements]
    assert asked == [before.line_text(one.line) for one in job_facts(before).requirements]


@pytest.mark.parametrize("title", ["", "  ", "Baker\nand cook", "b" * 151])
def test_what_is_no_title_is_refused(title: str) -> None:
    with pytest.raises(InputError, match="expected one line"):
        titled(from_text(ADVERT, "job"), title)
