"""Candidates of countries, of their peoples and of states: what country_aliases.csv, countries.csv,
demonyms.csv and states.csv make of a name.

What belongs here: one reader per table. What does not: cities and provinces (place_tables).
"""

from collections.abc import Iterable

from etl.extract.gazetteer.candidates import Candidate, base_scores
from etl.reference import read_table, split_list

# Evidence of the United Kingdom, and entities of their own; their peoples by how a form begins.
UK_NATIONS = frozenset(("England", "Scotland", "Wales", "Northern Ireland"))
UK_PEOPLES = {
    "Engl": "English",
    "Scot": "Scottish",
    "Wel": "Welsh",
    "Northern Irish": "Northern Irish",
}
# "Wash." is not the capital's entity; New York stays one, since the bare name means either.
STATE_NAMES = {"Washington": "Washington State"}
# States that share their name with a country, a capital or a queen.
DOUBTFUL_STATES = {"Georgia": 0.72, "Washington": 0.6, "Victoria": 0.6}
_LABELS = {"demonym": "NORP", "organisation": "ORG"}


def read_country_aliases() -> Iterable[tuple[Candidate, str]]:
    """country_aliases.csv: other names, former names, regions; the strongest word on a name."""
    base = base_scores()
    canonical = country_names()
    for row in read_table("country_aliases.csv").iter_rows(named=True):
        method, code = row["method"], row["country_code"]
        is_country = method == "country_name" and row["name"] not in UK_NATIONS
        name = canonical[code] if is_country else row["name"]
        score = float(row["score"]) if row["score"] else base.get(method, 0.9)
        form = row["match"] or "any"
        label = _LABELS.get(method, "PLACE")
        yield Candidate(name, label, method, code, score, form=form), row["name"]


def read_countries() -> Iterable[tuple[Candidate, str]]:
    """countries.csv: usual and official names."""
    base = base_scores()["country_name"]
    for row in read_table("countries.csv").iter_rows(named=True):
        candidate = Candidate(row["name"], "PLACE", "country_name", row["country_code"], base)
        for name in (row["name"], row["official_name"], row["name"].replace(" and ", " & ")):
            yield candidate, name


def read_demonyms() -> Iterable[tuple[Candidate, str]]:
    """demonyms.csv: adjectives and names of peoples."""
    base = base_scores()["demonym"]
    names = country_names()
    table = read_table("demonyms.csv").with_columns(split_list("adjectives"), split_list("people"))
    for code, adjectives, people in table.iter_rows():
        for name in (*adjectives, *people):
            canonical = adjectives[0] if adjectives else names[code]
            if code == "GB":
                own = (nation for start, nation in UK_PEOPLES.items() if name.startswith(start))
                canonical = next(own, canonical)
            yield Candidate(canonical, "NORP", "demonym", code, base), name


def read_states() -> Iterable[tuple[Candidate, str]]:
    """States of the US, Canada and Australia, and their dateline and postal abbreviations."""
    for row in read_table("states.csv").iter_rows(named=True):
        code, subdivision, name = row["country_code"], row["subdivision_code"], row["name"]
        score = DOUBTFUL_STATES.get(name, 0.9)
        shown = STATE_NAMES.get(name, name)
        state = Candidate(shown, "PLACE", "subdivision", code, score, subdivision)
        yield state, name
        for short in filter(None, row["abbreviations"].split(";")):
            form = "dotted" if short.count(".") > 1 else "qualifier"
            yield state._replace(score=0.9, form=form), short
        if subdivision.isalpha() and code == "US":
            yield state._replace(score=0.9, form="qualifier"), subdivision


def country_names() -> dict[str, str]:
    """The usual English name by country code."""
    return dict(read_table("countries.csv").select("country_code", "name").iter_rows())
