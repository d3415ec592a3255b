# ruff: noqa: E501 - the little pages are easier to check on one line each
"""Web pages that hide words in the ways of `HIDDEN`, make them hard to see, or look as if."""

from __future__ import annotations

SHOWN = ("Jane Doe", "kept the shelves in order", "trained two new colleagues")
SECRET = "zebrawood quartzite xylophone"


def page(body: str, style: str = "", head: str = "") -> bytes:
    shown = "".join(f"<p>{line}</p>" for line in SHOWN)
    return f"<!doctype html><meta charset=utf-8><title>x</title>{head}<style>{style}</style>{shown}{body}".encode()


def inline(style: str) -> str:
    return f'<p style="{style}">{SECRET}</p>'


def ruled(inside: str = f"<p class=a>{SECRET}</p>") -> str:
    return f"<section class=b>{inside}</section>"


A = ".a{display:none}"

# name: (reason, body, style sheet)
HIDDEN: dict[str, tuple[str, str, str]] = {
    **{
        name: (reason, inline(style), "")
        for name, reason, style in (
            ("clip-circle", "cut off", "clip-path:circle(0 at 50% 50%)"),
            ("clip-inset", "cut off", "clip-path:inset(30% 60% 30% 40%)"),
            ("clip-polygon", "cut off", "clip-path:polygon(0 0, 10px 0, 20px 0)"),
            ("filter", "drawn invisibly", "filter:grayscale(1) opacity(2%)"),
            ("blur", "drawn invisibly", "filter:blur(12px)"),
            ("scale", "box without size", "scale:1 0"),
            ("scaled", "box without size", "transform:translate(1px) scaleY(.01)"),
            ("edge-on", "box without size", "transform:rotateX(.25turn)"),
            ("turned", "box without size", "rotate:y 90deg"),
            ("matrix", "box without size", "transform:matrix(0,0,0,0,5,5)"),
            ("translate", "outside the page", "translate:0 -4000px"),
            ("logical-inset", "outside the page", "position:absolute;inset-inline-start:-4000px"),
            ("inset", "outside the page", "position:fixed;inset:auto auto auto -4000px"),
            ("margin", "outside the page", "margin:0 0 0 -4000px"),
            ("margin-inline", "outside the page", "margin-inline:-4000px 0"),
            ("far-right", "outside the page", "padding-left:8000px;white-space:nowrap"),
            ("hung", "outside the page", "position:absolute;bottom:50000px"),
            ("inline-size", "box without size", "inline-size:0;overflow:hidden"),
            ("narrow", "box without size", "width:4px;overflow:hidden;white-space:nowrap"),
            ("zoom", "tiny", "zoom:5%"),
            ("adjusted", "tiny", "font-size-adjust:0"),
            ("least", "tiny", "font-size:min(20px, 1px)"),
            ("clamped", "tiny", "font-size:clamp(0px, calc(1px * 0), 20px)"),
            ("dots", "shown as dots", "-webkit-text-security:disc"),
            ("filled", "colour of its background", "-webkit-text-fill-color:white"),
            ("hsl", "colour of its background", "color:hsl(40deg 10% 99%)"),
            ("hwb", "colour of its background", "color:hwb(90 100% 0%)"),
            ("lab", "colour of its background", "color:oklch(.99 0 0)"),
            ("system", "colour of its background", "color:canvas"),
            ("two-themes", "colour of its background", "color:light-dark(#fefefe, #000)"),
            ("named", "colour of its background", "background:peachpuff;color:bisque"),
            ("glass", "colour of its background", "color:rgb(0 0 0 / 4%)"),
        )
    },
    "faded-twice": ("drawn invisibly", f'<div style="opacity:.2">{inline("opacity:.3")}</div>', ""),
    "collapsed-column": ("formatted as hidden", f'<table><col><col style="visibility:collapse"><tr><td>Jane<td>{SECRET}</table>', ""),
    "used-up": ("too small for it", f'<div style="height:30px;overflow:hidden"><div style="height:90px"></div>{inline("")}</div>', ""),
    "pushed-down": ("too small for it", f'<div style="height:30px;overflow:hidden">{inline("margin-top:60px")}</div>', ""),
    "dialog": ("formatted as hidden", f"<dialog>{SECRET}</dialog>", ""),
    "popover": ("formatted as hidden", f"<div popover>{SECRET}</div>", ""),
    "container": ("formatted as hidden", ruled(), f"@container box (min-width:1px){{{A}}}"),
    "hover-media": ("formatted as hidden", ruled(), f"@media (hover:hover) and (pointer:fine){{{A}}}"),
    "range-media": ("formatted as hidden", ruled(), f"@media (300px <= width < 9000px){{{A}}}"),
    "not-print": ("formatted as hidden", ruled(), f"@media not print{{{A}}}"),
    "widest": ("formatted as hidden", ruled(), f"@media screen and (max-width:90000px){{{A}}}"),
    "supports": ("formatted as hidden", ruled(), f"@supports (display:grid){{@layer x{{{A}}}}}"),
    "scope": ("formatted as hidden", ruled(), f"@scope (.b) to (.c){{{A}}}"),
    "nested": ("formatted as hidden", ruled(), ".b{color:red;& > .a{display:none}margin:0}"),
    "nested-plain": ("formatted as hidden", ruled(), ".b{.a{@media (hover){display:none}}}"),
    "imported": ("formatted as hidden", ruled(), f'@import url("data:text/css,{A}");'),
    "untouched": ("formatted as hidden", ruled(), ".a:not(:hover){display:none}"),
    "beside-nothing": ("formatted as hidden", ruled(f"<i></i><p>{SECRET}</p>"), "i:empty+p{display:none}"),
    "of-type": ("formatted as hidden", ruled(f"<b>Jane</b><p>{SECRET}</p>"), ".b p:nth-of-type(1){display:none}"),
    "alone": ("formatted as hidden", ruled(), ".b p:only-child{display:none}"),
    "last-of-type": ("formatted as hidden", ruled(f"<p>x</p><p>{SECRET}</p><b>y</b>"), ".b p:last-of-type{display:none}"),
    "from-behind": ("formatted as hidden", ruled(f"<p>{SECRET}</p><b>y</b>"), ".b p:nth-last-child(2){display:none}"),
    "variable": ("formatted as hidden", ruled(), ":root{--d:none}.a{display:var(--d)}"),
    "variable-above": ("colour of its background", ruled(), ".b{--Ink:var(--x, #fff)}.a{color:var(--Ink)}"),
}  # fmt: skip

