"""The reference is up to date, what the pages name exists, and nothing is fetched from outside."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from doc_pages import GENERATED, ROOT, blocks, pages

import rolefit
from rolefit import records
from rolefit.cli import app

DOCS = ROOT / "docs"
_INLINE = re.compile(r"`(rolefit [^`]+)`")
_LINK = re.compile(r"\]\((?P<link>[^)\s]+)\)")


def script(name: str) -> ModuleType:
    """docs/NAME.py, which is no package."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("place", ["reference/cli.md", "reference/api.md"])
def test_the_reference_is_what_the_program_says(place: str) -> None:
    written = (DOCS / place).read_text(encoding="utf-8")
    assert written == script("generate").PAGES[place](), "run: python docs/generate.py"


def test_every_public_name_and_record_is_in_the_reference() -> None:
    shown = {name for _, names in script("generate").API for name in names}
    left_out = {"RolefitError", "__version__"}  # a section of its own; no more to say
    assert set(rolefit.__all__) - left_out <= shown
    made = {name for name, value in vars(records).items()
            if isinstance(value, type) and value.__module__ == "rolefit.records"}  # fmt: skip
    assert made <= shown


def command(words: list[str]) -> tuple[Any, list[str]]:
    """The command that the words begin with, and the rest of them."""
    found: Any = app
    while words and words[0] in getattr(found, "commands", {}):
        found, words = found.commands[words[0]], words[1:]
    return found, words


def test_every_command_and_option_that_a_text_names_exists() -> None:
    wrong = []
    for page in (*pages(), "MODEL_CARD.md", "docs/log.md"):
        for written in _INLINE.findall((ROOT / page).read_text(encoding="utf-8")):
            found, rest = command(written.split()[1:])
            if hasattr(found, "commands") and rest[:1] and rest[0][0].islower():
                wrong.append(f"{page}: {written}")
                continue
            known = {name for p in found.params for name in p.opts} | {"-h", "--help", "--version"}
            asked = [word.split("=")[0] for word in rest if re.match("--?[a-z]", word)]
            wrong += [f"{page}: {written}: {name}" for name in asked if name not in known]
    assert wrong == []


def test_every_command_is_in_the_table_of_the_readme() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8")
    names = list(app.commands)
    assert [name for name in names if f"`rolefit {name}" not in table] == []


def test_links_lead_to_files_that_are_there() -> None:
    broken = []
    for page in (*pages(), *GENERATED, "docs/log.md", "MODEL_CARD.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for block in blocks(page):
            text = text.replace(block.body, "")
        for match in _LINK.finditer(text):
            link = match["link"].partition("#")[0]
            if link and "://" not in link and not ((ROOT / page).parent / link).exists():
                broken.append(f"{page}: {link}")
    assert broken == []


def test_every_page_is_in_the_navigation() -> None:
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    found = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")]
    assert [page for page in found if page not in nav] == []


@pytest.mark.parametrize("picture", sorted(DOCS.rglob("*.svg")), ids=lambda path: Path(path).name)
def test_a_picture_loads_nothing_and_says_what_it_shows(picture: Path) -> None:
    svg = picture.read_text(encoding="utf-8")
    outside = re.sub(r'xmlns="[^"]*"', "", svg)
    assert not re.search(r"https?:|@import|@font-face|<script|<image|href=", outside)
    assert "url(" not in outside.replace("url(#", "")
    assert 'aria-label="' in svg or "<title>" in svg


def test_the_picture_of_a_ranking_shows_every_example() -> None:
    svg = (DOCS / "pictures" / "rank.svg").read_text(encoding="utf-8").replace("&#160;", " ")
    names = [path.name for path in (ROOT / "examples" / "resumes").iterdir()]
    assert [name for name in names if name not in svg] == [], "run: python docs/pictures.py"
