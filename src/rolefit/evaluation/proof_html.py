"""A proof as one page that needs nothing else: no script, no request."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from rolefit.evaluation.proof import Bar, Proof, Table

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(proof: Proof) -> str:
    """The whole document. Every name in it is escaped, but for `Proof.picture`, which is HTML."""
    missed = sum(not bar.met for bar in proof.bars)
    said = f"{missed} of {len(proof.bars)} bars missed" if missed else "All bars are met"
    model = proof.model
    parts = [
        f"<h1>{escape(proof.title)}</h1>",
        *(f"<p class=soft>{escape(line)}</p>" for line in proof.about),
        _section(said, _bars(proof.bars)),
        f"<section>{proof.picture}</section>" if proof.picture else "",
        *(_table_section(table) for table in proof.tables),
        _section(
            "What this does not show",
            "<ul class=soft>" + "".join(f"<li>{escape(line)}</li>" for line in proof.limits)
            + "</ul>",
        ),
        f"<footer><p>{escape(proof.made_by)}; model {escape(model['name'])} "
        f"{escape(model['version'])}, {escape(model['sha256'][:12])}.</p></footer>",
    ]  # fmt: skip
    room = files("rolefit.evaluation")
    style = "".join(room.joinpath(n).read_text(encoding="utf-8") for n in ("page.css", "proof.css"))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(proof.title)}</title><style>\n{style}</style></head>\n"
        f"<body><main>\n{chr(10).join(filter(None, parts))}\n</main></body></html>\n"
    )


def _bars(bars: Sequence[Bar]) -> str:
    rows = "".join(
        f"<tr><th scope=row>{escape(bar.name)}</th><td>{escape(bar.wanted)}</td>"
        f"<td>{escape(bar.got)}</td>"
        f"<td class={'met' if bar.met else 'missed'}>{'met' if bar.met else 'missed'}</td></tr>"
        for bar in bars
    )
    return _scroll(
        "<thead><tr><th scope=col>bar</th><th scope=col>wanted</th><th scope=col>measured</th>"
        f"<th scope=col></th></tr></thead><tbody>{rows}</tbody>",
        "bars",
    )


def _table_section(table: Table) -> str:
    head = "".join(f"<th scope=col>{escape(cell)}</th>" for cell in table.heads)
    rows = "".join(
        f"<tr><th scope=row>{escape(name)}</th>"
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
        for name, *cells in table.rows
    )
    about = f"<p class=soft>{escape(table.about)}</p>" if table.about else ""
    body = _scroll(f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>")
    return _section(table.title, about + body)


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def _scroll(inside: str, kind: str = "") -> str:
    return (
        f"<div class=scroll tabindex=0><table{f' class={kind}' if kind else ''}>"
        f"{inside}</table></div>"
    )
