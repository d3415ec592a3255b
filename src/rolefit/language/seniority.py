"""How high a resume's writer stands, as a reader of the whole text would say.

A title says it for managers; it does not for a staff nurse of twelve years, a "chargehand" or a
trainee teacher who was an engineer. One logistic regression reads what `levels` makes of the
headline and of the latest titles, the years, how many people are led, and words of scope ("deputy",
"apprentice", "rota"); no other word, since any may stand for a country, an age or a family, and
words of titles did not help. Fitted by recipes/seniority.py on resumes that were read whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rolefit.language import learned
from rolefit.language.levels import LEVELS, level_of
from rolefit.records import Fact, Position

# Whoever leads without being a manager is "lead": rolefit has no such level, and both the one below
# and the one above are right for it.
CLASSES = ("entry", "mid", "senior", "lead", "manager", "director")
MODEL = learned.load("seniority.json")
STEP = 0.02  # of weights
_WORD = re.compile(r"[^\W\d_]+")
_STEM = 6  # letters of a word that tell its kin
_YEARS = (1, 2, 4, 6, 9, 12, 16, 20, 25)
_PEOPLE = (1, 2, 4, 8, 15, 30)
_MOST_PEOPLE = 500  # larger numbers are customers, or money
_LENGTHS = (150, 250, 400, 700)  # words of the text
_TITLES = 3  # latest positions whose titles are read
_SCOPE = frozenset(
    word[:_STEM]
    for word in """
    acting appraisal apprentice approved architect assist audit authorised basic board buddy
    budget cashier casual chair chaired charge chargehand chartered checker client close
    coach consultant contract crew delegated delivered deputy design director entry estimate
    examiner expert fellow foreman freelance fresher graduate handover head helper hired
    hiring induction inspection intern internship investment junior key keyholder lead
    leader leading leads learn learning lecturer led manage mentor mentored million
    negotiate open oversaw oversee own owned owner plan planned policy preceptor present
    price principal profit project promoted qualified recruited recruiting report
    responsible revenue review reviewed roster rota rotas second self senior shift sign
    signed specialist stakeholder strategic student studying superv supervisor teacher team
    teams temp temporary tender train trained trainee training turnover volunteer weekend
    """.split()
)
_LED = re.compile(
    r"\b(?:team|staff|crew|group|squad|section|supervis\w+|manag\w+|led|lead\w*)\b[^.\n]{0,25}?"
    r"\b(?P<behind>\d{1,3})\b|\b(?P<before>\d{1,3})\b[ -](?:\w+ ){0,2}(?:staff|people|employees|"
    r"reports|colleagues|men|lads|operatives|soldiers|nurses|carers|cooks|chefs|engineers|drivers|"
    r"apprentices|associates|reps|teachers)\b",
    re.I,
)


def read(
    text: str,
    held: Sequence[Position],
    headline: Fact | None,
    years: float | None,
    titled: str | None,
) -> str:
    """One of LEVELS. `titled` is the level that the latest titles say."""
    level = likeliest(shares_of(features_of(text, held, headline, years, titled)))
    # The model does not tell these apart; titles do.
    if level == "entry" and titled == "intern":
        return "intern"
    return "executive" if level == "director" and titled == "executive" else level


def likeliest(shares: dict[str, float]) -> str:
    """The one of LEVELS that is most probably right."""
    lead = shares["lead"]
    sums = {
        "entry": shares["entry"], "mid": shares["mid"], "senior": shares["senior"] + lead,
        "manager": shares["manager"] + lead, "director": shares["director"],
    }  # fmt: skip
    return max(sums, key=lambda name: sums[name])


def shares_of(features: dict[str, float]) -> dict[str, float]:
    """How probable each of CLASSES is."""
    return dict(zip(CLASSES, learned.shares(MODEL, features, STEP), strict=True))


def features_of(
    text: str,
    held: Sequence[Position],
    headline: Fact | None,
    years: float | None,
    titled: str | None,
) -> dict[str, float]:
    """{feature: value} of a resume; see `read`."""
    found = {f"titled={titled or ''}": 1.0}
    found |= _steps("years", -1 if years is None else years, _YEARS)
    if years is None:
        found["undated"] = 1.0
    found |= _of_titles(held, headline)
    found |= {f"scope={word}": 0.5 for word in _stems(text) if word in _SCOPE}
    people = [int(match["behind"] or match["before"]) for match in _LED.finditer(text)]
    most = max((n for n in people if n < _MOST_PEOPLE), default=0)
    return found | _steps("led", most, _PEOPLE) | _steps("words", len(text.split()), _LENGTHS)


def _of_titles(held: Sequence[Position], headline: Fact | None) -> dict[str, float]:
    called = headline.value if headline else ""
    found = {f"headline={level_of(called) or ''}": 1.0}
    titles = [p.title.value for p in sorted(held, key=_lateness) if p.title]
    for at, title in enumerate(titles[:_TITLES]):
        found[f"title{at}={level_of(title) or ''}"] = 1.0
    levels = [LEVELS.index(level) for title in titles if (level := level_of(title))]
    if levels:
        found[f"highest={LEVELS[max(levels)]}"] = 1.0
    return found


def _lateness(position: Position) -> tuple[bool, int]:
    return not position.current, -(position.last or 0)


def _stems(text: str) -> list[str]:
    return [word[:_STEM] for word in _WORD.findall(text.lower())]


def _steps(name: str, value: float, steps: Sequence[int]) -> dict[str, float]:
    return {f"{name}>={step}": 1.0 for step in steps if value >= step}
