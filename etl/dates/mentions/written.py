"""Dates that name a month or a year: as written, or in the year that tense and nearness give.

What belongs here: one rule per shape. What does not: dates that count from the publication
(relative.py) or from another date (anchors.py).
"""

from collections.abc import Callable, Iterable
from datetime import date

from etl.dates.mentions import periods, terms
from etl.dates.mentions.expressions import Expression
from etl.dates.mentions.page import STEPS, Method, Page, Resolved
from etl.dates.mentions.periods import Period
from etl.dates.tense import Tense

# A plan for a day that was or will be within weeks is told in another tense than its verb's:
# "was due to end on January 21", printed on 20 March, is 59 days ago; "January 20" is next year's.
NEAR_DAYS = 60
# Without a cue of tense the past is a little likelier: news reports. "The June 14 fair", printed
# on 19 January, was 219 days ago and is 147 days off (by 1.5: 220.5); "June 13" is this year's.
FUTURE_COST = 1.5
SATURDAY = 5

_PARTS = {"beginning of": "early", "start of": "early", "middle of": "mid", "end of": "late"}


def read_numbers(found: Expression, page: Page) -> Resolved | None:
    """ "2024-02-08" and "25/02/2024", not "02/03/2024", which is two days."""
    parts = found.parts
    year = int(parts["year"])
    if found.shape == "iso_date":
        return periods.day_of(
            date(year, int(parts["month_number"]), int(parts["day"]))
        ), "full_date"
    first, second = int(parts["first"]), int(parts["second"])
    if first <= 12 and second <= 12 and first != second and parts["mark"] == "/":
        return None
    day, month_number = (second, first) if second > 12 else (first, second)
    return periods.day_of(date(year, month_number, day)), "full_date"


def month_day(found: Expression, page: Page) -> Resolved | None:
    parts = found.parts
    first = int(parts["day"])
    last = int(parts.get("last_day", first))
    number_of_month = terms.month(parts["month"])
    if last < first:
        return None

    def in_year(year: int) -> Period:
        start, end = date(year, number_of_month, first), date(year, number_of_month, last)
        return Period(start, end, "day" if start == end else "period")

    return _with_year(in_year, found, page, tense=page.tense_of_day)


def feast(found: Expression, page: Page) -> Resolved | None:
    """ "Christmas Day 2011"."""
    month_number, day = terms.feast(found.parts["feast"])
    return _with_year(lambda year: periods.day_of(date(year, month_number, day)), found, page)


def whole_month(found: Expression, page: Page) -> Resolved | None:
    """ "in March", "February 2024", "early last March"."""
    parts = found.parts
    number_of_month = terms.month(parts["month"])

    def in_year(year: int) -> Period:
        return part_in(periods.month_of(year, number_of_month), parts)

    this_year = page.published_on.year
    now = periods.month_of(this_year, page.published_on.month)
    which = parts.get("which", "")
    around = [in_year(this_year + step) for step in (-1, 0, 1)]
    if which in ("last", "past", "this past"):
        return max((p for p in around if p.last < now.first), key=_first_day), "nearest"
    if which in ("next", "coming", "this coming"):
        return min((p for p in around if p.first > now.last), key=_first_day), "nearest"
    if which == "this":
        return in_year(this_year), "nearest"
    return _with_year(in_year, found, page)


def _with_year(
    in_year: Callable[[int], Period],
    found: Expression,
    page: Page,
    *,
    tense: Callable[[Expression], Tense | None] | None = None,
) -> Resolved | None:
    """The period in the year that is written, else in the one that tense and nearness give."""
    if year := found.parts.get("year"):
        return in_year(int(year)), "full_date"
    if which := found.parts.get("in_year"):
        return in_year(page.published_on.year + STEPS[which]), "relative"
    candidates = []
    for step in (-1, 0, 1):
        try:
            candidates.append(in_year(page.published_on.year + step))
        except ValueError:  # 29 February of a common year
            continue
    chosen = choose(candidates, page.published_on, (tense or page.tense_of)(found))
    return None if chosen is None else (chosen, "nearest")


def choose(candidates: Iterable[Period], day: date, tense: Tense | None) -> Period | None:
    """The candidate that news of ``day`` means: nearest, on the side that the tense tells."""
    by_distance = sorted(candidates, key=lambda period: _cost(period, day))
    if tense is None:
        return next(iter(by_distance), None)
    fitting = [p for p in by_distance if (p.last >= day if tense == "future" else p.first <= day)]
    others = [p for p in by_distance if p not in fitting]
    if others and (not fitting or others[0].distance_to(day) < NEAR_DAYS):
        return others[0]
    return fitting[0] if fitting else None


def _cost(period: Period, day: date) -> float:
    return period.distance_to(day) * (FUTURE_COST if period.first > day else 1.0)


def _first_day(period: Period) -> date:
    return period.first


def part_in(period: Period, parts: dict[str, str]) -> Period:
    part = parts.get("part", "").removeprefix("the ")
    return periods.part_of(period, _PARTS.get(part, part)) if part else period


