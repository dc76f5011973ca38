"""Counts by day and month: whatever the order of nights, they are those of the articles."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import duckdb
import polars as pl
import pytest
from linked_file import FIRST_DAY, Piece, bring, empty_file

from etl.schema import COUNT_TABLES
from etl.warehouse.counts import count_days

TABLES = tuple(table.name for table in COUNT_TABLES)
LONG = "The ferry {} left the quay of Mombasa with ninety people on board and came back at noon. "


def pieces() -> list[Piece]:
    """Articles of four nights and forty days, some of which tell one story or repeat a text."""
    choice = random.Random(4)
    return [
        Piece(
            article_id=f"a{number:02d}",
            day=number * 2 % 40,
            night=number % 4,
            title=f"Ferry {number % 5} returns",
            body=LONG.format(number % 5) * 3 + f"It was trip {number % 7}.",
            persons=tuple(choice.sample(("Ana Li", "Ivo Brankov", "Adaeze Okwuosa"), 2)),
            places=("Mombasa",),
            countries=("KE", "TZ") if number < 20 else ("KE",),
        )
        for number in range(40)
    ]


def counted(nights: Sequence[Sequence[int]]) -> dict[str, pl.DataFrame]:
    """The tables after these nights, brought in this order; the second time with other texts."""
    con = empty_file()
    for some in nights:
        bring(con, pieces(), some)
        count_days(con, [FIRST_DAY + timedelta(days=night) for night in some])
    return {name: con.sql(f"FROM {name} ORDER BY ALL").pl() for name in TABLES}


@pytest.mark.parametrize(
    "nights",
    [
        pytest.param([[0], [1], [2], [3]], marks=pytest.mark.slow),
        pytest.param([[3], [1], [0], [2]], marks=pytest.mark.slow),
        [[0, 1, 2, 3], [2]],
        [[2, 0], [2], [1, 3], [0]],
    ],
)
def test_nights_in_any_order_end_with_the_same_counts(nights: list[list[int]]) -> None:
    found, at_once = counted(nights), counted([[0, 1, 2, 3]])
    for name in TABLES:
        assert found[name].equals(at_once[name]), name
    assert all(len(at_once[name]) > 1 for name in TABLES)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = empty_file()
    bring(con, pieces(), [0, 1, 2, 3])
    count_days(con, [])
    return con


def test_only_days_that_differ_are_counted_again(con: duckdb.DuckDBPyConnection) -> None:
    assert count_days(con, []) == 0
    con.execute("UPDATE articles SET is_latest = false WHERE article_id = 'a01'")
    assert count_days(con, []) == 1
    con.execute("DELETE FROM articles WHERE published_on = ?", [day(4)])
    assert count_days(con, []) == 1
    assert con.execute(
        "SELECT count(*) FROM daily_totals WHERE published_on = ?", [day(4)]
    ).fetchall() == [(0,)]
    for table in ("country_days", "entity_days"):
        rows = con.execute(f"SELECT count(*) FROM {table} WHERE published_on = ?", [day(4)])
        assert rows.fetchall() == [(0,)]


def test_a_story_that_changes_is_counted_on_all_of_its_days(
    con: duckdb.DuckDBPyConnection,
) -> None:
    days = con.execute("SELECT count(DISTINCT published_on) FROM articles WHERE story_id = 'a00'")
    (held,) = days.fetchall()
    con.execute("UPDATE articles SET story_id = 'other' WHERE story_id = 'a00'")
    assert (count_days(con, []),) == held


def test_what_counts_for_a_day(con: duckdb.DuckDBPyConnection) -> None:
    """Neither a version that was replaced nor an article of which only the month is known."""
    of = "FROM {} WHERE published_on = ?"
    totals = "SELECT article_count " + of.format("daily_totals")
    (before,) = con.execute(totals, [day(2)]).fetchall()
    con.execute("UPDATE articles SET date_precision = 'month' WHERE article_id = 'a01'")
    con.execute("UPDATE articles SET is_latest = false WHERE article_id = 'a21'")
    count_days(con, [])
    assert before == (2,)
    assert con.execute(totals, [day(2)]).fetchall() == [(0,)]
    for table in ("country_days", "entity_days"):
        assert con.execute("SELECT 1 " + of.format(table), [day(2)]).fetchall() == []
    months = con.execute(
        "SELECT sum(article_count) FROM country_months WHERE (country_code, other_country_code) "
        "= ('KE', 'KE')"
    )
    assert months.fetchall() == [(39,)]  # the month of the former is known


def test_who_was_named_first_where_follows_the_articles(con: duckdb.DuckDBPyConnection) -> None:
    def first() -> list[tuple[object, ...]]:
        count_days(con, [])
        return con.execute(
            "SELECT published_on, article_id FROM first_mentions WHERE entity_id = 'PLACE:Mombasa'"
        ).fetchall()

    assert first() == [(day(0), "a00")]
    con.execute("UPDATE articles SET ingested_on = ingested_on + 9 WHERE article_id = 'a00'")
    con.execute("DELETE FROM daily_totals WHERE published_on = ?", [day(0)])  # as its night does
    assert first() == [(day(0), "a20")]
    con.execute("UPDATE articles SET is_latest = false WHERE article_id = 'a20'")
    assert first() == [(day(0), "a00")]
    con.execute("UPDATE articles SET date_precision = 'month' WHERE article_id = 'a00'")
    assert [on for on, _ in first()] == [day(2)]
    con.execute("UPDATE articles SET is_latest = false")
    assert first() == []
    assert con.execute("FROM first_mentions").fetchall() == []


def day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)
