"""Small sound files of every kind, to be spoilt."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
import zlib
from typing import Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
SAID = b"BT /F 12 Tf 50 700 Td (Jane Doe, Python) Tj 0 -20 Td (Acme Ltd 2019-2024) Tj ET "


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    parts, places, at = [b"%PDF-1.7\n"], [], 9
    for number, content in enumerate(objects, 1):
        places.append(at)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        at += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return b"".join([
        *parts, b"xref\n0 %d\n0000000000 65535 f \n" % size, table,
        b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (size, trailer, at),
    ])  # fmt: skip


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def page(
    content: bytes,
    *more: bytes,
    box: bytes = b"[0 0 595 842]",
    entries: bytes = b"",
    resources: bytes = b"",
) -> bytes:
    """A PDF of one page; `content` is object 4, the font 5, `more` are those from 6 on."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R%s/Resources<</Font<</F 5 0 R>>%s>>>>"
        % (box, entries, resources),
        content, FONT, *more,
    )  # fmt: skip


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def part(body: str, element: str = "document") -> str:
    names = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:a="urn:a"'
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{element} {names}>{body}</w:{element}>'


def relations(*entries: tuple[str, str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"/>'
        for key, kind, target in entries
    )
    return f'<Relationships xmlns="{P}/relationships">{inside}</Relationships>'


BODY = (
    paragraph("Jane Doe")
    + '<w:tbl><w:tr><w:trPr><w:trHeight w:val="300" w:hRule="exact"/></w:trPr><w:tc>'
    + f'{paragraph("Python")}</w:tc><w:tc><w:tcPr><w:shd w:fill="FFFFFF"/></w:tcPr>'
    + '<w:p><w:pPr><w:pStyle w:val="s"/></w:pPr><w:r><w:rPr><w:color w:val="FF0000"/>'
    + '<w:sz w:val="20"/></w:rPr><w:t>2019</w:t><w:tab/><w:br/></w:r></w:p></w:tc></w:tr></w:tbl>'
    + "<w:p><w:r><mc:AlternateContent><mc:Choice><a:anchor><a:posOffset>5</a:posOffset>"
    + f'<a:extent cx="900000" cy="900000"/><w:txbxContent>{paragraph("box")}</w:txbxContent>'
    + "</a:anchor></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r></w:p>"
    + '<w:sectPr><w:headerReference r:id="h"/></w:sectPr>'
)
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{P}/content-types"/>',
    "_rels/.rels": relations(("r", "officeDocument", "word/document.xml")),
    "word/document.xml": part(f"<w:body>{BODY}</w:body>"),
    "word/_rels/document.xml.rels": relations(
        ("h", "header", "header1.xml"), ("s", "styles", "styles.xml")
    ),
    "word/header1.xml": part(paragraph("Head"), "hdr"),
    "word/styles.xml": part(
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="s">'
        '<w:basedOn w:val="t"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>',
        "styles",
    ),
}


