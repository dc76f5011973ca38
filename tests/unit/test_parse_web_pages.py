"""Pages among the documents of a part, and what their marks become."""

import datetime

import polars as pl
import pytest

from etl import schema
from etl.dates import date_articles
from etl.parse.page import parse_page
from etl.parse.stage import build_parse

NIGHT = datetime.date(2024, 2, 1)
PAGE = (
    "<html lang='en'><head><title>Quay closed | Lyre Post</title>{head}</head><body><article>"
    "<h1>Quay closed</h1><p>PORT LYRE (AP) — The quay of Port Lyre was closed on Monday, and the "
    "harbour master said that nobody was hurt.</p><p>Repairs will take until June, she said, and "
    "two ferries had to turn back.</p></article></body></html>"
)
SENTENCE = (
    "Repairs will take until June, and two ferries had to turn back to the old harbour, she said."
)
PUBLISHED = '<meta property="article:published_time" content="{}">'
JSON_LD = (
    '<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{}"}}</script>'
)


def raw(*documents: dict[str, object]) -> pl.DataFrame:
    filled = [
        {
            **dict.fromkeys(schema.RAW_DOCUMENTS.column_names),
            **{"delivery_id": f"d{number}", "file_name": "a.html", "ingested_on": NIGHT},
            "media_type": "text/html",
            **document,
        }
        for number, document in enumerate(documents)
    ]
    return pl.DataFrame(filled, schema=schema.RAW_DOCUMENTS.polars_schema, orient="row")


def parsed(head: str = "", **document: object) -> dict[str, object]:
    content = {"raw": PAGE.format(head=head).encode(), **document}
    return build_parse()(raw(content))["parsed_articles"].row(0, named=True)


def dated(head: str, **document: object) -> dict[str, object]:
    content = {"raw": PAGE.format(head=head).encode(), **document}
    articles, rejected = date_articles(build_parse()(raw(content))["parsed_articles"])
    return (articles if articles.height else rejected).row(0, named=True)


def test_a_page_goes_the_way_of_a_text() -> None:
    row = parsed('<meta property="og:site_name" content="Lyre Post">')
    assert (row["title"], row["dateline"], row["language_code"]) == (
        "Quay closed",
        "PORT LYRE (AP) —",
        "en",
    )
    assert str(row["body"]).startswith("The quay of Port Lyre was closed on Monday")
    assert row["marked_publisher"] == "Lyre Post"


def test_what_came_beside_a_page_beats_its_marks() -> None:
    row = parsed(
        '<meta name="author" content="Ben Oz">', given_title="Quay shut", given_byline="Ana Li"
    )
    assert (row["title"], row["byline"]) == ("Quay shut", "Ana Li")


def test_pages_and_texts_keep_their_order_and_each_ends_once() -> None:
    text = b"The quay of Port Lyre was closed on Monday, the harbour master said in the evening."
    documents = (
        {"raw": PAGE.format(head="").encode()},
        {"raw": text, "media_type": None},
        {"raw": b"<html></html>"},
        {"raw": b"\x00\x01\x02" * 40},
    )
    tables = build_parse()(raw(*documents))
    assert tables["parsed_articles"]["delivery_id"].to_list() == ["d0", "d1"]
    assert tables["quarantine"].select("delivery_id", "rule").rows() == [
        ("d3", "undecodable"),
        ("d2", "not_an_article"),
    ]


@pytest.mark.parametrize(
    ("head", "origin", "day"),
    [
        (PUBLISHED.format("2024-01-19T10:05:00Z"), "meta", "2024-01-19"),
        (JSON_LD.format("2024-01-19"), "json-ld", "2024-01-19"),
        (PUBLISHED.format("2024-01-20") + JSON_LD.format("2024-01-19"), "json-ld", "2024-01-19"),
        (PUBLISHED.format("soon") + JSON_LD.format("never"), None, None),
        (PUBLISHED.format("2031-01-01") + JSON_LD.format("2024-01-19"), "json-ld", "2024-01-19"),
    ],
)
def test_marks_tell_the_day_by_their_rank(head: str, origin: str | None, day: str | None) -> None:
    row = dated(head)
    if origin is None:
        assert row["rule"] == "no_date"
    else:
        assert (row["date_origin"], str(row["published_on"])) == (origin, day)


def test_a_mark_later_than_the_fetching_does_not_count() -> None:
    head = JSON_LD.format("2024-01-25") + PUBLISHED.format("2024-01-19")
    row = dated(head, given_fetched_at="2024-01-20T08:00:00Z", given_by="warc")
    assert (row["date_origin"], str(row["published_on"])) == ("meta", "2024-01-19")


def test_marks_that_disagree_are_a_conflict() -> None:
    agreeing = dated(JSON_LD.format("2024-01-19") + PUBLISHED.format("2024-01-20"))
    differing = dated(JSON_LD.format("2024-01-19") + PUBLISHED.format("2024-01-10"))
    assert (agreeing["date_conflict"], differing["date_conflict"]) == (False, True)


def test_the_day_of_a_feed_is_the_one_delivered() -> None:
    row = dated(
        PUBLISHED.format("2024-01-10"), given_published_at="2024-01-19T10:05:00Z", given_by="feed"
    )
    assert (row["date_origin"], str(row["published_on"])) == ("feed", "2024-01-19")


def test_short_lines_of_an_extracted_text_are_the_article_s_own() -> None:
    """A recipe or a table of results is no page with menus around its article."""
    lines = [f"{number}. Lorry from Suva" for number in range(1, 13)]
    page = parse_page("\n\n".join([*lines, SENTENCE]), given_title="Results", is_extracted=True)
    assert page.body.startswith(lines[0])
    assert page.body.count("Lorry") == len(lines)
