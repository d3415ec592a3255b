"""No file outside of the allowed folders can be read, whatever a path looks like."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rolefit.errors import CallError, InputError
from rolefit.mcp.folders import Folders


@pytest.fixture
def allowed(tmp_path: Path) -> Path:
    """A folder with files and links in it, beside what must not be read."""
    folder = tmp_path / "people"
    (folder / "new").mkdir(parents=True)
    (folder / ".git").mkdir()
    (tmp_path / "people-secret").mkdir()
    (tmp_path / "secret").mkdir()
    for name in ("people/ana.txt", "people/new/bo.txt", "people/.git/config", "people/.env",
                 "people-secret/x.txt", "secret/x.txt", "x.txt", "people/all.zip"):  # fmt: skip
        (tmp_path / name).write_text(name)
    (folder / "inside.txt").symlink_to("ana.txt")
    (folder / "link.txt").symlink_to(tmp_path / "x.txt")
    (folder / "relative.txt").symlink_to("../x.txt")
    (folder / "out").symlink_to(tmp_path / "secret")
    (folder / "chain").symlink_to("out")
    (folder / "hides.txt").symlink_to(".env")
    os.mkfifo(folder / "pipe")
    return folder


GOOD = {
    "ana.txt": "ana.txt",
    "./ana.txt": "ana.txt",
    "new//bo.txt": "new/bo.txt",
    "inside.txt": "ana.txt",
    "all.zip/x.txt": "all.zip/x.txt",
}


@pytest.mark.parametrize("named", GOOD)
def test_a_file_in_the_folder_is_found_by_its_way_from_there_and_from_the_root(
    named: str, allowed: Path
) -> None:
    folders = Folders([allowed])
    assert folders.find(named) == allowed / GOOD[named]
    assert folders.find(f"{allowed}/{named}") == allowed / GOOD[named]


@pytest.mark.parametrize(
    "named",
    [
        "../x.txt", "new/../../x.txt", "new/../ana.txt", "..", ".", "", "new", "none.txt",
        "link.txt", "relative.txt", "out/x.txt", "chain/x.txt", "hides.txt", "pipe",
        ".env", ".git/config", "/etc/passwd", "//etc/passwd", "~/x.txt", "ana.txt\0.pdf",
        "ana.txt/../x.txt", "all.zip/../../x.txt", "all.zip/.hidden", "a" * 5000,
        "file:///etc/passwd", "\\\\server\\share\\x.txt", "%2e%2e/x.txt",
        "./../people-secret/x.txt",
    ],
)  # fmt: skip
def test_nothing_else_is_found(named: str, allowed: Path) -> None:
    with pytest.raises(CallError, match="expected a file in one of the allowed folders"):
        Folders([allowed]).find(named)


@pytest.mark.parametrize("name", ["people-secret/x.txt", "x.txt", "secret/x.txt", "PEOPLE/ana.txt"])
def test_nor_is_a_neighbour_by_its_whole_path(name: str, allowed: Path) -> None:
    if (allowed.parent / "PEOPLE").exists():  # where letters are one in either case, it is allowed
        name = "X.TXT"
    with pytest.raises(CallError):
        Folders([allowed]).find(str(allowed.parent / name))


def test_a_refusal_says_the_same_of_what_is_there_and_what_is_not(allowed: Path) -> None:
    said = set()
    for name in ("x.txt", "nothing-like-it.txt"):
        with pytest.raises(CallError) as error:
            Folders([allowed]).find(str(allowed.parent / name))
        said.add(str(error.value))
    assert len(said) == 1


def test_a_folder_is_walked_without_hidden_files_pipes_and_links_that_lead_out(
    allowed: Path,
) -> None:
    found = [path.relative_to(allowed).as_posix() for path in Folders([allowed]).files(allowed)]
    assert found == ["all.zip", "ana.txt", "ana.txt", "new/bo.txt"]


def test_a_folder_is_found_as_a_folder_and_a_file_is_none(allowed: Path) -> None:
    folders = Folders([allowed])
    assert folders.find(".", folder=True) == allowed
    assert folders.find("new", folder=True) == allowed / "new"
    for named in ("ana.txt", "out", "chain", "..", ".git"):
        with pytest.raises(CallError):
            folders.find(named, folder=True)


def test_an_allowed_folder_may_itself_be_a_link(allowed: Path) -> None:
    link = allowed.parent / "link"
    link.symlink_to(allowed)
    folders = Folders([link])
    assert folders.find("ana.txt") == allowed / "ana.txt"
    assert folders.find(str(link / "ana.txt")) == allowed / "ana.txt"


def test_of_two_folders_the_first_that_has_it_counts_and_names_lead_back(allowed: Path) -> None:
    other = allowed.parent / "secret"
    (other / "ana.txt").write_text("other")
    folders = Folders([allowed, other])
    assert folders.find("ana.txt") == allowed / "ana.txt"
    assert folders.find("x.txt") == other / "x.txt"
    for path in (allowed / "ana.txt", other / "ana.txt", other / "x.txt", allowed / "new/bo.txt"):
        assert folders.find(folders.shown(str(path))) == path


def test_without_a_folder_no_file_is_read_and_what_is_no_folder_is_refused(allowed: Path) -> None:
    with pytest.raises(CallError, match="no folder is allowed"):
        Folders([]).find(str(allowed / "ana.txt"))
    with pytest.raises(InputError, match="expected a folder that exists"):
        Folders([allowed / "ana.txt"])
