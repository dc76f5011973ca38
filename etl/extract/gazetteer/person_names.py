"""Given names and surnames, and the parts of a full name by which its bearer may be called.

What belongs here: person_names.csv and family_first.csv. What does not: finding persons in a
text (names.persons) and telling one article's persons apart (passes).
"""

from collections.abc import Iterable

import polars as pl

from etl.extract.text.tokens import fold, fold_name
from etl.extract.text.word_lists import name_particles
from etl.lexicon import words
from etl.tables import made_of_tables, read_table


@made_of_tables
def given_names() -> frozenset[str]:
    """Folded given names."""
    table = read_table("person_names.csv").filter(pl.col("kind") == "given")
    return frozenset(table["name"])


@made_of_tables
def surnames() -> frozenset[str]:
    """Folded surnames."""
    table = read_table("person_names.csv").filter(pl.col("kind") == "surname")
    return frozenset(table["name"])


@made_of_tables
def _family_first() -> frozenset[str]:
    return frozenset(fold_name(name) for name in read_table("family_first.csv")["name"])


def family_names(name: str) -> list[str]:
    """The words of a full name by which its bearer may be called alone.

    The last one; the last but one of a Spanish or Andean double surname ("Ana Quispe
    Mamani"); the first where the family's name comes first ("Choi Min-seo").
    """
    words = name.split(" ")
    if len(words) < 2:
        return []
    found = [words[-1]]
    double = words[-2] if len(words) > 2 else ""
    if double and _is_surname(double):
        found.append(double)
    if fold_name(words[0]) in _family_first():
        found.append(words[0])
    return found


def all_family_names(names: Iterable[str]) -> set[str]:
    """The family names of all of some persons."""
    return {part for name in names for part in family_names(name)}


def _is_surname(word: str) -> bool:
    key = fold_name(word)
    plain = word.isalpha() and word.istitle() and len(word) > 3
    return plain and key not in given_names() and key not in name_particles()


@made_of_tables
def _person_words() -> frozenset[str]:
    return frozenset(read_table("person_names.csv")["name"]) | words("person_words", "surname")


def is_person_name(word: str) -> bool:
    """Whether the word is a usual given name or surname, or one of the news."""
    return fold(word) in _person_words()
