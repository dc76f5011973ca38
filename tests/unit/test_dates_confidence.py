"""Weekdays of the first sentences against the day, and the confidence that follows."""

from datetime import date

import polars as pl
import pytest

from etl import schema
from etl.dates import Decision, date_articles
from etl.dates.confidence import date_confidence
from etl.dates.weekday import check_weekday

FRIDAY = date(2024, 1, 19)


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("The ferry sank on Friday, the owner said.", "agrees"),
        ("The ferry sank on Thursday.", "agrees"),
        ("The ferry sank on Tuesday.", "agrees"),
        ("The ferry sank on Saturday.", "agrees"),  # printed a day late, or a time zone ahead
        ("The ferry sank on Monday.", "unlikely"),
        ("The ferry sank on Sunday.", "unlikely"),
        ("The council will meet on Monday.", "none"),
        ("The council will meet on Monday, its clerk said on Thursday.", "agrees"),
        ("The ferry sank last Monday.", "none"),
        ("Every Monday the market opens.", "none"),
        ("It was Black Friday.", "none"),
        ("Monday Books has closed.", "none"),
        ("The ferry sank.", "none"),
        ("The ferry sank on Friday, January 19, off the cape.", "agrees"),
        ("The ferry sank on Monday, January 15, off the cape.", "agrees"),
        ("The ferry sank on Friday (January 12) off the cape.", "agrees"),
        ("The ferry sank on Thursday, January 19, off the cape.", "contradicts"),
        ("The ferry sank on Sunday 15 January off the cape.", "contradicts"),
        ("The ferry sank on Sunday, January 15, 2023, off the cape.", "agrees"),
        ("On Friday, February 31, nothing sank.", "none"),
        # Only the first 400 characters are read.
        ("The ferry sank on Monday".rjust(400, "."), "unlikely"),
        ("The ferry sank on Monday".rjust(401, "."), "none"),
        ("The ferry sank on Wednesday.", "agrees"),
    ],
)
def test_the_weekday_of_the_first_sentences(text: str, check: str) -> None:
    assert check_weekday(text, FRIDAY) == check


def decision(**changes: object) -> Decision:
    fields: dict[str, object] = {
        "published_on": FRIDAY,
        "date_precision": "day",
        "date_origin": "header",
        "date_conflict": False,
        "published_at": None,
    }
    return Decision(**fields | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (decision(date_origin="sidecar"), decision()),
        (decision(), decision(date_origin="stamp")),
        (decision(date_origin="stamp"), decision(date_origin="dateline")),
        (decision(date_origin="dateline"), decision(date_origin="stamp", is_from_update=True)),
        (decision(), decision(date_precision="month")),
        (decision(), decision(date_conflict=True)),
    ],
)
def test_what_lowers_confidence(better: Decision, worse: Decision) -> None:
    assert date_confidence(better, "none") > date_confidence(worse, "none")


def test_a_weekday_can_only_lower_it() -> None:
    values = [date_confidence(decision(), c) for c in ("none", "agrees", "unlikely", "contradicts")]
    assert values == [0.95, 0.95, 0.76, 0.475]


def test_all_that_speaks_against_a_date_is_multiplied() -> None:
    worst = decision(date_origin="stamp", is_from_update=True, date_conflict=True)
    assert date_confidence(worst, "contradicts") == 0.18


def dated(body: str, **columns: object) -> tuple[date, float]:
    row = {
        "delivery_id": "d0",
        "file_name": "d0.txt",
        "header_date": "2024-01-19",
        "stamps": [],
        "body": body,
        "language_code": "en",
        "word_count": 9,
        "ingested_on": date(2024, 1, 20),
    }
    frame, _ = date_articles(schema.PARSED_ARTICLES.frame([row | columns]))
    return frame.select("published_on", "date_confidence").row(0)  # type: ignore[return-value]


def test_the_date_is_never_changed() -> None:
    assert dated("The ferry sank on Thursday, January 19.") == (FRIDAY, 0.475)


def test_weekdays_of_other_languages_are_not_judged() -> None:
    assert dated("La barca on Monday.", language_code="it") == (FRIDAY, 0.95)


def test_weekdays_are_not_judged_beside_a_month() -> None:
    assert dated("It sank on Monday.", header_date="2024-01") == (date(2024, 1, 1), 0.57)


def test_a_date_from_an_update_is_the_weakest() -> None:
    stamp = ["UPDATED: January 19, 2024"]
    assert dated("It sank.", header_date=None, stamps=stamp) == (FRIDAY, 0.6)


def test_the_column_has_its_type_without_rows() -> None:
    frame, _ = date_articles(schema.PARSED_ARTICLES.frame())
    assert frame.schema["date_confidence"] == pl.Float64


@pytest.mark.parametrize(
    ("changes", "confidence"),
    [
        ({"date_origin": "sidecar"}, 1.0),
        ({"date_origin": "header"}, 0.95),
        ({"date_origin": "stamp"}, 0.9),
        ({"date_origin": "dateline"}, 0.85),
        ({"date_origin": "stamp", "is_from_update": True}, 0.6),
        ({"date_precision": "month"}, 0.57),
        ({"date_conflict": True}, 0.57),
    ],
)
def test_the_confidence_that_the_documentation_shows(changes: dict[str, object], confidence: float):
    assert date_confidence(decision(**changes), "none") == confidence
