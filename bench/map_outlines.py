"""Geometry of the map of the world: from degrees and shared borders to paths of a picture.

What belongs here: projection, joining of outlines, simplification, SVG paths. What does not: which
country is whose (build_world_map.py).
"""

import heapq
import math
from collections.abc import Iterable, Iterator, Sequence

WIDTH = 2000
CENTRE = 11.5
"""Meridian in the middle: the one behind the map (168.5 W) runs through the Bering Strait and cuts
no country of any size in two."""
NORTH, SOUTH = 84.0, -57.0
LEAST_CORNER = 1.6
"""Square units of the triangle by which a corner stands out; less, and it is left out."""

Point = tuple[float, float]
Ring = list[int]
"""Numbers of arcs; ``~number`` is the arc run backwards."""


def project(longitude: float, latitude: float) -> Point:
    """Degrees to units from the upper left corner of the map.

    Source: Šavrič, Patterson, Jenny, The Equal Earth map projection (2018).
    """
    x, y = _equal_earth((longitude - CENTRE + 540) % 360 - 180, latitude)
    edge, _ = _equal_earth(180, 0)
    _, top = _equal_earth(0, NORTH)
    scale = WIDTH / (2 * edge)
    return (x + edge) * scale, (top - y) * scale


def height() -> int:
    """Units from the northern to the southern edge."""
    return round(project(CENTRE, SOUTH)[1])


def _equal_earth(longitude: float, latitude: float) -> Point:
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    turned = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = turned * turned
    slope = 9 * a4 * square**4 + 7 * a3 * square**3 + 3 * a2 * square + a1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(turned) / (3 * slope)
    return x, turned * (a4 * square**4 + a3 * square**3 + a2 * square + a1)


def rounded(point: Point) -> Point:
    """On the map's whole units."""
    return round(point[0]), round(point[1])


def merged(polygons: list[list[Ring]], arcs: Sequence[Sequence[Point]]) -> list[list[Ring]]:
    """The same without borders that run between two of the polygons."""
    used = {arc for polygon in polygons for ring in polygon for arc in ring}
    touching = [p for p in polygons if any(~arc in used for ring in p for arc in ring)]
    if not touching:
        return polygons
    kept = [arc for polygon in touching for ring in polygon for arc in ring if ~arc not in used]
    apart = [polygon for polygon in polygons if polygon not in touching]
    return [*apart, *([ring] for ring in _rings(kept, arcs))]


def _rings(numbers: Iterable[int], arcs: Sequence[Sequence[Point]]) -> Iterator[Ring]:
    """Arcs joined end to end."""
    starting = {_ends(number, arcs)[0]: number for number in numbers}
    while starting:
        first, number = starting.popitem()
        ring = [number]
        while (end := _ends(ring[-1], arcs)[1]) != first:
            ring.append(starting.pop(end))
        yield ring


def _ends(number: int, arcs: Sequence[Sequence[Point]]) -> tuple[Point, Point]:
    arc = arcs[number if number >= 0 else ~number]
    return (arc[0], arc[-1]) if number >= 0 else (arc[-1], arc[0])


def points_of(ring: Ring, arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """The corners of a ring; the first is the last again."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def simplified(points: Sequence[Point], *, least: float = LEAST_CORNER) -> list[Point]:
    """A line without the corners that stand out least; its ends stay, of a ring three more.

    Source: Visvalingam and Whyatt, Line generalisation by repeated elimination of points (1993).
    """
    before = {number: number - 1 for number in range(len(points))}
    after = {number: number + 1 for number in range(len(points))}
    fewest = 4 if points[0] == points[-1] else 2

    def corner(number: int) -> float:
        return abs(area_of([points[before[number]], points[number], points[after[number]]]))

    left = set(range(len(points)))
    queue = [(corner(number), number) for number in range(1, len(points) - 1)]
    heapq.heapify(queue)
    while queue and len(left) > fewest:
        area, number = heapq.heappop(queue)
        if number not in left or area != corner(number):
            continue
        if area >= least:
            break
        left.remove(number)
        last, following = before[number], after[number]
        after[last], before[following] = following, last
        for each in (last, following):
            if 0 < each < len(points) - 1:
                heapq.heappush(queue, (max(area, corner(each)), each))
    return [points[number] for number in sorted(left)]


def area_of(ring: Sequence[Point]) -> float:
    """Square units, signed by the direction."""
    following = [*ring[1:], ring[0]]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, following, strict=True)) / 2


def path_of(rings: Iterable[Sequence[Point]]) -> str:
    """An SVG path of whole steps, one closed line a ring; those without an area are left out."""
    return "".join(_closed(ring[:-1]) for ring in rings if abs(area_of(ring)) > 0)


def _closed(corners: Sequence[Point]) -> str:
    (x, y), *others = corners
    steps = []
    last = corners[0]
    for point in others:
        steps.append(f"{point[0] - last[0]:.0f} {point[1] - last[1]:.0f}")
        last = point
    return f"M{x:.0f} {y:.0f}l{' '.join(steps).replace(' -', '-')}z"
