"""Dates without a year that take it from the date beside them: "3 March 2021 and 9 March".

What belongs here: which expression lends its year to which. What does not: dates that count from
another date (anchors.py), and the year that tense and nearness give (written.py).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.dates.mentions import terms
from etl.dates.mentions.expressions import Expression

_UNDATED = ("month_day", "day_month", "month_days", "days_month", "month", "first_month")
_LISTED = re.compile(r"\s?(?:,|and|or|to|until|through|-|–|—)(?:\s(?:and|or|on|in))?\s?")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s")
_OPENS = re.compile(r"(?:^|[.!?][\"”’)]?\s+|\n)(?:In|By|Since|Until|From|On)\s\Z")
# A tale goes on in the year of its last date for no longer than this.
TALE_CHARS = 300


def lend_years(
    found: Sequence[Expression], text: str, *, published_year: int
) -> tuple[list[Expression], set[int]]:
    """The expressions with the years that their neighbours lend, and the positions of those.

    The next date of a list lends it first ("April 11 and June 6, 2021"), then the last one before
    in the sentence ("3 March 2021 and counted by 9 March"), and to a month that opens its sentence
    the one before that ("In March 2021 he was held. In June he was tried.").
    """
    dated = list(found)
    lent: set[int] = set()
    for index in reversed(range(len(dated) - 1)):
        if (year := _year_behind(dated[index], dated[index + 1], text)) is not None:
            dated[index], lent = _with_year(dated[index], year), lent | {index}
    for index in range(1, len(dated)):
        before, here = dated[index - 1], dated[index]
        year = _year_before(before, here, text, published_year=published_year)
        if year is not None:
            dated[index], lent = _with_year(here, year), lent | {index}
    return dated, lent


def _with_year(expression: Expression, year: int) -> Expression:
    return replace(expression, parts={**expression.parts, "year": str(year)})


def _is_undated(expression: Expression) -> bool:
    known = ("year", "in_year", "which")
    return expression.shape in _UNDATED and not any(name in expression.parts for name in known)


def _year_behind(here: Expression, behind: Expression, text: str) -> int | None:
    if not _is_undated(here) or not {"year", "month"} <= behind.parts.keys():
        return None
    if not _LISTED.fullmatch(text, here.end, behind.start):
        return None
    year = int(behind.parts["year"])
    return year if _month(here) <= _month(behind) else year - 1


def _year_before(
    before: Expression, here: Expression, text: str, *, published_year: int
) -> int | None:
    if not _is_undated(here) or not {"year", "month"} <= before.parts.keys():
        return None
    year, between = int(before.parts["year"]), text[before.end : here.start]
    if year >= published_year or "\n" in between or len(between) > TALE_CHARS:
        return None
    if _SENTENCE_END.search(between) and not _goes_on(here, text):
        return None
    return year if _month(before) <= _month(here) else year + 1


def _goes_on(here: Expression, text: str) -> bool:
    """ "In June he was tried.": a month that opens its sentence goes on with the tale."""
    before = text[max(0, here.start - 12) : here.start]
    return here.shape == "month" and _OPENS.search(before) is not None


def _month(expression: Expression) -> int:
    return terms.month(expression.parts["month"])
