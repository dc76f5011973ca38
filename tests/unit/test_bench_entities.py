"""The model alone and the whole extraction, scored side by side."""

from dataclasses import dataclass, field
from typing import Any

from bench.entities import predict_whole, score_both
from etl.extract.gazetteer.dictionary import Gazetteer
from etl.extract.pipeline import Extractor
from tests.golden.readings import Vocabulary
from training.evaluate import EVALUATION, read_rows
from training.passages import Passage, Span, parse_marks

GOLD = [parse_marks("[Amina Okafor|PERSON] met [UNICEF|ORG] in [Lusaka|PLACE].")]


@dataclass
class Silent:
    """A model that finds nothing."""

    ents: list[Any] = field(default_factory=list)
    spans: dict[str, Any] = field(default_factory=dict)
    vocab: Vocabulary = field(default_factory=Vocabulary)

    def pipe(self, texts: Any, *, as_tuples: bool = False, batch_size: int = 1) -> Any:
        for text in texts:
            yield (self, text[1]) if as_tuples else self


def test_the_whole_finds_what_the_model_does_not(gazetteer: Gazetteer) -> None:
    extractor = Extractor(gazetteer, Silent(), "")
    scores = score_both(extractor, {"set": GOLD})
    assert scores["set model"]["all"]["r"] == 0.0
    assert scores["set whole"]["PLACE"]["f"] == 1.0
    assert scores["set whole"]["ORG"]["f"] == 1.0


def test_spans_of_the_whole_are_those_of_its_mentions(gazetteer: Gazetteer) -> None:
    extractor = Extractor(gazetteer, Silent(), "")
    assert predict_whole(extractor, [Passage("In Lusaka.", ())]) == [
        Passage("In Lusaka.", (Span(3, 9, "PLACE"),))
    ]


def test_the_whole_is_better_than_the_model_on_news_of_the_world(
    extractor: Extractor,
) -> None:
    gold = read_rows(EVALUATION / "world_news.jsonl")
    scores = score_both(extractor, {"world": gold})
    for label, least in {"PERSON": 0.94, "ORG": 0.9, "PLACE": 0.95, "NORP": 0.94}.items():
        assert scores["world whole"][label]["f"] >= least
    assert scores["world whole"]["all"]["f"] > scores["world model"]["all"]["f"]
