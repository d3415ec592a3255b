"""A country is read where a text says it, and nowhere else."""

from __future__ import annotations

import pytest

from rolefit import read
from rolefit.pool.country import country_of, named


@pytest.mark.parametrize(
    ("head", "country"),
    [
        ("Ana Pop\nNurse\nBerlin, Germany", "DE"),
        ("Jo Bell\n14 Mill Lane, Oadby LE2 4QA", "GB"),
        ("Jo Bell\njo@example.com | Dayton, OH 45402", "US"),
        ("Jo Bell\nSpringfield, IL", "US"),
        ("Lee Tran\nParramatta NSW 2150", "AU"),
        ("Marc Roy\nSherbrooke, QC J1H 5N4", "CA"),
        ("Ife Obi\n+234 803 555 0101", "NG"),
        ("Ife Obi\nTel. 0049 30 1234567", "DE"),
        ("Sam Otieno\nNairobi", "KE"),
        ("Address: Makati\n", "PH"),
        ("Jo Bell\nLeeds\n07700 900123", "GB"),
        ("Wei Li\n0491 570 156", "AU"),
        ("Jo Bell\nNationality: Polish, from Poland\nLeeds", "GB"),
        (
            "Jo Bell\nI have helped small firms in Spain and elsewhere to keep their books",
            "",
        ),
        ("Jo Bell\nEngineer\njo@example.com", ""),
        ("Sales manager, or more\nin charge of me", ""),
        ("Jo Bell\n(555) 123-4567", ""),
    ],
)
def test_a_country_is_read_from_the_head(head: str, country: str) -> None:
    body = "\n".join(f"- did something of note in year {n}" for n in range(30))
    document = read(f"{head}\n{body}\nWorked in Paris, France for a client".encode(), name="a.txt")
    assert country_of(document) == country


def test_countries_are_known_by_name_and_by_letters() -> None:
    assert [named(text) for text in ("uk", "gb", "United  Kingdom", "Scotland")] == ["GB"] * 4
    assert [named(text) for text in ("", "Atlantis", "xx")] == [""] * 3
