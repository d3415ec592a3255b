"""The six tools as they are listed: what they are for, and what they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rolefit.decided import MOST, ORDERS
from rolefit.mcp.arguments import Property, schema

_RESUME: dict[str, Property] = {
    "resume": Property("string", "File in an allowed folder, such as people/ana.pdf."),
    "resume_text": Property("string", "The resume as text, instead of a file."),
}
_JOB: dict[str, Property] = {
    "job": Property("string", "The job advert: a file in an allowed folder."),
    "job_text": Property("string", "The job advert as text, instead of a file."),
}
_COUNTS: dict[str, Property] = {
    "must": Property("array", "Requirements that must be shown, by words or by id (r1); one that "
                     "the advert lacks is added."),
    "not_must": Property("array", "Requirements that nobody is held down for."),
    "weight": Property("object", "How often function, needs, seniority, credentials or a "
                       "requirement counts: 1 is as it is, 0 leaves it out.",
                       least=0, most=int(MOST)),
    "requirements": Property("string", "What a person confirmed: a file in an allowed folder, "
                             "written by rolefit inspect --requirements."),
    "fast": Property("boolean", "Statuses of requirements without the reader: sooner, and wrong "
                     "more often."),
}  # fmt: skip


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
         "Score from 0 to 100 with the range in which a judge's score lies nine times in ten. With "
         "must, not_must, weight or requirements also the score by what a person says that counts.",
         {**_RESUME, **_JOB, **_COUNTS}),
    Tool("rank_folder", "Rank the resumes of a folder for one job, best first",
         "Score every resume in an allowed folder, with all folders below it, and list the best. "
         "What could not be read is listed with the reason. Files of one person are one; people of "
         "one tier cannot be told apart. With must, not_must, weight or requirements the order is "
         "by what a person says that counts.",
         {"folder": Property("string", "Folder in an allowed folder; left out: the first of them."),
          **_JOB,
          "top": Property("integer", "How many to list (20).", least=1, most=100),
          **_COUNTS,
          "order": Property("string", "Inside a tier.", choices=ORDERS),
          "all_versions": Property("boolean", "Every file for itself.")}),
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
