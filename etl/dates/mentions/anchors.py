"""Mentions of one text: each resolved alone, or beside another date of the text.

What belongs here: "two days after the February 8 elections", "the next day", "since March":
what needs a second date. What does not: dates that stand alone (resolve.py).

Such a date hangs on the date right behind it in its sentence ("the day after Thursday's
vote"), else on the last one before it in its paragraph. Where there is none, it is left out:
"a year earlier" than what, nobody knows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice, takewhile

from etl.dates.mentions import periods, terms, written
from etl.dates.mentions.expressions import Expression, find_expressions
from etl.dates.mentions.neighbours import lend_years
from etl.dates.mentions.page import Method, Page, Resolved
from etl.dates.mentions.periods import Period, Unit
from etl.dates.mentions.resolve import resolve_alone
from etl.dates.tense import sentence_bounds

# More dates than the longest article has; a page of nothing but dates must not cost minutes.
MOST_MENTIONS = 2_000
# "two days after the February 8 elections" and up to eighty characters between.
HANGS_ON_NEXT_CHARS = 80
# No paragraph is longer; only a page without any would cost minutes.
PARAGRAPH_CHARS = 2_000

# The body's first sentence goes on from the title.
OPENING_CHARS = 200

_BACKWARD = ("earlier", "before", "previously", "prior to", "previous", "the previous")
_HAS_OBJECT = ("after", "before", "prior to", "following")
_BREAK = re.compile(r"[,;.:!?\n]")
_STRETCH = re.compile(r"(?:over|in|within|during|for|across|throughout) \Z")
# "the smallest crop in nine years after a hailstorm": nine years that are over.
_DURATION = re.compile(r"\b(?:in|for)(?: (?:about|almost|nearly|over|at least|more than))? \Z")
_OPENING = re.compile(r"[\s\"“‘']*(?:(?:And|But|Just|Barely|About|Some|Only|Then),?\s)?")
_SAID = re.compile(
    r"\b(?:said|says|told|announced|reported|added|stated|confirmed)\b[^.;]{0,24} (?:on )?\Z"
)
_SINCE = re.compile(r"since (?:at least |about |the )?\Z")
# Precisions that are exact enough to count the unit from.
_EXACT_ENOUGH = {
    "day": ("day",),
    "week": ("day", "week", "weekend"),
    "month": ("day", "week", "weekend", "month"),
    "quarter": ("quarter",),
}


@dataclass(frozen=True)
class Mention:
    """A date that a text speaks about: ``text[start:end]``, its period and how it was found."""

    start: int
    end: int
    period: Period
    method: Method


def find_mentions(page: Page) -> list[Mention]:
    """All dates of one text that can be resolved, in order, none within another."""
    found, lent = _expressions(page)
    alone = [None if _hangs(e, page) else resolve_alone(e, page) for e in found]
    mentions: list[Mention] = []
    for index, expression in enumerate(found):
        resolved = alone[index]
        if resolved is None and _hangs(expression, page):
            anchor = _next_anchor(page, found, alone, index) or _anchor_before(
                page, mentions, expression
            )
            resolved = _beside(expression, anchor) if anchor else None
        if resolved is not None and index in lent:
            resolved = resolved[0], "anchored"
        if resolved is not None:
            mentions.append(_since(expression, resolved, page))
    return mentions


def last_written(page: Page) -> Expression | None:
    """The last date of a text that has a year, as if it stood before another text."""
    dated = [e for e in _expressions(page)[0] if "year" in e.parts]
    return replace(dated[-1], start=0, end=0) if dated else None


def _expressions(page: Page) -> tuple[list[Expression], set[int]]:
    """The expressions with the years that they lend each other, and which ones took one."""
    expressions = islice(find_expressions(page.text, page.lower), MOST_MENTIONS)
    written = [e for e in expressions if not _is_duration(e, page)]
    told = [page.told] if page.told else []
    found, lent = lend_years([*told, *written], page)
    return found[len(told) :], {index - len(told) for index in lent}


def _is_duration(found: Expression, page: Page) -> bool:
    """Whether "nine years after" tells how long, and "after" opens what the sentence says next."""
    has_object = found.shape == "offset" and found.parts["direction"] in _HAS_OBJECT
    before = max(0, found.start - 20), found.start
    return has_object and _DURATION.search(page.lower, *before) is not None


def _hangs(found: Expression, page: Page) -> bool:
    """Whether an expression counts from another date of the text."""
    if found.shape == "weekday":
        return found.parts.get("which", "").startswith("the ")
    if found.shape == "span" and "unit" in found.parts:  # "the next week", not "over the next week"
        is_stretch = _STRETCH.search(page.lower, max(0, found.start - 12), found.start)
        return found.parts["which"] in ("next", "previous") and not is_stretch
    return found.shape in ("offset", "beside", "month_of_year", "month_beside")


def _next_anchor(
    page: Page, found: Sequence[Expression], alone: Sequence[Resolved | None], index: int
) -> Period | None:
    """The date right behind "after" or "before", within the clause."""
    here = found[index]
    has_object = here.parts.get("direction", here.parts.get("behind")) in _HAS_OBJECT
    if not has_object or here.shape == "weekday" or index + 1 == len(found):
        return None
    behind, resolved = found[index + 1], alone[index + 1]
    if resolved is None or behind.start - here.end > HANGS_ON_NEXT_CHARS:
        return None
    return None if _BREAK.search(page.text, here.end, behind.start) else resolved[0]


def _anchor_before(page: Page, mentions: Sequence[Mention], here: Expression) -> Period | None:
    """The last date before, in the paragraph, but for the day on which somebody said so.

    For "a year earlier" and "the same month last year" it is the first of the sentence:
    "1.9 in January against 1.7 in December and 1.6 a year earlier".
    """
    first, _ = sentence_bounds(page.text, here.start, here.end)
    if _hangs_on_event(page, here) and not _OPENING.fullmatch(page.text, first, here.start):
        return None
    near = _of_paragraph(page.text, mentions, here.start)
    if "same_in" in here.parts or _is_comparison(here):
        written = [m for m in near if m.method != "anchored"]
        in_sentence = [m for m in written if m.start >= first]
        chosen = in_sentence[:1] or written[-1:] or near[-1:]
        return chosen[0].period if chosen else None
    events = [m for m in near if not _SAID.search(page.lower, max(0, m.start - 40), m.start)]
    return (events or near)[-1].period if near else _of_title(page, here)


def _of_paragraph(text: str, mentions: Sequence[Mention], start: int) -> list[Mention]:
    """The mentions before ``start`` in its paragraph, no further back than is sensible."""
    furthest = max(0, start - PARAGRAPH_CHARS)
    first = max(text.rfind("\n\n", furthest, start), furthest)
    near = list(takewhile(lambda mention: mention.start >= first, reversed(mentions)))
    return near[::-1]


def _of_title(page: Page, here: Expression) -> Period | None:
    """The title's date, for a date without another before it that opens the body."""
    return page.anchor if here.start < OPENING_CHARS else None


