"""How sure one meaning of a name is, where it stands.

What belongs here: the figures that a meaning starts with, gains and loses by its
surroundings; docs/countries.md lists them. What does not: the choice among meanings
(resolve) and the meanings themselves (gazetteer).
"""

from etl.extract.context import Context, Site
from etl.extract.gazetteer import SMALLEST_CITY, Candidate
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
BONUS_DATELINE = 0.25
PENALTY_WORD = 0.35
PENALTY_PERSON = 0.3
PENALTY_SMALL = 0.2
PENALTY_ACRONYM = 0.4
PENALTY_BARE = 0.1
# From here on a city is itself in any company: "Shanghai" the verb, "Houston" the surname.
BIG_CITY = 500_000
HUGE_CITY = 2_000_000
MIDDLING_CITY = 100_000
FIRM = 0.85


def _is_currency(words: Words, last: int) -> bool:
    return words.spaced(last) and fold(words.words[last + 1]) in CURRENCIES


def score_meaning(candidate: Candidate, site: Site, context: Context) -> float:
    """The candidate's own score with what its surroundings add or take."""
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
        return score - PENALTY_SMALL
    if candidate.method == "city" and candidate.population < MIDDLING_CITY:
        return score if _is_located(site) else score - PENALTY_BARE
    return score


def _place_context(candidate: Candidate, site: Site) -> float:
    """What stands around the name itself: prepositions, dateline, sentence start."""
    words, first = site.words, site.match.first
    if site.field == "dateline":
        return BONUS_DATELINE
    if site.is_acronym and candidate.population < BIG_CITY:
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
    if _is_unmistakable(candidate):
        return change
    if candidate.is_word:
        change -= PENALTY_WORD * (0.5 if before in WEAK_LOCATIVES else 1.0)
    if candidate.is_person:
        change -= PENALTY_PERSON
    return change


def _is_unmistakable(candidate: Candidate) -> bool:
    firm_capital = candidate.method == "capital" and candidate.score >= FIRM
    return firm_capital or candidate.population >= HUGE_CITY


def _is_located(site: Site) -> bool:
    """Whether the dateline or a preposition says that a place is meant."""
    words, first = site.words, site.match.first
    if site.field == "dateline":
        return True
    return first > 0 and words.spaced(first - 1) and fold(words.words[first - 1]) in LOCATIVES
