"""Times of day beside a date, and the zones they are given in.

What belongs here: the shapes of clocks. What does not: what a zone means (zones.py) and the
dates (readings.py).
"""

import re
from datetime import time

from etl.dates.zones import is_zone

_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    r"(?:\.\d{1,9})?(?!\d)\s?(?P<half>[ap]\.?m)?|\s?(?P<half_only>[ap]\.?m))\b\.?",
    re.IGNORECASE | re.ASCII,
)
_WIRE_CLOCK = re.compile(r"(?<!\d)(\d{2})(\d{2})\s?(?:hrs\s?)?(GMT|UTC|[A-Z]{2,4}T)\b", re.ASCII)
_ZONE = re.compile(
    r"\s?(?:hrs\s?)?[(,]?\s?(?:(?:GMT|UTC)\s?(?P<offset>[+\-−]\d{1,2}(?::?\d{2})?)(?!\d)"
    r"|(?P<name>[A-Z]{1,4})(?![A-Za-z])|(?P<bare>[+\-−]\d{2}:?\d{2})(?!\d))",
    re.ASCII,
)


def read_clock(text: str) -> tuple[time | None, str | None]:
    """The first time of day in a text, with its zone if that is a known one."""
    if (found := _CLOCK.search(text)) and (clock := _clock_of(found)):
        return clock, read_zone(text[found.end() :])
    if (found := _WIRE_CLOCK.search(text)) and is_zone(found[3]):
        return _clock(int(found[1]), int(found[2]), 0), found[3]
    return None, None


def _clock_of(found: re.Match[str]) -> time | None:
    hour = int(found["hour"])
    half = (found["half"] or found["half_only"] or "").lower()
    if half and not 0 <= hour <= 12:
        half = ""  # "13:05 PM" is meant as 13:05
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return _clock(hour, int(found["minute"] or 0), int(found["second"] or 0))


def _clock(hour: int, minute: int, second: int) -> time | None:
    if hour > 23 or minute > 59 or second > 59:
        return None
    return time(hour, minute, second)


def read_zone(text: str) -> str | None:
    """The zone that a text begins with, if it is a known one."""
    found = _ZONE.match(text)
    if found is None:
        return None
    zone = found["offset"] or found["bare"] or found["name"]
    return zone if is_zone(zone) else None


def clock_of_digits(text: str) -> time | None:
    """``10:05``, ``100507``."""
    digits = text.replace(":", "")
    return _clock(int(digits[:2]), int(digits[2:4]), int(digits[4:6] or 0))
