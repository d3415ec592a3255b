"""Tables of candidates: one row, one candidate, whatever parts the columns."""

from __future__ import annotations

import json

import makers
import pytest

from rolefit.errors import (
    ColumnsError,
    DamagedFileError,
    EmptyDocumentError,
    LimitError,
    ReadError,
    SeveralDocumentsError,
)
from rolefit.reading import Columns, Limits, read, read_all

LINA = "Lina Berg, welder. MIG and TIG on ships, eleven years."
TOM = "Tom Ek, baker; sourdough, pastry\nand a night shift of six."
CSV = f'ref,name,resume,city\nA7,Lina,"{LINA}",Bergen\nB2,Tom,"{TOM}",Oslo\n'


def opened(
    data: bytes, columns: Columns | None = None, limits: Limits | None = None
) -> tuple[dict[str, str], list[ReadError]]:
    unread: list[ReadError] = []
    found = read_all(data, name="people", columns=columns, limits=limits, unread=unread)
    return {document.name: document.text for document in found}, unread


ROWS = {"people/A7": LINA, "people/B2": TOM}


def sheet(*rows: list[str], first: int = 1) -> str:
    """Cells as inline strings; a None leaves the cell out."""
    written = ""
    for number, row in enumerate(rows, start=first):
        cells = "".join(
            f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for at, cell in enumerate(row)
            if cell
        )
        written += f'<row r="{number}">{cells}</row>'
    return f'<worksheet xmlns="{S}"><sheetData>{written}</sheetData></worksheet>'


S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx(sheets: dict[str, str], hidden: str = "", strings: str = "") -> bytes:
    listed = rels = ""
    members: dict[str, bytes] = {"[Content_Types].xml": b"<Types/>"}
    for number, (name, xml) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name == hidden else ""
        listed += f'<sheet name="{name}" sheetId="{number}"{state} r:id="r{number}"/>'
        rels += (
            f'<Relationship Id="r{number}" Type="{makers.R}/worksheet" '
            f'Target="worksheets/s{number}.xml"/>'
        )
        members[f"xl/worksheets/s{number}.xml"] = xml.encode()
    members["xl/workbook.xml"] = (
        f'<workbook xmlns="{S}" xmlns:r="{makers.R}"><sheets>{listed}</sheets></workbook>'.encode()
    )
    members["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{makers.PACKAGE}/relationships">{rels}</Relationships>'.encode()
    )
    if strings:
        members["xl/sharedStrings.xml"] = f'<sst xmlns="{S}">{strings}</sst>'.encode()
    return makers.archive(members)


TABLE = (["ref", "name", "resume"], ["A7", "Lina", LINA], ["B2", "Tom", TOM])


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        CSV.replace("\n", "\r\n").replace("\r\nand", "\nand").encode(),
        ("\ufeff" + CSV).encode(),
        CSV.encode("utf-16"),
        b"sep=,\r\n" + CSV.encode(),
        CSV.replace("ref,name,resume,city", "ref;name;resume;city")
        .replace("A7,Lina,", "A7;Lina;").replace(",Bergen", ";Bergen")
        .replace("B2,Tom,", "B2;Tom;").replace(",Oslo", ";Oslo").encode(),
        f'ref\tname\tresume\nA7\tLina\t{LINA}\nB2\tTom\t"{TOM}"\n'.encode("utf-16"),
        f'ref|CV text\nA7|{LINA}\nB2|"{TOM}"\n'.encode(),
        ("\n\n" + CSV + "\n,,,\n").encode(),
        json.dumps([{"id": "A7", "resume": LINA}, {"id": "B2", "resume": TOM}]).encode(),
        "\n".join(json.dumps({"id": k[7:], "text": v}) for k, v in ROWS.items()).encode(),
        xlsx({"People": sheet(*TABLE)}),
        xlsx({"People": sheet(*TABLE, first=4), "Notes": sheet(["a note"])}, hidden="Notes"),
    ],
    ids=["csv", "crlf", "bom", "utf-16", "sep", "semicolons", "tsv", "bars", "blank lines", "json",
         "jsonl", "xlsx", "xlsx lower down"],
)  # fmt: skip
def test_each_row_is_a_candidate_named_by_its_id(data: bytes) -> None:
    texts, unread = opened(data)
    assert texts == ROWS
    assert unread == []


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("id,resume", "people/7"),
        ("Candidate ID,Resume", "people/7"),
        (",resume", "people/row 2"),
        ("Name,CV", "people/7"),
        ("shoe_size,resume_str", "people/row 2"),
    ],
)
def test_a_row_is_named_by_what_tells_it_from_others(head: str, label: str) -> None:
    assert next(iter(opened(f'{head}\n7,"{LINA}"\n8,"{TOM}"\n'.encode())[0])) == label


def test_names_of_people_name_no_row_where_that_is_not_wanted() -> None:
    data = f'name,resume\nLina,"{LINA}"\nTom,"{TOM}"\n'.encode()
    assert list(opened(data)[0]) == ["people/Lina", "people/Tom"]
    assert list(opened(data, Columns(by_name=False))[0]) == ["people/row 2", "people/row 3"]


