"""How sure one meaning of a name is, where it stands.

What belongs here: the figures that a meaning starts with, gains and loses by its
surroundings; docs/countries.md lists them. What does not: the choice among meanings
(resolution) and the meanings themselves (gazetteer).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

import polars as pl

from etl.extract.gazetteer.candidates import SMALLEST_CITY, Candidate
from etl.extract.places.context import Context
from etl.extract.places.language_adjectives import is_language
from etl.extract.places.sites import Site
from etl.extract.places.surroundings import (
    PlaceWords,
    place_words,
    word_after,
    word_before,
)
from etl.extract.text.casing import is_plain
from etl.extract.text.tokens import APOSTROPHES, HYPHENS, fold_name
from etl.lexicon import words as words_of
from etl.tables import made_of_tables, read_table

# "100 mln Canadian dlrs": the money of a country says little of the country.
CURRENCY_SCORE = 0.55
# "Polish sausage", "an Italian grill": things named after a people, wherever they are.
WARE_SCORE = 0.45

SUPPORT_COUNTRY = 0.2
SUPPORT_SUBDIVISION = 0.15
MOST_SUBDIVISION = 0.3
SUPPORT_NEIGHBOUR = 0.04
SUPPORT_CUE = 0.1
MOST_CUE = 0.3
PENALTY_STREET = 0.45
PENALTY_FEATURE = 0.15
PENALTY_FOREIGN = 0.3
BONUS_LOCATIVE = 0.1
# "Georgia's president": the country, not the state.
BONUS_SOVEREIGN = 0.2
BONUS_DATELINE = 0.25
PENALTY_WORD = 0.35
PENALTY_PERSON = 0.3
PENALTY_PAIR = 0.3
PENALTY_WATER = 0.35
PENALTY_SMALL = 0.2
PENALTY_ACRONYM = 0.4
PENALTY_BARE = 0.1
# "Barra Blanca National Park" is another place than Barra.
PENALTY_LONGER = 0.45
LONGEST_FEATURE = 3
LEAST_OPENED = 10
# From here on a city is itself in any company: "Shanghai" the verb, "Houston" the surname.
BIG_CITY = 500_000
HUGE_CITY = 2_000_000
MIDDLING_CITY = 100_000
FIRM = 0.85
# Words of another country's press from which a place is rather not meant.
MANY_CUES = 2
PLACED = ("capital", "city", "subdivision")


def score_meaning(candidate: Candidate, site: Site, context: Context) -> float:
    """The candidate's own score with what its surroundings add or take."""
    settled = _settled_by_wording(candidate, site)
    if settled is not None:
        return settled
    code = candidate.country_code
    if not code:
        return candidate.score
    if candidate.method == "demonym":
        return candidate.score + _demonym_support(candidate, site, context)
    score, support = (
        candidate.score + _office_change(candidate, site),
        context.country(code, site.key),
    )
    if candidate.method in PLACED:
        score += _change_by_surroundings(candidate, site, is_supported=support > 0)
        if candidate.subdivision:
            local = context.subdivision(code, candidate.subdivision, site.key)
            score += min(MOST_SUBDIVISION, SUPPORT_SUBDIVISION * local)
    if support and (candidate.method in PLACED or score < FIRM):
        return score + SUPPORT_COUNTRY * min(1.0, support)
    if code in context.cues:
        return score + min(MOST_CUE, SUPPORT_CUE * context.cues[code])
    return _score_without_support(candidate, site, context, score)


def _office_change(candidate: Candidate, site: Site) -> float:
    """ "Georgia's president", "the president of Georgia": what a state has not."""
    methods = {c.method for c in site.match.candidates}
    if not methods >= {"country_name", "subdivision"} or not _has_sovereign(site):
        return 0.0
    return {"country_name": BONUS_SOVEREIGN, "subdivision": -BONUS_SOVEREIGN}.get(
        candidate.method, 0
    )


