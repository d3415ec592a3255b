"""Does what stands far back in a long resume still count? One paragraph decides; it is moved."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from rolefit.bundle import FILES
from rolefit.encode import TextEncoder, open_session
from rolefit.errors import InputError
from rolefit.evaluation.long_texts import CASES, HEAD, Case, paragraphs
from rolefit.evaluation.proof import Bar, Proof, Table, model_of, points
from rolefit.matcher import Matcher
from rolefit.prepare import resume_as_read
from rolefit.reading import from_text
from rolefit.records import FloatArray, Match, Tokens
from rolefit.tokens import Tokenizer

HALF = 0.5  # of what the score moves at the first place
LEAST = 1.0  # points; less at the first place, and its half says nothing
LIMITS = (
    "The resumes are made up: thousands of words of plain work around one paragraph that fits.",
    "Longer resumes are cut at the limit unless --windows is given; either is said in a notice.",
    "The browser is measured on the same documents by `npm run bench` (docs/web.md).",
)
Way = tuple[str, TextEncoder]  # what it is called, and what encodes
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Placed:
    """One score with the paragraph at one place."""

    way: str
    case: str
    at: int  # token at which the paragraph begins
    tokens: int  # of the resume
    without: float  # score
    score: float

    @property
    def moved(self) -> float:
        return self.score - self.without


@dataclass(frozen=True, slots=True)
class Beyond:
    """The paragraph behind the encoder's limit."""

    tokens: int
    limit: int
    notice: str  # what the score says about it; "" if nothing
    moved_by_windows: float  # points
    moved_near: float  # the same paragraph at the first place

    @property
    def counted(self) -> bool:
        return f"{self.limit:,} of {self.tokens:,}" in self.notice


class TorchEncoder(TextEncoder):
    """The same as a TextEncoder, computed by torch from weights."""

    def __init__(self, matcher: Matcher, folder: Path) -> None:
        from rolefit.encoder.weights import load_encoder

        super().__init__(matcher.bundle, matcher.encoder.tokenize, jobs=1)
        self.network = load_encoder(folder).eval()

    def run(self, tokens: Tokens) -> tuple[FloatArray, FloatArray]:
        import torch

        from rolefit.encoder.model import mean_pool

        with torch.inference_mode():
            hidden = self.network(torch.from_numpy(tokens.ids)[None])
            return mean_pool(hidden)[0].numpy(), hidden[0].numpy()


def encoders(matcher: Matcher, onnx: Path | None, weights: Path | None) -> list[Way]:
    """The bundle's encoder and, where given, the same in full precision.

    Raises BundleError, WeightsError, ModuleNotFoundError.
    """
    ways: list[Way] = [("bundle (INT8)", matcher.encoder)]
    if onnx is not None:
        plain = TextEncoder(matcher.bundle, matcher.encoder.tokenize, jobs=1)
        plain.session = open_session(onnx)
        ways.append(("ONNX fp32", plain))
    if weights is not None:
        ways.append(("torch", TorchEncoder(matcher, weights)))
    return ways


def long_proof(
    matcher: Matcher, ways: Sequence[Way], places: Sequence[int], resumes: int,
    step: Step | None = None,
) -> Proof:  # fmt: skip
    """The paragraph of `resumes` (1-3) resumes at each of `places`, in each of `ways`.

    Raises InputError where the last place leaves no room before the encoder's limit.
    """
    cases = CASES[:resumes]
    total = len(ways) * len(cases) * (len(places) + 1) + 3
    done = 0

    def one(by: Matcher, resume: str, job: str) -> Match:
        nonlocal done
        match = by.score(resume, job)
        done += 1
        if step:
            step(done, total)
        return match

    found = []
    for case in cases:
        texts = [written(matcher.encoder, case, place, places[-1]) for place in places]
        plain = bare(matcher.encoder, case, places[-1])
        for name, encoder in ways:
            by = encoded_by(matcher, encoder)
            without = one(by, plain, case.job).score
            for text in texts:
                tokens = encoder.tokenize(text)
                score = one(by, text, case.job).score
                at = _token_at(tokens, text.index(case.decisive))
                found.append(Placed(name, case.name, at, len(tokens.ids), without, score))
    beyond = _beyond(matcher, CASES[0], one, found[0].moved)
    return _proof(matcher, found, beyond, len(places))


def encoded_by(matcher: Matcher, encoder: TextEncoder) -> Matcher:
    """The same matcher with another encoder."""
    other = copy(matcher)
    other.intake = copy(matcher.intake)
    other.intake.encoder = encoder
    return other


def written(encoder: TextEncoder, case: Case, place: int, end: int) -> str:
    """A resume of about `end` tokens and the paragraph, which begins near token `place`."""
    parts = _filler(encoder, case, end)
    sizes = np.cumsum([len(encoder.tokenize(part).ids) - 2 for part in parts])
    before = int(np.abs(sizes - place).argmin()) + 1
    text = _text([*parts[:before], case.decisive, *parts[before:]])
    if (tokens := encoder.tokenize(text)).dropped:
        limit = encoder.bundle.max_tokens
        raise InputError(
            f"--at {place}: with the paragraph the resume has {limit + tokens.dropped:,} tokens, "
            f"the model reads {limit:,}; take lower places"
        )
    return text


