"""Write the centres of countries into etl/reference/countries.csv:
``python -m bench.build_country_centres countries-50m.json``.

What belongs here: the centroid of each country's largest piece of land, from the borders of
Natural Earth (the file that bench/build_world_map.py reads); where that has no shape, the middle
between the outermost towns. What does not: the other columns
(bench/build_reference.py).
"""

import csv
import itertools
import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from bench.build_reference import REFERENCE
from bench.build_world_map import read_shapes
from bench.map_outlines import Point, area_of, points_of
from etl.reference.places import load_places, middle_of

TABLE = REFERENCE / "countries.csv"


def unrolled(ring: Sequence[Point]) -> list[Point]:
    """The same without leaps from 180 to -180 degrees: it goes on beyond."""
    corners: list[Point] = []
    for x, y in ring:
        turns = round((corners[-1][0] - x) / 360) if corners else 0
        corners.append((x + 360 * turns, y))
    return corners


def centroid(ring: Sequence[Point]) -> Point:
    """Of the area within a closed ring, in degrees, the longitude from -180 to 180.

    Source: Bourke, "Calculating the area and centroid of a polygon" (1988).
    """
    x = y = 0.0
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        cross = x1 * y2 - x2 * y1
        x, y = x + (x1 + x2) * cross, y + (y1 + y2) * cross
    whole = 6 * area_of(ring)
    return (x / whole + 180) % 360 - 180, y / whole


def main(path: Path) -> None:
    arcs, shapes = read_shapes(path)
    largest = {
        shape.code: max(
            (unrolled(points_of(polygon[0], arcs)) for polygon in shape.polygons),
            key=lambda ring: abs(area_of(ring)),
        )
        for shape in shapes
    }
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    towns = load_places().filter(pl.col("kind").is_in(["capital", "city"]))
    middles = {code: (lat, lon) for code, lat, lon in middle_of(towns, ["country_code"]).rows()}
    for row in rows:
        code = row["country_code"]
        if code in largest:
            row["longitude"], row["latitude"] = (f"{x:.2f}" for x in centroid(largest[code]))
        else:
            row["latitude"], row["longitude"] = map(str, middles.get(code, ("", "")))
    names = [name for name in rows[0] if name not in ("latitude", "longitude")]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*names, "latitude", "longitude"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    sys.stdout.write(f"{sum(bool(row['latitude']) for row in rows)} of {len(rows)} countries\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
