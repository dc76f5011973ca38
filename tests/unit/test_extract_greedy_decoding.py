"""Names decoded for a whole batch at once: the very spans that spaCy's own decoding finds."""

import json
import math
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from processor_time import processor_seconds
from spacy.util import fix_random_seed, load_config

from etl.extract.greedy_decoding import SCORED, GreedyDecoder, decode_at_once
from etl.extract.model import SHIPPED_MODEL

ROOT = Path(__file__).parents[2]
PASSAGES = ROOT / "training" / "evaluation" / "world_news.jsonl"
PIECES = ["Okwuosa", "of", "the", "Lusaka", "  ", "\n\n", "said", ",", "Bank", "U.N.", "x", "1,000"]


def spans(nlp: Any, texts: list[str], batch_size: int = 64) -> list[list[tuple[int, int, str]]]:
    docs = nlp.pipe(texts, batch_size=batch_size)
    return [[(span.start, span.end, span.label_) for span in doc.ents] for doc in docs]


def shipped() -> Any:
    return spacy.load(SHIPPED_MODEL)


def untrained(seed: int) -> Any:
    """A model of the shipped kind whose weights mean nothing: names of any length anywhere."""
    nlp = spacy.blank("en").from_config(load_config(SHIPPED_MODEL / "config.cfg"))
    fix_random_seed(seed)
    for label in ("PLACE", "PERSON", "ORG"):
        nlp.get_pipe("ner").add_label(label)
    nlp.initialize()
    upper = nlp.get_pipe("ner").model.get_ref("upper")
    dice = np.random.default_rng(seed)
    upper.set_param("W", dice.normal(size=upper.get_param("W").shape).astype("float32"))
    upper.set_param("b", dice.normal(size=upper.get_param("b").shape).astype("float32"))
    return nlp


def at_once(nlp: Any) -> Any:
    decode_at_once(nlp)
    assert nlp.pipe_names == ["tok2vec", "ner"]
    return nlp


def soup(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(PIECES, k=words))


def test_the_shipped_model_finds_what_it_finds_word_by_word() -> None:
    lines = PASSAGES.read_text(encoding="utf-8").splitlines()
    texts = [*(json.loads(line)["text"] for line in lines), "", " ", "Nairobi", "In Nairobi"]
    expected = spans(shipped(), texts)
    assert sum(map(len, expected)) > 800
    assert spans(at_once(shipped()), texts) == expected
    assert spans(at_once(shipped()), texts, batch_size=3) == expected


@pytest.mark.parametrize("seed", range(6))
def test_any_weights_give_what_they_give_word_by_word(seed: int) -> None:
    dice = random.Random(seed)
    texts = [soup(dice, dice.choice((0, 1, 2, 3, 8, 60))) for _ in range(150)]
    plain = untrained(seed)
    expected = spans(plain, texts)
    found = [span for text in expected for span in text]
    assert any(end - start > 1 for start, end, _ in found)
    decode_at_once(plain)
    assert spans(plain, texts) == expected


def test_one_text_is_read_as_many_are() -> None:
    nlp = at_once(shipped())
    text = "Adaeze Okwuosa flew to Port Lyre."
    assert [span.text for span in nlp(text).ents] == ["Adaeze Okwuosa", "Port Lyre"]
    assert not nlp("").ents


def test_names_that_never_end_take_time_in_proportion() -> None:
    """Each word begins a name and none ends one: every beginning reads on to the end."""
    nlp = untrained(0)
    moves = nlp.get_pipe("ner").moves
    upper = nlp.get_pipe("ner").model.get_ref("upper")
    names = [moves.get_class_name(move) for move in range(moves.n_moves)]
    upper.set_param("W", np.zeros_like(upper.get_param("W")))
    upper.set_param("b", np.array([name[0] in "BI" for name in names], dtype="float32"))
    decode_at_once(nlp)
    short, long = (nlp.make_doc("word " * count) for count in (2_000, 8_000))
    vectors = nlp.get_pipe("tok2vec")
    for doc in (short, long):
        vectors.set_annotations([doc], vectors.predict([doc]))
    recogniser = nlp.get_pipe("ner")
    assert [len(recogniser(doc).ents[0]) for doc in (short, long)] == [2_000, 8_000]
    least = max(0.02, min(processor_seconds(lambda: recogniser(short)) for _ in range(3)))
    assert min(processor_seconds(lambda: recogniser(long)) for _ in range(3)) < 9 * least


def chances(nlp: Any, texts: list[str], batch_size: int = 64) -> list[float]:
    docs = nlp.pipe(texts, batch_size=batch_size)
    return [score for doc in docs for score in doc.spans[SCORED].attrs["scores"]]


def test_a_chance_depends_on_the_text_alone() -> None:
    lines = PASSAGES.read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    nlp = at_once(shipped())
    found = chances(nlp, texts)
    assert found == chances(nlp, texts, batch_size=3)
    assert len(found) == sum(map(len, spans(nlp, texts)))
    assert 0.1 < min(found) < 0.6 and max(found) > 0.99


def test_a_chance_is_the_product_of_the_chances_of_its_choices() -> None:
    """A word begins a place, is one or is none, 4 to 2 to 1; a place ends or goes on, 3 to 1."""
    nlp = untrained(0)
    moves = nlp.get_pipe("ner").moves
    upper = nlp.get_pipe("ner").model.get_ref("upper")
    names = [moves.get_class_name(move) for move in range(moves.n_moves)]
    weights = {"B-PLACE": 4.0, "U-PLACE": 2.0, "O": 1.0, "L-PLACE": 3.0, "I-PLACE": 1.0}
    bias = [math.log(weights.get(name, 1e-30)) for name in names]
    upper.set_param("W", np.zeros_like(upper.get_param("W")))
    upper.set_param("b", np.array(bias, dtype="float32"))
    decode_at_once(nlp)
    assert spans(nlp, ["one two three"]) == [[(0, 2, "PLACE"), (2, 3, "PLACE")]]
    # The last word of a text begins nothing.
    assert chances(nlp, ["one two three"]) == pytest.approx([4 / 7 * 3 / 4, 2 / 3], rel=1e-5)


def test_a_recogniser_of_another_kind_is_refused() -> None:
    plain = shipped()
    plain.get_pipe("ner").cfg["beam_width"] = 4
    with pytest.raises(ValueError, match="it searches with a beam"):
        GreedyDecoder(plain.get_pipe("ner"))
    wide = spacy.blank("en")
    config = {"model": {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner",
        "extra_state_tokens": True, "hidden_width": 8, "maxout_pieces": 2, "use_upper": True,
        "tok2vec": {"@architectures": "spacy.HashEmbedCNN.v2", "width": 8, "depth": 1,
            "embed_size": 50, "window_size": 1, "maxout_pieces": 2, "subword_features": True,
            "pretrained_vectors": None}}}  # fmt: skip
    wide.add_pipe("ner", config=config).add_label("PLACE")
    wide.initialize()
    with pytest.raises(ValueError, match="its features are others"):
        GreedyDecoder(wide.get_pipe("ner"))
