"""Weekdays within names: "Black Friday", "Sunday Times", "every Monday".

What belongs here: telling by the words beside a weekday (weekday_names.csv). What does not: what
a weekday means.
"""

import re

from etl.lexicon import pattern, words
from etl.tables import made_of_tables

BEFORE_CHARS = 16
BEHIND_CHARS = 20
# "the Monday-to-Friday service", "Monday-Friday"
_RANGE_BEFORE = re.compile(r"day(?:-to-|\s?[-–]\s?)$")
_RANGE_BEHIND = re.compile(r"(?:-to-|\s?[-–]\s?)[a-z]+day\b")
# "the first Monday of every month"
_RECURRING = re.compile(r"\s(?:of|in)\s(?:every|each|any|a|the)\s(?:week|month|quarter|year)\b")


def is_part_of_name(lower: str, start: int, end: int) -> bool:
    """Whether the weekday at ``[start, end)`` of a text in lower case names no day."""
    before = lower[max(0, start - BEFORE_CHARS) : start]
    behind = lower[end : end + BEHIND_CHARS]
    if _RANGE_BEFORE.search(before) or _RANGE_BEHIND.match(behind):
        return True
    if _RECURRING.match(behind):
        return True
    return bool(_before().search(before) or _behind().match(behind))


@made_of_tables
def _before() -> re.Pattern[str]:
    """ "Black Friday"; "the first Monday after Easter", whose month nobody tells."""
    known = words("weekday_names", "before") | words("date_words", "ordinal")
    return re.compile(rf"(?<!\w){pattern(known)}\s$")


@made_of_tables
def _behind() -> re.Pattern[str]:
    return re.compile(rf"\s{pattern(words('weekday_names', 'behind'))}\b")
