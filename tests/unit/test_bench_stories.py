"""The bench of stories: what the likeness is fitted to, and how pairs of items are labelled."""

import csv
import datetime as dt

import numpy as np
import polars as pl
import pytest

from bench.fit_stories import events_of, fit, is_fitted_to, item_rows, rows
from bench.stories import pair_scores
from bench.story_sets import PAIR_LABELS, StorySet, pair_labels
from etl.stories.likeness import FEATURES

DAY = dt.date(2026, 3, 1)
EVENTS = {"a1": "quay", "a2": "quay", "b1": "mill", "b2": "mill"}


def known() -> StorySet:
    """Four articles of two events of one town and one mayor."""
    texts = {
        "a1": ("Quay closed in Port Lyre", "Cranes stopped when the harbour wall gave way."),
        "a2": ("Port Lyre harbour wall gives way", "The quay is closed and its cranes stopped."),
        "b1": ("Paper mill sold in Port Lyre", "A buyer from abroad keeps all hundred workers."),
        "b2": ("Buyer from abroad takes paper mill", "The workers of the mill stay, says Mr Dao."),
    }
    articles = pl.DataFrame(
        {
            "article_id": list(texts),
            "published_on": [DAY + dt.timedelta(days=n) for n in range(4)],
            "title": [title for title, _ in texts.values()],
            "body": [body for _, body in texts.values()],
            "language_code": "en",
            "cluster_id": [EVENTS[name] for name in texts],
        }
    )
    mentions = pl.DataFrame(
        [(name, "PERSON", "Kim Dao", None) for name in texts]
        + [(name, "PLACE", "Port Lyre", "FJ") for name in texts],
        schema=["article_id", "label", "name", "country_code"],
        orient="row",
    )
    days = pl.DataFrame(
        schema={"article_id": pl.String, "starts_on": pl.Date, "precision": pl.String}
    )
    return StorySet(
        articles=articles, mentions=mentions, article_countries=mentions, date_mentions=days
    )


def test_every_pair_of_the_fitted_half_is_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.fit_stories.is_fitted_to", lambda event: True)
    found = list(rows(known(), 2.0))
    assert [same for _, same, _ in found].count(True) == 2
    assert len(found) == 6
    assert all(len(values) == len(FEATURES) and weight == 2.0 for values, _, weight in found)
    monkeypatch.setattr("bench.fit_stories.is_fitted_to", lambda event: event == "quay")
    assert [same for _, same, _ in rows(known(), 1.0)] == [True]


def test_labelled_pairs_are_rows_whichever_article_is_the_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bench.fit_stories.is_fitted_to", lambda one: one != "a2")
    labels = {("a1", "b1"): False, ("b1", "b2"): True, ("a2", "b1"): False, ("a1", "zz"): True}
    found = item_rows(known(), labels, 3.5)
    assert [(same, weight) for _, same, weight in found] == [(False, 3.5), (True, 3.5)]


def test_a_chain_of_pairs_is_one_event() -> None:
    labels = {("a", "b"): True, ("b", "c"): True, ("c", "d"): False, ("d", "gone"): True}
    assert events_of("abcd", labels) == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_the_fit_tells_what_speaks_for_one_event() -> None:
    x = np.array([[1.0, 0.0], [1.0, 0.1], [1.0, 0.9], [1.0, 1.0]] * 20)
    bias, likeness = fit(x, np.array([0.0, 0.0, 1.0, 1.0] * 20), np.ones(80))
    assert likeness > 1 > 0 > bias


def test_labels_name_each_pair_once_and_in_order() -> None:
    with PAIR_LABELS.open(encoding="utf-8", newline="") as file:
        written = [(row["doc"], row["other_doc"]) for row in csv.DictReader(file)]
    assert written == sorted(set(written)) == sorted(pair_labels())
    assert all(one < other for one, other in written)
    halves = {is_fitted_to(one) for one, _ in written}
    assert halves == {True, False}


def test_scores_of_pairs() -> None:
    pairs = [("s", "e"), ("s", "e"), ("s", "f"), ("t", "e")]
    assert pair_scores(pairs) == (1 / 3, 1 / 3, 1 / 3)
