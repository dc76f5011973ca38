"""One publication day out of all the dates that a document gives.

What belongs here: the decision table. What does not: reading written dates (readings.py)
and frames (articles.py). docs/dates-and-sources.md shows the table to its users.

Which candidate wins, most trusted first:

1. the sidecar's or record's date, or that of the feed that the document was an item of;
2. the header's date;
3. what a page's markup says: JSON-LD, then meta, then a time element that says it is the page's;
4. a stamp that says it is the publication ("Published: ..."), then any other stamp;
5. a dateline with its year;
6. what htmldate's search finds in a page without any of these marks;
7. the stamp of a page update.

A sidecar or header that is there but is no date, or lies in the future or before 1900,
rejects the document: better evidence further down would be a guess against what the
deliverer said. Only a good sidecar overrules a bad header. A mark, stamp or dateline outside these
bounds, or later than the day after the page was fetched, is a misprint or another calendar, and
does not count.

A winner that names a month only is refined to the day by the next stamp (of no update) or
dateline within that month; origin and precision then are those of what refined it.

Two readings of one stamp (08/07/2017) are settled by the nearest other candidate; a dateline
without a year takes the year that brings it nearest to the winner. Neither decides alone.

Conflict: another candidate that is more than one day away from the winner in each of its
readings, or a text that reports of a day a week or more later (later_days.py). A page updated after
its publication is no conflict.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from etl.dates.readings import Candidate, Origin, Reading
from etl.dates.zones import to_utc
from etl.errors import Rejection

EARLIEST = date(1900, 1, 1)
ONE_DAY = timedelta(days=1)
DELIVERED = ("sidecar", "feed", "header")
_RANKS = {
    "sidecar": 0,
    "feed": 0,
    "header": 1,
    "json-ld": 2,
    "meta": 3,
    "time": 4,
    "dateline": 7,
    "htmldate": 8,
}


@dataclass(frozen=True)
class Decision:
    """The publication date of one document; columns of ``articles``, and whether it is no
    more than the stamp of a page update.
    """

    published_on: date
    date_precision: Literal["day", "month"]
    date_origin: Origin
    date_conflict: bool
    published_at: datetime | None
    is_from_update: bool = False

    @property
    def last_on(self) -> date:
        """The last day on which the document may have been published."""
        if self.date_precision == "day":
            return self.published_on
        first = self.published_on
        return first.replace(day=monthrange(first.year, first.month)[1])


@dataclass(frozen=True)
class Period:
    """The days that one reading covers, first and last included."""

    first: date
    last: date

    def gap_to(self, other: "Period") -> timedelta:
        """Days between the two; zero or less where they overlap."""
        return max(self.first - other.last, other.first - self.last)

    def agrees_with(self, other: "Period") -> bool:
        return self.gap_to(other) <= ONE_DAY


def decide(
    candidates: Iterable[Candidate], *, night: date, fetched: date | None = None
) -> Decision | Rejection:
    """Decide on the publication date of one document.

    Args:
        candidates: all dates found, in the order of the page.
        night: the document's own night; the day after it is the last that is not future.
        fetched: the day on which it was fetched, where that is known.
    """
    ranked = sorted(candidates, key=_rank)
    latest = night + ONE_DAY
    latest_read = min(latest, fetched + ONE_DAY) if fetched else latest
    if ranked and ranked[0].origin in DELIVERED:
        if objection := _objection(ranked[0], latest):
            return objection
        winner, others = ranked[0], _within_bounds(ranked[1:], latest_read)
    else:
        settled = _settle_among_equals(_within_bounds(ranked, latest_read))
        chosen = next((c for c in settled if _full(c)), None)
        if chosen is None:
            return _no_date(ranked, latest_read)
        winner, others = chosen, [c for c in settled if c is not chosen]
    return _decision(winner, others)


def _rank(candidate: Candidate) -> int:
    if candidate.origin == "stamp":
        return 9 if candidate.is_update else 5 if candidate.is_labelled else 6
    return _RANKS[candidate.origin]


# -- bounds -----------------------------------------------------------------------------------


def _objection(candidate: Candidate, latest: date) -> Rejection | None:
    what = f"{candidate.origin} date {candidate.text[:80]!r}"
    if not candidate.readings:
        return Rejection("invalid_date", f"{what} is not a calendar date; expected YYYY-MM-DD")
    day = _period(candidate.readings[0]).first
    if day > latest:
        return Rejection("future_date", f"{what} lies after {latest}, the day after its night")
    if day < EARLIEST:
        return Rejection("date_too_early", f"{what} lies before {EARLIEST}")
    return None


def _within_bounds(candidates: Iterable[Candidate], latest: date) -> list[Candidate]:
    """Without the readings that no publication can have; a bad header stays, to conflict."""
    kept = (
        c
        if c.origin == "header"
        else replace(c, readings=tuple(r for r in c.readings if _is_possible(r, latest)))
        for c in candidates
    )
    return [c for c in kept if c.readings]


def _is_possible(reading: Reading, latest: date) -> bool:
    return reading.year is None or EARLIEST <= _period(reading).first <= latest


def _no_date(ranked: Sequence[Candidate], latest: date) -> Rejection:
    dated = (c for c in ranked if len(c.readings) == 1 and c.readings[0].year is not None)
    for candidate in dated:
        if objection := _objection(candidate, latest):
            return objection
    seen = "; ".join(f"{c.origin} {c.text[:40]!r}" for c in ranked[:3])
    return Rejection("no_date", f"expected a full date, found {seen or 'none'}")


# -- readings ---------------------------------------------------------------------------------


def _full(candidate: Candidate) -> bool:
    return len(candidate.readings) == 1 and candidate.readings[0].year is not None


def _period(reading: Reading) -> Period:
    """The days of a reading that has its year."""
    if reading.year is None:
        raise ValueError(f"{reading} has no year")
    if reading.day is not None:
        day = date(reading.year, reading.month, reading.day)
        return Period(day, day)
    _, length = monthrange(reading.year, reading.month)
    return Period(date(reading.year, reading.month, 1), date(reading.year, reading.month, length))


def _nearest_period(reading: Reading, target: Period) -> Period | None:
    """The period of a reading; where it lacks the year, of the year nearest to the target."""
    if reading.year is not None:
        return _period(reading)
    periods = []
    for year in range(target.first.year - 1, target.first.year + 2):
        try:
            periods.append(_period(replace(reading, year=year)))
        except ValueError:  # 29 February of a common year
            continue
    return min(periods, key=lambda period: period.gap_to(target), default=None)


def _periods(candidate: Candidate, target: Period) -> list[Period]:
    found = (_nearest_period(reading, target) for reading in candidate.readings)
    return [period for period in found if period is not None]


def _settle_among_equals(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Settle double readings where neither header nor sidecar can: 08/07/2017 is 8 July
    beside a dateline "July 8". Full dates are asked before those that lack the year.
    """
    return [c if len(c.readings) == 1 else _settled(c, candidates) for c in candidates]


