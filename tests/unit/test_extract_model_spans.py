"""What is told of the model's spans by the words in and around them."""

import pytest
from article_states import state

from etl.extract.mentions import Mention
from etl.extract.passes.span_boundaries import cut_spans
from etl.extract.passes.span_labels import relabel_spans
from etl.extract.passes.spurious_spans import drop_spurious_spans


def found(text: str, words: str, label: str, *, field: str = "body") -> list[tuple[str, str]]:
    """Text and label of what becomes of the model's span ``words`` in ``text``."""
    start = text.index(words)
    mention = Mention(
        field, start, start + len(words), words, label, words, None, "statistical", 0.8
    )
    article = state({field: text})
    article.modelled = [mention]
    for step in (cut_spans, drop_spurious_spans, relabel_spans):
        step(article)
    kept = article.modelled
    assert all(text[m.start : m.end] == m.text == m.name for m in kept)
    return [(m.text, m.label) for m in kept]


@pytest.mark.parametrize(
    ("words", "label", "kept"),
    [
        ("Velatec-led", "ORG", "Velatec"),
        ("Bouvard-Led Consortium", "PERSON", "Bouvard"),
        ("pro-Lozi", "NORP", "Lozi"),
        ("Energy group Velatec", "ORG", "Velatec"),
        ("Sava Isles and", "PLACE", "Sava Isles"),
        ("Lakeland Attorney General", "ORG", "Lakeland"),
        ("Director General Harbour Watch", "ORG", "Harbour Watch"),
        ("Union of Potters", "ORG", "Union of Potters"),
        ("Secretariat General of Tolls", "ORG", "Secretariat General of Tolls"),
    ],
)
def test_a_span_is_cut_to_the_name(words: str, label: str, kept: str) -> None:
    assert [text for text, _ in found(f"They saw {words} there.", words, label)] == [kept]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Olaya Roundabout", "PLACE"),
        ("Devu Temple", "PLACE"),
        ("Gazu Kalur Ridge", "PLACE"),
        ("Shirley Temple", "PERSON"),
        ("Ji-ho Park", "PERSON"),
    ],
)
def test_a_person_is_no_roundabout(words: str, label: str) -> None:
    assert found(f"They saw {words} there.", words, "PERSON") == [(words, label)]


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        ("The energy firm Velatec raised prices.", "Velatec", "PERSON"),
        ("They asked Velatec chairman Ivo Brankov.", "Velatec", "PLACE"),
        ("It was sold to Danube Electronics again.", "Danube Electronics", "PERSON"),
        ("She plays for Deportivo Lunares now.", "Deportivo Lunares", "PERSON"),
        ("A week later the floods were reported by NEPAS officials.", "NEPAS", "PLACE"),
        ("It was told by OPEC to wait.", "OPEC", "PERSON"),
    ],
)
def test_an_organisation_is_told_by_its_words(text: str, words: str, label: str) -> None:
    assert found(text, words, label) == [(words, "ORG")]


@pytest.mark.parametrize(
    ("text", "words", "label", "told"),
    [
        ("It will rain, said forecaster Ni Wayan Sukarti.", "Ni Wayan Sukarti", "ORG", "PERSON"),
        ("The second-year student Meera Pillai wept.", "Meera Pillai", "ORG", "PERSON"),
        ("The striker Lunares United sold left.", "Lunares United", "ORG", "ORG"),
        ("The activist Save Lunares sued.", "Save Lunares", "ORG", "ORG"),
        ("The forecaster Velatec was wrong.", "Velatec", "ORG", "ORG"),
        ("Boats crossed Great Slave Lake.", "Great Slave Lake", "ORG", "PLACE"),
    ],
)
def test_a_role_and_a_lake_tell_the_label(text: str, words: str, label: str, told: str) -> None:
    assert found(text, words, label) == [(words, told)]


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("The firm Maria Electronics knew left.", "Maria", "PERSON"),
        ("NEPAS, May 3 - The harbour froze.", "NEPAS", "PLACE"),
        ("He met Okafor in the union hall.", "Okafor", "PLACE"),
    ],
)
def test_a_person_or_place_becomes_no_organisation(text: str, words: str, told: str) -> None:
    assert found(text, words, "PLACE") == [(words, told)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Shares fell after the IPO of the dairy.", "IPO"),
        ("Floods closed the road.", "Floods"),
        ("Post it on X today.", "X"),
        ("The hall is shut on Fridays and Mondays.", "Mondays"),
        ("They marked the Nepali New Year.", "Nepali New Year"),
        ("In New Year sales rose.", "New Year"),
    ],
)
def test_what_is_no_name_is_left_out(text: str, words: str) -> None:
    assert found(text, words, "ORG") == []


def test_a_plain_word_is_a_name_where_a_sentence_has_it_as_one() -> None:
    assert found("Floods, the band, left. Fans of Floods wept.", "Floods", "ORG")


def test_a_known_given_name_makes_a_place_a_person() -> None:
    assert found("He blamed Amina Vantongeren.", "Amina Vantongeren", "PLACE") == [
        ("Amina Vantongeren", "PERSON")
    ]
    assert found("It lies in Victoria Vantongeren.", "Victoria Vantongeren", "PLACE") == [
        ("Victoria Vantongeren", "PLACE")
    ]
