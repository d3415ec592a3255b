"""An advert of several openings is told from one that lists duties; titles of boards."""

from __future__ import annotations

import pickle

import pytest

from rolefit.errors import ManyJobsError
from rolefit.language.job_facts import job_facts
from rolefit.language.openings import openings
from rolefit.prepare import check_kind
from rolefit.reading import read

NUMBERED = """Saltmarsh School is growing!
1. Maths Teacher
   Degree in mathematics. Two years of teaching.
2. Caretaker / Electrician
   Qualified electrician, driving licence.
3) School Nurse
   Registered nurse. First aid.
"""
LABELLED = """We have room for more people.
Position: Line Cook
Two years in a kitchen.
Position: Bus Driver
Clean licence, early shifts.
"""


PASTED = """Head Chef
Saltwater Inn, Oban

About the job
A kitchen of six.
Requirements
- 5 years in a kitchen

------

Night Receptionist
Saltwater Inn, Oban

About the job
You welcome guests at night.
Requirements
- Good spoken English
"""


def test_openings_under_numbers_and_labels_are_told_apart() -> None:
    assert openings(NUMBERED) == ["Maths Teacher", "Caretaker / Electrician", "School Nurse"]
    assert openings(LABELLED) == ["Line Cook", "Bus Driver"]


def test_two_adverts_one_below_the_other_are_two() -> None:
    assert openings(PASTED) == ["Head Chef", "Night Receptionist"]
    assert openings(PASTED.replace("------\n\n", "")) == ["Head Chef", "Night Receptionist"]
    once_more = PASTED.replace("Night Receptionist", "Head Chef")
    assert openings(once_more) == []  # one advert, saved twice
    assert openings(PASTED.replace("Night Receptionist", "Also for the night")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Line Cook\n1. Cook for sixty guests.\n2. Train the kitchen staff.\n3. Keep the stores.\n",
        "Nurse\nYou work with:\n1. Doctor\n2. Pharmacist\n3. Physiotherapist\nApply by May.\n",
        "1. Nurse\nTwo years on a ward.\n",
        "Position: Nurse\nTwo years on a ward.\nPosition: Nurse\nAs above, for the night.\n",
        "3. Nurse\nTwo years on a ward.\n4. Cook\nTwo years in a kitchen.\n",
        "Nurse\n\nRequirements\nA licence.\nBenefits\nPay.\n\nRequirements\nTwo.\nBenefits\nCar.",
        "Nurse\n\nRequirements\nA licence.\n\nCook\n\nBenefits\nA pension.\n",
    ],
)
def test_duties_colleagues_and_one_opening_are_no_several(text: str) -> None:
    assert openings(text) == []


def test_a_file_of_several_openings_is_refused_with_what_to_do() -> None:
    with pytest.raises(ManyJobsError, match=r"3 job postings \(Maths Teacher; .*file of its own"):
        check_kind(read(NUMBERED.encode(), name="jobs.txt"), "job")
    check_kind(read(NUMBERED.encode(), name="jobs.txt"), "resume")


def test_the_error_goes_through_a_worker() -> None:
    error = pickle.loads(pickle.dumps(ManyJobsError("jobs.txt", ["Cook", "Nurse"])))
    assert str(error) == str(ManyJobsError("jobs.txt", ["Cook", "Nurse"]))


def test_the_title_of_a_board_is_the_line_that_it_repeats() -> None:
    text = (
        "Tidewater Accountant Group\nSenior Data Engineer\nLeeds\nApply\nSave\n"
        "Senior Data Engineer\nYou keep our pipelines healthy."
    )
    title = job_facts(read(text.encode(), name="x")).title
    assert title is not None
    assert title.value == "Senior Data Engineer"
