"""The colours of a DOCX, as its XML writes them."""

from __future__ import annotations

Colour = tuple[int, int, int]

NEAR = 20  # of 255, in every channel: closer colours are not told apart by eye
FAINT = 32  # the same for those that are hard to tell apart
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


def ink(given: dict[str, str]) -> Colour | None:
    """What an element `color` comes to: the theme's colour, where it names one that is known.

    The value beside it is what the program that saved the file made of it.
    """
    theme = THEME.get(given.get("themeColor", ""))
    if theme is None:
        return colour_of(given.get("val"), given.get("themeColor"))
    tint, shade = (_share(given.get(name)) for name in ("themeTint", "themeShade"))
    red, green, blue = (round((part * tint + 255 * (1 - tint)) * shade) for part in theme)
    return red, green, blue


def _share(text: str | None) -> float:
    """Of 255, in hexadecimal digits; 1 where nothing is said."""
    try:
        return int(text, 16) / 255 if text and len(text) == 2 else 1.0
    except ValueError:
        return 1.0


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


def near(one: Colour, other: Colour, by: int = NEAR) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))