def quarter(found: Expression, page: Page) -> Resolved | None:
    parts = found.parts
    is_full = "year" in parts
    year = int(parts["year"]) if is_full else page.published_on.year + STEPS[parts["which"]]
    ordinal = _ordinal_of_quarter(parts)
    if parts.get("unit") == "half":
        return (periods.half_of(year, ordinal), _year_method(is_full)) if ordinal < 3 else None
    return periods.quarter_of(year, ordinal), _year_method(is_full)


def _ordinal_of_quarter(parts: dict[str, str]) -> int:
    """ "third", "q3" and "3q" are 3."""
    return terms.ordinal(parts["ordinal"]) if "ordinal" in parts else int(parts["q"].strip("q"))


def bare_quarter(found: Expression, page: Page) -> Resolved | None:
    """ "the third quarter", "Q3": of the year that tense and nearness give."""
    ordinal = _ordinal_of_quarter(found.parts)
    if ordinal > 4:
        return None
    this_year = page.published_on.year
    around = [periods.quarter_of(this_year + step, ordinal) for step in (-1, 0, 1)]
    chosen = choose(around, page.published_on, page.tense_of(found))
    return None if chosen is None else (chosen, "nearest")


def months(found: Expression, page: Page) -> Resolved | None:
    """ "April to June 2017", "November to January 2020", "the July-September quarter"."""
    first, last = terms.month(found.parts["month"]), terms.month(found.parts["last_month"])

    def in_year(year: int) -> Period:
        start = periods.month_of(year - (first > last), first)
        end = periods.month_of(year, last).last
        is_quarter = found.shape == "months_quarter" and (last - first) % 12 == 2
        return Period(start.first, end, "quarter" if is_quarter and last % 3 == 0 else "period")

    return _with_year(in_year, found, page)


def nth_of_month(found: Expression, page: Page) -> Resolved | None:
    """ "the first Monday of September 2013", "the last week of March", "the last day of next
    month"."""
    parts = found.parts
    if "of_month" in parts:
        today = page.published_on
        day = periods.shift(today.replace(day=1), STEPS[parts["of_month"]], "month")
        return _piece_of(periods.month_of(day.year, day.month), parts), "relative"
    number_of_month = terms.month(parts["month"])

    def in_year(year: int) -> Period:
        return _piece_of(periods.month_of(year, number_of_month), parts)

    return _with_year(in_year, found, page)


def _piece_of(month: Period, parts: dict[str, str]) -> Period:
    nth = _nth(parts)
    if "weekday" in parts:
        return periods.day_of(periods.weekdays_in(month, terms.weekday(parts["weekday"]))[nth])
    if parts["piece"] == "weekend":
        return periods.weekend_of(periods.weekdays_in(month, SATURDAY)[nth])
    if parts["piece"] == "day":
        return periods.day_in(month, nth)
    if parts["piece"] == "half":
        return periods.half_of_month(month, nth)
    return periods.seven_days_of(month, nth)


def _nth(parts: dict[str, str]) -> int:
    """Where in its row: "first" is 0, "last" -1."""
    return -1 if parts["nth"] in ("last", "final") else terms.ordinal(parts["nth"]) - 1


def week_of_year(found: Expression, page: Page) -> Resolved | None:
    """ "the first week of 2023": its first seven days."""
    year = periods.year_of(int(found.parts["year"]))
    return periods.seven_days_of(year, _nth(found.parts)), "full_date"


def months_of_year(found: Expression, page: Page) -> Resolved | None:
    """ "the first nine months of 2021", "the last two months of last year"."""
    count = terms.number(found.parts["count"])

    def in_year(year: int) -> Period:
        if found.parts["side"] == "first":
            return Period(date(year, 1, 1), periods.month_of(year, count).last, "period")
        return Period(periods.month_of(year, 13 - count).first, date(year, 12, 31), "period")

    return _with_year(in_year, found, page)


def week_number(found: Expression, page: Page) -> Resolved | None:
    """ "week 51 of 2023", "the 51st week of 2023", as ISO 8601 counts them."""
    number = int(found.parts.get("week_number") or found.parts["nth_week"])
    return periods.week_of(date.fromisocalendar(int(found.parts["year"]), number, 1)), "full_date"


def _year_method(is_full: bool) -> Method:
    return "full_date" if is_full else "relative"


def whole_years(found: Expression, page: Page) -> Resolved | None:
    parts = found.parts
    first = int(parts["year"])
    if found.shape == "decade":
        return part_in(periods.decade_of(first), parts), "full_date"
    if "last_year" not in parts:
        return part_in(periods.year_of(first), parts), "full_date"
    last = int(parts["last_year"])
    if last < 100:
        last += first // 100 * 100 + (100 if last < first % 100 else 0)
    is_range = first < last <= first + (20 if len(parts["last_year"]) == 2 else 200)
    return (periods.years(first, last), "full_date") if is_range else None
