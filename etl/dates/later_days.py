"""Whether an article reports of a day that came a week or more after it was published.

What belongs here: the check. What does not: what follows from it (articles.py); the date is never
changed.

"The pier was opened on March 3, 2024" is not printed in January of that year: header or stamp is
wrong. Only what is told in the past tense counts, with its year as written, in English: a text may
name any day that is to come. Of 485 wires, 389 feed items, 61 local pieces and 38 pages whose days
are right none reports so; of 246 pieces under placeholders, months off at most, 9 do.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from etl.dates.tense import tense_at
from etl.lexicon import fill, pattern
from etl.lexicon.calendar import fold, names, numbers
from etl.tables import made_of_tables

# A page may be dated by its first draft, and corrected within days; a week is no draft.
LEAST_DAYS = 7
LEAST_WORDS = 8
# An article has some dozens of dates; a page of nothing else must not cost minutes.
MOST_DATES = 200

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_REPORTED = (
    rf"\b(?:on|dated)\s(?:@WEEKDAY,?\s)?(?:the\s)?@MONTH\.?\s{_DAY},?\s{_YEAR}",
    rf"\b(?:on|dated)\s(?:@WEEKDAY,?\s)?(?:the\s)?{_DAY}\s(?:of\s)?@MONTH\.?,?\s{_YEAR}",
    rf"\bin\s(?:(?:early|mid|late)[ -])?@MONTH\.?,?\s{_YEAR}",
)


def reports_later_day(text: str, *, last_published_on: date) -> bool:
    """Whether an English text reports of a day a week or more after the last day on which it may
    have been published.
    """
    lower = text.lower()
    if len(lower) != len(text):  # "İ" is two letters in lower case
        return False
    limit = last_published_on + timedelta(days=LEAST_DAYS)
    return any(
        tense_at(text, lower, start, end) == "past"
        for day, start, end in _written_days(text)
        if day >= limit and _is_told(text, start, end)
    )


def _is_told(text: str, start: int, end: int) -> bool:
    """ "Printed on 2 October 2011", of a page's own, has five words, a report eight and more."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return len(text[first : last if last >= 0 else None].split()) >= LEAST_WORDS


def _written_days(text: str) -> Iterator[tuple[date, int, int]]:
    """Days, or the first of months, with their offsets."""
    for shape in _REPORTED:
        for number, found in enumerate(_compiled(shape).finditer(text)):
            if number >= MOST_DATES:
                break
            day = int(found.groupdict().get("day") or 1)
            try:
                yield date(int(found["year"]), _month(found["month"]), day), *found.span()
            except ValueError:  # 31 June
                continue


def _month(name: str) -> int:
    return numbers("month", "en")[fold(name)]


@made_of_tables
def _compiled(shape: str) -> re.Pattern[str]:
    """A shape with the English names of the calendar."""
    parts = {
        "WEEKDAY": pattern(names("weekday", language="en")),
        "MONTH": f"(?P<month>{pattern(names('month', language='en'))})",
    }
    return re.compile(fill(shape, parts))
