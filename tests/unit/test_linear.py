"""Time grows with the length of a text, not with its square: the shapes that broke it once.

What `python -m bench.faults.linear` measures for all stages and shapes. Compared are times of
one machine and moment; the texts of a pair differ fourfold, so a square would be sixteenfold.
"""

import pytest

from bench.faults.linear import STAGES, Growth, measure
from bench.faults.shapes import SHAPES, text_of

CASES = [
    ("model", "opening bracket", 2_000),
    ("model", "mojibake", 2_000),
    ("rules in body", "given names", 4_000),
    ("rules in body", "persons and commas", 4_000),
    ("rules in body", "company suffixes", 4_000),
    ("rules in body", "distinct persons", 4_000),
    ("rules in title", "credits", 4_000),
    ("parse", "everything in any order", 4_000),
    ("sources in body", "citations", 8_000),
    ("dates in body", "weekdays", 4_000),
    ("markup", "open tag", 50_000),
    ("decode", "mojibake", 50_000),
]


@pytest.mark.parametrize(("stage", "shape", "chars"), CASES)
def test_time_grows_with_the_length(stage: str, shape: str, chars: int) -> None:
    growth = measure(stage, shape, (chars, 4 * chars))
    if not growth.is_linear:  # something else may have been at work
        growth = measure(stage, shape, (chars, 4 * chars))
    assert growth.is_linear, f"exponent {growth.exponent:.2f}: {growth.seconds}"


def test_the_stages_are_those_of_the_command() -> None:
    assert {stage for stage, _, _ in CASES} <= set(STAGES)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_has_the_length_asked_for(shape: str) -> None:
    assert [len(text_of(shape, chars)) for chars in (1, 99, 1_000)] == [1, 99, 1_000]


def test_a_square_is_seen_and_what_is_too_fast_tells_nothing() -> None:
    square = Growth("parse", "space", {100: 0.1, 400: 1.6})
    assert (square.exponent, square.is_linear) == (pytest.approx(2), False)
    assert square.seconds_per_megabyte == pytest.approx(4000)
    assert Growth("parse", "space", {100: 0.1, 400: 0.4}).exponent == pytest.approx(1)
    assert Growth("parse", "space", {100: 0.0001, 400: 0.09}).is_linear
