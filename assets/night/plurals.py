"""A number and what it counts, for log lines and summaries: "1 night", "2 nights".

What belongs here: English plurals of the nouns that Dateline counts, and lines made of them, or of
nights, that both a log and a summary show.
"""

from collections.abc import Sequence
from datetime import date

IRREGULAR = {"delivery": "deliveries"}


def quantity(count: int, noun: str) -> str:
    """The count and its noun, the last word of ``noun`` in the plural unless there is one."""
    *before, last = noun.split()
    plural = IRREGULAR.get(last, f"{last}s")
    return " ".join([str(count), *before, last if count == 1 else plural])


def waiting_line(count: int, settle_seconds: float) -> str:
    """What the log and the summary say of files that this run leaves to the next."""
    files = quantity(count, "file")
    changed = f", or changed within the last {settle_seconds:g} s" if settle_seconds else ""
    return f"{files} unfinished{changed}: left to the next run"


def span_of(nights: Sequence[date]) -> str:
    """Nights, ascending, in a few words: '2026-03-01 to 2026-03-09 (8)'."""
    if len(nights) < 2:
        return str(nights[0]) if nights else "none"
    return f"{nights[0]} to {nights[-1]} ({len(nights)})"