def _is_comparison(here: Expression) -> bool:
    return here.parts.get("direction") == "earlier" and here.parts["unit"] in ("month", "year")


def _hangs_on_event(page: Page, here: Expression) -> bool:
    """ "two days after the vote": an event, whose date may have been told before ("Two days
    after the vote, ..."), but in "on Friday, two days after the vote" has not.
    """
    direction = here.parts.get("direction", here.parts.get("behind"))
    return direction in _HAS_OBJECT and not _BREAK.match(page.text, here.end)


def _beside(found: Expression, anchor: Period) -> Resolved | None:
    parts = found.parts
    if found.shape == "weekday":
        return _weekday_beside(parts, anchor)
    if "same_in" in parts:
        return _same_in(parts, anchor)
    if found.shape == "month_of_year":
        return _of_that_year(parts, anchor)
    if found.shape == "month_beside":
        return _month_beside(parts, anchor)
    counted = parts.get("unit") or parts.get("day_unit") or parts["same_unit"]
    factor, unit = terms.counted_unit(counted)
    if anchor.precision not in _EXACT_ENOUGH.get(unit, (anchor.precision,)):
        return None
    direction = parts.get("direction") or parts.get("behind") or parts.get("which") or ""
    count = 0 if "same_unit" in parts else terms.number(parts["count"]) if "count" in parts else 1
    count *= factor
    days = _shifted(anchor, -count if direction in _BACKWARD else count, unit)
    if days is None:
        return None
    is_month = found.shape == "offset" and unit == "year" and anchor.precision == "month"
    return periods.unit_of(days, "month" if is_month else unit), "anchored"


