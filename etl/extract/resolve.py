"""Choose what each name means where it stands, and how sure that is.

What belongs here: ambiguity ("Georgia", "Alexandria", "Jordan"), settled by what stands
beside a name and by what else the article names. What does not: finding names (matching),
longer names around them (names) and the article's countries (countries).

Scores are confidences from 0 to 1: a candidate's own score from the reference tables, plus
what the context adds or takes. The figures are documented in docs/countries.md.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from etl.extract.gazetteer import SMALLEST_CITY, Candidate, Gazetteer
from etl.extract.matching import Match
from etl.extract.tokens import Words, fold

LOCATIVES = frozenset(
    "in at near from outside around across inside toward towards throughout within into "
    "visit visiting visited outskirts downtown central northern southern eastern western "
    "northeast northwest southeast southwest northeastern northwestern southeastern "
    "southwestern city town village port".split()
)
WEAK_LOCATIVES = frozenset("to of and for between via through".split())
QUALIFIER_GAPS = frozenset({",", "(", "[", ", the"})

SUPPORT_COUNTRY = 0.2
SUPPORT_SUBDIVISION = 0.1
SUPPORT_NEIGHBOUR = 0.08
BONUS_LOCATIVE = 0.1
BONUS_DATELINE = 0.25
QUALIFIED = 0.95
PENALTY_WORD = 0.35
PENALTY_PERSON = 0.12
PENALTY_RIVAL = 0.85
PENALTY_SMALL = 0.2
FIRM = 0.85


@dataclass(slots=True)
class Context:
    """What the article as a whole says about where it plays."""

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    subdivisions: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    neighbours: dict[str, float] = field(default_factory=lambda: defaultdict(float))


@dataclass(slots=True)
class Place:
    """A match with the meaning that was chosen for it."""

    field: str
    match: Match
    candidate: Candidate
    score: float


@dataclass(frozen=True, slots=True)
class Site:
    """One match in its field, as the rules look at it."""

    field: str
    words: Words
    match: Match
    qualifier: Match | None


def find_qualifiers(words: Words, matches: list[Match]) -> dict[int, Match]:
    """For each match (by position in the list) the one that follows as its qualifier.

    "London, Ky.", "Paris, Texas", "Islamabad [Pakistan]", "Baku (Azerbaijan)".
    """
    found: dict[int, Match] = {}
    for position, (left, right) in enumerate(zip(matches, matches[1:], strict=False)):
        if right.first != left.last + 1:
            continue
        gap = words.text[left.end : right.start].strip(" .")
        if gap in QUALIFIER_GAPS and any(_qualifies(c) for c in right.candidates):
            found[position] = right
    return found


def _qualifies(candidate: Candidate) -> bool:
    return candidate.method in ("country_name", "subdivision") and not candidate.is_word


def gather_context(sites: list[Site], gazetteer: Gazetteer) -> Context:
    """Sum up what is certain without context: names of one country only, and qualifiers."""
    context = Context()
    for site in sites:
        candidates = [c for c in site.match.candidates if c.country_code]
        if site.qualifier is not None:
            candidates = _agreeing(candidates, site.qualifier) or candidates
        codes = {c.country_code for c in candidates}
        best = max(candidates, key=lambda c: c.score, default=None)
        if best is None or best.is_word:
            continue
        if len(codes) == 1 and not (best.is_person and best.method == "city"):
            _add(context, best, 1.0 if best.score >= FIRM else 0.5)
        elif best.score >= FIRM and best.method in ("capital", "country_name"):
            _add(context, best, 0.5)
    for code, weight in context.countries.items():
        for neighbour in gazetteer.neighbours.get(code, ()):
            context.neighbours[neighbour] = max(context.neighbours[neighbour], min(weight, 1.0))
    return context


def _add(context: Context, candidate: Candidate, weight: float) -> None:
    context.countries[candidate.country_code] += weight
    if candidate.subdivision:
        context.subdivisions[candidate.country_code, candidate.subdivision] += weight


def _agreeing(candidates: list[Candidate], qualifier: Match) -> list[Candidate]:
    """The candidates that lie in what the qualifier names."""
    return [
        c
        for c in candidates
        if any(
            c.country_code == q.country_code
            and (q.method == "country_name" or q.subdivision in ("", c.subdivision))
            for q in qualifier.candidates
            if _qualifies(q)
        )
    ]


def resolve(site: Site, context: Context) -> Place | None:
    """The meaning of one match, or None where it more likely means no place at all."""
    candidates = list(site.match.candidates)
    if site.qualifier is not None:
        agreeing = _agreeing(candidates, site.qualifier)
        if agreeing:
            best = max(agreeing, key=lambda c: c.score)
            return Place(site.field, site.match, best, max(QUALIFIED, best.score))
        if all(c.form == "qualifier" for c in site.qualifier.candidates):
            state = site.qualifier.candidates[0]
            home = state._replace(name=site.words.text[site.match.start : site.match.end],
                                  method="city", population=0)
            return Place(site.field, site.match, home, FIRM)
    scored = sorted(
        ((_score(candidate, site, context), candidate) for candidate in candidates),
        key=lambda pair: (-pair[0], -pair[1].population, pair[1].country_code),
    )
    score, best = scored[0]
    if score <= 0:
        return None
    rival = next((s for s, c in scored[1:] if c.country_code != best.country_code), 0.0)
    if rival > score - 0.1 and score < FIRM:
        score *= PENALTY_RIVAL
    return Place(site.field, site.match, best, round(max(0.0, min(score, 0.99)), 3))


def _score(candidate: Candidate, site: Site, context: Context) -> float:
    score = candidate.score
    if not candidate.country_code or candidate.method == "demonym":
        return score
    support = context.countries.get(candidate.country_code, 0.0)
    firm = candidate.method in ("country_name", "seat_of_power", "organisation")
    if candidate.method in ("capital", "city", "subdivision"):
        score += _place_context(candidate, site)
        if context.subdivisions.get((candidate.country_code, candidate.subdivision)):
            score += SUPPORT_SUBDIVISION
    if support and not (firm and score >= FIRM):
        score += SUPPORT_COUNTRY * min(1.0, support)
    elif context.neighbours.get(candidate.country_code) and score < FIRM:
        score += SUPPORT_NEIGHBOUR
    elif candidate.method == "city" and candidate.population < SMALLEST_CITY:
        score -= PENALTY_SMALL
    return score


def _place_context(candidate: Candidate, site: Site) -> float:
    """What stands around the name itself: prepositions, dateline, sentence start."""
    words, first = site.words, site.match.first
    if site.field == "dateline":
        return BONUS_DATELINE
    before = fold(words.words[first - 1]) if first and words.spaced(first - 1) else ""
    if before in LOCATIVES:
        return BONUS_LOCATIVE
    change = 0.0
    if candidate.is_word:
        change -= PENALTY_WORD * (0.5 if before in WEAK_LOCATIVES else 1.0)
    if candidate.is_person and candidate.method != "capital":
        change -= PENALTY_PERSON
    return change
