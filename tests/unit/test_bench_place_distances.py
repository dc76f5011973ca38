"""How far a resolved place lies from the labelled one."""

import pytest

from bench.place_distances import distance_km, distances
from etl.extract.mentions import Mention

LYON, PARIS = (45.75, 4.85), (48.85, 2.35)


def mention(text: str, place_id: str | None, label: str = "PLACE") -> Mention:
    return Mention("body", 0, 4, text, label, text, "FR", "city", 0.9, place_id=place_id)


def test_distances_are_those_of_the_globe() -> None:
    assert distance_km(LYON, LYON) == 0
    assert distance_km(LYON, PARIS) == pytest.approx(392, abs=3)
    assert distance_km((0, 179), (0, -179)) == pytest.approx(222, abs=1)


def test_a_label_is_found_placed_or_neither() -> None:
    labels = [("a", "Lyon", LYON), ("a", "Paris", PARIS), ("a", "Rhone", LYON), ("b", "Lyon", LYON)]
    mentions = {"a": [mention("Lyon", None), mention("Lyon", "1"), mention("Rhone", None)]}
    assert distances(labels, mentions, {"1": PARIS}) == (
        4,
        2,
        [pytest.approx(392, abs=3)],
    )


def test_only_places_count() -> None:
    mentions = {"a": [mention("Paris", "1", "PERSON")]}
    assert distances([("a", "Paris", PARIS)], mentions, {"1": PARIS}) == (1, 0, [])
