"""The shapes in which English news writes dates: one pattern each, with an example.

What belongs here: finding them. What does not: what they mean (resolve.py).

Texts are matched in lower case, where a shape can be told by its first letter; a month or
weekday must be a capitalised word of the text ("march", "may" and "sun" are words too). Every
repetition is bounded, so that time is linear in the text's length.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from etl.dates.mentions.lookalikes import is_date
from etl.dates.mentions.terms import patterns
from etl.lexicon import fill
from etl.tables import made_of_tables

_UNIT = "(?:day|week|fortnight|month|year|decade)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)(?:st|nd|rd|th)?(?![.,:]\d)(?!\s?%)"
_TO = r"\s?(?:-|–|—|\sto\s|\sand\s|through)\s?"
_LAST_DAY = r"(?P<last_day>3[01]|[12]\d|0?[1-9])(?!\d)(?:st|nd|rd|th)?(?![.,:]\d)(?!-[a-z])"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?![\d%])(?![.,]\d)(?!-\d\d-\d)"
_MONTH = r"(?P<month>@MONTH)"
_IN_YEAR = rf"(?:,?\s(?:of\s)?(?:{_YEAR}|(?P<in_year>last|this|next)\syear))"
# "in March" without day or year behind it, "in March, 12 people"
_ALONE = r"(?!\.?\s\d)(?!,?\s(?:of\s)?(?:(?:19|20)\d\d\b|(?:last|this|next)\syear))"
_LEAD = r"(?:@WEEKDAY,?\s(?:the\s)?)?"
_PART = r"(?P<part>early|mid|late|(?:the )?(?:beginning|start|middle|end) of)[\s-](?:in\s)?"
_OF = r"\s(?:of|in)\s"
_END = r"(?!\w)"
_THAT_YEAR = (
    r"\s(?:of\s)?(?:that(?:\ssame)?\syear|"
    r"the\s(?P<which_year>same|following|next|previous)\syear|the\syear\s(?P<year_then>after|before))"
)
_MORE_DAYS = r"(?:(?:,\s(?:3[01]|[12]\d|0?[1-9])){1,4},?)?"
_WHICH = r"(?P<which>last|this past|this coming|this|next|coming|past)"


@dataclass(frozen=True)
class Expression:
    """One date as written: its shape, its place, and its parts in lower case."""

    shape: str
    start: int
    end: int
    parts: dict[str, str]


SHAPES: dict[str, str] = {
    # 2024-02-08
    "iso_date": r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<month_number>\d\d)-(?P<day>\d\d)(?!\d)",
    # 25/02/2024: only where one reading is possible
    "numeric_date": r"(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})(?P=mark)"
    r"(?P<year>(?:19|20)\d\d)(?!\d)",
    # from April to June 2017, between October and December 2022: the preposition is no part
    "months": rf"(?:@BEFORE_MONTH\s)?(?P<core>{_MONTH}\s(?:to|through|until)\s"
    rf"(?P<last_month>@MONTH){_END}(?:{_IN_YEAR}|{_ALONE}))",
    "between_months": rf"between\s(?P<core>{_MONTH}\sand\s(?P<last_month>@MONTH){_END}"
    rf"(?:{_IN_YEAR}|{_ALONE}))",
    # the July-September quarter, the October-December quarter of 2022
    "months_quarter": rf"(?:the\s)?(?P<core>{_MONTH}\s?[-–—]\s?(?P<last_month>@MONTH)\s"
    rf"quarter{_IN_YEAR}?)",
    # January-June 2020: its first month
    "first_month": rf"(?:@BEFORE_MONTH\s)?(?P<core>{_MONTH})"
    r"(?=\s?[-–—]\s?@MONTH,?\s(?P<year>(?:19|20)\d\d))",
    # the first Monday of September 2013, the last week of March
    "nth_of_month": rf"(?:the\s)?(?P<core>(?P<nth>@ORDINAL|last|final)\s"
    rf"(?:(?P<weekday>@FULL_WEEKDAY)|(?P<piece>day|week|weekend|half)){_OF}"
    rf"(?:{_MONTH}{_END}{_IN_YEAR}?|(?P<of_month>last|this|next)\smonth))",
    # the first week of 2023
    "week_of_year": rf"(?:the\s)?(?P<core>(?P<nth>@ORDINAL|last|final)\sweek{_OF}{_YEAR})",
    # the first nine months of 2021
    "months_of_year": r"(?:the\s)?(?P<core>(?P<side>first|last|final)\s(?P<count>@NUMBER)\smonths"
    rf"\sof\s(?:{_YEAR}|(?P<in_year>last|this|next)\syear))",
    # May of that year, 5 May that year, early March of the following year
    "month_of_year": r"(?:@BEFORE_MONTH\s)?(?P<core>(?:"
    r"(?:the\s)?(?P<day_first>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s(?:of\s)?|"
    rf"{_PART})?{_MONTH}(?:\s{_DAY})?{_THAT_YEAR})",
    # the following May
    "month_beside": rf"the\s(?P<which>following|next|previous)\s{_MONTH}{_ALONE}",
    # week 51 of 2023; the 51st week of 2023
    "week_number": rf"(?:week\s(?P<week_number>5[0-3]|[1-4]?[1-9]|[1-4]0)(?:{_OF}|,\s)|"
    rf"(?:the\s)?(?P<nth_week>\d{{1,2}})(?:st|nd|rd|th)\sweek{_OF}){_YEAR}",
    # fiscal 1989, financial year 2019-20, FY2019
    "fiscal_year": rf"(?:(?:fiscal(?:\syear)?|financial\syear)\s|fy\s?){_YEAR}"
    r"(?:[-–/](?P<last_year>(?:19|20)?\d\d)(?!\d))?",
    # March 3-5, 2024; March 3 to 5
    "month_days": rf"{_LEAD}{_MONTH}\s{_DAY}{_MORE_DAYS}{_TO}{_LAST_DAY}{_IN_YEAR}?"
    r"(?!\s(?:people|pct))",
    # 3-5 March 2024; 3 and 5 of March
    "days_month": rf"{_DAY}{_MORE_DAYS}{_TO}{_LAST_DAY}\s(?:of\s)?{_MONTH}{_END}{_IN_YEAR}?",
    # Friday, Feb. 8, 2024; February 8th
    "month_day": rf"{_LEAD}{_MONTH}\s(?:the\s)?{_DAY}{_IN_YEAR}?",
    # Friday 8 February 2024; the 8th of February
    "day_month": rf"{_LEAD}(?:the\s)?{_DAY}\s(?:of\s)?{_MONTH}{_END}{_IN_YEAR}?",
    # Christmas Day 2011; New Year's Eve last year
    "feast": rf"(?P<feast>@FEAST){_IN_YEAR}",
    # February 2024; late February, 2024; the end of February last year
    "month_year": rf"(?:{_PART})?{_MONTH}{_IN_YEAR}",
    # early March; the end of last March
    "part_of_month": rf"{_PART}(?:{_WHICH}\s)?{_MONTH}{_ALONE}",
    # last March, next March
    "which_month": rf"{_WHICH}\s{_MONTH}{_ALONE}",
    # the first ones of "May, June and July 2019"
    "listed_month": rf"(?:@BEFORE_MONTH\s)?(?P<core>{_MONTH})(?=(?:,\s@MONTH){{0,4}},?\sand\s"
    r"@MONTH,?\s(?:19|20)\d\d)",
    # in March, since January: the preposition is no part of it
    "month": r"@BEFORE_MONTH\s"
    rf"(?:both\s)?(?P<core>{_MONTH}){_ALONE}",
    # Thursday, last Thursday, Thursday last week, the following Thursday
    "weekday": r"(?:(?P<which>last|this past|this coming|this|next|coming|past|"
    r"the (?:following|previous))\s)?(?P<weekday>@FULL_WEEKDAY)"
    r"(?:\s(?:of\s)?(?P<week>last|next|this)\sweek)?",
    "day_word": r"@DAY_WORD",
    # earlier this month, last week, next year
    "which_unit": rf"(?:(?P<end>(?:the )?(?:end|start|beginning) of)\s|"
    rf"(?P<portion>earlier|later|early|late|mid)(?:\sin)?[\s-])?{_WHICH}\s"
    r"(?P<unit>week|weekend|month|quarter|year)",
    # the last fiscal year
    "fiscal_unit": rf"(?:the\s)?{_WHICH}\s(?:fiscal|financial)\s(?P<unit>year)",
    "weekend": r"(?:over|at|on|during)\s(?P<core>the weekend)",
    # two weeks ago, a year ago
    "ago": rf"(?:(?P<count>@NUMBER|an?)\s)(?P<unit>{_UNIT})s?\s(?P<direction>ago|back|from now)",
    # two days later, a month earlier, a week after
    "offset": rf"(?P<count>@NUMBER|an?)\s(?P<unit>{_UNIT})s?\s"
    r"(?P<direction>later|earlier|after|afterwards|before|previously|prior to|following)",
    # the past three weeks, over the next five years, the past year
    "span": r"(?:the|these)\s(?P<which>past|last|next|coming|previous)\s"
    r"(?:(?P<many_count>@NUMBER)\s(?P<many>(?:days|weeks|months|years|decades|quarters))|(?P<unit>week|fortnight|month|quarter|year|decade))",
    # the next day, the following month, the day before, that same day, the same month last year
    "beside": r"the\s(?P<direction>next|following|previous)\s"
    r"(?P<unit>day|morning|afternoon|evening|night|week|month|year)|"
    r"the\s(?P<day_unit>day)\s(?P<behind>before|after|earlier)|"
    r"(?:the same|that same|that)\s(?P<same_unit>day|week|month|quarter|year)"
    r"(?:\s(?:(?:in|of)\s)?(?P<same_in>last year|a year (?:ago|earlier|before)|(?:19|20)\d\d))?",
    # the first quarter of 2019, the second half of last year, Q1 2019, 1Q 2019
    "quarter": r"(?:(?:the\s)?(?P<ordinal>@ORDINAL)[\s-]"
    r"(?P<unit>quarter|half)\s(?:of\s)?(?:the\s)?|(?P<q>q[1-4]|[1-4]q)\s(?:of\s)?)"
    rf"(?:{_YEAR}|(?P<which>last|this|next)\syear)",
    # the third quarter, second-quarter profit: of the year that tense and nearness give
    "bare_quarter": r"(?:(?:the\s)?(?P<ordinal>@ORDINAL)[\s-](?P<unit>quarter)|(?P<q>q[1-4]))"
    r"(?!-|\s(?:of|in|this|ended|ending)\b)",
    # 2021's third quarter
    "quarter_of_year": rf"(?:@BEFORE_YEAR\s)?(?P<core>{_YEAR}['’]s\s(?P<ordinal>@ORDINAL)[\s-]"
    r"(?P<unit>quarter|half))",
    # 2010-2015, 1985/86
    "year_range": rf"{_YEAR}(?:[-–/]|\sto\s)(?P<last_year>(?:19|20)?\d\d)(?!\d)",
    # the 1980s, the late 1990s
    "decade": rf"(?:the\s)?(?:{_PART})?(?P<year>(?:1[5-9]|20)\d0)['’]?s",
    # early 2019, mid-2019, the end of 2019
    "part_of_year": rf"{_PART}{_YEAR}",
    # in 2019, since 2019: the preposition is no part of it
    "year": r"(?P<before>@BEFORE_YEAR)\s"
    rf"(?P<core>{_YEAR}(?:[-–/](?P<last_year>(?:19|20)?\d\d)(?!\d))?)",
}

_NO_NAMES = re.compile(r"\(\?P<[a-z_]+>")
# Where a shape can begin. Most words are told to begin none by their first letters, which is
# ten times faster than trying every shape on them.
_START = (
    r"(?<![\w$€£¥.,-])(?=\d{1,2}(?:st|nd|rd|th|\D)|(?:1[5-9]|20)\d\d|q[1-4]|[1-4]q\s|fy\s?\d|"
    r"@MONTH_PREFIX|@WEEKDAY_PREFIX|@DAY_WORD|@FEAST|"
    r"(?:last|this|next|past|coming|earlier|later|these)\s|middle\sof|"
    r"(?:the\s)?(?:early|mid|late|(?:beginning|start|end)\sof)|"
    r"(?:@BEFORE_YEAR|over|at|on)\s(?:both\s)?(?:@MONTH_PREFIX|\d|the\sw)|"
    r"the\s(?:day|following|previous|next|same|last|past|coming|final|@ORDINAL)|"
    r"that\s(?:same|day|week|month|year)|"
    rf"(?:an?|@NUMBER)\s{_UNIT}|@ORDINAL[\s-](?:half|quarter|day|week|@NUMBER|@WEEKDAY_PREFIX)|final\s|"
    r"week\s\d|(?:fiscal|financial)\s)"
)


@made_of_tables
def _start() -> re.Pattern[str]:
    return re.compile(fill(_START, patterns()))


@made_of_tables
def _each() -> Mapping[str, re.Pattern[str]]:
    """The shapes one by one, with the names of their parts."""
    filled = ((name, fill(shape, patterns())) for name, shape in SHAPES.items())
    return {name: re.compile(rf"(?:{shape})(?!\w)") for name, shape in filled}


@made_of_tables
def _any() -> re.Pattern[str]:
    """All shapes at once; the group that matches is named after the shape."""
    nameless = {n: _NO_NAMES.sub("(?:", s).replace("(?P=mark)", "[/.]") for n, s in SHAPES.items()}
    joined = "|".join(f"(?P<{name}_>{shape})" for name, shape in nameless.items())
    return re.compile(fill(rf"(?:{joined})(?!\w)", patterns()))


_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def lower_case(text: str) -> str:
    """The text in lower case with every character at its place: "İ" would become two."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_ASCII_LOWER)


def find_expressions(text: str, lower: str) -> Iterator[Expression]:
    """Every date written in a text, left to right, none within another."""
    behind = 0
    for start in _start().finditer(lower):
        if start.start() < behind:
            continue
        found = _any().match(lower, start.start())
        if found is None:
            continue
        expression = _read(found, lower)
        span = expression.start, expression.end
        if is_date(text, lower, expression.shape, span, expression.parts):
            behind = expression.end
            yield expression


def _read(found: re.Match[str], lower: str) -> Expression:
    """The match again, by its own shape, which names its parts."""
    shape = (found.lastgroup or "").removesuffix("_")
    inner = _each()[shape].match(lower, found.start()) or found
    parts = {name: value for name, value in inner.groupdict().items() if value}
    start, end = inner.span("core") if "core" in parts else inner.span()
    return Expression(shape, start, end, parts)
