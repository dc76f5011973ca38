"""Dates without a year that take it from the date beside them: "3 March 2021 and 9 March".

What belongs here: which expression lends its year to which. What does not: dates that count from
another date (anchors.py), and the year that tense and nearness give (written.py).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from etl.dates.mentions import terms
from etl.dates.mentions.expressions import Expression
from etl.dates.mentions.page import Page

_UNDATED = (
    "month_day",
    "day_month",
    "month_days",
    "days_month",
    "month",
    "first_month",
    "listed_month",
)
_LISTED = re.compile(r"\s?(?:,|and|or|to|until|through|-|–|—)(?:\s(?:and|or|on|in))?\s?")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s")
_WAS = re.compile(r"\b(?:was|were|had|would)\b")
_CLAUSE = re.compile(r"[^.,;:\n]{0,40}")
_OPENS = re.compile(r"(?:^|[.!?][\"”’)]?\s+|\n)(?:In|By|Since|Until|From|On)\s\Z")
# A tale goes on in the year of its last date for no longer than this.
TALE_CHARS = 300
# "opened on March 5, 2021. It closed on March 9": a day so soon after is of the same tale; one so
# shortly before the publication is news.
TALE_DAYS = 60


def lend_years(found: Sequence[Expression], page: Page) -> tuple[list[Expression], set[int]]:
    """The expressions of a page with the years that their neighbours lend, and the positions of
    those.

    The next date of a list lends it first ("April 11 and June 6, 2021"), then the last one before
    in the sentence ("3 March 2021 and counted by 9 March"), and to a date that opens its sentence
    or lies within weeks of it the one before that ("In March 2021 he was held. In June he was
    tried."). What is still to come takes none ("born on 5 March 1961, will retire on 9 March").
    """
    dated = list(found)
    lent: set[int] = set()
    for index in reversed(range(len(dated) - 1)):
        if (year := _year_behind(dated[index], dated[index + 1], page.text)) is not None:
            dated[index], lent = _with_year(dated[index], year), lent | {index}
    for index in range(1, len(dated)):
        before, here = dated[index - 1], dated[index]
        year = _year_before(before, here, page)
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


def _year_before(before: Expression, here: Expression, page: Page) -> int | None:
    if not _is_undated(here) or not {"year", "month"} <= before.parts.keys():
        return None
    year, between = int(before.parts["year"]), page.text[before.end : here.start]
    if year >= page.published_on.year or "\n" in between or len(between) > TALE_CHARS:
        return None
    year += _month(before) > _month(here)
    if _SENTENCE_END.search(between) and not _goes_on(before, here, year, page):
        return None
    return None if _is_ahead(here, between, page) else year


def _is_ahead(here: Expression, between: str, page: Page) -> bool:
    """Whether a date is still to come, not "was due to end on 9 March", "by 9 March it was"."""
    if page.tense_of_day(here) != "future":
        return False
    clause = between.rpartition(";")[2] + _CLAUSE.match(page.text, here.end)[0]  # type: ignore[index]
    return _WAS.search(clause) is None


def _goes_on(before: Expression, here: Expression, year: int, page: Page) -> bool:
    """ "In June he was tried.": a date that opens its sentence goes on with the tale, and so does
    a day of the next weeks."""
    opening = page.text[max(0, here.start - 12) : here.start]
    if here.shape == "month":
        return _OPENS.search(opening) is not None
    first, last = _day(before, int(before.parts["year"])), _day(here, year)
    recent = [_day(here, page.published_on.year - step) for step in (0, 1)]
    if first is None or last is None or any(_is_news(day, page.published_on) for day in recent):
        return False
    return _OPENS.search(opening) is not None or 0 <= (last - first).days <= TALE_DAYS


def _is_news(day: date | None, published_on: date) -> bool:
    return day is not None and 0 <= (published_on - day).days <= TALE_DAYS


def _day(expression: Expression, year: int) -> date | None:
    """The day in a year; None for a whole month, and where the year has no such day."""
    if "day" not in expression.parts:
        return None
    try:
        return date(year, _month(expression), int(expression.parts["day"]))
    except ValueError:
        return None


def _month(expression: Expression) -> int:
    return terms.month(expression.parts["month"])
