"""Candidates of countries, of their peoples and of states: what country_aliases.csv, countries.csv,
demonyms.csv, peoples.csv, country_prefixes.csv and states.csv make of a name.

What belongs here: one reader per table. What does not: cities and provinces (place_tables).
"""

from collections import defaultdict
from collections.abc import Iterable

from etl.extract.gazetteer.candidates import Candidate, base_scores, division_ids
from etl.extract.text.tokens import fold_name
from etl.tables import made_of_tables, read_table, split_list

STATE_SCORE = 0.9
# "Congolese" of the smaller Congo, "Guinean" of Malabo: what the article names settles it.
SHARED_SCORE = 0.8
_LABELS = {"demonym": "NORP", "organisation": "ORG"}


def read_country_aliases() -> Iterable[tuple[Candidate, str]]:
    """country_aliases.csv: other names, former names, regions; the strongest word on a name."""
    base, canonical = base_scores(), country_names()
    constituents = frozenset(read_table("constituent_countries.csv")["name"])
    for row in read_table("country_aliases.csv").iter_rows(named=True):
        method, code = row["method"], row["country_code"]
        is_country = method == "country_name" and row["name"] not in constituents
        name = canonical[code] if is_country else row["name"]
        score = float(row["score"]) if row["score"] else base.get(method, 0.9)
        form = row["match"] or "any"
        label = _LABELS.get(method, "PLACE")
        place_id = code if is_country else division_ids().get((code, fold_name(name)), "")
        yield (
            Candidate(name, label, method, code, score, form=form, place_id=place_id),
            row["name"],
        )


def read_countries() -> Iterable[tuple[Candidate, str]]:
    """countries.csv: usual and official names."""
    base = base_scores()["country_name"]
    for row in read_table("countries.csv").iter_rows(named=True):
        name, code = row["name"], row["country_code"]
        candidate = Candidate(name, "PLACE", "country_name", code, base, place_id=code)
        for form in (name, row["official_name"], name.replace(" and ", " & ")):
            yield candidate, form


def read_demonyms() -> Iterable[tuple[Candidate, str]]:
    """demonyms.csv: adjectives and names of peoples, also those that usually mean another one."""
    base, names = base_scores()["demonym"], country_names()
    peoples = _constituent_peoples()
    lists = (split_list(column) for column in ("adjectives", "people", "shared"))
    for code, adjectives, people, shared in read_table("demonyms.csv").with_columns(lists).rows():
        usual = adjectives[0] if adjectives else names[code]
        for name in (*adjectives, *people):
            own = (people for start, people in peoples.get(code, ()) if name.startswith(start))
            yield Candidate(next(own, usual), "NORP", "demonym", code, base), name
        for name in shared:
            yield Candidate(usual, "NORP", "demonym", code, SHARED_SCORE), name


def read_peoples() -> Iterable[tuple[Candidate, str]]:
    """peoples.csv: peoples within a country, groups of their own: "Tibetans", "Basque"."""
    base = base_scores()["demonym"]
    table = read_table("peoples.csv").with_columns(split_list("forms"))
    for code, people, forms in table.iter_rows():
        for form in forms:
            yield Candidate(people, "NORP", "demonym", code, base), form


def read_prefixes() -> Iterable[tuple[Candidate, str]]:
    """country_prefixes.csv: "Sino-" and "Franco-" before another country or people."""
    base, usual = base_scores()["demonym"], adjectives()
    for prefix, code in read_table("country_prefixes.csv").iter_rows():
        yield Candidate(usual[code], "NORP", "demonym", code, base, form="prefix"), prefix


@made_of_tables
def adjectives() -> dict[str, str]:
    """The usual English adjective by country code, where there is one."""
    table = read_table("demonyms.csv").with_columns(split_list("adjectives"))
    return {code: forms[0] for code, forms, *_ in table.iter_rows() if forms}


def _constituent_peoples() -> dict[str, list[tuple[str, str]]]:
    """By country how a form begins that means a people of its own, and the name of that people.

    England, Scotland, Wales, Northern Ireland and their peoples are evidence of the United
    Kingdom, and entities of their own.
    """
    peoples: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in read_table("constituent_countries.csv").iter_rows(named=True):
        peoples[row["country_code"]].append((row["demonym_start"], row["people"]))
    return peoples


def read_states() -> Iterable[tuple[Candidate, str]]:
    """States of the US, Canada and Australia, and their dateline and postal abbreviations.

    States that share their name with a country, a capital or a queen score less, and may be
    called otherwise as entities: "Wash." is Washington State, not the capital.
    """
    for row in read_table("states.csv").iter_rows(named=True):
        code, subdivision, name = row["country_code"], row["subdivision_code"], row["name"]
        shown, score = row["entity_name"] or name, float(row["score"] or STATE_SCORE)
        place_id = f"{code}-{subdivision}" if subdivision else ""
        state = Candidate(
            shown, "PLACE", "subdivision", code, score, subdivision, place_id=place_id
        )
        yield state, name
        for short in filter(None, row["abbreviations"].split(";")):
            form = "dotted" if short.count(".") > 1 else "qualifier"
            yield state._replace(score=STATE_SCORE, form=form), short
        if subdivision.isalpha() and code == "US":
            yield state._replace(score=STATE_SCORE, form="qualifier"), subdivision


@made_of_tables
def country_names() -> dict[str, str]:
    """The usual English name by country code."""
    return dict(read_table("countries.csv").select("country_code", "name").iter_rows())
