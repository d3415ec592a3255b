"""The colours of a DOCX, as its XML writes them."""

from __future__ import annotations

Colour = tuple[int, int, int]

NEAR = 20  # of 255, in every channel: closer colours are not told apart by eye
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
THEME = {
    "background1": WHITE, "light1": WHITE, "bg1": WHITE, "lt1": WHITE,
    "text1": BLACK, "dark1": BLACK, "tx1": BLACK, "dk1": BLACK,
}  # fmt: skip
UNKNOWN: Colour = (-1000, -1000, -1000)  # near to no colour


def number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def colour_of(value: str | None, theme: str | None = None) -> Colour | None:
    """None for "auto" and for what is not said."""
    if value and len(value) == 6:
        try:
            red, green, blue = bytes.fromhex(value)
        except ValueError:
            return None
        return red, green, blue
    return THEME.get(theme, UNKNOWN) if theme else None


def shade(given: dict[str, str]) -> Colour | None:
    """What shading comes to: the fill, or as much of the pattern's colour as it says."""
    fill = colour_of(given.get("fill"), given.get("themeFill"))
    pattern = given.get("val", "clear")
    if pattern in ("clear", "nil"):
        return fill
    ink = colour_of(given.get("color"), given.get("themeColor")) or BLACK
    if pattern == "solid":
        return ink
    share = number(pattern.removeprefix("pct"))  # None of stripes
    if share is None or not 0 <= share <= 100 or UNKNOWN in (ink, fill):
        return UNKNOWN
    mixed = [(a * share + b * (100 - share)) / 100 for a, b in zip(ink, fill or WHITE, strict=True)]
    return round(mixed[0]), round(mixed[1]), round(mixed[2])


def near(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))
