"""Countries that share a name, and degrees that look like states: whole texts, and their countries.

What belongs here: halves without their name, plurals, degrees behind persons. What does not:
scores of places (test_extract_scores.py). People are invented.
"""

from collections.abc import Callable

import pytest
from marked_texts import read_marked

from etl.extract import Extractor
from etl.extract.countries import group_mentions

Codes = Callable[..., str]


@pytest.fixture(scope="module")
def codes(extractor: Extractor) -> Codes:
    """The countries of marked fields, by letter."""
    return lambda *fields: " ".join(sorted(group_mentions(read_marked(extractor, *fields))))


HALVES = [
    ("The two Koreas agreed on rules.", "KP KR"),
    ("Both Congos sent envoys.", "CD CG"),
    ("The two Yemens were one by then.", "YE"),
    ("There will be no more Vietnams.", ""),
    ("North and South Korea marched.", "KP KR"),
    ("The South and North Korean leaders met.", "KP KR"),
    ("Greek and Turkish Cypriots met.", "CY"),
    ("East and West Germany were two.", "DE"),
    ("Greek and Turkish ships met.", "GR TR"),
    ("Mexico and Kansas City play on Sunday.", "MX US"),
    ("South Korea and the North traded insults.", "KP KR"),
    ("Seoul said the North had sent balloons, and the South would answer.", "KP KR"),
    ("Seoul said the North Face jackets were fakes.", "KR"),
    ("Seoul flew its doctors to the South of the island.", "KR"),
    ("A Seoul firm sold ships to Kenya. Kenya paid, and Kenya will build in the North.", "KE KR"),
    ("Leeds wants trains for the North of England.", "GB"),
]


@pytest.mark.parametrize(("text", "expected"), HALVES)
def test_a_half_without_its_name_is_its_country(codes: Codes, text: str, expected: str) -> None:
    assert codes(text) == expected


def test_the_mention_of_two_countries_is_of_none_alone(extractor: Extractor) -> None:
    (mention,) = read_marked(extractor, "The two Koreas agreed on rules.")
    assert (mention.text, mention.country_code, mention.shared_codes) == (
        "Koreas",
        None,
        ("KP", "KR"),
    )


DEGREES = [
    ("Amina Sesay, MD, an eye doctor in Freetown, spoke.", "SL"),
    ("So said [Okello Were|PERSON], PhD, MA, of Kisumu.", "KE"),
    ("So said [Okello Were|PERSON], MD, [DO|ORG], of Kisumu.", "KE"),
    ("A man of Boston, MA, was held.", "US"),
    ("A fire burned in Glen Burnie, MD, on Monday.", "US"),
]


@pytest.mark.parametrize(("text", "expected"), DEGREES)
def test_a_degree_behind_a_person_is_no_state(codes: Codes, text: str, expected: str) -> None:
    assert codes(text) == expected


def test_a_degree_is_no_mention(extractor: Extractor) -> None:
    found = read_marked(extractor, "So said [Okello Were|PERSON], MD, [DO|ORG].")
    assert [mention.text for mention in found] == ["Okello Were"]
