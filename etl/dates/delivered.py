"""Dates that come with a document: in its header, sidecar, record or markup.

What belongs here: the forms that programs write, each read into one ``Candidate``. What does not:
dates that people read on the page (readings.py), and which candidate is believed (decision.py).
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import cast

from etl.dates.calendars import FIRST_BUDDHIST_YEAR, month_and_day_of_week
from etl.dates.clocks import clock_of_digits
from etl.dates.readings import Candidate, Origin, Reading, read_dates, reading_of

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{2}:?\d{2}(?::?\d{2})?)(?:[.,]\d{1,9})?"
    r" ?(Z|UTC|GMT|[+\-]\d{2}(?::?\d{2})?)?)?)?",
    re.ASCII,
)
_ISO_BASIC = re.compile(
    r"(\d{4})(\d{2})(\d{2})(?:T?(\d{4}(?:\d{2})?)(Z|[+\-]\d{2}:?(?:\d{2})?)?)?", re.ASCII
)
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d{2})-?([1-7])", re.ASCII)
# "2024-019": the 19th day of the year.
_ISO_DAY_OF_YEAR = re.compile(r"(\d{4})-(\d{3})", re.ASCII)
_NUMBER = re.compile(r"\d+")
# A data frame makes "1705658707.0" of a column in which one date is missing.
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?", re.ASCII)
# "Fri Jan 19 10:05:07 +0000 2024", "Fri, 22 Sep 17 22:05:03 +0300", "Fri Jan 19 10:05:07 2024"
_MAIL = re.compile(
    r"(?:[A-Z][a-z]{2,8},?\s+)?(?:\d{1,2}\s[A-Z][a-z]{2,8}\s(?:\d\d|\d{4})\s\d\d?:\d\d(?::\d\d)?"
    r"(?:\s[A-Z]{1,4}|\s[+-]\d{4})?"
    r"|[A-Z][a-z]{2}\s{1,2}\d{1,2}\s\d\d:\d\d(?::\d\d)?(?:\s[A-Z]{1,4}|\s[+-]\d{4})?\s\d{4})",
    re.ASCII,
)
_MIDNIGHT = re.compile(r"24:?00(?::?00)?", re.ASCII)


def read_header(text: str) -> Candidate:
    """The header's date: ``2024-01-19``, ``2023-04`` where only the month is known, or what
    else a sidecar may have.
    """
    return _read_one(text, "header")


def read_given(text: str, *, origin: Origin = "sidecar") -> Candidate:
    """A date delivered or in markup: ISO 8601, RFC 822 and its heirs, C's ``ctime``, seconds or
    milliseconds since 1970, or any shape that a stamp may have, if it means one day only.
    """
    return _read_one(text, origin)


def read_marked(marked: str) -> Candidate | None:
    """A date of a page's markup as ``marked_dates`` has it, "meta 2024-01-19"; None if it is none.

    A page may say nonsense in a meta element; unlike a sidecar's, it does not reject the page.
    """
    origin, _, written = marked.partition(" ")
    found = read_given(written, origin=cast("Origin", origin))
    return found if found.readings else None


def _read_one(text: str, origin: Origin) -> Candidate:
    stripped = text.strip()
    return (
        _read_epoch(stripped, origin)
        or _read_iso(_ISO, stripped, origin)
        or _read_iso(_ISO_BASIC, stripped, origin)
        or _read_iso_day(stripped, origin)
        or _read_written(stripped, origin)
        or _read_mail(stripped, origin)
        or Candidate(origin=origin, text=text, readings=())
    )


def _read_epoch(text: str, origin: Origin) -> Candidate | None:
    if _EPOCH.fullmatch(text) is None:
        return None
    instant = datetime.fromtimestamp(int(text[:10]), UTC)
    reading = Reading(instant.year, instant.month, instant.day)
    return Candidate(
        origin=origin, text=text, readings=(reading,), clock=instant.time(), zone="UTC"
    )


def _read_iso(shape: re.Pattern[str], text: str, origin: Origin) -> Candidate | None:
    found = shape.fullmatch(text)
    if found is None:
        return None
    year, month, day, clock, zone = found.groups()
    reading = reading_of(int(year), int(month), int(day) if day else None)
    if reading is None:
        return None
    moment = clock_of_digits(clock) if clock else None
    if clock and _MIDNIGHT.fullmatch(clock):
        reading, moment = _day_behind(reading), time(0)
    return Candidate(origin=origin, text=text, readings=(reading,), clock=moment, zone=zone)


def _day_behind(reading: Reading) -> Reading:
    """Of "2024-01-19T24:00", the end of a day, which is the beginning of the next."""
    day = date(reading.year or 0, reading.month, reading.day or 1) + timedelta(days=1)
    return Reading(day.year, day.month, day.day)


def _read_iso_day(text: str, origin: Origin) -> Candidate | None:
    """``2024-W03-5``, ``2024W035`` and ``2024-019`` (ISO 8601-1:2019, 5.2.3 and 5.2.4)."""
    if found := _ISO_WEEK.fullmatch(text):
        day = month_and_day_of_week(*map(int, found.groups()))
    elif found := _ISO_DAY_OF_YEAR.fullmatch(text):
        day = _day_of_year(int(found[1]), int(found[2]))
    else:
        day = None
    return Candidate(origin=origin, text=text, readings=(Reading(*day),)) if day else None


def _day_of_year(year: int, number: int) -> tuple[int, int, int] | None:
    if year == 0 or number == 0:
        return None
    day = date(year, 1, 1) + timedelta(days=number - 1)
    return (day.year, day.month, day.day) if day.year == year else None


def _read_mail(text: str, origin: Origin) -> Candidate | None:
    """What RFC 822, its heirs and ``ctime`` write."""
    if _MAIL.fullmatch(text) is None:
        return None
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return Candidate(
        origin=origin,
        text=text,
        readings=(Reading(found.year, found.month, found.day),),
        clock=found.time(),
        zone=None if found.tzinfo is None else found.strftime("%z"),
    )


def _read_written(text: str, origin: Origin) -> Candidate | None:
    """A date as people write it, if it is the only one.

    A header speaks for the crawler, who counts no Buddhist years: 2567 lies in the future.
    """
    written = [c for c in read_dates(text, origin=origin) if c.readings[0].year]
    if len(written) != 1 or len(written[0].readings) != 1:
        return None
    if origin == "header" and any(int(n) >= FIRST_BUDDHIST_YEAR for n in _NUMBER.findall(text)):
        return None
    # "31 June 2023" is no day, and not all of June either.
    is_whole = written[0].readings[0].day or len(_NUMBER.findall(text)) == 1
    return written[0] if is_whole else None
