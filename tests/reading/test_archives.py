"""ZIP, TAR and gzip: each file in them is a document; hostile ones cost nothing but themselves."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
import zlib

import makers
import pytest

from rolefit.errors import (
    DamagedFileError,
    EmptyDocumentError,
    EncryptedError,
    FileAccessError,
    LimitError,
    ReadError,
    SeveralDocumentsError,
    UnknownFormatError,
    UnsafeNameError,
)
from rolefit.reading import Limits, read, read_all

ANA = b"Ana Lopez\nBackend engineer, Python and PostgreSQL since 2016"
BOB = makers.docx(makers.paragraph("Bob Ray, registered nurse, ten years on an ICU"))


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(*members: tuple[str, bytes], mode: str = "w:gz") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def opened(data: bytes, limits: Limits | None = None) -> tuple[dict[str, str], list[ReadError]]:
    """Text by name, and what could not be read."""
    unread: list[ReadError] = []
    found = read_all(data, name="pile", limits=limits, unread=unread)
    return {document.name: document.text for document in found}, unread


@pytest.mark.parametrize(
    "data",
    [
        zipped(("in/ana.txt", ANA), ("bob.docx", BOB)),
        tarred(("in/ana.txt", ANA), ("bob.docx", BOB)),
        tarred(("in/ana.txt", ANA), ("bob.docx", BOB), mode="w"),
        gzip.compress(tarred(("in/ana.txt", ANA), ("bob.docx", BOB), mode="w"), 1),
    ],
    ids=["zip", "tar.gz", "tar", "gz"],
)  # fmt: skip
def test_every_file_of_an_archive_is_a_document_named_by_its_way(data: bytes) -> None:
    texts, unread = opened(data)
    assert list(texts) == ["pile/in/ana.txt", "pile/bob.docx"]
    assert texts["pile/in/ana.txt"] == ANA.decode()
    assert "registered nurse" in texts["pile/bob.docx"]
    assert unread == []


def test_files_before_the_place_where_a_packed_archive_breaks_off_are_read() -> None:
    whole = tarred(("ana.txt", ANA), ("bob.docx", BOB), ("cy.txt", bytes(range(256)) * 40))
    texts, unread = opened(whole[: len(whole) * 9 // 10])
    assert list(texts) == ["pile/ana.txt", "pile/bob.docx"]
    assert [type(error) for error in unread] == [DamagedFileError]


def test_a_single_file_that_is_packed_is_that_file() -> None:
    document = read(gzip.compress(ANA), name="ana.txt.gz")
    assert (document.name, document.text) == ("ana.txt.gz/ana.txt", ANA.decode())


def test_gzip_files_in_a_row_are_one_and_what_follows_is_no_part_of_it() -> None:
    row = gzip.compress(ANA) + gzip.compress(b"\nand more") + b"\0" * 700
    assert read(row, name="ana.gz").text == ANA.decode() + "\nand more"


def test_what_computers_leave_beside_files_is_no_document() -> None:
    litter = ("__MACOSX/._ana.txt", ".DS_Store", "x/Thumbs.db", "~$ana.docx", "x/.git/config")
    texts, unread = opened(zipped(*((name, b"litter") for name in litter), ("ana.txt", ANA)))
    assert (list(texts), unread) == (["pile/ana.txt"], [])


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../ana.txt", "leads out"),
        ("in/../../ana.txt", "leads out"),
        ("in\\..\\..\\ana.txt", "leads out"),
        ("/etc/passwd", "root of a disk"),
        ("C:\\ana.txt", "root of a disk"),
        ("ana.txt\0.exe", "signs that no name has"),
        ("ana\x1b[31m.txt", "signs that no name has"),
        ("a" * 600 + ".txt", "longer than"),
    ],
)
def test_a_hostile_name_is_refused_and_the_rest_is_read(name: str, why: str) -> None:
    info = zipfile.ZipInfo("x")
    info.filename = name  # ZipInfo itself would cut it at the NUL
    texts, unread = opened(zipped((info, b"hostile"), ("bob.txt", b"Bob, nurse")))
    assert list(texts) == ["pile/bob.txt"]
    assert [type(error) for error in unread] == [UnsafeNameError]
    assert why in str(unread[0])
    assert unread[0].file.isprintable()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_files_with_one_name_the_first_is_read() -> None:
    texts, unread = opened(zipped(("ana.txt", ANA), ("./ana.txt", b"another Ana")))
    assert texts == {"pile/ana.txt": ANA.decode()}
    assert [type(error) for error in unread] == [UnsafeNameError]
    assert "same name" in unread[0].cause


def test_links_and_devices_are_no_files() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    texts, unread = opened(zipped((link, b"/etc/passwd"), ("ana.txt", ANA)))
    assert (list(texts), unread[0].cause) == (["pile/ana.txt"], "it is a link, not a file")

    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"x{kind.decode()}")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    texts, unread = opened(buffer.getvalue())
    assert texts == {}
    assert {type(error) for error in unread} == {UnsafeNameError}
    assert len(unread) == 3


def test_an_encrypted_file_is_named_and_the_rest_is_read() -> None:
    data = bytearray(zipped(("secret.txt", b"x" * 50), ("ana.txt", ANA)))
    for signature, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flag] |= 1
    texts, unread = opened(bytes(data))
    assert list(texts) == ["pile/ana.txt"]
    assert [(type(error), error.file) for error in unread] == [(EncryptedError, "pile/secret.txt")]


def test_a_damaged_file_is_named_and_the_rest_is_read() -> None:
    data = bytearray(zipped(("ana.txt", ANA), ("bob.txt", b"Bob, nurse")))
    place = data.index(b"ana.txt") + len("ana.txt") + 4
    data[place : place + 8] = bytes(8)
    texts, unread = opened(bytes(data))
    assert list(texts) == ["pile/bob.txt"]
    assert [type(error) for error in unread] == [DamagedFileError]


def test_a_file_packed_in_an_uncommon_way_is_named() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("ana.txt", ANA)
    assert [type(error) for error in opened(buffer.getvalue())[1]] == [UnknownFormatError]


def test_a_bomb_among_the_files_costs_only_itself() -> None:
    bomb = b"0" * 30_000_000
    for data in (zipped(("bomb.txt", bomb), ("ana.txt", ANA)),
                 tarred(("bomb.txt", bomb[:21_000_000]), ("ana.txt", ANA), mode="w")):  # fmt: skip
        texts, unread = opened(data)
        assert list(texts) == ["pile/ana.txt"]
        assert [(type(error), error.file) for error in unread] == [(LimitError, "pile/bomb.txt")]


def test_a_packed_archive_that_grows_beyond_measure_is_given_up() -> None:
    texts, unread = opened(tarred(("bomb.txt", b"0" * 60_000_000), ("ana.txt", ANA)))
    assert texts == {}
    assert [type(error) for error in unread] == [LimitError]


def test_an_archive_is_read_as_far_as_it_may_unpack_in_all() -> None:
    pile = zipped(
        *(
            (f"{n}.txt", ANA + zlib.crc32(b"%d" % n).to_bytes(4, "big").hex().encode())
            for n in range(9)
        )
    )
    texts, unread = opened(pile, Limits(archive_expanded=300))
    assert len(texts) == 4
    assert [type(error) for error in unread] == [LimitError]
    assert "unpacks to more than 300 bytes" in unread[0].cause


def test_an_archive_is_read_as_far_as_it_may_hold_documents() -> None:
    texts, unread = opened(zipped(*((f"{n}.txt", ANA) for n in range(9))), Limits(members=5))
    assert len(texts) == 5
    assert "more than 5 documents" in unread[0].cause


def test_archives_are_opened_in_archives_but_not_without_end() -> None:
    nested = zipped(("deep/ana.txt", ANA))
    for level in range(4):
        nested = zipped((f"{level}.zip", nested), (f"bob{level}.txt", b"Bob, nurse"))
    texts, unread = opened(nested)
    assert [name.count("/") for name in texts] == [3, 2, 1]
    assert [(type(error), error.file) for error in unread] == [
        (LimitError, "pile/3.zip/2.zip/1.zip")
    ]
    assert opened(nested, Limits(depth=9))[0]["pile/3.zip/2.zip/1.zip/0.zip/deep/ana.txt"]


def test_an_archive_that_breaks_off_is_damaged() -> None:
    whole = tarred(("ana.txt", ANA * 900), ("bob.docx", BOB))
    _, unread = opened(whole[: len(whole) // 2])
    assert [type(error) for error in unread] == [DamagedFileError]
    with pytest.raises(UnknownFormatError, match="damaged ZIP"):
        read(zipped(("ana.txt", ANA))[:60], name="half.zip")


@pytest.mark.parametrize("data", [zipped(), zipped((".hidden", b"x"))], ids=["empty", "hidden"])
def test_an_archive_without_files_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyDocumentError, match="nothing lies in it"):
        read(data, name="pile.zip")


def test_one_document_in_an_archive_is_read_as_that_several_are_refused_with_what_to_do() -> None:
    assert read(zipped(("ana.txt", ANA)), name="one.zip").name == "one.zip/ana.txt"
    with pytest.raises(SeveralDocumentsError, match=r"as in two\.zip/ana\.txt") as caught:
        read(zipped(("ana.txt", ANA), ("bob.docx", BOB)), name="two.zip")
    assert "two.zip/bob.docx" in caught.value.cause


def test_a_path_may_go_on_into_an_archive(tmp_path: object) -> None:
    pile = tmp_path / "pile.zip"  # type: ignore[operator]
    pile.write_bytes(
        zipped(("in/more.zip", zipped(("bob.docx", BOB), ("x.txt", b"x"))), ("ana.txt", ANA))
    )
    assert read(pile / "ana.txt").text == ANA.decode()
    assert "nurse" in read(pile / "in/more.zip/bob.docx").text
    assert read(str(pile / "ana.txt")).name == "pile.zip/ana.txt"
    with pytest.raises(FileAccessError, match=r"It holds: pile\.zip/in/more\.zip/bob\.docx"):
        read(pile / "eve.txt")
    with pytest.raises(FileAccessError, match="no such file"):
        read(tmp_path / "no.zip" / "ana.txt")  # type: ignore[operator]
    with pytest.raises(SeveralDocumentsError, match=r"bob\.docx"):
        read(pile / "in/more.zip")


def test_names_are_read_as_they_were_written() -> None:
    plain = zipfile.ZipInfo("Jos\u00e9.txt")
    data = zipped((plain, ANA))
    unmarked = data.replace(b"\0\x08\x08\0", b"\0\0\x08\0")  # the flag that says UTF-8 is off
    assert list(opened(data)[0]) == ["pile/Jos\u00e9.txt"]
    for place in (data.index(b"PK\x03\x04") + 7, data.index(b"PK\x01\x02") + 9):
        unmarked = data[:place] + bytes([data[place] & 0xF7]) + data[place + 1 :]
        data = unmarked
    assert list(opened(unmarked)[0]) == ["pile/Jos\u00e9.txt"]
    old = unmarked.replace("Jos\u00e9".encode(), "Jos\u00e9".encode("cp437") + b"x")
    assert list(opened(old)[0]) == ["pile/Jos\u00e9x.txt"]


def test_more_bytes_than_one_document_may_have_are_fine_for_an_archive() -> None:
    many = zipped(*((f"{n}.txt", ANA) for n in range(40)))
    limits = Limits(bytes=2000)
    assert len(many) > limits.bytes
    assert len(opened(many, limits)[0]) == 40
    with pytest.raises(LimitError):
        read(ANA * 90, name="ana.txt", limits=limits)
