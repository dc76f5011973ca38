"""The map of the world: all countries, where they are, in shades by their share."""

import re

import pytest

from assets.pages.attention import Named
from assets.pages.world_map import HEIGHT, STEPS, WIDTH, legend, level_of, places, world_map
from bench.map_outlines import CENTRE, NORTH, height, merged, project, simplified
from etl.tables import read_table

BY_CODE = {place.country_code: place for place in places()}


def corners(path: str) -> list[list[tuple[float, float]]]:
    """The points of each ring of a path of relative steps."""
    rings = []
    for ring in re.findall(r"M([^z]+)z", path):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x, y = numbers[:2]
        points = [(float(x), float(y))]
        for step_x, step_y in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + step_x, y + step_y
            points.append((float(x), float(y)))
        rings.append(points)
    return rings


def holds(country_code: str, longitude: float, latitude: float) -> bool:
    """Whether a place lies within a country's outline, by the even-odd rule."""
    x, y = project(longitude, latitude)
    crossed = 0
    for ring in corners(BY_CODE[country_code].path):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossed += 1
    return crossed % 2 == 1


def test_every_country_of_the_project_is_on_the_map_once_and_no_other() -> None:
    codes = [place.country_code for place in places()]
    assert sorted(codes) == sorted(read_table("countries.csv")["country_code"])


def test_all_of_it_lies_on_the_map() -> None:
    assert height() == HEIGHT
    for place in places():
        points = [(place.x, place.y), *(point for ring in corners(place.path) for point in ring)]
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points), place.country_code
        assert place.path or place.is_small, f"nobody would see {place.country_code}"


@pytest.mark.parametrize(
    ("country_code", "longitude", "latitude"),
    [
        ("KE", 37.0, -1.0),
        ("NA", 17.1, -22.6),
        ("XK", 20.9, 42.6),
        ("RU", 178.0, 67.0),
        ("RU", -172.0, 66.0),  # over the antimeridian
        ("UA", 34.1, 45.2),  # Crimea
        ("SO", 44.1, 9.6),  # Hargeisa
        ("GF", -53.0, 4.0),
        ("FR", 2.3, 48.9),
        ("SJ", 17.0, 78.0),
        ("NO", 25.5, 70.0),
        ("US", -150.0, 64.0),
        ("NZ", 170.0, -44.0),
    ],
)
def test_a_place_lies_in_its_country_alone(
    country_code: str, longitude: float, latitude: float
) -> None:
    found = [code for code in BY_CODE if holds(code, longitude, latitude)]
    assert found == [country_code]


def test_countries_too_small_to_be_seen_are_dots_where_they_are() -> None:
    for country_code, longitude, latitude in (("MT", 14.4, 35.9), ("SG", 103.8, 1.35)):
        place = BY_CODE[country_code]
        x, y = project(longitude, latitude)
        assert place.is_small
        assert (place.x, place.y) == (pytest.approx(x, abs=4), pytest.approx(y, abs=4))
    assert not BY_CODE["CY"].is_small


def named(code: str, share: float) -> Named:
    return Named(name=code, codes=(code,), count=1, share=share)


def test_small_countries_have_a_dot_only_where_they_are_named() -> None:
    drawn = world_map([named("KE", 0.06), named("MT", 0.004)])
    assert [(dot.place.country_code, dot.level) for dot in drawn.dots] == [("MT", 1)]
    levels = {each.place.country_code: each.level for each in drawn.outlines}
    assert (levels["KE"], levels["TZ"]) == (4, 0)
    assert "MT" not in levels or levels["MT"] == 1


@pytest.mark.parametrize(
    ("share", "level"),
    [(0.0001, 1), (0.0099, 1), (0.01, 2), (0.02, 3), (0.199, 5), (0.2, 6), (1, 6)],
)
def test_a_shade_begins_with_its_step(share: float, level: int) -> None:
    assert level_of(share) == level


def test_the_legend_has_a_word_for_each_shade() -> None:
    labels = [label.replace("\N{NARROW NO-BREAK SPACE}", " ") for _, label in legend()]
    assert labels[:3] == ["none", "below 1 %", "1–2 %"]
    assert labels[-1] == "20 % and more"
    assert len(labels) == level_of(STEPS[-1]) + 1


# -- how it is made -----------------------------------------------------------------------------


def test_the_projection_keeps_the_middle_in_the_middle_and_areas_equal() -> None:
    x, _ = project(CENTRE, 0)
    assert x == WIDTH / 2
    assert project(CENTRE, NORTH)[1] == 0

    def area(latitude: float) -> float:
        """Of a field of a thousandth of a degree, over the cosine of its latitude."""
        step = 0.001
        (west, south), (_, north) = project(30, latitude), project(30, latitude + step)
        return (project(30 + step, latitude)[0] - west) * (south - north)

    cosines = {0.0: 1.0, 60.0: 0.5}
    fields = [area(latitude) / cosine for latitude, cosine in cosines.items()]
    assert fields[1] == pytest.approx(fields[0], rel=0.001)


def test_corners_that_stand_out_least_go_and_ends_stay() -> None:
    line = [(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 9.0)]
    assert simplified(line, least=1) == [(0.0, 0.0), (10.0, 0.0), (10.0, 9.0)]
    ring = [(0.0, 0.0), (0.0, 0.1), (0.1, 0.1), (0.1, 0.0), (0.0, 0.0)]
    assert len(simplified(ring, least=1)) == 4, "an island stays one"


def test_two_fields_that_become_one_lose_the_border_between_them() -> None:
    left, right, border = [(1.0, 1.0), (0.0, 1.0), (0.0, 0.0), (1.0, 0.0)], 1, 2
    arcs = [left, [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0)], [(1.0, 0.0), (1.0, 1.0)]]
    alone = [[(5.0, 5.0), (6.0, 5.0), (6.0, 6.0), (5.0, 5.0)]]
    both = merged([[[0, border]], [[right, ~border]], [[3]]], [*arcs, *alone])
    assert [[3]] in both
    assert [sorted(ring) for polygon in both for ring in polygon if ring != [3]] == [[0, 1]]
