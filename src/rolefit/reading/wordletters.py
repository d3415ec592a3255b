"""How a DOCX formats letters, as far as it decides whether a person sees them."""

from __future__ import annotations

import re
from collections.abc import Callable

from rolefit.reading import wordcolours
from rolefit.reading.wordcolours import Colour, colour_of, near, number
from rolefit.reading.wordstyles import is_on

TINY = 4  # half points
SMALL = 8  # the same: hard to read
USUAL = 20  # the same, where nothing is said
NARROW = 10  # percent of a letter's width
RAISED = 600  # half points above or below the line: beyond the edge of the page
SYMBOLS = frozenset(
    "wingdings|wingdings 2|wingdings 3|webdings|symbol|zapfdingbats|zapf dingbats|marlett"
    "|mt extra|bookshelf symbol 7".split("|")
)
_SPELLED = re.compile(r"[A-Za-z]{3}")

Find = Callable[[str], dict[str, str] | None]  # what formatting says of a property of letters


def size_of(find: Find) -> float:
    """Half points. Letters of scripts that join or run to the left have a size of their own."""
    other = is_on(find("rtl")) or is_on(find("cs"))
    given = find("szCs" if other else "sz") or {}
    return number(given.get("val")) or USUAL


def reason_of(find: Find, text: str) -> str:
    """Why letters are not seen, wherever they stand; "" if they are."""
    if is_on(find("vanish")) or is_on(find("specVanish")):
        return "formatted as hidden"
    size = size_of(find)
    if size <= TINY or _of(find, "w", 99.0) <= NARROW:
        return "tiny"
    if abs(_of(find, "position")) > RAISED:
        return "outside the page"
    if -_of(find, "letter-spacing") >= size * 10 / 2:  # twips: half of a letter's height
        return "written on top of itself"
    font = (find("rFonts") or {}).get("ascii", "").lower()
    return "in a font of symbols" if font in SYMBOLS and _SPELLED.search(text) else ""


def doubt_of(find: Find, text: str) -> str:
    """Why letters are hard to see; "" if they are not."""
    if is_on(find("webHidden")) and any(map(str.isalpha, text)):  # not a list's page numbers
        return "hidden in one of two views"
    return "very small" if size_of(find) <= SMALL else ""


def _of(find: Find, name: str, usual: float = 0.0) -> float:
    return number((find(name) or {}).get("val", "").rstrip("%")) or usual


def is_unpainted(find: Find) -> bool:
    fill = find("textFill")
    return fill is not None and "none" in fill and not _is_outlined(find)


def _is_outlined(find: Find) -> bool:
    outline = find("textOutline")
    return outline is not None and "none" not in outline


def ink_of(find: Find, ground: Colour) -> Colour | None:
    """The colour of letters on a ground; None if it is not known, or "auto": what can be read."""
    if _is_outlined(find):
        rim = _effect_colour(find("textOutline") or {})
        if rim is None or not near(rim, ground):
            return rim
    fill = find("textFill")
    if fill is not None and "none" not in fill:
        return _effect_colour(fill)
    return wordcolours.ink(find("color") or {})


def _effect_colour(given: dict[str, str]) -> Colour | None:
    return colour_of(given.get("val"), given.get("themeColor"))
