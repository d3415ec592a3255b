"""JSON Schemas of the answers. They allow more fields: records only ever grow."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
TRUE: Schema = {"type": "boolean"}
SCORE: Schema = {"type": "number", "minimum": 0, "maximum": 100}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}


def record(**fields: Schema) -> Schema:
    """An object that has at least these fields."""
    return {"type": "object", "properties": fields, "required": list(fields)}


def perhaps(schema: Schema, **fields: Schema) -> Schema:
    """The record with fields that it has only where something was decided or found."""
    return {**schema, "properties": {**schema["properties"], **fields}}


def several(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def said(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


BAND = said(
    {"type": "array", "items": SCORE, "minItems": 2, "maxItems": 2},
    "The range that the score usually lies in.",
)
CUT = said(TRUE, "Whether the end of the resume or the job was too long to be read.")
NOTICES = several(record(code=TEXT, message=TEXT))
DOMAINS = several(record(name=TEXT, probability=SHARE))
VECTOR = several(NUMBER)
STATUS = one_of("met", "partly", "not shown")
_MADE = {
    "schema": said(WHOLE, "Fields are only ever added under one number."),
    "rolefit": said(TEXT, "Version."),
    "bundle": record(name=TEXT, version=TEXT, sha256=TEXT),
}
_LINE = {"text": TEXT, "start": WHOLE, "end": WHOLE, "page": WHOLE}
_SPAN = {"start": WHOLE, "end": WHOLE}
_SKILL = record(id=TEXT, label=TEXT, group=TEXT, kind=TEXT)

_WEIGHTED = record(
    score=said(SCORE, "By what was confirmed; the steps lead to it from the score beside it."),
    steps=several(record(label=TEXT, points=NUMBER)),
    statuses={"type": "object", "additionalProperties": STATUS},
    must_not_shown=said(several(TEXT), "Ids of requirements."), must_partly_shown=several(TEXT),
)  # fmt: skip
_CONFIRMED = record(
    job=record(name=TEXT, sha256=TEXT), sha256=TEXT,
    parts={"type": "object", "additionalProperties": NUMBER},
    requirements=several(
        record(
            id=TEXT, text=TEXT, kind=one_of("required", "preferred", "duty"), must=TRUE,
            weight=NUMBER,
        )
    ),
)  # fmt: skip
_OF_RESULT: dict[str, Schema] = {
    "weighted": _WEIGHTED,
    "tier": said(WHOLE, "People of one tier cannot be told apart by their scores."),
    "versions": said(
        several(record(file=TEXT, score=SCORE, shared=SHARE)), "Other files of the same person."
    ),
}
_OF_RANKING: dict[str, Schema] = {
    "confirmed": said(_CONFIRMED, "What counts; may be sent as `requirements`."),
    "tiers": record(level=SHARE, people=several(WHOLE), order=TEXT),
    "folded": said(WHOLE, "How many files are shown with another of the same person."),
}

ANSWERS: dict[str, Schema] = {
    "Error": record(
        error=record(
            type=said(TEXT, "A stable name."),
            message=said(TEXT, "What was expected and what came."),
            hint=said(TEXT, "What to do."),
        )
    ),
    "Ranking": perhaps(
        record(
            **_MADE, job=TEXT, job_notices=NOTICES,
            ranked=said(WHOLE, "How many have a score; several files of one person are one."),
            left_out=WHOLE, job_domains=DOMAINS,
            results=several(
                perhaps(
                    record(
                        place=WHOLE, file=said(TEXT, "The name of the file or text."),
                        score=SCORE, band=BAND, verdict=TEXT, truncated=CUT, domains=DOMAINS,
                        notices=NOTICES,
                        features={"type": "object", "additionalProperties": NUMBER},
                    ),
                    **_OF_RESULT,
                )
            ),
            not_read=several(record(file=TEXT, error=TEXT, cause=TEXT, remedy=TEXT)),
            truncated=CUT,
        ),
        **_OF_RANKING,
    ),
    "Explanation": record(
        **_MADE, resume=TEXT, job=TEXT, score=SCORE, band=BAND, verdict=TEXT, truncated=CUT,
        base=said(NUMBER, "The score of an average pair."),
        contributions=several(
            record(feature=TEXT, label=TEXT, meaning=TEXT, value=NUMBER, points=NUMBER)
        ),
        before_cap=NUMBER, capped_by=TEXT,
        requirements=several(
            record(
                number=WHOLE, **_LINE, kind=one_of("required", "preferred", "duty"), must=TRUE,
                years=maybe(NUMBER), education=TEXT, licences=several(TEXT), status=STATUS,
                probability=maybe(SHARE), strength=NUMBER, settled_by=TEXT,
                support=several(record(**_LINE, cosine=NUMBER)),
            )
        ),
        must_haves=TEXT,
        skills=record(matched=several(_SKILL), missing=several(_SKILL), extra=several(_SKILL)),
        domains=record(resume=DOMAINS, job=DOMAINS),
        facts=several(record(name=TEXT, asked=TEXT, shown=TEXT, verdict=STATUS)),
        notices=NOTICES, job_notices=NOTICES,
    ),
    "Advice": record(
        **_MADE, resume=TEXT, job=TEXT, score=SCORE, band=BAND, truncated=CUT,
        noise=said(NUMBER, "Points below which a gain is none."),
        rewordings=several(
            record(
                skill=TEXT, id=TEXT, before=TEXT, after=TEXT, **_SPAN, line=TEXT, page=WHOLE,
                requirement=maybe(TEXT), score=SCORE, gain=NUMBER, counts=TRUE,
            )
        ),
        together=SCORE, untried=WHOLE, gaps=several(record(kind=TEXT, asked=TEXT, shown=TEXT)),
    ),
    "Inspection": record(
        schema=_MADE["schema"], rolefit=_MADE["rolefit"], file=TEXT, kind=TEXT, pages=WHOLE,
        **{"as": one_of("resume", "job")}, text=TEXT, lines=several(several(WHOLE)),
        columns=several(WHOLE), notices=NOTICES, hidden=several(TEXT),
        sections=several(record(name=TEXT, heading=TEXT, **_SPAN)),
        resume=maybe({"type": "object"}), job=maybe({"type": "object"}),
        personal=several(record(kind=TEXT, **_SPAN)), skills=several(_SKILL),
        risks=several(record(code=TEXT, message=TEXT, spans=several(several(WHOLE)))),
    ),
    "Embeddings": record(
        object=one_of("list"),
        data=several(
            record(
                object=one_of("embedding"), index=WHOLE, truncated=TRUE,
                embedding={"anyOf": [VECTOR, said(TEXT, "float32, little endian, in base64.")]},
            )
        ),
        model=TEXT, usage=record(prompt_tokens=WHOLE, total_tokens=WHOLE),
    ),
    "Rerank": record(
        model=TEXT,
        results=several(
            record(index=WHOLE, relevance_score=SHARE, score=SCORE, band=BAND, truncated=CUT)
        ),
    ),
    "Vectors": several(VECTOR),
    "Ranks": several(record(index=WHOLE, score=NUMBER, band=BAND, truncated=CUT)),
    "PoolRanking": perhaps(
        record(
            **_MADE, job=TEXT, job_notices=NOTICES,
            ranked=said(WHOLE, "How many have a whole score; files of one person are one."),
            passed=said(WHOLE, "How many the filter let through."),
            pool_notices=NOTICES, truncated=CUT,
            results=several(
                perhaps(
                    record(
                        place=WHOLE, id=WHOLE, file=TEXT, score=SCORE, band=BAND, verdict=TEXT,
                        truncated=CUT, notices=NOTICES,
                    ),
                    **_OF_RESULT,
                )
            ),
        ),
        **_OF_RANKING,
    ),
    "PoolJobsFound": record(
        schema=_MADE["schema"], resume=TEXT, scored=WHOLE, passed=WHOLE, pool_notices=NOTICES,
        truncated=CUT,
        results=several(
            record(
                place=WHOLE, id=WHOLE, job=TEXT, score=SCORE, band=BAND, verdict=TEXT,
                truncated=CUT, notices=NOTICES,
            )
        ),
    ),
    "PoolLikes": record(
        schema=_MADE["schema"], like=TEXT,
        results=several(
            record(place=WHOLE, id=WHOLE, file=TEXT, likeness=NUMBER, shared=several(TEXT))
        ),
    ),
    "PoolStats": record(
        pool=TEXT, side=one_of("resume", "job"), people=WHOLE, file_bytes=WHOLE, model=TEXT
    ),
    "PoolAdded": record(
        pool=TEXT, added=WHOLE, replaced=WHOLE, same=WHOLE, people=WHOLE,
        not_read=several(record(file=TEXT, error=TEXT, cause=TEXT, remedy=TEXT)),
    ),
    "PoolForgotten": record(
        pool=TEXT, forgotten=several(record(id=WHOLE, name=TEXT)), people=WHOLE
    ),
    "Models": record(object=one_of("list"), data=several(record(id=TEXT, object=TEXT))),
    "Health": record(status=one_of("ok")),
}  # fmt: skip
