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

    Beside its name: right ``before`` ("energy firm", which with one of ``ending`` or a mark behind
    it describes the name before it, too) and right ``after`` ("chairman"); who or what
    is ``of`` it ("founders of Velatec"), or ``owned`` by it ("Velatec's users"), and what only an
    organisation has behind ``its``. In its name: ``first`` words ("Banque"), ``trades`` at the
    end of a company's, ``titles`` that begin one too ("General Motors"). No part of it:
    ``descriptions`` before it ("Opposition"), and what goes ``before_title``s behind it ("Attorney
    General"). ``institutions`` and other ``bare`` heads stand alone. ``never``: acronyms that are
    none. ``person``: who stands right before a person's name ("forecaster"). ``owner``: whose
    genitive stands within a name ("Magistrate's Court"). ``field``: what ministries are for.
    ``thing``: heads of names that are no organisation's ("Convention on Wetlands").
    """

    before: frozenset[str]
    after: frozenset[str]
    ending: frozenset[str]
    of: frozenset[str]
    owned: frozenset[str]
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

    def of_kind(kind: str) -> frozenset[str]:
        return frozenset(table.filter(pl.col("kind") == kind)["word"])

    return Cues(
        before=of_kind("before"),
        after=of_kind("after"),
        ending=of_kind("ending"),
        of=of_kind("of"),
        owned=of_kind("owned"),
        its=of_kind("its"),
        first=of_kind("first"),
        trades=of_kind("trade"),
        titles=of_kind("title"),
        descriptions=of_kind("description"),
        before_title=of_kind("before_title"),
        institutions=of_kind("institution"),
        bare=of_kind("bare"),
        never=of_kind("never"),
        person=of_kind("person"),
        owner=of_kind("owner"),
        field=of_kind("field"),
        thing=of_kind("thing"),
    )
