"""Heads of state and government with their days in office, and how offices are written.

What belongs here: office_holders.csv and offices.csv. What does not: finding office and name in a
text (names.offices), and which country that is evidence of (passes.office_holders).
"""

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from etl.errors import ReferenceDataError
from etl.extract.text.tokens import fold_name
from etl.tables import LIST_SEPARATOR, made_of_tables, read_table


@dataclass(frozen=True, slots=True)
class Holder:
    """One person in one office; ``first`` and ``last`` are days in office."""

    country_code: str
    office: str
    first: dt.date
    last: dt.date

    def holds_on(self, day: dt.date) -> bool:
        """Whether the person is in office on the day."""
        return self.first <= day <= self.last


class HolderName(NamedTuple):
    """The folded ``words`` of a name; ``is_full`` where it is more than what stands for it."""

    words: tuple[str, ...]
    holder: Holder
    is_full: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """How some offices are written: the folded words, the ``offices`` that they mean before any
    name of a holder, and those that they mean before a full name alone ("Premier Romano Prodi")."""

    words: tuple[str, ...]
    offices: frozenset[str]
    in_full: frozenset[str]
    is_upper: bool
    is_plural: bool


@made_of_tables
def holder_names() -> dict[str, tuple[HolderName, ...]]:
    """Every name of every holder, by its first word."""
    found: dict[str, list[HolderName]] = defaultdict(list)
    for row in read_table("office_holders.csv").iter_rows(named=True):
        for name in _names_of(row):
            found[name.words[0]].append(name)
    return {word: tuple(group) for word, group in found.items()}


@made_of_tables
def called_holders() -> tuple[tuple[str, str, Holder], ...]:
    """Holders with a full name of more than one word: that name, a short one, and the office."""
    return tuple(
        (row["name"], short, _holder(row))
        for row in read_table("office_holders.csv").iter_rows(named=True)
        if " " in row["name"]
        for short in row["short_names"].split(LIST_SEPARATOR)
        if short
    )


@made_of_tables
def office_wordings() -> dict[str, tuple[Wording, ...]]:
    """The wordings of offices by their first word, the longest first."""
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in read_table("offices.csv").iter_rows(named=True):
        found[row["wording"]][row["office"]] = bool(row["in_full"])
    wordings: dict[str, list[Wording]] = defaultdict(list)
    for text, offices in sorted(found.items(), key=lambda item: -len(item[0])):
        words = tuple(fold_name(text).split(" "))
        plain = frozenset(office for office, is_full in offices.items() if not is_full)
        in_full = frozenset(offices) - plain
        wordings[words[0]].append(
            Wording(words, plain, in_full, text.isupper(), words[-1].endswith("s"))
        )
    return {word: tuple(group) for word, group in wordings.items()}


def _names_of(row: dict[str, str]) -> Iterator[HolderName]:
    """The names of a row: short ones, and full ones of more than one word."""
    holder = _holder(row)
    full = [row["name"], *row["other_names"].split(LIST_SEPARATOR)]
    short = row["short_names"].split(LIST_SEPARATOR)
    written = {fold_name(name): False for name in short if name}
    written |= {fold_name(name): True for name in full if " " in name}
    for name, is_full in written.items():
        yield HolderName(tuple(name.split(" ")), holder, is_full)


def _holder(row: dict[str, str]) -> Holder:
    first, last = _day(row, "first_on", is_last=False), _day(row, "last_on", is_last=True)
    return Holder(row["country_code"], row["office"], first, last)


def _day(row: dict[str, str], column: str, *, is_last: bool) -> dt.date:
    """A day of the table; a month is held from its first day to its last, no end is none.

    Raises ReferenceDataError for what is neither.
    """
    text = row[column]
    if not text and is_last:
        return dt.date.max
    try:
        day = dt.date.fromisoformat(text if text.count("-") > 1 else f"{text}-01")
    except ValueError as error:
        raise ReferenceDataError(
            f"office_holders.csv: {row['name']}: {column} {text!r} is no day or month"
        ) from error
    if text.count("-") > 1 or not is_last:
        return day
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
