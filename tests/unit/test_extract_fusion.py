"""What stays of the model's longer name and of the gazetteer's names inside it."""

import pytest

from etl.extract.fusion import fuse
from etl.extract.mentions import Mention
from etl.extract.spans import Spans


def ruled(text: str, words: str, label: str, code: str | None, method: str) -> Mention:
    start = text.index(words)
    return Mention("body", start, start + len(words), words, label, words, code, method, 0.95)


def modelled(text: str, words: str, label: str) -> Mention:
    start = text.index(words)
    end = start + len(words)
    return Mention("body", start, end, words, label, words, None, "statistical", 0.8)


def fused(first: list[Mention], second: list[Mention]) -> list[Mention]:
    spans = Spans(first)
    fuse(spans, second)
    return list(spans)


US = ("US", "PLACE", "US", "country_name")


@pytest.mark.parametrize(
    ("words", "label", "inside", "kept"),
    [
        ("US Amina Vance", "ORG", US, [("US", "PLACE", "US"), ("Amina Vance", "PERSON", None)]),
        ("US Grain Board", "ORG", US, [("US Grain Board", "ORG", "US")]),
        (
            "Congo River",
            "PLACE",
            ("Congo", "PLACE", "CD", "country_name"),
            [("Congo River", "PLACE", "CD")],
        ),
        (
            "Congo Free Quarter",
            "PLACE",
            ("Congo", "PLACE", "CD", "country_name"),
            [("Congo", "PLACE", "CD")],
        ),
        (
            "Michael Jordan",
            "PERSON",
            ("Jordan", "PLACE", "JO", "country_name"),
            [("Michael Jordan", "PERSON", None)],
        ),
    ],
)
def test_a_longer_name_and_the_one_inside(
    words: str,
    label: str,
    inside: tuple[str, str, str, str],
    kept: list[tuple[str, str, str | None]],
) -> None:
    text = f"They say {words} is there."
    found = fused([ruled(text, *inside)], [modelled(text, words, label)])
    assert [(m.text, m.label, m.country_code) for m in found] == kept
    assert all(text[m.start : m.end] == m.text for m in found)


def test_two_names_run_together_stay_two() -> None:
    text = "The first Muslim New York mayor spoke."
    first = [
        ruled(text, "Muslim", "NORP", None, "demonym"),
        ruled(text, "New York", "PLACE", "US", "city"),
    ]
    assert fused(first, [modelled(text, "Muslim New York", "ORG")]) == first


def test_a_line_of_capitals_makes_no_longer_name() -> None:
    text = "SHEPHERD FINDS ROMAN COIN"
    first = [ruled(text, "ROMAN", "NORP", None, "demonym")]
    assert fused(first, [modelled(text, "ROMAN COIN", "PERSON")]) == first
    bank = "BANK OF KENYA CUTS"
    whole = [ruled(bank, "KENYA", "PLACE", "KE", "country_name")]
    found = fused(whole, [modelled(bank, "BANK OF KENYA", "ORG")])
    assert [m.text for m in found] == ["BANK OF KENYA"]


def placed(start: int, end: int, label: str, code: str | None = None) -> Mention:
    return Mention("body", start, end, "x", label, "x", code, "country_name", 0.9)


def test_a_person_of_the_model_removes_the_place_inside() -> None:
    found = fused([placed(8, 14, "PLACE", "JO")], [placed(0, 14, "PERSON")])
    assert [(m.label, m.country_code) for m in found] == [("PERSON", None)]


def test_an_organisation_of_the_model_takes_the_country_inside() -> None:
    found = fused([placed(8, 14, "PLACE", "JO")], [placed(0, 14, "ORG")])
    assert [(m.label, m.country_code) for m in found] == [("ORG", "JO")]


def test_the_gazetteer_wins_over_a_place_of_the_model() -> None:
    found = fused([placed(8, 14, "PLACE", "JO")], [placed(8, 14, "PLACE")])
    assert [(m.label, m.country_code) for m in found] == [("PLACE", "JO")]


def span(start: int, end: int, label: str = "PLACE", *, field: str = "body") -> Mention:
    return Mention(field, start, end, "x" * (end - start), label, "x", None, "statistical", 0.8)


@pytest.mark.parametrize(
    ("second", "kept"),
    [
        (span(8, 12), [(4, 8), (8, 12)]),  # side by side
        (span(7, 12), [(4, 8)]),  # what crosses a name of the first is dropped
        (span(4, 8), [(4, 8)]),
        (span(0, 4), [(0, 4), (4, 8)]),
        (span(0, 4, field="title"), [(4, 8), (0, 4)]),
    ],
)
def test_what_overlaps_nothing_is_added(second: Mention, kept: list[tuple[int, int]]) -> None:
    assert [(m.start, m.end) for m in fused([span(4, 8)], [second])] == kept


def test_of_two_overlapping_guesses_the_first_is_taken() -> None:
    found = fused([span(90, 99)], [span(0, 8), span(7, 12), span(12, 15)])
    assert [(m.start, m.end) for m in found] == [(0, 8), (12, 15), (90, 99)]
