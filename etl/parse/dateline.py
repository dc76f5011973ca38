"""Datelines: the opening words that name place, agency and day.

What belongs here: trying the shapes in order on the first characters of a paragraph, and whether
what one found is a dateline. What does not: the shapes (dateline_shapes.py) and what the place or
day means (etl/dates, etl/extract).
"""

import re
from dataclasses import dataclass

from etl.lexicon import calendar, words
from etl.lexicon.agencies import LEAST_INITIALS, agency_names
from etl.parse.dateline_shapes import Shape, shapes_for
from etl.parse.places import is_known_place, is_known_region
from etl.tables import made_of_tables, read_table, split_list

# A dateline stands in the first words; a longer look would only cost time and invite errors.
REACH = 220
# "UNITED NATIONS, New York / ADDIS ABABA, Ethiopia" has 48 characters; what has over 70 is a shout.
MOST_PLACE_CHARS = 70
# "UPDATE ONE" is a label, "ABOARD AIR FORCE ONE" a place.
LEAST_NAMED_WORDS = 3


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


@made_of_tables
def _labels() -> frozenset[str]:
    """Folded words that open a lead and are no place: "Update", "Monday", "March"."""
    units: tuple[calendar.Unit, ...] = ("month", "weekday", "day")
    dates = {name for unit in units for name in calendar.names(unit, language="en", kind="full")}
    # In Cyrillic and Greek too: "Сегодня, 19 января — ".
    dates.update(name for unit in units for name in calendar.names(unit) if not name.isascii())
    return words("lead_words", "label") | {name.casefold() for name in dates}


def find_dateline(text: str) -> Dateline | None:
    """The dateline that ``text``, a paragraph, opens with, if it does."""
    front = text[:REACH]
    for shape, compiled in shapes_for(front):
        found = compiled.match(front)
        if found and _is_credible(shape, found, text):
            return _dateline(found, is_sure=shape.is_sure)
    return None


def _dateline(found: re.Match[str], *, is_sure: bool) -> Dateline:
    groups = found.groupdict()
    place = (groups.get("place") or "").strip(" ,;")
    return Dateline(
        text=found[0].strip(" *#•\n"),
        place=_without_agency(place, is_sure=is_sure) or None,
        day=groups.get("day"),
        end=found.end(),
        is_sure=is_sure,
    )


def _without_agency(place: str, *, is_sure: bool) -> str:
    """ "Lima, Andina": an agency whose name means something else too, taken for a region.

    Two letters are a state more often: "HARRISBURG, PA". Other outlets stand where a region does
    too ("Jakarta, Lyre Post Indonesia"), and agencies before the place ("MTI, Budapest").
    """
    known = agency_names().marked
    if place in known:  # "IRIN, 23 April -"
        return ""
    first, _, behind = place.partition(", ")
    if behind and (first in known or first.casefold() in _outlets()):
        return behind
    town, comma, last = place.rpartition(", ")
    is_agency = comma and len(last) >= LEAST_INITIALS and not is_sure and last in known
    return town if is_agency or (comma and last.casefold() in _outlets()) else place


@made_of_tables
def _outlets() -> frozenset[str]:
    """Folded names of outlets that no place has."""
    rows = read_table("outlets.csv").select("name", split_list("aliases"), split_list("weak_names"))
    return frozenset(
        name.casefold()
        for one, aliases, weak in rows.iter_rows()
        for name in (one, *aliases)
        if name not in weak and not is_known_place(name)
    )


def _is_credible(shape: Shape, found: re.Match[str], text: str) -> bool:
    place = found.groupdict().get("place")
    if place is None:
        return True
    if len(place) > MOST_PLACE_CHARS or _is_label(place, is_sure=shape.is_sure):
        return False
    if shape.is_sure:
        return True
    rest = text[found.end() : found.end() + 60]
    return _is_bare_place_credible(place, shape, found[0].rstrip(), rest)


def _is_label(place: str, *, is_sure: bool) -> bool:
    found = re.findall(r"[\w\-]+", calendar.fold(place))
    if found[:1] == ["the"]:  # "THE HAGUE", "The Valley, Anguilla"
        return len(found) == 1
    labels = _labels()
    if is_sure and place.isupper() and len(found) >= LEAST_NAMED_WORDS:
        return found[0] in labels  # "ABOARD AIR FORCE ONE (AP)"
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
    if shape.name in ("name", "place in parentheses"):
        return known and (rest[0].isupper() or rest[0].isdigit() or not rest[0].isascii())
    return True


def _is_shouted(behind: list[str]) -> bool:
    """Transcripts in capitals name the speaker: "ANNA: GOOD MORNING AND WELCOME"."""
    return len(behind) >= 3 and all(word.isupper() for word in behind[:4])
