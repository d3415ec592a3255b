"""A person decides what counts: which requirements are musts, and what each of them weighs.

confirmed = choose(requirements(read(job)), must=["RN licence"], weights={"needs": 2})
for match, weighted in rank(matcher, job, resumes, confirmed): ...
"""

from rolefit.decide.file import confirm, dump, load, parsed
from rolefit.decide.listing import Listed, listed
from rolefit.decide.ranking import Weigher, rank
from rolefit.decide.requirements import add, choose, find, requirements, weights_said
from rolefit.decide.weights import part_points, weigh
from rolefit.decided import PARTS, Confirmed, Step, Weighted, Wish

__all__ = [
    "PARTS", "Confirmed", "Listed", "Step", "Weigher", "Weighted", "Wish", "add", "choose",
    "confirm", "dump", "find", "listed", "load", "parsed", "part_points", "rank", "requirements",
    "weigh", "weights_said",
]  # fmt: skip
