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


# A name within a sentence is told from a headline by a word in small letters so near.
NEAR_CHARS = 40
_SMALL_WORD = re.compile(r"(?<![\w’'-])[a-z]{5,}(?![\w’'-])")
_WITHIN_SENTENCE = re.compile(r"[\w,’']\s\Z")
# "the leaders of today and tomorrow", not "as of today", "most of today", "of today's meeting"
_OF = re.compile(r"\b(?P<noun>[a-z]+) of (?:today (?:and|or) )?\Z")
_POSSESSIVE = re.compile(r"['’]s\b")
# "is today one of the largest"; "the castle, today a hotel, was built by monks"
_BEING = re.compile(r"\b(?:is|are) \Z")
_ONE = re.compile(r"\s(?:an?|the|one of)\s")
_APPOSED = re.compile(r"\san?\s[a-z-]+(?:\s[a-z-]+)?,")
_EVEN = re.compile(r"\beven \Z")
# The clause behind "today" is looked at no further.
CLAUSE_CHARS = 60


def _is_brand(text: str, before: str, start: int, end: int) -> bool:
    """ "USA Today", "the Tomorrow Group", "the Today programme": a capital within a sentence."""
    if _brand().search(before) is not None:
        return True
    opening = max(0, start - NEAR_CHARS)
    if text[start:end].isupper() or not _WITHIN_SENTENCE.search(text, opening, start):
        return False
    return _SMALL_WORD.search(text, opening, end + NEAR_CHARS) is not None


def _is_no_day(text: str, lower: str, start: int, end: int) -> bool:
    """A day word that is a name, or means our time or what is to come."""
    before = lower[max(0, start - 16) : start]
    if text[start].isupper() and _is_brand(text, before, start, end):
        return True
    word = lower[start:end]
    if word not in ("today", "tomorrow"):
        return False
    is_possessive = _POSSESSIVE.match(lower, end) is not None
    if _our_time().match(lower, end) or (not is_possessive and _is_of_our_time(lower, start)):
        return True
    is_being = _BEING.search(before) is not None and _ONE.match(lower, end) is not None
    if is_being or (before.endswith(", ") and _APPOSED.match(lower, end)):
        return True
    return bool(_EVEN.search(before) or _brighter().search(lower, max(0, start - 30), start))


def _is_of_our_time(lower: str, start: int) -> bool:
    found = _OF.search(lower, max(0, start - NEAR_CHARS), start)
    return found is not None and found["noun"] not in words("weekday_names", "before_of_today")


@made_of_tables
def _our_time() -> re.Pattern[str]:
    """ "less free today than in 1990", "today's youth"."""
    return re.compile(rf"\sthan\b|['’]s\s{pattern(words('weekday_names', 'of_the_age'))}\b")


@made_of_tables
def _brighter() -> re.Pattern[str]:
    """ "a better tomorrow", "the world today"."""
    bright = pattern(words("weekday_names", "brighter"))
    today = pattern(words("weekday_names", "nowadays"))
    return re.compile(rf"\b(?:{bright}|{today})\s\Z")


def is_nowadays(lower: str, end: int) -> bool:
    """Whether the clause behind a "today" that ends at ``end`` tells of a state: "Today, half of
    them live in towns"."""
    return _state().match(lower, end) is not None


@made_of_tables
def _state() -> re.Pattern[str]:
    known = pattern(words("weekday_names", "state"))
    return re.compile(rf",?(?=\s)[^.,;:\n]{{0,{CLAUSE_CHARS}}}?\s{known}\b")


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
        return not _is_no_day(text, lower, start, end)
    if shape in ("ago", "offset"):
        return not before.endswith("half ")
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
