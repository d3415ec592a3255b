"""The styles of a DOCX: what they say about text, and what they are based on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Attributes = Mapping[str, str]
Properties = dict[str, dict[str, str]]  # element -> its attributes without namespaces

EFFECTS = frozenset({"textFill", "textOutline"})  # paint letters over their colour
RUN = EFFECTS | frozenset(
    "color sz szCs vanish specVanish webHidden rtl cs shd highlight rStyle w spacing position "
    "rFonts".split()
)
PARAGRAPH = frozenset({"pStyle", "shd", "spacing", "ind", "framePr"})
OFF = frozenset({"0", "false", "off", "none"})


def plain(attributes: Attributes) -> dict[str, str]:
    return {key.rsplit(" ", 1)[-1]: value for key, value in attributes.items()}


def key_of(parent: str, name: str) -> str:
    """Under which a property is kept: two of a paragraph have the name of one of a run."""
    if (parent, name) == ("pPr", "shd"):
        return "paragraph-shd"
    return "letter-spacing" if (parent, name) == ("rPr", "spacing") else name


def is_on(given: dict[str, str] | None) -> bool:
    return given is not None and given.get("val", "true") not in OFF


class Effect:
    """An effect on letters while its element is open: how it paints them."""

    def __init__(self) -> None:
        self._open = ""
        self._solid = False

    def start(self, name: str, given: dict[str, str], into: Properties | None) -> None:
        """Write what is known of the effect into the properties of its run or style.

        Nothing is known of gradients; "none" is an effect that paints nothing.
        """
        if name in EFFECTS:
            self._open, self._solid = name, False
            if into is not None:
                into[name] = {}
        elif not self._open or into is None or self._open not in into:
            return
        elif name == "noFill":
            into[self._open] = {"none": "1"}
        elif name in ("solidFill", "gradFill"):
            self._solid = name == "solidFill"
        elif name in ("srgbClr", "schemeClr") and self._solid:
            value = given.get("val", "")
            into[self._open] = {"val" if name == "srgbClr" else "themeColor": value}
        elif name == "alpha":  # how much shines through
            into[self._open] = {"none": "1"} if _is_most(given.get("val", "")) else {}
        elif name in ("lumMod", "lumOff", "shade", "tint"):
            into[self._open] = {}

    def end(self, name: str) -> None:
        if name in EFFECTS:
            self._open = ""


def _is_most(thousandths: str) -> bool:
    return thousandths.isascii() and thousandths.isdigit() and int(thousandths[:9]) > 92_000


@dataclass(slots=True)
class Styles:
    """styles.xml: collected from parser events, asked by `chain`."""

    defaults: Properties = field(default_factory=dict)
    styles: dict[str, Properties] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)  # table styles that shade anything
    usual: str = ""  # the paragraph style of paragraphs that name none
    _path: list[str] = field(default_factory=list)
    _open: str = ""
    _effect: Effect = field(default_factory=Effect)

    def start(self, name: str, attributes: Attributes) -> None:
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        given = plain(attributes)
        if name == "style":
            self._open = given.get("styleId", "")
            self.styles[self._open] = {}
            if given.get("type") == "paragraph" and given.get("default", "0") not in OFF:
                self.usual = self._open
        elif not EFFECTS.isdisjoint(self._path):
            self._effect.start(name, given, self._running())
        elif "rPrDefault" in self._path:
            if name in RUN:
                self.defaults[key_of(parent, name)] = given
        elif name == "shd" and parent in ("tcPr", "tblPr"):
            self.filled.add(self._open)
        elif (
            self._open
            and "tblStylePr" not in self._path
            and (
                (parent == "rPr" and name in RUN)
                or (parent == "pPr" and name in PARAGRAPH)
                or name == "basedOn"
            )
        ):
            self.styles[self._open][key_of(parent, name)] = given

    def _running(self) -> Properties | None:
        """Where the properties of letters go that are open."""
        if "rPrDefault" in self._path:
            return self.defaults
        return None if "tblStylePr" in self._path else self.styles.get(self._open)

    def end(self, name: str) -> None:
        self._path.pop()
        self._effect.end(name)
        if name == "style":
            self._open = ""

    def find(self, style: str, name: str) -> dict[str, str] | None:
        """What the style, or what it is based on, says about `name`."""
        for _ in range(20):  # a style may be based on itself in a damaged file
            properties = self.styles.get(style)
            if properties is None:
                return None
            if name in properties:
                return properties[name]
            style = properties.get("basedOn", {}).get("val", "")
        return None

    def is_filled(self, style: str) -> bool:
        for _ in range(20):
            if style in self.filled:
                return True
            style = self.styles.get(style, {}).get("basedOn", {}).get("val", "")
        return False
