"""Time zones as news pages write them.

What belongs here: abbreviations, numeric offsets, and the step from a local clock to UTC.
What does not: finding them in a text (clocks.py).

An abbreviation that several zones share has the meaning it has most often on news pages:
IST is India's (Israel's and Ireland's pages rarely print it), CST and PST are American. One
that has no such meaning is left out: then the zone is unknown and there is no instant.

Source: IANA time zone database (abbreviations of the zones named in the comments).
"""

import re
from datetime import datetime, timedelta

import polars as pl

# Minutes east of Greenwich.
_OFFSETS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0,
    "BST": 60, "WEST": 60, "CET": 60, "WAT": 60,
    "CEST": 120, "EET": 120, "CAT": 120, "SAST": 120,
    "EEST": 180, "MSK": 180, "EAT": 180, "TRT": 180,
    "IRST": 210, "GST": 240, "AFT": 270, "PKT": 300, "UZT": 300,
    "IST": 330, "NPT": 345, "BDT": 360, "MMT": 390,
    "ICT": 420, "WIB": 420, "WITA": 480, "WIT": 540,
    "HKT": 480, "SGT": 480, "MYT": 480, "PHT": 480, "AWST": 480,
    "JST": 540, "KST": 540, "ACST": 570, "AEST": 600, "ACDT": 630, "AEDT": 660,
    "NZST": 720, "NZDT": 780,
    "NST": -210, "NDT": -150, "AST": -240, "ADT": -180,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300,
    "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
    "AKST": -540, "AKDT": -480, "HST": -600, "HDT": -540,
    "BRT": -180, "ART": -180, "CLT": -240, "COT": -300, "PET": -300,
}  # fmt: skip

# "ET" says neither standard nor daylight time: the day decides.
_RULED = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}

NUMERIC_OFFSET = re.compile(r"([+\-−])(\d{1,2})(?::?(\d{2}))?", re.ASCII)


def is_zone(name: str) -> bool:
    return name in _OFFSETS or name in _RULED or _numeric_minutes(name) is not None


def to_utc(local: datetime, *, zone: str) -> datetime | None:
    """The instant, naive in UTC, at which clocks of ``zone`` show ``local``.

    ``zone`` is an abbreviation (``HST``) or an offset (``+05:30``). None where the zone is
    unknown or skips that hour.
    """
    if zone in _RULED:
        return _by_rule(local, _RULED[zone])
    minutes = _OFFSETS.get(zone)
    if minutes is None:
        minutes = _numeric_minutes(zone)
    return None if minutes is None else local - timedelta(minutes=minutes)


def _numeric_minutes(zone: str) -> int | None:
    found = NUMERIC_OFFSET.fullmatch(zone)
    if found is None:
        return None
    sign, hours, minutes = found.groups(default="0")
    total = int(hours) * 60 + int(minutes)
    if total > 14 * 60 or int(minutes) > 59:
        return None
    return total if sign == "+" else -total


def _by_rule(local: datetime, name: str) -> datetime | None:
    """Polars brings its own zone tables, so the machine's are never asked."""
    instant = (
        pl.Series([local])
        .dt.replace_time_zone(name, ambiguous="earliest", non_existent="null")
        .dt.convert_time_zone("UTC")
        .dt.replace_time_zone(None)
    )
    value: datetime | None = instant.item()
    return value
