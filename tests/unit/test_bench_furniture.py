"""The labels of own text are well formed, and bodies are compared with them word by word."""

import pytest

from bench.furniture import compare, load_labels

PAGE = (
    "Ferry stuck\n\nShare Save\n\nThe ferry ran aground off the cape.\n\n"
    "Photo: Marta Voss\n\nNobody was hurt, its owner said."
)
FIRST = "The ferry ran aground off the cape."
SECOND = "Nobody was hurt, its owner said."
SPANS = [
    (PAGE.index(FIRST), PAGE.index(FIRST) + len(FIRST)),
    (PAGE.index(SECOND), PAGE.index(SECOND) + len(SECOND)),
]


def test_the_labels_are_spans_in_order_of_a_hundred_documents() -> None:
    labels = load_labels()
    assert len(labels) >= 100
    for doc, spans in labels.items():
        bounds = [bound for span in spans for bound in span]
        assert bounds == sorted(bounds), doc


@pytest.mark.parametrize(
    ("body", "found", "furniture"),
    [
        (f"{FIRST}\n\n{SECOND}", 2, 0),
        (f"{FIRST} {SECOND}", 2, 0),
        (f"{FIRST}\n\nPhoto: Marta Voss\n\n{SECOND}", 2, len("PhotoMartaVoss")),
        (FIRST, 1, 0),
        ("The ferry ran off the cape.\n\n" + SECOND, 1, 0),
        ("", 0, 0),
    ],
)
def test_what_a_body_keeps(body: str, found: int, furniture: int) -> None:
    kept = compare({"d": SPANS}, {"d": PAGE}, {"d": body})
    assert (kept.paragraphs, kept.found, kept.furniture_chars) == (2, found, furniture)
    assert kept.lost == (() if found == 2 else ("d",))


def test_a_rejected_document_has_lost_all_its_paragraphs() -> None:
    assert compare({"d": SPANS}, {"d": PAGE}, {}).recall == 0


def test_a_page_without_own_text_has_only_furniture() -> None:
    kept = compare({"d": [(0, 0)]}, {"d": PAGE}, {"d": "Share Save"})
    assert (kept.paragraphs, kept.recall, kept.furniture_share) == (0, 0, 1)
