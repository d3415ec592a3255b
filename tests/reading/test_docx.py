"""DOCX: everything a reader of the page sees, in order, once."""

from __future__ import annotations

import makers
from makers import docx, paragraph, part, table

from rolefit.reading import read

HEADER = '<w:sectPr><w:headerReference w:type="default" r:id="id0"/></w:sectPr>'


def lines(data: bytes) -> list[str]:
    document = read(data, name="x.docx")
    return [document.line_text(line) for line in document.lines]


def test_a_table_of_facts_is_read_row_by_row() -> None:
    rows = [[paragraph("Python"), paragraph("5 years")], [paragraph("Go"), paragraph("")]]
    assert lines(docx(table(*rows))) == ["Python\t5 years", "Go"]


def test_a_table_used_for_layout_is_read_cell_by_cell() -> None:
    left = paragraph("SKILLS") + paragraph("Python")
    right = paragraph("EXPERIENCE") + paragraph("Acme Ltd")
    assert lines(docx(table([left, right]))) == ["SKILLS", "Python", "EXPERIENCE", "Acme Ltd"]


def test_a_nested_table_is_read_in_its_place() -> None:
    inner = table([paragraph("a"), paragraph("b")])
    body = table([paragraph("before") + inner + paragraph("after"), paragraph("right")])
    assert lines(docx(body)) == ["before", "a\tb", "after", "right"]


def test_a_text_box_with_a_copy_for_old_programs_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('in the box')}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    body = f"<w:p><w:r><w:t>anchor</w:t>{both}</w:r><w:r><w:t> text</w:t></w:r></w:p>"
    assert lines(docx(body + paragraph("next"))) == ["anchor text", "in the box", "next"]


def test_a_text_box_with_only_the_old_form_is_read() -> None:
    box = (
        f"<w:pict><v:textbox><w:txbxContent>{paragraph('old')}</w:txbxContent></v:textbox></w:pict>"
    )
    assert lines(docx(f"<w:p><w:r>{box}</w:r></w:p>")) == ["old"]


def test_headers_come_first_and_footnotes_and_footers_last() -> None:
    references = HEADER.replace(
        "</w:sectPr>", '<w:footerReference w:type="default" r:id="id1"/></w:sectPr>'
    )
    data = docx(
        paragraph("body") + references,
        ("header", "header1.xml", part("hdr", paragraph("Jane Doe"))),
        ("footer", "footer1.xml", part("ftr", paragraph("page"))),
        (
            "footnotes",
            "footnotes.xml",
            part("footnotes", f"<w:footnote>{paragraph('note')}</w:footnote>"),
        ),
        ("header", "header9.xml", part("hdr", paragraph("shown by no section"))),
    )
    assert lines(data) == ["Jane Doe", "body", "note", "page"]


def test_a_header_that_several_sections_show_is_read_once() -> None:
    data = docx(
        f"<w:p><w:pPr>{HEADER}</w:pPr></w:p>" + paragraph("body") + HEADER.replace("id0", "id1"),
        ("header", "header1.xml", part("hdr", paragraph("Jane Doe"))),
        ("header", "header2.xml", part("hdr", paragraph("Jane Doe"))),
    )
    assert lines(data) == ["Jane Doe", "body"]


def header(number: int, kind: str, more: str = "") -> str:
    reference = f'<w:headerReference w:type="{kind}" r:id="id{number}"/>'
    return f"<w:sectPr>{reference}{more}</w:sectPr>"


def test_the_header_of_a_first_page_is_read_where_a_section_has_such_a_page() -> None:
    part_of = ("header", "header1.xml", part("hdr", paragraph("Jane Doe")))
    body, title = paragraph("body"), "<w:titlePg/>"
    assert lines(docx(body + header(0, "first"), part_of)) == ["body"]
    assert lines(docx(body + header(0, "first", title), part_of)) == ["Jane Doe", "body"]
    off = '<w:titlePg w:val="0"/>'
    assert lines(docx(body + header(0, "first", off), part_of)) == ["body"]
    later = f"<w:sectPr>{title}</w:sectPr>"  # shows that of the section before
    assert lines(docx(body + header(0, "first") + later, part_of)) == ["Jane Doe", "body"]


def test_the_header_of_even_pages_is_read_where_the_settings_tell_them_apart() -> None:
    part_of = ("header", "header1.xml", part("hdr", paragraph("Jane Doe")))
    settings = part("settings", "<w:evenAndOddHeaders/>")
    body = paragraph("body") + header(0, "even")
    assert lines(docx(body, part_of)) == ["body"]
    told_apart = docx(body, part_of, ("settings", "settings.xml", settings))
    assert lines(told_apart) == ["Jane Doe", "body"]


def test_a_header_may_have_any_name() -> None:
    part_of = ("header", "part1.xml", part("hdr", paragraph("Jane Doe")))
    assert lines(docx(paragraph("body") + header(0, "default"), part_of)) == ["Jane Doe", "body"]


def test_deleted_text_is_left_out_and_inserted_text_is_kept() -> None:
    body = (
        "<w:p><w:ins><w:r><w:t>kept</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>moved away</w:t></w:r></w:moveFrom></w:p>"
    )
    assert lines(docx(body)) == ["kept"]


def test_hidden_text_is_left_out_and_noticed() -> None:
    run = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>"
    shown = '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r></w:p>'
    document = read(docx(run + shown), name="x.docx")
    assert document.text.strip() == "shown"
    assert [notice.code for notice in document.notices] == ["hidden-text"]


def test_links_breaks_tabs_and_hyphens_are_read_and_field_codes_are_not() -> None:
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>'
        '<w:hyperlink r:id="x"><w:r><w:t>portfolio</w:t></w:r></w:hyperlink>'
        "<w:r><w:instrText> HYPERLINK x </w:instrText></w:r>"
        "<w:r><w:tab/><w:t>full</w:t><w:noBreakHyphen/><w:t>time</w:t><w:br/><w:t>next</w:t></w:r></w:p>"
    )
    assert lines(docx(body)) == ["portfolio\tfull-time", "next"]


def test_the_strict_variant_is_read() -> None:
    data = docx(paragraph("Jane Doe"))
    strict = makers.part("document", f"<w:body>{paragraph('Jane Doe')}</w:body>").replace(
        makers.W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    members = {"[Content_Types].xml": b"<Types/>", "word/document.xml": strict.encode()}
    assert lines(makers.archive(members)) == lines(data) == ["Jane Doe"]


def test_the_body_may_lie_under_another_name() -> None:
    members = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": makers.relations(("r", "officeDocument", "/word/document2.xml")).encode(),
        "word/document2.xml": part("document", f"<w:body>{paragraph('Jane')}</w:body>").encode(),
    }
    assert lines(makers.archive(members)) == ["Jane"]
