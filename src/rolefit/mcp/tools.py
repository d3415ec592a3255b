"""The six tools: what they take, and what they answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rolefit.errors import CallError, LimitError, ReadError
from rolefit.mcp import answers
from rolefit.mcp.arguments import Property, check, schema
from rolefit.mcp.folders import Folders
from rolefit.records import Document, Explanation, Match

if TYPE_CHECKING:
    from rolefit.audit.runs import Result
    from rolefit.bundle import Bundle
    from rolefit.matcher import Matcher
    from rolefit.mcp.wire import Call
    from rolefit.reading import Limits

Source = Path | Document
Keep = Callable[[str, "Bundle", "list[Result]", "list[ReadError]"], None]
Arguments = dict[str, Any]
MOST_TEXT = 1_000_000  # characters of a text that is handed over

_RESUME: dict[str, Property] = {
    "resume": Property("string", "File in an allowed folder, such as people/ana.pdf."),
    "resume_text": Property("string", "The resume as text, instead of a file."),
}
_JOB: dict[str, Property] = {
    "job": Property("string", "The job advert: a file in an allowed folder."),
    "job_text": Property("string", "The job advert as text, instead of a file."),
}


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as it is listed."""

    name: str
    title: str
    description: str
    takes: dict[str, Property]

    def described(self) -> dict[str, Any]:
        hints = {"readOnlyHint": True, "destructiveHint": False, "openWorldHint": False}
        return {
            "name": self.name, "title": self.title, "description": self.description,
            "inputSchema": schema(self.takes), "annotations": hints,
        }  # fmt: skip


_LIST = (
    Tool("inspect", "What a machine reads of one document",
         "Read one resume or job advert: its text, positions with dates, years, degrees, licences, "
         "skills, requirements of a job, and what other programs may misread.",
         {"file": Property("string", "File in an allowed folder."),
          "text": Property("string", "The document as text, instead of a file."),
          "side": Property("string", "What it is; left out: what it looks like.",
                           choices=("resume", "job"))}),
    Tool("score", "How well one resume fits one job",
         "Score from 0 to 100 with the range in which a judge's score lies nine times in ten.",
         {**_RESUME, **_JOB}),
    Tool("rank_folder", "Rank the resumes of a folder for one job, best first",
         "Score every resume in an allowed folder, with all folders below it, and list the best. "
         "What could not be read is listed with the reason.",
         {"folder": Property("string", "Folder in an allowed folder; left out: the first of them."),
          **_JOB,
          "top": Property("integer", "How many to list (20).", least=1, most=100)}),
    Tool("explain", "Why one resume has its score for one job",
         "What raised and lowered the score; each requirement with its status and the lines of the "
         "resume that speak for it; skills and facts on both sides.",
         {**_RESUME, **_JOB}),
    Tool("improve", "Truthful rewordings for an applicant, and what each gains",
         "Where the advert has another word for what the resume says already; each change is "
         "scored. Lists what no rewording can supply. Suggest nothing that is not true.",
         {**_RESUME, **_JOB}),
    Tool("verify", "Whether a receipt or a run log holds",
         "With receipt, resume and job: score again and compare. With log: whether lines of a run "
         "log were changed, taken out or moved.",
         {"receipt": Property("string", "File written by rolefit score --receipt."),
          "resume": _RESUME["resume"], "job": _JOB["job"],
          "log": Property("string", "Run log, instead of a receipt.")}),
)  # fmt: skip
TOOLS = {tool.name: tool for tool in _LIST}


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
        match = self._shown(self.matcher.score(*self._pair(given)))
        self.keep("score", self.matcher.bundle, [match], [])
        return answers.scored(match, self.matcher.bundle)

    def _rank_folder(self, given: Arguments, call: Call) -> dict[str, Any]:
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

        matches = self.matcher.rank(job, paths, progress=progress, unread=unread)
        self.keep("rank", self.matcher.bundle, list(matches), unread)
        best = [self._shown(match) for match in matches[: given.get("top", 20)]]
        named = [(self.folders.shown(error.file), error) for error in unread]
        return answers.ranking(best, len(matches), named, self.matcher.bundle)

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
        return replace(match, resume=shown(match.resume), job=shown(match.job))
