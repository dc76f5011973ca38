"""From one expression to its day or period: which rule reads which shape.

What belongs here: the table of shapes. What does not: the rules (written.py, relative.py), and
expressions that hang on another date of the text (anchors.py). docs/dates-and-sources.md shows
them to their users.
"""

from collections.abc import Callable

from etl.dates.mentions import relative, written
from etl.dates.mentions.expressions import Expression
from etl.dates.mentions.page import Page, Resolved

RULES: dict[str, Callable[[Expression, Page], Resolved | None]] = {
    "iso_date": written.read_numbers,
    "numeric_date": written.read_numbers,
    "months": written.months,
    "between_months": written.months,
    "months_quarter": written.months,
    "first_month": written.whole_month,
    "nth_of_month": written.nth_of_month,
    "week_of_year": written.week_of_year,
    "months_of_year": written.months_of_year,
    "week_number": written.week_number,
    "fiscal_year": written.whole_years,
    "bare_quarter": written.bare_quarter,
    "month_days": written.month_day,
    "days_month": written.month_day,
    "month_day": written.month_day,
    "day_month": written.month_day,
    "feast": written.feast,
    "month_year": written.whole_month,
    "part_of_month": written.whole_month,
    "which_month": written.whole_month,
    "listed_month": written.whole_month,
    "month": written.whole_month,
    "weekday": relative.weekday,
    "day_word": relative.day_word,
    "which_unit": relative.which_unit,
    "fiscal_unit": relative.which_unit,
    "weekend": relative.weekend,
    "ago": relative.ago,
    "span": relative.span,
    "quarter": written.quarter,
    "quarter_of_year": written.quarter,
    "year_range": written.whole_years,
    "decade": written.whole_years,
    "part_of_year": written.whole_years,
    "year": written.whole_years,
}


def resolve_alone(found: Expression, page: Page) -> Resolved | None:
    """What an expression means that hangs on no other date; None where that is unknown."""
    rule = RULES.get(found.shape)
    try:
        return rule(found, page) if rule else None
    except (
        ValueError,
        OverflowError,
        IndexError,
    ):  # 31 June; a fifth Monday; a thousand decades ago
        return None
