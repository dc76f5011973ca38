"""Persons and organisations by rule, acronyms and surnames."""

import pytest

from etl.extract.article import find_mentions
from etl.extract.coreference import resolve_coreference
from etl.extract.entities import defined_acronym, entity_id, full_names, tidy_name
from etl.extract.gazetteer import Gazetteer, load_gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def named(gazetteer: Gazetteer, body: str, label: str) -> list[tuple[str, str]]:
    texts = {"body": body}
    mentions = resolve_coreference(find_mentions(texts, gazetteer), texts)
    return [(m.text, m.name) for m in mentions if m.label == label]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Foreign Minister Amina Okafor left.", ["Amina Okafor"]),
        ("The spokesperson Zahra Umarova said no.", ["Zahra Umarova"]),
        ("Mr. Tembo and Mrs Phiri met.", ["Tembo", "Phiri"]),
        ("Gen. Abdel Rahman al Sayed spoke.", ["Abdel Rahman al Sayed"]),
        ("It was Maria Kowalczyk who won.", ["Maria Kowalczyk"]),
        ("Will Parliament vote?", []),
        ("President Ekene Obi of Ghana spoke.", ["Ekene Obi"]),
    ],
)
def test_persons(gazetteer: Gazetteer, body: str, expected: list[str]) -> None:
    assert [text for text, _ in named(gazetteer, body, "PERSON")] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The Lakeside Mining Corp paid.", ["Lakeside Mining Corp"]),
        ("Clerks of the Ministry of Water Affairs met.", ["Ministry of Water Affairs"]),
        ("The Kenyan Navy sailed.", ["Kenyan Navy"]),
        ("She reads the Lusaka Post.", ["Lusaka Post"]),
        ("The bank paid the company.", []),
    ],
)
def test_organisations(gazetteer: Gazetteer, body: str, expected: list[str]) -> None:
    assert [text for text, _ in named(gazetteer, body, "ORG")] == expected


def test_an_acronym_stands_for_the_name_that_defines_it(gazetteer: Gazetteer) -> None:
    body = "The Sahel Grain Growers Union (SGGU) met. The SGGU wants rain."
    assert named(gazetteer, body, "ORG") == [
        ("Sahel Grain Growers Union", "Sahel Grain Growers Union"),
        ("SGGU", "Sahel Grain Growers Union"),
        ("SGGU", "Sahel Grain Growers Union"),
    ]


def test_an_acronym_that_does_not_fit_defines_nothing(gazetteer: Gazetteer) -> None:
    assert ("XYZ", "Lakeside Mining Corp") not in named(
        gazetteer, "The Lakeside Mining Corp (XYZ) met.", "ORG"
    )


def test_a_surname_resolves_to_the_full_name(gazetteer: Gazetteer) -> None:
    body = "Minister Amina Okafor spoke. Okafor left. Mr. Okafor's aide stayed."
    assert {name for _, name in named(gazetteer, body, "PERSON")} == {"Amina Okafor"}
    assert len(named(gazetteer, body, "PERSON")) == 3


def test_two_persons_of_one_surname_leave_it_open() -> None:
    resolved = full_names(["Amina Okafor", "Ben Okafor", "Okafor"])
    assert resolved["Okafor"] == "Okafor"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jun\nTanaka's", "Jun Tanaka"),
        ("Tanaka’s", "Tanaka"),
        ("the  Union", "the Union"),
    ],
)
def test_names_are_tidied(text: str, name: str) -> None:
    assert tidy_name(text) == name


@pytest.mark.parametrize(
    ("name", "acronym", "fits"),
    [
        ("Sahel Grain Union", "SGU", True),
        ("Bank of Lakes", "BoL", True),
        ("Inter-Village Council", "IVC", True),
        ("Sahel Grain Union", "SGA", False),
        ("Union", "U", False),
    ],
)
def test_acronyms_fit_their_initials(name: str, acronym: str, fits: bool) -> None:
    assert defined_acronym(name, acronym) is fits


def test_entity_ids_are_stable_and_fold_case() -> None:
    assert entity_id("PERSON", "Jun Tanaka", None) == entity_id("PERSON", "JUN TANAKA", None)
    assert entity_id("PLACE", "London", "GB") != entity_id("PLACE", "London", "CA")
    assert entity_id("ORG", "Geo", "PK") == entity_id("ORG", "Geo", None)
    assert len(entity_id("PERSON", "Jun Tanaka", None)) == 32
