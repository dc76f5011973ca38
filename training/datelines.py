"""Invented datelines of every shape that arrives, to stand before a passage.

What belongs here: the shapes and the agencies' names. What does not: how datelines are read in
articles, which is etl.parse's.
"""

import random

from training import gazetteer
from training.organisations import draw_country
from training.passages import Passage, parse_marks
from training.words import read_words

_WORDS = read_words("datelines")
AGENCIES = _WORDS["agencies"]
MONTHS = _WORDS["months"]
SHORT_MONTHS = _WORDS["short_months"]
SHAPES = (
    "{CITY} – ",
    "{CITY} — ",
    "{CITY} - ",
    "{CITY} -- ",
    "{CITY}: ",
    "{City}: ",
    "{City}, ",
    "{CITY}, {COUNTRY}: ",
    "{CITY}, {country} ({agency}) — ",
    "{CITY} ({agency}) — ",
    "{CITY} ({agency}) - ",
    "{CITY} ({agency}) -- ",
    "{CITY}, {day} ({agency}) -- ",
    "{CITY}, {day} ({agency}) - ",
    "{CITY}, {day} - ",
    "{CITY}, {day}. /{agency}/. ",
    "{City} [{country}], {day} ({agency}): ",
    "{City} [{country}], {day} : ",
    "{City} ({country}), ",
    "{CITY} ({agency} - {day}, 2021) ",
    "{CITY}, {country}, {day} ({agency}) — ",
    "{CITY}/{CITY}, {day} ({agency}) - ",
    "{CITY}/{CITY} – ",
    "{CITY}, {country} — ",
    "{City}, {country} - ",
    "({agency}) - ",
    "{City}: ({agency}) ",
    "{CITY} ({agency}): ",
    "{City} ({agency}) - ",
    "{City}, {day}: ",
    "{City}, {day} ({agency}) ",
    "{CITY} -({agency})- ",
    "{City} –",
    "{CITY}: ({agency}) ",
    "{agency} | {City} | ",
)


def draw_dateline(rng: random.Random) -> Passage:
    """A dateline with its places and agencies marked."""
    shape = rng.choice(SHAPES)
    while "{" in shape:
        before, _, rest = shape.partition("{")
        slot, _, after = rest.partition("}")
        shape = before + _fill(rng, slot) + after
    return parse_marks(shape)


def _fill(rng: random.Random, slot: str) -> str:
    match slot:
        case "CITY":
            return f"[{_city(rng).upper()}|PLACE]"
        case "City":
            return f"[{_city(rng)}|PLACE]"
        case "country":
            return f"[{draw_country(rng)}|PLACE]"
        case "COUNTRY":
            return f"[{draw_country(rng).upper()}|PLACE]"
        case "agency":
            return f"[{rng.choice(AGENCIES)}|ORG]"
        case _:
            return _day(rng)


def _city(rng: random.Random) -> str:
    places = gazetteer.cities()
    return places[int(len(places) * rng.random() ** 3)].name


def _day(rng: random.Random) -> str:
    number = rng.randint(1, 28)
    month = rng.choice((*MONTHS, *SHORT_MONTHS))
    return rng.choice((f"{month} {number}", f"{number} {month}", f"{month} {number:02d}"))