def test_rows_of_one_id_are_told_apart() -> None:
    data = f'id,resume\n7,"{LINA}"\n7,"{TOM}"\n'.encode()
    assert list(opened(data, Columns(id="id"))[0]) == ["people/7", "people/7 (row 3)"]
    assert list(opened(data)[0]) == ["people/row 2", "people/row 3"]


def test_an_id_that_looks_like_a_way_out_is_only_a_name() -> None:
    data = f'id,resume\n../../etc/x,"{LINA}"\n/,"{TOM}"\n'.encode()
    assert list(opened(data, Columns(id="id"))[0]) == ["people/etc/x", "people/row 3"]


def test_columns_are_named_and_joined() -> None:
    data = f'ref,job,skills,notes\nA7,Welder,"MIG, TIG",\nB2,Baker,,"{TOM}"\n'.encode()
    texts, _ = opened(data, Columns(text=("job", "Skills", "notes"), id="REF"))
    assert texts["people/A7"] == "job\nWelder\n\nskills\nMIG, TIG"
    assert texts["people/B2"] == f"job\nBaker\n\nnotes\n{TOM}"


def test_a_column_that_is_not_there_is_refused_with_those_that_are() -> None:
    for columns in (Columns(text=("bio",)), Columns(id="bio")):
        with pytest.raises(ColumnsError, match=r'no column "bio".*"ref", "name", "resume", "city"'):
            list(read_all(CSV.encode(), name="people", columns=columns))


def test_a_column_of_pages_and_one_of_texts_are_not_confused() -> None:
    head = "ID,Resume_html,Resume_str,Category"
    rows = "".join(f'{n},"<p>{LINA}</p>","{LINA} {TOM} {LINA}",WELD\n' for n in range(3))
    assert opened(f"{head}\n{rows}".encode())[0]["people/1"].startswith("Lina Berg")


def test_a_cell_that_is_a_page_is_read_as_one() -> None:
    page = "<html><body><p>Lina Berg</p><p>Welder</p></body></html>"
    assert opened(f'id,resume\n1,"{page}"\n2,x y\n'.encode())[0]["people/1"] == "Lina Berg\nWelder"


def test_the_longest_column_by_far_is_the_resume_under_any_name() -> None:
    rows = "".join(f'{n},Lina {n},"{LINA * 6}"\n' for n in range(4))
    assert len(opened(f"id,name,what they say\n{rows}".encode())[0]) == 4


@pytest.mark.parametrize(
    "data",
    [
        "name,skills,experience\nLina,welding,ships\nTom,baking,bread\n",
        "name,email,resume\nLina,l@example.org,https://example.org/1.pdf\n"
        "Tom,t@example.org,files/tom.pdf\n",
    ],
)
def test_a_table_without_a_plain_column_asks_for_one(data: str) -> None:
    with pytest.raises(ColumnsError, match="--text-column") as caught:
        read(data.encode(), name="people.csv")
    assert '"name"' in caught.value.cause


def test_a_row_that_says_nothing_or_too_much_is_named_by_its_number() -> None:
    data = f'id,resume\n1,"{LINA}"\n2,\n3,a welder, a baker, a cook\n\n4,"{TOM}"\n'
    texts, unread = opened(data.encode())
    assert list(texts) == ["people/1", "people/4"]
    assert [(type(error), error.file) for error in unread] == [
        (EmptyDocumentError, "people/2"),
        (DamagedFileError, "people/3"),
    ]
    assert "row 3 says nothing" in unread[0].cause
    assert "row 4 has 4 cells" in unread[1].cause


def test_a_table_by_its_name_or_by_the_column_that_is_asked_for_is_one() -> None:
    data = f'code,who,said\nA,Lina,"{LINA}"\nB,Tom,"{TOM}"\n'.encode()
    with pytest.raises(ColumnsError):
        read(data, name="people.csv")
    assert read(data, name="people.txt").kind == "text"
    named = read_all(data, name="people.txt", columns=Columns(text=("said",), id="code"))
    assert [document.name for document in named] == ["people.txt/A", "people.txt/B"]
    alone = read_all(f'resume\n"{LINA}"\n"{TOM}"\n'.encode(), name="people.csv")
    assert [document.text for document in alone] == [LINA, TOM]
    prose = b"Lina Berg, welder\nMIG, TIG, stick\nBergen\n"
    assert read(prose, name="lina.csv", columns=Columns(text=("resume",))).kind == "text"


def test_a_row_is_reached_by_its_name_and_by_its_number(tmp_path: object) -> None:
    file = tmp_path / "people.csv"  # type: ignore[operator]
    file.write_text(CSV)
    assert read(file / "B2").text == TOM
    assert read(file / "row 3").text == TOM
    with pytest.raises(SeveralDocumentsError, match=r"people\.csv/A7"):
        read(file)


