"""Known places: what tells "Kochi: The minister" from "Update: The minister".

What belongs here: the set of place names that the weak dateline shapes, those without day
or agency, are checked against. What does not: which place is meant (etl/extract).
"""

import re
import unicodedata

import polars as pl

from etl.tables import made_of_tables, read_table, split_list

# "Cairo" is known though it is a surname too; a town so called would not be.
LARGE_CITY = 300_000
NAME_COLUMNS = (
    ("countries.csv", "name"),
    ("country_aliases.csv", "name"),
    ("subdivisions.csv", "name"),
    ("city_aliases.csv", "alias"),
    ("states.csv", "name"),
)


def is_known_place(name: str) -> bool:
    """Whether a name, its qualifiers left off, is that of a city, region or country."""
    return _key(re.split(r"[,(\[/;]", name, maxsplit=1)[0]) in _known_places()


def is_known_region(name: str) -> bool:
    """Whether the last qualifier of a place is a region or country: "Kent, Wash."."""
    qualifiers = [part for part in re.split(r"[,(\[)\]]", name)[1:] if part.strip()]
    return bool(qualifiers) and _key(qualifiers[-1]) in _known_regions()


@made_of_tables
def _known_places() -> frozenset[str]:
    """Names that are no common words ("Reading"), nor people's but for large cities ("Cairo").

    A large capital is known though it is a word: "Muscat: ...", but not "Male: ...".
    """
    is_populous = pl.col("population").cast(pl.Int64) >= LARGE_CITY
    is_capital = pl.col("kind") == "capital"
    is_no_word = (pl.col("is_word") == "0") | (is_populous & is_capital)
    is_no_person = (pl.col("is_person") == "0") | is_populous | is_capital
    cities = read_table("places.csv.gz").filter(is_no_word & is_no_person)
    return frozenset(map(_key, cities["name"])) | _known_regions()


@made_of_tables
def _known_regions() -> frozenset[str]:
    names = {_key(name) for file, column in NAME_COLUMNS for name in read_table(file)[column]}
    states = read_table("states.csv").select(split_list("abbreviations").explode()).to_series()
    return frozenset(names | {_key(name) for name in states if name})


def _key(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(
        r"[\W_ʻ]+", " ", "".join(c for c in letters if not unicodedata.combining(c))
    ).strip()
