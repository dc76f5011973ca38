"""What the rules know of one name's place in its article.

What belongs here: a match in its field (``Site``), what the article says of countries as a
whole (``Context``), and qualifiers ("London, Ky."). What does not: scores and the choice
among meanings (scoring, resolve).
"""

import itertools
from collections import defaultdict
from dataclasses import dataclass, field

from etl.extract.gazetteer import Candidate
from etl.extract.matching import Match
from etl.extract.name_rules import Name
from etl.extract.tokens import Words

QUALIFIER_GAPS = frozenset({",", "(", "[", ", the"})

Support = dict[str, float]


@dataclass(slots=True)
class Context:
    """What the article as a whole says about where it plays.

    Each support holds the folded names that speak for a country or subdivision, with their
    weight: a name never supports itself.
    """

    countries: dict[str, Support] = field(default_factory=lambda: defaultdict(dict))
    subdivisions: dict[tuple[str, str], Support] = field(default_factory=lambda: defaultdict(dict))
    neighbours: dict[str, Support] = field(default_factory=lambda: defaultdict(dict))
    cues: dict[str, float] = field(default_factory=dict)

    def country(self, code: str, name: str) -> float:
        return _sum_others(self.countries.get(code), name)

    def subdivision(self, code: str, subdivision: str, name: str) -> float:
        return _sum_others(self.subdivisions.get((code, subdivision)), name)

    def neighbour(self, code: str, name: str) -> float:
        return _sum_others(self.neighbours.get(code), name)


def _sum_others(support: Support | None, name: str) -> float:
    if not support:
        return 0.0
    return sum(weight for other, weight in support.items() if other != name)


@dataclass(frozen=True, slots=True)
class Site:
    """One match in its field, as the rules look at it.

    ``qualifier`` follows it ("Ky." after "London"); ``qualified`` is what it qualifies.
    ``headline``: nearly every word around it has a capital.
    ``pair`` is the name of two words that it seems to be part of ("Chad Brookes").
    """

    field: str
    words: Words
    match: Match
    qualifier: Match | None
    key: str
    qualified: Match | None = None
    is_acronym: bool = False
    headline: bool = False
    pair: Name | None = None


def find_qualifiers(words: Words, matches: list[Match]) -> dict[int, Match]:
    """For each match (by position in the list) the one that follows as its qualifier.

    "London, Ky.", "Paris, Texas", "Islamabad [Pakistan]", "Baku (Azerbaijan)".
    """
    found: dict[int, Match] = {}
    for position, (left, right) in enumerate(itertools.pairwise(matches)):
        if right.first != left.last + 1:
            continue
        gap = words.text[left.end : right.start].strip(" .")
        if gap in QUALIFIER_GAPS and any(qualifies(c) for c in right.candidates):
            found[position] = right
    return found


def qualifies(candidate: Candidate) -> bool:
    return candidate.method in ("country_name", "subdivision") and not candidate.is_word


def agreeing(candidates: list[Candidate], qualifier: Match) -> list[Candidate]:
    """The candidates that lie in what the qualifier names."""
    outer = [q for q in qualifier.candidates if qualifies(q)]
    return [c for c in candidates if any(lies_in(c, q) for q in outer)]


def lies_in(place: Candidate, qualifier: Candidate) -> bool:
    """Whether the place is in the country or state that the qualifier names."""
    return place.country_code == qualifier.country_code and (
        qualifier.method == "country_name" or qualifier.subdivision in ("", place.subdivision)
    )
