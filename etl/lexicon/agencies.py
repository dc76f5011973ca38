"""The names by which pages credit news agencies, from the registry of sources.

What belongs here: which names there are, and how far each means the agency. What does not: the
registry itself (sources.csv, read as a whole by etl/sources) and where on a page a name counts.

Most agencies go by initials or by one word, and many of these mean something else too: the
registry calls them weak ("MAP", "Andina"). Only their names are read here, so an outlet that is
added to the registry changes nothing.
"""

import hashlib
from dataclasses import dataclass

import polars as pl

from etl.lexicon import words
from etl.tables import made_of_tables, read_table, split_list

LEAST_INITIALS = 3


@dataclass(frozen=True)
class AgencyNames:
    """Names as printed, in capitals too.

    ``sure`` ones mean the agency wherever one is to be expected; ``marked`` ones are all, which
    count within marks: "(Andina)", "/Petra/", "-- Beta". Between the two are the others of three
    capitals and more: ``capitals`` count behind the place of a dateline ("RABAT, MAP"), and the
    ``initials`` among them, which mean nothing else that a page shows, also on their own line.
    """

    sure: frozenset[str]
    initials: frozenset[str]
    capitals: frozenset[str]
    marked: frozenset[str]


@made_of_tables
def agency_names() -> AgencyNames:
    """The names of all agencies of the registry."""
    names, weak = _printed("names"), _printed("weak_names")
    others = _other_meanings()
    spelled = {name for name in names if name.casefold() in others}
    doubtful = _with_capitals(weak | {name for name in spelled if not name.isupper()})
    every = _with_capitals(names)
    capitals = {n for n in doubtful if n.isupper() and len(n) >= LEAST_INITIALS}
    return AgencyNames(
        sure=frozenset(every - doubtful),
        initials=frozenset(n for n in capitals if n.casefold() not in others),
        capitals=frozenset(capitals),
        marked=frozenset(every),
    )


def _printed(column: str) -> set[str]:
    """ "APA (Azerbaijan)" is no name that anybody prints."""
    return {name for name in _agencies()[column].explode() if name and "(" not in name}


def _with_capitals(names: set[str]) -> set[str]:
    return names | {name.upper() for name in names}


def _other_meanings() -> frozenset[str]:
    """Folded: "Trend" is a word, "Shehab" somebody's name, "RSS" a button of a page."""
    plain, persons = read_table("plain_words.csv")["word"], read_table("person_names.csv")["name"]
    return words("share_words").union(plain, persons)


@made_of_tables
def agencies_version() -> str:
    """Fingerprint (16 hex characters) of the names: the part of the registry that is read here."""
    rows = sorted(map(repr, _agencies().iter_rows()))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def _agencies() -> pl.DataFrame:
    """names, weak_names of each agency."""
    return (
        read_table("sources.csv")
        .filter(pl.col("kind") == "agency")
        .with_columns(split_list("aliases"), split_list("weak_names"))
        .select(pl.concat_list("name", "aliases").alias("names"), "weak_names")
    )
