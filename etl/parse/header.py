"""The crawler's header: one date, glued to the front of the page.

What belongs here: finding it and cutting it off. What does not: judging the date, which may be
no day of any calendar (etl/dates does that).

Crawlers write it as they please: a month, a day, an instant, in figures or with the month's
name. Pages add what cannot be seen: no-break spaces, zero-width characters, direction marks.
"""

import re

from etl.lexicon import calendar, fill
from etl.tables import made_of_tables

# A header is short, but much that is unseen may stand before it, and some within.
HEAD_CHARS = 400
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
INVISIBLE = re.compile(f"[{_UNSEEN}]")
_LEAD = re.compile(rf"[\s{_UNSEEN}]*")
HYPHENS = re.compile("[\u2010-\u2015\u2212]")

_WORDS = ("date", "Date", "DATE")
_WORD = re.compile(rf"(?:{'|'.join(_WORDS)}):? {{1,8}}")
# The time belongs to the date, not to the title behind it; so does the zone.
_CLOCK = (
    r"(?:(?:T|,? {1,2})\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?[ap]\.?m\.?)?|T\d{4}(?:\d\d)?)"
    r"(?: ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)(?: \([A-Z]{2,5}\))?)?"
)
# "2024-01-19", "2023-04", "20240119", seconds since 1970; "2024-13-45" is taken as it is written.
_FIGURES = re.compile(
    rf"(?:\d{{1,6}}[-/.]\d{{1,4}}(?:[-/.]\d{{1,4}})?|\d{{8}}|\d{{10}}(?:\d{{3}})?)(?:{_CLOCK})?(?=\s|$)",
    re.IGNORECASE,
)
_WRITTEN = (
    r"(?:@WEEKDAY,? )?"
    r"(?:\d{1,2}(?:st|nd|rd|th|\.)?[ -]@MONTH,?[ -]|@MONTH (?:\d{1,2}(?:st|nd|rd|th)?,? )?)"
    rf"\d{{4}}(?:{_CLOCK})?(?=\s|$)"
)


def split_header(text: str) -> tuple[str | None, int]:
    """The header's date as written, if there is one, and the offset at which the page starts.

    What cannot be seen is left out of the date, and its spaces and hyphens are made plain.
    """
    lead = _LEAD.match(text)
    first = lead.end() if lead else 0
    if not INVISIBLE.sub("", text[first : first + HEAD_CHARS]).startswith(_WORDS):
        return None, 0
    seen, places = _seen(text, first)
    word = _WORD.match(seen)
    found = word and (_FIGURES.match(seen, word.end()) or _written().match(seen, word.end()))
    return (found[0], _page_start(text, seen, places, found.end())) if found else (None, 0)


def _page_start(text: str, seen: str, places: range | list[int], end: int) -> int:
    """Where the date ends; where the page can be seen, if something unseen stands between."""
    start, behind = places[end], places[len(seen) - len(seen[end:].lstrip(" "))]
    return behind if INVISIBLE.search(text, start, behind) else start


def _seen(text: str, first: int) -> tuple[str, range | list[int]]:
    """What can be seen from ``first`` on, and the offset of each character of it and of its end."""
    head = text[first : first + HEAD_CHARS]
    if head.isascii():
        return head.replace("\t", " "), range(first, first + len(head) + 1)
    places = [first + place for place, char in enumerate(head) if not INVISIBLE.match(char)]
    return "".join(_plain(text[place]) for place in places), [*places, first + len(head)]


def _plain(char: str) -> str:
    if char.isspace():
        return "\n" if char == "\n" else " "
    return str(int(char)) if char.isdecimal() else "-" if HYPHENS.match(char) else char


@made_of_tables
def _written() -> re.Pattern[str]:
    """ "19 Jan 2024", "Fri, 19 January 2024 10:05:00 GMT", "January 19, 2024", "April 2023"."""
    names = {"MONTH": calendar.name_pattern("month"), "WEEKDAY": calendar.name_pattern("weekday")}
    return re.compile(fill(_WRITTEN, names), re.IGNORECASE)
