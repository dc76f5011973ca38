"""The dates stage over frames."""

from datetime import date, datetime

from etl import schema
from etl.dates import date_articles

NIGHT = date(2024, 1, 20)


def parsed(*rows):
    return schema.PARSED_ARTICLES.frame(
        {
            "delivery_id": f"d{number}",
            "file_name": f"{number}.txt",
            "stamps": [],
            "body": "Ferries ran again.",
            "ingested_on": NIGHT,
            **row,
        }
        for number, row in enumerate(rows)
    )


def test_every_document_is_dated_or_rejected():
    articles = parsed(
        {"header_date": "2024-01-19"}, {"header_date": "2024-02-30"}, {}, {"header_date": "2023-04"}
    )

    dated, rejected = date_articles(articles)

    assert dated["delivery_id"].to_list() == ["d0", "d3"]
    assert rejected.select("delivery_id", "rule").rows() == [
        ("d1", "invalid_date"),
        ("d2", "no_date"),
    ]


def test_dated_adds_the_date_columns_of_the_schema():
    articles = parsed({"header_date": "2024-01-19", "stamps": ["19 Jan 2024 10:00 PKT"]})

    dated, _ = date_articles(articles)

    assert dated.columns[: articles.width] == articles.columns
    added = dated.columns[articles.width :]
    assert {name: dated.schema[name] for name in added} == {
        name: schema.ARTICLES.polars_schema[name] for name in added
    }
    assert dated.row(0, named=True)["published_at"] == datetime(2024, 1, 19, 5, 0)


def test_rejected_has_the_quarantine_s_columns():
    _, rejected = date_articles(parsed({}))

    assert rejected.schema == schema.lake_table(schema.QUARANTINE).polars_schema
    assert rejected.row(0, named=True)["stage"] == "dates"


def test_no_rows_give_no_rows():
    dated, rejected = date_articles(parsed())

    assert (dated.height, rejected.height) == (0, 0)


def test_blank_sidecar_date_is_none():
    dated, _ = date_articles(parsed({"given_published_at": " ", "header_date": "2024-01-19"}))

    assert dated["date_origin"].to_list() == ["header"]


def test_future_is_judged_by_the_document_s_own_night():
    articles = parsed(
        {"header_date": "2024-01-25"},
        {"header_date": "2024-01-25", "ingested_on": date(2024, 2, 1)},
    )

    dated, _ = date_articles(articles)

    assert dated["delivery_id"].to_list() == ["d1"]


def test_a_text_that_reports_of_a_later_day_is_in_conflict():
    later = "The harbour of Suva was closed on 3 March 2024, the board said."
    dated, _ = date_articles(
        parsed(
            {"header_date": "2024-01-19", "language_code": "en", "body": later},
            {"header_date": "2024-01-19", "language_code": "en"},
            {"header_date": "2024-01-19", "language_code": "sl", "body": later},
        )
    )

    assert dated["date_conflict"].to_list() == [True, False, False]
    assert dated["date_confidence"].to_list() == [0.57, 0.95, 0.95]


def test_a_month_ends_with_its_last_day():
    later = "The harbour of Suva was closed on 3 {} 2024, the board said."
    dated, _ = date_articles(
        parsed(
            *(
                {"header_date": "2024-01", "language_code": "en", "body": later.format(month)}
                for month in ("February", "March")
            )
        )
    )

    assert dated["date_conflict"].to_list() == [False, True]
