"""Whether the weekday that an article's first sentences name fits its day of publication.

What belongs here: the check. What does not: what follows from it (confidence.py); the date is
never changed.

News names the weekday of what has just happened, so a weekday says little by itself: every
one lies within the last seven days. What counts:

- ``contradicts``: a weekday with its day, "Friday, March 3", where March 3 of the year of
  publication (or of the year nearest to it) is no Friday: the year is wrong;
- ``unlikely``: a report ("said on Friday") of a weekday that was four or five days ago. Up to
  three days ago is usual; tomorrow is a time zone or a report of what is planned; six days ago
  cannot be told from tomorrow;
- ``agrees``: a report of any other weekday, or a weekday that fits its day;
- ``none``: no weekday, or only days to come ("will meet on Friday"), "last", "next" and
  "every Friday", weekdays of names ("Black Friday"): any day of the week may be meant.
"""

import re
from datetime import date
from typing import Literal

from etl.dates.day_names import is_part_of_name
from etl.dates.tense import present_at, tense_at
from etl.lexicon import fill, pattern
from etl.lexicon.calendar import fold, names, numbers
from etl.tables import made_of_tables

WeekdayCheck = Literal["agrees", "unlikely", "contradicts", "none"]

FIRST_CHARS = 400
UNUSUAL_LAGS = (4, 5)

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s(?P<year>\d{4})\b)?"
_WITH_DAY = (
    rf"\b@WEEKDAY,?\s\(?@MONTH\.?\s{_DAY}(?!\d){_YEAR}",
    rf"\b@WEEKDAY,?\s\(?(?:the\s)?{_DAY}\s(?:of\s)?@MONTH\b{_YEAR}",
)
_ALONE = r"(?<!last )(?<!next )\b@WEEKDAY\b(?! (?:[A-Z]|last|next))"


@made_of_tables
def _compiled(shape: str) -> re.Pattern[str]:
    """A shape with the English names of the calendar."""
    parts = {
        "WEEKDAY": f"(?P<weekday>{pattern(names('weekday', language='en', kind='full'))})",
        "MONTH": f"(?P<month>{pattern(names('month', language='en'))})",
    }
    return re.compile(fill(shape, parts))


def check_weekday(text: str, published_on: date) -> WeekdayCheck:
    """Compare the first weekday of an English text's first sentences with a day."""
    opening = text[:FIRST_CHARS]
    for shape in _WITH_DAY:
        if found := _compiled(shape).search(opening):
            return _fits(found, published_on)
    lower = opening.lower()
    if len(lower) != len(opening):  # "İ" is two letters in lower case
        return "none"
    for found in _compiled(_ALONE).finditer(opening):
        if is_part_of_name(lower, *found.span()):
            continue
        span = found.span()
        if (tense_at(opening, lower, *span) or present_at(opening, lower, *span)) != "future":
            lag = (published_on.isoweekday() - _weekday(found)) % 7
            return "unlikely" if lag in UNUSUAL_LAGS else "agrees"
    return "none"


def _fits(found: re.Match[str], published_on: date) -> WeekdayCheck:
    """Whether the day is that weekday in the year written, else in the nearest one."""
    years = [int(found["year"])] if found["year"] else [published_on.year + n for n in (-1, 0, 1)]
    days = []
    for year in years:
        try:
            days.append(date(year, numbers("month", "en")[fold(found["month"])], int(found["day"])))
        except ValueError:  # 31 June, 29 February of a common year
            continue
    if not days:
        return "none"
    nearest = min(days, key=lambda day: abs((day - published_on).days))
    return "agrees" if nearest.isoweekday() == _weekday(found) else "contradicts"


def _weekday(found: re.Match[str]) -> int:
    """As ISO 8601 counts: Monday is 1."""
    return numbers("weekday", "en")[fold(found["weekday"])]
