"""How little a score changes where nothing changes for a reader, and what tricks bring.

The resumes and jobs are those of the domain grid. Each resume is scored for the two jobs of its
profession and one of the next profession.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field

from rolefit.evaluation import variants
from rolefit.evaluation.domain_grid import DOMAINS, JOBS_PER_DOMAIN, LEVELS, documents
from rolefit.evaluation.formats import FORMATS, as_format
from rolefit.evaluation.proof import Bar, Proof, Table, model_of, percentile, points
from rolefit.language import find_skills
from rolefit.language.job_facts import job_facts
from rolefit.matcher import Matcher
from rolefit.reading import from_text
from rolefit.records import Document, FloatArray
from rolefit.stuffing import pasted, shingles, stuffed

SPREAD = 2.0  # points between formats
MEDIAN, NEARLY_ALL = 2.0, 5.0  # points that noise may change: the median, and 19 times in 20
HELP = 2.0  # points that an instruction may bring beyond a harmless sentence
MANY = 120  # names of skills in a list of everything
TRICKS = ("skills of the job, 8 times", "120 skills, once", "advert pasted", "requirements pasted")
LIMITS = (
    "The documents are those of the domain grid: clean, American, written by one hand.",
    "A false alarm is counted on honest documents that were written apart from the jobs.",
    "Text that a person does not see is tested apart: benchmarks/hidden_text.py.",
)
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Spread:
    """One pair, scored from each format."""

    resume: str
    job: str
    scores: dict[str, float]

    @property
    def points(self) -> float:
        return max(self.scores.values()) - min(self.scores.values())


@dataclass(frozen=True, slots=True)
class Tried:
    """One trick of one person for one job."""

    job: str
    by: str
    before: float  # scores
    after: float
    strong: float  # of the honest strong resume
    flags: tuple[str, ...]


@dataclass(slots=True)
class _Found:
    """What was measured; changes in points."""

    spreads: list[Spread] = field(default_factory=list)
    noise: dict[str, list[float]] = field(default_factory=dict)
    page: list[float] = field(default_factory=list)
    instruction: list[float] = field(default_factory=list)
    tricks: dict[str, list[Tried]] = field(default_factory=dict)
    alarms: list[str] = field(default_factory=list)  # honest pairs that were flagged
    honest: int = 0  # honest pairs


class _Bench:
    """The grid's documents, the jobs scored against, and one resume after the other."""

    def __init__(self, matcher: Matcher, seed: int) -> None:
        self.matcher = matcher
        self.seed = seed
        self.resumes, self.jobs = documents()

    def text(self, domain: int, level: int) -> str:
        return self.resumes[domain * len(LEVELS) + level].text

    def own(self, domain: int) -> list[Document]:
        return self.jobs[domain * JOBS_PER_DOMAIN : (domain + 1) * JOBS_PER_DOMAIN]

    def three(self, domain: int) -> list[Document]:
        """Both jobs of the profession, one of the next."""
        return [*self.own(domain), self.own((domain + 1) % len(DOMAINS))[0]]

    def scores(self, resumes: Sequence[Document], jobs: Sequence[Document]) -> FloatArray:
        return self.matcher.score_matrix(resumes, jobs)

    def rng(self, *parts: object) -> random.Random:
        return random.Random(f"{self.seed} {parts}")  # the same whichever else is measured


