"""The lexicon: words of languages that stages look up, as tables that people may edit.

What belongs here: how stages get at the words of the tables in this folder, as sets and as
patterns. What does not: reading tables (etl/tables.py), facts of the world (etl/reference), and
what is done with the words (the stages). Where each table comes from stands in README.md.

A table of words has the column ``word``, which may hold several words, and as far as it needs
them ``language`` and ``kinds``, a ``;`` list of what the word serves for.
"""

import re
from collections.abc import Iterable, Mapping

import polars as pl

from etl.tables import made_of_tables, read_table, split_list

__all__ = ["fill", "pattern", "words"]

_NAME = re.compile(r"@([A-Z_]+)")


@made_of_tables
def words(table: str, *kinds: str) -> frozenset[str]:
    """The words of a table, or those that serve for one of some kinds, as the table has them."""
    rows = read_table(f"{table}.csv")
    if kinds:
        rows = rows.filter(split_list("kinds").list.eval(pl.element().is_in(kinds)).list.any())
    return frozenset(rows["word"])


def pattern(some: Iterable[str]) -> str:
    """A regular expression for any of some words as written, the longest first."""
    ordered = sorted(set(some), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, ordered))})"


def fill(template: str, parts: Mapping[str, str]) -> str:
    """A regular expression with its ``@NAMES`` replaced: ``@MONTH`` by what ``parts`` has so named.

    So shapes stand in the code as they are, and are made complete when the tables are read.
    """
    return _NAME.sub(lambda found: parts[found[1]], template)
