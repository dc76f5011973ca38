"""Build assets/pages/world_map.csv: ``python -m bench.build_world_map countries-50m.json``.

What belongs here: from the borders of Natural Earth to a row for each country: whose a border is,
and what is large enough to be drawn. What does not: geometry (map_outlines.py), and how the map is
drawn (assets/pages/).

The file is that of the npm package world-atlas (TopoJSON), where neighbours share their borders,
so that these stay shared however much they are simplified. It needs no network, and the same file
gives the same bytes; provenance and licence stand in assets/pages/README.md.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.map_outlines import (
    CENTRE,
    SOUTH,
    WIDTH,
    Point,
    Ring,
    area_of,
    height,
    merged,
    path_of,
    points_of,
    project,
    rounded,
    simplified,
)

ROOT = Path(__file__).resolve().parent.parent
MAP = ROOT / "assets" / "pages" / "world_map.csv"
COUNTRIES = ROOT / "etl" / "reference" / "countries.csv"

LEAST_ISLAND = 4.0
SMALL = 26.0
"""Square units of a country that an eye misses; one is 300 km²: Cyprus is drawn, Samoa a dot."""

# Names of shapes that ISO 3166-1 has no code for, as world-atlas has them, with the code of the
# country that they belong to there. Kosovo's code is the project's.
NAMELESS = {
    "Kosovo": "XK",
    "Somaliland": "SO",
    "N. Cyprus": "CY",
    "Indian Ocean Ter.": "CX",
}
# Parts of a shape with a code of their own, and Crimea, which ISO 3166-2 lists under Ukraine:
# shape, code, and the box (west, south, east, north) that the part lies in.
PARTS: tuple[tuple[str, str, tuple[float, float, float, float]], ...] = (
    ("FR", "GF", (-55, 2, -51, 6)),
    ("FR", "GP", (-62, 15.8, -61, 16.6)),
    ("FR", "MQ", (-61.5, 14.3, -60.7, 15)),
    ("FR", "RE", (55, -21.5, 56, -20.8)),
    ("FR", "YT", (44.9, -13.1, 45.4, -12.6)),
    ("NL", "BQ", (-69, 12, -62, 18)),
    ("NO", "SJ", (-10, 70.7, 34, 81)),
    ("CX", "CC", (96, -13, 97, -12)),
    ("RU", "UA", (32, 44, 36.7, 46.5)),
)
MAINLAND = {"NO": (4, 57, 32, 71.2)}
"""Where a part's box also holds islands of the country itself: those inside this stay."""
# Longitude and latitude of countries that have no shape of their own in the file.
POINTS: dict[str, Point] = {
    "AQ": (CENTRE, SOUTH + 1),  # the continent is not drawn: its dot stands at the lower edge
    "BV": (3.4, -54.4),
    "GI": (-5.3, 36.1),
    "TK": (-171.8, -9.2),
    "TV": (179.2, -8.5),
    "UM": (166.6, 19.3),
}


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A country's outline: each polygon's rings; the first of them is the outer one."""

    code: str
    polygons: list[list[Ring]]


def main(path: Path) -> None:
    """Write the map of a TopoJSON file of countries."""
    arcs, shapes = read_shapes(path)
    drawn = [[rounded(project(*point)) for point in arc] for arc in arcs]
    simple = [simplified(arc) for arc in drawn]
    rows = [*_rows(shapes, simple, drawn), *_points({shape.code for shape in shapes})]
    with MAP.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("country_code", "x", "y", "is_small", "path"))
        writer.writerows(sorted(rows))
    size = MAP.stat().st_size / 1000
    sys.stdout.write(f"{len(rows)} countries, {size:.0f} kB, {WIDTH} x {height()}\n")


def read_shapes(path: Path) -> tuple[list[list[Point]], list[Shape]]:
    """The arcs of a TopoJSON file in degrees, and the outlines of its countries."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = list(_arcs(topology))
    return arcs, _shapes(topology, arcs, _codes())


def _codes() -> dict[str, str]:
    """Two letters of each country by its ISO 3166-1 number."""
    with COUNTRIES.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        return {row["numeric_code"]: row["country_code"] for row in rows if row["numeric_code"]}


# -- whose a border is ------------------------------------------------------------------------


def _arcs(topology: Mapping[str, Any]) -> Iterator[list[Point]]:
    """Each arc in degrees. Source: the TopoJSON format, quantised topologies."""
    (wide, high), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            arc.append((x * wide + left, y * high + low))
        yield arc


def _shapes(
    topology: Mapping[str, Any], arcs: Sequence[Sequence[Point]], codes: Mapping[str, str]
) -> list[Shape]:
    """The outlines of all countries but Antarctica, each part with the country that it is of."""
    polygons: dict[str, list[list[Ring]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = NAMELESS.get(geometry["properties"]["name"], codes.get(geometry.get("id")))
        if code is None or code == "AQ":
            continue  # the Siachen Glacier, which nobody else draws
        found = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in found:
            polygons.setdefault(_owner(code, points_of(polygon[0], arcs)), []).append(polygon)
    return [Shape(code=code, polygons=merged(found, arcs)) for code, found in polygons.items()]


def _owner(code: str, outline: Sequence[Point]) -> str:
    for whole, part, box in PARTS:
        home = MAINLAND.get(whole)
        if code == whole and _all_within(outline, box):
            return code if home and _all_within(outline, home) else part
    return code


def _all_within(outline: Sequence[Point], box: Sequence[float]) -> bool:
    west, south, east, north = box
    return all(west <= x <= east and south <= y <= north for x, y in outline)


# -- from outlines to paths -------------------------------------------------------------------


def _middle(ring: Sequence[Point]) -> Point:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


Row = tuple[str, int, int, int, str]


def _rows(
    shapes: Iterable[Shape], simple: Sequence[Sequence[Point]], drawn: Sequence[Sequence[Point]]
) -> Iterator[Row]:
    for shape in shapes:
        whole = [points_of(polygon[0], drawn) for polygon in shape.polygons]
        largest = max(whole, key=lambda ring: abs(area_of(ring)))
        area = sum(abs(area_of(ring)) for ring in whole)
        rings = [
            points_of(ring, simple)
            for polygon, outline in zip(shape.polygons, whole, strict=True)
            for ring in polygon
            if abs(area_of(outline)) >= LEAST_ISLAND and not _is_cut(outline)
        ]
        x, y = _middle(largest)
        yield shape.code, round(x), round(y), int(area < SMALL), path_of(rings)


def _is_cut(outline: Sequence[Point]) -> bool:
    """Whether it lies on both edges of the map, as Umnak does, of the Aleutian Islands."""
    xs = [x for x, _ in outline]
    return max(xs) - min(xs) > WIDTH / 2


def _points(known: set[str]) -> Iterator[Row]:
    for code, place in POINTS.items():
        if code not in known:
            x, y = rounded(project(*place))
            yield code, int(x), int(y), 1, ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
