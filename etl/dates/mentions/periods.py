"""Days and calendar periods: what a mention resolves to.

What belongs here: the value and calendar arithmetic. What does not: words (expressions.py)
and which of several days is meant (written.py, anchors.py). Weeks are ISO 8601's, Monday to Sunday.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Precision = Literal[
    "day", "weekend", "week", "month", "quarter", "half_year", "year", "decade", "period"
]
Unit = Literal["day", "week", "month", "quarter", "year", "decade"]

MONTHS_IN: dict[str, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
# The first, middle and last third: "early", "mid" and "late" of a month or year.
THIRDS = {"early": 0, "mid": 1, "late": 2}


@dataclass(frozen=True)
class Period:
    """The days from ``first`` to ``last``, both included, and what calendar unit they are."""

    first: date
    last: date
    precision: Precision

    def distance_to(self, day: date) -> int:
        """Days between the period and a day; 0 within."""
        return max((self.first - day).days, (day - self.last).days, 0)


def day_of(day: date) -> Period:
    return Period(day, day, "day")


def week_of(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6), "week")


def weekend_of(day: date) -> Period:
    """Saturday and Sunday of the day's week."""
    saturday = day + timedelta(days=5 - day.weekday())
    return Period(saturday, saturday + timedelta(days=1), "weekend")


def weekdays_in(period: Period, weekday: int) -> list[date]:
    """The days of a weekday (Monday is 0) in a period, in order."""
    first = period.first + timedelta(days=(weekday - period.first.weekday()) % 7)
    days = range((period.last - first).days // 7 + 1)
    return [first + timedelta(days=7 * number) for number in days]


def day_in(period: Period, nth: int) -> Period:
    """The first (0), second or last (-1) day of a period."""
    return day_of(period.last if nth < 0 else period.first + timedelta(days=nth))


def half_of_month(month: Period, nth: int) -> Period:
    """The days to the 15th (0), and those behind it (1).

    Raises ValueError for any other.
    """
    if nth not in (0, 1):
        raise ValueError(f"a month has two halves, not {nth + 1}")
    middle = month.first.replace(day=15)
    if nth:
        return Period(middle + timedelta(days=1), month.last, "period")
    return Period(month.first, middle, "period")


def seven_days_of(whole: Period, nth: int) -> Period:
    """The first (0) to fourth seven days of a month or year, or its last seven (-1): "the second
    week of".

    Raises ValueError for a fifth.
    """
    if nth > 3:
        raise ValueError(f"a month has four weeks, not {nth + 1}")
    last = whole.last if nth < 0 else whole.first + timedelta(days=7 * nth + 6)
    return Period(last - timedelta(days=6), last, "period")


def month_of(year: int, month: int) -> Period:
    return _months(year, month, 1, "month")


def quarter_of(year: int, number: int) -> Period:
    return _months(year, 3 * number - 2, 3, "quarter")


def half_of(year: int, number: int) -> Period:
    return _months(year, 6 * number - 5, 6, "half_year")


def year_of(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), "year")


def years(first: int, last: int, precision: Precision = "period") -> Period:
    return Period(date(first, 1, 1), date(last, 12, 31), precision)


def decade_of(year: int) -> Period:
    """The decade of a year: 1987 is of 1980 to 1989."""
    return years(year // 10 * 10, year // 10 * 10 + 9, "decade")


def _months(year: int, month: int, count: int, precision: Precision) -> Period:
    last_month = month + count - 1
    return Period(
        date(year, month, 1),
        date(year, last_month, monthrange(year, last_month)[1]),
        precision,
    )


def unit_of(day: date, unit: Unit) -> Period:
    """The calendar unit that a day lies in."""
    if unit == "day":
        return day_of(day)
    if unit == "week":
        return week_of(day)
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "quarter":
        return quarter_of(day.year, (day.month + 2) // 3)
    return year_of(day.year) if unit == "year" else decade_of(day.year)


def shift(day: date, count: int, unit: Unit) -> date:
    """The day ``count`` units later, or earlier; 31 March less a month is the last of February.

    Raises ValueError or OverflowError where the calendar has no such day.
    """
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * MONTHS_IN[unit]
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def part_of(period: Period, part: str) -> Period:
    """The first, middle or last third of a period: ``early``, ``mid``, ``late``."""
    length = (period.last - period.first).days + 1
    third = THIRDS[part]
    first = period.first + timedelta(days=length * third // 3)
    last = period.first + timedelta(days=length * (third + 1) // 3 - 1)
    return Period(first, max(first, last), "period")
