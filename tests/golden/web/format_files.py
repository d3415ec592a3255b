"""Archives, workbooks, OpenDocument and resumes as data, for formats.py: good, odd and broken."""

from __future__ import annotations

import gzip
import io
import json
import tarfile

import datas
import makers
from test_candidate_tables import LINA, TOM, sheet, xlsx
from test_odt import BODY, style

ANA = "Ana Lopez\nJ\u00f8rgen's deputy, Python and PostgreSQL since 2016".encode()
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = (tarfile.SYMTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE)


def more() -> dict[str, bytes]:
    return {**_archives(), **_workbooks(), **_odts(), **_data(), **_rows()}


def _archives() -> dict[str, bytes]:
    bob = makers.docx(makers.paragraph("Bob Ray, registered nurse, ten years on an ICU"))
    long = "in/" + "a" * 120 + "/r\u00e9sum\u00e9.txt"
    members = (("in/ana.txt", ANA), ("bob.docx", bob), (long, b"Bo, cook"), (".hid", b"x"),
               ("../out.txt", b"x"), ("x.gif", b"GIF89a\0\0"))  # fmt: skip
    gnu, pax = _tar(tarfile.GNU_FORMAT, *members), _tar(tarfile.PAX_FORMAT, *members)
    codes = makers.archive({"Xsum.txt": b"Bo, cook"}).replace(b"Xsum", b"\x82sum")
    return {
        "gnu.tar": gnu,
        "pax.tar.gz": gzip.compress(pax, 9, mtime=0),
        "ustar.tgz": gzip.compress(_tar(tarfile.USTAR_FORMAT, members[0]), 1, mtime=0),
        "odd.tar": _tar(tarfile.GNU_FORMAT, ("a.txt", ANA), ("./a.txt", b"twice"), links=True),
        "cut.tar": gnu[: len(gnu) - 11_000],
        "cut.tar.gz": gzip.compress(pax, 9, mtime=0)[:-40],
        "ana.txt.gz": gzip.compress(ANA, 9, mtime=0),
        "row.gz": gzip.compress(ANA, mtime=0) + gzip.compress(b"\nand more", mtime=0) + bytes(700),
        "named.gz": _named(ANA),
        "wrong.gz": gzip.compress(ANA, mtime=0)[:-8] + bytes(8),
        "bomb.gz": gzip.compress(bytes(4_000_000), 9, mtime=0),
        "dos.zip": codes,
        "nothing.tar": _tar(tarfile.GNU_FORMAT, (".hid", b"x")),
    }


def _tar(form: int, *members: tuple[str, bytes], links: bool = False) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for kind in _TYPES if links else ():
            info = tarfile.TarInfo(f"x{kind.decode()}")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    return buffer.getvalue()


def _named(data: bytes) -> bytes:
    """With a name in its header, as the command writes it."""
    buffer = io.BytesIO()
    with gzip.GzipFile("ana.txt", "wb", fileobj=buffer, mtime=0) as file:
        file.write(data)
    return buffer.getvalue()


def _workbooks() -> dict[str, bytes]:
    table = (["ref", "name", "resume"], ["A7", "Lina", LINA], ["B2", "Tom", TOM])
    shared = "<si><t>resume</t></si><si><r><t>Bo, </t></r><r><t>cook_x000D_</t></r>" + (
        "<rPh><t>aside</t></rPh></si>"
    )
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>id</t></is></c>'
        '</row><row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3"><v>17</v></c>'
        '<c r="C3" t="b"><v>1</v></c></row>'
        '<row r="4"><c t="str"><f>A3</f><v>Di, baker</v></c><c t="e"><v>#N/A</v></c></row>'
    )
    typed = f'<worksheet xmlns="{S}"><sheetData>{cells}</sheetData></worksheet>'
    jumbled = sheet(*table).replace('r="2"', 'r="9"')
    broken = makers.archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    return {
        "people.xlsx": xlsx({"People": sheet(*table)}),
        "lower.xlsx": xlsx({"People": sheet(*table, first=4), "Notes": sheet(["x"])}, "Notes"),
        "two.xlsx": xlsx(
            {"A/B": sheet(*table), "Later": sheet(*table), "Notes": sheet(["a", "b"])}
        ),
        "typed.xlsx": xlsx({"P": typed}, strings=shared),
        "jumbled.xlsx": xlsx({"P": jumbled}),
        "wide.xlsx": xlsx({"P": sheet(*table).replace('r="C2"', 'r="ZZZ2"')}),
        "unplain.xlsx": xlsx({"P": sheet(["name", "town"], ["Lina", "Oslo"], ["Tom", "Bergen"])}),
        "empty.xlsx": xlsx({"P": sheet()}),
        "broken.xlsx": broken,
    }


