"""Every input that ever broke something, made small: what it was, and what comes of it now."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from typing import Any

import seeds
from seeds import PARTS, SAID, archive, model, page, stream

PAGE = b"<!doctype html>"


@dataclass(frozen=True)
class Case:
    """An input, the target of `targets.py` that it broke, and what comes of it today."""

    sentence: str
    target: str
    question: tuple[Any, ...]
    outcome: str = "ok"


def _read(sentence: str, data: bytes, outcome: str = "ok") -> Case:
    return Case(sentence, "reading", (data,), outcome)


def _model(sentence: str, name: str, content: Any, outcome: str = "BundleError") -> Case:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    files = {**model(), name: data} if name == "manifest.json" else model({name: data})
    return Case(sentence, "bundle", (files,), outcome)


def _understood(sentence: str, text: str) -> Case:
    return Case(sentence, "understanding", (text,))


def _manifest(**facts: Any) -> dict[str, Any]:
    return {**json.loads(model()["manifest.json"]), **facts}


_DEEP = b"[" * 100_000
_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
_TILE = (
    b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 1e-4/YStep 0.0001/Resources<<>>"
)
_BACKGROUND = seeds.MODEL["background.json"]
_DOMAINS = seeds.MODEL["domains.json"]
LANGUAGES = (
    "English Spanish French German Italian Portuguese Dutch Russian Polish Czech Greek Turkish "
    "Arabic Hebrew Hindi Urdu Korean Japanese Thai Swedish Danish Finnish Norwegian Romanian "
    "Hungarian "
)

CASES = [
    # Kinds of files
    _read("Forty comments before a text were read in 2 ** 40 ways", b"<!---->" * 40 + b"x"),
    _read("Forty colons in the first line were read in 2 ** 40 ways", b"a: " * 40 + b"x"),
    _read("An archive of 20,000 entries was listed twice",
          archive(dict.fromkeys(map(str, range(20_000)), b""), 0), "LimitError"),
    _read("Nineteen million lines took more than a gigabyte", b"x\n" * 600_000, "LimitError"),
    # HTML
    _read("Attributes are compared each with each", PAGE + b"<p " + b"a=1 b=2 " * 600 + b">x",
          "LimitError"),
    _read("Attributes were not counted behind a quoted >", PAGE + b"<p " + b"a='>'" * 1200 + b">x",
          "LimitError"),
    _read("Formatting never closed is copied into each paragraph",
          PAGE + b"<p>" + b"".join(b"<b a=%d>" % n for n in range(2500)) + b"<p>x" * 2000,
          "LimitError"),
    _read("Nesting hid behind closing tags in comments",
          PAGE + b"<div><!--</div>-->" * 4100, "LimitError"),
    _read("A style sheet without braces took the square of its length",
          PAGE + b"<style>" + b"a" * 300_000 + b"</style>x"),
    _read("A style sheet of @ took the cube of its length",
          PAGE + b"<style>" + b"@a" * 100_000 + b"</style>x"),
    _read("A comment never closed in a style sheet was looked for from each of its signs",
          PAGE + b"<style>" + b"/*" * 200_000 + b"</style>x"),
    _read("Lists of selectors read their rule once for each of them",
          PAGE + b"<style>" + b"a," * 20_000 + b"b{" + b"left:0;" * 20_000 + b"}</style>x"),
    _read("A selector of ancestors climbed every way there is",
          PAGE + b"<style>p div div div{left:0}</style>" + b"<div>" * 2000 + b"x"),
    # DOCX
    _read("A part packed by bzip2 was unpacked without a bound",
          archive({**PARTS, "word/document.xml": b" " * 9_000_000}, zipfile.ZIP_BZIP2),
          "DamagedFileError"),
    _read("Elements nested in each other took the square of their depth",
          seeds.docx("<w:x>" * 5000), "LimitError"),
    _read("A part in an encoding that Python does not know ended in a LookupError",
          archive({**PARTS, "word/document.xml": b'<?xml version="1.0" encoding="nobody"?><x/>'}),
          "DamagedFileError"),
    # RTF
    _read("A table of fonts without a semicolon took the cube of its length",
          rb"{\rtf1{\fonttbl" + rb"\f1\fcharset0 " * 3000 + b"}x}", "DamagedFileError"),
    _read("A table of fonts without sets took the square of its length",
          rb"{\rtf1{\fonttbl" + rb"\f1;" * 20_000 + b"}x}", "DamagedFileError"),
    _read("A link written in small letters was looked for in all of the line",
          rb"{\rtf1 " + rb"{\field{\*\fldinst{hyperlink " * 20_000 + b"}" * 60_000 + b" x}"),
    # PDF
    _read("A form that draws itself twice ended the process, out of memory",
          page(stream(b"/X Do"), stream(b"/X Do /X Do", _FORM), resources=b"/XObject<</X 6 0 R>>"),
          "LimitError"),
    _read("A tile too small to be seen kept the renderer busy for ever",
          page(stream(b"/Pattern cs /P scn 0 0 600 900 re f " + SAID),
               stream(b"0 0 1 1 re f", _TILE + b"/XStep 0.0001/YStep 0.0001"),
               resources=b"/Pattern<</P 6 0 R>>"), "LimitError"),
    # Model folders
    _model("A manifest nested beyond reason ended in a RecursionError", "manifest.json", _DEEP),
    _model("A manifest that lists a file as a number", "manifest.json",
           _manifest(files={**_manifest()["files"], "more": 1})),
    _model("A manifest of endless texts", "manifest.json",
           _manifest(encoder={"max_tokens": float("inf"), "hidden_size": 2})),
    _model("A manifest of texts without a token", "manifest.json",
           _manifest(encoder={"max_tokens": 0, "hidden_size": 2})),
    _model("A background nested beyond reason", "background.json", _DEEP),
    _model("A background whose weights are one number", "background.json",
           {**_BACKGROUND, "weights": 1.0}),
    _model("A background of numbers beyond float", "background.json",
           {**_BACKGROUND, "weights": [10**400, 1]}),
    _model("Professions nested beyond reason", "domains.json", _DEEP),
    _model("Professions with one number for all weights", "domains.json",
           {**_DOMAINS, "weights": 1.0}),
    _model("Professions with a number beyond float", "domains.json",
           {**_DOMAINS, "temperature": 10**400}),
    # Tables and taxonomies
    Case("A row nested beyond reason ended in a RecursionError", "table",
         (b'{"resume": "a", "job": "b", "score": 1}\n' + _DEEP, "pairs.jsonl"), "DataError"),
    Case("A score beyond float ended in an OverflowError", "table",
         (b'{"resume": "a", "job": "b", "score": 1' + b"0" * 400 + b"}", "pairs.jsonl"),
         "DataError"),
    Case("A taxonomy whose hash fits, but which is none", "a_taxonomy", (seeds.taxonomy(b"null"),),
         "TaxonomyError"),
    # The rooms of words
    _understood("A list of 25 languages parted by blanks was read in 2 ** 25 ways", LANGUAGES),
    _understood("Mandarin Chinese is one language or two", "Mandarin Chinese " * 30),
    _understood("A word of 20,000 letters", "Jane Doe\n" + "A" * 20_000),
    _understood("A rule of 20,000 dashes", "Jane Doe\n" + "-" * 20_000 + "\nPython"),
    _understood("Forty thousand bullets without a word", "Jane Doe\n" + "•" * 40_000 + "\nPython"),
    _understood("Twenty thousand tabs", "Jane Doe\n" + "\t" * 20_000 + "Python"),
]  # fmt: skip
