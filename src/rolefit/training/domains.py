"""Fitting a bundle's domain head: labelled texts -> vectors -> domains.json.

A label is what somebody read the document for (`labels`), or else a vote of its corpus category and
its titles (domain_labels.py). One document in five, by a hash of its words, is held back: neither
the head nor its settings have seen it, and what is measured is what is written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.model_selection import StratifiedKFold  # type: ignore[import-untyped]
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from rolefit.bundle import FILES, Bundle, rewrite_manifest
from rolefit.domains import FORMAT, Domains, Float64Array
from rolefit.encode import TextEncoder
from rolefit.errors import DataError
from rolefit.language.clean import without_lookalikes
from rolefit.prepare import resume_as_read
from rolefit.reading import from_text
from rolefit.records import ResumeFacts
from rolefit.tokens import Tokenizer
from rolefit.training.corpus import document_rows, text_of
from rolefit.training.domain_labels import FIRST_OF_TWO, DomainRules, Label
from rolefit.training.domain_measures import measure
from rolefit.training.pairs import text_key
from rolefit.training.tables import read_rows

MAX_TOKENS = 1_024  # of a document: its vector changes little after that, its cost a lot
FOLDS = 5
HELD_BACK = 5  # one document in so many
STRENGTHS = (1.0, 3.0, 10.0, 30.0)  # C of the logistic regression; less is smoother
TEMPERATURES = np.geomspace(0.2, 5.0, 161)
OCCUPATION_COUNTS = 0.3  # an occupation is a list of skills, not a document as people write it
OCCUPATION_SKILLS = 40
LEAST = 10  # documents of a domain to fit on
SEED = 0
_COLUMNS = ("occupation", "relation", "skill_label")  # of a table of occupations


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what it is learned as."""

    text: str
    label: Label | None
    category: str | None  # the domain of the corpus category alone; None without one
    source: str  # "resumes": the file it is from
    held_back: bool
    counts: float = 1.0
    vote: str | None = None  # what category and titles say, where the label was read

    @property
    def is_document(self) -> bool:
        return self.counts == 1.0


