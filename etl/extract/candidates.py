"""The reference tables as candidates: what each name may mean.

What belongs here: one reader per table of names, and the score a meaning starts with. What
does not: the dictionary they make (gazetteer) and the choice among them (resolve).
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from math import log10
from typing import NamedTuple

import polars as pl

from etl.extract.tokens import fold_name
from etl.reference import read_table, split_list

# How a name has to be written: any = first letters capital; upper = all capitals; dotted = with
# its dots; loose = its later words may be small ("Guinea pigs"); qualifier = only after a comma
# or bracket ("London, Ky."); never = kept in the table for the record.
MATCH_FORMS = ("any", "upper", "dotted", "loose", "qualifier", "never")
# Smaller places are kept for "Decatur, Ga." and as support, never as evidence alone.
SMALLEST_CITY = 15_000
# Below this a capital that is also a person or a word ("Stanley", "Male") needs context.
SMALL_CAPITAL = 300_000


class Candidate(NamedTuple):
    """One thing that a name may mean. ``country_code`` is empty for a continent or people."""

    name: str
    label: str
    method: str
    country_code: str
    score: float
    subdivision: str = ""
    population: int = 0
    form: str = "any"
    is_word: bool = False
    is_person: bool = False


@cache
def min_scores() -> dict[str, float]:
    """By method, the score from which a mention is evidence of its country (evidence.csv)."""
    table = read_table("evidence.csv").filter(pl.col("min_score") != "")
    return {row["method"]: float(row["min_score"]) for row in table.iter_rows(named=True)}


def read_candidates() -> Iterable[tuple[Candidate, str]]:
    """Every candidate with a name for it; the first table to give a meaning wins."""
    yield from _aliases()
    yield from _countries()
    yield from _demonyms()
    yield from _states()
    yield from _places()
    yield from _subdivisions()
    yield from _regions()
    yield from _counties()
    yield from _organisations()
    yield from _phrases()
    yield from _alliances()


# "Wash." is not the capital's entity; New York stays one, since the bare name means either.
STATE_NAMES = {"Washington": "Washington State"}
# Evidence of the United Kingdom, and entities of their own; their peoples by how a form begins.
UK_NATIONS = frozenset(("England", "Scotland", "Wales", "Northern Ireland"))
UK_PEOPLES = {
    "Engl": "English",
    "Scot": "Scottish",
    "Wel": "Welsh",
    "Northern Irish": "Northern Irish",
}
# States that share their name with a country, a capital or a queen.
DOUBTFUL_STATES = {"Georgia": 0.72, "Washington": 0.6, "Victoria": 0.6}
# "Southern Province": many countries have one, the tables know some. Only evidence of a country
# that the article names otherwise.
GENERIC = frozenset(
    "north south east west northern southern eastern western central upper lower middle coast "
    "province region state district division department county area territory capital island "
    "islands and new metropolitan highlands nord sud est ouest centre norte".split()
)
GENERIC_SCORE = 0.4
# People of a city elsewhere from which it outshines a subdivision of its name that has fewer, by
# its country's average, and by how much.
BIG_NAMESAKE = 100_000
BELOW_NAMESAKE = 0.15
# An acronym that an outlet has too counts only where its country is named otherwise.
AGENCY_DOUBT = 0.2
_LABELS = {"demonym": "NORP", "organisation": "ORG"}


def _scores() -> dict[str, float]:
    table = read_table("evidence.csv").filter(pl.col("base_score") != "")
    return {row["method"]: float(row["base_score"]) for row in table.iter_rows(named=True)}


def _aliases() -> Iterable[tuple[Candidate, str]]:
    """country_aliases.csv: other names, former names, regions; the strongest word on a name."""
    base = _scores()
    canonical = country_names()
    for row in read_table("country_aliases.csv").iter_rows(named=True):
        method, code = row["method"], row["country_code"]
        is_country = method == "country_name" and row["name"] not in UK_NATIONS
        name = canonical[code] if is_country else row["name"]
        score = float(row["score"]) if row["score"] else base.get(method, 0.9)
        form = row["match"] or "any"
        label = _LABELS.get(method, "PLACE")
        yield Candidate(name, label, method, code, score, form=form), row["name"]


def _countries() -> Iterable[tuple[Candidate, str]]:
    base = _scores()["country_name"]
    for row in read_table("countries.csv").iter_rows(named=True):
        candidate = Candidate(row["name"], "PLACE", "country_name", row["country_code"], base)
        for name in (row["name"], row["official_name"], row["name"].replace(" and ", " & ")):
            yield candidate, name


def _demonyms() -> Iterable[tuple[Candidate, str]]:
    base = _scores()["demonym"]
    names = country_names()
    table = read_table("demonyms.csv").with_columns(split_list("adjectives"), split_list("people"))
    for code, adjectives, people in table.iter_rows():
        for name in (*adjectives, *people):
            canonical = adjectives[0] if adjectives else names[code]
            if code == "GB":
                own = (nation for start, nation in UK_PEOPLES.items() if name.startswith(start))
                canonical = next(own, canonical)
            yield Candidate(canonical, "NORP", "demonym", code, base), name


def _states() -> Iterable[tuple[Candidate, str]]:
    """States of the US, Canada and Australia, and their dateline and postal abbreviations."""
    for row in read_table("states.csv").iter_rows(named=True):
        code, subdivision, name = row["country_code"], row["subdivision_code"], row["name"]
        score = DOUBTFUL_STATES.get(name, 0.9)
        shown = STATE_NAMES.get(name, name)
        yield Candidate(shown, "PLACE", "subdivision", code, score, subdivision), name
        for short in filter(None, row["abbreviations"].split(";")):
            inner = short.count(".") > 1
            yield (
                Candidate(
                    shown,
                    "PLACE",
                    "subdivision",
                    code,
                    0.9,
                    subdivision,
                    form="dotted" if inner else "qualifier",
                ),
                short,
            )
        if subdivision.isalpha() and code == "US":
            postal = Candidate(
                shown, "PLACE", "subdivision", code, 0.9, subdivision, form="qualifier"
            )
            yield postal, subdivision


def city_score(population: int) -> float:
    """0.35 for 5,000 people, 0.5 for 15,000, 0.65 for 200,000, at most 0.85 (9 million)."""
    return round(min(0.85, max(0.3, 0.5 + 0.125 * (log10(max(population, 1)) - 4.18))), 3)


def _places() -> Iterable[tuple[Candidate, str]]:
    base = _scores()["capital"]
    aliases: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, alias, name in read_table("city_aliases.csv").iter_rows():
        aliases[code, fold_name(name)].append(alias)
    forms = {(code, name): form for code, form, name in read_table("place_forms.csv").iter_rows()}
    for name, code, subdivision, people, kind, is_word, is_person in (
        read_table("places.csv.gz").sort(pl.col("population").cast(pl.Int64), descending=True)
    ).iter_rows():
        score = city_score(int(people))
        if kind == "capital":
            doubtful = int(people) < SMALL_CAPITAL and (is_person == "1" or is_word == "1")
            score = max(score, 0.7) if doubtful else base
        candidate = Candidate(
            name,
            "PLACE",
            kind,
            code,
            score,
            subdivision,
            int(people),
            is_word=is_word == "1",
            is_person=is_person == "1",
        )
        for alias in aliases.pop((code, fold_name(name)), ()):
            yield _without_flags(candidate), alias
        yield candidate, name
        if form := forms.pop((code, name), None):  # that of the largest: they come by size
            yield candidate._replace(is_word=False, is_person=False), form
    for (code, _), missing in aliases.items():
        for alias in missing:
            yield Candidate(alias, "PLACE", "city", code, 0.8), alias


def _without_flags(candidate: Candidate) -> Candidate:
    """An alias in the table is a considered choice: neither a word nor a person."""
    return Candidate(
        candidate.name,
        candidate.label,
        candidate.method,
        candidate.country_code,
        max(candidate.score, 0.7),
        candidate.subdivision,
        max(candidate.population, SMALLEST_CITY),
    )


def _subdivisions() -> Iterable[tuple[Candidate, str]]:
    """Where a big city elsewhere has the name, the subdivision of a small country is not what a
    bare name means: "Manchester" is no parish of Jamaica."""
    base = _scores()["subdivision"]
    places = read_table("places.csv.gz").with_columns(pl.col("population").cast(pl.Int64))
    table = read_table("subdivisions.csv")
    people = dict(places.group_by("country_code").agg(pl.col("population").sum()).iter_rows())
    parts = dict(table.group_by("country_code").len().iter_rows())
    cities = _big_cities(places)
    for code, subdivision, name in table.iter_rows():
        part, key = subdivision.split("-")[-1], fold_name(name)
        score = GENERIC_SCORE if GENERIC.issuperset(key.split(" ")) else base
        usual = people.get(code, 0) / parts[code]
        bigger = [size for country, size in cities[key] if country != code and size > usual]
        if bigger:
            score = min(score, city_score(max(bigger)) - BELOW_NAMESAKE)
        yield Candidate(name, "PLACE", "subdivision", code, round(score, 3), part), name


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


def _regions() -> Iterable[tuple[Candidate, str]]:
    """regions.csv: regions, islands, front-line towns and landmarks under their English names."""
    base = _scores()["subdivision"]
    for code, name in read_table("regions.csv").iter_rows():
        yield Candidate(name, "PLACE", "subdivision", code, base), name


def _counties() -> Iterable[tuple[Candidate, str]]:
    for code, subdivision, name in read_table("counties.csv").iter_rows():
        yield Candidate(name, "PLACE", "subdivision", code, 0.85, subdivision), name


def _organisations() -> Iterable[tuple[Candidate, str]]:
    for row in read_table("seats_of_power.csv").iter_rows(named=True):
        yield (
            Candidate(
                row["name"],
                row["label"],
                "seat_of_power",
                row["country_code"],
                float(row["score"] or 0.9),
                form=row["match"] or "any",
            ),
            row["name"],
        )
    agencies = _agencies()
    for row in read_table("organisations.csv").iter_rows(named=True):
        doubt = AGENCY_DOUBT if row["name"] in agencies else 0.0
        yield (
            Candidate(
                row["name"],
                "ORG",
                "organisation",
                row["country_code"],
                float(row["score"] or 0.8) - doubt,
                form=row["match"] or "any",
            ),
            row["name"],
        )


def _agencies() -> frozenset[str]:
    """Short names that outlets have too: "told PTI" is the agency, not the party."""
    table = read_table("outlets.csv").select(
        pl.concat_list(split_list("aliases"), split_list("weak_names")).alias("name")
    )
    names = table.explode("name").drop_nulls()["name"]
    return frozenset(name for name in names if name.isupper())


def _phrases() -> Iterable[tuple[Candidate, str]]:
    """Continents, seas, peoples and idioms: they hold a name but are no evidence of it."""
    for name, label, _ in read_table("phrases.csv").iter_rows():
        form = "any" if name == name.title() or label else "loose"
        yield Candidate(name, label, "organisation", "", 0.9, form=form), name


def _alliances() -> Iterable[tuple[Candidate, str]]:
    """entity_aliases.csv: organisations known by short names, evidence of no country."""
    national = frozenset(read_table("organisations.csv")["name"])
    for label, name, alias in read_table("entity_aliases.csv").iter_rows():
        if label == "ORG" and alias[:1].isupper() and alias not in national:
            form = "upper" if alias.isupper() and alias.isalpha() else "any"
            yield Candidate(name, label, "organisation", "", 0.9, form=form), alias


def country_names() -> dict[str, str]:
    return dict(read_table("countries.csv").select("country_code", "name").iter_rows())
