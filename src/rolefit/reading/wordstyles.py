"""The styles of a DOCX: what they say about text, and what they are based on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Attributes = Mapping[str, str]
Properties = dict[str, dict[str, str]]  # element -> its attributes without namespaces

EFFECTS = frozenset({"textFill", "textOutline"})  # paint letters over their colour
RUN = frozenset({"color", "sz", "vanish", "shd", "highlight", "rStyle", "w"}) | EFFECTS
PARAGRAPH = frozenset({"pStyle", "shd", "spacing", "ind", "framePr"})
OFF = frozenset({"0", "false", "off", "none"})


def plain(attributes: Attributes) -> dict[str, str]:
    return {key.rsplit(" ", 1)[-1]: value for key, value in attributes.items()}


@dataclass(slots=True)
class Styles:
    """styles.xml: collected from parser events, asked by `chain`."""

    defaults: Properties = field(default_factory=dict)
    styles: dict[str, Properties] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)  # table styles that shade anything
    usual: str = ""  # the paragraph style of paragraphs that name none
    _path: list[str] = field(default_factory=list)
    _open: str = ""

    def start(self, name: str, attributes: Attributes) -> None:
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        given = plain(attributes)
        if name == "style":
            self._open = given.get("styleId", "")
            self.styles[self._open] = {}
            if given.get("type") == "paragraph" and given.get("default", "0") not in OFF:
                self.usual = self._open
        elif name == "noFill" and parent in EFFECTS:  # letters as if without the effect
            found = self.defaults if "rPrDefault" in self._path else self.styles.get(self._open, {})
            found.pop(parent, None)
        elif "rPrDefault" in self._path:
            if name in RUN:
                self.defaults[name] = given
        elif name == "shd" and parent in ("tcPr", "tblPr"):
            self.filled.add(self._open)
        elif self._open and (
            (parent == "rPr" and name in RUN)
            or (parent == "pPr" and name in PARAGRAPH)
            or name == "basedOn"
        ):
            key = "paragraph-shd" if (parent, name) == ("pPr", "shd") else name
            if "tblStylePr" not in self._path:
                self.styles[self._open][key] = given

    def end(self, name: str) -> None:
        self._path.pop()
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