_YEARS_ON = {"following": 1, "next": 1, "after": 1, "previous": -1, "before": -1}


def _of_that_year(parts: dict[str, str], anchor: Period) -> Resolved | None:
    """ "May of that year", "5 May that year", "early March of the following year"."""
    step = _YEARS_ON.get(parts.get("which_year") or parts.get("year_then") or "", 0)
    month = periods.month_of(anchor.first.year + step, terms.month(parts["month"]))
    day = parts.get("day") or parts.get("day_first")
    if day is None:
        return written.part_in(month, parts), "anchored"
    is_there = int(day) <= month.last.day
    return (periods.day_in(month, int(day) - 1), "anchored") if is_there else None


def _month_beside(parts: dict[str, str], anchor: Period) -> Resolved:
    """ "the following May": the first one behind the anchor, or the last before it."""
    is_back = parts["which"] in _BACKWARD
    years = (anchor.first.year + step for step in ((0, -1) if is_back else (0, 1)))
    months = [periods.month_of(year, terms.month(parts["month"])) for year in years]
    beside = (m for m in months if (m.last < anchor.first if is_back else m.first > anchor.last))
    return next(beside, months[-1]), "anchored"


def _same_in(parts: dict[str, str], anchor: Period) -> Resolved | None:
    """ "the same month last year", "the same month of 1986"."""
    unit = terms.unit(parts["same_unit"])
    year = int(parts["same_in"]) if parts["same_in"].isdigit() else anchor.first.year - 1
    if anchor.precision not in _EXACT_ENOUGH.get(unit, (anchor.precision,)):
        return None
    day = _shifted(anchor, year - anchor.first.year, "year")
    return (periods.unit_of(day, unit), "anchored") if day else None


def _shifted(anchor: Period, count: int, unit: Unit) -> date | None:
    try:
        return periods.shift(anchor.first if count <= 0 else anchor.last, count, unit)
    except (ValueError, OverflowError):  # before the year 1, after 9999
        return None


def _weekday_beside(parts: dict[str, str], anchor: Period) -> Resolved | None:
    """ "the following Thursday": the first one after the anchor, never the same day."""
    if anchor.precision != "day":
        return None
    ahead = (terms.weekday(parts["weekday"]) - anchor.first.weekday()) % 7
    is_back = parts["which"] in _BACKWARD
    days = (ahead - 7) if is_back else (ahead or 7)
    return periods.day_of(anchor.first + timedelta(days=days)), "anchored"


def _since(found: Expression, resolved: Resolved, page: Page) -> Mention:
    """ "since March" is the stretch from 1 March to the publication."""
    period, method = resolved
    opening = _SINCE.search(page.lower, max(0, found.start - 20), found.start)
    if opening is None or period.first > page.published_on:
        return Mention(found.start, found.end, period, method)
    until = page.published_on
    if not page.has_day:
        until = periods.unit_of(until, "month").last
    return Mention(opening.start(), found.end, Period(period.first, until, "period"), "since")
