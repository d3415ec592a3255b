"""The six tools at work: what they answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from rolefit.errors import CallError, LimitError, ReadError
from rolefit.mcp import answers
from rolefit.mcp.arguments import check
from rolefit.mcp.catalogue import TOOLS
from rolefit.mcp.folders import Folders
from rolefit.records import Document, Explanation, Match

if TYPE_CHECKING:
    from rolefit.audit.runs import Result
    from rolefit.bundle import Bundle
    from rolefit.decide import Listed
    from rolefit.decided import Confirmed
    from rolefit.intake import Prepared
    from rolefit.matcher import Matcher
    from rolefit.mcp.wire import Call
    from rolefit.reading import Limits

Source = Path | Document
Arguments = dict[str, Any]
MOST_TEXT = 1_000_000  # characters of a text that is handed over


class Keep(Protocol):
    """Logs a run."""

    def __call__(
        self, command: str, bundle: Bundle, results: list[Result], unread: list[ReadError],
        confirmed: Confirmed | None = None, fast: bool = False,
    ) -> None: ...  # fmt: skip


class Tools:
    """Runs them, on one thread. The model is opened by the first call that needs it."""

    def __init__(
        self,
        folders: Folders,
        matcher: Callable[[], AbstractContextManager[Matcher]],
        limits: Limits,
        keep: Keep,
        *,
        files: int,
        names: bool = False,
    ) -> None:
        """`keep` logs a run. At most `files` are ranked at once. `names` shows who a person is."""
        self.folders = folders
        self.limits = limits
        self.keep = keep
        self.files = files
        self.names = names
        self._load = matcher
        self._matcher: Matcher | None = None
        self._open = ExitStack()

    @property
    def matcher(self) -> Matcher:
        if self._matcher is None:
            self._matcher = self._open.enter_context(self._load())
        return self._matcher

    def close(self) -> None:
        self._open.close()

    def call(self, name: str, arguments: Any, call: Call) -> dict[str, Any]:
        """The answer, with what documents say marked as such. Raises RolefitError, Stopped."""
        check(arguments, TOOLS[name].takes)
        call.check()
        run: Callable[[Arguments, Call], dict[str, Any]] = getattr(self, f"_{name}")
        return run(arguments, call)

    def _inspect(self, given: Arguments, call: Call) -> dict[str, Any]:
        from rolefit.inspection import inspect

        source = self._source(given, "file", "text")
        found = inspect(source, given.get("side", ""), limits=self.limits)
        return answers.inspection(found, self._name(source), self.names)

    def _score(self, given: Arguments, call: Call) -> dict[str, Any]:
        from rolefit.decide import Weigher

        resume, job = self._pair(given)
        matcher = self._reading(given)
        wishes = self._confirmed(given, job)
        match = matcher.score(resume, job)
        weighted = Weigher(matcher, job, wishes)(resume, match) if wishes else None
        shown, fast = self._shown(match), given.get("fast", False)
        self.keep("score", matcher.bundle, [shown], [], wishes, fast)
        return answers.scored(shown, matcher.bundle, wishes, weighted)

    def _rank_folder(self, given: Arguments, call: Call) -> dict[str, Any]:
        from rolefit.decide import listed

        job = self._source(given, "job", "job_text")
        folder = self.folders.find(given.get("folder", "."), folder=True)
        paths = [path for path in self.folders.files(folder) if path != job]
        if not paths:
            raise CallError("there are no files in that folder")
        if len(paths) > self.files:
            raise CallError(
                f"the folder holds {len(paths):,} files, at most {self.files:,} are ranked at "
                "once: name a folder below it, or start the server with a larger --max-files"
            )
        unread: list[ReadError] = []

        def progress(done: int, total: int) -> None:
            call.check()

        matcher, top = self._reading(given), given.get("top", 20)
        wishes = self._confirmed(given, job)
        prepared: list[Prepared] = []
        matches = matcher.rank(job, paths, progress, unread, prepared)
        fast = given.get("fast", False)
        self.keep("rank", matcher.bundle, list(matches), unread, wishes, fast)
        found = listed(
            matcher, job, matches, prepared, wishes, order=given.get("order", "score"),
            all_versions=given.get("all_versions", False), top=top, progress=progress,
        )  # fmt: skip
        named = [(self.folders.shown(error.file), error) for error in unread]
        return answers.ranking(self._listed(found), top, named, matcher.bundle, wishes)

    def _explain(self, given: Arguments, call: Call) -> dict[str, Any]:
        pair = self._pair(given)
        explanation = self.matcher.explain(*pair)
        self.keep("explain", self.matcher.bundle, [explanation], [])
        shown = self._named(explanation, *pair)
        return answers.explained(shown, self.matcher.bundle, self.names)

    def _improve(self, given: Arguments, call: Call) -> dict[str, Any]:
        from rolefit.improve import improve
        from rolefit.reading import from_text

        resume, job = self._pair(given)
        advert = self._read(job)
        explanation = self.matcher.explain(resume, advert)

        def rescore(text: str) -> float:
            call.check()
            return self.matcher.score(from_text(text, name="text"), advert).score

        advice = improve(explanation, rescore)
        self.keep("improve", self.matcher.bundle, [(explanation, advice)], [])
        shown = self._named(explanation, resume, job)
        return answers.advised(shown, advice, self.matcher.bundle, self.names)

    def _verify(self, given: Arguments, call: Call) -> dict[str, Any]:
        if "log" in given:
            if len(given) > 1:
                raise CallError("a log and a receipt exclude each other: call verify once for each")
            return answers.log_holds(self.folders.find(given["log"]))
        if missing := [name for name in ("receipt", "resume", "job") if name not in given]:
            raise CallError(f"expected receipt, resume and job, or log; missing: {missing[0]}")
        receipt, resume, job = (
            self.folders.find(given[name]) for name in ("receipt", "resume", "job")
        )
        return answers.receipt_holds(receipt, self._read(resume), self._read(job), self.matcher)

    def _confirmed(self, given: Arguments, job: Source) -> Confirmed | None:
        """None where nothing is decided. Raises ReadError of the job, InputError, CallError."""
        must, not_must, weight = (given.get(name) for name in ("must", "not_must", "weight"))
        file = given.get("requirements")
        if file is None and not (must or not_must or weight):
            return None
        from rolefit import decide

        advert = decide.requirements(self._read(job))
        if file is not None:
            advert = decide.load(self.folders.find(file), advert)
        return decide.choose(advert, must or (), not_must or (), weight)

    def _reading(self, given: Arguments) -> Matcher:
        return self.matcher.without_reader() if given.get("fast") else self.matcher

    def _pair(self, given: Arguments) -> tuple[Source, Source]:
        resume = self._source(given, "resume", "resume_text")
        return resume, self._source(given, "job", "job_text")

    def _source(self, given: Arguments, file: str, text: str) -> Source:
        """Raises CallError unless exactly one of the two is given."""
        from rolefit.reading import from_text

        if (file in given) == (text in given):
            raise CallError(f"expected either {file} or {text}")
        if file in given:
            return self.folders.find(given[file])
        if len(given[text]) > MOST_TEXT:
            cause = f"it has {len(given[text]):,} characters, at most {MOST_TEXT:,} are read"
            raise LimitError(text, cause, "Give a part of it, or a file.")
        return from_text(given[text], name=text)

    def _read(self, source: Source) -> Document:
        from rolefit.reading import read

        return source if isinstance(source, Document) else read(source, limits=self.limits)

    def _name(self, source: Source) -> str:
        return source.name if isinstance(source, Document) else self.folders.shown(str(source))

    def _named(self, explanation: Explanation, resume: Source, job: Source) -> Explanation:
        match = replace(explanation.match, resume=self._name(resume), job=self._name(job))
        return replace(explanation, match=match)

    def _shown(self, match: Match) -> Match:
        """With the names that a client can use again."""
        shown = self.folders.shown
        notices = tuple(
            replace(notice, message=self.folders.unplaced(notice.message))
            for notice in match.notices
        )
        return replace(match, resume=shown(match.resume), job=shown(match.job), notices=notices)

    def _listed(self, found: Listed) -> Listed:
        """The same with the names that a client can use."""
        shown = self.folders.shown
        versions = {
            shown(name): tuple(replace(one, file=shown(one.file)) for one in others)
            for name, others in found.versions.items()
        }
        return replace(found, matches=tuple(map(self._shown, found.matches)), versions=versions)
