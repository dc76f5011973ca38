"""An agency's mark in a dateline is an organisation, and no town of that name."""

import pytest

from etl.extract import Extractor
from etl.extract.entities import Mention
from etl.extract.gazetteer import Gazetteer
from etl.extract.marks import find_marks, put_marks


def marks(gazetteer: Gazetteer, field: str, text: str) -> list[str]:
    return [text[m.start : m.end] for m in find_marks(field, text, gazetteer)]


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
def test_marks_of_a_dateline(gazetteer: Gazetteer, dateline: str, expected: list[str]) -> None:
    assert marks(gazetteer, "dateline", dateline) == expected


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
def test_marks_of_a_body_that_kept_its_dateline(
    gazetteer: Gazetteer, body: str, expected: list[str]
) -> None:
    assert marks(gazetteer, "body", body) == expected


def test_a_title_has_no_marks(gazetteer: Gazetteer) -> None:
    assert marks(gazetteer, "title", "Grain by rail (Xinhua)") == []


def test_a_mark_takes_the_place_of_the_models_span(gazetteer: Gazetteer) -> None:
    text = "LAHORE (UrduPoint / Sputnik - 15th August)"
    start = text.index("Sputnik")
    words = "Sputnik - 15th"
    span = Mention(
        "dateline", start, start + len(words), words, "PLACE", words, None, "statistical", 0.8
    )
    put = put_marks([span], {"dateline": text}, gazetteer)
    assert [(m.text, m.label, m.country_code) for m in put] == [
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
