"""What looks like a date and is none: names, counts, streets, quarters of a match.

What belongs here: telling by the words in and around an expression. What does not: the shapes
(expressions.py), and weekdays within names (etl.dates.day_names).
"""

import re
from collections.abc import Mapping

from etl.dates.day_names import is_part_of_name
from etl.dates.mentions.terms import patterns
from etl.lexicon import fill, pattern, words
from etl.tables import made_of_tables

# A quarter of a match is told by the words so near it.
QUARTER_CHARS = 120


@made_of_tables
def _names() -> re.Pattern[str]:
    return re.compile(fill("@MONTH|@WEEKDAY", patterns()))


@made_of_tables
def _counted() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{pattern(words('counted_words', 'counted'))}|[a-z]+ dlrs)\b")


@made_of_tables
def _street() -> re.Pattern[str]:
    return re.compile(rf"(?:\s[\w.]{{1,20}}){{1,3}}\s{pattern(words('street_words', 'address'))}\b")


@made_of_tables
def _brand() -> re.Pattern[str]:
    """ "USA Today"."""
    return re.compile(rf"(?<!\w){pattern(words('weekday_names', 'before_today'))}\s$")


# "less free today than in 1990" is nowadays.
_NOWADAYS = re.compile(r"\s(?:than)\b")


def _is_brand(text: str, before: str, start: int, end: int) -> bool:
    """ "USA Today", "the Tomorrow Group": part of a name within a sentence."""
    follows = text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
    is_inside = text[start - 2 : start - 1].islower() and text[start - 1 : start] == " "
    return _brand().search(before) is not None or (follows and is_inside)


def _is_of_a_year(lower: str, start: int, end: int) -> bool:
    """A quarter of the year, not of a match: "led by nine points in the third quarter"."""
    around = lower[max(0, start - QUARTER_CHARS) : end + QUARTER_CHARS]
    return _played().search(around) is None


@made_of_tables
def _played() -> re.Pattern[str]:
    return re.compile(rf"\b{pattern(words('counted_words', 'played'))}\b")


def is_date(
    text: str, lower: str, shape: str, span: tuple[int, int], parts: Mapping[str, str]
) -> bool:
    """Whether what has the shape of a date at ``[start, end)`` is one, by the words around it."""
    start, end = span
    if "month" in parts or "weekday" in parts:
        name = _names().search(lower, start, end)
        if name is None or not text[name.start()].isupper():
            return False
    if shape == "weekday":
        return not is_part_of_name(lower, start, end)
    if shape == "bare_quarter":
        return _is_of_a_year(lower, start, end)
    before = lower[max(0, start - 16) : start]
    if shape == "month" and parts["month"] in ("may", "april", "june", "august"):
        is_name = text[end : end + 2].strip().isupper() and text[end : end + 1] == " "
        return before.endswith(("in ", "since ", "until ", "during ")) or not is_name
    if shape == "day_word":
        return not (text[start].isupper() and _is_brand(text, before, start, end)) and (
            _NOWADAYS.match(lower, end) is None
        )
    if shape in ("year", "year_range"):
        return _is_year(lower, end, parts)
    return True


def _is_year(lower: str, end: int, parts: Mapping[str, str]) -> bool:
    """ "in 2000 cases", "the 1500 workers", "of 1935 Orchard St." are numbers."""
    if _counted().match(lower, end) or _street().match(lower, end):
        return False
    before = parts.get("before", "")
    is_loose = before in ("of", "for", "to", "and", "the", "by", "from", "between", "after", "year")
    if parts["year"].endswith("00") and before not in ("since", "year"):
        return not re.match(r"\s[a-z]{3,}s\b", lower[end : end + 24])
    return not is_loose or parts["year"][:2] in ("19", "20")
