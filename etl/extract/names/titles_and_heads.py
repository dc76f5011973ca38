"""Titles of persons and head words of organisations.

What belongs here: reading titles.csv and organisation_heads.csv as folded words. What does not:
what the rules make of them (persons, organisations).
"""

from dataclasses import dataclass

import polars as pl

from etl.extract.text.tokens import fold
from etl.tables import made_of_tables, read_table


@dataclass(frozen=True, slots=True)
class NameRules:
    """Word lists of the rules, folded. ``roles`` are titles that nobody is called by."""

    honorifics: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    heads: frozenset[str]
    heads_of: frozenset[str]


@made_of_tables
def load_rules() -> NameRules:
    """Read titles.csv and organisation_heads.csv."""
    titles = read_table("titles.csv")
    heads = read_table("organisation_heads.csv")
    honorific = titles.filter(pl.col("kind") == "honorific")["title"]
    office = titles.filter(pl.col("kind") == "office")["title"]
    persons = frozenset(read_table("person_names.csv")["name"])
    return NameRules(
        honorifics=frozenset(fold(t) for t in honorific),
        titles=frozenset(fold(t.split(" ")[-1]) for t in titles["title"]),
        roles=frozenset(fold(t.split(" ")[-1]) for t in office) - persons,
        heads=frozenset(fold(h.split(" ")[-1]) for h in heads["head"]),
        heads_of=frozenset(fold(h) for h in heads.filter(pl.col("of") == "1")["head"]),
    )
