"""What the English words of dates in running text mean, and the patterns made of them.

What belongs here: looking up numbers, units, months and weekdays (date_words.csv and the
calendar), and how shapes match them. What does not: the shapes (expressions.py). All is lower
case: shapes are matched against text in lower case.
"""

from collections.abc import Mapping
from typing import Literal, cast

import polars as pl

from etl.dates.mentions.periods import Unit
from etl.lexicon import calendar, pattern, words
from etl.tables import made_of_tables, read_table

PREFIX_CHARS = 3


def month(word: str) -> int:
    """The month of a name: "sept." is 9."""
    return calendar.numbers("month", "en")[calendar.fold(word)]


def weekday(word: str) -> int:
    """Days behind Monday."""
    return calendar.numbers("weekday", "en")[calendar.fold(word)] - 1


def number(counted: str) -> int:
    """ "a couple of" is 2, "fifteen" and "15" are 15, "a" is 1."""
    return int(counted) if counted.isdigit() else int(_values("number", "article")[counted])


def ordinal(word: str) -> int:
    return int(_values("ordinal")[word])


def unit(word: str) -> Unit:
    """The unit of the calendar that a word counts: "night" is a day."""
    return cast("Unit", _values("unit")[word])


def counted_unit(word: str) -> tuple[int, Unit]:
    """How many units of the calendar a word counts: a fortnight is two weeks."""
    return (2, "week") if word == "fortnight" else (1, unit(word))


def day_word(phrase: str) -> int:
    """Days from today: "yesterday" is -1."""
    return int(_values("day")[phrase])


def feast(name: str) -> tuple[int, int]:
    """Month and day: Christmas Eve is the 24th of December."""
    month_number, _, day = _values("feast")[name.replace("’", "'")].partition("-")
    return int(month_number), int(day)


@made_of_tables
def _values(*kinds: str) -> Mapping[str, str]:
    rows = read_table("date_words.csv").filter(pl.col("kinds").is_in(kinds))
    return dict(rows.select("word", "value").iter_rows())


@made_of_tables
def patterns() -> Mapping[str, str]:
    """What stands for the ``@NAMES`` of a shape.

    A short name may have its point: "Sept." and "Sep"; the shapes see to the ends of words.
    """
    return {
        "FULL_WEEKDAY": pattern(_english("weekday", "full")),
        "MONTH": _with_short("month"),
        "WEEKDAY": _with_short("weekday"),
        "MONTH_PREFIX": pattern({name[:PREFIX_CHARS] for name in _english("month")}),
        "WEEKDAY_PREFIX": pattern({name[:PREFIX_CHARS] for name in _english("weekday")}),
        "NUMBER": rf"(?:{pattern(words('date_words', 'number'))}|\d{{1,3}})",
        "ORDINAL": pattern(words("date_words", "ordinal")),
        "DAY_WORD": pattern(words("date_words", "day")),
        "FEAST": pattern(words("date_words", "feast")).replace("'", "['’]"),
        "BEFORE_MONTH": pattern(words("date_words", "before_month")),
        "BEFORE_YEAR": pattern(words("date_words", "before_year")),
    }


def _with_short(calendar_unit: calendar.Unit) -> str:
    full = _english(calendar_unit, "full")
    return rf"(?:{pattern(full)}|{pattern(_english(calendar_unit, 'short') - full)}\.?)"


def _english(
    calendar_unit: calendar.Unit, kind: Literal["full", "short"] | None = None
) -> frozenset[str]:
    found = calendar.names(calendar_unit, language="en", kind=kind)
    return frozenset(name.lower() for name in found)
