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
from etl.lexicon.other_calendars import in_gregorian
from etl.tables import made_of_tables, read_table

REACH = 240
# Two authors and a section, beside a label and a date.
MOST_UNKNOWN_WORDS = 6

DIGIT = re.compile(r"\d")
PARTS = re.compile(r"[\s,،|:;/()\[\]\-–—•·：，、（）【】\u200e\u200f]+")
# "GMT+5", "UTC+5:45" whose minutes stand behind the colon.
OFFSET = re.compile(r"(?:GMT|UTC)[+\-−]\d{1,4}", re.IGNORECASE)
# Of "2024-W03-5", which ISO 8601 has for a Friday.
WEEK = re.compile(r"(?:\d{4})?W\d\d\d?", re.ASCII)
# "2024年1月19日", "2024.01.19.": what hardly anything but a stamp has on a short line.
WRITTEN_OUT = re.compile(
    r"\d{4}\s?[年년]\s?\d{1,2}\s?[月월]|(?<!\d)\d{4}[-/.]\s?\d{1,2}[-/.]\s?\d{1,2}(?!\d)"
    r"|(?<!\d)\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{4}(?!\d)"
)
RELATIVE = re.compile(
    r"(?i)\b(?:\d+|an?|just)\s?(?:now|(?:sec|min|hour|hr|day|week|month|year)\w*)\s+ago\b"
)


def is_stamp(text: str) -> bool:
    """Whether a line holds nothing but a date or age and the words around it.

    "Published: Feb. 23, 2022 at 5:51 PM HST|Updated: 1 hour ago", "3 Monate" is none.
    """
    if len(text) > REACH or not may_be_dated(text):
        return False
    line = _source().sub("", in_gregorian(text))
    if not (_has_absolute(line) or RELATIVE.search(line)):
        return False
    return all(map(_is_stamp_word, filter(None, PARTS.split(line))))


def may_be_dated(text: str) -> bool:
    """Whether a line can hold a date or an age; without a figure: "二〇二四年", "an hour ago"."""
    return DIGIT.search(text) is not None or "年" in text or "ago" in text.casefold()


def has_date(text: str) -> bool:
    """Whether a date stands somewhere in a short line."""
    return len(text) <= REACH and _has_absolute(in_gregorian(text))


def has_full_date(text: str) -> bool:
    """Whether a date with its year stands in a short line, in any language of the calendar."""
    if len(text) > REACH or not may_be_dated(text):
        return False
    line = in_gregorian(text)
    if not DIGIT.search(line):
        return False
    return WRITTEN_OUT.search(line) is not None or _dated_month().search(line) is not None


def is_labelled_stamp(text: str) -> bool:
    """Whether a line says that it is a stamp, and holds little else than its date.

    "Ref 2882015 Published 19 January 2024", "Atualizado por Vera Lins em 06/02/2024 16:22": the
    words that no table knows have capitals, as names have. "The report was published on 19 January
    2024." has small ones.
    """
    if not has_full_date(text) or not says_it_is_a_stamp(text):
        return False
    unknown = [part for part in filter(None, PARTS.split(text)) if not _is_stamp_word(part)]
    links = words("name_particles", "byline") | words("byline_words", "label")
    named = [part for part in unknown if part.casefold() not in links]
    return len(named) <= MOST_UNKNOWN_WORDS and all(part[0].isupper() for part in named)


@made_of_tables
def _source() -> re.Pattern[str]:
    """ "来源：新华网" beside the date: where the text is from."""
    return re.compile(rf"{pattern(words('stamp_words', 'source'))}\s?[:：]\s?[^\s\d:：]{{1,20}}")


def says_it_is_a_stamp(text: str) -> bool:
    """Whether a word of a line says of what its date is: "Published", "Mis à jour"."""
    return _labelled().search(text) is not None


@made_of_tables
def stamp_verb() -> str:
    """A pattern for what says that a date is a stamp: "Published", "Last updated"."""
    verbs = words("stamp_words", "published", "updated") | {"date", "dated"}
    return rf"(?i:(?:first |last )?{pattern(verbs)})"


def _has_absolute(text: str) -> bool:
    """A date has a figure; without one no month need be looked for."""
    return DIGIT.search(text) is not None and _absolute().search(text) is not None


@made_of_tables
def _absolute() -> re.Pattern[str]:
    month = name_pattern("month")
    return re.compile(
        r"(?i)(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}(?!\d)"
        rf"|\d{{4}}\s?[年년]|\b{month}\s?\d|\d\.?\s?(?:st|nd|rd|th)?\s(?:de\s)?{month}(?!\w)"
    )


@made_of_tables
def _dated_month() -> re.Pattern[str]:
    """A month with a day before or behind it, and the year near."""
    month, year = name_pattern("month"), r"(?:\d{4}(?=\d{1,2}:\d\d)|(?:\d{4}|['’]\d\d)(?!\d))"
    return re.compile(
        rf"(?i)\d\.?(?:st|nd|rd|th|er|º)?[\s\-./]{{1,2}}(?:of\s|de\s)?{month}(?!\w)[\s\-.,،/]{{0,3}}"
        rf"(?:del?\s)?{year}|\b{month}\.?\s?\d{{1,2}}(?:st|nd|rd|th)?,?\s{{1,2}}{year}"
        rf"|(?<!\d)\d{{4}}(?:\.|\sm\.)?[\s\-](?:gada\s)?(?:\d{{1,2}}\.\s)?{month}(?!\w)"
    )


@made_of_tables
def _labelled() -> re.Pattern[str]:
    """A word that says of what a date is."""
    return re.compile(rf"(?i)(?<!\w){pattern(words('stamp_words', 'published', 'updated'))}(?!\w)")


def _is_stamp_word(part: str) -> bool:
    bare = part.strip(".'’")
    if not bare or bare[0].isdigit():
        return True
    if OFFSET.fullmatch(bare) or WEEK.fullmatch(bare):
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