def _has_sovereign(site: Site) -> bool:
    words, last, offices = site.words, site.match.last, words_of("place_words", "sovereign")
    behind = last + 1
    if words.gaps[last] in APOSTROPHES and words.keys[behind] == "s" and words.spaced(behind):
        return words.keys[behind + 1] in offices
    before = words.keys[max(0, site.match.first - 3) : site.match.first]
    return before[-1:] == ["of"] and any(word in offices for word in before)


def _demonym_support(candidate: Candidate, site: Site, context: Context) -> float:
    """What the article adds to one of several peoples of a name: "Congolese" in Brazzaville."""
    if len({c.country_code for c in site.match.candidates}) == 1:
        return 0.0
    return SUPPORT_COUNTRY * min(1.0, context.country(candidate.country_code, site.key))


def _settled_by_wording(candidate: Candidate, site: Site) -> float | None:
    """The score that the words right beside a name settle, whatever else the article says."""
    words, match, method = site.words, site.match, candidate.method
    if method in ("country_name", "demonym"):
        after = word_after(words, match.last)
        if after in words_of("money_words", "behind_country"):
            return CURRENCY_SCORE
        if method == "demonym" and (
            after in words_of("wares") or _is_speaker(site) or is_language(words, match)
        ):
            return WARE_SCORE
    if candidate.country_code == "US" and words.after(match.last).startswith("$"):
        return 0.0  # "US$5 million"
    return None


def _is_speaker(site: Site) -> bool:
    """ "French said", without an article: somebody's surname."""
    after = word_after(site.words, site.match.last)
    opens = site.words.starts_sentence(site.match.first)
    speaks = after in words_of("name_verbs", "surname")
    return opens and speaks and site.words.words[site.match.last][-1] not in "sS"


def _score_without_support(
    candidate: Candidate, site: Site, context: Context, score: float
) -> float:
    """The score where nothing else in the article speaks for the country."""
    if candidate.method in PLACED and context.most_cues() >= MANY_CUES:
        score -= PENALTY_FOREIGN
    is_city = candidate.method == "city"
    if is_city and _is_typical(site):
        return score
    if is_city and candidate.population < SMALLEST_CITY:
        return score - PENALTY_SMALL
    if context.neighbour(candidate.country_code, site.key) and score < FIRM:
        return score + SUPPORT_NEIGHBOUR
    is_bare = is_city and candidate.population < MIDDLING_CITY and not _is_located(site)
    return score - PENALTY_BARE if is_bare else score


def _is_located(site: Site) -> bool:
    """Whether the dateline or a preposition says that a place is meant."""
    before = word_before(site.words, site.match.first)
    known = place_words()
    located = before in known.locatives or before in known.directions
    return site.field == "dateline" or located


def _change_by_surroundings(candidate: Candidate, site: Site, *, is_supported: bool) -> float:
    """What stands around the name itself: prepositions, dateline, sentence start."""
    if site.field == "dateline":
        return BONUS_DATELINE
    if site.is_acronym and candidate.population < BIG_CITY:
        return -PENALTY_ACRONYM
    before, known = word_before(site.words, site.match.first), place_words()
    change = -_namesake_penalty(site, before, known)
    is_town = candidate.method == "city" and candidate.population < BIG_CITY
    if is_town and not is_supported and (_is_within_longer(site) or _opens_longer(candidate, site)):
        change -= PENALTY_LONGER
    if before in known.locatives or (before in known.directions and not candidate.is_word):
        return change + BONUS_LOCATIVE
    if is_town and not candidate.is_word and _names_seat(site):
        return change + BONUS_LOCATIVE
    if _is_unmistakable(candidate):
        return change
    if candidate.is_word:
        change -= _word_penalty(site, before, is_supported=is_supported)
    return change - PENALTY_PERSON if candidate.is_person else change


def _names_seat(site: Site) -> bool:
    """ "the dock of Cardiff Crown Court": what is named after the town that it stands in."""
    words, behind = site.words, site.match.last + 1
    if not words.spaced(behind - 1) or not words.words[behind][0].isupper():
        return False
    if words.keys[behind] in words_of("place_words", "seat_kind") and words.spaced(behind):
        behind += 1
    is_named = words.words[behind][0].isupper()
    return is_named and words.keys[behind] in words_of("place_words", "seat")


