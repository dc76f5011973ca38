"""Where a name of the gazetteer stands: its field, its qualifier, what is beside it.

What belongs here: the site of a name, and qualifiers ("London, Ky."). What does not: what the
article as a whole says (context), scores and the choice among meanings (scoring, resolution).
"""

import itertools
from dataclasses import dataclass

from etl.extract.gazetteer.candidates import Candidate
from etl.extract.gazetteer.matching import Match
from etl.extract.names.field_view import Name
from etl.extract.places.surroundings import LINKS, place_words
from etl.extract.text.tokens import Words
from etl.lexicon import words as words_of

QUALIFIER_GAPS = frozenset({",", "(", "[", ", the"})
# "the old port city in the north of".
LONGEST_APPOSITION = 7
ARTICLES = ("the", "a", "an")


@dataclass(frozen=True, slots=True)
class Site:
    """One match in its field, as the rules look at it; ``key`` is its folded name.

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

    "London, Ky.", "Paris, Texas", "Islamabad [Pakistan]", "Baku (Azerbaijan)", "Valencia in
    Venezuela".
    """
    found: dict[int, Match] = {}
    for position, (left, right) in enumerate(itertools.pairwise(matches)):
        if not any(qualifies(c) for c in right.candidates):
            continue
        if right.first != left.last + 1:
            if _is_said_to_lie(words, left, right):
                found[position] = right
            continue
        gap = words.text[left.end : right.start].strip(" .")
        if gap in QUALIFIER_GAPS and not _is_listed(words, left, right, gap):
            found[position] = right
    return found


def _is_said_to_lie(words: Words, left: Match, right: Match) -> bool:
    """ "Valencia in Venezuela", "Macedonia, the region of northern Greece"; not "China in Mexico",
    where there is a town of that name."""
    if not agreeing(list(left.candidates), right):
        return False
    between = words.keys[left.last + 1 : right.first]
    if between == ["in"]:
        return not _is_sovereign(left) and words.spaced(left.last) and words.spaced(left.last + 1)
    if len(between) > LONGEST_APPOSITION or words.gaps[left.last] != ", ":
        return False
    while between and (between[-1] == "the" or between[-1] in place_words().directions):
        between.pop()
    kinds = words_of("place_words", "apposed")
    has_form = len(between) > 2 and between[0] in ARTICLES and between[-1] in ("of", "in")
    return (
        has_form
        and between[-2] in kinds
        and all(map(words.spaced, range(left.last + 1, right.first)))
    )


def _is_listed(words: Words, left: Match, right: Match, gap: str) -> bool:
    """Whether two countries stand in a list: "China, Japan", "the U.S., U.K. and"; not "Georgia,
    United States" where it ends there."""
    if not gap.startswith(",") or not (_is_sovereign(left) and _is_sovereign(right)):
        return False
    states = (c for c in agreeing(list(left.candidates), right) if c.method == "subdivision")
    return not any(states) or _goes_on(words, right)


def _is_sovereign(match: Match) -> bool:
    return any(c.method == "country_name" for c in match.candidates)


def _goes_on(words: Words, match: Match) -> bool:
    """Whether a list goes on behind the name: "and Chad", ", Chad"."""
    if words.spaced(match.last):
        return words.words[match.last + 1] in LINKS
    is_comma = words.gaps[match.last] == ", "
    following = words.words[match.last + 1] if is_comma else ""
    return following in LINKS or following[:1].isupper()


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
