"""Given names and surnames, and the parts of a full name by which its bearer may be called.

What belongs here: person_names.csv and family_first.csv. What does not: finding persons in a
text (names.persons) and telling one article's persons apart (passes).
"""

from collections.abc import Iterable

import polars as pl

from etl.extract.text.tokens import fold, fold_name
from etl.extract.text.word_lists import name_particles
from etl.lexicon import words as words_of
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


def is_family_first(name: str) -> bool:
    """Whether it is a Chinese or Korean family name."""
    return fold_name(name) in _family_first()


@made_of_tables
def _family_first() -> frozenset[str]:
    return frozenset(fold_name(name) for name in read_table("family_first.csv")["name"])


def family_names(name: str) -> list[str]:
    """The forms of a full name by which its bearer may be called alone.

    The last word, with what stands small before it ("da Rocha") and without the article of an
    Arabic one ("al-Rashidi", "Rashidi"); the last but one of a Spanish or Andean double surname
    ("Ana Quispe Mamani"); the first where the family's name comes first ("Choi Min-seo").
    """
    words = name.split(" ")
    if len(words) < 2:
        return []
    found = [words[-1], *_with_particles(words), *_around_article(words[-1])]
    double = words[-2] if len(words) > 2 else ""
    if double and _is_surname(double):
        found.append(double)
    if fold_name(words[0]) in _family_first():
        found.append(words[0])
    return found


def _with_particles(words: list[str]) -> list[str]:
    """ "da Rocha" of "Lula da Rocha", also with a capital, as a sentence opens with it."""
    first = len(words) - 1
    while first > 1 and words[first - 1].islower() and words[first - 1] in name_particles():
        first -= 1
    if first == len(words) - 1:
        return []
    whole = " ".join(words[first:])
    return [whole, whole[0].upper() + whole[1:]]


def _around_article(word: str) -> list[str]:
    """ "al-Rashidi": with the article in capitals, and without it."""
    article, hyphen, rest = word.partition("-")
    if not hyphen or article.lower() not in words_of("name_particles", "article") or not rest:
        return []
    return [f"{article.lower()}-{rest}", f"{article.capitalize()}-{rest}", rest]


def given_forms(name: str) -> list[str]:
    """The first word of a full name, and of a longer one the first two: "Abiy" of "Abiy
    Tesfaye", "Ahmad Zaki" of "Ahmad Zaki bin Osman"."""
    words = name.split(" ")
    return [] if len(words) < 2 else [words[0], *([" ".join(words[:2])] if len(words) > 2 else [])]


def name_key(part: str) -> str:
    """The letters of a part of a name, under which its spellings are one: "D'Angeli"."""
    return fold_name(part).replace(" ", "")


def all_family_names(names: Iterable[str]) -> set[str]:
    """The family names of all of some persons."""
    return {part for name in names for part in family_names(name)}


def _is_surname(word: str) -> bool:
    key = fold_name(word)
    plain = word.isalpha() and word.istitle() and len(word) > 3
    return plain and key not in given_names() and key not in name_particles()


@made_of_tables
def _person_words() -> frozenset[str]:
    return frozenset(read_table("person_names.csv")["name"]) | words_of("person_words", "surname")


def is_person_name(word: str) -> bool:
    """Whether the word is a usual given name or surname, or one of the news."""
    return fold(word) in _person_words()
