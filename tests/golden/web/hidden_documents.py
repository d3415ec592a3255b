# ruff: noqa: E501 - the little pages are easier to check on one line each
"""Documents for hidden.py: they hide words, or are honest and look alike; and RTF of many kinds."""

from __future__ import annotations

import hiding_docx
import hiding_html
import makers
from hidden_layouts import layouts
from hidden_margins import margins
from hidden_pdfs import SECRET, SHOWN, pdfs
from makers import docx, paragraph

XML = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
WHITE = '<w:color w:val="FFFFFF"/>'


def documents() -> dict[str, bytes]:
    return {
        **{f"hidden-{name}.pdf": data for name, data in pdfs().items()},
        **{f"hidden-{name}.docx": data for name, data in _docxs().items()},
        **{f"word-{name}.docx": data for name, data in hiding_docx.documents().items()},
        **{f"page-{name}.html": data for name, data in hiding_html.documents().items()},
        **{f"hidden-{name}.html": data for name, data in _pages().items()},
        **{f"{name}.rtf": data for name, data in _rtfs().items()},
        **{f"layout-{name}": data for name, data in (layouts() | margins()).items()},
    }


# DOCX


def run(look: str, words: str = SECRET) -> str:
    return f"<w:p><w:r><w:rPr>{look}</w:rPr><w:t>{words}</w:t></w:r></w:p>"


def styled(*styles: str) -> tuple[str, str, str]:
    return "styles", "styles.xml", makers.part("styles", "".join(styles))


def shape(props: str, fill: str, inside: str) -> str:
    box = f"<w:txbxContent>{inside}</w:txbxContent>"
    return f"<w:p><w:r><w:drawing {XML}><wp:anchor>{props}<a:graphic><wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphic></wp:anchor></w:drawing></w:r></w:p>"


def _docxs() -> dict[str, bytes]:
    shown = "".join(map(paragraph, SHOWN))
    cell = '<w:tbl><w:tr>{}<w:tc><w:tcPr><w:shd w:fill="{}"/></w:tcPr>{}</w:tc></w:tr></w:tbl>'
    large = '<wp:extent cx="4000000" cy="900000"/>'
    blue = '<a:solidFill><a:srgbClr val="1F3864"/></a:solidFill>'
    ghost = styled(
        '<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:color w:val="FEFEFE"/></w:rPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="Ghost"><w:basedOn w:val="Base"/></w:style>',
    )
    gone = styled(
        '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    bodies = {
        "vanish": run("<w:vanish/>") + run('<w:vanish w:val="0"/>', "not hidden"),
        "white": run(WHITE),
        "theme": run('<w:color w:val="auto" w:themeColor="background1"/>'),
        "cell": cell.format("", "333333", run('<w:color w:val="333333"/>')),
        "row": cell.format(
            '<w:trPr><w:trHeight w:val="10" w:hRule="exact"/></w:trPr>', "auto", run("")
        ),
        "tiny": run('<w:sz w:val="2"/>') + run('<w:w w:val="1%"/>'),
        "line": f'<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr><w:r><w:t>{SECRET}</w:t></w:r></w:p>',
        "indented": f'<w:p><w:pPr><w:ind w:left="20000"/></w:pPr><w:r><w:t>{SECRET}</w:t></w:r></w:p>',
        "shape": shape('<wp:docPr id="1" name="x" hidden="1"/>', "<a:noFill/>", run("")),
        "outside": shape(
            f"<wp:positionH><wp:posOffset>-9000000</wp:posOffset></wp:positionH>{large}",
            "<a:noFill/>",
            run(""),
        ),
        "honest-marked": run('<w:highlight w:val="darkBlue"/>' + WHITE)
        + run('<w:shd w:fill="1F3864"/>' + WHITE),
        "honest-cell": cell.format("", "1F3864", run(WHITE)),
        "honest-shape": shape(large, blue, run(WHITE)),
        "honest-backdrop": shape(f"{large}<wp:wrapNone/>", blue, paragraph("On the shape"))
        + run(WHITE),
    }
    made = {name: docx(shown + body) for name, body in bodies.items()}
    made["style"] = docx(
        shown
        + f'<w:p><w:pPr><w:pStyle w:val="Ghost"/></w:pPr><w:r><w:t>{SECRET}</w:t></w:r></w:p>',
        ghost,
    )
    made["run-style"] = docx(shown + run('<w:rStyle w:val="Gone"/>'), gone)
    return made


