"""What a written date can mean.

What belongs here: dates in headers, sidecars, stamps and datelines, each read into
``Candidate`` values. What does not: the shapes of dates in running text (shapes.py), and which
candidate is believed (decision.py).

A candidate may have several readings: ``08/07/2017`` is 8 July or August 7. It may lack the
year (``Aug. 12``) or the day (``2023-04``). Relative ages ("1 hour ago") give nothing: they
count from a moment that nobody wrote down.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal, cast

from etl.dates.clocks import clock_of_digits, read_clock
from etl.dates.months import month_number
from etl.dates.shapes import date_shapes
from etl.lexicon import pattern, words
from etl.tables import made_of_tables

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


# -- header and sidecar -----------------------------------------------------------------------

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{2}:?\d{2}(?::?\d{2})?)(?:[.,]\d{1,9})?"
    r" ?(Z|UTC|GMT|[+\-]\d{2}(?::?\d{2})?)?)?)?",
    re.ASCII,
)
_ISO_BASIC = re.compile(
    r"(\d{4})(\d{2})(\d{2})(?:T?(\d{4}(?:\d{2})?)(Z|[+\-]\d{2}:?(?:\d{2})?)?)?", re.ASCII
)
_NUMBER = re.compile(r"\d+")
# A data frame makes "1705658707.0" of a column in which one date is missing.
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?", re.ASCII)


def read_header(text: str) -> Candidate:
    """The header's date: ``2024-01-19``, ``2023-04`` where only the month is known, or what
    else a sidecar may have.
    """
    return _read_one(text, "header")


def read_given(text: str, *, origin: Origin = "sidecar") -> Candidate:
    """A date delivered or in markup: ISO 8601, RFC 2822, seconds or milliseconds since 1970, or
    any shape that a stamp may have, if it means one day only.
    """
    return _read_one(text, origin)


def _read_one(text: str, origin: Origin) -> Candidate:
    stripped = text.strip()
    if _EPOCH.fullmatch(stripped):
        return _read_epoch(stripped, origin)
    for shape in (_ISO, _ISO_BASIC):
        if found := _read_iso(shape, stripped, origin):
            return found
    written = [c for c in read_dates(stripped, origin=origin) if c.readings[0].year]
    if len(written) != 1 or len(written[0].readings) != 1:
        return _unreadable(text, origin)
    # "31 June 2023" is no day, and not all of June either.
    is_whole = written[0].readings[0].day or len(_NUMBER.findall(stripped)) == 1
    return written[0] if is_whole else _unreadable(text, origin)


def read_marked(marked: str) -> Candidate | None:
    """A date of a page's markup as ``marked_dates`` has it, "meta 2024-01-19"; None if it is none.

    A page may say nonsense in a meta element; unlike a sidecar's, it does not reject the page.
    """
    origin, _, written = marked.partition(" ")
    found = read_given(written, origin=cast("Origin", origin))
    return found if found.readings else None


def _read_iso(shape: re.Pattern[str], text: str, origin: Origin) -> Candidate | None:
    found = shape.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, clock, zone = found.groups()
    reading = _reading(int(year), int(month), int(day) if day else None)
    if reading is None:
        return None
    return Candidate(
        origin=origin,
        text=text,
        readings=(reading,),
        clock=clock_of_digits(clock) if clock else None,
        zone=zone,
    )


def _read_epoch(text: str, origin: Origin) -> Candidate:
    instant = datetime.fromtimestamp(int(text[:10]), UTC)
    return Candidate(
        origin=origin,
        text=text,
        readings=(Reading(instant.year, instant.month, instant.day),),
        clock=instant.time(),
        zone="UTC",
    )


def _unreadable(text: str, origin: Origin) -> Candidate:
    return Candidate(origin=origin, text=text, readings=())


# -- dates in running text --------------------------------------------------------------------

# They say in which direction a text runs, and stand within Arabic dates in figures.
_DIRECTIONS = re.compile("[\u200e\u200f]")


def read_dates(text: str, *, origin: Origin, language: str | None = None) -> list[Candidate]:
    """Every date written in a stamp line or a dateline, in order, with clock and zone.

    ``language`` is the first part of a BCP 47 tag; it settles names of two months.

    ``Published: Feb. 23, 2022 at 5:51 PM HST|Updated: 1 hour ago`` gives one candidate.
    Impossible dates (31 June) give none.
    """
    line = _DIRECTIONS.sub("", text[:LONGEST_STAMP_CHARS])
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
    for shape in date_shapes(is_ascii=line.isascii()):
        for found in shape.finditer(rest):
            if readings := _readings(found.groupdict(), language):
                yield found.start(), found.end(), readings
                rest = rest[: found.start()] + "\0" * len(found.group()) + rest[found.end() :]


def _readings(parts: dict[str, str | None], language: str | None) -> tuple[Reading, ...]:
    year = _year(parts)
    if (first := parts.get("first")) and (second := parts.get("second")):
        return _numeric_readings(year, int(first), int(second), parts["mark"] or "")
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
    reading = _reading(year, month, day) if month else None
    return (reading,) if reading else ()


def _year(parts: dict[str, str | None]) -> int | None:
    """Two digits as POSIX has them: 69 to 99 are of the last century."""
    if year := parts.get("year"):
        return int(year)
    if short := parts.get("short_year"):
        return int(short) + (1900 if int(short) >= 69 else 2000)
    return None


def _numeric_readings(year: int | None, first: int, second: int, mark: str) -> tuple[Reading, ...]:
    """``8.7.2017`` is 8 July everywhere; with slashes and hyphens both orders are in use."""
    orders = [(second, first)]
    if not mark.startswith("."):
        orders.append((first, second))
    readings = (_reading(year, month, day) for month, day in orders)
    return tuple(dict.fromkeys(r for r in readings if r is not None))


def _reading(year: int | None, month: int, day: int | None) -> Reading | None:
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
    published = _last(_label("published"), lead)
    is_update = _last(_label("updated"), lead) > published
    return Candidate(
        origin=origin,
        text=line[before[1] : after[0]],
        readings=readings,
        clock=clock,
        zone=zone,
        is_update=is_update,
        is_labelled=not is_update and published >= 0,
    )


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