def train_domains(
    folder: Path,
    texts: Sequence[Path],
    *,
    labels: Path | None = None,
    occupations: Path | None = None,
    rules: DomainRules | None = None,
    max_tokens: int = MAX_TOKENS,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> str:
    """Fit a head on `texts`, write it into the bundle `folder`; returns what was measured.

    Raises DataError if the texts cannot carry a fit.
    """
    bundle, rules = Bundle.open(folder), rules or DomainRules.read()
    examples = read_examples(texts, occupations, rules, labels)
    check(examples, rules)
    tokenizer = Tokenizer(bundle.path(FILES.tokenizer), min(max_tokens, bundle.max_tokens))
    encoder = TextEncoder(bundle, tokenizer, jobs)
    vectors = np.zeros((len(examples), bundle.hidden_size), dtype=np.float32)
    work = encoder.map(encoder.vector, [e.text for e in examples])
    for row, vector in enumerate(work):
        vectors[row] = vector
        if progress:
            progress(row + 1, len(examples))
    return fit_and_write(bundle, examples, vectors, rules)


def read_examples(
    texts: Sequence[Path],
    occupations: Path | None,
    rules: DomainRules,
    labels: Path | None = None,
) -> list[Example]:
    """Every row that is not reserved and that was labelled or that a rule can say something about.

    `labels`: JSON lines with the `id` of a text, its `domain`, and a `second` one or none.
    """
    known = _read_labels(labels, rules) if labels else {}
    found = [example for path in texts for example in _documents(path, rules, known)]
    return found + (list(_occupations(occupations, rules)) if occupations else [])


def check(examples: Sequence[Example], rules: DomainRules) -> None:
    """Raises DataError unless every domain has documents to fit on."""
    fitted_on = [e for e in examples if e.is_document and not e.held_back]
    labels = [e.label.domain for e in fitted_on if e.label]
    short = [f"{name} {labels.count(name)}" for name in rules.names if labels.count(name) < LEAST]
    if short:
        raise DataError(
            f"expected at least {LEAST} texts of each domain to fit on, got "
            f"{', '.join(short)}; give more texts, or a category or a title with them"
        )


def fit_and_write(
    bundle: Bundle, examples: Sequence[Example], vectors: Any, rules: DomainRules
) -> str:
    """`vectors` (n, hidden) of `examples`. Writes domains.json and the manifest."""
    rows = np.array([i for i, e in enumerate(examples) if e.label and not e.held_back])
    x = np.asarray(vectors, dtype=np.float32)
    y = np.array([rules.names.index(examples[i].label.domain) for i in rows])
    counts = np.array([examples[i].counts for i in rows])
    # The matrices are too small to share among threads, and one thread always adds up in one order.
    with threadpool_limits(1):
        strength, temperature = _choose(x[rows], y, counts)
        model = _fit(x[rows], y, counts, strength)
    documents = int((counts == 1.0).sum())
    content = {
        "format": FORMAT,
        "encoder": bundle.encoder_sha256,
        "names": list(rules.names),
        "about": list(rules.about),
        "temperature": _short(temperature),
        "intercepts": [_short(value) for value in model.intercept_],
        "fitted_on": {"documents": documents, "occupations": len(rows) - documents},
        "weights": [[_short(value) for value in row] for row in model.coef_],
    }
    head = Domains.from_json(content, "the fit")
    unseen = [i for i, e in enumerate(examples) if e.held_back]
    found = measure(head, [examples[i] for i in unseen], x[unseen].astype(np.float64))
    partial = bundle.path(FILES.domains + ".partial")
    partial.write_text(json.dumps(content) + "\n", encoding="utf-8")
    partial.replace(bundle.path(FILES.domains))
    rewrite_manifest(bundle.folder)
    return (
        f"fitted on {documents:,} documents and {len(rows) - documents:,} occupations; "
        f"C {strength:g} and temperature {temperature:.2f} by {FOLDS}-fold cross-validation\n"
        f"{found}"
    )


def _read_labels(path: Path, rules: DomainRules) -> dict[str, Label]:
    found = {}
    for where, row in read_rows(path):
        fields = row if isinstance(row, dict) else {}
        name, second = fields.get("domain"), fields.get("second") or None
        known = name in rules.names and second in (None, *rules.names)
        if not known or fields.get("id") is None:
            raise DataError(
                f"{path}, {where}: expected id, domain and maybe second, domains among "
                f"{', '.join(rules.names)}; got {json.dumps(row)[:120]}"
            )
        found[str(fields["id"])] = Label(str(name), FIRST_OF_TWO if second else 1.0)
    return found


def _documents(path: Path, rules: DomainRules, labels: Mapping[str, Label]) -> Iterator[Example]:
    source = path.name.split(".")[0]
    for row in document_rows(path):
        text = without_lookalikes(text_of(row))
        category = str(row.get("category") or "")
        held = int(text_key(text)[:2], 16) % HELD_BACK == 0
        titles: tuple[str, ...] = (str(row.get("title") or ""),)
        if not titles[0]:
            resume = resume_as_read(from_text(text, "text"))
            text, titles = resume.document.text, career(resume.facts)
        vote, read = rules.label(category, titles), labels.get(str(row["id"]))
        known = rules.of_category(category)
        if read or vote or known:
            said = vote.domain if read and vote else None
            yield Example(text, read or vote, known, source, held, vote=said)


def career(facts: ResumeFacts) -> tuple[str, ...]:
    """A resume's headline and the titles of its positions, latest first; a headline that only
    repeats the latest position is left out."""
    titles = [position.title.value for position in facts.positions if position.title]
    headline = facts.headline.value if facts.headline else ""
    if headline and (not titles or headline.casefold() != titles[0].casefold()):
        titles.insert(0, headline)
    return tuple(titles)


def _occupations(path: Path, rules: DomainRules) -> Iterator[Example]:
    """ESCO's occupations as texts: the name, then its skills, essential ones first."""
    skills: dict[str, tuple[list[str], list[str]]] = {}
    for where, row in read_rows(path):
        if isinstance(row, str):
            raise DataError(f"{path}, {where}: {row}")
        if not all(isinstance(row.get(column), str) for column in _COLUMNS):
            raise DataError(
                f"{path}, {where}: expected the columns {', '.join(_COLUMNS)}, got "
                f"{', '.join(map(str, row))}"
            )
        essential, optional = skills.setdefault(row["occupation"], ([], []))
        (essential if row["relation"] == "essential" else optional).append(row["skill_label"])
    for name, (essential, optional) in skills.items():
        if label := rules.label("", (name,)):
            lines = [name, *[*essential, *optional][:OCCUPATION_SKILLS]]
            yield Example("\n".join(lines), label, None, path.name, False, OCCUPATION_COUNTS)


def _fit(x: Float64Array, y: Any, counts: Any, strength: float) -> Any:
    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=500, tol=1e-3)
    return model.fit(x, y, sample_weight=counts)


def _choose(x: Float64Array, y: Any, counts: Any) -> tuple[float, float]:
    """The C and the temperature with the least log loss, out of fold, over documents alone."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    documents = counts == 1.0
    best = (np.inf, 0.0, 0.0)
    for strength in STRENGTHS:
        logits = np.zeros((len(y), len(np.unique(y))))
        for kept, left in folds.split(x, y):
            model = _fit(x[kept], y[kept], counts[kept], strength)
            logits[left] = model.decision_function(x[left])
        for temperature in TEMPERATURES:
            loss = _log_loss(logits[documents] / temperature, y[documents])
            best = min(best, (loss, strength, float(temperature)))
    return best[1], best[2]


def _log_loss(logits: Float64Array, y: Any) -> float:
    top = logits.max(axis=1)
    total = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
    return float(np.mean(total - logits[np.arange(len(y)), y]))


def _short(value: float) -> float:
    return float(f"{value:.5g}")
