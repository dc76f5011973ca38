"""What a name may mean, and the score such a meaning starts with.

What belongs here: the candidate, its written forms and its first score. What does not: the
tables it comes from (country_tables, place_tables, organisation_tables) and the choice among
candidates (places).
"""

from math import log10
from typing import NamedTuple

import polars as pl

from etl.extract.text.tokens import fold_name
from etl.reference.places import divisions_by_id
from etl.tables import made_of_tables, read_table

# How a name has to be written: any = first letters capital; upper = all capitals; dotted = with
# its dots; loose = its later words may be small ("Guinea pigs"); qualifier = only after a comma
# or bracket ("London, Ky."); prefix = before a hyphen ("Sino-US"); adjective = before a small word
# ("Western powers"); acting = before a verb of speaking ("No 10 said"); never = kept in the table
# for the record.
MATCH_FORMS = (
    "any",
    "upper",
    "dotted",
    "loose",
    "qualifier",
    "prefix",
    "adjective",
    "acting",
    "never",
)
# Smaller places are kept for "Decatur, Ga." and as support, never as evidence alone.
SMALLEST_CITY = 15_000


class Candidate(NamedTuple):
    """One thing that a name may mean. ``country_code`` is empty for a continent or people.

    ``place_id`` is its row in ``places``, '' where it has none.
    """

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
    place_id: str = ""


@made_of_tables
def min_scores() -> dict[str, float]:
    """By method, the score from which a mention is evidence of its country (evidence.csv)."""
    table = read_table("evidence.csv").filter(pl.col("min_score") != "")
    return {row["method"]: float(row["min_score"]) for row in table.iter_rows(named=True)}


@made_of_tables
def base_scores() -> dict[str, float]:
    """By method, the score that a name starts with (evidence.csv)."""
    table = read_table("evidence.csv").filter(pl.col("base_score") != "")
    return {row["method"]: float(row["base_score"]) for row in table.iter_rows(named=True)}


@made_of_tables
def division_ids() -> dict[tuple[str, str], str]:
    """By country code and folded name, the first-level division in ``places``."""
    rows = divisions_by_id().select("country_code", "name", "place_id")
    return {(code, fold_name(name)): place_id for code, name, place_id in rows.iter_rows()}


def city_score(population: int) -> float:
    """0.35 for 5,000 people, 0.5 for 15,000, 0.65 for 200,000, at most 0.85 (9 million)."""
    return round(min(0.85, max(0.3, 0.5 + 0.125 * (log10(max(population, 1)) - 4.18))), 3)
