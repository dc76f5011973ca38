"""What a written date can mean.

What belongs here: dates in stamps and datelines, each read into ``Candidate`` values. What does
not: their shapes (shapes.py), dates that were delivered (delivered.py), and which candidate is
believed (decision.py).

A candidate may have several readings: ``08/07/2017`` is 8 July or August 7. It may lack the
year (``Aug. 12``) or the day (``2023-04``). Relative ages ("1 hour ago") give nothing: they
count from a moment that nobody wrote down.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

import polars as pl

from etl.dates.calendars import gregorian_year, month_and_day_of_week
from etl.dates.clocks import read_clock, read_zone
from etl.dates.months import month_number
from etl.dates.shapes import date_shapes
from etl.lexicon import pattern, words
from etl.lexicon.calendar import fold, languages_with_day_first, meanings, name_pattern
from etl.lexicon.other_calendars import in_gregorian
from etl.tables import made_of_tables, read_table

Origin = Literal[
    "header", "stamp", "dateline", "sidecar", "feed", "json-ld", "meta", "time", "htmldate"
]

LONGEST_STAMP_CHARS = 400
# How far from its date a clock may stand; a word that the limit cuts is left out, so that
# "10:05" is never read as "0:05".
CLOCK_BEFORE_CHARS, CLOCK_BEHIND_CHARS = 30, 40


@dataclass(frozen=True)
class Reading:
    """One meaning of a written date; ``year`` or ``day`` may be unknown, never both."""

    year: int | None
    month: int
    day: int | None


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One written date: where it stood, its possible meanings, its clock and zone.

    No readings: the text should be a date and is none. ``is_update`` marks the date of a
    page update; ``is_labelled`` one that says it is the publication ("Published:").
    """

    origin: Origin
    text: str
    readings: tuple[Reading, ...]
    clock: time | None = None
    zone: str | None = None
    is_update: bool = False
    is_labelled: bool = False


MONTHS = 12
_FIGURES = re.compile(r"(?<!\d)(?P<first>\d{1,2})([/-])(?P<second>\d{1,2})\2\d{4}(?!\d)")
# They say in which direction a text runs, and stand within Arabic dates in figures.
_DIRECTIONS = re.compile("[\u200e\u200f]")
# "Apr 28 20232:23 PM": two elements of a page that its text has side by side.
_CLOCK_ON_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\d{1,2}:\d\d)")


def read_dates(text: str, *, origin: Origin, language: str | None = None) -> list[Candidate]:
    """Every date written in a stamp line or a dateline, in order, with clock and zone.

    ``language`` is the first part of a BCP 47 tag; it settles names of two months, and whether
    ``06/02/2024`` begins with the day.

    ``Published: Feb. 23, 2022 at 5:51 PM HST|Updated: 1 hour ago`` gives one candidate.
    Impossible dates (31 June) give none.
    """
    line = in_gregorian(_DIRECTIONS.sub("", text[:LONGEST_STAMP_CHARS]))
    line = _CLOCK_ON_YEAR.sub(r"\1 ", line)
    spans = sorted(_find_spans(line, language))
    bounds = [0, *(end for _, end, _ in spans)]
    starts = [*(start for start, _, _ in spans), len(line)]
    return [
        _candidate(line, origin, readings, before=(bounds[i], start), after=(end, starts[i + 1]))
        for i, (start, end, readings) in enumerate(spans)
    ]


def _find_spans(line: str, language: str | None) -> Iterator[tuple[int, int, tuple[Reading, ...]]]:
    """Dates found by the most telling shape first; what it took is blank for the others."""
    rest = line
    is_day_first = _shows_day_first(line) or _is_day_first(line, language)
    for shape in date_shapes(is_ascii=line.isascii()):
        for found in shape.finditer(rest):
            if readings := _readings(found.groupdict(), language, is_day_first=is_day_first):
                yield found.start(), found.end(), readings
                rest = rest[: found.start()] + "\0" * len(found.group()) + rest[found.end() :]


def _shows_day_first(line: str) -> bool:
    """Whether a date of the line can only begin with the day: the second of "05/06/2023 | Updated:
    13/06/2023"."""
    orders = {
        int(found["first"]) > MONTHS
        for found in _FIGURES.finditer(line)
        if max(int(found["first"]), int(found["second"])) > MONTHS
    }
    return orders == {True}


def _is_day_first(line: str, language: str | None) -> bool:
    """Whether figures begin with the day: the words of a stamp say so, else the text's language.

    A site may print "Published 06/02/2024" above a Polish text: then its words leave it open.
    """
    known, labels = languages_with_day_first(), _label_languages()
    spoken = [labels.get(fold(found[0])) for found in _any_label().finditer(line)]
    return any(s <= known for s in spoken if s) if spoken else language in known


@made_of_tables
def _label_languages() -> Mapping[str, frozenset[str]]:
    """What says that a date is a stamp, folded, each with the languages in which it does."""
    rows = read_table("stamp_words.csv").filter(pl.col("kinds").is_in(["published", "updated"]))
    by_word = rows.group_by("word").agg("language")
    return {fold(word): frozenset(languages) for word, languages in by_word.iter_rows()}