def robust_proof(matcher: Matcher, resumes: int, seed: int, step: Step | None = None) -> Proof:
    """Measure with the first `resumes` (1-8) professions. `step` is called with (done, total)."""
    bench, found = _Bench(matcher, seed), _Found()
    for domain in range(resumes):
        _harmless(bench, domain, found)
        _tricks(bench, domain, found)
        if step:
            step(domain + 1, resumes)
    _alarms(bench, found)
    pairs = 3 * resumes
    return Proof(
        name="robust",
        title="Formats, noise and tricks",
        about=(
            f"{resumes} strong resumes, each for the two jobs of its profession and one of "
            f"another: {pairs} pairs, each scored as plain text and again after every change. "
            f"Random numbers from {seed}.",
        ),
        model=model_of(matcher.bundle),
        bars=tuple(_bars(found)),
        tables=(_spread_table(found), _noise_table(found), _trick_table(found)),
        limits=LIMITS,
        data={
            "formats": [{**asdict(row), "spread": round(row.points, 3)} for row in found.spreads],
            "noise": found.noise, "irrelevant_page": found.page, "instruction": found.instruction,
            "tricks": {name: [*map(asdict, tried)] for name, tried in found.tricks.items()},
            "false_alarms": found.alarms, "honest_pairs": found.honest,
        },
    )  # fmt: skip


def _harmless(bench: _Bench, domain: int, found: _Found) -> None:
    """Formats, noise, a page of something else, an instruction beside a harmless sentence."""
    text, jobs = bench.text(domain, 0), bench.three(domain)
    written = [as_format(text, name) for name in FORMATS]
    noisy = {
        name: variant(text, bench.rng(domain, name)) for name, variant in variants.NOISE.items()
    }
    noisy = {name: changed for name, changed in noisy.items() if changed != text}
    more = [variants.irrelevant_page(text), variants.instructed(text), variants.thanked(text)]
    texts = [from_text(t, name="text") for t in (*noisy.values(), *more)]
    scores = bench.scores([*written, *texts], jobs)
    formats, others = scores[: len(written)], scores[len(written) :]
    plain = formats[0]
    for column, job in enumerate(jobs):
        row = dict(zip(FORMATS, _rounded(formats[:, column]), strict=True))
        found.spreads.append(Spread(DOMAINS[domain], job.name, row))
    for name, changed in zip(noisy, others, strict=False):
        found.noise.setdefault(name, []).extend(_rounded(changed - plain))
    page, instructed, thanked = others[len(noisy) :]
    found.page += _rounded(page - plain)
    found.instruction += _rounded(instructed - thanked)


def _rounded(values: Iterable[float]) -> list[float]:
    return [round(float(value), 3) for value in values]


