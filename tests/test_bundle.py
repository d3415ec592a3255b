"""A bundle that is incomplete, altered or of another format is refused, and says which file."""

import json

import pytest

from rolefit.bundle import FILES, Bundle, rewrite_manifest
from rolefit.errors import BundleError


@pytest.fixture
def copy(tiny_bundle, tmp_path):
    for file in tiny_bundle.folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def test_an_untouched_bundle_verifies(copy):
    Bundle.open(copy).verify()


def test_a_missing_folder_says_what_was_expected(tmp_path):
    with pytest.raises(BundleError, match=r"expected a model bundle with a manifest\.json"):
        Bundle.open(tmp_path / "nowhere")


def test_a_missing_file_is_named(copy):
    (copy / FILES.tokenizer).unlink()
    with pytest.raises(BundleError, match=r"tokenizer\.json.*it is missing"):
        Bundle.open(copy)


def test_a_truncated_file_is_refused_at_once(copy):
    path = copy / FILES.encoder
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BundleError, match=r"expected .* bytes, got"):
        Bundle.open(copy)


def test_one_changed_byte_is_found_by_verify(copy):
    path = copy / FILES.encoder
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(BundleError, match=r"altered since it was made: encoder\.int8\.onnx"):
        Bundle.open(copy).verify()


@pytest.mark.parametrize("format", [0, 2, None, "1"])
def test_another_format_is_refused(copy, format):
    manifest = json.loads((copy / FILES.manifest).read_text())
    (copy / FILES.manifest).write_text(json.dumps(manifest | {"format": format}))
    with pytest.raises(BundleError, match="bundle format 1 expected"):
        Bundle.open(copy)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": 1}'])
def test_a_broken_manifest_is_refused(copy, text):
    (copy / FILES.manifest).write_text(text)
    with pytest.raises(BundleError):
        Bundle.open(copy)


@pytest.mark.parametrize("name", ["../outside", "/etc/hosts"])
def test_a_manifest_may_not_point_outside_its_folder(copy, name):
    manifest = json.loads((copy / FILES.manifest).read_text())
    manifest["files"][name] = {"sha256": "0" * 64, "bytes": 1}
    (copy / FILES.manifest).write_text(json.dumps(manifest))
    with pytest.raises(BundleError, match="plain file name"):
        Bundle.open(copy)


def test_rewriting_keeps_name_and_facts_and_hashes_anew(copy):
    before = Bundle.open(copy)
    (copy / FILES.card).write_text("changed")
    after = rewrite_manifest(copy)
    after.verify()
    assert (after.name, after.max_tokens) == (before.name, before.max_tokens)
    assert after.sha256 != before.sha256
    assert after.encoder_sha256 == before.encoder_sha256


def test_what_an_interrupted_command_left_behind_is_no_part_of_a_bundle(copy):
    for name in ("mapper.json.partial", ".mapper.json.7.partial"):
        (copy / name).write_text("{")
    assert set(rewrite_manifest(copy).files) == set(Bundle.open(copy).files)
    assert not [name for name in Bundle.open(copy).files if "partial" in name]


def test_a_name_too_long_for_any_disk_is_a_missing_file(copy):
    manifest = json.loads((copy / FILES.manifest).read_text())
    manifest["files"]["n" * 400 + ".json"] = {"sha256": "0" * 64, "bytes": 1}
    (copy / FILES.manifest).write_text(json.dumps(manifest))
    with pytest.raises(BundleError, match="it is missing"):
        Bundle.open(copy)