@made_of_tables
def _any_label() -> re.Pattern[str]:
    known = pattern(words("stamp_words", "published", "updated"))
    return re.compile(rf"(?<!\w){known}(?!\w)", re.IGNORECASE)


def _readings(
    parts: dict[str, str | None], language: str | None, *, is_day_first: bool
) -> tuple[Reading, ...]:
    if week := parts.get("week"):
        return _reading_of_week(int(parts["year"] or 0), int(week), int(parts["weekday"] or 0))
    year = _year(parts)
    if (first := parts.get("first")) and (second := parts.get("second")):
        is_open = not is_day_first and not (parts["mark"] or "").startswith(".")
        return _numeric_readings(year, int(first), int(second), is_open=is_open)
    written_day = parts.get("day")
    day = int(written_day) if written_day else None
    if digits := parts.get("month"):
        month: int | None = int(digits)
    else:
        month = month_number(
            parts.get("word") or "",
            language=language,
            has_day_mark=None if day is None else bool(parts.get("day_mark")),
            needs_care=year is None,
        )
    reading = reading_of(year, month, day) if month else None
    return (reading,) if reading else ()


def _reading_of_week(year: int, week: int, weekday: int) -> tuple[Reading, ...]:
    found = month_and_day_of_week(year, week, weekday)
    return (Reading(*found),) if found else ()


def _year(parts: dict[str, str | None]) -> int | None:
    """Two digits as POSIX has them: 69 to 99 are of the last century."""
    if year := parts.get("year"):
        return gregorian_year(int(year))
    if short := parts.get("short_year"):
        return int(short) + (1900 if int(short) >= 69 else 2000)
    return None


def _numeric_readings(
    year: int | None, first: int, second: int, *, is_open: bool
) -> tuple[Reading, ...]:
    """``8.7.2017`` is 8 July everywhere; with slashes and hyphens both orders are in use.

    "01/19/2024" has one meaning, whatever the language around it.
    """
    readings = [reading_of(year, month, day) for month, day in ((second, first), (first, second))]
    found = dict.fromkeys(r for r in readings if r is not None)
    return tuple(found) if is_open else tuple(found)[:1]


def reading_of(year: int | None, month: int, day: int | None) -> Reading | None:
    """The reading, or None if no calendar has such a day."""
    try:
        date(2000 if year is None else year, month, 1 if day is None else day)
    except ValueError:
        return None
    return Reading(year, month, day)


# -- what stands around a date ----------------------------------------------------------------


@made_of_tables
def _label(kind: Literal["updated", "published"]) -> re.Pattern[str]:
    """What says that a date is of an update, or of the publication: "Updated", "Publié"."""
    known = pattern(words("stamp_words", kind))
    # A Thai word may end in a mark, behind which there is no \b.
    return re.compile(rf"(?<!\w){known}(?!\w)", re.IGNORECASE)


def _candidate(
    line: str,
    origin: Origin,
    readings: tuple[Reading, ...],
    *,
    before: tuple[int, int],
    after: tuple[int, int],
) -> Candidate:
    lead = line[slice(*before)]
    tail = line[slice(*after)]
    clock, zone = read_clock(_behind(tail))
    if clock is None:
        clock, zone = read_clock(_before(lead))
        zone = zone or (read_zone(tail) if clock else None)
    published = _last(_label("published"), lead)
    is_update = _last(_label("updated"), lead) > published
    return Candidate(
        origin=origin,
        text=line[before[1] : after[0]],
        readings=_on_weekday(readings, lead),
        clock=clock,
        zone=zone,
        is_update=is_update,
        is_labelled=not is_update and published >= 0,
    )


def _on_weekday(readings: tuple[Reading, ...], lead: str) -> tuple[Reading, ...]:
    """Of several readings those that fall on the weekday before them: "Monday 05/06/2023"."""
    named = _weekday_before().search(lead) if len(readings) > 1 else None
    if named is None:
        return readings
    days = meanings("weekday")[fold(named["weekday"])]
    fitting = tuple(
        r
        for r in readings
        if r.year and r.day and date(r.year, r.month, r.day).isoweekday() in days
    )
    return fitting or readings


@made_of_tables
def _weekday_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<weekday>{name_pattern('weekday')})[\s,،]*$")


def _last(label: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in label.finditer(text)), default=-1)


def _behind(tail: str) -> str:
    """What follows a date, up to where it begins to speak of another moment."""
    both = (_label("updated"), _label("published"))
    labels = [found.start() for label in both if (found := label.search(tail))]
    if labels:
        return tail[: min(labels)]
    near = tail[:CLOCK_BEHIND_CHARS]
    return near if near == tail else near.rpartition(" ")[0]


def _before(lead: str) -> str:
    near = lead[-CLOCK_BEFORE_CHARS:]
    return near if near == lead else near.partition(" ")[2]
