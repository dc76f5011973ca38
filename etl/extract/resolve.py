"""Choose what each name means where it stands, and how sure that is.

What belongs here: ambiguity ("Georgia", "Alexandria", "Jordan"), settled by what stands
beside a name and by what else the article names. What does not: finding names (matching),
longer names around them (names) and the article's countries (countries).

Scores are confidences from 0 to 1: a candidate's own score from the reference tables, plus
what the context adds or takes. The figures are documented in docs/countries.md.
"""

import itertools
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
# "Dublin Road", "Paris Hotel": named after a place, not there.
STREETS = frozenset(
    "road rd street st avenue ave boulevard blvd drive dr lane ln court ct highway hwy turnpike "
    "pike way terrace parkway pkwy hotel inn restaurant cafe theater theatre mall plaza".split()
)
FEATURES = frozenset(
    "park creek lake hill hills heights springs elementary middle high academy".split()
)
# "100 mln Canadian dlrs": the money of a country says little of the country.
CURRENCIES = frozenset(
    "dollar dollars dlr dlrs franc francs pound pounds mark marks yen crown crowns krona kronor "
    "krone kroner guilder guilders lira lire peso pesos peseta pesetas rupee rupees riyal riyals "
    "rial rials dinar dinars dirham dirhams rand ruble rubles rouble roubles won yuan baht "
    "escudos schillings drachmas real reais ringgit rupiah shekel shekels cents".split()
)
CURRENCY_SCORE = 0.55
QUALIFIER_GAPS = frozenset({",", "(", "[", ", the"})

SUPPORT_COUNTRY = 0.2
SUPPORT_SUBDIVISION = 0.1
MOST_SUBDIVISION = 0.3
SUPPORT_NEIGHBOUR = 0.08
SUPPORT_CUE = 0.1
MOST_CUE = 0.3
PENALTY_STREET = 0.45
PENALTY_FEATURE = 0.15
PENALTY_FOREIGN = 0.12
BONUS_LOCATIVE = 0.1
BONUS_DATELINE = 0.25
QUALIFIED = 0.95
PENALTY_WORD = 0.35
PENALTY_PERSON = 0.2
PENALTY_RIVAL = 0.85
PENALTY_SMALL = 0.2
PENALTY_ACRONYM = 0.4
FIRM = 0.85
# No context makes a place as sure as the country's own name.
MOST_PLACE = 0.95


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
    key: str
    is_acronym: bool = False


def find_qualifiers(words: Words, matches: list[Match]) -> dict[int, Match]:
    """For each match (by position in the list) the one that follows as its qualifier.

    "London, Ky.", "Paris, Texas", "Islamabad [Pakistan]", "Baku (Azerbaijan)".
    """
    found: dict[int, Match] = {}
    for position, (left, right) in enumerate(itertools.pairwise(matches)):
        if right.first != left.last + 1:
            continue
        gap = words.text[left.end : right.start].strip(" .")
        if gap in QUALIFIER_GAPS and any(_qualifies(c) for c in right.candidates):
            found[position] = right
    return found


def _qualifies(candidate: Candidate) -> bool:
    return candidate.method in ("country_name", "subdivision") and not candidate.is_word


def gather_context(sites: list[Site], gazetteer: Gazetteer, cues: dict[str, float]) -> Context:
    """Sum up what is certain without context: names of one country only, and qualifiers.

    A second look adds what the first one settles: "Lyon" speaks for the French "Valence".
    """
    first = Context(cues=cues)
    for site in sites:
        candidate, weight = _certain(site)
        if candidate is not None:
            _add(first, candidate, site.key, weight)
    _add_neighbours(first, gazetteer)
    second = Context(cues=cues)
    for site in sites:
        place = resolve(site, first)
        if place is not None and place.candidate.country_code and place.score >= 0.6:
            weight = 1.0 if place.score >= FIRM else 0.5
            _add(second, place.candidate, site.key, weight)
    _add_neighbours(second, gazetteer)
    return second


