"""People and adverts for tests of pools, and what watches a process that is killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

TRADES = {
    "nurse": ("Registered nurse, hospital ward, patient care", "Advert for a nurse on a ward"),
    "chef": ("Chef, kitchen, food and menus", "Advert for a chef in a kitchen"),
    "engineer": ("Software engineer, python, sql, server", "Advert for a backend engineer"),
    "accountant": ("Accountant, ledger, audit, finance", "Advert for an accountant"),
    "teacher": ("Teacher, school, children", "Advert for a school teacher"),
}


def resume(number: int) -> str:
    """Everybody has another text."""
    trade = list(TRADES)[number % len(TRADES)]
    years = number % 23
    words = " ".join(list(TRADES)[(number // 5 + k) % 5] for k in range(number % 7))
    return (
        f"Person Number{number}\n{TRADES[trade][0]}\n\nExperience\n"
        f"{trade.title()}, Employer{number}, {2020 - years} - 2020\n"
        f"- {words or 'work'} with the team for {years} years of experience\n"
    ) + "- care for customers, staff and the site, cost and design\n" * (2 + number % 3)


def write(folder: Path, numbers: Iterator[int] | range) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number in numbers:
        files.append(folder / f"{number}.txt")
        files[-1].write_text(resume(number), encoding="utf-8")
    return files


def bytes_of(pool: Path) -> bytes:
    """All that lies on the disk of a pool."""
    return b"".join(path.read_bytes() for path in sorted(pool.parent.glob(f"{pool.name}*")))
