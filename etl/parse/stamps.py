"""Date stamps: the lines that tell when a page appeared or was changed.

What belongs here: recognising a line that is nothing but a stamp. What does not: reading
its dates (etl/dates) and lines that a stamp shares with a name (etl/parse/bylines.py).

A stamp is known by its words rather than its order, of which there are too many: it has a
date or an age, and every word is a month, weekday, zone or one like "updated".
"""

import re

from etl.parse.dateline import MONTH
from etl.parse.vocabulary import FOREIGN_STAMP_WORDS, STAMP_WORDS

REACH = 240

STAMP_VERB = (
    r"(?i:(?:first |last )?(?:published|posted|updated|modified|created|issued|dated|date|edited))"
)
PARTS = re.compile(r"[\s,|:;/()\[\]\-–—•·]+")
ENGLISH_MONTH = re.compile(MONTH, re.IGNORECASE)
RELATIVE = re.compile(
    r"(?i)\b(?:\d+|an?|just)\s?(?:now|(?:sec|min|hour|hr|day|week|month|year)\w*)\s+ago\b"
)
ABSOLUTE = re.compile(
    r"(?i)(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}(?!\d)"
    rf"|\b{MONTH}\s?\d|\d\s?(?:st|nd|rd|th)?\s{MONTH}(?!\w)"
)


def is_stamp(text: str) -> bool:
    """Whether a line holds nothing but a date or age and the words around it.

    "Published: Feb. 23, 2022 at 5:51 PM HST|Updated: 1 hour ago", "3 Monate" is none.
    """
    if len(text) > REACH or not (ABSOLUTE.search(text) or RELATIVE.search(text)):
        return False
    return all(map(_is_stamp_word, filter(None, PARTS.split(text.casefold()))))


def has_date(text: str) -> bool:
    """Whether a date stands somewhere in a short line."""
    return len(text) <= REACH and ABSOLUTE.search(text) is not None


def _is_stamp_word(part: str) -> bool:
    bare = part.strip(".'’")
    return (
        not bare
        or bare[0].isdigit()
        or bare in STAMP_WORDS
        or bare in FOREIGN_STAMP_WORDS
        or ENGLISH_MONTH.fullmatch(bare) is not None
    )
