"""Calendars beside the Gregorian one: weeks of ISO 8601, years of the Buddhist era.

What belongs here: turning what they say into years, months and days as everybody counts them.
What does not: finding such dates in a text (shapes.py), and the calendars whose dates a line is
rid of before (etl/lexicon/other_calendars.py).
"""

from datetime import date

# Thailand counts from 543 years earlier, and since 1941, its 2484, begins the year in January.
BUDDHIST_YEARS = 543
FIRST_BUDDHIST_YEAR = 2484


def gregorian_year(year: int) -> int:
    """A year as printed; ``2567`` is of the Buddhist era, as ``2567-01-19`` in ISO 8601 is not."""
    return year - BUDDHIST_YEARS if year >= FIRST_BUDDHIST_YEAR else year


def month_and_day_of_week(year: int, week: int, weekday: int) -> tuple[int, int, int] | None:
    """Year, month and day of ``2024-W03-5``; None if that year has no such day.

    Source: ISO 8601-1:2019, 5.2.4. A week belongs to the year that has most of it, so the day may
    lie in the year before or behind.
    """
    try:
        found = date.fromisocalendar(year, week, weekday)
    except ValueError:
        return None
    return found.year, found.month, found.day
