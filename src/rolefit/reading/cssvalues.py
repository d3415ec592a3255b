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
HSL = re.compile(r"(hsla?|hwb)\(([^)]*)\)")
LIGHT = re.compile(r"(?:ok)?l(?:ab|ch)\(\s{0,9}([\d.]{1,9}%?)[\s,]")
SRGB = re.compile(r"color\(\s{0,9}(?:srgb|display-p3)\s([^)]*)\)")
TWO = re.compile(r"light-dark\(((?:[^(),]|\([^()]*\))*),.*\)")
CALL = re.compile(r"(min|max|clamp|calc)\(([^()]*)\)")
SUM = re.compile(r"\s[+-]\s|[*/]")
_DEEPEST = 8  # functions in functions
_LONGEST = 300  # characters of a length
NAMED = {
    name: (int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16))
    for name, code in (
        pair.split("=")
        for pair in (
            "aliceblue=f0f8ff antiquewhite=faebd7 aqua=00ffff aquamarine=7fffd4 azure=f0ffff "
            "beige=f5f5dc bisque=ffe4c4 black=000000 blanchedalmond=ffebcd blue=0000ff "
            "blueviolet=8a2be2 brown=a52a2a burlywood=deb887 cadetblue=5f9ea0 chartreuse=7fff00 "
            "chocolate=d2691e coral=ff7f50 cornflowerblue=6495ed cornsilk=fff8dc crimson=dc143c "
            "cyan=00ffff darkblue=00008b darkcyan=008b8b darkgoldenrod=b8860b darkgray=a9a9a9 "
            "darkgreen=006400 darkgrey=a9a9a9 darkkhaki=bdb76b darkmagenta=8b008b "
            "darkolivegreen=556b2f darkorange=ff8c00 darkorchid=9932cc darkred=8b0000 "
            "darksalmon=e9967a darkseagreen=8fbc8f darkslateblue=483d8b darkslategray=2f4f4f "
            "darkslategrey=2f4f4f darkturquoise=00ced1 darkviolet=9400d3 deeppink=ff1493 "
            "deepskyblue=00bfff dimgray=696969 dimgrey=696969 dodgerblue=1e90ff firebrick=b22222 "
            "floralwhite=fffaf0 forestgreen=228b22 fuchsia=ff00ff gainsboro=dcdcdc "
            "ghostwhite=f8f8ff gold=ffd700 goldenrod=daa520 gray=808080 green=008000 "
            "greenyellow=adff2f grey=808080 honeydew=f0fff0 hotpink=ff69b4 indianred=cd5c5c "
            "indigo=4b0082 ivory=fffff0 khaki=f0e68c lavender=e6e6fa lavenderblush=fff0f5 "
            "lawngreen=7cfc00 lemonchiffon=fffacd lightblue=add8e6 lightcoral=f08080 "
            "lightcyan=e0ffff lightgoldenrodyellow=fafad2 lightgray=d3d3d3 lightgreen=90ee90 "
            "lightgrey=d3d3d3 lightpink=ffb6c1 lightsalmon=ffa07a lightseagreen=20b2aa "
            "lightskyblue=87cefa lightslategray=778899 lightslategrey=778899 "
            "lightsteelblue=b0c4de lightyellow=ffffe0 lime=00ff00 limegreen=32cd32 linen=faf0e6 "
            "magenta=ff00ff maroon=800000 mediumaquamarine=66cdaa mediumblue=0000cd "
            "mediumorchid=ba55d3 mediumpurple=9370db mediumseagreen=3cb371 mediumslateblue=7b68ee "
            "mediumspringgreen=00fa9a mediumturquoise=48d1cc mediumvioletred=c71585 "
            "midnightblue=191970 mintcream=f5fffa mistyrose=ffe4e1 moccasin=ffe4b5 "
            "navajowhite=ffdead navy=000080 oldlace=fdf5e6 olive=808000 olivedrab=6b8e23 "
            "orange=ffa500 orangered=ff4500 orchid=da70d6 palegoldenrod=eee8aa palegreen=98fb98 "
            "paleturquoise=afeeee palevioletred=db7093 papayawhip=ffefd5 peachpuff=ffdab9 "
            "peru=cd853f pink=ffc0cb plum=dda0dd powderblue=b0e0e6 purple=800080 "
            "rebeccapurple=663399 red=ff0000 rosybrown=bc8f8f royalblue=4169e1 saddlebrown=8b4513 "
            "salmon=fa8072 sandybrown=f4a460 seagreen=2e8b57 seashell=fff5ee sienna=a0522d "
            "silver=c0c0c0 skyblue=87ceeb slateblue=6a5acd slategray=708090 slategrey=708090 "
            "snow=fffafa springgreen=00ff7f steelblue=4682b4 tan=d2b48c teal=008080 "
            "thistle=d8bfd8 tomato=ff6347 turquoise=40e0d0 violet=ee82ee wheat=f5deb3 "
            "white=ffffff whitesmoke=f5f5f5 yellow=ffff00 yellowgreen=9acd32"
        ).split()
    )
}
SYSTEM = {
    name: (255, 255, 255) if name in ("canvas", "field", "buttonface") else (0, 0, 0)
    for name in "canvas canvastext field fieldtext buttonface buttontext".split()
}


def number(text: str, default: float) -> float:
    match = LENGTH.match(text)
    return float(match.group(1)) if match else default


def pixels(text: str) -> float | None:
    return _pixels(LENGTH.match(worked_out(text) if "(" in text else text))


def _pixels(match: re.Match[str] | None) -> float | None:
    return float(match.group(1)) * PIXELS[match.group(2)] if match else None