# HTML


def _pages() -> dict[str, bytes]:
    sheet = (
        "/* p {color: red} */ @import 'x.css'; @media print {p {color: white}} @media screen {div.x > p {display: none}}"
        "#one .two {left: -9999px; position: absolute} h2 ~ p[data-k^=v] {opacity: 0} .W {color: #fefefe}"
        "p:hover {display: none} ul li + li {font-size: 0} .clip {height: 1px; overflow: hidden}"
    )
    bodies = {
        "rules": f'<div class="x"><p>{SECRET}</p></div><div id="one"><p><b class="two">{SECRET}</b></p></div>'
        f'<h2>Work</h2><p data-k="vw">{SECRET}</p><p class="w">class has no case here</p><ul><li>shown<li>{SECRET}</ul>'
        f'<span class="clip">{SECRET}</span>',
        "inline": "".join(
            f'<p style="{style}">{SECRET}</p>'
            for style in (
                "display:none",
                "visibility:hidden",
                "opacity:.01",
                "font:1px/2 Arial",
                "color:rgb(250 250 250)",
                "text-indent:-999px",
                "transform:scale(0)",
                "color:black;background:#000",
                "color:white!important;color:black",
            )
        ),
        "old": f"<p hidden>{SECRET}</p><font color=white>{SECRET}</font><table><tr><td bgcolor=#fff><font color=#fff>{SECRET}</table>",
        "noscript": f'<noscript><p style="color:#fff">{SECRET}</p><p>not read anyway</p></noscript>',
        "honest-again": '<div style="visibility:hidden"><p style="visibility:visible">shown</p></div>',
        "honest-dark": '<div style="background:#123"><p style="color:white">bright</p></div><div style="background:url(x.png)"><p style="color:white">on a picture</p></div><table><td bgcolor=black><font color=white>cell</font></table>',
        "honest-fading": '<p style="opacity:0;transition:opacity 1s">comes soon</p><p style="color:rgb(nan,0,0)">nonsense</p><p style="left:-9999px">in its place</p>',
    }
    shown = "".join(f"<p>{line}</p>" for line in SHOWN)
    return {
        name: f"<!doctype html><meta charset=utf-8><title>x</title><style>{sheet}</style>{shown}{body}".encode()
        for name, body in bodies.items()
    } | {"quirks": f'<style>.W {{color: #fefefe}}</style>{shown}<p class="w">{SECRET}</p>'.encode()}


# RTF


def _rtfs() -> dict[str, bytes]:
    fonts = r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 MS Mincho;}{\f3\fcharset78 Osaka;}}"
    head = (
        r"{\rtf1\ansi\ansicpg1252\deff0"
        + fonts
        + r"{\colortbl;\red0\green0\blue0;}{\*\generator x;}\f0\fs20 "
    )
    bodies = {
        "plain": r"R\'e9sum\'e9 of Jane\par{\b Nurse}, 2019\endash 2024\par \u8226?\tab caf\u233\'e9\line 24/7 \{on call\}\par",
        "letters": r"\f1\'cf\'f0\'e8\'e2\'e5\'f2\f0\par\f2\'82\'a0\'82\'a2\f0\par\f3\'e9\f0\par\u-10179?\u-8704? soft\-hyphen non\_breaking\~blank",
        "table": r"\trowd\cellx1\cellx2 Acme\cell 2019\cell\row\trowd Beta\nestcell x\cell 2020\cell\row one|two\par",
        "left-out": r"{\header Page}{\footnote note}{\*\bkmkstart a}{\info{\title T}}Body{\field{\*\fldinst{HYPERLINK x}}{\fldrslt link}}{\pict\pngblip "
        + "0a1b" * 40
        + " "
        + "2c3d" * 40
        + r"}\par\uc2\u233 ??end\page next\sect last",
        "after": r"inside} outside",
    }
    made = {name: (head + body + "}").encode("cp1252") for name, body in bodies.items()}
    return made | {
        "broken-off": (head + r"{\b open").encode(),
        "nonsense": (head + r"\u1234567890 x}").encode(),
        "made": makers.rtf(SHOWN),
    }
