# ruff: noqa: E501  (lists of what people write)
"""Blind reading: what tells who a person is goes, everything else stays where it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from rolefit.blind import BLOCK, redacted
from rolefit.language.personal import find_masks, impersonal
from rolefit.reading import from_text
from rolefit.records import Document

BODY = """
Summary
Nurse with nine years on wards. Will lead a team; the budget closed in April.

Experience
Charge Nurse, Grant Memorial Hospital, Dayton, OH
June 2018 - Present
- Opened clinics in Jordan and in Virginia with Ernst & Young and Morgan Stanley.
- Saved $1,200,000 in 2019; 30% fewer falls; HIS, HER2 and ISO 9001:2015.
- May rotate between Houston Methodist and Wells Fargo sites, Mon-Fri 08:00-16:30.
Staff Nurse, Ford Motor Company
05/2014 - 05/2018

Education
Bachelor of Science in Nursing, Washington State University
"""
DATES = ("June 2018 - Present", "05/2014 - 05/2018", "2019", "2015")


def dateless(text: str) -> str:
    for date in DATES:
        text = text.replace(date, "".join(" " if not c.isspace() else c for c in date))
    return text


def read_of(document: Document) -> Document:
    return impersonal(document)[0]


def seen(text: str) -> str:
    return read_of(from_text(text, "r")).text


PEOPLE = [
    "Emily Sullivan", "JAMES O'CONNOR", "Ngozi Okonkwo-Adeyemi", "María de los Ángeles Ruiz-Gómez",
    "Nguyễn Thị Minh Khai", "Ludwig van der Berg", "Fatima Al-Hassan", "Kwame Mensah",
    "Björk Guðmundsdóttir", "Wei Zhang", "Sung-ho Kwon", "Srinivasa Ramanathan", "Łukasz Żółkiewski",
    "Oluwaseun Adebayo", "Siobhán Ní Bhriain", "Mehmet Öztürk", "Tāne Parata", "Anastasia Ivanova",
    "João da Silva", "Emily Baker", "D'Andre Jackson", "Jean-Luc Moreau", "Leilani Kealoha", "王小明",
    "Анна Петрова", "April Jordan", "Will Grant", "Virginia Young", "J. R. Whitfield",
]  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_a_name_at_the_head_is_masked_wherever_it_comes_again(name: str) -> None:
    text = f"{name}\nRegistered Nurse\n{BODY}\n{name} - page 2\n"
    masked = seen(text)
    assert name not in masked
    assert masked == dateless(text).replace(
        name, "".join(" " if not c.isspace() else c for c in name)
    )


@pytest.mark.parametrize(
    "head",
    [
        "Chipo Moyo, RN, BSN", "Resume of Chipo Moyo", "CURRICULUM VITAE\nChipo Moyo", "Name: Chipo Moyo",
        "Registered Nurse\nChipo Moyo\nchipo.moyo@example.org", "Moyo, Chipo", "Chipo Moyo | Nurse",
        "chipo moyo\nchipo.moyo@example.org", "Dr. Chipo Moyo", "Chipo (Chi) Moyo",
    ],
)  # fmt: skip
def test_a_name_is_found_in_the_heads_that_people_write(head: str) -> None:
    assert "moyo" not in seen(f"{head}\n{BODY}").lower()


def test_nothing_of_a_body_without_a_person_is_touched() -> None:
    assert find_masks(from_text(BODY, "r")) == ()
    assert seen(BODY) == dateless(BODY)


@pytest.mark.parametrize(
    "head",
    [
        "Accountant", "Customer Service Representative", "HR Administrator", "Virginia Beach, VA",
        "Professional Summary", "Executive Chef", "Project Highlights",
    ],
)  # fmt: skip
def test_titles_and_headings_are_not_taken_for_names(head: str) -> None:
    masks = find_masks(from_text(f"{head}\n{BODY}", "r"))
    assert [mask for mask in masks if mask.kind == "name"] == []


@pytest.mark.parametrize(
    "contact",
    [
        "ana.b@example.org", "(937) 555-0142", "+44 20 7946 0958", "937-555-0142", "+91 98765 43210",
        "937.555.0142", "(937)\n555-0142", "https://example.org/~ana", "linkedin.com/in/ana-b", "www.example.org/ana",
        "github.com/anab", "Phone: 9375550142", "1420 Maple Hill Road, Apt 4B", "PO Box 331",
        "Dayton, OH 45402", "SW1A 1AA", "Lindenstraße 12, 10969 Berlin", "12 rue de Rivoli",
        "Date of birth: 12 March 1985", "DOB 03/12/85", "Age: 41", "41 years old",
        "Pronouns: she/her", "Marital status: married", "Gender: Female", "Address: 7 Hill, Pune",
    ],
)  # fmt: skip
def test_contacts_addresses_and_ages_are_masked(contact: str) -> None:
    masked = seen(f"Chipo Moyo\n{contact}\n{BODY}")
    line = masked.splitlines()[1].strip()
    assert line in ("", "Phone:", "Date of birth:", "Age:", "Pronouns:", "Marital status:",
                    "Gender:", "Address:")  # fmt: skip


def test_the_encoder_reads_no_dates_and_the_facts_do() -> None:
    """Age and gaps are what it could read from them; how long somebody worked is a fact."""
    document = from_text(
        "Experience\nNurse, Lake Hospital, June 2010 - Present\nAide, Oak Home\nsince 2004, to 05/2009\n"
        "Took 1,995 calls in room 2050A.\n", "r",
    )  # fmt: skip
    masked, facts = impersonal(document, as_of=12 * 2020)
    assert (
        masked.text.split()
        == (
            "Experience Nurse, Lake Hospital, Aide, Oak Home since , to Took 1,995 calls in room 2050A."
        ).split()
    )
    assert facts.positions[0].first == 12 * 2010 + 5


def test_graduation_years_are_shown_as_blocks_and_years_of_work_are_not() -> None:
    shown = redacted(from_text(
        "Experience\nNurse, Lake Hospital\nJune 2010 - May 2015\n\nEducation\n"
        "BSc Nursing, City University, May 2009\nMaster of Science, 2011 - 2013\nClass of '05\n",
        "r",
    )).text  # fmt: skip
    assert "June 2010 - May 2015" in shown
    for year in ("2009", "2011", "2013", "'05"):
        assert year not in shown


def test_pronouns_and_gendered_titles_go_and_look_alikes_stay() -> None:
    masked = seen(
        "She led her team and he thanked Mrs. Adler. HIS, HER2, SHE audits, MS Excel, M.S. degree. "
        "They never miss a day; the theme is hers."
    )
    kept = "led team and thanked . . HIS, HER2, SHE audits, MS Excel, M.S. degree. They never miss"
    assert " ".join(masked.split()).startswith(kept)


def test_managers_and_referees_go_where_the_words_before_them_say_so() -> None:
    masked = seen("Experience\nReported to Ingrid Solberg. Reference: Dr. Tunde Bakare.")
    assert "Solberg" not in masked
    assert "Bakare" not in masked
    plain = "Skills\nMs Office, Ms Access. Reported to General Manager and Sales Director."
    assert seen(plain) == plain


def test_offsets_stay_and_quotes_are_the_originals_words() -> None:
    document = from_text(f"Chipo Moyo\nNurse, chipo@example.org\n{BODY}", "r")
    masked, shown = read_of(document), redacted(document)
    assert len(masked.text) == len(shown.text) == len(document.text)
    assert (masked.sha256, masked.name, masked.kind) == (document.sha256, "r", "text")
    for line in masked.lines:
        said = masked.line_text(line)
        assert said == said.strip() != ""
        if "  " not in said and not said.endswith(","):
            assert document.line_text(line) == shown.line_text(line) == said
    assert BLOCK * 5 + " " + BLOCK * 4 in shown.text


def test_two_people_of_the_same_words_read_alike() -> None:
    one = seen(f"Chipo Moyo\nchipo@example.org | 937-555-0142\n{BODY}")
    other = seen(f"Maximiliane Featherstonehaugh\nmax@example.org | +49 30 123456789\n{BODY}")
    assert one.split() == other.split()


def test_a_title_at_the_head_that_the_text_uses_as_words_is_no_name() -> None:
    heads = ("SYSTEM ANALYSIS", "Personnel Screener")
    for head in heads:
        text = f"{head}\nSummary\nSome years of system analysis; screener of personnel.\n{BODY}"
        assert seen(text).startswith(head)


def test_the_notice_counts_what_was_masked_and_promises_no_more() -> None:
    notice = redacted(from_text(f"Chipo Moyo\nchipo@example.org\n{BODY}", "r")).notices[-1]
    assert notice.code == "blind"
    assert notice.message == (
        "masked before scoring: 1 name, 1 contact; others may have been missed"
    )
    assert "nothing found" in redacted(from_text(BODY, "r")).notices[-1].message


@given(st.text(min_size=1).filter(str.strip))
def test_any_text_keeps_its_length_and_its_line_breaks(text: str) -> None:
    document = from_text(text, "r")
    text = document.text  # without the signs that only escape others
    masked = read_of(document)
    assert len(masked.text) == len(text)
    changed = [(a, b) for a, b in zip(text, masked.text, strict=True) if a != b]
    capitals = not any(a.isupper() for a in text)  # a text without any is read in capitals
    assert all((b == " " and not a.isspace()) or (capitals and b == a.upper()) for a, b in changed)


@given(st.text(min_size=1).filter(str.strip))
def test_masking_twice_changes_no_more_words_of_a_plain_text(text: str) -> None:
    once = read_of(from_text(text, "r"))
    assert replace(once, notices=()).lines == once.lines


def test_scores_of_two_people_are_equal_with_and_without_blind(
    run: Run, job: Path, pool: Path
) -> None:
    for name in ("Chipo Moyo", "Maximiliane Featherstonehaugh"):
        (pool / f"{name[:3]}.txt").write_text(f"{name}\n{BODY}")
    results = run("rank", job, pool, "--json").json["results"]
    scores = {Path(r["file"]).name: r["score"] for r in results}
    assert scores["Chi.txt"] == scores["Max.txt"]
    alone = run("score", pool / "Chi.txt", job, "--blind", "--json")
    assert alone.json["results"][0]["score"] == scores["Chi.txt"]
    assert "file names are shown" in alone.err


def test_a_blind_page_shows_blocks_and_no_name(run: Run, job: Path, pool: Path) -> None:
    (pool / "x.txt").write_text(f"Chipo Moyo\n{BODY}")
    out = pool.parent / "o.html"
    assert run("explain", pool / "x.txt", job, "--blind", "--html", out).status == 0
    page = out.read_text()
    assert "Moyo" not in page
    assert BLOCK * 5 in page
    assert "Grant Memorial Hospital" in page
    assert run("rank", job, pool / "x.txt", "--blind", "--html", out).status == 0
    assert "Moyo" not in out.read_text()


@pytest.mark.parametrize(
    "date",
    [
        "01.03.2016 - 30.09.2021", "1.3.2016 – 30.9.2021", "2012.09.01 - 2016.02.28",  # noqa: RUF001
        "01-03-2016 - 30-09-2021",
    ],
)  # fmt: skip
def test_dates_of_digits_are_no_telephone_number(date: str) -> None:
    document = from_text(f"Ada Byron\n\nExperience\nBaker, Larkspur Foods\n{date}\n", "r")
    assert "contact" not in {mask.kind for mask in find_masks(document)}


@pytest.mark.parametrize(
    "line", ["ISO 9001 14001 45001", "Budget of 120 000 000 NOK", "Made 1 200 000 000 parts a year"]
)
def test_norms_and_amounts_are_no_telephone_number(line: str) -> None:
    document = from_text(f"Ada Byron\n\nExperience\nBaker, Larkspur Foods\n- {line}\n", "r")
    assert "contact" not in {mask.kind for mask in find_masks(document)}


@pytest.mark.parametrize("number", ["612 345 678", "06 12 34 56 78", "+49 30 1234 5678"])
def test_a_telephone_number_below_the_head_is_still_found(number: str) -> None:
    document = from_text(f"Ada Byron\n\nExperience\nBaker, 2010 - 2012\nRing {number}\n", "r")
    assert [m.kind for m in find_masks(document)].count("contact") == 1


@pytest.mark.parametrize(
    "date",
    [
        "Mai 2016 - heute",
        "janv. 2016 à déc. 2020",
        "Q1 2016 - Q3 2020",
        "2016-20",
        "Jan2016-Mar2020",
    ],
)
def test_dates_of_every_form_are_kept_from_the_encoder(date: str) -> None:
    assert date[:3] not in seen(f"Ada Byron\n\nExperience\nBaker, Larkspur Foods\n{date}\nBaked\n")
