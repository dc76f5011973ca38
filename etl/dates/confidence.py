"""How far a publication date can be trusted: one number, from one table.

What belongs here: the factors. What does not: finding what they weigh (decision.py,
weekday.py). The number orders articles by trust, it is no measured probability; it never
changes the date. docs/dates-and-sources.md shows the table to its users.

The factor of a weekday: of 114 pieces with right dates that report of a weekday in their first
400 characters, 5 named one that was four or five days ago; of wrong dates, 2 in 7 would. If
one date in twenty is wrong, one in four of those pieces has a wrong one.
"""

from etl.dates.decision import Decision
from etl.dates.weekday import WeekdayCheck

BY_ORIGIN = {
    "sidecar": 1.0,
    "feed": 0.97,
    "header": 0.95,
    "json-ld": 0.95,
    "meta": 0.94,
    "time": 0.9,
    "stamp": 0.9,
    "dateline": 0.85,
    "htmldate": 0.7,
}
FROM_UPDATE = 0.6
MONTH_ONLY = 0.6
IN_CONFLICT = 0.6
BY_WEEKDAY: dict[WeekdayCheck, float] = {
    "agrees": 1.0,
    "none": 1.0,
    "unlikely": 0.8,
    "contradicts": 0.5,
}


def date_confidence(decision: Decision, weekday: WeekdayCheck) -> float:
    """``date_confidence`` of articles, within 0 and 1: the product of what speaks against."""
    factors = (
        FROM_UPDATE if decision.is_from_update else BY_ORIGIN[decision.date_origin],
        MONTH_ONLY if decision.date_precision == "month" else 1.0,
        IN_CONFLICT if decision.date_conflict else 1.0,
        BY_WEEKDAY[weekday],
    )
    product = 1.0
    for factor in factors:
        product *= factor
    return round(product, 4)
