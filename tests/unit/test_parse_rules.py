"""Every rule of the parser takes its own example and leaves its counter-example."""

import pytest

from etl.parse.dateline import find_dateline
from etl.parse.dateline_shapes import SHAPES as DATELINES
from etl.parse.dateline_shapes import Shape as DatelineShape
from etl.parse.dateline_shapes import shapes_for
from etl.parse.furniture import RULES, Rule, find_furniture
from etl.parse.trailer import ENDINGS, SHAPES, Shape, compiled, is_trailer, split_ending


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_furniture_rule_takes_its_example(rule: Rule) -> None:
    assert find_furniture(rule.example) is rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_furniture_rule_takes_a_counter_example(rule: Rule) -> None:
    assert find_furniture(rule.counter_example) is None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_furniture_rule_takes_a_long_block(rule: Rule) -> None:
    assert find_furniture(f"{rule.example} and so it went on for long." * 40) is None


@pytest.mark.parametrize("shape", DATELINES, ids=lambda shape: shape.name)
def test_dateline_shape_cuts_its_example(shape: DatelineShape) -> None:
    found = find_dateline(shape.example)
    assert found is not None
    assert shape.example[found.end :].lower() == "the minister"
    assert dict(shapes_for(shape.example))[shape].match(shape.example) is not None


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_trailer_shape_takes_its_example(shape: Shape) -> None:
    assert compiled((shape,))[0].search(shape.example)
    assert is_trailer(shape.example)


@pytest.mark.parametrize("shape", ENDINGS, ids=lambda shape: shape.name)
def test_ending_is_cut_behind_the_sentence(shape: Shape) -> None:
    assert shape.example[: split_ending(shape.example)] == "He left."


@pytest.mark.parametrize(
    "headline",
    [
        "Join NATO or lose it all, says minister",
        "Download Festival is cancelled",
        "Aid groups want access to Suva news reporters say",
        "Subscribers leave in droves",
    ],
)
def test_a_headline_is_no_offer_of_the_site(headline: str) -> None:
    assert not is_trailer(headline)


@pytest.mark.parametrize(
    "offer",
    [
        "Then $75 per month. Full access to quality Lyre Post journalism on any device.",
        "Join Lyre Post Brief Only $4 a year",
        "Read this article for free Register for Lyre Post now",
        "Subscribe to The Lyre Post",
        "Sign up to our Lyre Brief",
        "Download the Lyre Post app for more",
    ],
)
def test_an_offer_of_the_site_is_kept_as_a_trailer(offer: str) -> None:
    assert is_trailer(offer)
