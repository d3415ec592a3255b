"""What a person would not see is left out, counted, and to be had on request."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import makers
import pytest
from makers import both, docx, lines_at, paragraph, pdf
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from rolefit.errors import EmptyDocumentError
from rolefit.reading import read
from rolefit.records import Document

SHOWN = ["Jane Doe", "kept the shelves in order", "trained two new colleagues"]
SECRET = "zebrawood quartzite xylophone"


def text_at(x: float, y: float, size: float = 10, mode: int = 0, grey: float = 0.0):  # type: ignore[no-untyped-def]
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(x, y)
        text.setFont("Helvetica", size)
        text.setFillGray(grey)
        text.setTextRenderMode(mode)
        text.textLine(SECRET)
        canvas.drawText(text)

    return draw


def bar(grey: float) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(grey)
        canvas.rect(50, 380, 400, 40, fill=1, stroke=0)

    return draw


def scan(canvas: Canvas) -> None:
    """A picture of the page, with specks wherever a line of text could stand."""
    rng = random.Random(5)
    body = bytes(rng.choice((0, 255)) for _ in range(150 * 200))
    canvas.drawImage(ImageReader(io.BytesIO(b"P5 150 200 255\n" + body)), 0, 0, 595, 842)


def black(canvas: Canvas) -> None:
    canvas.setFillGray(0)


def codes(document: Document) -> list[str]:
    return [notice.code for notice in document.notices]


def check_found(data: bytes, reason: str) -> None:
    document = read(data, name="x")
    assert [document.line_text(line) for line in document.lines] == SHOWN
    assert codes(document) == ["hidden-text"]
    assert document.notices[0].message.startswith("3 words that a person would not see")
    assert reason in document.notices[0].message
    whole = read(data, name="x", with_hidden=True)
    assert set(SECRET.split()) <= set(whole.text.split())
    assert whole.notices == ()


@pytest.mark.parametrize(
    ("reason", "draw"),
    [
        ("colour of its background", [text_at(60, 400, grey=1)]),
        ("colour of its background", [bar(0.1), text_at(60, 400, grey=0.12)]),
        ("drawn invisibly", [text_at(60, 400, mode=3)]),
        ("tiny", [text_at(60, 400, size=1)]),
        ("outside the page", [text_at(-900, 400)]),
        ("covered or cut off", [text_at(60, 400), bar(1.0)]),
    ],
)
def test_a_pdf_hides_nothing(reason: str, draw: list[Callable[[Canvas], None]]) -> None:
    page = both(lines_at(SHOWN, 60), *draw)
    check_found(pdf(page), reason)
    assert "(page 1)" in read(pdf(page), name="x").notices[0].message


def test_white_text_on_a_dark_bar_is_seen() -> None:
    page = both(lines_at(SHOWN, 60), bar(0.2), text_at(60, 400, grey=1))
    document = read(pdf(page), name="x.pdf")
    assert SECRET in document.text
    assert document.notices == ()


def test_the_recognised_text_of_a_scan_is_kept_and_named() -> None:
    document = read(pdf(both(scan, text_at(60, 400, mode=3))), name="x.pdf")
    assert SECRET in document.text
    assert codes(document) == ["ocr-layer"]


def test_invisible_text_on_a_picture_beside_visible_text_is_no_scan() -> None:
    page = both(
        scan, bar(1.0), bar(0.9), black, lines_at(SHOWN, 60, 410, 11), text_at(60, 600, mode=3)
    )
    assert codes(read(pdf(page), name="x.pdf")) == ["hidden-text"]


def test_a_pdf_that_only_hides_shows_no_text() -> None:
    with pytest.raises(EmptyDocumentError, match="a person would see no text in it, 3 words"):
        read(pdf(text_at(60, 400, grey=1)), name="x.pdf")


def run(look: str) -> str:
    return f"<w:p><w:r><w:rPr>{look}</w:rPr><w:t>{SECRET}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("reason", "body"),
    [
        ("formatted as hidden", run("<w:vanish/>")),
        ("colour of its background", run('<w:color w:val="FFFFFF"/>')),
        ("tiny", run('<w:sz w:val="2"/>')),
        (
            "colour of its background",
            run('<w:shd w:val="clear" w:fill="222222"/><w:color w:val="222222"/>'),
        ),
    ],
)
def test_a_docx_hides_nothing(reason: str, body: str) -> None:
    check_found(docx("".join(map(paragraph, SHOWN)) + body), reason)


@pytest.mark.parametrize("shade", ['<w:highlight w:val="darkBlue"/>', '<w:shd w:fill="1F3864"/>'])
def test_white_words_on_a_dark_ground_are_seen_in_a_docx(shade: str) -> None:
    document = read(docx(run(shade + '<w:color w:val="FFFFFF"/>')), name="x.docx")
    assert (document.text, document.notices) == (SECRET, ())


XML = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
WHITE = '<w:color w:val="FFFFFF"/>'
SIZE = '<wp:extent cx="4000000" cy="900000"/>'


def shape(fill: str, look: str = WHITE, extent: str = SIZE, props: str = "", refs: str = "") -> str:
    box = f"<wps:txbx><w:txbxContent>{run(look)}</w:txbxContent></wps:txbx>"
    inside = f"<wps:spPr>{fill}</wps:spPr>{refs}{box}<wps:bodyPr>{props}</wps:bodyPr>"
    return (
        f"<w:p><w:r><w:drawing {XML}><wp:anchor>{extent}<a:graphic><wps:wsp>{inside}</wps:wsp>"
        "</a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )


def filled(colour: str, change: str = "") -> str:
    return f'<a:solidFill><a:schemeClr val="{colour}">{change}</a:schemeClr></a:solidFill>'


def ground(settings: str, background: str = '<w:background w:color="1F3864"/>') -> bytes:
    """White and dark words on a dark page."""
    dark = run('<w:color w:val="1F3864"/>').replace(SECRET, "drowned")
    body = f"{background}<w:body>{run(WHITE)}{dark}{paragraph(SHOWN[0])}</w:body>"
    relations = makers.relations(("s", "settings", "settings.xml"))
    return makers.archive({
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": makers.part("document", body).encode(),
        "word/_rels/document.xml.rels": relations.encode(),
        "word/settings.xml": makers.part("settings", settings).encode(),
    })  # fmt: skip


def test_the_background_of_a_docx_counts_where_it_is_shown() -> None:
    shown = read(ground("<w:displayBackgroundShape/>"), name="x.docx")
    assert shown.text.split() == [*SECRET.split(), *SHOWN[0].split()]
    for settings in ("", '<w:displayBackgroundShape w:val="0"/>'):
        unshown = read(ground(settings), name="x.docx")
        assert unshown.text.split() == ["drowned", *SHOWN[0].split()]
    picture = '<w:background w:color="FFFFFF"><v:background><v:fill/></v:background></w:background>'
    unknown = read(ground("<w:displayBackgroundShape/>", picture), name="x.docx")
    assert unknown.notices == ()


@pytest.mark.parametrize(
    "body",
    [
        run('<w:shd w:val="solid" w:color="1F3864" w:fill="auto"/>' + WHITE),
        run('<w:shd w:val="pct50" w:color="000000" w:fill="FFFFFF"/>' + WHITE),
        run('<w:shd w:val="horzStripe" w:color="000000" w:fill="FFFFFF"/>' + WHITE),
        shape(f"<a:ln>{filled('bg1')}</a:ln>", refs='<a:fillRef idx="1"/>'),
        shape(
            "",
            refs='<a:lnRef idx="3"><a:schemeClr val="lt1"/></a:lnRef><a:fillRef idx="1"/>',
        ),
        shape(filled("bg1", '<a:lumMod val="50000"/>')),
        shape(filled("tx1", '<a:lumOff val="95000"/>'), '<w:color w:val="000000"/>'),
        run(f"{WHITE}<w14:textFill {XML}>{filled('accent1')}</w14:textFill>"),
        run(f"{WHITE}<w14:textOutline {XML}>{filled('accent1')}</w14:textOutline>"),
        shape("<a:noFill/>", "", '<wp:extent cx="14605" cy="14605"/>', "<a:spAutoFit/>"),
    ],
)
def test_words_whose_colour_ground_or_size_may_show_them_are_seen_in_a_docx(body: str) -> None:
    document = read(docx("".join(map(paragraph, SHOWN)) + body), name="x.docx")
    assert SECRET in document.text
    assert document.notices == ()


@pytest.mark.parametrize(
    "body",
    [
        run('<w:shd w:val="pct5" w:color="auto" w:fill="FFFFFF"/>' + WHITE),
        run('<w:shd w:val="solid" w:color="FFFFFF" w:fill="1F3864"/>' + WHITE),
        shape(f"<a:ln>{filled('accent1')}</a:ln>"),
        shape(filled("bg1")),
        run(f"{WHITE}<w14:textOutline {XML}><a:noFill/></w14:textOutline>"),
        shape("<a:noFill/>", "", '<wp:extent cx="14605" cy="14605"/>', "<a:noAutofit/>"),
        shape("<a:noFill/>", "", '<wp:extent cx="14605" cy="14605"/>')
        + shape("", "", '<wp:extent cx="1" cy="1"/>', "<a:spAutoFit/>").replace(SECRET, ""),
    ],
)
def test_words_that_no_effect_or_shading_shows_are_hidden_in_a_docx(body: str) -> None:
    document = read(docx("".join(map(paragraph, SHOWN)) + body), name="x.docx")
    assert SECRET not in document.text
    assert codes(document) == ["hidden-text"]


def test_effects_on_letters_may_come_from_a_style() -> None:
    effect = f"<w14:textFill {XML}>{filled('accent1')}</w14:textFill>"
    for inside, seen in ((effect, True), (effect.replace(filled("accent1"), "<a:noFill/>"), False)):
        style = f'<w:style w:type="character" w:styleId="s"><w:rPr>{inside}</w:rPr></w:style>'
        styles = ("styles", "styles.xml", makers.part("styles", style))
        body = paragraph(SHOWN[0]) + run('<w:rStyle w:val="s"/>' + WHITE)
        assert (SECRET in read(docx(body, styles), name="x.docx").text) == seen


@pytest.mark.parametrize(
    ("reason", "style"),
    [
        ("formatted as hidden", "display:none"),
        ("colour of its background", "color:#fefefe"),
        ("drawn invisibly", "opacity:0"),
        ("tiny", "font-size:1px"),
        ("outside the page", "position:absolute;left:-9999px"),
        ("box without size", "height:0;overflow:hidden"),
    ],
)
def test_a_page_hides_nothing_inline_or_by_a_rule(reason: str, style: str) -> None:
    shown = makers.html(SHOWN).decode()
    check_found(f'{shown}<p style="{style}">{SECRET}</p>'.encode(), reason)
    ruled = shown.replace(
        "<title>", f"<style>p.x{{{style}}} @media print{{p{{color:#fff}}}}</style><title>"
    )
    check_found(f'{ruled}<p class="x">{SECRET}</p>'.encode(), reason)


def test_what_a_page_shows_again_is_seen() -> None:
    body = '<div style="visibility:hidden"><p style="visibility:visible">shown</p></div>'
    dark = '<div style="background:#123"><p style="color:white">bright</p></div>'
    assert read((body + dark).encode(), name="x.html").text == "shown\nbright"
