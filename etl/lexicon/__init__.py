"""The lexicon: words of languages that stages look up, as tables that people may edit.

What belongs here: how stages get at the words of the tables in this folder, as sets and as
patterns. What does not: reading tables (etl/tables.py), facts of the world (etl/reference), and
what is done with the words (the stages). Where each table comes from stands in README.md.

A table of words has the column ``word``, which may hold several words, and as far as it needs
them ``language`` and ``kinds``, a ``;`` list of what the word serves for.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, takewhile
from operator import itemgetter

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
    """A regular expression for any of some words as written, the longest first.

    What words begin with alike is written once: of a thousand names only those are tried that
    begin as the text does. No words match nothing.
    """
    ordered = sorted(set(some))
    return f"(?:{_alternatives(ordered)})" if ordered else "(?!)"


def _alternatives(ordered: Sequence[str]) -> str:
    """Sorted, distinct words; one that others begin with comes first, and is tried last."""
    if len(ordered) == 1:
        return re.escape(ordered[0])
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(ordered[0], ordered[-1], strict=False))
    shared = "".join(letter for letter, _ in pairs)
    ends = [word[len(shared) :] for word in ordered]
    groups = (list(group) for _, group in groupby(filter(None, ends), key=itemgetter(0)))
    inner = "|".join(map(_alternatives, groups))
    return f"{re.escape(shared)}(?:{inner}){'' if ends[0] else '?'}"


def fill(template: str, parts: Mapping[str, str]) -> str:
    """A regular expression with its ``@NAMES`` replaced: ``@MONTH`` by what ``parts`` has so named.

    So shapes stand in the code as they are, and are made complete when the tables are read.
    """
    return _NAME.sub(lambda found: parts[found[1]], template)
