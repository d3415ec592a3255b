"""What the values of CSS properties say: colours, lengths, sizes of type."""

from __future__ import annotations

import re

Colour = tuple[int, int, int]

PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "": 1.0, "%": 0.16, "vw": 10, "vh": 8}
# Each is written so that a sheet made to fool it costs no more than its length.
LENGTH = re.compile(r"(-?(?:\d{1,30}\.?\d{0,30}|\.\d{1,30}))(px|pt|em|rem|vw|vh|%|)(?![\w.])")
RGB = re.compile(r"rgba?\(([^)]*)\)")
HEX = re.compile(r"[0-9a-f]+")
BETWEEN = re.compile(r"[\s,/]+")  # the numbers of a colour
NAMED = {
    "white": (255, 255, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255), "whitesmoke": (245, 245, 245), "black": (0, 0, 0),
    "floralwhite": (255, 250, 240), "mintcream": (245, 255, 250), "azure": (240, 255, 255),
    "aliceblue": (240, 248, 255), "seashell": (255, 245, 238), "red": (255, 0, 0),
    "green": (0, 128, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0), "gray": (128, 128, 128),
    "grey": (128, 128, 128), "silver": (192, 192, 192), "navy": (0, 0, 128),
}  # fmt: skip


def number(text: str, default: float) -> float:
    match = LENGTH.match(text)
    return float(match.group(1)) if match else default


def pixels(text: str) -> float | None:
    match = LENGTH.match(text)
    return float(match.group(1)) * PIXELS[match.group(2)] if match else None


def font_size(font: str) -> str:
    """The size that the shorthand `font` names, "" if there is none."""
    match = LENGTH.search(font)
    return match.group() if match else ""


def size(text: str, above: float, root: float) -> float:
    """Pixels; `above` is the size of the type around, `root` that of the page."""
    match = LENGTH.match(text)
    if match is None:
        return 16.0 if text.replace("-", "").isalpha() else above
    value, unit = float(match.group(1)), match.group(2)
    return value * {"em": above, "%": above / 100, "rem": root}.get(unit, PIXELS[unit])


def paper(text: str, above: Colour | None) -> Colour | None:
    """The colour in the value of `background`."""
    match = RGB.search(text)
    word = match.group() if match else text.split()[0]
    return colour_of(word, above)


def colour_of(text: str, below: Colour | None = None) -> Colour | None:
    """None if it cannot be told; one that is transparent shows what lies below."""
    text = text.strip().lower()
    if text == "transparent":
        return below
    if text.startswith("#") and len(text) in (4, 5, 7, 9):
        digits = text[1:]
        digits = "".join(d + d for d in digits) if len(digits) < 6 else digits
        if not HEX.fullmatch(digits):  # bytes.fromhex() passes blanks
            return None
        parts = bytes.fromhex(digits)
        return below if len(parts) == 4 and parts[3] < 20 else (parts[0], parts[1], parts[2])
    if match := RGB.fullmatch(text):
        values = BETWEEN.split(match.group(1).strip())
        try:
            numbers = [int(float(v.rstrip("%")) * (2.55 if "%" in v else 1)) for v in values[:3]]
            alpha = float(values[3].rstrip("%")) if len(values) > 3 else 1.0
        except (ValueError, OverflowError):  # "nan" and "inf" are numbers to float(), not to int()
            return None
        if len(numbers) < 3:
            return None
        return below if alpha < 0.08 else (numbers[0], numbers[1], numbers[2])
    return NAMED.get(text)
