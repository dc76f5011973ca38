"""An agency's credit in a dateline is an organisation, and no town of that name."""

import pytest
from article_states import state

from etl.extract import Extractor
from etl.extract.mentions import Mention
from etl.extract.passes.agency_credits import find_credits
from etl.extract.passes.credit_mentions import add_credits


def credits_of(field: str, text: str) -> list[str]:
    article = state({field: text})
    find_credits(article)
    return [text[m.start : m.end] for m in article.fields[field].credits]


@pytest.mark.parametrize(
    ("dateline", "expected"),
    [
        ("NAIROBI, Nov. 20 (Xinhua)", ["Xinhua"]),
        ("ISLAMABAD (UrduPoint News / Sputnik - 15th August, 2021)", ["UrduPoint News", "Sputnik"]),
        ("PTI | Moscow |", ["PTI"]),
        ("MOSCOW, August 5. /TASS/.", ["TASS"]),
        ("SANAA (Saba)", ["Saba"]),
        ("TEHRAN (Fars)", ["Fars"]),
        ("WINDHOEK (Nampa)", ["Nampa"]),
        ("BEIJING - Xinhua", ["Xinhua"]),
        ("Asahi - Japan", []),
        ("HANOI (Vietnam)", []),
        ("Kota Kinabalu (Sabah)", []),
        ("Asahi, Japan, May 3", []),
    ],
)
def test_credits_of_a_dateline(dateline: str, expected: list[str]) -> None:
    assert credits_of("dateline", dateline) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("NAIROBI, Nov. 20 (Xinhua) -- A railway is planned.", ["Xinhua"]),
        ("PTI | Moscow | A bridge was closed.", ["PTI"]),
        ("MOSCOW, August 5. /TASS/. A bridge was closed.", ["TASS"]),
        ("LAHORE (UrduPoint / Sputnik - 3rd May) A bridge was closed.", ["UrduPoint", "Sputnik"]),
        ("A bank in Accra (Standard Bank said) was closed.", []),
        ("Anglers from Sabah/Sarawak met in a hall.", []),
        ("The hall in the town was full on that day. " * 3 + "Its (Xinhua) was empty.", []),
    ],
)
def test_credits_of_a_body_that_kept_its_dateline(body: str, expected: list[str]) -> None:
    assert credits_of("body", body) == expected


def test_a_title_has_no_credits() -> None:
    assert credits_of("title", "Grain by rail (Xinhua)") == []


def test_a_credit_takes_the_place_of_the_models_span() -> None:
    text = "LAHORE (UrduPoint / Sputnik - 15th August)"
    start = text.index("Sputnik")
    words = "Sputnik - 15th"
    span = Mention(
        "dateline", start, start + len(words), words, "PLACE", words, None, "statistical", 0.8
    )
    article = state({"dateline": text}, [span])
    find_credits(article)
    add_credits(article)
    assert [(m.text, m.label, m.country_code) for m in article.mentions] == [
        ("UrduPoint", "ORG", None),
        ("Sputnik", "ORG", None),
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_seat_of_an_agency_is_no_evidence(extractor: Extractor, language: str) -> None:
    row = {
        "title": None,
        "dateline": "NAIROBI, Nov. 20 (Xinhua)",
        "body": "Kenya: Nairobi.",
        "language_code": language,
    }
    (found,) = extractor.find_mentions([row])
    assert {m.country_code for m in found if m.country_code} == {"KE"}
