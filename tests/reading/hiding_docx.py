# ruff: noqa: E501 - the little documents are easier to check on one line each
"""Word documents that hide words in the ways of `HIDDEN`, make them hard to see, or look as if."""

from __future__ import annotations

import makers
from makers import docx, paragraph

SHOWN = ("Jane Doe", "kept the shelves in order", "trained two new colleagues")
SECRET = "zebrawood quartzite xylophone"
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
DRAWING = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
MARKUP = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def run(look: str, words: str = SECRET, of_paragraph: str = "") -> str:
    return f"<w:p><w:pPr>{of_paragraph}</w:pPr><w:r><w:rPr>{look}</w:rPr><w:t>{words}</w:t></w:r></w:p>"


def filled(paint: str, effect: str = "textFill") -> str:
    return f"<w14:{effect} {W14}>{paint}</w14:{effect}>"


def solid(colour: str) -> str:
    return f'<w14:solidFill><w14:srgbClr w14:val="{colour}"/></w14:solidFill>'


def code(name: str, inside: str = SECRET, result: str = "<w:t>7</w:t>", ends: bool = True) -> str:
    """A field whose result is `inside` if `result` is empty."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    shown = f"<w:r><w:t>{inside}</w:t></w:r>"
    between = mark("separate") if not result else ""
    body = f"{mark('begin')}<w:r><w:instrText>{name}</w:instrText></w:r>{between}{shown}"
    after = f"{mark('separate')}<w:r>{result}</w:r>" if result else ""
    return f"<w:p>{body}{after}{mark('end') if ends else ''}</w:p>"


def rows(*rows: str, of_table: str = "") -> str:
    return f"<w:tbl>{of_table}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(of_cell: str, inside: str) -> str:
    return f"<w:tc><w:tcPr>{of_cell}</w:tcPr>{inside}</w:tc>"


def formula(inside: str) -> str:
    return f"<w:p><m:oMath {MATH}>{inside}</m:oMath></w:p>"


def picture(side: int, of_anchor: str = 'behindDoc="0"', wrap: str = "") -> str:
    drawn = f'<wp:extent cx="{side}" cy="{side}"/>{wrap}<a:graphic><pic:pic/></a:graphic>'
    return f"<w:p><w:r><w:drawing {DRAWING}><wp:anchor {of_anchor}>{drawn}</wp:anchor></w:drawing></w:r></w:p>"


def either(requires: str, names: str = "") -> str:
    choice = f'<mc:Choice Requires="{requires}"><w:t>{SECRET}</w:t></mc:Choice>'
    return f"<w:p><w:r><mc:AlternateContent {MARKUP} {names}>{choice}<mc:Fallback><w:t>plain</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"


def table_style(look: str) -> tuple[str, str, str]:
    style = f'<w:style w:type="table" w:styleId="T"><w:rPr>{look}</w:rPr></w:style>'
    return "styles", "styles.xml", makers.part("styles", style)


WHITE = '<w:color w:val="FFFFFF"/>'
THIN = '<w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="0"/></w:tblGrid>'
STYLED = '<w:tblPr><w:tblStyle w:val="T"/></w:tblPr>'
MERGED = ('<w:vMerge w:val="restart"/>', "<w:vMerge/>")

# name: (reason, body)
HIDDEN: dict[str, tuple[str, str]] = {
    "vanish-always": ("formatted as hidden", run("<w:specVanish/>")),
    "complex": ("tiny", run('<w:rtl/><w:sz w:val="24"/><w:szCs w:val="2"/>')),
    "condensed": ("written on top", run('<w:sz w:val="22"/><w:spacing w:val="-300"/>')),
    "raised": ("outside the page", run('<w:position w:val="2000"/>')),
    "lowered": ("outside the page", run('<w:position w:val="-2000"/>')),
    "symbols": ("font of symbols", run('<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>')),
    "shallow": ("line without height", run('<w:sz w:val="60"/>', of_paragraph='<w:spacing w:line="120" w:lineRule="exact"/>')),
    "hanging": ("outside the page", run("", of_paragraph='<w:ind w:left="200" w:hanging="15000"/>')),
    "first-line": ("outside the page", run("", of_paragraph='<w:ind w:firstLine="20000"/>')),
    "no-fill": ("drawn invisibly", run(filled("<w14:noFill/>"))),
    "see-through": ("drawn invisibly", run(filled('<w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="98000"/></w14:srgbClr></w14:solidFill>'))),
    "white-fill": ("colour of its background", run(filled(solid("FFFFFF")))),
    "white-rim": ("colour of its background", run(WHITE + filled(solid("FEFEFE"), "textOutline"))),
    "tinted-theme": ("colour of its background", run('<w:color w:val="000000" w:themeColor="background1" w:themeTint="80"/>')),
    "set": ("formatted as hidden", code("SET wood oak", result="")),
    "index-mark": ("formatted as hidden", f'<w:p><w:fldSimple w:instr=" XE &quot;oak&quot; "><w:r><w:t>{SECRET}</w:t></w:r></w:fldSimple></w:p>'),
    "in-a-code": ("formatted as hidden", code("IF 1 = 1")),
    "phantom": ("formatted as hidden", formula(f'<m:phant><m:phantPr><m:show m:val="0"/></m:phantPr><m:e><m:r><m:t>{SECRET}</m:t></m:r></m:e></m:phant>')),
    "white-formula": ("colour of its background", formula(f"<m:r><w:rPr>{WHITE}</w:rPr><m:t>{SECRET}</m:t></m:r>")),
    "hidden-row": ("formatted as hidden", rows(f"<w:trPr><w:hidden/></w:trPr>{cell('', run(''))}")),
    "thin-cell": ("cell without width", rows(cell('<w:tcW w:w="0" w:type="dxa"/>', run("")), of_table=THIN)),
    "merged-down": ("merged with another", rows(cell(MERGED[0], paragraph("Jane")), cell(MERGED[1], run("")))),
    "merged-across": ("merged with another", rows(cell('<w:hMerge w:val="restart"/>', paragraph("Jane")) + cell("<w:hMerge/>", run("")))),
    "off-section": ("outside the page", run("", of_paragraph='<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:left="15000"/></w:sectPr>')),
}  # fmt: skip

# name: (reason, body): read, and named in a notice
DOUBTFUL: dict[str, tuple[str, str]] = {
    "faint": ("very faint", run('<w:color w:val="E4E4E4"/>')),
    "small": ("very small", run('<w:sz w:val="6"/>')),
    "web-hidden": ("hidden in one of two views", run("<w:webHidden/>")),
    "foreign": (
        "unknown to Word",
        f'<w:p><z:x xmlns:z="urn:z"><w:r><w:t>{SECRET}</w:t></w:r></z:x></w:p>',
    ),
}

# name: body; the words are seen, and nothing is to be said
HONEST: dict[str, str] = {
    "symbol": run('<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>', "l") + run(""),
    "font-named-else": run('<w:rFonts w:ascii="Segoe UI Symbol"/>'),
    "exact-line": run('<w:sz w:val="20"/>', of_paragraph='<w:spacing w:line="200" w:lineRule="exact"/>'),
    "hanging": run("", of_paragraph='<w:ind w:left="720" w:hanging="720"/>'),
    "condensed": run('<w:sz w:val="20"/><w:spacing w:val="-20"/><w:position w:val="6"/>'),
    "complex-size": run('<w:szCs w:val="2"/>'),
    "rim-alone": run(filled("<w14:noFill/>") + filled(solid("C00000"), "textOutline")),
    "gradient": run(WHITE + filled('<w14:gradFill><w14:srgbClr w14:val="FFFFFF"/></w14:gradFill>')),
    "dark-theme": run('<w:color w:val="FFFFFF" w:themeColor="text1"/>'),
    "linked": code('HYPERLINK "x"', result=""),
    "merged-first": rows(cell(MERGED[1], run(""))),
    "merged-beside": rows(cell(MERGED[0], paragraph("Jane")) + cell("", paragraph("x")), cell(MERGED[1], "<w:p/>") + cell("", run(""))),
    "automatic-cell": rows(cell('<w:tcW w:w="0" w:type="auto"/>', run(""))),
    "thin-but-grows": rows(cell('<w:tcW w:w="0" w:type="dxa"/>', run(""))),
    "small-picture": run("") + picture(900_000),
    "picture-behind": run("") + picture(9_000_000, 'behindDoc="1"'),
    "picture-beside": run("") + picture(9_000_000, wrap="<wp:wrapSquare/>"),
    "page-numbers": run("<w:webHidden/>", "12") + run(""),
    "choice": either("wps", 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'),
    "section": run("", of_paragraph='<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:left="1440" w:top="1440"/></w:sectPr>'),
}  # fmt: skip


def document(body: str, *others: tuple[str, str, str]) -> bytes:
    return docx(body + "".join(map(paragraph, SHOWN)), *others)


def documents() -> dict[str, bytes]:
    """All of them by name, for the golden cases of the browser."""
    made = {name: document(body) for name, (_, body) in {**HIDDEN, **DOUBTFUL}.items()}
    made |= {f"honest-{name}": document(body) for name, body in HONEST.items()}
    made["table-style"] = document(rows(cell("", run("")), of_table=STYLED), table_style(WHITE))
    made["bogus-choice"] = document(either("bogus"))
    made["picture-over"] = document(run("") + picture(9_000_000))
    return made
