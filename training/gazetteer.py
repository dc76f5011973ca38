"""Places and peoples from the reference tables, as pools to draw from and as tests.

What belongs here: reading etl/reference for the training. What does not: their matching in
articles, which is etl.extract's.
"""

import csv
import gzip
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from training.words import read_words

REFERENCE = Path(__file__).resolve().parent.parent / "etl" / "reference"
# Peoples, faiths and currents that belong to no one country.
OTHER_GROUPS = frozenset(read_words("repairs")["groups"])


@dataclass(frozen=True)
class Place:
    name: str
    country_code: str
    population: int
    is_odd: bool  # also a word or a person's name: "Nice", "Jackson"


def _rows(name: str) -> Iterable[dict[str, str]]:
    path = REFERENCE / name
    raw = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
    return csv.DictReader(io.StringIO(raw.decode("utf-8")))


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """Usual name of each country by its code, regions of few people left in: they make news."""
    return {row["country_code"]: row["name"] for row in _rows("countries.csv")}


@lru_cache(maxsize=1)
def country_spellings() -> frozenset[str]:
    """Every name that stands for a country, with all-capital short forms."""
    aliases = {
        row["alias" if "alias" in row else "name"]
        for row in _rows("country_aliases.csv")
        if row["method"] == "country_name" and row["match"] != "never" and not row["score"]
    }
    return frozenset(aliases | set(country_names().values())) | {"U.S.", "United States", "Korea"}


@lru_cache(maxsize=1)
def adjectives() -> dict[str, tuple[str, ...]]:
    """Adjectives of each country by its code: "Pakistani", "Ivorian"."""
    return {r["country_code"]: _items(r["adjectives"]) for r in _rows("demonyms.csv")}


@lru_cache(maxsize=1)
def peoples() -> dict[str, tuple[str, ...]]:
    """Names of each country's people by its code, singular and plural."""
    return {r["country_code"]: _items(r["people"]) for r in _rows("demonyms.csv")}


@lru_cache(maxsize=1)
def group_names() -> frozenset[str]:
    """Everything that is a NORP by itself."""
    national = {n for table in (adjectives(), peoples()) for names in table.values() for n in names}
    return frozenset(national) | OTHER_GROUPS


@lru_cache(maxsize=1)
def cities() -> tuple[Place, ...]:
    """Places of the gazetteer, largest first."""
    found = [
        Place(
            row["name"],
            row["country_code"],
            int(row["population"] or 0),
            row["is_word"] == "1" or row["is_person"] == "1",
        )
        for row in _rows("places.csv.gz")
    ]
    return tuple(sorted(found, key=lambda p: (-p.population, p.country_code, p.name)))


@lru_cache(maxsize=1)
def subdivisions() -> tuple[tuple[str, str], ...]:
    """(country code, name) of first-level subdivisions with plain Latin names."""
    return tuple(
        (row["country_code"], row["name"])
        for row in _rows("subdivisions.csv")
        if "," not in row["name"] and "(" not in row["name"]
    )


def _items(text: str) -> tuple[str, ...]:
    return tuple(item for item in text.split(";") if item)
