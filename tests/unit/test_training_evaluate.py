"""Scores of spans, and the evaluation sets themselves."""

import pytest

from training.evaluate import read_set, score
from training.passages import LABELS, UNKNOWN, parse_marks

GOLD = parse_marks("[Ada Serwaa|PERSON] met [Velatec|?] in [Bern|PLACE].")


def test_exact_spans_count() -> None:
    rows = score([GOLD], [GOLD], LABELS)
    assert (rows["PERSON"]["f"], rows["PLACE"]["f"], rows["all"]["spans"]) == (1.0, 1.0, 2)


def test_part_of_a_name_is_wrong() -> None:
    found = parse_marks("Ada [Serwaa|PERSON] met Velatec in [Bern|PLACE].")
    assert score([GOLD], [found], LABELS)["PERSON"] == {"p": 0.0, "r": 0.0, "f": 0.0, "spans": 1}


def test_wrong_label_is_wrong() -> None:
    found = parse_marks("[Ada Serwaa|ORG] met Velatec in [Bern|PLACE].")
    assert score([GOLD], [found], LABELS)["all"]["p"] == 0.5


def test_span_over_an_unknown_one_does_not_count() -> None:
    found = parse_marks("[Ada Serwaa|PERSON] met [Velatec|ORG] in [Bern|PLACE].")
    assert score([GOLD], [found], LABELS)["ORG"]["p"] == score([GOLD], [GOLD], LABELS)["ORG"]["p"]


@pytest.mark.parametrize("name", ["world_news", "world_news_blind"])
def test_evaluation_spans_are_sound(name: str) -> None:
    for passage in read_set(name):
        ends = 0
        for span in passage.spans:
            assert span.label in {*LABELS, UNKNOWN}
            assert ends <= span.start < span.end <= len(passage.text)
            assert passage.words(span) == passage.words(span).strip()
            ends = span.end


def test_world_news_is_large_and_wide_enough() -> None:
    import json

    from training.evaluate import EVALUATION

    lines = (EVALUATION / "world_news.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) >= 120
    assert len({row["country"] for row in rows}) >= 40
