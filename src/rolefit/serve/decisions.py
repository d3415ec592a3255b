"""What a person decides about an advert, as clients say it: the options of `rolefit rank`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, field

from rolefit import decide
from rolefit.decide.requirements import LONGEST
from rolefit.decided import MOST
from rolefit.reading import Part

if TYPE_CHECKING:
    from rolefit.decided import Confirmed
    from rolefit.matcher import Matcher
    from rolefit.records import Document

Weight = Annotated[
    float,
    # Said, and looked at with the requirement's name (decide.checked_weight).
    Meta(extra_json_schema={"minimum": 0, "maximum": MOST}),
]
Wanted = Annotated[str, Meta(min_length=1, max_length=LONGEST)]


class Requirement(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One as `/v1/score` answers it in `confirmed`; without an id it is one of your own."""

    id: Annotated[str, Meta(max_length=20)] = ""
    text: Annotated[str, Meta(max_length=100_000)] | UnsetType = UNSET
    kind: Literal["required", "preferred", "duty"] | UnsetType = UNSET
    must: bool | UnsetType = UNSET
    weight: Weight | UnsetType = UNSET


class OfJob(Struct, forbid_unknown_fields=True):
    """The advert that was confirmed: the hash of its bytes."""

    sha256: Annotated[str, Meta(max_length=100)]
    name: Annotated[str, Meta(max_length=100_000)] = ""


class Parts(Struct, forbid_unknown_fields=True, omit_defaults=True):
    function: Weight = 1.0
    needs: Weight = 1.0
    seniority: Weight = 1.0
    credentials: Weight = 1.0


class Requirements(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What a person confirmed, as `rolefit inspect JOB --requirements FILE` writes it, or as
    `confirmed` in an answer."""

    job: OfJob
    requirements: Annotated[list[Requirement], Meta(max_length=10_000)]
    parts: Parts = field(default_factory=Parts)
    schema: Literal[1] = 1
    sha256: Annotated[str, Meta(max_length=100, description="Makes no difference.")] = ""


class Decisions(Struct, forbid_unknown_fields=True, kw_only=True):
    must: Annotated[
        list[Wanted],
        Meta(
            max_length=1000,
            description="Requirements that must be shown, by words or ids; one that the advert "
            "lacks is added.",
        ),
    ] = field(default_factory=list)
    not_must: Annotated[
        list[Wanted],
        Meta(max_length=1000, description="Requirements that nobody is held down for."),
    ] = field(default_factory=list)
    weight: Annotated[
        dict[Wanted, Weight],
        Meta(
            max_length=1000,
            description="How often function, needs, seniority, credentials or a requirement "
            "counts: 1 is as it is, 0 leaves it out.",
        ),
    ] = field(default_factory=dict)
    requirements: (
        Annotated[Requirements, Meta(description="What a person confirmed of this advert.")] | None
    ) = None
    fast: Annotated[
        bool, Meta(description="Without the reader: statuses by nearest lines and facts.")
    ] = False

    @property
    def decides(self) -> bool:
        return bool(self.must or self.not_must or self.weight or self.requirements is not None)


def confirmed(matcher: Matcher, job: Part | Document, options: Decisions) -> Confirmed | None:
    """None where nothing is decided. Raises ReadError of the job, InputError."""
    if not options.decides:
        return None
    advert = decide.requirements(matcher.intake.document(job))
    if options.requirements is not None:
        content = msgspec.to_builtins(options.requirements)
        advert = decide.confirm(content, advert, "requirements")
    return decide.choose(advert, options.must, options.not_must, options.weight)
