"""How names are read where they are linked across articles: as extraction reads them.

What belongs here: the rules of extraction that the linking of names is given, and the heads of
state and government as it takes them. What does not: those rules (etl/extract), and the linking
(etl/link).
"""

from datetime import date

import polars as pl

from etl.extract.entity_ids import entity_id, entity_key
from etl.extract.gazetteer.office_holders import called_holders
from etl.extract.gazetteer.person_names import family_names, given_forms, is_person_name, name_key
from etl.extract.text.casing import is_plain
from etl.extract.text.tokens import fold
from etl.extract.text.word_lists import name_particles
from etl.lexicon import words
from etl.link import HOLDER_SCHEMA, NameRules
from etl.tables import made_of_tables, read_table

EPOCH = date(1970, 1, 1)


def name_rules() -> NameRules:
    """The rules of extraction."""
    return NameRules(
        family_forms=_family_forms,
        given_forms=given_forms,
        key=name_key,
        entity_key=lambda name: entity_key("PERSON", name),
        is_common=lambda name: any(is_person_name(w) or is_plain(w) for w in name.split(" ")),
        is_particle=lambda word: fold(word) in name_particles(),
    )


def _family_forms(name: str) -> list[str]:
    """The family names; "Jr." is none, nor is the "Street" of a street taken for a person."""
    parts = name.split(" ")
    while parts and parts[-1].rstrip(".") in words("person_words", "generation"):
        parts.pop()
    streets = words("street_words", "address")
    return [form for form in family_names(" ".join(parts)) if fold(form) not in streets]


@made_of_tables
def office_holders() -> pl.DataFrame:
    """Heads of state and government with the names that stand for them: ``HOLDER_SCHEMA``."""
    rows = [
        (
            *(name, entity_id("PERSON", name, None), short, holder.country_code),
            *((holder.first - EPOCH).days, (holder.last - EPOCH).days),
        )
        for name, short, holder in called_holders()
    ]
    return pl.DataFrame(rows, schema=HOLDER_SCHEMA, orient="row")


@made_of_tables
def given_name_countries() -> list[str]:
    """Countries in which people are called by their given name, sorted."""
    return sorted(read_table("given_name_countries.csv")["country_code"])
