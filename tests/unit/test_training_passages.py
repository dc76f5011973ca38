"""Passages: marks, rebuilding, detokenising; spans always slice back to their words."""

import pytest

from training.detokenise import to_passage
from training.passages import Passage, Span, concatenate, parse_marks, replace_spans
from training.tagged import spans_of_tags


def marked(passage: Passage) -> list[tuple[str, str]]:
    return [(passage.words(span), span.label) for span in passage.spans]


def test_marks_become_spans() -> None:
    passage = parse_marks("[Ama Serwaa|PERSON] of [Kumasi|PLACE] spoke.")
    assert passage.text == "Ama Serwaa of Kumasi spoke."
    assert marked(passage) == [("Ama Serwaa", "PERSON"), ("Kumasi", "PLACE")]


def test_replacing_moves_the_later_spans() -> None:
    passage = parse_marks("[Ama|PERSON] left [Kumasi|PLACE].")
    longer = replace_spans(passage, lambda words, label: words * 3)
    assert marked(longer) == [("AmaAmaAma", "PERSON"), ("KumasiKumasiKumasi", "PLACE")]


def test_concatenation_keeps_spans() -> None:
    joined = concatenate([parse_marks("In [Bern|PLACE]."), parse_marks("[Ute|PERSON] left.")], "\n")
    assert joined.text == "In Bern.\nUte left."
    assert marked(joined) == [("Bern", "PLACE"), ("Ute", "PERSON")]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["He", "said", ",", '"', "No", ".", '"'], 'He said, "No."'),
        (["Bern", "'s", "mayor"], "Bern's mayor"),
        (["(", "NLC", ")", "did", "n't"], "(NLC) didn't"),
        (["``", "Yes", "''", "he", "said"], '"Yes" he said'),
    ],
)
def test_words_become_running_text(words: list[str], text: str) -> None:
    assert to_passage(words, []).text == text


def test_spans_over_words_become_spans_over_characters() -> None:
    passage = to_passage(["(", "New", "Bern", ")", "won"], [(1, 3, "ORG")])
    assert passage.spans == (Span(1, 9, "ORG"),)


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["B-per", "I-per", "O"], ((0, 2, "per"),)),
        (["I-LOC", "I-LOC"], ((0, 2, "LOC"),)),
        (["B-per", "B-per"], ((0, 1, "per"), (1, 2, "per"))),
        (["B-per", "I-org"], ((0, 1, "per"), (1, 2, "org"))),
    ],
)
def test_tags_become_spans(tags: list[str], spans: object) -> None:
    assert spans_of_tags(tags) == spans