def _settled(candidate: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    others = sorted((c for c in candidates if len(c.readings) == 1), key=lambda c: not _full(c))
    for other in others:
        agreeing = tuple(
            r
            for r in candidate.readings
            if any(p.agrees_with(_period(r)) for p in _periods(other, _period(r)))
        )
        if len(agreeing) == 1:
            return replace(candidate, readings=agreeing)
    return candidate


# -- the decision -----------------------------------------------------------------------------


def _decision(winner: Candidate, others: Sequence[Candidate]) -> Decision:
    target = _period(winner.readings[0])
    origin = winner.origin
    if target.first != target.last:
        for other in others:
            if day := _day_within(other, target):
                target, origin = day, other.origin
                break
    is_day = target.first == target.last
    return Decision(
        published_on=target.first,
        date_precision="day" if is_day else "month",
        date_origin=origin,
        date_conflict=any(_contradicts(other, target) for other in others),
        published_at=_instant((winner, *others), target) if is_day else None,
        is_from_update=winner.is_update,
    )


def _day_within(candidate: Candidate, month: Period) -> Period | None:
    """The one day of the month that the candidate can mean."""
    if candidate.is_update:
        return None
    days = [
        p
        for p in _periods(candidate, month)
        if p.first == p.last and month.first <= p.first <= month.last
    ]
    return days[0] if len(days) == 1 else None


def _contradicts(candidate: Candidate, target: Period) -> bool:
    periods = _periods(candidate, target)
    if candidate.is_update:
        periods = [p for p in periods if p.first <= target.last] if periods else []
    return bool(periods) and not any(p.agrees_with(target) for p in periods)


def _instant(candidates: Iterable[Candidate], day: Period) -> datetime | None:
    """The first instant, of no update, whose local day is the publication day."""
    for candidate in candidates:
        if candidate.is_update or candidate.clock is None or candidate.zone is None:
            continue
        if any(p == day for p in _periods(candidate, day)):
            local = datetime.combine(day.first, candidate.clock)
            if instant := to_utc(local, zone=candidate.zone):
                return instant
    return None