def test_an_old_encoding_is_guessed_and_said() -> None:
    data = "id,resume\n1,J\u00f8rgen welds\n2,K\u00e5re bakes\n".encode("cp1252")
    found = list(read_all(data, name="people"))
    assert [document.text for document in found] == ["J\u00f8rgen welds", "K\u00e5re bakes"]
    assert [notice.code for notice in found[0].notices] == ["encoding-guessed"]


@pytest.mark.parametrize(
    "text",
    [
        "Lina Berg, Welder\nBergen, Norway\nMIG, TIG\n",
        "Name, Lina Berg\nCity, Bergen\nSkills, welding, cutting\n",
        "Skills, Experience, Education\n\nI have welded ships since 2011, in Bergen and in Oslo.\n",
        "Resume, Lina Berg\nWelder on ships, eleven years. MIG, TIG, stick, in any weather.\n",
        "Languages: Norwegian; English; Polish\nSkills: welding; cutting; a good eye\n",
        "Email\tPhone\nlina@example.org\t555 0100\n",
        '[Notes]\nname, "x"\n',
        "Skills | Experience | Education\nWelder since 2011 in Bergen\nI weld. | I cut.\n",
    ],
)
def test_a_resume_with_commas_is_no_table(text: str) -> None:
    assert read(text.encode(), name="resume.txt").text == text


def test_shared_strings_numbers_and_signs_of_a_workbook_are_read() -> None:
    strings = (
        "<si><t>id</t></si><si><t>resume</t></si>"
        "<si><r><t>Lina </t></r><r><t>welds_x000D_</t></r><rPh><t>ri-na</t></rPh></si>"
    )
    rows = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
        '<row><c><v>7</v></c><c t="s"><v>2</v></c></row>'
        '<row><c><v>8</v></c><c t="str"><f>A1</f><v>Tom bakes</v></c></row>'
        '<row><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c></row>'
    )
    xml = f'<worksheet xmlns="{S}"><sheetData>{rows}</sheetData></worksheet>'
    texts, unread = opened(xlsx({"P": xml}, strings=strings))
    assert {name: text.strip() for name, text in texts.items()} == {
        "people/7": "Lina welds",
        "people/8": "Tom bakes",
    }
    assert [error.file for error in unread] == ["people/yes"]


def test_each_sheet_of_candidates_is_a_table_and_notes_beside_them_are_none() -> None:
    other = (["id", "CV"], ["9", "Ada, a turner"])
    book = xlsx({"One": sheet(*TABLE), "Two": sheet(*other), "Notes": sheet(["call", "Bo"])})
    assert list(opened(book)[0]) == ["people/One/A7", "people/One/B2", "people/Two/9"]


def test_a_workbook_with_a_cell_in_its_last_corner_costs_nothing() -> None:
    corner = sheet(["x"]).replace('r="1"', 'r="1048576"').replace("A1", "XFD1048576")
    with pytest.raises(LimitError, match="columns"):
        read(xlsx({"P": corner}), name="x")
    low = sheet(*TABLE).replace('<row r="3">', '<row r="1048576">').replace('3"', '1048576"')
    assert len(opened(xlsx({"P": low}))[0]) == 2


@pytest.mark.parametrize(
    "xml",
    [
        f'<worksheet xmlns="{S}"><sheetData><row r="x"/></sheetData></worksheet>',
        f'<worksheet xmlns="{S}"><sheetData><row r="9"/><row r="2"/></sheetData></worksheet>',
        f'<!DOCTYPE a [<!ENTITY b "c">]><worksheet xmlns="{S}"/>',
        "<worksheet>",
    ],
)
def test_a_workbook_that_makes_no_sense_is_damaged(xml: str) -> None:
    with pytest.raises(DamagedFileError):
        read(xlsx({"P": xml}), name="x")


def test_an_empty_workbook_and_an_empty_table_are_named() -> None:
    with pytest.raises(EmptyDocumentError, match="empty"):
        read(xlsx({"P": sheet()}), name="x")
    with pytest.raises(EmptyDocumentError, match="nothing lies in it"):
        read(b"id,resume\n", name="x")


def test_a_list_of_resumes_as_data_is_each_of_them() -> None:
    people = [
        {"basics": {"name": name}, "work": [{"position": "Welder", "startDate": "2011"}]}
        for name in ("Lina", "Tom")
    ]
    texts, _ = opened(json.dumps(people).encode())
    assert list(texts) == ["people/row 1", "people/row 2"]
    assert "2011 - Present" in texts["people/row 2"]


def test_more_rows_than_the_limit_are_not_read() -> None:
    rows = "".join(f'{n},"{LINA}"\n' for n in range(20))
    texts, unread = opened(f"id,resume\n{rows}".encode(), limits=Limits(members=5))
    assert len(texts) == 5
    assert [type(error) for error in unread] == [LimitError]


def test_a_quote_that_never_closes_does_not_make_one_candidate_of_all() -> None:
    rows = "".join(f"{n},Welder {n} in Bergen\n" for n in range(9))
    texts, unread = opened(f'id,resume\n0,"Welder in Bergen\n{rows}'.encode())
    assert texts == {}
    assert "quote" in str(unread[0])
