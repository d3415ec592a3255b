"""HTML as browsers lay it out: lines, gaps between boxes, and what styles do not hide."""

from __future__ import annotations

import pytest

from rolefit.reading import read
from rolefit.records import Document

SECRET = "zebrawood quartzite"


def document(body: str, style: str = "", head: str = "") -> Document:
    sheet = f"<style>{style}</style>" if style else ""
    return read(f"<!doctype html><title>x</title>{head}{sheet}{body}".encode(), name="x.html")


def page(body: str, style: str = "", head: str = "") -> list[str]:
    found = document(body, style, head)
    return [found.line_text(line) for line in found.lines]


def hides(body: str, style: str = "", head: str = "") -> bool:
    """Whether the secret in a page is left out, with its notice."""
    found = document(f"<h2>Jane</h2>{body}", style, head)
    left_out = "zebrawood" not in found.text
    assert left_out == any(notice.code == "hidden-text" for notice in found.notices)
    return left_out


# Lines and gaps


def test_a_line_of_preformatted_text_ends_where_an_element_begins() -> None:
    body = "<pre>Experience\n<b>Acme</b> 2019\nPython\n<i>SQL</i></pre>"
    assert page(body) == ["Experience", "Acme 2019", "Python", "SQL"]


@pytest.mark.parametrize("value", ["pre", "pre-wrap", "pre-line", "break-spaces"])
def test_line_breaks_count_where_styles_keep_them(value: str) -> None:
    body = f"<div style='white-space:{value}'>Tasks\n- Python<b> 3</b>\n- SQL</div>"
    assert page(body) == ["Tasks", "- Python 3", "- SQL"]
    assert page("<pre>a\n<b style='white-space:normal'>b\nc</b></pre>") == ["a", "b c"]


def test_an_element_shown_as_a_block_is_a_line() -> None:
    for display in ("block", "flex", "grid", "list-item", "table", "table-row"):
        body = "<a><span>Engineer</span><span>Acme</span></a> since 2019"
        assert page(body, f"span{{display:{display}}}") == ["Engineer", "Acme", "since 2019"]


def test_boxes_in_a_line_are_kept_apart() -> None:
    chips = "<span>Python</span><span>Docker</span>"
    assert page(f"<div>{chips}</div>") == ["PythonDocker"]
    for style in ("span{display:inline-block}", "div{display:flex}", "div{display:inline-grid}"):
        assert page(f"<div>{chips}</div>", style) == ["Python Docker"]
    assert page("Apply<button>Save</button>", "") == ["Apply Save"]


def test_cells_made_by_styles_are_cells() -> None:
    style = "div{display:table-row}span{display:table-cell}"
    assert page("<div><span>Python</span><span>5 years</span></div>", style) == ["Python\t5 years"]


def test_a_button_is_read() -> None:
    assert page("<h3><button>Responsibilities</button></h3><p>Build") == [
        "Responsibilities",
        "Build",
    ]


def test_a_declarative_shadow_root_is_read_and_a_template_is_not() -> None:
    body = (
        "<job-ad><template shadowrootmode=open><p>Python<template><p>x</template>"
        "</template>light</job-ad><template><p>never</template><p>end"
    )
    assert page(body) == ["Python", "light", "end"]


# What styles do not hide


@pytest.mark.parametrize(
    ("sheet", "body"),
    [
        (
            r".off{display:none}@media (min-width:1px){.md\:on{display:block}}",
            "class='off md:on'",
        ),
        (".p{display:none}.p:not([hidden]){display:block}", "class=p"),
        (".p{display:none}p:is(.p, .q):not(.r){display:block}", "class=p"),
        ("@media (width<=767px){p{display:none}}", ""),
        ("@media (767px >= width){p{display:none}}", ""),
        ("p:hover{display:none}", ""),
        (".p{display:block!important}", "class=p style='display:none'"),
        (".p{display:block ! important}#p{display:none}", "class=p id=p"),
        ("html{font-size:100px}p{font-size:.12rem}", ""),
        ("p{width:1%;overflow:hidden}", ""),
        ("p{width:0;flex:1;overflow:hidden}", ""),
        ("p{height:0;min-height:20px;overflow:hidden}", ""),
    ],
)
def test_what_another_rule_or_a_wide_screen_shows_is_seen(sheet: str, body: str) -> None:
    assert not hides(f"<p {body}>{SECRET}</p>", sheet)


