"""Months, weekdays and near days, as pages of many languages write them.

What belongs here: looking up calendar.csv, which is made from Unicode's CLDR, and
calendar_variants.csv, which has the forms that it lacks. What does not: the shapes of dates
(etl/dates, etl/parse).
"""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

import polars as pl

from etl.lexicon import pattern
from etl.tables import made_of_tables, read_table, split_list

Unit = Literal["month", "weekday", "day"]
"""``day`` are words for days near today: "yesterday" is -1."""

FINAL_MARKS = ".॰"


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """What two prints of a name share: no capitals, no final point, one kind of apostrophe.

    The dot of the Turkish capital "İ", which would be a letter of its own, is left out.
    """
    folded = unicodedata.normalize("NFC", word).casefold().replace("\u0307", "")
    return folded.replace("’", "'").rstrip(FINAL_MARKS)


@made_of_tables
def names(
    unit: Unit, *, language: str | None = None, kind: Literal["full", "short"] | None = None
) -> tuple[str, ...]:
    """Names of a unit as printed, of one language and kind or of all, without doubles."""
    rows = _rows().filter(pl.col("unit") == unit)
    if language is not None:
        rows = rows.filter(pl.col("language") == language)
    if kind is not None:
        rows = rows.filter(split_list("kinds").list.contains(kind))
    return tuple(rows["word"].unique(maintain_order=True))


@made_of_tables
def name_pattern(unit: Unit, *, language: str | None = None) -> str:
    """A regular expression for the names of a unit, with their final point if they have one.

    Capitals make no difference.
    """
    return rf"(?i:{pattern(name.lower() for name in names(unit, language=language))}\.?)"


@made_of_tables
def meanings(unit: Unit) -> Mapping[str, Mapping[int, frozenset[str]]]:
    """By folded name its numbers, each with the languages in which it means that.

    Months count from 1, weekdays from Monday, which is 1 (ISO 8601). "listopad" is October in
    Croatian and November in Polish.
    """
    found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = _rows().filter(pl.col("unit") == unit)
    for language, word, number in rows.select("language", "word", "number").iter_rows():
        found[fold(word)][int(number)].add(language)
    return {
        name: {number: frozenset(languages) for number, languages in numbers.items()}
        for name, numbers in found.items()
    }


@made_of_tables
def numbers(unit: Unit, language: str) -> Mapping[str, int]:
    """The names of a unit in one language, folded, each with its number."""
    return {
        name: number
        for name, known in meanings(unit).items()
        for number, languages in known.items()
        if language in languages
    }


@made_of_tables
def languages_with_day_mark() -> frozenset[str]:
    """Languages that put a point behind the number of a day: "12. Januar"."""
    return frozenset(read_table("languages.csv").filter(pl.col("day_mark") == ".")["language"])


@made_of_tables
def languages_with_day_first() -> frozenset[str]:
    """Languages that begin a date in figures with the day: "19/01/2024"."""
    return frozenset(read_table("languages.csv").filter(pl.col("figures") == "day")["language"])


def _rows() -> pl.DataFrame:
    columns = ("language", "unit", "number", "word", "kinds")
    tables = ("calendar.csv", "calendar_variants.csv")
    return pl.concat([read_table(table).select(columns) for table in tables])