def bare(encoder: TextEncoder, case: Case, end: int) -> str:
    """The same resume without the paragraph."""
    return _text(_filler(encoder, case, end))


def _filler(encoder: TextEncoder, case: Case, end: int) -> list[str]:
    """The head and as many paragraphs of plain work as fit before token `end`."""
    parts = [HEAD.format(headline=case.headline)]
    size = len(encoder.tokenize(parts[0]).ids)
    for part in paragraphs(end // 20):
        size += len(encoder.tokenize(part).ids) - 2
        if size > end:
            break
        parts.append(part)
    return parts


def _text(parts: Sequence[str]) -> str:
    return "\n\n".join(parts)


def _token_at(tokens: Tokens, character: int) -> int:
    return int(np.argmax(tokens.spans[:, 0] >= character))


def _beyond(
    matcher: Matcher, case: Case, one: Callable[[Matcher, str, str], Match], near: float
) -> Beyond:
    """The paragraph behind the encoder's limit: cut off and said so, or read in windows."""
    limit = matcher.bundle.max_tokens
    uncut = Tokenizer(matcher.bundle.path(FILES.tokenizer), sys.maxsize)
    windowed = encoded_by(matcher, TextEncoder(matcher.bundle, uncut, jobs=1))
    parts = _filler(windowed.encoder, case, limit + limit // 8)
    plain, text = _text(parts), _text([*parts, case.decisive])
    read = resume_as_read(from_text(text, "long")).document.text
    tokens = len(uncut(read).ids)
    cut = one(matcher, text, case.job)
    said = [notice.message for notice in cut.notices if notice.code == "truncated"]
    moved = one(windowed, text, case.job).score - one(windowed, plain, case.job).score
    return Beyond(tokens, limit, said[0] if said else "", round(moved, 3), round(near, 3))


def _proof(matcher: Matcher, found: Sequence[Placed], beyond: Beyond, places: int) -> Proof:
    cases = len({placed.case for placed in found})
    rows = [
        {**asdict(p), "score": round(p.score, 3), "without": round(p.without, 3),
         "moved": round(p.moved, 3)} for p in found
    ]  # fmt: skip
    return Proof(
        name="long",
        title="Long resumes",
        about=(
            f"{cases} resumes of {found[0].tokens:,} tokens of plain work, each with one paragraph "
            "that answers a job. How far does the score move because of it, wherever it stands?",
        ),
        model=model_of(matcher.bundle),
        bars=(*_bars(found, places), *_beyond_bars(beyond)),
        tables=(_table(found, places),),
        limits=LIMITS,
        data={"places": rows, "beyond_the_limit": asdict(beyond)},
    )


def _by_case(found: Sequence[Placed], places: int) -> Iterator[Sequence[Placed]]:
    """The scores of one resume in one way, first place first."""
    for start in range(0, len(found), places):
        yield found[start : start + places]


def _bars(found: Sequence[Placed], places: int) -> Iterator[Bar]:
    for way in dict.fromkeys(placed.way for placed in found):
        runs = [run for run in _by_case(found, places) if run[0].way == way]
        first = min(run[0].moved for run in runs)
        yield Bar(f"{way}: moves at the first place", f"at least {LEAST:g} point in each",
                  f"{points(first)} at least", first >= LEAST)  # fmt: skip
        shares = [p.moved / run[0].moved for run in runs for p in run[1:] if run[0].moved > 0]
        whole = len(shares) == len(runs) * (places - 1)
        least = min(shares, default=0.0)
        yield Bar(
            f"{way}: moves at every later place", f"at least {HALF:.0%} of the first",
            f"{least:.0%} at least" if whole else "nothing moved at the first",
            whole and least >= HALF,
        )  # fmt: skip


def _beyond_bars(beyond: Beyond) -> Iterator[Bar]:
    yield Bar("a resume beyond the limit is reported with counts", "a notice",
              beyond.notice or "none", beyond.counted)  # fmt: skip
    moved, near = beyond.moved_by_windows, beyond.moved_near
    yield Bar(
        "--windows sees the paragraph beyond the limit", f"at least {HALF:.0%} of the first",
        f"{points(moved)} of {points(near)} points", near > 0 and moved >= HALF * near,
    )  # fmt: skip


def _table(found: Sequence[Placed], places: int) -> Table:
    runs = list(_by_case(found, places))
    rows = [
        (f"{run[0].way}: {run[0].case}", points(run[0].without),
         *(f"{placed.moved:+.2f}" for placed in run)) for run in runs
    ]  # fmt: skip
    return Table(
        "Points that the paragraph adds, by the token it begins at",
        "Without it the resume has the score of the second column.",
        ("", "without", *(f"{placed.at:,}" for placed in runs[0])),
        tuple(rows),
    )