def _tricks(bench: _Bench, domain: int, found: _Found) -> None:
    """A junior and a person of another profession try to pass the honest strong one."""
    strong = bench.resumes[domain * len(LEVELS)]
    stranger = (domain + len(DOMAINS) // 2) % len(DOMAINS)
    cheats = {"junior": bench.text(domain, 2), DOMAINS[stranger]: bench.text(stranger, 1)}
    for job in bench.own(domain)[:1]:
        tricked = {
            (who, trick): from_text(changed, name="text")
            for who, text in cheats.items()
            for trick, changed in zip(TRICKS, _tricked(bench, text, job), strict=True)
        }
        honest = [from_text(text, name="text") for text in cheats.values()]
        scores = bench.scores([strong, *honest, *tricked.values()], [job])[:, 0]
        before = dict(zip(cheats, scores[1:], strict=False))
        after = scores[1 + len(honest) :]
        for (who, trick), document, score in zip(tricked, tricked.values(), after, strict=True):
            found.tricks.setdefault(trick, []).append(
                Tried(
                    job=job.name, by=who, before=round(float(before[who]), 3),
                    after=round(float(score), 3), strong=round(float(scores[0]), 3),
                    flags=flags(document.text, job.text),
                )
            )  # fmt: skip


def _tricked(bench: _Bench, text: str, job: Document) -> Iterator[str]:
    """`text` after each of TRICKS."""
    asked = [skill.label for skill in find_skills(job.text)]
    every = [skill.label for other in bench.jobs for skill in find_skills(other.text)]
    every = list(dict.fromkeys([*asked, *every]))[:MANY]
    lines = [job.line_text(requirement.line) for requirement in job_facts(job).requirements]
    yield variants.stuffed(text, asked, 8)
    yield variants.stuffed(text, every, 1)
    yield variants.pasted(text, job.text)
    yield variants.pasted(text, "\n".join(lines))


def flags(resume: str, job: str) -> tuple[str, ...]:
    """Codes of what `rolefit.stuffing` says about a pair of texts."""
    notices = [stuffed(find_skills(resume)), pasted(shingles(resume), shingles(job))]
    return tuple(notice.code for notice in notices if notice)


def _alarms(bench: _Bench, found: _Found) -> None:
    adverts = [shingles(job.text) for job in bench.jobs]
    for resume in bench.resumes:
        own, runs = stuffed(find_skills(resume.text)), shingles(resume.text)
        for job, advert in zip(bench.jobs, adverts, strict=True):
            found.honest += 1
            if own or pasted(runs, advert):
                found.alarms.append(f"{resume.name}, {job.name}")


def _bars(found: _Found) -> Iterator[Bar]:
    widest = max(row.points for row in found.spreads)
    yield Bar("widest spread between formats", f"at most {SPREAD:g} points", points(widest),
              widest <= SPREAD)  # fmt: skip
    changes = [abs(change) for values in found.noise.values() for change in values]
    for name, share, bar in (("median", 0.5, MEDIAN), ("19 times in 20", 0.95, NEARLY_ALL)):
        got = percentile(changes, share)
        yield Bar(f"change by noise, {name}", f"at most {bar:g} points", points(got), got <= bar)
    tried = [row for rows in found.tricks.values() for row in rows]
    # A pair that stood there before, both held at the licence cap, was lifted by nothing.
    beaten = sum(row.after >= row.strong > row.before for row in tried)
    yield Bar("tricks that lift to the honest strong resume", "none",
              f"{beaten} of {len(tried)}", not beaten)  # fmt: skip
    flagged = sum(bool(row.flags) for row in tried)
    yield Bar("tricks that are flagged", "all", f"{flagged} of {len(tried)}", flagged == len(tried))
    yield Bar("honest pairs that are flagged", "none",
              f"{len(found.alarms)} of {found.honest}", not found.alarms)  # fmt: skip
    most = max(found.instruction)
    yield Bar("most that an instruction to a model brings beyond a harmless sentence",
              f"at most {HELP:g} points", points(most), most <= HELP)  # fmt: skip


def _spread_table(found: _Found) -> Table:
    rows = []
    for row in found.spreads:
        cells = [points(value) for value in row.scores.values()]
        rows.append((f"{row.resume} for {row.job}", *cells, points(row.points)))
    return Table(
        "The same resume in five files",
        "In the two-column PDF contact, skills and schooling stand in a narrow column.",
        ("", *FORMATS, "spread"),
        tuple(rows),
    )


def _noise_table(found: _Found) -> Table:
    rows = []
    extra = {"irrelevant page": found.page, "instruction less sentence": found.instruction}
    for name, values in {**found.noise, **extra}.items():
        size = [abs(value) for value in values]
        mean = sum(values) / len(values) if values else 0.0
        cells = (percentile(size, 0.5), percentile(size, 0.95), mean)
        rows.append((name, str(len(values)), *map(points, cells)))
    return Table(
        "Change of the score, in points",
        "Without regard to sign, but for the mean. The last two rows are not part of the noise.",
        ("", "pairs", "median", "19 in 20", "mean, signed"),
        tuple(rows),
    )


def _trick_table(found: _Found) -> Table:
    rows = []
    for trick, tried in found.tricks.items():
        gains = [row.after - row.before for row in tried]
        behind = [row.strong - row.after for row in tried]
        flagged = sum(bool(row.flags) for row in tried)
        rows.append((trick, points(percentile(gains, 0.5)), points(max(gains)),
                     points(min(behind)), f"{flagged} of {len(tried)}"))  # fmt: skip
    return Table(
        "Tricks of a junior and of a stranger to the profession",
        "Behind: points that the nearest of them stays behind the honest strong resume.",
        ("", "median gain", "most gain", "behind, least", "flagged"),
        tuple(rows),
    )
