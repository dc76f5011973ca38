"""Words beside or in an organisation's name that tell it: organisation_cues.csv.

What belongs here: reading that table. What does not: what a cue does to a mention (passes).
"""

from dataclasses import dataclass

import polars as pl

from etl.extract.text.tokens import WORD, fold
from etl.lexicon import words as words_of
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
    ``thing``: heads of names that are no organisation's ("Convention on Wetlands").
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
    thing: frozenset[str]


def is_thing(name: str) -> bool:
    """Whether the head of a name is no organisation's: "Convention on Wetlands", "Village Plan"."""
    words = [fold(word) for word in WORD.findall(name)]
    small = words_of("name_particles", "behind_head")
    behind = next((n for n, word in enumerate(words) if n and word in small), len(words))
    return bool(words) and words[behind - 1] in load_cues().thing


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
        thing=words("thing"),
    )
