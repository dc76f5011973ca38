"""Versions of published files: 2026.11.22, and 2026.11.22.1 where that day had published before.

What belongs here: which version comes next. What does not: where versions are noted
(release_records.py, and the column ``version`` of ``runs``).

The day is the one on which a file was published, in the zone of the nights, so that of a nightly
run is its night. Versions are for people to name a file by. Their order is that of publications,
which the number of a release tells: a clock may be set back.
"""

import re
from collections.abc import Iterable
from datetime import date

VERSION = re.compile(r"(\d{4}\.\d{2}\.\d{2})(?:\.(\d+))?")


def next_version(day: date, taken: Iterable[str]) -> str:
    """The first version of a day that is above all those of it that are ``taken``."""
    wanted = f"{day:%Y.%m.%d}"
    found = (match for version in taken if (match := VERSION.fullmatch(version)))
    numbers = [int(match[2] or 0) for match in found if match[1] == wanted]
    return f"{wanted}.{max(numbers) + 1}" if numbers else wanted