def _certain(site: Site) -> tuple[Candidate | None, float]:
    candidates = [c for c in site.match.candidates if c.country_code]
    if site.qualifier is not None:
        candidates = _agreeing(candidates, site.qualifier) or candidates
    best = max(candidates, key=lambda c: c.score, default=None)
    if best is None or best.is_word or len({c.country_code for c in candidates}) > 1:
        return None, 0.0
    if best.is_person and best.method == "city":
        return None, 0.0
    return best, 1.0 if best.score >= FIRM else 0.5


def _add_neighbours(context: Context, gazetteer: Gazetteer) -> None:
    for code, support in list(context.countries.items()):
        for neighbour in gazetteer.neighbours.get(code, ()):
            context.neighbours[neighbour].update(support)


def _add(context: Context, candidate: Candidate, name: str, weight: float) -> None:
    countries = context.countries[candidate.country_code]
    countries[name] = max(weight, countries.get(name, 0.0))
    if candidate.subdivision:
        place = context.subdivisions[candidate.country_code, candidate.subdivision]
        place[name] = max(weight, place.get(name, 0.0))


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
            home = state._replace(
                name=site.words.text[site.match.start : site.match.end], method="city", population=0
            )
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
    most = max(best.score, MOST_PLACE)
    return Place(site.field, site.match, best, round(max(0.0, min(score, most)), 3))


def _is_currency(words: Words, last: int) -> bool:
    return words.spaced(last) and fold(words.words[last + 1]) in CURRENCIES


def _score(candidate: Candidate, site: Site, context: Context) -> float:
    score, code = candidate.score, candidate.country_code
    if candidate.method in ("country_name", "demonym") and _is_currency(
        site.words, site.match.last
    ):
        return CURRENCY_SCORE
    if not code or candidate.method == "demonym":
        return score
    support = context.country(code, site.key)
    placed = candidate.method in ("capital", "city", "subdivision")
    if placed:
        score += _place_context(candidate, site)
        if candidate.subdivision:
            local = context.subdivision(code, candidate.subdivision, site.key)
            score += min(MOST_SUBDIVISION, SUPPORT_SUBDIVISION * local)
    if support and (placed or score < FIRM):
        return score + SUPPORT_COUNTRY * min(1.0, support)
    if code in context.cues:
        return score + min(MOST_CUE, SUPPORT_CUE * context.cues[code])
    if placed and max(context.cues.values(), default=0) >= 2:
        score -= PENALTY_FOREIGN
    if context.neighbour(code, site.key) and score < FIRM:
        return score + SUPPORT_NEIGHBOUR
    if candidate.method == "city" and candidate.population < SMALLEST_CITY:
        score -= PENALTY_SMALL
    return score


def _place_context(candidate: Candidate, site: Site) -> float:
    """What stands around the name itself: prepositions, dateline, sentence start."""
    words, first = site.words, site.match.first
    if site.field == "dateline":
        return BONUS_DATELINE
    if site.is_acronym and candidate.method != "capital":
        return -PENALTY_ACRONYM
    change = 0.0
    if words.spaced(site.match.last):
        after = fold(words.words[site.match.last + 1])
        if words.words[site.match.last + 1][0].isupper():
            change -= PENALTY_STREET if after in STREETS else 0.0
            change -= PENALTY_FEATURE if after in FEATURES else 0.0
    before = fold(words.words[first - 1]) if first and words.spaced(first - 1) else ""
    if before in LOCATIVES:
        return change + BONUS_LOCATIVE
    firm_capital = candidate.method == "capital" and candidate.score >= FIRM
    if candidate.is_word and not firm_capital:
        change -= PENALTY_WORD * (0.5 if before in WEAK_LOCATIVES else 1.0)
    if candidate.is_person and not firm_capital:
        change -= PENALTY_PERSON
    return change
