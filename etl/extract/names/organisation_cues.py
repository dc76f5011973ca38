"""Words beside or in an organisation's name that tell it: organisation_cues.csv.

What belongs here: reading that table. What does not: what a cue does to a mention (passes).
"""

from dataclasses import dataclass

import polars as pl

from etl.tables import made_of_tables, read_table


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that tell an organisation, as organisation_cues.csv has them.

    Beside its name: right ``before`` ("energy firm") and right ``after`` ("chairman"); what only
    an organisation has behind ``its``. In its name: ``first`` words ("Banque"), ``trades`` at the
    end of a company's, ``titles`` that begin one too ("General Motors"). No part of it:
    ``descriptions`` before it ("Opposition"), and what goes ``before_title``s behind it ("Attorney
    General"). ``institutions`` and other ``bare`` heads stand alone. ``never``: acronyms that are
    none. ``person``: who stands right before a person's name ("forecaster"). ``owner``: whose
    genitive stands within a name ("Magistrate's Court"). ``field``: what ministries are for.
    """

    before: frozenset[str]
    after: frozenset[str]
    its: frozenset[str]
    first: frozenset[str]
    trades: frozenset[str]
    titles: frozenset[str]
    descriptions: frozenset[str]
    before_title: frozenset[str]
    institutions: frozenset[str]
    bare: frozenset[str]
    never: frozenset[str]
    person: frozenset[str]
    owner: frozenset[str]
    field: frozenset[str]


@made_of_tables
def load_cues() -> Cues:
    """organisation_cues.csv."""
    table = read_table("organisation_cues.csv")

    def words(kind: str) -> frozenset[str]:
        return frozenset(table.filter(pl.col("kind") == kind)["word"])

    return Cues(
        before=words("before"),
        after=words("after"),
        its=words("its"),
        first=words("first"),
        trades=words("trade"),
        titles=words("title"),
        descriptions=words("description"),
        before_title=words("before_title"),
        institutions=words("institution"),
        bare=words("bare"),
        never=words("never"),
        person=words("person"),
        owner=words("owner"),
        field=words("field"),
    )
