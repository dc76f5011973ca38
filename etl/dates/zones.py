"""Time zones as news pages write them.

What belongs here: abbreviations (zones.csv), numeric offsets, and the step from a local clock
to UTC. What does not: finding them in a text (clocks.py).

An abbreviation that several zones share has the meaning it has most often on news pages. One
that has no such meaning is left out: then the zone is unknown and there is no instant.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

import polars as pl

from etl.tables import made_of_tables, read_table

NUMERIC_OFFSET = re.compile(r"([+\-−])(\d{1,2})(?::?(\d{2}))?", re.ASCII)


@made_of_tables
def _offsets() -> Mapping[str, int]:
    """Minutes east of Greenwich."""
    rows = read_table("zones.csv").filter(pl.col("minutes") != "")
    return {name: int(minutes) for name, minutes in rows.select("word", "minutes").iter_rows()}


@made_of_tables
def _ruled() -> Mapping[str, str]:
    """Zones of the IANA database: "ET" says neither standard nor daylight time, the day decides."""
    rows = read_table("zones.csv").filter(pl.col("rule") != "")
    return dict(rows.select("word", "rule").iter_rows())


def is_zone(name: str) -> bool:
    return name in _offsets() or name in _ruled() or _numeric_minutes(name) is not None


def to_utc(local: datetime, *, zone: str) -> datetime | None:
    """The instant, naive in UTC, at which clocks of ``zone`` show ``local``.

    ``zone`` is an abbreviation (``HST``) or an offset (``+05:30``). None where the zone is
    unknown or skips that hour.
    """
    if rule := _ruled().get(zone):
        return _by_rule(local, rule)
    minutes = _offsets().get(zone)
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
