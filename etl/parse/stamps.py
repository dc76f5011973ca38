"""Date stamps: the lines that tell when a page appeared or was changed.

What belongs here: recognising a line that is nothing but a stamp. What does not: reading
its dates (etl/dates) and lines that a stamp shares with a name (etl/parse/bylines.py).

A stamp is known by its words rather than its order, of which there are too many: it has a
date or an age, and every word is a month, weekday, zone or one like "updated" (stamp_words.csv).
"""

import re

import polars as pl

from etl.lexicon import pattern, words
from etl.lexicon.calendar import fold, name_pattern, names
from etl.tables import made_of_tables, read_table

REACH = 240

PARTS = re.compile(r"[\s,،|:;/()\[\]\-–—•·\u200e\u200f]+")
RELATIVE = re.compile(
    r"(?i)\b(?:\d+|an?|just)\s?(?:now|(?:sec|min|hour|hr|day|week|month|year)\w*)\s+ago\b"
)


def is_stamp(text: str) -> bool:
    """Whether a line holds nothing but a date or age and the words around it.

    "Published: Feb. 23, 2022 at 5:51 PM HST|Updated: 1 hour ago", "3 Monate" is none.
    """
    if len(text) > REACH or not (_absolute().search(text) or RELATIVE.search(text)):
        return False
    return all(map(_is_stamp_word, filter(None, PARTS.split(text))))


def has_date(text: str) -> bool:
    """Whether a date stands somewhere in a short line."""
    return len(text) <= REACH and _absolute().search(text) is not None


@made_of_tables
def stamp_verb() -> str:
    """A pattern for what says that a date is a stamp: "Published", "Last updated"."""
    verbs = words("stamp_words", "published", "updated") | {"date", "dated"}
    return rf"(?i:(?:first |last )?{pattern(verbs)})"


@made_of_tables
def _absolute() -> re.Pattern[str]:
    month = name_pattern("month", language="en")
    return re.compile(
        r"(?i)(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}(?!\d)"
        rf"|\b{month}\s?\d|\d\s?(?:st|nd|rd|th)?\s{month}(?!\w)"
    )


def _is_stamp_word(part: str) -> bool:
    bare = part.strip(".'’")
    if not bare or bare[0].isdigit():
        return True
    return fold(bare) in _stamp_words() or bare in _zones() or bare.upper() in _loose_zones()


@made_of_tables
def _stamp_words() -> frozenset[str]:
    """Folded; of a phrase or a name of several words each one."""
    phrases = (*words("stamp_words"), *names("month"), *names("weekday"), *names("day"))
    return frozenset(fold(part) for phrase in phrases for part in PARTS.split(phrase))


@made_of_tables
def _zones() -> frozenset[str]:
    return words("zones")


@made_of_tables
def _loose_zones() -> frozenset[str]:
    """Zones that are told without their capitals too: "ist", not "art"."""
    return frozenset(read_table("zones.csv").filter(pl.col("is_word") == "")["word"])