def test_a_cell_is_as_wide_as_its_column_whatever_its_maximum_says() -> None:
    style = "td,p{max-width:0;overflow:hidden}"
    assert not hides(f"<table><tr><td>{SECRET}</table>", style)
    assert hides(f"<p>{SECRET}</p>", style)


@pytest.mark.parametrize(
    ("sheet", "attributes"),
    [
        ("p:not(.q){display:none}", ""),
        ("p:nth-child(even){display:none}", ""),
        ("p:last-child{color:white}", ""),
        (r".w-1\.5{display:none}", "class='w-1.5'"),
        (".p{display:none!important}.q{display:block}", "class='p q'"),
        (".p{display:none!important}", "class=p style='display:block'"),
        ("p{width:0%;overflow:hidden}", ""),
        (":root{font-size:1px}p{font-size:1rem}h2{font-size:9px}", ""),
    ],
)
def test_what_rules_hide_is_found_by_every_selector(sheet: str, attributes: str) -> None:
    assert hides(f"<p {attributes}>{SECRET}</p>", sheet)


def test_of_too_many_rules_the_strongest_count() -> None:
    many = "".join(f".f{i}{{color:#123}}.g{i}{{margin-left:{i}px}}" for i in range(2100))
    assert hides(f"<p id=x>{SECRET}</p>", many + "#x{display:none}")
    assert not hides(
        f"<div class=tabs><p class='pane on'>{SECRET}</p></div>",
        ".pane{display:none}" + many + ".tabs .pane.on{display:block}",
    )


WHITE = f"<h1 style='color:#fff'>{SECRET}</h1>"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (WHITE, "<link rel=stylesheet href=a.css>"),
        (WHITE, "<style>@import 'a.css';</style>"),
        (
            WHITE.replace("<h1", "<h1 class=hero"),
            "<style>body{background:#fff}</style><link rel=stylesheet href=a.css>",
        ),
        (f"<div><img src=a style='position:absolute'>{WHITE}</div>", ""),
        (f"<div style='display:grid'><img src=a>{WHITE}</div>", ""),
        (f"<img src=a><div style='position:absolute'>{WHITE}</div>", ""),
        (f"<table><tr><td background=a.jpg>{WHITE}</table>", ""),
        (f"<div style='background:#000'><a href=x>{SECRET}</a></div>", ""),
    ],
)
def test_white_words_are_seen_where_what_lies_behind_them_is_not_known(
    body: str, head: str
) -> None:
    assert not hides(body, head=head)


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (WHITE, "<link rel=icon href=a.png>"),
        (WHITE, "<link rel=stylesheet href=https://fonts.googleapis.com/css2?family=Lato>"),
        (f"<div style='background:#fff'>{WHITE}</div>", "<link rel=stylesheet href=a.css>"),
        (f"<div><img src=a>{WHITE}</div>", ""),
        (f"<div style='position:absolute'>{WHITE}</div>", ""),
        (f"<div style='color:#fff'><a style='color:inherit' href=x>{SECRET}</a></div>", ""),
        (f"<div style='background:#000'><a name=x>{SECRET}</a></div>", ""),
    ],
)
def test_white_words_on_white_are_hidden_still(body: str, head: str) -> None:
    assert hides(body, head=head)


def test_the_colours_of_an_old_body_element_are_known() -> None:
    old = "<body bgcolor=black text=white>"
    assert page(f"{old}<p>Jane<p style='color:#000'>{SECRET}") == ["Jane"]


def test_a_colour_with_blanks_among_its_digits_is_none() -> None:
    assert not hides(f"<p style='color:#12  34'>{SECRET}</p>")
