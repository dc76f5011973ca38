"""The hand-labelled feed items: whole, and scored as told."""

from bench.feeds import HALVES, load_countries, prf, score_sets, score_spans
from etl.reference import load_countries as load_reference


def test_labels_are_whole() -> None:
    labels = load_countries()
    codes = set(load_reference()["country_code"])
    assert len(labels) == 138 and {label.half for label in labels.values()} == set(HALVES)
    assert all(label.focus <= label.countries <= codes for label in labels.values())


def test_scores_are_micro_averaged() -> None:
    wanted = {"a": frozenset({"KE", "UG"}), "b": frozenset[str]()}
    assert score_sets(wanted, {"a": {"KE"}, "b": {"FR"}, "c": {"US"}}) == prf(1, 2, 2)
    spans = {"a": {("body", 0, 5, "PLACE"), ("body", 9, 12, "ORG")}}
    assert score_spans(spans, {"a": {("body", 0, 5, "PLACE")}}, "PLACE") == prf(1, 1, 1)
    assert score_spans(spans, {"a": {("body", 0, 5, "ORG")}}, "ORG") == prf(0, 1, 1)
