"""What the browser's reading rooms take from Python's about hidden text and RTF, as JSON."""

from __future__ import annotations

import codecs
from types import ModuleType
from typing import Any

from striprtf import striprtf

from rolefit.export.web_language import constants
from rolefit.reading import (
    chrome,
    columns,
    css,
    cssboxes,
    csslook,
    cssmedia,
    cssrules,
    cssvalues,
    dated,
    directions,
    drawing,
    furniture,
    gutters,
    headed,
    hropen,
    linkedin,
    mail,
    margins,
    odt,
    odtlook,
    pageboxes,
    pagetree,
    pasted,
    pdf,
    person,
    posting,
    rtf,
    seen,
    sniff,
    spaced,
    textpage,
    wordcolours,
    wordfields,
    wordgrounds,
    wordletters,
    wordlook,
    wordml,
    wordshapes,
    wordstyles,
    workbook,
    written,
)

# Of one byte a character; browsers lack most of them, so their upper halves are written out.
_CODE_PAGES = (
    437, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874,
    1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258,
)  # fmt: skip
_MAC = ("mac_roman", "mac_arabic", "mac_greek", "mac_cyrillic")


def reading() -> dict[str, Any]:
    return {
        "pdf": {
            "tail": pdf._TAIL,
            "outlines": pdf._OUTLINES,
            "hyphens": list(textpage._HYPHENS),
            "heavy": pdf._HEAVY,
            "side": pdf._SIDE.pattern.decode("ascii"),
        },
        "dated": constants(dated),
        "gutters": constants(gutters),
        "headed": constants(headed),
        "spaced": constants(spaced),
        "directions": constants(directions),
        "margins": constants(margins),
        "drawing": _numbers(drawing) | {"UNPAINTED": sorted(drawing.UNPAINTED)},
        "seen": _numbers(seen),
        "css": constants(css),
        "cssboxes": constants(cssboxes),
        "cssmedia": constants(cssmedia),
        "cssrules": constants(cssrules),
        "pageboxes": constants(pageboxes),
        "csslook": constants(csslook),
        "cssvalues": constants(cssvalues),
        "word": _word(),
        "furniture": constants(furniture),
        "pagetree": constants(pagetree),
        "posting": constants(posting),
        "pasted": constants(pasted),
        "chrome": constants(chrome),
        "links": {"kinds": constants(sniff)["_LINKS"], "open_it": sniff._OPEN_IT},
        "json": constants(sniff)["_JSON"],
        "tables": {
            "resume": sorted(columns._RESUME),
            "about": sorted(columns._ABOUT),
            "text": sorted(columns._TEXT),
            "others": sorted(columns._OTHERS),
            "ids": [" ".join(one) for one in columns._IDS],
            "names": [" ".join(one) for one in columns._NAMES],
        },
        "mail": {
            "people": sorted(written._BY_PEOPLE),
            "programs": sorted(written._BY_PROGRAMS),
            "no_resume": sorted(mail._NO_RESUME),
            "plain": list(mail._PLAIN),
        },
        "person": {"months": person._MONTH},
        "written": {
            name: constants(written)[name] for name in ("_ROOT", "_YAML", "_YAML_PART", "_ODT")
        },
        "hropen": _chosen(hropen, "_ROOTS", "_PARTS", "_PAPERS", "_WORDS"),
        "linkedin": _chosen(linkedin, "_TELLING", "_FILES", "_AGAIN"),
        "workbook": _chosen(workbook, "_COLUMNS", "_ROWS", "_AGAIN"),
        "odt": {
            "look": _chosen(odtlook, "_HIDDEN", "_TINY", "_DEPTH", "_POINTS"),
            "properties": sorted(odtlook._PROPERTIES),
            "families": odtlook._FAMILIES,
            "left_out": sorted(odt._LEFT_OUT),
        },
        "rtf": {
            "hex": constants(rtf)["_HEX"],
            "destinations": sorted(striprtf.destinations),
            "specials": striprtf.specialchars,
            "charsets": {
                str(key): page for key, page in striprtf.charset_map.items() if _is_known(page)
            },
            "pages": {
                page: _upper_half(page) for page in (*map("cp{}".format, _CODE_PAGES), *_MAC)
            },
        },
    }


def _chosen(module: ModuleType, *names: str) -> dict[str, Any]:
    found = {name: getattr(module, name) for name in names}
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in found.items()
    }


def _word() -> dict[str, Any]:
    rooms = (wordcolours, wordfields, wordgrounds, wordletters, wordlook, wordml, wordshapes)
    found: dict[str, Any] = {}
    for room in (*rooms, wordstyles):
        found |= constants(room)
    return found


def _numbers(module: ModuleType) -> dict[str, Any]:
    return {name: value for name, value in constants(module).items() if type(value) in (int, float)}


def _is_known(page: str) -> bool:
    try:
        codecs.lookup(page)
    except LookupError:
        return False
    return True


def _upper_half(page: str) -> str:
    return bytes(range(128, 256)).decode(page, "replace")