def _is_within_longer(site: Site) -> bool:
    """ "Chesterfield Inlet", "Barra Blanca National Park", "Best-Ever": the name goes on; a mere
    "Chesterfield Park" may well be there."""
    words, index = site.words, site.match.last
    if site.headline and site.field == "title":
        return words.gaps[index] in HYPHENS and words.words[index + 1][0].isupper()
    kinds = words_of("place_words", "natural", "bare_feature")
    for step in range(LONGEST_FEATURE):
        if not words.spaced(index + step) or not words.words[index + step + 1][0].isupper():
            break
        following = words.keys[index + step + 1]
        if following in kinds and not (step == 0 and following in place_words().features):
            return True
    return False


def _opens_longer(candidate: Candidate, site: Site) -> bool:
    """ "San Quillo hospital": a town whose name opens many longer ones elsewhere, before a name."""
    words, index = site.words, site.match.last
    if site.match.first != index or not words.spaced(index) or site.headline:
        return False
    is_name = words.words[index + 1][0].isupper() and not is_plain(words.words[index + 1])
    opened = openings().get(site.key, {})
    elsewhere = sum(count for code, count in opened.items() if code != candidate.country_code)
    return is_name and elsewhere >= LEAST_OPENED


@made_of_tables
def openings() -> Mapping[str, Mapping[str, int]]:
    """By folded word how many places of several words it opens, by country."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    opened = read_table("places.csv.gz").select(
        pl.col("name").str.extract(r"^(\S+) "), "country_code"
    )
    for (first, code), count in Counter(opened.drop_nulls().iter_rows()).items():
        found[first][code] += count
    return {
        fold_name(first): counts
        for first, counts in found.items()
        if counts.total() >= LEAST_OPENED
    }


def _namesake_penalty(site: Site, before: str, known: PlaceWords) -> float:
    """What a street, a park or a lake named after the place takes from it."""
    words, last = site.words, site.match.last
    penalty = 0.0
    if words.spaced(last) and words.words[last + 1][0].isupper():
        after = words.keys[last + 1]
        penalty += PENALTY_STREET if after in known.streets else 0.0
        penalty += PENALTY_FEATURE if after in known.features else 0.0
    return penalty + PENALTY_WATER if before in known.named_before else penalty


def _word_penalty(site: Site, before: str, *, is_supported: bool) -> float:
    """What a name that is a word too ("Nice") loses; half where it is hardly the word."""
    in_sentence = not site.words.starts_sentence(site.match.first) and not site.headline
    known = before in place_words().weak_locatives or (is_supported and in_sentence)
    return PENALTY_WORD * (0.5 if known else 1.0)


def pair_penalty(candidate: Candidate, site: Site) -> float:
    """What the chosen place loses for standing beside another capital: "Zeferino Caldas".

    It says nothing of which place is meant, so it takes no part in the choice.
    """
    placed = candidate.method in ("city", "subdivision")
    is_pair = placed and site.pair is not None and not _names_seat(site)
    return PENALTY_PAIR if is_pair and _may_be_surname(candidate) else 0.0


def _may_be_surname(candidate: Candidate) -> bool:
    """Neither big nor a state of the countries that name places by them."""
    is_state = candidate.method == "subdivision" and candidate.country_code in ("US", "CA", "AU")
    return not is_state and candidate.population < BIG_CITY and candidate.score < FIRM


def _is_typical(site: Site) -> bool:
    """A name that several towns of one country have, and none elsewhere: "Centerville"."""
    candidates = site.match.candidates
    one_country = len({c.country_code for c in candidates}) == 1
    return one_country and len({c.subdivision for c in candidates}) > 1


def _is_unmistakable(candidate: Candidate) -> bool:
    firm_capital = candidate.method == "capital" and candidate.score >= FIRM
    return firm_capital or candidate.population >= HUGE_CITY
