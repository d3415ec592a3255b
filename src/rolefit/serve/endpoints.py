"""What can be asked. Routes, the OpenAPI document and the page are made from this list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from rolefit.serve import Allowed, answers, body, conventions, pools, requests
from rolefit.serve.body import Asked
from rolefit.serve.desk import Ticket
from rolefit.serve.forms import Form

if TYPE_CHECKING:
    from rolefit.serve.service import Service

Work = Callable[["Service", Asked, Ticket], Any]
PAGES = ("/", "/docs", "/openapi.json", "/healthz", "/metrics", "/v1/models")
_RESUME = "Nurse. Intensive care, 2016 to 2024. RN licence. Ventilators, triage, teaching."
_JOB = "ICU nurse wanted. RN licence required. At least three years of intensive care."


@dataclass(frozen=True, slots=True)
class Endpoint:
    path: str
    summary: str
    about: str
    request: type[msgspec.Struct]
    answer: str  # its schema's name, in `schemas`
    work: Work
    example: dict[str, Any]
    options: type[msgspec.Struct] | None = None  # of a form, besides documents; None: JSON alone
    documents: tuple[str, ...] = ()  # fields that hold documents

    @property
    def name(self) -> str:
        return self.path.strip("/").replace("/", "_")

    def asked(self, raw: bytes | Form, allowed: Allowed) -> Asked:
        """Raises RequestError."""
        return body.asked(raw, self.request, self.options, self.documents, allowed)


ENDPOINTS = (
    Endpoint(
        "/v1/score", "How well one resume fits one job.",
        "The record of `rolefit score --json`, with `truncated`. What counts (`must`, `not_must`, "
        "`weight`, `requirements`) is as the options of `rolefit score` are.",
        requests.ScoreRequest, "Ranking", answers.score,
        {"resume": _RESUME, "job": _JOB, "must": ["RN licence"], "weight": {"needs": 2}},
        requests.ScoreOptions, ("resume", "job"),
    ),
    Endpoint(
        "/v1/rank", "Resumes for one job, best first.",
        "The record of `rolefit rank --json`, with `truncated`. What cannot be read is listed and "
        "the others are ranked. Archives, mailboxes and tables count as what they hold. What "
        "counts is as the options of `rolefit rank` are.",
        requests.RankRequest, "Ranking", answers.rank,
        {"job": _JOB, "resumes": [{"name": "ana", "text": _RESUME}, "Chef. Kitchen and menus."]},
        requests.RankOptions, ("job", "resumes"),
    ),
    Endpoint(
        "/v1/explain", "Why a resume has its score for a job.",
        "The record of `rolefit explain --json`, with `truncated`. It quotes both texts.",
        requests.ExplainRequest, "Explanation", answers.explain, {"resume": _RESUME, "job": _JOB},
        requests.ExplainOptions, ("resume", "job"),
    ),
    Endpoint(
        "/v1/improve", "Truthful rewordings for the applicant, and what each gains.",
        "The record of `rolefit improve --json`, with `band` and `truncated`.",
        requests.PairRequest, "Advice", answers.improve, {"resume": _RESUME, "job": _JOB},
        requests.PairOptions, ("resume", "job"),
    ),
    Endpoint(
        "/v1/inspect", "What a machine reads of one document.",
        "The record of `rolefit inspect --json`.",
        requests.InspectRequest, "Inspection", answers.inspect,
        {"document": _RESUME, "as": "resume"}, requests.InspectOptions, ("document",),
    ),
    Endpoint(
        "/v1/embeddings", "Vectors of texts, as OpenAI's clients ask for them.",
        "Unit vectors. A text beyond the model's limit is read from its beginning, and "
        "`truncated` says so.",
        requests.EmbeddingsRequest, "Embeddings", conventions.embeddings,
        {"model": "rolefit", "input": ["ICU nurse", "Backend engineer"]},
    ),
    Endpoint(
        "/v1/rerank", "Resumes for one job, as Cohere's and Jina's clients ask for them.",
        "The query is the job, the documents are resumes. `relevance_score` is the score over 100.",
        requests.RerankRequest, "Rerank", conventions.rerank,
        {"model": "rolefit", "query": _JOB, "documents": [_RESUME, "Chef. Kitchen."], "top_n": 2},
    ),
    Endpoint(
        "/embed", "Vectors of texts, as text-embeddings-inference's clients ask for them.",
        "One unit vector for each text, in order.",
        requests.TeiEmbedRequest, "Vectors", conventions.tei_embed,
        {"inputs": ["ICU nurse", "Backend engineer"]},
    ),
    Endpoint(
        "/rerank", "Resumes for one job, as text-embeddings-inference's clients ask for them.",
        "The query is the job, the texts are resumes; best first.",
        requests.TeiRerankRequest, "Ranks", conventions.tei_rerank,
        {"query": _JOB, "texts": [_RESUME, "Chef. Kitchen."]},
    ),
)  # fmt: skip

POOLS = (
    Endpoint(
        "/v1/pool/search", "The people of a pool who fit a job best.",
        "The record of `rolefit pool search --json`, with `id`, `passed` and `truncated`. What "
        "counts is as its options are.",
        requests.PoolSearch, "PoolRanking", pools.search, {"job": _JOB, "top": 5},
        requests.SearchOptions, ("job",),
    ),
    Endpoint(
        "/v1/pool/jobs", "The jobs of a pool of jobs that fit a resume best.",
        "The record of `rolefit pool jobs --json`, with `id`, `passed` and `truncated`.",
        requests.PoolJobs, "PoolJobsFound", pools.jobs, {"resume": _RESUME, "top": 5},
        requests.JobsOptions, ("resume",),
    ),
    Endpoint(
        "/v1/pool/like", "Who of a pool is most like somebody.",
        "The record of `rolefit pool like --json`, with `id`.",
        requests.PoolLike, "PoolLikes", pools.like, {"document": _RESUME, "top": 5},
        requests.PoolOptions, ("document",),
    ),
    Endpoint(
        "/v1/pool/stats", "How many are in a pool, and how its fields are filled.",
        "The record of `rolefit pool stats --json`.",
        requests.WhichPool, "PoolStats", pools.stats, {},
    ),
)  # fmt: skip
CHANGES = (
    Endpoint(
        "/v1/pool/add", "Documents into a pool.",
        "Whoever is reported stays, whatever happens to the computer. A document of a name that is "
        "there replaces what it was.",
        requests.PoolAdd, "PoolAdded", pools.add,
        {"documents": [{"name": "ana", "text": _RESUME}]}, requests.WhichPool, ("documents",),
    ),
    Endpoint(
        "/v1/pool/forget", "People out of a pool, to the last byte.",
        "By their names or ids. The file is written anew.",
        requests.PoolForget, "PoolForgotten", pools.forget, {"who": ["ana"]},
    ),
)  # fmt: skip
