"""Words set letter by letter, in texts, Word files and PDFs; and single letters that are none."""

from __future__ import annotations

import pytest
from makers import both, docx, lines_at, paragraph, pdf
from reportlab.pdfgen.canvas import Canvas

from rolefit.inspection import inspect
from rolefit.reading import from_text, read
from rolefit.reading.spaced import joined

WORDS = {
    "I n e s  C a l v o": "Ines Calvo",
    "I n e s C a l v o": "Ines Calvo",
    "I n e s   Q .   C a l v o": "Ines Q. Calvo",
    "E X P E R I E N C E": "EXPERIENCE",
    "W O R K   E X P E R I E N C E": "WORK EXPERIENCE",
    "W O R K E X P E R I E N C E": "WORK EXPERIENCE",
    "P R O F I L E :": "PROFILE:",
    "T O O L S & S K I L L S": "TOOLS & SKILLS",
    "S K I L L S\tT O O L S": "SKILLS\tTOOLS",
    "E D U C A T I O N   2012 - 2014": "EDUCATION   2012 - 2014",
    "H A R B O U R  P I L O T | 2014": "HARBOUR PILOT | 2014",
    "P R O J E C T S (four)": "PROJECTS (four)",
    "\u041e \u041f \u042b \u0422": "\u041e\u041f\u042b\u0422",
}
LETTERS = [
    "C, R, A B testing", "Plan B and vitamin D", "A B C D E F G", "M T W T F S S", "A A B C",
    "R & D", "1 2 3 4 5", "x y z", "H T M L", "C R D K", "a b c of the trade, d e f",
    "A / B / C / D",
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), WORDS.items())
def test_letters_apart_are_words(text: str, words: str) -> None:
    assert from_text(f"before\n{text}\nafter", "t").text == f"before\n{words}\nafter"


@pytest.mark.parametrize("text", LETTERS)
def test_single_letters_stay_single(text: str) -> None:
    assert joined(text) == (text, 0)
    assert read(pdf(lines_at([text], 60)), name="a.pdf").text == text


def test_a_word_file_is_read_alike_and_says_so() -> None:
    body = "".join(map(paragraph, ["I n e s  C a l v o", "E X P E R I E N C E", *LETTERS]))
    document = read(docx(body), name="a.docx")
    assert document.text.splitlines() == ["Ines Calvo", "EXPERIENCE", *LETTERS]
    (notice,) = document.notices
    assert notice.code == "letter-spacing"
    assert notice.message.startswith("3 words are written with blanks between the letters")


def test_inspect_still_warns_of_them() -> None:
    found = inspect(from_text("E X P E R I E N C E\nHarbour pilot, 2010 - 2014\n", "t"), "resume")
    assert "letter-spacing" in {risk.code for risk in found.risks}


def tracked(text: str, y: float, apart: float) -> object:
    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(60, y)
        line.setFont("Helvetica", 12)
        line.setCharSpace(apart)
        line.textLine(text)
        line.setCharSpace(0)
        canvas.drawText(line)

    return draw


@pytest.mark.parametrize("apart", [3, 5, 8, 14, 20])
@pytest.mark.parametrize(
    "text", ["INES CALVO", "WORK EXPERIENCE", "HARBOUR PILOT", "Ines Calvo", "Inés Q. Roe"]
)
def test_letters_that_a_pdf_sets_apart_are_words(text: str, apart: float) -> None:
    document = read(pdf(tracked(text, 760, apart)), name="a.pdf")  # type: ignore[arg-type]
    assert document.text == text


def test_letters_that_a_pdf_parts_by_blanks_are_words() -> None:
    lines = ["I n e s  C a l v o", "W O R K   E X P E R I E N C E", "H A R B O U R  P I L O T"]
    document = read(pdf(both(lines_at(lines, 60))), name="a.pdf")
    assert document.text.splitlines() == ["Ines Calvo", "WORK EXPERIENCE", "HARBOUR PILOT"]


def test_a_long_text_of_letters_takes_no_long_time() -> None:
    text = " ".join("xqz" * 40_000)
    assert joined(text) == (text, 0)