def worked_out(text: str) -> str:
    """A length with its functions replaced by what they come to, where it can be told."""
    for _ in range(_DEEPEST):
        if len(text) > _LONGEST or not (match := CALL.search(text)):
            break
        name, args = match.groups()
        lengths = [_worked(part) for part in args.split(",")]
        if any(length is None for length in lengths):
            break
        known = [length for length in lengths if length is not None]
        if name == "clamp" and len(known) == 3:
            found = max(known[0], min(known[1], known[2]))
        else:
            found = max(known) if name == "max" else min(known)
        text = text[: match.start()] + f"{found:.4f}px" + text[match.end() :]
    return text


def _worked(sum_: str) -> float | None:
    """Of a sum or a product of two; None if it cannot be told."""
    parts, signs = SUM.split(sum_.strip()), SUM.findall(sum_.strip())
    matches = [LENGTH.fullmatch(part.strip()) for part in parts]
    # What a share of something comes to is not known.
    numbers = [_pixels(m) if m and m.group(2) not in ("%", "vw", "vh") else None for m in matches]
    found = numbers[0]
    for sign, other in zip(signs, numbers[1:], strict=True):
        if found is None or other is None or (sign == "/" and not other):
            return None
        sign = sign.strip()
        found = {
            "+": found + other, "-": found - other, "*": found * other,
            "/": found / (other or 1.0),
        }[sign]  # fmt: skip
    return found


def font_size(font: str) -> str:
    """The size that the shorthand `font` names, "" if there is none."""
    match = LENGTH.search(font)
    return match.group() if match else ""


def size(text: str, above: float, root: float) -> float:
    """Pixels; `above` is the size of the type around, `root` that of the page."""
    match = LENGTH.match(worked_out(text) if "(" in text else text)
    if match is None:
        return 16.0 if text.replace("-", "").isalpha() else above
    value, unit = float(match.group(1)), match.group(2)
    return value * {"em": above, "%": above / 100, "rem": root}.get(unit, PIXELS[unit])


def paper(text: str, above: Colour | None) -> Colour | None:
    """The colour in the value of `background`."""
    for form in (RGB, HSL, LIGHT, SRGB):
        if match := form.search(text):
            return colour_of(text[match.start() :].split(")")[0] + ")", above)
    return colour_of(text.split()[0], above)


def colour_of(text: str, below: Colour | None = None) -> Colour | None:
    """None if it cannot be told; one that is transparent shows what lies below."""
    text = text.strip().lower()
    if match := TWO.fullmatch(text):
        text = match.group(1).strip()
    if text == "transparent":
        return below
    if text.startswith("#") and len(text) in (4, 5, 7, 9):
        digits = text[1:]
        digits = "".join(d + d for d in digits) if len(digits) < 6 else digits
        if not HEX.fullmatch(digits):  # bytes.fromhex() passes blanks
            return None
        parts = bytes.fromhex(digits)
        opacity = parts[3] / 255 if len(parts) == 4 else 1.0
        return over((parts[0], parts[1], parts[2]), opacity, below)
    if match := RGB.fullmatch(text) or HSL.fullmatch(text) or SRGB.fullmatch(text):
        values = BETWEEN.split(match.group(match.lastindex or 1).strip())
        try:
            return _of_numbers(text[:3], values, below)
        except (ValueError, OverflowError):  # "nan" and "inf" are numbers to float(), not to int()
            return None
    if match := LIGHT.match(text):
        least = 0.97 if text.startswith("ok") and "%" not in match.group(1) else 97.0
        return (255, 255, 255) if number(match.group(1), 0.0) >= least else None
    return NAMED.get(text) or SYSTEM.get(text)


def _of_numbers(form: str, values: list[str], below: Colour | None) -> Colour | None:
    """Of the numbers in "rgb(...)" and the like; `form` is the name's beginning."""
    if len(values) < 3:
        return None
    alpha = 1.0
    if len(values) > 3:
        alpha = float(values[3].rstrip("%")) * (0.01 if values[3].endswith("%") else 1)
    if form in ("hsl", "hwb"):
        hue = float(values[0].removesuffix("deg"))
        first, second = (float(v.rstrip("%")) / 100 for v in values[1:3])
        found = _of_hue(form, hue, first, second)
    else:
        whole = 255.0 if form == "col" else 1.0
        numbers = [int(float(v.rstrip("%")) * (2.55 if "%" in v else whole)) for v in values[:3]]
        found = (numbers[0], numbers[1], numbers[2])
    return over(found, alpha, below)


def _of_hue(form: str, hue: float, first: float, second: float) -> Colour:
    """Of saturation and lightness, or of whiteness and blackness."""
    if form == "hwb":
        light = (1 - second + first) / 2
        spread = max(0.0, 1 - second - first)
    else:
        light, spread = second, (1 - abs(2 * second - 1)) * first
    parts = []
    for turn in (0, 240, 120):
        place = (hue + turn) / 60 % 6
        level = max(0.0, min(1.0, abs(place - 3) - 1))
        parts.append(int(255 * (light + spread * (level - 0.5)) + 0.5))
    return parts[0], parts[1], parts[2]


def over(colour: Colour, alpha: float, below: Colour | None) -> Colour | None:
    """What a colour that lets `1 - alpha` shine through makes of what lies below."""
    if alpha < 0.08:
        return below
    if alpha >= 1 or below is None:
        return colour
    red, green, blue = (
        int(a * alpha + b * (1 - alpha) + 0.5) for a, b in zip(colour, below, strict=True)
    )
    return red, green, blue
