"""Resumes in the order of what a person confirmed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from rolefit.decide.requirements import facts_of
from rolefit.decide.weights import part_points, weigh
from rolefit.decided import Confirmed, Weighted
from rolefit.errors import InputError, ReadError
from rolefit.intake import Prepared, Source
from rolefit.matcher import Matcher, Progress
from rolefit.reading import Part, from_text
from rolefit.records import STATUSES, Contribution, Document, Evidence, Match
from rolefit.shapley import shapley


class Weigher:
    """Scores by what was `confirmed` for one job, which is read once. Raises ReadError."""

    def __init__(self, matcher: Matcher, job: Source, confirmed: Confirmed) -> None:
        self.matcher = matcher
        self.confirmed = confirmed
        own = [wish for wish in confirmed.wishes if not wish.added]
        self._own = len(own)
        self._added = _Added(confirmed) if len(own) < len(confirmed.wishes) else None
        if confirmed.reads:
            jobs = [job, self._added.advert] if self._added else [job]
            self._shown = matcher.evidence(jobs)

    def __call__(self, resume: Source, match: Match) -> Weighted:
        """`match` is the matcher's for the same pair. Raises ReadError, InputError."""
        uncapped = float(self.matcher.mapper.score([match.features.values])[0])
        points = part_points(self._contributions(match))
        if not self.confirmed.reads:
            return weigh(self.confirmed, match, uncapped, points)
        evidence, *more = self._shown(resume)
        if len(evidence) != self._own:
            raise InputError(
                f"{self.confirmed.job}: {self._own} requirements were confirmed, and "
                f"{len(evidence)} are read in the advert that is scored: confirm those of it"
            )
        added = self._added.of(more[0]) if self._added else ()
        return weigh(self.confirmed, match, uncapped, points, evidence, added)

    def _contributions(self, match: Match) -> list[Contribution]:
        """Those of `explain`; only weights of parts need them."""
        features = match.features
        if all(weight == 1.0 for weight in self.confirmed.parts):
            return []
        values = np.array(features.values)
        _, points = shapley(self.matcher.mapper.score, values, *self.matcher.background)
        rows = zip(features.names, features.values, points, strict=True)
        return [Contribution(name, value, float(point)) for name, value, point in rows]


def rank(
    matcher: Matcher,
    job: Source,
    resumes: Iterable[Source],
    confirmed: Confirmed,
    progress: bool | Progress = False,
    unread: list[ReadError] | None = None,
) -> list[tuple[Match, Weighted]]:
    """As `Matcher.rank`, by the scores that follow from `confirmed`.

    Those who show every must, fully or partly, stand before those who do not; nobody is left out.
    """
    prepared: list[Prepared] = []
    matches = matcher.rank(job, resumes, progress, unread, prepared)
    document = documents(matcher, prepared)
    return ordered(matches, weighed(Weigher(matcher, job, confirmed), matches, document))


def weighed(
    weigher: Weigher,
    matches: Sequence[Match],
    document: Callable[[Match], Document],
    progress: bool | Progress = False,
) -> list[Weighted]:
    """What becomes of each of `matches`; `document` gives what each is of."""
    found = []
    for done, match in enumerate(matches, start=1):
        found.append(weigher(document(match), match))
        if callable(progress):
            progress(done, len(matches))
    return found


def ordered(matches: Sequence[Match], weights: Sequence[Weighted]) -> list[tuple[Match, Weighted]]:
    """Musts shown first, then the weighted score, then as `Matcher.rank` orders."""
    return sorted(
        zip(matches, weights, strict=True),
        key=lambda p: (bool(p[1].lacking), -p[1].score, -p[0].score, -p[0].features.values[0]),
    )


def documents(matcher: Matcher, prepared: Sequence[Prepared]) -> Callable[[Match], Document]:
    """What a match of one of `prepared` is of, read again.

    By its name and its bytes: several may have one name, and a name may lead to no file.
    """
    known = {(one.name, one.sha256): one for one in prepared}
    return lambda match: matcher.intake.again(known[match.resume, match.resume_sha256])


def sources(resumes: Sequence[Source]) -> Callable[[Match], Source]:
    """Which of `resumes` a match is of; a name that was not given leads into a file that was."""
    by_name: dict[str, Source] = {}
    for resume in resumes:
        name = resume.name if isinstance(resume, (Document, Part)) else os.fspath(resume)
        by_name.setdefault("text" if isinstance(resume, str) else name, resume)
    return lambda match: by_name.get(match.resume, Path(match.resume))


class _Added:
    """Requirements that the advert does not have, as an advert of their own with the same title."""

    def __init__(self, confirmed: Confirmed) -> None:
        text = f"{confirmed.title}\n\nRequirements\n" if confirmed.title else "Requirements\n"
        self.spans = []
        for wish in confirmed.wishes:
            if wish.added:
                start = len(text)
                text += f"- Required: {wish.text}\n"
                self.spans.append((start, len(text)))
        self.advert = from_text(text, name="added requirements")
        self._check(confirmed)

    def _check(self, confirmed: Confirmed) -> None:
        """Raises InputError for words in which nothing is asked for."""
        starts = [found.line.start for found in facts_of(self.advert).requirements]
        added = [wish for wish in confirmed.wishes if wish.added]
        for wish, (start, end) in zip(added, self.spans, strict=True):
            if not any(start <= at < end for at in starts):
                raise InputError(
                    f"{wish.text!r} cannot be read as a requirement: say in a few words what a "
                    f'person should have, such as "RN licence" or "5 years of Python"'
                )

    def of(self, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """One for each; of one that is read as several sentences the one that is shown least."""
        return tuple(
            min(
                (e for e in evidence if start <= e.requirement.line.start < end),
                key=lambda e: (STATUSES.index(e.status), e.strength),
            )
            for start, end in self.spans
        )
