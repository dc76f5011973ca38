"""Datelines: the opening words that name place, agency and day.

What belongs here: one small shape per house style, each with an example, tried in order on
the first characters of a paragraph. What does not: what the place or day means
(etl/dates, etl/extract).

To add a shape, add a ``Shape`` with an example; the tests run every example.
"""

import re
from dataclasses import dataclass

from etl.lexicon import calendar, fill, pattern, words
from etl.lexicon.agencies import LEAST_INITIALS, agency_names
from etl.parse.places import is_known_place, is_known_region
from etl.tables import made_of_tables

# A dateline stands in the first words; a longer look would only cost time and invite errors.
REACH = 220
# "UNITED NATIONS, New York / ADDIS ABABA, Ethiopia" has 48 characters; what has over 70 is a shout.
MOST_PLACE_CHARS = 70

NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
DAY = (
    rf"(?i:@WEEKDAY?(?:@MONTH\s*{NUMBER}\b|\b{NUMBER}(?:\.|\s+of)?\s+@MONTH(?!\w)"
    r"|\b\d{1,2}\.?\s+(?:de\s+)?@ANY_MONTH(?!\w))(?:,?\s+(?:de\s+)?(?:19|20)\d\d\b)?)"
)

# "PORT-AU-PRINCE", "ST.", "D.C.", "ME}LBOURNE" (a wire error), "N'DJAMENA", "NUKU‘ALOFA"
CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’‘ʻ`\-}]*"
CAPITALS_PLACE = rf"{CAPITALS}(?: (?:(?:and|@PARTICLE) )?{CAPITALS}){{0,4}}"
NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’‘\-]*"
NAME_PLACE = rf"{NAME}(?: (?:@PARTICLE )?{NAME}){{0,3}}"
# A word of a script without capitals: "کراچی", "काठमांडू" with its vowel signs.
OTHER_SCRIPT = r"[\u0590-\u0fff\u1000-\u109f\u3040-\u9fff\uac00-\ud7af]{2,20}"
PLACE = rf"(?:{CAPITALS_PLACE}(?![a-z])|{NAME_PLACE})"
# "Ga.", "West Germany", "the Netherlands", "British Columbia", "N.J.", "DC"
REGION = rf"(?:,\s?(?:the )?(?!(?i:@MONTH)\s?\d|\b@AGENCY\b){NAME}(?: {NAME}){{0,2}}){{0,2}}"
BRACKET = r"(?:\s?\[[A-Z][^\]\[]{1,40}\])"
COUNTRY = r"(?:\s?\([A-ZÀ-Þ][a-zß-ÿ][^()\d]{1,38}\))"
MORE_PLACES = rf"(?:\s?(?:/|;|\band\b)\s?{PLACE}{REGION}){{0,3}}"

PARENTHESIS = r"\([^()]{2,80}\)"
SLASHED = r"/[A-Z][\w .\-]{1,30}/"
# Without brackets: "Tehran, IRNA – ", "Aden, SABA - ".
AGENCY = rf"(?:{PARENTHESIS}|{SLASHED}|\b@AGENCY\b)"
DASH = r"(?:\s?(?:--+|[–—―_])\s?|\s-+\s|-+\s|\s-+(?=[A-Z\"“])|\s?-+$)"
COLON = r"\s?:(?=\s|$)\s?"
ENDING = rf"(?:[.,;]?(?:{DASH}|{COLON})|\.(?=\s|$)\s?)"


@dataclass(frozen=True)
class Dateline:
    """A dateline as printed: ``text`` is the front of the paragraph, without end spaces.

    ``end`` is the offset in the paragraph at which the article's own words begin;
    ``is_sure`` tells that a day or agency stands beside the place.
    """

    text: str
    place: str | None
    day: str | None
    end: int
    is_sure: bool


@dataclass(frozen=True)
class Shape:
    """One house style. ``pattern`` has the groups place and day, as far as it has them, and
    ``@NAMES`` for what comes from tables.

    A shape ``is_sure`` if a day or agency makes it so; the others are asked whether the
    place can be one.
    """

    name: str
    pattern: str
    example: str
    is_sure: bool


def _shape(name: str, pattern: str, example: str, *, is_sure: bool = False) -> Shape:
    return Shape(name, rf"[*#•\s]{{0,6}}{pattern}", example, is_sure)


PLACED = rf"(?P<place>{PLACE}{REGION}{BRACKET}?{COUNTRY}?){MORE_PLACES}"
CAPITALS_PLACED = rf"(?P<place>{CAPITALS_PLACE}(?![a-z]){REGION}{BRACKET}?{COUNTRY}?){MORE_PLACES}"

SHAPES: tuple[Shape, ...] = (
    _shape(
        "place, day, agency",
        rf"{PLACED}\s?,?\s+(?P<day>{DAY}),?\.?\s?{AGENCY}{ENDING}?\s?",
        "HARARE, Aug. 12 (Xinhua) -- The minister",
        is_sure=True,
    ),
    _shape(
        "place, agency, day",
        rf"{PLACED},?\s?{AGENCY},?\s+(?P<day>{DAY}){ENDING}\s?",
        "LAGOS (NAN), March 3 - The minister",
        is_sure=True,
    ),
    _shape(
        "place, agency with day",
        rf"{PLACED}\s?,?\s?\((?=[^()]{{2,80}}\))[^()\d]*?(?P<day>{DAY})[^()]*\){ENDING}?\s?",
        "QUITO (Andes Wire / Partner - 15th August, 2021) The minister",
        is_sure=True,
    ),
    _shape(
        "place, day",
        rf"{PLACED}\s?,?\s+(?P<day>{DAY}){ENDING}\s?",
        "SAVANNAH, Ga, March 18 - The minister",
        is_sure=True,
    ),
    _shape(
        "place, agency",
        rf"{PLACED}\s?,?\s?{AGENCY}{ENDING}\s?",
        "KYIV, Ukraine (AP) — The minister",
        is_sure=True,
    ),
    _shape(
        "capitals, agency",
        rf"{CAPITALS_PLACED},?\s?{AGENCY}\s?",
        "NAIROBI (AFP) The minister",
        is_sure=True,
    ),
    _shape(
        "country in brackets",
        rf"(?P<place>{NAME_PLACE}{REGION}{BRACKET})(?:{ENDING}|,)\s?",
        "Lima [Peru]: The minister",
    ),
    _shape(
        "country in parentheses",
        rf"(?P<place>{NAME_PLACE}{COUNTRY}),\s",
        "Baku (Azerbaijan), the minister",
    ),
    _shape(
        "pipes",
        rf"(?P<place>{NAME_PLACE}{REGION}) \| [A-Z][\w. ]{{1,20}} \|\s?(?:(?P<day>{DAY})\s?\|)?\s?",
        "Dakar, Senegal | AFP | The minister",
    ),
    _shape(
        "capitals",
        rf"{CAPITALS_PLACED}[.,]?(?:{DASH}|{COLON})\s?",
        "MULTAN: The minister",
    ),
    _shape(
        "name",
        rf"(?P<place>{NAME_PLACE}{REGION}){MORE_PLACES}(?:{DASH}|{COLON})\s?",
        "New Delhi: The minister",
    ),
    _shape(
        "agency, place, day",
        rf"{AGENCY}{DASH}{PLACED}\s?,?\s+(?P<day>{DAY}){ENDING}\s?",
        "(ANSA) - Matera, May 5 - The minister",
        is_sure=True,
    ),
    _shape(
        "another script",
        rf"(?P<place>{OTHER_SCRIPT}(?: {OTHER_SCRIPT}){{0,2}})(?:{DASH}|{COLON})\s?",
        "کراچی: The minister",
    ),
    _shape("agency alone", rf"(?:{AGENCY}){DASH}\s?", "(Reuters) - The minister", is_sure=True),
)


@made_of_tables
def compiled_shapes() -> tuple[tuple[Shape, re.Pattern[str]], ...]:
    """The shapes with the months, agencies and particles of the tables."""
    agencies = agency_names()
    parts = {
        "WEEKDAY": rf"(?:{calendar.name_pattern('weekday', language='en')},?\s+)",
        "MONTH": calendar.name_pattern("month", language="en"),
        "ANY_MONTH": calendar.name_pattern("month"),
        "PARTICLE": pattern(words("name_particles", "place")),
        "AGENCY": pattern(agencies.sure | agencies.capitals),
    }
    return tuple((shape, re.compile(fill(shape.pattern, parts))) for shape in SHAPES)


@made_of_tables
def _labels() -> frozenset[str]:
    """Folded words that open a lead and are no place: "Update", "Monday", "March"."""
    units: tuple[calendar.Unit, ...] = ("month", "weekday", "day")
    dates = (name for unit in units for name in calendar.names(unit, language="en", kind="full"))
    return words("lead_words", "label") | {name.casefold() for name in dates}


def find_dateline(text: str) -> Dateline | None:
    """The dateline that ``text``, a paragraph, opens with, if it does."""
    front = text[:REACH]
    for shape, compiled in compiled_shapes():
        found = compiled.match(front)
        if found and _is_credible(shape, found, text):
            return _dateline(found, is_sure=shape.is_sure)
    return None


def _dateline(found: re.Match[str], *, is_sure: bool) -> Dateline:
    groups = found.groupdict()
    place = (groups.get("place") or "").strip(" ,;")
    return Dateline(
        text=found[0].strip(" *#•\n"),
        place=(place if is_sure else _without_agency(place)) or None,
        day=groups.get("day"),
        end=found.end(),
        is_sure=is_sure,
    )


def _without_agency(place: str) -> str:
    """ "Lima, Andina": an agency whose name means something else too, taken for a region.

    Two letters are a state more often: "HARRISBURG, PA".
    """
    town, comma, last = place.rpartition(", ")
    is_agency = comma and len(last) >= LEAST_INITIALS and last in agency_names().marked
    return town if is_agency else place


def _is_credible(shape: Shape, found: re.Match[str], text: str) -> bool:
    place = found.groupdict().get("place")
    if place is None:
        return True
    if len(place) > MOST_PLACE_CHARS or _is_label(place):
        return False
    if shape.is_sure:
        return True
    rest = text[found.end() : found.end() + 60]
    return _is_bare_place_credible(place, shape, found[0].rstrip(), rest)


def _is_label(place: str) -> bool:
    found = re.findall(r"[\w\-]+", place.casefold())
    if found[:1] == ["the"]:  # "THE HAGUE", "The Valley, Anguilla"
        return len(found) == 1
    labels = _labels()
    return bool(found) and (found[0] in labels or found[-1] in labels)


def _is_bare_place_credible(place: str, shape: Shape, opening: str, rest: str) -> bool:
    """A place without day or agency needs a lead behind it, not a quotation or a shout.

    Capitals before a dash are enough ("FALLS VILLAGE — The"); a colon or small letters are
    not ("BASEBALL: The", "Odd Lots: The"): there the place must be a known one.
    """
    behind = rest.split()
    if place.casefold() in words("lead_words", "acronym") or _is_shouted(behind):
        return False
    known = is_known_place(place) or is_known_region(place)
    if not behind:  # "KARACHI:" on a line of its own
        return known and place.isupper()
    if shape.name == "capitals":
        return known or (len(re.sub(r"\W", "", place)) >= 4 and not opening.endswith(":"))
    if shape.name == "name":
        return known and (rest[0].isupper() or rest[0].isdigit() or not rest[0].isascii())
    return True


def _is_shouted(behind: list[str]) -> bool:
    """Transcripts in capitals name the speaker: "ANNA: GOOD MORNING AND WELCOME"."""
    return len(behind) >= 3 and all(word.isupper() for word in behind[:4])
