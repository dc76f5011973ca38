"""Candidates of cities, provinces, regions, counties and airports: what places.csv.gz,
city_aliases.csv, place_forms.csv, subdivisions.csv, regions.csv, counties.csv and airports.csv
make of a name.

What belongs here: one reader per table. What does not: countries and states (country_tables).
"""

from collections import defaultdict
from collections.abc import Iterable

import polars as pl

from etl.extract.gazetteer.candidates import (
    SMALLEST_CITY,
    Candidate,
    base_scores,
    city_score,
    division_ids,
)
from etl.extract.text.tokens import fold_name
from etl.lexicon import words
from etl.reference.places import POSITION
from etl.tables import read_table

# Below this a capital that is also a person or a word ("Stanley", "Male") needs context.
SMALL_CAPITAL = 300_000
# "Southern Province": many countries have one, the tables know some. Only evidence of a country
# that the article names otherwise.
GENERIC_SCORE = 0.4
AIRPORT_SCORE = 0.9
# People of a city elsewhere from which it outshines a subdivision of its name that has fewer, by
# its country's average, and by how much.
BIG_NAMESAKE = 100_000
BELOW_NAMESAKE = 0.15


def read_places() -> Iterable[tuple[Candidate, str]]:
    """places.csv.gz by size, each city with its aliases and its other form; then the aliases of
    cities that are too small for it."""
    aliases: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, alias, name in read_table("city_aliases.csv").iter_rows():
        aliases[code, fold_name(name)].append(alias)
    forms = {(code, name): form for code, form, name in read_table("place_forms.csv").iter_rows()}
    for candidate in _cities():
        name, code = candidate.name, candidate.country_code
        for alias in aliases.pop((code, fold_name(name)), ()):
            yield _without_flags(candidate), alias
        yield candidate, name
        if form := forms.pop((code, name), None):  # that of the largest: they come by size
            yield candidate._replace(is_word=False, is_person=False), form
    for (code, _), missing in aliases.items():
        for alias in missing:
            yield Candidate(alias, "PLACE", "city", code, 0.8), alias


def _cities() -> Iterable[Candidate]:
    base = base_scores()["capital"]
    table = read_table("places.csv.gz").with_columns(pl.col("population").cast(pl.Int64))
    by_size = table.drop(POSITION).sort("population", descending=True)
    for name, code, subdivision, people, kind, word, person, place_id in by_size.iter_rows():
        is_word, is_person = word == "1", person == "1"
        score = city_score(people)
        if kind == "capital":
            doubtful = people < SMALL_CAPITAL and (is_person or is_word)
            score = max(score, 0.7) if doubtful else base
        yield Candidate(
            name, "PLACE", kind, code, score, subdivision, people,
            is_word=is_word, is_person=is_person, place_id=place_id,
        )  # fmt: skip


def _without_flags(candidate: Candidate) -> Candidate:
    """An alias in the table is a considered choice: neither a word nor a person."""
    return candidate._replace(
        score=max(candidate.score, 0.7),
        population=max(candidate.population, SMALLEST_CITY),
        is_word=False,
        is_person=False,
    )


def read_subdivisions() -> Iterable[tuple[Candidate, str]]:
    """subdivisions.csv: provinces and the like.

    Where a big city elsewhere has the name, the subdivision of a small country is not what a
    bare name means: "Manchester" is no parish of Jamaica.
    """
    base = base_scores()["subdivision"]
    places = read_table("places.csv.gz").with_columns(pl.col("population").cast(pl.Int64))
    table = read_table("subdivisions.csv")
    people = dict(places.group_by("country_code").agg(pl.col("population").sum()).iter_rows())
    parts = dict(table.group_by("country_code").len().iter_rows())
    cities, generic = _big_cities(places), words("place_words", "subdivision")
    for code, subdivision, name in table.iter_rows():
        part, key = subdivision.split("-")[-1], fold_name(name)
        score = GENERIC_SCORE if generic.issuperset(key.split(" ")) else base
        usual = people.get(code, 0) / parts[code]
        bigger = [size for country, size in cities[key] if country != code and size > usual]
        if bigger:
            score = min(score, city_score(max(bigger)) - BELOW_NAMESAKE)
        yield (
            Candidate(
                name, "PLACE", "subdivision", code, round(score, 3), part, place_id=subdivision
            ),
            name,
        )


def _big_cities(places: pl.DataFrame) -> dict[str, list[tuple[str, int]]]:
    """(country, people) of the cities of each folded name or alias."""
    big = places.filter(pl.col("population") >= BIG_NAMESAKE)
    known = big.select("country_code", "name", alias="name")
    others = read_table("city_aliases.csv").select("country_code", "name", "alias")
    named = pl.concat([known, others]).join(big, on=["country_code", "name"])
    cities: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for country, alias, size in named.select("country_code", "alias", "population").iter_rows():
        cities[fold_name(alias)].append((country, size))
    return cities


def read_regions() -> Iterable[tuple[Candidate, str]]:
    """regions.csv: regions, islands, front-line towns and landmarks under their English names.

    What a name ends in may be small ("Niger state", which is no part of Niger).
    """
    base, divisions = base_scores()["subdivision"], words("place_words", "division")
    for code, name in read_table("regions.csv").iter_rows():
        form = "loose" if _ends_small(name, divisions) else "any"
        place_id = division_ids().get((code, fold_name(name)), "")
        yield (
            Candidate(name, "PLACE", "subdivision", code, base, form=form, place_id=place_id),
            name,
        )


def _ends_small(name: str, divisions: frozenset[str]) -> bool:
    """ "Niger State" is written "Niger state" too; "Pakistan-administered Kashmir"."""
    joined = name.split("-")[-1].split(" ")[0]
    return fold_name(name).split(" ")[-1] in divisions or joined in words(
        "hyphenated_words", "behind"
    )


def read_counties() -> Iterable[tuple[Candidate, str]]:
    """counties.csv: counties of the United States."""
    for code, subdivision, name in read_table("counties.csv").iter_rows():
        yield Candidate(name, "PLACE", "subdivision", code, 0.85, subdivision), name


def read_airports() -> Iterable[tuple[Candidate, str]]:
    """airports.csv: "Jomo Kenyatta International Airport", "Indira Gandhi airport"; "Heathrow"."""
    for stem, code, alone in read_table("airports.csv").iter_rows():
        bare = stem.removesuffix(" International")
        names = [f"{bare} International Airport", f"{bare} Airport"]
        if " " in bare:
            names.append(f"{bare} International")
        for name in names:
            yield (
                Candidate(names[0], "PLACE", "subdivision", code, AIRPORT_SCORE, form="loose"),
                name,
            )
        if alone or bare != stem:
            yield Candidate(names[0], "PLACE", "subdivision", code, AIRPORT_SCORE), stem
