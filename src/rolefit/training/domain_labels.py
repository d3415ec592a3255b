"""Categories and titles -> professional domains, by data/domains.txt: weak labels for a head."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rolefit.errors import DataError
from rolefit.language.phrases import Hit, Phrases

FILE = Path(__file__).parent / "data" / "domains.txt"
LEAST = 3  # domains; a logistic regression of two is another file
NONE = "none"  # phrases that only look like a title
_TIERS = ("occupations", "fields", "generic")  # the first that finds something decides
_KEYS = ("about", "categories", "loosely", *_TIERS)
_CHOICE = re.compile(r"\(([^()]*)\)(.*)", re.S)
_PART = re.compile(r" - | – |\||[(),;:\[\]]|\bat\b")  # noqa: RUF001
_MARK = "\0"  # between a domain and the tier of its phrases


# What the titles of a career count, latest first, a title of generic words alone, and a category
# that holds all sorts of people; a category that names a profession counts 1.
_WEIGHTS = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3)
_UNSURE = 0.25
_LOOSE = 0.5
FIRST_OF_TWO = 0.6  # share of a domain that a reader put first where he named two


@dataclass(frozen=True, slots=True)
class Label:
    """What a document is learned as: read, or voted for by its category and titles."""

    domain: str
    share: float  # of the votes, above 0 to 1; read: 1, or FIRST_OF_TWO


@dataclass(frozen=True, eq=False)
class DomainRules:
    """The 13 domains of a file, and what belongs to each."""

    names: tuple[str, ...]
    about: tuple[str, ...]
    categories: Mapping[str, str]  # label of a corpus -> domain, all of them
    loose: frozenset[str]  # labels that hold all sorts of people
    phrases: Mapping[str, str]  # group -> phrases

    @classmethod
    def read(cls, path: Path = FILE) -> DomainRules:
        """Raises DataError naming the file and what is wrong with it."""
        found = _sections(path)
        names = tuple(name for name in found if name != NONE)
        categories: dict[str, str] = {}
        hidden = _opened(found.get(NONE, {}).get("occupations", ""))
        phrases = {NONE + _MARK + "0": hidden}
        for name in names:
            own = found[name]
            for label in _listed(own["categories"]) + _listed(own["loosely"]):
                if categories.setdefault(label.casefold(), name) != name:
                    raise DataError(f"{path}: expected {label} in one domain, found it in two")
            for tier, key in enumerate(_TIERS):
                phrases[f"{name}{_MARK}{tier}"] = _opened(own[key])
        loose = frozenset(label.casefold() for n in names for label in _listed(found[n]["loosely"]))
        about = tuple(found[name]["about"] for name in names)
        rules = cls(names, about, categories, loose, phrases)
        try:
            rules._finder.check()
        except (ValueError, re.error) as error:
            raise DataError(f"{path}: a phrase cannot be read: {error}") from error
        return rules

    @cached_property
    def _finder(self) -> Phrases:
        return Phrases(**self.phrases)

    def of_category(self, label: str) -> str | None:
        return self.categories.get(label.casefold())

    def of_title(self, title: str) -> tuple[str, bool] | None:
        """(domain, whether it is sure) that a title names; None where it names none.

        The first part with an occupation decides, or else the first with a field; what is left to
        generic words ("Office Manager") is not sure.
        """
        parts = [_last(self._finder.find(part)) for part in _PART.split(_plain(title))]
        for tier, key in enumerate(_TIERS):
            for found in parts:
                if tier in found:
                    return found[tier], key != "generic"
        return None

    def label(self, category: str, titles: Sequence[str]) -> Label | None:
        """What a document is learned as: a vote of its category and its titles, latest first.

        None where neither names a domain.
        """
        votes: dict[str, float] = {}
        for weight, title in zip(_WEIGHTS, titles, strict=False):
            if named := self.of_title(title):
                votes[named[0]] = votes.get(named[0], 0.0) + weight * (1 if named[1] else _UNSURE)
        if known := self.of_category(category):
            weight = _LOOSE if category.casefold() in self.loose else 1.0
            votes[known] = votes.get(known, 0.0) + weight
        if not votes:
            return None
        best = max(votes, key=lambda name: votes[name])
        return Label(best, votes[best] / sum(votes.values()))


def _last(hits: Sequence[Hit]) -> dict[int, str]:
    """tier -> domain of a part: of the phrases that no longer one covers, the last of each tier."""
    found: dict[int, str] = {}
    widest = [hit for hit in hits if not any(_covers(other, hit) for other in hits)]
    for hit in sorted(widest, key=lambda hit: (hit.end, hit.start)):
        name, _, tier = hit.group.partition(_MARK)
        if name != NONE:
            found[int(tier)] = name
    return found


def _covers(other: Hit, hit: Hit) -> bool:
    return (
        other.start <= hit.start and hit.end <= other.end
        and other.end - other.start > hit.end - hit.start
    )  # fmt: skip


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def _sections(path: Path) -> dict[str, dict[str, str]]:
    """name -> key -> text; a line without a key goes on with the one above."""
    found: dict[str, dict[str, str]] = {}
    own: dict[str, str] = {}
    key = ""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: expected a list of domains in UTF-8: {error}") from error
    for number, line in enumerate(lines, start=1):
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("["):
            own = found.setdefault(line.strip(" []"), dict.fromkeys(_KEYS, ""))
            key = ""
            continue
        before, colon, after = line.partition(":")
        if colon and before in _KEYS:
            key, line = before, after
        if key not in own:
            raise DataError(
                f"{path}, line {number}: expected [name] and then one of {', '.join(_KEYS)}, "
                f"got {line[:40]!r}"
            )
        own[key] = f"{own[key]} {line.strip()}".strip()
    if len(found.keys() - {NONE}) < LEAST:
        raise DataError(f"{path}: expected at least {LEAST} domains, got {len(found)}")
    return found


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _opened(text: str) -> str:
    """Phrases that begin with a choice, written out: they are looked up by their first letters."""
    found = []
    for phrase in _listed(re.sub(r"\|\s+", "|", text)):  # a line may end inside a choice
        choice = _CHOICE.fullmatch(phrase)
        if choice and not choice[2].startswith("?"):
            found += [word + choice[2] for word in choice[1].split("|")]
        else:
            found.append(phrase)
    return ", ".join(found)
