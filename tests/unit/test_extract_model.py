"""The entity model in use: batches over articles, vectors computed once, sides of a span."""

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from etl.extract.embedding_reuse import distinct_rows
from etl.extract.model import SHIPPED_MODEL, find_entities, load_model, model_version

TEXTS = [
    "Minister Adaeze Okwuosa flew to Lusaka, the Zambian press said.",
    "  Grain prices rose in Kenya.\n\nThe Sahel Grain Union said so on Monday.",
    "Okwuosa's aides met Ivo Brankov of the Danube Shipping Company in Vienna.",
    "",
    "Nothing of note happened.",
]


@pytest.fixture(scope="module")
def model() -> Any:
    return load_model(str(SHIPPED_MODEL))


def test_what_is_found_in_a_text_does_not_depend_on_its_batch(model: Any) -> None:
    pairs = [("body", text, text) for text in TEXTS * 60]
    random.Random(7).shuffle(pairs)
    together = list(find_entities(model, pairs))
    alone = {text: next(find_entities(model, [("body", text, text)])) for text in TEXTS}
    assert together == [alone[text] for _, text, _ in pairs]
    assert [m.text for m in alone[TEXTS[0]]] == ["Adaeze Okwuosa", "Lusaka", "Zambian"]


@pytest.mark.parametrize(("kept", "grows"), [(0, False), (10**9, True)])
def test_past_a_number_of_words_new_ones_are_forgotten(
    kept: int, grows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = load_model(str(SHIPPED_MODEL))
    known = len(model.vocab.strings)
    monkeypatch.setattr("etl.extract.model.KEPT_WORDS", kept)
    text = "Zorvabel Quindarex met 8,713,604 of Kelmovrane's farmers in Nairobi."
    first, again = find_entities(model, [("body", text, text)] * 2)
    assert first == again
    assert [m.text for m in first if m.label == "PLACE"] == ["Nairobi"]
    assert (len(model.vocab.strings) > known) is grows


def test_vectors_computed_once_are_the_same_to_the_bit(model: Any) -> None:
    import spacy

    plain = spacy.load(SHIPPED_MODEL)
    docs = [model.make_doc(text) for text in TEXTS if text]
    with_reuse = model.get_pipe("tok2vec").predict(docs)
    without = plain.get_pipe("tok2vec").predict(docs)
    assert all(np.array_equal(a, b) for a, b in zip(with_reuse, without, strict=True))
    assert "embedding_reuse" in [layer.name for layer in model.get_pipe("tok2vec").model.walk()]


def test_a_file_of_a_model_that_is_renamed_makes_another_version(tmp_path: Path) -> None:
    for folder, name in (("one", "weights"), ("two", "weights"), ("three", "others")):
        (tmp_path / folder / "model").mkdir(parents=True)
        (tmp_path / folder / "model" / name).write_bytes(b"w")
    one, two, three = (model_version(str(tmp_path / f / "model")) for f in ("one", "two", "three"))
    assert one == two != three


def test_distinct_rows_and_which_each_row_equals() -> None:
    rows = np.array([[5, 1], [2, 2], [5, 1], [5, 2]], dtype=np.uint64)
    first, inverse = distinct_rows(rows)
    assert sorted(first) == [0, 1, 3]
    assert np.array_equal(rows[first[inverse]], rows)


def test_two_rows_of_one_key_are_kept_apart() -> None:
    spread = 0x9E3779B97F4A7C15
    rows = np.array([[0, spread], [1, 0]], dtype=np.uint64)
    first, inverse = distinct_rows(rows)
    assert np.array_equal(rows[first[inverse]], rows)
    assert len(first) == 2
