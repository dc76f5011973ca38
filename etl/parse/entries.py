"""Entries: the pieces of a live page or of a timeline, each under its own time.

What belongs here: telling such a page, and what its times are. What does not: sorting its lines
(etl/parse/page.py), and whether it is an article (etl/parse/verdict.py).

A list of stories has times as well, and so has a television programme. A live page or timeline says
what it is, in its headline: "Harbour strike live", "Key dates of the quay", in many languages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.lexicon import pattern, words
from etl.lexicon.calendar import name_pattern
from etl.parse.block_reading import BlockReading
from etl.parse.bylines import is_bare_name
from etl.parse.lines import ends_sentence
from etl.parse.stamps import has_full_date, may_be_dated
from etl.tables import made_of_tables

LEAST_ENTRIES = 3
# "Tuesday, May 17, 2022 at 7:12 p.m. FJT".
MOST_STAMP_WORDS = 9
CLOCK = r"(?:[01]?\d|2[0-4])(?:[:.]|\s?h\s?)[0-5]\d"
HALF_DAY = r"\s?[ap]\.?\s?m\b\.?"
# "17:45 GMT", "6:30 p.m.", "4 p.m.", "17.52 Uhr", "kl. 17.45", "10m ago".
TIME_ALONE = re.compile(
    rf"^(?:kl\.?\s|ore\s)?(?:{CLOCK}(?:{HALF_DAY})?|\d{{1,2}}{HALF_DAY})"
    r"(?:\s?(?:Uhr|hrs?|h))?(?:\s?\(?(?-i:[A-Z]{2,4})\)?)?$"
    r"|^\d{1,3}\s?[smhd](?:in|ec|r|our|ay)?(?:ute|ond)?s?\.? ago$",
    re.IGNORECASE,
)
HAS_CLOCK = re.compile(rf"(?<!\d){CLOCK}(?!\d)")
BULLET = r"^(?:[-–—•*]\s)?"
# "10:30 AM: Power is out.", "17.52 Uhr Der Bär ist frei."
CLOCK_BEFORE = re.compile(
    rf"{BULLET}{CLOCK}(?:{HALF_DAY})?(?:\s?Uhr)?\s?[:\-–—]?\s+\S", re.IGNORECASE
)
# "80' Penalty Fiji", "2019 - Board approves it".
MINUTE_OR_YEAR_BEFORE = re.compile(
    rf"{BULLET}(?:\d{{1,3}}(?:\+\d{{1,2}})?['’′]|(?:1[5-9]|20)\d\d\s?[:\-–—])\s+\S"
)
SPACELESS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True)
class Entries:
    """The times of a live page or timeline.

    ``first`` is the index of the first entry, ``times`` are those that stand alone on their line,
    ``instant`` the first of them with a day and a clock; ``names`` sign entries.
    """

    first: int
    times: frozenset[str]
    names: frozenset[str]
    instant: str | None

    def kind_of(self, one: BlockReading) -> str | None:
        """What a line among entries is, where these tell it: ``live``, or ``body``.

        A clock goes with the entry that it stands above; a day of a timeline is a part of it. A
        name that stands below entries signs them.
        """
        if one.text in self.times:
            is_clock = HAS_CLOCK.search(one.text) or TIME_ALONE.match(one.text)
            return "live" if is_clock else "body"
        return "live" if one.text in self.names else None


def says_it_is_live(title: str) -> bool:
    """Whether a headline says that its page is a live one, or a timeline."""
    return _live().search(title) is not None


def find_entries(seen: Sequence[BlockReading], title: str | None) -> Entries | None:
    """The entries of a page whose title, or a line above them, says that there are some."""
    if title and not says_it_is_live(title):
        return None
    opening = [index for index, one in enumerate(seen) if _opens_entry(one)]
    if len(opening) < LEAST_ENTRIES:
        return None
    first = _first_of_many(seen, opening)
    if not title and not any(says_it_is_live(one.text) for one in seen[:first]):
        return None
    alone = [seen[i].text for i in opening if i >= first and _is_time_alone(seen[i])]
    below = [one.text for one in seen[first:] if is_bare_name(one.text)]
    dated = (text for text in alone if HAS_CLOCK.search(text) and not TIME_ALONE.match(text))
    return Entries(
        first=first,
        times=frozenset(alone),
        names=frozenset(name for name in below if below.count(name) > 1),
        instant=next(dated, None),
    )


def _first_of_many(seen: Sequence[BlockReading], opening: Sequence[int]) -> int:
    """The first entry. The page's own stamp has the byline or another entry's time behind it."""
    for index in opening:
        behind = seen[index + 1 : index + 2]
        if behind and not _opens_entry(behind[0]) and behind[0].credit is None:
            return index
    return opening[0]


def count_entries(lines: Sequence[str]) -> int:
    """How many lines begin with their own time, and are no item of a programme: "18.00 News"."""
    return sum(
        ends_sentence(line) if CLOCK_BEFORE.match(line) else _begins_with_day(line)
        for line in lines
    )


def _begins_with_day(line: str) -> bool:
    return bool(MINUTE_OR_YEAR_BEFORE.match(line) or _day_before().match(line))


def _opens_entry(one: BlockReading) -> bool:
    if not may_be_dated(one.text):
        return False
    is_timed = CLOCK_BEFORE.match(one.text) or _begins_with_day(one.text)
    return bool(is_timed) or _is_time_alone(one)


def _is_time_alone(one: BlockReading) -> bool:
    """A clock, or a stamp that names nobody; beside a day and a clock a zone may be unknown."""
    if TIME_ALONE.match(one.text):
        return True
    if one.credit is not None:
        return one.credit.byline is None and bool(one.credit.stamp)
    is_short = one.block.word_count <= MOST_STAMP_WORDS
    return is_short and has_full_date(one.text) and HAS_CLOCK.search(one.text) is not None


@made_of_tables
def _live() -> re.Pattern[str]:
    known = words("page_cues", "live")
    spaceless = {word for word in known if SPACELESS.search(word)}
    return re.compile(
        rf"(?i)(?<![^\W_]){pattern(known - spaceless)}(?![^\W_])|{pattern(spaceless)}"
    )


@made_of_tables
def _day_before() -> re.Pattern[str]:
    """ "Jan. 3: Board meets", "3 January 2024 – Board meets"."""
    month = name_pattern("month")
    return re.compile(
        rf"(?i){BULLET}(?:{month}\.?\s\d{{1,2}}|\d{{1,2}}\.?\s(?:de\s)?{month})"
        r"(?:,?\s(?:de\s)?\d{4})?\s?[:\-–—]\s+\S"
    )
