"""What rules found for a requirement, as numbers that the last step of a reading weighs."""

from __future__ import annotations

from rolefit.records import Finding, Profile

CAUSES = ("", "line", "skills", "years", "education", "licence")
KINDS = ("required", "preferred", "duty")
FACTS = 20


def facts_of(finding: Finding, resume: Profile) -> list[float]:
    """(20,): strength and cause of the rules' finding; what is asked beside what is shown; kind."""
    ask = finding.ask
    years = resume.years
    held = sum(name in resume.licences for name in ask.licences)
    named = sum(name in resume.skills for name in ask.skills)
    asked = ask.years or 0.0
    return [
        finding.strength,
        *(float(finding.cause == cause) for cause in CAUSES),
        float(asked > 0),
        min(asked, 20.0) / 10,
        min(years or 0.0, 40.0) / 10,
        float(ask.education >= 0),
        (resume.education - ask.education) / 3 if ask.education >= 0 else 0.0,
        float(bool(ask.licences)),
        held / len(ask.licences) if ask.licences else 0.0,
        float(bool(ask.skills)),
        named / len(ask.skills) if ask.skills else 0.0,
        float(years is None),
        *(float(ask.kind == kind) for kind in KINDS),
    ]
