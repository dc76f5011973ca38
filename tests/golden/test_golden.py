"""The golden set: what it holds, how it is scored, and that no figure has dropped."""

from pathlib import Path

import pytest

from etl.errors import ReferenceDataError
from etl.extract import Extractor, golden
from etl.extract.golden import (
    Passage,
    committed_scores,
    find_drops,
    load_passages,
    read_marks,
    score,
    score_mentions,
)
from etl.extract.mentions import Mention
from etl.reference import load_countries

TRAPS = {
    "georgia", "jordan", "chad", "niger", "guinea", "congo", "korea", "cambridge", "hilton",
    "turkey", "organisation", "namibia", "us", "uk", "power", "names", "demonym", "state",
    "possessive", "capitals", "acronym", "surname", "titles", "person", "homonym", "money",
    "agency", "dateline", "known", "suffix", "apposition", "union", "bare", "label",
}  # fmt: skip


def place(start: int, end: int, code: str | None) -> Mention:
    return Mention("body", start, end, "x", "PLACE", "x", code, "city", 0.9)


def passage(code: str | None) -> Passage:
    return Passage("test", {"body": "Lima is dry."}, {("body", 0, 4, "PLACE"): code}, code)


def test_the_set_is_large_and_holds_every_trap() -> None:
    passages = load_passages()
    assert len(passages) >= 150
    assert len({code for p in passages for code in p.countries}) >= 60
    assert {p.trap for p in passages} >= TRAPS


def test_passages_are_sound() -> None:
    known = set(load_countries()["country_code"])
    for p in load_passages():
        assert p.countries <= known
        assert p.focus in (p.countries or {None})
        assert not any(mark in text for text in p.texts.values() for mark in ("|", "[["))
    bodies = [p.texts["body"] for p in load_passages()]
    assert len(bodies) == len(set(bodies))


def test_no_figure_has_dropped(extractor: Extractor) -> None:
    assert find_drops(committed_scores(), score(extractor).figures()) == {}


def test_marks_are_cut_out_and_counted() -> None:
    text, spans = read_marks("The [UK|PLACE|GB] met [Amina Okafor|PERSON].")
    assert text == "The UK met Amina Okafor."
    assert [(text[start:end], *rest) for start, end, *rest in spans] == [
        ("UK", "PLACE", "GB"),
        ("Amina Okafor", "PERSON", None),
    ]


def test_a_perfect_reading_scores_one() -> None:
    found = score_mentions([passage("PE")], [[place(0, 4, "PE")]])
    assert (found.labels["PLACE"].f1, found.countries.f1, found.focus) == (1.0, 1.0, 1.0)


def test_a_wrong_country_costs_precision_recall_and_focus() -> None:
    found = score_mentions([passage("PE")], [[place(0, 4, "US")]])
    assert (found.labels["PLACE"].f1, found.countries.f1, found.focus) == (1.0, 0.0, 0.0)


def test_a_span_that_is_one_character_off_is_wrong() -> None:
    found = score_mentions([passage("PE")], [[place(0, 5, "PE")]])
    assert (found.labels["PLACE"].precision, found.countries.recall) == (0.0, 1.0)


def test_a_drop_is_found_and_small_noise_is_not() -> None:
    before = {"PLACE f1": 0.9, "PLACE recall": 0.9, "focus": 0.95}
    assert find_drops(before, {"PLACE f1": 0.895, "PLACE recall": 0.5, "focus": 0.95}) == {}
    assert find_drops(before, {"PLACE f1": 0.8, "focus": 0.95}) == {"PLACE f1": (0.9, 0.8)}
    assert find_drops(before, {"PLACE f1": 0.9}) == {"focus": (0.95, 0.0)}


@pytest.mark.parametrize(
    "line", ["{", '{"trap": "x", "focus": ""}', '{"trap": "x", "focus": "", "body": "[a|CITY]"}']
)
def test_a_broken_line_is_named(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "passages.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    monkeypatch.setattr(golden, "PASSAGES", path)
    golden.load_passages.cache_clear()
    with pytest.raises(ReferenceDataError, match="line 1"):
        load_passages()
    golden.load_passages.cache_clear()