def archive(members: dict[str, Any], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return buffer.getvalue()


def docx(body: str, **others: str) -> bytes:
    return archive({**PARTS, "word/document.xml": part(f"<w:body>{body}</w:body>"), **others})


HTML = (
    "<!doctype html><meta charset=utf-8><title>t</title><style>/* c */@media screen{.a{color:red}}"
    "p > b{display:none}@import url('x');#i,.b c{left:-9px;background:rgb(1,2,3)}</style>"
    "<body><h1>Jane Doe</h1><p class=a style='color:#fff;font-size:2px'>Python<b>x</b><br>Go"
    "<table><tr><td>a<td>b</table><pre>x\ny</pre><font color=red>&amp;é</font><ul><li>1<li>2</ul>"
    "<script>x<b></script><svg><title>s</title></svg><!-- c --></body>"
)
RTF = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 A;}}"
    r"{\*\generator x;}\uc1\pard\f0 Jane\u233? \'e9 Doe\par {\field{\*\fldinst{HYPERLINK "
    r'"http://x"}}{\fldrslt x}}\trowd\cell a\cell b\row{\pict\bin2 ab}\f1\'c0\par}'
)
TEXT = "Jane Doe\r\nSenior C++ Engineer, Zürich\n2019 - 2024\tAcme Ltd\n• Python; Go (5+ years)\n"
FILES = {
    "pdf": page(stream(SAID), entries=b"/Rotate 90"),
    "packed pdf": page(stream(zlib.compress(SAID), b"/Filter/FlateDecode")),
    "form pdf": page(
        stream(b"/X Do " + SAID),
        stream(
            SAID, b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</Font<</F 5 0 R>>>>"
        ),
        resources=b"/XObject<</X 6 0 R>>",
    ),
    "docx": archive(PARTS),
    "html": HTML.encode(),
    "rtf": RTF.encode("cp1252"),
    "text": TEXT.encode(),
    "utf-16": TEXT.encode("utf-16"),
    "utf-16 without a mark": TEXT.encode("utf-16-be"),
}

MODEL: dict[str, Any] = {
    "poly_features.json": {
        "degree": 1, "include_bias": False, "n_features_in": 1, "n_output_features": 1,
    },
    "ridge_weights.json": {
        "alpha": 1.0, "coefficients": [50.0], "intercept": 50.0, "n_features_in": 1,
    },
    "neural_weights.json": {
        "hidden_layer_sizes": [2], "activation": "relu", "n_features_in": 1,
        "coefs": [[[1.0, -1.0]], [[50.0], [-50.0]]], "intercepts": [[0.0, 0.0], [50.0]],
    },
    "mapper.json": {
        "format": 1, "features": ["overlap"], "low": [-1.0], "high": [1.0],
        "mean": [0.5], "scale": [0.5], "ensemble_weight": 0.5,
        "bands": {"scores": [0, 50, 100], "low": [0, 40, 80], "high": [20, 60, 100]},
    },
    "background.json": {"features": ["overlap"], "rows": [[0.1], [0.2]], "weights": [0.5, 0.5]},
    "domains.json": {
        "format": 1, "names": ["a", "b"], "weights": [[1.0, 0.0], [0.0, 1.0]],
        "intercepts": [0.0, 0.1], "temperature": 1.0, "encoder": "",
    },
    "tokenizer.json": {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "strip_accents": None,
                       "handle_chinese_chars": True, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"}, "decoder": None,
        "post_processor": {"type": "BertProcessing", "cls": ["[CLS]", 3], "sep": ["[SEP]", 4]},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100,
                  "vocab": {"[UNK]": 0, "jane": 1, "doe": 2, "[CLS]": 3, "[SEP]": 4}},
    },
}  # fmt: skip
MANIFEST: dict[str, Any] = {
    "format": 1, "name": "tiny", "version": "1", "taxonomy": "", "as_of": "2026-11",
    "line_scale": [0.3, 0.7], "encoder": {"max_tokens": 16, "hidden_size": 2},
}  # fmt: skip


def model(spoilt: dict[str, bytes] | None = None) -> dict[str, bytes]:
    """The files of a model folder; the manifest fits those that are spoilt as well."""
    files = {name: json.dumps(content).encode() for name, content in MODEL.items()}
    files |= {"encoder.int8.onnx": b"onnx", **(spoilt or {})}
    listed = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for name, data in files.items()
    }
    return {"manifest.json": json.dumps({**MANIFEST, "files": listed}).encode(), **files}


def taxonomy(body: bytes) -> bytes:
    """A compiled taxonomy whose hash fits its body."""
    from rolefit.language.taxonomy import FORMAT

    header = {"format": FORMAT, "sha256": hashlib.sha256(body).hexdigest(), "sources": []}
    return gzip.compress(json.dumps(header).encode() + b"\n" + body, mtime=0)
