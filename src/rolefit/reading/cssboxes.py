"""Boxes of a page that are clipped, turned, shrunk or moved until nothing is left to see."""

from __future__ import annotations

import math
import re

from rolefit.reading.cssvalues import number, pixels

Style = dict[str, str]

FAR = 900.0  # pixels to the left or above: beyond the edge of the screen
BEYOND = 5000.0  # the same to the right; nobody scrolls there
BELOW = 10_000.0  # the same downwards, and of what hangs from a far end
FLAT = 0.08  # of its size that a box keeps on a side: nothing is seen of it
BLURRED = 5.0  # pixels
_CALL = re.compile(r"([\w-]+)\(([^()]{0,500})\)")
_PARTS = re.compile(r"[\s,]+")
_ANGLE = re.compile(r"(-?\d{0,9}\.?\d{0,9})(deg|grad|rad|turn|)")
_DEGREES = {"deg": 1.0, "": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}
_CLIPPED = re.compile(r"rect\((?:0(?:px)?|1px)[\s,].*\)|inset\(50%.*\)")
_LIFTED = ("absolute", "fixed", "relative", "sticky")


def is_off_screen(style: Style) -> bool:
    left = [style.get(name, "") for name in ("text-indent", "margin-left", "padding-left")]
    top = [style.get("margin-top", "")]
    if style.get("position") in _LIFTED:
        left.append(style.get("left", ""))
        top.append(style.get("top", ""))
        if _CLIPPED.fullmatch(style.get("clip", "")):
            return True
        right, bottom = pixels(style.get("right", "")), pixels(style.get("bottom", ""))
        if right is not None and (right < -FAR or right > BELOW):
            return True
        if bottom is not None and (bottom < -BELOW or bottom > BELOW):
            return True
    for name, args in _calls(style.get("transform", "")):
        if name in (
            "translate",
            "translatex",
            "translatey",
        ):  # the third moves what carousels move back
            (top if name == "translatey" else left).append(args[0])
            top += args[1:2]
    moved = _PARTS.split(style.get("translate", "").strip())
    left, top = [*left, *moved[:1]], [*top, *moved[1:2]]
    return any(_beyond(side, BEYOND) for side in left) or any(_beyond(side, BELOW) for side in top)


def _beyond(written: str, most: float) -> bool:
    length = pixels(written)
    return length is not None and (length < -FAR or length > most)


def _calls(written: str) -> list[tuple[str, list[str]]]:
    """The functions in a value, by their name, with what their brackets hold."""
    return [(name, _PARTS.split(args.strip())) for name, args in _CALL.findall(written)]


def is_shrunk(style: Style) -> bool:
    """Whether a box is scaled, turned or skewed to nothing."""
    scales = _PARTS.split(style.get("scale", "").strip())
    if any(_is_flat(scale) for scale in scales[:2] if scale):
        return True
    turn = style.get("rotate", "").split()
    if len(turn) == 2 and turn[0] in ("x", "y") and _is_edge_on(turn[1]):
        return True
    for name, args in _calls(style.get("transform", "")):
        if name in ("scale", "scalex", "scaley", "scale3d") and any(map(_is_flat, args[:2])):
            return True
        if name in ("rotatex", "rotatey", "skew", "skewx", "skewy") and _is_edge_on(args[0]):
            return True
        if name == "rotate3d" and _is_edge_on(args[-1]) and args[:2] != ["0", "0"]:
            return True
        if name == "matrix" and len(args) == 6:
            a, b, c, d = (number(arg, 1.0) for arg in args[:4])
            if abs(a * d - b * c) < FLAT * FLAT:
                return True
    return False


def _is_flat(scale: str) -> bool:
    return abs(number(scale, 1.0)) * (0.01 if scale.endswith("%") else 1) < FLAT


def _is_edge_on(angle: str) -> bool:
    match = _ANGLE.fullmatch(angle)
    if not match or not match[1].strip("-."):
        return False
    return abs(math.cos(math.radians(float(match[1]) * _DEGREES[match[2]]))) < FLAT


def is_clipped(path: str) -> bool:
    """Of `clip-path`."""
    for name, args in _calls(path):
        if name in ("circle", "ellipse"):
            radii = args[: args.index("at")] if "at" in args else args
            if any(_is_point(radius) for radius in radii[: 1 if name == "circle" else 2]):
                return True
        elif name == "inset":
            sides = [*(args[: args.index("round")] if "round" in args else args)]
            top, right, bottom, left = four(sides)
            if any(_is_whole(one, other) for one, other in ((top, bottom), (right, left))):
                return True
        elif name == "polygon":
            if _area([number(arg, 0.0) for arg in args if arg not in ("evenodd", "nonzero")]) < 1:
                return True
        elif name in ("rect", "xywh") and all(_is_point(arg) for arg in args[:4]):
            return True
    return False


def _is_point(length: str) -> bool:
    return bool(length) and number(length, 9.0) <= 1


def _is_whole(one: str, other: str) -> bool:
    """Whether two sides that are cut off meet."""
    if one.endswith("%") and other.endswith("%"):
        return number(one, 0.0) + number(other, 0.0) >= 100
    return any(side.endswith("%") and number(side, 0.0) >= 100 for side in (one, other)) or any(
        (pixels(side) or 0.0) > BEYOND for side in (one, other) if not side.endswith("%")
    )


def four(values: list[str]) -> tuple[str, str, str, str]:
    """(top, right, bottom, left) as the shorthands of sides write them."""
    if not values or len(values) > 4:
        return "", "", "", ""
    top = values[0]
    right = values[1] if len(values) > 1 else top
    return (
        top,
        right,
        values[2] if len(values) > 2 else top,
        values[3] if len(values) > 3 else right,
    )


def _area(numbers: list[float]) -> float:
    points = list(zip(numbers[::2], numbers[1::2], strict=False))
    if len(points) < 3:
        return 0.0 if points else 9.0
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2


def is_filtered_out(filters: str) -> bool:
    for name, args in _calls(filters):
        share = number(args[0], 1.0) * (0.01 if args[0].endswith("%") else 1)
        if name == "opacity" and share < FLAT:
            return True
        if name == "blur" and (pixels(args[0]) or 0.0) >= BLURRED:
            return True
    return False
