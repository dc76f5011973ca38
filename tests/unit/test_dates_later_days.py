"""Days that an article reports of and that came after it was published."""

from datetime import date

import pytest

from etl.dates.later_days import reports_later_day

PUBLISHED = date(2024, 1, 19)


@pytest.mark.parametrize(
    "text",
    [
        "The pier of Suva was opened on March 3, 2024.",
        "The board said on Sunday, 3rd March 2024 that fees had risen.",
        "He was held on Friday, the 1st of March 2024, at his home.",
        "The cranes were sold in March 2024, the board said.",
        "The order dated 26 January 2024 closed the pier.",
        "An order.\nThe order dated 26 January 2024 closed the pier.\nIt is of wood.",
        "A\nthe pier opened on March 3, 2024 late",  # eight words in a line
    ],
)
def test_what_is_told_of_a_later_day_is_seen(text: str) -> None:
    assert reports_later_day(text, last_published_on=PUBLISHED)


@pytest.mark.parametrize(
    "text",
    [
        "The pier will be opened on March 3, 2024.",
        "The pier was due to open on March 3, 2024.",
        "The pier was opened on January 25, 2024.",  # six days: a draft that was corrected
        "The pier was opened on March 3, 2023.",
        "The pier was opened on March 3.",
        "The lease that began last year ends on March 31, 2024.",
        "The board was asked to pay from March 3, 2024 to May 4, 2024.",
        "The pier of Suva was opened on February 31, 2024.",
        "pier opened on March 3, 2024 late",  # seven
        "İzmir: the pier of the old town was opened on March 3, 2024.",  # two letters in lower case
        "The pier is of old.\nPrinted on 2 October 2024\nThe board met and spoke of it at length.",
    ],
)
def test_plans_and_days_before_say_nothing(text: str) -> None:
    assert not reports_later_day(text, last_published_on=PUBLISHED)


def test_a_week_is_the_least() -> None:
    text = "The pier was opened on January 26, 2024."
    assert reports_later_day(text, last_published_on=PUBLISHED)
    assert not reports_later_day(text, last_published_on=date(2024, 1, 20))
