"""Markup in which every text is escaped unless it is markup already, and the page around it.

A page is one file. Its policy forbids every request, and of styles and scripts it lets in only its
own, by their hash: text of a document could not run even if an escape were forgotten.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files

from rolefit import __version__


class Html(str):
    """Markup that goes into a page as it is. Made here and nowhere else."""

    __slots__ = ()


EMPTY = Html()
# Controls that no page may hold, and marks that turn the text around them back to front.
_UNSEEN = (*range(9), 11, *range(14, 32), *range(127, 160))
_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_NO_CHARACTERS = range(0xD800, 0xE000)
_NOT_SHOWN = dict.fromkeys((*_UNSEEN, *_TURNING, *_NO_CHARACTERS), "\ufffd")


def text(value: str) -> Html:
    """`value` as text, whatever it holds."""
    return value if isinstance(value, Html) else Html(escape(value.translate(_NOT_SHOWN)))


def join(*parts: str) -> Html:
    return Html("".join(map(text, parts)))


def el(name: str, *children: str, **attributes: str | float | None) -> Html:
    """An element. Attributes that are None are left out; `class_` and `aria_label` are renamed."""
    start = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{start}>{join(*children)}</{name}>")


def page(title: str, body: Html, script: bool = False) -> str:
    """A whole document. With `script` it holds report.js, and works without it too."""
    style, code = _static("report.css"), _static("report.js") if script else ""
    policy = [
        "default-src 'none'",
        f"style-src {_hash(style)}",
        f"script-src {_hash(code)}" if script else "",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(filter(None, policy))}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        f'<meta name="generator" content="rolefit {__version__}">',
        el("title", title),
        f"<style>{style}</style>",
    ]
    tail = f"<script>{code}</script>" if script else ""
    return "\n".join(
        ["<!doctype html>", '<html lang="en">', "<head>", *head, "</head>", "<body>",
         body, tail, "</body>", "</html>", ""]
    )  # fmt: skip


def _static(name: str) -> str:
    return files("rolefit.report").joinpath("static", name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
