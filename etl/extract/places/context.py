"""What an article as a whole says of where it plays.

What belongs here: the names that speak for a country, a subdivision or a neighbour. What does
not: how they are gathered (disambiguation).
"""

from collections import defaultdict
from dataclasses import dataclass, field

from etl.extract.gazetteer.candidates import Candidate

Support = dict[str, float]


@dataclass(slots=True)
class Context:
    """What the article as a whole says about where it plays.

    Each support holds the folded names that speak for a country or subdivision, with their
    weight: a name never supports itself. ``settled`` is what a name with a qualifier means
    ("Paris, Texas"), for its bare uses.
    """

    countries: dict[str, Support] = field(default_factory=lambda: defaultdict(dict))
    subdivisions: dict[tuple[str, str], Support] = field(default_factory=lambda: defaultdict(dict))
    neighbours: dict[str, Support] = field(default_factory=lambda: defaultdict(dict))
    cues: dict[str, float] = field(default_factory=dict)
    settled: dict[str, Candidate] = field(default_factory=dict)

    def country(self, code: str, name: str) -> float:
        return _sum_others(self.countries.get(code), name)

    def subdivision(self, code: str, subdivision: str, name: str) -> float:
        return _sum_others(self.subdivisions.get((code, subdivision)), name)

    def neighbour(self, code: str, name: str) -> float:
        return _sum_others(self.neighbours.get(code), name)

    def most_cues(self) -> float:
        """How many words the press of one country uses, of the country that has most."""
        return max(self.cues.values(), default=0.0)


def _sum_others(support: Support | None, name: str) -> float:
    """The weights of all other names: halves, so that no sum depends on its order."""
    return sum(support.values()) - support.get(name, 0.0) if support else 0.0