# name: (reason, body)
DOUBTFUL: dict[str, tuple[str, str]] = {
    "details": ("folded away", f"<details><summary>More</summary>{SECRET}</details>"),
    "far-below": ("far below the rest", f'<div style="height:90000px"></div>{inline("")}'),
    "small": ("very small", inline("font-size:3.5px")),
    "faint": ("very faint", inline("color:#e5e5e5")),
}

# name: (body, style sheet); the words are seen, and nothing is to be said
HONEST: dict[str, tuple[str, str]] = {
    "clipped-corner": (inline("clip-path:polygon(0 0, 100% 0, 100% 90%, 0 100%)"), ""),
    "clip-circle": (inline("clip-path:circle(50%)"), ""),
    "half": (inline("scale:.5;rotate:90deg;transform:rotate(90deg)"), ""),
    "turned-around": (inline("transform:rotateY(180deg)"), ""),
    "carousel": (f'<div style="transform:translate3d(-1200px,0,0)">{inline("")}</div>', ""),
    "open-dialog": (f"<dialog open>{SECRET}</dialog>", ""),
    "open-details": (f"<details open><summary>More</summary>{SECRET}</details>", ""),
    "summary": (f"<details><summary>{SECRET}</summary></details>", ""),
    "clipped-text": (inline("background:linear-gradient(red,blue);-webkit-background-clip:text;-webkit-text-fill-color:transparent"), ""),
    "dark-glass": (f'<div style="background:rgba(0,0,0,.8)">{inline("color:white")}</div>', ""),
    "fading-in": (inline("opacity:0;filter:opacity(0);transform:scale(0);animation:show 1s"), ""),
    "room": (f'<div style="height:90px;overflow:hidden"><div style="height:30px"></div>{inline("margin-top:5px")}</div>', ""),
    "beside": (f'<div style="height:90px;overflow:hidden;display:flex"><div style="height:90px"></div>{inline("")}</div>', ""),
    "phones": (ruled(), f"@media (max-width:600px){{{A}}}@media only screen and (width<40em){{{A}}}"),
    "wall": (ruled(), f"@media (min-width:3000px){{{A}}}"),
    "dark-theme": (ruled(), "@media (prefers-color-scheme:dark){.a{color:#fff}}"),
    "old-browsers": (ruled(), f"@supports not (display:grid){{{A}}}"),
    "paper": (ruled(), f"@media print{{{A}}}"),
    "frames": (ruled(), "@keyframes x{from{opacity:0}to{opacity:1}}@font-face{font-family:a;src:url(x)}"),
    "another": (ruled(), ".c{& .a{display:none}}@scope (.c){.a{display:none}}"),
    "layered": (ruled(), "@layer x{#i,.b .a{display:none}}.a{display:block}"),
    "unset-variable": (ruled(), ".a{color:var(--ink);display:var(--d, block)}"),
    "hovered": (ruled(), ".a:hover{display:none}.a:not(.a):not(:hover){display:none}"),
    "shares": (inline("width:calc(100% - 4000px);margin-left:calc(50% - 4000px);overflow:hidden"), ""),
    "centred": (inline("margin:0 auto;padding:10px 20px;inset:0"), ""),
    "not-empty": (ruled(f"<i>x</i><p>{SECRET}</p>"), "i:empty+p{display:none}"),
}  # fmt: skip

LINKED = f"<link rel=stylesheet href='data:text/css,{A}'>"
PACKED = "<link rel=stylesheet href='data:text/css;base64,LmF7ZGlzcGxheTpub25lfQ=='>"


def documents() -> dict[str, bytes]:
    """All of them by name, for the golden cases of the browser."""
    made = {name: page(body, style) for name, (_, body, style) in HIDDEN.items()}
    made |= {name: page(body) for name, (_, body) in DOUBTFUL.items()}
    made |= {f"honest-{name}": page(body, style) for name, (body, style) in HONEST.items()}
    made["linked"] = page(ruled(), head=LINKED)
    made["linked-packed"] = page(ruled(), head=PACKED)
    made["all-white"] = page("", style="p{color:#fff}")
    return made
