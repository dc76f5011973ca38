"""The articles that a night changes, and the windows of days around them.

What belongs here: what stages across articles ask of the file: which articles came, went or stand
within some days of these, and their rows. What does not: what is made of them
(etl/warehouse/copy_rows.py, etl/warehouse/story_rows.py).
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import duckdb
import polars as pl

FORMER_TABLES = (
    """
    CREATE OR REPLACE TEMP TABLE former_articles (
        article_id VARCHAR, published_on DATE, title VARCHAR, language_code VARCHAR, url VARCHAR,
        story_id VARCHAR
    )
    """,
    """
    CREATE OR REPLACE TEMP TABLE former_mentions (
        article_id VARCHAR, label VARCHAR, name VARCHAR, country_code VARCHAR
    )
    """,
)


def make_room(con: duckdb.DuckDBPyConnection) -> None:
    """Temporary tables for the articles of nights that are about to be replaced."""
    for statement in FORMER_TABLES:
        con.execute(statement)


def note_former(con: duckdb.DuckDBPyConnection, night: date) -> None:
    """Note the articles of a night as they are before it is replaced."""
    con.execute(
        "INSERT INTO former_articles BY NAME SELECT article_id, published_on, title, "
        "language_code, url, story_id FROM articles WHERE ingested_on = ?",
        [night],
    )
    con.execute(
        "INSERT INTO former_mentions BY NAME SELECT DISTINCT article_id, label, name, "
        "country_code FROM mentions WHERE ingested_on = ?",
        [night],
    )


def changed_days(con: duckdb.DuckDBPyConnection, nights: Iterable[date]) -> list[date]:
    """Days of publication of the articles of nights, as they were and as they are, ascending."""
    rows = con.execute(
        "SELECT published_on FROM articles WHERE ingested_on IN (SELECT unnest(?)) "
        "UNION SELECT published_on FROM former_articles ORDER BY 1",
        [list(nights)],
    )
    return [row[0] for row in rows.fetchall()]


def articles_around(
    con: duckdb.DuckDBPyConnection,
    days: Sequence[date],
    *,
    before: int,
    after: int,
    columns: str,
    where: str = "true",
) -> pl.DataFrame:
    """Columns of articles published so many days before and after any of the days."""
    query = (
        f"SELECT {columns} FROM articles WHERE {where} AND published_on IN (SELECT DISTINCT "
        "day + step::INTEGER FROM unnest($days::DATE[]) AS d(day), "
        "range(-$before, $after + 1) AS s(step))"
    )
    return frame(con, query, days=list(days), before=before, after=after)


@contextmanager
def asked(con: duckdb.DuckDBPyConnection, column: str, values: Iterable[str]) -> Iterator[None]:
    """A table ``asked`` of one column for the queries within."""
    distinct = pl.DataFrame({column: sorted(set(values))}, schema={column: pl.String()})
    con.register("asked", distinct)
    try:
        yield
    finally:
        con.unregister("asked")


def rows_of(
    con: duckdb.DuckDBPyConnection, table: str, ids: Iterable[str], *, columns: str = "*"
) -> pl.DataFrame:
    """Columns of a table's rows of some articles."""
    query = f"SELECT {columns} FROM {table} SEMI JOIN asked USING (article_id) ORDER BY ALL"
    with asked(con, "article_id", ids):
        return frame(con, query)


def frame(con: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> pl.DataFrame:
    """The rows of a query with its named parameters."""
    found: pl.DataFrame = con.sql(query, params=parameters or None).pl()
    return found


def replace_rows(
    con: duckdb.DuckDBPyConnection, table: str, gone: Iterable[str], rows: pl.DataFrame
) -> None:
    """Put rows in the place of those of some articles."""
    with asked(con, "article_id", gone):
        con.execute(f"DELETE FROM {table} WHERE article_id IN (SELECT article_id FROM asked)")
    con.register("fresh", rows)
    con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM fresh ORDER BY article_id")
    con.unregister("fresh")
