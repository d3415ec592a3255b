"""ESCO as somebody downloaded it: compiled, found in documents, and a model fitted with it."""

import csv
import io
import json
import shutil
import zipfile

import pytest

from rolefit.bundle import Bundle
from rolefit.language import build, taxonomy
from rolefit.training import fit
from rolefit.training.crossfit import MapperSettings

pytestmark = pytest.mark.slow
QUICK = MapperSettings(hidden_layers=(3,), folds=2, max_epochs=2, alphas=(1.0,), min_band_pairs=10)
ESCO = "http://data.europa.eu/esco"
COLUMNS = (
    "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,"
    "modifiedDate,scopeNote,definition,inScheme,description"
).split(",")


def table(columns, rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def skill(number, label, others="", reuse="sector-specific"):
    return {"conceptType": "KnowledgeSkillCompetence", "conceptUri": f"{ESCO}/skill/{number}",
            "skillType": "skill/competence", "reuseLevel": reuse, "preferredLabel": label,
            "altLabels": others, "status": "released"}  # fmt: skip


FILES = {
    "skills_en.csv": table(COLUMNS, [
        skill("a1", "brew herbal tinctures", "prepare herbal tinctures\nherbal tincture making"),
        skill("a2", "interact verbally in Bosnian", "speak fluent Bosnian", "transversal"),
        skill("a3", ""),
    ]),
    "broaderRelationsSkillPillar_en.csv": table(
        ("conceptType", "conceptUri", "broaderType", "broaderUri"),
        [{"conceptUri": f"{ESCO}/skill/a1", "broaderUri": f"{ESCO}/skill/S1.2.3"},
         {"conceptUri": f"{ESCO}/skill/a2", "broaderUri": f"{ESCO}/skill/L1"}],
    ),
    "skillGroups_en.csv": table(
        ("conceptType", "conceptUri", "preferredLabel"),
        [{"conceptUri": f"{ESCO}/skill/S1.2.3", "preferredLabel": "preparing remedies"},
         {"conceptUri": f"{ESCO}/skill/L1", "preferredLabel": "languages"}],
    ),
}  # fmt: skip


@pytest.fixture(params=["folder", "zip"])
def export(request, tmp_path):
    if request.param == "zip":
        with zipfile.ZipFile(tmp_path / "export.zip", "w") as packed:
            for name, text in FILES.items():
                packed.writestr(f"ESCO dataset - v1.2.0/{name}", "\ufeff" + text)
        return tmp_path / "export.zip"
    (tmp_path / "export").mkdir()
    for name, text in FILES.items():
        (tmp_path / "export" / name).write_text("\ufeff" + text)
    return tmp_path / "export"


def test_an_own_esco_is_compiled_found_fitted_and_scored_with(
    export, tmp_path, tiny_bundle, run, monkeypatch, capsys
):
    own = tmp_path / "own.json.gz"
    build.main(["--esco", str(export), "-o", str(own)])
    assert f"set ROLEFIT_TAXONOMY to {own}" in capsys.readouterr().out
    resume, job = tmp_path / "resume.txt", tmp_path / "job.txt"
    resume.write_text("Nurse. Ten years of patient care.\nPrepares herbal tinctures; Bosnian.\n"
                      "I speak fluent Bosnian.\n")  # fmt: skip
    job.write_text("Nurse wanted.\nYou brew herbal tinctures.\n")
    assert (
        run("skills", resume, "--json", model=False).json["taxonomy"] != taxonomy.load(own).sha256
    )

    monkeypatch.setenv("ROLEFIT_TAXONOMY", str(own))
    found = run("skills", resume, "--json", model=False).json
    kinds = {one["label"]: (one["group"], one["kind"]) for one in found["skills"]}
    assert kinds["brew herbal tinctures"] == ("preparing remedies", "skill")
    assert kinds["interact verbally in Bosnian"] == ("languages", "language")

    other = shutil.copytree(tiny_bundle.folder, tmp_path / "bundle")
    manifest = json.loads((other / "manifest.json").read_text())
    manifest["taxonomy"] = "f" * 64
    (other / "manifest.json").write_text(json.dumps(manifest))
    refused = run("score", resume, job, "--model", other, model=False)
    assert refused.status == 2
    assert f"rolefit train mapper PAIRS --model {other}" in refused.err

    monkeypatch.setattr(fit, "MapperSettings", lambda **_: QUICK)
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(table(("resume", "job", "score"), [
        {"resume": f"Nurse {i}. Care of patients.", "job": f"Ward {j} wants a nurse.",
         "score": (17 * i + 31 * j) % 100} for i in range(10) for j in range(8)
    ]))  # fmt: skip
    taught = run("train", "mapper", pairs, "--model", other, model=False)
    assert taught.status == 0, taught.err
    assert Bundle.open(other).taxonomy == taxonomy.load(own).sha256
    assert run("score", resume, job, "--model", other, model=False).status == 0


@pytest.mark.parametrize(("broken", "says"), [
    (None, "cannot be read"), (b"", "expected a compiled taxonomy"), (b"x", "expected a compiled"),
])  # fmt: skip
def test_a_named_taxonomy_that_is_none_ends_in_one_line(
    tmp_path, run, monkeypatch, tiny_bundle, broken, says
):
    own = tmp_path / "none.json.gz"
    if broken is not None:
        own.write_bytes(broken)
    monkeypatch.setenv("ROLEFIT_TAXONOMY", str(own))
    (tmp_path / "a.txt").write_text("Nurse. Ten years of patient care in a hospital.")
    for asked in (("skills", tmp_path / "a.txt"), ("normalize", tmp_path / "a.txt")):
        found = run(*asked, model=False)
        assert found.status == 2
        assert str(own) in found.err
        assert says in " ".join(found.err.split())
    found = run("score", tmp_path / "a.txt", tmp_path / "a.txt")
    assert found.status == 2
    assert says in " ".join(found.err.split())


@pytest.mark.parametrize(("name", "content", "says"), [
    ("skills_de.csv", "a,b\n", "there is no skills_en.csv in it"),
    ("skills_en.csv", "id,label\n1,2\n", "expected a column conceptUri, got id, label"),
    ("skills_en.csv", "conceptUri\n1\n", "expected a column preferredLabel, got conceptUri"),
])  # fmt: skip
def test_what_is_no_export_is_refused_with_what_to_download(tmp_path, name, content, says):
    (tmp_path / name).write_text(content)
    with pytest.raises(SystemExit, match=says):
        build.main(["--esco", str(tmp_path), "-o", str(tmp_path / "x.gz")])
    assert not (tmp_path / "x.gz").exists()
