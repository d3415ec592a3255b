"""What clients may send, as types: JSON is decoded into them, OpenAPI is made from them.

Fields that are not here are refused: an option that is taken and ignored would be a lie.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from rolefit.serve import TEXT
from rolefit.serve.decisions import Decisions

# A text that holds more than white space, as Python and as JavaScript (of JSON Schema) see that.
SEEN = r"[^\s\u001c-\u001f\u0085\ufeff]"
Words = Annotated[str, Meta(min_length=1, max_length=TEXT, pattern=SEEN)]
AnyWords = Annotated[str, Meta(max_length=TEXT)]  # among many, one that says nothing is listed
Name = Annotated[
    str, Meta(max_length=1000, description="What it is called in the answer, as a file name is.")
]


Top = Annotated[int, Meta(ge=1, le=1_000_000, description="Answer the best so many.")]
AllVersions = Annotated[
    bool, Meta(description="Every file for itself, also several of one person.")
]


class Text(Struct, forbid_unknown_fields=True):
    """A text with a name."""

    text: Words
    name: Name = ""


class AnyText(Struct, forbid_unknown_fields=True):
    """A text with a name; one that says nothing is listed as not read."""

    text: AnyWords
    name: Name = ""


class PairOptions(Struct, forbid_unknown_fields=True, kw_only=True):
    pass


class PairRequest(PairOptions, kw_only=True):
    """One resume and one job."""

    resume: Words | Text
    job: Words | Text


class ScoreOptions(Decisions, kw_only=True):
    pass


class ScoreRequest(ScoreOptions, kw_only=True):
    """One resume and one job, and what counts."""

    resume: Words | Text
    job: Words | Text


class RankOptions(Decisions, kw_only=True):
    top: Top | None = None
    order: Annotated[
        Literal["score", "evidence"],
        Meta(description="Inside a group of people whom scores cannot tell apart."),
    ] = "score"
    all_versions: AllVersions = False


class RankRequest(RankOptions, kw_only=True):
    """One job and the resumes to rank for it, and what counts."""

    job: Words | Text
    resumes: Annotated[list[AnyWords | AnyText], Meta(min_length=1)]


class ExplainOptions(Struct, forbid_unknown_fields=True, kw_only=True):
    fast: Annotated[
        bool, Meta(description="Without the reader: statuses by nearest lines and facts.")
    ] = False
    blind: Annotated[bool, Meta(description="Blocks for names, contacts, age and sex.")] = False


class ExplainRequest(ExplainOptions, kw_only=True):
    """One resume and one job."""

    resume: Words | Text
    job: Words | Text


class InspectOptions(Struct, forbid_unknown_fields=True, kw_only=True):
    side: Annotated[
        Literal["resume", "job", ""], Meta(description="What it is; empty: what it looks like.")
    ] = field(default="", name="as")


class InspectRequest(InspectOptions, kw_only=True):
    """One document."""

    document: Words | Text


PoolName = Annotated[
    str, Meta(max_length=200, description="Its name; may be left out where there is one.")
]
Filter = Annotated[
    str, Meta(max_length=10_000, description="As --filter: domain = healthcare and years >= 5")
]
Candidates = Annotated[int, Meta(ge=1, le=100_000, description="How many get a whole score.")]


class SearchOptions(Decisions, kw_only=True):
    pool: PoolName = ""
    top: Top = 50
    filter: Filter = ""
    candidates: Candidates = 500
    all_versions: AllVersions = False


class PoolSearch(SearchOptions, kw_only=True):
    """The people of a pool who fit a job best, and what counts."""

    job: Words | Text


class PoolOptions(Struct, forbid_unknown_fields=True, kw_only=True):
    pool: PoolName = ""
    top: Top = 50
    filter: Filter = ""


class JobsOptions(PoolOptions, kw_only=True):
    candidates: Candidates = 500


class PoolJobs(JobsOptions, kw_only=True):
    """The jobs of a pool of jobs that fit a resume best."""

    resume: Words | Text


class PoolLike(PoolOptions, kw_only=True):
    """Who of a pool is most like somebody."""

    document: Words | Text


Number = Annotated[int, Meta(ge=1, le=2**62)]
Called = Annotated[str, Meta(min_length=1, max_length=1000)]


class WhichPool(Struct, forbid_unknown_fields=True, kw_only=True):
    """A pool."""

    pool: PoolName = ""


class PoolAdd(WhichPool, kw_only=True):
    """Documents for a pool. One of a name that is there replaces what it was."""

    documents: Annotated[list[AnyWords | AnyText], Meta(min_length=1)]


class PoolForget(WhichPool, kw_only=True):
    """Names as they were added, or numbers."""

    who: Annotated[list[Number | Called], Meta(min_length=1, max_length=1000)]


class EmbeddingsRequest(Struct, forbid_unknown_fields=True):
    """As OpenAI's."""

    input: Words | Annotated[list[Words], Meta(min_length=1)]
    model: Annotated[str, Meta(max_length=200, examples=["rolefit"])]
    encoding_format: Annotated[
        Literal["float", "base64"], Meta(description="base64: float32, little endian.")
    ] = "float"
    dimensions: Annotated[int | None, Meta(description="All that the model has, or not given.")] = (
        None
    )
    user: Annotated[str | None, Meta(description="Makes no difference; is kept nowhere.")] = None


class RerankDocument(Struct, forbid_unknown_fields=True):
    text: Words


class RerankRequest(Struct, forbid_unknown_fields=True):
    """As Cohere's and Jina's: the query is a job, the documents are resumes."""

    query: Words
    documents: Annotated[list[Words | RerankDocument], Meta(min_length=1)]
    model: Annotated[str, Meta(max_length=200, examples=["rolefit"])] = "rolefit"
    top_n: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    return_documents: bool | None = False


class TeiEmbedRequest(Struct, forbid_unknown_fields=True):
    """As text-embeddings-inference's."""

    inputs: Words | Annotated[list[Words], Meta(min_length=1)]
    truncate: Annotated[
        bool | None, Meta(description="Read the beginning of a text that is too long.")
    ] = False
    normalize: Annotated[Literal[True], Meta(description="Vectors have unit length.")] = True
    truncation_direction: Literal["Right", "right"] = "Right"


class TeiRerankRequest(Struct, forbid_unknown_fields=True):
    """As text-embeddings-inference's: the query is a job, the texts are resumes."""

    query: Words
    texts: Annotated[list[Words], Meta(min_length=1)]
    truncate: Annotated[
        bool | None, Meta(description="Read the beginning of a text that is too long.")
    ] = False
    raw_scores: Annotated[bool, Meta(description="Scores from 0 to 100 instead of 0 to 1.")] = False
    return_text: bool = False
    truncation_direction: Literal["Right", "right"] = "Right"
