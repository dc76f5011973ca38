"""What the rules for names share: word lists, and the text they look at.

What belongs here: titles, organisation heads, and the types of the name rules. What does
not: the rules for persons (persons) and organisations (organisations).
"""

from dataclasses import dataclass
from functools import cache

import polars as pl

from etl.extract.gazetteer import Gazetteer
from etl.extract.matching import Match
from etl.extract.tokens import Words, fold
from etl.reference import read_table

NAME_PARTICLES = frozenset("al el bin ibn de da dos van von der den la le di du zu abu".split())
NOT_NAMES = frozenset(
    "the a an in on at by for from with and or but he she it they we his her their its as if when "
    "after before while january february march april may june july august september october "
    "november december monday tuesday wednesday thursday friday saturday sunday inc corp ltd co "
    "plc foreign prime home interior defence defense finance state deputy vice former chief "
    "national federal general joint today yesterday new north south east west opposition ruling "
    "rival governing".split()
)

# What the wire writes short: "Qtly div 22 cts vs 20 cts".
ABBREVIATIONS = frozenset("qtly mthly yrly div divs mln bln dlrs dlr cts shr shrs revs vs".split())


@dataclass(frozen=True, slots=True)
class NameRules:
    """Word lists of the rules, folded. ``roles`` are titles that nobody is called by."""

    honorifics: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    heads: frozenset[str]
    heads_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Name:
    """A person or organisation at words ``first`` to ``last`` (inclusive)."""

    label: str
    first: int
    last: int
    method: str
    score: float


@cache
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


@dataclass(frozen=True, slots=True)
class Scene:
    """One field as the name rules see it. ``matched`` gives the match of a word, if any.

    ``headline`` marks a field whose words are nearly all capitalised: there a capital tells
    nothing, so only names around known given names are taken.
    """

    words: Words
    matched: dict[int, Match]
    gazetteer: Gazetteer
    rules: NameRules
    headline: bool

    def key(self, index: int) -> str:
        return self.words.keys[index]

    def is_capital(self, index: int) -> bool:
        return self.words.words[index][0].isupper()

    def is_initial(self, index: int) -> bool:
        """ "J. Smith", "Mr. Smith": a dot that ends no sentence."""
        if self.words.gaps[index] not in (". ", "."):
            return False
        word = self.words.words[index]
        return (len(word) == 1 and word.isupper()) or self.key(index) in self.rules.honorifics