def _odts() -> dict[str, bytes]:
    page = (
        "<style:master-page><style:header><text:p>Ines, RN</text:p></style:header>"
        "<style:footer><text:p>Page</text:p></style:footer></style:master-page>"
    )
    white = '<style:text-properties fo:color="#ffffff"/>'
    dark = '<style:table-cell-properties fo:background-color="#222222"/>'
    styles = style(white) + style("", "text", "Y", "X") + style(dark, "table-cell", "D") + (
        style('<style:text-properties fo:font-size="10%"/>', "text", "T")
        + style('<style:text-properties text:display="none"/>', "paragraph", "N")
    )  # fmt: skip

    def span(name: str, said: str) -> str:
        return f"<text:span text:style-name='{name}'> {said}</text:span>"

    def cell(said: str) -> str:
        inner = f"<text:p>{said}</text:p>"
        named = f'<table:table-cell table:style-name="D">{inner}</table:table-cell>'
        return f"<table:table><table:table-row>{named}</table:table-row></table:table>"

    body = (
        f"<text:p>Nurse{span('Y', 'kubernetes terraform')}{span('T', 'tiny')}</text:p>"
        "<text:p text:style-name='N'>ghost</text:p>"
        f"<text:p>{span('Y', '<text:s/>')}Bo</text:p>{cell(span('X', 'Ines Calvo'))}"
        "<text:p><text:hidden-text text:is-hidden='true'>SQL</text:hidden-text>end</text:p>"
    )
    deep = "<text:span>" * 5000
    return {
        "resume.odt": makers.odt(BODY, masters=page * 2),
        "resume.fodt": makers.fodt(BODY),
        "hidden.odt": makers.odt(body, styles),
        "hidden.fodt": makers.fodt(body, styles),
        "blank.odt": makers.odt("<text:p/>"),
        "ghost.odt": makers.odt("<text:p text:style-name='N'>ghost</text:p>", styles),
        "picture.odt": makers.odt("<text:p/>", Pictures__1_dot_png=makers.PNG),
        "locked.odt": _locked(),
        "deep.fodt": makers.fodt(f"<text:p>{deep}"),
        "cut.fodt": makers.fodt(BODY)[:-200],
    }


def _locked() -> bytes:
    members = {"mimetype": makers.ODT.encode(), "content.xml": b"\0\1\2",
               "META-INF/manifest.xml": b"<m><manifest:encryption-data/></m>"}  # fmt: skip
    return makers.archive(members, packed=False)


def _data() -> dict[str, bytes]:
    damaged = bytearray(datas.linkedin())
    place = damaged.index(b"Positions.csv") + len("Positions.csv") + 4
    damaged[place : place + 8] = bytes(8)
    full = (
        "<Resume><NonXMLResume><TextResume>Ines Calvo\nNurse</TextResume></NonXMLResume></Resume>"
    )
    laughs = "basics:\n  name: A\nwork:\n- &a [x, x, x, x, x, x, x, x, x, x]\n"
    for one, other in zip("abcdefgh", "bcdefghi", strict=True):
        laughs += f"- &{other} [{', '.join(f'*{one}' for _ in range(8))}]\n"
    latin = '<?xml version="1.0" encoding="ISO-8859-1"?>' + datas.HR_XML.split("\n", 1)[1]
    wide = datas.HR_XML.replace("UTF-8", "UTF-16")
    return {
        **{name: data for name, data in datas.FILES.items() if name != "resume.json"},
        "resume.yaml": datas.YAML_RESUME.encode(),
        "odd.yaml": b"basics:\n  name: A\nwork:\n  - position: Cook\n    highlights: ['a']\n",
        "broken.yaml": b"basics:\nwork:\n - {a",
        "laughs.yaml": laughs.encode(),
        "latin.xml": latin.replace("Ines", "In\u00e9s").encode("latin-1"),
        "wide.xml": wide.encode("utf-16"),
        "full.xml": full.encode(),
        "cut.xml": datas.HR_XML.encode()[:900],
        "nothing.xml": b"<Candidate><CandidatePerson/></Candidate>",
        "doctype.xml": b'<!DOCTYPE Resume [<!ENTITY a "b">]><Resume>&a;</Resume>',
        "encoding.xml": b'<?xml version="1.0" encoding="x-none"?><Resume/>',
        "deep.xml": b"<Resume>" + b"<a>" * 9000,
        "damaged.zip": bytes(damaged),
    }


def _rows() -> dict[str, bytes]:
    records = [{"id": "A7", "resume": LINA}, {"id": "B2", "resume": TOM, "tags": ["x", 1.5]}]
    lines = "\n".join(json.dumps({"id": at, "text": said}) for at, said in enumerate((LINA, TOM)))
    resumes = [datas.JSON_RESUME, {"basics": {"name": "Bo"}, "work": []}]
    return {
        "people.json": json.dumps(records).encode(),
        "people.jsonl": lines.encode(),
        "resumes.json": json.dumps(resumes).encode(),
        "package.json": json.dumps({"name": "a", "version": "1.0.0"}).encode(),
        "people.tsv": f'ref\tname\tresume\nA7\tLina\t{LINA}\nB2\tTom\t"{TOM}"\n'.encode("utf-16"),
        "people-marked.csv": f'\ufeffid;resume\n1;"{LINA}"\n2;"{TOM}"\n'.encode(),
        "letter.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        "photo.png": makers.PNG,
    }
