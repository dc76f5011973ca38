"""Calendar arithmetic: units, steps and thirds, at their edges."""

from datetime import date

import pytest

from etl.dates.mentions.periods import (
    Period,
    Unit,
    day_of,
    decade_of,
    half_of,
    part_of,
    quarter_of,
    shift,
    unit_of,
    week_of,
    weekend_of,
    year_of,
)


def told(period: Period) -> str:
    return f"{period.first}/{period.last} {period.precision}"


@pytest.mark.parametrize(
    ("day", "unit", "expected"),
    [
        (date(2024, 1, 15), "week", "2024-01-15/2024-01-21 week"),  # a Monday
        (date(2024, 1, 21), "week", "2024-01-15/2024-01-21 week"),  # a Sunday
        (date(2024, 1, 22), "week", "2024-01-22/2024-01-28 week"),
        (date(2024, 2, 1), "month", "2024-02-01/2024-02-29 month"),
        (date(2023, 12, 31), "month", "2023-12-01/2023-12-31 month"),
        (date(2024, 1, 1), "quarter", "2024-01-01/2024-03-31 quarter"),
        (date(2024, 3, 31), "quarter", "2024-01-01/2024-03-31 quarter"),
        (date(2024, 4, 1), "quarter", "2024-04-01/2024-06-30 quarter"),
        (date(2024, 9, 30), "quarter", "2024-07-01/2024-09-30 quarter"),
        (date(2024, 10, 1), "quarter", "2024-10-01/2024-12-31 quarter"),
        (date(2024, 6, 9), "year", "2024-01-01/2024-12-31 year"),
        (date(1990, 1, 1), "decade", "1990-01-01/1999-12-31 decade"),
        (date(1989, 12, 31), "decade", "1980-01-01/1989-12-31 decade"),
        (date(2024, 6, 9), "day", "2024-06-09/2024-06-09 day"),
    ],
)
def test_the_unit_that_a_day_lies_in(day: date, unit: Unit, expected: str) -> None:
    assert told(unit_of(day, unit)) == expected


@pytest.mark.parametrize(
    ("day", "count", "unit", "expected"),
    [
        (date(2024, 1, 19), 1, "day", date(2024, 1, 20)),
        (date(2024, 1, 19), -2, "week", date(2024, 1, 5)),
        (date(2024, 3, 31), -1, "month", date(2024, 2, 29)),
        (date(2023, 3, 31), -1, "month", date(2023, 2, 28)),
        (date(2024, 1, 31), -1, "month", date(2023, 12, 31)),
        (date(2023, 12, 1), 1, "month", date(2024, 1, 1)),
        (date(2023, 11, 30), 1, "quarter", date(2024, 2, 29)),
        (date(2024, 2, 29), 1, "year", date(2025, 2, 28)),
        (date(2024, 2, 29), -1, "decade", date(2014, 2, 28)),
        (date(2024, 2, 29), 0, "month", date(2024, 2, 29)),
    ],
)
def test_a_step_keeps_to_the_calendar(day: date, count: int, unit: Unit, expected: date) -> None:
    assert shift(day, count, unit) == expected


@pytest.mark.parametrize(
    ("period", "part", "expected"),
    [
        (unit_of(date(2023, 2, 1), "month"), "early", "2023-02-01/2023-02-09 period"),
        (unit_of(date(2023, 2, 1), "month"), "mid", "2023-02-10/2023-02-18 period"),
        (unit_of(date(2023, 2, 1), "month"), "late", "2023-02-19/2023-02-28 period"),
        (unit_of(date(2023, 4, 1), "month"), "late", "2023-04-21/2023-04-30 period"),
        (day_of(date(2023, 4, 1)), "early", "2023-04-01/2023-04-01 period"),
    ],
)
def test_the_thirds_of_a_period(period: Period, part: str, expected: str) -> None:
    assert told(part_of(period, part)) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (weekend_of(date(2024, 1, 15)), "2024-01-20/2024-01-21 weekend"),
        (weekend_of(date(2024, 1, 21)), "2024-01-20/2024-01-21 weekend"),
        (quarter_of(2024, 4), "2024-10-01/2024-12-31 quarter"),
        (half_of(2024, 1), "2024-01-01/2024-06-30 half_year"),
        (half_of(2024, 2), "2024-07-01/2024-12-31 half_year"),
        (year_of(2024), "2024-01-01/2024-12-31 year"),
        (decade_of(1987), "1980-01-01/1989-12-31 decade"),
    ],
)
def test_periods_by_number(period: Period, expected: str) -> None:
    assert told(period) == expected


@pytest.mark.parametrize(
    ("day", "distance"),
    [
        (date(2024, 1, 14), 1),
        (date(2024, 1, 15), 0),
        (date(2024, 1, 21), 0),
        (date(2024, 1, 23), 2),
    ],
)
def test_the_distance_to_a_period(day: date, distance: int) -> None:
    assert week_of(date(2024, 1, 17)).distance_to(day) == distance
