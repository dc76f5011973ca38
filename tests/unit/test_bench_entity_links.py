"""Labels of links, and the figures made of them."""

import re

import duckdb
import polars as pl
import pytest
from linked_file import Piece, bring, empty_file

from bench.entity_links import KEY, LABELS, Figures, figures


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = empty_file()
    full = [
        Piece(article_id=f"f{n}", persons=("Ivo Brankov", "Eva Lund"), countries=("KE",))
        for n in range(2)
    ]
    bare = [Piece(article_id=f"b{n}", persons=("Brankov",), countries=("KE",)) for n in range(3)]
    bring(con, [*full, *bare], [0])
    return con


def test_links_are_counted_against_what_was_judged(con: duckdb.DuckDBPyConnection) -> None:
    judged = [
        (article, "PERSON:Brankov", meant, is_right)
        for article, meant, is_right in (
            ("b0", "PERSON:Ivo Brankov", 1),
            ("b1", "PERSON:Ivo Brankov", 0),
            ("b2", "PERSON:Ana Brankov", 1),  # of a link that is no more
        )
    ]
    labels = pl.DataFrame(judged, schema=[*KEY, "is_right"], orient="row")
    found = figures(con, labels)
    assert found == Figures(persons=7, bare=3, links=3, judged=2, right=1)
    assert (found + found).row("all") == ("| all | 14 | 6 | 6 | 4 | 2 | 0.429 | 1.000 | 0.500 |")


def test_labels_have_ids_and_no_names() -> None:
    labels = pl.read_csv(LABELS)
    assert labels.columns == ["set", *KEY, "is_right"] and labels.height >= 100
    assert labels.select(KEY).is_unique().all() and set(labels["is_right"]) <= {0, 1}
    ids = [*labels["entity_id"], *labels["linked_entity_id"]]
    assert all(re.fullmatch(r"[0-9a-f]{32}", name) for name in ids)
    assert all(re.fullmatch(r"[\w-]+", name) for name in labels["article_id"])
