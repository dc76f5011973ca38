"""Choose what each name means where it stands: toponym resolution.

What belongs here: ambiguity ("Georgia", "Alexandria", "Jordan"), settled by what stands
beside a name and by what else the article names. What does not: the figures (scoring),
finding names (gazetteer.matching) and the article's countries (countries).
"""

from dataclasses import dataclass

from etl.extract.gazetteer.candidates import Candidate
from etl.extract.gazetteer.dictionary import Gazetteer
from etl.extract.gazetteer.matching import Match
from etl.extract.places.context import Context
from etl.extract.places.scoring import (
    FIRM,
    HUGE_CITY,
    MIDDLING_CITY,
    pair_penalty,
    score_meaning,
)
from etl.extract.places.sites import Site, agreeing, lies_in, qualifies
from etl.extract.places.surroundings import LINKS

QUALIFIED = 0.95
# The bare use of a name that has a qualifier elsewhere in the article.
SETTLED = 0.9
PENALTY_RIVAL = 0.85
RIVAL_MARGIN = 0.1
SUPPORTING = 0.6
# Two names of a state or province: the article plays there.
LOCAL_SUPPORT = 1.5
# No context makes a place as sure as the country's own name.
MOST_PLACE = 0.95


@dataclass(slots=True)
class Place:
    """A match with the meaning that was chosen for it."""

    field: str
    match: Match
    candidate: Candidate
    score: float


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
    first.settled = _settled(sites, first)
    second = Context(cues=cues, settled=first.settled)
    for site in sites:
        place = resolve(site, first)
        if place is not None and place.candidate.country_code and place.score >= SUPPORTING:
            weight = 1.0 if place.score >= FIRM else 0.5
            _add(second, place.candidate, site.key, weight)
    _add_neighbours(second, gazetteer)
    return second


def _settled(sites: list[Site], context: Context) -> dict[str, Candidate]:
    """The town that a name means throughout: "PARIS, Texas ... firemen in Paris".

    Not where it has two qualifiers, nor where something else in the article speaks for the
    country that the bare name would mean.
    """
    towns: dict[str, dict[tuple[str, str], Candidate]] = {}
    for site in sites:
        place = _qualified(site)
        if place is not None and place.candidate.method != "country_name":
            town = place.candidate
            towns.setdefault(site.key, {})[town.country_code, town.subdivision] = town
    return {
        site.key: next(iter(found.values()))
        for site in sites
        if len(found := towns.get(site.key, {})) == 1
        and not _is_spoken_for(site, next(iter(found.values())), context)
    }


def _is_spoken_for(site: Site, town: Candidate, context: Context) -> bool:
    usual = max(site.match.candidates, key=lambda c: c.score)
    is_same = usual.country_code == town.country_code
    return not is_same and context.country(usual.country_code, site.key) > 0


def _certain(site: Site) -> tuple[Candidate | None, float]:
    candidates = [c for c in site.match.candidates if c.country_code]
    if site.qualifier is not None:
        candidates = agreeing(candidates, site.qualifier) or candidates
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


def resolve(site: Site, context: Context) -> Place | None:
    """The meaning of one match, or None where it more likely means no place at all."""
    if site.qualifier is not None or site.qualified is not None:
        place = _qualified(site) or _qualifying(site)
        if place is not None:
            return place
    elif site.key in context.settled:
        return Place(site.field, site.match, context.settled[site.key], SETTLED)
    scored = [(score_meaning(c, site, context), c) for c in site.match.candidates]
    if len(scored) > 1:
        scored.sort(key=lambda pair: (-pair[0], -pair[1].population, pair[1].country_code))
    score, best = scored[0]
    if score <= 0:
        return None
    if site.field != "dateline":
        score, best = _prefer_evidenced(scored, site, context)
    rival = next((s for s, c in scored if c.country_code != best.country_code), 0.0)
    if rival > score - RIVAL_MARGIN and score < FIRM:
        score *= PENALTY_RIVAL
    score = min(score, max(best.score, MOST_PLACE)) - pair_penalty(best, site)
    return Place(site.field, site.match, best, round(score, 3))


def _prefer_evidenced(
    scored: list[tuple[float, Candidate]], site: Site, context: Context
) -> tuple[float, Candidate]:
    """The Tripoli of the country that the article names, unless the other is a metropolis,
    and the Paris of the state in which it plays.

    Only where nothing else speaks for the first meaning; the other Tripoli has to be sizeable.
    """
    score, best = scored[0]
    if best.method not in ("capital", "city") or context.country(best.country_code, site.key):
        return score, best
    for other, candidate in scored[1:]:
        code = candidate.country_code
        sizeable = candidate.population >= MIDDLING_CITY and best.population < HUGE_CITY
        if sizeable and context.country(code, site.key) >= 1:
            return other, candidate
        if context.subdivision(code, candidate.subdivision, site.key) >= LOCAL_SUPPORT:
            return other, candidate
    return score, best


def _qualifying(site: Site) -> Place | None:
    """Which meaning a qualifier has: "Georgia" after "Tbilisi," is the country."""
    qualified = site.qualified
    if qualified is None:
        return None
    fitting = [
        c
        for c in site.match.candidates
        if qualifies(c) and any(lies_in(place, c) for place in qualified.candidates)
    ]
    if not fitting or len({c.country_code for c in fitting}) > 1:
        return None
    best = max(fitting, key=lambda c: c.score)
    return Place(site.field, site.match, best, max(QUALIFIED, best.score))


def _qualified(site: Site) -> Place | None:
    """The meaning that the qualifier after the name settles.

    A state abbreviation also places a town that the gazetteer lacks there ("Paris, Ky."), and
    so does a state's full name that closes its clause ("Poland, Ohio,"): "London, Japan and" is
    a list.
    """
    qualifier = site.qualifier
    if qualifier is None:
        return None
    fitting = agreeing(list(site.match.candidates), qualifier)
    if fitting:
        best = max(fitting, key=lambda c: c.score)
        return Place(site.field, site.match, best, max(QUALIFIED, best.score))
    places = [c for c in site.match.candidates if c.label == "PLACE"]
    if not places or not _places_any_town(site, qualifier):
        return None
    name = site.words.text[site.match.start : site.match.end]
    state = next(c for c in qualifier.candidates if qualifies(c))
    town = state._replace(name=name, method="city", population=0, place_id="")
    return Place(site.field, site.match, town, FIRM)


def _places_any_town(site: Site, qualifier: Match) -> bool:
    """Whether whatever stands before the qualifier is a town there: "Ky.", or "Ohio" where it
    closes the clause or stands in a dateline."""
    if all(c.form in ("qualifier", "dotted") for c in qualifier.candidates):
        return True
    outer = [c for c in qualifier.candidates if qualifies(c)]
    if any(c.method != "subdivision" or c.country_code != "US" for c in outer):
        return False
    words, last = site.words, qualifier.last
    listed = site.match.first > 0 and words.gaps[site.match.first - 1].startswith(",")
    if site.field == "dateline":
        return not listed
    following = words.words[last + 1] if words.gaps[last] == ", " else ""
    goes_on = following in LINKS or following[:1].isupper()
    closed = words.after(last).strip()[:1] in (",", ".", ";", ")")
    return closed and not listed and not goes_on
