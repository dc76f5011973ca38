"""Words beside or in an organisation's name that tell it: organisation_cues.csv.

What belongs here: reading that table. What does not: what a cue does to a mention (passes).
"""

from dataclasses import dataclass

import polars as pl

from etl.reference import read_table
from etl.tables import made_of_tables


@dataclass(frozen=True, slots=True)
class Cues:
    """Words right before ("energy firm") and right behind ("chairman") an organisation, its
    first words ("Banque"), and acronyms that are none; ``person``: who stands right before a
    person's name ("forecaster")."""

    before: frozenset[str]
    after: frozenset[str]
    first: frozenset[str]
    never: frozenset[str]
    person: frozenset[str]


@made_of_tables
def load_cues() -> Cues:
    """organisation_cues.csv."""
    table = read_table("organisation_cues.csv")

    def words(kind: str) -> frozenset[str]:
        return frozenset(table.filter(pl.col("kind") == kind)["word"])

    return Cues(words("before"), words("after"), words("first"), words("never"), words("person"))
