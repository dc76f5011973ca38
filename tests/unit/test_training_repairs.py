"""Known faults of the open corpora and what becomes of them."""

import pytest

from training.passages import UNKNOWN
from training.repairs import apply_habits, learn_habits, repair_sentence

Spans = list[tuple[int, int, str]]


@pytest.mark.parametrize(
    ("words", "given", "wanted"),
    [
        ("President Ada Brun left", [(0, 3, "PERSON")], [(1, 3, "PERSON")]),
        ("Prime Minister Brun left", [(0, 3, "PERSON")], [(2, 3, "PERSON")]),
        ("Mr. left", [(0, 1, "PERSON")], []),
        ("Kenya said no", [(0, 1, "ORG")], [(0, 1, "PLACE")]),
        ("U.N. envoys", [(0, 1, "PLACE")], [(0, 1, "ORG")]),
        ("The U.N. Secretary-General", [(0, 3, "ORG")], [(1, 2, "ORG")]),
        ("Kenyan troops", [(0, 1, "PLACE")], [(0, 1, "NORP")]),
        ("Kenyan troops", [], [(0, 1, "NORP")]),
        ("South Korean troops", [(0, 1, "PLACE"), (1, 2, "NORP")], [(0, 2, "NORP")]),
        ("in Sri Lanka today", [(1, 2, "PERSON"), (2, 3, "NORP")], [(1, 3, "PLACE")]),
        ("the Bank of Kenya", [(1, 4, "ORG")], [(1, 4, "ORG")]),
        ("the Daily Post", [(0, 3, "ORG")], [(1, 3, "ORG")]),
    ],
)
def test_fault_is_repaired(words: str, given: Spans, wanted: Spans) -> None:
    assert repair_sentence(tuple(words.split()), given) == wanted


def test_minority_label_follows_the_majority() -> None:
    words = ("Velatec", "grew")
    habits = learn_habits([(words, [(0, 1, "ORG")])] * 9 + [(words, [(0, 1, "PLACE")])])
    assert apply_habits(words, [(0, 1, "PLACE")], habits) == [(0, 1, "ORG")]


def test_name_left_out_is_unknown_rather_than_no_name() -> None:
    words = ("then", "Velatec", "grew")
    habits = learn_habits([(words, [(1, 2, "ORG")])] * 9)
    assert apply_habits(words, [], habits) == [(1, 2, UNKNOWN)]
