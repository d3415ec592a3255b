"""Text -> canonical text: cleaned, and every known name in its one form."""

from __future__ import annotations

from collections.abc import Iterator

from rolefit.language import match, sections, taxonomy
from rolefit.language.clean import clean
from rolefit.language.offsets import Change, compose, rewrite
from rolefit.language.runs import cut
from rolefit.language.taxonomy import Taxonomy
from rolefit.records import Canonical, Replacement


def canonical(text: str, taxonomy_: Taxonomy | None = None, *, esco: bool = False) -> Canonical:
    """`text` as the encoder may read it; every span maps back to the original.

    The alias file's names are rewritten ("b-tech" to "Bachelor of Technology"); with `esco` also
    ESCO's alternative labels of several words, to the preferred label. Raises TaxonomyError if the
    shipped taxonomy cannot be read.
    """
    known = taxonomy_ or taxonomy.shipped()
    cleaned, edits, notices = clean(text)
    cleaned = cut(cleaned)
    where = sections.find(cleaned)
    hits = match.find(cleaned, known, lambda offset: where.at(offset) == "skills")
    changes = list(_changes(cleaned, hits, known, esco))
    result, renamed = rewrite(cleaned, changes)
    whole = Canonical(result, tuple(compose(edits, renamed)), (), tuple(notices), known.sha256)
    replacements = []
    for _, _, start, end in renamed:
        first, last = whole.original(start, end)
        replacements.append(Replacement(start, end, text[first:last], result[start:end]))
    return Canonical(
        result, whole.edits, tuple(replacements), tuple(notices), taxonomy=known.sha256
    )


def _changes(text: str, hits: list[match.Hit], known: Taxonomy, esco: bool) -> Iterator[Change]:
    for hit in hits:
        old = text[hit.start : hit.end]
        form = known.forms.get(hit.phrase, "")
        if not form and esco and " " in old:
            form = known.concept(known.concepts[hit.phrase]).label
        if not form or old == form:
            continue
        if old.lower() == form.lower():
            continue  # the encoder's vocabulary has one case
        yield hit.start, hit.end, form
