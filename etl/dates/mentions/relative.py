"""Days and periods that count from the day of publication: "Thursday", "last week", "today".

What belongs here: one rule per shape. What does not: dates that name their month or year
(written.py) or count from another date of the text (anchors.py). Where only the month of
publication is known, nothing that counts days from it is resolved.
"""

import re
from datetime import timedelta

from etl.dates.mentions import periods, terms
from etl.dates.mentions.expressions import Expression
from etl.dates.mentions.lookalikes import is_nowadays
from etl.dates.mentions.page import STEPS, Page, Resolved
from etl.dates.mentions.periods import Period
from etl.dates.tense import Tense

ANNOUNCED_CHARS = 40


def weekday(found: Expression, page: Page) -> Resolved | None:
    """ "Thursday" is the last one, today included; the next one where the future is spoken of."""
    parts = found.parts
    which = parts.get("which", "")
    if not page.has_day or which.startswith("the "):
        return None
    today = page.published_on
    weekday_number = terms.weekday(parts["weekday"])
    ahead = (weekday_number - today.weekday()) % 7
    in_week = periods.week_of(today).first + timedelta(days=weekday_number)
    if week := parts.get("week"):
        days = (in_week - today).days + 7 * STEPS[week]
    elif which in ("last", "past", "this past"):
        days = ahead - 7
    elif which == "next":
        days = (in_week - today).days + 7
    elif which in ("coming", "this coming"):
        days = ahead or 7
    elif _is_working_week(found, page):
        return None
    else:
        tense = (
            _announced(found, page)
            or page.tense_of_day(found)
            or ("future" if which == "this" else "past")
        )
        days = ahead if tense == "future" or ahead == 0 else ahead - 7
    return periods.day_of(today + timedelta(days=days)), "weekday"


# "open Monday to Friday": every week.
_MONDAY_TO = re.compile(r"(?<!from )\bmonday (?:to|through|thru|till|until) \Z")
_TO_WEEKEND = re.compile(r" (?:to|through|thru|till|until) (?:friday|saturday|sunday)\b")


def _is_working_week(found: Expression, page: Page) -> bool:
    """ "runs Monday to Friday", where no tense tells of a week."""
    start, end, lower = found.start, found.end, page.lower
    is_first = found.parts["weekday"] == "monday" and _TO_WEEKEND.match(lower, end)
    is_last = found.parts["weekday"] in ("friday", "saturday", "sunday") and _MONDAY_TO.search(
        lower, max(0, start - 20), start
    )
    is_one = bool(is_last or (is_first and not lower.endswith("from ", 0, start)))
    return is_one and page.tense_of(found) is None


_AHEAD = re.compile(
    r"\b(?:(?P<ing>airing|starting|beginning|opening|commencing|premiering|debuting|launching)"
    r"|(?P<present>(?:continue|run|last|extend|remain)s?(?:\s[a-z]+)?\sthrough))(?:\son)?\s\Z"
)
_WENT_ON = re.compile(r"\b(?:was|were|had|been)\b")


def _announced(found: Expression, page: Page) -> Tense | None:
    """ "an interview airing Sunday", "continues through Saturday": what is to come."""
    before = page.lower[max(0, found.start - ANNOUNCED_CHARS) : found.start]
    if _AHEAD.search(before) is None or _WENT_ON.search(before):
        return None
    return "future"


def day_word(found: Expression, page: Page) -> Resolved | None:
    if not page.has_day:
        return None
    words = " ".join(page.lower[found.start : found.end].split())
    if words == "today" and is_nowadays(page.lower, found.end) and page.tense_of(found) is None:
        return None
    days = timedelta(days=terms.day_word(words))
    return periods.day_of(page.published_on + days), "relative"


def which_unit(found: Expression, page: Page) -> Resolved | None:
    """ "last week", "earlier this month", "the end of next year"."""
    parts = found.parts
    step = STEPS.get(parts["which"], 0)
    today = page.published_on
    portion = parts.get("portion", "")
    if not page.has_day and (
        parts["unit"] in ("week", "weekend") or portion in ("earlier", "later")
    ):
        return None
    if parts["unit"] == "weekend":
        is_over = step == 0 and today.weekday() < 2 and page.tense_of(found) == "past"
        return periods.weekend_of(today + timedelta(days=7 * (step - is_over))), "relative"
    unit = terms.unit(parts["unit"])
    whole = periods.unit_of(periods.shift(today, step, unit), unit)
    if end := parts.get("end"):
        portion = "late" if "end" in end else "early"
    if portion in periods.THIRDS:
        return periods.part_of(whole, portion), "relative"
    if step == 0 and portion == "earlier":
        return Period(whole.first, today, "period"), "relative"
    if step == 0 and portion == "later":
        return Period(today, whole.last, "period"), "relative"
    return whole, "relative"


def weekend(found: Expression, page: Page) -> Resolved | None:
    """ "over the weekend": the last one, or the one that is on; the next by tense."""
    if not page.has_day:
        return None
    is_now_or_next = page.published_on.weekday() >= 5 or page.tense_of(found) == "future"
    days = timedelta(days=0 if is_now_or_next else 7)
    return periods.weekend_of(page.published_on - days), "relative"


def ago(found: Expression, page: Page) -> Resolved | None:
    parts = found.parts
    weeks, unit = terms.counted_unit(parts["unit"])
    if not page.has_day and unit in ("day", "week"):
        return None
    count = weeks * terms.number(parts["count"]) * (1 if parts["direction"] == "from now" else -1)
    return periods.unit_of(periods.shift(page.published_on, count, unit), unit), "relative"


def span(found: Expression, page: Page) -> Resolved | None:
    """ "the past three weeks", "over the next year": a stretch that ends or begins today."""
    parts = found.parts
    today = page.published_on
    if not page.has_day:
        return None
    factor, unit = terms.counted_unit(parts.get("unit") or parts["many"].removesuffix("s"))
    is_ahead = parts["which"] in ("next", "coming")
    if parts["which"] in ("last", "past") and parts.get("unit") == "quarter":
        return periods.unit_of(periods.shift(today, -1, "quarter"), "quarter"), "relative"
    count = factor * (terms.number(parts["many_count"]) if "many_count" in parts else 1)
    other = periods.shift(today, count if is_ahead else -count, unit)
    return Period(min(today, other), max(today, other), "period"), "relative"
