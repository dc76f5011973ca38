"""Persons known without the article, by their full names: office_holders.csv, known_persons.csv.

What belongs here: their names in a dictionary. What does not: whom a bare name means (etl/link),
what an office says of a country (office_holders), and what a known name does to the mentions of an
article (passes).
"""

from collections.abc import Iterator

from etl.extract.gazetteer.candidates import Candidate
from etl.extract.gazetteer.dictionary import KnownNames, known_names
from etl.extract.text.tokens import fold_name
from etl.tables import LIST_SEPARATOR, made_of_tables, read_table

SCORE = 0.9


@made_of_tables
def load_known_persons() -> KnownNames:
    """Full names of two words or more."""
    found: dict[str, tuple[Candidate, ...]] = {}
    for name in _names():
        form = "loose" if _has_small_syllable(name) else "any"
        found[fold_name(name)] = (Candidate(name, "PERSON", "title_rule", "", SCORE, form=form),)
    return known_names(found)


def is_known_person(name: str) -> bool:
    """Whether it is the full name of one of them."""
    return " " in name and fold_name(name) in load_known_persons().candidates


def _has_small_syllable(name: str) -> bool:
    """ "Han Duck-soo"."""
    return any(part.islower() for word in name.split(" ") for part in word.split("-")[1:])


def _names() -> Iterator[str]:
    for table, column in (("office_holders.csv", "other_names"), ("known_persons.csv", "aliases")):
        for name, others in read_table(table).select("name", column).iter_rows():
            for each in (name, *others.split(LIST_SEPARATOR)):
                if " " in each:
                    yield each
