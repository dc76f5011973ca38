"""Long texts in pieces: where they are cut, and that offsets stay right."""

from typing import Any

import pytest

from etl.extract.model import SHIPPED_MODEL, find_entities, load_model
from etl.extract.text.pieces import MOST_PIECE_CHARS, MOST_RUN_CHARS, piece_bounds

SENTENCE = "Minister Adaeze Okwuosa flew to Lusaka, the Zambian press said. "


@pytest.fixture(scope="module")
def model() -> Any:
    return load_model(str(SHIPPED_MODEL))


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in piece_bounds(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        SENTENCE,
        "(" * MOST_RUN_CHARS,
        SENTENCE * (MOST_PIECE_CHARS // len(SENTENCE)),
        f"http://a.example/{'b' * (MOST_RUN_CHARS - 20)} {SENTENCE}",
    ],
)
def test_a_text_as_articles_are_is_one_piece(text: str) -> None:
    assert pieces(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_001,
        f"{SENTENCE}{'_' * 3_000} {SENTENCE}",
        SENTENCE * 5_000,
        " " * 200_000,
        "\n" * 200_000,
        ("a" * 255 + "\n") * 2_000,
        ("“" * 300 + " ") * 2_000,
        "a" * 200_000,
    ],
)
def test_pieces_are_the_text_and_bounded(text: str) -> None:
    found = pieces(text)
    assert "".join(found) == text
    assert all(0 < len(piece) <= MOST_PIECE_CHARS for piece in found)
    assert all(len(run) <= MOST_RUN_CHARS for piece in found for run in piece.split())


@pytest.mark.parametrize(
    ("glue", "ending"), [("\n\n", "\n\n"), ("\n", "\n"), (" ", ". "), (" and ", " ")]
)
def test_a_long_text_is_cut_at_the_best_place_there_is(glue: str, ending: str) -> None:
    text = glue.join([SENTENCE.strip() if ending != " " else "the quay"] * 20_000)
    assert all(piece.endswith(ending) for piece in pieces(text)[:-1])


def test_mentions_behind_every_cut_stand_at_their_offsets(model: Any) -> None:
    text = f"  {SENTENCE}{'(' * 1_000} {SENTENCE * 1_000}\n\n{SENTENCE}"
    others = [("title", SENTENCE, SENTENCE), ("title", "", "")]
    before, found, none, behind = find_entities(
        model, [others[0], ("body", text, text), others[1], others[0]]
    )
    assert before == behind != []
    assert none == []
    assert all(text[m.start : m.end] == m.text for m in found)
    # In "Okwuosa" all along the text, in the last sentence too.
    assert sum(m.text == "Adaeze Okwuosa" for m in found) == 1_002


def test_two_million_characters_are_read(model: Any) -> None:
    text = f"{'The harbour was closed by wind again. ' * 52_632}{SENTENCE}"
    assert len(text) > 2_000_000
    quick = model.select_pipes(disable=["ner", "tok2vec"])
    with quick:
        assert list(find_entities(model, [("body", text, text)])) == [[]]
