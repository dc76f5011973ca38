"""The map of the world: where each country lies on it, and how deep it is shaded.

What belongs here: reading world_map.csv, and the steps of the shading. What does not: how the map
was made (bench/build_world_map.py), what the shares are of (attention.py), colours (style.css.j2).
"""

import csv
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from assets.pages.attention import Named

MAP = Path(__file__).with_name("world_map.csv")
WIDTH, HEIGHT = 2000, 870
"""Units of the paths in the map."""
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)
"""Where the next shade begins. The same every night, so that two nights can be held side by side;
wider where a few countries lead, as they always do."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A country on the map: its middle, and its outline as an SVG path; small ones have a dot."""

    country_code: str
    x: int
    y: int
    is_small: bool
    path: str


@dataclass(frozen=True, kw_only=True)
class Shaded:
    """A country with its share of the articles; ``level`` is 0 for none to 6 for the most."""

    place: Place
    named: Named | None
    level: int


@dataclass(frozen=True, kw_only=True)
class WorldMap:
    """All countries for their outlines, and those that are dots: small ones that are named."""

    outlines: tuple[Shaded, ...]
    dots: tuple[Shaded, ...]


@lru_cache
def places() -> tuple[Place, ...]:
    """All countries of the map."""
    with MAP.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Place(
                country_code=row["country_code"],
                x=int(row["x"]),
                y=int(row["y"]),
                is_small=row["is_small"] == "1",
                path=row["path"],
            )
            for row in csv.DictReader(stream)
        )


def level_of(share: float) -> int:
    """The shade of a share that is not zero: 1 for less than the first of STEPS, and so on."""
    return bisect_right(STEPS, share) + 1


def legend() -> tuple[tuple[int, str], ...]:
    """Each shade with what it means: (0, 'none'), (1, 'below 1 %') ... (6, '20 % and more')."""
    space = "\N{NARROW NO-BREAK SPACE}"
    figures = [f"{step * 100:g}" for step in STEPS]
    between = [f"{low}–{high}{space}%" for low, high in pairwise(figures)]
    labels = ("none", f"below {figures[0]}{space}%", *between, f"{figures[-1]}{space}% and more")
    return tuple(enumerate(labels))


def world_map(countries: Sequence[Named]) -> WorldMap:
    """The map of some countries' shares."""
    named = {country.codes[0]: country for country in countries}
    shaded = [_shaded(place, named.get(place.country_code)) for place in places()]
    return WorldMap(
        outlines=tuple(each for each in shaded if each.place.path),
        dots=tuple(each for each in shaded if each.place.is_small and each.named),
    )


def _shaded(place: Place, named: Named | None) -> Shaded:
    return Shaded(place=place, named=named, level=level_of(named.share) if named else 0)
