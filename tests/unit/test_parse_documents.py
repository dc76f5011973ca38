"""The stage's function over frames."""

import datetime

import polars as pl

from etl.decode import DOCUMENTS_SCHEMA
from etl.parse import parse_documents
from etl.schema import PARSED_ARTICLES

NIGHT = datetime.date(2024, 1, 19)
TEXT = (
    " date 2024-01-19 Quay closed\n\nThe quay of Port Lyre was closed on Monday, the mayor said.\n"
)


def _documents(*rows: dict[str, object]) -> pl.DataFrame:
    filled = [
        {"delivery_id": "d1", "file_name": "a.txt", "ingested_on": NIGHT, **row} for row in rows
    ]
    return pl.DataFrame(filled, schema=DOCUMENTS_SCHEMA, orient="row")


def test_an_article_has_the_schema_of_its_table() -> None:
    articles, rejected, _ = parse_documents(_documents({"text": TEXT}))
    assert articles.schema == PARSED_ARTICLES.polars_schema
    row = articles.row(0, named=True)
    assert (row["title"], row["language_code"], row["word_count"]) == ("Quay closed", "en", 14)
    assert row["stamps"] == []
    assert rejected.is_empty()


def test_sidecar_columns_are_kept_and_used() -> None:
    given = {
        "given_title": "Quay shut",
        "given_language": "sl",
        "given_url": "https://lyre.example",
    }
    articles, _, _ = parse_documents(_documents({"text": TEXT, **given}))
    row = articles.row(0, named=True)
    assert (row["title"], row["language_code"], row["given_url"]) == (
        "Quay shut",
        "sl",
        "https://lyre.example",
    )


def test_what_is_no_article_is_rejected_with_its_reason() -> None:
    articles, rejected, _ = parse_documents(_documents({"text": "Quay closed"}))
    assert articles.is_empty()
    assert rejected.row(0, named=True) == {
        "delivery_id": "d1",
        "file_name": "a.txt",
        "stage": "parse",
        "rule": "not_an_article",
        "detail": "headline alone: 2 words, expected at least 10",
        "ingested_on": NIGHT,
    }


def test_no_documents_give_empty_frames() -> None:
    articles, rejected, _ = parse_documents(_documents())
    assert articles.schema == PARSED_ARTICLES.polars_schema
    assert rejected.is_empty()


def test_what_was_cut_is_kept_with_its_place_in_the_text() -> None:
    text = "Home » News » World »\n\n" + TEXT
    _, _, furniture = parse_documents(_documents({"text": text}))
    assert furniture["kind"].to_list() == ["navigation"]
    assert text[furniture["start_char"][0] : furniture["end_char"][0]] == furniture["text"][0]
